// SPDX-License-Identifier: GPL-2.0
/*
 * Walking all routes, for dumps and /proc.
 */
#include "route.h"

struct cursor {
	u32			table;
	u32			skip;	/* routes of the prefix that are done */
	u8			dlen;
	u8			slen;
	u8			within;	/* stands on a prefix of the table */
	struct us6_fib_key	dst;
	struct us6_fib_key	src;
};

/* The table of the lowest number from @id on. */
static struct us6_table *table_from(struct net *net, u32 id)
{
	struct fib6_table *tb, *best = NULL;
	int i;

	for (i = 0; i < US6_TABLE_BUCKETS; i++)
		hlist_for_each_entry_rcu(tb, &net->ipv6.fib_table_hash[i],
					 tb6_hlist)
			if (tb->tb6_id >= id &&
			    (!best || tb->tb6_id < best->tb6_id))
				best = tb;
	return best ? us6_table_of(best) : NULL;
}

/* Of a multipath route only the first is shown, with all its next hops. */
static bool is_later_sibling(const struct us6_route *first,
			     const struct us6_route *rt)
{
	if (!READ_ONCE(rt->f6i.fib6_nsiblings))
		return false;
	for (; first && first != rt; first = us6_route_next(first))
		if (READ_ONCE(first->f6i.fib6_nsiblings) &&
		    first->f6i.fib6_metric == rt->f6i.fib6_metric)
			return true;
	return false;
}

static int walk_chain(struct cursor *c, struct us6_route *first,
		      int (*fn)(struct us6_route *rt, void *arg), void *arg)
{
	struct us6_route *rt;
	u32 n = 0;
	int err;

	for (rt = first; rt; rt = us6_route_next(rt), n++) {
		if (n < c->skip || is_later_sibling(first, rt))
			continue;
		c->skip = n;
		err = fn(rt, arg);
		if (err)
			return err;
	}
	c->skip = 0;
	return 0;
}

static int walk_table(struct cursor *c, struct us6_table *t,
		      int (*fn)(struct us6_route *rt, void *arg), void *arg)
{
	struct us6_fib_prefix p = {
		.dst = c->dst, .src = c->src, .dlen = c->dlen, .slen = c->slen,
	};
	struct us6_route *rt;
	void __rcu **slot;
	int err = 0;

	if (c->within) {
		/* The prefix that the walk was left at. */
		slot = us6_fib_find(&t->fib, &p);
		rt = slot ? rcu_dereference_raw(*slot) : NULL;
		if (rt)
			err = walk_chain(c, rt, fn, arg);
		if (err)
			return err;
		c->skip = 0;
	}
	for (rt = us6_fib_next(&t->fib, &p, !c->within); rt;
	     rt = us6_fib_next(&t->fib, &p, false)) {
		c->within = 1;
		c->dst = p.dst;
		c->src = p.src;
		c->dlen = p.dlen;
		c->slen = p.slen;
		err = walk_chain(c, rt, fn, arg);
		if (err)
			return err;
	}
	return 0;
}

int us6_route_walk(struct net *net, struct us6_route_cursor *cursor, u32 table,
		   int (*fn)(struct us6_route *rt, void *arg), void *arg)
{
	struct cursor *c = (struct cursor *)cursor->opaque;
	struct us6_table *t;
	int err = 0;

	BUILD_BUG_ON(sizeof(*c) > sizeof(*cursor));
	rcu_read_lock();
	if (table && !c->table)
		c->table = table;
	while ((t = table_from(net, c->table))) {
		if (table && t->tb.tb6_id != table)
			break;
		if (t->tb.tb6_id != c->table) {
			c->table = t->tb.tb6_id;
			c->within = 0;
			c->skip = 0;
		}
		err = walk_table(c, t, fn, arg);
		if (err || c->table == U32_MAX)
			break;
		c->table++;
		c->within = 0;
		c->skip = 0;
	}
	rcu_read_unlock();
	return err;
}

u32 us6_route_changes(struct net *net)
{
	return atomic_read(&us6_route_net(net)->changes);
}
