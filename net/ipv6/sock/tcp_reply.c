// SPDX-License-Identifier: GPL-2.0
/*
 * us6: segments that answer without a full socket: resets, and the
 * acknowledgements of time-wait and request sockets.
 */
#include <linux/security.h>
#include <net/l3mdev.h>
#include <net/us6/path.h>
#include <net/us6/route.h>
#include "sock.h"
#include "tcp.h"

struct us6_tcp_reply {
	u32	seq;
	u32	ack;
	u32	tsval;
	u32	tsecr;		/* 0: without timestamps */
	u32	win;		/* as in the header */
	u32	txhash;		/* 0: none */
	u32	priority;
	__be32	label;
	int	oif;
	u8	tclass;
	bool	rst;
};

/*
 * The sender of such segments: one a namespace, of a proto without owner, since
 * a socket made by the family would hold our own module for ever.
 */
static struct proto us6_tcp_control_prot = {
	.name		= "US6CTL",
	.obj_size	= sizeof(struct raw6_sock),
};

int us6_tcp_reply_net_init(struct net *net)
{
	struct sock *sk;

	sk = sk_alloc(net, PF_INET6, GFP_KERNEL, &us6_tcp_control_prot, 1);
	if (!sk)
		return -ENOMEM;
	sock_init_data(NULL, sk);
	sk->sk_type = SOCK_RAW;
	sk->sk_protocol = IPPROTO_TCP;
	sk->sk_allocation = GFP_ATOMIC;
	us6_sock_init_pinfo(sk, &((struct raw6_sock *)sk)->inet6);
	inet_sk(sk)->pinet6 = &((struct raw6_sock *)sk)->inet6;
	net->ipv6.tcp_sk = sk;
	return 0;
}

void us6_tcp_reply_net_exit(struct net *net)
{
	struct sock *sk = net->ipv6.tcp_sk;

	net->ipv6.tcp_sk = NULL;
	sk_free(sk);
}

static struct sk_buff *us6_tcp_reply_build(const struct sk_buff *skb,
					   const struct us6_tcp_reply *r)
{
	unsigned int len = sizeof(struct tcphdr);
	const struct tcphdr *th = tcp_hdr(skb);
	struct sk_buff *reply;
	struct tcphdr *t;
	__be32 *opt;

	if (r->tsecr)
		len += TCPOLEN_TSTAMP_ALIGNED;
	reply = alloc_skb(MAX_TCP_HEADER, GFP_ATOMIC);
	if (!reply)
		return NULL;
	skb_reserve(reply, MAX_TCP_HEADER);
	t = skb_push(reply, len);
	skb_reset_transport_header(reply);
	memset(t, 0, len);
	t->source = th->dest;
	t->dest = th->source;
	t->doff = len / 4;
	t->seq = htonl(r->seq);
	t->ack_seq = htonl(r->ack);
	/* RFC 9293 section 3.10.7.1: a reset takes its number from an ACK. */
	t->ack = !r->rst || !th->ack;
	t->rst = r->rst;
	t->window = htons(r->win);
	if (r->tsecr) {
		opt = (__be32 *)(t + 1);
		*opt++ = htonl(TCPOPT_NOP << 24 | TCPOPT_NOP << 16 |
			       TCPOPT_TIMESTAMP << 8 | TCPOLEN_TIMESTAMP);
		*opt++ = htonl(r->tsval);
		*opt++ = htonl(r->tsecr);
	}
	reply->ip_summed = CHECKSUM_PARTIAL;
	__tcp_v6_send_check(reply, &ipv6_hdr(skb)->daddr, &ipv6_hdr(skb)->saddr);
	return reply;
}

static int us6_tcp_reply_oif(const struct net *net, const struct sk_buff *skb,
			     int oif)
{
	if (oif)
		return oif;
	if (rt6_need_strict(&ipv6_hdr(skb)->saddr))
		return us6_tcp_iif(skb);
	return netif_index_is_l3_master((struct net *)net, skb->skb_iif) ?
	       skb->skb_iif : 0;
}

static u32 us6_tcp_reply_mark(const struct net *net, const struct sock *sk,
			      const struct sk_buff *skb)
{
	u32 mark = IP6_REPLY_MARK(net, skb->mark);

	if (mark || !sk)
		return mark;
	return sk->sk_state == TCP_TIME_WAIT ? inet_twsk(sk)->tw_mark :
					       READ_ONCE(sk->sk_mark);
}

/* @skb: the segment answered, cb as TCP has it; not consumed. */
static void us6_tcp_reply(struct net *net, const struct sock *sk,
			  struct sk_buff *skb, const struct us6_tcp_reply *r)
{
	const struct sock *full = sk && sk_fullsock(sk) ? sk : NULL;
	struct sock *ctl = net->ipv6.tcp_sk;
	struct dst_entry *dst;
	struct sk_buff *reply;
	struct flowi6 fl6;

