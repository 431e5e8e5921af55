/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _US6_COMPAT_LINUX_UNALIGNED_H
#define _US6_COMPAT_LINUX_UNALIGNED_H

/* Newer kernels have the header under this name, older ones under asm/. */
#ifdef US6_HAS_LINUX_UNALIGNED
#include_next <linux/unaligned.h>
#else
#include <asm/unaligned.h>
#endif

#endif
