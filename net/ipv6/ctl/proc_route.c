// SPDX-License-Identifier: GPL-2.0
/*
 * /proc/net/ipv6_route and /proc/net/rt6_stats.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <net/net_namespace.h>
#include <net/us6/ctl.h>

/* A reader stands on a route and takes the walk up there. */
struct route_iter {
	struct seq_net_private	p;		/* first */
	struct us6_route_cursor	at;		/* of the row to be shown */
	struct us6_route_cursor	next;		/* of the one behind it */
	loff_t			pos;
	bool			done;
};

struct show {
	struct seq_file	*seq;
	bool		shown;
};

static void show_route(struct seq_file *seq, const struct us6_route *rt)
{
	const struct fib6_info *f6i = &rt->f6i;
	unsigned int flags = f6i->fib6_flags;
	const struct fib6_nh *nh = f6i->nh ? nexthop_fib6_nh(f6i->nh) : &rt->nh;

	seq_printf(seq, "%pi6 %02x %pi6 %02x ", &f6i->fib6_dst.addr,
		   f6i->fib6_dst.plen, &f6i->fib6_src.addr, f6i->fib6_src.plen);
	if (nh && nh->fib_nh_gw_family) {
		flags |= RTF_GATEWAY;
		seq_printf(seq, "%pi6", &nh->fib_nh_gw6);
	} else {
		seq_puts(seq, "00000000000000000000000000000000");
	}
	seq_printf(seq, " %08x %08x %08x %08x %8s\n", f6i->fib6_metric,
		   refcount_read(&f6i->fib6_ref), 0, flags,
		   nh && nh->fib_nh_dev ? nh->fib_nh_dev->name : "");
}

/* Show one route, then stop at the next. */
static int show_one(struct us6_route *rt, void *arg)
{
	struct show *s = arg;

	if (s->shown)
		return 1;
	if (s->seq)
		show_route(s->seq, rt);
	s->shown = true;
	return 0;
}

/* Move from @at to the row behind it, showing the row when @seq isn't NULL. */
static bool step(struct net *net, struct route_iter *it, struct seq_file *seq)
{
	struct show s = { .seq = seq };

	it->next = it->at;
	it->done = !us6_route_walk(net, &it->next, 0, show_one, &s);
	return s.shown;
}

static void *route_start(struct seq_file *seq, loff_t *pos)
{
	struct route_iter *it = seq->private;
	struct net *net = seq_file_net(seq);

	if (*pos && *pos == it->pos)
		return it->done ? NULL : it;
	memset(&it->at, 0, sizeof(it->at));
	it->done = false;
	for (it->pos = 0; it->pos < *pos && !it->done; it->pos++) {
		if (!step(net, it, NULL))
			return NULL;
		it->at = it->next;
	}
	return it->done ? NULL : it;
}

static void *route_next(struct seq_file *seq, void *v, loff_t *pos)
{
	struct route_iter *it = seq->private;

	it->at = it->next;
	it->pos = ++*pos;
	return it->done ? NULL : it;
}

static void route_stop(struct seq_file *seq, void *v)
{
}

static int route_show(struct seq_file *seq, void *v)
{
	step(seq_file_net(seq), seq->private, seq);
	return 0;
}

static const struct seq_operations route_seq_ops = {
	.start	= route_start,
	.next	= route_next,
	.stop	= route_stop,
	.show	= route_show,
};

static int stats_show(struct seq_file *seq, void *v)
{
	struct net *net = seq->private;
	const struct rt6_statistics *s = net->ipv6.rt6_stats;

	seq_printf(seq, "%04x %04x %04x %04x %04x %04x %04x\n",
		   s->fib_nodes, s->fib_route_nodes,
		   atomic_read((atomic_t *)&s->fib_rt_alloc), s->fib_rt_entries,
		   s->fib_rt_cache, dst_entries_get_slow(&net->ipv6.ip6_dst_ops),
		   s->fib_discarded_routes);
	return 0;
}

static int __net_init proc_net_init(struct net *net)
{
	if (!proc_create_net("ipv6_route", 0, net->proc_net, &route_seq_ops,
			     sizeof(struct route_iter)))
		return -ENOMEM;
	if (proc_create_net_single("rt6_stats", 0444, net->proc_net, stats_show,
				   NULL))
		return 0;
	remove_proc_entry("ipv6_route", net->proc_net);
	return -ENOMEM;
}

static void __net_exit proc_net_exit(struct net *net)
{
	remove_proc_entry("ipv6_route", net->proc_net);
	remove_proc_entry("rt6_stats", net->proc_net);
}

static struct pernet_operations proc_net_ops = {
	.init	= proc_net_init,
	.exit	= proc_net_exit,
};

int us6_proc_route_init(void)
{
	return register_pernet_subsys(&proc_net_ops);
}

void us6_proc_route_exit(void)
{
	unregister_pernet_subsys(&proc_net_ops);
}
