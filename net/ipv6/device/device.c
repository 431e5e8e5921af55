// SPDX-License-Identifier: GPL-2.0
/*
 * The IPv6 state of one interface: made, started, stopped, taken apart.
 *
 * Other rooms never listen to the device layer: notifier.c turns its events into
 * the few transitions here, and each transition calls the rooms in one order.
 * Upwards: neighbours, groups, routes, addresses, since an address joins a group
 * and makes routes.  Downwards the reverse.
 *
 * Teardown: addresses gone, dev->ip6_ptr cleared, state marked dead, rooms
 * unlinked; whoever holds a reference keeps the memory, and the device with it,
 * until us6_dev_free().
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/delay.h>
#include <linux/module.h>
#include <linux/netconf.h>
#include <linux/slab.h>
#include <net/addrconf.h>
#include <net/sch_generic.h>
#include <net/snmp.h>
#include <net/us6/addr.h>
#include <net/us6/ctl.h>
#include <net/us6/mcast.h>
#include <net/us6/nd.h>
#include <net/us6/path.h>
#include <net/us6/route.h>
#include <net/us6/us6.h>
#include "internal.h"

/* States that are not freed yet: unload waits for zero. */
static atomic_t us6_dev_count = ATOMIC_INIT(0);

/* ---- memory -------------------------------------------------------------- */

static void us6_dev_stats_free(struct inet6_dev *idev)
{
	kfree(idev->stats.icmpv6msgdev);
	kfree(idev->stats.icmpv6dev);
	free_percpu(idev->stats.ipv6);
}

/* In the shape that the stock destructor would free. */
static int us6_dev_stats_alloc(struct inet6_dev *idev)
{
	int cpu;

	idev->stats.ipv6 = alloc_percpu_gfp(struct ipstats_mib,
					    GFP_KERNEL_ACCOUNT);
	idev->stats.icmpv6dev = kzalloc(sizeof(*idev->stats.icmpv6dev),
					GFP_KERNEL);
	idev->stats.icmpv6msgdev = kzalloc(sizeof(*idev->stats.icmpv6msgdev),
					   GFP_KERNEL_ACCOUNT);
	if (!idev->stats.ipv6 || !idev->stats.icmpv6dev ||
	    !idev->stats.icmpv6msgdev)
		return -ENOMEM;
	for_each_possible_cpu(cpu)
		u64_stats_init(&per_cpu_ptr(idev->stats.ipv6, cpu)->syncp);
	return 0;
}

static void us6_dev_free_rcu(struct rcu_head *head)
{
	struct inet6_dev *idev = container_of(head, struct inet6_dev, rcu);
	struct us6_dev *udev = us6_dev_of(idev);

	us6_addr_dev_destroy(udev);
	us6_route_dev_destroy(udev);
	us6_mcast_dev_destroy(udev);
	us6_nd_dev_destroy(udev);
	us6_dev_stats_free(idev);
	kfree(udev);
	atomic_dec(&us6_dev_count);
}

void us6_dev_free(struct inet6_dev *idev)
{
	WARN_ON(!list_empty(&idev->addr_list));
	netdev_put(idev->dev, &idev->dev_tracker);
	if (WARN_ON(!idev->dead))
		return;
	call_rcu(&idev->rcu, us6_dev_free_rcu);
}

/* Values that depend on the kind of device. */
static void us6_dev_fit_link(struct inet6_dev *idev)
{
	const struct net_device *dev = idev->dev;

	idev->cnf.mtu6 = dev->mtu;
	/* No duplicate can exist where nobody answers. RFC 4862 section 5.4. */
	if (dev->flags & (IFF_NOARP | IFF_LOOPBACK))
		idev->cnf.accept_dad = -1;
	if (dev->type == ARPHRD_SIT && (dev->priv_flags & IFF_ISATAP))
		idev->cnf.rtr_solicits = 0;
	/* Temporary addresses hide nothing on a tunnel or on loopback. */
	if ((dev->flags & IFF_LOOPBACK) || dev->type == ARPHRD_TUNNEL ||
	    dev->type == ARPHRD_TUNNEL6 || dev->type == ARPHRD_SIT ||
	    dev->type == ARPHRD_NONE)
		idev->cnf.use_tempaddr = -1;
}

static struct us6_dev *us6_dev_alloc(struct net_device *dev)
{
	struct us6_dev *udev = kzalloc(sizeof(*udev), GFP_KERNEL_ACCOUNT);
	struct inet6_dev *idev;

	if (!udev)
		return NULL;
	idev = &udev->idev;
	idev->dev = dev;
	rwlock_init(&idev->lock);
	mutex_init(&idev->mc_lock);
	spin_lock_init(&idev->mc_query_lock);
	spin_lock_init(&idev->mc_report_lock);
	skb_queue_head_init(&idev->mc_query_queue);
	skb_queue_head_init(&idev->mc_report_queue);
	INIT_LIST_HEAD(&idev->addr_list);
	INIT_LIST_HEAD(&idev->tempaddr_list);
	refcount_set(&idev->refcnt, 1);
	idev->desync_factor = U32_MAX;
	idev->tstamp = jiffies;
	memcpy(&idev->cnf, dev_net(dev)->ipv6.devconf_dflt, sizeof(idev->cnf));
	idev->cnf.sysctl_header = NULL;
	us6_dev_fit_link(idev);
	return udev;
}

