// SPDX-License-Identifier: GPL-2.0
/*
 * RTM_NEWADDR, RTM_DELADDR, RTM_GETADDR and RTNLGRP_IPV6_IFADDR.
 */
#include <linux/if_addr.h>
#include <linux/module.h>
#include <linux/rtnetlink.h>
#include <net/addrconf.h>
#include <net/netlink.h>
#include <net/us6/addr.h>
#include <net/us6/ctl.h>
#include "dump.h"

static const struct nla_policy us6_addr_policy[IFA_MAX + 1] = {
	[IFA_ADDRESS]		= { .len = sizeof(struct in6_addr) },
	[IFA_LOCAL]		= { .len = sizeof(struct in6_addr) },
	[IFA_CACHEINFO]		= { .len = sizeof(struct ifa_cacheinfo) },
	[IFA_FLAGS]		= { .type = NLA_U32 },
	[IFA_RT_PRIORITY]	= { .type = NLA_U32 },
	[IFA_TARGET_NETNSID]	= { .type = NLA_S32 },
	[IFA_PROTO]		= { .type = NLA_U8 },
};

/* What a user may say of an address; the rest is the kernel's to know. */
#define US6_ADDR_SETTABLE						\
	(IFA_F_NODAD | IFA_F_HOMEADDRESS | IFA_F_NOPREFIXROUTE |	\
	 IFA_F_MCAUTOJOIN | IFA_F_OPTIMISTIC)

/* ---- to netlink -------------------------------------------------------------- */

static u8 us6_addr_rtscope(u16 scope)
{
	if (scope & IFA_HOST)
		return RT_SCOPE_HOST;
	if (scope & IFA_LINK)
		return RT_SCOPE_LINK;
	if (scope & IFA_SITE)
		return RT_SCOPE_SITE;
	return RT_SCOPE_UNIVERSE;
}

static u32 us6_addr_left(u32 lft, unsigned long since)
{
	unsigned long age = (jiffies - since) / HZ;

	if (lft == US6_LFT_INFINITE)
		return lft;
	return lft > age ? lft - age : 0;
}

static int us6_addr_fill_cacheinfo(struct sk_buff *skb,
				   const struct inet6_ifaddr *ifa)
{
	unsigned long since = READ_ONCE(ifa->tstamp);
	struct ifa_cacheinfo ci = {
		.ifa_prefered = us6_addr_left(READ_ONCE(ifa->prefered_lft),
					      since),
		.ifa_valid = us6_addr_left(READ_ONCE(ifa->valid_lft), since),
		.cstamp = us6_stamp(ifa->cstamp),
		.tstamp = us6_stamp(since),
	};

	return nla_put(skb, IFA_CACHEINFO, sizeof(ci), &ci);
}

static int us6_addr_fill_attrs(struct sk_buff *skb, const struct us6_addr *a,
			       u32 flags, int netnsid)
{
	const struct inet6_ifaddr *ifa = &a->ifa;
	int err = 0;

	if (netnsid >= 0)
		err = nla_put_s32(skb, IFA_TARGET_NETNSID, netnsid);
	if (!err && !ipv6_addr_any(&ifa->peer_addr)) {
		err = nla_put_in6_addr(skb, IFA_LOCAL, &ifa->addr) ?:
		      nla_put_in6_addr(skb, IFA_ADDRESS, &ifa->peer_addr);
	} else if (!err) {
		err = nla_put_in6_addr(skb, IFA_ADDRESS, &ifa->addr);
	}
	if (!err && ifa->rt_priority)
		err = nla_put_u32(skb, IFA_RT_PRIORITY, ifa->rt_priority);
	if (!err)
		err = us6_addr_fill_cacheinfo(skb, ifa);
	if (!err)
		err = nla_put_u32(skb, IFA_FLAGS, flags);
	if (!err && ifa->ifa_proto)
		err = nla_put_u8(skb, IFA_PROTO, ifa->ifa_proto);
	return err;
}

static int us6_addr_fill(struct sk_buff *skb, const struct us6_addr *a,
			 u32 portid, u32 seq, int event, unsigned int nlflags,
			 int netnsid)
{
	u32 flags = READ_ONCE(a->ifa.flags);
	struct ifaddrmsg *ifm;
	struct nlmsghdr *nlh;

	nlh = nlmsg_put(skb, portid, seq, event, sizeof(*ifm), nlflags);
	if (!nlh)
		return -EMSGSIZE;
	ifm = nlmsg_data(nlh);
	ifm->ifa_family = AF_INET6;
	ifm->ifa_prefixlen = a->ifa.prefix_len;
	ifm->ifa_flags = flags;
	ifm->ifa_scope = us6_addr_rtscope(a->ifa.scope);
	ifm->ifa_index = a->ifa.idev->dev->ifindex;
	if (us6_addr_fill_attrs(skb, a, flags, netnsid)) {
		nlmsg_cancel(skb, nlh);
		return -EMSGSIZE;
	}
	nlmsg_end(skb, nlh);
	return 0;
}

