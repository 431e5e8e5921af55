/* SPDX-License-Identifier: GPL-2.0 */
/*
 * UDP of 6.1 against 6.12: tables a namespace, the init of a socket, UDP-Lite's
 * mark, and the arguments of a tunnel's error handler.
 */
#ifndef _US6_COMPAT_NET_UDP_H
#define _US6_COMPAT_NET_UDP_H
#include_next <net/udp.h>
#include <linux/icmpv6.h>
#include <net/inet6_hashtables.h>

#ifdef UDP_HTABLE_SIZE_MIN_PERNET
#define us6_udp_table(net)	((net)->ipv4.udp_table)
/* Initialisers; NULL: the namespace's. */
#define US6_UDP_TABLE		NULL
#else
#define us6_udp_table(net)	(&udp_table)
#define US6_UDP_TABLE		(&udp_table)
#endif

#ifdef UDPLITE_SEND_CC
static inline void udp_lib_init_sock(struct sock *sk)
{
	skb_queue_head_init(&udp_sk(sk)->reader_queue);
}

static inline void us6_udplite_init(struct sock *sk)
{
	udp_sk(sk)->pcflag = UDPLITE_BIT;
}

static inline struct sock *
us6_udp_steal_sock(struct net *net, struct sk_buff *skb,
		   const struct in6_addr *saddr, __be16 sport,
		   const struct in6_addr *daddr, __be16 dport, bool *refcounted)
{
	return skb_steal_sock(skb, refcounted);
}

static inline void us6_udp_encap_err(struct sock *sk, struct sk_buff *skb,
				     int offset, int err, __be16 port, u32 info,
				     u8 *payload)
{
	if (udp_sk(sk)->encap_err_rcv)
		udp_sk(sk)->encap_err_rcv(sk, skb, offset);
}
#else
static inline void us6_udplite_init(struct sock *sk)
{
}

/* A program's sk_assign() may have named one of a group of SO_REUSEPORT. */
static inline struct sock *
us6_udp_steal_sock(struct net *net, struct sk_buff *skb,
		   const struct in6_addr *saddr, __be16 sport,
		   const struct in6_addr *daddr, __be16 dport, bool *refcounted)
{
	struct sock *sk = inet6_steal_sock(net, skb, sizeof(struct udphdr),
					   saddr, sport, daddr, dport,
					   refcounted, inet6_ehashfn);

	return IS_ERR(sk) ? NULL : sk;
}

static inline void us6_udp_encap_err(struct sock *sk, struct sk_buff *skb,
				     int offset, int err, __be16 port, u32 info,
				     u8 *payload)
{
	if (udp_sk(sk)->encap_err_rcv)
		udp_sk(sk)->encap_err_rcv(sk, skb, err, port, info, payload);
}
#endif

#endif
