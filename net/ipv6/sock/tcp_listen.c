// SPDX-License-Identifier: GPL-2.0
/*
 * us6: passive open: from a SYN to a child socket.
 *
 * A listener without IPV6_V6ONLY hears IPv4 too: a segment's protocol tells
 * which, and the stock IPv4 functions then do the work.
 */
#include <linux/security.h>
#include <net/inet_ecn.h>
#include <net/us6/path.h>
#include <net/us6/route.h>
#include "sock.h"
#include "tcp.h"

bool us6_tcp_wants_pktoptions(const struct sock *sk, const struct sk_buff *skb)
{
	const struct ipv6_pinfo *np = us6_tcp_np(sk);

	return ipv6_opt_accepted(sk, skb, &TCP_SKB_CB(skb)->header.h6) ||
	       np->rxopt.bits.rxinfo || np->rxopt.bits.rxoinfo ||
	       np->rxopt.bits.rxhlim || np->rxopt.bits.rxohlim ||
	       inet6_test_bit(REPFLOW, sk);
}

static void us6_tcp_init_req(struct request_sock *req, const struct sock *sk,
			     struct sk_buff *skb)
{
	struct inet_request_sock *ireq = inet_rsk(req);

	ireq->ir_v6_rmt_addr = ipv6_hdr(skb)->saddr;
	ireq->ir_v6_loc_addr = ipv6_hdr(skb)->daddr;
	/* Link-local addresses mean nothing without their interface. */
	if ((!sk->sk_bound_dev_if || netif_index_is_l3_master(sock_net(sk), sk->sk_bound_dev_if)) &&
	    ipv6_addr_type(&ireq->ir_v6_rmt_addr) & IPV6_ADDR_LINKLOCAL)
		ireq->ir_iif = us6_tcp_iif(skb);

	if (!TCP_SKB_CB(skb)->tcp_tw_isn && us6_tcp_wants_pktoptions(sk, skb)) {
		refcount_inc(&skb->users);
		ireq->pktopts = skb;
	}
}

static struct dst_entry *us6_tcp_route_req(const struct sock *sk,
					   struct sk_buff *skb,
					   struct flowi *fl,
					   struct request_sock *req
					   US6_TW_ISN_PARAM)
{
	us6_tcp_init_req(req, sk, skb);
	if (security_inet_conn_request(sk, skb, req))
		return NULL;
	return us6_csk_route_req(sk, &fl->u.ip6, req, IPPROTO_TCP);
}

static union tcp_seq_and_ts_off us6_tcp_init_seq(const struct net *net,
						 const struct sk_buff *skb)
{
	return secure_tcpv6_seq_and_ts_off(net,
					   ipv6_hdr(skb)->daddr.s6_addr32,
					   ipv6_hdr(skb)->saddr.s6_addr32,
					   tcp_hdr(skb)->dest,
					   tcp_hdr(skb)->source);
}

#ifdef CONFIG_SYN_COOKIES
static u32 us6_tcp_cookie_init_seq(const struct sk_buff *skb, u16 *mss)
{
	return __cookie_v6_init_sequence(ipv6_hdr(skb), tcp_hdr(skb), mss);
}
#endif

static u8 us6_tcp_synack_tclass(const struct sock *sk,
				const struct request_sock *req)
{
	u8 tclass = us6_tcp_np(sk)->tclass;

	if (READ_ONCE(sock_net(sk)->ipv4.sysctl_tcp_reflect_tos))
		tclass = (tcp_rsk(req)->syn_tos & ~INET_ECN_MASK) |
			 (tclass & INET_ECN_MASK);
	if (!INET_ECN_is_capable(tclass) &&
	    tcp_bpf_ca_needs_ecn((struct sock *)req))
		tclass |= INET_ECN_ECT_0;
	return tclass;
}

static int us6_tcp_send_synack(const struct sock *sk, struct dst_entry *dst,
			       struct flowi *fl, struct request_sock *req,
			       struct tcp_fastopen_cookie *foc,
			       enum tcp_synack_type synack_type,
			       struct sk_buff *syn_skb)
{
	struct inet_request_sock *ireq = inet_rsk(req);
	struct flowi6 *fl6 = &fl->u.ip6;
	struct ipv6_txoptions *opt;
	struct sk_buff *skb;
	int err;

	if (!dst) {
		dst = us6_csk_route_req(sk, fl6, req, IPPROTO_TCP);
		if (!dst)
			return -ENOMEM;
	}
	/* Takes the dst. */
	skb = tcp_make_synack(sk, dst, req, foc, synack_type, syn_skb);
	if (!skb)
		return -ENOMEM;
	__tcp_v6_send_check(skb, &ireq->ir_v6_loc_addr, &ireq->ir_v6_rmt_addr);
	fl6->daddr = ireq->ir_v6_rmt_addr;
	if (inet6_test_bit(REPFLOW, sk) && ireq->pktopts)
		fl6->flowlabel = ip6_flowlabel(ipv6_hdr(ireq->pktopts));

