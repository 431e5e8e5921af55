/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NET_US6_SOCK_H
#define _NET_US6_SOCK_H

#include <linux/skbuff.h>
#include <net/ipv6.h>
#include <net/protocol.h>
#include <net/sock.h>

/* ---- protocols: called by us6_sock_init() in this order ------------------ */

int us6_tcp_init(void);
void us6_tcp_exit(void);
int us6_udp_init(void);
void us6_udp_exit(void);
int us6_raw_init(void);
void us6_raw_exit(void);
int us6_ping_init(void);
void us6_ping_exit(void);

/*
 * The family's table of (type, protocol): filled by the protocols' inits
 * through us6_register_protosw(), read under RCU by socket creation.
 */
/** us6_register_protosw() - @p: as the kernel's struct; may sleep. Return: 0 or -EEXIST */
int us6_register_protosw(struct inet_protosw *p);
/** us6_unregister_protosw() - @p: registered; waits for RCU */
void us6_unregister_protosw(struct inet_protosw *p);

/*
 * proto_ops of the family; sock/ops.c.  us6_stream_ops is completed at load,
 * before the protocols' inits.
 */
extern struct proto_ops us6_stream_ops;
extern const struct proto_ops us6_dgram_ops;
extern const struct proto_ops us6_raw_ops;

/**
 * us6_sock_init_pinfo() - defaults of a new socket's ipv6_pinfo
 * @sk: new socket, protocol set
 * @np: its ipv6_pinfo, set as inet_sk(sk)->pinet6 too
 */
void us6_sock_init_pinfo(struct sock *sk, struct ipv6_pinfo *np);

/**
 * us6_sock_clone_pinfo() - give a child socket an ipv6_pinfo of its own
 * @newsk: child of sk_clone_lock(), pinet6 still the parent's
 * @sk: parent
 *
 * Copies, then clears what may not be shared: memberships, anycast, flow labels,
 * options, pktoptions, rxpmtu.  To be called before any error path can free
 * @newsk.
 */
void us6_sock_clone_pinfo(struct sock *newsk, const struct sock *sk);

/** us6_sock_destruct() - sk_destruct of every socket of the family. @sk: dying */
void us6_sock_destruct(struct sock *sk);

/** us6_sock_cleanup() - free what the ipv6_pinfo holds (replaces inet6_cleanup_sock). @sk: dying */
void us6_sock_cleanup(struct sock *sk);

/* ---- proto_ops functions: the contracts of the kernel's inet6_* ----------- */

/** us6_bind() - RFC 3493 5.3; replaces inet6_bind. @sock: socket. @uaddr: address. @addr_len: its length. Return: 0 or errno */
int us6_bind(struct socket *sock, struct sockaddr *uaddr, int addr_len);
/** us6_bind_sk() - us6_bind() by sock; replaces inet6_bind_sk. @sk: unlocked */
int us6_bind_sk(struct sock *sk, struct sockaddr *uaddr, int addr_len);
/**
 * us6_bind_addr() - us6_bind() without a program of the cgroup
 * @sk: socket, locked unless BIND_WITH_LOCK
 * @uaddr: sockaddr_in6
 * @addr_len: at least SIN6_LEN_RFC2133
 * @flags: BIND_*; ipv6_bpf_stub's inet6_bind
 * Return: 0, -EAFNOSUPPORT, -EINVAL, -EACCES, -EADDRNOTAVAIL, -EADDRINUSE,
 * -ENODEV.
 */
int us6_bind_addr(struct sock *sk, struct sockaddr *uaddr, int addr_len,
		  u32 flags);
/** us6_release() - close of a socket; may sleep. @sock: socket. Return: 0 or -EINVAL */
int us6_release(struct socket *sock);
/** us6_ioctl() - replaces inet6_ioctl. @sock: socket. @cmd: SIOC*. @arg: user address. Return: 0 or errno */
int us6_ioctl(struct socket *sock, unsigned int cmd, unsigned long arg);
#ifdef CONFIG_COMPAT
/** us6_compat_ioctl() - the same of a 32-bit program */
int us6_compat_ioctl(struct socket *sock, unsigned int cmd, unsigned long arg);
#endif

