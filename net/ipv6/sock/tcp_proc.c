// SPDX-License-Identifier: GPL-2.0
/*
 * us6: /proc/net/tcp6.
 *
 * The walk is the engine's; a line has the stock stack's columns, which netstat
 * and lsof read.
 */
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <net/net_namespace.h>
#include "tcp.h"

/* What a line shows of any kind of socket. */
struct us6_tcp_line {
	const struct in6_addr	*src;
	const struct in6_addr	*dst;
	u16			sport;		/* host order */
	u16			dport;
	u8			state;
	u32			tx_queue;
	u32			rx_queue;
	u8			timer;
	unsigned long		expires;	/* clock ticks */
	u32			retransmits;
	kuid_t			uid;
	u32			timeout;
	unsigned long		ino;
	int			refs;
	const void		*sk;
};

static void us6_tcp_line(struct seq_file *seq, int slot,
			 const struct us6_tcp_line *l)
{
	const __be32 *s = l->src->s6_addr32, *d = l->dst->s6_addr32;

	seq_printf(seq,
		   "%4d: %08X%08X%08X%08X:%04X %08X%08X%08X%08X:%04X "
		   "%02X %08X:%08X %02X:%08lX %08X %5u %8d %lu %d %pK",
		   slot, (__force u32)s[0], (__force u32)s[1],
		   (__force u32)s[2], (__force u32)s[3], l->sport,
		   (__force u32)d[0], (__force u32)d[1], (__force u32)d[2],
		   (__force u32)d[3], l->dport, l->state, l->tx_queue,
		   l->rx_queue, l->timer, l->expires, l->retransmits,
		   from_kuid_munged(seq_user_ns(seq), l->uid), l->timeout,
		   l->ino, l->refs, l->sk);
}

static void us6_tcp_show_request(struct seq_file *seq, int slot,
				 const struct request_sock *req)
{
	const struct inet_request_sock *ireq = inet_rsk(req);
	long left = req->rsk_timer.expires - jiffies;
	struct us6_tcp_line l = {
		.src		= &ireq->ir_v6_loc_addr,
		.dst		= &ireq->ir_v6_rmt_addr,
		.sport		= ireq->ir_num,
		.dport		= ntohs(ireq->ir_rmt_port),
		.state		= TCP_SYN_RECV,
		.timer		= 1,
		.expires	= jiffies_to_clock_t(max(left, 0L)),
		.retransmits	= req->num_timeout,
		.uid		= sock_i_uid(req->rsk_listener),
		.sk		= req,
	};

	us6_tcp_line(seq, slot, &l);
}

static void us6_tcp_show_timewait(struct seq_file *seq, int slot,
				  const struct inet_timewait_sock *tw)
{
	struct us6_tcp_line l = {
		.src		= &tw->tw_v6_rcv_saddr,
		.dst		= &tw->tw_v6_daddr,
		.sport		= ntohs(tw->tw_sport),
		.dport		= ntohs(tw->tw_dport),
		.state		= READ_ONCE(tw->tw_substate),
		.timer		= 3,
		.expires	= jiffies_delta_to_clock_t(tw->tw_timer.expires -
							   jiffies),
		.uid		= GLOBAL_ROOT_UID,
		.refs		= refcount_read(&tw->tw_refcnt),
		.sk		= tw,
	};

	us6_tcp_line(seq, slot, &l);
}

/* Number and expiry of the timer that runs, as the kernel numbers them here. */
static u8 us6_tcp_timer(const struct inet_connection_sock *icsk,
			unsigned long *expires)
{
	switch (icsk->icsk_pending) {
	case ICSK_TIME_RETRANS:
	case ICSK_TIME_REO_TIMEOUT:
	case ICSK_TIME_LOSS_PROBE:
		*expires = icsk->icsk_timeout;
		return 1;
	case ICSK_TIME_PROBE0:
		*expires = icsk->icsk_timeout;
		return 4;
	}
	*expires = jiffies;
	if (!timer_pending(&icsk->icsk_keepalive_timer))
		return 0;
	*expires = icsk->icsk_keepalive_timer.expires;
	return 2;
}

