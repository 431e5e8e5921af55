// SPDX-License-Identifier: GPL-2.0
/*
 * Where IPv6 packets enter: validation (RFC 8200 section 3, RFC 4291 sections
 * 2.5.3 and 2.7), PRE_ROUTING, L3 domain, route.
 *
 * NAPI hands lists; each stage runs over the whole list, and packets in a row to
 * one destination share one route look-up.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/netfilter.h>
#include <linux/netfilter_ipv6.h>
#include <net/addrconf.h>
#include <net/inet_ecn.h>
#include <net/l3mdev.h>
#include "path.h"

/*
 * The route of the last packet of a run.  Lives on the receiver's stack, under
 * its RCU section, which is what keeps @dst.
 */
struct us6_run {
	struct dst_entry	*dst;
	struct in6_addr		daddr;
	struct in6_addr		saddr;
	__be32			first;		/* class and flow label */
	u32			mark;
	bool			by_source;	/* the rest counts too */
};

/* RFC 4291: addresses that may not be seen on this link. */
static bool us6_addresses_ok(const struct sk_buff *skb,
			     const struct net_device *dev,
			     const struct inet6_dev *idev,
			     const struct ipv6hdr *hdr)
{
	/* Section 2.7: never a source. */
	if (ipv6_addr_is_multicast(&hdr->saddr))
		return false;

	/* Section 2.5.3: the loopback address stays within the node. */
	if ((ipv6_addr_loopback(&hdr->saddr) ||
	     ipv6_addr_loopback(&hdr->daddr)) &&
	    !(dev->flags & IFF_LOOPBACK) && !netif_is_l3_master(dev))
		return false;

	/* RFC 4942 section 2.2: v4-mapped sources slip past IPv4 filters. */
	if (ipv6_addr_v4mapped(&hdr->saddr))
		return false;

	if (!ipv6_addr_is_multicast(&hdr->daddr))
		return true;

	switch (IPV6_ADDR_MC_SCOPE(&hdr->daddr)) {
	case 0:
		/* Section 2.7: reserved, silently dropped. */
		return false;
	case IPV6_ADDR_SCOPE_NODELOCAL:
		return skb->pkt_type == PACKET_LOOPBACK ||
		       dev->flags & IFF_LOOPBACK;
	}
	return true;
}

/* A packet shall be as long as its header says, and no longer. */
static bool us6_length_ok(struct sk_buff *skb, struct net *net,
			  struct inet6_dev *idev)
{
	const struct ipv6hdr *hdr = ipv6_hdr(skb);
	unsigned int len = ntohs(hdr->payload_len);

	/* Zero with hop-by-hop options may be a jumbogram: those decide. */
	if (!len && hdr->nexthdr == NEXTHDR_HOP)
		return true;

	len += sizeof(*hdr);
	if (unlikely(len > skb->len)) {
		us6_drop(skb, net, idev, US6_DROP_HDR_TRUNCATED);
		return false;
	}
	if (unlikely(pskb_trim_rcsum(skb, len))) {
		us6_drop(skb, net, idev, US6_DROP_HDR_LENGTH);
		return false;
	}
	return true;
}

static void us6_set_cb(struct sk_buff *skb, const struct net_device *dev)
{
	struct inet6_skb_parm *cb = IP6CB(skb);
	int iif = dev->ifindex;

	/*
	 * What we looped back to ourselves belongs to the interface that the
	 * address is on, not to lo.
	 */
	if (unlikely(skb_valid_dst(skb))) {
		const struct inet6_dev *idev = us6_dst_idev(skb_dst(skb));

		if (idev)
			iif = idev->dev->ifindex;
	}
	memset(cb, 0, sizeof(*cb));
	cb->iif = iif;
	cb->nhoff = offsetof(struct ipv6hdr, nexthdr);
}

/*
 * us6_validate() - everything that a packet must be before hooks see it
 *
 * Return: the packet, unshared, trimmed, its hop-by-hop options done and the
 * transport header behind them; NULL when it is gone.
 */
static struct sk_buff *us6_validate(struct sk_buff *skb, struct net_device *dev,
				    struct net *net)
{
	struct inet6_dev *idev = __in6_dev_get(dev);
	const struct ipv6hdr *hdr;

	if (unlikely(skb->pkt_type == PACKET_OTHERHOST)) {
		dev_core_stats_rx_otherhost_dropped_inc(dev);
		us6_drop(skb, net, idev, US6_DROP_NOT_FOR_US);
		return NULL;
	}
	__IP6_UPD_PO_STATS(net, idev, IPSTATS_MIB_IN, skb->len);

	skb = skb_share_check(skb, GFP_ATOMIC);
	if (unlikely(!skb)) {
		__IP6_INC_STATS(net, idev, IPSTATS_MIB_INDISCARDS);
		return NULL;
	}
	if (unlikely(!idev || READ_ONCE(idev->cnf.disable_ipv6))) {
		us6_drop(skb, net, idev, US6_DROP_IPV6_DISABLED);
		return NULL;
	}
	us6_set_cb(skb, dev);

	if (unlikely(!pskb_may_pull(skb, sizeof(*hdr)))) {
		us6_drop(skb, net, idev, US6_DROP_HDR_TRUNCATED);
		return NULL;
	}
	hdr = ipv6_hdr(skb);
	if (unlikely(hdr->version != 6)) {
		us6_drop(skb, net, idev, US6_DROP_HDR_VERSION);
		return NULL;
	}
	__IP6_ADD_STATS(net, idev, IPSTATS_MIB_NOECTPKTS +
			(ipv6_get_dsfield(hdr) & INET_ECN_MASK),
			max_t(u16, 1, skb_shinfo(skb)->gso_segs));

