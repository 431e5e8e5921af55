// SPDX-License-Identifier: GPL-2.0
/*
 * us6: TCP segments in.
 *
 * A segment is checked, its socket found, and handed on by what kind of socket
 * that is: none, time-wait, request, listener or connection.
 */
#include <linux/ipv6.h>
#include <net/busy_poll.h>
#include <net/sock_reuseport.h>
#include "tcp.h"

/*
 * The engine keeps its own state of a segment where IPv6 kept its; ours moves to
 * TCP_SKB_CB(skb)->header.h6, where tcp_v6_iif() and others expect it.  @tw_isn:
 * first number that a time-wait socket chose for its successor, or 0.
 */
static void us6_tcp_cb_fill(struct sk_buff *skb, u32 tw_isn)
{
	struct tcp_skb_cb *cb = TCP_SKB_CB(skb);
	const struct tcphdr *th = tcp_hdr(skb);

	memmove(&cb->header.h6, IP6CB(skb), sizeof(struct inet6_skb_parm));
	/* The two overlap under different types. */
	barrier();
	cb->seq = ntohl(th->seq);
	cb->end_seq = cb->seq + th->syn + th->fin + skb->len - th->doff * 4;
	cb->ack_seq = ntohl(th->ack_seq);
	cb->tcp_flags = tcp_flag_byte(th);
	cb->tcp_tw_isn = tw_isn;
	cb->ip_dsfield = ipv6_get_dsfield(ipv6_hdr(skb));
	cb->sacked = 0;
	cb->has_rxtstamp = skb->tstamp || skb_hwtstamps(skb)->hwtstamp;
}

void us6_tcp_cb_restore(struct sk_buff *skb)
{
	memmove(IP6CB(skb), &TCP_SKB_CB(skb)->header.h6,
		sizeof(struct inet6_skb_parm));
}

static void us6_tcp_drop(struct sk_buff *skb, enum skb_drop_reason reason)
{
	kfree_skb_reason(skb, reason);
}

static void us6_tcp_csum_error(struct net *net, struct sk_buff *skb)
{
	TCP_INC_STATS(net, TCP_MIB_CSUMERRORS);
	TCP_INC_STATS(net, TCP_MIB_INERRS);
	us6_tcp_drop(skb, SKB_DROP_REASON_TCP_CSUM);
}

/*
 * RFC 2385 signatures.  No socket of ours has a key (TCP_MD5SIG is refused), so
 * one that comes is unexpected: section 2.0 has such a segment dropped without
 * a word.
 */
static bool us6_tcp_signed(const struct tcphdr *th)
{
	const u8 *opt = (const u8 *)(th + 1), *end = (const u8 *)th + th->doff * 4;

	/* What nearly every segment has: two NOPs and a timestamp. */
	if (th->doff == (sizeof(*th) + TCPOLEN_TSTAMP_ALIGNED) / 4 &&
	    opt[2] == TCPOPT_TIMESTAMP && opt[0] == TCPOPT_NOP)
		return false;
	while (opt < end && *opt != TCPOPT_EOL) {
		if (*opt == TCPOPT_NOP) {
			opt++;
			continue;
		}
		if (end - opt < 2 || opt[1] < 2 || opt[1] > end - opt)
			return false;
		if (*opt == TCPOPT_MD5SIG)
			return opt[1] == TCPOLEN_MD5SIG;
		opt += opt[1];
	}
	return false;
}

static bool us6_tcp_unexpected_signature(struct net *net,
					 const struct sk_buff *skb)
{
	if (likely(!us6_tcp_signed(tcp_hdr(skb))))
		return false;
	__NET_INC_STATS(net, LINUX_MIB_TCPMD5UNEXPECTED);
	return true;
}

/* ---- a socket that is locked ---------------------------------------------- */

void us6_tcp_rx_dst_set(struct sock *sk, const struct sk_buff *skb)
{
	struct dst_entry *dst = skb_dst(skb);

	if (!dst || !dst_hold_safe(dst))
		return;
	rcu_assign_pointer(sk->sk_rx_dst, dst);
	sk->sk_rx_dst_ifindex = skb->skb_iif;
	sk->sk_rx_dst_cookie = rt6_get_cookie(dst_rt6_info(dst));
}

/* The dst kept for received segments, while it is good. */
static void us6_tcp_check_rx_dst(struct sock *sk, const struct sk_buff *skb)
{
	struct dst_entry *dst;

	dst = rcu_dereference_protected(sk->sk_rx_dst, lockdep_sock_is_held(sk));
	if (!dst)
		return;
	if (sk->sk_rx_dst_ifindex == skb->skb_iif &&
	    dst->ops->check(dst, sk->sk_rx_dst_cookie))
		return;
	RCU_INIT_POINTER(sk->sk_rx_dst, NULL);
	dst_release(dst);
}

