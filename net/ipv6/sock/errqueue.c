// SPDX-License-Identifier: GPL-2.0
/*
 * us6: errors for programs: IPV6_RECVERR with MSG_ERRQUEUE, and IPV6_PATHMTU
 * (RFC 3542 section 11.3).
 */
#include <linux/errqueue.h>
#include <linux/icmpv6.h>
#include <net/icmp.h>
#include <net/ip.h>
#include <net/ip6_route.h>
#include "sock.h"

static void us6_queue_error(struct sock *sk, struct sk_buff *skb)
{
	if (sock_queue_err_skb(sk, skb))
		kfree_skb(skb);
}

/* RFC 4884: where the quoted packet ends and extension objects begin. */
static void us6_error_extensions(const struct sk_buff *skb,
				 struct sock_extended_err *ee)
{
	const struct icmp6hdr *icmp = icmp6_hdr(skb);

	switch (icmp->icmp6_type) {
	case ICMPV6_TIME_EXCEED:
	case ICMPV6_DEST_UNREACH:
		ip_icmp_error_rfc4884(skb, &ee->ee_rfc4884, sizeof(*icmp),
				      icmp->icmp6_datagram_len * 8);
	}
}

void us6_icmp_error(struct sock *sk, struct sk_buff *skb, int err, __be16 port,
		    u32 info, u8 *payload)
{
	const struct icmp6hdr *icmp = icmp6_hdr(skb);
	const struct ipv6hdr *quoted = (const struct ipv6hdr *)(icmp + 1);
	struct sock_exterr_skb *serr;

	if (!inet6_test_bit(RECVERR6, sk))
		return;
	skb = skb_clone(skb, GFP_ATOMIC);
	if (!skb)
		return;
	skb->protocol = htons(ETH_P_IPV6);
	serr = SKB_EXT_ERR(skb);
	serr->ee = (struct sock_extended_err){
		.ee_errno	= err,
		.ee_origin	= SO_EE_ORIGIN_ICMP6,
		.ee_type	= icmp->icmp6_type,
		.ee_code	= icmp->icmp6_code,
		.ee_info	= info,
	};
	serr->addr_offset = (u8 *)&quoted->daddr - skb_network_header(skb);
	serr->port = port;
	__skb_pull(skb, payload - skb->data);
	if (inet6_test_bit(RECVERR6_RFC4884, sk))
		us6_error_extensions(skb, &serr->ee);
	skb_reset_transport_header(skb);
	us6_queue_error(sk, skb);
}

/* A packet that is nothing but a header with the destination. */
static struct sk_buff *us6_error_skb(const struct flowi6 *fl6)
{
	struct sk_buff *skb = alloc_skb(sizeof(struct ipv6hdr), GFP_ATOMIC);
	struct ipv6hdr *hdr;

	if (!skb)
		return NULL;
	skb->protocol = htons(ETH_P_IPV6);
	skb_reset_network_header(skb);
	hdr = skb_put_zero(skb, sizeof(*hdr));
	ip6_flow_hdr(hdr, 0, 0);
	hdr->daddr = fl6->daddr;
	__skb_pull(skb, sizeof(*hdr));
	skb_reset_transport_header(skb);
	return skb;
}

void us6_local_error(struct sock *sk, int err, struct flowi6 *fl6, u32 info)
{
	struct sock_exterr_skb *serr;
	struct sk_buff *skb;

	if (!sk || !sk_fullsock(sk) || !inet6_sk(sk) ||
	    !inet6_test_bit(RECVERR6, sk))
		return;
	skb = us6_error_skb(fl6);
	if (!skb)
		return;
	serr = SKB_EXT_ERR(skb);
	serr->ee = (struct sock_extended_err){
		.ee_errno	= err,
		.ee_origin	= SO_EE_ORIGIN_LOCAL,
		.ee_info	= info,
	};
	serr->addr_offset = offsetof(struct ipv6hdr, daddr);
	serr->port = fl6->fl6_dport;
	us6_queue_error(sk, skb);
}

void us6_local_rxpmtu(struct sock *sk, struct flowi6 *fl6, u32 mtu)
{
	struct ipv6_pinfo *np = inet6_sk(sk);
	struct ip6_mtuinfo *info;
	struct sk_buff *skb;

	if (!np->rxopt.bits.rxpmtu)
		return;
	skb = us6_error_skb(fl6);
	if (!skb)
		return;
	info = IP6CBMTU(skb);
	*info = (struct ip6_mtuinfo){
		.ip6m_mtu = mtu,
		.ip6m_addr = {
			.sin6_family	= AF_INET6,
			.sin6_addr	= fl6->daddr,
			.sin6_scope_id	= fl6->flowi6_oif,
		},
	};
	/* The latest one counts. */
	kfree_skb(xchg(&np->rxpmtu, skb));
}

/* Whether the destination of what failed is known. */
static bool us6_error_has_name(const struct sock_exterr_skb *serr)
{
	switch (serr->ee.ee_origin) {
	case SO_EE_ORIGIN_ICMP6:
	case SO_EE_ORIGIN_ICMP:
	case SO_EE_ORIGIN_LOCAL:
		return true;
	}
	return serr->port;
}

