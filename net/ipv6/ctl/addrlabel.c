// SPDX-License-Identifier: GPL-2.0
#include <net/us6/ctl.h>

int us6_rtm_addrlabel(struct sk_buff *skb, struct nlmsghdr *nlh,
		struct netlink_ext_ack *extack)
{
	NL_SET_ERR_MSG(extack, "IPv6 address labels aren't served yet");
	return -EOPNOTSUPP;
}

int us6_rtm_getaddrlabel(struct sk_buff *skb, struct nlmsghdr *nlh,
		struct netlink_ext_ack *extack)
{
	NL_SET_ERR_MSG(extack, "IPv6 address labels aren't served yet");
	return -EOPNOTSUPP;
}

int us6_rtm_dumpaddrlabel(struct sk_buff *skb, struct netlink_callback *cb)
{
	return 0;
}