/*
 * What IPV6_2292PKTOPTIONS and the "last received" options tell: of the last
 * segment that went into the receive queue in order.
 */
static void us6_tcp_latch_options(struct sock *sk, struct sk_buff *skb)
{
	struct ipv6_pinfo *np = us6_tcp_np(sk);

	if (TCP_SKB_CB(skb)->end_seq != tcp_sk(sk)->rcv_nxt ||
	    (1 << sk->sk_state) & (TCPF_CLOSE | TCPF_LISTEN)) {
		consume_skb(skb);
		return;
	}
	if (np->rxopt.bits.rxinfo || np->rxopt.bits.rxoinfo)
		np->mcast_oif = us6_tcp_iif(skb);
	if (np->rxopt.bits.rxhlim || np->rxopt.bits.rxohlim)
		np->mcast_hops = ipv6_hdr(skb)->hop_limit;
	if (np->rxopt.bits.rxflow || np->rxopt.bits.rxtclass)
		np->rcv_flowinfo = ip6_flowinfo(ipv6_hdr(skb));
	if (inet6_test_bit(REPFLOW, sk))
		np->flow_label = ip6_flowlabel(ipv6_hdr(skb));
	if (ipv6_opt_accepted(sk, skb, &TCP_SKB_CB(skb)->header.h6)) {
		us6_tcp_cb_restore(skb);
	} else {
		consume_skb(skb);
		skb = NULL;
	}
	consume_skb(xchg(&np->pktoptions, skb));
}

/* Return: 0 when the segment was taken, 1 to reset, -1 when it failed its checksum. */
static int us6_tcp_rcv_state(struct sock *sk, struct sk_buff *skb)
{
	if (tcp_checksum_complete(skb)) {
		us6_tcp_csum_error(sock_net(sk), skb);
		return -1;
	}
	if (sk->sk_state == TCP_LISTEN) {
		struct sock *child = us6_tcp_cookie_check(sk, skb);

		if (!child) {
			us6_tcp_drop(skb, SKB_DROP_REASON_NOT_SPECIFIED);
			return -1;
		}
		if (child != sk)
			return tcp_child_process(sk, child, skb) ? 1 : 0;
	} else {
		sock_rps_save_rxhash(sk, skb);
	}
	return tcp_rcv_state_process(sk, skb) ? 1 : 0;
}

int us6_tcp_do_rcv(struct sock *sk, struct sk_buff *skb)
{
	struct sk_buff *copy = NULL;
	int ret;

	/* From the backlog come those of IPv4 too. */
	if (skb->protocol == htons(ETH_P_IP))
		return tcp_v4_do_rcv(sk, skb);

	/* The engine eats the segment: keep what its headers say. */
	if (us6_tcp_np(sk)->rxopt.all &&
	    !((1 << sk->sk_state) & (TCPF_LISTEN | TCPF_CLOSE)))
		copy = skb_clone_and_charge_r(skb, sk);

	if (sk->sk_state == TCP_ESTABLISHED) {
		sock_rps_save_rxhash(sk, skb);
		sk_mark_napi_id(sk, skb);
		us6_tcp_check_rx_dst(sk, skb);
		tcp_rcv_established(sk, skb);
		if (copy)
			us6_tcp_latch_options(sk, copy);
		return 0;
	}

	ret = us6_tcp_rcv_state(sk, skb);
	if (ret > 0) {
		us6_tcp_send_reset(sk, skb);
		us6_tcp_drop(skb, SKB_DROP_REASON_NOT_SPECIFIED);
	}
	if (copy) {
		if (ret)
			__kfree_skb(copy);
		else
			us6_tcp_latch_options(sk, copy);
	}
	return 0;
}

/* ---- by kind of socket ------------------------------------------------------ */

