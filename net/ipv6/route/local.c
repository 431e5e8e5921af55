// SPDX-License-Identifier: GPL-2.0
/*
 * Routes that the stack makes for itself: an address of ours, an on-link
 * prefix, the multicast route of an interface.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <net/l3mdev.h>
#include <net/us6/ctl.h>
#include "route.h"

static u32 table_of(const struct net_device *dev, u32 fallback)
{
	u32 id;

	rcu_read_lock();
	id = l3mdev_fib_table_rcu(dev);
	rcu_read_unlock();
	return id ? id : fallback;
}

struct us6_route *us6_route_add_local(struct us6_dev *udev,
				      const struct in6_addr *addr,
				      bool anycast, gfp_t gfp)
{
	struct net_device *dev = udev->idev.dev;
	struct net *net = dev_net(dev);
	struct fib6_config cfg = {
		.fc_table	= table_of(dev, RT6_TABLE_LOCAL),
		.fc_ifindex	= dev->ifindex,
		.fc_flags	= RTF_UP | RTF_NONEXTHOP |
				  (anycast ? RTF_ANYCAST : RTF_LOCAL),
		.fc_type	= anycast ? RTN_ANYCAST : RTN_LOCAL,
		.fc_dst		= *addr,
		.fc_dst_len	= 128,
		.fc_protocol	= RTPROT_KERNEL,
		.fc_ignore_dev_down = true,
		.fc_nlinfo.nl_net = net,
	};
	struct us6_route *rt = us6_route_build(net, &cfg, gfp, NULL);
	int err;

	if (IS_ERR(rt))
		return rt;
	fib6_info_hold(&rt->f6i);
	err = us6_table_insert(rt, NLM_F_CREATE, &cfg.fc_nlinfo, NULL, NULL);
	if (!err)
		return rt;
	us6_route_put(rt);
	return ERR_PTR(err);
}

int us6_route_drop(struct net *net, struct us6_route *rt)
{
	struct nl_info info = { .nl_net = net };
	int err = us6_table_remove(rt, &info);

	/*
	 * An address went.  Whoever remembers a dst with a source that was ours
	 * (a tunnel's cache) must look again: what leaves by its interface.
	 */
	if (!err && rt->f6i.fib6_flags & RTF_LOCAL && rt->udev) {
		struct us6_route_dev *rd = rt->udev->route;
		struct us6_route_net *rn = us6_route_table(rt)->rn;
		struct us6_route *other;

		smp_mb__before_atomic();
		atomic_inc(&rn->changes);
		smp_mb__after_atomic();
		spin_lock_bh(&rd->lock);
		list_for_each_entry(other, &rd->routes, dev_node)
			us6_route_bump(other);
		list_for_each_entry(other, &rd->routers, dev_node)
			us6_route_bump(other);
		spin_unlock_bh(&rd->lock);
	}
	return err;
}

/* An existing one: the later word on its lifetime counts. */
static void new_lifetime(struct us6_route *rt, u32 lifetime)
{
	spinlock_t *lock = &rt->f6i.fib6_table->tb6_lock;

	spin_lock_bh(lock);
	if (!rt->dead) {
		if (lifetime == U32_MAX) {
			us6_expire_del(rt);
			rt->f6i.fib6_flags &= ~RTF_EXPIRES;
		} else {
			us6_expire_add(rt, jiffies + (unsigned long)lifetime * HZ);
		}
	}
	spin_unlock_bh(lock);
}

int us6_route_add_prefix(struct us6_dev *udev, const struct in6_addr *prefix,
			 u8 plen, u32 metric, u32 lifetime, u32 flags, u8 proto,
			 gfp_t gfp)
{
	struct net_device *dev = udev->idev.dev;
	struct net *net = dev_net(dev);
	struct fib6_config cfg = {
		.fc_table	= table_of(dev, RT6_TABLE_PREFIX),
		.fc_metric	= metric ? metric : IP6_RT_PRIO_ADDRCONF,
		.fc_ifindex	= dev->ifindex,
		.fc_dst_len	= plen,
		.fc_dst		= *prefix,
		.fc_flags	= RTF_UP | flags,
		.fc_type	= RTN_UNICAST,
		.fc_protocol	= proto,
		.fc_nlinfo.nl_net = net,
	};
	struct us6_route *rt, *exists = NULL;
	int err;

	if (lifetime != U32_MAX) {
		cfg.fc_flags |= RTF_EXPIRES;
		cfg.fc_expires = jiffies_to_clock_t((unsigned long)lifetime * HZ);
	}
	rt = us6_route_build(net, &cfg, gfp, NULL);
	if (IS_ERR(rt))
		return PTR_ERR(rt);
	err = us6_table_insert(rt, NLM_F_CREATE, &cfg.fc_nlinfo, &exists, NULL);
	if (err == -EEXIST && exists) {
		new_lifetime(exists, lifetime);
		err = 0;
	}
	us6_route_put(exists);
	return err;
}

int us6_route_del_prefix(struct us6_dev *udev, const struct in6_addr *prefix,
			 u8 plen, u32 metric, u32 flags)
{
	struct net_device *dev = udev->idev.dev;
	struct net *net = dev_net(dev);
	struct nl_info info = { .nl_net = net };
	struct us6_route *rt, *found = NULL;
	struct us6_fib_prefix p;
	struct fib6_table *tb;
	void __rcu **slot;
	int err = -ESRCH;

	if (!metric)
		metric = IP6_RT_PRIO_ADDRCONF;
	us6_fib_prefix_set(&p, prefix, plen, NULL, 0);
	rcu_read_lock();
	tb = us6_table_get(net, table_of(dev, RT6_TABLE_PREFIX));
	slot = tb ? us6_fib_find(&us6_table_of(tb)->fib, &p) : NULL;
	for (rt = slot ? rcu_dereference_raw(*slot) : NULL; rt;
	     rt = us6_route_next(rt))
		if (rt->nh.fib_nh_dev == dev && !rt->f6i.nh &&
		    rt->f6i.fib6_metric == metric &&
		    !rt->nh.fib_nh_gw_family &&
		    (rt->f6i.fib6_flags & flags) == flags &&
		    fib6_info_hold_safe(&rt->f6i)) {
			found = rt;
			break;
		}
	rcu_read_unlock();
	if (found)
		err = us6_table_remove(found, &info);
	us6_route_put(found);
	return err ? -ESRCH : 0;
}
