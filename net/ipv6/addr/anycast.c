// SPDX-License-Identifier: GPL-2.0
/*
 * Anycast addresses of an interface: the subnet-router address of each prefix
 * where we are a router (RFC 4291 section 2.6.1), and those that sockets join.
 *
 * idev->ac_list is walked by others: the kernel's struct comes first.  Writers
 * have RTNL and idev->lock, readers RCU.
 */
#include <linux/module.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <net/addrconf.h>
#include <net/l3mdev.h>
#include <net/us6/addr.h>
#include <net/us6/mcast.h>
#include <net/us6/route.h>
#include "internal.h"

/* R: RTNL, I: immutable */
struct us6_anycast {
	struct ifacaddr6	aca;	/* first; aca_users R, aca_addr I */
	struct us6_dev		*udev;	/* I, not held: gone before it */
};

/* The links themselves, for writers; annotated for RCU in newer kernels alone. */
#define us6_ac_slot_first(idev)						\
	((struct ifacaddr6 __rcu **)(__force void *)&(idev)->ac_list)
#define us6_ac_slot_next(aca)						\
	((struct ifacaddr6 __rcu **)(__force void *)&(aca)->aca_next)

static struct ifacaddr6 __rcu **us6_anycast_slot(struct inet6_dev *idev,
						 const struct in6_addr *addr)
{
	struct ifacaddr6 __rcu **at = us6_ac_slot_first(idev);
	struct ifacaddr6 *aca;

	ASSERT_RTNL();
	while ((aca = rtnl_dereference(*at))) {
		if (ipv6_addr_equal(&aca->aca_addr, addr))
			return at;
		at = us6_ac_slot_next(aca);
	}
	return NULL;
}

int us6_anycast_join(struct us6_dev *udev, const struct in6_addr *addr)
{
	struct inet6_dev *idev = &udev->idev;
	struct ifacaddr6 __rcu **at;
	struct us6_anycast *ac;
	struct in6_addr group;
	struct us6_route *rt;

	ASSERT_RTNL();
	if (test_bit(US6_DEV_DEAD, &udev->flags))
		return -ENODEV;
	at = us6_anycast_slot(idev, addr);
	if (at) {
		rtnl_dereference(*at)->aca_users++;
		return 0;
	}
	ac = kzalloc(sizeof(*ac), GFP_KERNEL_ACCOUNT);
	if (!ac)
		return -ENOMEM;
	rt = us6_route_add_local(udev, addr, true, GFP_KERNEL);
	if (IS_ERR(rt)) {
		kfree(ac);
		return PTR_ERR(rt);
	}
	ac->udev = udev;
	ac->aca.aca_addr = *addr;
	ac->aca.aca_rt = &rt->f6i;
	ac->aca.aca_users = 1;
	refcount_set(&ac->aca.aca_refcnt, 1);
	ac->aca.aca_cstamp = jiffies;
	ac->aca.aca_tstamp = jiffies;

	at = us6_ac_slot_first(idev);
	write_lock_bh(&idev->lock);
	RCU_INIT_POINTER(*us6_ac_slot_next(&ac->aca), rtnl_dereference(*at));
	rcu_assign_pointer(*at, &ac->aca);
	write_unlock_bh(&idev->lock);

	/* Neighbours solicit it as any other. RFC 4861 section 7.2.7 */
	addrconf_addr_solict_mult(addr, &group);
	us6_group_join(udev, &group);
	return 0;
}

/* Takes the entry at @at out of the list. */
static void us6_anycast_drop(struct us6_dev *udev, struct ifacaddr6 __rcu **at)
{
	struct ifacaddr6 *aca = rtnl_dereference(*at);
	struct us6_anycast *ac = container_of(aca, struct us6_anycast, aca);
	struct in6_addr group;

	write_lock_bh(&udev->idev.lock);
	rcu_assign_pointer(*at, rtnl_dereference(*us6_ac_slot_next(aca)));
	write_unlock_bh(&udev->idev.lock);

	addrconf_addr_solict_mult(&aca->aca_addr, &group);
	us6_group_leave(udev, &group);
	us6_route_drop(us6_dev_net(udev), us6_route_of(aca->aca_rt));
	us6_route_put(us6_route_of(aca->aca_rt));
	kfree_rcu(ac, aca.rcu);
}

int us6_anycast_leave(struct us6_dev *udev, const struct in6_addr *addr)
{
	struct ifacaddr6 __rcu **at = us6_anycast_slot(&udev->idev, addr);

	if (!at)
		return -ENOENT;
	if (!--rtnl_dereference(*at)->aca_users)
		us6_anycast_drop(udev, at);
	return 0;
}

void us6_anycast_dev_flush(struct us6_dev *udev)
{
	struct ifacaddr6 __rcu **first = us6_ac_slot_first(&udev->idev);

	while (rtnl_dereference(*first))
		us6_anycast_drop(udev, first);
}

/* The prefix with a zero identifier; a point-to-point /127 has none, RFC 6164. */
static bool us6_anycast_of_prefix(const struct us6_addr *a,
				  struct in6_addr *addr)
{
	if (a->ifa.prefix_len >= 127 || a->ifa.scope == IFA_HOST)
		return false;
	ipv6_addr_prefix(addr, &a->ifa.addr, a->ifa.prefix_len);
	return !ipv6_addr_any(addr);
}

void us6_anycast_addr_add(struct us6_addr *a)
{
	struct us6_dev *udev = us6_dev_of(a->ifa.idev);
	struct in6_addr addr;

	ASSERT_RTNL();
	if (a->anycast || !us6_dev_is_router(udev) ||
	    (a->ifa.idev->dev->flags & IFF_LOOPBACK))
		return;
	if (us6_anycast_of_prefix(a, &addr))
		a->anycast = !us6_anycast_join(udev, &addr);
}

void us6_anycast_addr_del(struct us6_addr *a)
{
	struct in6_addr addr;

	ASSERT_RTNL();
	if (!a->anycast)
		return;
	a->anycast = false;
	if (us6_anycast_of_prefix(a, &addr))
		us6_anycast_leave(us6_dev_of(a->ifa.idev), &addr);
}

static bool us6_anycast_on(const struct net_device *dev,
			   const struct in6_addr *addr)
{
	struct inet6_dev *idev = __in6_dev_get(dev);
	struct ifacaddr6 *aca;

	if (!idev)
		return false;
	for (aca = us6_ac_head_rcu(idev); aca; aca = us6_ac_next_rcu(aca))
		if (ipv6_addr_equal(&aca->aca_addr, addr))
			return true;
	return false;
}

bool us6_anycast_check(struct net *net, const struct net_device *dev,
		       const struct in6_addr *addr)
{
	struct net_device *each;
	bool found = false;

	rcu_read_lock();
	if (dev) {
		found = us6_anycast_on(dev, addr);
	} else {
		for_each_netdev_rcu(net, each) {
			found = us6_anycast_on(each, addr);
			if (found)
				break;
		}
	}
	rcu_read_unlock();
	return found;
}