static size_t us6_addr_msgsize(void)
{
	return NLMSG_ALIGN(sizeof(struct ifaddrmsg)) +
	       nla_total_size(sizeof(struct in6_addr)) * 2 +
	       nla_total_size(sizeof(struct ifa_cacheinfo)) +
	       nla_total_size(sizeof(u32)) * 2 +	/* flags, priority */
	       nla_total_size(sizeof(s32)) +		/* netnsid */
	       nla_total_size(sizeof(u8));		/* proto */
}

void us6_notify_addr(int event, const struct us6_addr *a)
{
	struct net *net = dev_net(a->ifa.idev->dev);
	struct sk_buff *skb;
	int err = -ENOBUFS;

	skb = nlmsg_new(us6_addr_msgsize(), GFP_ATOMIC);
	if (skb)
		err = us6_addr_fill(skb, a, 0, 0, event, 0, -1);
	if (err) {
		WARN_ON(err == -EMSGSIZE);
		kfree_skb(skb);
		rtnl_set_sk_err(net, RTNLGRP_IPV6_IFADDR, err);
		return;
	}
	rtnl_notify(skb, net, 0, RTNLGRP_IPV6_IFADDR, NULL, GFP_ATOMIC);
}

/* ---- RTM_NEWADDR ---------------------------------------------------------------- */

static int us6_addr_parse_value(struct nlattr **tb, struct us6_addr_cfg *cfg,
				struct netlink_ext_ack *extack)
{
	if (!tb[IFA_ADDRESS] && !tb[IFA_LOCAL]) {
		NL_SET_ERR_MSG(extack, "IFA_LOCAL or IFA_ADDRESS is needed");
		return -EINVAL;
	}
	if (!tb[IFA_LOCAL]) {
		cfg->addr = nla_get_in6_addr(tb[IFA_ADDRESS]);
		return 0;
	}
	cfg->addr = nla_get_in6_addr(tb[IFA_LOCAL]);
	if (tb[IFA_ADDRESS]) {
		struct in6_addr peer = nla_get_in6_addr(tb[IFA_ADDRESS]);

		if (!ipv6_addr_equal(&peer, &cfg->addr))
			cfg->peer = peer;
	}
	return 0;
}

static int us6_addr_parse_lifetimes(struct nlattr **tb,
				    struct us6_addr_cfg *cfg,
				    struct netlink_ext_ack *extack)
{
	const struct ifa_cacheinfo *ci;

	cfg->valid = US6_LFT_INFINITE;
	cfg->preferred = US6_LFT_INFINITE;
	if (!tb[IFA_CACHEINFO])
		return 0;
	ci = nla_data(tb[IFA_CACHEINFO]);
	cfg->valid = ci->ifa_valid;
	cfg->preferred = ci->ifa_prefered;
	if (!cfg->valid || cfg->preferred > cfg->valid) {
		NL_SET_ERR_MSG_ATTR(extack, tb[IFA_CACHEINFO],
				    "IFA_CACHEINFO: preferred exceeds valid, or valid is zero");
		return -EINVAL;
	}
	return 0;
}

static int us6_addr_parse_flags(struct nlattr **tb, const struct ifaddrmsg *ifm,
				struct us6_addr_cfg *cfg,
				struct netlink_ext_ack *extack)
{
	u32 flags = tb[IFA_FLAGS] ? nla_get_u32(tb[IFA_FLAGS]) : ifm->ifa_flags;

	cfg->flags = flags & US6_ADDR_SETTABLE;
	if ((flags & IFA_F_NODAD) && (flags & IFA_F_OPTIMISTIC)) {
		NL_SET_ERR_MSG(extack, "IFA_FLAGS: nodad and optimistic exclude each other");
		return -EINVAL;
	}
	if (flags & IFA_F_MANAGETEMPADDR) {
		NL_SET_ERR_MSG(extack, "IFA_FLAGS: mngtmpaddr, temporary addresses aren't supported yet");
		return -EOPNOTSUPP;
	}
	return 0;
}

static int us6_addr_parse(struct nlmsghdr *nlh, struct us6_addr_cfg *cfg,
			  struct netlink_ext_ack *extack)
{
	const struct ifaddrmsg *ifm = nlmsg_data(nlh);
	struct nlattr *tb[IFA_MAX + 1];
	int err;

