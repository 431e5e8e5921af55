/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NET_US6_SYSCTL_H
#define _NET_US6_SYSCTL_H

#include <linux/sysctl.h>
#include <net/net_namespace.h>

/*
 * Keys of /proc/sys/net/ipv6 outside conf/ and neigh/: the room that obeys a key
 * registers it, from its pernet init, by a table whose .data is the offset of
 * the value in struct net:
 *
 *	static const struct ctl_table us6_icmp_keys[] = {
 *		{
 *			.procname	= "ratelimit",
 *			.data		= US6_NET_OFFSET(ipv6.sysctl.icmpv6_time),
 *			.maxlen		= sizeof(int),
 *			.mode		= 0644,
 *			.proc_handler	= proc_dointvec_ms_jiffies,
 *		},
 *	};
 *	hdr = us6_sysctl_register(net, "net/ipv6/icmp", us6_icmp_keys,
 *				  ARRAY_SIZE(us6_icmp_keys));
 *
 * A handler of one's own has the prototype of proc_dointvec() with us6_ctl_table
 * for its first argument, and finds the namespace in ->extra2 when the table left
 * that empty.
 */
#define US6_NET_OFFSET(member)	((void *)offsetof(struct net, member))

/**
 * us6_sysctl_register() - make keys of a namespace
 * @net: namespace
 * @path: "net/ipv6" or a folder below it
 * @keys: template, no empty entry at its end
 * @n: how many
 *
 * Outside the initial namespace the files belong to its user namespace's root,
 * as all of net/ does.  May sleep.
 *
 * Return: handle for us6_sysctl_unregister(), or NULL without memory.
 */
struct ctl_table_header *us6_sysctl_register(struct net *net, const char *path,
					     const struct ctl_table *keys,
					     size_t n);

/** us6_sysctl_unregister() - undo; waits for readers and writers. @hdr: handle or NULL */
void us6_sysctl_unregister(struct ctl_table_header *hdr);

#endif /* _NET_US6_SYSCTL_H */
