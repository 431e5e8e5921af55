// SPDX-License-Identifier: GPL-2.0
/*
 * Events of the device layer, turned into transitions of our state.
 *
 * Registering replays REGISTER and UP for every device of every namespace, and
 * unregistering DOWN and UNREGISTER: loading late and unloading are no paths of
 * their own.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/netdevice.h>
#include <net/addrconf.h>
#include <net/us6/addr.h>
#include <net/us6/ctl.h>
#include <net/us6/mcast.h>
#include <net/us6/nd.h>
#include <net/us6/route.h>
#include "internal.h"

static int us6_ev_register(struct net_device *dev)
{
	struct us6_dev *udev;

	if (us6_dev_rtnl(dev) || dev->mtu < US6_MIN_MTU)
		return NOTIFY_DONE;
	udev = us6_dev_create(dev);
	if (IS_ERR(udev))
		return notifier_from_errno(PTR_ERR(udev));
	return NOTIFY_DONE;
}

/* The MTU may have changed while the device was down. */
static void us6_ev_sync_mtu(struct us6_dev *udev)
{
	struct inet6_dev *idev = &udev->idev;

	if (idev->cnf.mtu6 == idev->dev->mtu)
		return;
	WRITE_ONCE(idev->cnf.mtu6, idev->dev->mtu);
	us6_route_dev_mtu(udev);
}

static void us6_ev_up(struct net_device *dev)
{
	struct us6_dev *udev = us6_dev_rtnl(dev);

	if (dev->flags & IFF_SLAVE)
		return;
	if (!udev && dev->mtu >= US6_MIN_MTU) {
		udev = us6_dev_create(dev);
		if (IS_ERR(udev)) {
			netdev_err(dev, "no memory for IPv6\n");
			return;
		}
	}
	if (!udev)
		return;
	us6_ev_sync_mtu(udev);
	us6_dev_up(udev);
}

/* Carrier, or flags like IFF_NOARP. */
static void us6_ev_change(struct net_device *dev)
{
	struct us6_dev *udev = us6_dev_rtnl(dev);

	if (!udev || (dev->flags & IFF_SLAVE))
		return;
	if (!us6_dev_ready(udev)) {
		us6_ev_up(dev);
		return;
	}
	if (!netif_carrier_ok(dev)) {
		us6_nd_dev_carrier_lost(udev);
		us6_route_dev_carrier(udev, false);
		return;
	}
	us6_route_dev_carrier(udev, true);
	/* Perhaps another switch or router is behind it now. */
	us6_mcast_dev_resend(udev);
	us6_nd_solicit_routers(udev);
}

static void us6_ev_mtu(struct net_device *dev)
{
	struct us6_dev *udev = us6_dev_rtnl(dev);

	if (dev->mtu < US6_MIN_MTU) {
		/* RFC 8200 section 5: IPv6 can't be run here. */
		us6_dev_destroy(dev);
		return;
	}
	if (udev)
		us6_ev_sync_mtu(udev);
	else if (dev->flags & IFF_UP)
		us6_ev_up(dev);
	else
		us6_ev_register(dev);
}

static void us6_ev_down(struct net_device *dev)
{
	struct us6_dev *udev = us6_dev_rtnl(dev);

	if (udev)
		us6_dev_down(udev);
}

static int us6_ev_rename(struct net_device *dev)
{
	struct us6_dev *udev = us6_dev_rtnl(dev);

	if (!udev)
		return NOTIFY_DONE;
	us6_conf_dev_unregister(udev);
	us6_nd_dev_renamed(udev);
	us6_proc_mib_dev_del(udev);
	us6_proc_mib_dev_add(udev);
	return notifier_from_errno(us6_conf_dev_register(udev));
}

/* Routes and addresses of one L3 domain mean nothing in another. */
static void us6_ev_upper(struct net_device *dev,
			 const struct netdev_notifier_changeupper_info *info)
{
	struct us6_dev *udev = us6_dev_rtnl(dev);

	if (udev && info->upper_dev && netif_is_l3_master(info->upper_dev))
		us6_dev_down(udev);
}

/* The link layer moved (failover, migration): tell the neighbours. */
static void us6_ev_notify_peers(struct net_device *dev)
{
	struct us6_dev *udev = us6_dev_rtnl(dev);
	struct inet6_ifaddr *ifa;

	if (!udev || !us6_dev_ready(udev))
		return;
	rcu_read_lock();
	list_for_each_entry_rcu(ifa, &udev->idev.addr_list, if_list) {
		/* RFC 4862 section 5.4, RFC 4429 section 3.3 */
		if (READ_ONCE(ifa->flags) & (IFA_F_TENTATIVE | IFA_F_DADFAILED))
			continue;
		us6_nd_send_na(udev, &in6addr_linklocal_allnodes, &ifa->addr,
			       us6_dev_is_router(udev), false, true, true);
	}
	rcu_read_unlock();
}

static void us6_ev_type(struct net_device *dev, bool before)
{
	struct us6_dev *udev = us6_dev_rtnl(dev);

	if (!udev || !us6_dev_ready(udev))
		return;
	/* The mapping of groups to link-layer addresses changes. */
	if (before)
		us6_mcast_dev_down(udev);
	else
		us6_mcast_dev_up(udev);
}

static int us6_netdev_event(struct notifier_block *nb, unsigned long event,
			    void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);
	struct us6_dev *udev;

	switch (event) {
	case NETDEV_REGISTER:
		return us6_ev_register(dev);
	case NETDEV_UP:
		us6_ev_up(dev);
		break;
	case NETDEV_CHANGE:
		us6_ev_change(dev);
		break;
	case NETDEV_DOWN:
		us6_ev_down(dev);
		break;
	case NETDEV_UNREGISTER:
		us6_dev_destroy(dev);
		break;
	case NETDEV_CHANGEMTU:
		us6_ev_mtu(dev);
		break;
	case NETDEV_CHANGENAME:
		return us6_ev_rename(dev);
	case NETDEV_CHANGEUPPER:
		us6_ev_upper(dev, ptr);
		break;
	case NETDEV_CHANGEADDR:
		udev = us6_dev_rtnl(dev);
		if (udev)
			us6_nd_dev_lladdr_changed(udev);
		break;
	case NETDEV_NOTIFY_PEERS:
		us6_ev_notify_peers(dev);
		break;
	case NETDEV_RESEND_IGMP:
		udev = us6_dev_rtnl(dev);
		if (udev && us6_dev_ready(udev))
			us6_mcast_dev_resend(udev);
		break;
	case NETDEV_PRE_TYPE_CHANGE:
		us6_ev_type(dev, true);
		break;
	case NETDEV_POST_TYPE_CHANGE:
		us6_ev_type(dev, false);
		break;
	}
	return NOTIFY_DONE;
}

static struct notifier_block us6_netdev_nb = {
	.notifier_call	= us6_netdev_event,
	/* Stock's: IPVS puts itself 5 above. */
	.priority	= ADDRCONF_NOTIFY_PRIORITY,
};

int us6_notifier_start(void)
{
	return register_netdevice_notifier(&us6_netdev_nb);
}

void us6_notifier_stop(void)
{
	unregister_netdevice_notifier(&us6_netdev_nb);
}
