// SPDX-License-Identifier: GPL-2.0
/*
 * A route as a netlink message, and notifications.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <net/ip_fib.h>
#include <net/lwtunnel.h>
#include <net/tcp.h>
#include <net/us6/addr.h>
#include <net/us6/ctl.h>
#include "route.h"

static int fill_siblings(struct sk_buff *skb, const struct us6_route *rt)
{
	/* Bounded: the ring may change while it is walked. */
	unsigned int left = READ_ONCE(rt->f6i.fib6_nsiblings);
	const struct fib6_info *it;
	struct nlattr *mp;

	mp = nla_nest_start_noflag(skb, RTA_MULTIPATH);
	if (!mp)
		return -EMSGSIZE;
	if (fib_add_nexthop(skb, &rt->nh.nh_common, rt->nh.fib_nh_weight,
			    AF_INET6, 0) < 0)
		goto fail;
	list_for_each_entry_rcu(it, &rt->f6i.fib6_siblings, fib6_siblings) {
		if (!left--)
			break;
		if (fib_add_nexthop(skb, &it->fib6_nh->nh_common,
				    it->fib6_nh->fib_nh_weight, AF_INET6, 0) < 0)
			goto fail;
	}
	nla_nest_end(skb, mp);
	return 0;
fail:
	nla_nest_cancel(skb, mp);
	return -EMSGSIZE;
}

/* A next hop object: its number, and for old readers what it is made of. */
static int fill_object(struct net *net, struct sk_buff *skb, struct rtmsg *rtm,
		       const struct us6_route *rt)
{
	struct nexthop *nh = rt->f6i.nh;
	unsigned char flags = 0;
	unsigned int i, n;
	struct nlattr *mp;

	if (nla_put_u32(skb, RTA_NH_ID, nh->id))
		return -EMSGSIZE;
	if (nexthop_is_blackhole(nh))
		rtm->rtm_type = RTN_BLACKHOLE;
	if (!READ_ONCE(net->ipv4.sysctl_nexthop_compat_mode))
		return 0;
	n = nexthop_num_path(nh);
	if (n == 1) {
		if (fib_nexthop_info(skb, nexthop_fib_nhc(nh, 0), AF_INET6,
				     &flags, false) < 0)
			return -EMSGSIZE;
		rtm->rtm_flags |= flags;
		return 0;
	}
	mp = nla_nest_start_noflag(skb, RTA_MULTIPATH);
	if (!mp)
		return -EMSGSIZE;
	for (i = 0; i < n; i++) {
		struct nh_group *group = rcu_dereference(nh->nh_grp);

		if (fib_add_nexthop(skb, nexthop_fib_nhc(nh, i),
				    group->nh_entries[i].weight, AF_INET6, 0) < 0)
			return -EMSGSIZE;
	}
	nla_nest_end(skb, mp);
	return 0;
}

static int fill_hop(struct net *net, struct sk_buff *skb, struct rtmsg *rtm,
		    const struct us6_route *rt)
{
	unsigned char flags = 0;

	if (rt->f6i.nh)
		return fill_object(net, skb, rtm, rt);
	if (READ_ONCE(rt->f6i.fib6_nsiblings))
		return fill_siblings(skb, rt);
	if (fib_nexthop_info(skb, &rt->nh.nh_common, AF_INET6, &flags, false) < 0)
		return -EMSGSIZE;
	rtm->rtm_flags |= flags;
	return 0;
}

/* An answer to "which way": the one next hop that was found. */
static int fill_found(struct sk_buff *skb, struct rtmsg *rtm,
		      const struct dst_entry *dst)
{
	const struct rt6_info *rt = dst_rt6_info(dst);

	if (rt->rt6i_flags & RTF_GATEWAY &&
	    nla_put_in6_addr(skb, RTA_GATEWAY, &rt->rt6i_gateway))
		return -EMSGSIZE;
	if (dst->dev && nla_put_u32(skb, RTA_OIF, dst->dev->ifindex))
		return -EMSGSIZE;
	if (dst->lwtstate &&
	    lwtunnel_fill_encap(skb, dst->lwtstate, RTA_ENCAP, RTA_ENCAP_TYPE) < 0)
		return -EMSGSIZE;
	return 0;
}

static int fill_keys(struct sk_buff *skb, struct rtmsg *rtm,
		     const struct fib6_info *f6i, const struct us6_route_msg *msg)
{
	rtm->rtm_dst_len = msg->daddr ? 128 : f6i->fib6_dst.plen;
	rtm->rtm_src_len = msg->saddr ? 128 : f6i->fib6_src.plen;
	if (rtm->rtm_dst_len &&
	    nla_put_in6_addr(skb, RTA_DST,
			     msg->daddr ? msg->daddr : &f6i->fib6_dst.addr))
		return -EMSGSIZE;
	if (rtm->rtm_src_len &&
	    nla_put_in6_addr(skb, RTA_SRC,
			     msg->saddr ? msg->saddr : &f6i->fib6_src.addr))
		return -EMSGSIZE;
	return 0;
}

/* The source that an answer would take, or the route's own preference. */
static int fill_source(struct net *net, struct sk_buff *skb,
		       const struct us6_route *rt, const struct us6_route_msg *msg)
{
	const struct fib6_info *f6i = &rt->f6i;
	struct in6_addr addr;

	if (msg->iif)
		return nla_put_u32(skb, RTA_IIF, msg->iif);
	if (f6i->fib6_prefsrc.plen)
		return nla_put_in6_addr(skb, RTA_PREFSRC, &f6i->fib6_prefsrc.addr);
	/* A list tells what is kept; the source is an answer's matter. */
	if (!msg->dst || !msg->saddr || msg->dst->error || !ip6_dst_idev(msg->dst))
		return 0;
	if (us6_select_saddr(net, ip6_dst_idev(msg->dst)->dev, msg->daddr, 0, &addr))
		return 0;
	return nla_put_in6_addr(skb, RTA_PREFSRC, &addr);
}