/* A listener or connection; @refcounted: we hold it.  Consumes both. */
static int us6_tcp_rcv_full(struct sock *sk, struct sk_buff *skb,
			    bool refcounted, u32 tw_isn)
{
	enum skb_drop_reason reason = SKB_DROP_REASON_NOT_SPECIFIED;
	int ret = 0;

	/* RFC 5082: GTSM. */
	if (unlikely(ipv6_hdr(skb)->hop_limit <
		     READ_ONCE(us6_tcp_np(sk)->min_hopcount))) {
		__NET_INC_STATS(sock_net(sk), LINUX_MIB_TCPMINTTLDROP);
		goto drop;
	}
	if (us6_tcp_unexpected_signature(sock_net(sk), skb)) {
		reason = SKB_DROP_REASON_TCP_MD5UNEXPECTED;
		goto drop;
	}
	nf_reset_ct(skb);
	if (tcp_filter(sk, skb)) {
		reason = SKB_DROP_REASON_SOCKET_FILTER;
		goto drop;
	}
	us6_tcp_cb_fill(skb, tw_isn);
	skb->dev = NULL;

	if (sk->sk_state == TCP_LISTEN) {
		ret = us6_tcp_do_rcv(sk, skb);
		goto out;
	}
	sk_incoming_cpu_update(sk);
	bh_lock_sock_nested(sk);
	tcp_segs_in(tcp_sk(sk), skb);
	if (!sock_owned_by_user(sk))
		ret = us6_tcp_do_rcv(sk, skb);
	else if (tcp_add_backlog(sk, skb, &reason)) {
		__release(&sk->sk_lock.slock);	/* it unlocked */
		goto drop;
	}
	bh_unlock_sock(sk);
out:
	if (refcounted)
		sock_put(sk);
	return ret ? -1 : 0;
drop:
	sk_drops_add(sk, skb);
	if (refcounted)
		sock_put(sk);
	us6_tcp_drop(skb, reason);
	return 0;
}

enum us6_tcp_verdict {
	US6_TCP_DONE,		/* the segment is consumed */
	US6_TCP_AGAIN,		/* look the socket up again */
	US6_TCP_LISTENER,	/* goes to the listener like any other */
};

/* The listener that a request belongs to now, held; NULL when it is gone. */
static struct sock *us6_tcp_req_listener(struct request_sock *req,
					 struct sk_buff *skb)
{
	struct sock *sk = req->rsk_listener;

	if (likely(sk->sk_state == TCP_LISTEN)) {
		sock_hold(sk);
		return sk;
	}
	sk = reuseport_migrate_sock(sk, req_to_sk(req), skb);
	if (!sk)
		inet_csk_reqsk_queue_drop_and_put(req->rsk_listener, req);
	return sk;
}

/* A connection being opened.  @listener: result, held, with US6_TCP_LISTENER. */
static enum us6_tcp_verdict us6_tcp_rcv_request(struct request_sock *req,
						struct sk_buff *skb,
						struct sock **listener)
{
	enum skb_drop_reason reason = SKB_DROP_REASON_NOT_SPECIFIED;
	struct sock *sk, *child = NULL;
	bool stolen = false;

	if (tcp_checksum_complete(skb)) {
		us6_tcp_csum_error(sock_net(req->rsk_listener), skb);
		reqsk_put(req);
		return US6_TCP_DONE;
	}
	sk = us6_tcp_req_listener(req, skb);
	if (!sk)
		return US6_TCP_AGAIN;
	if (us6_tcp_unexpected_signature(sock_net(sk), skb)) {
		reason = SKB_DROP_REASON_TCP_MD5UNEXPECTED;
	} else if (tcp_filter(sk, skb)) {
		reason = SKB_DROP_REASON_SOCKET_FILTER;
	} else {
		us6_tcp_cb_fill(skb, 0);
		child = tcp_check_req(sk, skb, req, false, &stolen);
	}
	if (!child) {
		reqsk_put(req);
		if (!stolen)
			goto drop;
		/* Another CPU made the child: it is for that one. */
		us6_tcp_cb_restore(skb);
		sock_put(sk);
		return US6_TCP_AGAIN;
	}
	nf_reset_ct(skb);
	if (child == sk) {
		/* Fast Open, or a request that another CPU took. */
		reqsk_put(req);
		us6_tcp_cb_restore(skb);
		*listener = sk;
		return US6_TCP_LISTENER;
	}
	if (!tcp_child_process(sk, child, skb)) {
		sock_put(sk);
		return US6_TCP_DONE;
	}
	us6_tcp_send_reset(child, skb);
drop:
	sk_drops_add(sk, skb);
	sock_put(sk);
	us6_tcp_drop(skb, reason);
	return US6_TCP_DONE;
}

