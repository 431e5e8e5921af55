/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _US6_COMPAT_LINUX_SYSCTL_H
#define _US6_COMPAT_LINUX_SYSCTL_H

#include_next <linux/sysctl.h>
#include <linux/version.h>

/* The first argument of a proc_handler became const in 6.11. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 11, 0)
typedef const struct ctl_table us6_ctl_table;
#else
typedef struct ctl_table us6_ctl_table;
#endif

#endif
