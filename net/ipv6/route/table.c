// SPDX-License-Identifier: GPL-2.0
/*
 * Tables: which routes there are.  A table is a trie whose leaves are the
 * routes of one prefix in order of metric, linked by fib6_next.
 *
 * What must look again after a change.  A dst is good as long as a look-up
 * would find its route: a route that goes takes its own dsts along, and a
 * route that comes makes those of the route that it covers for look again,
 * and nobody else's.  The order is always: publish the trie, count in
 * rn->changes, raise the generations.  A reader that makes a dst reads the
 * count before it walks and again at the end (us6_dst_get), so none made from
 * an old walk carries a new generation.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <net/us6/ctl.h>
#include "route.h"

static struct kmem_cache *node_cache;

static struct us6_fib_node *node_alloc(gfp_t gfp)
{
	return kmem_cache_alloc(node_cache, gfp);
}

static void node_free_rcu(struct rcu_head *head)
{
	kmem_cache_free(node_cache, container_of(head, struct us6_fib_node, rcu));
}

static void node_free(struct us6_fib_node *n)
{
	call_rcu(&n->rcu, node_free_rcu);
}

const struct us6_fib_ops us6_fib_mem = {
	.alloc	= node_alloc,
	.free	= node_free,
};

/* ---- tables -------------------------------------------------------------- */

static struct hlist_head *table_bucket(const struct net *net, u32 id)
{
	return &net->ipv6.fib_table_hash[id & (US6_TABLE_BUCKETS - 1)];
}

struct fib6_table *us6_table_get(struct net *net, u32 id)
{
	struct fib6_table *tb;

	if (!id)
		id = RT6_TABLE_MAIN;
	hlist_for_each_entry_rcu(tb, table_bucket(net, id), tb6_hlist, true)
		if (tb->tb6_id == id)
			return tb;
	return NULL;
}

struct fib6_table *us6_table_new(struct net *net, u32 id)
{
	struct us6_route_net *rn = us6_route_net(net);
	struct us6_table *t;
	struct fib6_table *tb;

	if (!id)
		id = RT6_TABLE_MAIN;
	tb = us6_table_get(net, id);
	if (tb)
		return tb;
	t = kzalloc(sizeof(*t), GFP_ATOMIC);
	if (!t)
		return NULL;
	t->rn = rn;
	t->tb.tb6_id = id;
	spin_lock_init(&t->tb.tb6_lock);
	inet_peer_base_init(&t->tb.tb6_peers);
	RCU_INIT_POINTER(t->tb.tb6_root.leaf, net->ipv6.fib6_null_entry);
	t->tb.tb6_root.fn_flags = RTN_ROOT | RTN_TL_ROOT | RTN_RTINFO;

	spin_lock_bh(&rn->table_lock);
	tb = us6_table_get(net, id);
	if (tb) {
		kfree(t);
	} else {
		tb = &t->tb;
		hlist_add_head_rcu(&tb->tb6_hlist, table_bucket(net, id));
	}
	spin_unlock_bh(&rn->table_lock);
	return tb;
}

#define for_each_table(net, i, tb)					\
	for ((i) = 0; (i) < US6_TABLE_BUCKETS; (i)++)			\
		hlist_for_each_entry_rcu(tb, &(net)->ipv6.fib_table_hash[i], \
					 tb6_hlist, true)

/* ---- who must look again --------------------------------------------------- */

void us6_route_bump(struct us6_route *rt)
{
	atomic_inc(&rt->gen);
}

static void chain_bump(struct us6_route *rt, u32 from_metric)
{
	for (; rt; rt = us6_route_next(rt))
		if (rt->f6i.fib6_metric >= from_metric)
			us6_route_bump(rt);
}

