// SPDX-License-Identifier: GPL-2.0
/*
 * RTM_GETNETCONF, RTM_NEWNETCONF, RTM_DELNETCONF: conf keys that routing daemons
 * follow.
 */
#include <linux/module.h>
#include <linux/netconf.h>
#include <linux/rtnetlink.h>
#include <net/netlink.h>
#include <net/us6/ctl.h>
#include <net/us6/device.h>
#include "dump.h"

/* NETCONFA_* that we have, and where. */
static int us6_netconf_fill_values(struct sk_buff *skb, int type,
				   const struct ipv6_devconf *cnf)
{
	bool all = type == NETCONFA_ALL;
	int err = 0;

	if (!err && (all || type == NETCONFA_FORWARDING))
		err = nla_put_s32(skb, NETCONFA_FORWARDING,
				  READ_ONCE(cnf->forwarding));
#ifdef CONFIG_IPV6_MROUTE
	if (!err && (all || type == NETCONFA_MC_FORWARDING))
		err = nla_put_s32(skb, NETCONFA_MC_FORWARDING,
				  atomic_read(&cnf->mc_forwarding));
#endif
	if (!err && (all || type == NETCONFA_PROXY_NEIGH))
		err = nla_put_s32(skb, NETCONFA_PROXY_NEIGH,
				  READ_ONCE(cnf->proxy_ndp));
	if (!err && (all || type == NETCONFA_IGNORE_ROUTES_WITH_LINKDOWN))
		err = nla_put_s32(skb, NETCONFA_IGNORE_ROUTES_WITH_LINKDOWN,
				  READ_ONCE(cnf->ignore_routes_with_linkdown));
	return err;
}

static int us6_netconf_fill(struct sk_buff *skb, int ifindex,
			    const struct ipv6_devconf *cnf, u32 portid, u32 seq,
			    int event, unsigned int nlflags, int type)
{
	struct netconfmsg *msg;
	struct nlmsghdr *nlh;

	nlh = nlmsg_put(skb, portid, seq, event, sizeof(*msg), nlflags);
	if (!nlh)
		return -EMSGSIZE;
	msg = nlmsg_data(nlh);
	msg->ncm_family = AF_INET6;
	if (nla_put_s32(skb, NETCONFA_IFINDEX, ifindex) ||
	    (cnf && us6_netconf_fill_values(skb, type, cnf))) {
		nlmsg_cancel(skb, nlh);
		return -EMSGSIZE;
	}
	nlmsg_end(skb, nlh);
	return 0;
}

static size_t us6_netconf_size(void)
{
	return NLMSG_ALIGN(sizeof(struct netconfmsg)) +
	       nla_total_size(sizeof(s32)) * 5;
}

void us6_notify_netconf(struct net *net, int type, int ifindex,
			const struct ipv6_devconf *cnf)
{
	int event = cnf ? RTM_NEWNETCONF : RTM_DELNETCONF;
	struct sk_buff *skb;
	int err = -ENOBUFS;

	skb = nlmsg_new(us6_netconf_size(), GFP_ATOMIC);
	if (skb)
		err = us6_netconf_fill(skb, ifindex, cnf, 0, 0, event, 0, type);
	if (err) {
		WARN_ON(err == -EMSGSIZE);
		kfree_skb(skb);
		rtnl_set_sk_err(net, RTNLGRP_IPV6_NETCONF, err);
		return;
	}
	rtnl_notify(skb, net, 0, RTNLGRP_IPV6_NETCONF, NULL, GFP_ATOMIC);
}

/* ---- requests ------------------------------------------------------------------ */

static const struct nla_policy us6_netconf_policy[NETCONFA_MAX + 1] = {
	[NETCONFA_IFINDEX]	= { .type = NLA_S32 },
};

static int us6_netconf_parse(struct sk_buff *in, struct nlmsghdr *nlh,
			     struct nlattr **tb, struct netlink_ext_ack *extack)
{
	int i, err;

	if (nlh->nlmsg_len < nlmsg_msg_size(sizeof(struct netconfmsg))) {
		NL_SET_ERR_MSG(extack, "Header of the request is truncated");
		return -EINVAL;
	}
	if (!netlink_strict_get_check(in))
		return nlmsg_parse_deprecated(nlh, sizeof(struct netconfmsg),
					      tb, NETCONFA_MAX,
					      us6_netconf_policy, extack);
	err = nlmsg_parse_deprecated_strict(nlh, sizeof(struct netconfmsg), tb,
					    NETCONFA_MAX, us6_netconf_policy,
					    extack);
	for (i = 0; !err && i <= NETCONFA_MAX; i++) {
		if (!tb[i] || i == NETCONFA_IFINDEX)
			continue;
		NL_SET_ERR_MSG_ATTR(extack, tb[i],
				    "Attribute isn't for this request");
		err = -EINVAL;
	}
	return err;
}

