// SPDX-License-Identifier: GPL-2.0
/* Routing functions as tunnels, Netfilter, VRF and RDMA call them. */
#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/mroute6.h>
#include <linux/netfilter_ipv6.h>
#include <net/ip6_fib.h>
#include <net/ip6_route.h>
#include "probe.h"

static struct flowi6 flow_to(const struct in6_addr *daddr)
{
	struct flowi6 fl6 = { .daddr = *daddr };

	return fl6;
}

/* A dst that may be an error, but never NULL. */
static void check_dst(struct probe *p, struct dst_entry *dst, bool good,
		      const char *name)
{
	check(p, dst && !!dst->error == !good, name);
	if (dst)
		dst_release(dst);
}

static void probe_lookup(struct probe *p)
{
	const struct in6_addr *lo = &in6addr_loopback;
	struct sk_buff *skb = probe_skb(p);
	struct net *net = &init_net;
	struct rt6_info *rt;
	struct flowi6 fl6;

	rt = rt6_lookup(net, lo, NULL, 0, NULL, 0);
	check(p, rt && !rt->dst.error && rt->rt6i_idev, "rt6_lookup ::1");
	ip6_rt_put(rt);
	rt = rt6_lookup(net, &p->unreach, NULL, 0, NULL, 0);
	check(p, !rt, "rt6_lookup without a route is NULL");
	if (rt)
		ip6_rt_put(rt);

	fl6 = flow_to(lo);
	check_dst(p, ip6_route_output(net, NULL, &fl6), true,
		  "ip6_route_output ::1");
	fl6 = flow_to(&p->unreach);
	check_dst(p, ip6_route_output(net, NULL, &fl6), false,
		  "ip6_route_output without a route is a dst with an error");

	fl6 = flow_to(lo);
	check_dst(p, ip6_route_lookup(net, &fl6, skb, 0), true,
		  "ip6_route_lookup ::1");
	fl6 = flow_to(&p->unreach);
	check_dst(p, ip6_route_lookup(net, &fl6, skb, 0), false,
		  "ip6_route_lookup without a route");

	fl6 = flow_to(&p->unreach);
	fl6.flowi6_iif = p->dev->ifindex;
	check_dst(p, ip6_route_input_lookup(net, p->dev, &fl6, skb, 0), false,
		  "ip6_route_input_lookup without a route");
	kfree_skb(skb);
}

static void probe_flow(struct probe *p)
{
	struct net *net = &init_net;
	struct dst_entry *dst;
	struct flowi6 fl6;
	struct flowi fl = {};
	int err;

	fl6 = flow_to(&in6addr_loopback);
	dst = ip6_dst_lookup_flow(net, NULL, &fl6, NULL);
	check(p, !IS_ERR_OR_NULL(dst) && ipv6_addr_loopback(&fl6.saddr),
	      "ip6_dst_lookup_flow ::1 gives dst and source");
	if (!IS_ERR_OR_NULL(dst))
		dst_release(dst);
	fl6 = flow_to(&p->unreach);
	dst = ip6_dst_lookup_flow(net, NULL, &fl6, NULL);
	check(p, IS_ERR(dst), "ip6_dst_lookup_flow without a route is ERR_PTR");
	if (!IS_ERR_OR_NULL(dst))
		dst_release(dst);

	fl6 = flow_to(&p->unreach);
	dst = (void *)1;
	err = ip6_dst_lookup(net, NULL, &dst, &fl6);
	check(p, err < 0 && !dst, "ip6_dst_lookup without a route");

	fl.u.ip6 = flow_to(&p->unreach);
	dst = NULL;
	err = nf_ip6_route(net, &dst, &fl, false);
	check(p, err < 0 && !dst, "nf_ip6_route without a route");
	fl.u.ip6 = flow_to(&in6addr_loopback);
	err = nf_ip6_route(net, &dst, &fl, false);
	check(p, !err && dst, "nf_ip6_route ::1");
	dst_release(dst);
}

static void probe_tables(struct probe *p)
{
	struct net *net = &init_net;
	struct fib6_table *table;
	struct rt6_info *rt;
	struct flowi6 fl6;
	struct sk_buff *skb = probe_skb(p);

	table = fib6_get_table(net, RT6_TABLE_MAIN);
	if (table) {
		fl6 = flow_to(&p->unreach);
		rt = ip6_pol_route(net, table, 0, &fl6, skb, 0);
		check(p, rt && rt->dst.error, "ip6_pol_route without a route");
		if (rt)
			ip6_rt_put(rt);
	} else {
		check(p, !p->stock, "fib6_get_table refuses");
	}
	table = fib6_new_table(net, 4242);
	check(p, table || !p->stock, "fib6_new_table");

	rt = ip6_dst_alloc(net, p->dev, 0);
	check(p, rt || !p->stock, "ip6_dst_alloc");
	if (rt)
		dst_release(&rt->dst);
	check(p, !mroute6_is_socket(net, skb), "mroute6_is_socket");
	kfree_skb(skb);
}

static void probe_errors(struct probe *p)
{
	struct sk_buff *skb = probe_skb(p);
	struct dst_entry *dst;
	struct flowi6 fl6;
	int err;

	memset(IP6CB(skb), 0, sizeof(*IP6CB(skb)));
	icmpv6_send(skb, ICMPV6_DEST_UNREACH, ICMPV6_NOROUTE, 0);
	icmpv6_ndo_send(skb, ICMPV6_TIME_EXCEED, ICMPV6_EXC_HOPLIMIT, 0);
	check(p, refcount_read(&skb->users) == 1, "icmp6_send keeps the packet");

	err = ip6_err_gen_icmpv6_unreach(skb, 0, ICMP_DEST_UNREACH, 0);
	check(p, err == 0 || err == 1, "ip6_err_gen_icmpv6_unreach");

	ip6_update_pmtu(skb, &init_net, htonl(1280), 0, 0, INVALID_UID);
	ip6_redirect(skb, &init_net, 0, 0, INVALID_UID);
	check(p, refcount_read(&skb->users) == 1,
	      "ip6_update_pmtu and ip6_redirect keep the packet");

	fl6 = flow_to(&in6addr_loopback);
	dst = ip6_route_output(&init_net, NULL, &fl6);
	skb_dst_set(skb, dst);
	err = ip6_route_me_harder(&init_net, NULL, skb);
	check(p, err < 0, "ip6_route_me_harder without a route");
	ipv6_hdr(skb)->daddr = in6addr_loopback;
	ipv6_hdr(skb)->saddr = in6addr_loopback;
	err = ip6_route_me_harder(&init_net, NULL, skb);
	check(p, !err && skb_dst(skb), "ip6_route_me_harder ::1");
	kfree_skb(skb);
}

void probe_routes(struct probe *p)
{
	probe_lookup(p);
	probe_flow(p);
	probe_tables(p);
	probe_errors(p);
}
