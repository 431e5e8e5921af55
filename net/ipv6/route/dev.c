// SPDX-License-Identifier: GPL-2.0
/*
 * What happens to routes and dsts when something happens to an interface.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/if_arp.h>
#include <linux/slab.h>
#include <net/l3mdev.h>
#include <net/us6/ctl.h>
#include "route.h"

int us6_route_dev_create(struct us6_dev *udev)
{
	struct us6_route_dev *rd = kzalloc(sizeof(*rd), GFP_KERNEL);

	if (!rd)
		return -ENOMEM;
	spin_lock_init(&rd->lock);
	INIT_LIST_HEAD(&rd->routes);
	INIT_LIST_HEAD(&rd->routers);
	udev->route = rd;
	if (udev->idev.dev == us6_dev_net(udev)->loopback_dev)
		us6_dst_errors_attach(udev);
	return 0;
}

void us6_route_dev_destroy(struct us6_dev *udev)
{
	kfree(udev->route);
	udev->route = NULL;
}

static struct us6_route *first_held(struct us6_route_dev *rd,
				    bool (*fn)(const struct us6_route *rt))
{
	struct us6_route *rt, *found = NULL;

	spin_lock_bh(&rd->lock);
	list_for_each_entry(rt, &rd->routes, dev_node)
		if (fn(rt) && fib6_info_hold_safe(&rt->f6i)) {
			found = rt;
			goto out;
		}
	list_for_each_entry(rt, &rd->routers, dev_node)
		if (fn(rt) && fib6_info_hold_safe(&rt->f6i)) {
			found = rt;
			break;
		}
out:
	spin_unlock_bh(&rd->lock);
	return found;
}

static bool any_route(const struct us6_route *rt)
{
	return true;
}

static bool alone(const struct us6_route *rt)
{
	return !READ_ONCE(rt->f6i.fib6_nsiblings);
}

static void remove_all(struct us6_dev *udev,
		       bool (*fn)(const struct us6_route *rt), bool notify)
{
	struct nl_info info = {
		.nl_net		= us6_dev_net(udev),
		.skip_notify	= !notify,
	};
	struct us6_route *rt;

	while ((rt = first_held(udev->route, fn))) {
		/* The device is what goes, so user space hears of that. */
		us6_table_remove(rt, &info);
		us6_route_put(rt);
	}
}

/*
 * Set and clear flags on the next hops of an interface.  The list's lock is
 * below the tables', so routes are taken one by one; @turn tells them apart
 * from those that were done.
 */
static void flag_routes(struct us6_dev *udev, unsigned int set,
			unsigned int clear)
{
	struct us6_route_dev *rd = udev->route;
	struct us6_route *rt;
	LIST_HEAD(done);

	for (;;) {
		spinlock_t *lock;

		spin_lock_bh(&rd->lock);
		rt = list_first_entry_or_null(&rd->routes, struct us6_route,
					      dev_node);
		if (rt) {
			list_move_tail(&rt->dev_node, &done);
			fib6_info_hold(&rt->f6i);
		} else {
			list_splice_init(&done, &rd->routes);
		}
		spin_unlock_bh(&rd->lock);
		if (!rt)
			break;
		lock = &rt->f6i.fib6_table->tb6_lock;
		spin_lock_bh(lock);
		if (!rt->dead) {
			WRITE_ONCE(rt->nh.fib_nh_flags,
				   (rt->nh.fib_nh_flags | set) & ~clear);
			if (rt->f6i.fib6_nsiblings)
				us6_multipath_rebalance(rt);
			us6_table_revived(rt);
		}
		spin_unlock_bh(lock);
		us6_route_put(rt);
	}
}