static void us6_tcp_show_full(struct seq_file *seq, int slot, struct sock *sk)
{
	const struct inet_connection_sock *icsk = inet_csk(sk);
	const struct inet_sock *inet = inet_sk(sk);
	const struct tcp_sock *tp = tcp_sk(sk);
	int state = inet_sk_state_load(sk);
	unsigned long expires;
	struct us6_tcp_line l = {
		.src		= &sk->sk_v6_rcv_saddr,
		.dst		= &sk->sk_v6_daddr,
		.sport		= ntohs(inet->inet_sport),
		.dport		= ntohs(inet->inet_dport),
		.state		= state,
		.tx_queue	= READ_ONCE(tp->write_seq) - tp->snd_una,
		.timer		= us6_tcp_timer(icsk, &expires),
		.retransmits	= icsk->icsk_retransmits,
		.uid		= sock_i_uid(sk),
		.timeout	= icsk->icsk_probes_out,
		.ino		= sock_i_ino(sk),
		.refs		= refcount_read(&sk->sk_refcnt),
		.sk		= sk,
	};

	l.expires = jiffies_delta_to_clock_t(expires - jiffies);
	/* Unlocked, so a difference may be seen negative. */
	l.rx_queue = state == TCP_LISTEN ? READ_ONCE(sk->sk_ack_backlog) :
		     max_t(int, READ_ONCE(tp->rcv_nxt) -
				READ_ONCE(tp->copied_seq), 0);
	us6_tcp_line(seq, slot, &l);
	seq_printf(seq, " %lu %lu %u %u %d",
		   jiffies_to_clock_t(icsk->icsk_rto),
		   jiffies_to_clock_t(icsk->icsk_ack.ato),
		   icsk->icsk_ack.quick << 1 | inet_csk_in_pingpong_mode(sk),
		   tcp_snd_cwnd(tp),
		   state == TCP_LISTEN ?
		   icsk->icsk_accept_queue.fastopenq.max_qlen :
		   tcp_in_initial_slowstart(tp) ? -1 : (int)tp->snd_ssthresh);
}

static int us6_tcp_show(struct seq_file *seq, void *v)
{
	const struct tcp_iter_state *st = seq->private;
	struct sock *sk = v;

	if (v == SEQ_START_TOKEN) {
		seq_puts(seq, "  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n");
		return 0;
	}
	if (sk->sk_state == TCP_TIME_WAIT)
		us6_tcp_show_timewait(seq, st->num, v);
	else if (sk->sk_state == TCP_NEW_SYN_RECV)
		us6_tcp_show_request(seq, st->num, v);
	else
		us6_tcp_show_full(seq, st->num, sk);
	seq_putc(seq, '\n');
	return 0;
}

/* The walk is filled in at load, see <net/us6/resolved.h>. */
static struct seq_operations us6_tcp_seq_ops = {
	.show	= us6_tcp_show,
};

static struct tcp_seq_afinfo us6_tcp_seq_afinfo = {
	.family	= AF_INET6,
};

void us6_tcp_proc_init(void)
{
	us6_tcp_seq_ops.start = us6_stock_fn(tcp_seq_start);
	us6_tcp_seq_ops.next = us6_stock_fn(tcp_seq_next);
	us6_tcp_seq_ops.stop = us6_stock_fn(tcp_seq_stop);
}

int us6_tcp_proc_net_init(struct net *net)
{
	if (!proc_create_net_data("tcp6", 0444, net->proc_net,
				  &us6_tcp_seq_ops,
				  sizeof(struct tcp_iter_state),
				  &us6_tcp_seq_afinfo))
		return -ENOMEM;
	return 0;
}

void us6_tcp_proc_net_exit(struct net *net)
{
	remove_proc_entry("tcp6", net->proc_net);
}