/* Would every flow that a route through @dev takes have been caught here? */
static bool chain_catches(struct us6_route *rt, const struct net_device *dev)
{
	for (; rt; rt = us6_route_next(rt)) {
		const struct fib6_nh *nh;

		if (rt->f6i.nh || rt->f6i.fib6_type == RTN_THROW ||
		    (rt->f6i.fib6_flags & RTF_EXPIRES))
			continue;
		nh = &rt->nh;
		if (nh->fib_nh_dev == dev &&
		    !(nh->fib_nh_flags & (RTNH_F_DEAD | RTNH_F_LINKDOWN)))
			return true;
	}
	return false;
}

/* Routes of one trie that served flows to @p.  Returns: no flow went past. */
static bool bump_covers(const struct us6_fib *fib, const struct us6_fib_prefix *p,
			const struct net_device *dev)
{
	struct us6_fib_prefix up = *p;
	struct us6_route *rt;

	/* By destination alone: with source prefixes all is bumped anyway. */
	up.slen = 0;
	while ((rt = us6_fib_cover(fib, &up))) {
		chain_bump(rt, 0);
		if (dev && chain_catches(rt, dev))
			return true;
		up.dlen = rt->f6i.fib6_dst.plen;
	}
	return false;
}

static void bump_below(const struct us6_fib *fib, const struct us6_fib_prefix *p)
{
	struct us6_fib_prefix at = *p;
	struct us6_route *rt;

	/* The prefix itself, then what follows it as long as it lies within. */
	void __rcu **slot = us6_fib_find((struct us6_fib *)fib, p);

	if (slot)
		chain_bump(rcu_dereference_raw(*slot), 0);
	while ((rt = us6_fib_next(fib, &at, false)) && us6_fib_covers(p, &at))
		chain_bump(rt, 0);
}

/*
 * A route became usable.  Flows that it now takes were served by a route that
 * covers it in its own table, or, when they went past that table, by any other
 * table's.
 */
static void bump_covered(struct us6_table *t, struct us6_route *rt)
{
	struct us6_route_net *rn = t->rn;
	struct us6_fib_prefix p;
	struct fib6_table *tb;
	bool caught;
	int i;

	smp_mb__before_atomic();
	atomic_inc(&rn->changes);
	smp_mb__after_atomic();
	if (fib6_routes_require_src(rn->net)) {
		atomic_inc(&rn->gen);
		return;
	}
	rcu_read_lock();
	us6_route_prefix(rt, &p);
	chain_bump(us6_route_next(rt), rt->f6i.fib6_metric);
	caught = bump_covers(&t->fib, &p, rt->f6i.nh ? NULL : rt->nh.fib_nh_dev);
	if (!caught || READ_ONCE(rn->suppressors)) {
		for_each_table(rn->net, i, tb) {
			struct us6_table *other = us6_table_of(tb);

			if (other == t)
				continue;
			bump_covers(&other->fib, &p, NULL);
			bump_below(&other->fib, &p);
		}
	}
	rcu_read_unlock();
}

/* ---- inserting --------------------------------------------------------------- */

static struct us6_route *chain_first(void __rcu **slot)
{
	return rcu_dereference_raw(*slot);
}

/* Where a new route goes, and what it meets there. */
struct place {
	struct us6_route	*prev;		/* goes behind it; NULL: first */
	struct us6_route	*old;		/* to be replaced */
	struct us6_route	*same;		/* in the way: -EEXIST */
};

static void find_place(struct us6_route *first, struct us6_route *rt,
		       u16 nlflags, struct place *at)
{
	bool ecmp = rt6_qualify_for_ecmp(&rt->f6i);
	struct us6_route *it, *second_best = NULL;

	memset(at, 0, sizeof(*at));
	for (it = first; it && it->f6i.fib6_metric <= rt->f6i.fib6_metric;
	     at->prev = it, it = us6_route_next(it)) {
		if (it->f6i.fib6_metric != rt->f6i.fib6_metric)
			continue;
		if (nlflags & NLM_F_REPLACE) {
			/* Gateways replace gateways first, devices devices. */
			if (!at->old && ecmp == rt6_qualify_for_ecmp(&it->f6i))
				at->old = it;
			else if (!second_best)
				second_best = it;
			continue;
		}
		if ((nlflags & NLM_F_EXCL) ||
		    rt6_duplicate_nexthop(&it->f6i, &rt->f6i)) {
			at->same = it;
			return;
		}
	}
	if (!at->old)
		at->old = second_best;
}

