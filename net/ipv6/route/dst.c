// SPDX-License-Identifier: GPL-2.0
/*
 * Cached decisions.  A dst is made from a look-up's result, kept per CPU in the
 * route's next hop, and handed to whoever asks; it takes no reference on this
 * module.  So each one stands on the live list until it is destroyed, by which
 * devices, namespaces and the module itself get theirs back.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/delay.h>
#include <linux/hash.h>
#include <linux/slab.h>
#include <linux/tcp.h>
#include <net/ip.h>
#include <net/l3mdev.h>
#include <net/lwtunnel.h>
#include <net/us6/nd.h>
#include <net/us6/path.h>
#include <net/us6/stock.h>
#include "route.h"

struct kmem_cache *us6_dst_cache;

/* By device, so that one that leaves finds its own. */
#define LIVE_BUCKETS	256

static struct live_bucket {
	spinlock_t		lock;
	struct list_head	list;	/* under lock: us6_dst.live */
} live[LIVE_BUCKETS];

struct us6_dst *us6_dst_of(const struct dst_entry *dst)
{
	if (!dst || dst->flags & DST_METADATA || !dst->ops ||
	    dst->ops->kmem_cachep != us6_dst_cache)
		return NULL;
	return container_of(container_of(dst, struct rt6_info, dst),
			    struct us6_dst, rt6);
}

static struct us6_dst *dst_ours(const struct dst_entry *dst)
{
	return container_of(container_of(dst, struct rt6_info, dst),
			    struct us6_dst, rt6);
}

/* ---- the live list ----------------------------------------------------------- */

static void live_add(struct us6_dst *d, const struct net_device *dev)
{
	struct live_bucket *b;

	d->bucket = dev ? hash_ptr(dev, ilog2(LIVE_BUCKETS)) : 0;
	b = &live[d->bucket];
	spin_lock_bh(&b->lock);
	list_add(&d->live, &b->list);
	spin_unlock_bh(&b->lock);
}

static void live_del(struct us6_dst *d)
{
	struct live_bucket *b = &live[d->bucket];

	spin_lock_bh(&b->lock);
	list_del_init(&d->live);
	spin_unlock_bh(&b->lock);
}

static void live_walk(bool (*fn)(struct us6_dst *d, void *arg), void *arg,
		      bool *any)
{
	struct us6_dst *d;
	int i;

	for (i = 0; i < LIVE_BUCKETS; i++) {
		spin_lock_bh(&live[i].lock);
		list_for_each_entry(d, &live[i].list, live)
			if (fn(d, arg) && any)
				*any = true;
		spin_unlock_bh(&live[i].lock);
		cond_resched();
	}
}

/* The dst stays with its holders, and holds nothing of ours. */
static void dst_cut(struct us6_dst *d)
{
	struct us6_route *rt = xchg(&d->route, NULL);
	struct us6_neigh *n = xchg(&d->neigh, NULL);

	us6_route_put(rt);
	us6_neigh_put(n);
}

/* Where the idev of a device that left is taken from. */
static struct inet6_dev *blackhole_idev(void)
{
	return in6_dev_get(blackhole_netdev);
}

static void idev_swap(struct us6_dst *d)
{
	struct inet6_dev *old = d->rt6.rt6i_idev, *idev = blackhole_idev();

	if (!old || !idev || old == idev) {
		if (idev)
			us6_dev_put(us6_dev_of(idev));
		return;
	}
	WRITE_ONCE(d->rt6.rt6i_idev, idev);
	us6_dev_put(us6_dev_of(old));
}

static bool dst_leaves(struct us6_dst *d, void *arg)
{
	struct net_device *dev = arg;
	struct inet6_dev *idev = d->rt6.rt6i_idev;

	/* VRF moves dst.dev by itself, so look at all that may hold it. */
	if (d->rt6.dst.dev != dev && (!idev || idev->dev != dev))
		return false;
	dst_cut(d);
	if (d->rt6.dst.dev == dev)
		dst_dev_put(&d->rt6.dst);
	else
		WRITE_ONCE(d->rt6.dst.obsolete, DST_OBSOLETE_DEAD);
	idev_swap(d);
	return true;
}

void us6_dst_dev_gone(struct net_device *dev)
{
	live_walk(dst_leaves, dev, NULL);
}

