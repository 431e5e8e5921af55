// SPDX-License-Identifier: GPL-2.0
#include <net/us6/addr.h>
#include <net/us6/us6.h>

int us6_addr_init(void)
{
	return 0;
}

void us6_addr_exit(void)
{
}

bool us6_addr_check(struct net *net, const struct in6_addr *addr,
		    const struct net_device *dev, bool strict, u32 banned)
{
	return false;
}

struct us6_addr *us6_addr_find(struct net *net, const struct in6_addr *addr,
			       const struct net_device *dev, bool strict)
{
	return NULL;
}

void us6_addr_put(struct us6_addr *a)
{
}

int us6_addr_linklocal(const struct us6_dev *udev, struct in6_addr *addr,
		       u32 banned)
{
	return -EADDRNOTAVAIL;
}

int us6_select_saddr(struct net *net, const struct net_device *dst_dev,
		     const struct in6_addr *daddr, unsigned int prefs,
		     struct in6_addr *saddr)
{
	return -EADDRNOTAVAIL;
}

bool us6_addr_prefix_local(const struct in6_addr *addr,
			   const struct net_device *dev)
{
	return false;
}

struct net_device *us6_dev_find_addr(struct net *net,
				     const struct in6_addr *addr,
				     struct net_device *dev)
{
	return NULL;
}

bool us6_anycast_check(struct net *net, const struct net_device *dev,
		       const struct in6_addr *addr)
{
	return false;
}

void us6_slaac_prefix(struct us6_dev *udev, const struct us6_pio *pio)
{
}

void us6_dad_solicited(struct us6_addr *a, u64 nonce)
{
}

void us6_dad_advertised(struct us6_addr *a)
{
}

struct us6_addr *us6_addr_add(struct us6_dev *udev,
			      const struct us6_addr_cfg *cfg,
			      struct netlink_ext_ack *extack)
{
	return ERR_PTR(-EOPNOTSUPP);
}

int us6_addr_modify(struct us6_addr *a, const struct us6_addr_cfg *cfg,
		    struct netlink_ext_ack *extack)
{
	return -EOPNOTSUPP;
}

void us6_addr_del(struct us6_addr *a)
{
}

int us6_addr_dev_create(struct us6_dev *udev)
{
	return 0;
}

void us6_addr_dev_up(struct us6_dev *udev)
{
}

void us6_addr_dev_down(struct us6_dev *udev, bool unregister)
{
}

void us6_addr_dev_role_changed(struct us6_dev *udev)
{
}

void us6_addr_dev_gen_mode(struct us6_dev *udev)
{
}

void us6_addr_dev_destroy(struct us6_dev *udev)
{
}
