// SPDX-License-Identifier: GPL-2.0
/*
 * us6: packets and errors for raw sockets.
 */
#include <linux/icmpv6.h>
#include <linux/netfilter.h>
#include <net/ip6_checksum.h>
#include <net/ip6_route.h>
#include <net/rawv6.h>
#include <net/us6/mcast.h>
#include <net/us6/path.h>
#include <net/us6/route.h>
#include "sock.h"

static bool us6_raw_match(const struct net *net, const struct sock *sk,
			  int num, const struct in6_addr *local,
			  const struct in6_addr *remote, int dif, int sdif)
{
	if (inet_sk(sk)->inet_num != num || !net_eq(sock_net(sk), net))
		return false;
	if (!ipv6_addr_any(&sk->sk_v6_daddr) &&
	    !ipv6_addr_equal(&sk->sk_v6_daddr, remote))
		return false;
	if (!raw_sk_bound_dev_eq(sock_net(sk), READ_ONCE(sk->sk_bound_dev_if),
				 dif, sdif))
		return false;
	return ipv6_addr_any(&sk->sk_v6_rcv_saddr) ||
	       ipv6_addr_equal(&sk->sk_v6_rcv_saddr, local) ||
	       (ipv6_addr_is_multicast(local) &&
		us6_sock_mc_accepts(sk, local, remote));
}

/* RFC 3542 section 3.2.  Return: true when the socket doesn't want this type. */
static bool us6_raw_filtered(const struct sock *sk, const struct sk_buff *skb)
{
	const __u32 *block = raw6_sk(sk)->filter.data;
	const u8 *type;
	u8 buf;

	type = skb_header_pointer(skb, skb_transport_offset(skb), 1, &buf);
	return !type || block[*type >> 5] & (1U << (*type & 31));
}

int us6_raw_queue(struct sock *sk, struct sk_buff *skb)
{
	if ((raw6_sk(sk)->checksum || rcu_access_pointer(sk->sk_filter)) &&
	    skb_checksum_complete(skb)) {
		atomic_inc(&sk->sk_drops);
		kfree_skb_reason(skb, SKB_DROP_REASON_SKB_CSUM);
		return NET_RX_DROP;
	}
	skb_dst_drop(skb);
	if (sock_queue_rcv_skb(sk, skb) < 0) {
		kfree_skb_reason(skb, SKB_DROP_REASON_SOCKET_RCVBUFF);
		return NET_RX_DROP;
	}
	return NET_RX_SUCCESS;
}

/* A sum over the packet alone becomes one that includes the pseudo header. */
static void us6_raw_sum(const struct sock *sk, struct sk_buff *skb)
{
	const struct ipv6hdr *hdr = ipv6_hdr(skb);
	u8 proto = inet_sk(sk)->inet_num;

	if (!raw6_sk(sk)->checksum) {
		skb->ip_summed = CHECKSUM_UNNECESSARY;
		return;
	}
	if (skb->ip_summed == CHECKSUM_COMPLETE) {
		skb_postpull_rcsum(skb, skb_network_header(skb),
				   skb_network_header_len(skb));
		if (!csum_ipv6_magic(&hdr->saddr, &hdr->daddr, skb->len, proto,
				     skb->csum))
			skb->ip_summed = CHECKSUM_UNNECESSARY;
	}
	if (!skb_csum_unnecessary(skb))
		skb->csum = ~csum_unfold(csum_ipv6_magic(&hdr->saddr,
							 &hdr->daddr, skb->len,
							 proto, 0));
}

void us6_raw_rcv(struct sock *sk, struct sk_buff *skb)
{
	nf_reset_ct(skb);
	us6_raw_sum(sk, skb);
	if (inet_test_bit(HDRINCL, sk) && skb_checksum_complete(skb)) {
		atomic_inc(&sk->sk_drops);
		kfree_skb_reason(skb, SKB_DROP_REASON_SKB_CSUM);
		return;
	}
	us6_raw_queue(sk, skb);
}

bool us6_raw_deliver(struct sk_buff *skb, int nexthdr)
{
	const struct ipv6hdr *hdr = ipv6_hdr(skb);
	const struct net *net = dev_net(skb->dev);
	struct hlist_head *head;
	struct sk_buff *copy;
	bool taken = false;
	struct sock *sk;

	head = &raw_v6_hashinfo.ht[raw_hashfunc(net, nexthdr)];
	sk_for_each_rcu(sk, head) {
		if (!us6_raw_match(net, sk, nexthdr, &hdr->daddr, &hdr->saddr,
				   inet6_iif(skb), inet6_sdif(skb)))
			continue;
		taken = true;
		if (nexthdr == IPPROTO_ICMPV6 && us6_raw_filtered(sk, skb))
			continue;
		copy = skb_clone(skb, GFP_ATOMIC);
		if (copy)
			us6_raw_rcv(sk, copy);
	}
	return taken;
}

static void us6_raw_sk_err(struct sock *sk, struct sk_buff *skb, u8 type,
			   u8 code, int inner_offset, __be32 info)
{
	bool recverr = inet6_test_bit(RECVERR6, sk);
	u8 *payload = skb->data;
	int err, fatal;

	/* Without a peer an error says nothing to who hasn't asked for them. */
	if (!recverr && sk->sk_state != TCP_ESTABLISHED)
		return;
	fatal = us6_icmp_err_convert(type, code, &err);
	if (type == ICMPV6_PKT_TOOBIG) {
		us6_sk_update_pmtu(skb, sk, info);
		fatal = inet6_sk(sk)->pmtudisc == IPV6_PMTUDISC_DO;
	}
	if (type == NDISC_REDIRECT)
		return;
	if (recverr) {
		if (!inet_test_bit(HDRINCL, sk))
			payload += inner_offset;
		us6_icmp_error(sk, skb, err, 0, ntohl(info), payload);
	}
	if (recverr || fatal) {
		sk->sk_err = err;
		sk_error_report(sk);
	}
}

void us6_raw_err(struct sk_buff *skb, int nexthdr, u8 type, u8 code,
		 int inner_offset, __be32 info)
{
	/* Ours is the source of the quoted packet. */
	const struct ipv6hdr *hdr = (const struct ipv6hdr *)skb->data;
	const struct net *net = dev_net(skb->dev);
	struct sock *sk;

	sk_for_each_rcu(sk, &raw_v6_hashinfo.ht[raw_hashfunc(net, nexthdr)])
		if (us6_raw_match(net, sk, nexthdr, &hdr->saddr, &hdr->daddr,
				  inet6_iif(skb), inet6_sdif(skb)))
			us6_raw_sk_err(sk, skb, type, code, inner_offset, info);
}
