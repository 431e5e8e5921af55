// SPDX-License-Identifier: GPL-2.0
/*
 * Next hops: a route's own, and those inside net/ipv4/nexthop.c's objects.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <net/flow_dissector.h>
#include <net/ip_fib.h>
#include <net/l3mdev.h>
#include <net/lwtunnel.h>
#include <net/us6/addr.h>
#include "route.h"

static bool is_reject(const struct fib6_config *cfg)
{
	return cfg->fc_flags & RTF_REJECT;
}

/*
 * Is the gateway reached directly on @dev (or on what the table says)?  Fills
 * the device when none was given.
 */
static int gateway_onlink(struct net *net, const struct fib6_config *cfg,
			  struct net_device **dev, struct netlink_ext_ack *extack)
{
	struct flowi6 fl6 = {
		.daddr		= cfg->fc_gateway,
		.flowi6_oif	= *dev ? (*dev)->ifindex : 0,
		.flowi6_l3mdev	= *dev ? l3mdev_master_ifindex_rcu(*dev) : 0,
	};
	struct fib6_table *tb = NULL;
	struct fib6_result res = {};
	int flags = *dev ? RT6_LOOKUP_F_IFACE : 0;
	int err = -ENETUNREACH;

	/* The route's own table first, for tables that stand alone. */
	if (cfg->fc_table)
		tb = us6_table_get(net, cfg->fc_table);
	if (tb)
		err = us6_route_table_lookup(net, tb, fl6.flowi6_oif, &fl6, &res,
					     flags);
	if (err || res.fib6_flags & RTF_REJECT || res.nh->fib_nh_gw_family)
		err = us6_fib_lookup(net, fl6.flowi6_oif, &fl6, &res, flags);
	if (err || res.fib6_flags & RTF_REJECT) {
		NL_SET_ERR_MSG(extack, "No route to host that is the gateway");
		return -EHOSTUNREACH;
	}
	if (res.nh->fib_nh_gw_family) {
		NL_SET_ERR_MSG(extack, "Nexthop has invalid gateway");
		return -EHOSTUNREACH;
	}
	if (*dev && *dev != res.nh->fib_nh_dev) {
		NL_SET_ERR_MSG(extack, "Nexthop has invalid gateway or device mismatch");
		return -EHOSTUNREACH;
	}
	*dev = res.nh->fib_nh_dev;
	return 0;
}

static int check_gateway(struct net *net, const struct fib6_config *cfg,
			 struct net_device **dev, struct netlink_ext_ack *extack)
{
	const struct in6_addr *gw = &cfg->fc_gateway;
	int type = ipv6_addr_type(gw);
	int err;

	rcu_read_lock();
	err = -EINVAL;
	if (us6_addr_check(net, gw, type & IPV6_ADDR_LINKLOCAL ? *dev : NULL,
			   !!(type & IPV6_ADDR_LINKLOCAL), 0) &&
	    (*dev || !(type & IPV6_ADDR_LINKLOCAL))) {
		NL_SET_ERR_MSG(extack, "Gateway can not be a local address");
		goto out;
	}
	if (type & IPV6_ADDR_LINKLOCAL && type & IPV6_ADDR_UNICAST) {
		err = *dev ? 0 : -ENODEV;
		if (err)
			NL_SET_ERR_MSG(extack, "A link-local gateway needs a device");
		goto out;
	}
	/* A v4-mapped gateway is 6PE's: resolved by ARP behind an encap. */
	if (!(type & (IPV6_ADDR_UNICAST | IPV6_ADDR_MAPPED)) ||
	    type & IPV6_ADDR_LOOPBACK) {
		NL_SET_ERR_MSG(extack, "Invalid gateway address");
		goto out;
	}
	if (cfg->fc_flags & RTNH_F_ONLINK)
		err = 0;
	else
		err = gateway_onlink(net, cfg, dev, extack);
out:
	rcu_read_unlock();
	return err;
}

static int check_device(const struct fib6_config *cfg, struct net_device *dev,
			struct netlink_ext_ack *extack)
{
	const struct inet6_dev *idev;
	int err = 0;