static int dev_link(struct us6_route *rt)
{
	struct us6_route_dev *rd;
	int err = 0;

	if (!rt->udev)
		return 0;
	rd = rt->udev->route;
	spin_lock(&rd->lock);
	if (rd->dead) {
		err = -ENODEV;
	} else if (us6_route_is_ra(rt)) {
		if (rd->nr_routers >= US6_RA_ROUTES_MAX) {
			err = -ENOSPC;
		} else {
			rd->nr_routers++;
			list_add_tail(&rt->dev_node, &rd->routers);
		}
	} else {
		list_add_tail(&rt->dev_node, &rd->routes);
	}
	spin_unlock(&rd->lock);
	return err;
}

static void dev_unlink(struct us6_route *rt)
{
	struct us6_route_dev *rd;

	if (!rt->udev)
		return;
	rd = rt->udev->route;
	spin_lock(&rd->lock);
	if (!list_empty(&rt->dev_node)) {
		if (us6_route_is_ra(rt))
			rd->nr_routers--;
		list_del_init(&rt->dev_node);
	}
	spin_unlock(&rd->lock);
}

/* Gateways of one prefix and metric share the load. */
static void siblings_join(struct us6_route *first, struct us6_route *rt)
{
	struct us6_route *it, *member = NULL;
	unsigned int n = 0;

	if (!rt6_qualify_for_ecmp(&rt->f6i))
		return;
	for (it = first; it; it = us6_route_next(it)) {
		if (it == rt || it->f6i.fib6_metric != rt->f6i.fib6_metric ||
		    !rt6_qualify_for_ecmp(&it->f6i))
			continue;
		member = it;
		n++;
	}
	if (!n)
		return;
	list_add_tail_rcu(&rt->f6i.fib6_siblings, &member->f6i.fib6_siblings);
	for (it = first; it; it = us6_route_next(it))
		if (it->f6i.fib6_metric == rt->f6i.fib6_metric &&
		    rt6_qualify_for_ecmp(&it->f6i))
			WRITE_ONCE(it->f6i.fib6_nsiblings, n);
	us6_multipath_rebalance(rt);
}

static void siblings_leave(struct us6_route *rt)
{
	struct fib6_info *it, *next = NULL;

	if (!rt->f6i.fib6_nsiblings)
		return;
	list_for_each_entry(it, &rt->f6i.fib6_siblings, fib6_siblings) {
		WRITE_ONCE(it->fib6_nsiblings, it->fib6_nsiblings - 1);
		next = it;
	}
	WRITE_ONCE(rt->f6i.fib6_nsiblings, 0);
	list_del_init(&rt->f6i.fib6_siblings);
	if (next)
		us6_multipath_rebalance(us6_route_of(next));
}

static struct us6_route *group_first(struct us6_route *first, u32 metric)
{
	while (first && first->f6i.fib6_metric != metric)
		first = us6_route_next(first);
	return first;
}

static void chain_add(void __rcu **slot, struct us6_route *prev,
		      struct us6_route *rt)
{
	struct us6_route *next = prev ? us6_route_next(prev) : chain_first(slot);

	RCU_INIT_POINTER(rt->f6i.fib6_next, next ? &next->f6i : NULL);
	if (prev)
		rcu_assign_pointer(prev->f6i.fib6_next, &rt->f6i);
	else
		rcu_assign_pointer(*slot, rt);
	siblings_join(chain_first(slot), rt);
	us6_routers_choose(group_first(chain_first(slot),
				       rt->f6i.fib6_metric), NULL);
}

