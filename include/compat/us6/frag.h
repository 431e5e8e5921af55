/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _US6_COMPAT_FRAG_H
#define _US6_COMPAT_FRAG_H

/*
 * Who owns which reference of a fragment queue: stable updates moved from a
 * held queue to one under RCU, where inet_frag_kill() says how many references
 * went.  The type of that function tells which kernel this is.
 */
#include <linux/version.h>
#include <net/inet_frag.h>

typedef void us6_frag_kill_old_t(struct inet_frag_queue *q);
typedef void us6_frag_kill_new_t(struct inet_frag_queue *q, int *refs);

#define US6_FRAG_RCU	__same_type(inet_frag_kill, us6_frag_kill_new_t)

/* References that inet_frag_find() gave. */
#define US6_FRAG_FOUND	(US6_FRAG_RCU ? 0 : 1)

static inline void us6_frag_kill(struct inet_frag_queue *q, int *refs)
{
	void *fn = inet_frag_kill;

	if (US6_FRAG_RCU) {
		us6_frag_kill_new_t *kill = fn;

		kill(q, refs);
	} else {
		us6_frag_kill_old_t *kill = fn;

		kill(q);
	}
}

static inline void us6_frag_put(struct inet_frag_queue *q, int refs)
{
	if (refs && refcount_sub_and_test(refs, &q->refcnt))
		inet_frag_destroy(q);
}

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 11, 0)
#define us6_frag_set_tstamp(q, skb)	((q)->tstamp_type = (skb)->tstamp_type)
#else
#define us6_frag_set_tstamp(q, skb)					\
	((q)->mono_delivery_time = (skb)->mono_delivery_time)
#endif

#endif /* _US6_COMPAT_FRAG_H */
