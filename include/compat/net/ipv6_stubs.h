/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _US6_COMPAT_NET_IPV6_STUBS_H
#define _US6_COMPAT_NET_IPV6_STUBS_H

#include <linux/version.h>
#include_next <net/ipv6_stubs.h>

/* Members of struct ipv6_stub that came later. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
#define US6_STUB_GRO_ENCAP(fn)	.xfrm6_gro_udp_encap_rcv = (fn),
#else
#define US6_STUB_GRO_ENCAP(fn)
#endif
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 10, 0)
#define US6_STUB_XMIT(fn)	.ip6_xmit = (fn),
#else
#define US6_STUB_XMIT(fn)
#endif

#endif