/* Unlink; readers that stand on it find the way on. */
static void chain_del(void __rcu **slot, struct us6_route *rt)
{
	struct us6_route *it, *prev = NULL, *next = us6_route_next(rt);

	for (it = chain_first(slot); it && it != rt; it = us6_route_next(it))
		prev = it;
	siblings_leave(rt);
	if (prev)
		rcu_assign_pointer(prev->f6i.fib6_next, next ? &next->f6i : NULL);
	else
		rcu_assign_pointer(*slot, next);
	us6_routers_choose(group_first(chain_first(slot),
				       rt->f6i.fib6_metric), NULL);
}

static void count_route(struct us6_table *t, struct us6_route *rt, int by)
{
	struct net *net = t->rn->net;

	t->count += by;
	net->ipv6.rt6_stats->fib_rt_entries += by;
	if (by < 0)
		net->ipv6.rt6_stats->fib_discarded_routes++;
	if (!rt->f6i.fib6_src.plen)
		return;
	/* Read without a lock by everybody; tables change it one at a time. */
	spin_lock(&t->rn->expire_lock);
	if (by > 0)
		fib6_routes_require_src_inc(net);
	else
		fib6_routes_require_src_dec(net);
	spin_unlock(&t->rn->expire_lock);
}

static void entered(struct us6_table *t, struct us6_route *rt)
{
	rcu_assign_pointer(rt->f6i.fib6_node, &t->tb.tb6_root);
	if (rt->f6i.nh)
		list_add(&rt->f6i.nh_list, &rt->f6i.nh->f6i_list);
	count_route(t, rt, 1);
	t->tb.fib_seq++;
	if (rt->f6i.fib6_flags & RTF_EXPIRES)
		us6_expire_add(rt, rt->f6i.expires);
	bump_covered(t, rt);
}

/* The table's reference goes to the caller. */
static void left(struct us6_table *t, struct us6_route *rt)
{
	WRITE_ONCE(rt->dead, 1);
	RCU_INIT_POINTER(rt->f6i.fib6_node, NULL);
	rt->f6i.fib6_destroying = 1;
	if (rt->f6i.nh)
		list_del_init(&rt->f6i.nh_list);
	count_route(t, rt, -1);
	t->tb.fib_seq++;
	us6_expire_del(rt);
	dev_unlink(rt);
	smp_mb__before_atomic();
	atomic_inc(&t->rn->changes);
	smp_mb__after_atomic();
	us6_route_bump(rt);
	us6_nh_drop_pcpu(&rt->nh);
	us6_exceptions_flush(rt);
}

static void remove_locked(struct us6_table *t, void __rcu **slot,
			  struct us6_route *rt, struct us6_fib_prefix *p)
{
	lockdep_assert_held(&t->tb.tb6_lock);
	us6_fib_notify(rt, FIB_EVENT_ENTRY_DEL, NULL);
	chain_del(slot, rt);
	if (!chain_first(slot))
		us6_fib_prune(&t->fib, p, &us6_fib_mem);
	left(t, rt);
}

/* Take the replaced route out, and its siblings with it. */
static void replace_locked(struct us6_table *t, void __rcu **slot,
			   struct us6_route *old, struct us6_route *rt,
			   struct hlist_head *gone)
{
	bool ecmp = rt6_qualify_for_ecmp(&old->f6i);
	struct us6_route *it, *next;

	for (it = chain_first(slot); it; it = next) {
		next = us6_route_next(it);
		if (it == rt || it->f6i.fib6_metric != old->f6i.fib6_metric)
			continue;
		if (it != old && !(ecmp && rt6_qualify_for_ecmp(&it->f6i)))
			continue;
		chain_del(slot, it);
		left(t, it);
		us6_route_put(it);
	}
}