/* Rooms of a new state, in order; undone in reverse. */
static const struct us6_dev_room {
	int	(*create)(struct us6_dev *udev);
	void	(*destroy)(struct us6_dev *udev);
} us6_dev_rooms[] = {
	{ us6_nd_dev_create,	us6_nd_dev_destroy },
	{ us6_mcast_dev_create,	us6_mcast_dev_destroy },
	{ us6_route_dev_create,	us6_route_dev_destroy },
	{ us6_addr_dev_create,	us6_addr_dev_destroy },
};

static int us6_dev_rooms_create(struct us6_dev *udev)
{
	int i, err;

	for (i = 0; i < ARRAY_SIZE(us6_dev_rooms); i++) {
		err = us6_dev_rooms[i].create(udev);
		if (err)
			goto undo;
	}
	return 0;
undo:
	/* nd/ may hold parms and timers already: it takes them apart first. */
	if (i > 0)
		us6_nd_dev_unlink(udev);
	while (i--)
		us6_dev_rooms[i].destroy(udev);
	return err;
}

static struct us6_dev *us6_dev_make(struct net_device *dev)
{
	struct us6_dev *udev;
	int err;

	ASSERT_RTNL();
	udev = us6_dev_alloc(dev);
	if (!udev)
		return ERR_PTR(-ENOMEM);
	netdev_hold(dev, &udev->idev.dev_tracker, GFP_KERNEL);
	err = us6_dev_stats_alloc(&udev->idev);
	if (!err)
		err = us6_dev_rooms_create(udev);
	if (err) {
		netdev_put(dev, &udev->idev.dev_tracker);
		us6_dev_stats_free(&udev->idev);
		kfree(udev);
		return ERR_PTR(err);
	}
	atomic_inc(&us6_dev_count);
	return udev;
}

struct us6_dev *us6_dev_create(struct net_device *dev)
{
	struct us6_dev *udev = us6_dev_make(dev);
	int err;

	if (IS_ERR(udev))
		return udev;
	err = us6_conf_dev_register(udev);
	if (err) {
		udev->idev.dead = 1;
		set_bit(US6_DEV_DEAD, &udev->flags);
		us6_mcast_dev_unlink(udev);
		us6_nd_dev_unlink(udev);
		us6_dev_put(udev);
		return ERR_PTR(err);
	}
	us6_proc_mib_dev_add(udev);
	rcu_assign_pointer(dev->ip6_ptr, &udev->idev);
	us6_notify_netconf(dev_net(dev), NETCONFA_ALL, dev->ifindex,
			   &udev->idev.cnf);
	return udev;
}

/* ---- up and down ----------------------------------------------------------- */

static bool us6_dev_may_run(const struct net_device *dev)
{
	/* A port of a bond speaks through its master. */
	return netif_oper_up(dev) && netif_running(dev) &&
	       !qdisc_tx_is_noop(dev) && !(dev->flags & IFF_SLAVE) &&
	       dev->mtu >= US6_MIN_MTU;
}

void us6_dev_up(struct us6_dev *udev)
{
	struct inet6_dev *idev = &udev->idev;

	ASSERT_RTNL();
	if (us6_dev_ready(udev) || idev->cnf.disable_ipv6)
		return;
	/* Without carrier a duplicate can't be found; CHANGE will come. */
	if (!us6_dev_may_run(idev->dev)) {
		if (netif_running(idev->dev) &&
		    !(idev->dev->flags & IFF_SLAVE))
			us6_route_dev_open(udev);
		return;
	}
	write_lock_bh(&idev->lock);
	idev->if_flags |= IF_READY;
	write_unlock_bh(&idev->lock);
	set_bit(US6_DEV_READY, &udev->flags);

	us6_nd_dev_up(udev);
	us6_mcast_dev_up(udev);
	us6_route_dev_up(udev);
	us6_addr_dev_up(udev);

	idev->tstamp = jiffies;
	us6_notify_link(RTM_NEWLINK, udev);
}

static void us6_dev_stop(struct us6_dev *udev, bool unregister)
{
	struct inet6_dev *idev = &udev->idev;
	bool was_ready;

	ASSERT_RTNL();
	write_lock_bh(&idev->lock);
	idev->if_flags &= ~(IF_RS_SENT | IF_RA_RCVD | IF_RA_MANAGED |
			    IF_RA_OTHERCONF | IF_READY);
	write_unlock_bh(&idev->lock);
	was_ready = test_and_clear_bit(US6_DEV_READY, &udev->flags);

	/* Addresses may exist on a device that was never ready. */
	us6_addr_dev_down(udev, unregister);
	us6_route_dev_down(udev);
	if (was_ready) {
		us6_mcast_dev_down(udev);
		us6_nd_dev_down(udev);
	}
	/* The link's own limit applies again until a router says otherwise. */
	WRITE_ONCE(idev->cnf.mtu6, idev->dev->mtu);
	idev->ra_mtu = 0;
	idev->tstamp = jiffies;
	if (was_ready && !unregister)
		us6_notify_link(RTM_NEWLINK, udev);
}

