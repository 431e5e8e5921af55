/* SPDX-License-Identifier: GPL-2.0 */
/* Dumps that walk the interfaces of a namespace. */
#ifndef _US6_CTL_DUMP_H
#define _US6_CTL_DUMP_H

#include <linux/netlink.h>
#include <linux/time.h>
#include <net/us6/device.h>

/*
 * Where a dump stands, in cb->ctx: numbers alone, so that nothing is to be
 * released when the asker goes away.
 */
struct us6_dump_pos {
	unsigned int	bucket;		/* of the namespace's ifindex hash */
	unsigned int	dev;		/* in the bucket */
	unsigned int	item;		/* on the device, the walker's own */
};

/**
 * us6_dump_pos() - the position of a dump
 * @cb: dump
 */
static inline struct us6_dump_pos *us6_dump_pos(struct netlink_callback *cb)
{
	BUILD_BUG_ON(sizeof(struct us6_dump_pos) > sizeof(cb->args));
	return (struct us6_dump_pos *)cb->args;
}

/*
 * Fills @skb with what it has of one interface from pos->item on.
 * Return: 0, or -EMSGSIZE when the message is full.
 */
typedef int us6_dump_dev(struct sk_buff *skb, struct netlink_callback *cb,
			 struct us6_dev *udev, void *arg);

/**
 * us6_dump_devs() - walk all interfaces that have IPv6
 * @skb: message to fill
 * @cb: dump
 * @net: namespace to walk
 * @fn: called for each
 * @arg: for @fn
 *
 * Context: RCU read side.  Return: what a dumpit returns.
 */
int us6_dump_devs(struct sk_buff *skb, struct netlink_callback *cb,
		  struct net *net, us6_dump_dev *fn, void *arg);

/** us6_dump_result() - what a dumpit returns. @skb: message. @err: 0 or why it stopped */
static inline int us6_dump_result(const struct sk_buff *skb, int err)
{
	return err && skb->len ? skb->len : err;
}

/** us6_stamp() - a time of ours as netlink tells it, in 1/100 s since boot. @j: jiffies */
static inline u32 us6_stamp(unsigned long j)
{
	return (j - INITIAL_JIFFIES) * 100UL / HZ;
}

/* ctl/addr.c */
struct us6_addr_dump {
	struct net	*net;		/* walked; held if it isn't the asker's */
	int		netnsid;	/* or -1 */
	int		ifindex;	/* or 0 */
	unsigned int	nlflags;
};

/**
 * us6_addr_dump_parse() - request of a dump of addresses of any kind
 * @cb: dump
 * @d: out; d->net is to be given back by us6_addr_dump_done()
 * Return: 0 or a negative errno, with extack.
 */
int us6_addr_dump_parse(struct netlink_callback *cb, struct us6_addr_dump *d);
void us6_addr_dump_done(struct us6_addr_dump *d);

/**
 * us6_addr_dump_run() - the whole of a dumpit for addresses of any kind
 * @skb: message
 * @cb: dump
 * @fn: fills from one interface; its arg is a struct us6_addr_dump
 */
int us6_addr_dump_run(struct sk_buff *skb, struct netlink_callback *cb,
		      us6_dump_dev *fn);

#endif