	rcu_read_lock();
	opt = ireq->ipv6_opt ?: rcu_dereference(us6_tcp_np(sk)->opt);
	err = us6_xmit(sk, skb, fl6, skb->mark ?: READ_ONCE(sk->sk_mark), opt,
		       us6_tcp_synack_tclass(sk, req),
		       READ_ONCE(sk->sk_priority));
	rcu_read_unlock();
	return net_xmit_eval(err);
}

static void us6_tcp_reqsk_destructor(struct request_sock *req)
{
	kfree(inet_rsk(req)->ipv6_opt);
	consume_skb(inet_rsk(req)->pktopts);
}

/* rtx_syn_ack and syn_ack_timeout are set at load: they may not be constants. */
struct request_sock_ops us6_tcp_reqsk_ops = {
	.family		= AF_INET6,
	.obj_size	= sizeof(struct tcp6_request_sock),
	.send_ack	= us6_tcp_reqsk_send_ack,
	.send_reset	= us6_tcp_reqsk_send_reset,
	.destructor	= us6_tcp_reqsk_destructor,
};

struct tcp_request_sock_ops us6_tcp_reqsk_af_ops = {
	.mss_clamp		= IPV6_MIN_MTU - sizeof(struct tcphdr) -
				  sizeof(struct ipv6hdr),
#ifdef CONFIG_TCP_MD5SIG
	.req_md5_lookup		= us6_tcp_md5_lookup,
#endif
#ifdef CONFIG_SYN_COOKIES
	.cookie_init_seq	= us6_tcp_cookie_init_seq,
#endif
	.route_req		= us6_tcp_route_req,
	.init_seq_and_ts_off	= us6_tcp_init_seq,
	.send_synack		= us6_tcp_send_synack,
};

int us6_tcp_conn_request(struct sock *sk, struct sk_buff *skb)
{
	if (skb->protocol == htons(ETH_P_IP))
		return tcp_v4_conn_request(sk, skb);

	if (!ipv6_unicast_destination(skb)) {
		/* RFC 9293 section 3.9.2.3 (MUST-57): no answer. */
		tcp_listendrop(sk);
		return 0;
	}
	/* RFC 4942 section 2.2: no mapped address on the wire. */
	if (ipv6_addr_v4mapped(&ipv6_hdr(skb)->saddr)) {
		__IP6_INC_STATS(sock_net(sk), NULL, IPSTATS_MIB_INHDRERRORS);
		return 0;
	}
	return tcp_conn_request(&us6_tcp_reqsk_ops, &us6_tcp_reqsk_af_ops, sk,
				skb);
}

/* From tcp_v4_syn_recv_sock(), before anyone can see or free the child. */
static void us6_tcp_mapped_child_init(struct sock *newsk, const struct sock *sk)
{
	const struct inet_sock *inet = inet_sk(newsk);
	struct ipv6_pinfo *np;

	us6_sock_clone_pinfo(newsk, sk);
	us6_tcp_set_mapped(newsk, true);
	np = us6_tcp_np(newsk);
	np->saddr = newsk->sk_v6_rcv_saddr;
	np->mcast_oif = inet->mc_index;
	np->mcast_hops = inet->mc_ttl;
	np->rcv_flowinfo = 0;
	if (inet6_test_bit(REPFLOW, sk))
		np->flow_label = 0;
}

static void us6_tcp_child_addresses(struct sock *newsk, const struct sock *sk,
				    const struct sk_buff *skb,
				    const struct request_sock *req)
{
	const struct inet_request_sock *ireq = inet_rsk(req);
	struct ipv6_pinfo *np = us6_tcp_np(newsk);
	struct inet_sock *inet = inet_sk(newsk);

	newsk->sk_v6_daddr = ireq->ir_v6_rmt_addr;
	newsk->sk_v6_rcv_saddr = ireq->ir_v6_loc_addr;
	newsk->sk_bound_dev_if = ireq->ir_iif;
	np->saddr = ireq->ir_v6_loc_addr;
	/* What IPv4's code sees of the socket. */
	inet->inet_daddr = LOOPBACK4_IPV6;
	inet->inet_saddr = LOOPBACK4_IPV6;
	inet->inet_rcv_saddr = LOOPBACK4_IPV6;
	inet->inet_opt = NULL;

	/* What IPV6_2292PKTOPTIONS tells of the last segment. */
	np->mcast_oif = us6_tcp_iif(skb);
	np->mcast_hops = ipv6_hdr(skb)->hop_limit;
	np->rcv_flowinfo = ip6_flowinfo(ipv6_hdr(skb));
	if (inet6_test_bit(REPFLOW, sk))
		np->flow_label = ip6_flowlabel(ipv6_hdr(skb));
	if (READ_ONCE(sock_net(sk)->ipv4.sysctl_tcp_reflect_tos))
		np->tclass = tcp_rsk(req)->syn_tos & ~INET_ECN_MASK;
}

