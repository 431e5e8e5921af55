// SPDX-License-Identifier: GPL-2.0
/*
 * us6: /proc/net/igmp6, mcfilter6 and anycast6.
 *
 * Lines are those of the stock stack, which `ip maddr` and net-tools parse.
 */
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <net/net_namespace.h>
#include <net/us6/ctl.h>
#include <net/us6/mcast.h>
#include "../mcast/mld.h"

/* Where a read stands: RCU is held from start to stop. */
struct us6_proc_mc {
	struct seq_net_private	p;
	struct net_device	*dev;
	struct ifmcaddr6	*mc;
	unsigned int		src;		/* mcfilter6: index of a source */
};

static const struct us6_mld_state *us6_proc_state(const struct us6_proc_mc *it)
{
	struct us6_group *g = container_of(it->mc, struct us6_group, mca);

	return rcu_dereference(g->state);
}

/* The next group, on this device or one behind it; NULL at the end. */
static struct ifmcaddr6 *us6_proc_next_group(struct seq_file *seq,
					     struct us6_proc_mc *it)
{
	struct net *net = seq_file_net(seq);

	it->mc = it->mc ? rcu_dereference(it->mc->next) : NULL;
	while (!it->mc) {
		struct inet6_dev *idev;

		it->dev = it->dev ? next_net_device_rcu(it->dev) :
				    first_net_device_rcu(net);
		if (!it->dev)
			return NULL;
		idev = __in6_dev_get(it->dev);
		if (idev)
			it->mc = rcu_dereference(idev->mc_list);
	}
	return it->mc;
}

static void us6_proc_rewind(struct us6_proc_mc *it)
{
	it->dev = NULL;
	it->mc = NULL;
	it->src = 0;
}

static void *us6_igmp6_next(struct seq_file *seq, void *v, loff_t *pos)
{
	++*pos;
	return us6_proc_next_group(seq, seq->private);
}

static void *us6_igmp6_start(struct seq_file *seq, loff_t *pos)
	__acquires(RCU)
{
	struct us6_proc_mc *it = seq->private;
	loff_t left = *pos;

	rcu_read_lock();
	us6_proc_rewind(it);
	while (us6_proc_next_group(seq, it))
		if (!left--)
			return it->mc;
	return NULL;
}

static void us6_proc_mc_stop(struct seq_file *seq, void *v)
	__releases(RCU)
{
	rcu_read_unlock();
}

static int us6_igmp6_show(struct seq_file *seq, void *v)
{
	const struct us6_proc_mc *it = seq->private;
	struct ifmcaddr6 *mc = it->mc;
	bool pending = delayed_work_pending(&mc->mca_work);
	long left = READ_ONCE(mc->mca_work.timer.expires) - jiffies;

	seq_printf(seq, "%-4d %-15s %pi6 %5d %08X %ld\n",
		   it->dev->ifindex, it->dev->name, &mc->mca_addr,
		   READ_ONCE(mc->mca_users),
		   READ_ONCE(mc->mca_flags) | (pending ? MAF_TIMER_RUNNING : 0),
		   pending ? (long)jiffies_to_clock_t(max(left, 0L)) : 0L);
	return 0;
}

static const struct seq_operations us6_igmp6_ops = {
	.start	= us6_igmp6_start,
	.next	= us6_igmp6_next,
	.stop	= us6_proc_mc_stop,
	.show	= us6_igmp6_show,
};

/* mcfilter6: one line a source. */
static bool us6_mcfilter6_step(struct seq_file *seq, struct us6_proc_mc *it,
			       bool first)
{
	if (!first && it->mc && ++it->src < us6_proc_state(it)->n)
		return true;
	it->src = 0;
	while (us6_proc_next_group(seq, it))
		if (us6_proc_state(it)->n)
			return true;
	return false;
}

static void *us6_mcfilter6_start(struct seq_file *seq, loff_t *pos)
	__acquires(RCU)
{
	struct us6_proc_mc *it = seq->private;
	loff_t left = *pos;

	rcu_read_lock();
	us6_proc_rewind(it);
	if (!left--)
		return SEQ_START_TOKEN;
	while (us6_mcfilter6_step(seq, it, false))
		if (!left--)
			return it;
	return NULL;
}

