/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NET_US6_ADDR_H
#define _NET_US6_ADDR_H

#include <linux/rbtree.h>
#include <net/us6/device.h>

struct us6_route;

/* A lifetime without end, RFC 4861 section 4.6.2. */
#define US6_LFT_INFINITE	0xffffffffU

/*
 * One address of an interface; at most 512 bytes.  The kernel's struct comes
 * first: notifier chains and walkers of idev->addr_list read it.  addr_list is
 * in scope order and guarded by idev->lock (BH) with RCU readers; the hash
 * net->ipv6.inet6_addr_lst by net->ipv6.addrconf_hash_lock with RCU readers.
 *
 * L: ifa.lock, T: lock of the interface's timers, R: RTNL, I: immutable
 */
struct us6_addr {
	struct inet6_ifaddr	ifa;		/* first */
	struct rb_node		timer;		/* T: addr/lifetimes.c */
	unsigned long		due;		/* T: jiffies of the next event */
	unsigned long		dad_due;	/* L: jiffies, while dad_armed */
	u8			dad_phase;	/* L: addr/dad_core.h */
	u8			dad_left;	/* L: solicitations still to send */
	bool			dad_armed;	/* L: dad_due counts */
	bool			joined;		/* R: its solicited-node group */
	bool			anycast;	/* R: its subnet-router anycast */
	u8			origin;		/* I: enum us6_addr_origin */
};

enum us6_addr_origin {
	US6_ADDR_MANUAL,
	US6_ADDR_LINKLOCAL,
	US6_ADDR_SLAAC,
	US6_ADDR_TEMPORARY,
	US6_ADDR_LOOPBACK,
};

static inline struct us6_addr *us6_addr_of(struct inet6_ifaddr *ifa)
{
	return container_of(ifa, struct us6_addr, ifa);
}

/* ---- questions; any context, RCU taken inside --------------------------- */

/**
 * us6_addr_check() - is this address ours? (replaces ipv6_chk_addr*)
 * @net: namespace
 * @addr: address
 * @dev: device or NULL for any; its L3 domain limits the search
 * @strict: must be on exactly @dev
 * @banned: IFA_F_* flags that an address must not have to count
 *
 * Return: true if found.
 */
bool us6_addr_check(struct net *net, const struct in6_addr *addr,
		    const struct net_device *dev, bool strict, u32 banned);

/**
 * us6_addr_find() - the object behind an address
 * @net: namespace
 * @addr: address
 * @dev: device, or NULL for any
 * @strict: link-local and multicast scope aside, must be on @dev
 *
 * Return: held (us6_addr_put()) or NULL.
 */
struct us6_addr *us6_addr_find(struct net *net, const struct in6_addr *addr,
			       const struct net_device *dev, bool strict);

/** us6_addr_put() - drop a reference, any context. @a: address or NULL */
void us6_addr_put(struct us6_addr *a);

/**
 * us6_addr_linklocal() - a link-local address of the interface
 * @udev: interface
 * @addr: result
 * @banned: IFA_F_* that it must not have (usually IFA_F_TENTATIVE)
 *
 * Return: 0 or -EADDRNOTAVAIL.
 */
int us6_addr_linklocal(const struct us6_dev *udev, struct in6_addr *addr,
		       u32 banned);

/**
 * us6_select_saddr() - source address selection, RFC 6724 section 5
 * @net: namespace
 * @dst_dev: device of the route or NULL
 * @daddr: destination
 * @prefs: IPV6_PREFER_SRC_* of the socket, RFC 5014
 * @saddr: result
 *
 * Context: any, RCU taken inside.  Return: 0 or -EADDRNOTAVAIL.
 */
int us6_select_saddr(struct net *net, const struct net_device *dst_dev,
		     const struct in6_addr *daddr, unsigned int prefs,
		     struct in6_addr *saddr);

/**
 * us6_addr_prefix_local() - is @addr in the on-link prefix of one of our
 *	addresses (replaces ipv6_chk_prefix)?
 * @addr: address
 * @dev: device
 */
