/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NET_US6_ND_H
#define _NET_US6_ND_H

#include <linux/rhashtable.h>
#include <linux/skbuff.h>
#include <net/us6/device.h>
#include <net/us6/nud_state.h>

struct neighbour;
struct us6_addr;

/*
 * One neighbour.  At most 256 bytes; the packet path reads the first cache line
 * and @confirmed, @used behind it.  Others ask us6_neigh_state() and call
 * functions; they read @addr, @dead and @is_router at most.
 *
 * @nd and @dev may be followed while @dead is 0, and for a grace period more.
 *
 * L: @lock, R: RCU readers, I: immutable, H: hash, T: timer lock of the cache,
 * A: atomic, W: racy word, written with WRITE_ONCE only when it changes,
 * S: read by @ha_seq, written under L
 */
struct us6_neigh {
	struct rhash_head	node;		/* H R */
	struct in6_addr		addr;		/* I */
	struct us6_nd_dev	*nd;		/* I */
	struct net_device	*dev;		/* I */
	u8			state;		/* L, W: enum us6_nud_state; NONE when dead */
	u8			dead;		/* L, W: out of the hash */
	u8			is_router;	/* L, W: IsRouter, RFC 4861 5.1 */
	u8			prebuilt;	/* I: @hh is kept */
	seqcount_t		ha_seq;
	u8			hh[16] __aligned(8); /* S: Ethernet header at offset 2 */
	unsigned long		confirmed;	/* W jiffies */
	unsigned long		used;		/* W jiffies, a quarter second coarse */
	refcount_t		ref;		/* A */
	spinlock_t		lock;
	u8			flags;		/* L: NTF_* kept for netlink */
	u8			ext_flags;	/* L: NTF_EXT_* */
	u8			protocol;	/* L: RTPROT_* of its maker */
	u8			probes;		/* L: solicitations unanswered */
	u8			in_lru;		/* T */
	u8			has_face;	/* L, W: nd_tbl has or had a face of it */
	u16			queue_len;	/* L: packets */
	u32			queue_bytes;	/* L: their truesize */
	u8			ha[MAX_ADDR_LEN] __aligned(8); /* S */
	unsigned long		updated;	/* L jiffies */
	unsigned long		probed;		/* L jiffies of the last solicitation */
	unsigned long		expires;	/* T jiffies of the next event */
	u64			id;		/* I: grows along @all */
	struct rb_node		timer;		/* T */
	struct sk_buff		*queue_head;	/* L: waiting packets by ->next */
	struct sk_buff		*queue_tail;	/* L */
	struct list_head	all;		/* T R: the cache in order of age */
	union {
		struct list_head lru;		/* T: unresolved, oldest first */
		struct rcu_head	rcu;		/* when dead */
	};
};

/* ---- data path ---------------------------------------------------------- */

/**
 * us6_nd_output() - hand a packet to the link
 * @skb: data at the network header, skb->dev the egress device; consumed
 * @nexthop: address of the next hop: unicast on-link, or multicast
 *
 * Multicast is mapped (RFC 2464 7, RFC 6085), devices without resolution
 * (loopback, tun, point-to-point: IFF_NOARP) get the packet at once; anything
 * else is resolved through the cache, queued while INCOMPLETE (newest kept).
 *
 * Context: RCU read side, BH off.  Return: dev_queue_xmit()'s result, 0 if
 * queued, or a negative errno when dropped.
 */
int us6_nd_output(struct sk_buff *skb, const struct in6_addr *nexthop);

/**
 * us6_neigh_get_rcu() - find an entry
 * @udev: interface
 * @addr: neighbour
 *
 * Context: RCU read side.  Return: entry without a reference, or NULL.
 */
struct us6_neigh *us6_neigh_get_rcu(struct us6_dev *udev,
				    const struct in6_addr *addr);

/**
 * us6_neigh_make() - find or create an entry
 * @udev: interface
 * @addr: unicast neighbour
 *
 * A new entry starts in NONE and is resolved by the first us6_neigh_output().
 *
 * Context: RCU read side, BH off.  Return: held entry (us6_neigh_put()), or
 * ERR_PTR(-ENOBUFS at the limit, -ENOMEM, -ENODEV while the device goes).
 */
struct us6_neigh *us6_neigh_make(struct us6_dev *udev,
				 const struct in6_addr *addr);

/**
 * us6_neigh_put() - drop a reference
 * @n: entry or NULL.  Any context.
 */
void us6_neigh_put(struct us6_neigh *n);

/**
 * us6_neigh_output() - send through a known entry
 * @n: entry; need not be held under RCU
 * @skb: as for us6_nd_output(); consumed; any skb->protocol
 *
 * Context: RCU read side, BH off.  Return: as us6_nd_output().
 */
