// SPDX-License-Identifier: GPL-2.0
/*
 * Packets for this node: LOCAL_IN, then header by header through
 * inet6_protos[], so that other modules' protocols are served like ours.
 * RFC 8200 section 4.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/icmpv6.h>
#include <linux/netfilter.h>
#include <linux/netfilter_ipv6.h>
#include <net/addrconf.h>
#include <net/protocol.h>
#include <net/us6/mcast.h>
#include <net/us6/sock.h>
#include "path.h"

/* RFC 3810: MLD is heard whatever the groups' source filters say. */
static bool us6_is_mld(struct sk_buff *skb, u8 nexthdr)
{
	const struct icmp6hdr *icmp;

	if (nexthdr != IPPROTO_ICMPV6 || !pskb_may_pull(skb, sizeof(*icmp)))
		return false;
	icmp = (const struct icmp6hdr *)skb->data;
	switch (icmp->icmp6_type) {
	case ICMPV6_MGM_QUERY:
	case ICMPV6_MGM_REPORT:
	case ICMPV6_MGM_REDUCTION:
	case ICMPV6_MLD2_REPORT:
		return true;
	}
	return false;
}

/*
 * The last header before the payload is passed: checksum bookkeeping, and the
 * source filter of a group.  Return: false when the packet isn't wanted.
 */
static bool us6_enter_final(struct sk_buff *skb, u8 nexthdr)
{
	const struct ipv6hdr *hdr;
	struct us6_dev *udev;

	/* Drivers summed the whole frame: take the headers out again. */
	skb_postpull_rcsum(skb, skb_network_header(skb),
			   skb_network_header_len(skb));
	hdr = ipv6_hdr(skb);
	if (likely(!ipv6_addr_is_multicast(&hdr->daddr)))
		return true;

	udev = us6_dev_rcu(us6_in_dev(skb));
	if (!udev)
		return false;
	if (us6_group_accepts(udev, &hdr->daddr, &hdr->saddr))
		return true;
	return us6_is_mld(skb, nexthdr);
}

/* RFC 8200 section 4, RFC 4443 section 3.4 code 1. */
static void us6_unknown_header(struct sk_buff *skb)
{
	us6_icmp_param_prob(skb, ICMPV6_UNK_NEXTHDR, IP6CB(skb)->nhoff,
			    US6_DROP_NO_PROTOCOL);
}

void us6_deliver(struct net *net, struct sk_buff *skb, int nexthdr)
{
	struct inet6_dev *idev = us6_dst_idev(skb_dst(skb));
	const struct inet6_protocol *proto;
	bool final = false;
	bool raw;
	int ret;

	if (!pskb_pull(skb, skb_transport_offset(skb)))
		goto truncated;
	for (;;) {
		raw = us6_raw_deliver(skb, nexthdr);
		proto = rcu_dereference(inet6_protos[nexthdr]);
		if (!proto)
			break;

		if (final) {
			/* Behind UDP encapsulation only another transport. */
			if (!(proto->flags & INET6_PROTO_FINAL))
				goto discard;
		} else if (proto->flags & INET6_PROTO_FINAL) {
			final = true;
			if (!us6_enter_final(skb, nexthdr)) {
				us6_drop(skb, net, idev, US6_DROP_NOT_MEMBER);
				return;
			}
		}

		ret = proto->handler(skb);
		if (ret <= 0) {
			/* A negative answer: dropped and counted by them. */
			if (!ret)
				__IP6_INC_STATS(net, idev,
						IPSTATS_MIB_INDELIVERS);
			return;
		}
		/*
		 * Transports name the next protocol themselves; an extension
		 * header says where its Next Header octet is.
		 */
		if (final) {
			nexthdr = ret;
			continue;
		}
		if (!pskb_pull(skb, skb_transport_offset(skb)))
			goto truncated;
		nexthdr = skb_network_header(skb)[IP6CB(skb)->nhoff];
	}

	if (!raw) {
		us6_unknown_header(skb);
		return;
	}
	__IP6_INC_STATS(net, idev, IPSTATS_MIB_INDELIVERS);
	consume_skb(skb);
	return;

truncated:
	us6_drop(skb, net, idev, US6_DROP_HDR_TRUNCATED);
	return;
discard:
	us6_drop(skb, net, idev, US6_DROP_NO_PROTOCOL);
}

/* Behind LOCAL_IN; may run in another context than the receiver's. */
static int us6_input_finish(struct net *net, struct sock *sk,
			    struct sk_buff *skb)
{
	skb_clear_delivery_time(skb);
	rcu_read_lock();
	us6_deliver(net, skb, skb_network_header(skb)[IP6CB(skb)->nhoff]);
	rcu_read_unlock();
	return 0;
}

int us6_input(struct sk_buff *skb)
{
	return NF_HOOK(NFPROTO_IPV6, NF_INET_LOCAL_IN, dev_net(skb->dev), NULL,
		       skb, skb->dev, NULL, us6_input_finish);
}

int us6_mc_input(struct sk_buff *skb)
{
	struct net *net = dev_net(skb->dev);
	struct net_device *dev = us6_in_dev(skb);
	struct us6_dev *udev = us6_dev_rcu(dev);

	__IP6_UPD_PO_STATS(net, udev ? &udev->idev : NULL, IPSTATS_MIB_INMCAST,
			   skb->len);
	if (udev && us6_group_accepts(udev, &ipv6_hdr(skb)->daddr, NULL))
		return us6_input(skb);

	us6_drop(skb, net, udev ? &udev->idev : NULL, US6_DROP_NOT_MEMBER);
	return 0;
}
