// SPDX-License-Identifier: GPL-2.0
/*
 * us6: SYN cookies, in the kernel's own format, so that nf_synproxy and BPF,
 * which make and check them too, agree with us.
 */
#include <linux/security.h>
#include <net/us6/route.h>
#include "tcp.h"

#ifdef CONFIG_SYN_COOKIES
/* Options of the SYN, which our own SYN-ACK's timestamp carries. */
static bool us6_cookie_options(const struct net *net, struct sk_buff *skb,
			       struct tcp_options_received *opt, u32 *tsoff)
{
	union tcp_seq_and_ts_off st;

	memset(opt, 0, sizeof(*opt));
	tcp_parse_options(net, skb, opt, 0, NULL);
	*tsoff = 0;
	if (opt->saw_tstamp && opt->rcv_tsecr) {
		st = secure_tcpv6_seq_and_ts_off(net,
						 ipv6_hdr(skb)->daddr.s6_addr32,
						 ipv6_hdr(skb)->saddr.s6_addr32,
						 tcp_hdr(skb)->dest,
						 tcp_hdr(skb)->source);
		*tsoff = st.ts_off;
		opt->rcv_tsecr -= *tsoff;
	}
	return cookie_timestamp_decode(net, opt);
}

static void us6_cookie_addresses(struct sock *sk, struct sk_buff *skb,
				 struct request_sock *req)
{
	struct inet_request_sock *ireq = inet_rsk(req);

	ireq->ir_v6_rmt_addr = ipv6_hdr(skb)->saddr;
	ireq->ir_v6_loc_addr = ipv6_hdr(skb)->daddr;
	if (!sk->sk_bound_dev_if &&
	    ipv6_addr_type(&ireq->ir_v6_rmt_addr) & IPV6_ADDR_LINKLOCAL)
		ireq->ir_iif = us6_tcp_iif(skb);
}

/* The window that the SYN-ACK would have offered. */
static void us6_cookie_window(struct sock *sk, struct request_sock *req,
			      const struct dst_entry *dst)
{
	struct inet_request_sock *ireq = inet_rsk(req);
	int space = tcp_full_space(sk);
	u8 wscale;

	req->rsk_window_clamp = READ_ONCE(tcp_sk(sk)->window_clamp) ?:
				dst_metric(dst, RTAX_WINDOW);
	if (sk->sk_userlocks & SOCK_RCVBUF_LOCK &&
	    (req->rsk_window_clamp > space || !req->rsk_window_clamp))
		req->rsk_window_clamp = space;
	tcp_select_initial_window(sk, space, req->mss, &req->rsk_rcv_wnd,
				  &req->rsk_window_clamp, ireq->wscale_ok,
				  &wscale, dst_metric(dst, RTAX_INITRWND));
	ireq->rcv_wscale = wscale;
}

static struct sock *us6_cookie_accept(struct sock *sk, struct sk_buff *skb, int mss,
				      struct tcp_options_received *opt, u32 tsoff)
{
	struct net *net = sock_net(sk);
	struct request_sock *req;
	struct dst_entry *dst;
	struct flowi6 fl6;

	req = us6_cookie_reqsk(&us6_tcp_reqsk_ops, &us6_tcp_reqsk_af_ops, sk,
			       skb, opt, mss, tsoff);
	if (!req)
		return NULL;
	us6_cookie_addresses(sk, skb, req);
	if (security_inet_conn_request(sk, skb, req))
		goto free;
	if (us6_tcp_wants_pktoptions(sk, skb)) {
		refcount_inc(&skb->users);
		inet_rsk(req)->pktopts = skb;
	}
	dst = us6_csk_route_req(sk, &fl6, req, IPPROTO_TCP);
	if (!dst)
		goto free;
	us6_cookie_window(sk, req, dst);
	us6_cookie_ecn(inet_rsk(req), opt, net, dst);
	return us6_cookie_child(sk, skb, req, dst, tsoff);

free:
	reqsk_free(req);
	return NULL;
}
#endif

struct sock *us6_tcp_cookie_check(struct sock *sk, struct sk_buff *skb)
{
#ifdef CONFIG_SYN_COOKIES
	const struct tcphdr *th = tcp_hdr(skb);
	struct tcp_options_received opt;
	struct net *net = sock_net(sk);
	u32 tsoff;
	int mss;

	if (th->syn || !th->ack || th->rst ||
	    !READ_ONCE(net->ipv4.sysctl_tcp_syncookies) ||
	    tcp_synq_no_recent_overflow(sk))
		return sk;
	mss = us6_cookie_mss(skb);
	if (!mss) {
		__NET_INC_STATS(net, LINUX_MIB_SYNCOOKIESFAILED);
		return sk;
	}
	__NET_INC_STATS(net, LINUX_MIB_SYNCOOKIESRECV);
	if (!us6_cookie_options(net, skb, &opt, &tsoff))
		return sk;
	return us6_cookie_accept(sk, skb, mss, &opt, tsoff);
#else
	return sk;
#endif
}
