// SPDX-License-Identifier: GPL-2.0
/*
 * us6: active open.
 */
#include <linux/bpf-cgroup.h>
#include <linux/security.h>
#include <net/inet_ecn.h>
#include <net/us6/route.h>
#include "sock.h"
#include "tcp.h"

int us6_tcp_pre_connect(struct sock *sk, struct sockaddr *uaddr, int addr_len)
{
	if (addr_len < SIN6_LEN_RFC2133)
		return -EINVAL;
	sock_owned_by_me(sk);
	return US6_BPF_SA(sk, uaddr, &addr_len, CGROUP_INET6_CONNECT);
}

void us6_tcp_set_mapped(struct sock *sk, bool mapped)
{
	/* getsockopt() reads it without the socket lock. */
	WRITE_ONCE(inet_csk(sk)->icsk_af_ops,
		   mapped ? &us6_tcp_mapped_ops : &us6_tcp_native_ops);
	sk->sk_backlog_rcv = mapped ? tcp_v4_do_rcv : us6_tcp_do_rcv;
#ifdef CONFIG_TCP_MD5SIG
	tcp_sk(sk)->af_specific = mapped ? &us6_tcp_mapped_md5_ops :
					   &us6_tcp_native_md5_ops;
#endif
}

/* The destination that is meant, and the interface if it needs one. */
static int us6_tcp_check_peer(struct sock *sk, struct sockaddr_in6 *sin6,
			      int addr_len)
{
	int type;

	/* "Any" means this host (RFC 3493 leaves it to us, BSD has it so). */
	if (ipv6_addr_any(&sin6->sin6_addr)) {
		if (ipv6_addr_v4mapped(&sk->sk_v6_rcv_saddr))
			ipv6_addr_set_v4mapped(htonl(INADDR_LOOPBACK),
					       &sin6->sin6_addr);
		else
			sin6->sin6_addr = in6addr_loopback;
	}
	type = ipv6_addr_type(&sin6->sin6_addr);
	if (type & IPV6_ADDR_MULTICAST)
		return -ENETUNREACH;
	if (!(type & IPV6_ADDR_LINKLOCAL))
		return 0;

	/* RFC 4007 section 6: a link-local address needs its zone. */
	if (addr_len >= sizeof(*sin6) && sin6->sin6_scope_id) {
		if (!sk_dev_equal_l3scope(sk, sin6->sin6_scope_id))
			return -EINVAL;
		sk->sk_bound_dev_if = sin6->sin6_scope_id;
	}
	return sk->sk_bound_dev_if ? 0 : -EINVAL;
}

static int us6_tcp_connect_mapped(struct sock *sk,
				  const struct sockaddr_in6 *sin6)
{
	struct inet_connection_sock *icsk = inet_csk(sk);
	u16 ext_hdr_len = icsk->icsk_ext_hdr_len;
	struct sockaddr_in sin = {
		.sin_family	 = AF_INET,
		.sin_port	 = sin6->sin6_port,
		.sin_addr.s_addr = sin6->sin6_addr.s6_addr32[3],
	};
	int err;

	if (ipv6_only_sock(sk))
		return -ENETUNREACH;

	us6_tcp_set_mapped(sk, true);
	err = tcp_v4_connect(sk, (struct sockaddr *)&sin, sizeof(sin));
	if (!err) {
		us6_tcp_np(sk)->saddr = sk->sk_v6_rcv_saddr;
		return 0;
	}
	us6_tcp_set_mapped(sk, false);
	icsk->icsk_ext_hdr_len = ext_hdr_len;
	inet_sk(sk)->inet_dport = 0;
	sk->sk_route_caps = 0;
	return err;
}