static int us6_netconf_reply(struct sk_buff *in, const struct nlmsghdr *nlh,
			     int ifindex, const struct ipv6_devconf *cnf)
{
	u32 portid = NETLINK_CB(in).portid;
	struct sk_buff *skb;
	int err;

	skb = nlmsg_new(us6_netconf_size(), GFP_KERNEL);
	if (!skb)
		return -ENOBUFS;
	err = us6_netconf_fill(skb, ifindex, cnf, portid, nlh->nlmsg_seq,
			       RTM_NEWNETCONF, 0, NETCONFA_ALL);
	if (err) {
		WARN_ON(err == -EMSGSIZE);
		kfree_skb(skb);
		return err;
	}
	return rtnl_unicast(skb, sock_net(in->sk), portid);
}

int us6_rtm_getnetconf(struct sk_buff *in, struct nlmsghdr *nlh,
		       struct netlink_ext_ack *extack)
{
	struct net *net = sock_net(in->sk);
	struct nlattr *tb[NETCONFA_MAX + 1];
	struct inet6_dev *idev = NULL;
	struct net_device *dev;
	int ifindex, err;

	err = us6_netconf_parse(in, nlh, tb, extack);
	if (err)
		return err;
	if (!tb[NETCONFA_IFINDEX]) {
		NL_SET_ERR_MSG(extack, "NETCONFA_IFINDEX is needed");
		return -EINVAL;
	}
	ifindex = nla_get_s32(tb[NETCONFA_IFINDEX]);
	if (ifindex == NETCONFA_IFINDEX_ALL)
		return us6_netconf_reply(in, nlh, ifindex,
					 net->ipv6.devconf_all);
	if (ifindex == NETCONFA_IFINDEX_DEFAULT)
		return us6_netconf_reply(in, nlh, ifindex,
					 net->ipv6.devconf_dflt);
	dev = dev_get_by_index(net, ifindex);
	if (dev)
		idev = in6_dev_get(dev);
	dev_put(dev);
	if (!idev) {
		NL_SET_ERR_MSG_ATTR(extack, tb[NETCONFA_IFINDEX],
				    "NETCONFA_IFINDEX: no IPv6 interface of this index");
		return -EINVAL;
	}
	err = us6_netconf_reply(in, nlh, ifindex, &idev->cnf);
	us6_dev_put(us6_dev_of(idev));
	return err;
}

/* ---- the dump -------------------------------------------------------------------- */

static int us6_netconf_dump_cnf(struct sk_buff *skb,
				struct netlink_callback *cb, int ifindex,
				const struct ipv6_devconf *cnf)
{
	return us6_netconf_fill(skb, ifindex, cnf, NETLINK_CB(cb->skb).portid,
				cb->nlh->nlmsg_seq, RTM_NEWNETCONF, NLM_F_MULTI,
				NETCONFA_ALL);
}

static int us6_netconf_dump_one(struct sk_buff *skb,
				struct netlink_callback *cb,
				struct us6_dev *udev, void *arg)
{
	return us6_netconf_dump_cnf(skb, cb, udev->idev.dev->ifindex,
				    &udev->idev.cnf);
}

/* After the devices, "all" and "default"; the bucket counts on behind them. */
static int us6_netconf_dump_rest(struct sk_buff *skb,
				 struct netlink_callback *cb, struct net *net)
{
	struct us6_dump_pos *pos = us6_dump_pos(cb);
	int err = 0;

	if (pos->bucket == NETDEV_HASHENTRIES) {
		err = us6_netconf_dump_cnf(skb, cb, NETCONFA_IFINDEX_ALL,
					   net->ipv6.devconf_all);
		pos->bucket += !err;
	}
	if (!err && pos->bucket == NETDEV_HASHENTRIES + 1) {
		err = us6_netconf_dump_cnf(skb, cb, NETCONFA_IFINDEX_DEFAULT,
					   net->ipv6.devconf_dflt);
		pos->bucket += !err;
	}
	return us6_dump_result(skb, err);
}

int us6_rtm_dumpnetconf(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct net *net = sock_net(cb->skb->sk);
	int err;

	if (cb->strict_check &&
	    (cb->nlh->nlmsg_len < nlmsg_msg_size(sizeof(struct netconfmsg)) ||
	     nlmsg_attrlen(cb->nlh, sizeof(struct netconfmsg)))) {
		NL_SET_ERR_MSG(cb->extack, "A dump request is its bare header");
		return -EINVAL;
	}
	rcu_read_lock();
	err = us6_dump_devs(skb, cb, net, us6_netconf_dump_one, NULL);
	if (!err)
		err = us6_netconf_dump_rest(skb, cb, net);
	rcu_read_unlock();
	return err;
}
