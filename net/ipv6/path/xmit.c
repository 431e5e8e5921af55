// SPDX-License-Identifier: GPL-2.0
/*
 * The IPv6 header and the extension headers of what transports send.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/netfilter.h>
#include <linux/netfilter_ipv6.h>
#include <net/addrconf.h>
#include <net/ip6_route.h>
#include <net/l3mdev.h>
#include <net/us6/sock.h>
#include <us6/stats.h>
#include "path.h"

static void us6_push_header(struct sk_buff *skb, const struct ipv6_opt_hdr *src,
			    u8 type, u8 *proto)
{
	struct ipv6_opt_hdr *hdr = skb_push(skb, ipv6_optlen(src));

	memcpy(hdr, src, ipv6_optlen(src));
	hdr->nexthdr = *proto;
	*proto = type;
}

/*
 * RFC 6275 section 6.4: the only type that a socket may set.  The packet goes to
 * the address in the header, which carries the real destination instead.
 */
static void us6_push_routing(struct sk_buff *skb, const struct ipv6_rt_hdr *src,
			     u8 *proto, const struct in6_addr **daddr)
{
	const struct rt2_hdr *from = (const struct rt2_hdr *)src;
	struct rt2_hdr *hdr;

	if (src->type != IPV6_SRCRT_TYPE_2)
		return;
	hdr = skb_push(skb, ipv6_optlen((const struct ipv6_opt_hdr *)src));
	memcpy(hdr, from, sizeof(*hdr));
	hdr->addr = **daddr;
	hdr->rt_hdr.nexthdr = *proto;
	*daddr = &from->addr;
	*proto = NEXTHDR_ROUTING;
}

/**
 * us6_push_opts() - extension headers in front of a transport header
 * @skb: packet, with room
 * @opt: headers, or NULL
 * @proto: in: protocol of the transport, out: of the first header
 * @daddr: in: final destination, out: first hop, alive as long as @opt
 *
 * In the order of RFC 8200 section 4.1.
 */
void us6_push_opts(struct sk_buff *skb, const struct ipv6_txoptions *opt,
		   u8 *proto, const struct in6_addr **daddr)
{
	if (!opt)
		return;
	if (opt->dst1opt)
		us6_push_header(skb, opt->dst1opt, NEXTHDR_DEST, proto);
	if (opt->srcrt) {
		us6_push_routing(skb, opt->srcrt, proto, daddr);
		/* RFC 3542 section 9.3: without a routing header ignored. */
		if (opt->dst0opt)
			us6_push_header(skb, opt->dst0opt, NEXTHDR_DEST, proto);
	}
	if (opt->hopopt)
		us6_push_header(skb, opt->hopopt, NEXTHDR_HOP, proto);
}

/*
 * More than 64 kB for the device to segment: the length goes into a Jumbo
 * option that the segmentation takes out again.
 */
static void us6_push_jumbo(struct sk_buff *skb, u8 *proto, unsigned int *len)
{
	struct hop_jumbo_hdr *hdr = skb_push(skb, sizeof(*hdr));

	hdr->nexthdr = *proto;
	hdr->hdrlen = 0;
	hdr->tlv_type = IPV6_TLV_JUMBO;
	hdr->tlv_len = sizeof(hdr->jumbo_payload_len);
	hdr->jumbo_payload_len = htonl(*len + sizeof(*hdr));
	*proto = NEXTHDR_HOP;
	*len = 0;
	IP6CB(skb)->flags |= IP6SKB_FAKEJUMBO;
}

/* Hop limit of a socket's unicast packets; a minisocket has no opinion. */
static int us6_sk_hop_limit(const struct sock *sk, const struct dst_entry *dst)
{
	const struct ipv6_pinfo *np = inet6_sk(sk);

	if (np && np->hop_limit >= 0)
		return np->hop_limit;
	return ip6_dst_hoplimit((struct dst_entry *)dst);
}

static void us6_xmit_header(const struct sock *sk, struct sk_buff *skb,
			    struct flowi6 *fl6, u8 proto, unsigned int len,
			    int tclass, const struct in6_addr *daddr)
{
	struct net *net = sock_net(sk);
	struct ipv6hdr *hdr = skb_push(skb, sizeof(*hdr));

	skb_reset_network_header(skb);
	ip6_flow_hdr(hdr, tclass,
		     ip6_make_flowlabel(net, skb, fl6->flowlabel,
					us6_path_autoflowlabel(net, sk), fl6));
	hdr->payload_len = htons(len);
	hdr->nexthdr = proto;
	hdr->hop_limit = us6_sk_hop_limit(sk, skb_dst(skb));
	hdr->saddr = fl6->saddr;
	hdr->daddr = *daddr;
}

int us6_xmit(const struct sock *sk, struct sk_buff *skb, struct flowi6 *fl6,
	     __u32 mark, struct ipv6_txoptions *opt, int tclass, u32 priority)
{
	struct dst_entry *dst = skb_dst(skb);
	const struct in6_addr *daddr = &fl6->daddr;
	unsigned int len = skb->len, room;
	struct net *net = sock_net(sk);
	struct inet6_dev *idev;
	u8 proto = fl6->flowi6_proto;
	int ret;

	rcu_read_lock();
	idev = us6_dst_idev(dst);
	room = sizeof(struct ipv6hdr) + sizeof(struct hop_jumbo_hdr) +
	       LL_RESERVED_SPACE(dst->dev);
	if (opt)
		room += opt->opt_nflen + opt->opt_flen;
	if (unlikely(room > skb_headroom(skb))) {
		skb = skb_expand_head(skb, room);
		if (!skb) {
			IP6_INC_STATS(net, idev, IPSTATS_MIB_OUTDISCARDS);
			ret = -ENOBUFS;
			goto out;
		}
	}
	if (opt) {
		us6_push_opts(skb, opt, &proto, &daddr);
		len += opt->opt_nflen + opt->opt_flen;
	}
	if (unlikely(len > IPV6_MAXPLEN))
		us6_push_jumbo(skb, &proto, &len);
	us6_xmit_header(sk, skb, fl6, proto, len, tclass, daddr);

	skb->protocol = htons(ETH_P_IPV6);
	skb->priority = priority;
	skb->mark = mark;

	if (unlikely(skb->len > dst_mtu(dst) && !skb->ignore_df &&
		     !skb_is_gso(skb))) {
		skb->dev = dst->dev;
		us6_local_error((struct sock *)sk, EMSGSIZE, fl6, dst_mtu(dst));
		IP6_INC_STATS(net, idev, IPSTATS_MIB_FRAGFAILS);
		kfree_skb(skb);
		ret = -EMSGSIZE;
		goto out;
	}
	us6_count_request(net, idev, skb->len);

	skb = l3mdev_ip6_out((struct sock *)sk, skb);
	if (unlikely(!skb)) {
		ret = 0;
		goto out;
	}
	ret = NF_HOOK(NFPROTO_IPV6, NF_INET_LOCAL_OUT, net, (struct sock *)sk,
		      skb, NULL, skb_dst(skb)->dev, dst_output);
out:
	rcu_read_unlock();
	return ret;
}
