/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NET_US6_DEVICE_H
#define _NET_US6_DEVICE_H

#include <linux/netdevice.h>
#include <net/addrconf.h>
#include <net/if_inet6.h>

struct us6_nd_dev;
struct us6_addr_dev;
struct us6_mcast_dev;
struct us6_route_dev;

/*
 * Our state of one interface.  The kernel's struct comes first: header inlines
 * and other modules reach it through dev->ip6_ptr.  Each room hangs its own
 * state below one pointer, made in us6_ROOM_dev_create() and freed in
 * us6_ROOM_dev_destroy(); both pointers and states live until the last
 * reference on @idev is put and a grace period has passed.
 *
 * Created at NETDEV_REGISTER (or replay) when the MTU is at least 1280, and
 * destroyed at NETDEV_UNREGISTER or when the MTU falls below.
 *
 * I: immutable after create, R: RTNL, A: atomic
 */
struct us6_dev {
	struct inet6_dev	idev;		/* first; its own rules */
	struct us6_nd_dev	*nd;		/* I */
	struct us6_addr_dev	*addr;		/* I */
	struct us6_mcast_dev	*mcast;		/* I */
	struct us6_route_dev	*route;		/* I */
	unsigned long		flags;		/* A: enum us6_dev_flag */
	void			*sysctl;	/* R: device/'s sysctl table */
};

/**
 * enum us6_dev_flag - bits of &us6_dev.flags
 * @US6_DEV_READY: IPv6 runs here: the device is up with carrier, and
 *	disable_ipv6 is 0 (the kernel's IF_READY is kept equal)
 * @US6_DEV_DEAD: being destroyed, nothing new may be attached
 */
enum us6_dev_flag {
	US6_DEV_READY,
	US6_DEV_DEAD,
};

/* RFC 8200 section 5. */
#define US6_MIN_MTU	1280

static inline struct us6_dev *us6_dev_of(struct inet6_dev *idev)
{
	return container_of(idev, struct us6_dev, idev);
}

/**
 * us6_dev_rcu() - the IPv6 state of a device
 * @dev: any device
 *
 * Context: RCU read side.  Return: the state, no reference taken, or NULL.
 */
static inline struct us6_dev *us6_dev_rcu(const struct net_device *dev)
{
	struct inet6_dev *idev = __in6_dev_get(dev);

	return idev ? container_of(idev, struct us6_dev, idev) : NULL;
}

/**
 * us6_dev_rtnl() - the same under RTNL
 * @dev: any device
 *
 * Context: RTNL held.  Return: the state, no reference taken, or NULL.
 */
static inline struct us6_dev *us6_dev_rtnl(const struct net_device *dev)
{
	struct inet6_dev *idev = rtnl_dereference(dev->ip6_ptr);

	return idev ? container_of(idev, struct us6_dev, idev) : NULL;
}

static inline void us6_dev_hold(struct us6_dev *udev)
{
	in6_dev_hold(&udev->idev);
}

/**
 * us6_dev_free() - replacement of in6_dev_finish_destroy()
 * @idev: state whose last reference went; frees it after a grace period
 *
 * Any context.
 */
void us6_dev_free(struct inet6_dev *idev);

/* What in6_dev_put() is to other code, without its way through a redirection. */
static inline void us6_dev_put(struct us6_dev *udev)
{
	if (refcount_dec_and_test(&udev->idev.refcnt))
		us6_dev_free(&udev->idev);
}

static inline struct net *us6_dev_net(const struct us6_dev *udev)
{
	return dev_net(udev->idev.dev);
}

static inline bool us6_dev_ready(const struct us6_dev *udev)
{
	return test_bit(US6_DEV_READY, &udev->flags);
}

/**
 * us6_dev_is_router() - does this interface forward?
 * @udev: state
 *
 * RFC 4861 section 6.2.2: an advertising interface has forwarding on.  Any
 * context.
 */
static inline bool us6_dev_is_router(const struct us6_dev *udev)
{
	return READ_ONCE(udev->idev.cnf.forwarding) != 0;
}

/**
 * us6_dev_ra_params() - link parameters that a Router Advertisement changed
 * @udev: state of the receiving interface
 * @mtu: value of the MTU option or 0; taken if 1280..dev->mtu (RFC 4861 6.3.4)
 * @hop_limit: Cur Hop Limit or 0 for unspecified
 *
 * Context: process or softirq under RCU.
 */
void us6_dev_ra_params(struct us6_dev *udev, u32 mtu, u8 hop_limit);

/**
 * us6_dev_disable() - set disable_ipv6 on an interface, RFC 4862 section 5.4.5
 * @udev: state
 *
 * RTNL held, may sleep.  Undone by writing 0 to the key.
 */
void us6_dev_disable(struct us6_dev *udev);

#endif /* _NET_US6_DEVICE_H */
