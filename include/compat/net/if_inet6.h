/* SPDX-License-Identifier: GPL-2.0 */
/* inet6_dev.ac_list and ifacaddr6.aca_next are __rcu since 6.9. */
#ifndef _US6_COMPAT_NET_IF_INET6_H
#define _US6_COMPAT_NET_IF_INET6_H
#include_next <net/if_inet6.h>

/* Under RCU. */
#define us6_ac_head_rcu(idev)						\
	((struct ifacaddr6 *)(__force unsigned long)READ_ONCE((idev)->ac_list))
#define us6_ac_next_rcu(aca)						\
	((struct ifacaddr6 *)(__force unsigned long)READ_ONCE((aca)->aca_next))

#endif
