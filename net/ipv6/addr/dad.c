// SPDX-License-Identifier: GPL-2.0
/*
 * Duplicate Address Detection, RFC 4862 section 5.4, with the nonce of RFC 7527
 * and the optimistic addresses of RFC 4429.  The steps are in dad_core.c.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/random.h>
#include <linux/rtnetlink.h>
#include <net/addrconf.h>
#include <net/neighbour.h>
#include <net/us6/addr.h>
#include <net/us6/ctl.h>
#include <net/us6/mcast.h>
#include <net/us6/nd.h>
#include "dad_core.h"
#include "internal.h"

/* RFC 4862 section 5.4: all unicast addresses but where nobody can answer. */
static bool us6_dad_wanted(const struct us6_addr *a)
{
	const struct inet6_dev *idev = a->ifa.idev;
	const struct net *net = dev_net(idev->dev);

	if (idev->dev->flags & (IFF_NOARP | IFF_LOOPBACK))
		return false;
	if (net->ipv6.devconf_all->accept_dad < 1 && idev->cnf.accept_dad < 1)
		return false;
	return (a->ifa.flags & IFA_F_TENTATIVE) &&
	       !(a->ifa.flags & IFA_F_NODAD);
}

static void us6_dad_tunables(const struct us6_addr *a, bool delay,
			     struct us6_dad_tunables *t)
{
	const struct inet6_dev *idev = a->ifa.idev;
	int most = READ_ONCE(idev->cnf.rtr_solicit_delay);

	t->wanted = us6_dad_wanted(a);
	t->transmits = clamp(READ_ONCE(idev->cnf.dad_transmits), 0, U8_MAX);
	t->retrans = idev->nd_parms ?
		     NEIGH_VAR(idev->nd_parms, RETRANS_TIME) : HZ;
	t->retrans = max_t(u32, t->retrans, HZ / 100);
	t->delay = 0;
	/* RFC 4429 section 3.3: an optimistic address doesn't wait. */
	if (delay && most > 0 && !(a->ifa.flags & IFA_F_OPTIMISTIC))
		t->delay = get_random_u32() % most;
}

static bool us6_dad_enhanced(const struct inet6_dev *idev)
{
	return dev_net(idev->dev)->ipv6.devconf_all->enhanced_dad ||
	       idev->cnf.enhanced_dad;
}

/* RFC 7527 section 4.1; 0 stands for none, so it is never drawn. */
static u64 us6_dad_nonce(void)
{
	u64 nonce;

	do {
		get_random_bytes(&nonce, sizeof(nonce));
		nonce &= GENMASK_ULL(47, 0);
	} while (!nonce);
	return nonce;
}

/* Takes an event; returns what to do, the timer being set already. */
static u32 us6_dad_event(struct us6_addr *a, enum us6_dad_event event,
			 const struct us6_dad_tunables *t)
{
	struct us6_dad_step step;

	lockdep_assert_held(&a->ifa.lock);
	step = us6_dad_step(a->dad_phase, a->dad_left, event, t);
	a->dad_phase = step.phase;
	a->dad_left = step.left;
	a->ifa.dad_probes = step.left;
	if (event != US6_DAD_EV_CONFLICT || (step.actions & US6_DAD_ARM)) {
		a->dad_armed = step.actions & US6_DAD_ARM;
		a->dad_due = jiffies + step.wait;
	}
	return step.actions;
}

static void us6_dad_send(struct us6_addr *a)
{
	struct us6_dev *udev = us6_dev_of(a->ifa.idev);
	struct in6_addr group;

	/* The random number is new for each, RFC 7527 section 4.1. */
	a->ifa.dad_nonce = us6_dad_enhanced(a->ifa.idev) ? us6_dad_nonce() : 0;
	addrconf_addr_solict_mult(&a->ifa.addr, &group);
	rcu_read_lock();
	us6_nd_send_ns(udev, &a->ifa.addr, &group, &in6addr_any,
		       a->ifa.dad_nonce);
	rcu_read_unlock();
}

static bool us6_dad_tells(const struct inet6_dev *idev)
{
	return dev_net(idev->dev)->ipv6.devconf_all->ndisc_notify ||
	       idev->cnf.ndisc_notify;
}

/* The address may be used from now on. */
static void us6_dad_assign(struct us6_addr *a)
{
	struct us6_dev *udev = us6_dev_of(a->ifa.idev);
	bool was_tentative;

	spin_lock_bh(&a->ifa.lock);
	was_tentative = a->ifa.flags & IFA_F_TENTATIVE;
	WRITE_ONCE(a->ifa.flags, a->ifa.flags & ~(IFA_F_TENTATIVE |
						  IFA_F_OPTIMISTIC |
						  IFA_F_DADFAILED));
	a->ifa.state = INET6_IFADDR_STATE_POSTDAD;
	spin_unlock_bh(&a->ifa.lock);

	us6_addr_local_route_up(a);
	atomic_inc(&us6_dev_net(udev)->ipv6.dev_addr_genid);
	us6_notify_addr(RTM_NEWADDR, a);
	if (a->ifa.scope == IFA_LINK && us6_dev_ready(udev)) {
		us6_mcast_dev_lladdr_ready(udev);
		us6_nd_solicit_routers(udev);
	}
	if (was_tentative && us6_dad_tells(a->ifa.idev)) {
		rcu_read_lock();
		us6_nd_send_na(udev, &in6addr_linklocal_allnodes, &a->ifa.addr,
			       us6_dev_is_router(udev), false, true, true);
		rcu_read_unlock();
	}
}