/* RFC 9293 section 3.10.7.4, RFC 6191.  Consumes the time-wait socket. */
static enum us6_tcp_verdict us6_tcp_rcv_timewait(struct inet_timewait_sock *tw,
						 struct sk_buff *skb,
						 struct sock **listener,
						 u32 *isn)
{
	const struct tcphdr *th = tcp_hdr(skb);
	struct net *net = dev_net(skb->dev);

	us6_tcp_cb_fill(skb, 0);
	if (tcp_checksum_complete(skb)) {
		inet_twsk_put(tw);
		us6_tcp_csum_error(net, skb);
		return US6_TCP_DONE;
	}
	switch (us6_tcp_timewait(tw, skb, th, isn)) {
	case TCP_TW_SYN:
		*listener = inet6_lookup_listener(net, us6_tcp_hash(net), skb,
						  __tcp_hdrlen(th),
						  &ipv6_hdr(skb)->saddr,
						  th->source,
						  &ipv6_hdr(skb)->daddr,
						  ntohs(th->dest),
						  tcp_v6_iif_l3_slave(skb),
						  tcp_v6_sdif(skb));
		if (*listener) {
			inet_twsk_deschedule_put(tw);
			us6_tcp_cb_restore(skb);
			return US6_TCP_LISTENER;
		}
		fallthrough;
	case TCP_TW_ACK:
		us6_tcp_timewait_ack(tw, skb);
		break;
	case TCP_TW_RST:
		us6_tcp_send_reset((struct sock *)tw, skb);
		inet_twsk_deschedule_put(tw);
		break;
	case TCP_TW_SUCCESS:
		break;
	}
	us6_tcp_drop(skb, SKB_DROP_REASON_NOT_SPECIFIED);
	return US6_TCP_DONE;
}

static int us6_tcp_rcv_nobody(struct net *net, struct sk_buff *skb)
{
	us6_tcp_cb_fill(skb, 0);
	if (tcp_checksum_complete(skb)) {
		us6_tcp_csum_error(net, skb);
		return 0;
	}
	/* Who signs believes no reset that isn't signed. */
	if (!us6_tcp_signed(tcp_hdr(skb)))
		us6_tcp_send_reset(NULL, skb);
	us6_tcp_drop(skb, SKB_DROP_REASON_NO_SOCKET);
	return 0;
}

/* ---- from the network ------------------------------------------------------- */

/* Return: true with a whole header and a checksum that isn't known wrong. */
static bool us6_tcp_check_header(struct net *net, struct sk_buff *skb)
{
	const struct tcphdr *th;

	if (skb->pkt_type != PACKET_HOST) {
		us6_tcp_drop(skb, SKB_DROP_REASON_NOT_SPECIFIED);
		return false;
	}
	__TCP_INC_STATS(net, TCP_MIB_INSEGS);
	if (!pskb_may_pull(skb, sizeof(*th)))
		goto small;
	th = (const struct tcphdr *)skb->data;
	if (unlikely(th->doff < sizeof(*th) / 4)) {
		__TCP_INC_STATS(net, TCP_MIB_INERRS);
		goto small;
	}
	if (!pskb_may_pull(skb, th->doff * 4))
		goto small;
	if (skb_checksum_init(skb, IPPROTO_TCP, ip6_compute_pseudo)) {
		us6_tcp_csum_error(net, skb);
		return false;
	}
	return true;
small:
	us6_tcp_drop(skb, SKB_DROP_REASON_PKT_TOO_SMALL);
	return false;
}

int us6_tcp_rcv(struct sk_buff *skb)
{
	struct net *net = dev_net(skb->dev);
	enum us6_tcp_verdict verdict;
	const struct tcphdr *th;
	struct sock *sk, *next;
	bool refcounted;
	u32 isn = 0;

	if (!us6_tcp_check_header(net, skb))
		return 0;
again:
	th = tcp_hdr(skb);
	sk = __inet6_lookup_skb(us6_tcp_hash(net), skb, __tcp_hdrlen(th),
				th->source, th->dest, inet6_iif(skb),
				inet6_sdif(skb), &refcounted);
	if (!sk)
		return us6_tcp_rcv_nobody(net, skb);
	if (sk->sk_state == TCP_TIME_WAIT) {
		verdict = us6_tcp_rcv_timewait(inet_twsk(sk), skb, &next,
					       &isn);
		/* The look-up of a listener takes no reference. */
		refcounted = false;
	} else if (sk->sk_state == TCP_NEW_SYN_RECV) {
		verdict = us6_tcp_rcv_request(inet_reqsk(sk), skb, &next);
		refcounted = true;
	} else {
		return us6_tcp_rcv_full(sk, skb, refcounted, 0);
	}
	switch (verdict) {
	case US6_TCP_DONE:
		return 0;
	case US6_TCP_AGAIN:
		goto again;
	case US6_TCP_LISTENER:
		break;
	}
	return us6_tcp_rcv_full(next, skb, refcounted, isn);
}
