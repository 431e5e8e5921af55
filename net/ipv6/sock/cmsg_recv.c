// SPDX-License-Identifier: GPL-2.0
/*
 * us6: ancillary data of recvmsg(), RFC 3542 sections 4 and 6, RFC 2292.
 */
#include <net/dsfield.h>
#include <net/ip.h>
#include <net/ip6_route.h>
#include "sock.h"

void us6_cmsg_recv_common(struct sock *sk, struct msghdr *msg,
			  struct sk_buff *skb)
{
	struct in6_pktinfo info;

	if (!inet6_sk(sk)->rxopt.bits.rxinfo)
		return;
	if (skb->protocol == htons(ETH_P_IPV6)) {
		info.ipi6_ifindex = IP6CB(skb)->iif;
		info.ipi6_addr = ipv6_hdr(skb)->daddr;
	} else {
		info.ipi6_ifindex = PKTINFO_SKB_CB(skb)->ipi_ifindex;
		ipv6_addr_set_v4mapped(ip_hdr(skb)->daddr, &info.ipi6_addr);
	}
	if ((int)info.ipi6_ifindex >= 0)
		put_cmsg(msg, SOL_IPV6, IPV6_PKTINFO, sizeof(info), &info);
}

/*
 * A header at @off of the IPv6 header, if it is whole in the linear part (an
 * error's quotation may be cut).  Return: its length or 0.
 */
static unsigned int us6_hdr_len(const struct sk_buff *skb, unsigned int off,
				u8 proto)
{
	const u8 *p = skb_network_header(skb) + off;
	unsigned int len;

	if (p + 2 > skb_tail_pointer(skb))
		return 0;
	len = proto == IPPROTO_AH ? (p[1] + 2) << 2 : (p[1] + 1) << 3;
	return len <= skb_tail_pointer(skb) - p ? len : 0;
}

static void us6_put_hdr(struct msghdr *msg, const struct sk_buff *skb, int type,
			unsigned int off)
{
	unsigned int len = us6_hdr_len(skb, off, 0);

	if (len)
		put_cmsg(msg, SOL_IPV6, type, len,
			 skb_network_header(skb) + off);
}

/* Destination options and routing headers, in the order of the packet. */
static void us6_put_hdr_chain(struct sock *sk, struct msghdr *msg,
			      const struct sk_buff *skb)
{
	const struct ipv6_pinfo *np = inet6_sk(sk);
	const u8 *nh = skb_network_header(skb);
	unsigned int off = sizeof(struct ipv6hdr), len;
	u8 proto = ipv6_hdr(skb)->nexthdr;

	while (off <= IP6CB(skb)->lastopt) {
		len = us6_hdr_len(skb, off, proto);
		if (!len)
			return;
		if (proto == IPPROTO_DSTOPTS && np->rxopt.bits.dstopts)
			us6_put_hdr(msg, skb, IPV6_DSTOPTS, off);
		if (proto == IPPROTO_ROUTING && np->rxopt.bits.srcrt)
			us6_put_hdr(msg, skb, IPV6_RTHDR, off);
		proto = nh[off];
		off += len;
	}
}

/* What RFC 3542 renamed. */
static void us6_put_2292(struct sock *sk, struct msghdr *msg,
			 const struct sk_buff *skb)
{
	const struct inet6_skb_parm *parm = IP6CB(skb);
	const struct ipv6_pinfo *np = inet6_sk(sk);
	int hops = ipv6_hdr(skb)->hop_limit;

	if (np->rxopt.bits.rxoinfo) {
		struct in6_pktinfo info = {
			.ipi6_addr	= ipv6_hdr(skb)->daddr,
			.ipi6_ifindex	= parm->iif,
		};

		put_cmsg(msg, SOL_IPV6, IPV6_2292PKTINFO, sizeof(info), &info);
	}
	if (np->rxopt.bits.rxohlim)
		put_cmsg(msg, SOL_IPV6, IPV6_2292HOPLIMIT, sizeof(hops), &hops);
	if (np->rxopt.bits.ohopopts && parm->flags & IP6SKB_HOPBYHOP)
		us6_put_hdr(msg, skb, IPV6_2292HOPOPTS, sizeof(struct ipv6hdr));
	if (np->rxopt.bits.odstopts && parm->dst0)
		us6_put_hdr(msg, skb, IPV6_2292DSTOPTS, parm->dst0);
	if (np->rxopt.bits.osrcrt && parm->srcrt)
		us6_put_hdr(msg, skb, IPV6_2292RTHDR, parm->srcrt);
	if (np->rxopt.bits.odstopts && parm->dst1)
		us6_put_hdr(msg, skb, IPV6_2292DSTOPTS, parm->dst1);
}

static void us6_put_orig_dst(struct msghdr *msg, const struct sk_buff *skb)
{
	const struct in6_addr *daddr = &ipv6_hdr(skb)->daddr;
	struct sockaddr_in6 sin6 = {
		.sin6_family	= AF_INET6,
		.sin6_addr	= *daddr,
		.sin6_scope_id	= ipv6_iface_scope_id(daddr, IP6CB(skb)->iif),
	};
	__be16 buf[2], *ports;

	/* Every transport has its ports first. */
	ports = skb_header_pointer(skb, skb_transport_offset(skb), sizeof(buf),
				   buf);
	if (!ports)
		return;
	sin6.sin6_port = ports[1];
	put_cmsg(msg, SOL_IPV6, IPV6_ORIGDSTADDR, sizeof(sin6), &sin6);
}

void us6_cmsg_recv_specific(struct sock *sk, struct msghdr *msg,
			    struct sk_buff *skb)
{
	const struct inet6_skb_parm *parm = IP6CB(skb);
	const struct ipv6_pinfo *np = inet6_sk(sk);
	const struct ipv6hdr *hdr = ipv6_hdr(skb);
	__be32 flowinfo;
	int val;

	if (np->rxopt.bits.rxhlim) {
		val = hdr->hop_limit;
		put_cmsg(msg, SOL_IPV6, IPV6_HOPLIMIT, sizeof(val), &val);
	}
	if (np->rxopt.bits.rxtclass) {
		val = ipv6_get_dsfield(hdr);
		put_cmsg(msg, SOL_IPV6, IPV6_TCLASS, sizeof(val), &val);
	}
	if (np->rxopt.bits.rxflow) {
		flowinfo = ip6_flowinfo(hdr);
		if (flowinfo)
			put_cmsg(msg, SOL_IPV6, IPV6_FLOWINFO, sizeof(flowinfo),
				 &flowinfo);
	}
	if (np->rxopt.bits.hopopts && parm->flags & IP6SKB_HOPBYHOP)
		us6_put_hdr(msg, skb, IPV6_HOPOPTS, sizeof(*hdr));
	if (parm->lastopt && (np->rxopt.bits.dstopts || np->rxopt.bits.srcrt))
		us6_put_hdr_chain(sk, msg, skb);
	us6_put_2292(sk, msg, skb);
	if (np->rxopt.bits.rxorigdstaddr)
		us6_put_orig_dst(msg, skb);
	if (np->rxopt.bits.recvfragsize && parm->frag_max_size) {
		val = parm->frag_max_size;
		put_cmsg(msg, SOL_IPV6, IPV6_RECVFRAGSIZE, sizeof(val), &val);
	}
}

void us6_cmsg_recv(struct sock *sk, struct msghdr *msg, struct sk_buff *skb)
{
	us6_cmsg_recv_common(sk, msg, skb);
	us6_cmsg_recv_specific(sk, msg, skb);
}