static bool dst_of_net(struct us6_dst *d, void *arg)
{
	struct us6_route *rt;
	bool mine;

	rcu_read_lock();
	rt = READ_ONCE(d->route);
	mine = rt && us6_route_table(rt)->rn == arg;
	if (mine)
		dst_cut(d);
	rcu_read_unlock();
	return mine;
}

bool us6_dst_net_cut(struct us6_route_net *rn)
{
	bool any = false;

	live_walk(dst_of_net, rn, &any);
	return any;
}

/* ---- dst_ops ------------------------------------------------------------------- */

static struct dst_entry *dst_check_ours(struct dst_entry *dst, u32 cookie)
{
	struct us6_dst *d = dst_ours(dst);
	struct us6_route *rt;
	bool good;

	if (READ_ONCE(dst->obsolete) != DST_OBSOLETE_FORCE_CHK)
		return NULL;
	rcu_read_lock();
	rt = READ_ONCE(d->route);
	good = rt && cookie == us6_route_cookie(us6_route_table(rt)->rn,
						atomic_read(&rt->gen));
	rcu_read_unlock();
	/* A learned path MTU ends. */
	if (good && unlikely(dst->expires) &&
	    time_after(jiffies, READ_ONCE(dst->expires)))
		good = false;
	return good ? dst : NULL;
}

static unsigned int dst_mtu_ours(const struct dst_entry *dst)
{
	unsigned int mtu = dst_metric_raw(dst, RTAX_MTU);
	bool learned = dst_rt6_info(dst)->rt6i_flags & RTF_MODIFIED;
	const struct inet6_dev *idev;
	unsigned int link = US6_MIN_MTU;

	if (!mtu || learned) {
		rcu_read_lock();
		idev = __in6_dev_get(READ_ONCE(dst->dev));
		if (idev)
			link = max_t(unsigned int, link, READ_ONCE(idev->cnf.mtu6));
		rcu_read_unlock();
		/* The link may have become smaller than what a router told. */
		mtu = mtu ? min(mtu, link) : link;
	}
	mtu = min_t(unsigned int, mtu, IP6_MAX_MTU);
	return mtu - lwtunnel_headroom(dst->lwtstate, mtu);
}

static unsigned int dst_advmss(const struct dst_entry *dst)
{
	unsigned int mss = dst_mtu(dst) - sizeof(struct ipv6hdr) -
			   sizeof(struct tcphdr);
	const struct net *net = dev_net(dst->dev);

	mss = max_t(unsigned int, mss, READ_ONCE(net->ipv6.sysctl.ip6_rt_min_advmss));
	/* RFC 2675 section 5.3: 65535 stands for "no limit of ours". */
	if (mss > IPV6_MAXPLEN - sizeof(struct tcphdr))
		mss = IPV6_MAXPLEN;
	return mss;
}

static void dst_destroy_ours(struct dst_entry *dst)
{
	struct us6_dst *d = dst_ours(dst);

	live_del(d);
	dst_cut(d);
	ip_dst_metrics_put(dst);
	if (d->rt6.rt6i_idev) {
		us6_dev_put(us6_dev_of(d->rt6.rt6i_idev));
		d->rt6.rt6i_idev = NULL;
	}
}

static void dst_ifdown(struct dst_entry *dst,
		       struct net_device *dev US6_COMPAT_IFDOWN_ARG)
{
	idev_swap(dst_ours(dst));
}

/* TCP sees no answers: a host exception may be the reason, a route may be gone. */
static void dst_negative_advice_ours(struct sock *sk, struct dst_entry *dst)
{
	struct us6_dst *d = dst_ours(dst);

	if (d->rt6.rt6i_flags & RTF_CACHE || !READ_ONCE(d->route) ||
	    !dst_check_ours(dst, d->rt6.sernum))
		sk_dst_reset(sk);
}

static void dst_link_failure_ours(struct sk_buff *skb)
{
	struct us6_dst *d = us6_dst_of(skb_dst(skb));

	us6_icmp_send(skb, ICMPV6_DEST_UNREACH, ICMPV6_ADDR_UNREACH, 0, NULL,
		      IP6CB(skb));
	/* A redirect led to a host that doesn't answer: fall back. */
	if (d && d->rt6.rt6i_flags & RTF_CACHE) {
		struct us6_route *rt;

		rcu_read_lock();
		rt = READ_ONCE(d->route);
		if (rt && d->rt6.rt6i_flags & RTF_DYNAMIC)
			us6_exceptions_flush(rt);
		rcu_read_unlock();
	}
}

