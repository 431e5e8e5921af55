/* SPDX-License-Identifier: GPL-2.0 */
/* What the files of this room share. */
#ifndef _US6_STOCK_INTERNAL_H
#define _US6_STOCK_INTERNAL_H

#include <linux/percpu.h>
#include <linux/types.h>
#include <net/us6/stock.h>

/* ---- resolve.c ----------------------------------------------------------- */

/**
 * us6_stock_resolve() - find what the kernel doesn't export
 *
 * May sleep.  Return: 0, or -ENOENT after each missing name was logged.
 */
int us6_stock_resolve(void);

/* ---- entry.c: the table -------------------------------------------------- */

/**
 * enum us6_when - which calls of a stock function are ours
 * @US6_WHEN_ALWAYS: all
 * @US6_WHEN_ARG0_ND_TBL: the first argument is &nd_tbl
 * @US6_WHEN_ARG0_ND_NEIGH: the first argument is a neighbour of nd_tbl
 * @US6_WHEN_ARG0_INET6_SK: the first argument is an AF_INET6 socket
 * @US6_WHEN_ARG1_INET6: the second argument is AF_INET6
 * @US6_WHEN_DUMP_NOT_INET: the netlink dump (second argument: its callback)
 *	asks for another family than AF_INET
 *
 * Decided from the saved argument registers in the ftrace handler, which leaves
 * all other calls to the stock function.
 */
enum us6_when {
	US6_WHEN_ALWAYS,
	US6_WHEN_ARG0_ND_TBL,
	US6_WHEN_ARG0_ND_NEIGH,
	US6_WHEN_ARG0_INET6_SK,
	US6_WHEN_ARG1_INET6,
	US6_WHEN_DUMP_NOT_INET,
};

/**
 * struct us6_entry - one redirected function
 * @name: of the stock function
 * @addr: its address, 0: by name at load
 * @ours: address of the replacement, which has the same prototype
 * @when: which calls
 * @optional: some kernels don't have it
 */
struct us6_entry {
	const char	*name;
	unsigned long	addr;
	unsigned long	ours;
	enum us6_when	when;
	bool		optional;
};

extern const struct us6_entry us6_entries[];
extern const unsigned int us6_nr_entries;

/* ---- redirect.c ---------------------------------------------------------- */

/**
 * us6_redirect_prepare() - find the functions; nothing is patched yet
 * @table: what to redirect
 * @n: entries
 *
 * Return: 0, -ENOENT (logged by name), -EOPNOTSUPP without ftrace, -ENOMEM.
 */
int us6_redirect_prepare(const struct us6_entry *table, unsigned int n);
/** us6_redirect_forget() - undo us6_redirect_prepare(), nothing is patched */
void us6_redirect_forget(void);

/**
 * us6_redirect_start() - redirect all, at once
 *
 * Return: 0 or a negative errno after the function in the way was named;
 * -EBUSY when somebody else has patched it.
 */
int us6_redirect_start(void);

/**
 * us6_redirect_stop() - give all back
 *
 * When it returns no CPU enters our functions through a stock one any more,
 * and each task that had done so has since slept or left.
 */
void us6_redirect_stop(void);

/* ---- stubs.c ------------------------------------------------------------- */

/** us6_stubs_set() - the kernel's pointers to IPv6 become ours; takes RTNL */
void us6_stubs_set(void);
/** us6_stubs_restore() - back to what they were; takes RTNL, waits for RCU */
void us6_stubs_restore(void);

/* ---- drain.c: replacements that may sleep -------------------------------- */

DECLARE_PER_CPU(long, us6_stock_inflight);

/**
 * us6_stock_enter() - first act of a replacement that may sleep
 *
 * Neither ftrace nor RCU waits for a task that sleeps in such a function, and
 * its caller holds no reference on us.
 */
static inline void us6_stock_enter(void)
{
	this_cpu_inc(us6_stock_inflight);
}

/** us6_stock_leave() - last act of a replacement that may sleep */
static inline void us6_stock_leave(void)
{
	this_cpu_dec(us6_stock_inflight);
}

/**
 * us6_stock_drain() - wait until nobody is left in a replacement or stub
 *
 * To be called when none can be entered any more.  Says every ten seconds that
 * it waits.
 */
void us6_stock_drain(void);

/*
 * Defines us6_drained_NAME(), which is FN() counted in flight.
 * US6_DRAINED(int, inet6_bind, us6_bind, (struct socket *s, ...), (s, ...))
 */
#define US6_DRAINED(type, name, fn, params, args)			\
type us6_drained_##name params						\
{									\
	type us6_ret;							\
									\
	us6_stock_enter();						\
	us6_ret = fn args;						\
	us6_stock_leave();						\
	return us6_ret;							\
}

#define US6_DRAINED_VOID(name, fn, params, args)			\
void us6_drained_##name params						\
{									\
	us6_stock_enter();						\
	fn args;							\
	us6_stock_leave();						\
}

/* ---- late.c -------------------------------------------------------------- */

/** us6_stock_report_late() - name in the log what came before us6 and lost IPv6 */
void us6_stock_report_late(void);

#endif
