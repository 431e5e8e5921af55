/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NET_US6_ROUTE_H
#define _NET_US6_ROUTE_H

#include <net/ip6_fib.h>
#include <net/ip6_route.h>
#include <net/us6/device.h>

struct in6_rtmsg;
struct us6_neigh;
struct us6_addr;

/*
 * One route with one next hop; at most 384 bytes, from a cache of its own.
 * A multipath route is several of these on fib6_siblings.  Routes of the same
 * prefix hang on fib6_next in order of metric.  Freed by RCU after the last
 * reference; ours goes by us6_route_put(), other code's by fib6_info_release(),
 * which ends in the redirected fib6_info_destroy_rcu().
 *
 * T: lock of its table, I: immutable once inserted, R: RCU, W: written with
 * WRITE_ONCE under T, read anywhere, A: atomic, D: lock of the interface's list,
 * E: lock of the namespace's list of routes with a lifetime
 */
struct us6_route {
	struct fib6_info	f6i;		/* first; f6i.fib6_nh[0] is nh */
	struct fib6_nh		nh;		/* I, flags W */
	struct us6_dev		*udev;		/* I, held: whose list it is on */
	struct list_head	dev_node;	/* D: routes of the interface */
	struct list_head	expire_node;	/* E: routes with a lifetime */
	struct us6_route __rcu	*chosen;	/* R: among equals, see routers.c */
	atomic_t		gen;		/* A: a change makes dsts stale */
	u8			pref;		/* W: ICMPV6_ROUTER_PREF_* */
	u8			has_exception;	/* W: redirect or path MTU exists */
	u8			dead;		/* W: out of its table */
};

static inline struct us6_route *us6_route_of(struct fib6_info *f6i)
{
	return container_of(f6i, struct us6_route, f6i);
}

/**
 * us6_route_put() - drop a reference on a route
 * @rt: route or NULL.  Any context.
 */
void us6_route_put(struct us6_route *rt);

/*
 * A cached decision: (route, next hop), handed to sockets, packets and other
 * modules.  rt6.from stays NULL; rt6.sernum is the cookie: generation of the
 * route plus that of the namespace, read before the look-up, never 0.  On a
 * live list until destroyed, so that unload can find each.  dst.flags carry
 * DST_NOXFRM | DST_NOPOLICY, dst.obsolete is DST_OBSOLETE_FORCE_CHK.
 *
 * I: immutable, X: cleared by xchg() when the device or the route goes, so read
 * once, under RCU, L: lock of its bucket of the live list
 */
struct us6_dst {
	struct rt6_info		rt6;		/* first */
	struct us6_route	*route;		/* X: held, or NULL (null, VRF) */
	struct us6_neigh	*neigh;		/* X: gateway's entry, held, or NULL;
						 * ask us6_nd_output() when dead */
	struct fib6_nh		*nh;		/* I: only compared, never followed */
	struct list_head	live;		/* L */
	u16			bucket;		/* I: of the live list */
};

/**
 * us6_dst_of() - our dst behind a packet's
 * @dst: any dst or NULL
 *
 * Return: ours, or NULL when it belongs to somebody else (metadata, bridge's
 * fake, sch_frag's on-stack one, IPv4).  Never cast without this.
 */
struct us6_dst *us6_dst_of(const struct dst_entry *dst);

/**
 * us6_dst_alloc_link() - a dst for one message of the stack, with no route
 *	behind it
 * @udev: interface
 * @daddr: destination, on-link or multicast
 *
 * What Neighbour Discovery and MLD send needs a dst for Netfilter and
 * dst_output(), also before any route exists.  dst.dev is the interface,
 * rt6i_idev its state, output us6_output(), rt6i_dst @daddr/128, on the live
 * list like any other.
 *
 * Context: any but hard irq.  Return: held dst or ERR_PTR(-ENOMEM).
 */
struct dst_entry *us6_dst_alloc_link(struct us6_dev *udev,
				     const struct in6_addr *daddr);

/**
 * us6_dst_nexthop() - the address to resolve for a packet
 * @rt: route of the packet
 * @daddr: its destination
 *
 * Return: the gateway, or @daddr when on-link.
 */
static inline const struct in6_addr *us6_dst_nexthop(const struct rt6_info *rt,
						     const struct in6_addr *daddr)
{
	if (rt->rt6i_flags & RTF_GATEWAY)
		return &rt->rt6i_gateway;
	if (unlikely(rt->rt6i_flags & RTF_CACHE))
		return &rt->rt6i_dst.addr;
	return daddr;
}

/* ---- look-up ------------------------------------------------------------ */

