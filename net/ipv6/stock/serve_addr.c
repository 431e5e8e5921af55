// SPDX-License-Identifier: GPL-2.0
/*
 * us6: addresses, groups and neighbour messages for other kernel code.
 */
#include <linux/rtnetlink.h>
#include <net/us6/addr.h>
#include <net/us6/mcast.h>
#include <net/us6/nd.h>
#include "serve.h"
#include "stock.h"

int us6_serve_chk_addr(struct net *net, const struct in6_addr *addr,
		       const struct net_device *dev, int strict)
{
	return us6_addr_check(net, addr, dev, strict, IFA_F_TENTATIVE);
}

/*
 * @skip_dev_check: @dev only names the L3 domain, an address on any of its
 * interfaces counts; without it @dev must carry the address itself, unless the
 * address is global and @strict is 0.
 */
int us6_serve_chk_addr_and_flags(struct net *net, const struct in6_addr *addr,
				 const struct net_device *dev,
				 bool skip_dev_check, int strict,
				 u32 banned_flags)
{
	return us6_addr_check(net, addr, dev, !skip_dev_check && strict,
			      banned_flags);
}

int us6_serve_chk_prefix(const struct in6_addr *addr, struct net_device *dev)
{
	return us6_addr_prefix_local(addr, dev);
}

bool us6_serve_chk_custom_prefix(const struct in6_addr *addr,
				 const unsigned int prefix_len,
				 struct net_device *dev)
{
	struct inet6_ifaddr *ifa;
	struct inet6_dev *idev;
	bool found = false;

	rcu_read_lock();
	idev = __in6_dev_get(dev);
	if (idev)
		list_for_each_entry_rcu(ifa, &idev->addr_list, if_list)
			if (ipv6_prefix_equal(addr, &ifa->addr, prefix_len)) {
				found = true;
				break;
			}
	rcu_read_unlock();
	return found;
}

static int us6_serve_mc_inc(struct net_device *dev, const struct in6_addr *addr)
{
	struct inet6_dev *idev = in6_dev_get(dev);
	int err;

	if (!idev)
		return -EINVAL;
	err = us6_group_join(us6_dev_of(idev), addr);
	in6_dev_put(idev);
	return err;
}

static int us6_serve_mc_dec(struct net_device *dev, const struct in6_addr *addr)
{
	struct inet6_dev *idev = in6_dev_get(dev);
	int err;

	if (!idev)
		return -ENODEV;
	err = us6_group_leave(us6_dev_of(idev), addr);
	in6_dev_put(idev);
	return err;
}

US6_DRAINED(int, ipv6_dev_mc_inc, us6_serve_mc_inc,
	    (struct net_device *dev, const struct in6_addr *addr), (dev, addr))
US6_DRAINED(int, ipv6_dev_mc_dec, us6_serve_mc_dec,
	    (struct net_device *dev, const struct in6_addr *addr), (dev, addr))

static void us6_serve_add_linklocal(struct inet6_dev *idev,
				    const struct in6_addr *addr, u32 flags)
{
	us6_linklocal_add(us6_dev_of(idev), addr, flags);
}

US6_DRAINED_VOID(addrconf_add_linklocal, us6_serve_add_linklocal,
		 (struct inet6_dev *idev, const struct in6_addr *addr,
		  u32 flags), (idev, addr, flags))

void us6_serve_send_na(struct net_device *dev, const struct in6_addr *daddr,
		       const struct in6_addr *solicited_addr, bool router,
		       bool solicited, bool override, bool inc_opt)
{
	struct us6_dev *udev;

	rcu_read_lock();
	udev = us6_dev_rcu(dev);
	if (udev)
		us6_nd_send_na(udev, daddr, solicited_addr, router, solicited,
			       override, inc_opt);
	rcu_read_unlock();
}
