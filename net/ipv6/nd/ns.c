// SPDX-License-Identifier: GPL-2.0
/*
 * Neighbour Solicitations: RFC 4861 7.2.2 (sending), 7.2.3 (receiving).
 */
#include <net/addrconf.h>
#include <net/us6/path.h>
#include "room.h"

void us6_nd_send(struct us6_nd_dev *nd, struct us6_nd_build *b,
		 const struct in6_addr *saddr, const struct in6_addr *daddr)
{
	unsigned int len = us6_nd_build_len(b);
	struct us6_dev *udev = nd->udev;
	struct sk_buff *skb;

	skb = us6_icmp_alloc(udev, len);
	if (!skb)
		return;
	us6_nd_emit(b, skb_put(skb, len));
	us6_icmp_push(udev, skb, saddr, daddr, 255, false);
}

/* RFC 4429 3.2: nothing may tell neighbours of an optimistic address. */
static bool saddr_optimistic(struct us6_dev *udev, const struct in6_addr *saddr)
{
	struct us6_addr *a = us6_addr_find(us6_dev_net(udev), saddr,
					   udev->idev.dev, true);
	bool optimistic;

	if (!a)
		return false;
	optimistic = READ_ONCE(a->ifa.flags) & IFA_F_OPTIMISTIC;
	us6_addr_put(a);
	return optimistic;
}

void us6_nd_send_ns(struct us6_dev *udev, const struct in6_addr *target,
		    const struct in6_addr *daddr, const struct in6_addr *saddr,
		    u64 nonce)
{
	const struct net_device *dev = udev->idev.dev;
	struct us6_nd_build b = {
		.type = US6_ND_NS,
		.target = *target,
		.addr_len = dev->addr_len,
		.addr_pad = us6_nd_addr_pad(dev),
		.nonce = nonce,
	};

	if (!udev->nd)
		return;
	if (dev->addr_len && !ipv6_addr_any(saddr) &&
	    !saddr_optimistic(udev, saddr))
		b.lladdr = dev->dev_addr;
	us6_nd_send(udev->nd, &b, saddr, daddr);
}

/* RFC 4861 7.2.2: the source of the packet that asks, if it is ours here. */
static bool ns_source(struct us6_dev *udev, const struct in6_addr *target,
		      const struct in6_addr *hint, struct in6_addr *saddr)
{
	const u32 banned = IFA_F_TENTATIVE | IFA_F_OPTIMISTIC;
	struct net_device *dev = udev->idev.dev;
	struct net *net = us6_dev_net(udev);

	if (hint && us6_addr_check(net, hint, dev, true, banned)) {
		*saddr = *hint;
		return true;
	}
	return !us6_addr_linklocal(udev, saddr, banned) ||
	       !us6_select_saddr(net, dev, target, 0, saddr);
}

void us6_ns_solicit(struct us6_neigh *n, bool multicast,
		    const struct in6_addr *hint)
{
	struct us6_dev *udev = n->nd->udev;
	struct in6_addr saddr, group;

	if (!us6_dev_ready(udev) || !ns_source(udev, &n->addr, hint, &saddr))
		return;
	if (multicast) {
		addrconf_addr_solict_mult(&n->addr, &group);
		us6_nd_send_ns(udev, &n->addr, &group, &saddr, 0);
	} else {
		us6_nd_send_ns(udev, &n->addr, &n->addr, &saddr, 0);
	}
}

/* ---- in ------------------------------------------------------------------- */

/* What we are to the target of a solicitation. */
enum target_kind {
	TARGET_NONE,
	TARGET_OURS,
	TARGET_OPTIMISTIC,
	TARGET_ANYCAST,
	TARGET_PROXY,
};

/* An address of ours; DAD's share is done here, RFC 4862 5.4.3. */
static enum target_kind ns_own_address(const struct us6_nd_in *in,
				       struct us6_addr *a)
{
	const u32 undecided = IFA_F_TENTATIVE | IFA_F_OPTIMISTIC;
	u32 flags = READ_ONCE(a->ifa.flags);

	if (flags & IFA_F_DADFAILED)
		return TARGET_NONE;
	if (!(flags & undecided))
		return TARGET_OURS;
	if (ipv6_addr_any(&in->ip->saddr)) {
		us6_dad_solicited(a, in->msg.nonce);
		return TARGET_NONE;
	}
	/* RFC 4429 3.3: an optimistic address answers, without override. */
	return flags & IFA_F_OPTIMISTIC ? TARGET_OPTIMISTIC : TARGET_NONE;
}

static bool ns_proxied(const struct us6_nd_in *in)
{
	return us6_nd_proxied(in->nd->udev, &in->msg.target);
}

static enum target_kind ns_target(const struct us6_nd_in *in)
{
	struct us6_dev *udev = in->nd->udev;
	struct net_device *dev = in->nd->dev;
	enum target_kind kind;
	struct us6_addr *a;

	a = us6_addr_find(dev_net(dev), &in->msg.target, dev, true);
	if (a) {
		kind = ns_own_address(in, a);
		us6_addr_put(a);
		return kind;
	}
	if (us6_anycast_check(us6_dev_net(udev), dev, &in->msg.target))
		return TARGET_ANYCAST;
	return ns_proxied(in) ? TARGET_PROXY : TARGET_NONE;
}

/* How long others get the chance to answer first, RFC 4861 7.2.7, 7.2.8. */
static unsigned long ns_answer_delay(const struct us6_nd_in *in,
				     enum target_kind kind)
{
	const struct neigh_parms *p = in->nd->parms;

	if (!ipv6_addr_is_multicast(&in->ip->daddr))
		return 0;
	if (kind == TARGET_ANYCAST)
		return READ_ONCE(NEIGH_VAR(p, ANYCAST_DELAY));
	if (kind == TARGET_PROXY)
		return READ_ONCE(NEIGH_VAR(p, PROXY_DELAY));
	return 0;
}

/* RFC 4861 7.2.4 */
static void ns_answer(const struct us6_nd_in *in, enum target_kind kind)
{
	bool multicast = ipv6_addr_is_multicast(&in->ip->daddr);
	struct us6_na na = {
		.daddr = in->ip->saddr,
		.target = in->msg.target,
		.router = us6_dev_is_router(in->nd->udev),
		.solicited = !ipv6_addr_any(&in->ip->saddr),
		/* Without the option the flag has nothing to override. */
		.override = kind == TARGET_OURS && multicast,
		.tlla = multicast,
	};

	if (!na.solicited)
		na.daddr = in6addr_linklocal_allnodes;
	if (!na.tlla && READ_ONCE(in->nd->udev->idev.cnf.force_tllao)) {
		na.tlla = true;
		na.override = kind == TARGET_OURS;
	}
	us6_na_send_after(in->nd, &na, ns_answer_delay(in, kind));
}

void us6_ns_rcv(const struct us6_nd_in *in)
{
	enum target_kind kind = ns_target(in);

	if (kind == TARGET_NONE)
		return;
	if (in->msg.slla && !ipv6_addr_any(&in->ip->saddr))
		us6_neigh_learn(in->nd, &in->ip->saddr, in->msg.slla,
				US6_NUD_ROUTER_UNKNOWN);
	ns_answer(in, kind);
}
