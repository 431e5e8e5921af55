/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _US6_COMPAT_NET_NET_NAMESPACE_H
#define _US6_COMPAT_NET_NET_NAMESPACE_H

#include_next <net/net_namespace.h>

/* Before 6.6 an empty entry ended the table; both kernels get one. */
#ifndef register_net_sysctl
#define register_net_sysctl_sz(net, path, table, size)	\
	register_net_sysctl(net, path, table)
#endif

#endif
