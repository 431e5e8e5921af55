// SPDX-License-Identifier: GPL-2.0
/*
 * Router Solicitations: RFC 4861 6.3.7 with the backoff of RFC 7559 (sending),
 * 6.2.6 (receiving).
 */
#include <linux/random.h>
#include <net/addrconf.h>
#include "room.h"

/* RFC 3315 section 14: RAND is between -0.1 and +0.1 of the base. */
static unsigned long rs_fuzz(unsigned long base)
{
	return base - base / 10 + get_random_u32() % (base / 5 + 1);
}

static unsigned long rs_next_wait(const struct us6_nd_dev *nd)
{
	const struct ipv6_devconf *cnf = &nd->udev->idev.cnf;
	unsigned long irt, mrt, wait;

	irt = max(READ_ONCE(cnf->rtr_solicit_interval), HZ / 10);
	mrt = READ_ONCE(cnf->rtr_solicit_max_interval);
	if (!nd->rs_wait)
		return rs_fuzz(irt);
	/* RT = 2*RTprev + RAND*RTprev */
	wait = nd->rs_wait + rs_fuzz(nd->rs_wait);
	return mrt && wait > mrt ? rs_fuzz(mrt) : wait;
}

/* May this interface still ask? */
static bool rs_wanted(const struct us6_nd_dev *nd)
{
	int max = READ_ONCE(nd->udev->idev.cnf.rtr_solicits);

	if (nd->dead || !us6_dev_ready(nd->udev) || !us6_ra_accepted(nd->udev))
		return false;
	return max < 0 || nd->rs_sent < max;
}

static void rs_send(struct us6_nd_dev *nd)
{
	const struct net_device *dev = nd->dev;
	struct us6_dev *udev = nd->udev;
	struct us6_nd_build b = {
		.type = US6_ND_RS,
		.addr_len = dev->addr_len,
		.addr_pad = us6_nd_addr_pad(dev),
	};
	struct in6_addr saddr;

	/* RFC 4429 3.2: not from an optimistic address with an option. */
	if (us6_addr_linklocal(udev, &saddr, IFA_F_TENTATIVE | IFA_F_OPTIMISTIC))
		saddr = in6addr_any;
	else if (dev->addr_len)
		b.lladdr = dev->dev_addr;
	us6_nd_send(nd, &b, &saddr, &in6addr_linklocal_allrouters);

	write_lock_bh(&udev->idev.lock);
	udev->idev.if_flags |= IF_RS_SENT;
	write_unlock_bh(&udev->idev.lock);
}

static void rs_timer(struct timer_list *timer)
{
	struct us6_nd_dev *nd = container_of(timer, struct us6_nd_dev, rs_timer);
	bool send;

	spin_lock(&nd->rs_lock);
	send = rs_wanted(nd);
	if (send) {
		nd->rs_sent++;
		nd->rs_wait = rs_next_wait(nd);
		mod_timer(&nd->rs_timer, jiffies + nd->rs_wait);
	}
	spin_unlock(&nd->rs_lock);
	if (send)
		rs_send(nd);
}

void us6_nd_solicit_routers(struct us6_dev *udev)
{
	struct us6_nd_dev *nd = udev->nd;
	unsigned long delay = 0;

	if (!nd || udev->idev.dev->flags & IFF_LOOPBACK)
		return;
	/* Detection of duplicates brought the random delay of 6.3.7 already. */
	if (READ_ONCE(udev->idev.cnf.dad_transmits) <= 0 &&
	    READ_ONCE(udev->idev.cnf.rtr_solicit_delay) > 0)
		delay = get_random_u32() %
			READ_ONCE(udev->idev.cnf.rtr_solicit_delay);

	spin_lock_bh(&nd->rs_lock);
	nd->rs_sent = 0;
	nd->rs_wait = 0;
	if (rs_wanted(nd))
		mod_timer(&nd->rs_timer, jiffies + delay);
	spin_unlock_bh(&nd->rs_lock);
}

void us6_rs_done(struct us6_nd_dev *nd)
{
	/* RFC 7559 2.1: where nobody can multicast, asking is the only way. */
	if (nd->dev->flags & IFF_MULTICAST)
		del_timer(&nd->rs_timer);
}

void us6_rs_dev_init(struct us6_nd_dev *nd)
{
	spin_lock_init(&nd->rs_lock);
	timer_setup(&nd->rs_timer, rs_timer, 0);
}

/* Not ready or dead by now, so the timer doesn't arm itself again. */
void us6_rs_dev_stop(struct us6_nd_dev *nd)
{
	del_timer_sync(&nd->rs_timer);
}

/* RFC 4861 6.2.6: hosts ignore them; a daemon of ours answers. */
void us6_rs_rcv(const struct us6_nd_in *in)
{
	if (us6_dev_is_router(in->nd->udev) && in->msg.slla)
		us6_neigh_learn(in->nd, &in->ip->saddr, in->msg.slla,
				US6_NUD_ROUTER_NO);
}
