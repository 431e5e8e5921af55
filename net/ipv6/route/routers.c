// SPDX-License-Identifier: GPL-2.0
/*
 * Routes that Router Advertisements give.  They are ordinary routes that belong
 * to their interface's router list, which bounds them.
 *
 * Where several routers serve one prefix with one metric, RFC 4861 6.3.6 and
 * RFC 4191 3.2 want one that is reachable, of those the preferred, and when
 * none is, each in turn.  That is worked out here when something happens, and
 * published in the first of the routes; a look-up reads one pointer.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <net/l3mdev.h>
#include <net/us6/nd.h>
#include "route.h"

/* ---- the choice --------------------------------------------------------------- */

/* RFC 4191 2.1: 01 high, 00 medium, 11 low. */
static int pref_rank(u8 pref)
{
	switch (pref) {
	case ICMPV6_ROUTER_PREF_HIGH:
		return 3;
	case ICMPV6_ROUTER_PREF_LOW:
		return 1;
	default:
		return 2;
	}
}

static bool reachable(const struct us6_route *rt)
{
	return us6_neigh_reachable(us6_neigh_get_rcu(rt->udev, &rt->nh.fib_nh_gw6));
}

static struct us6_route *next_router(struct us6_route *rt, u32 metric)
{
	for (; rt && rt->f6i.fib6_metric == metric; rt = us6_route_next(rt))
		if (us6_route_is_ra(rt))
			return rt;
	return NULL;
}

/* The one behind @rt, from the start again at the end. */
static struct us6_route *in_turn(struct us6_route *first, struct us6_route *rt,
				 u32 metric)
{
	struct us6_route *next = next_router(us6_route_next(rt), metric);

	return next ? next : next_router(first, metric);
}

void us6_routers_choose(struct us6_route *first, const struct in6_addr *failed)
{
	struct us6_route *rt, *was, *best = NULL;
	u32 metric = first ? first->f6i.fib6_metric : 0;
	int rank, best_rank = -1;
	unsigned int n = 0;

	if (!first)
		return;
	rcu_read_lock();
	for (rt = next_router(first, metric); rt;
	     rt = next_router(us6_route_next(rt), metric)) {
		rank = pref_rank(rt->pref) + (reachable(rt) ? 4 : 0);
		n++;
		if (rank > best_rank) {
			best = rt;
			best_rank = rank;
		}
	}
	was = rcu_dereference_raw(first->chosen);
	if (n < 2) {
		best = NULL;
	} else if (best_rank < 4 && was && failed) {
		/* None is reachable: not the one that just failed again. */
		best = ipv6_addr_equal(&was->nh.fib_nh_gw6, failed) ?
		       in_turn(first, was, metric) : was;
	}
	if (was != best) {
		rcu_assign_pointer(first->chosen, best);
		smp_mb__before_atomic();
		atomic_inc(&us6_route_table(first)->rn->changes);
		smp_mb__after_atomic();
		for (rt = first; rt && rt->f6i.fib6_metric == metric;
		     rt = us6_route_next(rt))
			us6_route_bump(rt);
	}
	rcu_read_unlock();
}

#define BATCH	16

/* Some of the router routes through @gateway (NULL: all), held. */
static int collect(struct us6_route_dev *rd, const struct in6_addr *gateway,
		   unsigned int skip, struct us6_route **batch)
{
	struct us6_route *rt;
	int n = 0;

	spin_lock_bh(&rd->lock);
	list_for_each_entry(rt, &rd->routers, dev_node) {
		if (gateway && !ipv6_addr_equal(&rt->nh.fib_nh_gw6, gateway))
			continue;
		if (skip) {
			skip--;
			continue;
		}
		if (fib6_info_hold_safe(&rt->f6i))
			batch[n++] = rt;
		if (n == BATCH)
			break;
	}
	spin_unlock_bh(&rd->lock);
	return n;
}

void us6_route_reselect(struct us6_dev *udev, const struct in6_addr *gateway)
{
	struct us6_route *batch[BATCH];
	unsigned int skip = 0;
	bool down;
	int i, n;

	rcu_read_lock();
	down = !us6_neigh_reachable(us6_neigh_get_rcu(udev, gateway));
	rcu_read_unlock();
	do {
		n = collect(udev->route, gateway, skip, batch);
		for (i = 0; i < n; i++) {
			struct us6_route *rt = batch[i];
			spinlock_t *lock = &rt->f6i.fib6_table->tb6_lock;

			spin_lock_bh(lock);
			if (!rt->dead)
				us6_routers_choose(us6_table_group(rt),
						   down ? gateway : NULL);
			spin_unlock_bh(lock);
			us6_route_put(rt);
		}
		skip += n;
	} while (n == BATCH);
	/* RFC 4861 7.2.5: a redirect to one that went is void. */
	if (down)
		us6_exceptions_flush_gateway(udev, gateway);
}

