// SPDX-License-Identifier: GPL-2.0
/*
 * us6: the kernel's neighbour core, where it meets what is ours.
 */
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <linux/static_call.h>
#include <net/us6/ctl.h>
#include <net/us6/nd.h>
#include "serve.h"
#include "stock.h"

/* Which half of an AF_UNSPEC dump we are in; the dumps use the slots below. */
#define US6_DUMP_PHASE(cb)	((cb)->args[5])

static int us6_neigh_dump_none(struct sk_buff *skb, struct netlink_callback *cb)
{
	return 0;
}

DEFINE_STATIC_CALL(us6_stock_neigh_dump, us6_neigh_dump_none);

int us6_serve_neigh_prepare(void)
{
	unsigned long addr = us6_stock_lookup("neigh_dump_info");

	if (!addr)
		return -ENOENT;
	static_call_update(us6_stock_neigh_dump,
			   (int (*)(struct sk_buff *, struct netlink_callback *))addr);
	return 0;
}

/*
 * The stock dump, asked for AF_INET so that the redirection lets it through.
 * Request messages are read-only for dumps, hence the copy.
 */
static int us6_neigh_dump_others(struct sk_buff *skb,
				 struct netlink_callback *cb)
{
	const struct nlmsghdr *asked = cb->nlh;
	struct nlmsghdr *nlh;
	int ret;

	nlh = kmemdup(asked, asked->nlmsg_len, GFP_KERNEL);
	if (!nlh)
		return -ENOMEM;
	((struct rtgenmsg *)nlmsg_data(nlh))->rtgen_family = AF_INET;
	cb->nlh = nlh;
	ret = static_call(us6_stock_neigh_dump)(skb, cb);
	cb->nlh = asked;
	kfree(nlh);
	return ret;
}

/*
 * RTM_GETNEIGH dumps of AF_UNSPEC and AF_INET6.  The first walks the tables of
 * other families, then our cache; the faces in nd_tbl are never shown.
 */
static int us6_neigh_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	const struct rtgenmsg *gen = nlmsg_data(cb->nlh);
	int ret;

	if (gen->rtgen_family == AF_UNSPEC && !US6_DUMP_PHASE(cb)) {
		ret = us6_neigh_dump_others(skb, cb);
		if (skb->len)
			return skb->len;
		if (ret < 0)
			return ret;
		/* Nothing more of theirs. */
		memset(cb->args, 0, sizeof(cb->args));
		US6_DUMP_PHASE(cb) = 1;
	}
	return us6_rtm_dumpneigh(skb, cb);
}

US6_DRAINED(int, neigh_dump_info, us6_neigh_dump,
	    (struct sk_buff *skb, struct netlink_callback *cb), (skb, cb))

/* A face has no resolution of its own: our cache's is asked. */
int us6_serve_neigh_event_send(struct neighbour *neigh, struct sk_buff *skb,
			       const bool immediate_ok)
{
	int wait = us6_face_event_send(neigh);

	/* Not to be sent by the caller then, and a face has no queue. */
	if (wait)
		kfree_skb(skb);
	return wait;
}
