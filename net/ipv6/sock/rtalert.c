// SPDX-License-Identifier: GPL-2.0
/*
 * us6: IPV6_ROUTER_ALERT, raw sockets that want transit packets with the Router
 * Alert option (RFC 2711) of a value; RSVP and MLD daemons.
 */
#include <linux/rculist.h>
#include <linux/slab.h>
#include "options.h"
#include "sock.h"

/* L: us6_ra_lock, I: immutable.  Readers under RCU. */
struct us6_ra {
	struct list_head	list;		/* L */
	struct sock		*sk;		/* I, held */
	int			value;		/* I, host order */
	struct rcu_head		rcu;
};

static LIST_HEAD(us6_ra_list);
static DEFINE_SPINLOCK(us6_ra_lock);

static struct us6_ra *us6_ra_find_locked(const struct sock *sk)
{
	struct us6_ra *ra;

	lockdep_assert_held(&us6_ra_lock);
	list_for_each_entry(ra, &us6_ra_list, list)
		if (ra->sk == sk)
			return ra;
	return NULL;
}

void us6_ra_close(struct sock *sk)
{
	struct us6_ra *ra;

	spin_lock_bh(&us6_ra_lock);
	ra = us6_ra_find_locked(sk);
	if (ra)
		list_del_rcu(&ra->list);
	spin_unlock_bh(&us6_ra_lock);
	if (!ra)
		return;
	/* Raw sockets are freed by RCU themselves: a reader may still see it. */
	sock_put(sk);
	kfree_rcu(ra, rcu);
}

int us6_opt_set_rtalert(struct sock *sk, int val)
{
	struct us6_ra *ra;
	int err = 0;

	if (sk->sk_type != SOCK_RAW || inet_sk(sk)->inet_num != IPPROTO_RAW)
		return -ENOPROTOOPT;
	if (val < 0) {
		us6_ra_close(sk);
		return 0;
	}
	ra = kmalloc(sizeof(*ra), GFP_KERNEL_ACCOUNT);
	if (!ra)
		return -ENOMEM;
	ra->sk = sk;
	ra->value = val;
	spin_lock_bh(&us6_ra_lock);
	if (us6_ra_find_locked(sk))
		err = -EADDRINUSE;
	else
		list_add_tail_rcu(&ra->list, &us6_ra_list);
	spin_unlock_bh(&us6_ra_lock);
	if (err)
		kfree(ra);
	else
		sock_hold(sk);
	return err;
}

static bool us6_ra_wants(const struct us6_ra *ra, const struct sk_buff *skb,
			 int value)
{
	const struct sock *sk = ra->sk;

	if (ra->value != value)
		return false;
	if (inet6_test_bit(RTALERT_ISOLATE, sk) &&
	    !net_eq(sock_net(sk), dev_net(skb->dev)))
		return false;
	return !sk->sk_bound_dev_if ||
	       sk->sk_bound_dev_if == skb->dev->ifindex;
}

bool us6_ra_deliver(struct sk_buff *skb, int value)
{
	struct us6_ra *ra, *last = NULL;
	struct sk_buff *copy;

	list_for_each_entry_rcu(ra, &us6_ra_list, list) {
		if (!us6_ra_wants(ra, skb, value))
			continue;
		if (last) {
			copy = skb_clone(skb, GFP_ATOMIC);
			if (copy)
				us6_raw_rcv(last->sk, copy);
		}
		last = ra;
	}
	if (!last)
		return false;
	us6_raw_rcv(last->sk, skb);
	return true;
}
