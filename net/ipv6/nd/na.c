// SPDX-License-Identifier: GPL-2.0
/*
 * Neighbour Advertisements: RFC 4861 7.2.4 and 7.2.6 (sending), 7.2.5
 * (receiving), RFC 9131 (gratuitous ones that a router learns from).
 */
#include <linux/random.h>
#include <linux/slab.h>
#include <net/addrconf.h>
#include "room.h"

/* ---- out ------------------------------------------------------------------- */

/*
 * The target as source when it is an address of ours that may be used; an
 * anycast or proxied one never is.
 */
static bool na_source(struct us6_dev *udev, const struct us6_na *na,
		      struct in6_addr *saddr)
{
	struct net_device *dev = udev->idev.dev;
	struct net *net = us6_dev_net(udev);

	/* Optimistic ones too: RFC 4429 3.3 answers from them. */
	if (us6_addr_check(net, &na->target, dev, true, IFA_F_DADFAILED)) {
		*saddr = na->target;
		return true;
	}
	return !us6_select_saddr(net, dev, &na->daddr, 0, saddr);
}

static void na_send(struct us6_nd_dev *nd, const struct us6_na *na)
{
	const struct net_device *dev = nd->dev;
	struct us6_nd_build b = {
		.type = US6_ND_NA,
		.target = na->target,
		.addr_len = dev->addr_len,
		.addr_pad = us6_nd_addr_pad(dev),
	};
	struct in6_addr saddr;

	if (!na_source(nd->udev, na, &saddr))
		return;
	if (na->router)
		b.flags |= US6_NA_ROUTER;
	if (na->solicited)
		b.flags |= US6_NA_SOLICITED;
	if (na->override)
		b.flags |= US6_NA_OVERRIDE;
	if (na->tlla && dev->addr_len)
		b.lladdr = dev->dev_addr;
	us6_nd_send(nd, &b, &saddr, &na->daddr);
}

void us6_nd_send_na(struct us6_dev *udev, const struct in6_addr *daddr,
		    const struct in6_addr *target, bool router, bool solicited,
		    bool override, bool tlla)
{
	struct us6_na na = {
		.daddr = *daddr,
		.target = *target,
		.router = router,
		.solicited = solicited,
		.override = override,
		.tlla = tlla || READ_ONCE(udev->idev.cnf.force_tllao),
	};

	if (udev->nd)
		na_send(udev->nd, &na);
}

/* ---- answers that wait -------------------------------------------------------- */

struct na_wait {
	struct list_head	node;
	unsigned long		due;
	struct us6_na		na;
};

static void na_timer(struct timer_list *timer)
{
	struct us6_nd_dev *nd = container_of(timer, struct us6_nd_dev, na_timer);
	struct na_wait *w, *next;
	LIST_HEAD(due);

	spin_lock(&nd->na_lock);
	list_for_each_entry_safe(w, next, &nd->na_wait, node) {
		if (time_before(jiffies, w->due)) {
			mod_timer(&nd->na_timer, w->due);
			break;
		}
		list_move_tail(&w->node, &due);
		nd->n_na_wait--;
	}
	spin_unlock(&nd->na_lock);

	rcu_read_lock();
	list_for_each_entry_safe(w, next, &due, node) {
		if (!READ_ONCE(nd->dead))
			na_send(nd, &w->na);
		kfree(w);
	}
	rcu_read_unlock();
}

static void na_wait_add_locked(struct us6_nd_dev *nd, struct na_wait *w)
{
	struct na_wait *at;

	list_for_each_entry_reverse(at, &nd->na_wait, node)
		if (time_after_eq(w->due, at->due))
			break;
	list_add(&w->node, &at->node);
	nd->n_na_wait++;
	if (nd->na_wait.next == &w->node)
		mod_timer(&nd->na_timer, w->due);
}

