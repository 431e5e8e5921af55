// SPDX-License-Identifier: GPL-2.0
/*
 * What holds for one host alone: a path MTU that a Packet Too Big told
 * (RFC 8201), and a better first hop that a Redirect told (RFC 4861 8.3).
 *
 * One hash a namespace, keyed by route and destination, read only when the
 * route says that it has any.  Each entry carries the dst that its host gets.
 * Entries are made by what strangers send, so their number is bounded: the
 * oldest of a full chain goes, and nothing grows.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/hash.h>
#include <linux/jhash.h>
#include <linux/once.h>
#include <linux/random.h>
#include <linux/slab.h>
#include <net/ip.h>
#include <net/l3mdev.h>
#include <net/ndisc.h>
#include <net/us6/nd.h>
#include <net/us6/path.h>
#include "route.h"

#define EXC_BITS	10
#define EXC_DEPTH	6	/* so 6,144 at most in a namespace */

/*
 * X: exc_lock of the namespace, R: RCU readers, I: immutable; a change makes a
 * new entry
 */
struct us6_exception {
	struct hlist_node	node;		/* X R */
	struct us6_route	*route;		/* I: compared; the route flushes */
	struct in6_addr		daddr;		/* I */
	struct in6_addr		gateway;	/* I: when redirected */
	struct us6_dst		*dst;		/* I: held */
	unsigned long		stamp;		/* I: jiffies of its making */
	unsigned long		expires;	/* I: of the MTU, 0: never */
	u32			mtu;		/* I: 0: none */
	u8			redirected;	/* I */
	u8			onlink;		/* I: redirected to itself */
	struct rcu_head		rcu;
};

static u32 exc_seed __read_mostly;

static struct hlist_head *exc_chain(const struct us6_route_net *rn,
				    const struct us6_route *rt,
				    const struct in6_addr *daddr)
{
	u32 h = __ipv6_addr_jhash(daddr, exc_seed ^ hash_ptr(rt, 32));

	return &rn->exc_hash[h & (BIT(EXC_BITS) - 1)];
}

static bool exc_over(const struct us6_exception *e)
{
	return e->expires && time_after(jiffies, e->expires);
}

/* RCU, or the lock. */
static struct us6_exception *exc_find(const struct us6_route_net *rn,
				      const struct us6_route *rt,
				      const struct in6_addr *daddr)
{
	struct hlist_head *hash = READ_ONCE(rn->exc_hash);
	struct us6_exception *e;

	if (!hash)
		return NULL;
	hlist_for_each_entry_rcu(e, exc_chain(rn, rt, daddr), node, true)
		if (e->route == rt && ipv6_addr_equal(&e->daddr, daddr))
			return e;
	return NULL;
}

struct rt6_info *us6_exception_dst(struct us6_route_net *rn,
				   const struct fib6_result *res,
				   const struct in6_addr *daddr, int changes)
{
	struct us6_route *rt = us6_route_of(res->f6i);
	struct us6_exception *e = exc_find(rn, rt, daddr);
	u32 cookie;

	if (!e || exc_over(e) || READ_ONCE(e->dst->nh) != res->nh)
		return NULL;
	/*
	 * What is known of the host holds though the route was covered for other
	 * destinations: the look-up came here again, so the dst is good again.
	 */
	cookie = us6_route_cookie(rn, atomic_read(&rt->gen));
	if (unlikely((u32)e->dst->rt6.sernum != cookie)) {
		smp_rmb();
		if (atomic_read(&rn->changes) == changes &&
		    e->dst->rt6.dst.obsolete == DST_OBSOLETE_FORCE_CHK)
			WRITE_ONCE(e->dst->rt6.sernum, cookie);
	}
	return &e->dst->rt6;
}

u32 us6_exception_mtu(struct us6_route_net *rn, struct us6_route *rt,
		      const struct in6_addr *daddr)
{
	struct us6_exception *e;

	if (!READ_ONCE(rt->has_exception))
		return 0;
	e = exc_find(rn, rt, daddr);
	return e && !exc_over(e) ? e->mtu : 0;
}

/* ---- making ----------------------------------------------------------------------- */

static void exc_free_rcu(struct rcu_head *head)
{
	struct us6_exception *e = container_of(head, struct us6_exception, rcu);

	dst_release(&e->dst->rt6.dst);
	kfree(e);
}

