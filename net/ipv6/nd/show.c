// SPDX-License-Identifier: GPL-2.0
/*
 * The cache as rows, for netlink.
 */
#include "room.h"

static u16 nud_of(u8 state)
{
	switch (state) {
	case US6_NUD_INCOMPLETE:
		return NUD_INCOMPLETE;
	case US6_NUD_FAILED:
	case US6_NUD_UNREACHABLE:
		return NUD_FAILED;
	case US6_NUD_STALE:
		return NUD_STALE;
	case US6_NUD_DELAY:
		return NUD_DELAY;
	case US6_NUD_PROBE:
		return NUD_PROBE;
	case US6_NUD_REACHABLE:
		return NUD_REACHABLE;
	case US6_NUD_PERMANENT:
		return NUD_PERMANENT;
	case US6_NUD_NOARP:
		return NUD_NOARP;
	default:
		return NUD_NONE;
	}
}

bool us6_neigh_row(struct us6_neigh *n, struct us6_neigh_row *row)
{
	unsigned long confirmed, used;
	u8 state;

	memset(row, 0, sizeof(*row));
	spin_lock_bh(&n->lock);
	state = us6_neigh_state(n);
	confirmed = READ_ONCE(n->confirmed);
	used = READ_ONCE(n->used);
	us6_face_read(n, &confirmed, &used);
	row->addr = n->addr;
	row->ifindex = n->dev->ifindex;
	/* A dead one is spoken of once, when it goes. */
	row->nud = n->dead ? NUD_FAILED : nud_of(state);
	row->flags = n->flags | (n->is_router ? NTF_ROUTER : 0);
	row->ext_flags = n->ext_flags;
	row->protocol = n->protocol;
	row->probes = n->probes;
	if (row->nud & NUD_VALID) {
		row->addr_len = n->dev->addr_len;
		memcpy(row->ha, n->ha, row->addr_len);
	}
	row->used = jiffies - used;
	row->confirmed = jiffies - confirmed;
	row->updated = jiffies - n->updated;
	row->refs = refcount_read(&n->ref) - 1;
	spin_unlock_bh(&n->lock);
	return state != US6_NUD_NONE;
}

static void proxy_row(const struct us6_nd_dev *nd, const struct us6_proxy *p,
		      struct us6_neigh_row *row)
{
	memset(row, 0, sizeof(*row));
	row->proxy = true;
	row->addr = p->addr;
	row->ifindex = nd->dev->ifindex;
	row->flags = READ_ONCE(p->flags) | NTF_PROXY;
	row->protocol = READ_ONCE(p->protocol);
}

static int walk_proxies(struct us6_nd_dev *nd, u64 *pos,
			int (*cb)(const struct us6_neigh_row *row, void *arg),
			void *arg)
{
	struct us6_neigh_row row;
	struct us6_proxy *p;
	u64 i = 0;
	int err;

	hlist_for_each_entry_rcu(p, &nd->proxies, node) {
		if (i++ < *pos)
			continue;
		proxy_row(nd, p, &row);
		err = cb(&row, arg);
		if (err)
			return err;
		*pos = i;
	}
	return 0;
}

int us6_neigh_walk(struct us6_dev *udev, bool proxies, u64 *pos,
		   int (*cb)(const struct us6_neigh_row *row, void *arg),
		   void *arg)
{
	struct us6_nd_dev *nd = udev->nd;
	struct us6_neigh_row row;
	struct us6_neigh *n;
	int err;

	if (!nd)
		return 0;
	if (proxies)
		return walk_proxies(nd, pos, cb, arg);
	list_for_each_entry_rcu(n, &nd->all, all) {
		if (n->id <= *pos)
			continue;
		err = us6_neigh_row(n, &row) ? cb(&row, arg) : 0;
		if (err)
			return err;
		*pos = n->id;
	}
	return 0;
}

bool us6_proxy_row(struct us6_dev *udev, const struct in6_addr *addr,
		   struct us6_neigh_row *row)
{
	struct us6_proxy *p = udev->nd ? us6_proxy_get_rcu(udev->nd, addr) : NULL;

	if (p)
		proxy_row(udev->nd, p, row);
	return p;
}