static struct neighbour *dst_neigh_lookup_ours(const struct dst_entry *dst,
					       struct sk_buff *skb,
					       const void *daddr)
{
	const struct rt6_info *rt = dst_rt6_info(dst);
	const struct in6_addr *hop = daddr;

	if (!hop && skb)
		hop = &ipv6_hdr(skb)->daddr;
	if (rt->rt6i_flags & RTF_GATEWAY)
		hop = &rt->rt6i_gateway;
	if (!hop)
		return NULL;
	/* The face: the kernel's own kind of neighbour, made by our constructor. */
	return neigh_create(&nd_tbl, hop, READ_ONCE(dst->dev));
}

static void dst_confirm_neigh_ours(const struct dst_entry *dst, const void *daddr)
{
	const struct rt6_info *rt = dst_rt6_info(dst);
	const struct in6_addr *hop = us6_dst_nexthop(rt, daddr);
	struct us6_dev *udev;

	if (!hop)
		return;
	rcu_read_lock();
	udev = us6_dev_rcu(READ_ONCE(dst->dev));
	if (udev)
		us6_neigh_confirm(udev, hop);
	rcu_read_unlock();
}

static const struct dst_ops ops_template = {
	.family			= AF_INET6,
	.gc_thresh		= 1024,
	.check			= dst_check_ours,
	.default_advmss		= dst_advmss,
	.mtu			= dst_mtu_ours,
	.cow_metrics		= dst_cow_metrics_generic,
	.destroy		= dst_destroy_ours,
	.ifdown			= dst_ifdown,
	.negative_advice	= dst_negative_advice_ours,
	.link_failure		= dst_link_failure_ours,
	.update_pmtu		= us6_dst_update_pmtu,
	.redirect		= us6_dst_redirect,
	.local_out		= __ip6_local_out,
	.neigh_lookup		= dst_neigh_lookup_ours,
	.confirm_neigh		= dst_confirm_neigh_ours,
};

/* ---- what an error does to a packet ---------------------------------------------- */

static int discard(struct sk_buff *skb, bool in, int code)
{
	/* On the way in the route may be the null entry, which has no device. */
	struct net *net = dev_net(in ? skb->dev : skb_dst(skb)->dev);
	struct inet6_dev *idev = in ? __in6_dev_get(skb->dev) :
				 ip6_dst_idev(skb_dst(skb));

	if (code >= 0)
		us6_icmp_send(skb, ICMPV6_DEST_UNREACH, code, 0, NULL,
			      IP6CB(skb));
	us6_drop(skb, net, idev, in ? US6_DROP_NO_ROUTE_IN : US6_DROP_NO_ROUTE_OUT);
	return 0;
}

static int discard_in(struct sk_buff *skb)
{
	return discard(skb, true, ICMPV6_NOROUTE);
}

static int discard_out(struct net *net, struct sock *sk, struct sk_buff *skb)
{
	skb->dev = skb_dst(skb)->dev;
	return discard(skb, false, ICMPV6_NOROUTE);
}

static int prohibit_in(struct sk_buff *skb)
{
	return discard(skb, true, ICMPV6_ADM_PROHIBITED);
}

static int prohibit_out(struct net *net, struct sock *sk, struct sk_buff *skb)
{
	skb->dev = skb_dst(skb)->dev;
	return discard(skb, false, ICMPV6_ADM_PROHIBITED);
}

static int blackhole_in(struct sk_buff *skb)
{
	return discard(skb, true, -1);
}

static int blackhole_out(struct net *net, struct sock *sk, struct sk_buff *skb)
{
	skb->dev = skb_dst(skb)->dev;
	return discard(skb, false, -1);
}

static void set_error(struct dst_entry *dst, u8 type)
{
	switch (type) {
	case RTN_BLACKHOLE:
		dst->error = -EINVAL;
		dst->input = blackhole_in;
		dst->output = blackhole_out;
		break;
	case RTN_PROHIBIT:
		dst->error = -EACCES;
		dst->input = prohibit_in;
		dst->output = prohibit_out;
		break;
	default:
		dst->error = type == RTN_UNREACHABLE ? -EHOSTUNREACH :
			     type == RTN_THROW ? -EAGAIN : -ENETUNREACH;
		dst->input = discard_in;
		dst->output = discard_out;
		break;
	}
}

