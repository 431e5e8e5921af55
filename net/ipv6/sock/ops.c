// SPDX-License-Identifier: GPL-2.0
/*
 * us6: proto_ops of the family.
 */
#include <linux/bpf-cgroup.h>
#include <linux/module.h>
#include <linux/net.h>
#include <net/inet_common.h>
#include <net/ping.h>
#include <net/rps.h>
#include <net/tcp.h>
#include <net/udp.h>
#include <net/us6/mcast.h>
#include <net/us6/resolved.h>
#include "sock.h"

int us6_release(struct socket *sock)
{
	struct sock *sk = sock->sk;

	if (!sk)
		return -EINVAL;
	lock_sock(sk);
	us6_sock_mc_close(sk);
	release_sock(sk);
	return inet_release(sock);
}

static bool us6_has_peer(const struct sock *sk, int peer)
{
	if (!inet_sk(sk)->inet_dport)
		return false;
	/* 2: also while connecting, for the kernel's own callers. */
	return peer == 2 ||
	       !((1 << sk->sk_state) & (TCPF_CLOSE | TCPF_SYN_SENT));
}

static int us6_getname(struct socket *sock, struct sockaddr *uaddr, int peer)
{
	struct sockaddr_in6 *sin = (struct sockaddr_in6 *)uaddr;
	struct sock *sk = sock->sk;
	int len = sizeof(*sin);

	memset(sin, 0, sizeof(*sin));
	sin->sin6_family = AF_INET6;
	lock_sock(sk);
	if (peer) {
		if (!us6_has_peer(sk, peer)) {
			release_sock(sk);
			return -ENOTCONN;
		}
		sin->sin6_port = inet_sk(sk)->inet_dport;
		sin->sin6_addr = sk->sk_v6_daddr;
		if (inet6_test_bit(SNDFLOW, sk))
			sin->sin6_flowinfo = inet6_sk(sk)->flow_label;
		US6_BPF_SA(sk, uaddr, &len, CGROUP_INET6_GETPEERNAME);
	} else {
		sin->sin6_port = inet_sk(sk)->inet_sport;
		sin->sin6_addr = ipv6_addr_any(&sk->sk_v6_rcv_saddr) ?
				 inet6_sk(sk)->saddr : sk->sk_v6_rcv_saddr;
		US6_BPF_SA(sk, uaddr, &len, CGROUP_INET6_GETSOCKNAME);
	}
	sin->sin6_scope_id = ipv6_iface_scope_id(&sin->sin6_addr,
						 sk->sk_bound_dev_if);
	release_sock(sk);
	return len;
}

static int us6_sendmsg(struct socket *sock, struct msghdr *msg, size_t size)
{
	struct sock *sk = sock->sk;
	const struct proto *prot;

	if (unlikely(inet_send_prepare(sk)))
		return -EAGAIN;
	/* IPV6_ADDRFORM can change sk_prot. */
	prot = READ_ONCE(sk->sk_prot);
	return INDIRECT_CALL_2(prot->sendmsg, tcp_sendmsg, us6_udp_sendmsg,
			       sk, msg, size);
}

static int us6_recvmsg(struct socket *sock, struct msghdr *msg, size_t size,
		       int flags)
{
	struct sock *sk = sock->sk;
	const struct proto *prot;
	int addr_len = 0;
	int err;

	if (likely(!(flags & MSG_ERRQUEUE)))
		sock_rps_record_flow(sk);
	prot = READ_ONCE(sk->sk_prot);
	err = INDIRECT_CALL_1(prot->recvmsg, us6_udp_recvmsg,
			      sk, msg, size, flags, &addr_len);
	if (err >= 0)
		msg->msg_namelen = addr_len;
	return err;
}

#ifdef CONFIG_COMPAT
#define US6_OPS_COMPAT	.compat_ioctl	= us6_compat_ioctl,
#else
#define US6_OPS_COMPAT
#endif

/* What all sockets have, */
#define US6_OPS								\
	.family		= PF_INET6,					\
	.owner		= THIS_MODULE,					\
	.release	= us6_release,					\
	.bind		= us6_bind,					\
	.socketpair	= sock_no_socketpair,				\
	.getname	= us6_getname,					\
	.ioctl		= us6_ioctl,					\
	US6_OPS_COMPAT							\
	.gettstamp	= sock_gettstamp,				\
	.shutdown	= inet_shutdown,				\
	.setsockopt	= sock_common_setsockopt,			\
	.getsockopt	= sock_common_getsockopt,			\
	.sendmsg	= us6_sendmsg,					\
	.recvmsg	= us6_recvmsg

/* and all that have no connection. */
#define US6_OPS_DGRAM							\
	US6_OPS_SENDPAGE(sock_no_sendpage)				\
	.connect	= inet_dgram_connect,				\
	.accept		= sock_no_accept,				\
	.listen		= sock_no_listen,				\
	.mmap		= sock_no_mmap

/* Completed by us6_ops_init(): some addresses are known at load only. */
struct proto_ops us6_stream_ops = {
	US6_OPS,
	.connect	= inet_stream_connect,
	.accept		= inet_accept,
	.poll		= tcp_poll,
	.listen		= inet_listen,
	.splice_eof	= inet_splice_eof,
	US6_OPS_SENDPAGE(inet_sendpage)
	.sendmsg_locked	= tcp_sendmsg_locked,
	US6_OPS_SENDPAGE_LOCKED(tcp_sendpage_locked)
	.read_sock	= tcp_read_sock,
};

const struct proto_ops us6_dgram_ops = {
	US6_OPS,
	US6_OPS_DGRAM,
	.poll		= udp_poll,
	.read_skb	= udp_read_skb,
	.set_peek_off	= udp_set_peek_off,
};

/* Raw and ping: as datagrams, without what belongs to UDP's own queues. */
const struct proto_ops us6_raw_ops = {
	US6_OPS,
	US6_OPS_DGRAM,
	.poll		= datagram_poll,
};

int us6_ops_init(void)
{
#ifdef CONFIG_MMU
	us6_stream_ops.mmap = us6_stock_fn(tcp_mmap);
#endif
	us6_stream_ops.splice_read = us6_stock_fn(tcp_splice_read);
	us6_stream_ops.read_skb = us6_stock_fn(tcp_read_skb);
	us6_stream_ops.peek_len = us6_stock_fn(tcp_peek_len);
	us6_stream_ops.set_rcvlowat = us6_stock_fn(tcp_set_rcvlowat);
	return 0;
}

void us6_ops_exit(void)
{
}
