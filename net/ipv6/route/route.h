/* SPDX-License-Identifier: GPL-2.0 */
/* What the files of this room share. */
#ifndef _US6_ROUTE_INTERNAL_H
#define _US6_ROUTE_INTERNAL_H

#include <linux/netdevice.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>
#include <net/netns/generic.h>
#include <net/us6/route.h>
#include "fib.h"

#define US6_TABLE_BUCKETS	64

/*
 * State of a namespace.
 *
 * W: written with WRITE_ONCE or atomically, read anywhere, E: expire_lock,
 * X: exc_lock, readers by RCU
 */
struct us6_route_net {
	struct net		*net;
	atomic_t		gen;		/* W: rules changed, flush */
	atomic_t		changes;	/* W: counts changes of any trie */
	u8			suppressors;	/* W: a rule may pass over a match */

	spinlock_t		expire_lock;
	struct list_head	expiring;	/* E: us6_route.expire_node */
	struct delayed_work	expire_work;

	spinlock_t		exc_lock;
	struct hlist_head	*exc_hash;	/* X: us6_exception.node */
	unsigned int		exc_count;	/* X */

	spinlock_t		table_lock;	/* making tables */
	struct ctl_table_header	*sysctl[2];
	struct ctl_table	*sysctl_table[2];
};

extern unsigned int us6_route_net_id;

static inline struct us6_route_net *us6_route_net(const struct net *net)
{
	return net_generic(net, us6_route_net_id);
}

/* The kernel's struct first: VRF and the stubs pass it around. */
struct us6_table {
	struct fib6_table	tb;		/* first; tb6_lock guards all */
	struct us6_fib		fib;		/* leaves are struct us6_route */
	struct us6_route_net	*rn;
	unsigned int		count;		/* routes, under tb6_lock */
};

static inline struct us6_table *us6_table_of(struct fib6_table *tb)
{
	return container_of(tb, struct us6_table, tb);
}

static inline struct us6_table *us6_route_table(const struct us6_route *rt)
{
	return us6_table_of(rt->f6i.fib6_table);
}

/*
 * State of an interface.
 *
 * D: lock (BH), below tb6_lock
 */
struct us6_route_dev {
	spinlock_t		lock;
	struct list_head	routes;		/* D: us6_route.dev_node */
	struct list_head	routers;	/* D: the same, those of RAs */
	unsigned int		nr_routers;	/* D */
	bool			dead;		/* D: takes no more */
};

/* At most so many routes of Router Advertisements on an interface. */
#define US6_RA_ROUTES_MAX	128

static inline struct us6_route *us6_route_next(const struct us6_route *rt)
{
	struct fib6_info *next = rcu_dereference_raw(rt->f6i.fib6_next);

	return next ? us6_route_of(next) : NULL;
}

/* The next hop of a route, its own or the object's (first of a group). */
static inline struct fib6_nh *us6_route_nh(struct us6_route *rt)
{
	return rt->f6i.nh ? nexthop_fib6_nh(rt->f6i.nh) : &rt->nh;
}

static inline bool us6_route_is_ra(const struct us6_route *rt)
{
	/* Not by protocol: daemons mark routes of theirs with it too. */
	return (rt->f6i.fib6_flags & (RTF_ADDRCONF | RTF_GATEWAY)) ==
	       (RTF_ADDRCONF | RTF_GATEWAY) && rt->udev;
}

/* Never 0: rt6_get_cookie() would go and look for a stock route. */
static inline u32 us6_route_cookie(const struct us6_route_net *rn, u32 gen)
{
	return (gen + atomic_read(&rn->gen)) | 0x80000000;
}

/* ---- table.c ---- */
int us6_tables_init(struct us6_route_net *rn);
/* Remove all routes; @rn's tables stay until us6_tables_exit(). */
bool us6_tables_empty(struct us6_route_net *rn);
void us6_tables_exit(struct us6_route_net *rn);
int us6_table_cache_init(void);
void us6_table_cache_exit(void);	/* after rcu_barrier() */
/**
 * us6_table_insert() - put a built route into its table
 * @rt: the caller's reference goes to the table, also when this fails
 * @nlflags: NLM_F_*; NLM_F_CREATE alone: append beside what is there
 * @extack: reason of a refusal
 * @info: for notifications, NULL: none
 * @exists: the route that makes -EEXIST is held here when not NULL
 */
int us6_table_insert(struct us6_route *rt, u16 nlflags, struct nl_info *info,
		     struct us6_route **exists, struct netlink_ext_ack *extack);
/* Take a route out.  -ENOENT when it is out already. */
int us6_table_remove(struct us6_route *rt, struct nl_info *info);
/* The first route of @rt's prefix and metric, with the table's lock. */
struct us6_route *us6_table_group(struct us6_route *rt);
/* A route came back to life: flows may move to it.  With the table's lock. */
void us6_table_revived(struct us6_route *rt);
/* Called for each route of each table under its lock; true: remove it. */
void us6_tables_clean(struct us6_route_net *rn,
		      bool (*fn)(struct us6_route *rt, void *arg), void *arg);
