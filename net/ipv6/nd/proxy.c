// SPDX-License-Identifier: GPL-2.0
/*
 * Addresses for which we answer in another's place, RFC 4861 7.2.8.
 */
#include <net/addrconf.h>
#include <net/us6/mcast.h>
#include "room.h"

struct us6_proxy *us6_proxy_get_rcu(struct us6_nd_dev *nd,
				    const struct in6_addr *addr)
{
	struct us6_proxy *p;

	hlist_for_each_entry_rcu(p, &nd->proxies, node,
				 lockdep_is_held(&nd->proxy_lock))
		if (ipv6_addr_equal(&p->addr, addr))
			return p;
	return NULL;
}

bool us6_nd_proxied(struct us6_dev *udev, const struct in6_addr *addr)
{
	struct net *net = us6_dev_net(udev);

	if (!udev->nd || hlist_empty(&udev->nd->proxies))
		return false;
	if (!us6_dev_is_router(udev) ||
	    (!READ_ONCE(udev->idev.cnf.proxy_ndp) &&
	     !READ_ONCE(net->ipv6.devconf_all->proxy_ndp)))
		return false;
	return us6_proxy_get_rcu(udev->nd, addr);
}

int us6_proxy_set(struct us6_nd_dev *nd, const struct in6_addr *addr, u8 flags,
		  u8 protocol)
{
	struct us6_proxy *p, *old;
	struct in6_addr group;
	int err;

	p = kzalloc(sizeof(*p), GFP_KERNEL);
	if (!p)
		return -ENOBUFS;
	p->addr = *addr;
	p->flags = flags;
	p->protocol = protocol;

	/* RFC 4861 7.2.8: joined before we are expected to hear anything. */
	addrconf_addr_solict_mult(addr, &group);
	err = us6_group_join(nd->udev, &group);
	if (err) {
		kfree(p);
		return err;
	}

	spin_lock_bh(&nd->proxy_lock);
	old = us6_proxy_get_rcu(nd, addr);
	if (old) {
		WRITE_ONCE(old->flags, flags);
		if (protocol)
			WRITE_ONCE(old->protocol, protocol);
	} else {
		hlist_add_head_rcu(&p->node, &nd->proxies);
	}
	spin_unlock_bh(&nd->proxy_lock);
	if (old) {
		us6_group_leave(nd->udev, &group);
		kfree(p);
	}
	return 0;
}

static void proxy_gone(struct us6_nd_dev *nd, struct us6_proxy *p)
{
	struct in6_addr group;

	addrconf_addr_solict_mult(&p->addr, &group);
	us6_group_leave(nd->udev, &group);
	kfree_rcu(p, rcu);
}

int us6_proxy_del(struct us6_nd_dev *nd, const struct in6_addr *addr)
{
	struct us6_proxy *p;

	spin_lock_bh(&nd->proxy_lock);
	p = us6_proxy_get_rcu(nd, addr);
	if (p)
		hlist_del_rcu(&p->node);
	spin_unlock_bh(&nd->proxy_lock);
	if (!p)
		return -ENOENT;
	proxy_gone(nd, p);
	return 0;
}

void us6_proxy_flush(struct us6_nd_dev *nd)
{
	struct us6_proxy *p;

	for (;;) {
		spin_lock_bh(&nd->proxy_lock);
		p = hlist_entry_safe(nd->proxies.first, struct us6_proxy, node);
		if (p)
			hlist_del_rcu(&p->node);
		spin_unlock_bh(&nd->proxy_lock);
		if (!p)
			return;
		proxy_gone(nd, p);
	}
}

int us6_proxy_request(struct us6_dev *udev, const struct in6_addr *addr,
		      bool add, u8 flags, u8 protocol)
{
	if (!udev->nd)
		return -ENOENT;
	return add ? us6_proxy_set(udev->nd, addr, flags, protocol) :
		     us6_proxy_del(udev->nd, addr);
}
