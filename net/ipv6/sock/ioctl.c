// SPDX-License-Identifier: GPL-2.0
/*
 * us6: ioctl() of PF_INET6 sockets.
 */
#include <linux/compat.h>
#include <linux/sockios.h>
#include "sock.h"

int us6_ioctl(struct socket *sock, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case SIOCADDRT:
	case SIOCDELRT:
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
