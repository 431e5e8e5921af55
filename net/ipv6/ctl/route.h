/* SPDX-License-Identifier: GPL-2.0 */
/* What the files about routes share. */
#ifndef _US6_CTL_ROUTE_H
#define _US6_CTL_ROUTE_H

#include <net/netlink.h>
#include <net/us6/route.h>

extern const struct nla_policy us6_rtm_policy[RTA_MAX + 1];

/* What a message says beside the route itself; all may be NULL or 0. */
struct us6_route_msg {
	u32			portid;
	u32			seq;
	int			type;		/* RTM_NEWROUTE, RTM_DELROUTE */
	unsigned int		flags;		/* NLM_F_* */
	const struct dst_entry	*dst;		/* an answer: what was found */
	const struct in6_addr	*daddr;		/* an answer: what was asked */
	const struct in6_addr	*saddr;
	int			iif;
};

/* Write a route's message.  RCU.  0 or -EMSGSIZE. */
int us6_route_fill(struct net *net, struct sk_buff *skb,
		   const struct us6_route *rt, const struct us6_route_msg *msg);

#endif