static int insert_locked(struct us6_table *t, struct us6_route *rt, u16 nlflags,
			 struct us6_route **exists, bool *replaced,
			 struct netlink_ext_ack *extack)
{
	struct us6_fib_prefix p;
	struct place at;
	void __rcu **slot;
	int err;

	us6_route_prefix(rt, &p);
	slot = us6_fib_make(&t->fib, &p, &us6_fib_mem, GFP_ATOMIC);
	if (!slot)
		return -ENOMEM;
	find_place(chain_first(slot), rt, nlflags, &at);
	err = -EEXIST;
	if (at.same) {
		if (exists && fib6_info_hold_safe(&at.same->f6i))
			*exists = at.same;
		goto fail;
	}
	err = -ENOENT;
	if (!at.old && !(nlflags & NLM_F_CREATE))
		goto fail;
	err = dev_link(rt);
	if (err)
		goto fail;
	chain_add(slot, at.prev, rt);
	if (at.old) {
		replace_locked(t, slot, at.old, rt, NULL);
		*replaced = true;
	}
	entered(t, rt);
	us6_fib_notify(rt, rt->f6i.fib6_nsiblings ? FIB_EVENT_ENTRY_APPEND :
		       FIB_EVENT_ENTRY_REPLACE, extack);
	return 0;
fail:
	us6_fib_prune(&t->fib, &p, &us6_fib_mem);
	return err;
}

int us6_table_insert(struct us6_route *rt, u16 nlflags, struct nl_info *info,
		     struct us6_route **exists, struct netlink_ext_ack *extack)
{
	struct us6_table *t = us6_route_table(rt);
	bool replaced = false;
	int err;

	if (info && !info->skip_notify)
		fib6_info_hold(&rt->f6i);
	spin_lock_bh(&t->tb.tb6_lock);
	err = insert_locked(t, rt, nlflags, exists, &replaced, extack);
	spin_unlock_bh(&t->tb.tb6_lock);
	if (info && !info->skip_notify) {
		if (!err)
			us6_notify_route(RTM_NEWROUTE, rt, info,
					 replaced ? NLM_F_REPLACE :
					 nlflags & NLM_F_APPEND ? NLM_F_APPEND :
					 NLM_F_CREATE);
		us6_route_put(rt);
	}
	if (err)
		us6_route_put(rt);
	return err;
}

int us6_table_remove(struct us6_route *rt, struct nl_info *info)
{
	struct us6_table *t = us6_route_table(rt);
	struct us6_fib_prefix p;
	void __rcu **slot;

	spin_lock_bh(&t->tb.tb6_lock);
	if (rt->dead || !rcu_access_pointer(rt->f6i.fib6_node)) {
		spin_unlock_bh(&t->tb.tb6_lock);
		return -ENOENT;
	}
	us6_route_prefix(rt, &p);
	slot = us6_fib_find(&t->fib, &p);
	remove_locked(t, slot, rt, &p);
	spin_unlock_bh(&t->tb.tb6_lock);
	if (info && !info->skip_notify)
		us6_notify_route(RTM_DELROUTE, rt, info, 0);
	us6_route_put(rt);
	return 0;
}

void us6_route_touch(struct net *net, struct fib6_info *f6i)
{
	struct us6_route *rt = us6_route_of(f6i);
	struct us6_table *t = us6_route_table(rt);

	spin_lock_bh(&t->tb.tb6_lock);
	if (!rt->dead) {
		bump_covered(t, rt);
		us6_route_bump(rt);
	}
	spin_unlock_bh(&t->tb.tb6_lock);
}

struct us6_route *us6_table_group(struct us6_route *rt)
{
	struct us6_table *t = us6_route_table(rt);
	struct us6_fib_prefix p;
	void __rcu **slot;

	lockdep_assert_held(&t->tb.tb6_lock);
	us6_route_prefix(rt, &p);
	slot = us6_fib_find(&t->fib, &p);
	return slot ? group_first(chain_first(slot), rt->f6i.fib6_metric) : NULL;
}

