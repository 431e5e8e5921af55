// SPDX-License-Identifier: GPL-2.0
/*
 * Requests: several next hops at once, and removal by what matches.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/ipv6_route.h>
#include <linux/slab.h>
#include <net/l3mdev.h>
#include <net/lwtunnel.h>
#include <net/rtnh.h>
#include <net/us6/ctl.h>
#include "route.h"

#define MULTIPATH_MAX	256

/* ---- several next hops ---------------------------------------------------------- */

static int hop_config(struct fib6_config *cfg, const struct rtnexthop *hop,
		      struct netlink_ext_ack *extack)
{
	struct nlattr *attrs = rtnh_attrs((struct rtnexthop *)hop), *nla;
	int len = rtnh_attrlen(hop);

	cfg->fc_ifindex = hop->rtnh_ifindex;
	cfg->fc_flags &= ~(RTF_GATEWAY | RTNH_F_ONLINK);
	cfg->fc_flags |= hop->rtnh_flags & RTNH_F_ONLINK;
	cfg->fc_encap = NULL;
	cfg->fc_encap_type = LWTUNNEL_ENCAP_NONE;
	nla = nla_find(attrs, len, RTA_VIA);
	if (nla) {
		NL_SET_ERR_MSG_ATTR(extack, nla, "IPv6 does not support RTA_VIA attribute");
		return -EINVAL;
	}
	nla = nla_find(attrs, len, RTA_GATEWAY);
	if (nla) {
		if (nla_len(nla) < sizeof(cfg->fc_gateway)) {
			NL_SET_ERR_MSG_ATTR(extack, nla, "Invalid IPv6 address in RTA_GATEWAY");
			return -EINVAL;
		}
		cfg->fc_gateway = nla_get_in6_addr(nla);
		cfg->fc_flags |= RTF_GATEWAY;
	}
	nla = nla_find(attrs, len, RTA_ENCAP_TYPE);
	if (nla) {
		if (nla_len(nla) < sizeof(u16)) {
			NL_SET_ERR_MSG_ATTR(extack, nla, "Invalid RTA_ENCAP_TYPE");
			return -EINVAL;
		}
		cfg->fc_encap_type = nla_get_u16(nla);
		cfg->fc_encap = nla_find(attrs, len, RTA_ENCAP);
	}
	return 0;
}

/* All are built before the first goes in, so that a bad one leaves no trace. */
static int build_hops(struct net *net, struct fib6_config *cfg, gfp_t gfp,
		      struct us6_route **list, struct netlink_ext_ack *extack)
{
	struct rtnexthop *hop = (struct rtnexthop *)cfg->fc_mp;
	int left = cfg->fc_mp_len, n = 0, err;

	for (; rtnh_ok(hop, left); hop = rtnh_next(hop, &left)) {
		struct fib6_config one = *cfg;
		struct us6_route *rt;

		err = -EINVAL;
		if (n == MULTIPATH_MAX) {
			NL_SET_ERR_MSG(extack, "Too many next hops in RTA_MULTIPATH");
			goto fail;
		}
		err = hop_config(&one, hop, extack);
		if (err)
			goto fail;
		rt = us6_route_build(net, &one, gfp, extack);
		err = PTR_ERR_OR_ZERO(rt);
		if (err)
			goto fail;
		list[n++] = rt;
		err = -EINVAL;
		if (!rt6_qualify_for_ecmp(&rt->f6i)) {
			NL_SET_ERR_MSG(extack, "Device only routes can not be added for IPv6 using the multipath API.");
			goto fail;
		}
		rt->nh.fib_nh_weight = hop->rtnh_hops + 1;
	}
	if (left) {
		NL_SET_ERR_MSG(extack, "Invalid nexthop configuration - extra data after nexthops");
		err = -EINVAL;
		goto fail;
	}
	if (n)
		return n;
	NL_SET_ERR_MSG(extack, "Invalid nexthop configuration - no valid nexthops");
	err = -EINVAL;
fail:
	while (n--)
		us6_route_put(list[n]);
	return err;
}

