/* SPDX-License-Identifier: GPL-2.0 */
/* UDP and UDP-Lite: what their files share. */
#ifndef _US6_SOCK_UDP_H
#define _US6_SOCK_UDP_H

#include <net/udp.h>
#include <net/udplite.h>
#include "sock.h"

/* Switched by ipv6_stub's udpv6_encap_enable(); declared in no header. */
DECLARE_STATIC_KEY_FALSE(udpv6_encap_needed_key);

/* udp_send.c */
int us6_udp_push(struct sock *sk);
void us6_udp_flush(struct sock *sk);
void us6_udp_splice_eof(struct socket *sock);

/* udp_recv.c */
/** us6_udp_rcv() - handler of inet6_protos[17]. @skb: consumed. Return: 0, or the protocol to resubmit as */
int us6_udp_rcv(struct sk_buff *skb);
/** us6_udplite_rcv() - handler of inet6_protos[136] */
int us6_udplite_rcv(struct sk_buff *skb);

/* udp_err.c */
/** us6_udp_err() - err_handler of inet6_protos[17]; contract of the kernel's. */
int us6_udp_err(struct sk_buff *skb, struct inet6_skb_parm *opt, u8 type,
		u8 code, int offset, __be32 info);
int us6_udplite_err(struct sk_buff *skb, struct inet6_skb_parm *opt, u8 type,
		    u8 code, int offset, __be32 info);

/* udp_offload.c */
int us6_udp_offload_init(void);
void us6_udp_offload_exit(void);

#endif
