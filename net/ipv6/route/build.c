// SPDX-License-Identifier: GPL-2.0
/*
 * Making and freeing route objects: from a request to a checked route that is
 * in no table yet.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/slab.h>
#include <net/ip.h>
#include <net/us6/addr.h>
#include "route.h"

static struct kmem_cache *route_cache;

struct us6_route *us6_route_alloc(gfp_t gfp)
{
	struct us6_route *rt = kmem_cache_zalloc(route_cache, gfp);

	if (!rt)
		return NULL;
	INIT_LIST_HEAD(&rt->f6i.fib6_siblings);
	INIT_LIST_HEAD(&rt->dev_node);
	INIT_LIST_HEAD(&rt->expire_node);
	refcount_set(&rt->f6i.fib6_ref, 1);
	rt->f6i.fib6_metrics = (struct dst_metrics *)&dst_default_metrics;
	return rt;
}

void us6_route_free_rcu(struct rcu_head *head)
{
	struct us6_route *rt = us6_route_of(container_of(head, struct fib6_info, rcu));

	if (rt->f6i.nh)
		nexthop_put(rt->f6i.nh);
	us6_nh_release(&rt->nh);
	ip_fib_metrics_put(rt->f6i.fib6_metrics);
	if (rt->udev)
		us6_dev_put(rt->udev);
	kmem_cache_free(route_cache, rt);
}

void us6_route_put(struct us6_route *rt)
{
	if (rt && refcount_dec_and_test(&rt->f6i.fib6_ref))
		call_rcu(&rt->f6i.rcu, us6_route_free_rcu);
}

static int check_config(const struct fib6_config *cfg,
			struct netlink_ext_ack *extack)
{
	if (cfg->fc_flags & (RTF_PCPU | RTF_CACHE)) {
		NL_SET_ERR_MSG(extack, "Userspace can not set RTF_PCPU or RTF_CACHE");
		return -EINVAL;
	}
	if (cfg->fc_type > RTN_MAX) {
		NL_SET_ERR_MSG(extack, "Invalid route type");
		return -EINVAL;
	}
	if (cfg->fc_dst_len > 128) {
		NL_SET_ERR_MSG(extack, "Invalid prefix length");
		return -EINVAL;
	}
	if (cfg->fc_src_len > 128) {
		NL_SET_ERR_MSG(extack, "Invalid source address length");
		return -EINVAL;
	}
	if (cfg->fc_nh_id && cfg->fc_src_len) {
		NL_SET_ERR_MSG(extack, "Nexthops can not be used with source routing");
		return -EINVAL;
	}
	return 0;
}

/* Attach a next hop object. */
static int attach_object(struct net *net, struct us6_route *rt,
			 struct fib6_config *cfg, struct netlink_ext_ack *extack)
{
	struct nexthop *nh = nexthop_find_by_id(net, cfg->fc_nh_id);
	int err;

	if (!nh) {
		NL_SET_ERR_MSG(extack, "Nexthop id does not exist");
		return -EINVAL;
	}
	err = fib6_check_nexthop(nh, cfg, extack);
	if (err)
		return err;
	if (!nexthop_get(nh)) {
		NL_SET_ERR_MSG(extack, "Nexthop has been deleted");
		return -ENOENT;
	}
	rt->f6i.nh = nh;
	return 0;
}

static int set_prefsrc(struct net *net, struct us6_route *rt,
		       const struct fib6_config *cfg,
		       struct netlink_ext_ack *extack)
{
	struct net_device *dev = fib6_info_nh_dev(&rt->f6i);

	if (ipv6_addr_any(&cfg->fc_prefsrc))
		return 0;
	if (!us6_addr_check(net, &cfg->fc_prefsrc,
			    cfg->fc_ifindex ? dev : NULL, false, 0)) {
		NL_SET_ERR_MSG(extack, "Invalid source address");
		return -EINVAL;
	}
	rt->f6i.fib6_prefsrc.addr = cfg->fc_prefsrc;
	rt->f6i.fib6_prefsrc.plen = 128;
	return 0;
}

/* The interface whose events the route follows. */
static int set_owner(struct us6_route *rt, struct netlink_ext_ack *extack)
{
	struct net_device *dev = rt->nh.fib_nh_dev;
	struct us6_dev *udev;

	if (rt->f6i.nh || !dev)
		return 0;
	rcu_read_lock();
	udev = us6_dev_rcu(dev);
	if (udev)
		us6_dev_hold(udev);
	rcu_read_unlock();
	if (!udev) {
		NL_SET_ERR_MSG(extack, "IPv6 is not enabled on the nexthop device");
		return -ENODEV;
	}
	rt->udev = udev;
	return 0;
}

static void fill(struct us6_route *rt, const struct fib6_config *cfg,
		 struct fib6_table *tb)
{
	struct fib6_info *f6i = &rt->f6i;