void us6_na_send_after(struct us6_nd_dev *nd, const struct us6_na *na,
		       unsigned long max_delay)
{
	struct na_wait *w;

	if (!max_delay) {
		na_send(nd, na);
		return;
	}
	w = kmalloc(sizeof(*w), GFP_ATOMIC);
	if (!w)
		return;
	w->na = *na;
	w->due = jiffies + get_random_u32() % max_delay;

	spin_lock_bh(&nd->na_lock);
	if (!nd->dead &&
	    nd->n_na_wait < READ_ONCE(NEIGH_VAR(nd->parms, PROXY_QLEN))) {
		na_wait_add_locked(nd, w);
		w = NULL;
	}
	spin_unlock_bh(&nd->na_lock);
	kfree(w);
}

void us6_na_dev_init(struct us6_nd_dev *nd)
{
	spin_lock_init(&nd->na_lock);
	INIT_LIST_HEAD(&nd->na_wait);
	timer_setup(&nd->na_timer, na_timer, 0);
}

/* nd->dead is set, or the interface is down: what waits is void. */
void us6_na_dev_stop(struct us6_nd_dev *nd)
{
	struct na_wait *w, *next;
	LIST_HEAD(gone);

	spin_lock_bh(&nd->na_lock);
	list_splice_init(&nd->na_wait, &gone);
	nd->n_na_wait = 0;
	spin_unlock_bh(&nd->na_lock);
	del_timer_sync(&nd->na_timer);
	list_for_each_entry_safe(w, next, &gone, node)
		kfree(w);
}

/* ---- in ------------------------------------------------------------------------- */

/* Somebody speaks for an address of ours, RFC 4862 5.4.4. */
static bool na_own_address(const struct us6_nd_in *in)
{
	struct us6_addr *a;
	bool ours;

	a = us6_addr_find(dev_net(in->nd->dev), &in->msg.target, in->nd->dev,
			  true);
	if (!a)
		return false;
	/* A duplicate is its owner's, a neighbour: RFC 4862 5.4.5. */
	ours = !(READ_ONCE(a->ifa.flags) & IFA_F_DADFAILED);
	/* Our own, come back, is no claim of another. */
	if (ours && in->skb->pkt_type != PACKET_LOOPBACK)
		us6_dad_advertised(a);
	us6_addr_put(a);
	return ours;
}

/* RFC 9131 section 6: a router may learn from what it didn't ask for. */
static bool na_untracked_accepted(const struct us6_nd_in *in)
{
	const struct us6_dev *udev = in->nd->udev;

	if (!us6_dev_is_router(udev) || !in->msg.tlla)
		return false;
	switch (READ_ONCE(udev->idev.cnf.accept_untracked_na)) {
	case 1:
		return true;
	case 2:
		return us6_addr_prefix_local(&in->ip->saddr, in->nd->dev);
	default:
		return false;
	}
}

void us6_na_rcv(const struct us6_nd_in *in)
{
	const struct us6_nd_msg *msg = &in->msg;
	struct us6_nud_event ev = {
		.type = US6_NUD_EV_NA,
		.lladdr = US6_NUD_LL_NONE,
		.router = msg->flags & US6_NA_ROUTER ? US6_NUD_ROUTER_YES :
						       US6_NUD_ROUTER_NO,
		.solicited = msg->flags & US6_NA_SOLICITED,
		.override = msg->flags & US6_NA_OVERRIDE,
	};
	struct us6_dev *udev = in->nd->udev;
	struct us6_neigh *n;

	if (!ev.solicited && READ_ONCE(udev->idev.cnf.drop_unsolicited_na))
		return;
	if (na_own_address(in))
		return;
	/* Our own proxy advertisement, seen again behind another port. */
	if (msg->tlla && us6_nd_proxied(udev, &msg->target) &&
	    !memcmp(msg->tlla, in->nd->dev->dev_addr, in->nd->dev->addr_len))
		return;

	n = us6_neigh_get_rcu(udev, &msg->target);
	if (n && us6_neigh_state(n) != US6_NUD_NONE)
		us6_neigh_event(n, &ev, msg->tlla, NULL);
	else if (na_untracked_accepted(in))
		us6_neigh_learn(in->nd, &msg->target, msg->tlla, ev.router);
}
