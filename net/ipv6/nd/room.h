/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _US6_ND_ROOM_H
#define _US6_ND_ROOM_H

#include <linux/etherdevice.h>
#include <linux/if_arp.h>
#include <linux/rbtree.h>
#include <linux/rhashtable.h>
#include <linux/skbuff.h>
#include <linux/timer.h>
#include <linux/workqueue.h>
#include <net/neighbour.h>
#include <net/us6/addr.h>
#include <net/us6/drop.h>
#include <net/us6/nd.h>
#include <net/us6/wire_nd.h>
#include "nud.h"

/* What the files of this room share. */

/*
 * Limits of every device's cache; /proc/sys/net/ipv6/neigh/default/gc_*.
 * W: plain words, read with READ_ONCE
 */
struct us6_nd_limits {
	int	gc_interval;	/* W: jiffies */
	int	thresh1;	/* W: below it nothing is collected */
	int	thresh2;	/* W: above it unused entries go early */
	int	thresh3;	/* W: never more entries */
};

extern struct us6_nd_limits us6_nd_limits;

/* Unresolved entries that a device may have; RFC 6583 section 7.1. */
#define US6_ND_UNRESOLVED_MAX	4096

/* Default routers and on-link prefixes learned on one device. */
#define US6_ND_ROUTERS_MAX	32
#define US6_ND_PREFIXES_MAX	128

/*
 * Neighbour Discovery of one interface.  Made with it; emptied and marked dead
 * in us6_nd_dev_unlink(); the hash is torn down a grace period later, by work.
 *
 * I: immutable, L: @lock, A: atomic, R: RTNL, W: word read with READ_ONCE
 */
struct us6_nd_dev {
	struct us6_dev		*udev;		/* I: while its owner lives */
	struct net_device	*dev;		/* I: likewise */
	struct neigh_parms	*parms;		/* I: a reference of ours */
	refcount_t		ref;		/* A: interface, teardown work */
	u8			dead;		/* L, W: no entry may be made */
	u8			renamed;	/* R */
	struct rhashtable	hash;		/* of us6_neigh by address */
	spinlock_t		lock;		/* "timer lock" of Documentation/locking.md */
	struct rb_root_cached	timers;		/* L: entries by expires */
	struct timer_list	timer;		/* for the first of @timers */
	struct list_head	all;		/* L, R: entries by id */
	struct list_head	unresolved;	/* L: INCOMPLETE and FAILED, oldest first */
	unsigned int		n_unresolved;	/* L */
	unsigned int		count;		/* L, W */
	u64			next_id;	/* L */
	atomic_t		queued;		/* A: bytes in all waiting queues */
	struct delayed_work	gc;
	/* rs.c */
	spinlock_t		rs_lock;
	struct timer_list	rs_timer;
	unsigned int		rs_sent;	/* rs_lock */
	unsigned long		rs_wait;	/* rs_lock: jiffies */
	/* ra.c */
	struct sk_buff_head	ra_queue;	/* its own lock */
	struct work_struct	ra_work;	/* holds the us6_dev while pending */
	/* routers.c, prefixes.c */
	spinlock_t		router_lock;
	struct list_head	routers;	/* router_lock */
	unsigned int		n_routers;	/* router_lock */
	struct list_head	prefixes;	/* router_lock */
	unsigned int		n_prefixes;	/* router_lock */
	/* na.c: advertisements that wait, RFC 4861 7.2.7 */
	spinlock_t		na_lock;
	struct timer_list	na_timer;
	struct list_head	na_wait;	/* na_lock, by time */
	unsigned int		n_na_wait;	/* na_lock */
	/* proxy.c */
	spinlock_t		proxy_lock;
	struct hlist_head	proxies;	/* proxy_lock, RCU readers */
	/* redirect.c */
	u32			redirect_seed;	/* I */
	u32			redirect_slot[64]; /* W: jiffies of the last one */
	struct rcu_work		free_work;
};

/* ---- cache.c ------------------------------------------------------------- */

