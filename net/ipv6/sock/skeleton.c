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

void us6_anycast_close(struct sock *sk)
{
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

