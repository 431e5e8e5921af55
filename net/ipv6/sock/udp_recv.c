// SPDX-License-Identifier: GPL-2.0
/*
 * us6: reception of UDP and UDP-Lite: from the wire to a socket's queue.
 * RFC 768, 8200 section 8.1, 3828, 6935.
 */
#include <linux/filter.h>
#include <linux/icmpv6.h>
#include <linux/netfilter.h>
#include <linux/prefetch.h>
#include <net/busy_poll.h>
#include <net/inet6_hashtables.h>
#include <net/ip6_checksum.h>
#include <net/ip6_route.h>
#include <net/us6/mcast.h>
#include <net/us6/path.h>
#include "udp.h"

static int us6_udp_enqueue(struct sock *sk, struct sk_buff *skb)
{
	bool lite = IS_UDPLITE(sk);
	int err;

	if (!ipv6_addr_any(&sk->sk_v6_daddr)) {
		sock_rps_save_rxhash(sk, skb);
		sk_mark_napi_id(sk, skb);
		sk_incoming_cpu_update(sk);
	} else {
		sk_mark_napi_id_once(sk, skb);
	}
	err = __udp_enqueue_schedule_skb(sk, skb);
	if (likely(err >= 0))
		return 0;

	UDP6_INC_STATS(sock_net(sk), err == -ENOMEM ? UDP_MIB_RCVBUFERRORS :
						      UDP_MIB_MEMERRORS, lite);
	UDP6_INC_STATS(sock_net(sk), UDP_MIB_INERRORS, lite);
	kfree_skb_reason(skb, err == -ENOMEM ? SKB_DROP_REASON_SOCKET_RCVBUFF :
					       SKB_DROP_REASON_PROTO_MEM);
	return -1;
}

/*
 * A tunnel's socket.  Return: 1 for a datagram after all, 0 when it was taken,
 * below 0 when it is to be delivered again as that protocol, negated.
 */
static int us6_udp_encap_rcv(struct sock *sk, struct sk_buff *skb)
{
	int (*encap_rcv)(struct sock *sk, struct sk_buff *skb);
	int ret;

	encap_rcv = READ_ONCE(udp_sk(sk)->encap_rcv);
	if (!encap_rcv)
		return 1;
	ret = encap_rcv(sk, skb);
	if (ret > 0)
		return 1;
	__UDP6_INC_STATS(sock_net(sk), UDP_MIB_INDATAGRAMS, IS_UDPLITE(sk));
	return ret;
}

/* RFC 3828 section 3.3: the coverage that the program insists on. */
static bool us6_udplite_covered(const struct sock *sk, const struct sk_buff *skb)
{
	u16 wanted;

	if (!us6_udplite_recv_cc(sk) || !UDP_SKB_CB(skb)->partial_cov)
		return true;
	wanted = READ_ONCE(udp_sk(sk)->pcrlen);
	return wanted && UDP_SKB_CB(skb)->cscov >= wanted;
}

/* Return: protocol to deliver it again as, 0 taken, -1 dropped. */
static int us6_udp_queue_one(struct sock *sk, struct sk_buff *skb)
{
	enum skb_drop_reason reason = SKB_DROP_REASON_NOT_SPECIFIED;
	struct udp_sock *up = udp_sk(sk);
	bool lite = IS_UDPLITE(sk);
	int ret;

	nf_reset_ct(skb);
	if (static_branch_unlikely(&udpv6_encap_needed_key) &&
	    READ_ONCE(up->encap_type)) {
		if (READ_ONCE(up->encap_rcv) && udp_lib_checksum_complete(skb))
			goto bad_sum;
		ret = us6_udp_encap_rcv(sk, skb);
		if (ret <= 0)
			return -ret;
	}
	if (!us6_udplite_covered(sk, skb))
		goto drop;

	prefetch(&sk->sk_rmem_alloc);
	if (rcu_access_pointer(sk->sk_filter) && udp_lib_checksum_complete(skb))
		goto bad_sum;
	if (sk_filter_trim_cap(sk, skb, sizeof(struct udphdr))) {
		reason = SKB_DROP_REASON_SOCKET_FILTER;
		goto drop;
	}
	udp_csum_pull_header(skb);
	skb_dst_drop(skb);
	return us6_udp_enqueue(sk, skb);

bad_sum:
	reason = SKB_DROP_REASON_UDP_CSUM;
	__UDP6_INC_STATS(sock_net(sk), UDP_MIB_CSUMERRORS, lite);
drop:
	__UDP6_INC_STATS(sock_net(sk), UDP_MIB_INERRORS, lite);
	atomic_inc(&sk->sk_drops);
	kfree_skb_reason(skb, reason);
	return -1;
}