/**
 * us6_route_output() - route a packet of ours (replaces ip6_route_output_flags)
 * @net: namespace
 * @sk: socket or NULL; only sk_bound_dev_if, mark and uid are read, and it may
 *	be a fake as __nf_ip6_route() makes
 * @fl6: flow; flowi6_oif, daddr, saddr (may be ::), mark, uid
 * @flags: RT6_LOOKUP_F_*
 *
 * Context: any; RCU taken inside.  Return: held dst, never NULL; dst->error
 * tells a failure.
 */
struct dst_entry *us6_route_output(struct net *net, const struct sock *sk,
				   struct flowi6 *fl6, int flags);

/**
 * us6_route_input() - route a received packet
 * @skb: network header valid; gets an skb_dst without reference whose ->input
 *	is us6_input, us6_mc_input, us6_forward or a discard
 *
 * Context: softirq, RCU.
 */
void us6_route_input(struct sk_buff *skb);

/**
 * us6_dst_lookup_flow() - route and source address of a flow (replaces
 *	ip6_dst_lookup_flow)
 * @net: namespace
 * @sk: socket or NULL
 * @fl6: flow; saddr is filled by RFC 6724 when ::
 * @final_dst: last destination when a routing header is used, or NULL
 *
 * Context: any.  Return: held dst or ERR_PTR.
 */
struct dst_entry *us6_dst_lookup_flow(struct net *net, const struct sock *sk,
				      struct flowi6 *fl6,
				      const struct in6_addr *final_dst);

/**
 * us6_sk_dst_lookup_flow() - the same, remembered in a socket
 * @sk: socket, locked or lockless UDP send
 * @fl6: flow
 * @final_dst: as above
 * @connected: cache in the socket when it is
 *
 * Return: held dst or ERR_PTR.
 */
struct dst_entry *us6_sk_dst_lookup_flow(struct sock *sk, struct flowi6 *fl6,
					 const struct in6_addr *final_dst,
					 bool connected);

/**
 * us6_sk_dst_store() - remember a dst in a socket with its cookie
 * @sk: locked socket
 * @dst: held; the reference goes to the socket
 * @fl6: flow that it was found for
 */
void us6_sk_dst_store(struct sock *sk, struct dst_entry *dst,
		      const struct flowi6 *fl6);

/**
 * us6_fib_lookup() - longest prefix match through the policy rules
 * @net: namespace
 * @oif: required device or 0
 * @fl6: flow
 * @res: result without references, valid under RCU
 * @strict: RT6_LOOKUP_F_*
 *
 * Context: RCU read side.  Writes nothing shared.  Return: 0 or -ENETUNREACH,
 * -EACCES, -EINVAL (blackhole) with @res filled by the null entry.
 */
int us6_fib_lookup(struct net *net, int oif, struct flowi6 *fl6,
		   struct fib6_result *res, int strict);

/**
 * us6_route_table_lookup() - longest prefix match in one table, without rules
 * @net: namespace
 * @table: table, see us6_table_get()
 * @oif: device to prefer (with RT6_LOOKUP_F_IFACE: to insist on) or 0
 * @fl6: flow
 * @res: as us6_fib_lookup()
 * @strict: RT6_LOOKUP_F_*
 *
 * Context: RCU read side.  Return: 0, -EAGAIN for a throw route, -ENETUNREACH.
 */
int us6_route_table_lookup(struct net *net, struct fib6_table *table, int oif,
			   struct flowi6 *fl6, struct fib6_result *res,
			   int strict);

/**
 * us6_route_select_path() - one of several next hops, by the flow
 * @net: namespace
 * @res: result of a look-up; nh and f6i are replaced by the choice
 * @fl6: flow; mp_hash is filled
 * @oif: device wanted or 0
 * @oif_match: a next hop on @oif was found already
 * @skb: packet to take the flow from, or NULL
 * @strict: RT6_LOOKUP_F_*
 *
 * Context: RCU read side.
 */
void us6_route_select_path(const struct net *net, struct fib6_result *res,
			   struct flowi6 *fl6, int oif, bool oif_match,
			   const struct sk_buff *skb, int strict);

/**
 * us6_route_res_mtu() - path MTU of a look-up's result (bpf_fib_lookup)
 * @res: result
 * @daddr: destination
 * @saddr: source, unused
 *
 * Context: RCU read side.  Return: octets.
 */
u32 us6_route_res_mtu(const struct fib6_result *res, const struct in6_addr *daddr,
		      const struct in6_addr *saddr);

