// SPDX-License-Identifier: GPL-2.0
/*
 * The Prefix List of one interface, RFC 4861 5.1 and 6.3.4: what was advertised
 * to be on-link.  Each is a connected route with a lifetime; this list bounds
 * their number.  A prefix without L says nothing (RFC 5942 section 4).
 */
#include <net/ip6_route.h>
#include <net/us6/route.h>
#include "room.h"

#define PREFIX_FLAGS	(RTF_ADDRCONF | RTF_PREFIX_RT)

struct us6_prefix {
	struct list_head	node;
	struct in6_addr		prefix;
	u8			plen;
	bool			infinite;
	unsigned long		expires;	/* jiffies */
};

static struct us6_prefix *prefix_find_locked(struct us6_nd_dev *nd,
					     const struct us6_pio *pio)
{
	struct us6_prefix *p;

	lockdep_assert_held(&nd->router_lock);
	list_for_each_entry(p, &nd->prefixes, node)
		if (p->plen == pio->plen &&
		    ipv6_addr_equal(&p->prefix, &pio->prefix))
			return p;
	return NULL;
}

static void prefix_del_locked(struct us6_nd_dev *nd, struct us6_prefix *p)
{
	list_del(&p->node);
	nd->n_prefixes--;
	kfree(p);
}

static struct us6_prefix *prefix_add_locked(struct us6_nd_dev *nd,
					    const struct us6_pio *pio)
{
	struct us6_prefix *p, *next;

	list_for_each_entry_safe(p, next, &nd->prefixes, node)
		if (!p->infinite && time_after(jiffies, p->expires))
			prefix_del_locked(nd, p);
	if (nd->n_prefixes >= US6_ND_PREFIXES_MAX)
		return NULL;
	p = kzalloc(sizeof(*p), GFP_ATOMIC);
	if (!p)
		return NULL;
	p->prefix = pio->prefix;
	p->plen = pio->plen;
	list_add_tail(&p->node, &nd->prefixes);
	nd->n_prefixes++;
	return p;
}

/* Returns false at the cap. */
static bool prefix_note(struct us6_nd_dev *nd, const struct us6_pio *pio)
{
	struct us6_prefix *p;
	bool ok = true;

	spin_lock_bh(&nd->router_lock);
	p = prefix_find_locked(nd, pio);
	if (!pio->valid) {
		ok = p;
		if (p)
			prefix_del_locked(nd, p);
	} else {
		if (!p)
			p = prefix_add_locked(nd, pio);
		ok = p;
		if (p) {
			p->infinite = pio->valid >= MAX_JIFFY_OFFSET / HZ;
			p->expires = jiffies + (p->infinite ? 0 :
				     (unsigned long)pio->valid * HZ);
		}
	}
	spin_unlock_bh(&nd->router_lock);
	return ok;
}

void us6_prefix_learn(struct us6_nd_dev *nd, const struct us6_pio *pio)
{
	if (!prefix_note(nd, pio))
		return;
	if (pio->valid)
		us6_route_add_prefix(nd->udev, &pio->prefix, pio->plen, 0,
				     pio->valid, PREFIX_FLAGS, RTPROT_KERNEL,
				     GFP_KERNEL);
	else
		us6_route_del_prefix(nd->udev, &pio->prefix, pio->plen, 0,
				     PREFIX_FLAGS);
}

/* The routes go with the device; the list with them. */
void us6_prefixes_flush(struct us6_nd_dev *nd)
{
	struct us6_prefix *p, *next;

	spin_lock_bh(&nd->router_lock);
	list_for_each_entry_safe(p, next, &nd->prefixes, node)
		prefix_del_locked(nd, p);
	spin_unlock_bh(&nd->router_lock);
}
