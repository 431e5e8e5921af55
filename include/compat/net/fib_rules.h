/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _US6_COMPAT_NET_FIB_RULES_H
#define _US6_COMPAT_NET_FIB_RULES_H

#include <linux/version.h>
#include_next <net/fib_rules.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 8, 0)
#define us6_compat_default_rule(ops, pref, table) \
	fib_default_rule_add(ops, pref, table, 0)
#else
#define us6_compat_default_rule(ops, pref, table) \
	fib_default_rule_add(ops, pref, table)
#endif

/* A selector of the whole DSCP, 0 included, is new. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 12, 0)
#define us6_compat_rule_dscp(tb)		((struct nlattr *)NULL)
#define us6_compat_put_rule_dscp(skb, dscp)	(-EMSGSIZE)
#else
#define us6_compat_rule_dscp(tb)		((tb)[FRA_DSCP])
#define us6_compat_put_rule_dscp(skb, dscp)	nla_put_u8(skb, FRA_DSCP, dscp)
#endif

#endif
