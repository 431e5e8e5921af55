// SPDX-License-Identifier: GPL-2.0
/*
 * The last step of a packet: the link header.
 *
 * Connected neighbours take no lock and write no shared line, but for ->used
 * four times a second.
 */
#include <linux/etherdevice.h>
#include <linux/if_arp.h>
#include <net/us6/drop.h>
#include "room.h"

#define USED_COARSE	(HZ / 4)

/* The Ethernet header, sixteen octets at a time, two of them in front of it. */
static inline int xmit_prebuilt(const struct us6_neigh *n, struct sk_buff *skb)
{
	u64 *to = (u64 *)(skb->data - sizeof(n->hh));
	const u64 *hh = (const u64 *)n->hh;
	unsigned int seq;
	u64 a, b;

	do {
		seq = read_seqcount_begin(&n->ha_seq);
		a = hh[0];
		b = hh[1];
	} while (read_seqcount_retry(&n->ha_seq, seq));
	put_unaligned(a, to);
	put_unaligned(b, to + 1);
	__skb_push(skb, ETH_HLEN);
	return dev_queue_xmit(skb);
}

static int xmit_header(struct sk_buff *skb, const u8 *ha)
{
	struct net_device *dev = skb->dev;
	int err;

	if (skb_headroom(skb) < LL_RESERVED_SPACE(dev)) {
		err = skb_cow_head(skb, LL_RESERVED_SPACE(dev));
		if (err)
			goto drop;
	}
	err = dev_hard_header(skb, dev, ntohs(skb->protocol), ha, NULL,
			      skb->len);
	if (err >= 0)
		return dev_queue_xmit(skb);
drop:
	us6_drop(skb, dev_net(dev), __in6_dev_get(dev), US6_DROP_OUT_DISCARD);
	return err;
}

int us6_neigh_xmit(struct us6_neigh *n, struct sk_buff *skb)
{
	u8 ha[MAX_ADDR_LEN];

	if (likely(n->prebuilt && skb->protocol == htons(ETH_P_IPV6) &&
		   skb_headroom(skb) >= sizeof(n->hh)))
		return xmit_prebuilt(n, skb);
	us6_neigh_ha(n, ha);
	return xmit_header(skb, ha);
}

static noinline int output_slow(struct us6_neigh *n, struct sk_buff *skb)
{
	struct us6_nud_event ev = { .type = US6_NUD_EV_SEND };

	/* Dead: n->nd may be gone. */
	if (unlikely(READ_ONCE(n->dead)))
		return us6_nd_output(skb, &n->addr);
	return us6_neigh_event(n, &ev, NULL, skb);
}

int us6_neigh_output(struct us6_neigh *n, struct sk_buff *skb)
{
	u8 state = READ_ONCE(n->state);
	unsigned long now = jiffies;

	if (unlikely(state < US6_NUD_DELAY))
		return output_slow(n, skb);
	if (state == US6_NUD_REACHABLE &&
	    unlikely(now - READ_ONCE(n->confirmed) >=
		     us6_nd_reachable_time(n->nd)))
		return output_slow(n, skb);
	if (unlikely(now - READ_ONCE(n->used) > USED_COARSE))
		WRITE_ONCE(n->used, now);
	return us6_neigh_xmit(n, skb);
}

bool us6_nd_direct(const struct net_device *dev, u8 *ha)
{
	if (!dev->header_ops) {
		memset(ha, 0, MAX_ADDR_LEN);
		return true;
	}
	if (dev->flags & (IFF_NOARP | IFF_LOOPBACK)) {
		memcpy(ha, dev->dev_addr, dev->addr_len);
		return true;
	}
	if (dev->flags & IFF_POINTOPOINT) {
		memcpy(ha, dev->broadcast, dev->addr_len);
		return true;
	}
	return false;
}

bool us6_nd_mc_map(const struct net_device *dev, const struct in6_addr *group,
		   u8 *ha)
{
	switch (dev->type) {
	case ARPHRD_ETHER:
	case ARPHRD_IEEE802:
	case ARPHRD_FDDI:
		ipv6_eth_mc_map(group, ha);	/* RFC 2464 section 7 */
		return true;
	case ARPHRD_INFINIBAND:
		ipv6_ib_mc_map(group, dev->broadcast, ha);
		return true;
	case ARPHRD_IPGRE:
		return !ipv6_ipgre_mc_map(group, dev->broadcast, ha);
	default:
		memcpy(ha, dev->broadcast, dev->addr_len);
		return true;
	}
}

static int output_multicast(struct sk_buff *skb, const struct in6_addr *group)
{
	u8 ha[MAX_ADDR_LEN];

	if (!skb->dev->header_ops)
		return dev_queue_xmit(skb);
	if (skb->dev->flags & (IFF_NOARP | IFF_LOOPBACK | IFF_POINTOPOINT) &&
	    skb->dev->type != ARPHRD_ETHER) {
		us6_nd_direct(skb->dev, ha);
		return xmit_header(skb, ha);
	}
	if (!us6_nd_mc_map(skb->dev, group, ha)) {
		us6_drop(skb, dev_net(skb->dev), __in6_dev_get(skb->dev),
			 US6_DROP_OUT_DISCARD);
		return -EINVAL;
	}
	return xmit_header(skb, ha);
}

static noinline int output_new(struct us6_dev *udev, struct sk_buff *skb,
			       const struct in6_addr *nexthop)
{
	struct us6_neigh *n;
	u8 ha[MAX_ADDR_LEN];
	int ret;

	/* No entry is made where nothing is to be resolved. */
	if (us6_nd_direct(skb->dev, ha))
		return skb->dev->header_ops ? xmit_header(skb, ha) :
					      dev_queue_xmit(skb);
	n = us6_neigh_make(udev, nexthop);
	if (IS_ERR(n)) {
		us6_drop(skb, dev_net(skb->dev), &udev->idev,
			 US6_DROP_NEIGH_CREATE);
		return PTR_ERR(n);
	}
	ret = us6_neigh_output(n, skb);
	us6_neigh_put(n);
	return ret;
}

int us6_nd_output(struct sk_buff *skb, const struct in6_addr *nexthop)
{
	struct us6_dev *udev;
	struct us6_neigh *n;

	if (unlikely(ipv6_addr_is_multicast(nexthop)))
		return output_multicast(skb, nexthop);
	udev = us6_dev_rcu(skb->dev);
	if (unlikely(!udev)) {
		us6_drop(skb, dev_net(skb->dev), NULL, US6_DROP_NEIGH_CREATE);
		return -ENODEV;
	}
	n = us6_neigh_get_rcu(udev, nexthop);
	if (likely(n))
		return us6_neigh_output(n, skb);
	return output_new(udev, skb, nexthop);
}
