// SPDX-License-Identifier: GPL-2.0
/*
 * Transit packets: RFC 8200, RFC 4443, RFC 4861 section 8.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/icmpv6.h>
#include <linux/netfilter.h>
#include <linux/netfilter_ipv6.h>
#include <net/addrconf.h>
#include <net/gso.h>
#include <net/ip6_route.h>
#include <net/ndisc.h>
#include <net/us6/nd.h>
#include <net/us6/sock.h>
#include <us6/stats.h>
#include "path.h"

/* Behind FORWARD; may run in another context than the receiver's. */
static int us6_forward_finish(struct net *net, struct sock *sk,
			      struct sk_buff *skb)
{
	struct dst_entry *dst = skb_dst(skb);

	us6_count_forwarded(net, us6_dst_idev(dst), skb->len);
#ifdef CONFIG_NET_SWITCHDEV
	/* The switch has forwarded it already. */
	if (skb->offload_l3_fwd_mark) {
		consume_skb(skb);
		return 0;
	}
#endif
	/* A receive time stamp would be taken for a time to send. */
	skb_clear_tstamp(skb);
	if (likely(dst->output == us6_output))
		return us6_output_rcu(net, sk, skb);
	return dst_output(net, sk, skb);
}

/* Is this a Neighbour Discovery message?  Looks at the wire alone. */
static bool us6_is_nd(const struct sk_buff *skb)
{
	const struct ipv6hdr *hdr = ipv6_hdr(skb);
	u8 nexthdr = hdr->nexthdr, buf;
	const u8 *type;
	__be16 frag_off;
	int off = sizeof(*hdr);

	if (ipv6_ext_hdr(nexthdr)) {
		off = ipv6_skip_exthdr(skb, off, &nexthdr, &frag_off);
		if (off < 0)
			return false;
	}
	if (nexthdr != IPPROTO_ICMPV6)
		return false;
	type = skb_header_pointer(skb, off, 1, &buf);
	return type && *type >= NDISC_ROUTER_SOLICITATION &&
	       *type <= NDISC_REDIRECT;
}

/* RFC 4291 2.5.2, 2.5.6: sources that mean nothing on another link. */
static bool us6_is_linklocal(const struct in6_addr *a)
{
	return (a->s6_addr32[0] & htonl(0xffc00000)) == htonl(0xfe800000);
}

static bool us6_is_any_or_loopback(const struct in6_addr *a)
{
	return !(a->s6_addr32[0] | a->s6_addr32[1] | a->s6_addr32[2]) &&
	       ntohl(a->s6_addr32[3]) <= 1;
}

/* Longer than the egress takes?  RFC 8201: the sender must learn of it. */
static bool us6_forward_too_big(const struct sk_buff *skb, unsigned int mtu)
{
	if (skb->len <= mtu)
		return false;
	/* Reassembled on the way: as large as its pieces were. */
	if (IP6CB(skb)->frag_max_size && IP6CB(skb)->frag_max_size > mtu)
		return true;
	if (skb->ignore_df)
		return false;
	return !skb_is_gso(skb) || !skb_gso_validate_network_len(skb, mtu);
}

static unsigned int us6_forward_mtu(const struct dst_entry *dst)
{
	return max_t(unsigned int, ip6_dst_mtu_maybe_forward(dst, true),
		     US6_MIN_MTU);
}

/*
 * What came in with a mark of the receiving side.  Return: the reason not to
 * forward, or US6_DROP_MAX.
 */
static enum us6_drop_reason us6_forward_refusal(struct net *net,
						struct sk_buff *skb)
{
	if (unlikely(!READ_ONCE(net->ipv6.devconf_all->forwarding)))
		return US6_DROP_NOT_FORWARDING;
	/* A socket took it, or it was for others on the link. */
	if (unlikely(skb->pkt_type != PACKET_HOST || skb->sk))
		return US6_DROP_FORWARD_REFUSED;
	if (unlikely(skb_warn_if_lro(skb)))
		return US6_DROP_FORWARD_REFUSED;
	if (unlikely(us6_is_any_or_loopback(&ipv6_hdr(skb)->saddr)))
		return US6_DROP_ADDR_SCOPE;
	return US6_DROP_MAX;
}

/*
 * Same link out as in: tell the sender of the better hop.  Another link: a
 * link-local source can't be answered there.  Return: false when the packet is
 * gone.
 */