	if (!dev) {
		NL_SET_ERR_MSG(extack, "Egress device not specified");
		return -ENODEV;
	}
	if (is_reject(cfg))
		return 0;
	rcu_read_lock();
	idev = __in6_dev_get(dev);
	if (!idev) {
		NL_SET_ERR_MSG(extack, "IPv6 is not enabled on the nexthop device");
		err = -ENODEV;
	} else if (READ_ONCE(idev->cnf.disable_ipv6)) {
		NL_SET_ERR_MSG(extack, "IPv6 is disabled on nexthop device");
		err = -EACCES;
	} else if (!(dev->flags & IFF_UP) && !cfg->fc_ignore_dev_down) {
		NL_SET_ERR_MSG(extack, "Nexthop device is not up");
		err = -ENETDOWN;
	}
	rcu_read_unlock();
	return err;
}

static int find_device(struct net *net, const struct fib6_config *cfg,
		       struct net_device **dev, struct netlink_ext_ack *extack)
{
	*dev = NULL;
	if (is_reject(cfg)) {
		*dev = net->loopback_dev;
		return 0;
	}
	if (cfg->fc_ifindex) {
		*dev = dev_get_by_index_rcu(net, cfg->fc_ifindex);
		if (!*dev) {
			NL_SET_ERR_MSG(extack, "Nexthop device does not exist");
			return -ENODEV;
		}
	}
	if (cfg->fc_flags & RTNH_F_ONLINK && !*dev) {
		NL_SET_ERR_MSG(extack, "Nexthop device required for onlink");
		return -ENODEV;
	}
	if (cfg->fc_flags & RTF_GATEWAY)
		return check_gateway(net, cfg, dev, extack);
	return 0;
}

int us6_nh_fill(struct net *net, struct fib6_nh *nh, struct fib6_config *cfg,
		struct netlink_ext_ack *extack)
{
	struct net_device *dev;
	int err;

	nh->fib_nh_family = AF_INET6;
	nh->fib_nh_weight = 1;
	if (cfg->fc_flags & RTF_GATEWAY) {
		nh->fib_nh_gw6 = cfg->fc_gateway;
		nh->fib_nh_gw_family = AF_INET6;
	}
	rcu_read_lock();
	err = find_device(net, cfg, &dev, extack);
	if (!err)
		err = check_device(cfg, dev, extack);
	if (!err) {
		nh->fib_nh_dev = dev;
		netdev_hold(dev, &nh->fib_nh_dev_tracker, GFP_ATOMIC);
	}
	rcu_read_unlock();
	if (err)
		return err;

	if (cfg->fc_encap) {
		err = lwtunnel_build_state(net, cfg->fc_encap_type, cfg->fc_encap,
					   AF_INET6, cfg, &nh->fib_nh_lws, extack);
		if (err) {
			us6_nh_release(nh);
			return err;
		}
	}
	nh->fib_nh_oif = dev->ifindex;
	nh->fib_nh_scope = RT_SCOPE_NOWHERE;
	nh->fib_nh_flags = cfg->fc_flags & RTNH_F_ONLINK;
	if (!netif_carrier_ok(dev) && !is_reject(cfg))
		nh->fib_nh_flags |= RTNH_F_LINKDOWN;
	atomic_set(&nh->fib_nh_upper_bound, -1);
	return 0;
}

int us6_nh_init(struct net *net, struct fib6_nh *nh, struct fib6_config *cfg,
		gfp_t gfp, struct netlink_ext_ack *extack)
{
	int err = us6_nh_fill(net, nh, cfg, extack);

	if (err)
		return err;
	/* It lives in nexthop.c's memory and is released through us alone. */
	__module_get(THIS_MODULE);
	/* IPv4 routes may use the object; they keep their dsts here. */
	nh->nh_common.nhc_pcpu_rth_output = alloc_percpu_gfp(struct rtable __rcu *,
							     gfp);
	if (nh->nh_common.nhc_pcpu_rth_output)
		return 0;
	module_put(THIS_MODULE);
	us6_nh_release(nh);
	return -ENOMEM;
}

