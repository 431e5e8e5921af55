/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NET_US6_MCAST_H
#define _NET_US6_MCAST_H

#include <net/us6/device.h>

struct us6_mld_asked;
struct us6_mld_state;

/*
 * One group on one interface; at most 256 bytes.  The kernel's struct comes
 * first: batman-adv walks idev->mc_list under RCU.  A group that is being left
 * moves to idev->mc_tomb until that has been reported.  Of the kernel's struct
 * mca_sources and mca_tomb stay empty: @state has the sources.
 *
 * M: idev->mc_lock, R: RCU readers
 */
struct us6_group {
	struct ifmcaddr6	mca;		/* first; M, next is R too */
	struct us6_mld_state __rcu *state;	/* M R: what listeners want */
	struct us6_mld_asked	*asked;		/* M: sources of a query */
};

/* Sysctls of the initial namespace: sources a socket may list (mld_max_msf),
 * and the least Robustness Variable (mld_qrv, RFC 3810 section 9.1).
 */
extern int us6_mld_max_msf;
extern int us6_mld_qrv;

/**
 * us6_mcast_map() - link-layer address of a multicast address
 * @addr: multicast address
 * @dev: device
 * @buf: MAX_ADDR_LEN octets
 *
 * RFC 2464 section 7 and its siblings.  Any context.  Return: 0 or -EINVAL for
 * a link that has none.
 */
int us6_mcast_map(const struct in6_addr *addr, const struct net_device *dev,
		  u8 *buf);

/**
 * us6_group_join() - the stack joins (replaces ipv6_dev_mc_inc)
 * @udev: interface
 * @group: multicast address
 *
 * Counted; the first join opens the NIC's filter and, when the interface is
 * ready and the scope asks for it, reports by MLD.  May sleep, RTNL not needed.
 * Return: 0, -ENOMEM, -EINVAL (not multicast), -ENODEV (going away).
 */
int us6_group_join(struct us6_dev *udev, const struct in6_addr *group);

/** us6_group_leave() - undo one us6_group_join(). @udev: interface. @group: address. Return: 0 or -ENOENT */
int us6_group_leave(struct us6_dev *udev, const struct in6_addr *group);

/**
 * us6_group_accepts() - reception filter of the interface
 * @udev: receiving interface
 * @group: destination
 * @src: source, or NULL for any
 *
 * Context: RCU read side.  Return: true if some listener wants it.
 */
bool us6_group_accepts(struct us6_dev *udev, const struct in6_addr *group,
		       const struct in6_addr *src);

/* ---- sockets; RTNL held, then sk locked --------------------------------- */

/**
 * us6_sock_mc_join() - IPV6_ADD_MEMBERSHIP (replaces ipv6_sock_mc_join)
 * @sk: locked socket
 * @ifindex: interface or 0: by route
 * @group: address
 * @mode: MCAST_EXCLUDE, or MCAST_INCLUDE for a source-specific join
 *
 * RTNL may be held (VXLAN does) and comes before the socket lock, see
 * Documentation/locking.md.  Return: 0, -EADDRINUSE, -EINVAL, -ENODEV, -ENOMEM,
 * -ENOBUFS.
 */
int us6_sock_mc_join(struct sock *sk, int ifindex, const struct in6_addr *group,
		     unsigned int mode);
/** us6_sock_mc_drop() - IPV6_DROP_MEMBERSHIP. @sk: locked. @ifindex: or 0. @group: address. Return: 0, -EADDRNOTAVAIL */
int us6_sock_mc_drop(struct sock *sk, int ifindex, const struct in6_addr *group);
/** us6_sock_mc_close() - leave everything at close; takes RTNL when there is something to leave. @sk: unlocked */
void us6_sock_mc_close(struct sock *sk);
/**
 * us6_sock_mc_source() - MCAST_{JOIN,LEAVE,BLOCK,UNBLOCK}_SOURCE_GROUP
 * @add: 1 to add the source to the list of @omode, 0 to remove it
 * @omode: MCAST_INCLUDE or MCAST_EXCLUDE
 * @sk: locked socket
 * @pgsr: request
 * Return: 0 or a negative errno as RFC 3678 programs expect.
 */
int us6_sock_mc_source(int add, int omode, struct sock *sk,
		       struct group_source_req *pgsr);
/** us6_sock_mc_setfilter() - MCAST_MSFILTER. @sk: locked. @gsf: filter. @list: its sources. Return: 0 or errno */
int us6_sock_mc_setfilter(struct sock *sk, struct group_filter *gsf,
			  struct sockaddr_storage *list);
/** us6_sock_mc_getfilter() - MCAST_MSFILTER, read. @sk: locked. @gsf: in and out. @optval: user memory. @ss_offset: of the list. Return: 0 or errno */
int us6_sock_mc_getfilter(struct sock *sk, struct group_filter *gsf,
			  sockptr_t optval, size_t ss_offset);
/**
 * us6_sock_mc_accepts() - does this socket want a multicast packet?
 * @sk: socket
 * @group: destination
 * @src: source
 *
 * Context: RCU read side.  Honours IPV6_MULTICAST_ALL for groups not joined.
 */
bool us6_sock_mc_accepts(const struct sock *sk, const struct in6_addr *group,
			 const struct in6_addr *src);

/* ---- from the wire ------------------------------------------------------- */

/**
 * us6_mld_rcv() - Multicast Listener Query, Report, Done (130, 131, 132, 143)
 * @skb: as for us6_nd_rcv(); consumed
 */
void us6_mld_rcv(struct sk_buff *skb);

/* ---- life of an interface; RTNL held ------------------------------------ */

/** us6_mcast_dev_create() - @udev: new state. Return: 0 or -ENOMEM. */
int us6_mcast_dev_create(struct us6_dev *udev);
/** us6_mcast_dev_up() - join ff02::1 (and ff02::2), filters, reports. @udev: state */
void us6_mcast_dev_up(struct us6_dev *udev);
/** us6_mcast_dev_down() - close the NIC's filters, stop timers. @udev: state */
void us6_mcast_dev_down(struct us6_dev *udev);
/** us6_mcast_dev_role_changed() - ff02::2 with forwarding. @udev: state */
void us6_mcast_dev_role_changed(struct us6_dev *udev);
/** us6_mcast_dev_lladdr_ready() - the first link-local address passed DAD: report from it (RFC 3810 5.2.13). @udev: state */
void us6_mcast_dev_lladdr_ready(struct us6_dev *udev);
/** us6_mcast_dev_resend() - NETDEV_RESEND_IGMP. @udev: state */
void us6_mcast_dev_resend(struct us6_dev *udev);
/** us6_mcast_dev_unlink() - drop all groups; may sleep. @udev: state */
void us6_mcast_dev_unlink(struct us6_dev *udev);
/** us6_mcast_dev_destroy() - free after the last reference; any context. @udev: state */
void us6_mcast_dev_destroy(struct us6_dev *udev);

#endif /* _NET_US6_MCAST_H */
