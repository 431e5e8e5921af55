/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The flags of an inet socket: 6.6 made one atomic word of what were bit-fields
 * of inet_sock and ipv6_pinfo, with accessors.  Kernels before get the same
 * accessors over the bit-fields (guarded by the socket lock, as there).
 */
#ifndef _US6_COMPAT_NET_INET_SOCK_H
#define _US6_COMPAT_NET_INET_SOCK_H
#include_next <net/inet_sock.h>

#ifndef inet_test_bit
#define US6_INET_RECVERR		recverr
#define US6_INET_RECVERR_RFC4884	recverr_rfc4884
#define US6_INET_FREEBIND		freebind
#define US6_INET_HDRINCL		hdrincl
#define US6_INET_MC_LOOP		mc_loop
#define US6_INET_MC_ALL			mc_all
#define US6_INET_TRANSPARENT		transparent
#define US6_INET_IS_ICSK		is_icsk
#define US6_INET_NODEFRAG		nodefrag
#define US6_INET_BIND_ADDRESS_NO_PORT	bind_address_no_port
#define US6_INET_DEFER_CONNECT		defer_connect

#define inet_test_bit(nr, sk)		(inet_sk(sk)->US6_INET_##nr)
#define inet_set_bit(nr, sk)		(inet_sk(sk)->US6_INET_##nr = 1)
#define inet_clear_bit(nr, sk)		(inet_sk(sk)->US6_INET_##nr = 0)
#define inet_assign_bit(nr, sk, val)	(inet_sk(sk)->US6_INET_##nr = !!(val))

static inline unsigned long inet_cmsg_flags(const struct inet_sock *inet)
{
	return READ_ONCE(inet->cmsg_flags);
}
#endif

#endif