void us6_nh_release(struct fib6_nh *nh)
{
	bool object = nh->nh_common.nhc_pcpu_rth_output;

	us6_nh_drop_pcpu(nh);
	free_percpu(nh->rt6i_pcpu);
	nh->rt6i_pcpu = NULL;
	fib_nh_common_release(&nh->nh_common);
	nh->nh_common.nhc_pcpu_rth_output = NULL;
	nh->fib_nh_lws = NULL;
	nh->fib_nh_dev = NULL;
	/* us6_nh_init()'s; unload waits for RCU, so this returns in time. */
	if (object)
		module_put(THIS_MODULE);
}

/*
 * The cached dsts of a next hop go.  Whoever makes one afterwards sees that the
 * route is dead and takes it out again (us6_dst_get).
 */
void us6_nh_drop_pcpu(struct fib6_nh *nh)
{
	struct rt6_info * __percpu *pcpu = READ_ONCE(nh->rt6i_pcpu);
	int cpu;

	if (!pcpu)
		return;
	smp_mb();
	for_each_possible_cpu(cpu) {
		struct rt6_info *rt = xchg(per_cpu_ptr(pcpu, cpu), NULL);

		if (rt)
			dst_release(&rt->dst);
	}
}

void us6_nh_release_dsts(struct fib6_nh *nh)
{
	us6_nh_drop_pcpu(nh);
}

bool us6_nh_usable(const struct fib6_nh *nh, int strict)
{
	const struct inet6_dev *idev;
	unsigned char flags = READ_ONCE(nh->fib_nh_flags);

	if (likely(!(flags & (RTNH_F_DEAD | RTNH_F_LINKDOWN))))
		return true;
	if (flags & RTNH_F_DEAD)
		return false;
	if (strict & RT6_LOOKUP_F_IGNORE_LINKSTATE)
		return true;
	idev = __in6_dev_get(nh->fib_nh_dev);
	return !idev || !READ_ONCE(idev->cnf.ignore_routes_with_linkdown);
}

/* ---- one of several ---------------------------------------------------------- */

/*
 * Each next hop takes the flows whose hash is up to its bound; the bounds split
 * 31 bits by weight among those that are alive.  Called with the table's lock.
 */
void us6_multipath_rebalance(struct us6_route *rt)
{
	struct us6_route *first = us6_table_group(rt), *it;
	u32 metric = rt->f6i.fib6_metric;
	u64 total = 0, sum = 0;

	/* In the order in which select_sibling() asks. */
	for (it = first; it && it->f6i.fib6_metric == metric; it = us6_route_next(it))
		if (it->f6i.fib6_nsiblings && !(it->nh.fib_nh_flags & RTNH_F_DEAD))
			total += it->nh.fib_nh_weight;
	if (!total)
		return;
	for (it = first; it && it->f6i.fib6_metric == metric;
	     it = us6_route_next(it)) {
		s64 bound = -1;

		if (!it->f6i.fib6_nsiblings)
			continue;
		if (!(it->nh.fib_nh_flags & RTNH_F_DEAD)) {
			sum += it->nh.fib_nh_weight;
			bound = DIV_ROUND_CLOSEST_ULL(sum << 31, total) - 1;
		}
		atomic_set(&it->nh.fib_nh_upper_bound, bound);
	}
}

static void keys_from_flow(struct flow_keys *keys, const struct flowi6 *fl6,
			   bool ports)
{
	keys->control.addr_type = FLOW_DISSECTOR_KEY_IPV6_ADDRS;
	keys->addrs.v6addrs.src = fl6->saddr;
	keys->addrs.v6addrs.dst = fl6->daddr;
	keys->basic.ip_proto = fl6->flowi6_proto;
	if (ports) {
		keys->ports.src = fl6->fl6_sport;
		keys->ports.dst = fl6->fl6_dport;
	} else {
		keys->tags.flow_label = ntohl(fl6->flowlabel & IPV6_FLOWLABEL_MASK);
	}
}

/*
 * The flow of an ICMPv6 error is that of the packet that it speaks of, turned
 * round, so that it takes the same way (RFC 4443 says nothing; RFC 2992 hopes).
 */