static void us6_error_name(struct sock *sk, struct sockaddr_in6 *sin,
			   const struct sk_buff *skb)
{
	const struct sock_exterr_skb *serr = SKB_EXT_ERR(skb);
	const u8 *addr = skb_network_header(skb) + serr->addr_offset;
	const struct ipv6hdr *hdr;

	memset(sin, 0, sizeof(*sin));
	sin->sin6_family = AF_INET6;
	sin->sin6_port = serr->port;
	if (skb->protocol != htons(ETH_P_IPV6)) {
		ipv6_addr_set_v4mapped(*(__be32 *)addr, &sin->sin6_addr);
		return;
	}
	hdr = container_of((const struct in6_addr *)addr, struct ipv6hdr, daddr);
	sin->sin6_addr = hdr->daddr;
	if (inet6_test_bit(SNDFLOW, sk))
		sin->sin6_flowinfo = ip6_flowinfo(hdr);
	sin->sin6_scope_id = ipv6_iface_scope_id(&sin->sin6_addr,
						 IP6CB(skb)->iif);
}

/* Does the skb carry a packet that came in, whose ancillary data can be told? */
static bool us6_error_was_received(const struct sk_buff *skb)
{
	switch (SKB_EXT_ERR(skb)->ee.ee_origin) {
	case SO_EE_ORIGIN_ICMP:
	case SO_EE_ORIGIN_ICMP6:
		return true;
	case SO_EE_ORIGIN_LOCAL:
		return false;
	}
	return IP6CB(skb)->iif;
}

/* Who reported it. */
static void us6_error_offender(struct sock *sk, struct msghdr *msg,
			       struct sk_buff *skb, struct sockaddr_in6 *sin)
{
	bool wants = inet6_sk(sk)->rxopt.all;

	sin->sin6_family = AF_INET6;
	if (wants)
		us6_cmsg_recv_common(sk, msg, skb);
	if (skb->protocol == htons(ETH_P_IPV6)) {
		sin->sin6_addr = ipv6_hdr(skb)->saddr;
		sin->sin6_scope_id = ipv6_iface_scope_id(&sin->sin6_addr,
							 IP6CB(skb)->iif);
		if (wants)
			us6_cmsg_recv_specific(sk, msg, skb);
	} else {
		ipv6_addr_set_v4mapped(ip_hdr(skb)->saddr, &sin->sin6_addr);
		if (inet_cmsg_flags(inet_sk(sk)))
			ip_cmsg_recv(msg, skb);
	}
}

int us6_recv_error(struct sock *sk, struct msghdr *msg, int len, int *addr_len)
{
	DECLARE_SOCKADDR(struct sockaddr_in6 *, sin, msg->msg_name);
	struct {
		struct sock_extended_err	ee;
		struct sockaddr_in6		offender;
	} errhdr = {};
	struct sk_buff *skb;
	int err, copied;

	skb = sock_dequeue_err_skb(sk);
	if (!skb)
		return -EAGAIN;
	copied = skb->len;
	if (copied > len) {
		msg->msg_flags |= MSG_TRUNC;
		copied = len;
	}
	err = skb_copy_datagram_msg(skb, 0, msg, copied);
	if (unlikely(err))
		goto out;
	sock_recv_timestamp(msg, sk, skb);

	if (sin && us6_error_has_name(SKB_EXT_ERR(skb))) {
		us6_error_name(sk, sin, skb);
		*addr_len = sizeof(*sin);
	}
	errhdr.ee = SKB_EXT_ERR(skb)->ee;
	if (us6_error_was_received(skb))
		us6_error_offender(sk, msg, skb, &errhdr.offender);
	put_cmsg(msg, SOL_IPV6, IPV6_RECVERR, sizeof(errhdr), &errhdr);
	msg->msg_flags |= MSG_ERRQUEUE;
	err = copied;
out:
	consume_skb(skb);
	return err;
}

int us6_recv_rxpmtu(struct sock *sk, struct msghdr *msg, int len, int *addr_len)
{
	DECLARE_SOCKADDR(struct sockaddr_in6 *, sin, msg->msg_name);
	struct ip6_mtuinfo info;
	struct sk_buff *skb;

	skb = xchg(&inet6_sk(sk)->rxpmtu, NULL);
	if (!skb)
		return -EAGAIN;
	sock_recv_timestamp(msg, sk, skb);
	memcpy(&info, IP6CBMTU(skb), sizeof(info));
	if (sin) {
		*sin = (struct sockaddr_in6){
			.sin6_family	= AF_INET6,
			.sin6_addr	= info.ip6m_addr.sin6_addr,
			.sin6_scope_id	= info.ip6m_addr.sin6_scope_id,
		};
		*addr_len = sizeof(*sin);
	}
	put_cmsg(msg, SOL_IPV6, IPV6_PATHMTU, sizeof(info), &info);
	consume_skb(skb);
	/* RFC 3542 11.3: a message without data. */
	return 0;
}