int us6_multipath_add(struct net *net, struct fib6_config *cfg, u16 flags,
		      gfp_t gfp, struct netlink_ext_ack *extack)
{
	struct nl_info quiet = cfg->fc_nlinfo;
	struct us6_route **list;
	int i, n, err = 0;

	list = kcalloc(MULTIPATH_MAX, sizeof(*list), gfp);
	if (!list)
		return -ENOMEM;
	n = build_hops(net, cfg, gfp, list, extack);
	if (n < 0) {
		kfree(list);
		return n;
	}
	quiet.skip_notify = 1;
	for (i = 0; i < n; i++) {
		fib6_info_hold(&list[i]->f6i);
		err = us6_table_insert(list[i], flags, &quiet, NULL, extack);
		if (err)
			break;
		/* The first replaces or is refused; the rest joins it. */
		flags &= ~(NLM_F_REPLACE | NLM_F_EXCL);
		flags |= NLM_F_CREATE | NLM_F_APPEND;
	}
	if (err) {
		int k;

		for (k = 0; k < i; k++)
			us6_table_remove(list[k], &quiet);
		/* Those behind the failed one still have the builder's reference. */
		for (k = i + 1; k < n; k++)
			us6_route_put(list[k]);
		n = i + 1;
	} else if (!cfg->fc_nlinfo.skip_notify) {
		us6_notify_route(RTM_NEWROUTE, list[0], &cfg->fc_nlinfo,
				 cfg->fc_nlinfo.nlh ?
				 cfg->fc_nlinfo.nlh->nlmsg_flags &
				 (NLM_F_REPLACE | NLM_F_APPEND | NLM_F_CREATE) :
				 NLM_F_CREATE);
	}
	for (i = 0; i < n; i++)
		us6_route_put(list[i]);
	kfree(list);
	return err;
}

/* ---- removal ------------------------------------------------------------------------ */

static bool matches(struct us6_route *rt, const struct fib6_config *cfg)
{
	const struct fib6_nh *nh = &rt->nh;

	if (cfg->fc_nh_id && (!rt->f6i.nh || rt->f6i.nh->id != cfg->fc_nh_id))
		return false;
	if (cfg->fc_metric && cfg->fc_metric != rt->f6i.fib6_metric)
		return false;
	if (cfg->fc_protocol && cfg->fc_protocol != rt->f6i.fib6_protocol)
		return false;
	if (rt->f6i.nh)
		return !cfg->fc_ifindex && !(cfg->fc_flags & RTF_GATEWAY);
	if (cfg->fc_ifindex &&
	    (!nh->fib_nh_dev || nh->fib_nh_dev->ifindex != cfg->fc_ifindex))
		return false;
	return !(cfg->fc_flags & RTF_GATEWAY) ||
	       (nh->fib_nh_gw_family &&
		ipv6_addr_equal(&cfg->fc_gateway, &nh->fib_nh_gw6));
}

static struct us6_route *find_match(struct net *net, const struct fib6_config *cfg,
				    struct netlink_ext_ack *extack)
{
	struct fib6_table *tb = us6_table_get(net, cfg->fc_table);
	struct us6_route *rt = NULL;
	struct us6_fib_prefix p;
	void __rcu **slot;

	if (!tb) {
		NL_SET_ERR_MSG(extack, "FIB table does not exist");
		return NULL;
	}
	us6_fib_prefix_set(&p, &cfg->fc_dst, cfg->fc_dst_len, &cfg->fc_src,
			   cfg->fc_src_len);
	slot = us6_fib_find(&us6_table_of(tb)->fib, &p);
	for (rt = slot ? rcu_dereference_raw(*slot) : NULL; rt;
	     rt = us6_route_next(rt))
		if (matches(rt, cfg) && fib6_info_hold_safe(&rt->f6i))
			return rt;
	return NULL;
}

/* A route with all its next hops: one message, then each goes. */
static int remove_group(struct us6_route *rt, struct nl_info *info)
{
	struct us6_route *batch[16], *it;
	struct nl_info quiet = *info;
	int n, i, err = -ESRCH;

	if (!info->skip_notify)
		us6_notify_route(RTM_DELROUTE, rt, info, 0);
	quiet.skip_notify = 1;
	do {
		struct fib6_info *f6i;
		spinlock_t *lock = &rt->f6i.fib6_table->tb6_lock;

		n = 0;
		spin_lock_bh(lock);
		if (!rt->dead && rt->f6i.fib6_nsiblings)
			list_for_each_entry(f6i, &rt->f6i.fib6_siblings,
					    fib6_siblings) {
				it = us6_route_of(f6i);
				fib6_info_hold(f6i);
				batch[n++] = it;
				if (n == ARRAY_SIZE(batch))
					break;
			}
		spin_unlock_bh(lock);
		for (i = 0; i < n; i++) {
			us6_table_remove(batch[i], &quiet);
			us6_route_put(batch[i]);
		}
	} while (n == ARRAY_SIZE(batch));
	err = us6_table_remove(rt, &quiet);
	return err ? -ESRCH : 0;
}

