/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The TCP engine's interface, where kernels differ.  To be included after
 * nothing else: it brings <net/us6/resolved.h>, whose names may be macros.
 */
#ifndef _US6_COMPAT_TCP_ENGINE_H
#define _US6_COMPAT_TCP_ENGINE_H

#include <linux/version.h>
#include <net/us6/resolved.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 8, 0)

/* request_sock_ops.send_reset and tcp_request_sock_ops.route_req */
#define US6_RST_REASON_PARAM
#define US6_TW_ISN_PARAM

/* Initialisers of members that came or went. */
#define US6_AF_OPS_FRAG_HEADER		.net_frag_header_len = sizeof(struct frag_hdr),
#define US6_TWSK_UNIQUE			.twsk_unique = tcp_twsk_unique,
#define us6_tcp_prot_splice(prot)	((prot)->sendpage = tcp_sendpage)

static inline u32 us6_tcp_tw_tsval(const struct tcp_timewait_sock *tw)
{
	return tcp_time_stamp_raw() + tw->tw_ts_offset;
}

static inline u32 us6_tcp_req_tsval(const struct tcp_request_sock *req)
{
	return tcp_time_stamp_raw() + req->ts_off;
}

static inline enum tcp_tw_status
us6_tcp_timewait(struct inet_timewait_sock *tw, struct sk_buff *skb,
		 const struct tcphdr *th, u32 *isn)
{
	enum tcp_tw_status status = tcp_timewait_state_process(tw, skb, th);

	*isn = TCP_SKB_CB(skb)->tcp_tw_isn;
	return status;
}

static inline int us6_cookie_mss(const struct sk_buff *skb)
{
	const struct tcphdr *th = tcp_hdr(skb);

	return __cookie_v6_check(ipv6_hdr(skb), th, ntohl(th->ack_seq) - 1);
}

static inline struct request_sock *
us6_cookie_reqsk(struct request_sock_ops *ops,
		 const struct tcp_request_sock_ops *af_ops, struct sock *sk,
		 struct sk_buff *skb, const struct tcp_options_received *opt,
		 int mss, u32 tsoff)
{
	const struct tcphdr *th = tcp_hdr(skb);
	struct inet_request_sock *ireq;
	struct tcp_request_sock *treq;
	struct request_sock *req;

	req = cookie_tcp_reqsk_alloc(ops, af_ops, sk, skb);
	if (!req)
		return NULL;
	req->mss = mss;
	req->num_retrans = 0;
	req->ts_recent = opt->saw_tstamp ? opt->rcv_tsval : 0;
	ireq = inet_rsk(req);
	ireq->ir_rmt_port = th->source;
	ireq->ir_num = ntohs(th->dest);
	ireq->ir_iif = inet_request_bound_dev_if(sk, skb);
	ireq->ir_mark = inet_request_mark(sk, skb);
	ireq->snd_wscale = opt->snd_wscale;
	ireq->sack_ok = opt->sack_ok;
	ireq->wscale_ok = opt->wscale_ok;
	ireq->tstamp_ok = opt->saw_tstamp;
	if (IS_ENABLED(CONFIG_SMC))
		ireq->smc_ok = 0;
	treq = tcp_rsk(req);
	treq->tfo_listener = false;
	treq->snt_synack = 0;
	treq->rcv_isn = ntohl(th->seq) - 1;
	treq->snt_isn = ntohl(th->ack_seq) - 1;
	treq->ts_off = 0;
	treq->txhash = net_tx_rndhash();
	return req;
}

static inline void us6_cookie_ecn(struct inet_request_sock *ireq,
				  const struct tcp_options_received *opt,
				  const struct net *net,
				  const struct dst_entry *dst)
{
	ireq->ecn_ok = cookie_ecn_ok(opt, net, dst);
}

static inline struct sock *us6_cookie_child(struct sock *sk,
					    struct sk_buff *skb,
					    struct request_sock *req,
					    struct dst_entry *dst, u32 tsoff)
{
	return tcp_get_cookie_sock(sk, skb, req, dst, tsoff);
}

#else

#define US6_RST_REASON_PARAM		, enum sk_rst_reason reason
#define US6_TW_ISN_PARAM		, u32 tw_isn

#define US6_AF_OPS_FRAG_HEADER
#define US6_TWSK_UNIQUE
#define us6_tcp_prot_splice(prot)	\
	((prot)->splice_eof = us6_stock_fn(tcp_splice_eof))

static inline u32 us6_tcp_tw_tsval(const struct tcp_timewait_sock *tw)
{
	return tcp_tw_tsval(tw);
}

static inline u32 us6_tcp_req_tsval(const struct tcp_request_sock *req)
{
	return tcp_rsk_tsval(req);
}

static inline enum tcp_tw_status
us6_tcp_timewait(struct inet_timewait_sock *tw, struct sk_buff *skb,
		 const struct tcphdr *th, u32 *isn)
{
	return tcp_timewait_state_process(tw, skb, th, isn);
}

static inline int us6_cookie_mss(const struct sk_buff *skb)
{
	return __cookie_v6_check(ipv6_hdr(skb), tcp_hdr(skb));
}

static inline struct request_sock *
us6_cookie_reqsk(struct request_sock_ops *ops,
		 const struct tcp_request_sock_ops *af_ops, struct sock *sk,
		 struct sk_buff *skb, struct tcp_options_received *opt,
		 int mss, u32 tsoff)
{
	return cookie_tcp_reqsk_alloc(ops, sk, skb, opt, mss, tsoff);
}

static inline void us6_cookie_ecn(struct inet_request_sock *ireq,
				  const struct tcp_options_received *opt,
				  const struct net *net,
				  const struct dst_entry *dst)
{
	ireq->ecn_ok &= cookie_ecn_ok(net, dst);
}

static inline struct sock *us6_cookie_child(struct sock *sk,
					    struct sk_buff *skb,
					    struct request_sock *req,
					    struct dst_entry *dst, u32 tsoff)
{
	return tcp_get_cookie_sock(sk, skb, req, dst);
}

#endif

#endif