/**
 * us6_route_pol() - a dst from one table (replaces ip6_pol_route, for VRF)
 * @net: namespace
 * @table: the VRF's table
 * @oif: device or 0
 * @fl6: flow
 * @skb: packet or NULL
 * @flags: RT6_LOOKUP_F_*; with DST_NOREF the result has no reference
 *
 * Return: a dst, ip6_null_entry when there is no route; never NULL.
 */
struct rt6_info *us6_route_pol(struct net *net, struct fib6_table *table,
			       int oif, struct flowi6 *fl6,
			       const struct sk_buff *skb, int flags);

/**
 * us6_route_input_lookup() - as received on a device (ip6_route_input_lookup)
 * @net: namespace
 * @dev: receiving device
 * @fl6: flow
 * @skb: packet
 * @flags: RT6_LOOKUP_F_*
 *
 * Return: held dst, unless flags have DST_NOREF; never NULL.
 */
struct dst_entry *us6_route_input_lookup(struct net *net, struct net_device *dev,
					 struct flowi6 *fl6,
					 const struct sk_buff *skb, int flags);

/** us6_route_lookup() - reverse path checks (replaces ip6_route_lookup): by rules, @fl6's oif a preference unless @flags insist; @net: namespace; @skb: packet. Return: held dst, never NULL */
struct dst_entry *us6_route_lookup(struct net *net, struct flowi6 *fl6,
				   const struct sk_buff *skb, int flags);

/** us6_dst_alloc() - a dst with no route behind it (replaces ip6_dst_alloc, for VRF). @net: namespace. @dev: device. @flags: DST_*. Return: held, or NULL */
struct rt6_info *us6_dst_alloc(struct net *net, struct net_device *dev, int flags);

/** us6_table_get() - find a table. @net: namespace. @id: RT_TABLE_*, 0 = main. Context: RCU. Return: table, lives as long as @net, or NULL */
struct fib6_table *us6_table_get(struct net *net, u32 id);
/** us6_table_new() - find or make a table. @net: namespace. @id: as above. Any context. Return: table or NULL without memory */
struct fib6_table *us6_table_new(struct net *net, u32 id);

/* ---- next hop objects, for net/ipv4/nexthop.c; RTNL held ------------------ */

/**
 * us6_nh_init() - fill a next hop (stub's fib6_nh_init)
 * @net: namespace
 * @nh: zeroed
 * @cfg: gateway, device, encapsulation
 * @gfp: allocation context
 * @extack: reason of a refusal
 *
 * Return: 0 or a negative errno, never -EAFNOSUPPORT; us6_nh_release() is then
 * harmless.
 */
int us6_nh_init(struct net *net, struct fib6_nh *nh, struct fib6_config *cfg,
		gfp_t gfp, struct netlink_ext_ack *extack);
/** us6_nh_release() - give back what us6_nh_init() took. @nh: next hop; nobody reads it any more */
void us6_nh_release(struct fib6_nh *nh);
/** us6_nh_release_dsts() - drop its cached dsts. @nh: next hop leaving a group */
void us6_nh_release_dsts(struct fib6_nh *nh);
/** us6_route_touch() - dsts of a route must look again. @net: namespace. @f6i: route */
void us6_route_touch(struct net *net, struct fib6_info *f6i);
/** us6_route_nh_updated() - its next hop object was replaced: touch and notify. @net: namespace. @f6i: route. @info: asker */
void us6_route_nh_updated(struct net *net, struct fib6_info *f6i, struct nl_info *info);
/** us6_route_nh_gone() - remove a route whose next hop object goes. @net: namespace. @f6i: route, held; reference consumed. @skip_notify: tell nobody. Return: 0 or -ENOENT */
int us6_route_nh_gone(struct net *net, struct fib6_info *f6i, bool skip_notify);
/** us6_route_free_rcu() - replaces fib6_info_destroy_rcu(). @head: of a route without references */
void us6_route_free_rcu(struct rcu_head *head);

/* ---- configuration ------------------------------------------------------ */

/**
 * us6_route_add() - insert a route
 * @net: namespace
 * @cfg: as netlink, ioctl and the other rooms fill it; fc_nlinfo.nlh->nlmsg_flags
 *	gives NLM_F_REPLACE, APPEND, EXCL, CREATE (NULL nlh: create, append)
 * @gfp: GFP_KERNEL with RTNL, GFP_ATOMIC from softirq
 * @extack: reason of a refusal, may be NULL
 *
 * Takes the table's lock.  Bumps the generation of the route that covered the
 * prefix.  Return: 0 or -EEXIST, -ENOENT, -EINVAL, -ENODEV, -EHOSTUNREACH,
 * -ENOMEM, -EOPNOTSUPP.
 */
