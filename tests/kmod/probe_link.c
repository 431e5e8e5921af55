// SPDX-License-Identifier: GPL-2.0
/* Addresses, groups, neighbours and IPsec hooks as drivers and bridges use them. */
#include <linux/rtnetlink.h>
#include <net/addrconf.h>
#include <net/ndisc.h>
#include <net/seg6.h>
#include <net/xfrm.h>
#include "probe.h"

static void probe_addresses(struct probe *p)
{
	const struct in6_addr *lo = &in6addr_loopback;
	struct in6_addr saddr;
	int err;

	check(p, ipv6_chk_addr(&init_net, lo, NULL, 0), "ipv6_chk_addr ::1");
	check(p, !ipv6_chk_addr(&init_net, &p->unreach, NULL, 0),
	      "ipv6_chk_addr of a foreign address");
	check(p, ipv6_chk_addr_and_flags(&init_net, lo, NULL, true, 0,
					 IFA_F_TENTATIVE),
	      "ipv6_chk_addr_and_flags ::1");
	rcu_read_lock();
	check(p, ipv6_dev_find(&init_net, lo, NULL) == init_net.loopback_dev,
	      "ipv6_dev_find ::1");
	check(p, !ipv6_dev_find(&init_net, &p->unreach, NULL),
	      "ipv6_dev_find of a foreign address");
	rcu_read_unlock();

	err = ipv6_dev_get_saddr(&init_net, init_net.loopback_dev, lo, 0, &saddr);
	check(p, !err && ipv6_addr_loopback(&saddr), "ipv6_dev_get_saddr ::1");
	check(p, !ipv6_chk_prefix(&p->unreach, p->dev),
	      "ipv6_chk_prefix of a foreign address");
	check(p, !ipv6_chk_custom_prefix(&p->unreach, 64, p->dev),
	      "ipv6_chk_custom_prefix of a foreign address");
}

static bool has_group(struct net_device *dev, const struct in6_addr *group)
{
	struct inet6_dev *idev;
	struct ifmcaddr6 *mc;
	bool found = false;

	rcu_read_lock();
	idev = __in6_dev_get(dev);
	if (idev)
		for (mc = rcu_dereference(idev->mc_list); mc;
		     mc = rcu_dereference(mc->next))
			found |= ipv6_addr_equal(&mc->mca_addr, group);
	rcu_read_unlock();
	return found;
}

static void probe_groups(struct probe *p)
{
	struct in6_addr group = { { { 0xff, 0x02, [15] = 0x77 } } };
	int err;

	rtnl_lock();
	err = ipv6_dev_mc_inc(p->dev, &group);
	check(p, !err && has_group(p->dev, &group), "ipv6_dev_mc_inc");
	if (!err)
		err = ipv6_dev_mc_dec(p->dev, &group);
	check(p, !err && !has_group(p->dev, &group), "ipv6_dev_mc_dec");
	rtnl_unlock();
}

static void probe_neighbours(struct probe *p)
{
	struct in6_addr target = { { { 0xfe, 0x80, [15] = 0x99 } } };
	struct neighbour *n;
	struct sk_buff *skb;

	check(p, neigh_xmit(NEIGH_ND_TABLE, p->dev, &target, probe_skb(p)) !=
	      -EAFNOSUPPORT, "neigh_xmit finds the table");
	n = neigh_lookup(&nd_tbl, &in6addr_any, p->dev);
	if (n)
		neigh_release(n);
	n = neigh_create(&nd_tbl, &target, p->dev);
	check(p, !IS_ERR_OR_NULL(n) || p->dev == init_net.loopback_dev,
	      "neigh_create in nd_tbl");
	if (!IS_ERR_OR_NULL(n)) {
		neigh_event_send(n, NULL);
		__neigh_event_send(n, NULL, true);
		neigh_release(n);
	}
	skb = ndisc_ns_create(p->dev, &target, &target, 0);
	if (skb && p->stock)
		ndisc_send_skb(skb, &target, &target);
	else if (!p->stock)
		ndisc_send_skb(skb ? skb : probe_skb(p), &target, &target);
	check(p, true, "ndisc_ns_create and ndisc_send_skb");
}

/* Crude calls of what us6 refuses; the stock code would want real state. */
static void probe_refused(struct probe *p)
{
	struct ipv6_sr_hdr srh = {};
	static struct xfrm6_protocol handler;
	struct sk_buff *skb;

	if (p->stock)
		return;
	if (!xfrm6_protocol_register(&handler, IPPROTO_ESP))
		xfrm6_protocol_deregister(&handler, IPPROTO_ESP);
	check(p, xfrm6_rcv(probe_skb(p)) == 0, "xfrm6_rcv consumes");
	check(p, xfrm6_rcv_spi(probe_skb(p), IPPROTO_ESP, htonl(1), NULL) == 0,
	      "xfrm6_rcv_spi consumes");
	skb = probe_skb(p);
	check(p, seg6_do_srh_encap(skb, &srh, IPPROTO_IPV6) < 0,
	      "seg6_do_srh_encap refuses");
	check(p, seg6_do_srh_inline(skb, &srh) < 0, "seg6_do_srh_inline refuses");
	kfree_skb(skb);
}

void probe_link(struct probe *p)
{
	probe_addresses(p);
	probe_groups(p);
	probe_neighbours(p);
	probe_refused(p);
}
