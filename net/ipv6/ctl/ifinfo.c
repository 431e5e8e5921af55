// SPDX-License-Identifier: GPL-2.0
/*
 * RTM_GETLINK of AF_INET6 and what goes to RTNLGRP_IPV6_IFINFO, _PREFIX and
 * RTNLGRP_ND_USEROPT: for daemons that watch Router Advertisements.
 */
#include <linux/if.h>
#include <linux/icmpv6.h>
#include <linux/module.h>
#include <linux/rtnetlink.h>
#include <net/ndisc.h>
#include <net/netlink.h>
#include <net/us6/ctl.h>
#include <net/us6/device.h>
#include "dump.h"
#include "link.h"

static int us6_ifinfo_fill_attrs(struct sk_buff *skb,
				 const struct us6_dev *udev)
{
	struct net_device *dev = udev->idev.dev;
	u8 oper = netif_running(dev) ? dev->operstate : IF_OPER_DOWN;
	int link = dev_get_iflink(dev), err;
	struct nlattr *nest;

	err = nla_put_string(skb, IFLA_IFNAME, dev->name) ?:
	      nla_put_u32(skb, IFLA_MTU, READ_ONCE(dev->mtu)) ?:
	      nla_put_u8(skb, IFLA_OPERSTATE, oper);
	if (!err && dev->addr_len)
		err = nla_put(skb, IFLA_ADDRESS, dev->addr_len, dev->dev_addr);
	if (!err && link != dev->ifindex)
		err = nla_put_u32(skb, IFLA_LINK, link);
	if (err)
		return err;
	nest = nla_nest_start_noflag(skb, IFLA_PROTINFO);
	if (!nest || us6_link_fill(skb, udev, 0))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int us6_ifinfo_fill(struct sk_buff *skb, const struct us6_dev *udev,
			   u32 portid, u32 seq, int event, unsigned int nlflags)
{
	const struct net_device *dev = udev->idev.dev;
	struct ifinfomsg *hdr;
	struct nlmsghdr *nlh;

	nlh = nlmsg_put(skb, portid, seq, event, sizeof(*hdr), nlflags);
	if (!nlh)
		return -EMSGSIZE;
	hdr = nlmsg_data(nlh);
	memset(hdr, 0, sizeof(*hdr));
	hdr->ifi_family = AF_INET6;
	hdr->ifi_type = dev->type;
	hdr->ifi_index = dev->ifindex;
	hdr->ifi_flags = dev_get_flags(dev);
	if (us6_ifinfo_fill_attrs(skb, udev)) {
		nlmsg_cancel(skb, nlh);
		return -EMSGSIZE;
	}
	nlmsg_end(skb, nlh);
	return 0;
}

static size_t us6_ifinfo_size(void)
{
	return NLMSG_ALIGN(sizeof(struct ifinfomsg)) +
	       nla_total_size(IFNAMSIZ) + nla_total_size(MAX_ADDR_LEN) +
	       nla_total_size(4) * 2 + nla_total_size(1) +
	       nla_total_size(us6_link_size(0));
}

void us6_notify_link(int event, const struct us6_dev *udev)
{
	struct net *net = us6_dev_net(udev);
	struct sk_buff *skb;
	int err = -ENOBUFS;

	skb = nlmsg_new(us6_ifinfo_size(), GFP_ATOMIC);
	if (skb)
		err = us6_ifinfo_fill(skb, udev, 0, 0, event, 0);
	if (err) {
		WARN_ON(err == -EMSGSIZE);
		kfree_skb(skb);
		rtnl_set_sk_err(net, RTNLGRP_IPV6_IFINFO, err);
		return;
	}
	rtnl_notify(skb, net, 0, RTNLGRP_IPV6_IFINFO, NULL, GFP_ATOMIC);
}

/* ---- the dump ----------------------------------------------------------------- */

static int us6_ifinfo_check(struct netlink_callback *cb)
{
	const struct nlmsghdr *nlh = cb->nlh;
	const struct ifinfomsg *ifi;

	if (!cb->strict_check)
		return 0;
	if (nlh->nlmsg_len < nlmsg_msg_size(sizeof(*ifi))) {
		NL_SET_ERR_MSG(cb->extack, "Header of the dump request is truncated");
		return -EINVAL;
	}
	if (nlmsg_attrlen(nlh, sizeof(*ifi))) {
		NL_SET_ERR_MSG(cb->extack, "Attributes aren't for a dump request");
		return -EINVAL;
	}
	ifi = nlmsg_data(nlh);
	if (ifi->__ifi_pad || ifi->ifi_type || ifi->ifi_flags ||
	    ifi->ifi_change || ifi->ifi_index) {
		NL_SET_ERR_MSG(cb->extack, "All but the family must be zero in a dump request");
		return -EINVAL;
	}
	return 0;
}

static int us6_ifinfo_dump_one(struct sk_buff *skb, struct netlink_callback *cb,
			       struct us6_dev *udev, void *arg)
{
	return us6_ifinfo_fill(skb, udev, NETLINK_CB(cb->skb).portid,
			       cb->nlh->nlmsg_seq, RTM_NEWLINK, NLM_F_MULTI);
}

int us6_rtm_dumplink(struct sk_buff *skb, struct netlink_callback *cb)
{
	int err = us6_ifinfo_check(cb);

	if (err)
		return err;
	rcu_read_lock();
	err = us6_dump_devs(skb, cb, sock_net(cb->skb->sk),
			    us6_ifinfo_dump_one, NULL);
	rcu_read_unlock();
	return err;
}

/* ---- what Router Advertisements carried ------------------------------------------- */

/* prefix_flags, as user space knows them; no public header has them. */
#define IF_PREFIX_ONLINK	0x01
#define IF_PREFIX_AUTOCONF	0x02

static int us6_prefix_fill(struct sk_buff *skb, const struct us6_dev *udev,
			   const struct us6_pio *pio)
{
	const struct prefix_cacheinfo ci = {
		.preferred_time = pio->preferred,
		.valid_time = pio->valid,
	};
	struct prefixmsg *msg;
	struct nlmsghdr *nlh;

	nlh = nlmsg_put(skb, 0, 0, RTM_NEWPREFIX, sizeof(*msg), 0);
	if (!nlh)
		return -EMSGSIZE;
	msg = nlmsg_data(nlh);
	memset(msg, 0, sizeof(*msg));
	msg->prefix_family = AF_INET6;
	msg->prefix_ifindex = udev->idev.dev->ifindex;
	msg->prefix_type = ND_OPT_PREFIX_INFO;
	msg->prefix_len = pio->plen;
	if (pio->onlink)
		msg->prefix_flags |= IF_PREFIX_ONLINK;
	if (pio->autonomous)
		msg->prefix_flags |= IF_PREFIX_AUTOCONF;
	if (nla_put(skb, PREFIX_ADDRESS, sizeof(pio->prefix), &pio->prefix) ||
	    nla_put(skb, PREFIX_CACHEINFO, sizeof(ci), &ci))
		return -EMSGSIZE;
	nlmsg_end(skb, nlh);
	return 0;
}

void us6_notify_prefix(const struct us6_dev *udev, const struct us6_pio *pio)
{
	struct net *net = us6_dev_net(udev);
	struct sk_buff *skb;
	int err = -ENOBUFS;

	skb = nlmsg_new(NLMSG_ALIGN(sizeof(struct prefixmsg)) +
			nla_total_size(sizeof(struct in6_addr)) +
			nla_total_size(sizeof(struct prefix_cacheinfo)),
			GFP_ATOMIC);
	if (skb)
		err = us6_prefix_fill(skb, udev, pio);
	if (err) {
		WARN_ON(err == -EMSGSIZE);
		kfree_skb(skb);
		rtnl_set_sk_err(net, RTNLGRP_IPV6_PREFIX, err);
		return;
	}
	rtnl_notify(skb, net, 0, RTNLGRP_IPV6_PREFIX, NULL, GFP_ATOMIC);
}

static int us6_nduseropt_fill(struct sk_buff *skb, const struct us6_dev *udev,
			      const struct in6_addr *saddr, const u8 *opt,
			      unsigned int len)
{
	struct nduseroptmsg *msg;
	struct nlmsghdr *nlh;

	nlh = nlmsg_put(skb, 0, 0, RTM_NEWNDUSEROPT,
			NLMSG_ALIGN(sizeof(*msg) + len), 0);
	if (!nlh)
		return -EMSGSIZE;
	msg = nlmsg_data(nlh);
	memset(msg, 0, sizeof(*msg));
	msg->nduseropt_family = AF_INET6;
	msg->nduseropt_ifindex = udev->idev.dev->ifindex;
	msg->nduseropt_icmp_type = NDISC_ROUTER_ADVERTISEMENT;
	msg->nduseropt_opts_len = len;
	memcpy(msg + 1, opt, len);
	if (nla_put_in6_addr(skb, NDUSEROPT_SRCADDR, saddr))
		return -EMSGSIZE;
	nlmsg_end(skb, nlh);
	return 0;
}

void us6_notify_nduseropt(const struct us6_dev *udev,
			  const struct in6_addr *saddr, const u8 *opt,
			  unsigned int len)
{
	struct net *net = us6_dev_net(udev);
	struct sk_buff *skb;
	int err = -ENOBUFS;

	skb = nlmsg_new(NLMSG_ALIGN(sizeof(struct nduseroptmsg) + len) +
			nla_total_size(sizeof(struct in6_addr)), GFP_ATOMIC);
	if (skb)
		err = us6_nduseropt_fill(skb, udev, saddr, opt, len);
	if (err) {
		WARN_ON(err == -EMSGSIZE);
		kfree_skb(skb);
		rtnl_set_sk_err(net, RTNLGRP_ND_USEROPT, err);
		return;
	}
	rtnl_notify(skb, net, 0, RTNLGRP_ND_USEROPT, NULL, GFP_ATOMIC);
}
