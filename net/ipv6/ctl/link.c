// SPDX-License-Identifier: GPL-2.0
#include <net/us6/ctl.h>

int us6_rtm_dumplink(struct sk_buff *skb, struct netlink_callback *cb)
{
	return 0;
}

int us6_link_af_register(void)
{
	return 0;
}

void us6_link_af_unregister(void)
{
}

void us6_notify_link(int event, const struct us6_dev *udev)
{
}

void us6_notify_prefix(const struct us6_dev *udev, const struct us6_pio *pio)
{
}

void us6_notify_nduseropt(const struct us6_dev *udev,
			  const struct in6_addr *saddr, const u8 *opt,
			  unsigned int len)
{
}