static void flag_routers(struct us6_dev *udev, unsigned int set,
			 unsigned int clear)
{
	struct us6_route_dev *rd = udev->route;
	struct us6_route_net *rn = us6_route_net(us6_dev_net(udev));
	struct us6_route *rt;

	spin_lock_bh(&rd->lock);
	list_for_each_entry(rt, &rd->routers, dev_node)
		WRITE_ONCE(rt->nh.fib_nh_flags,
			   (rt->nh.fib_nh_flags | set) & ~clear);
	if (!list_empty(&rd->routers)) {
		atomic_inc(&rn->changes);
		atomic_inc(&rn->gen);
	}
	spin_unlock_bh(&rd->lock);
}

/*
 * ff00::/8, so that a group is reached through any interface.  The peer's end of
 * a wire may be ready before ours: what it sends to a group that we joined must
 * find a way in, or its first solicitation for Duplicate Address Detection goes
 * unheard.
 */
void us6_route_dev_open(struct us6_dev *udev)
{
	struct net_device *dev = udev->idev.dev;
	struct net *net = dev_net(dev);
	struct fib6_config cfg = {
		.fc_metric	= IP6_RT_PRIO_ADDRCONF,
		.fc_ifindex	= dev->ifindex,
		.fc_dst_len	= 8,
		.fc_flags	= RTF_UP,
		.fc_type	= RTN_MULTICAST,
		.fc_protocol	= RTPROT_KERNEL,
		.fc_nlinfo.nl_net = net,
	};
	struct us6_route *rt;

	if (!(dev->flags & IFF_MULTICAST))
		return;
	rcu_read_lock();
	cfg.fc_table = l3mdev_fib_table_rcu(dev);
	rcu_read_unlock();
	if (!cfg.fc_table)
		cfg.fc_table = RT6_TABLE_LOCAL;
	ipv6_addr_set(&cfg.fc_dst, htonl(0xff000000), 0, 0, 0);
	rt = us6_route_build(net, &cfg, GFP_KERNEL, NULL);
	if (!IS_ERR(rt))
		us6_table_insert(rt, NLM_F_CREATE, &cfg.fc_nlinfo, NULL, NULL);
	else
		pr_warn("%s: no multicast route (%ld)\n", dev->name, PTR_ERR(rt));
}

void us6_route_dev_up(struct us6_dev *udev)
{
	struct net_device *dev = udev->idev.dev;
	unsigned int clear = RTNH_F_DEAD;

	if (netif_carrier_ok(dev))
		clear |= RTNH_F_LINKDOWN;
	flag_routes(udev, 0, clear);
	us6_route_dev_open(udev);
}

void us6_route_dev_down(struct us6_dev *udev)
{
	struct net *net = us6_dev_net(udev);

	/* Of a multipath route the other ways remain, and this one may return. */
	remove_all(udev, alone, !READ_ONCE(net->ipv6.sysctl.skip_notify_on_dev_down));
	flag_routes(udev, RTNH_F_DEAD | RTNH_F_LINKDOWN, 0);
	us6_exceptions_flush_gateway(udev, NULL);
}

void us6_route_dev_carrier(struct us6_dev *udev, bool up)
{
	unsigned int set = up ? 0 : RTNH_F_LINKDOWN;
	unsigned int clear = up ? RTNH_F_LINKDOWN : 0;

	flag_routes(udev, set, clear);
	flag_routers(udev, set, clear);
}

void us6_route_dev_mtu(struct us6_dev *udev)
{
	struct us6_route_dev *rd = udev->route;
	struct us6_route *rt;

	/* The MTU itself is read when it is asked for; sockets ask again. */
	spin_lock_bh(&rd->lock);
	list_for_each_entry(rt, &rd->routes, dev_node)
		us6_route_bump(rt);
	list_for_each_entry(rt, &rd->routers, dev_node)
		us6_route_bump(rt);
	spin_unlock_bh(&rd->lock);
}

void us6_route_dev_unlink(struct us6_dev *udev)
{
	struct us6_route_dev *rd = udev->route;

	spin_lock_bh(&rd->lock);
	rd->dead = true;
	spin_unlock_bh(&rd->lock);
	remove_all(udev, any_route, false);
	us6_dst_dev_gone(udev->idev.dev);
}
