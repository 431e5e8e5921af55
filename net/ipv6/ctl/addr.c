// SPDX-License-Identifier: GPL-2.0
#include <net/us6/ctl.h>

int us6_rtm_newaddr(struct sk_buff *skb, struct nlmsghdr *nlh,
		struct netlink_ext_ack *extack)
{
	NL_SET_ERR_MSG(extack, "IPv6 addresses aren't served yet");
	return -EOPNOTSUPP;
}

int us6_rtm_deladdr(struct sk_buff *skb, struct nlmsghdr *nlh,
		struct netlink_ext_ack *extack)
{
	NL_SET_ERR_MSG(extack, "IPv6 addresses aren't served yet");
	return -EOPNOTSUPP;
}

int us6_rtm_getaddr(struct sk_buff *skb, struct nlmsghdr *nlh,
		struct netlink_ext_ack *extack)
{
	NL_SET_ERR_MSG(extack, "IPv6 addresses aren't served yet");
	return -EOPNOTSUPP;
}

int us6_rtm_dumpaddr(struct sk_buff *skb, struct netlink_callback *cb)
{
	return 0;
}

void us6_notify_addr(int event, const struct us6_addr *a)
{
}
