// SPDX-License-Identifier: GPL-2.0
/*
 * us6: the seam to the stock kernel, its rungs of the ladder.
 *
 * Install, and why in this order:
 *  1. us6_stock_init(), first of all, only looks: is the stock stack off, is
 *     every symbol there, does ftrace work.  It refuses while nothing is touched.
 *  2. The rooms bring up their state: counters, null routes, tables, nd_tbl.
 *  3. us6_stock_install() checks that each namespace has what stock code reads
 *     without asking.  A NULL per-CPU MIB would not fault but corrupt memory.
 *  4. Redirections, all at once.  From here on a call into a dead stock function
 *     is answered by us.
 *  5. Stubs: their users now get neighbours and routes that lead back to 4.
 *  6. ipv6_mod_enabled() says true, last: modules that ask may at once use all
 *     of the above.
 * Socket family, devices and packets stand above this rung in the ladder.
 *
 * Removal is the reverse.  When it begins there is no AF_INET6 socket (each
 * holds this module), no dev->ip6_ptr, no packet handler.  Then:
 *  a. ipv6_mod_enabled() says false: nobody new starts to use IPv6.
 *  b. The stubs point where they did.  Writers of the pointers hold RTNL;
 *     synchronize_net() waits for users in softirq or under RCU.
 *  c. The redirections are taken off.  The code is patched with the other CPUs
 *     synchronised, so no CPU enters a replacement after that.
 *  d. us6_stock_drain() waits for those inside: tasks that were preempted in a
 *     replacement or stub member (synchronize_rcu_tasks() returns after each has
 *     slept or left), those that sleep in one (each counts itself before its
 *     first sleep; the count must be zero), those between the end of their
 *     count and their return (synchronize_rcu_tasks() again, they don't sleep
 *     there), and softirqs (synchronize_rcu()).
 * After d. no CPU is in text of ours that was entered from stock code, and none
 * can enter.  The rooms go down after that.  A dst or a face that others still
 * hold leads into our text too; route/ and nd/ wait for or orphan those.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/ipv6.h>
#include <linux/rwsem.h>
#include <net/net_namespace.h>
#include <net/us6/us6.h>
#include "serve.h"
#include "stock.h"

static bool us6_stock_live;

bool us6_serve_mod_enabled(void)
{
	return READ_ONCE(us6_stock_live);
}

int us6_stock_init(void)
{
	int err;

	/* Not redirected yet: the stock function answers. */
	if (ipv6_mod_enabled()) {
		pr_err("stock IPv6 is active: boot with ipv6.disable=1\n");
		return -EBUSY;
	}
	err = us6_stock_resolve();
	if (!err)
		err = us6_serve_neigh_prepare();
	if (!err)
		err = us6_redirect_prepare(us6_entries, us6_nr_entries);
	return err;
}

void us6_stock_exit(void)
{
	us6_redirect_forget();
}

/* What stock code reads of a namespace without checking, by name if missing. */
static const char *us6_net_lacks(const struct net *net)
{
	if (!net->mib.ipv6_statistics || !net->mib.icmpv6_statistics ||
	    !net->mib.icmpv6msg_statistics || !net->mib.udp_stats_in6 ||
	    !net->mib.udplite_stats_in6)
		return "MIB";
	if (!net->ipv6.devconf_all || !net->ipv6.devconf_dflt)
		return "devconf";
	if (!net->ipv6.ip6_null_entry || !net->ipv6.fib6_null_entry)
		return "null route";
	return NULL;
}

static int us6_check_namespaces(void)
{
	const char *lacks;
	struct net *net;
	int err = 0;

	down_read(&net_rwsem);
	for_each_net(net) {
		lacks = us6_net_lacks(net);
		if (!lacks)
			continue;
		pr_err("a namespace has no %s: nothing may call us yet\n", lacks);
		err = -ENODATA;
		break;
	}
	up_read(&net_rwsem);
	return err;
}

int us6_stock_install(void)
{
	int err;

	err = us6_check_namespaces();
	if (!err)
		err = us6_redirect_start();
	if (err)
		return err;
	us6_stubs_set();
	WRITE_ONCE(us6_stock_live, true);
	us6_stock_report_late();
	return 0;
}

void us6_stock_remove(void)
{
	WRITE_ONCE(us6_stock_live, false);
	us6_stubs_restore();
	us6_redirect_stop();
	us6_stock_drain();
}
