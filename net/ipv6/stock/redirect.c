// SPDX-License-Identifier: GPL-2.0
/*
 * us6: redirection of stock functions at their entry.
 *
 * One ftrace_ops serves every function of the table: an ops each costs a
 * quarter of a second to register.  FTRACE_OPS_FL_PERMANENT keeps
 * kernel.ftrace_enabled=0 from taking the redirections away in silence.
 *
 * The handler runs at the very start of the stock function, with the caller's
 * registers and stack, and returns into ours instead, which has the same
 * prototype and returns to the stock function's caller.  It calls nothing and
 * is notrace, so it can't recurse; FTRACE_OPS_FL_RECURSION says so, since with
 * ftrace's own recursion check a nested call would reach the stock function.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/ftrace.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <net/ndisc.h>
#include "stock.h"

/* An ENDBR may stand between a function's address and its ftrace site. */
#define US6_SITE_SLACK	16

struct us6_site {
	unsigned long		ip;
	unsigned long		ours;
	enum us6_when		when;
	const struct us6_entry	*entry;
};

/* Sorted by ip; written before the ops is registered, freed after it is gone. */
static struct us6_site *us6_sites;
static unsigned int us6_nr_sites;

static __always_inline bool us6_when_applies(enum us6_when when,
					     struct pt_regs *regs)
{
	switch (when) {
	case US6_WHEN_ALWAYS:
		return true;
	case US6_WHEN_ARG0_ND_TBL:
		return regs_get_kernel_argument(regs, 0) == (unsigned long)&nd_tbl;
	case US6_WHEN_ARG0_ND_NEIGH:
		return ((struct neighbour *)regs_get_kernel_argument(regs, 0))->tbl == &nd_tbl;
	case US6_WHEN_ARG1_INET6:
		return (unsigned short)regs_get_kernel_argument(regs, 1) == AF_INET6;
	case US6_WHEN_ARG0_INET6_SK:
		return ((struct sock *)regs_get_kernel_argument(regs, 0))->sk_family == AF_INET6;
	case US6_WHEN_DUMP_NOT_INET: {
		struct netlink_callback *cb = (void *)regs_get_kernel_argument(regs, 1);

		return ((struct rtgenmsg *)nlmsg_data(cb->nlh))->rtgen_family != AF_INET;
	}
	}
	return false;
}

static void notrace us6_redirect(unsigned long ip, unsigned long parent_ip,
				 struct ftrace_ops *ops,
				 struct ftrace_regs *fregs)
{
	struct pt_regs *regs = ftrace_get_regs(fregs);
	const struct us6_site *base = us6_sites;
	unsigned int n = us6_nr_sites;

	/* The last site at or below ip. */
	while (n > 1) {
		unsigned int half = n / 2;

		if (base[half].ip <= ip)
			base += half;
		n -= half;
	}
	if (unlikely(!regs || ip - base->ip > US6_SITE_SLACK))
		return;
	if (likely(base->when == US6_WHEN_ALWAYS) ||
	    us6_when_applies(base->when, regs))
		instruction_pointer_set(regs, base->ours);
}

#define US6_OPS_FLAGS	(FTRACE_OPS_FL_SAVE_REGS | FTRACE_OPS_FL_IPMODIFY | \
			 FTRACE_OPS_FL_PERMANENT)

static struct ftrace_ops us6_redirect_ops = {
	.func	= us6_redirect,
	.flags	= US6_OPS_FLAGS,
};

/* For finding out who is in the way: claims functions, changes nothing. */
static void notrace us6_claim(unsigned long ip, unsigned long parent_ip,
			      struct ftrace_ops *ops, struct ftrace_regs *fregs)
{
}

static int us6_site_cmp(const void *a, const void *b)
{
	const struct us6_site *x = a, *y = b;

	return x->ip < y->ip ? -1 : x->ip > y->ip;
}

