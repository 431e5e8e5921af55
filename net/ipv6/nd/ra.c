// SPDX-License-Identifier: GPL-2.0
/*
 * Router Advertisements: RFC 4861 6.3.4, RFC 4191, RFC 5942, RFC 8106.
 *
 * The softirq checks a message, tells the neighbour cache, and queues it; routes
 * and addresses are made in process context, one work an interface.  The work
 * holds the us6_dev as long as it is pending or running.
 */
#include <net/addrconf.h>
#include <net/ip6_route.h>
#include <net/us6/ctl.h>
#include <net/us6/drop.h>
#include <net/us6/route.h>
#include "room.h"

#define RA_QUEUE_MAX	32
#define REACHABLE_MIN	(HZ / 10)
#define RETRANS_MIN	(HZ / 100)
/* RFC 4861 6.2.1: AdvReachableTime is at most an hour; Retrans Timer likewise. */
#define RA_TIMER_MAX_MS	3600000u

/* Is this interface a host as far as Router Advertisements go? */
bool us6_ra_accepted(const struct us6_dev *udev)
{
	int accept = READ_ONCE(udev->idev.cnf.accept_ra);

	return us6_dev_is_router(udev) ? accept == 2 : accept > 0;
}

/* ---- the parts of a message ---------------------------------------------------- */

static void ra_flags(struct us6_dev *udev, const struct us6_nd_msg *msg)
{
	u32 was, is;

	write_lock_bh(&udev->idev.lock);
	was = udev->idev.if_flags;
	is = (was | IF_RA_RCVD) & ~(IF_RA_MANAGED | IF_RA_OTHERCONF);
	if (msg->flags & US6_RA_MANAGED)
		is |= IF_RA_MANAGED;
	if (msg->flags & US6_RA_OTHER)
		is |= IF_RA_OTHERCONF;
	udev->idev.if_flags = is;
	write_unlock_bh(&udev->idev.lock);
	/* networkd and others start DHCPv6 by this. */
	if (was != is)
		us6_notify_link(RTM_NEWLINK, udev);
}

static bool ra_timers(struct us6_nd_dev *nd, const struct us6_nd_msg *msg)
{
	struct neigh_parms *p = nd->parms;
	bool changed = false;
	int t;

	if (msg->retrans && msg->retrans <= RA_TIMER_MAX_MS) {
		t = max_t(int, msecs_to_jiffies(msg->retrans), RETRANS_MIN);
		changed |= t != NEIGH_VAR(p, RETRANS_TIME);
		NEIGH_VAR_SET(p, RETRANS_TIME, t);
	}
	if (msg->reachable && msg->reachable <= RA_TIMER_MAX_MS) {
		t = max_t(int, msecs_to_jiffies(msg->reachable), REACHABLE_MIN);
		if (t != NEIGH_VAR(p, BASE_REACHABLE_TIME)) {
			NEIGH_VAR_SET(p, BASE_REACHABLE_TIME, t);
			WRITE_ONCE(p->reachable_time, neigh_rand_reach_time(t));
			changed = true;
		}
	}
	return changed;
}

static u8 ra_pref(const struct us6_dev *udev, u8 pref)
{
	/* RFC 4191 2.2: a reserved value is as medium. */
	if (pref == US6_PREF_RESERVED ||
	    !READ_ONCE(udev->idev.cnf.accept_ra_rtr_pref))
		return US6_PREF_MEDIUM;
	return pref;
}

static bool lifetime_accepted(const struct us6_dev *udev, u32 lifetime)
{
	int min = READ_ONCE(udev->idev.cnf.accept_ra_min_lft);

	return !lifetime || min <= 0 || lifetime >= min;
}

