// SPDX-License-Identifier: GPL-2.0
/*
 * The Default Router List of one interface, RFC 4861 5.1: who advertised, and
 * for how long.  The routes themselves are the route room's; this list bounds
 * their number and knows whom to verify.
 */
#include <net/us6/route.h>
#include "room.h"

struct us6_router {
	struct list_head	node;
	struct in6_addr		addr;
	unsigned long		expires;	/* jiffies */
	unsigned long		probed;		/* jiffies */
};

static struct us6_router *router_find_locked(struct us6_nd_dev *nd,
					     const struct in6_addr *addr)
{
	struct us6_router *r;

	lockdep_assert_held(&nd->router_lock);
	list_for_each_entry(r, &nd->routers, node)
		if (ipv6_addr_equal(&r->addr, addr))
			return r;
	return NULL;
}

static void router_del_locked(struct us6_nd_dev *nd, struct us6_router *r)
{
	list_del(&r->node);
	nd->n_routers--;
	kfree(r);
}

static void routers_expire_locked(struct us6_nd_dev *nd)
{
	struct us6_router *r, *next;

	list_for_each_entry_safe(r, next, &nd->routers, node)
		if (time_after(jiffies, r->expires))
			router_del_locked(nd, r);
}

int us6_routers_note(struct us6_nd_dev *nd, const struct in6_addr *addr,
		     u32 lifetime)
{
	struct us6_router *r;
	int err = 0;

	spin_lock_bh(&nd->router_lock);
	r = router_find_locked(nd, addr);
	if (!lifetime) {
		if (r)
			router_del_locked(nd, r);
		goto out;
	}
	if (!r) {
		routers_expire_locked(nd);
		err = -ENOSPC;
		if (nd->n_routers >= US6_ND_ROUTERS_MAX)
			goto out;
		err = -ENOMEM;
		r = kzalloc(sizeof(*r), GFP_ATOMIC);
		if (!r)
			goto out;
		r->addr = *addr;
		r->probed = jiffies;
		list_add_tail(&r->node, &nd->routers);
		nd->n_routers++;
		err = 0;
	}
	/* A router lifetime has sixteen bits. */
	r->expires = jiffies + lifetime * HZ;
out:
	spin_unlock_bh(&nd->router_lock);
	return err;
}

void us6_routers_lost(struct us6_nd_dev *nd, const struct in6_addr *addr)
{
	struct us6_router *r;

	spin_lock_bh(&nd->router_lock);
	r = router_find_locked(nd, addr);
	if (r)
		router_del_locked(nd, r);
	spin_unlock_bh(&nd->router_lock);
	us6_route_purge_router(nd->udev, addr);
}

void us6_routers_flush(struct us6_nd_dev *nd)
{
	struct us6_router *r, *next;

	spin_lock_bh(&nd->router_lock);
	list_for_each_entry_safe(r, next, &nd->routers, node)
		router_del_locked(nd, r);
	spin_unlock_bh(&nd->router_lock);
}

/* The next router that is down and due to be verified. */
static struct us6_neigh *router_to_probe_locked(struct us6_nd_dev *nd,
						unsigned long interval)
{
	struct us6_router *r;
	struct us6_neigh *n;

	list_for_each_entry(r, &nd->routers, node) {
		if (time_before(jiffies, r->probed + interval))
			continue;
		n = us6_neigh_get_rcu(nd->udev, &r->addr);
		if (!n || us6_neigh_reachable(n))
			continue;
		r->probed = jiffies;
		return n;
	}
	return NULL;
}

/*
 * Nothing is sent to a router that is down while another serves, so NUD would
 * never see it return.  RFC 4191 3.5: at most one probe a minute.
 */
void us6_routers_probe(struct us6_nd_dev *nd)
{
	struct us6_nud_event ev = { .type = US6_NUD_EV_PROBE };
	unsigned long interval = READ_ONCE(nd->udev->idev.cnf.rtr_probe_interval);
	struct us6_neigh *n;

	do {
		spin_lock_bh(&nd->router_lock);
		n = router_to_probe_locked(nd, max(interval, (unsigned long)HZ));
		spin_unlock_bh(&nd->router_lock);
		if (n)
			us6_neigh_event(n, &ev, NULL, NULL);
	} while (n);
}

void us6_routers_dev_init(struct us6_nd_dev *nd)
{
	spin_lock_init(&nd->router_lock);
	INIT_LIST_HEAD(&nd->routers);
	INIT_LIST_HEAD(&nd->prefixes);
}
