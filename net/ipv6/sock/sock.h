/* SPDX-License-Identifier: GPL-2.0 */
/* What the files of this room share. */
#ifndef _US6_SOCK_INTERNAL_H
#define _US6_SOCK_INTERNAL_H

#include <net/inet_connection_sock.h>
#include <net/us6/sock.h>

/* ops.c */
int us6_ops_init(void);
void us6_ops_exit(void);

/* bind.c */
/**
 * us6_bind_check() - may a socket have this native address?
 * @sk: locked; its sk_bound_dev_if becomes the scope of a scoped address
 * @addr: address
 * @addr_len: its length
 * @type: its ipv6_addr_type(), neither mapped nor unspecified
 * Return: 0, -EINVAL, -ENODEV, -EADDRNOTAVAIL.
 */
int us6_bind_check(struct sock *sk, const struct sockaddr_in6 *addr,
		   int addr_len, int type);

/* datagram.c */
/* A protocol: its proto by @sw, and what else comes and goes with it. */
struct us6_sock_proto {
	struct inet_protosw		*sw;
	const struct inet6_protocol	*receive;	/* NULL: the path calls it */
	struct pernet_operations	*net_ops;	/* NULL: none */
};

/** us6_sock_proto_register() - all of @p or nothing. Return: 0 or an errno */
int us6_sock_proto_register(const struct us6_sock_proto *p);
/** us6_sock_proto_unregister() - @p: registered; waits for RCU callbacks */
void us6_sock_proto_unregister(const struct us6_sock_proto *p);

/** us6_datagram_pre_connect() - cgroup program of a native connect. @sk: locked. @uaddr: address. @addr_len: its length */
int us6_datagram_pre_connect(struct sock *sk, struct sockaddr *uaddr,
			     int addr_len);
/** us6_datagram_connect_v6only() - connect of raw and ping. @sk: unlocked. @uaddr: address. @addr_len: its length */
int us6_datagram_connect_v6only(struct sock *sk, struct sockaddr *uaddr,
				int addr_len);

/* proc.c */
int us6_sockstat_init(void);
void us6_sockstat_exit(void);

enum us6_sockstat {
	US6_SOCKSTAT_TCP,
	US6_SOCKSTAT_UDP,
	US6_SOCKSTAT_UDPLITE,
	US6_SOCKSTAT_RAW,
	US6_SOCKSTAT_MAX,
};

/** us6_sockstat_set() - count a protocol in sockstat6. @row: which. @prot: registered, until us6_sockstat_exit() */
void us6_sockstat_set(enum us6_sockstat row, struct proto *prot);
void us6_dgram_seq_show(struct seq_file *seq, struct sock *sk, u16 srcp,
			u16 destp, int rqueue, int bucket);

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

/* raw_rcv.c */
/** us6_raw_queue() - backlog_rcv of raw sockets. @sk: socket. @skb: consumed */
int us6_raw_queue(struct sock *sk, struct sk_buff *skb);
/** us6_raw_rcv() - queue a packet to a raw socket. @sk: socket. @skb: transport header set; consumed */
void us6_raw_rcv(struct sock *sk, struct sk_buff *skb);

/* udp.c; named by ops.c for direct calls */
int us6_udp_sendmsg(struct sock *sk, struct msghdr *msg, size_t len);
int us6_udp_recvmsg(struct sock *sk, struct msghdr *msg, size_t len, int flags,
		    int *addr_len);

#endif
