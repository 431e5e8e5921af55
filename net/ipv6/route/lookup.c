// SPDX-License-Identifier: GPL-2.0
/*
 * Look-ups: from a flow to a route, from a route to a dst.  Nothing here writes
 * a shared line, and each look-up walks one trie (two, with the local table).
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <net/dst_metadata.h>
#include <net/l3mdev.h>
#include <net/us6/addr.h>
#include "route.h"

/* ---- one table ----------------------------------------------------------------- */

static bool route_alive(const struct us6_route *rt)
{
	return likely(!(rt->f6i.fib6_flags & RTF_EXPIRES)) ||
	       !time_after(jiffies, READ_ONCE(rt->f6i.expires));
}

/* The next hop object's first member that will do. */
static struct fib6_nh *object_nh(struct nexthop *nh, int oif, int strict,
				 bool *weak)
{
	unsigned int i, n = nexthop_num_path(nh);
	struct fib6_nh *hop, *other = NULL;

	for (i = 0; i < n; i++) {
		hop = container_of(nexthop_fib_nhc(nh, i), struct fib6_nh, nh_common);
		if (!us6_nh_usable(hop, strict))
			continue;
		if (!oif || hop->fib_nh_dev->ifindex == oif)
			return hop;
		if (!other)
			other = hop;
	}
	*weak = true;
	return strict & RT6_LOOKUP_F_IFACE ? NULL : other;
}

/* Does the route serve?  *weak: not on the device that is wished for. */
static struct fib6_nh *route_nh(struct us6_route *rt, int oif, int strict,
				bool *weak)
{
	struct fib6_nh *nh = &rt->nh;

	*weak = false;
	if (!route_alive(rt))
		return NULL;
	if (unlikely(rt->f6i.nh)) {
		if (nexthop_is_blackhole(rt->f6i.nh))
			return nexthop_fib6_nh(rt->f6i.nh);
		return object_nh(rt->f6i.nh, oif, strict, weak);
	}
	if (!us6_nh_usable(nh, strict))
		return NULL;
	if (oif && nh->fib_nh_dev->ifindex != oif) {
		*weak = true;
		/* A route that leads nowhere is on no device. */
		if (strict & RT6_LOOKUP_F_IFACE &&
		    !(rt->f6i.fib6_flags & RTF_REJECT))
			return NULL;
	}
	return nh;
}

static void res_fill(struct fib6_result *res, struct us6_route *rt,
		     struct fib6_nh *nh)
{
	res->f6i = &rt->f6i;
	res->nh = nh;
	res->fib6_flags = rt->f6i.fib6_flags;
	res->fib6_type = rt->f6i.fib6_type;
	res->rt6 = NULL;
	if (unlikely(rt->f6i.nh) && nexthop_is_blackhole(rt->f6i.nh)) {
		res->fib6_flags |= RTF_REJECT;
		res->fib6_type = RTN_BLACKHOLE;
	}
}

/* Of the routes of one prefix: lowest metric that serves, on @oif if there is one. */
static bool chain_pick(struct us6_route *rt, int oif, int strict,
		       struct fib6_result *res)
{
	struct us6_route *best = NULL, *chosen;
	struct fib6_nh *nh, *best_nh = NULL;
	bool weak;

	for (; rt; rt = us6_route_next(rt)) {
		if (best && rt->f6i.fib6_metric != best->f6i.fib6_metric)
			break;
		/* Routers that compete: the choice was made on the last event. */
		chosen = rcu_dereference(rt->chosen);
		if (unlikely(chosen)) {
			nh = route_nh(chosen, oif, strict, &weak);
			if (nh && !weak) {
				res_fill(res, chosen, nh);
				return true;
			}
		}
		nh = route_nh(rt, oif, strict, &weak);
		if (!nh)
			continue;
		if (likely(!weak)) {
			res_fill(res, rt, nh);
			return true;
		}
		if (!best) {
			best = rt;
			best_nh = nh;
		}
	}
	if (!best)
		return false;
	res_fill(res, best, best_nh);
	return true;
}