/* Route, and source address unless the socket is bound to one. */
static int us6_tcp_route(struct sock *sk, const struct sockaddr_in6 *sin6)
{
	struct inet_connection_sock *icsk = inet_csk(sk);
	struct ipv6_pinfo *np = us6_tcp_np(sk);
	struct inet_sock *inet = inet_sk(sk);
	struct in6_addr *final_p, final;
	struct ipv6_txoptions *opt;
	struct flowi6 fl6 = {
		.flowi6_proto	= IPPROTO_TCP,
		.daddr		= sk->sk_v6_daddr,
		.saddr		= ipv6_addr_any(&sk->sk_v6_rcv_saddr) ?
				  np->saddr : sk->sk_v6_rcv_saddr,
		.flowlabel	= ip6_make_flowinfo(np->tclass, np->flow_label),
		.flowi6_oif	= sk->sk_bound_dev_if,
		.flowi6_mark	= READ_ONCE(sk->sk_mark),
		.fl6_dport	= sin6->sin6_port,
		.fl6_sport	= inet->inet_sport,
		.flowi6_uid	= sk->sk_uid,
	};
	struct dst_entry *dst;
	int err;

	opt = rcu_dereference_protected(np->opt, lockdep_sock_is_held(sk));
	final_p = fl6_update_dst(&fl6, opt, &final);
	security_sk_classify_flow(sk, flowi6_to_flowi_common(&fl6));
	dst = us6_dst_lookup_flow(sock_net(sk), sk, &fl6, final_p);
	if (IS_ERR(dst))
		return PTR_ERR(dst);

	if (ipv6_addr_any(&sk->sk_v6_rcv_saddr)) {
		err = inet_bhash2_update_saddr(sk, &fl6.saddr, AF_INET6);
		if (err) {
			dst_release(dst);
			return err;
		}
	}
	np->saddr = fl6.saddr;
	/* What IPv4's code sees of the socket. */
	inet->inet_rcv_saddr = LOOPBACK4_IPV6;
	sk->sk_gso_type = SKB_GSO_TCPV6;
	us6_sk_dst_store(sk, dst, &fl6);
	icsk->icsk_ext_hdr_len = opt ? opt->opt_flen + opt->opt_nflen : 0;
	return 0;
}

/* First sequence number and timestamp offset, RFC 6528 and RFC 7323 5.4. */
static void us6_tcp_choose_isn(struct sock *sk)
{
	struct tcp_sock *tp = tcp_sk(sk);
	union tcp_seq_and_ts_off st;

	if (tp->repair)
		return;
	st = secure_tcpv6_seq_and_ts_off(sock_net(sk),
					 us6_tcp_np(sk)->saddr.s6_addr32,
					 sk->sk_v6_daddr.s6_addr32,
					 inet_sk(sk)->inet_sport,
					 inet_sk(sk)->inet_dport);
	if (!tp->write_seq)
		WRITE_ONCE(tp->write_seq, st.seq);
	tp->tsoffset = st.ts_off;
}

static int us6_tcp_start(struct sock *sk, __be16 dport)
{
	struct tcp_sock *tp = tcp_sk(sk);
	int err;

	tp->rx_opt.mss_clamp = IPV6_MIN_MTU - sizeof(struct tcphdr) -
			       sizeof(struct ipv6hdr);
	inet_sk(sk)->inet_dport = dport;
	tcp_set_state(sk, TCP_SYN_SENT);
	err = inet6_hash_connect(&sock_net(sk)->ipv4.tcp_death_row, sk);
	if (err)
		goto fail;
	sk_set_txhash(sk);
	us6_tcp_choose_isn(sk);
	if (tcp_fastopen_defer_connect(sk, &err))
		return err;
	if (!err)
		err = tcp_connect(sk);
	if (!err)
		return 0;
fail:
	tcp_set_state(sk, TCP_CLOSE);
	inet_bhash2_reset_saddr(sk);
	return err;
}

int us6_tcp_connect(struct sock *sk, struct sockaddr *uaddr, int addr_len)
{
	struct sockaddr_in6 *sin6 = (struct sockaddr_in6 *)uaddr;
	struct tcp_sock *tp = tcp_sk(sk);
	__be32 label = 0;
	int err;

	if (addr_len < SIN6_LEN_RFC2133)
		return -EINVAL;
	if (sin6->sin6_family != AF_INET6)
		return -EAFNOSUPPORT;
	if (inet6_test_bit(SNDFLOW, sk)) {
		label = sin6->sin6_flowinfo & IPV6_FLOWINFO_MASK;
		IP6_ECN_flow_init(label);
	}
	err = us6_tcp_check_peer(sk, sin6, addr_len);
	if (err)
		return err;

	/* What was learnt of another peer doesn't hold for this one. */
	if (tp->rx_opt.ts_recent_stamp &&
	    !ipv6_addr_equal(&sk->sk_v6_daddr, &sin6->sin6_addr)) {
		tp->rx_opt.ts_recent = 0;
		tp->rx_opt.ts_recent_stamp = 0;
		WRITE_ONCE(tp->write_seq, 0);
	}
	sk->sk_v6_daddr = sin6->sin6_addr;
	us6_tcp_np(sk)->flow_label = label;
	if (ipv6_addr_v4mapped(&sin6->sin6_addr))
		return us6_tcp_connect_mapped(sk, sin6);

	/* It may have spoken IPv4 before it was disconnected. */
	if (inet_csk(sk)->icsk_af_ops == &us6_tcp_mapped_ops)
		us6_tcp_set_mapped(sk, false);
	err = us6_tcp_route(sk, sin6);
	if (!err)
		err = us6_tcp_start(sk, sin6->sin6_port);
	if (err) {
		inet_sk(sk)->inet_dport = 0;
		sk->sk_route_caps = 0;
	}
	return err;
}