int us6_neigh_output(struct us6_neigh *n, struct sk_buff *skb);

/**
 * us6_neigh_state() - state with REACHABLE aged by the clock
 * @n: entry.  Any context under RCU or with a reference.
 */
enum us6_nud_state us6_neigh_state(const struct us6_neigh *n);

/**
 * us6_neigh_reachable() - "reachable or probably reachable", RFC 4861 6.3.6
 * @n: entry or NULL
 *
 * Return: true unless @n is NULL or dead, NONE, INCOMPLETE, FAILED or
 * UNREACHABLE.
 */
bool us6_neigh_reachable(const struct us6_neigh *n);

/**
 * us6_neigh_confirm() - an upper layer saw forward progress, RFC 4861 7.3.1
 * @udev: interface
 * @addr: next hop
 *
 * Context: RCU read side or softirq; takes no reference.
 */
void us6_neigh_confirm(struct us6_dev *udev, const struct in6_addr *addr);

/* ---- from the wire ------------------------------------------------------ */

/**
 * us6_nd_rcv() - Neighbour Discovery messages, ICMPv6 types 133 to 137
 * @skb: linear at least to the ICMPv6 header, transport header at it, checksum
 *	and IPv6 header checked; consumed.  IP6CB(skb)->flags has
 *	IP6SKB_FRAGMENTED if it came in fragments (RFC 6980: dropped)
 *
 * Context: softirq, RCU.
 */
void us6_nd_rcv(struct sk_buff *skb);

/* ---- sending ------------------------------------------------------------ */

/**
 * us6_nd_send_ns() - Neighbour Solicitation
 * @udev: interface
 * @target: address asked for
 * @daddr: destination (solicited-node group or the target)
 * @saddr: source; :: for Duplicate Address Detection, no SLLA option then
 * @nonce: RFC 7527 nonce (6 low octets used) or 0 for none
 *
 * Any context but hard irq.
 */
void us6_nd_send_ns(struct us6_dev *udev, const struct in6_addr *target,
		    const struct in6_addr *daddr, const struct in6_addr *saddr,
		    u64 nonce);

/**
 * us6_nd_send_na() - Neighbour Advertisement
 * @udev: interface
 * @daddr: destination; all-nodes when unsolicited
 * @target: the address spoken of, used as source too when it is ours and usable
 * @router: R flag
 * @solicited: S flag
 * @override: O flag
 * @tlla: with a Target Link-Layer Address option
 */
void us6_nd_send_na(struct us6_dev *udev, const struct in6_addr *daddr,
		    const struct in6_addr *target, bool router, bool solicited,
		    bool override, bool tlla);

/**
 * us6_nd_send_redirect() - Redirect as a router, RFC 4861 section 8.2
 * @skb: the packet that is being forwarded; not consumed, unchanged
 * @target: better first hop, or the destination itself
 *
 * Checks source and rate; silently does nothing where section 8.2 says so.
 * Context: softirq, RCU.
 */
void us6_nd_send_redirect(struct sk_buff *skb, const struct in6_addr *target);

/**
 * us6_nd_solicit_routers() - start Router Solicitation, RFC 4861 6.3.7, 7559
 * @udev: interface whose link-local address became usable
 *
 * Any context.
 */
void us6_nd_solicit_routers(struct us6_dev *udev);

/**
 * us6_nd_proxied() - do we answer solicitations for this address?
 * @udev: interface
 * @addr: address
 *
 * True if it was given by `ip -6 neigh add proxy`, the interface forwards, and
 * proxy_ndp is on (RFC 4861 7.2.8).  The packet path hands such a packet's
 * Neighbour Discovery messages to us6_nd_rcv() instead of forwarding them.
 * Context: RCU read side.
 */
bool us6_nd_proxied(struct us6_dev *udev, const struct in6_addr *addr);

/* ---- configuration (netlink), any process context; may sleep ------------ */

struct us6_neigh_cfg {
	struct in6_addr		addr;
	const u8		*lladdr;	/* NULL: none given */
	u16			nud;		/* NUD_* or 0 */
	u8			flags;		/* NTF_* */
	u32			ext_flags;	/* NTF_EXT_* */
	u8			protocol;	/* RTPROT_* */
	u16			nlflags;	/* NLM_F_* */
	u32			portid;
};

/**
 * us6_neigh_set() - RTM_NEWNEIGH
 * @udev: interface
 * @cfg: what was asked
 * @extack: reason of a refusal
 *
 * Return: 0 or -EEXIST, -ENOENT, -EINVAL, -ENOBUFS, -ENOMEM.
 */
