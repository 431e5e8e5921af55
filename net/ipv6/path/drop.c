// SPDX-License-Identifier: GPL-2.0
/*
 * The one place where received packets end unheard: reason, counter, free.
 */
#include <linux/skbuff.h>
#include <net/addrconf.h>
#include <net/ip.h>
#include <net/ipv6.h>
#include <net/us6/drop.h>

enum us6_drop_mib {
	US6_DROP_MIB_NONE,
	US6_DROP_MIB_IP,
	US6_DROP_MIB_ICMP,
};

#define US6_DROP_ROW(name, which, field, why)				\
	[US6_DROP_##name] = {						\
		.mib = US6_DROP_MIB_##which,				\
		.counter = field,					\
		.reason = SKB_DROP_REASON_##why,			\
	},

static const struct us6_drop_row {
	u8			mib;
	u8			counter;
	enum skb_drop_reason	reason;
} us6_drop_rows[US6_DROP_MAX] = {
	US6_DROP_REASONS(US6_DROP_ROW)
};

void us6_drop(struct sk_buff *skb, struct net *net, struct inet6_dev *idev,
	      enum us6_drop_reason reason)
{
	const struct us6_drop_row *row = &us6_drop_rows[reason];

	switch (row->mib) {
	case US6_DROP_MIB_IP:
		IP6_INC_STATS(net, idev, row->counter);
		break;
	case US6_DROP_MIB_ICMP:
		ICMP6_INC_STATS(net, idev, row->counter);
		break;
	}
	kfree_skb_reason(skb, row->reason);
}