/* ---- making -------------------------------------------------------------------------- */

static struct us6_dst *dst_new(struct net *net, struct net_device *dev,
			       const struct net_device *owner, int flags)
{
	struct us6_dst *d;

	d = us6_compat_dst_alloc(&net->ipv6.ip6_dst_ops, dev,
				 DST_OBSOLETE_FORCE_CHK,
				 flags | DST_NOXFRM | DST_NOPOLICY);
	if (!d)
		return NULL;
	/* What follows the dst_entry isn't cleared by dst_alloc(). */
	memset_after(&d->rt6, 0, dst);
	us6_compat_uncached_init(&d->rt6);
	d->route = NULL;
	d->neigh = NULL;
	d->nh = NULL;
	d->rt6.sernum = 1;
	live_add(d, owner);
	return d;
}

/* Local traffic goes out by loopback, in a VRF by its device. */
static struct net_device *dst_device(const struct fib6_result *res)
{
	struct net_device *dev = res->nh->fib_nh_dev;

	if (!(res->fib6_flags & (RTF_LOCAL | RTF_ANYCAST)))
		return dev;
	if (netif_is_l3_slave(dev) && !rt6_need_strict(&res->f6i->fib6_dst.addr))
		return l3mdev_master_dev_rcu(dev) ?: dev;
	return netif_is_l3_master(dev) ? dev : dev_net(dev)->loopback_dev;
}

static void set_functions(struct dst_entry *dst, const struct fib6_result *res)
{
	if (res->fib6_flags & RTF_REJECT) {
		set_error(dst, res->fib6_type);
		return;
	}
	dst->output = us6_output;
	if (res->fib6_type == RTN_LOCAL || res->fib6_type == RTN_ANYCAST)
		dst->input = us6_input;
	else if (ipv6_addr_type(&res->f6i->fib6_dst.addr) & IPV6_ADDR_MULTICAST)
		dst->input = us6_mc_input;
	else
		dst->input = us6_forward;
	if (res->nh->fib_nh_lws) {
		dst->lwtstate = lwtstate_get(res->nh->fib_nh_lws);
		lwtunnel_set_redirect(dst);
	}
}

static void set_gateway(struct us6_dst *d, const struct fib6_result *res)
{
	struct us6_dev *udev;
	struct us6_neigh *n;

	if (!res->nh->fib_nh_gw_family)
		return;
	d->rt6.rt6i_gateway = res->nh->fib_nh_gw6;
	if (res->nh->fib_nh_gw_family != AF_INET6)
		return;
	d->rt6.rt6i_flags |= RTF_GATEWAY;
	udev = us6_dev_rcu(res->nh->fib_nh_dev);
	if (!udev || res->nh->fib_nh_dev->flags & IFF_NOARP)
		return;
	local_bh_disable();
	n = us6_neigh_make(udev, &res->nh->fib_nh_gw6);
	local_bh_enable();
	if (!IS_ERR_OR_NULL(n))
		d->neigh = n;
}

noinline struct us6_dst *us6_dst_make(struct net *net,
				      const struct fib6_result *res, u32 cookie)
{
	struct us6_route *rt = us6_route_of(res->f6i);
	struct us6_dst *d;

	if (!fib6_info_hold_safe(res->f6i))
		return NULL;
	d = dst_new(net, dst_device(res), res->nh->fib_nh_dev, 0);
	if (!d) {
		us6_route_put(rt);
		return NULL;
	}
	d->route = rt;
	d->nh = res->nh;
	d->rt6.sernum = cookie;
	d->rt6.rt6i_flags = res->fib6_flags & ~RTF_EXPIRES;
	d->rt6.rt6i_dst = res->f6i->fib6_dst;
	d->rt6.rt6i_src = res->f6i->fib6_src;
	d->rt6.rt6i_idev = in6_dev_get(res->nh->fib_nh_dev);
	if (!d->rt6.rt6i_idev)
		d->rt6.rt6i_idev = in6_dev_get(net->loopback_dev);
	ip_dst_init_metrics(&d->rt6.dst, res->f6i->fib6_metrics);
	set_functions(&d->rt6.dst, res);
	set_gateway(d, res);
	return d;
}