int us6_route_table_lookup(struct net *net, struct fib6_table *table, int oif,
			   struct flowi6 *fl6, struct fib6_result *res,
			   int strict)
{
	struct us6_fib *fib = &us6_table_of(table)->fib;
	struct us6_fib_key dst, src, *by_src = NULL;
	struct us6_fib_match m;
	bool found;

	us6_fib_key_set(&dst, &fl6->daddr);
	if (unlikely(fib6_routes_require_src(net)) &&
	    (strict & RT6_LOOKUP_F_HAS_SADDR || !ipv6_addr_any(&fl6->saddr))) {
		us6_fib_key_set(&src, &fl6->saddr);
		by_src = &src;
	}
	for (found = us6_fib_match(fib, &dst, by_src, &m); found;
	     found = us6_fib_match_less(fib, &dst, by_src, &m)) {
		if (!chain_pick(m.leaf, oif, strict, res))
			continue;
		return res->fib6_type == RTN_THROW ? -EAGAIN : 0;
	}
	res->f6i = net->ipv6.fib6_null_entry;
	res->nh = &us6_route_of(res->f6i)->nh;
	res->fib6_flags = RTF_REJECT;
	res->fib6_type = RTN_UNREACHABLE;
	return -ENETUNREACH;
}

/* ---- by the rules ---------------------------------------------------------------- */

int us6_fib_lookup(struct net *net, int oif, struct flowi6 *fl6,
		   struct fib6_result *res, int strict)
{
	int err;

	if (fib6_has_custom_rules(net))
		return us6_rules_lookup(net, oif, fl6, res, strict);
	err = us6_route_table_lookup(net, net->ipv6.fib6_local_tbl, oif, fl6,
				     res, strict);
	if (err)
		err = us6_route_table_lookup(net, net->ipv6.fib6_main_tbl, oif,
					     fl6, res, strict);
	return err == -EAGAIN ? -ENETUNREACH : err;
}


/*
 * From a result to a dst, without a reference, under RCU.  @table: that one
 * alone; NULL: by the rules.
 */
static struct rt6_info *find_dst(struct net *net, struct fib6_table *table,
				 int oif, struct flowi6 *fl6,
				 const struct sk_buff *skb, int flags)
{
	struct us6_route_net *rn = us6_route_net(net);
	int changes = atomic_read(&rn->changes);
	struct fib6_result res;
	struct rt6_info *rt;
	int err;

	/* Pairs with the barrier before the count is raised. */
	smp_rmb();
	if (table)
		err = us6_route_table_lookup(net, table, oif, fl6, &res, flags);
	else
		err = us6_fib_lookup(net, oif, fl6, &res, flags);
	if (unlikely(err))
		return us6_dst_error(net, err);
	if (unlikely(READ_ONCE(res.f6i->fib6_nsiblings) || res.f6i->nh))
		us6_route_select_path(net, &res, fl6, oif, false, skb, flags);
	if (unlikely(READ_ONCE(us6_route_of(res.f6i)->has_exception))) {
		rt = us6_exception_dst(rn, &res, &fl6->daddr, changes);
		if (rt)
			return rt;
	}
	rt = us6_dst_get(rn, &res, changes);
	return likely(rt) ? rt : net->ipv6.ip6_null_entry;
}

/* The same with a reference, unless the flags say that none is wanted. */
static struct rt6_info *find_dst_ref(struct net *net, struct fib6_table *table,
				     int oif, struct flowi6 *fl6,
				     const struct sk_buff *skb, int flags)
{
	struct rt6_info *rt;

	rcu_read_lock();
	rt = find_dst(net, table, oif, fl6, skb, flags);
	if (!(flags & RT6_LOOKUP_F_DST_NOREF)) {
		/* Another task of this CPU may have replaced it just now. */
		while (!dst_hold_safe(&rt->dst))
			rt = find_dst(net, table, oif, fl6, skb, flags);
	}
	rcu_read_unlock();
	return rt;
}

struct rt6_info *us6_route_pol(struct net *net, struct fib6_table *table,
			       int oif, struct flowi6 *fl6,
			       const struct sk_buff *skb, int flags)
{
	return find_dst_ref(net, table, oif, fl6, skb, flags);
}

