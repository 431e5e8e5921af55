/* SPDX-License-Identifier: GPL-2.0 */
/* What the files of this room share. */
#ifndef _US6_SOCK_INTERNAL_H
#define _US6_SOCK_INTERNAL_H

#include <net/inet_connection_sock.h>
#include <net/us6/sock.h>

/* ops.c */
int us6_ops_init(void);
void us6_ops_exit(void);

/* flowlabel.c */
int us6_flowlabel_init(void);
void us6_flowlabel_exit(void);
/** us6_flowlabel_close() - give back the labels of a socket. @sk: dying or ours alone */
void us6_flowlabel_close(struct sock *sk);

/* sticky.c */
/** us6_txoptions_release() - uncharge and put. @sk: that was charged. @opt: or NULL */
void us6_txoptions_release(struct sock *sk, struct ipv6_txoptions *opt);
/** us6_rthdr_valid() - may a program send this routing header? @rt: whole */
bool us6_rthdr_valid(const struct ipv6_rt_hdr *rt);

/* rtalert.c */
/** us6_ra_close() - forget a socket. @sk: held by the caller */
void us6_ra_close(struct sock *sk);

/* raw.c */
/** us6_raw_rcv() - queue a packet to a raw socket. @sk: socket. @skb: transport header set; consumed */
void us6_raw_rcv(struct sock *sk, struct sk_buff *skb);

/* anycast.c */
/** us6_anycast_close() - leave all anycast groups at close. @sk: unlocked. May sleep */
void us6_anycast_close(struct sock *sk);

/* udp.c; named by ops.c for direct calls */
int us6_udp_sendmsg(struct sock *sk, struct msghdr *msg, size_t len);
int us6_udp_recvmsg(struct sock *sk, struct msghdr *msg, size_t len, int flags,
		    int *addr_len);

#endif
