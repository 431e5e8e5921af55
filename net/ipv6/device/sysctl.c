// SPDX-License-Identifier: GPL-2.0
/*
 * Per-namespace sysctl tables out of constant templates, for all rooms.
 */
#include <linux/module.h>
#include <linux/slab.h>
#include <net/us6/sysctl.h>

struct ctl_table_header *us6_sysctl_register(struct net *net, const char *path,
					     const struct ctl_table *keys,
					     size_t n)
{
	struct ctl_table_header *hdr;
	struct ctl_table *table;
	size_t i;

	/* One more, empty: older kernels end at it. */
	table = kcalloc(n + 1, sizeof(*table), GFP_KERNEL_ACCOUNT);
	if (!table)
		return NULL;
	memcpy(table, keys, n * sizeof(*table));
	for (i = 0; i < n; i++) {
		table[i].data = (u8 *)net + (unsigned long)keys[i].data;
		if (!table[i].extra2)
			table[i].extra2 = net;
	}
	hdr = register_net_sysctl_sz(net, path, table, n);
	if (!hdr)
		kfree(table);
	return hdr;
}

void us6_sysctl_unregister(struct ctl_table_header *hdr)
{
	const struct ctl_table *table;

	if (!hdr)
		return;
	table = hdr->ctl_table_arg;
	unregister_net_sysctl_table(hdr);
	kfree(table);
}