/*
 * Where the dsts of a result are cached: with the route, or for a group of next
 * hop objects with the member, since one flow's choice is not the next one's.
 */
static struct fib6_nh *cache_of(const struct fib6_result *res)
{
	struct us6_route *rt = us6_route_of(res->f6i);

	return rt->f6i.nh && nexthop_is_multipath(rt->f6i.nh) ? res->nh : &rt->nh;
}

static struct rt6_info * __percpu *pcpu_make(struct fib6_nh *nh)
{
	struct rt6_info * __percpu *pcpu;

	pcpu = alloc_percpu_gfp(struct rt6_info *, GFP_ATOMIC | __GFP_NOWARN);
	if (pcpu && cmpxchg(&nh->rt6i_pcpu, NULL, pcpu)) {
		free_percpu(pcpu);
		pcpu = READ_ONCE(nh->rt6i_pcpu);
	}
	return pcpu;
}

/*
 * Called under RCU with BH off, or for a moment on whatever CPU: a slot is only
 * changed by xchg.
 */
struct rt6_info *us6_dst_get(struct us6_route_net *rn,
			     const struct fib6_result *res, int changes)
{
	struct us6_route *rt = us6_route_of(res->f6i);
	struct rt6_info * __percpu *pcpu, **slot, *old;
	struct fib6_nh *cache = cache_of(res);
	struct us6_dst *d;
	u32 cookie = us6_route_cookie(rn, atomic_read(&rt->gen));

	pcpu = READ_ONCE(cache->rt6i_pcpu);
	if (unlikely(!pcpu))
		pcpu = pcpu_make(cache);
	if (unlikely(!pcpu))
		return NULL;
	slot = raw_cpu_ptr(pcpu);
	old = READ_ONCE(*slot);
	if (likely(old && (u32)old->sernum == cookie)) {
		d = container_of(old, struct us6_dst, rt6);
		if (likely(READ_ONCE(d->route) == rt && d->nh == res->nh &&
			   old->dst.obsolete == DST_OBSOLETE_FORCE_CHK))
			return old;
	}

	d = us6_dst_make(rn->net, res, cookie);
	if (!d)
		return NULL;
	/* Something changed while we walked: good for this packet alone. */
	smp_rmb();
	if (atomic_read(&rn->changes) != changes)
		d->rt6.sernum = (cookie & 0x7fffffff) ?: 1;
	old = xchg(slot, &d->rt6);
	if (old)
		dst_release(&old->dst);
	/* The route left meanwhile: nobody else would empty the slot. */
	if (unlikely(READ_ONCE(rt->dead)) &&
	    cmpxchg(slot, &d->rt6, NULL) == &d->rt6)
		dst_release(&d->rt6.dst);
	return &d->rt6;
}

struct rt6_info *us6_dst_alloc(struct net *net, struct net_device *dev, int flags)
{
	struct us6_dst *d = dst_new(net, dev, dev, flags);

	if (!d)
		return NULL;
	rcu_read_lock();
	d->rt6.rt6i_idev = in6_dev_get(dev);
	rcu_read_unlock();
	return &d->rt6;
}

struct dst_entry *us6_dst_alloc_link(struct us6_dev *udev,
				     const struct in6_addr *daddr)
{
	struct net_device *dev = udev->idev.dev;
	struct us6_dst *d = dst_new(dev_net(dev), dev, dev, 0);

	if (!d)
		return ERR_PTR(-ENOMEM);
	us6_dev_hold(udev);
	d->rt6.rt6i_idev = &udev->idev;
	d->rt6.rt6i_dst.addr = *daddr;
	d->rt6.rt6i_dst.plen = 128;
	d->rt6.dst.output = us6_output;
	d->rt6.dst.input = us6_input;
	dst_metric_set(&d->rt6.dst, RTAX_HOPLIMIT, 255);
	return &d->rt6.dst;
}

/* ---- life ------------------------------------------------------------------------------ */

struct rt6_info *us6_dst_error(struct net *net, int err)
{
	switch (err) {
	case -EACCES:
		return net->ipv6.ip6_prohibit_entry;
	case -EINVAL:
		return net->ipv6.ip6_blk_hole_entry;
	default:
		return net->ipv6.ip6_null_entry;
	}
}

