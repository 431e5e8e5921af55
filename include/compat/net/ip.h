/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _US6_COMPAT_NET_IP_H
#define _US6_COMPAT_NET_IP_H

#include <linux/version.h>
#include_next <net/ip.h>

/* The namespace, needed by nobody, went. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 11, 0)
#define us6_compat_metrics_init(net, mx, len, extack) \
	ip_fib_metrics_init(net, mx, len, extack)
#else
#define us6_compat_metrics_init(net, mx, len, extack) \
	ip_fib_metrics_init(mx, len, extack)
#endif

#endif
