/* SPDX-License-Identifier: GPL-2.0 */
/*
 * struct proto: ioctl takes a user address before 6.5 and a kernel integer
 * since; sendpage went away then.
 */
#ifndef _US6_COMPAT_NET_SOCK_H
#define _US6_COMPAT_NET_SOCK_H
#include_next <net/sock.h>
#include <linux/uaccess.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 5, 0)
typedef unsigned long us6_ioctl_arg_t;

static inline int us6_ioctl_put(us6_ioctl_arg_t arg, int value)
{
	return put_user(value, (int __user *)arg);
}

/* Hand an ioctl of the family to the protocol. */
static inline int us6_sk_ioctl(struct sock *sk, unsigned int cmd,
			       unsigned long arg)
{
	/* IPV6_ADDRFORM can change sk_prot. */
	const struct proto *prot = READ_ONCE(sk->sk_prot);

	return prot->ioctl ? prot->ioctl(sk, cmd, arg) : -ENOIOCTLCMD;
}
#else
typedef int *us6_ioctl_arg_t;

static inline int us6_ioctl_put(us6_ioctl_arg_t arg, int value)
{
	*arg = value;
	return 0;
}

static inline int us6_sk_ioctl(struct sock *sk, unsigned int cmd,
			       unsigned long arg)
{
	const struct proto *prot = READ_ONCE(sk->sk_prot);

	return prot->ioctl ? sk_ioctl(sk, cmd, (void __user *)arg) :
			     -ENOIOCTLCMD;
}
#endif

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 5, 0)
#define us6_sock_cmsg_send(sk, msg, cmsg, sockc)			\
	__sock_cmsg_send(sk, msg, cmsg, sockc)
#else
#define us6_sock_cmsg_send(sk, msg, cmsg, sockc)			\
	__sock_cmsg_send(sk, cmsg, sockc)
#endif

#endif
