/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _US6_COMPAT_TXTIME_H
#define _US6_COMPAT_TXTIME_H

/* What a packet's time stamp means: one bit, and since 6.11 a clock. */
#include <linux/skbuff.h>
#include <linux/version.h>
#include <net/sock.h>

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 11, 0)

typedef u8 us6_tstamp_type;

static inline us6_tstamp_type us6_tstamp_type_of(const struct sk_buff *skb)
{
	return skb->tstamp_type;
}

static inline void us6_set_txtime(struct sk_buff *skb, u64 when,
				  const struct sock *sk)
{
	skb_set_delivery_type_by_clockid(skb, when, sk->sk_clockid);
}

#else

typedef bool us6_tstamp_type;

static inline us6_tstamp_type us6_tstamp_type_of(const struct sk_buff *skb)
{
	return skb->mono_delivery_time;
}

static inline void us6_set_txtime(struct sk_buff *skb, u64 when,
				  const struct sock *sk)
{
	skb->tstamp = when;
}

#endif

#endif /* _US6_COMPAT_TXTIME_H */