static void ra_router(struct us6_nd_dev *nd, const struct in6_addr *saddr,
		      const struct us6_nd_msg *msg)
{
	struct us6_dev *udev = nd->udev;
	const struct ipv6_devconf *cnf = &udev->idev.cnf;
	u8 pref = (msg->flags & US6_RA_PREF_MASK) >> US6_RA_PREF_SHIFT;
	int err;

	if (!READ_ONCE(cnf->accept_ra_defrtr) ||
	    !lifetime_accepted(udev, msg->lifetime) ||
	    us6_routers_note(nd, saddr, msg->lifetime))
		return;
	err = us6_route_set_router(udev, saddr, &in6addr_any, 0,
				   ra_pref(udev, pref),
				   READ_ONCE(cnf->ra_defrtr_metric),
				   msg->lifetime);
	if (!err && msg->lifetime)
		us6_rs_done(nd);
}

static void ra_prefix(struct us6_nd_dev *nd, const u8 *opt, unsigned int len)
{
	struct us6_dev *udev = nd->udev;
	struct us6_wire_pio w;
	struct us6_pio pio;

	if (!READ_ONCE(udev->idev.cnf.accept_ra_pinfo) ||
	    !us6_nd_opt_prefix(opt, len, &w) ||
	    !lifetime_accepted(udev, w.valid))
		return;
	pio = (struct us6_pio) {
		.prefix = w.prefix,
		.valid = w.valid,
		.preferred = w.preferred,
		.plen = w.plen,
		.onlink = w.onlink,
		.autonomous = w.autonomous,
		.router_addr = w.router_addr,
	};
	if (pio.onlink)
		us6_prefix_learn(nd, &pio);
	if (pio.autonomous && READ_ONCE(udev->idev.cnf.autoconf))
		us6_slaac_prefix(udev, &pio);
	us6_notify_prefix(udev, &pio);
}

/* RFC 4191 section 2.3 */
static void ra_route(struct us6_nd_dev *nd, const struct in6_addr *saddr,
		     const u8 *opt, unsigned int len)
{
	struct us6_dev *udev = nd->udev;
	const struct ipv6_devconf *cnf = &udev->idev.cnf;
	struct us6_wire_rio rio;

	if (!us6_nd_opt_route(opt, len, &rio) ||
	    !lifetime_accepted(udev, rio.lifetime))
		return;
	if (rio.plen < READ_ONCE(cnf->accept_ra_rt_info_min_plen) ||
	    rio.plen > READ_ONCE(cnf->accept_ra_rt_info_max_plen))
		return;
	if (!rio.plen && !READ_ONCE(cnf->accept_ra_defrtr))
		return;
	us6_route_set_router(udev, saddr, &rio.prefix, rio.plen,
			     ra_pref(udev, rio.pref),
			     rio.plen ? IP6_RT_PRIO_USER :
					READ_ONCE(cnf->ra_defrtr_metric),
			     rio.lifetime);
}

static void ra_options(struct us6_nd_dev *nd, const struct in6_addr *saddr,
		       const struct us6_nd_msg *msg, bool local)
{
	unsigned int pos = 0, len;
	const u8 *opt;

	while ((opt = us6_nd_opt_next(msg, &pos, &len))) {
		if (opt[0] == US6_ND_OPT_PREFIX)
			ra_prefix(nd, opt, len);
		else if (opt[0] == US6_ND_OPT_ROUTE && !local)
			ra_route(nd, saddr, opt, len);
		else if (us6_nd_opt_for_user(opt[0]))
			us6_notify_nduseropt(nd->udev, saddr, opt, len);
	}
}

static void ra_link(struct us6_nd_dev *nd, const struct us6_nd_msg *msg)
{
	const struct ipv6_devconf *cnf = &nd->udev->idev.cnf;
	u8 hop_limit = msg->hop_limit;
	u32 mtu = msg->mtu;

	if (hop_limit < READ_ONCE(cnf->accept_ra_min_hop_limit))
		hop_limit = 0;
	if (!READ_ONCE(cnf->accept_ra_mtu))
		mtu = 0;
	if (mtu || hop_limit)
		us6_dev_ra_params(nd->udev, mtu, hop_limit);
}

