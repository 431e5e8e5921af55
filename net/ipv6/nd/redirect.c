// SPDX-License-Identifier: GPL-2.0
/*
 * Redirects: RFC 4861 8.2 (sending, as a router), 8.3 (receiving, as a host).
 */
#include <linux/jhash.h>
#include <linux/slab.h>
#include <net/addrconf.h>
#include <net/us6/route.h>
#include "room.h"

#define REDIRECT_INTERVAL	HZ	/* for one pair of source and destination */
#define REDIRECT_ROOM		(US6_MIN_MTU - sizeof(struct ipv6hdr))

void us6_redirect_rcv(const struct us6_nd_in *in)
{
	const struct us6_nd_msg *msg = &in->msg;
	struct us6_dev *udev = in->nd->udev;
	bool router = !ipv6_addr_equal(&msg->target, &msg->dest);

	/* RFC 4861 8.2: a router learns no routes by them. */
	if (us6_dev_is_router(udev) ||
	    !READ_ONCE(udev->idev.cnf.accept_redirects))
		return;
	/* 8.1: from nobody but the router in use for this destination. */
	if (!us6_route_redirect(udev, &in->ip->saddr, &msg->dest, &msg->target))
		return;
	if (msg->tlla || router)
		us6_neigh_learn(in->nd, &msg->target, msg->tlla,
				router ? US6_NUD_ROUTER_YES :
					 US6_NUD_ROUTER_UNKNOWN);
}

/* ---- out --------------------------------------------------------------------- */

/* RFC 4861 8.2: rate limited; a small table, so that a scan costs no memory. */
static bool redirect_due(struct us6_nd_dev *nd, const struct ipv6hdr *ip)
{
	u32 hash = jhash(&ip->saddr, 2 * sizeof(ip->saddr),
			 nd->redirect_seed);
	u32 *slot = &nd->redirect_slot[hash % ARRAY_SIZE(nd->redirect_slot)];
	u32 now = (u32)jiffies, last = READ_ONCE(*slot);

	if (last && now - last < REDIRECT_INTERVAL)
		return false;
	WRITE_ONCE(*slot, now ?: 1);
	return true;
}

/* The source must be a neighbour of ours, or it could not use the advice. */
static bool redirect_source_ok(const struct us6_nd_dev *nd,
			       const struct ipv6hdr *ip)
{
	int type = ipv6_addr_type(&ip->saddr);

	if (!(type & IPV6_ADDR_UNICAST) || ipv6_addr_is_multicast(&ip->daddr))
		return false;
	return type & IPV6_ADDR_LINKLOCAL ||
	       us6_addr_prefix_local(&ip->saddr, nd->dev);
}

static bool redirect_lladdr(struct us6_nd_dev *nd, const struct in6_addr *target,
			    u8 *ha)
{
	struct us6_neigh *n = us6_neigh_get_rcu(nd->udev, target);

	if (!nd->dev->addr_len || !n || !us6_nud_valid(READ_ONCE(n->state)))
		return false;
	us6_neigh_ha(n, ha);
	return true;
}

void us6_nd_send_redirect(struct sk_buff *skb, const struct in6_addr *target)
{
	const struct ipv6hdr *ip = ipv6_hdr(skb);
	struct us6_dev *udev = us6_dev_rcu(skb->dev);
	struct us6_nd_build b = {
		.type = US6_ND_REDIRECT,
		.target = *target,
		.dest = ip->daddr,
	};
	struct in6_addr saddr;
	u8 ha[MAX_ADDR_LEN];
	unsigned int len;
	u8 *copy;

	if (!udev || !udev->nd || !us6_dev_is_router(udev) ||
	    !redirect_source_ok(udev->nd, ip))
		return;
	if (!ipv6_addr_equal(target, &ip->daddr) &&
	    !(ipv6_addr_type(target) & IPV6_ADDR_LINKLOCAL))
		return;
	if (us6_addr_linklocal(udev, &saddr, IFA_F_TENTATIVE) ||
	    !redirect_due(udev->nd, ip))
		return;

	b.addr_len = skb->dev->addr_len;
	b.addr_pad = us6_nd_addr_pad(skb->dev);
	if (redirect_lladdr(udev->nd, target, ha))
		b.lladdr = ha;
	/* As much of the packet as fits into the minimum MTU. */
	len = min_t(unsigned int, skb->len - skb_network_offset(skb),
		    REDIRECT_ROOM - us6_nd_build_len(&b) - 8);
	copy = kmalloc(len, GFP_ATOMIC);
	if (!copy)
		return;
	if (!skb_copy_bits(skb, skb_network_offset(skb), copy, len)) {
		b.redirected = copy;
		b.redirected_len = len;
		us6_nd_send(udev->nd, &b, &saddr, &ip->saddr);
	}
	kfree(copy);
}