static void exc_unlink(struct us6_route_net *rn, struct us6_exception *e)
{
	lockdep_assert_held(&rn->exc_lock);
	hlist_del_rcu(&e->node);
	WRITE_ONCE(rn->exc_count, rn->exc_count - 1);
	rn->net->ipv6.rt6_stats->fib_rt_cache--;
	/* Whoever holds the dst must look again. */
	WRITE_ONCE(e->dst->rt6.dst.obsolete, DST_OBSOLETE_KILL);
	call_rcu(&e->rcu, exc_free_rcu);
}

/* The dst of the host: the route's, with what is known better. */
static struct us6_dst *exc_dst(struct us6_route_net *rn,
			       const struct fib6_result *res,
			       const struct us6_exception *e)
{
	struct us6_route *rt = us6_route_of(res->f6i);
	struct us6_dst *d;
	struct us6_neigh *n;
	struct us6_dev *udev;

	d = us6_dst_make(rn->net, res, us6_route_cookie(rn, atomic_read(&rt->gen)));
	if (!d)
		return NULL;
	d->rt6.rt6i_flags |= RTF_CACHE;
	d->rt6.rt6i_dst.addr = e->daddr;
	d->rt6.rt6i_dst.plen = 128;
	if (e->mtu) {
		dst_metric_set(&d->rt6.dst, RTAX_MTU, e->mtu);
		d->rt6.rt6i_flags |= RTF_MODIFIED;
		if (e->expires) {
			d->rt6.rt6i_flags |= RTF_EXPIRES;
			d->rt6.dst.expires = e->expires;
		}
	}
	if (!e->redirected)
		return d;
	d->rt6.rt6i_flags |= RTF_DYNAMIC;
	us6_neigh_put(xchg(&d->neigh, NULL));
	if (e->onlink) {
		d->rt6.rt6i_flags &= ~RTF_GATEWAY;
		d->rt6.rt6i_gateway = e->daddr;
		return d;
	}
	d->rt6.rt6i_flags |= RTF_GATEWAY;
	d->rt6.rt6i_gateway = e->gateway;
	udev = us6_dev_rcu(res->nh->fib_nh_dev);
	n = udev ? us6_neigh_make(udev, &e->gateway) : NULL;
	if (!IS_ERR_OR_NULL(n))
		d->neigh = n;
	return d;
}

static int exc_hash_make(struct us6_route_net *rn)
{
	struct hlist_head *hash;

	if (rn->exc_hash)
		return 0;
	hash = kcalloc(BIT(EXC_BITS), sizeof(*hash), GFP_ATOMIC | __GFP_NOWARN);
	if (!hash)
		return -ENOMEM;
	smp_store_release(&rn->exc_hash, hash);
	return 0;
}

static void exc_make_room(struct us6_route_net *rn, struct hlist_head *chain)
{
	struct us6_exception *e, *oldest = NULL;
	unsigned int n = 0;

	hlist_for_each_entry(e, chain, node) {
		n++;
		if (!oldest || time_before(e->stamp, oldest->stamp))
			oldest = e;
	}
	if (n >= EXC_DEPTH)
		exc_unlink(rn, oldest);
}

/* Put @want in, in the place of what was known about the host. */
static int exc_set(struct us6_route_net *rn, const struct fib6_result *res,
		   struct us6_exception *want)
{
	struct us6_route *rt = us6_route_of(res->f6i);
	struct us6_exception *old, *e;
	struct hlist_head *chain;
	int err = -ENOMEM;

	e = kzalloc(sizeof(*e), GFP_ATOMIC | __GFP_NOWARN);
	if (!e)
		return -ENOMEM;
	spin_lock_bh(&rn->exc_lock);
	if (exc_hash_make(rn) || READ_ONCE(rt->dead))
		goto out;
	old = exc_find(rn, rt, &want->daddr);
	*e = *want;
	e->route = rt;
	e->stamp = jiffies;
	/* Each kind keeps what the other one told. */
	if (old && !want->redirected && old->redirected) {
		e->redirected = 1;
		e->onlink = old->onlink;
		e->gateway = old->gateway;
	}
	if (old && !want->mtu && old->mtu && !exc_over(old)) {
		e->mtu = old->mtu;
		e->expires = old->expires;
	}
	/* Dsts of the route that went to this host must look again. */
	atomic_inc(&rn->changes);
	us6_route_bump(rt);
	e->dst = exc_dst(rn, res, e);
	if (!e->dst)
		goto out;
	if (old)
		exc_unlink(rn, old);
	chain = exc_chain(rn, rt, &e->daddr);
	exc_make_room(rn, chain);
	hlist_add_head_rcu(&e->node, chain);
	WRITE_ONCE(rn->exc_count, rn->exc_count + 1);
	rn->net->ipv6.rt6_stats->fib_rt_cache++;
	WRITE_ONCE(rt->has_exception, 1);
	e = NULL;
	err = 0;
out:
	spin_unlock_bh(&rn->exc_lock);
	kfree(e);
	if (!err)
		mod_delayed_work(system_power_efficient_wq, &rn->expire_work, 10 * HZ);
	return err;
}

