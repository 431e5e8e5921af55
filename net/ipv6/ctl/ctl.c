// SPDX-License-Identifier: GPL-2.0
/*
 * Who answers which PF_INET6 message.
 *
 * Each slot that the stock stack has is taken, since the core sends a request
 * for an empty one to PF_UNSPEC, which answers an AF_INET6 dump with IPv4 rows.
 * NEWNEXTHOP and GETNEXTHOP stay net/ipv4/nexthop.c's, which is why nothing here
 * calls rtnl_unregister_all().
 */
#include <linux/module.h>
#include <linux/rtnetlink.h>
#include <net/us6/ctl.h>
#include <net/us6/us6.h>

static const struct us6_rtnl_slot {
	int type;
	us6_rtnl_doit *doit;
	us6_rtnl_dumpit *dumpit;
	unsigned int flags;
} slots[] = {
	{ RTM_GETLINK,		NULL,			us6_rtm_dumplink },
	{ RTM_NEWADDR,		us6_rtm_newaddr },
	{ RTM_DELADDR,		us6_rtm_deladdr },
	{ RTM_GETADDR,		us6_rtm_getaddr,	us6_rtm_dumpaddr,
	  RTNL_FLAG_DOIT_UNLOCKED },
	{ RTM_GETMULTICAST,	NULL,			us6_rtm_dumpmulticast },
	{ RTM_GETANYCAST,	NULL,			us6_rtm_dumpanycast },
	{ RTM_GETNETCONF,	us6_rtm_getnetconf,	us6_rtm_dumpnetconf,
	  RTNL_FLAG_DOIT_UNLOCKED },
	{ RTM_NEWADDRLABEL,	us6_rtm_addrlabel },
	{ RTM_DELADDRLABEL,	us6_rtm_addrlabel },
	{ RTM_GETADDRLABEL,	us6_rtm_getaddrlabel,	us6_rtm_dumpaddrlabel,
	  RTNL_FLAG_DOIT_UNLOCKED },
	{ RTM_NEWROUTE,		us6_rtm_newroute },
	{ RTM_DELROUTE,		us6_rtm_delroute },
	{ RTM_GETROUTE,		us6_rtm_getroute,	us6_rtm_dumproute,
	  RTNL_FLAG_DOIT_UNLOCKED },
	{ RTM_NEWNEIGH,		us6_rtm_newneigh },
	{ RTM_DELNEIGH,		us6_rtm_delneigh },
	{ RTM_GETNEIGH,		us6_rtm_getneigh,	us6_rtm_dumpneigh },
};

static void us6_slots_release(int n)
{
	while (n--)
		rtnl_unregister(PF_INET6, slots[n].type);
}

static int us6_slots_take(void)
{
	int i, err;

	for (i = 0; i < ARRAY_SIZE(slots); i++) {
		err = rtnl_register_module(THIS_MODULE, PF_INET6, slots[i].type,
					   slots[i].doit, slots[i].dumpit,
					   slots[i].flags);
		if (err) {
			us6_slots_release(i);
			return err;
		}
	}
	return 0;
}

static void us6_slots_release_all(void)
{
	us6_slots_release(ARRAY_SIZE(slots));
}

static const struct us6_rung parts[] = {
	{ us6_proc_addr_init,	us6_proc_addr_exit },
	{ us6_proc_route_init,	us6_proc_route_exit },
	{ us6_proc_mib_init,	us6_proc_mib_exit },
	{ us6_proc_mcast_init,	us6_proc_mcast_exit },
	{ us6_slots_take,	us6_slots_release_all },
	{ us6_link_af_register,	us6_link_af_unregister },
};

int us6_ctl_init(void)
{
	return us6_rungs_up(parts, ARRAY_SIZE(parts));
}

void us6_ctl_exit(void)
{
	us6_rungs_down(parts, ARRAY_SIZE(parts));
}