static struct rt6_info *error_entry(struct net *net, u8 type)
{
	struct us6_dst *d = dst_new(net, NULL, NULL, DST_NOCOUNT);

	if (!d)
		return NULL;
	set_error(&d->rt6.dst, type);
	d->rt6.rt6i_flags = RTF_REJECT | RTF_NONEXTHOP;
	return &d->rt6;
}

static struct fib6_info *null_route(void)
{
	struct us6_route *rt = us6_route_alloc(GFP_KERNEL);

	if (!rt)
		return NULL;
	rt->f6i.fib6_flags = RTF_REJECT | RTF_NONEXTHOP;
	rt->f6i.fib6_type = RTN_UNREACHABLE;
	rt->f6i.fib6_protocol = RTPROT_KERNEL;
	rt->f6i.fib6_metric = ~0U;
	rt->dead = 1;
	return &rt->f6i;
}

int us6_dst_net_init(struct us6_route_net *rn)
{
	struct net *net = rn->net;

	net->ipv6.ip6_dst_ops = ops_template;
	net->ipv6.ip6_dst_ops.kmem_cachep = us6_dst_cache;
	if (dst_entries_init(&net->ipv6.ip6_dst_ops) < 0)
		return -ENOMEM;
	net->ipv6.fib6_null_entry = null_route();
	net->ipv6.ip6_null_entry = error_entry(net, RTN_UNSPEC);
	net->ipv6.ip6_prohibit_entry = error_entry(net, RTN_PROHIBIT);
	net->ipv6.ip6_blk_hole_entry = error_entry(net, RTN_BLACKHOLE);
	net->ipv6.rt6_stats = kzalloc(sizeof(*net->ipv6.rt6_stats), GFP_KERNEL);
	if (net->ipv6.fib6_null_entry && net->ipv6.ip6_null_entry &&
	    net->ipv6.ip6_prohibit_entry && net->ipv6.ip6_blk_hole_entry &&
	    net->ipv6.rt6_stats)
		return 0;
	us6_dst_net_exit(rn);
	return -ENOMEM;
}

static void error_put(struct rt6_info **entry)
{
	if (*entry)
		dst_release(&(*entry)->dst);
	*entry = NULL;
}

/* Dsts that outlive their namespace: ops of the module, counted by nobody. */
static struct dst_ops late_ops;

static bool dst_to_late(struct us6_dst *d, void *arg)
{
	if (d->rt6.dst.ops != arg)
		return false;
	WRITE_ONCE(d->rt6.dst.ops, &late_ops);
	return true;
}

void us6_dst_net_exit(struct us6_route_net *rn)
{
	struct net *net = rn->net;

	live_walk(dst_to_late, &net->ipv6.ip6_dst_ops, NULL);
	error_put(&net->ipv6.ip6_null_entry);
	error_put(&net->ipv6.ip6_prohibit_entry);
	error_put(&net->ipv6.ip6_blk_hole_entry);
	if (net->ipv6.fib6_null_entry)
		us6_route_put(us6_route_of(net->ipv6.fib6_null_entry));
	net->ipv6.fib6_null_entry = NULL;
	kfree(net->ipv6.rt6_stats);
	net->ipv6.rt6_stats = NULL;
	dst_entries_destroy(&net->ipv6.ip6_dst_ops);
}

static void error_attach(struct rt6_info *rt, struct us6_dev *lo, u8 type)
{
	struct net_device *dev = lo->idev.dev;
	struct inet6_dev *old = rt->rt6i_idev;

	us6_dev_hold(lo);
	WRITE_ONCE(rt->rt6i_idev, &lo->idev);
	if (old)
		us6_dev_put(us6_dev_of(old));
	netdev_ref_replace(rt->dst.dev, dev, &rt->dst.dev_tracker, GFP_KERNEL);
	WRITE_ONCE(rt->dst.dev, dev);
	set_error(&rt->dst, type);
	rt->dst.obsolete = DST_OBSOLETE_FORCE_CHK;
}