int us6_cache_init(void);
void us6_cache_exit(void);
int us6_cache_create(struct us6_nd_dev *nd);
/* Empty a cache and let nothing in any more; what is held is marked dead too. */
void us6_cache_unlink(struct us6_nd_dev *nd);
/* Tear the hash down; a grace period after us6_cache_unlink(), may sleep. */
void us6_cache_destroy(struct us6_nd_dev *nd);

/* Take an entry out.  BH may be on.  Nothing if it is dead already. */
void us6_neigh_kill(struct us6_neigh *n);
/* Forget what is known of an entry, in place if somebody holds it. */
void us6_neigh_forget(struct us6_neigh *n);
/* Forget the entries for which @match says so (NULL: all).  Any context. */
void us6_cache_flush(struct us6_nd_dev *nd,
		     bool (*match)(const struct us6_neigh *n));
/* Keep @n among the unresolved or not; n->lock held.  Returns a held victim
 * that has to make room, to be put after us6_neigh_kill().
 */
struct us6_neigh *us6_cache_unresolved_locked(struct us6_neigh *n, bool yes);
/* Arm or disarm the timer of an entry; n->lock held. */
void us6_cache_timer_locked(struct us6_neigh *n, bool on, unsigned long expires);

/* ---- update.c: events ---------------------------------------------------- */

/*
 * Run one event through the NUD machine and carry out what it asks for.
 * @lladdr: address that the event brings, or NULL
 * @skb: packet of a SEND event, consumed; else NULL
 * BH may be on; RCU read side.  Returns as us6_neigh_output().
 */
int us6_neigh_event(struct us6_neigh *n, struct us6_nud_event *ev,
		    const u8 *lladdr, struct sk_buff *skb);
/* Find or make the entry of @addr and tell it its address; softirq or process. */
void us6_neigh_learn(struct us6_nd_dev *nd, const struct in6_addr *addr,
		     const u8 *lladdr, enum us6_nud_isrouter router);
/* Write address and header; n->lock held. */
void us6_neigh_set_ha_locked(struct us6_neigh *n, const u8 *lladdr);
/* A consistent copy of the address; any context under RCU. */
void us6_neigh_ha(const struct us6_neigh *n, u8 *ha);
/* Detach the waiting packets; n->lock held. */
struct sk_buff *us6_neigh_queue_take_locked(struct us6_neigh *n);
/* Send packets taken from a queue; @n valid. */
void us6_neigh_queue_send(struct us6_neigh *n, struct sk_buff *list);
/* Free packets taken from a queue. */
void us6_neigh_queue_drop(struct us6_neigh *n, struct sk_buff *list,
			  enum us6_drop_reason reason);
/* What the clock of an entry asks; @n held. */
void us6_neigh_timeout(struct us6_neigh *n);

/* ---- output.c ------------------------------------------------------------ */

/* Put the link header on and send; @n valid. */
int us6_neigh_xmit(struct us6_neigh *n, struct sk_buff *skb);
/* Does this device need no resolution?  Then @ha is where packets go. */
bool us6_nd_direct(const struct net_device *dev, u8 *ha);
/* Link-layer address of a group. */
bool us6_nd_mc_map(const struct net_device *dev, const struct in6_addr *group,
		   u8 *ha);

/* ---- ns.c, na.c, rs.c, ra.c, redirect.c ----------------------------------- */

/* A message that passed us6_nd_parse(), and its packet. */
struct us6_nd_in {
	struct us6_nd_dev	*nd;
	struct sk_buff		*skb;
	const struct ipv6hdr	*ip;
	struct us6_nd_msg	msg;
};

void us6_ns_rcv(const struct us6_nd_in *in);
void us6_na_rcv(const struct us6_nd_in *in);
void us6_rs_rcv(const struct us6_nd_in *in);
void us6_redirect_rcv(const struct us6_nd_in *in);
/* Takes the skb: a Router Advertisement is worked off in process context. */
void us6_ra_rcv(const struct us6_nd_in *in);