bool us6_addr_prefix_local(const struct in6_addr *addr,
			   const struct net_device *dev);

/**
 * us6_dev_find_addr() - the device that carries @addr (replaces ipv6_dev_find)
 * @net: namespace
 * @addr: address
 * @dev: device to prefer or NULL
 *
 * Context: RCU read side.  Return: device, no reference, or NULL.
 */
struct net_device *us6_dev_find_addr(struct net *net,
				     const struct in6_addr *addr,
				     struct net_device *dev);

/**
 * us6_anycast_check() - is this one of our anycast addresses?
 * @net: namespace
 * @dev: device or NULL for any
 * @addr: address
 *
 * The subnet-router anycast address (RFC 4291 2.6.1) of each prefix on an
 * interface that forwards, and those joined by sockets.
 */
bool us6_anycast_check(struct net *net, const struct net_device *dev,
		       const struct in6_addr *addr);

/* ---- from Neighbour Discovery ------------------------------------------- */

/* A Prefix Information option, RFC 4861 section 4.6.2, host byte order. */
struct us6_pio {
	struct in6_addr	prefix;
	u32		valid;		/* seconds, 0xffffffff infinite */
	u32		preferred;	/* seconds */
	u8		plen;
	bool		onlink;		/* L */
	bool		autonomous;	/* A */
	bool		router_addr;	/* R, RFC 6275 */
};

/**
 * us6_slaac_prefix() - an autonomous prefix was advertised, RFC 4862 5.5.3
 * @udev: interface
 * @pio: the option, already checked by section 4.6.2
 *
 * Creates the address or updates its lifetimes by rule e) (two hours).
 * Context: process, may sleep, RTNL not needed by the caller.
 */
void us6_slaac_prefix(struct us6_dev *udev, const struct us6_pio *pio);

/**
 * us6_dad_solicited() - a solicitation for an address of ours came from ::
 * @a: our tentative or optimistic address
 * @nonce: RFC 7527 nonce of the message or 0
 *
 * Decides between our own looped-back message and a duplicate.
 * Context: softirq.
 */
void us6_dad_solicited(struct us6_addr *a, u64 nonce);

/**
 * us6_dad_advertised() - an advertisement claims an address of ours
 * @a: our address, RFC 4862 5.4.4; tentative: duplicate; else logged only
 *
 * Context: softirq.
 */
void us6_dad_advertised(struct us6_addr *a);

/* ---- configuration; RTNL held ------------------------------------------- */

struct us6_addr_cfg {
	struct in6_addr		addr;
	struct in6_addr		peer;		/* :: = none */
	u8			plen;
	u8			proto;		/* IFAPROT_* */
	u8			origin;		/* enum us6_addr_origin */
	u32			flags;		/* IFA_F_* */
	u32			valid;		/* seconds, 0xffffffff infinite */
	u32			preferred;
	u32			rt_priority;	/* 0 = default */
};

/**
 * us6_addr_add() - give an interface an address
 * @udev: interface
 * @cfg: what
 * @extack: reason of a refusal, may be NULL
 *
 * Asks the validator chain before the address is visible, makes local and
 * connected routes, joins the solicited-node group, starts Duplicate Address
 * Detection if the interface is ready.  RTNL held, may sleep.
 *
 * Return: held address, or ERR_PTR(-EEXIST, -EADDRNOTAVAIL, -EINVAL, -ENOMEM,
 * -EACCES with IPv6 disabled here).
 */
struct us6_addr *us6_addr_add(struct us6_dev *udev,
			      const struct us6_addr_cfg *cfg,
			      struct netlink_ext_ack *extack);

/**
 * us6_addr_modify() - new lifetimes, flags or metric of an existing address
 * @a: address
 * @cfg: what
 * @extack: reason of a refusal
 * RTNL held.  Return: 0 or a negative errno.
 */
int us6_addr_modify(struct us6_addr *a, const struct us6_addr_cfg *cfg,
		    struct netlink_ext_ack *extack);

/**
 * us6_addr_expire() - let an address end now, as if its lifetime had
 * @a: address.  RTNL held; it goes by the interface's work
 */
