// SPDX-License-Identifier: GPL-2.0
/*
 * us6: ioctl() of PF_INET6 sockets.
 */
#include <linux/compat.h>
#include <linux/ipv6_route.h>
#include <linux/sockios.h>
#include <net/us6/route.h>
#include "sock.h"

static int us6_ioctl_route(struct sock *sk, unsigned int cmd, void __user *arg)
{
	struct in6_rtmsg msg;

	if (copy_from_user(&msg, arg, sizeof(msg)))
		return -EFAULT;
	return us6_route_ioctl(sock_net(sk), cmd, &msg);
}

int us6_ioctl(struct socket *sock, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case SIOCADDRT:
	case SIOCDELRT:
		return us6_ioctl_route(sock->sk, cmd, (void __user *)arg);
	case SIOCSIFADDR:
	case SIOCDIFADDR:
	case SIOCSIFDSTADDR:
		return -EOPNOTSUPP;
	default:
		return us6_sk_ioctl(sock->sk, cmd, arg);
	}
}

#ifdef CONFIG_COMPAT
int us6_compat_ioctl(struct socket *sock, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case SIOCADDRT:
	case SIOCDELRT:
		return -EOPNOTSUPP;
	default:
		return -ENOIOCTLCMD;
	}
}
#endif
