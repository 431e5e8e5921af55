// SPDX-License-Identifier: GPL-2.0
/*
 * us6: multicast through the life of an interface.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/sysctl.h>
#include <net/net_namespace.h>
#include <net/us6/us6.h>
#include "mcast.h"

/* IPV6_DEF: sources per socket and group, as RFC 3678 programs expect. */
int us6_mld_max_msf = 64;
/* RFC 3810 section 9.1 */
int us6_mld_qrv = 2;

struct workqueue_struct *us6_mcast_wq;

/* RFC 4291 section 2.8: groups that every node, and every router, is in. */
static const struct in6_addr us6_hosts_groups[] = {
	{ .s6_addr = { 0xff, 0x01, [15] = 1 } },
	{ .s6_addr = { 0xff, 0x02, [15] = 1 } },
};

static const struct in6_addr us6_router_groups[] = {
	{ .s6_addr = { 0xff, 0x01, [15] = 2 } },
	{ .s6_addr = { 0xff, 0x02, [15] = 2 } },
	{ .s6_addr = { 0xff, 0x05, [15] = 2 } },
};

static bool us6_mcast_join_all(struct us6_dev *udev,
			       const struct in6_addr *groups, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		if (!us6_group_join(udev, &groups[i]))
			continue;
		while (i--)
			us6_group_leave(udev, &groups[i]);
		return false;
	}
	return true;
}

/* RTNL held: nobody else changes the two flags. */
static void us6_mcast_join_own(struct us6_dev *udev)
{
	struct us6_mcast_dev *m = udev->mcast;
	bool router = us6_dev_is_router(udev);
	unsigned int i;

	if (!m->hosts)
		m->hosts = us6_mcast_join_all(udev, us6_hosts_groups,
					      ARRAY_SIZE(us6_hosts_groups));
	if (router == m->router)
		return;
	if (router) {
		m->router = us6_mcast_join_all(udev, us6_router_groups,
					       ARRAY_SIZE(us6_router_groups));
		return;
	}
	for (i = 0; i < ARRAY_SIZE(us6_router_groups); i++)
		us6_group_leave(udev, &us6_router_groups[i]);
	m->router = false;
}

/* All groups are reported as if they were new; mc_lock held. */
static void us6_mcast_announce(struct us6_dev *udev)
{
	struct us6_group *g;

	us6_for_each_group(g, &udev->idev, mc_list)
		if (!(g->mca.mca_flags & MAF_NOREPORT))
			us6_mld_announce(us6_group_state(g),
					 us6_mld_robustness(udev));
	us6_mld_kick(udev);
}

void us6_mcast_dev_up(struct us6_dev *udev)
{
	struct inet6_dev *idev = &udev->idev;
	struct us6_group *g;

	ASSERT_RTNL();
	us6_mcast_join_own(udev);
	mutex_lock(&idev->mc_lock);
	us6_for_each_group(g, idev, mc_list)
		us6_group_filter(g, true);
	us6_mcast_announce(udev);
	mutex_unlock(&idev->mc_lock);
}

void us6_mcast_dev_down(struct us6_dev *udev)
{
	struct inet6_dev *idev = &udev->idev;
	struct us6_group *g;

	mutex_lock(&idev->mc_lock);
	us6_mld_cancel(udev);
	us6_for_each_group(g, idev, mc_list)
		us6_group_filter(g, false);
	/* What a querier told belongs to the link that was. */
	udev->mcast->v1 = false;
	WRITE_ONCE(idev->mc_v1_seen, 0);
	WRITE_ONCE(idev->mc_qrv, 0);
	WRITE_ONCE(idev->mc_qi, 0);
	WRITE_ONCE(idev->mc_qri, 0);
	mutex_unlock(&idev->mc_lock);
}

void us6_mcast_dev_role_changed(struct us6_dev *udev)
{
	ASSERT_RTNL();
	us6_mcast_join_own(udev);
}

void us6_mcast_dev_lladdr_ready(struct us6_dev *udev)
{
	us6_mcast_dev_resend(udev);
}

void us6_mcast_dev_resend(struct us6_dev *udev)
{
	mutex_lock(&udev->idev.mc_lock);
	if (us6_dev_ready(udev))
		us6_mcast_announce(udev);
	mutex_unlock(&udev->idev.mc_lock);
}

/* One more entry, empty, for older kernels. */
static struct ctl_table us6_mcast_sysctls[] = {
	{
		.procname	= "mld_max_msf",
		.data		= &us6_mld_max_msf,
		.maxlen		= sizeof(int),
		.mode		= 0644,
		.proc_handler	= proc_dointvec,
	},
	{
		.procname	= "mld_qrv",
		.data		= &us6_mld_qrv,
		.maxlen		= sizeof(int),
		.mode		= 0644,
		.proc_handler	= proc_dointvec_minmax,
		.extra1		= SYSCTL_ONE,
	},
	{}
};

static struct ctl_table_header *us6_mcast_sysctl;

int us6_mcast_init(void)
{
	us6_mcast_wq = alloc_workqueue("us6_mcast", WQ_UNBOUND, 0);
	if (!us6_mcast_wq)
		return -ENOMEM;
	us6_mcast_sysctl = register_net_sysctl_sz(&init_net, "net/ipv6",
						  us6_mcast_sysctls,
						  ARRAY_SIZE(us6_mcast_sysctls) - 1);
	if (!us6_mcast_sysctl) {
		destroy_workqueue(us6_mcast_wq);
		return -ENOMEM;
	}
	return 0;
}

void us6_mcast_exit(void)
{
	unregister_net_sysctl_table(us6_mcast_sysctl);
	destroy_workqueue(us6_mcast_wq);
	/* Groups are freed by RCU callbacks of this file's text. */
	rcu_barrier();
}