/* ---- going ------------------------------------------------------------------------- */

static void exc_sweep(struct us6_route_net *rn,
		      bool (*fn)(const struct us6_exception *e, const void *arg),
		      const void *arg)
{
	struct us6_exception *e;
	struct hlist_node *tmp;
	int i;

	spin_lock_bh(&rn->exc_lock);
	for (i = 0; rn->exc_hash && rn->exc_count && i < BIT(EXC_BITS); i++)
		hlist_for_each_entry_safe(e, tmp, &rn->exc_hash[i], node)
			if (fn(e, arg))
				exc_unlink(rn, e);
	spin_unlock_bh(&rn->exc_lock);
}

static bool exc_of_route(const struct us6_exception *e, const void *rt)
{
	return e->route == rt;
}

void us6_exceptions_flush(struct us6_route *rt)
{
	if (!READ_ONCE(rt->has_exception))
		return;
	exc_sweep(us6_route_table(rt)->rn, exc_of_route, rt);
	WRITE_ONCE(rt->has_exception, 0);
}

struct exc_gateway {
	const struct us6_dev	*udev;
	const struct in6_addr	*gateway;
};

static bool exc_by_gateway(const struct us6_exception *e, const void *arg)
{
	const struct exc_gateway *g = arg;

	return e->redirected && !e->onlink && e->route->udev == g->udev &&
	       (!g->gateway || ipv6_addr_equal(&e->gateway, g->gateway));
}

void us6_exceptions_flush_gateway(struct us6_dev *udev,
				  const struct in6_addr *gateway)
{
	struct us6_route_net *rn = us6_route_net(us6_dev_net(udev));
	struct exc_gateway g = { udev, gateway };

	if (READ_ONCE(rn->exc_count))
		exc_sweep(rn, exc_by_gateway, &g);
}

static bool exc_is_over(const struct us6_exception *e, const void *arg)
{
	return exc_over(e) && !e->redirected;
}

void us6_exceptions_age(struct us6_route_net *rn)
{
	if (READ_ONCE(rn->exc_count))
		exc_sweep(rn, exc_is_over, NULL);
}

/* ---- shown and deleted by users -------------------------------------------------------- */

int us6_exceptions_walk(struct net *net, struct us6_route_cursor *c,
			int (*fn)(struct us6_route *rt,
				  const struct in6_addr *daddr,
				  const struct dst_entry *dst, void *arg),
			void *arg)
{
	struct us6_route_net *rn = us6_route_net(net);
	u64 *bucket = &c->opaque[0], *skip = &c->opaque[1];
	struct us6_exception *e;
	struct hlist_head *hash;
	int err = 0;

	rcu_read_lock();
	hash = READ_ONCE(rn->exc_hash);
	for (; hash && *bucket < BIT(EXC_BITS); (*bucket)++, *skip = 0) {
		u64 n = 0;

		hlist_for_each_entry_rcu(e, &hash[*bucket], node) {
			if (n++ < *skip || exc_over(e))
				continue;
			err = fn(e->route, &e->daddr, &e->dst->rt6.dst, arg);
			if (err)
				goto out;
			*skip = n;
		}
	}
out:
	rcu_read_unlock();
	return err;
}

struct exc_wanted {
	const struct fib6_config *cfg;
	unsigned int		*found;
};

static bool exc_is_wanted(const struct us6_exception *e, const void *arg)
{
	const struct exc_wanted *w = arg;
	const struct fib6_config *cfg = w->cfg;
	const struct rt6_info *rt6 = &e->dst->rt6;

	if (cfg->fc_dst_len != 128 || !ipv6_addr_equal(&cfg->fc_dst, &e->daddr) ||
	    (cfg->fc_table && cfg->fc_table != us6_route_table(e->route)->tb.tb6_id) ||
	    (cfg->fc_ifindex && cfg->fc_ifindex != rt6->dst.dev->ifindex) ||
	    (cfg->fc_flags & RTF_GATEWAY &&
	     !ipv6_addr_equal(&cfg->fc_gateway, &rt6->rt6i_gateway)))
		return false;
	(*w->found)++;
	return true;
}