	reply = us6_tcp_reply_build(skb, r);
	if (!reply)
		return;
	memset(&fl6, 0, sizeof(fl6));
	fl6.daddr = ipv6_hdr(skb)->saddr;
	fl6.saddr = ipv6_hdr(skb)->daddr;
	fl6.flowlabel = r->label;
	fl6.flowi6_proto = IPPROTO_TCP;
	fl6.flowi6_oif = us6_tcp_reply_oif(net, skb, r->oif);
	fl6.flowi6_mark = us6_tcp_reply_mark(net, sk, skb);
	fl6.fl6_sport = tcp_hdr(reply)->source;
	fl6.fl6_dport = tcp_hdr(reply)->dest;
	fl6.flowi6_uid = sock_net_uid(net, (struct sock *)full);
	security_skb_classify_flow(skb, flowi6_to_flowi_common(&fl6));
	if (r->txhash)
		skb_set_hash(reply, r->txhash, PKT_HASH_TYPE_L4);

	dst = us6_dst_lookup_flow(net, full ?: ctl, &fl6, NULL);
	if (IS_ERR(dst)) {
		kfree_skb(reply);
		return;
	}
	skb_dst_set(reply, dst);
	us6_xmit(ctl, reply, &fl6, fl6.flowi6_mark, NULL,
		 r->tclass & ~INET_ECN_MASK, r->priority);
	TCP_INC_STATS(net, TCP_MIB_OUTSEGS);
	if (r->rst)
		TCP_INC_STATS(net, TCP_MIB_OUTRSTS);
}

void us6_tcp_send_reset(const struct sock *sk, struct sk_buff *skb)
{
	const struct ipv6hdr *hdr = ipv6_hdr(skb);
	const struct tcphdr *th = tcp_hdr(skb);
	struct us6_tcp_reply r = {
		.rst	= true,
		.tclass	= ipv6_get_dsfield(hdr),
	};
	struct net *net;

	if (th->rst)
		return;
	/* With a socket the route in was right, and may be gone by now. */
	if (!sk && !ipv6_unicast_destination(skb))
		return;
	net = sk ? sock_net(sk) : dev_net(skb_dst(skb)->dev);

	if (th->ack)
		r.seq = ntohl(th->ack_seq);
	else
		r.ack = ntohl(th->seq) + th->syn + th->fin + skb->len -
			(th->doff << 2);
	if (!sk) {
		if (net->ipv6.sysctl.flowlabel_reflect &
		    FLOWLABEL_REFLECT_TCP_RESET)
			r.label = ip6_flowlabel(hdr);
	} else if (sk->sk_state == TCP_TIME_WAIT) {
		r.label = cpu_to_be32(inet_twsk(sk)->tw_flowlabel);
		r.priority = inet_twsk(sk)->tw_priority;
		r.txhash = inet_twsk(sk)->tw_txhash;
	} else if (sk_fullsock(sk)) {
		if (inet6_test_bit(REPFLOW, sk))
			r.label = ip6_flowlabel(hdr);
		r.priority = READ_ONCE(sk->sk_priority);
		r.txhash = sk->sk_txhash;
	}
	if (sk)
		r.oif = sk->sk_bound_dev_if;
	us6_tcp_reply(net, sk, skb, &r);
}

void us6_tcp_timewait_ack(struct inet_timewait_sock *tw, struct sk_buff *skb)
{
	struct tcp_timewait_sock *tcptw = tcp_twsk((struct sock *)tw);
	struct us6_tcp_reply r = {
		.seq		= tcptw->tw_snd_nxt,
		.ack		= tcptw->tw_rcv_nxt,
		.win		= tcptw->tw_rcv_wnd >> tw->tw_rcv_wscale,
		.tsval		= us6_tcp_tw_tsval(tcptw),
		.tsecr		= READ_ONCE(tcptw->tw_ts_recent),
		.oif		= tw->tw_bound_dev_if,
		.tclass		= tw->tw_tclass,
		.label		= cpu_to_be32(tw->tw_flowlabel),
		.priority	= tw->tw_priority,
		.txhash		= tw->tw_txhash,
	};

	us6_tcp_reply(twsk_net(tw), (struct sock *)tw, skb, &r);
	inet_twsk_put(tw);
}

void us6_tcp_reqsk_send_ack(const struct sock *sk, struct sk_buff *skb,
			    struct request_sock *req)
{
	const struct tcp_request_sock *treq = tcp_rsk(req);
	struct us6_tcp_reply r = {
		/* Of a listener, or of a Fast Open child. */
		.seq		= sk->sk_state == TCP_LISTEN ?
				  treq->snt_isn + 1 : tcp_sk(sk)->snd_nxt,
		.ack		= treq->rcv_nxt,
		/* RFC 7323 section 2.3: only a SYN's window isn't scaled. */
		.win		= req->rsk_rcv_wnd >> inet_rsk(req)->rcv_wscale,
		.tsval		= us6_tcp_req_tsval(treq),
		.tsecr		= READ_ONCE(req->ts_recent),
		.oif		= sk->sk_bound_dev_if,
		.tclass		= ipv6_get_dsfield(ipv6_hdr(skb)),
		.priority	= READ_ONCE(sk->sk_priority),
		.txhash		= READ_ONCE(treq->txhash),
	};

	us6_tcp_reply(sock_net(sk), sk, skb, &r);
}

void us6_tcp_reqsk_send_reset(const struct sock *sk,
			      struct sk_buff *skb US6_RST_REASON_PARAM)
{
	us6_tcp_send_reset(sk, skb);
}