void us6_addr_expire(struct us6_addr *a);

/**
 * us6_addr_del() - take an address away, with all that it brought
 * @a: address, held by the caller (reference stays the caller's)
 * RTNL held, may sleep.
 */
void us6_addr_del(struct us6_addr *a);

/**
 * us6_linklocal_add() - a link-local address of the kernel's own making
 *	(replaces addrconf_add_linklocal)
 * @udev: interface
 * @addr: fe80::/64 address
 * @flags: IFA_F_* besides IFA_F_PERMANENT
 * RTNL held, may sleep.
 */
void us6_linklocal_add(struct us6_dev *udev, const struct in6_addr *addr,
		       u32 flags);

/**
 * us6_anycast_join() - have an anycast address on an interface
 * @udev: interface
 * @addr: address
 *
 * Counted.  RTNL held, may sleep.  Return: 0, -ENOMEM, -ENODEV.
 */
int us6_anycast_join(struct us6_dev *udev, const struct in6_addr *addr);
/** us6_anycast_leave() - undo one us6_anycast_join(). @udev: interface. @addr: address. RTNL held. Return: 0 or -ENOENT */
int us6_anycast_leave(struct us6_dev *udev, const struct in6_addr *addr);

/** us6_addr_optimistic_allowed() - RFC 4429, where it is configured. @udev: state. Any context */
bool us6_addr_optimistic_allowed(const struct us6_dev *udev);

/* ---- address labels, RFC 6724 section 2.1 ---------------------------------- */

/**
 * us6_label_get() - the label of an address
 * @net: namespace
 * @addr: address
 * @ifindex: of the interface, for entries that name one
 *
 * Context: RCU read side.  Return: label; 0xffffffff when no entry matches.
 */
u32 us6_label_get(const struct net *net, const struct in6_addr *addr,
		  int ifindex);

/* No row matches. */
#define US6_LABEL_NONE		0xffffffffU

/* One row; next in order of prefix length. */
struct us6_label {
	struct hlist_node	node;
	struct in6_addr		prefix;
	int			ifindex;	/* 0: any */
	u32			label;
	u8			plen;
	struct rcu_head		rcu;
};

/**
 * us6_label_set() - add or replace a row
 * @net: namespace
 * @row: prefix, plen, ifindex, label
 * @replace: an existing one gets the label
 *
 * Return: 0, -EEXIST, -ENOMEM, -EINVAL.
 */
int us6_label_set(struct net *net, const struct us6_label *row, bool replace);
/** us6_label_del() - remove a row. @net: namespace. @row: prefix, plen, ifindex. Return: 0 or -ESRCH */
int us6_label_del(struct net *net, const struct us6_label *row);
/** us6_label_find() - the row that gives an address its label. @net: namespace. @addr: address. @ifindex: or 0. RCU. Return: row or NULL */
const struct us6_label *us6_label_find(const struct net *net,
				       const struct in6_addr *addr,
				       int ifindex);

/* ---- life of an interface; RTNL held ------------------------------------ */

/** us6_addr_dev_create() - @udev: new state. Return: 0 or -ENOMEM. */
int us6_addr_dev_create(struct us6_dev *udev);
/** us6_addr_dev_up() - link-local address, ::1 on loopback, DAD. @udev: state */
void us6_addr_dev_up(struct us6_dev *udev);
/**
 * us6_addr_dev_down() - remove or keep addresses
 * @udev: state
 * @unregister: also those that keep_addr_on_down would keep
 */
void us6_addr_dev_down(struct us6_dev *udev, bool unregister);
/** us6_addr_dev_role_changed() - forwarding changed: anycast. @udev: state */
void us6_addr_dev_role_changed(struct us6_dev *udev);
/** us6_addr_dev_gen_mode() - addr_gen_mode or stable_secret changed. @udev: state */
void us6_addr_dev_gen_mode(struct us6_dev *udev);
/** us6_addr_dev_destroy() - free after the last reference; any context. @udev: state */
void us6_addr_dev_destroy(struct us6_dev *udev);

#endif /* _NET_US6_ADDR_H */