/* Dsts of one route must look again. */
void us6_route_bump(struct us6_route *rt);
extern const struct us6_fib_ops us6_fib_mem;

static inline void us6_route_prefix(const struct us6_route *rt,
				    struct us6_fib_prefix *p)
{
	us6_fib_prefix_set(p, &rt->f6i.fib6_dst.addr, rt->f6i.fib6_dst.plen,
			   &rt->f6i.fib6_src.addr, rt->f6i.fib6_src.plen);
}

/* ---- build.c ---- */
struct us6_route *us6_route_alloc(gfp_t gfp);
/* A route as @cfg asks, checked, in no table yet. */
struct us6_route *us6_route_build(struct net *net, struct fib6_config *cfg,
				  gfp_t gfp, struct netlink_ext_ack *extack);
int us6_build_init(void);
void us6_build_exit(void);

/* ---- nexthop.c ---- */
/* us6_nh_init() without what only IPv4 needs. */
int us6_nh_fill(struct net *net, struct fib6_nh *nh, struct fib6_config *cfg,
		struct netlink_ext_ack *extack);
void us6_nh_drop_pcpu(struct fib6_nh *nh);
void us6_multipath_rebalance(struct us6_route *rt);
u32 us6_flow_hash(const struct net *net, struct flowi6 *fl6,
		  const struct sk_buff *skb);
bool us6_nh_usable(const struct fib6_nh *nh, int strict);

/* ---- dst.c ---- */
int us6_dst_init(void);
void us6_dst_exit(void);
int us6_dst_net_init(struct us6_route_net *rn);
/* No dst may look at a route of @rn any more.  Returns: there were some. */
bool us6_dst_net_cut(struct us6_route_net *rn);
void us6_dst_net_exit(struct us6_route_net *rn);
/* Held dst for a result, made new; NULL without memory. @cookie: read before. */
struct us6_dst *us6_dst_make(struct net *net, const struct fib6_result *res,
			     u32 cookie);
/* The per-CPU dst of a result, no reference; NULL without memory. */
struct rt6_info *us6_dst_get(struct us6_route_net *rn,
			     const struct fib6_result *res, int changes);
void us6_dst_dev_gone(struct net_device *dev);
/* The error entries live on loopback. */
void us6_dst_errors_attach(struct us6_dev *lo);
/* The dst of an error: null, prohibit or blackhole.  No reference. */
struct rt6_info *us6_dst_error(struct net *net, int err);
extern struct kmem_cache *us6_dst_cache;

/* ---- exceptions.c ---- */
int us6_exceptions_init(struct us6_route_net *rn);
void us6_exceptions_exit(struct us6_route_net *rn);
/* The dst of an exception for @daddr, no reference, or NULL. */
struct rt6_info *us6_exception_dst(struct us6_route_net *rn,
				   const struct fib6_result *res,
				   const struct in6_addr *daddr, int changes);
u32 us6_exception_mtu(struct us6_route_net *rn, struct us6_route *rt,
		      const struct in6_addr *daddr);
void us6_exceptions_flush(struct us6_route *rt);
void us6_exceptions_flush_gateway(struct us6_dev *udev,
				  const struct in6_addr *gateway);
void us6_exceptions_age(struct us6_route_net *rn);
void us6_dst_update_pmtu(struct dst_entry *dst, struct sock *sk,
			 struct sk_buff *skb, u32 mtu, bool confirm_neigh);
void us6_dst_redirect(struct dst_entry *dst, struct sock *sk,
		      struct sk_buff *skb);

/* ---- rules.c ---- */
int us6_rules_init(struct us6_route_net *rn);
void us6_rules_exit(struct us6_route_net *rn);
int us6_rules_lookup(struct net *net, int oif, struct flowi6 *fl6,
		     struct fib6_result *res, int strict);

/* ---- routers.c ---- */
/*
 * Publish the choice among the routers of one prefix and metric.  @first: the
 * first route of that metric; @failed: the gateway that just failed, or NULL.
 * With the table's lock.
 */
void us6_routers_choose(struct us6_route *first, const struct in6_addr *failed);

/* ---- notify.c ---- */
int us6_fib_notify_init(struct us6_route_net *rn);
void us6_fib_notify_exit(struct us6_route_net *rn);
void us6_fib_notify(struct us6_route *rt, enum fib_event_type event,
		    struct netlink_ext_ack *extack);

/* ---- multipath.c ---- */
/* us6_route_add() of a request with fc_mp; @flags: NLM_F_*. */
int us6_multipath_add(struct net *net, struct fib6_config *cfg, u16 flags,
		      gfp_t gfp, struct netlink_ext_ack *extack);

/* ---- expire.c ---- */
void us6_expire_add(struct us6_route *rt, unsigned long when);
void us6_expire_del(struct us6_route *rt);
void us6_expire_work(struct work_struct *work);

/* ---- sysctl.c ---- */
int us6_route_sysctl_init(struct us6_route_net *rn);
void us6_route_sysctl_exit(struct us6_route_net *rn);

#endif /* _US6_ROUTE_INTERNAL_H */