int us6_route_add(struct net *net, struct fib6_config *cfg, gfp_t gfp,
		  struct netlink_ext_ack *extack);

/**
 * us6_route_del() - remove what matches
 * @net: namespace
 * @cfg: zero fields match all, as in stock's RTM_DELROUTE
 * @extack: reason of a refusal, may be NULL
 *
 * Return: 0 or -ESRCH.
 */
int us6_route_del(struct net *net, struct fib6_config *cfg,
		  struct netlink_ext_ack *extack);

/* Where a walk stands: values, so that it may be left and taken up again. */
struct us6_route_cursor {
	u64	opaque[6];
};

/**
 * us6_route_walk() - all routes, table by table, in order of prefix and metric
 * @net: namespace
 * @c: zeroed at the start; where the walk stands
 * @table: that one alone, or 0
 * @fn: called for each route, once for a multipath route; not 0 stops the walk,
 *	which is taken up with that very route
 * @arg: for @fn
 *
 * Takes RCU.  Return: 0 at the end, or what @fn said.
 */
int us6_route_walk(struct net *net, struct us6_route_cursor *c, u32 table,
		   int (*fn)(struct us6_route *rt, void *arg), void *arg);

/** us6_route_changes() - counts changes of the namespace's routes. @net: namespace */
u32 us6_route_changes(struct net *net);

/**
 * us6_route_ioctl() - SIOCADDRT and SIOCDELRT
 * @net: namespace
 * @cmd: which
 * @msg: copied from user space
 *
 * Takes RTNL.  Return: 0 or a negative errno, -EPERM without CAP_NET_ADMIN.
 */
int us6_route_ioctl(struct net *net, unsigned int cmd,
		    const struct in6_rtmsg *msg);

/**
 * us6_route_add_local() - the local route of an address (or anycast)
 * @udev: interface of the address
 * @addr: address
 * @anycast: RTN_ANYCAST instead of RTN_LOCAL
 * @gfp: allocation context
 *
 * dst.dev is loopback (or the VRF master), rt6i_idev the interface.
 * Return: held route or ERR_PTR.
 */
struct us6_route *us6_route_add_local(struct us6_dev *udev,
				      const struct in6_addr *addr,
				      bool anycast, gfp_t gfp);

/**
 * us6_route_drop() - remove this very route
 * @net: namespace
 * @rt: route, held by the caller (reference stays the caller's)
 *
 * Return: 0 or -ENOENT when it is gone already.
 */
int us6_route_drop(struct net *net, struct us6_route *rt);

/**
 * us6_route_add_prefix() - connected route
 * @udev: interface
 * @prefix: prefix, bits behind @plen ignored
 * @plen: 0..128
 * @metric: 0 = IP6_RT_PRIO_ADDRCONF
 * @lifetime: seconds, 0xffffffff = infinite
 * @flags: RTF_* (RTF_ADDRCONF, RTF_PREFIX_RT)
 * @proto: RTPROT_KERNEL or RTPROT_RA
 * @gfp: allocation context
 *
 * An existing one gets the new lifetime.  Return: 0 or a negative errno.
 */
int us6_route_add_prefix(struct us6_dev *udev, const struct in6_addr *prefix,
			 u8 plen, u32 metric, u32 lifetime, u32 flags, u8 proto,
			 gfp_t gfp);

/**
 * us6_route_del_prefix() - take a connected route away
 * @udev: interface
 * @prefix: prefix
 * @plen: 0..128
 * @metric: as added
 * @flags: RTF_* that it must carry, 0 = any
 *
 * Return: 0 or -ESRCH.
 */
int us6_route_del_prefix(struct us6_dev *udev, const struct in6_addr *prefix,
			 u8 plen, u32 metric, u32 flags);

/**
 * us6_route_set_router() - a route that a Router Advertisement gives
 * @udev: receiving interface
 * @router: link-local address of the router
 * @prefix: :: with @plen 0 for the default route, else a Route Information option
 * @plen: 0..128
 * @pref: ICMPV6_ROUTER_PREF_*
 * @metric: route metric (ra_defrtr_metric)
 * @lifetime: seconds, 0 removes, 0xffffffff infinite
 *
 * proto ra, RTF_ADDRCONF (and RTF_DEFAULT); capped by the router list.
 * Return: 0 or a negative errno.
 */
int us6_route_set_router(struct us6_dev *udev, const struct in6_addr *router,
			 const struct in6_addr *prefix, u8 plen, u8 pref,
			 u32 metric, u32 lifetime);