static int del_one(struct net *net, struct fib6_config *cfg,
		   struct netlink_ext_ack *extack)
{
	struct us6_route *rt;
	int err;

	rcu_read_lock();
	rt = find_match(net, cfg, extack);
	rcu_read_unlock();
	if (!rt)
		return -ESRCH;
	if (cfg->fc_flags & RTF_GATEWAY || !READ_ONCE(rt->f6i.fib6_nsiblings))
		err = us6_table_remove(rt, &cfg->fc_nlinfo);
	else
		err = remove_group(rt, &cfg->fc_nlinfo);
	us6_route_put(rt);
	return err ? -ESRCH : 0;
}

int us6_route_del(struct net *net, struct fib6_config *cfg,
		  struct netlink_ext_ack *extack)
{
	struct rtnexthop *hop = (struct rtnexthop *)cfg->fc_mp;
	int left = cfg->fc_mp_len, err = 0, one;

	if (cfg->fc_nh_id && !nexthop_find_by_id(net, cfg->fc_nh_id)) {
		NL_SET_ERR_MSG(extack, "Nexthop id does not exist");
		return -EINVAL;
	}
	if (!cfg->fc_mp)
		return del_one(net, cfg, extack);
	for (; rtnh_ok(hop, left); hop = rtnh_next(hop, &left)) {
		struct fib6_config hopcfg = *cfg;

		one = hop_config(&hopcfg, hop, extack);
		if (!one)
			one = del_one(net, &hopcfg, extack);
		if (one)
			err = one;
	}
	return err;
}

/* ---- for next hop objects -------------------------------------------------------------- */

int us6_route_nh_gone(struct net *net, struct fib6_info *f6i, bool skip_notify)
{
	struct nl_info info = { .nl_net = net, .skip_notify = skip_notify };
	int err = us6_table_remove(us6_route_of(f6i), &info);

	us6_route_put(us6_route_of(f6i));
	return err;
}

void us6_route_nh_updated(struct net *net, struct fib6_info *f6i,
			  struct nl_info *info)
{
	us6_route_touch(net, f6i);
	us6_notify_route(RTM_NEWROUTE, us6_route_of(f6i), info, NLM_F_REPLACE);
}

/* ---- ioctl --------------------------------------------------------------------------------- */

int us6_route_ioctl(struct net *net, unsigned int cmd,
		    const struct in6_rtmsg *msg)
{
	struct fib6_config cfg = {
		.fc_table	= RT6_TABLE_MAIN,
		.fc_ifindex	= msg->rtmsg_ifindex,
		.fc_metric	= msg->rtmsg_metric ? : IP6_RT_PRIO_USER,
		.fc_expires	= msg->rtmsg_info,
		.fc_dst_len	= msg->rtmsg_dst_len,
		.fc_src_len	= msg->rtmsg_src_len,
		.fc_flags	= msg->rtmsg_flags & ~RTF_ADDRCONF,
		.fc_type	= msg->rtmsg_flags & RTF_REJECT ?
				  RTN_UNREACHABLE : RTN_UNICAST,
		.fc_dst		= msg->rtmsg_dst,
		.fc_src		= msg->rtmsg_src,
		.fc_gateway	= msg->rtmsg_gateway,
		.fc_nlinfo.nl_net = net,
	};
	int err;

	if (!ns_capable(net->user_ns, CAP_NET_ADMIN))
		return -EPERM;
	rtnl_lock();
	if (cfg.fc_ifindex) {
		struct net_device *dev = __dev_get_by_index(net, cfg.fc_ifindex);

		/* A port of a VRF means the VRF's table. */
		if (dev && l3mdev_fib_table(dev))
			cfg.fc_table = l3mdev_fib_table(dev);
	}
	switch (cmd) {
	case SIOCADDRT:
		err = us6_route_add(net, &cfg, GFP_KERNEL, NULL);
		break;
	case SIOCDELRT:
		err = us6_route_del(net, &cfg, NULL);
		break;
	default:
		err = -EINVAL;
	}
	rtnl_unlock();
	return err;
}