/* Solicit @n; @hint: source of a packet that waits, or NULL. */
void us6_ns_solicit(struct us6_neigh *n, bool multicast,
		    const struct in6_addr *hint);
/* Octets of padding before the address in an option of this link. */
u8 us6_nd_addr_pad(const struct net_device *dev);
/* Send a message; @saddr NULL: chosen for @daddr. */
void us6_nd_send(struct us6_nd_dev *nd, struct us6_nd_build *b,
		 const struct in6_addr *saddr, const struct in6_addr *daddr);

/* What goes into an advertisement. */
struct us6_na {
	struct in6_addr	daddr;
	struct in6_addr	target;
	bool		router, solicited, override, tlla;
};

/* Send it at some moment within @max_delay jiffies, at once when that is 0. */
void us6_na_send_after(struct us6_nd_dev *nd, const struct us6_na *na,
		       unsigned long max_delay);
void us6_na_dev_init(struct us6_nd_dev *nd);
void us6_na_dev_stop(struct us6_nd_dev *nd);
void us6_rs_dev_init(struct us6_nd_dev *nd);
void us6_rs_dev_stop(struct us6_nd_dev *nd);
/* Router Discovery succeeded: RFC 7559 2.1 */
void us6_rs_done(struct us6_nd_dev *nd);
void us6_ra_dev_init(struct us6_nd_dev *nd);
void us6_ra_dev_stop(struct us6_nd_dev *nd);
bool us6_ra_accepted(const struct us6_dev *udev);

/* ---- routers.c, prefixes.c ------------------------------------------------ */

void us6_routers_dev_init(struct us6_nd_dev *nd);
/* A route by an advertising router; -ENOSPC at the cap. */
int us6_routers_note(struct us6_nd_dev *nd, const struct in6_addr *addr,
		     u32 lifetime);
/* It said that it is none any more. */
void us6_routers_lost(struct us6_nd_dev *nd, const struct in6_addr *addr);
void us6_routers_flush(struct us6_nd_dev *nd);
/* Verify routers that are down, RFC 4191 3.5; from the collector. */
void us6_routers_probe(struct us6_nd_dev *nd);

void us6_prefix_learn(struct us6_nd_dev *nd, const struct us6_pio *pio);
void us6_prefixes_flush(struct us6_nd_dev *nd);

/* ---- proxy.c ---------------------------------------------------------------- */

struct us6_proxy {
	struct hlist_node	node;
	struct in6_addr		addr;		/* I */
	u8			flags;		/* NTF_*, W */
	u8			protocol;	/* W */
	struct rcu_head		rcu;
};

/* RCU read side. */
struct us6_proxy *us6_proxy_get_rcu(struct us6_nd_dev *nd,
				    const struct in6_addr *addr);
int us6_proxy_set(struct us6_nd_dev *nd, const struct in6_addr *addr, u8 flags,
		  u8 protocol);
int us6_proxy_del(struct us6_nd_dev *nd, const struct in6_addr *addr);
void us6_proxy_flush(struct us6_nd_dev *nd);

/* ---- params.c ---------------------------------------------------------------- */

int us6_params_init(void);
void us6_params_exit(void);
int us6_params_create(struct us6_nd_dev *nd);
void us6_params_unlink(struct us6_nd_dev *nd);
void us6_params_renamed(struct us6_nd_dev *nd);
void us6_params_tunables(const struct us6_nd_dev *nd, struct us6_nud_tunables *t);

static inline unsigned long us6_nd_reachable_time(const struct us6_nd_dev *nd)
{
	return READ_ONCE(nd->parms->reachable_time);
}

/* ---- face.c -------------------------------------------------------------------- */

/* @n changed address or validity: its face follows.  No lock held. */
void us6_face_update(struct us6_neigh *n);
/* What other code confirmed and used through the face; under RCU. */
void us6_face_read(const struct us6_neigh *n, unsigned long *confirmed,
		   unsigned long *used);
void us6_face_dev_down(struct net_device *dev);

extern struct workqueue_struct *us6_nd_wq;

#endif /* _US6_ND_ROOM_H */