void us6_table_revived(struct us6_route *rt)
{
	lockdep_assert_held(&us6_route_table(rt)->tb.tb6_lock);
	bump_covered(us6_route_table(rt), rt);
	chain_bump(us6_table_group(rt), rt->f6i.fib6_metric);
}

void us6_tables_clean(struct us6_route_net *rn,
		      bool (*fn)(struct us6_route *rt, void *arg), void *arg)
{
	struct nl_info info = { .nl_net = rn->net };
	struct us6_route *rt, *next;
	struct us6_fib_prefix p;
	struct fib6_table *tb;
	int i;

	rcu_read_lock();
	for_each_table(rn->net, i, tb) {
		struct us6_table *t = us6_table_of(tb);

		/* The walk stands on a prefix, so removing is safe. */
		for (rt = us6_fib_next(&t->fib, &p, true); rt;
		     rt = us6_fib_next(&t->fib, &p, false))
			for (; rt; rt = next) {
				next = us6_route_next(rt);
				if (fn(rt, arg) && fib6_info_hold_safe(&rt->f6i)) {
					us6_table_remove(rt, &info);
					us6_route_put(rt);
				}
			}
	}
	rcu_read_unlock();
}

/* ---- life of a namespace ------------------------------------------------------ */

int us6_tables_init(struct us6_route_net *rn)
{
	struct net *net = rn->net;

	spin_lock_init(&rn->table_lock);
	net->ipv6.fib_table_hash = kcalloc(US6_TABLE_BUCKETS,
					   sizeof(struct hlist_head), GFP_KERNEL);
	if (!net->ipv6.fib_table_hash)
		return -ENOMEM;
	net->ipv6.fib6_main_tbl = us6_table_new(net, RT6_TABLE_MAIN);
	net->ipv6.fib6_local_tbl = us6_table_new(net, RT6_TABLE_LOCAL);
	if (net->ipv6.fib6_main_tbl && net->ipv6.fib6_local_tbl)
		return 0;
	us6_tables_exit(rn);
	return -ENOMEM;
}

static bool clean_all(struct us6_route *rt, void *arg)
{
	return true;
}

bool us6_tables_empty(struct us6_route_net *rn)
{
	struct fib6_table *tb;
	bool any = false;
	int i;

	rcu_read_lock();
	for_each_table(rn->net, i, tb)
		any |= us6_table_of(tb)->count;
	rcu_read_unlock();
	if (any) {
		/* The lists of next hop objects are RTNL's. */
		rtnl_lock();
		us6_tables_clean(rn, clean_all, NULL);
		rtnl_unlock();
	}
	return any;
}

/* After us6_tables_empty() and a grace period. */
void us6_tables_exit(struct us6_route_net *rn)
{
	struct net *net = rn->net;
	struct hlist_node *tmp;
	struct fib6_table *tb;
	int i;

	for (i = 0; i < US6_TABLE_BUCKETS; i++)
		hlist_for_each_entry_safe(tb, tmp, &net->ipv6.fib_table_hash[i],
					  tb6_hlist) {
			hlist_del(&tb->tb6_hlist);
			inetpeer_invalidate_tree(&tb->tb6_peers);
			WARN_ON_ONCE(us6_table_of(tb)->count);
			kfree(us6_table_of(tb));
		}
	kfree(net->ipv6.fib_table_hash);
	net->ipv6.fib_table_hash = NULL;
	net->ipv6.fib6_main_tbl = NULL;
	net->ipv6.fib6_local_tbl = NULL;
}

int us6_table_cache_init(void)
{
	node_cache = kmem_cache_create("us6_fib_node", sizeof(struct us6_fib_node),
				       0, SLAB_ACCOUNT, NULL);
	return node_cache ? 0 : -ENOMEM;
}

/* After rcu_barrier(). */
void us6_table_cache_exit(void)
{
	kmem_cache_destroy(node_cache);
}
