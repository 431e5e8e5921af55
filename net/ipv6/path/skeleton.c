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

int us6_append_data(struct sock *sk,
		    int (*getfrag)(void *from, char *to, int offset, int len,
				   int odd, struct sk_buff *skb),
		    void *from, size_t length, int transhdrlen,
		    struct ipcm6_cookie *ipc6, struct flowi6 *fl6,
		    struct rt6_info *rt, unsigned int flags)
{
	return -EOPNOTSUPP;
}

int us6_push_pending(struct sock *sk)
{
	return -EOPNOTSUPP;
}

void us6_flush_pending(struct sock *sk)
{
}

struct sk_buff *us6_make_skb(struct sock *sk,
			     int (*getfrag)(void *from, char *to, int offset,
					    int len, int odd,
					    struct sk_buff *skb),
			     void *from, size_t length, int transhdrlen,
			     struct ipcm6_cookie *ipc6, struct rt6_info *rt,
			     unsigned int flags, struct inet_cork_full *cork)
{
	return ERR_PTR(-EOPNOTSUPP);
}

struct sk_buff *us6_finish_skb(struct sock *sk)
{
	return NULL;
}

int us6_send_skb(struct sk_buff *skb)
{
	kfree_skb(skb);
	return -EOPNOTSUPP;
}