static void ra_process(struct us6_nd_dev *nd, const struct us6_nd_in *in)
{
	const struct in6_addr *saddr = &in->ip->saddr;
	struct us6_dev *udev = nd->udev;
	bool local;

	/* Settings may have changed while it was queued. */
	if (!us6_dev_ready(udev) || !us6_ra_accepted(udev))
		return;
	ra_flags(udev, &in->msg);
	/* One that a daemon of this machine sent may not make routes to itself. */
	local = !READ_ONCE(udev->idev.cnf.accept_ra_from_local) &&
		us6_addr_check(us6_dev_net(udev), saddr, nd->dev, false, 0);
	if (!local)
		ra_router(nd, saddr, &in->msg);
	if (ra_timers(nd, &in->msg))
		us6_notify_link(RTM_NEWLINK, udev);
	ra_link(nd, &in->msg);
	ra_options(nd, saddr, &in->msg, local);
}

/* ---- queue --------------------------------------------------------------------- */

/* The message again, with pointers into this skb. */
static bool ra_reparse(struct us6_nd_dev *nd, struct sk_buff *skb,
		       struct us6_nd_in *in)
{
	struct us6_nd_meta meta = {
		.addr_len = nd->dev->addr_len,
		.addr_pad = us6_nd_addr_pad(nd->dev),
	};

	in->nd = nd;
	in->skb = skb;
	in->ip = ipv6_hdr(skb);
	meta.saddr = in->ip->saddr;
	meta.daddr = in->ip->daddr;
	meta.hop_limit = in->ip->hop_limit;
	return !us6_nd_parse(skb_transport_header(skb),
			     skb_tail_pointer(skb) - skb_transport_header(skb),
			     &meta, &in->msg);
}

static void ra_work(struct work_struct *work)
{
	struct us6_nd_dev *nd = container_of(work, struct us6_nd_dev, ra_work);
	struct us6_dev *udev = nd->udev;
	struct us6_nd_in in;
	struct sk_buff *skb;

	while ((skb = skb_dequeue(&nd->ra_queue))) {
		if (!READ_ONCE(nd->dead) && ra_reparse(nd, skb, &in))
			ra_process(nd, &in);
		consume_skb(skb);
		cond_resched();
	}
	us6_dev_put(udev);
}

void us6_ra_rcv(const struct us6_nd_in *in)
{
	struct us6_nd_dev *nd = in->nd;
	struct us6_dev *udev = nd->udev;
	struct sk_buff *skb = in->skb;

	us6_neigh_learn(nd, &in->ip->saddr, in->msg.slla, US6_NUD_ROUTER_YES);
	if (!us6_ra_accepted(udev)) {
		consume_skb(skb);
		return;
	}
	if (skb_queue_len_lockless(&nd->ra_queue) >= RA_QUEUE_MAX) {
		us6_drop(skb, us6_dev_net(udev), &udev->idev,
			 US6_DROP_NEIGH_QUEUE_FULL);
		return;
	}
	/* Nobody's dst, and no memory of a socket, waits with it. */
	skb_dst_drop(skb);
	skb_orphan(skb);
	skb_queue_tail(&nd->ra_queue, skb);
	us6_dev_hold(udev);
	if (!queue_work(us6_nd_wq, &nd->ra_work))
		us6_dev_put(udev);
}

void us6_ra_dev_init(struct us6_nd_dev *nd)
{
	skb_queue_head_init(&nd->ra_queue);
	INIT_WORK(&nd->ra_work, ra_work);
}

/*
 * RTNL is held and a running work may wait for it, so it isn't waited for: it
 * finds nd->dead, and its reference keeps us6_dev and nd until it ends.
 */
void us6_ra_dev_stop(struct us6_nd_dev *nd)
{
	skb_queue_purge(&nd->ra_queue);
	if (cancel_work(&nd->ra_work))
		us6_dev_put(nd->udev);
}
