// SPDX-License-Identifier: GPL-2.0
/* What of this room isn't written yet: refuses or drops. */
#include "sock.h"

int us6_udp_init(void)
{
	return 0;
}

void us6_udp_exit(void)
{
}

int us6_udp_sendmsg(struct sock *sk, struct msghdr *msg, size_t len)
{
	return -EOPNOTSUPP;
}

int us6_udp_recvmsg(struct sock *sk, struct msghdr *msg, size_t len, int flags,
		    int *addr_len)
{
	return -EOPNOTSUPP;
}

int us6_raw_init(void)
{
	return 0;
}

void us6_raw_exit(void)
{
}

int us6_ping_init(void)
{
	return 0;
}

void us6_ping_exit(void)
{
}

void us6_anycast_close(struct sock *sk)
{
}

int us6_datagram_connect(struct sock *sk, struct sockaddr *uaddr, int addr_len)
{
	return -EOPNOTSUPP;
}

int us6_cmsg_send(struct net *net, struct sock *sk, struct msghdr *msg,
		  struct flowi6 *fl6, struct ipcm6_cookie *ipc6)
{
	return -EINVAL;
}

void us6_cmsg_recv_common(struct sock *sk, struct msghdr *msg, struct sk_buff *skb)
{
}

void us6_cmsg_recv_specific(struct sock *sk, struct msghdr *msg, struct sk_buff *skb)
{
}

void us6_cmsg_recv(struct sock *sk, struct msghdr *msg, struct sk_buff *skb)
{
}

void us6_icmp_error(struct sock *sk, struct sk_buff *skb, int err, __be16 port,
		    u32 info, u8 *payload)
{
}

void us6_local_error(struct sock *sk, int err, struct flowi6 *fl6, u32 info)
{
}

void us6_local_rxpmtu(struct sock *sk, struct flowi6 *fl6, u32 mtu)
{
}

int us6_recv_error(struct sock *sk, struct msghdr *msg, int len, int *addr_len)
{
	return -EAGAIN;
}

int us6_recv_rxpmtu(struct sock *sk, struct msghdr *msg, int len, int *addr_len)
{
	return -EAGAIN;
}

void us6_raw_rcv(struct sock *sk, struct sk_buff *skb)
{
	kfree_skb(skb);
}

bool us6_raw_deliver(struct sk_buff *skb, int nexthdr)
{
	return false;
}

void us6_raw_err(struct sk_buff *skb, int nexthdr, u8 type, u8 code,
		 int inner_offset, __be32 info)
{
}

bool us6_ping_rcv(struct sk_buff *skb)
{
	return false;
}

void us6_ping_err(struct sk_buff *skb, int offset, u32 info)
{
}
