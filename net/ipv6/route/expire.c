// SPDX-License-Identifier: GPL-2.0
/*
 * Routes with a lifetime, and what ages: one work per namespace.  A look-up
 * passes over a route that is due by itself; this takes it out and tells user
 * space, at most a second late.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/rtnetlink.h>
#include "route.h"

static void arm(struct us6_route_net *rn, unsigned long when)
{
	long delay = when - jiffies + 1;

	/* Longer lifetimes than a day don't need to be met to the jiffy. */
	delay = clamp_t(long, delay, HZ / 10, 86400L * HZ);
	if (!delayed_work_pending(&rn->expire_work) ||
	    time_before(jiffies + delay, rn->expire_work.timer.expires))
		mod_delayed_work(system_power_efficient_wq, &rn->expire_work, delay);
}

void us6_expire_add(struct us6_route *rt, unsigned long when)
{
	struct us6_route_net *rn = us6_route_table(rt)->rn;

	spin_lock_bh(&rn->expire_lock);
	WRITE_ONCE(rt->f6i.expires, when);
	rt->f6i.fib6_flags |= RTF_EXPIRES;
	if (list_empty(&rt->expire_node))
		list_add(&rt->expire_node, &rn->expiring);
	arm(rn, when);
	spin_unlock_bh(&rn->expire_lock);
}

void us6_expire_del(struct us6_route *rt)
{
	struct us6_route_net *rn = us6_route_table(rt)->rn;

	spin_lock_bh(&rn->expire_lock);
	list_del_init(&rt->expire_node);
	spin_unlock_bh(&rn->expire_lock);
}

/* What is due goes to @due; returns when the earliest of the others is. */
static unsigned long collect_due(struct us6_route_net *rn, struct list_head *due)
{
	unsigned long next = jiffies + 86400UL * HZ;
	struct us6_route *rt, *tmp;

	spin_lock_bh(&rn->expire_lock);
	list_for_each_entry_safe(rt, tmp, &rn->expiring, expire_node) {
		if (time_after_eq(jiffies, rt->f6i.expires))
			list_move(&rt->expire_node, due);
		else if (time_before(rt->f6i.expires, next))
			next = rt->f6i.expires;
	}
	spin_unlock_bh(&rn->expire_lock);
	return next;
}

/* Held, or NULL.  Others may take routes off @due under the same lock. */
static struct us6_route *pop_due(struct us6_route_net *rn, struct list_head *due)
{
	struct us6_route *rt = NULL;

	spin_lock_bh(&rn->expire_lock);
	while (!rt && !list_empty(due)) {
		rt = list_first_entry(due, struct us6_route, expire_node);
		list_del_init(&rt->expire_node);
		if (!fib6_info_hold_safe(&rt->f6i))
			rt = NULL;
	}
	spin_unlock_bh(&rn->expire_lock);
	return rt;
}

void us6_expire_work(struct work_struct *work)
{
	struct us6_route_net *rn = container_of(to_delayed_work(work),
						struct us6_route_net, expire_work);
	struct nl_info info = { .nl_net = rn->net };
	struct us6_route *rt;
	unsigned long next;
	LIST_HEAD(due);
	bool more;

	next = collect_due(rn, &due);
	while ((rt = pop_due(rn, &due))) {
		/* The list of a next hop object is RTNL's. */
		bool rtnl = rt->f6i.nh;

		if (rtnl)
			rtnl_lock();
		us6_table_remove(rt, &info);
		if (rtnl)
			rtnl_unlock();
		us6_route_put(rt);
		cond_resched();
	}
	us6_exceptions_age(rn);

	spin_lock_bh(&rn->expire_lock);
	more = !list_empty(&rn->expiring);
	if (READ_ONCE(rn->exc_count)) {
		unsigned long age = jiffies + 10 * HZ;

		if (!more || time_before(age, next))
			next = age;	/* a sweep; look-ups check by themselves */
		more = true;
	}
	if (more)
		arm(rn, next);
	spin_unlock_bh(&rn->expire_lock);
}
