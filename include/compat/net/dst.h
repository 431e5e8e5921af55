/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _US6_COMPAT_NET_DST_H
#define _US6_COMPAT_NET_DST_H

#include <linux/version.h>
#include_next <net/dst.h>

/* A reference of one was an argument before it became the rule. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 9, 0)
#define us6_compat_dst_alloc(ops, dev, obsolete, flags) \
	dst_alloc(ops, dev, 1, obsolete, flags)
#define us6_compat_dst_init(dst, ops, dev, obsolete, flags) \
	dst_init(dst, ops, dev, 1, obsolete, flags)
/* dst_ops.ifdown told whether the device leaves for good. */
#define US6_COMPAT_IFDOWN_ARG	, int how
#else
#define us6_compat_dst_alloc(ops, dev, obsolete, flags) \
	dst_alloc(ops, dev, obsolete, flags)
#define us6_compat_dst_init(dst, ops, dev, obsolete, flags) \
	dst_init(dst, ops, dev, obsolete, flags)
#define US6_COMPAT_IFDOWN_ARG
#endif

#endif
