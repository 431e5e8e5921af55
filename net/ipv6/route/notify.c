// SPDX-License-Identifier: GPL-2.0
/*
 * The FIB notifier: changes of routes and rules for drivers that offload them.
 * Nothing is built while nobody listens; the chain is atomic, events go out
 * with the table's lock held, as its users expect.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <net/fib_notifier.h>
#include <net/fib_rules.h>
#include "route.h"

void us6_fib_notify(struct us6_route *rt, enum fib_event_type event,
		    struct netlink_ext_ack *extack)
{
	struct fib6_entry_notifier_info info = {
		.info.extack	= extack,
		.rt		= &rt->f6i,
		.nsiblings	= 0,
	};
	struct us6_table *t = us6_route_table(rt);

	/* What lies behind the first of a prefix isn't in use. */
	info.info.family = AF_INET6;
	call_fib_notifiers(t->rn->net, event, &info.info);
}

static unsigned int routes_seq_read(struct net *net)
{
	unsigned int seq = fib_rules_seq_read(net, AF_INET6);
	struct fib6_table *tb;
	int i;

	rcu_read_lock();
	for (i = 0; i < US6_TABLE_BUCKETS; i++)
		hlist_for_each_entry_rcu(tb, &net->ipv6.fib_table_hash[i],
					 tb6_hlist)
			seq += READ_ONCE(tb->fib_seq);
	rcu_read_unlock();
	return seq;
}

static int dump_table(struct us6_table *t, struct notifier_block *nb,
		      struct netlink_ext_ack *extack)
{
	struct us6_fib_prefix p;
	struct us6_route *rt;
	int err = 0;

	spin_lock_bh(&t->tb.tb6_lock);
	for (rt = us6_fib_next(&t->fib, &p, true); rt && !err;
	     rt = us6_fib_next(&t->fib, &p, false)) {
		struct fib6_entry_notifier_info info = {
			.info.family	= AF_INET6,
			.info.extack	= extack,
			.rt		= &rt->f6i,
			.nsiblings	= rt->f6i.fib6_nsiblings,
		};

		err = call_fib_notifier(nb, FIB_EVENT_ENTRY_REPLACE, &info.info);
	}
	spin_unlock_bh(&t->tb.tb6_lock);
	return err;
}

static int dump(struct net *net, struct notifier_block *nb,
		struct netlink_ext_ack *extack)
{
	struct fib6_table *tb;
	int i, err;

	err = fib_rules_dump(net, nb, AF_INET6, extack);
	rcu_read_lock();
	for (i = 0; !err && i < US6_TABLE_BUCKETS; i++)
		hlist_for_each_entry_rcu(tb, &net->ipv6.fib_table_hash[i],
					 tb6_hlist) {
			err = dump_table(us6_table_of(tb), nb, extack);
			if (err)
				break;
		}
	rcu_read_unlock();
	return err;
}

static const struct fib_notifier_ops notify_template = {
	.family		= AF_INET6,
	.fib_seq_read	= routes_seq_read,
	.fib_dump	= dump,
	.owner		= THIS_MODULE,
};

int us6_fib_notify_init(struct us6_route_net *rn)
{
	struct fib_notifier_ops *ops;

	ops = fib_notifier_ops_register(&notify_template, rn->net);
	if (IS_ERR(ops))
		return PTR_ERR(ops);
	rn->net->ipv6.notifier_ops = ops;
	return 0;
}

void us6_fib_notify_exit(struct us6_route_net *rn)
{
	fib_notifier_ops_unregister(rn->net->ipv6.notifier_ops);
	rn->net->ipv6.notifier_ops = NULL;
}