static bool us6_forward_link(struct net *net, struct sk_buff *skb,
			     struct rt6_info *rt, struct inet6_dev *idev)
{
	const struct ipv6hdr *hdr = ipv6_hdr(skb);

	if (unlikely(IP6CB(skb)->iif == rt->dst.dev->ifindex)) {
		if (!IP6CB(skb)->srcrt)
			us6_nd_send_redirect(skb,
					     us6_dst_nexthop(rt, &hdr->daddr));
		return true;
	}
	if (unlikely(us6_is_linklocal(&hdr->saddr))) {
		us6_icmp_send(skb, ICMPV6_DEST_UNREACH, ICMPV6_NOT_NEIGHBOUR, 0,
			      NULL, IP6CB(skb));
		us6_drop(skb, net, idev, US6_DROP_ADDR_SCOPE);
		return false;
	}
	return true;
}

/* A router stands in for this address, RFC 4861 section 7.2.8. */
static bool us6_forward_proxied(struct net *net, struct sk_buff *skb,
				struct us6_dev *udev, int *ret)
{
	const struct ipv6hdr *hdr = ipv6_hdr(skb);

	if (likely(!READ_ONCE(udev->idev.cnf.proxy_ndp)) ||
	    !us6_nd_proxied(udev, &hdr->daddr))
		return false;
	if (us6_is_nd(skb)) {
		*ret = us6_input(skb);
		return true;
	}
	/* Link-local is known on the other side alone. */
	if (us6_is_linklocal(&hdr->daddr)) {
		dst_link_failure(skb);
		us6_drop(skb, net, &udev->idev, US6_DROP_FORWARD_REFUSED);
		*ret = -EHOSTUNREACH;
		return true;
	}
	return false;
}

static int us6_forward_report_big(struct net *net, struct sk_buff *skb,
				  struct inet6_dev *idev, unsigned int mtu)
{
	us6_icmp_send(skb, ICMPV6_PKT_TOOBIG, 0, mtu, NULL, IP6CB(skb));
	__IP6_INC_STATS(net, us6_dst_idev(skb_dst(skb)), IPSTATS_MIB_FRAGFAILS);
	us6_drop(skb, net, idev, US6_DROP_TOO_BIG);
	return -EMSGSIZE;
}

int us6_forward(struct sk_buff *skb)
{
	struct rt6_info *rt = (struct rt6_info *)skb_dst(skb);
	struct net *net = dev_net(rt->dst.dev);
	struct us6_dev *udev = us6_dev_rcu(skb->dev);
	struct inet6_dev *idev = udev ? &udev->idev : NULL;
	enum us6_drop_reason reason;
	unsigned int mtu;
	int ret;

	reason = us6_forward_refusal(net, skb);
	if (unlikely(reason != US6_DROP_MAX)) {
		us6_drop(skb, net, idev, reason);
		return -EINVAL;
	}
	skb_forward_csum(skb);

	if (unlikely(IP6CB(skb)->flags & IP6SKB_ROUTERALERT) &&
	    us6_ra_deliver(skb, ntohs(IP6CB(skb)->ra)))
		return 0;

	if (unlikely(ipv6_hdr(skb)->hop_limit <= 1)) {
		us6_icmp_send(skb, ICMPV6_TIME_EXCEED, ICMPV6_EXC_HOPLIMIT, 0,
			      NULL, IP6CB(skb));
		us6_drop(skb, net, idev, US6_DROP_HOP_LIMIT);
		return -ETIMEDOUT;
	}
	if (udev && us6_forward_proxied(net, skb, udev, &ret))
		return ret;
	if (!us6_forward_link(net, skb, rt, idev))
		return -EINVAL;

	/* This much any link carries; more must be asked for. */
	if (unlikely(skb->len > US6_MIN_MTU)) {
		mtu = us6_forward_mtu(&rt->dst);
		if (us6_forward_too_big(skb, mtu))
			return us6_forward_report_big(net, skb, idev, mtu);
	}
	/* Taps hold clones: our own copy before it is written to. */
	if (unlikely(skb_cow(skb, LL_RESERVED_SPACE(rt->dst.dev)))) {
		us6_drop(skb, net, us6_dst_idev(&rt->dst),
			 US6_DROP_FORWARD_DISCARD);
		return -ENOMEM;
	}
	ipv6_hdr(skb)->hop_limit--;

	return NF_HOOK(NFPROTO_IPV6, NF_INET_FORWARD, net, NULL, skb, skb->dev,
		       rt->dst.dev, us6_forward_finish);
}