static void *us6_mcfilter6_next(struct seq_file *seq, void *v, loff_t *pos)
{
	struct us6_proc_mc *it = seq->private;

	++*pos;
	return us6_mcfilter6_step(seq, it, v == SEQ_START_TOKEN) ? it : NULL;
}

static int us6_mcfilter6_show(struct seq_file *seq, void *v)
{
	const struct us6_proc_mc *it = seq->private;
	const struct us6_mld_state *state;
	const struct us6_mld_source *s;

	if (v == SEQ_START_TOKEN) {
		seq_puts(seq, "Idx Device                Multicast Address                   Source Address    INC    EXC\n");
		return 0;
	}
	state = us6_proc_state(it);
	if (it->src >= state->n)
		return 0;
	s = &state->src[it->src];
	seq_printf(seq, "%3d %6.6s %pi6 %pi6 %6u %6u\n",
		   it->dev->ifindex, it->dev->name, &it->mc->mca_addr,
		   &s->addr, READ_ONCE(s->count[US6_MLD_INCLUDE]),
		   READ_ONCE(s->count[US6_MLD_EXCLUDE]));
	return 0;
}

static const struct seq_operations us6_mcfilter6_ops = {
	.start	= us6_mcfilter6_start,
	.next	= us6_mcfilter6_next,
	.stop	= us6_proc_mc_stop,
	.show	= us6_mcfilter6_show,
};

/* anycast6: one device a step, all its addresses in one show. */
static void *us6_anycast6_start(struct seq_file *seq, loff_t *pos)
	__acquires(RCU)
{
	struct net_device *dev;
	loff_t left = *pos;

	rcu_read_lock();
	for_each_netdev_rcu(seq_file_net(seq), dev)
		if (!left--)
			return dev;
	return NULL;
}

static void *us6_anycast6_next(struct seq_file *seq, void *v, loff_t *pos)
{
	++*pos;
	return next_net_device_rcu(v);
}

static int us6_anycast6_show(struct seq_file *seq, void *v)
{
	struct net_device *dev = v;
	struct inet6_dev *idev = __in6_dev_get(dev);
	struct ifacaddr6 *aca;

	if (!idev)
		return 0;
	for (aca = us6_ac_head_rcu(idev); aca; aca = us6_ac_next_rcu(aca))
		seq_printf(seq, "%-4d %-15s %pi6 %5d\n", dev->ifindex,
			   dev->name, &aca->aca_addr, aca->aca_users);
	return 0;
}

static const struct seq_operations us6_anycast6_ops = {
	.start	= us6_anycast6_start,
	.next	= us6_anycast6_next,
	.stop	= us6_proc_mc_stop,
	.show	= us6_anycast6_show,
};

static int __net_init us6_proc_mcast_net_init(struct net *net)
{
	if (!proc_create_net("igmp6", 0444, net->proc_net, &us6_igmp6_ops,
			     sizeof(struct us6_proc_mc)))
		return -ENOMEM;
	if (!proc_create_net("mcfilter6", 0444, net->proc_net,
			     &us6_mcfilter6_ops, sizeof(struct us6_proc_mc)))
		goto no_mcfilter6;
	if (!proc_create_net("anycast6", 0444, net->proc_net, &us6_anycast6_ops,
			     sizeof(struct seq_net_private)))
		goto no_anycast6;
	return 0;

no_anycast6:
	remove_proc_entry("mcfilter6", net->proc_net);
no_mcfilter6:
	remove_proc_entry("igmp6", net->proc_net);
	return -ENOMEM;
}

static void __net_exit us6_proc_mcast_net_exit(struct net *net)
{
	remove_proc_entry("anycast6", net->proc_net);
	remove_proc_entry("mcfilter6", net->proc_net);
	remove_proc_entry("igmp6", net->proc_net);
}

static struct pernet_operations us6_proc_mcast_net_ops = {
	.init = us6_proc_mcast_net_init,
	.exit = us6_proc_mcast_net_exit,
};

int us6_proc_mcast_init(void)
{
	return register_pernet_subsys(&us6_proc_mcast_net_ops);
}

void us6_proc_mcast_exit(void)
{
	unregister_pernet_subsys(&us6_proc_mcast_net_ops);
}
