// SPDX-License-Identifier: GPL-2.0
/*
 * /proc/sys/net/ipv6/ip6frag_*: memory and time of reassembly.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/slab.h>
#include <linux/sysctl.h>
#include <net/inet_frag.h>
#include <net/net_namespace.h>
#include <net/netns/generic.h>
#include "path.h"

enum {
	US6_FRAG_HIGH,
	US6_FRAG_LOW,
	US6_FRAG_TIME,
	US6_FRAG_KEYS
};

/* I: made with the namespace; one more entry, empty, for older kernels */
struct us6_frag_sysctl {
	struct ctl_table_header	*hdr;
	struct ctl_table	table[US6_FRAG_KEYS + 1];
};

static unsigned int us6_frag_sysctl_id __read_mostly;

/* The low mark stays below the high one. */
int us6_frag_sysctl_add(struct net *net)
{
	struct us6_frag_sysctl *fs = net_generic(net, us6_frag_sysctl_id);
	struct fqdir *fqdir = net->ipv6.fqdir;

	fs->table[US6_FRAG_HIGH] = (struct ctl_table) {
		.procname	= "ip6frag_high_thresh",
		.data		= &fqdir->high_thresh,
		.maxlen		= sizeof(unsigned long),
		.mode		= 0644,
		.proc_handler	= proc_doulongvec_minmax,
		.extra1		= &fqdir->low_thresh,
	};
	fs->table[US6_FRAG_LOW] = (struct ctl_table) {
		.procname	= "ip6frag_low_thresh",
		.data		= &fqdir->low_thresh,
		.maxlen		= sizeof(unsigned long),
		.mode		= 0644,
		.proc_handler	= proc_doulongvec_minmax,
		.extra2		= &fqdir->high_thresh,
	};
	fs->table[US6_FRAG_TIME] = (struct ctl_table) {
		.procname	= "ip6frag_time",
		.data		= &fqdir->timeout,
		.maxlen		= sizeof(int),
		.mode		= 0644,
		.proc_handler	= proc_dointvec_jiffies,
	};
	fs->hdr = register_net_sysctl_sz(net, "net/ipv6", fs->table,
					 US6_FRAG_KEYS);
	return fs->hdr ? 0 : -ENOMEM;
}

void us6_frag_sysctl_del(struct net *net)
{
	struct us6_frag_sysctl *fs = net_generic(net, us6_frag_sysctl_id);

	unregister_net_sysctl_table(fs->hdr);
}

/* Only room for the tables; reassembly.c knows when the queues exist. */
static struct pernet_operations us6_frag_sysctl_net_ops = {
	.id	= &us6_frag_sysctl_id,
	.size	= sizeof(struct us6_frag_sysctl),
};

int us6_frag_sysctl_init(void)
{
	return register_pernet_subsys(&us6_frag_sysctl_net_ops);
}

void us6_frag_sysctl_exit(void)
{
	unregister_pernet_subsys(&us6_frag_sysctl_net_ops);
}
