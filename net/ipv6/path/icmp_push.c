// SPDX-License-Identifier: GPL-2.0
/*
 * ICMPv6 messages of Neighbour Discovery and MLD: no route, one link.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/icmpv6.h>
#include <linux/pkt_sched.h>
#include <net/addrconf.h>
#include <net/ip6_checksum.h>
#include <net/ndisc.h>
#include <us6/stats.h>
#include "path.h"

/* RFC 2711 section 2.1: Router Alert, value 0 for MLD, padded by RFC 8200 4.2. */
static const u8 us6_router_alert[8] = {
	IPPROTO_ICMPV6, 0, IPV6_TLV_ROUTERALERT, 2, 0, 0, IPV6_TLV_PADN, 0,
};

struct sk_buff *us6_icmp_alloc(struct us6_dev *udev, unsigned int len)
{
	struct net_device *dev = udev->idev.dev;
	unsigned int room = LL_RESERVED_SPACE(dev) + sizeof(struct ipv6hdr) +
			    sizeof(us6_router_alert);
	struct sk_buff *skb;

	skb = alloc_skb(room + len + dev->needed_tailroom, GFP_ATOMIC);
	if (!skb)
		return NULL;
	skb_reserve(skb, room);
	skb->protocol = htons(ETH_P_IPV6);
	skb->dev = dev;
	skb_reset_transport_header(skb);
	return skb;
}

static void us6_icmp_push_header(struct sk_buff *skb,
				 const struct in6_addr *saddr,
				 const struct in6_addr *daddr, u8 tclass,
				 u8 hop_limit, bool router_alert)
{
	struct ipv6hdr *hdr;
	u8 nexthdr = IPPROTO_ICMPV6;

	if (router_alert) {
		memcpy(skb_push(skb, sizeof(us6_router_alert)),
		       us6_router_alert, sizeof(us6_router_alert));
		nexthdr = NEXTHDR_HOP;
	}
	hdr = skb_push(skb, sizeof(*hdr));
	skb_reset_network_header(skb);
	ip6_flow_hdr(hdr, tclass, 0);
	hdr->nexthdr = nexthdr;
	hdr->hop_limit = hop_limit;
	hdr->saddr = *saddr;
	hdr->daddr = *daddr;
}

void us6_icmp_push(struct us6_dev *udev, struct sk_buff *skb,
		   const struct in6_addr *saddr, const struct in6_addr *daddr,
		   u8 hop_limit, bool router_alert)
{
	struct icmp6hdr *icmp = (struct icmp6hdr *)skb->data;
	struct net *net = us6_dev_net(udev);
	unsigned int len = skb->len;
	struct dst_entry *dst;
	u8 type = icmp->icmp6_type;
	u8 tclass = 0;

	if (type >= NDISC_ROUTER_SOLICITATION && type <= NDISC_REDIRECT)
		tclass = READ_ONCE(udev->idev.cnf.ndisc_tclass);
	dst = us6_dst_alloc_link(udev, daddr);
	if (IS_ERR(dst)) {
		ICMP6_INC_STATS(net, &udev->idev, ICMP6_MIB_OUTERRORS);
		kfree_skb(skb);
		return;
	}
	skb_dst_set(skb, dst);

	icmp->icmp6_cksum = 0;
	icmp->icmp6_cksum = csum_ipv6_magic(saddr, daddr, len, IPPROTO_ICMPV6,
					    skb_checksum(skb, 0, len, 0));
	skb_reset_transport_header(skb);
	us6_icmp_push_header(skb, saddr, daddr, tclass, hop_limit,
			     router_alert);
	skb->priority = TC_PRIO_CONTROL;

	us6_count_request(net, &udev->idev, skb->len);
	ICMP6MSGOUT_INC_STATS(net, &udev->idev, type);
	ICMP6_INC_STATS(net, &udev->idev, ICMP6_MIB_OUTMSGS);
	ip6_local_out(net, NULL, skb);
}
