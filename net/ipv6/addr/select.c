// SPDX-License-Identifier: GPL-2.0
/*
 * Source address selection, RFC 6724 section 5.  The rules are in select_core.c;
 * here are the candidates (section 4) and what the rules ask of each.
 */
#include <linux/module.h>
#include <net/addrconf.h>
#include <net/l3mdev.h>
#include <net/us6/addr.h>
#include "internal.h"
#include "select_core.h"

/* One look for the best. */
struct us6_select {
	struct net			*net;
	const struct net_device		*oif;	/* or NULL */
	const struct in6_addr		*daddr;
	unsigned int			prefs;	/* IPV6_PREFER_SRC_* */
	u32				label;	/* of daddr */
	struct us6_select_query		q;
	struct us6_cand			best;
	const struct inet6_ifaddr	*found;
};

#define US6_PREFER_PUBTMP	(IPV6_PREFER_SRC_TMP | IPV6_PREFER_SRC_PUBLIC | \
				 IPV6_PREFER_SRC_PUBTMP_DEFAULT)

static bool us6_select_use_optimistic(const struct us6_select *s,
				      const struct inet6_dev *idev)
{
#ifdef CONFIG_IPV6_OPTIMISTIC_DAD
	return s->net->ipv6.devconf_all->use_optimistic ||
	       idev->cnf.use_optimistic;
#else
	return false;
#endif
}

/* Rule 7 has no default of its own here: use_tempaddr says what is preferred. */
static bool us6_select_wants_temp(const struct us6_select *s,
				  const struct inet6_dev *idev)
{
	if (s->prefs & IPV6_PREFER_SRC_TMP)
		return true;
	if (s->prefs & IPV6_PREFER_SRC_PUBLIC)
		return false;
	return READ_ONCE(idev->cnf.use_tempaddr) >= 2;
}

static void us6_select_facts(struct us6_select *s,
			     const struct inet6_ifaddr *ifa, u32 flags,
			     struct us6_cand *c)
{
	const struct inet6_dev *idev = ifa->idev;

	c->same = ipv6_addr_equal(&ifa->addr, s->daddr);
	c->scope = ipv6_addr_src_scope(&ifa->addr);
	c->deprecated = (flags & IFA_F_DEPRECATED) ||
			((flags & IFA_F_OPTIMISTIC) &&
			 !us6_select_use_optimistic(s, idev));
	c->home = flags & IFA_F_HOMEADDRESS;
	c->on_oif = !s->oif || idev->dev == s->oif;
	c->from_router = false;
	c->label = us6_label_get(s->net, &ifa->addr,
				 idev->dev->ifindex) == s->label;
	c->temporary = flags & IFA_F_TEMPORARY;
	c->match = min_t(unsigned int, ipv6_addr_diff(&ifa->addr, s->daddr),
			 ifa->prefix_len);
}

static void us6_select_dev(struct us6_select *s, const struct inet6_dev *idev)
{
	const struct inet6_ifaddr *ifa;
	struct us6_cand c;
	u32 flags;

	s->q.prefer_temp = us6_select_wants_temp(s, idev);
	list_for_each_entry_rcu(ifa, &idev->addr_list, if_list) {
		flags = READ_ONCE(ifa->flags);
		/* Not assigned: section 4. Anycast and multicast are no sources. */
		if ((flags & IFA_F_TENTATIVE) && !(flags & IFA_F_OPTIMISTIC))
			continue;
		if ((flags & IFA_F_DADFAILED) ||
		    ipv6_addr_type(&ifa->addr) & IPV6_ADDR_MULTICAST)
			continue;
		us6_select_facts(s, ifa, flags, &c);
		if (!s->found || us6_select_better(&c, &s->best, &s->q) > 0) {
			s->best = c;
			s->found = ifa;
		}
	}
}

/*
 * Section 4: all interfaces of the host, but for destinations that mean nothing
 * beyond the link.  A VRF is a host of its own.
 */
static void us6_select_all(struct us6_select *s)
{
	const struct net_device *master = l3mdev_master_dev_rcu(s->oif);
	struct net_device *dev;
	struct inet6_dev *idev;

	for_each_netdev_rcu(s->net, dev) {
		if (l3mdev_master_dev_rcu(dev) != master)
			continue;
		idev = __in6_dev_get(dev);
		if (idev)
			us6_select_dev(s, idev);
	}
}

static bool us6_select_oif_only(const struct us6_select *s,
				const struct inet6_dev *idev)
{
	int type = __ipv6_addr_type(s->daddr);

	if (type & (IPV6_ADDR_MULTICAST | IPV6_ADDR_LINKLOCAL))
		return true;
	return s->net->ipv6.devconf_all->use_oif_addrs_only ||
	       (idev && idev->cnf.use_oif_addrs_only);
}

/*
 * Traffic through a VRF device itself (no enslaved one chosen) may use any address
 * of the VRF; a link-local destination that of its own interface only.
 */
int us6_select_saddr(struct net *net, const struct net_device *dst_dev,
		     const struct in6_addr *daddr, unsigned int prefs,
		     struct in6_addr *saddr)
{
	struct us6_select s = {
		.net = net,
		.oif = dst_dev,
		.daddr = daddr,
		.prefs = prefs,
	};
	struct inet6_dev *idev;
	int err = -EADDRNOTAVAIL;

	rcu_read_lock();
	s.label = us6_label_get(net, daddr, dst_dev ? dst_dev->ifindex : 0);
	s.q.scope = ipv6_addr_src_scope(daddr);
	s.q.prefer_coa = prefs & IPV6_PREFER_SRC_COA;
	idev = dst_dev ? __in6_dev_get(dst_dev) : NULL;
	if (dst_dev && us6_select_oif_only(&s, idev)) {
		if (idev)
			us6_select_dev(&s, idev);
	} else {
		us6_select_all(&s);
	}
	if (s.found) {
		*saddr = s.found->addr;
		err = 0;
	}
	rcu_read_unlock();
	return err;
}