static int us6_udp_queue(struct sock *sk, struct sk_buff *skb)
{
	struct sk_buff *segs, *next;
	int ret;

	if (likely(!udp_unexpected_gso(sk, skb)))
		return us6_udp_queue_one(sk, skb);

	/* Merged by the receiver, but this socket wants datagrams. */
	__skb_push(skb, -skb_mac_offset(skb));
	segs = udp_rcv_segment(sk, skb, false);
	skb_list_walk_safe(segs, skb, next) {
		__skb_pull(skb, skb_transport_offset(skb));
		udp_post_segment_fix_csum(skb);
		ret = us6_udp_queue_one(sk, skb);
		if (ret > 0)
			us6_deliver(dev_net(skb->dev), skb, ret);
	}
	return 0;
}

static int us6_udp_unicast(struct sock *sk, struct sk_buff *skb)
{
	int ret;

	if (inet_get_convert_csum(sk) && udp_hdr(skb)->check && !IS_UDPLITE(sk))
		skb_checksum_try_convert(skb, IPPROTO_UDP, ip6_compute_pseudo);
	ret = us6_udp_queue(sk, skb);
	return ret > 0 ? ret : 0;
}

/* RFC 8200 8.1 and RFC 6935: no checksum only for who said so. */
static bool us6_udp_sum_wanted(const struct sock *sk, const struct udphdr *uh)
{
	return uh->check || udp_get_no_check6_rx(sk);
}

static bool us6_udp_mcast_match(const struct sk_buff *skb, struct sock *sk,
				int dif, int sdif)
{
	const struct ipv6hdr *hdr = ipv6_hdr(skb);
	const struct udphdr *uh = udp_hdr(skb);
	struct net *net = dev_net(skb->dev);
	__be16 dport = inet_sk(sk)->inet_dport;

	return net_eq(sock_net(sk), net) && sk->sk_family == PF_INET6 &&
	       udp_sk(sk)->udp_port_hash == ntohs(uh->dest) &&
	       (!dport || dport == uh->source) &&
	       (ipv6_addr_any(&sk->sk_v6_daddr) ||
		ipv6_addr_equal(&sk->sk_v6_daddr, &hdr->saddr)) &&
	       (ipv6_addr_any(&sk->sk_v6_rcv_saddr) ||
		ipv6_addr_equal(&sk->sk_v6_rcv_saddr, &hdr->daddr)) &&
	       udp_sk_bound_dev_eq(net, READ_ONCE(sk->sk_bound_dev_if), dif,
				   sdif) &&
	       us6_sock_mc_accepts(sk, &hdr->daddr, &hdr->saddr) &&
	       us6_udp_sum_wanted(sk, uh);
}

static void us6_udp_mcast_copy(struct sock *sk, struct sk_buff *skb)
{
	struct sk_buff *copy = skb_clone(skb, GFP_ATOMIC);

	if (unlikely(!copy)) {
		atomic_inc(&sk->sk_drops);
		__UDP6_INC_STATS(sock_net(sk), UDP_MIB_RCVBUFERRORS,
				 IS_UDPLITE(sk));
		__UDP6_INC_STATS(sock_net(sk), UDP_MIB_INERRORS,
				 IS_UDPLITE(sk));
		return;
	}
	if (us6_udp_queue(sk, copy) > 0)
		consume_skb(copy);
}

/* Every socket of the port that is a member; the last gets the packet itself. */
static int us6_udp_multicast(struct net *net, struct sk_buff *skb,
			     struct udp_table *table, bool lite)
{
	struct udp_hslot *slot = udp_hashslot(table, net,
					      ntohs(udp_hdr(skb)->dest));
	int dif = inet6_iif(skb), sdif = inet6_sdif(skb);
	struct sock *sk, *last = NULL;

