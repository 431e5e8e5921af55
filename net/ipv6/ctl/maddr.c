// SPDX-License-Identifier: GPL-2.0
#include <net/us6/ctl.h>

int us6_rtm_dumpmulticast(struct sk_buff *skb, struct netlink_callback *cb)
{
	return 0;
}

int us6_rtm_dumpanycast(struct sk_buff *skb, struct netlink_callback *cb)
{
	return 0;
}