static int fill_rest(struct net *net, struct sk_buff *skb,
		     const struct us6_route *rt, const struct us6_route_msg *msg)
{
	const struct fib6_info *f6i = &rt->f6i;
	const struct dst_entry *dst = msg->dst;
	long expires = 0;

	if (fill_source(net, skb, rt, msg) ||
	    rtnetlink_put_metrics(skb, dst ? dst_metrics_ptr((void *)dst) :
				  f6i->fib6_metrics->metrics) < 0 ||
	    nla_put_u32(skb, RTA_PRIORITY, f6i->fib6_metric))
		return -EMSGSIZE;
	if (dst && dst->expires)
		expires = READ_ONCE(dst->expires) - jiffies;
	else if (f6i->fib6_flags & RTF_EXPIRES)
		expires = READ_ONCE(f6i->expires) - jiffies;
	if (rtnl_put_cacheinfo(skb, (struct dst_entry *)dst, 0, expires,
			       dst ? dst->error : 0) < 0)
		return -EMSGSIZE;
	return nla_put_u8(skb, RTA_PREF, rt->pref);
}

int us6_route_fill(struct net *net, struct sk_buff *skb,
		   const struct us6_route *rt, const struct us6_route_msg *msg)
{
	const struct fib6_info *f6i = &rt->f6i;
	u32 table = f6i->fib6_table ? f6i->fib6_table->tb6_id : RT6_TABLE_UNSPEC;
	struct nlmsghdr *nlh;
	struct rtmsg *rtm;
	int err;

	nlh = nlmsg_put(skb, msg->portid, msg->seq, msg->type, sizeof(*rtm),
			msg->flags);
	if (!nlh)
		return -EMSGSIZE;
	rtm = nlmsg_data(nlh);
	memset(rtm, 0, sizeof(*rtm));
	rtm->rtm_family = AF_INET6;
	rtm->rtm_table = table < 256 ? table : RT_TABLE_COMPAT;
	rtm->rtm_type = f6i->fib6_type;
	rtm->rtm_scope = RT_SCOPE_UNIVERSE;
	rtm->rtm_protocol = f6i->fib6_protocol;
	if (msg->dst && dst_rt6_info(msg->dst)->rt6i_flags & RTF_CACHE)
		rtm->rtm_flags |= RTM_F_CLONED;
	if (f6i->offload)
		rtm->rtm_flags |= RTM_F_OFFLOAD;
	if (f6i->trap)
		rtm->rtm_flags |= RTM_F_TRAP;
	if (f6i->offload_failed)
		rtm->rtm_flags |= RTM_F_OFFLOAD_FAILED;

	err = nla_put_u32(skb, RTA_TABLE, table);
	if (!err)
		err = fill_keys(skb, rtm, f6i, msg);
	if (!err)
		err = msg->dst ? fill_found(skb, rtm, msg->dst) :
		      fill_hop(net, skb, rtm, rt);
	if (!err)
		err = fill_rest(net, skb, rt, msg);
	if (err) {
		nlmsg_cancel(skb, nlh);
		return -EMSGSIZE;
	}
	nlmsg_end(skb, nlh);
	return 0;
}

/* Room for the worst; a next hop's encapsulation is the only large part. */
static size_t msg_size(const struct us6_route *rt)
{
	size_t hop = nla_total_size(sizeof(struct rtnexthop)) +
		     nla_total_size(sizeof(struct in6_addr)) +
		     nla_total_size(sizeof(u32)) +
		     lwtunnel_get_encap_size(rt->nh.fib_nh_lws);
	unsigned int hops = rt->f6i.nh ? nexthop_num_path(rt->f6i.nh) :
			    READ_ONCE(rt->f6i.fib6_nsiblings) + 1;

	return NLMSG_ALIGN(sizeof(struct rtmsg)) +
	       3 * nla_total_size(sizeof(struct in6_addr)) +
	       5 * nla_total_size(sizeof(u32)) +
	       RTAX_MAX * nla_total_size(sizeof(u32)) +
	       nla_total_size(TCP_CA_NAME_MAX) +
	       nla_total_size(sizeof(struct rta_cacheinfo)) +
	       nla_total_size(1) + hops * hop + 64;
}

void us6_notify_route(int event, const struct us6_route *rt,
		      struct nl_info *info, unsigned int nlflags)
{
	struct us6_route_msg msg = {
		.portid	= info->portid,
		.seq	= info->nlh ? info->nlh->nlmsg_seq : 0,
		.type	= event,
		.flags	= nlflags,
	};
	struct net *net = info->nl_net;
	struct sk_buff *skb;
	int err = -ENOBUFS;

	rcu_read_lock();
	skb = nlmsg_new(msg_size(rt), GFP_ATOMIC);
	if (!skb)
		goto fail;
	err = us6_route_fill(net, skb, rt, &msg);
	if (err) {
		WARN_ON_ONCE(err == -EMSGSIZE && !rt->f6i.fib6_nsiblings);
		kfree_skb(skb);
		goto fail;
	}
	rtnl_notify(skb, net, info->portid, RTNLGRP_IPV6_ROUTE, info->nlh,
		    GFP_ATOMIC);
	rcu_read_unlock();
	return;
fail:
	rtnl_set_sk_err(net, RTNLGRP_IPV6_ROUTE, err);
	rcu_read_unlock();
}
