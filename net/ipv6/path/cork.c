// SPDX-License-Identifier: GPL-2.0
/*
 * Datagrams of sockets: what a cork remembers, and how it becomes a packet.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/icmpv6.h>
#include <net/addrconf.h>
#include <net/ip6_route.h>
#include <us6/stats.h>
#include <us6/txtime.h>
#include "cork.h"
#include "path.h"

/* A copy of extension headers in one piece, freed by kfree(). */
static struct ipv6_txoptions *us6_opts_copy(const struct ipv6_txoptions *opt,
					    gfp_t gfp)
{
	const struct ipv6_opt_hdr *from[] = {
		opt->hopopt, opt->dst0opt,
		(const struct ipv6_opt_hdr *)opt->srcrt, opt->dst1opt,
	};
	struct ipv6_opt_hdr *to[ARRAY_SIZE(from)] = { };
	unsigned int size = ALIGN(sizeof(*opt), 8);
	struct ipv6_txoptions *copy;
	u8 *pos;
	int i;

	for (i = 0; i < ARRAY_SIZE(from); i++)
		if (from[i])
			size += ipv6_optlen(from[i]);
	copy = kzalloc(size, gfp);
	if (!copy)
		return NULL;
	pos = (u8 *)copy + ALIGN(sizeof(*copy), 8);
	for (i = 0; i < ARRAY_SIZE(from); i++) {
		if (!from[i])
			continue;
		to[i] = memcpy(pos, from[i], ipv6_optlen(from[i]));
		pos += ipv6_optlen(from[i]);
	}
	copy->tot_len = size;
	copy->opt_flen = opt->opt_flen;
	copy->opt_nflen = opt->opt_nflen;
	copy->hopopt = to[0];
	copy->dst0opt = to[1];
	copy->srcrt = (struct ipv6_rt_hdr *)to[2];
	copy->dst1opt = to[3];
	return copy;
}

/* The size that packets of this socket may have on the way, RFC 3542 11. */
static unsigned int us6_cork_mtu(const struct sock *sk,
				 const struct dst_entry *dst)
{
	const struct ipv6_pinfo *np = inet6_sk(sk);
	unsigned int frag_size = READ_ONCE(np->frag_size);
	unsigned int mtu;

	mtu = np->pmtudisc >= IPV6_PMTUDISC_PROBE ? READ_ONCE(dst->dev->mtu) :
						    dst_mtu(dst);
	return frag_size && frag_size < mtu ? frag_size : mtu;
}

/*
 * us6_cork_open() - begin a datagram
 * @c: cork
 * @ipc6: what the sender asked for
 * @rt: route; its reference becomes the cork's, also on error
 *
 * Return: 0 or -ENOBUFS; us6_cork_release() in both cases.
 */
int us6_cork_open(struct us6_cork *c, const struct ipcm6_cookie *ipc6,
		  struct rt6_info *rt)
{
	const struct ipv6_pinfo *np = inet6_sk(c->sk);
	struct inet_cork *base = &c->full->base;

	base->dst = &rt->dst;
	base->flags = 0;
	base->length = 0;
	base->tx_flags = 0;
	c->v6->opt = ipc6->opt;
	if (ipc6->opt && c->corked) {
		c->v6->opt = us6_opts_copy(ipc6->opt, c->sk->sk_allocation);
		if (!c->v6->opt)
			return -ENOBUFS;
	}
	c->v6->hop_limit = ipc6->hlimit >= 0 ? ipc6->hlimit :
			   ip6_sk_dst_hoplimit((struct ipv6_pinfo *)np,
					       &c->full->fl.u.ip6, &rt->dst);
	c->v6->tclass = ipc6->tclass >= 0 ? ipc6->tclass : np->tclass;
	base->fragsize = us6_cork_mtu(c->sk, &rt->dst);
	base->gso_size = ipc6->gso_size;
	base->mark = ipc6->sockc.mark;
	base->transmit_time = ipc6->sockc.transmit_time;
	sock_tx_timestamp(c->sk, ipc6->sockc.tsflags, &base->tx_flags);
	return 0;
}

void us6_cork_release(struct us6_cork *c)
{
	if (c->corked)
		kfree(c->v6->opt);
	c->v6->opt = NULL;
	dst_release(c->full->base.dst);
	c->full->base.dst = NULL;
}

/* RFC 4443 types as they leave; a raw socket's header may be its own data. */
static void us6_cork_count_icmp(struct net *net, struct inet6_dev *idev,
				const struct us6_cork *c,
				const struct sk_buff *skb)
{
	const struct flowi6 *fl6 = &c->full->fl.u.ip6;
	u8 type;

	if (fl6->flowi6_proto != IPPROTO_ICMPV6)
		return;
	if (c->sk->sk_type == SOCK_RAW &&
	    !(fl6->flowi6_flags & FLOWI_FLAG_KNOWN_NH))
		type = fl6->fl6_icmp_type;
	else
		type = icmp6_hdr(skb)->icmp6_type;
	ICMP6MSGOUT_INC_STATS(net, idev, type);
	ICMP6_INC_STATS(net, idev, ICMP6_MIB_OUTMSGS);
}

/*
 * us6_cork_finish() - put the headers in front of what was collected
 * @c: cork, released
 *
 * Return: a packet for us6_send_skb(), or NULL if nothing was collected.
 */