	if (unlikely(!us6_addresses_ok(skb, dev, idev, hdr))) {
		us6_drop(skb, net, idev, US6_DROP_ADDR_SOURCE);
		return NULL;
	}
	if (unlikely((skb->pkt_type == PACKET_BROADCAST ||
		      skb->pkt_type == PACKET_MULTICAST) &&
		     READ_ONCE(idev->cnf.drop_unicast_in_l2_multicast) &&
		     !ipv6_addr_is_multicast(&hdr->daddr))) {
		us6_drop(skb, net, idev, US6_DROP_UNICAST_IN_L2_MULTICAST);
		return NULL;
	}

	if (unlikely(!us6_length_ok(skb, net, idev)))
		return NULL;
	skb->transport_header = skb->network_header + sizeof(*hdr);
	if (unlikely(ipv6_hdr(skb)->nexthdr == NEXTHDR_HOP) &&
	    !us6_hopopts(skb))
		return NULL;

	/* Others' packets may carry a socket from before a tunnel or veth. */
	if (!skb_sk_is_prefetched(skb))
		skb_orphan(skb);
	return skb;
}

static bool us6_run_matches(const struct us6_run *run, const struct sk_buff *skb)
{
	const struct ipv6hdr *hdr = ipv6_hdr(skb);

	if (!run->dst || !ipv6_addr_equal(&run->daddr, &hdr->daddr))
		return false;
	if (likely(!run->by_source))
		return true;
	return run->mark == skb->mark &&
	       run->first == *(const __be32 *)hdr &&
	       ipv6_addr_equal(&run->saddr, &hdr->saddr);
}

static bool us6_rules_read_ports(const struct net *net)
{
#ifdef CONFIG_IPV6_MULTIPLE_TABLES
	return READ_ONCE(net->ipv6.fib6_rules_require_fldissect);
#else
	return false;
#endif
}

/* May the next packet to this destination take the same route unasked? */
static void us6_run_open(struct us6_run *run, const struct net *net,
			 const struct sk_buff *skb)
{
	const struct ipv6hdr *hdr = ipv6_hdr(skb);
	const struct us6_dst *udst = us6_dst_of(skb_dst(skb));

	run->dst = NULL;
	/* Several next hops, or rules on ports: each flow chooses for itself. */
	if (!udst || us6_rules_read_ports(net) ||
	    (udst->route && (READ_ONCE(udst->route->f6i.fib6_nsiblings) ||
			     udst->route->f6i.nh)))
		return;
	run->dst = skb_dst(skb);
	run->daddr = hdr->daddr;
	run->by_source = fib6_routes_require_src(net) ||
			 fib6_has_custom_rules(net);
	if (unlikely(run->by_source)) {
		run->saddr = hdr->saddr;
		run->first = *(const __be32 *)hdr;
		run->mark = skb->mark;
	}
}

/* Behind PRE_ROUTING; may run in another context than the receiver's. */
static int us6_rcv_finish(struct net *net, struct sock *sk, struct sk_buff *skb)
{
	skb = l3mdev_ip6_rcv(skb);
	if (!skb)
		return NET_RX_SUCCESS;
	if (!skb_valid_dst(skb))
		us6_route_input(skb);
	return us6_dst_input(skb);
}

static int us6_rcv(struct sk_buff *skb, struct net_device *dev,
		   struct packet_type *pt, struct net_device *orig_dev)
{
	struct net *net = dev_net(skb->dev);

	skb = us6_validate(skb, dev, net);
	if (!skb)
		return NET_RX_DROP;
	return NF_HOOK(NFPROTO_IPV6, NF_INET_PRE_ROUTING, net, NULL, skb, dev,
		       NULL, us6_rcv_finish);
}

/* A list from one device, validated. */
static void us6_rcv_run(struct list_head *head, struct net_device *dev,
			struct net *net)
{
	struct us6_run run = { };
	struct sk_buff *skb, *next;

	NF_HOOK_LIST(NFPROTO_IPV6, NF_INET_PRE_ROUTING, net, NULL, head, dev,
		     NULL, us6_rcv_finish);

	list_for_each_entry_safe(skb, next, head, list) {
		skb_list_del_init(skb);
		skb = l3mdev_ip6_rcv(skb);
		if (!skb)
			continue;
		if (likely(!skb_dst(skb)) && us6_run_matches(&run, skb)) {
			skb_dst_set_noref(skb, run.dst);
		} else if (!skb_valid_dst(skb)) {
			us6_route_input(skb);
			us6_run_open(&run, net, skb);
		}
		us6_dst_input(skb);
	}
}

static void us6_rcv_list(struct list_head *head, struct packet_type *pt,
			 struct net_device *orig_dev)
{
	struct net_device *dev = NULL;
	struct sk_buff *skb, *next;
	struct net *net = NULL;
	LIST_HEAD(run);

	list_for_each_entry_safe(skb, next, head, list) {
		skb_list_del_init(skb);
		if (skb->dev != dev) {
			if (!list_empty(&run)) {
				us6_rcv_run(&run, dev, net);
				INIT_LIST_HEAD(&run);
			}
			dev = skb->dev;
			net = dev_net(dev);
		}
		skb = us6_validate(skb, dev, net);
		if (skb)
			list_add_tail(&skb->list, &run);
	}
	if (!list_empty(&run))
		us6_rcv_run(&run, dev, net);
}

static struct packet_type us6_packet_type __read_mostly = {
	.type		= cpu_to_be16(ETH_P_IPV6),
	.func		= us6_rcv,
	.list_func	= us6_rcv_list,
};

void us6_input_start(void)
{
	dev_add_pack(&us6_packet_type);
}

/* Waits for receivers that are inside. */
void us6_input_stop(void)
{
	dev_remove_pack(&us6_packet_type);
}
