// SPDX-License-Identifier: GPL-2.0
/*
 * RTM_NEWROUTE, DELROUTE, GETROUTE of AF_INET6, and their notifications.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <net/us6/ctl.h>

int us6_rtm_newroute(struct sk_buff *skb, struct nlmsghdr *nlh,
		     struct netlink_ext_ack *extack)
{
	NL_SET_ERR_MSG(extack, "Routes are not supported yet");
	return -EOPNOTSUPP;
}

int us6_rtm_delroute(struct sk_buff *skb, struct nlmsghdr *nlh,
		     struct netlink_ext_ack *extack)
{
	NL_SET_ERR_MSG(extack, "Routes are not supported yet");
	return -EOPNOTSUPP;
}

int us6_rtm_getroute(struct sk_buff *skb, struct nlmsghdr *nlh,
		     struct netlink_ext_ack *extack)
{
	NL_SET_ERR_MSG(extack, "Routes are not supported yet");
	return -EOPNOTSUPP;
}

int us6_rtm_dumproute(struct sk_buff *skb, struct netlink_callback *cb)
{
	return 0;
}

void us6_notify_route(int event, const struct us6_route *rt,
		      struct nl_info *info, unsigned int nlflags)
{
}
