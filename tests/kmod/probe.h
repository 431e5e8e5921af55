/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _US6_PROBE_H
#define _US6_PROBE_H

#include <linux/netdevice.h>
#include <linux/printk.h>
#include <linux/skbuff.h>
#include <net/ipv6.h>

/*
 * us6_probe calls, from a module of its own, what other kernel code calls of
 * IPv6, and reads the structs that it reads.  Each check holds for any IPv6
 * stack of this kernel; @only_us6 guards calls whose arguments here are too
 * crude for the stock code.
 */
struct probe {
	struct net_device	*dev;		/* up, with IPv6 */
	struct in6_addr		unreach;	/* documentation prefix, no route */
	bool			stock;		/* the stock stack runs */
	unsigned int		ok, bad;
};

#define check(p, cond, name)						\
do {									\
	bool probe_ok = (cond);						\
									\
	pr_info("us6_probe: %s %s\n", probe_ok ? "ok" : "not ok", name); \
	if (probe_ok)							\
		(p)->ok++;						\
	else								\
		(p)->bad++;						\
} while (0)

/* A UDP packet from a documentation address, network header set, no dst. */
struct sk_buff *probe_skb(struct probe *p);

void probe_routes(struct probe *p);
void probe_link(struct probe *p);
void probe_sockets(struct probe *p);
void probe_structs(struct probe *p);

#endif