int us6_exception_del(struct net *net, const struct fib6_config *cfg)
{
	unsigned int found = 0;
	struct exc_wanted w = { .cfg = cfg, .found = &found };

	exc_sweep(us6_route_net(net), exc_is_wanted, &w);
	return found ? 0 : -ESRCH;
}

/* ---- path MTU, RFC 8201 --------------------------------------------------------------- */

static bool learn_mtu(struct us6_route_net *rn, const struct fib6_result *res,
		      const struct in6_addr *daddr, u32 mtu)
{
	struct us6_exception want = {
		.daddr	= *daddr,
		.mtu	= mtu,
		.expires = jiffies + READ_ONCE(rn->net->ipv6.sysctl.ip6_rt_mtu_expires),
	};
	const struct fib6_info *f6i = res->f6i;

	/* Section 4: nothing below 1280 is believed, and none raises it. */
	if (mtu < US6_MIN_MTU || res->fib6_flags & RTF_REJECT)
		return false;
	if (fib6_metric_locked((struct fib6_info *)f6i, RTAX_MTU))
		return false;
	if (mtu >= us6_route_res_mtu(res, daddr, NULL))
		return false;
	return !exc_set(rn, res, &want);
}

u32 us6_route_res_mtu(const struct fib6_result *res, const struct in6_addr *daddr,
		      const struct in6_addr *saddr)
{
	struct us6_route *rt = us6_route_of(res->f6i);
	const struct inet6_dev *idev;
	u32 mtu = 0;

	if (rt->f6i.fib6_table)
		mtu = us6_exception_mtu(us6_route_table(rt)->rn, rt, daddr);
	if (!mtu)
		mtu = rt->f6i.fib6_pmtu;
	if (!mtu) {
		idev = res->nh->fib_nh_dev ? __in6_dev_get(res->nh->fib_nh_dev) : NULL;
		mtu = idev ? READ_ONCE(idev->cnf.mtu6) : 0;
		mtu = max_t(u32, mtu, US6_MIN_MTU);
	}
	mtu = min_t(u32, mtu, IP6_MAX_MTU);
	return mtu - lwtunnel_headroom(res->nh->fib_nh_lws, mtu);
}

static void lookup_and_learn(struct net *net, struct flowi6 *fl6,
			     const struct sk_buff *skb, u32 mtu)
{
	struct fib6_result res;
	int flags = rt6_need_strict(&fl6->daddr) ? RT6_LOOKUP_F_IFACE : 0;

	if (!ipv6_addr_any(&fl6->saddr))
		flags |= RT6_LOOKUP_F_HAS_SADDR;
	local_bh_disable();
	rcu_read_lock();
	if (!us6_fib_lookup(net, fl6->flowi6_oif, fl6, &res, flags)) {
		us6_route_select_path(net, &res, fl6, fl6->flowi6_oif, false,
				      NULL, flags);
		learn_mtu(us6_route_net(net), &res, &fl6->daddr, mtu);
	}
	rcu_read_unlock();
	local_bh_enable();
}

void us6_update_pmtu(struct sk_buff *skb, struct net *net, __be32 mtu, int oif,
		     u32 mark, kuid_t uid)
{
	const struct ipv6hdr *hdr = (struct ipv6hdr *)skb->data;
	struct flowi6 fl6 = {
		.flowi6_oif	= oif,
		.flowi6_mark	= mark ? mark : IP6_REPLY_MARK(net, skb->mark),
		.daddr		= hdr->daddr,
		.saddr		= hdr->saddr,
		.flowlabel	= ip6_flowinfo(hdr),
		.flowi6_uid	= uid,
	};

	lookup_and_learn(net, &fl6, skb, ntohl(mtu));
}

void us6_sk_update_pmtu(struct sk_buff *skb, struct sock *sk, __be32 mtu)
{
	int oif = READ_ONCE(sk->sk_bound_dev_if);
	struct dst_entry *dst;

	if (!oif && skb->dev)
		oif = l3mdev_master_ifindex(skb->dev);
	us6_update_pmtu(skb, sock_net(sk), mtu, oif, READ_ONCE(sk->sk_mark),
			sk->sk_uid);
	/* The socket itself need not wait for its next look. */
	dst = __sk_dst_get(sk);
	if (dst && !dst->ops->check(dst, inet6_sk(sk)->dst_cookie) &&
	    !sock_owned_by_user(sk))
		sk_dst_reset(sk);
}