	f6i->fib6_table = tb;
	f6i->fib6_protocol = cfg->fc_protocol ? cfg->fc_protocol : RTPROT_BOOT;
	f6i->fib6_type = cfg->fc_type ? cfg->fc_type : RTN_UNICAST;
	f6i->fib6_metric = cfg->fc_metric;
	f6i->fib6_flags = cfg->fc_flags & ~(RTF_EXPIRES | RTNH_F_ONLINK);
	rt->pref = IPV6_EXTRACT_PREF(cfg->fc_flags);
	if (cfg->fc_flags & RTF_EXPIRES)
		fib6_set_expires(f6i, jiffies + clock_t_to_jiffies(cfg->fc_expires));
	ipv6_addr_prefix(&f6i->fib6_dst.addr, &cfg->fc_dst, cfg->fc_dst_len);
	f6i->fib6_dst.plen = cfg->fc_dst_len;
	ipv6_addr_prefix(&f6i->fib6_src.addr, &cfg->fc_src, cfg->fc_src_len);
	f6i->fib6_src.plen = cfg->fc_src_len;
	if (ipv6_addr_type(&cfg->fc_dst) & IPV6_ADDR_MULTICAST && cfg->fc_dst_len >= 8 &&
	    f6i->fib6_type == RTN_UNICAST)
		f6i->fib6_type = RTN_MULTICAST;
}

struct us6_route *us6_route_build(struct net *net, struct fib6_config *cfg,
				  gfp_t gfp, struct netlink_ext_ack *extack)
{
	struct dst_metrics *metrics;
	struct fib6_table *tb;
	struct us6_route *rt;
	int err;

	err = check_config(cfg, extack);
	if (err)
		return ERR_PTR(err);
	tb = us6_table_new(net, cfg->fc_table);
	rt = us6_route_alloc(gfp);
	if (!tb || !rt) {
		us6_route_put(rt);
		return ERR_PTR(-ENOBUFS);
	}
	fill(rt, cfg, tb);
	metrics = us6_compat_metrics_init(net, cfg->fc_mx, cfg->fc_mx_len, extack);
	err = PTR_ERR_OR_ZERO(metrics);
	if (err)
		goto fail;
	rt->f6i.fib6_metrics = metrics;

	if (cfg->fc_nh_id) {
		err = attach_object(net, rt, cfg, extack);
	} else {
		err = us6_nh_fill(net, &rt->nh, cfg, extack);
		/* A route to loopback leads nowhere. */
		if (!err && rt->nh.fib_nh_dev &&
		    (rt->nh.fib_nh_dev->flags & IFF_LOOPBACK) &&
		    !(cfg->fc_flags & RTF_LOCAL) &&
		    !ipv6_addr_loopback(&cfg->fc_dst))
			rt->f6i.fib6_flags |= RTF_REJECT | RTF_NONEXTHOP;
	}
	if (!err && !cfg->fc_nh_id)
		err = set_owner(rt, extack);
	if (!err)
		err = set_prefsrc(net, rt, cfg, extack);
	if (!err)
		return rt;
fail:
	us6_route_put(rt);
	return ERR_PTR(err);
}

static u16 request_flags(const struct fib6_config *cfg)
{
	const struct nlmsghdr *nlh = cfg->fc_nlinfo.nlh;

	return nlh ? nlh->nlmsg_flags : NLM_F_CREATE | NLM_F_APPEND;
}

int us6_route_add(struct net *net, struct fib6_config *cfg, gfp_t gfp,
		  struct netlink_ext_ack *extack)
{
	u16 flags = request_flags(cfg);
	struct us6_route *rt;

	/* Only a replacement insists on something being there. */
	if (!(flags & NLM_F_REPLACE))
		flags |= NLM_F_CREATE;
	if (cfg->fc_mp)
		return us6_multipath_add(net, cfg, flags, gfp, extack);
	rt = us6_route_build(net, cfg, gfp, extack);
	if (IS_ERR(rt))
		return PTR_ERR(rt);
	return us6_table_insert(rt, flags, &cfg->fc_nlinfo, NULL, extack);
}

int us6_build_init(void)
{
	/* What one route may cost; debugging makes locks and lists larger. */
#if !defined(CONFIG_LOCKDEP) && !defined(CONFIG_DEBUG_OBJECTS) && \
    !defined(CONFIG_NET_DEV_REFCNT_TRACKER)
	BUILD_BUG_ON(sizeof(struct us6_route) > 384);
#endif
	BUILD_BUG_ON(offsetof(struct us6_route, nh) !=
		     offsetof(struct fib6_info, fib6_nh));
	route_cache = kmem_cache_create("us6_route", sizeof(struct us6_route), 0,
					SLAB_ACCOUNT, NULL);
	return route_cache ? 0 : -ENOMEM;
}

/* After rcu_barrier(). */
void us6_build_exit(void)
{
	kmem_cache_destroy(route_cache);
}