struct dst_entry *us6_route_lookup(struct net *net, struct flowi6 *fl6,
				   const struct sk_buff *skb, int flags)
{
	return &find_dst_ref(net, NULL, fl6->flowi6_oif, fl6, skb, flags)->dst;
}

/* ---- input ------------------------------------------------------------------------- */

struct dst_entry *us6_route_input_lookup(struct net *net, struct net_device *dev,
					 struct flowi6 *fl6,
					 const struct sk_buff *skb, int flags)
{
	if (rt6_need_strict(&fl6->daddr) && dev->type != ARPHRD_PIMREG)
		flags |= RT6_LOOKUP_F_IFACE;
	return &find_dst_ref(net, NULL, fl6->flowi6_iif, fl6, skb, flags)->dst;
}

void us6_route_input(struct sk_buff *skb)
{
	const struct ipv6hdr *hdr = ipv6_hdr(skb);
	struct net *net = dev_net(skb->dev);
	struct ip_tunnel_info *tun = skb_tunnel_info(skb);
	struct flowi6 fl6 = {
		.flowi6_iif	= skb->dev->ifindex,
		.daddr		= hdr->daddr,
		.saddr		= hdr->saddr,
		.flowlabel	= ip6_flowinfo(hdr),
		.flowi6_mark	= skb->mark,
		.flowi6_proto	= hdr->nexthdr,
	};
	int flags = RT6_LOOKUP_F_HAS_SADDR;
	int oif = 0;
	struct flow_keys keys;

	if (unlikely(tun) && !(tun->mode & IP_TUNNEL_INFO_TX))
		fl6.flowi6_tun_key.tun_id = tun->key.tun_id;
	if (unlikely(net->ipv6.fib6_rules_require_fldissect))
		fib6_rules_early_flow_dissect(net, skb, &fl6, &keys);
	if (unlikely(rt6_need_strict(&hdr->daddr)) &&
	    skb->dev->type != ARPHRD_PIMREG) {
		flags |= RT6_LOOKUP_F_IFACE;
		oif = skb->dev->ifindex;
	}
	skb_dst_drop(skb);
	skb_dst_set_noref(skb, &find_dst(net, NULL, oif, &fl6, skb, flags)->dst);
}

/* ---- output ------------------------------------------------------------------------ */

struct dst_entry *us6_route_output(struct net *net, const struct sock *sk,
				   struct flowi6 *fl6, int flags)
{
	bool strict = rt6_need_strict(&fl6->daddr);
	bool any_src = ipv6_addr_any(&fl6->saddr);

	/* The VRF's own answer for what never leaves the link. */
	if (unlikely(strict && (fl6->flowi6_oif || fl6->flowi6_l3mdev))) {
		struct dst_entry *dst;

		rcu_read_lock();
		dst = l3mdev_link_scope_lookup(net, fl6);
		if (dst && !(flags & RT6_LOOKUP_F_DST_NOREF) &&
		    !dst_hold_safe(dst))
			dst = NULL;
		rcu_read_unlock();
		if (dst)
			return dst;
	}

	fl6->flowi6_iif = LOOPBACK_IFINDEX;
	if ((sk && READ_ONCE(sk->sk_bound_dev_if)) || strict ||
	    (fl6->flowi6_oif && any_src))
		flags |= RT6_LOOKUP_F_IFACE;
	if (!any_src)
		flags |= RT6_LOOKUP_F_HAS_SADDR;
	return &find_dst_ref(net, NULL, fl6->flowi6_oif, fl6, NULL, flags)->dst;
}

/* ---- output with a source ------------------------------------------------------------- */

static int choose_source(struct net *net, const struct sock *sk,
			 struct dst_entry *dst, struct flowi6 *fl6)
{
	unsigned int prefs = sk && sk_fullsock(sk) && inet6_sk(sk) ?
			     inet6_sk(sk)->srcprefs : 0;
	struct us6_dst *d = us6_dst_of(dst);
	const struct net_device *dev;
	struct us6_route *rt;
	int err = 0;

