// SPDX-License-Identifier: GPL-2.0
/*
 * The structs that other code reads, through the kernel's own inlines.
 * Addresses and groups are printed, for the test to compare with ip(8).
 */
#include <net/addrconf.h>
#include <net/ip6_fib.h>
#include <net/ip6_route.h>
#include <net/ndisc.h>
#include <net/snmp.h>
#include "probe.h"

static void probe_net(struct probe *p)
{
	struct net *net = &init_net;
	struct rt6_info *null = net->ipv6.ip6_null_entry;

	check(p, net->ipv6.devconf_all && net->ipv6.devconf_dflt,
	      "net->ipv6.devconf");
	check(p, net->ipv6.devconf_all && net->ipv6.devconf_all->hop_limit == 64,
	      "devconf_all->hop_limit");
	check(p, null && null->dst.error == -ENETUNREACH,
	      "net->ipv6.ip6_null_entry");
	check(p, null && null->dst.dev == net->loopback_dev,
	      "ip6_null_entry->dst.dev is loopback");
	check(p, p->stock || (null && null->rt6i_idev),
	      "ip6_null_entry->rt6i_idev");
	check(p, net->ipv6.fib6_null_entry, "net->ipv6.fib6_null_entry");
	check(p, net->mib.ipv6_statistics && net->mib.icmpv6_statistics &&
	      net->mib.icmpv6msg_statistics && net->mib.udp_stats_in6 &&
	      net->mib.udplite_stats_in6, "net->mib");
	if (net->mib.ipv6_statistics)
		IP6_INC_STATS(net, NULL, IPSTATS_MIB_OUTPKTS);
}

static void probe_idev(struct probe *p)
{
	struct inet6_ifaddr *ifa;
	struct inet6_dev *idev;
	struct ifmcaddr6 *mc;

	rcu_read_lock();
	idev = __in6_dev_get(p->dev);
	check(p, idev && idev->dev == p->dev, "dev->ip6_ptr");
	if (!idev)
		goto out;
	check(p, idev->cnf.mtu6 >= IPV6_MIN_MTU && idev->cnf.hop_limit == 64,
	      "idev->cnf");
	check(p, idev->stats.ipv6 && idev->stats.icmpv6dev &&
	      idev->stats.icmpv6msgdev, "idev->stats");
	check(p, (idev->if_flags & IF_READY) && !idev->dead, "idev->if_flags");
	check(p, idev->nd_parms && idev->nd_parms->tbl == &nd_tbl,
	      "idev->nd_parms");
	read_lock_bh(&idev->lock);
	list_for_each_entry(ifa, &idev->addr_list, if_list)
		pr_info("us6_probe: addr %pI6c/%u\n", &ifa->addr, ifa->prefix_len);
	read_unlock_bh(&idev->lock);
	for (mc = rcu_dereference(idev->mc_list); mc;
	     mc = rcu_dereference(mc->next))
		pr_info("us6_probe: group %pI6c\n", &mc->mca_addr);
out:
	rcu_read_unlock();
}

static void probe_dst(struct probe *p)
{
	struct flowi6 fl6 = { .daddr = in6addr_loopback };
	struct dst_entry *dst = ip6_route_output(&init_net, NULL, &fl6);
	struct rt6_info *rt = (struct rt6_info *)dst;
	u32 cookie;

	if (!dst || dst->error) {
		check(p, false, "dst of ::1");
		goto out;
	}
	check(p, dst->ops->family == AF_INET6, "dst->ops->family");
	check(p, rt->rt6i_idev && rt->rt6i_idev->dev, "rt6i_idev");
	check(p, rt->rt6i_flags & RTF_LOCAL, "rt6i_flags");
	check(p, (dst->dev->flags & IFF_LOOPBACK), "dst->dev of a local route");
	cookie = rt6_get_cookie(rt);
	check(p, cookie, "rt6_get_cookie is not 0");
	check(p, dst_check(dst, cookie) == dst, "dst_check");
	check(p, dst_mtu(dst) >= IPV6_MIN_MTU, "dst_mtu");
	check(p, dst_metric_advmss(dst) >= 1220, "dst_metric_advmss");
	check(p, ip6_dst_hoplimit(dst) == 64, "ip6_dst_hoplimit");
	check(p, ipv6_addr_loopback(rt6_nexthop(rt, &in6addr_loopback)),
	      "rt6_nexthop");
out:
	if (dst)
		dst_release(dst);
}

void probe_structs(struct probe *p)
{
	probe_net(p);
	probe_idev(p);
	probe_dst(p);
}
