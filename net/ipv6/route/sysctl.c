// SPDX-License-Identifier: GPL-2.0
/*
 * /proc/sys/net/ipv6/route, and the multipath hash: what has an effect here.
 * There is no cache of routes to be collected, so the stock stack's gc_* are
 * not offered.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/slab.h>
#include <linux/sysctl.h>
#include "route.h"

static int sysctl_flush(us6_ctl_table *ctl, int write, void *buffer,
			size_t *lenp, loff_t *ppos)
{
	if (!write)
		return -EINVAL;
	us6_dst_invalidate_all(ctl->extra1);
	return 0;
}

#define NET_SYSCTL(field) (&init_net.ipv6.sysctl.field)

/* Kernels differ in the width of this one. */
#define SKIP_NOTIFY_HANDLER					\
	(sizeof(*NET_SYSCTL(skip_notify_on_dev_down)) == 1 ?	\
	 proc_dou8vec_minmax : proc_dointvec_minmax)

static struct ctl_table route_table[] = {
	{
		.procname	= "flush",
		.mode		= 0200,
		.proc_handler	= sysctl_flush,
	}, {
		.procname	= "mtu_expires",
		.data		= NET_SYSCTL(ip6_rt_mtu_expires),
		.maxlen		= sizeof(int),
		.mode		= 0644,
		.proc_handler	= proc_dointvec_jiffies,
	}, {
		.procname	= "min_adv_mss",
		.data		= NET_SYSCTL(ip6_rt_min_advmss),
		.maxlen		= sizeof(int),
		.mode		= 0644,
		.proc_handler	= proc_dointvec,
	}, {
		.procname	= "skip_notify_on_dev_down",
		.data		= NET_SYSCTL(skip_notify_on_dev_down),
		.maxlen		= sizeof(*NET_SYSCTL(skip_notify_on_dev_down)),
		.mode		= 0644,
		.proc_handler	= SKIP_NOTIFY_HANDLER,
		.extra1		= SYSCTL_ZERO,
		.extra2		= SYSCTL_ONE,
	},
	{ }
};

static struct ctl_table hash_table[] = {
	{
		/* 0: addresses and flow label; 1: ports too. */
		.procname	= "fib_multipath_hash_policy",
		.data		= NET_SYSCTL(multipath_hash_policy),
		.maxlen		= sizeof(u8),
		.mode		= 0644,
		.proc_handler	= proc_dou8vec_minmax,
		.extra1		= SYSCTL_ZERO,
		.extra2		= SYSCTL_ONE,
	},
	{ }
};

static const struct {
	const char		*path;
	const struct ctl_table	*table;
	size_t			size;
} dirs[] = {
	{ "net/ipv6/route", route_table, sizeof(route_table) },
	{ "net/ipv6", hash_table, sizeof(hash_table) },
};

static int dir_add(struct us6_route_net *rn, int i)
{
	size_t n = dirs[i].size / sizeof(struct ctl_table) - 1, k;
	struct net *net = rn->net;
	struct ctl_table *t = kmemdup(dirs[i].table, dirs[i].size, GFP_KERNEL);

	if (!t)
		return -ENOMEM;
	for (k = 0; k < n; k++) {
		if (t[k].data)
			t[k].data += (void *)net - (void *)&init_net;
		else
			t[k].extra1 = net;
	}
	rn->sysctl_table[i] = t;
	rn->sysctl[i] = register_net_sysctl_sz(net, dirs[i].path, t, n);
	return rn->sysctl[i] ? 0 : -ENOMEM;
}

int us6_route_sysctl_init(struct us6_route_net *rn)
{
	int i, err = 0;

	BUILD_BUG_ON(ARRAY_SIZE(dirs) != ARRAY_SIZE(rn->sysctl));
	for (i = 0; !err && i < ARRAY_SIZE(dirs); i++)
		err = dir_add(rn, i);
	if (err)
		us6_route_sysctl_exit(rn);
	return err;
}

void us6_route_sysctl_exit(struct us6_route_net *rn)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(dirs); i++) {
		if (rn->sysctl[i])
			unregister_net_sysctl_table(rn->sysctl[i]);
		kfree(rn->sysctl_table[i]);
		rn->sysctl[i] = NULL;
		rn->sysctl_table[i] = NULL;
	}
}
