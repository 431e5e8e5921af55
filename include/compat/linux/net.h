/* SPDX-License-Identifier: GPL-2.0 */
/*
 * struct proto_ops lost sendpage and sendpage_locked in 6.5 for splice_eof and
 * MSG_SPLICE_PAGES; an initialiser writes the macro where the member stood.
 */
#ifndef _US6_COMPAT_LINUX_NET_H
#define _US6_COMPAT_LINUX_NET_H
#include_next <linux/net.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 5, 0)
#define US6_OPS_SENDPAGE(fn)		.sendpage = fn,
#define US6_OPS_SENDPAGE_LOCKED(fn)	.sendpage_locked = fn,
#else
#define US6_OPS_SENDPAGE(fn)
#define US6_OPS_SENDPAGE_LOCKED(fn)
#endif

#endif
