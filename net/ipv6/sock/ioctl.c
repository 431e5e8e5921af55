// SPDX-License-Identifier: GPL-2.0
/*
 * us6: ioctl() of PF_INET6 sockets: routes and addresses in the old way.
 */
#include <linux/capability.h>
#include <linux/compat.h>
#include <linux/ipv6_route.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <linux/uaccess.h>
#include <net/us6/addr.h>
#include <net/us6/route.h>
#include "sock.h"

/* RTNL. */
static int us6_ioctl_addr_add(struct us6_dev *udev, const struct in6_ifreq *req)
{
	struct us6_addr_cfg cfg = {
		.addr		= req->ifr6_addr,
		.plen		= req->ifr6_prefixlen,
		.origin		= US6_ADDR_MANUAL,
		.valid		= U32_MAX,
		.preferred	= U32_MAX,
	};
	struct us6_addr *a = us6_addr_add(udev, &cfg, NULL);

	if (IS_ERR(a))
		return PTR_ERR(a);
	us6_addr_put(a);
	return 0;
}

/* RTNL. */
static int us6_ioctl_addr_del(struct us6_dev *udev, const struct in6_ifreq *req)
{
	struct us6_addr *a;
	int err = -EADDRNOTAVAIL;

	a = us6_addr_find(us6_dev_net(udev), &req->ifr6_addr, udev->idev.dev,
			  true);
	if (a && a->ifa.prefix_len == req->ifr6_prefixlen) {
		us6_addr_del(a);
		err = 0;
	}
	us6_addr_put(a);
	return err;
}

static int us6_ioctl_addr(struct net *net, unsigned int cmd, void __user *arg)
{
	struct net_device *dev;
	struct us6_dev *udev;
	struct in6_ifreq req;
	int err = -ENODEV;

	if (!ns_capable(net->user_ns, CAP_NET_ADMIN))
		return -EPERM;
	if (copy_from_user(&req, arg, sizeof(req)))
		return -EFAULT;
	if (req.ifr6_prefixlen > 128)
		return -EINVAL;
	rtnl_lock();
	dev = __dev_get_by_index(net, req.ifr6_ifindex);
	udev = dev ? us6_dev_rtnl(dev) : NULL;
	if (udev)
		err = cmd == SIOCSIFADDR ? us6_ioctl_addr_add(udev, &req) :
					   us6_ioctl_addr_del(udev, &req);
	rtnl_unlock();
	return err;
}

int us6_ioctl(struct socket *sock, unsigned int cmd, unsigned long arg)
{
	void __user *argp = (void __user *)arg;
	struct net *net = sock_net(sock->sk);
	struct in6_rtmsg rt;

	switch (cmd) {
	case SIOCADDRT:
	case SIOCDELRT:
		if (copy_from_user(&rt, argp, sizeof(rt)))
			return -EFAULT;
		return us6_route_ioctl(net, cmd, &rt);
	case SIOCSIFADDR:
	case SIOCDIFADDR:
		return us6_ioctl_addr(net, cmd, argp);
	case SIOCSIFDSTADDR:
		/* The peer of an automatic SIT tunnel. */
		return -EOPNOTSUPP;
	default:
		return us6_sk_ioctl(sock->sk, cmd, arg);
	}
}

#ifdef CONFIG_COMPAT
/* struct in6_rtmsg of a 32-bit program. */
struct us6_compat_rtmsg {
	struct in6_addr	dst, src, gateway;
	u32		type;
	u16		dst_len, src_len;
	u32		metric, info, flags;
	s32		ifindex;
};

int us6_compat_ioctl(struct socket *sock, unsigned int cmd, unsigned long arg)
{
	struct us6_compat_rtmsg rt32;
	struct in6_rtmsg rt;

	if (cmd != SIOCADDRT && cmd != SIOCDELRT)
		return -ENOIOCTLCMD;
	if (copy_from_user(&rt32, compat_ptr(arg), sizeof(rt32)))
		return -EFAULT;
	rt = (struct in6_rtmsg){
		.rtmsg_dst	= rt32.dst,
		.rtmsg_src	= rt32.src,
		.rtmsg_gateway	= rt32.gateway,
		.rtmsg_type	= rt32.type,
		.rtmsg_dst_len	= rt32.dst_len,
		.rtmsg_src_len	= rt32.src_len,
		.rtmsg_metric	= rt32.metric,
		.rtmsg_info	= rt32.info,
		.rtmsg_flags	= rt32.flags,
		.rtmsg_ifindex	= rt32.ifindex,
	};
	return us6_route_ioctl(sock_net(sock->sk), cmd, &rt);
}
#endif
