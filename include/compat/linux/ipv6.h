/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ipv6_pinfo: flags as in net/inet_sock.h, and the members that moved.
 */
#ifndef _US6_COMPAT_LINUX_IPV6_H
#define _US6_COMPAT_LINUX_IPV6_H
#include_next <linux/ipv6.h>

#ifndef inet6_test_bit
#define US6_INET6_MC6_LOOP		mc_loop
#define US6_INET6_MC6_ALL		mc_all
#define US6_INET6_RECVERR6		recverr
#define US6_INET6_RECVERR6_RFC4884	recverr_rfc4884
#define US6_INET6_AUTOFLOWLABEL		autoflowlabel
#define US6_INET6_AUTOFLOWLABEL_SET	autoflowlabel_set
#define US6_INET6_DONTFRAG		dontfrag
#define US6_INET6_REPFLOW		repflow
#define US6_INET6_RTALERT_ISOLATE	rtalert_isolate
#define US6_INET6_SNDFLOW		sndflow

#define inet6_test_bit(nr, sk)		(inet6_sk(sk)->US6_INET6_##nr)
#define inet6_set_bit(nr, sk)		(inet6_sk(sk)->US6_INET6_##nr = 1)
#define inet6_clear_bit(nr, sk)		(inet6_sk(sk)->US6_INET6_##nr = 0)
#define inet6_assign_bit(nr, sk, val)	(inet6_sk(sk)->US6_INET6_##nr = !!(val))

/* The list of flow labels of a socket; in inet_sock since 6.7. */
#define us6_sk_fl_list(sk)		(inet6_sk(sk)->ipv6_fl_list)
/* Where a proto's objects hold their ipv6_pinfo: last, by the kernel's rule. */
#define us6_proto_pinfo_offset(prot)	\
	((prot)->obj_size - sizeof(struct ipv6_pinfo))
#define US6_PROTO_PINFO(type)
#else
#define us6_sk_fl_list(sk)		(inet_sk(sk)->ipv6_fl_list)
#define us6_proto_pinfo_offset(prot)	((prot)->ipv6_pinfo_offset)
/* An initialiser of struct proto. */
#define US6_PROTO_PINFO(type)		\
	.ipv6_pinfo_offset = offsetof(type, inet6),
#endif

#endif