/* ---- address helpers ----------------------------------------------------- */

/**
 * us6_datagram_connect() - connect of UDP, raw and ping
 * @sk: locked socket
 * @uaddr: sockaddr_in6 (or v4-mapped, or AF_UNSPEC handled by the caller)
 * @addr_len: its length
 * Return: 0 or a negative errno.
 */
int us6_datagram_connect(struct sock *sk, struct sockaddr *uaddr, int addr_len);

/** us6_datagram_release_cb() - release_cb: route anew what became obsolete meanwhile. @sk: locked by owner */
void us6_datagram_release_cb(struct sock *sk);

/* ---- routes of connections: sock/tcp_csk.c; replace the inet6_csk_* ------- */

/** us6_csk_xmit() - send a segment of a connection. @sk: locked. @skb: at the transport header; consumed. @fl: unused. Return: as us6_xmit() */
int us6_csk_xmit(struct sock *sk, struct sk_buff *skb, struct flowi *fl);
/** us6_csk_rebuild_header() - make sure that a connection has a good route. @sk: locked. Return: 0 or a negative errno */
int us6_csk_rebuild_header(struct sock *sk);
/**
 * us6_csk_route_req() - route of a connection being opened by a peer
 * @sk: listener
 * @fl6: filled
 * @req: request
 * @proto: transport protocol
 *
 * Context: softirq or locked listener.  Return: held dst or NULL.
 */
struct dst_entry *us6_csk_route_req(const struct sock *sk, struct flowi6 *fl6,
				    const struct request_sock *req, u8 proto);
/** us6_csk_update_pmtu() - a smaller path MTU was told. @sk: locked. @mtu: bytes. Return: its dst, not held, or NULL */
struct dst_entry *us6_csk_update_pmtu(struct sock *sk, u32 mtu);

/* ---- ancillary data (RFC 3542): sock/cmsg.c ------------------------------ */

/**
 * us6_cmsg_send() - parse the control messages of a sendmsg
 * @net: namespace
 * @sk: socket
 * @msg: message
 * @fl6: flow to change (oif, saddr, flow label)
 * @ipc6: hop limit, tclass, options, don't-fragment
 * Return: 0 or -EINVAL, -EPERM, -ENODEV.
 */
int us6_cmsg_send(struct net *net, struct sock *sk, struct msghdr *msg,
		  struct flowi6 *fl6, struct ipcm6_cookie *ipc6);
/** us6_cmsg_recv_common() - pktinfo of a datagram, also for v4-mapped. @sk: socket. @msg: to fill. @skb: datagram */
void us6_cmsg_recv_common(struct sock *sk, struct msghdr *msg, struct sk_buff *skb);
/** us6_cmsg_recv_specific() - hop limit, tclass, headers. @sk: socket. @msg: to fill. @skb: datagram */
void us6_cmsg_recv_specific(struct sock *sk, struct msghdr *msg, struct sk_buff *skb);
/** us6_cmsg_recv() - both. @sk: socket. @msg: to fill. @skb: datagram */
void us6_cmsg_recv(struct sock *sk, struct msghdr *msg, struct sk_buff *skb);

/* ---- error queue: sock/errqueue.c ---------------------------------------- */

/**
 * us6_icmp_error() - queue an ICMPv6 error to a socket with IPV6_RECVERR
 * @sk: socket
 * @skb: packet that carried it
 * @err: errno
 * @port: destination port of the offending packet, big endian
 * @info: MTU or pointer, host order
 * @payload: start of the offending payload in @skb
 */
void us6_icmp_error(struct sock *sk, struct sk_buff *skb, int err, __be16 port,
		    u32 info, u8 *payload);