	sk_for_each_rcu(sk, &slot->head) {
		if (!us6_udp_mcast_match(skb, sk, dif, sdif))
			continue;
		if (last)
			us6_udp_mcast_copy(last, skb);
		last = sk;
	}
	if (last) {
		if (us6_udp_queue(last, skb) > 0)
			consume_skb(skb);
	} else {
		__UDP6_INC_STATS(net, UDP_MIB_IGNOREDMULTI, lite);
		kfree_skb_reason(skb, SKB_DROP_REASON_NO_SOCKET);
	}
	return 0;
}

/* Length field and packet agree, RFC 768, RFC 2675 section 4. */
static bool us6_udp_length_ok(struct sk_buff *skb, u8 proto)
{
	unsigned int len;

	if (!pskb_may_pull(skb, sizeof(struct udphdr)))
		return false;
	len = ntohs(udp_hdr(skb)->len);
	if (len > skb->len)
		return false;
	/* UDP-Lite has its coverage there; udp6_csum_init() checks it. */
	if (proto == IPPROTO_UDPLITE)
		return true;
	/* A jumbogram says 0. */
	if (!len)
		len = skb->len;
	return len >= sizeof(struct udphdr) && !pskb_trim_rcsum(skb, len);
}

/* Nobody listens: RFC 4443 section 3.1 code 4, unless the sum is wrong. */
static void us6_udp_no_socket(struct net *net, struct sk_buff *skb, bool lite)
{
	nf_reset_ct(skb);
	if (!udp_hdr(skb)->check || udp_lib_checksum_complete(skb)) {
		__UDP6_INC_STATS(net, UDP_MIB_CSUMERRORS, lite);
		__UDP6_INC_STATS(net, UDP_MIB_INERRORS, lite);
		kfree_skb_reason(skb, SKB_DROP_REASON_UDP_CSUM);
		return;
	}
	__UDP6_INC_STATS(net, UDP_MIB_NOPORTS, lite);
	us6_icmp_send(skb, ICMPV6_DEST_UNREACH, ICMPV6_PORT_UNREACH, 0, NULL,
		      IP6CB(skb));
	kfree_skb_reason(skb, SKB_DROP_REASON_NO_SOCKET);
}

static int us6_udp_receive(struct sk_buff *skb, struct udp_table *table,
			   u8 proto)
{
	enum skb_drop_reason reason = SKB_DROP_REASON_UDP_CSUM;
	struct net *net = dev_net(skb->dev);
	bool lite = proto == IPPROTO_UDPLITE;
	const struct ipv6hdr *hdr;
	bool refcounted = false;
	struct udphdr *uh;
	struct sock *sk;
	int ret;

	if (!us6_udp_length_ok(skb, proto)) {
		reason = SKB_DROP_REASON_PKT_TOO_SMALL;
		goto drop;
	}
	hdr = ipv6_hdr(skb);
	uh = udp_hdr(skb);
	if (udp6_csum_init(skb, uh, proto))
		goto bad_sum;

	sk = us6_udp_steal_sock(net, skb, &hdr->saddr, uh->source, &hdr->daddr,
				uh->dest, &refcounted);
	if (!sk && ipv6_addr_is_multicast(&hdr->daddr))
		return us6_udp_multicast(net, skb, table, lite);
	if (!sk)
		sk = __udp6_lib_lookup(net, &hdr->saddr, uh->source,
				       &hdr->daddr, uh->dest, inet6_iif(skb),
				       inet6_sdif(skb), table, skb);
	if (!sk) {
		us6_udp_no_socket(net, skb, lite);
		return 0;
	}
	if (likely(us6_udp_sum_wanted(sk, uh))) {
		ret = us6_udp_unicast(sk, skb);
		if (refcounted)
			sock_put(sk);
		return ret;
	}
	if (refcounted)
		sock_put(sk);
bad_sum:
	__UDP6_INC_STATS(net, UDP_MIB_CSUMERRORS, lite);
drop:
	__UDP6_INC_STATS(net, UDP_MIB_INERRORS, lite);
	kfree_skb_reason(skb, reason);
	return 0;
}

int us6_udp_rcv(struct sk_buff *skb)
{
	return us6_udp_receive(skb, us6_udp_table(dev_net(skb->dev)),
			       IPPROTO_UDP);
}

int us6_udplite_rcv(struct sk_buff *skb)
{
	return us6_udp_receive(skb, &udplite_table, IPPROTO_UDPLITE);
}
