// SPDX-License-Identifier: GPL-2.0
/*
 * /proc/sys/net/ipv6: what the packet path obeys.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/slab.h>
#include <linux/sysctl.h>
#include <net/ipv6.h>
#include <net/net_namespace.h>
#include <net/netns/generic.h>
#include "path.h"

#define US6_ROW(name, field, handler)				\
	{							\
		.procname	= name,				\
		.data		= &init_net.ipv6.sysctl.field,	\
		.maxlen		= sizeof(init_net.ipv6.sysctl.field), \
		.mode		= 0644,				\
		.proc_handler	= handler,			\
	}

static const struct ctl_table us6_path_table[] = {
	US6_ROW("anycast_src_echo_reply", anycast_src_echo_reply,
		proc_dou8vec_minmax),
	US6_ROW("max_dst_opts_number", max_dst_opts_cnt,
		proc_dointvec),
	US6_ROW("max_hbh_opts_number", max_hbh_opts_cnt,
		proc_dointvec),
	US6_ROW("max_dst_opts_length", max_dst_opts_len,
		proc_dointvec),
	US6_ROW("max_hbh_length", max_hbh_opts_len,
		proc_dointvec),
	{ }
};

static const struct ctl_table us6_icmp_table[] = {
	US6_ROW("ratelimit", icmpv6_time,
		proc_dointvec_ms_jiffies),
	{
		.procname	= "ratemask",
		.data		= &init_net.ipv6.sysctl.icmpv6_ratemask_ptr,
		.maxlen		= ICMPV6_MSG_MAX + 1,
		.mode		= 0644,
		.proc_handler	= proc_do_large_bitmap,
	},
	US6_ROW("echo_ignore_all", icmpv6_echo_ignore_all,
		proc_dou8vec_minmax),
	US6_ROW("echo_ignore_multicast", icmpv6_echo_ignore_multicast,
		proc_dou8vec_minmax),
	US6_ROW("echo_ignore_anycast", icmpv6_echo_ignore_anycast,
		proc_dou8vec_minmax),
	{ }
};

static const struct us6_path_dir {
	const char *path;
	const struct ctl_table *table;
	size_t size;
} us6_path_dirs[] = {
	{ "net/ipv6", us6_path_table, sizeof(us6_path_table) },
	{ "net/ipv6/icmp", us6_icmp_table, sizeof(us6_icmp_table) },
};

/* I: made with the namespace */
struct us6_path_sysctl {
	struct ctl_table_header	*header[ARRAY_SIZE(us6_path_dirs)];
	struct ctl_table	*table[ARRAY_SIZE(us6_path_dirs)];
};

static unsigned int us6_path_sysctl_id __read_mostly;

static void us6_path_sysctl_drop(struct us6_path_sysctl *ps)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(us6_path_dirs); i++) {
		if (ps->header[i])
			unregister_net_sysctl_table(ps->header[i]);
		kfree(ps->table[i]);
		ps->header[i] = NULL;
		ps->table[i] = NULL;
	}
}

static int us6_path_sysctl_add(struct net *net, struct us6_path_sysctl *ps, int i)
{
	const struct us6_path_dir *dir = &us6_path_dirs[i];
	size_t n = dir->size / sizeof(struct ctl_table) - 1;
	struct ctl_table *t;
	size_t k;

	t = kmemdup(dir->table, dir->size, GFP_KERNEL);
	if (!t)
		return -ENOMEM;
	for (k = 0; k < n; k++)
		t[k].data += (void *)net - (void *)&init_net;
	ps->table[i] = t;
	ps->header[i] = register_net_sysctl_sz(net, dir->path, t, n);
	return ps->header[i] ? 0 : -ENOMEM;
}

static int __net_init us6_path_sysctl_net_init(struct net *net)
{
	struct us6_path_sysctl *ps = net_generic(net, us6_path_sysctl_id);
	int i, err;

	for (i = 0; i < ARRAY_SIZE(us6_path_dirs); i++) {
		err = us6_path_sysctl_add(net, ps, i);
		if (err) {
			us6_path_sysctl_drop(ps);
			return err;
		}
	}
	return 0;
}

static void __net_exit us6_path_sysctl_net_exit(struct net *net)
{
	us6_path_sysctl_drop(net_generic(net, us6_path_sysctl_id));
}

static struct pernet_operations us6_path_sysctl_net_ops = {
	.init	= us6_path_sysctl_net_init,
	.exit	= us6_path_sysctl_net_exit,
	.id	= &us6_path_sysctl_id,
	.size	= sizeof(struct us6_path_sysctl),
};

int us6_path_sysctl_init(void)
{
	return register_pernet_subsys(&us6_path_sysctl_net_ops);
}

void us6_path_sysctl_exit(void)
{
	unregister_pernet_subsys(&us6_path_sysctl_net_ops);
}