/* ---- Router Advertisements --------------------------------------------------------- */

static struct us6_route *find_router(struct us6_dev *udev,
				     const struct in6_addr *router,
				     const struct in6_addr *prefix, u8 plen)
{
	struct us6_route_dev *rd = udev->route;
	struct us6_route *rt, *found = NULL;

	spin_lock_bh(&rd->lock);
	list_for_each_entry(rt, &rd->routers, dev_node)
		if (rt->f6i.fib6_dst.plen == plen &&
		    ipv6_prefix_equal(&rt->f6i.fib6_dst.addr, prefix, plen) &&
		    ipv6_addr_equal(&rt->nh.fib_nh_gw6, router) &&
		    fib6_info_hold_safe(&rt->f6i)) {
			found = rt;
			break;
		}
	spin_unlock_bh(&rd->lock);
	return found;
}

static u32 router_table(const struct net_device *dev)
{
	u32 id;

	rcu_read_lock();
	id = l3mdev_fib_table_rcu(dev);
	rcu_read_unlock();
	return id ? id : RT6_TABLE_DFLT;
}

/* What a repeated advertisement may change without another route. */
static void refresh(struct us6_route *rt, u8 pref, u32 lifetime)
{
	spinlock_t *lock = &rt->f6i.fib6_table->tb6_lock;

	spin_lock_bh(lock);
	if (rt->dead)
		goto out;
	if (rt->pref != pref) {
		WRITE_ONCE(rt->pref, pref);
		WRITE_ONCE(rt->f6i.fib6_flags,
			   (rt->f6i.fib6_flags & ~RTF_PREF_MASK) | RTF_PREF(pref));
		us6_routers_choose(us6_table_group(rt), NULL);
	}
	if (lifetime == U32_MAX) {
		us6_expire_del(rt);
		rt->f6i.fib6_flags &= ~RTF_EXPIRES;
	} else {
		us6_expire_add(rt, jiffies + (unsigned long)lifetime * HZ);
	}
out:
	spin_unlock_bh(lock);
}

static int add_router(struct us6_dev *udev, const struct in6_addr *router,
		      const struct in6_addr *prefix, u8 plen, u8 pref,
		      u32 metric, u32 lifetime)
{
	struct net_device *dev = udev->idev.dev;
	struct net *net = dev_net(dev);
	struct fib6_config cfg = {
		.fc_table	= router_table(dev),
		.fc_metric	= metric ? metric : IP6_RT_PRIO_USER,
		.fc_ifindex	= dev->ifindex,
		.fc_dst_len	= plen,
		.fc_dst		= *prefix,
		.fc_gateway	= *router,
		.fc_protocol	= RTPROT_RA,
		.fc_type	= RTN_UNICAST,
		.fc_flags	= RTF_GATEWAY | RTF_ADDRCONF | RTF_UP |
				  RTF_PREF(pref) |
				  (plen ? RTF_ROUTEINFO : RTF_DEFAULT),
		.fc_nlinfo.nl_net = net,
	};
	int err;

	if (lifetime != U32_MAX) {
		cfg.fc_flags |= RTF_EXPIRES;
		cfg.fc_expires = jiffies_to_clock_t((unsigned long)lifetime * HZ);
	}
	err = us6_route_add(net, &cfg, GFP_ATOMIC, NULL);
	if (!err && !plen)
		us6_table_get(net, cfg.fc_table)->flags |= RT6_TABLE_HAS_DFLT_ROUTER;
	return err;
}

int us6_route_set_router(struct us6_dev *udev, const struct in6_addr *router,
			 const struct in6_addr *prefix, u8 plen, u8 pref,
			 u32 metric, u32 lifetime)
{
	struct nl_info info = { .nl_net = us6_dev_net(udev) };
	struct us6_route *rt = find_router(udev, router, prefix, plen);
	int err = 0;

	if (rt && lifetime &&
	    rt->f6i.fib6_metric == (metric ? metric : IP6_RT_PRIO_USER)) {
		refresh(rt, pref, lifetime);
		us6_route_put(rt);
		return 0;
	}
	if (rt) {
		us6_table_remove(rt, &info);
		us6_route_put(rt);
	}
	if (lifetime)
		err = add_router(udev, router, prefix, plen, pref, metric, lifetime);
	return err;
}

void us6_route_purge_router(struct us6_dev *udev, const struct in6_addr *router)
{
	struct nl_info info = { .nl_net = us6_dev_net(udev) };
	struct us6_route *batch[BATCH];
	int i, n;

	while ((n = collect(udev->route, router, 0, batch)))
		for (i = 0; i < n; i++) {
			us6_table_remove(batch[i], &info);
			us6_route_put(batch[i]);
		}
	us6_exceptions_flush_gateway(udev, router);
}