	err = nlmsg_parse_deprecated(nlh, sizeof(*ifm), tb, IFA_MAX,
				     us6_addr_policy, extack);
	if (err)
		return err;
	memset(cfg, 0, sizeof(*cfg));
	cfg->plen = ifm->ifa_prefixlen;
	cfg->origin = US6_ADDR_MANUAL;
	if (ifm->ifa_prefixlen > 128) {
		NL_SET_ERR_MSG(extack, "Invalid prefix length");
		return -EINVAL;
	}
	err = us6_addr_parse_value(tb, cfg, extack);
	if (!err)
		err = us6_addr_parse_lifetimes(tb, cfg, extack);
	if (!err)
		err = us6_addr_parse_flags(tb, ifm, cfg, extack);
	if (err)
		return err;
	if (tb[IFA_RT_PRIORITY])
		cfg->rt_priority = nla_get_u32(tb[IFA_RT_PRIORITY]);
	if (tb[IFA_PROTO])
		cfg->proto = nla_get_u8(tb[IFA_PROTO]);
	return 0;
}

static struct us6_dev *us6_addr_msg_dev(struct net *net,
					const struct ifaddrmsg *ifm,
					struct netlink_ext_ack *extack)
{
	struct net_device *dev = __dev_get_by_index(net, ifm->ifa_index);
	struct us6_dev *udev;

	if (!dev) {
		NL_SET_ERR_MSG(extack, "No device of this index");
		return ERR_PTR(-ENODEV);
	}
	udev = us6_dev_rtnl(dev);
	if (!udev) {
		NL_SET_ERR_MSG(extack, "The device has no IPv6: its MTU is below 1280");
		return ERR_PTR(-EINVAL);
	}
	return udev;
}

/* RFC 4429 section 3.1: not for routers, and only where it is configured. */
static void us6_addr_check_optimistic(const struct us6_dev *udev,
				      struct us6_addr_cfg *cfg)
{
	if (!us6_addr_optimistic_allowed(udev))
		cfg->flags &= ~IFA_F_OPTIMISTIC;
}

int us6_rtm_newaddr(struct sk_buff *skb, struct nlmsghdr *nlh,
		    struct netlink_ext_ack *extack)
{
	struct net *net = sock_net(skb->sk);
	struct us6_addr_cfg cfg;
	struct us6_dev *udev;
	struct us6_addr *a;
	int err;

	err = us6_addr_parse(nlh, &cfg, extack);
	if (err)
		return err;
	udev = us6_addr_msg_dev(net, nlmsg_data(nlh), extack);
	if (IS_ERR(udev))
		return PTR_ERR(udev);
	us6_addr_check_optimistic(udev, &cfg);

	a = us6_addr_find(net, &cfg.addr, udev->idev.dev, true);
	if (!a) {
		a = us6_addr_add(udev, &cfg, extack);
		if (IS_ERR(a))
			return PTR_ERR(a);
	} else if ((nlh->nlmsg_flags & NLM_F_EXCL) ||
		   !(nlh->nlmsg_flags & NLM_F_REPLACE)) {
		err = -EEXIST;
	} else {
		err = us6_addr_modify(a, &cfg, extack);
	}
	us6_addr_put(a);
	return err;
}

/* ---- RTM_DELADDR ---------------------------------------------------------------- */

int us6_rtm_deladdr(struct sk_buff *skb, struct nlmsghdr *nlh,
		    struct netlink_ext_ack *extack)
{
	struct net *net = sock_net(skb->sk);
	const struct ifaddrmsg *ifm = nlmsg_data(nlh);
	struct nlattr *tb[IFA_MAX + 1];
	struct us6_addr_cfg cfg = {};
	struct us6_dev *udev;
	struct us6_addr *a;
	int err;

	err = nlmsg_parse_deprecated(nlh, sizeof(*ifm), tb, IFA_MAX,
				     us6_addr_policy, extack);
	if (!err)
		err = us6_addr_parse_value(tb, &cfg, extack);
	if (err)
		return err;
	if (ifm->ifa_prefixlen > 128) {
		NL_SET_ERR_MSG(extack, "Invalid prefix length");
		return -EINVAL;
	}
	udev = us6_addr_msg_dev(net, ifm, extack);
	if (IS_ERR(udev))
		return PTR_ERR(udev);

	a = us6_addr_find(net, &cfg.addr, udev->idev.dev, true);
	if (!a || a->ifa.prefix_len != ifm->ifa_prefixlen) {
		us6_addr_put(a);
		return -EADDRNOTAVAIL;
	}
	us6_addr_del(a);
	us6_addr_put(a);
	return 0;
}

