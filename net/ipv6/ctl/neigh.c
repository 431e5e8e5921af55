// SPDX-License-Identifier: GPL-2.0
#include <net/us6/ctl.h>

int us6_rtm_newneigh(struct sk_buff *skb, struct nlmsghdr *nlh,
		     struct netlink_ext_ack *extack)
{
	NL_SET_ERR_MSG(extack, "IPv6 neighbours aren't served yet");
	return -EOPNOTSUPP;
}

int us6_rtm_delneigh(struct sk_buff *skb, struct nlmsghdr *nlh,
		     struct netlink_ext_ack *extack)
{
	NL_SET_ERR_MSG(extack, "IPv6 neighbours aren't served yet");
	return -EOPNOTSUPP;
}

int us6_rtm_getneigh(struct sk_buff *skb, struct nlmsghdr *nlh,
		     struct netlink_ext_ack *extack)
{
	NL_SET_ERR_MSG(extack, "IPv6 neighbours aren't served yet");
	return -EOPNOTSUPP;
}

int us6_rtm_dumpneigh(struct sk_buff *skb, struct netlink_callback *cb)
{
	return 0;
}

void us6_notify_neigh(int event, const struct us6_neigh *n, u32 portid)
{
}
