// SPDX-License-Identifier: GPL-2.0
/*
 * Dumps that walk the interfaces of a namespace, under RCU alone.
 */
#include <linux/module.h>
#include <linux/netdevice.h>
#include <net/us6/device.h>
#include "dump.h"

static int us6_dump_bucket(struct sk_buff *skb, struct netlink_callback *cb,
			   struct hlist_head *head, us6_dump_dev *fn, void *arg)
{
	struct us6_dump_pos *pos = us6_dump_pos(cb);
	struct net_device *dev;
	struct us6_dev *udev;
	unsigned int i = 0;
	int err;

	hlist_for_each_entry_rcu(dev, head, index_hlist) {
		if (i++ < pos->dev)
			continue;
		udev = us6_dev_rcu(dev);
		err = udev ? fn(skb, cb, udev, arg) : 0;
		if (err)
			return err;
		pos->dev = i;
		pos->item = 0;
	}
	return 0;
}

int us6_dump_devs(struct sk_buff *skb, struct netlink_callback *cb,
		  struct net *net, us6_dump_dev *fn, void *arg)
{
	struct us6_dump_pos *pos = us6_dump_pos(cb);
	int err = 0;

	for (; pos->bucket < NETDEV_HASHENTRIES; pos->bucket++) {
		err = us6_dump_bucket(skb, cb,
				      &net->dev_index_head[pos->bucket],
				      fn, arg);
		if (err)
			break;
		pos->dev = 0;
	}
	return us6_dump_result(skb, err);
}