/* ---- RTM_GETADDR ---------------------------------------------------------------- */

/* Strict askers may send what means something, and nothing else. */
static int us6_addr_get_parse(struct sk_buff *in, struct nlmsghdr *nlh,
			      struct nlattr **tb,
			      struct netlink_ext_ack *extack)
{
	const struct ifaddrmsg *ifm;
	int i, err;

	if (nlh->nlmsg_len < nlmsg_msg_size(sizeof(*ifm))) {
		NL_SET_ERR_MSG(extack, "Header of the request is truncated");
		return -EINVAL;
	}
	if (!netlink_strict_get_check(in))
		return nlmsg_parse_deprecated(nlh, sizeof(*ifm), tb, IFA_MAX,
					      us6_addr_policy, extack);
	ifm = nlmsg_data(nlh);
	if (ifm->ifa_prefixlen || ifm->ifa_flags || ifm->ifa_scope) {
		NL_SET_ERR_MSG(extack, "Prefix length, flags and scope must be zero in this request");
		return -EINVAL;
	}
	err = nlmsg_parse_deprecated_strict(nlh, sizeof(*ifm), tb, IFA_MAX,
					    us6_addr_policy, extack);
	if (err)
		return err;
	for (i = 0; i <= IFA_MAX; i++) {
		if (!tb[i] || i == IFA_TARGET_NETNSID || i == IFA_ADDRESS ||
		    i == IFA_LOCAL)
			continue;
		NL_SET_ERR_MSG_ATTR(extack, tb[i],
				    "Attribute isn't for this request");
		return -EINVAL;
	}
	return 0;
}

static struct us6_addr *us6_addr_get(struct net *net, int ifindex,
				     const struct in6_addr *addr)
{
	struct net_device *dev = ifindex ? dev_get_by_index(net, ifindex) : NULL;
	struct us6_addr *a = us6_addr_find(net, addr, dev, true);

	dev_put(dev);
	return a ?: ERR_PTR(-EADDRNOTAVAIL);
}

static int us6_addr_reply(struct sk_buff *in, const struct nlmsghdr *nlh,
			  const struct us6_addr *a, int netnsid)
{
	u32 portid = NETLINK_CB(in).portid;
	struct sk_buff *skb;
	int err;

	skb = nlmsg_new(us6_addr_msgsize(), GFP_KERNEL);
	if (!skb)
		return -ENOBUFS;
	err = us6_addr_fill(skb, a, portid, nlh->nlmsg_seq, RTM_NEWADDR, 0,
			    netnsid);
	if (err) {
		WARN_ON(err == -EMSGSIZE);
		kfree_skb(skb);
		return err;
	}
	return rtnl_unicast(skb, sock_net(in->sk), portid);
}

int us6_rtm_getaddr(struct sk_buff *in, struct nlmsghdr *nlh,
		    struct netlink_ext_ack *extack)
{
	struct net *net = sock_net(in->sk), *tgt = NULL;
	struct nlattr *tb[IFA_MAX + 1];
	struct us6_addr_cfg cfg = {};
	struct us6_addr *a;
	int netnsid = -1, err;

	err = us6_addr_get_parse(in, nlh, tb, extack);
	if (!err)
		err = us6_addr_parse_value(tb, &cfg, extack);
	if (err)
		return err;
	if (tb[IFA_TARGET_NETNSID]) {
		netnsid = nla_get_s32(tb[IFA_TARGET_NETNSID]);
		tgt = rtnl_get_net_ns_capable(NETLINK_CB(in).sk, netnsid);
		if (IS_ERR(tgt)) {
			NL_SET_ERR_MSG_ATTR(extack, tb[IFA_TARGET_NETNSID],
					    "IFA_TARGET_NETNSID: no such namespace");
			return PTR_ERR(tgt);
		}
	}
	a = us6_addr_get(tgt ?: net,
			 ((struct ifaddrmsg *)nlmsg_data(nlh))->ifa_index,
			 &cfg.addr);
	if (IS_ERR(a)) {
		err = PTR_ERR(a);
	} else {
		err = us6_addr_reply(in, nlh, a, netnsid);
		us6_addr_put(a);
	}
	if (tgt)
		put_net(tgt);
	return err;
}

/* ---- dumps ----------------------------------------------------------------------- */

static int us6_addr_dump_strict(struct netlink_callback *cb,
				struct us6_addr_dump *d)
{
	const struct nlmsghdr *nlh = cb->nlh;
	struct netlink_ext_ack *extack = cb->extack;
	struct nlattr *tb[IFA_MAX + 1];
	const struct ifaddrmsg *ifm;
	int i, err;