void us6_dst_update_pmtu(struct dst_entry *dst, struct sock *sk,
			 struct sk_buff *skb, u32 mtu, bool confirm_neigh)
{
	struct us6_dst *d = us6_dst_of(dst);
	const struct in6_addr *daddr = NULL;
	struct us6_route *rt;

	if (!d)
		return;
	if (skb)
		daddr = &ipv6_hdr(skb)->daddr;
	else if (sk)
		daddr = &sk->sk_v6_daddr;
	else if (d->rt6.rt6i_dst.plen == 128)
		daddr = &d->rt6.rt6i_dst.addr;
	if (!daddr)
		return;
	if (confirm_neigh)
		dst_confirm_neigh(dst, daddr);
	local_bh_disable();
	rcu_read_lock();
	rt = READ_ONCE(d->route);
	if (rt && !READ_ONCE(rt->dead) && READ_ONCE(dst->obsolete) <= 0) {
		struct fib6_result res = {
			.f6i		= &rt->f6i,
			.nh		= rt->f6i.nh ? nexthop_fib6_nh(rt->f6i.nh) :
						       &rt->nh,
			.fib6_flags	= rt->f6i.fib6_flags,
			.fib6_type	= rt->f6i.fib6_type,
		};

		learn_mtu(us6_route_table(rt)->rn, &res, daddr, mtu);
	}
	rcu_read_unlock();
	local_bh_enable();
}

/* ---- Redirect, RFC 4861 section 8 -------------------------------------------------------- */

bool us6_route_redirect(struct us6_dev *udev, const struct in6_addr *router,
			const struct in6_addr *daddr,
			const struct in6_addr *target)
{
	struct net *net = us6_dev_net(udev);
	struct us6_route_net *rn = us6_route_net(net);
	struct flowi6 fl6 = {
		.flowi6_iif	= LOOPBACK_IFINDEX,
		.flowi6_oif	= udev->idev.dev->ifindex,
		.daddr		= *daddr,
	};
	struct us6_exception want = {
		.daddr		= *daddr,
		.redirected	= 1,
		.gateway	= *target,
		.onlink		= ipv6_addr_equal(daddr, target),
	};
	const struct in6_addr *hop;
	struct us6_exception *e;
	struct fib6_result res;
	struct us6_route *rt;
	bool taken = false;

	local_bh_disable();
	rcu_read_lock();
	if (us6_fib_lookup(net, fl6.flowi6_oif, &fl6, &res, RT6_LOOKUP_F_IFACE))
		goto out;
	us6_route_select_path(net, &res, &fl6, fl6.flowi6_oif, false, NULL,
			      RT6_LOOKUP_F_IFACE);
	rt = us6_route_of(res.f6i);
	if (res.fib6_flags & (RTF_REJECT | RTF_LOCAL) || READ_ONCE(rt->dead))
		goto out;
	/* 8.1: only the router that is used for this destination may say so. */
	hop = res.nh->fib_nh_gw_family ? &res.nh->fib_nh_gw6 : NULL;
	e = READ_ONCE(rt->has_exception) ? exc_find(rn, rt, daddr) : NULL;
	if (e && e->redirected && !exc_over(e))
		hop = e->onlink ? &e->daddr : &e->gateway;
	if (!hop || !ipv6_addr_equal(hop, router))
		goto out;
	taken = !exc_set(rn, &res, &want);
out:
	rcu_read_unlock();
	local_bh_enable();
	return taken;
}

/*
 * Protocols tell their dst of a Redirect.  Neighbour Discovery, which alone can
 * check one, has acted on it before they see it; the socket's dst is stale by
 * then, and no more is to be done.
 */
void us6_dst_redirect(struct dst_entry *dst, struct sock *sk,
		      struct sk_buff *skb)
{
	if (sk && !dst->ops->check(dst, dst_rt6_info(dst)->sernum))
		sk_dst_reset(sk);
}

/* ---- life of a namespace ---------------------------------------------------------------- */

int us6_exceptions_init(struct us6_route_net *rn)
{
	get_random_once(&exc_seed, sizeof(exc_seed));
	spin_lock_init(&rn->exc_lock);
	return 0;
}

static bool exc_any(const struct us6_exception *e, const void *arg)
{
	return true;
}

void us6_exceptions_exit(struct us6_route_net *rn)
{
	exc_sweep(rn, exc_any, NULL);
	kvfree_rcu_mightsleep(rn->exc_hash);
	rn->exc_hash = NULL;
}