/**
 * us6_route_purge_router() - a router is no router any more
 * @udev: interface
 * @router: its address, or NULL for all of the interface
 *
 * Removes its RA routes and the redirects through it (RFC 4861 6.3.5, 7.2.5).
 */
void us6_route_purge_router(struct us6_dev *udev, const struct in6_addr *router);

/**
 * us6_route_reselect() - reachability of a gateway changed
 * @udev: interface
 * @gateway: whose state changed
 *
 * Recomputes the published choice between routes that compete (RFC 4861 6.3.6,
 * RFC 4191 3.2) and makes dependent dsts look again.  Any context, BH off.
 */
void us6_route_reselect(struct us6_dev *udev, const struct in6_addr *gateway);

/* ---- host exceptions ---------------------------------------------------- */

/**
 * us6_exceptions_walk() - all that is known of single hosts, in no order
 * @net: namespace
 * @c: zeroed at the start; where the walk stands
 * @fn: called for each with its route, host and dst; not 0 stops the walk, which
 *	is taken up with that very one
 * @arg: for @fn
 *
 * Takes RCU.  Return: 0 at the end, or what @fn said.
 */
int us6_exceptions_walk(struct net *net, struct us6_route_cursor *c,
			int (*fn)(struct us6_route *rt,
				  const struct in6_addr *daddr,
				  const struct dst_entry *dst, void *arg),
			void *arg);

/**
 * us6_exception_del() - forget what is known of one host
 * @net: namespace
 * @cfg: fc_dst, and fc_table, fc_ifindex, fc_gateway as far as given
 *
 * Return: 0, or -ESRCH when nothing is known of it.
 */
int us6_exception_del(struct net *net, const struct fib6_config *cfg);

/**
 * us6_update_pmtu() - a Packet Too Big came (replaces ip6_update_pmtu)
 * @skb: data at the embedded IPv6 header
 * @net: namespace
 * @mtu: network byte order; below 1280 is ignored (RFC 8201 section 4)
 * @oif: device or 0
 * @mark: routing mark
 * @uid: owner
 */
void us6_update_pmtu(struct sk_buff *skb, struct net *net, __be32 mtu, int oif,
		     u32 mark, kuid_t uid);
/** us6_sk_update_pmtu() - the same for a socket. @skb: as above. @sk: socket. @mtu: big endian */
void us6_sk_update_pmtu(struct sk_buff *skb, struct sock *sk, __be32 mtu);

/**
 * us6_route_redirect() - a checked Redirect came, RFC 4861 section 8.3
 * @udev: receiving interface
 * @router: its source
 * @daddr: destination address field
 * @target: target address field; equal to @daddr: on-link
 *
 * Ignored unless @router is the current first hop for @daddr (8.1).
 * Context: softirq.  Return: true if it was taken, and so @target's entry may be
 * updated too.
 */
bool us6_route_redirect(struct us6_dev *udev, const struct in6_addr *router,
			const struct in6_addr *daddr,
			const struct in6_addr *target);

/**
 * us6_dst_invalidate_all() - every cached dst of a namespace must look again
 * @net: namespace.  Any context.
 */
void us6_dst_invalidate_all(struct net *net);

/* ---- life of an interface; RTNL held ------------------------------------ */

/** us6_route_dev_create() - @udev: new state. Return: 0 or -ENOMEM. */
int us6_route_dev_create(struct us6_dev *udev);
/**
 * us6_route_dev_open() - the multicast route, by which groups are received
 * @udev: state of a device that is administratively up, perhaps without
 *	carrier.  Harmless when the route is there.
 */
void us6_route_dev_open(struct us6_dev *udev);
/** us6_route_dev_up() - multicast route, nexthops alive again. @udev: state */
void us6_route_dev_up(struct us6_dev *udev);
/** us6_route_dev_down() - routes through it go or are dead. @udev: state */
void us6_route_dev_down(struct us6_dev *udev);
/** us6_route_dev_carrier() - linkdown flags. @udev: state. @up: carrier */
void us6_route_dev_carrier(struct us6_dev *udev, bool up);
/** us6_route_dev_mtu() - the device's MTU changed. @udev: state */
void us6_route_dev_mtu(struct us6_dev *udev);
/**
 * us6_route_dev_unlink() - move dsts to blackhole_netdev, drop all routes
 * @udev: state of a device that unregisters or loses IPv6, already out of
 *	dev->ip6_ptr.  May sleep.
 */
void us6_route_dev_unlink(struct us6_dev *udev);
/** us6_route_dev_destroy() - free after the last reference; any context. @udev: state */
void us6_route_dev_destroy(struct us6_dev *udev);

#endif /* _NET_US6_ROUTE_H */
