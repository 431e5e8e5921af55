// SPDX-License-Identifier: GPL-2.0
/*
 * us6: addresses of kernel symbols that are not exported.
 *
 * A kprobe that is registered and taken away again gives the address of
 * kallsyms_lookup_name(), and that gives every other.  All is looked up once,
 * at load, before anything of the kernel has been touched; what is missing is
 * named and refuses the load.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

/* We define here what the header's macros stand for. */
#define US6_RESOLVED_DEFINE

#include <linux/kallsyms.h>
#include <linux/kprobes.h>
#include <net/us6/resolved.h>
#include "stock.h"

/* By static call: its ENDBR may be sealed on IBT kernels. */
static unsigned long us6_stock_no_lookup(const char *name)
{
	return 0;
}

DEFINE_STATIC_CALL(us6_stock_kallsyms, us6_stock_no_lookup);

#define US6_DEFINE_CALL(name) DEFINE_STATIC_CALL_NULL(us6_stock_call_##name, name);
#define US6_DEFINE_PTR(name) typeof(name) *us6_stock_ptr_##name;
#define US6_DEFINE_DATA(name) typeof(name) *us6_stock_data_##name;

US6_RESOLVED_CALLS(US6_DEFINE_CALL)
US6_RESOLVED_PTRS(US6_DEFINE_PTR)
US6_RESOLVED_DATA(US6_DEFINE_DATA)

static int us6_stock_find_kallsyms(void)
{
	struct kprobe kp = { .symbol_name = "kallsyms_lookup_name" };
	int err;

	err = register_kprobe(&kp);
	if (err) {
		pr_err("can't find kallsyms_lookup_name by a kprobe: error %d; a kernel with KPROBES and KALLSYMS is needed\n",
		       err);
		return err == -ENOENT ? -ENOENT : -EOPNOTSUPP;
	}
	/* May lie behind the ENDBR; a direct call to there is as good. */
	static_call_update(us6_stock_kallsyms,
			   (unsigned long (*)(const char *))kp.addr);
	unregister_kprobe(&kp);
	return 0;
}

unsigned long us6_stock_lookup(const char *name)
{
	return static_call(us6_stock_kallsyms)(name);
}

static unsigned long __maybe_unused us6_stock_need(const char *name, int *err)
{
	unsigned long addr = us6_stock_lookup(name);

	if (!addr) {
		pr_err("the kernel has no symbol %s: this us6 doesn't fit it\n", name);
		*err = -ENOENT;
	}
	return addr;
}

#define US6_RESOLVE_CALL(name)						\
	addr = us6_stock_need(#name, &err);				\
	if (addr)							\
		static_call_update(us6_stock_call_##name, (typeof(name) *)addr);
#define US6_RESOLVE_PTR(name)						\
	us6_stock_ptr_##name = (typeof(name) *)us6_stock_need(#name, &err);
#define US6_RESOLVE_DATA(name)						\
	us6_stock_data_##name = (typeof(name) *)us6_stock_need(#name, &err);

int us6_stock_resolve(void)
{
	unsigned long __maybe_unused addr;
	int err;

	err = us6_stock_find_kallsyms();
	if (err)
		return err;
	US6_RESOLVED_CALLS(US6_RESOLVE_CALL)
	US6_RESOLVED_PTRS(US6_RESOLVE_PTR)
	US6_RESOLVED_DATA(US6_RESOLVE_DATA)
	return err;
}
