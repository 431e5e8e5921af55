/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _US6_COMPAT_DEVCONF_H
#define _US6_COMPAT_DEVCONF_H

#include <linux/ipv6.h>
#include <linux/version.h>

/* Fields of struct ipv6_devconf that came after 6.1, with stock's defaults. */
static inline void us6_devconf_newer_defaults(struct ipv6_devconf *cnf)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 8, 0)
	cnf->regen_min_advance = 2;	/* RFC 8981 section 3.8 */
#endif
}

#endif
