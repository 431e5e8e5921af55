// SPDX-License-Identifier: GPL-2.0
/*
 * RTM_GETROUTE of AF_INET6: "which way does it go", and dumps.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <net/ip.h>
#include <net/ip_fib.h>
#include <net/us6/ctl.h>
#include "route.h"

/* ---- one answer ------------------------------------------------------------------- */

static int check_get(struct sk_buff *skb, const struct nlmsghdr *nlh,
		     struct nlattr **tb, struct netlink_ext_ack *extack)
{
	struct rtmsg *rtm;
	int i, err;

	if (nlh->nlmsg_len < nlmsg_msg_size(sizeof(*rtm))) {
		NL_SET_ERR_MSG_MOD(extack, "Invalid header for get route request");
		return -EINVAL;
	}
	if (!netlink_strict_get_check(skb))
		return nlmsg_parse_deprecated(nlh, sizeof(*rtm), tb, RTA_MAX,
					      us6_rtm_policy, extack);
	rtm = nlmsg_data(nlh);
	if ((rtm->rtm_src_len && rtm->rtm_src_len != 128) ||
	    (rtm->rtm_dst_len && rtm->rtm_dst_len != 128) ||
	    rtm->rtm_table || rtm->rtm_protocol || rtm->rtm_scope ||
	    rtm->rtm_type) {
		NL_SET_ERR_MSG_MOD(extack, "Invalid values in header for get route request");
		return -EINVAL;
	}
	if (rtm->rtm_flags & ~RTM_F_FIB_MATCH) {
		NL_SET_ERR_MSG_MOD(extack, "Invalid flags for get route request");
		return -EINVAL;
	}
	err = nlmsg_parse_deprecated_strict(nlh, sizeof(*rtm), tb, RTA_MAX,
					    us6_rtm_policy, extack);
	if (err)
		return err;
	for (i = 0; i <= RTA_MAX; i++) {
		if (!tb[i])
			continue;
		switch (i) {
		case RTA_SRC: case RTA_DST: case RTA_IIF: case RTA_OIF:
		case RTA_MARK: case RTA_UID: case RTA_SPORT: case RTA_DPORT:
		case RTA_IP_PROTO:
			break;
		default:
			NL_SET_ERR_MSG_ATTR(extack, tb[i],
					    "Unsupported attribute in get route request");
			return -EINVAL;
		}
	}
	return 0;
}

static int get_addr(struct nlattr *nla, struct in6_addr *addr,
		    struct netlink_ext_ack *extack)
{
	if (!nla)
		return 0;
	if (nla_len(nla) < sizeof(*addr)) {
		NL_SET_ERR_MSG_ATTR(extack, nla, "Address is too short");
		return -EINVAL;
	}
	*addr = nla_get_in6_addr(nla);
	return 0;
}

static int flow_from(struct nlattr **tb, struct rtmsg *rtm, struct flowi6 *fl6,
		     int *iif, struct netlink_ext_ack *extack)
{
	int err;

	memset(fl6, 0, sizeof(*fl6));
	fl6->flowlabel = ip6_make_flowinfo(rtm->rtm_tos, 0);
	fl6->flowi6_uid = tb[RTA_UID] ?
		make_kuid(current_user_ns(), nla_get_u32(tb[RTA_UID])) :
		current_uid();
	err = get_addr(tb[RTA_DST], &fl6->daddr, extack);
	if (!err)
		err = get_addr(tb[RTA_SRC], &fl6->saddr, extack);
	if (err)
		return err;
	if (tb[RTA_OIF])
		fl6->flowi6_oif = nla_get_u32(tb[RTA_OIF]);
	if (tb[RTA_MARK])
		fl6->flowi6_mark = nla_get_u32(tb[RTA_MARK]);
	if (tb[RTA_SPORT])
		fl6->fl6_sport = nla_get_be16(tb[RTA_SPORT]);
	if (tb[RTA_DPORT])
		fl6->fl6_dport = nla_get_be16(tb[RTA_DPORT]);
	if (tb[RTA_IP_PROTO]) {
		err = rtm_getroute_parse_ip_proto(tb[RTA_IP_PROTO],
						  &fl6->flowi6_proto, AF_INET6,
						  extack);
		if (err)
			return err;
	}
	*iif = tb[RTA_IIF] ? nla_get_u32(tb[RTA_IIF]) : 0;
	return 0;
}

