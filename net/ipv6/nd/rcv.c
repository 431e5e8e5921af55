// SPDX-License-Identifier: GPL-2.0
/*
 * Neighbour Discovery messages: checked here, handled by type.
 */
#include <linux/ipv6.h>
#include <net/ipv6.h>
#include <net/us6/drop.h>
#include "room.h"

/* RFC 4391 section 8: an InfiniBand address starts two octets later. */
u8 us6_nd_addr_pad(const struct net_device *dev)
{
	return dev->type == ARPHRD_INFINIBAND ? 2 : 0;
}

static bool nd_check(struct us6_nd_in *in, const struct us6_dev *udev)
{
	const struct sk_buff *skb = in->skb;
	struct us6_nd_meta meta = {
		.saddr = in->ip->saddr,
		.daddr = in->ip->daddr,
		.hop_limit = in->ip->hop_limit,
		.fragmented = READ_ONCE(udev->idev.cnf.suppress_frag_ndisc) &&
			      IP6CB(skb)->flags & IP6SKB_FRAGMENTED,
		.addr_len = skb->dev->addr_len,
		.addr_pad = us6_nd_addr_pad(skb->dev),
	};

	return !us6_nd_parse(skb_transport_header(skb),
			     skb_tail_pointer(skb) - skb_transport_header(skb),
			     &meta, &in->msg);
}

void us6_nd_rcv(struct sk_buff *skb)
{
	struct us6_dev *udev = us6_dev_rcu(skb->dev);
	struct net *net = dev_net(skb->dev);
	struct us6_nd_in in = { .skb = skb };

	if (!udev || !udev->nd || READ_ONCE(udev->nd->dead)) {
		us6_drop(skb, net, NULL, US6_DROP_ICMP_IGNORED);
		return;
	}
	if (skb_linearize(skb)) {
		us6_drop(skb, net, &udev->idev, US6_DROP_NO_MEMORY);
		return;
	}
	in.nd = udev->nd;
	in.ip = ipv6_hdr(skb);
	if (!nd_check(&in, udev)) {
		us6_drop(skb, net, &udev->idev,
			 IP6CB(skb)->flags & IP6SKB_FRAGMENTED ?
			 US6_DROP_ND_FRAGMENTED : US6_DROP_ND_INVALID);
		return;
	}

	switch (in.msg.type) {
	case US6_ND_NS:
		us6_ns_rcv(&in);
		break;
	case US6_ND_NA:
		us6_na_rcv(&in);
		break;
	case US6_ND_RS:
		us6_rs_rcv(&in);
		break;
	case US6_ND_REDIRECT:
		us6_redirect_rcv(&in);
		break;
	case US6_ND_RA:
		us6_ra_rcv(&in);
		return;
	}
	consume_skb(skb);
}
