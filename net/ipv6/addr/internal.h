/* SPDX-License-Identifier: GPL-2.0 */
/* What the files of this room share. */
#ifndef _US6_ADDR_INTERNAL_H
#define _US6_ADDR_INTERNAL_H

#include <linux/rbtree.h>
#include <linux/workqueue.h>
#include <net/us6/addr.h>

/*
 * The room's state of one interface.
 *
 * Everything that happens to an address by itself (a solicitation of Duplicate
 * Address Detection, the end of a lifetime) has a time in @timers; one work, due
 * at the first of them, serves all that are due under RTNL.  It holds a reference
 * on the interface from being queued until it ends, so nobody waits for it.
 *
 * I: immutable after create, T: @lock, R: RTNL
 */
struct us6_addr_dev {
	struct us6_dev		*udev;		/* I */
	spinlock_t		lock;		/* leaf, BH */
	struct rb_root_cached	timers;		/* T: struct us6_addr.timer */
	struct delayed_work	work;
	struct list_head	pios;		/* T: struct us6_pio_item */
	u8			n_pios;		/* T */
	bool			flushing;	/* R: all addresses are going */
	unsigned int		n_auto;		/* R: made by SLAAC */
	unsigned long		up_at;		/* R: jiffies when it became ready */
	u8			ll_retry;	/* R: RFC 7217 DAD_Counter */
};

/* ---- addresses.c ---------------------------------------------------------- */

int us6_hash_init(void);
void us6_hash_exit(void);

/** us6_addr_hold() - @a: address that somebody holds or RCU protects alive */
static inline void us6_addr_hold(struct us6_addr *a)
{
	refcount_inc(&a->ifa.refcnt);
}

/**
 * us6_addr_local_route_up() - receive what comes for it, if it is assigned
 * @a: address.  RTNL held
 */
void us6_addr_local_route_up(struct us6_addr *a);

/**
 * us6_addr_local_route_drop() - receive it no more
 * @a: address.  RTNL held
 */
void us6_addr_local_route_drop(struct us6_addr *a);

/**
 * us6_addr_prefix_route() - give or prolong the connected route
 * @a: address.  RTNL held
 */
void us6_addr_prefix_route(struct us6_addr *a);

/**
 * us6_addr_prefix_route_drop() - take it away unless a sibling needs it
 * @a: address
 * @metric: as it was made.  RTNL held
 */
void us6_addr_prefix_route_drop(struct us6_addr *a, u32 metric);

/**
 * us6_addr_suspend() - keep an address over a down (keep_addr_on_down)
 * @a: permanent address.  RTNL held
 */
void us6_addr_suspend(struct us6_addr *a);

/* ---- lifetimes.c ----------------------------------------------------------- */

int us6_lifetimes_init(void);
void us6_lifetimes_exit(void);
void us6_lifetimes_dev_init(struct us6_addr_dev *ad);

/**
 * us6_addr_arm() - the next thing of this address has another time now
 * @a: address.  Any context; a dead address is disarmed
 */
void us6_addr_arm(struct us6_addr *a);

/** us6_addr_disarm() - nothing more happens by itself. @a: address */
void us6_addr_disarm(struct us6_addr *a);

/** us6_lifetimes_dev_stop() - the interface goes for good. @ad: its state. RTNL held */
void us6_lifetimes_dev_stop(struct us6_addr_dev *ad);

/** us6_addr_kick() - run the work now. @ad: its interface's state. Any context */
void us6_addr_kick(struct us6_addr_dev *ad);

/* ---- slaac.c --------------------------------------------------------------- */

/** us6_slaac_work() - act on the prefixes that came. @ad: state. RTNL held */
void us6_slaac_work(struct us6_addr_dev *ad);
/** us6_slaac_drop() - forget them. @ad: state */
void us6_slaac_drop(struct us6_addr_dev *ad);

/* ---- dad.c; RTNL held -------------------------------------------------------- */

/**
 * us6_dad_start() - begin Duplicate Address Detection, or do without
 * @a: address in PREDAD
 * @delay: wait a random time first, RFC 4862 section 5.4.2
 *
 * Does nothing while the interface isn't ready.
 */
void us6_dad_start(struct us6_addr *a, bool delay);

/** us6_dad_work() - its time came, or a duplicate was seen. @a: address */
void us6_dad_work(struct us6_addr *a);

/* ---- linklocal.c; RTNL held ---------------------------------------------------- */

/** us6_linklocal_make() - the address that addr_gen_mode asks for. @udev: state */
void us6_linklocal_make(struct us6_dev *udev);

/** us6_stable_retry() - RFC 7217 section 6: the next one after a duplicate. @a: that */
void us6_stable_retry(struct us6_addr *a);

/* ---- iid.c --------------------------------------------------------------------- */

/**
 * us6_iid_eui64() - interface identifier from the hardware, RFC 4291 appendix A
 * @dev: device
 * @iid: 8 octets out
 *
 * Return: 0, or -EOPNOTSUPP for a type of device that has none.
 */
int us6_iid_eui64(const struct net_device *dev, u8 *iid);

/**
 * us6_iid_stable() - RFC 7217: stable for a prefix, tells nothing of the hardware
 * @udev: interface
 * @addr: prefix in the first 64 bits; gets the identifier
 * @dad_count: conflicts so far
 *
 * Return: 0, or -ENOENT without a secret.
 */
int us6_iid_stable(const struct us6_dev *udev, struct in6_addr *addr,
		   u8 dad_count);

/** us6_iid_reserved() - RFC 5453: may no host have it? @iid: 8 octets */
bool us6_iid_reserved(const u8 *iid);

/** us6_iid_known_link() - do we configure this type of link by ourselves? @dev: device */
bool us6_iid_known_link(const struct net_device *dev);

/* ---- anycast.c -------------------------------------------------------------------- */

void us6_anycast_addr_add(struct us6_addr *a);
void us6_anycast_addr_del(struct us6_addr *a);
void us6_anycast_dev_flush(struct us6_dev *udev);

/* ---- labels.c ----------------------------------------------------------------------- */

int us6_labels_init(void);
void us6_labels_exit(void);

/* ---- small ---------------------------------------------------------------------------- */

static inline u64 us6_addr_age(const struct us6_addr *a)
{
	return (jiffies - a->ifa.tstamp) / HZ;
}

#endif
