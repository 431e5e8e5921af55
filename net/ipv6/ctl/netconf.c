// SPDX-License-Identifier: GPL-2.0
#include <net/us6/ctl.h>

int us6_rtm_getnetconf(struct sk_buff *skb, struct nlmsghdr *nlh,
		struct netlink_ext_ack *extack)
{
	NL_SET_ERR_MSG(extack, "IPv6 netconf aren't served yet");
	return -EOPNOTSUPP;
}

int us6_rtm_dumpnetconf(struct sk_buff *skb, struct netlink_callback *cb)
{
	return 0;
}

void us6_notify_netconf(struct net *net, int type, int ifindex,
			const struct ipv6_devconf *cnf)
{
}