/* Was it made of the hardware address? RFC 4862 section 5.4.5 */
static bool us6_dad_hardware_ll(const struct us6_addr *a)
{
	u8 iid[8];

	return a->origin == US6_ADDR_LINKLOCAL &&
	       !us6_iid_eui64(a->ifa.idev->dev, iid) &&
	       !memcmp(iid, &a->ifa.addr.s6_addr[8], sizeof(iid));
}

/*
 * A duplicate that is made of the hardware address means a duplicate hardware
 * address: IPv6 stops there, if accept_dad asks for it (2).
 */
static bool us6_dad_must_disable(const struct us6_addr *a)
{
	const struct inet6_dev *idev = a->ifa.idev;
	int mode = max(dev_net(idev->dev)->ipv6.devconf_all->accept_dad,
		       idev->cnf.accept_dad);

	return mode > 1 && us6_dad_hardware_ll(a);
}

static void us6_dad_fail(struct us6_addr *a)
{
	struct us6_dev *udev = us6_dev_of(a->ifa.idev);
	struct net_device *dev = udev->idev.dev;

	spin_lock_bh(&a->ifa.lock);
	WRITE_ONCE(a->ifa.flags,
		   (a->ifa.flags & ~IFA_F_OPTIMISTIC) | IFA_F_TENTATIVE |
		   IFA_F_DADFAILED);
	a->ifa.state = INET6_IFADDR_STATE_ERRDAD;
	spin_unlock_bh(&a->ifa.lock);

	us6_addr_local_route_drop(a);
	net_info_ratelimited("%s: IPv6 duplicate address %pI6c detected!\n",
			     dev->name, &a->ifa.addr);
	us6_notify_addr(RTM_NEWADDR, a);

	if (us6_dad_must_disable(a)) {
		net_info_ratelimited("%s: IPv6 being disabled!\n", dev->name);
		us6_dev_disable(udev);
		return;
	}
	if (a->ifa.flags & IFA_F_STABLE_PRIVACY)
		us6_stable_retry(a);
}

static void us6_dad_act(struct us6_addr *a, u32 actions)
{
	ASSERT_RTNL();
	if (actions & US6_DAD_SEND)
		us6_dad_send(a);
	if (actions & US6_DAD_ARM)
		us6_addr_arm(a);
	if (actions & US6_DAD_ASSIGN)
		us6_dad_assign(a);
	if (actions & US6_DAD_FAIL)
		us6_dad_fail(a);
}

void us6_dad_start(struct us6_addr *a, bool delay)
{
	struct us6_dad_tunables t;
	bool optimistic;
	u32 actions = 0;

	ASSERT_RTNL();
	us6_dad_tunables(a, delay, &t);
	/* us6_addr_dev_up() comes back to it. */
	if (t.wanted && !us6_dev_ready(us6_dev_of(a->ifa.idev)))
		return;
	spin_lock_bh(&a->ifa.lock);
	if (a->ifa.state == INET6_IFADDR_STATE_PREDAD) {
		a->ifa.state = INET6_IFADDR_STATE_DAD;
		actions = us6_dad_event(a, US6_DAD_EV_START, &t);
	}
	optimistic = a->ifa.flags & IFA_F_OPTIMISTIC;
	spin_unlock_bh(&a->ifa.lock);
	/* In use before the answer is known: who listens shall know it. */
	if (optimistic && (actions & US6_DAD_ARM))
		us6_notify_addr(RTM_NEWADDR, a);
	us6_dad_act(a, actions);
}

void us6_dad_work(struct us6_addr *a)
{
	struct us6_dad_tunables t;
	u32 actions = 0;

	ASSERT_RTNL();
	us6_dad_tunables(a, false, &t);
	spin_lock_bh(&a->ifa.lock);
	a->dad_armed = false;
	if (a->ifa.state == INET6_IFADDR_STATE_DAD)
		actions = us6_dad_event(a, US6_DAD_EV_TIMER, &t);
	spin_unlock_bh(&a->ifa.lock);
	us6_dad_act(a, actions);
}

/* ---- what the wire says; softirq ------------------------------------------- */

static void us6_dad_conflict(struct us6_addr *a)
{
	const struct us6_dad_tunables none = {};
	u32 actions = 0;

	spin_lock_bh(&a->ifa.lock);
	if (a->ifa.state == INET6_IFADDR_STATE_DAD)
		actions = us6_dad_event(a, US6_DAD_EV_CONFLICT, &none);
	spin_unlock_bh(&a->ifa.lock);
	if (actions & US6_DAD_ARM)
		us6_addr_arm(a);
}

void us6_dad_solicited(struct us6_addr *a, u64 nonce)
{
	/* Our own, come back over a looped link: RFC 7527 section 4.2. */
	if (nonce && nonce == READ_ONCE(a->ifa.dad_nonce)) {
		net_dbg_ratelimited("%s: own solicitation for %pI6c came back\n",
				    a->ifa.idev->dev->name, &a->ifa.addr);
		return;
	}
	us6_dad_conflict(a);
}

void us6_dad_advertised(struct us6_addr *a)
{
	if (READ_ONCE(a->ifa.flags) & IFA_F_TENTATIVE) {
		us6_dad_conflict(a);
		return;
	}
	/* Too late to be sure who is right: RFC 4862 section 5.4.4. */
	net_warn_ratelimited("%s: somebody advertises our address %pI6c\n",
			     a->ifa.idev->dev->name, &a->ifa.addr);
}