/** us6_local_error() - the same for an error found here (EMSGSIZE). @sk: socket. @err: errno. @fl6: flow. @info: MTU */
void us6_local_error(struct sock *sk, int err, struct flowi6 *fl6, u32 info);
/** us6_local_rxpmtu() - tell the path MTU to a socket with IPV6_RECVPATHMTU. @sk: socket. @fl6: flow. @mtu: bytes */
void us6_local_rxpmtu(struct sock *sk, struct flowi6 *fl6, u32 mtu);
/** us6_recv_error() - MSG_ERRQUEUE. @sk: socket. @msg: to fill. @len: buffer. @addr_len: of msg_name. Return: bytes or errno */
int us6_recv_error(struct sock *sk, struct msghdr *msg, int len, int *addr_len);
/** us6_recv_rxpmtu() - IPV6_PATHMTU ancillary data. Parameters as us6_recv_error() */
int us6_recv_rxpmtu(struct sock *sk, struct msghdr *msg, int len, int *addr_len);

/* ---- options: sock/options.c --------------------------------------------- */

/** us6_setsockopt() - level SOL_IPV6, SOL_ICMPV6 left to the protocol. Contract of ipv6_setsockopt() */
int us6_setsockopt(struct sock *sk, int level, int optname, sockptr_t optval,
		   unsigned int optlen);
/** us6_getsockopt() - contract of ipv6_getsockopt() */
int us6_getsockopt(struct sock *sk, int level, int optname, char __user *optval,
		   int __user *optlen);
/** us6_getsockopt_ptr() - SOL_IPV6 alone, also into kernel memory (BPF). Contract of us6_getsockopt() */
int us6_getsockopt_ptr(struct sock *sk, int level, int optname,
		       sockptr_t optval, sockptr_t optlen);
/** us6_autoflowlabel() - does the kernel choose the flow label? @net: namespace. @sk: socket */
bool us6_autoflowlabel(const struct net *net, const struct sock *sk);
/** us6_sk_set_txoptions() - set or drop extension headers of a socket. @sk: locked. @opt: new, owned by the socket then, or NULL. Return: the old ones, to be put by the caller */
struct ipv6_txoptions *us6_sk_set_txoptions(struct sock *sk,
					    struct ipv6_txoptions *opt);

/* ---- from the wire ------------------------------------------------------- */

/**
 * us6_raw_deliver() - copies of a packet for raw sockets
 * @skb: at the transport header; not consumed
 * @nexthdr: protocol
 *
 * Context: softirq, RCU.  Return: true if some raw socket took it.
 */
bool us6_raw_deliver(struct sk_buff *skb, int nexthdr);
/**
 * us6_raw_err() - an ICMPv6 error for raw sockets
 * @skb: data at the embedded IPv6 header
 * @nexthdr: embedded upper protocol
 * @type: ICMPv6 type
 * @code: ICMPv6 code
 * @inner_offset: of the embedded upper header from skb->data
 * @info: big endian
 */
void us6_raw_err(struct sk_buff *skb, int nexthdr, u8 type, u8 code,
		 int inner_offset, __be32 info);
/**
 * us6_ra_deliver() - a transit packet with Router Alert, RFC 2711
 * @skb: at the IPv6 header; consumed if taken
 * @value: of the option, host order
 *
 * Context: softirq, RCU.  Return: true if a socket took it.
 */
bool us6_ra_deliver(struct sk_buff *skb, int value);
/** us6_ping_rcv() - an Echo Reply for ping sockets. @skb: at the ICMPv6 header; consumed */
void us6_ping_rcv(struct sk_buff *skb);
/** us6_ping_err() - an ICMPv6 error about an Echo Request. @skb: at the embedded ICMPv6 header. @offset: of it. @info: host order */
void us6_ping_err(struct sk_buff *skb, int offset, u32 info);

#endif /* _NET_US6_SOCK_H */
