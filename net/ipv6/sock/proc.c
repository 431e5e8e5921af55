// SPDX-License-Identifier: GPL-2.0
/*
 * us6: the row of a datagram socket in /proc/net/{udp6,udplite6,raw6,icmp6}.
 */
#include <linux/seq_file.h>
#include <linux/user_namespace.h>
#include "sock.h"

void us6_dgram_seq_show(struct seq_file *seq, struct sock *sk, u16 srcp,
			u16 destp, int rqueue, int bucket)
{
	const struct in6_addr *src = &sk->sk_v6_rcv_saddr;
	const struct in6_addr *dest = &sk->sk_v6_daddr;

	seq_printf(seq,
		   "%5d: %08X%08X%08X%08X:%04X %08X%08X%08X%08X:%04X %02X %08X:%08X %02X:%08lX %08X %5u %8d %lu %d %pK %u\n",
		   bucket,
		   (__force u32)src->s6_addr32[0], (__force u32)src->s6_addr32[1],
		   (__force u32)src->s6_addr32[2], (__force u32)src->s6_addr32[3],
		   srcp,
		   (__force u32)dest->s6_addr32[0], (__force u32)dest->s6_addr32[1],
		   (__force u32)dest->s6_addr32[2], (__force u32)dest->s6_addr32[3],
		   destp, sk->sk_state, sk_wmem_alloc_get(sk), rqueue, 0, 0L, 0,
		   from_kuid_munged(seq_user_ns(seq), sock_i_uid(sk)), 0,
		   sock_i_ino(sk), refcount_read(&sk->sk_refcnt), sk,
		   atomic_read(&sk->sk_drops));
}
