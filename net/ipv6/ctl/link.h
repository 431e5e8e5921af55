/* SPDX-License-Identifier: GPL-2.0 */
/* Between link.c (IFLA_AF_SPEC) and ifinfo.c (messages of AF_INET6 links). */
#ifndef _US6_CTL_LINK_H
#define _US6_CTL_LINK_H

#include <net/us6/device.h>

/**
 * us6_link_fill() - IFLA_INET6_* attributes of an interface
 * @skb: inside a nest
 * @udev: interface
 * @ext_filter_mask: RTEXT_FILTER_*
 *
 * Context: RCU or RTNL.  Return: 0 or -EMSGSIZE.
 */
int us6_link_fill(struct sk_buff *skb, const struct us6_dev *udev,
		  u32 ext_filter_mask);

/** us6_link_size() - at least what us6_link_fill() needs. @ext_filter_mask: as there */
size_t us6_link_size(u32 ext_filter_mask);

#endif
