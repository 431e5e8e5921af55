/* SPDX-License-Identifier: GPL-2.0 */
/*
 * TCP over IPv6: what its files share.  The engine is the kernel's, shared with
 * IPv4; ours is how its segments are found, routed, checked and answered.
 */
#ifndef US6_SOCK_TCP_H
#define US6_SOCK_TCP_H

#include <linux/tcp.h>
#include <net/inet6_connection_sock.h>
#include <net/inet6_hashtables.h>
#include <net/ip6_checksum.h>
#include <net/ip6_route.h>
#include <net/us6/sock.h>
#include <us6/tcp_engine.h>

extern struct proto us6_tcp_prot;
extern struct request_sock_ops us6_tcp_reqsk_ops;
extern struct tcp_request_sock_ops us6_tcp_reqsk_af_ops;
/* Native connections, and those that speak IPv4 under an AF_INET6 socket. */
extern struct inet_connection_sock_af_ops us6_tcp_native_ops;
extern struct inet_connection_sock_af_ops us6_tcp_mapped_ops;
#ifdef CONFIG_TCP_MD5SIG
extern const struct tcp_sock_af_ops us6_tcp_native_md5_ops;
extern struct tcp_sock_af_ops us6_tcp_mapped_md5_ops;
/* No key: TCP_MD5SIG is not served. */
struct tcp_md5sig_key *us6_tcp_md5_lookup(const struct sock *sk,
					  const struct sock *addr_sk);
#endif

/* Without the pointer of inet6_sk(): the place is known. */
static inline struct ipv6_pinfo *us6_tcp_np(const struct sock *sk)
{
	return &((struct tcp6_sock *)sk)->inet6;
}

static inline struct inet_hashinfo *us6_tcp_hash(const struct net *net)
{
	return net->ipv4.tcp_death_row.hashinfo;
}

/* The interface and, behind an L3 master, the slave of a segment in TCP_SKB_CB. */
static inline int us6_tcp_iif(const struct sk_buff *skb)
{
	return tcp_v6_iif(skb);
}

/* ---- tcp_rcv.c ------------------------------------------------------------*/

/** us6_tcp_do_rcv() - a segment for a locked (or listening) socket. @sk: socket. @skb: consumed. Return: 0 */
int us6_tcp_do_rcv(struct sock *sk, struct sk_buff *skb);
/** us6_tcp_rcv() - inet6_protocol.handler */
int us6_tcp_rcv(struct sk_buff *skb);
/** us6_tcp_cb_restore() - IP6CB back to where others expect it. @skb: segment */
void us6_tcp_cb_restore(struct sk_buff *skb);

/** us6_tcp_rx_dst_set() - keep the dst of a received segment. @sk: locked. @skb: segment */
void us6_tcp_rx_dst_set(struct sock *sk, const struct sk_buff *skb);

/* ---- tcp_err.c ------------------------------------------------------------*/

/** us6_tcp_err() - inet6_protocol.err_handler */
int us6_tcp_err(struct sk_buff *skb, struct inet6_skb_parm *opt, u8 type,
		u8 code, int offset, __be32 info);
void us6_tcp_mtu_reduced(struct sock *sk);

/* ---- tcp_reply.c ----------------------------------------------------------*/

/** us6_tcp_send_reset() - RST in answer to a segment. @sk: of any kind, or NULL. @skb: segment */
void us6_tcp_send_reset(const struct sock *sk, struct sk_buff *skb);
/** us6_tcp_timewait_ack() - @tw: time-wait socket; put. @skb: segment */
void us6_tcp_timewait_ack(struct inet_timewait_sock *tw, struct sk_buff *skb);
/* request_sock_ops */
void us6_tcp_reqsk_send_ack(const struct sock *sk, struct sk_buff *skb,
			    struct request_sock *req);
void us6_tcp_reqsk_send_reset(const struct sock *sk,
			      struct sk_buff *skb US6_RST_REASON_PARAM);
int us6_tcp_reply_net_init(struct net *net);
void us6_tcp_reply_net_exit(struct net *net);

/* ---- tcp_connect.c --------------------------------------------------------*/

int us6_tcp_pre_connect(struct sock *sk, struct sockaddr *uaddr, int addr_len);
int us6_tcp_connect(struct sock *sk, struct sockaddr *uaddr, int addr_len);
/** us6_tcp_set_mapped() - IPv4 or IPv6 below this socket. @sk: locked. @mapped: which */
void us6_tcp_set_mapped(struct sock *sk, bool mapped);

/* ---- tcp_listen.c, tcp_cookie.c ------------------------------------------ */

int us6_tcp_conn_request(struct sock *sk, struct sk_buff *skb);
struct sock *us6_tcp_syn_recv_sock(const struct sock *sk, struct sk_buff *skb,
				   struct request_sock *req,
				   struct dst_entry *dst,
				   struct request_sock *req_unhash,
				   bool *own_req,
				   void (*opt_child_init)(struct sock *newsk,
							  const struct sock *sk));
/** us6_tcp_wants_pktoptions() - keep the SYN's headers for IPV6_2292PKTOPTIONS? @sk: listener. @skb: SYN */
bool us6_tcp_wants_pktoptions(const struct sock *sk, const struct sk_buff *skb);
/** us6_tcp_cookie_check() - @sk: listener. @skb: no SYN. Return: @sk, a child, or NULL (dropped) */
struct sock *us6_tcp_cookie_check(struct sock *sk, struct sk_buff *skb);

/* ---- tcp_proc.c -----------------------------------------------------------*/

int us6_tcp_proc_net_init(struct net *net);
void us6_tcp_proc_net_exit(struct net *net);
void us6_tcp_proc_init(void);

#endif /* US6_SOCK_TCP_H */