static struct dst_entry *find(struct net *net, struct flowi6 *fl6, int iif,
			      struct netlink_ext_ack *extack)
{
	struct net_device *dev;
	struct dst_entry *dst = ERR_PTR(-ENODEV);
	int flags = ipv6_addr_any(&fl6->saddr) ? 0 : RT6_LOOKUP_F_HAS_SADDR;

	if (!iif)
		return us6_route_output(net, NULL, fl6, 0);
	rcu_read_lock();
	dev = dev_get_by_index_rcu(net, iif);
	if (dev) {
		fl6->flowi6_iif = iif;
		dst = us6_route_input_lookup(net, dev, fl6, NULL, flags);
	} else {
		NL_SET_ERR_MSG(extack, "Device of RTA_IIF does not exist");
	}
	rcu_read_unlock();
	return dst;
}

int us6_rtm_getroute(struct sk_buff *in, struct nlmsghdr *nlh,
		     struct netlink_ext_ack *extack)
{
	struct net *net = sock_net(in->sk);
	struct nlattr *tb[RTA_MAX + 1];
	struct us6_route_msg msg = {
		.portid	= NETLINK_CB(in).portid,
		.seq	= nlh->nlmsg_seq,
		.type	= RTM_NEWROUTE,
	};
	struct dst_entry *dst;
	struct us6_dst *d;
	struct us6_route *rt;
	struct rtmsg *rtm;
	struct flowi6 fl6;
	struct sk_buff *skb;
	int iif, err;

	err = check_get(in, nlh, tb, extack);
	if (err)
		return err;
	rtm = nlmsg_data(nlh);
	err = flow_from(tb, rtm, &fl6, &iif, extack);
	if (err)
		return err;
	dst = find(net, &fl6, iif, extack);
	if (IS_ERR(dst))
		return PTR_ERR(dst);
	skb = alloc_skb(NLMSG_GOODSIZE, GFP_KERNEL);
	if (!skb) {
		dst_release(dst);
		return -ENOBUFS;
	}
	if (!(rtm->rtm_flags & RTM_F_FIB_MATCH)) {
		msg.dst = dst;
		msg.daddr = &fl6.daddr;
		msg.saddr = &fl6.saddr;
		msg.iif = iif;
	}
	rcu_read_lock();
	d = us6_dst_of(dst);
	rt = d ? READ_ONCE(d->route) : NULL;
	if (dst->error)
		err = dst->error;
	else
		err = rt ? us6_route_fill(net, skb, rt, &msg) : -ENETUNREACH;
	rcu_read_unlock();
	dst_release(dst);
	if (err) {
		kfree_skb(skb);
		return err;
	}
	return rtnl_unicast(skb, net, NETLINK_CB(in).portid);
}

/* ---- dump ----------------------------------------------------------------------------- */

struct dump {
	struct net		*net;
	struct sk_buff		*skb;
	struct fib_dump_filter	filter;
	struct us6_route_msg	msg;
};

static bool uses_device(const struct us6_route *rt, const struct net_device *dev)
{
	const struct fib6_info *it;
	unsigned int left = READ_ONCE(rt->f6i.fib6_nsiblings);

	if (rt->f6i.nh)
		return nexthop_uses_dev(rt->f6i.nh, dev);
	if (rt->nh.fib_nh_dev == dev)
		return true;
	list_for_each_entry_rcu(it, &rt->f6i.fib6_siblings, fib6_siblings) {
		if (!left--)
			break;
		if (it->fib6_nh->fib_nh_dev == dev)
			return true;
	}
	return false;
}

