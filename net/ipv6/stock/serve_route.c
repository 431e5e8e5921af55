// SPDX-License-Identifier: GPL-2.0
/*
 * us6: routes for other kernel code.
 */
#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/netfilter.h>
#include <net/l3mdev.h>
#include <net/us6/path.h>
#include <net/us6/route.h>
#include "serve.h"
#include "stock.h"

/* Tunnels and RDMA expect NULL where there is no way out. */
struct rt6_info *us6_serve_rt6_lookup(struct net *net,
				      const struct in6_addr *daddr,
				      const struct in6_addr *saddr, int oif,
				      const struct sk_buff *skb, int flags)
{
	struct flowi6 fl6 = {
		.flowi6_oif	= oif,
		.daddr		= *daddr,
	};
	struct dst_entry *dst;

	if (saddr) {
		fl6.saddr = *saddr;
		flags |= RT6_LOOKUP_F_HAS_SADDR;
	}
	dst = us6_route_output(net, NULL, &fl6, flags);
	if (!dst->error)
		return (struct rt6_info *)dst;
	dst_release(dst);
	return NULL;
}

int us6_serve_dst_lookup(struct net *net, struct sock *sk,
			 struct dst_entry **dst, struct flowi6 *fl6)
{
	struct dst_entry *found = us6_dst_lookup_flow(net, sk, fl6, NULL);

	if (IS_ERR(found)) {
		*dst = NULL;
		return PTR_ERR(found);
	}
	*dst = found;
	return 0;
}

int us6_serve_nf_route(struct net *net, struct dst_entry **dst,
		       struct flowi *fl, bool strict)
{
	struct flowi6 *fl6 = &fl->u.ip6;
	struct dst_entry *found;
	int flags = 0;
	int err;

	if (strict)
		flags |= RT6_LOOKUP_F_IFACE;
	if (!ipv6_addr_any(&fl6->saddr))
		flags |= RT6_LOOKUP_F_HAS_SADDR;
	found = us6_route_output(net, NULL, fl6, flags);
	err = found->error;
	if (err) {
		dst_release(found);
		return err;
	}
	*dst = found;
	return 0;
}

/*
 * A hook changed addresses or mark of a packet of ours: it must be routed anew.
 * Returns 0, or a negative errno with the packet as it was.
 */
int us6_serve_route_me_harder(struct net *net, struct sock *sk,
			      struct sk_buff *skb)
{
	const struct ipv6hdr *hdr = ipv6_hdr(skb);
	struct dst_entry *old = skb_dst(skb), *dst;
	struct flowi6 fl6 = {
		.flowi6_mark	= skb->mark,
		.flowi6_uid	= sock_net_uid(net, sk_to_full_sk(sk)),
		.daddr		= hdr->daddr,
		.saddr		= hdr->saddr,
		.flowlabel	= ip6_flowinfo(hdr),
		.flowi6_proto	= hdr->nexthdr,
	};
	unsigned int room;
	int err;

	sk = sk_to_full_sk(sk);
	fl6.flowi6_l3mdev = l3mdev_master_ifindex(old->dev);
	if (sk && sk->sk_bound_dev_if)
		fl6.flowi6_oif = sk->sk_bound_dev_if;
	else if (ipv6_addr_type(&hdr->daddr) &
		 (IPV6_ADDR_MULTICAST | IPV6_ADDR_LINKLOCAL))
		fl6.flowi6_oif = old->dev->ifindex;

	dst = us6_route_output(net, sk, &fl6, RT6_LOOKUP_F_HAS_SADDR);
	err = dst->error;
	if (err) {
		dst_release(dst);
		return err;
	}
	skb_dst_drop(skb);
	skb_dst_set(skb, dst);

	room = dst->dev->hard_header_len;
	if (skb_headroom(skb) < room &&
	    pskb_expand_head(skb, HH_DATA_ALIGN(room - skb_headroom(skb)), 0,
			     GFP_ATOMIC))
		return -ENOMEM;
	return 0;
}

/*
 * An IPv4 router reported an error about a tunnel packet: tell the inner source.
 * @skb is at the quoted IPv4 header, @nhs bytes before the quoted IPv6 header.
 * @data_len: length of the quoted datagram by RFC 4884 section 4.1, or 0.
 * Returns 0 when an error was sent.
 */
int us6_serve_err_unreach(struct sk_buff *skb, int nhs, int type,
			  unsigned int data_len)
{
	const struct iphdr *outer = ip_hdr(skb);
	struct in6_addr router;
	struct sk_buff *inner;
	struct rt6_info *rt;

	if (!pskb_may_pull(skb, nhs + sizeof(struct ipv6hdr) + 8))
		return 1;
	inner = skb_clone(skb, GFP_ATOMIC);
	if (!inner)
		return 1;
	skb_dst_drop(inner);
	skb_pull(inner, nhs);
	skb_reset_network_header(inner);
	/* RFC 4884: what follows the quoted datagram is an IPv4 extension. */
	if (data_len > nhs && data_len - nhs < inner->len &&
	    pskb_trim(inner, data_len - nhs)) {
		kfree_skb(inner);
		return 1;
	}
	memset(IP6CB(inner), 0, sizeof(*IP6CB(inner)));

	rt = us6_serve_rt6_lookup(dev_net(skb->dev), &ipv6_hdr(inner)->saddr,
				  NULL, 0, inner, 0);
	if (rt && rt->dst.dev)
		inner->dev = rt->dst.dev;

	/* The IPv4 router, in a form that the inner source can read. */
	ipv6_addr_set_v4mapped(outer->saddr, &router);
	if (type == ICMP_TIME_EXCEEDED)
		us6_icmp_send(inner, ICMPV6_TIME_EXCEED, ICMPV6_EXC_HOPLIMIT,
			      0, &router, IP6CB(inner));
	else
		us6_icmp_send(inner, ICMPV6_DEST_UNREACH, ICMPV6_ADDR_UNREACH,
			      0, &router, IP6CB(inner));
	ip6_rt_put(rt);
	consume_skb(inner);
	return 0;
}
