/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NET_US6_CTL_H
#define _NET_US6_CTL_H

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/us6/addr.h>
#include <net/us6/nd.h>
#include <net/us6/route.h>

/*
 * ctl/ turns netlink messages and /proc reads into calls of the rooms, and
 * events of the rooms into notifications.  One file a message; each file has
 * its handlers here, ctl/ctl.c registers them from one table.
 */

typedef int us6_rtnl_doit(struct sk_buff *skb, struct nlmsghdr *nlh,
			  struct netlink_ext_ack *extack);
typedef int us6_rtnl_dumpit(struct sk_buff *skb, struct netlink_callback *cb);

/* ctl/addr.c, ctl/maddr.c */
us6_rtnl_doit us6_rtm_newaddr, us6_rtm_deladdr, us6_rtm_getaddr;
us6_rtnl_dumpit us6_rtm_dumpaddr, us6_rtm_dumpmulticast, us6_rtm_dumpanycast;
/* ctl/link.c, ctl/netconf.c, ctl/addrlabel.c */
us6_rtnl_dumpit us6_rtm_dumplink, us6_rtm_dumpnetconf, us6_rtm_dumpaddrlabel;
us6_rtnl_doit us6_rtm_getnetconf, us6_rtm_addrlabel, us6_rtm_getaddrlabel;
/* ctl/route.c */
us6_rtnl_doit us6_rtm_newroute, us6_rtm_delroute, us6_rtm_getroute;
us6_rtnl_dumpit us6_rtm_dumproute;
/* ctl/neigh.c */
us6_rtnl_doit us6_rtm_newneigh, us6_rtm_delneigh, us6_rtm_getneigh;
us6_rtnl_dumpit us6_rtm_dumpneigh;

/* ctl/link.c: rtnl_af_ops of AF_INET6, registered and removed by ctl/ctl.c */
int us6_link_af_register(void);
void us6_link_af_unregister(void);

/* Per-namespace /proc files, made and removed by the file that serves them. */
int us6_proc_addr_init(void);		/* if_inet6 */
void us6_proc_addr_exit(void);
int us6_proc_route_init(void);		/* ipv6_route, rt6_stats */
void us6_proc_route_exit(void);
int us6_proc_mib_init(void);		/* snmp6, dev_snmp6 */
void us6_proc_mib_exit(void);
/**
 * us6_proc_mib_dev_add() - dev_snmp6/INTERFACE
 * @udev: state, its counters allocated
 *
 * Without memory the file is missing and nothing else.  RTNL held, may sleep.
 */
void us6_proc_mib_dev_add(struct us6_dev *udev);
/** us6_proc_mib_dev_del() - undo; waits for readers. @udev: state. RTNL held */
void us6_proc_mib_dev_del(struct us6_dev *udev);
int us6_proc_mcast_init(void);		/* igmp6, mcfilter6, anycast6 */
void us6_proc_mcast_exit(void);
/* tcp6, udp6, raw6, icmp6, sockstat6 belong to the protocols in sock/. */

/* ---- events -> notifications; any context unless said otherwise ---------- */

/** us6_notify_addr() - RTNLGRP_IPV6_IFADDR. @event: RTM_NEWADDR or RTM_DELADDR. @a: address */
void us6_notify_addr(int event, const struct us6_addr *a);
/** us6_notify_link() - RTNLGRP_IPV6_IFINFO, RTM_NEWLINK or RTM_DELLINK. @event: which. @udev: interface */
void us6_notify_link(int event, const struct us6_dev *udev);
/**
 * us6_notify_route() - RTNLGRP_IPV6_ROUTE
 * @event: RTM_NEWROUTE or RTM_DELROUTE
 * @rt: route
 * @info: asker, for portid and NLM_F_ECHO; its nl_net is the namespace
 * @nlflags: NLM_F_* to show
 */
void us6_notify_route(int event, const struct us6_route *rt,
		      struct nl_info *info, unsigned int nlflags);
/** us6_notify_neigh() - RTNLGRP_NEIGH. @event: RTM_NEWNEIGH or RTM_DELNEIGH or RTM_GETNEIGH. @n: entry. @portid: asker or 0 */
void us6_notify_neigh(int event, struct us6_neigh *n, u32 portid);
/**
 * us6_notify_prefix() - RTNLGRP_IPV6_PREFIX
 * @udev: interface
 * @pio: Prefix Information option as received
 */
void us6_notify_prefix(const struct us6_dev *udev, const struct us6_pio *pio);
/**
 * us6_notify_nduseropt() - RTNLGRP_ND_USEROPT: options for user space (RDNSS ...)
 * @udev: interface
 * @saddr: router
 * @opt: option, its type octet first
 * @len: bytes of the option
 */
void us6_notify_nduseropt(const struct us6_dev *udev,
			  const struct in6_addr *saddr, const u8 *opt,
			  unsigned int len);
/** us6_notify_netconf() - RTNLGRP_IPV6_NETCONF. @net: namespace. @type: NETCONFA_*. @ifindex: or NETCONFA_IFINDEX_ALL/DEFAULT. @cnf: values */
void us6_notify_netconf(struct net *net, int type, int ifindex,
			const struct ipv6_devconf *cnf);

#endif /* _NET_US6_CTL_H */