void us6_dst_errors_attach(struct us6_dev *lo)
{
	struct net *net = us6_dev_net(lo);

	error_attach(net->ipv6.ip6_null_entry, lo, RTN_UNSPEC);
	error_attach(net->ipv6.ip6_prohibit_entry, lo, RTN_PROHIBIT);
	error_attach(net->ipv6.ip6_blk_hole_entry, lo, RTN_BLACKHOLE);
}

int us6_dst_init(void)
{
	int i;

	for (i = 0; i < LIVE_BUCKETS; i++) {
		spin_lock_init(&live[i].lock);
		INIT_LIST_HEAD(&live[i].list);
	}
	us6_dst_cache = kmem_cache_create("us6_dst", sizeof(struct us6_dst), 0,
					  SLAB_HWCACHE_ALIGN | SLAB_ACCOUNT, NULL);
	if (!us6_dst_cache)
		return -ENOMEM;
	late_ops = ops_template;
	late_ops.kmem_cachep = us6_dst_cache;
	if (!dst_entries_init(&late_ops))
		return 0;
	kmem_cache_destroy(us6_dst_cache);
	return -ENOMEM;
}

/*
 * Unload.  Who holds a dst may not let go of it: a tunnel's cache drops an
 * obsolete one at its next packet, which may never come.  So after a moment's
 * patience those that remain are made strangers: nothing of ours hangs on them,
 * what they call lies in the kernel, and their memory is returned to a cache
 * that stays.  The ops are a small object that stays with them.
 */
static bool dst_any(struct us6_dst *d, void *arg)
{
	return true;
}

static bool wait_dead(void)
{
	unsigned long end = jiffies + 2 * HZ;
	bool any;

	do {
		any = false;
		rcu_barrier();
		live_walk(dst_any, NULL, &any);
		if (any)
			msleep(20);
	} while (any && time_before(jiffies, end));
	return any;
}

static struct dst_ops *stranger_ops(void)
{
	struct dst_ops *ops = kzalloc(sizeof(*ops), GFP_KERNEL | __GFP_NOFAIL);

	ops->family = AF_INET6;
	ops->check = (void *)us6_stock_lookup("dst_blackhole_check");
	ops->cow_metrics = (void *)us6_stock_lookup("dst_blackhole_cow_metrics");
	ops->neigh_lookup = (void *)us6_stock_lookup("dst_blackhole_neigh_lookup");
	ops->mtu = dst_blackhole_mtu;
	/* Of the same type; nobody opens a connection over it. */
	ops->default_advmss = dst_blackhole_mtu;
	ops->update_pmtu = dst_blackhole_update_pmtu;
	ops->redirect = dst_blackhole_redirect;
	ops->local_out = __ip6_local_out;
	ops->kmem_cachep = us6_dst_cache;
	return ops;
}

/* With the bucket's lock, which dst_destroy_ours() takes first. */
static void make_stranger(struct us6_dst *d, struct dst_ops *ops)
{
	struct dst_entry *dst = &d->rt6.dst;
	struct inet6_dev *idev;

	list_del_init(&d->live);
	dst_cut(d);
	dst_dev_put(dst);
	idev = xchg(&d->rt6.rt6i_idev, NULL);
	if (idev)
		us6_dev_put(us6_dev_of(idev));
	ip_dst_metrics_put(dst);
	dst_init_metrics(dst, dst_default_metrics.metrics, true);
	dst->flags |= DST_NOCOUNT;
	WRITE_ONCE(dst->ops, ops);
}

static unsigned int make_strangers(void)
{
	struct dst_ops *ops = stranger_ops();
	struct us6_dst *d, *tmp;
	unsigned int i, n = 0;

	for (i = 0; i < LIVE_BUCKETS; i++) {
		spin_lock_bh(&live[i].lock);
		list_for_each_entry_safe(d, tmp, &live[i].list, live) {
			make_stranger(d, ops);
			n++;
		}
		spin_unlock_bh(&live[i].lock);
	}
	if (!n)
		kfree(ops);
	return n;
}

void us6_dst_exit(void)
{
	unsigned int n = 0;

	if (wait_dead())
		n = make_strangers();
	/* Readers of the old ops; frees that were under way. */
	synchronize_net();
	rcu_barrier();
	dst_entries_destroy(&late_ops);
	if (n)
		pr_info("%u cached routes stay with their holders (tunnels), dead\n", n);
	else
		kmem_cache_destroy(us6_dst_cache);
}
