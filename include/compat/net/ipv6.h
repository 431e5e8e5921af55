/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _US6_COMPAT_NET_IPV6_H
#define _US6_COMPAT_NET_IPV6_H
#include_next <net/ipv6.h>

/* ipcm6_init_sk() took the ipv6_pinfo, and takes the socket where the flags moved. */
static inline void us6_ipcm6_init_sk(struct ipcm6_cookie *ipc6,
				     const struct sock *sk)
{
	*ipc6 = (struct ipcm6_cookie) {
		.hlimit = -1,
		.tclass = READ_ONCE(inet6_sk(sk)->tclass),
		.dontfrag = inet6_test_bit(DONTFRAG, sk),
	};
}

#endif
