// SPDX-License-Identifier: GPL-2.0
/*
 * us6: ICMPv6 errors about TCP segments, RFC 5927 and RFC 5461.
 */
#include <linux/icmpv6.h>
#include <net/ndisc.h>
#include <net/us6/path.h>
#include <net/us6/route.h>
#include "sock.h"
#include "tcp.h"

void us6_tcp_mtu_reduced(struct sock *sk)
{
	struct dst_entry *dst;
	u32 mtu;

	if ((1 << sk->sk_state) & (TCPF_LISTEN | TCPF_CLOSE))
		return;
	mtu = READ_ONCE(tcp_sk(sk)->mtu_info);
	/* Only smaller is believed. */
	if (tcp_mtu_to_mss(sk, mtu) >= tcp_sk(sk)->mss_cache)
		return;
	dst = us6_csk_update_pmtu(sk, mtu);
	if (!dst || inet_csk(sk)->icsk_pmtu_cookie <= dst_mtu(dst))
		return;
	tcp_sync_mss(sk, dst_mtu(dst));
	tcp_simple_retransmit(sk);
}

static void us6_tcp_err_redirect(struct sock *sk, struct sk_buff *skb)
{
	struct dst_entry *dst;

	if (sock_owned_by_user(sk))
		return;
	dst = __sk_dst_check(sk, us6_tcp_np(sk)->dst_cookie);
	if (dst)
		dst->ops->redirect(dst, sk, skb);
}

static void us6_tcp_err_too_big(struct sock *sk, u32 mtu)
{
	/* A listener sent nothing that is too big. */
	if (sk->sk_state == TCP_LISTEN || !ip6_sk_accept_pmtu(sk) ||
	    mtu < IPV6_MIN_MTU)
		return;
	WRITE_ONCE(tcp_sk(sk)->mtu_info, mtu);
	if (!sock_owned_by_user(sk))
		us6_tcp_mtu_reduced(sk);
	else if (!test_and_set_bit(TCP_MTU_REDUCED_DEFERRED,
				   &sk->sk_tsq_flags))
		sock_hold(sk);
}

/* An error of the connection.  @th: of the segment that caused it. */
static void us6_tcp_err_report(struct sock *sk, struct sk_buff *skb,
			       struct tcphdr *th, u8 type, u8 code, __be32 info,
			       const struct request_sock *fastopen)
{
	int err;

	us6_icmp_err_convert(type, code, &err);
	switch (sk->sk_state) {
	case TCP_SYN_SENT:
	case TCP_SYN_RECV:
		/* A Fast Open child that nobody has accepted is a request. */
		if (fastopen && !fastopen->sk)
			break;
		us6_icmp_error(sk, skb, err, th->dest, ntohl(info), (u8 *)th);
		if (!sock_owned_by_user(sk))
			tcp_done_with_error(sk, err);
		else
			WRITE_ONCE(sk->sk_err_soft, err);
		return;
	case TCP_LISTEN:
		break;
	default:
		/* RFC 6069: the path was down, not congested. */
		if (!fastopen && type == ICMPV6_DEST_UNREACH &&
		    code == ICMPV6_NOROUTE)
			tcp_ld_RTO_revert(sk, ntohl(th->seq));
	}

	if (!sock_owned_by_user(sk) && inet6_test_bit(RECVERR6, sk)) {
		WRITE_ONCE(sk->sk_err, err);
		sk_error_report(sk);
	} else {
		WRITE_ONCE(sk->sk_err_soft, err);
	}
}

static void us6_tcp_err_locked(struct sock *sk, struct sk_buff *skb,
			       struct tcphdr *th, u8 type, u8 code, __be32 info)
{
	const struct net *net = sock_net(sk);
	const struct request_sock *fastopen;
	u32 snd_una;

	if (sock_owned_by_user(sk) && type != ICMPV6_PKT_TOOBIG)
		__NET_INC_STATS(net, LINUX_MIB_LOCKDROPPEDICMPS);
	if (sk->sk_state == TCP_CLOSE)
		return;
	if (ipv6_hdr(skb)->hop_limit < READ_ONCE(us6_tcp_np(sk)->min_hopcount)) {
		__NET_INC_STATS(net, LINUX_MIB_TCPMINTTLDROP);
		return;
	}
	/* RFC 5927 section 4.1: of what is in flight. */
	fastopen = rcu_dereference(tcp_sk(sk)->fastopen_rsk);
	snd_una = fastopen ? tcp_rsk(fastopen)->snt_isn : tcp_sk(sk)->snd_una;
	if (sk->sk_state != TCP_LISTEN &&
	    !between(ntohl(th->seq), snd_una, tcp_sk(sk)->snd_nxt)) {
		__NET_INC_STATS(net, LINUX_MIB_OUTOFWINDOWICMPS);
		return;
	}
	if (type == NDISC_REDIRECT)
		us6_tcp_err_redirect(sk, skb);
	else if (type == ICMPV6_PKT_TOOBIG)
		us6_tcp_err_too_big(sk, ntohl(info));
	else
		us6_tcp_err_report(sk, skb, th, type, code, info, fastopen);
}

int us6_tcp_err(struct sk_buff *skb, struct inet6_skb_parm *opt, u8 type,
		u8 code, int offset, __be32 info)
{
	const struct ipv6hdr *hdr = (const struct ipv6hdr *)skb->data;
	struct tcphdr *th = (struct tcphdr *)(skb->data + offset);
	struct net *net = dev_net(skb->dev);
	struct sock *sk;
	int err;

	sk = __inet6_lookup_established(net, us6_tcp_hash(net), &hdr->daddr,
					th->dest, &hdr->saddr,
					ntohs(th->source), skb->dev->ifindex,
					inet6_sdif(skb));
	if (!sk) {
		__ICMP6_INC_STATS(net, __in6_dev_get(skb->dev),
				  ICMP6_MIB_INERRORS);
		return -ENOENT;
	}
	if (sk->sk_state == TCP_TIME_WAIT) {
		inet_twsk_put(inet_twsk(sk));
		return 0;
	}
	if (sk->sk_state == TCP_NEW_SYN_RECV) {
		/* Puts it. */
		tcp_req_err(sk, ntohl(th->seq),
			    us6_icmp_err_convert(type, code, &err));
		return 0;
	}
	bh_lock_sock(sk);
	us6_tcp_err_locked(sk, skb, th, type, code, info);
	bh_unlock_sock(sk);
	sock_put(sk);
	return 0;
}