	if (nlh->nlmsg_len < nlmsg_msg_size(sizeof(*ifm))) {
		NL_SET_ERR_MSG(extack, "Header of the dump request is truncated");
		return -EINVAL;
	}
	ifm = nlmsg_data(nlh);
	if (ifm->ifa_prefixlen || ifm->ifa_flags || ifm->ifa_scope) {
		NL_SET_ERR_MSG(extack, "Prefix length, flags and scope must be zero in a dump request");
		return -EINVAL;
	}
	d->ifindex = ifm->ifa_index;
	if (d->ifindex) {
		cb->answer_flags |= NLM_F_DUMP_FILTERED;
		d->nlflags |= NLM_F_DUMP_FILTERED;
	}
	err = nlmsg_parse_deprecated_strict(nlh, sizeof(*ifm), tb, IFA_MAX,
					    us6_addr_policy, extack);
	if (err)
		return err;
	for (i = 0; i <= IFA_MAX; i++) {
		if (!tb[i] || i == IFA_TARGET_NETNSID)
			continue;
		NL_SET_ERR_MSG_ATTR(extack, tb[i],
				    "Attribute isn't for a dump request");
		return -EINVAL;
	}
	if (tb[IFA_TARGET_NETNSID]) {
		struct net *net;

		d->netnsid = nla_get_s32(tb[IFA_TARGET_NETNSID]);
		net = rtnl_get_net_ns_capable(cb->skb->sk, d->netnsid);
		if (IS_ERR(net)) {
			d->netnsid = -1;
			NL_SET_ERR_MSG(extack, "IFA_TARGET_NETNSID: no such namespace");
			return PTR_ERR(net);
		}
		d->net = net;
	}
	return 0;
}

int us6_addr_dump_parse(struct netlink_callback *cb, struct us6_addr_dump *d)
{
	d->net = sock_net(cb->skb->sk);
	d->netnsid = -1;
	d->ifindex = 0;
	d->nlflags = NLM_F_MULTI;
	/* Askers of old send a header of one byte: nothing is read of it. */
	return cb->strict_check ? us6_addr_dump_strict(cb, d) : 0;
}

void us6_addr_dump_done(struct us6_addr_dump *d)
{
	if (d->netnsid >= 0)
		put_net(d->net);
}

int us6_addr_dump_run(struct sk_buff *skb, struct netlink_callback *cb,
		      us6_dump_dev *fn)
{
	struct us6_addr_dump d;
	struct net_device *dev;
	struct us6_dev *udev;
	int err;

	err = us6_addr_dump_parse(cb, &d);
	if (err)
		return err;
	rcu_read_lock();
	cb->seq = atomic_read(&d.net->ipv6.dev_addr_genid) ^
		  d.net->dev_base_seq;
	if (!d.ifindex) {
		err = us6_dump_devs(skb, cb, d.net, fn, &d);
	} else if (!us6_dump_pos(cb)->bucket) {
		dev = dev_get_by_index_rcu(d.net, d.ifindex);
		udev = dev ? us6_dev_rcu(dev) : NULL;
		err = dev ? 0 : -ENODEV;
		if (udev)
			err = us6_dump_result(skb, fn(skb, cb, udev, &d));
		/* Not to begin again in a further round. */
		if (!err)
			us6_dump_pos(cb)->bucket = 1;
	}
	rcu_read_unlock();
	us6_addr_dump_done(&d);
	return err;
}

static int us6_addr_dump_one(struct sk_buff *skb, struct netlink_callback *cb,
			     struct us6_dev *udev, void *arg)
{
	const struct us6_addr_dump *d = arg;
	struct us6_dump_pos *pos = us6_dump_pos(cb);
	struct inet6_ifaddr *ifa;
	unsigned int i = 0;
	int err;

	list_for_each_entry_rcu(ifa, &udev->idev.addr_list, if_list) {
		if (i++ < pos->item)
			continue;
		err = us6_addr_fill(skb, us6_addr_of(ifa),
				    NETLINK_CB(cb->skb).portid,
				    cb->nlh->nlmsg_seq, RTM_NEWADDR,
				    d->nlflags, d->netnsid);
		if (err)
			return err;
		nl_dump_check_consistent(cb, nlmsg_hdr(skb));
		pos->item = i;
	}
	return 0;
}

int us6_rtm_dumpaddr(struct sk_buff *skb, struct netlink_callback *cb)
{
	return us6_addr_dump_run(skb, cb, us6_addr_dump_one);
}