static int dump_one(struct us6_route *rt, void *arg)
{
	struct dump *dump = arg;
	const struct fib_dump_filter *f = &dump->filter;

	/* RTM_F_PREFIX: those that advertised prefixes made. */
	if (f->flags & RTM_F_PREFIX && !(rt->f6i.fib6_flags & RTF_PREFIX_RT))
		return 0;
	if (f->filter_set &&
	    ((f->rt_type && rt->f6i.fib6_type != f->rt_type) ||
	     (f->dev && !uses_device(rt, f->dev)) ||
	     (f->protocol && rt->f6i.fib6_protocol != f->protocol)))
		return 0;
	return us6_route_fill(dump->net, dump->skb, rt, &dump->msg);
}

/* What RTM_F_CLONED asks for: path MTUs and redirects of single hosts. */
static int dump_exception(struct us6_route *rt, const struct in6_addr *daddr,
			  const struct dst_entry *dst, void *arg)
{
	struct dump *dump = arg;
	const struct fib_dump_filter *f = &dump->filter;
	struct us6_route_msg msg = dump->msg;

	if ((f->table_id && f->table_id != rt->f6i.fib6_table->tb6_id) ||
	    (f->rt_type && rt->f6i.fib6_type != f->rt_type) ||
	    (f->dev && READ_ONCE(dst->dev) != f->dev) ||
	    (f->protocol && rt->f6i.fib6_protocol != f->protocol))
		return 0;
	msg.dst = dst;
	msg.daddr = daddr;
	return us6_route_fill(dump->net, dump->skb, rt, &msg);
}

static int dump_filter(const struct nlmsghdr *nlh, struct netlink_callback *cb,
		       struct dump *dump)
{
	const struct rtmsg *rtm;

	if (cb->strict_check)
		return ip_valid_fib_dump_req(dump->net, nlh, &dump->filter, cb);
	/* Old programs send less than a whole header. */
	if (nlmsg_len(nlh) >= sizeof(*rtm)) {
		rtm = nlmsg_data(nlh);
		dump->filter.flags = rtm->rtm_flags & (RTM_F_PREFIX | RTM_F_CLONED);
	}
	return 0;
}

int us6_rtm_dumproute(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct dump dump = {
		.net	= sock_net(skb->sk),
		.skb	= skb,
		.filter	= { .dump_routes = true, .dump_exceptions = true },
		.msg	= {
			.portid	= NETLINK_CB(cb->skb).portid,
			.seq	= cb->nlh->nlmsg_seq,
			.type	= RTM_NEWROUTE,
			.flags	= NLM_F_MULTI,
		},
	};
	struct us6_route_cursor *cursor = (void *)cb->ctx;
	int err;

	BUILD_BUG_ON(sizeof(*cursor) > sizeof(cb->ctx));
	rcu_read_lock();
	err = dump_filter(cb->nlh, cb, &dump);
	if (err < 0)
		goto out;
	err = -ENOENT;
	if (dump.filter.table_id && !us6_table_get(dump.net, dump.filter.table_id)) {
		if (rtnl_msg_family(cb->nlh) != PF_INET6)
			err = 0;
		else
			NL_SET_ERR_MSG_MOD(cb->extack, "FIB table does not exist");
		goto out;
	}
	if (dump.filter.filter_set)
		dump.msg.flags |= NLM_F_DUMP_FILTERED;
	cb->seq = us6_route_changes(dump.net);
	/* Host exceptions aren't routes: they are told to who asks for them. */
	if (dump.filter.flags & RTM_F_CLONED || !dump.filter.dump_routes)
		err = us6_exceptions_walk(dump.net, cursor, dump_exception, &dump);
	else
		err = us6_route_walk(dump.net, cursor, dump.filter.table_id,
				     dump_one, &dump);
	nl_dump_check_consistent(cb, nlmsg_hdr(skb));
	/* Full: come again.  A single route that never fits is an error. */
	if (err == -EMSGSIZE)
		err = skb->len ? skb->len : err;
	else if (!err)
		err = skb->len;
out:
	rcu_read_unlock();
	return err;
}