void us6_dev_down(struct us6_dev *udev)
{
	us6_dev_stop(udev, false);
}

void us6_dev_disable(struct us6_dev *udev)
{
	ASSERT_RTNL();
	WRITE_ONCE(udev->idev.cnf.disable_ipv6, 1);
	us6_dev_down(udev);
}

void us6_dev_destroy(struct net_device *dev)
{
	struct us6_dev *udev = us6_dev_rtnl(dev);

	ASSERT_RTNL();
	if (!udev)
		return;
	us6_dev_stop(udev, true);
	us6_notify_link(RTM_DELLINK, udev);
	us6_notify_netconf(dev_net(dev), NETCONFA_ALL, dev->ifindex, NULL);
	us6_conf_dev_unregister(udev);
	us6_proc_mib_dev_del(udev);

	udev->idev.dead = 1;
	set_bit(US6_DEV_DEAD, &udev->flags);
	RCU_INIT_POINTER(dev->ip6_ptr, NULL);
	synchronize_net();

	us6_route_dev_unlink(udev);
	us6_mcast_dev_unlink(udev);
	us6_nd_dev_unlink(udev);
	us6_dev_put(udev);
}

void us6_dev_role_changed(struct us6_dev *udev)
{
	ASSERT_RTNL();
	us6_addr_dev_role_changed(udev);
	us6_mcast_dev_role_changed(udev);
	us6_nd_dev_role_changed(udev);
}

void us6_dev_ra_params(struct us6_dev *udev, u32 mtu, u8 hop_limit)
{
	struct inet6_dev *idev = &udev->idev;

	if (hop_limit)
		WRITE_ONCE(idev->cnf.hop_limit, hop_limit);
	if (mtu < US6_MIN_MTU || mtu > READ_ONCE(idev->dev->mtu))
		return;
	WRITE_ONCE(idev->ra_mtu, mtu);
	if (READ_ONCE(idev->cnf.mtu6) != mtu) {
		WRITE_ONCE(idev->cnf.mtu6, mtu);
		us6_route_dev_mtu(udev);
	}
}

/* ---- blackhole_netdev ------------------------------------------------------- */

/*
 * The device that dsts of a vanished device point to.  They count and read their
 * configuration through its state, so it exists as long as any dst may.
 */
static struct us6_dev *us6_blackhole;

int us6_blackhole_create(void)
{
	struct us6_dev *udev;

	rtnl_lock();
	udev = us6_dev_make(blackhole_netdev);
	if (!IS_ERR(udev)) {
		us6_dev_hold(udev);
		us6_blackhole = udev;
		rcu_assign_pointer(blackhole_netdev->ip6_ptr, &udev->idev);
	}
	rtnl_unlock();
	return PTR_ERR_OR_ZERO(udev);
}

void us6_blackhole_unlink(void)
{
	rtnl_lock();
	us6_blackhole->idev.dead = 1;
	set_bit(US6_DEV_DEAD, &us6_blackhole->flags);
	us6_mcast_dev_unlink(us6_blackhole);
	us6_nd_dev_unlink(us6_blackhole);
	rtnl_unlock();
}

void us6_blackhole_put(void)
{
	if (!us6_blackhole)
		return;
	RCU_INIT_POINTER(blackhole_netdev->ip6_ptr, NULL);
	synchronize_net();
	us6_dev_put(us6_blackhole);
	us6_dev_put(us6_blackhole);
	us6_blackhole = NULL;
}

/* ---- rungs ----------------------------------------------------------------- */

void us6_dev_wait_gone(void)
{
	unsigned long end = jiffies + 10 * HZ;

	for (;;) {
		rcu_barrier();
		if (!atomic_read(&us6_dev_count)) {
			/* The last callback may just be returning. */
			rcu_barrier();
			return;
		}
		if (time_after(jiffies, end))
			break;
		msleep(20);
	}
	pr_err("%d interface states are still held and leak\n",
	       atomic_read(&us6_dev_count));
}

int us6_device_init(void)
{
	return us6_netns_init();
}

void us6_device_exit(void)
{
	us6_blackhole_put();
	us6_dev_wait_gone();
	us6_netns_exit();
}

int us6_device_start(void)
{
	int err;

	err = us6_blackhole_create();
	if (err)
		return err;
	err = us6_notifier_start();
	if (err) {
		us6_blackhole_unlink();
		return err;
	}
	return 0;
}

void us6_device_stop(void)
{
	us6_notifier_stop();
	us6_blackhole_unlink();
}