struct sk_buff *us6_cork_finish(struct us6_cork *c)
{
	struct flowi6 *fl6 = &c->full->fl.u.ip6;
	const struct in6_addr *daddr = &fl6->daddr;
	struct net *net = sock_net(c->sk);
	u8 proto = fl6->flowi6_proto;
	struct inet6_dev *idev;
	struct ipv6hdr *hdr;
	struct sk_buff *skb;

	skb = __skb_dequeue(c->queue);
	if (!skb)
		return NULL;
	skb->ignore_df = ip6_sk_ignore_df(c->sk);
	/* What was collected begins with the transport header. */
	__skb_pull(skb, skb_transport_offset(skb));

	us6_push_opts(skb, c->v6->opt, &proto, &daddr);
	hdr = skb_push(skb, sizeof(*hdr));
	skb_reset_network_header(skb);
	ip6_flow_hdr(hdr, c->v6->tclass,
		     ip6_make_flowlabel(net, skb, fl6->flowlabel,
					us6_path_autoflowlabel(net, c->sk),
					fl6));
	hdr->hop_limit = c->v6->hop_limit;
	hdr->nexthdr = proto;
	hdr->saddr = fl6->saddr;
	hdr->daddr = *daddr;

	skb->priority = READ_ONCE(c->sk->sk_priority);
	skb->mark = c->full->base.mark;
	us6_set_txtime(skb, c->full->base.transmit_time, c->sk);

	skb_dst_set(skb, c->full->base.dst);
	c->full->base.dst = NULL;
	idev = us6_dst_idev(skb_dst(skb));
	us6_count_request(net, idev, skb->len);
	us6_cork_count_icmp(net, idev, c, skb);
	us6_cork_release(c);
	return skb;
}

void us6_cork_flush(struct us6_cork *c)
{
	struct inet6_dev *idev = us6_dst_idev(c->full->base.dst);
	struct sk_buff *skb;

	while ((skb = __skb_dequeue(c->queue))) {
		IP6_INC_STATS(sock_net(c->sk), idev, IPSTATS_MIB_OUTDISCARDS);
		kfree_skb(skb);
	}
	us6_cork_release(c);
}

static struct us6_cork us6_sock_cork(struct sock *sk)
{
	return (struct us6_cork) {
		.sk = sk,
		.queue = &sk->sk_write_queue,
		.full = &inet_sk(sk)->cork,
		.v6 = &inet6_sk(sk)->cork,
		.pfrag = sk_page_frag(sk),
		.corked = true,
	};
}

int us6_append_data(struct sock *sk,
		    int (*getfrag)(void *from, char *to, int offset, int len,
				   int odd, struct sk_buff *skb),
		    void *from, size_t length, int transhdrlen,
		    struct ipcm6_cookie *ipc6, struct flowi6 *fl6,
		    struct rt6_info *rt, unsigned int flags)
{
	struct us6_cork c = us6_sock_cork(sk);
	int err;

	if (flags & MSG_PROBE)
		return 0;
	if (skb_queue_empty(c.queue)) {
		/* A failed send may have left an open cork without data. */
		us6_cork_release(&c);
		c.full->fl.u.ip6 = *fl6;
		dst_hold(&rt->dst);
		err = us6_cork_open(&c, ipc6, rt);
		if (err) {
			us6_cork_release(&c);
			return err;
		}
	} else {
		transhdrlen = 0;
	}
	return us6_cork_append(&c, getfrag, from, length, transhdrlen, flags,
			       ipc6);
}

struct sk_buff *us6_finish_skb(struct sock *sk)
{
	struct us6_cork c = us6_sock_cork(sk);

	return us6_cork_finish(&c);
}

void us6_flush_pending(struct sock *sk)
{
	struct us6_cork c = us6_sock_cork(sk);

	us6_cork_flush(&c);
}

int us6_push_pending(struct sock *sk)
{
	struct sk_buff *skb = us6_finish_skb(sk);

	return skb ? us6_send_skb(skb) : 0;
}

struct sk_buff *us6_make_skb(struct sock *sk,
			     int (*getfrag)(void *from, char *to, int offset,
					    int len, int odd,
					    struct sk_buff *skb),
			     void *from, size_t length, int transhdrlen,
			     struct ipcm6_cookie *ipc6, struct rt6_info *rt,
			     unsigned int flags, struct inet_cork_full *cork)
{
	struct inet6_cork v6 = { };
	struct sk_buff_head queue;
	struct us6_cork c = {
		.sk = sk,
		.queue = &queue,
		.full = cork,
		.v6 = &v6,
		.pfrag = &current->task_frag,
	};
	int err;

	if (flags & MSG_PROBE) {
		dst_release(&rt->dst);
		return NULL;
	}
	__skb_queue_head_init(&queue);
	cork->base.addr = 0;
	cork->base.opt = NULL;
	err = us6_cork_open(&c, ipc6, rt);
	if (!err)
		err = us6_cork_append(&c, getfrag, from, length, transhdrlen,
				      flags, ipc6);
	if (err) {
		us6_cork_flush(&c);
		return ERR_PTR(err);
	}
	return us6_cork_finish(&c);
}

int us6_send_skb(struct sk_buff *skb)
{
	struct net *net = sock_net(skb->sk);
	struct inet6_dev *idev;
	int err;

	rcu_read_lock();
	idev = us6_dst_idev(skb_dst(skb));
	err = ip6_local_out(net, skb->sk, skb);
	if (err > 0)
		err = net_xmit_errno(err);
	if (err)
		IP6_INC_STATS(net, idev, IPSTATS_MIB_OUTDISCARDS);
	rcu_read_unlock();
	return err;
}
