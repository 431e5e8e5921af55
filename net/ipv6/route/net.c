// SPDX-License-Identifier: GPL-2.0
/*
 * The room as a whole: load, unload, namespaces.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/slab.h>
#include <net/us6/us6.h>
#include "route.h"

unsigned int us6_route_net_id __read_mostly;

void us6_dst_invalidate_all(struct net *net)
{
	struct us6_route_net *rn = us6_route_net(net);

	/* Whoever looked up before this may not make a dst that survives it. */
	smp_mb__before_atomic();
	atomic_inc(&rn->changes);
	smp_mb__after_atomic();
	atomic_inc(&rn->gen);
}

/* In order; undone in reverse. */
static const struct part {
	int	(*init)(struct us6_route_net *rn);
	void	(*exit)(struct us6_route_net *rn);
} parts[] = {
	{ us6_dst_net_init,		us6_dst_net_exit },
	{ us6_tables_init,		us6_tables_exit },
	{ us6_exceptions_init,		us6_exceptions_exit },
	{ us6_rules_init,		us6_rules_exit },
	{ us6_fib_notify_init,		us6_fib_notify_exit },
	{ us6_route_sysctl_init,	us6_route_sysctl_exit },
};

static void parts_exit(struct us6_route_net *rn, int n)
{
	while (n--)
		parts[n].exit(rn);
}

static int __net_init route_net_init(struct net *net)
{
	struct us6_route_net *rn = us6_route_net(net);
	int i, err;

	rn->net = net;
	spin_lock_init(&rn->expire_lock);
	INIT_LIST_HEAD(&rn->expiring);
	INIT_DELAYED_WORK(&rn->expire_work, us6_expire_work);
	for (i = 0; i < ARRAY_SIZE(parts); i++) {
		err = parts[i].init(rn);
		if (err) {
			parts_exit(rn, i);
			return err;
		}
	}
	return 0;
}

/*
 * Before the devices of the namespace go; the core waits for readers between
 * this and the exit.
 */
static void __net_exit route_net_pre_exit(struct net *net)
{
	struct us6_route_net *rn = us6_route_net(net);

	us6_tables_empty(rn);
	us6_dst_net_cut(rn);
}

static void __net_exit route_net_exit(struct net *net)
{
	struct us6_route_net *rn = us6_route_net(net);
	bool late;

	/* What came while the devices went. */
	late = us6_tables_empty(rn);
	late |= us6_dst_net_cut(rn);
	cancel_delayed_work_sync(&rn->expire_work);
	if (late)
		synchronize_rcu();
	parts_exit(rn, ARRAY_SIZE(parts));
}

static struct pernet_operations route_net_ops = {
	.init		= route_net_init,
	.pre_exit	= route_net_pre_exit,
	.exit		= route_net_exit,
	.id		= &us6_route_net_id,
	.size		= sizeof(struct us6_route_net),
};

int us6_route_init(void)
{
	int err;

	err = us6_table_cache_init();
	if (err)
		return err;
	err = us6_build_init();
	if (err)
		goto fail_table;
	err = us6_dst_init();
	if (err)
		goto fail_build;
	err = register_pernet_subsys(&route_net_ops);
	if (!err)
		return 0;
	us6_dst_exit();
fail_build:
	rcu_barrier();
	us6_build_exit();
fail_table:
	us6_table_cache_exit();
	return err;
}

void us6_route_exit(void)
{
	unregister_pernet_subsys(&route_net_ops);
	/* Dsts first: they hold routes. */
	us6_dst_exit();
	rcu_barrier();
	us6_build_exit();
	us6_table_cache_exit();
}