int us6_neigh_set(struct us6_dev *udev, const struct us6_neigh_cfg *cfg,
		  struct netlink_ext_ack *extack);

/**
 * us6_neigh_del() - RTM_DELNEIGH
 * @udev: interface
 * @addr: neighbour
 *
 * Return: 0 or -ENOENT.
 */
int us6_neigh_del(struct us6_dev *udev, const struct in6_addr *addr);

/**
 * us6_proxy_request() - NTF_PROXY of RTM_NEWNEIGH and RTM_DELNEIGH
 * @udev: interface
 * @addr: address to answer for
 * @add: add or delete
 * @flags: NTF_*
 * @protocol: RTPROT_*
 *
 * Joins or leaves the solicited-node group; may sleep.
 * Return: 0 or -ENOENT, -ENOBUFS, or what us6_group_join() says.
 */
int us6_proxy_request(struct us6_dev *udev, const struct in6_addr *addr,
		      bool add, u8 flags, u8 protocol);

/* A row of a dump: an entry or a proxy. */
struct us6_neigh_row {
	struct in6_addr	addr;
	int		ifindex;
	u16		nud;		/* NUD_* */
	u8		flags;		/* NTF_* */
	u8		ext_flags;	/* NTF_EXT_* */
	u8		protocol;
	u8		probes;
	u8		addr_len;	/* 0: no link-layer address to show */
	u8		ha[MAX_ADDR_LEN];
	bool		proxy;
	unsigned long	used, confirmed, updated;	/* jiffies ago */
	u32		refs;
};

/**
 * us6_neigh_row() - what netlink shows of an entry
 * @n: entry
 * @row: result
 *
 * Context: RCU read side.  Return: false for one that was never used.
 */
bool us6_neigh_row(struct us6_neigh *n, struct us6_neigh_row *row);

/**
 * us6_neigh_walk() - the entries of an interface in order of age
 * @udev: interface
 * @proxies: its proxies instead
 * @pos: in and out: where to go on; entries made meanwhile come last
 * @cb: called for each row; non-zero ends the walk with that row to come again
 * @arg: for @cb
 *
 * Context: RCU read side; @cb may not sleep.  Return: 0 or what @cb returned.
 */
int us6_neigh_walk(struct us6_dev *udev, bool proxies, u64 *pos,
		   int (*cb)(const struct us6_neigh_row *row, void *arg),
		   void *arg);

/**
 * us6_proxy_row() - one proxy
 * @udev: interface
 * @addr: its address
 * @row: result
 *
 * Context: RCU read side.  Return: true if found.
 */
bool us6_proxy_row(struct us6_dev *udev, const struct in6_addr *addr,
		   struct us6_neigh_row *row);

/**
 * us6_face_event_send() - replacement of __neigh_event_send() for nd_tbl
 * @f: a neighbour of nd_tbl
 *
 * Somebody wants it resolved or verified: our cache does that.
 * Context: any but hard irq.  Return: 0 if it is valid, 1 if not (yet).
 */
int us6_face_event_send(struct neighbour *f);

/* ---- life of an interface; RTNL held ------------------------------------ */

/**
 * us6_nd_dev_create() - make the cache, nd_parms and their sysctls
 * @udev: new state, not yet in dev->ip6_ptr
 * Return: 0 or -ENOMEM.
 */
int us6_nd_dev_create(struct us6_dev *udev);
/** us6_nd_dev_up() - the interface became ready. @udev: state */
void us6_nd_dev_up(struct us6_dev *udev);
/** us6_nd_dev_down() - not ready any more: flush entries. @udev: state */
void us6_nd_dev_down(struct us6_dev *udev);
/** us6_nd_dev_carrier_lost() - ndisc_evict_nocarrier's rule. @udev: state */
void us6_nd_dev_carrier_lost(struct us6_dev *udev);
/** us6_nd_dev_lladdr_changed() - NETDEV_CHANGEADDR. @udev: state */
void us6_nd_dev_lladdr_changed(struct us6_dev *udev);
/** us6_nd_dev_renamed() - move the sysctls. @udev: state */
void us6_nd_dev_renamed(struct us6_dev *udev);
/** us6_nd_dev_role_changed() - forwarding changed: RFC 4861 6.2.5. @udev: state */
void us6_nd_dev_role_changed(struct us6_dev *udev);
/**
 * us6_nd_dev_unlink() - stop timers, drop entries, faces and parms
 * @udev: state, already out of dev->ip6_ptr.  May sleep.
 */
void us6_nd_dev_unlink(struct us6_dev *udev);
/** us6_nd_dev_destroy() - free after the last reference; any context. @udev: state */
void us6_nd_dev_destroy(struct us6_dev *udev);

#endif /* _NET_US6_ND_H */