/* Returns the error of patching @n sites from @from on, patching none. */
static int us6_try_claim(unsigned int from, unsigned int n)
{
	struct ftrace_ops *ops;
	unsigned int i;
	int err = 0;

	ops = kzalloc(sizeof(*ops), GFP_KERNEL);
	if (!ops)
		return -ENOMEM;
	ops->func = us6_claim;
	ops->flags = US6_OPS_FLAGS & ~FTRACE_OPS_FL_PERMANENT;
	for (i = from; i < from + n && !err; i++)
		err = ftrace_set_filter_ip(ops, us6_sites[i].ip, 0, 0);
	if (!err) {
		err = register_ftrace_function(ops);
		if (!err)
			unregister_ftrace_function(ops);
	}
	ftrace_free_filter(ops);
	kfree(ops);
	return err;
}

/* Halves until one function is left; says its name. */
static void us6_name_culprit(int err)
{
	unsigned int from = 0, n = us6_nr_sites;

	while (n > 1) {
		unsigned int half = n / 2;

		if (us6_try_claim(from, half)) {
			n = half;
		} else {
			from += half;
			n -= half;
		}
	}
	if (us6_try_claim(from, 1) == -EBUSY)
		pr_err("%s is already patched (a livepatch or a kprobe): remove that first\n",
		       us6_sites[from].entry->name);
	else
		pr_err("can't redirect %s: error %d\n",
		       us6_sites[from].entry->name, err);
}

static int us6_sites_fill(const struct us6_entry *table, unsigned int n)
{
	unsigned int i;

	us6_sites = kcalloc(n, sizeof(*us6_sites), GFP_KERNEL);
	if (!us6_sites)
		return -ENOMEM;
	us6_nr_sites = 0;
	for (i = 0; i < n; i++) {
		const struct us6_entry *e = &table[i];
		struct us6_site *s = &us6_sites[us6_nr_sites];

		s->ip = e->addr ? e->addr : us6_stock_lookup(e->name);
		if (!s->ip) {
			if (e->optional)
				continue;
			pr_err("the kernel has no function %s: this us6 doesn't fit it\n",
			       e->name);
			return -ENOENT;
		}
		s->ours = e->ours;
		s->when = e->when;
		s->entry = e;
		us6_nr_sites++;
	}
	sort(us6_sites, us6_nr_sites, sizeof(*us6_sites), us6_site_cmp, NULL);
	return 0;
}

int us6_redirect_prepare(const struct us6_entry *table, unsigned int n)
{
	int *enabled = (int *)us6_stock_lookup("ftrace_enabled");
	int err;

	if (!enabled || !READ_ONCE(*enabled)) {
		pr_err("ftrace is off: set sysctl kernel.ftrace_enabled=1\n");
		return -EOPNOTSUPP;
	}
	err = us6_sites_fill(table, n);
	if (err)
		us6_redirect_forget();
	return err;
}

void us6_redirect_forget(void)
{
	kfree(us6_sites);
	us6_sites = NULL;
	us6_nr_sites = 0;
}

int us6_redirect_start(void)
{
	unsigned long *ips;
	unsigned int i;
	int err;

	ips = kmalloc_array(us6_nr_sites, sizeof(*ips), GFP_KERNEL);
	if (!ips)
		return -ENOMEM;
	for (i = 0; i < us6_nr_sites; i++)
		ips[i] = us6_sites[i].ip;
	err = ftrace_set_filter_ips(&us6_redirect_ops, ips, us6_nr_sites, 0, 1);
	kfree(ips);
	if (!err)
		err = register_ftrace_function(&us6_redirect_ops);
	if (err) {
		ftrace_free_filter(&us6_redirect_ops);
		us6_name_culprit(err);
	}
	return err;
}

void us6_redirect_stop(void)
{
	unregister_ftrace_function(&us6_redirect_ops);
	ftrace_free_filter(&us6_redirect_ops);
}