	rcu_read_lock();
	rt = d ? READ_ONCE(d->route) : NULL;
	/* A local destination's dst is on loopback; the interface counts. */
	dev = d && d->rt6.rt6i_idev ? d->rt6.rt6i_idev->dev : READ_ONCE(dst->dev);
	if (rt && rt->f6i.fib6_prefsrc.plen)
		fl6->saddr = rt->f6i.fib6_prefsrc.addr;
	else
		err = us6_select_saddr(net, dev, &fl6->daddr, prefs, &fl6->saddr);
	rcu_read_unlock();
	return err;
}

static int check_mapped(const struct flowi6 *fl6)
{
	/* A mapped source reaches mapped destinations alone (RFC 4038). */
	if (ipv6_addr_v4mapped(&fl6->saddr) &&
	    !(ipv6_addr_v4mapped(&fl6->daddr) || ipv6_addr_any(&fl6->daddr)))
		return -EAFNOSUPPORT;
	return 0;
}

struct dst_entry *us6_dst_lookup_flow(struct net *net, const struct sock *sk,
				      struct flowi6 *fl6,
				      const struct in6_addr *final_dst)
{
	bool any_src = ipv6_addr_any(&fl6->saddr);
	struct dst_entry *dst;
	int err;

	dst = us6_route_output(net, sk, fl6, 0);
	if (any_src && !dst->error) {
		err = choose_source(net, sk, dst, fl6);
		if (err)
			goto fail;
		/* Routes by source may say otherwise, now that there is one. */
		if (fib6_routes_require_src(net)) {
			dst_release(dst);
			dst = us6_route_output(net, sk, fl6, 0);
		}
	}
	err = dst->error;
	if (!err)
		err = check_mapped(fl6);
	if (err)
		goto fail;
	if (final_dst)
		fl6->daddr = *final_dst;
	return dst;
fail:
	if (err == -ENETUNREACH)
		IP6_INC_STATS(net, NULL, IPSTATS_MIB_OUTNOROUTES);
	dst_release(dst);
	return ERR_PTR(err);
}

/* Is the socket's dst good for this flow? */
static bool sk_dst_fits(const struct sock *sk, const struct dst_entry *dst,
			const struct flowi6 *fl6)
{
	const struct ipv6_pinfo *np = inet6_sk(sk);
	const struct us6_dst *d = us6_dst_of(dst);

	if (!d)
		return false;
	/* A host route serves its host, another what it was looked up for. */
	if (!(d->rt6.rt6i_dst.plen == 128 &&
	      ipv6_addr_equal(&d->rt6.rt6i_dst.addr, &fl6->daddr)) &&
	    !(np->daddr_cache && ipv6_addr_equal(np->daddr_cache, &fl6->daddr)))
		return false;
	if (d->rt6.rt6i_src.plen)
		return false;
	return !fl6->flowi6_oif || fl6->flowi6_oif == dst->dev->ifindex ||
	       (d->rt6.rt6i_idev && d->rt6.rt6i_idev->dev->ifindex == fl6->flowi6_oif);
}

struct dst_entry *us6_sk_dst_lookup_flow(struct sock *sk, struct flowi6 *fl6,
					 const struct in6_addr *final_dst,
					 bool connected)
{
	struct dst_entry *dst = sk_dst_check(sk, inet6_sk(sk)->dst_cookie);

	if (dst && sk_dst_fits(sk, dst, fl6))
		return dst;
	dst_release(dst);
	dst = us6_dst_lookup_flow(sock_net(sk), sk, fl6, final_dst);
	if (connected && !IS_ERR(dst))
		us6_sk_dst_store(sk, dst_clone(dst), fl6);
	return dst;
}

void us6_sk_dst_store(struct sock *sk, struct dst_entry *dst,
		      const struct flowi6 *fl6)
{
	struct ipv6_pinfo *np = inet6_sk(sk);
	const struct in6_addr *daddr = NULL, *saddr = NULL;

	if (ipv6_addr_equal(&fl6->daddr, &sk->sk_v6_daddr))
		daddr = &sk->sk_v6_daddr;
	if (ipv6_addr_equal(&fl6->saddr, &np->saddr))
		saddr = &np->saddr;
	us6_compat_dst_store(sk, dst, daddr, saddr);
}
