// SPDX-License-Identifier: GPL-2.0
/*
 * RTM_GETMULTICAST and RTM_GETANYCAST: groups and anycast addresses.
 */
#include <linux/if_addr.h>
#include <linux/module.h>
#include <net/addrconf.h>
#include <net/netlink.h>
#include <net/us6/ctl.h>
#include <net/us6/device.h>
#include "dump.h"

/* One row; @attr is IFA_MULTICAST or IFA_ANYCAST. */
static int us6_maddr_fill(struct sk_buff *skb, struct netlink_callback *cb,
			  const struct us6_dev *udev,
			  const struct us6_addr_dump *d, int event, int attr,
			  const struct in6_addr *addr, unsigned long cstamp,
			  unsigned long tstamp)
{
	const struct ifa_cacheinfo ci = {
		.ifa_prefered = US6_LFT_INFINITE,
		.ifa_valid = US6_LFT_INFINITE,
		.cstamp = us6_stamp(cstamp),
		.tstamp = us6_stamp(tstamp),
	};
	struct ifaddrmsg *ifm;
	struct nlmsghdr *nlh;

	nlh = nlmsg_put(skb, NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq,
			event, sizeof(*ifm), d->nlflags);
	if (!nlh)
		return -EMSGSIZE;
	ifm = nlmsg_data(nlh);
	ifm->ifa_family = AF_INET6;
	ifm->ifa_prefixlen = 128;
	ifm->ifa_flags = IFA_F_PERMANENT;
	ifm->ifa_scope = ipv6_addr_scope(addr) & IFA_SITE ? RT_SCOPE_SITE :
							    RT_SCOPE_UNIVERSE;
	ifm->ifa_index = udev->idev.dev->ifindex;
	if ((d->netnsid >= 0 &&
	     nla_put_s32(skb, IFA_TARGET_NETNSID, d->netnsid)) ||
	    nla_put_in6_addr(skb, attr, addr) ||
	    nla_put(skb, IFA_CACHEINFO, sizeof(ci), &ci)) {
		nlmsg_cancel(skb, nlh);
		return -EMSGSIZE;
	}
	nlmsg_end(skb, nlh);
	nl_dump_check_consistent(cb, nlmsg_hdr(skb));
	return 0;
}

static int us6_multicast_dump_one(struct sk_buff *skb,
				  struct netlink_callback *cb,
				  struct us6_dev *udev, void *arg)
{
	struct us6_dump_pos *pos = us6_dump_pos(cb);
	struct ifmcaddr6 *mc;
	unsigned int i = 0;
	int err;

	for (mc = rcu_dereference(udev->idev.mc_list); mc;
	     mc = rcu_dereference(mc->next)) {
		if (i++ < pos->item)
			continue;
		err = us6_maddr_fill(skb, cb, udev, arg, RTM_GETMULTICAST,
				     IFA_MULTICAST, &mc->mca_addr,
				     mc->mca_cstamp, mc->mca_tstamp);
		if (err)
			return err;
		pos->item = i;
	}
	return 0;
}

static int us6_anycast_dump_one(struct sk_buff *skb,
				struct netlink_callback *cb,
				struct us6_dev *udev, void *arg)
{
	struct us6_dump_pos *pos = us6_dump_pos(cb);
	const struct ifacaddr6 *ac;
	unsigned int i = 0;
	int err;

	for (ac = us6_ac_head_rcu(&udev->idev); ac; ac = us6_ac_next_rcu(ac)) {
		if (i++ < pos->item)
			continue;
		err = us6_maddr_fill(skb, cb, udev, arg, RTM_GETANYCAST,
				     IFA_ANYCAST, &ac->aca_addr,
				     ac->aca_cstamp, ac->aca_tstamp);
		if (err)
			return err;
		pos->item = i;
	}
	return 0;
}

int us6_rtm_dumpmulticast(struct sk_buff *skb, struct netlink_callback *cb)
{
	return us6_addr_dump_run(skb, cb, us6_multicast_dump_one);
}

int us6_rtm_dumpanycast(struct sk_buff *skb, struct netlink_callback *cb)
{
	return us6_addr_dump_run(skb, cb, us6_anycast_dump_one);
}
