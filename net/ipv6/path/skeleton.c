// SPDX-License-Identifier: GPL-2.0
/* What of this room isn't written yet: refuses or drops. */
#include <net/us6/ctl.h>
#include <net/us6/path.h>
#include <net/us6/us6.h>

int us6_proc_mib_init(void)
{
	return 0;
}

void us6_proc_mib_exit(void)
{
}

static int us6_refuse(struct sk_buff *skb)
{
	us6_drop(skb, dev_net(skb->dev), NULL, US6_DROP_NOT_FORWARDING);
	return 0;
}

int us6_forward(struct sk_buff *skb)
{
	return us6_refuse(skb);
}

int us6_fragment(struct net *net, struct sock *sk, struct sk_buff *skb,
		 int (*output)(struct net *, struct sock *, struct sk_buff *))
{
	kfree_skb(skb);
	return -EOPNOTSUPP;
}