static void keys_from_error(struct flow_keys *keys, const struct sk_buff *skb)
{
	const struct ipv6hdr *outer = ipv6_hdr(skb), *inner;
	struct ipv6hdr _inner;
	struct icmp6hdr _icmp;
	const struct icmp6hdr *icmp;
	int offset = skb_network_offset(skb) + sizeof(*outer);

	if (outer->nexthdr != IPPROTO_ICMPV6)
		return;
	icmp = skb_header_pointer(skb, offset, sizeof(_icmp), &_icmp);
	if (!icmp || !icmpv6_is_err(icmp->icmp6_type))
		return;
	inner = skb_header_pointer(skb, offset + sizeof(_icmp), sizeof(_inner),
				   &_inner);
	if (!inner)
		return;
	keys->addrs.v6addrs.src = inner->daddr;
	keys->addrs.v6addrs.dst = inner->saddr;
	keys->basic.ip_proto = inner->nexthdr;
	keys->tags.flow_label = ntohl(ip6_flowlabel(inner));
}

u32 us6_flow_hash(const struct net *net, struct flowi6 *fl6,
		  const struct sk_buff *skb)
{
	struct flow_keys keys = {};
	/* fib_multipath_hash_policy: 0 addresses and label, 1 with the ports. */
	bool ports = READ_ONCE(net->ipv6.sysctl.multipath_hash_policy) == 1;

	if (fl6->mp_hash)
		return fl6->mp_hash;
	if (skb && ports) {
		struct flow_keys found;

		skb_flow_dissect_flow_keys(skb, &found,
					   FLOW_DISSECTOR_F_STOP_AT_ENCAP);
		keys_from_flow(&keys, fl6, true);
		keys.ports = found.ports;
		keys.basic.ip_proto = found.basic.ip_proto;
	} else {
		keys_from_flow(&keys, fl6, ports);
		if (skb)
			keys_from_error(&keys, skb);
	}
	/* 0 means "not known", so never give it out. */
	fl6->mp_hash = (flow_hash_from_keys(&keys) >> 1) ?: 1;
	return fl6->mp_hash;
}

static bool nh_on(const struct fib6_nh *nh, int oif, int strict)
{
	return !oif || !(strict & RT6_LOOKUP_F_IFACE) ||
	       nh->fib_nh_dev->ifindex == oif;
}

static void select_sibling(const struct net *net, struct fib6_result *res,
			   struct flowi6 *fl6, int oif,
			   const struct sk_buff *skb, int strict)
{
	struct us6_route *first = us6_route_of(res->f6i), *rt;
	u32 hash = us6_flow_hash(net, fl6, skb);

	/* Along the chain and not along the ring, which may change underfoot. */
	for (rt = first; rt && rt->f6i.fib6_metric == first->f6i.fib6_metric;
	     rt = us6_route_next(rt)) {
		if (!READ_ONCE(rt->f6i.fib6_nsiblings) ||
		    (int)hash > atomic_read(&rt->nh.fib_nh_upper_bound))
			continue;
		if (us6_nh_usable(&rt->nh, strict) && nh_on(&rt->nh, oif, strict)) {
			res->f6i = &rt->f6i;
			res->nh = &rt->nh;
			return;
		}
	}
}

void us6_route_select_path(const struct net *net, struct fib6_result *res,
			   struct flowi6 *fl6, int oif, bool oif_match,
			   const struct sk_buff *skb, int strict)
{
	struct fib6_nh *first = res->nh;

	if (!res->f6i || res->f6i == net->ipv6.fib6_null_entry || oif_match)
		return;
	if (res->f6i->nh) {
		if (!nexthop_is_multipath(res->f6i->nh))
			return;
		nexthop_path_fib6_result(res, us6_flow_hash(net, fl6, skb));
		if (!nh_on(res->nh, oif, strict))
			res->nh = first;
		return;
	}
	if (READ_ONCE(res->f6i->fib6_nsiblings))
		select_sibling(net, res, fl6, oif, skb, strict);
}
