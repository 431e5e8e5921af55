// SPDX-License-Identifier: GPL-2.0
/*
 * us6: Multicast Listener Discovery from the wire.
 */
#include <net/us6/drop.h>
#include <net/us6/mcast.h>

void us6_mld_rcv(struct sk_buff *skb)
{
	us6_drop(skb, dev_net(skb->dev), __in6_dev_get(skb->dev),
		 US6_DROP_ICMP_IGNORED);
}