/* Extension headers: the request's own, else the listener's. */
static void us6_tcp_child_options(struct sock *newsk, const struct sock *sk,
				  const struct request_sock *req)
{
	struct ipv6_txoptions *opt = inet_rsk(req)->ipv6_opt;

	if (!opt)
		opt = rcu_dereference(us6_tcp_np(sk)->opt);
	if (opt) {
		opt = ipv6_dup_options(newsk, opt);
		RCU_INIT_POINTER(us6_tcp_np(newsk)->opt, opt);
	}
	inet_csk(newsk)->icsk_ext_hdr_len = opt ? opt->opt_nflen +
						  opt->opt_flen : 0;
}

static struct sock *us6_tcp_child(const struct sock *sk, struct sk_buff *skb,
				  struct request_sock *req,
				  struct dst_entry *dst)
{
	struct flowi6 fl6 = { .daddr = inet_rsk(req)->ir_v6_rmt_addr,
			      .saddr = inet_rsk(req)->ir_v6_loc_addr };
	struct tcp_sock *newtp;
	struct sock *newsk;

	newsk = tcp_create_openreq_child(sk, req, skb);
	if (!newsk)
		return NULL;
	us6_sock_clone_pinfo(newsk, sk);
	newsk->sk_gso_type = SKB_GSO_TCPV6;
	us6_tcp_rx_dst_set(newsk, skb);
	us6_tcp_child_addresses(newsk, sk, skb, req);
	/* Takes the dst. */
	us6_sk_dst_store(newsk, dst, &fl6);
	us6_tcp_child_options(newsk, sk, req);

	newtp = tcp_sk(newsk);
	tcp_ca_openreq_child(newsk, dst);
	tcp_sync_mss(newsk, dst_mtu(dst));
	newtp->advmss = tcp_mss_clamp(tcp_sk(sk), tcp_dst_advmss(dst));
	tcp_initialize_rcv_mss(newsk);
	return newsk;
}

/* The SYN's headers move to the child that owns the request. */
static void us6_tcp_child_pktoptions(struct sock *newsk, struct request_sock *req)
{
	struct inet_request_sock *ireq = inet_rsk(req);
	struct ipv6_pinfo *np = us6_tcp_np(newsk);

	if (!ireq->pktopts)
		return;
	np->pktoptions = skb_clone_and_charge_r(ireq->pktopts, newsk);
	consume_skb(ireq->pktopts);
	ireq->pktopts = NULL;
	if (np->pktoptions)
		us6_tcp_cb_restore(np->pktoptions);
}

struct sock *us6_tcp_syn_recv_sock(const struct sock *sk, struct sk_buff *skb,
				   struct request_sock *req,
				   struct dst_entry *dst,
				   struct request_sock *req_unhash,
				   bool *own_req,
				   void (*opt_child_init)(struct sock *newsk,
							  const struct sock *sk))
{
	bool found_dup_sk = false;
	struct sock *newsk;
	struct flowi6 fl6;

	if (skb->protocol == htons(ETH_P_IP))
		return tcp_v4_syn_recv_sock(sk, skb, req, dst, req_unhash,
					    own_req, us6_tcp_mapped_child_init);
	if (sk_acceptq_is_full(sk)) {
		__NET_INC_STATS(sock_net(sk), LINUX_MIB_LISTENOVERFLOWS);
		goto drop;
	}
	if (!dst) {
		dst = us6_csk_route_req(sk, &fl6, req, IPPROTO_TCP);
		if (!dst)
			goto drop;
	}
	newsk = us6_tcp_child(sk, skb, req, dst);
	if (!newsk)
		goto drop;
	dst = NULL;
	if (__inet_inherit_port(sk, newsk) < 0) {
		inet_csk_prepare_forced_close(newsk);
		tcp_done(newsk);
		goto drop;
	}
	*own_req = inet_ehash_nolisten(newsk, req_to_sk(req_unhash),
				       &found_dup_sk);
	if (*own_req) {
		tcp_move_syn(tcp_sk(newsk), req);
		us6_tcp_child_pktoptions(newsk, req);
	} else if (!req_unhash && found_dup_sk) {
		/* Two ACKs of one cookie: the other child is the connection. */
		__acquire(&newsk->sk_lock.slock);	/* the engine locked it */
		bh_unlock_sock(newsk);
		sock_put(newsk);
		newsk = NULL;
	}
	return newsk;

drop:
	dst_release(dst);
	tcp_listendrop(sk);
	return NULL;
}
