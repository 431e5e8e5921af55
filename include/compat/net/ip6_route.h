/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _US6_COMPAT_NET_IP6_ROUTE_H
#define _US6_COMPAT_NET_IP6_ROUTE_H

#include <linux/version.h>
#include_next <net/ip6_route.h>

/* What a dst is linked by while it is on no cache of the stock stack. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 5, 0)
#define us6_compat_uncached_init(rt)	INIT_LIST_HEAD(&(rt)->rt6i_uncached)
#else
#define us6_compat_uncached_init(rt) do {				\
	INIT_LIST_HEAD(&(rt)->dst.rt_uncached);				\
	(rt)->dst.rt_uncached_list = NULL;				\
} while (0)
#endif

/* ipv6_pinfo.saddr_cache was a pointer before it became "is it set". */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 10, 0)
#define us6_compat_dst_store(sk, dst, daddr, saddr) \
	ip6_dst_store(sk, dst, daddr, saddr)
#else
#define us6_compat_dst_store(sk, dst, daddr, saddr) \
	ip6_dst_store(sk, dst, daddr, !!(saddr))
#endif

#endif
