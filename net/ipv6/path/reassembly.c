// SPDX-License-Identifier: GPL-2.0
/*
 * Reassembly: RFC 8200 section 4.5, RFC 5722 (overlaps), RFC 6946 (atomic
 * fragments), RFC 7112 (whole header chain in the first fragment).  The queues,
 * their memory and their timers are the kernel's inet_frag library.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/icmpv6.h>
#include <linux/module.h>
#include <net/addrconf.h>
#include <net/inet_ecn.h>
#include <net/ipv6_frag.h>
#include <net/protocol.h>
#include <net/us6/sysctl.h>
#include <net/us6/wire_ext.h>
#include <us6/frag.h>
#include "path.h"

static struct inet_frags us6_frags;

/* A fragment as its headers describe it. */
struct us6_piece {
	struct net		*net;
	struct inet6_dev	*idev;
	struct net_device	*dev;
	unsigned int		hdr_pos;	/* of the Fragment header from the IPv6 header */
	unsigned int		nhoff;		/* of the Next Header octet that names it */
	unsigned int		offset;		/* of the data in the datagram */
	unsigned int		end;
	bool			more;
	u8			ecn;
};

static const struct frag_hdr *us6_frag_hdr(const struct sk_buff *skb)
{
	return (const struct frag_hdr *)skb_transport_header(skb);
}

/* RFC 7112 section 5.  Return: false when headers are missing. */
static bool us6_chain_complete(struct sk_buff *skb, unsigned int off, u8 nexthdr)
{
	struct us6_chain c;

	/* Rarely more than the drivers' linear part. */
	if (us6_chain_walk(skb->data, skb_headlen(skb), off, nexthdr, &c)) {
		if (!skb_is_nonlinear(skb) || skb_linearize(skb) ||
		    us6_chain_walk(skb->data, skb->len, off, nexthdr, &c))
			return false;
	}
	return c.frag_off || c.off + us6_upper_min(c.nexthdr) <= skb->len;
}

/*
 * Section 4.5: what a Fragment header must keep to.  Return: false when the
 * packet is gone.
 */
static bool us6_piece_parse(struct sk_buff *skb, struct us6_piece *p)
{
	const struct frag_hdr *fh;
	int field;

	/* Fragments of fragments don't exist, jumbograms have none. */
	if (IP6CB(skb)->flags & IP6SKB_FRAGMENTED ||
	    !ipv6_hdr(skb)->payload_len) {
		us6_icmp_param_prob(skb, ICMPV6_HDR_FIELD, p->hdr_pos,
				    US6_DROP_HDR_EXT);
		return false;
	}
	if (!pskb_may_pull(skb, sizeof(*fh))) {
		us6_icmp_param_prob(skb, ICMPV6_HDR_FIELD, p->hdr_pos,
				    US6_DROP_HDR_EXT);
		return false;
	}
	fh = us6_frag_hdr(skb);
	p->offset = ntohs(fh->frag_off) & ~7;
	p->more = fh->frag_off & htons(IP6_MF);
	p->end = p->offset + ntohs(ipv6_hdr(skb)->payload_len) +
		 sizeof(struct ipv6hdr) - p->hdr_pos - sizeof(*fh);
	p->ecn = 1 << (ipv6_get_dsfield(ipv6_hdr(skb)) & INET_ECN_MASK);

	if (p->end > IPV6_MAXPLEN) {
		field = p->hdr_pos + offsetof(struct frag_hdr, frag_off);
		us6_icmp_param_prob(skb, ICMPV6_HDR_FIELD, field,
				    US6_DROP_HDR_EXT);
		return false;
	}
	if (p->more && p->end & 7) {
		field = offsetof(struct ipv6hdr, payload_len);
		us6_icmp_param_prob(skb, ICMPV6_HDR_FIELD, field,
				    US6_DROP_HDR_LENGTH);
		return false;
	}
	if (p->more && !p->offset &&
	    !us6_chain_complete(skb, sizeof(*fh), fh->nexthdr)) {
		us6_icmp_param_prob(skb, ICMPV6_HDR_INCOMP, 0,
				    US6_DROP_HDR_EXT);
		return false;
	}
	return true;
}

/* Does it change what is known of the datagram's length?  RFC 5722. */
static bool us6_queue_length_ok(struct inet_frag_queue *q,
				const struct us6_piece *p)
{
	if (p->end == p->offset)
		return false;
	if (!p->more) {
		if (p->end < q->len ||
		    (q->flags & INET_FRAG_LAST_IN && p->end != q->len))
			return false;
		q->flags |= INET_FRAG_LAST_IN;
		q->len = p->end;
	} else if (p->end > q->len) {
		if (q->flags & INET_FRAG_LAST_IN)
			return false;
		q->len = p->end;
	}
	return true;
}

/* Take the Fragment header out in front of the first piece's data. */
static void us6_cut_header(struct sk_buff *skb, unsigned int nhoff)
{
	const unsigned int cut = sizeof(struct frag_hdr);

	skb_network_header(skb)[nhoff] = us6_frag_hdr(skb)->nexthdr;
	memmove(skb->head + cut, skb->head, (skb->data - skb->head) - cut);
	if (skb_mac_header_was_set(skb))
		skb->mac_header += cut;
	skb->network_header += cut;
	skb_reset_transport_header(skb);
}

/*
 * All pieces are there: @skb becomes the datagram.  Queue locked.
 * Return: 1, or -1 with the packet the dying queue's.
 */
static int us6_queue_join(struct frag_queue *fq, struct sk_buff *skb,
			  struct sk_buff *prev, const struct us6_piece *p,
			  int *refs)
{
	u8 ecn = ip_frag_ecn_table[fq->ecn];
	unsigned int len;
	void *data;

	us6_frag_kill(&fq->q, refs);
	/* RFC 3168 section 5.3: marks that can't be joined. */
	if (unlikely(ecn == 0xff))
		goto fail;
	data = inet_frag_reasm_prepare(&fq->q, skb, prev);
	if (!data)
		goto fail;
	len = skb->data - skb_network_header(skb) - sizeof(struct ipv6hdr) +
	      fq->q.len - sizeof(struct frag_hdr);
	if (len > IPV6_MAXPLEN)
		goto fail;

	us6_cut_header(skb, fq->nhoffset);
	inet_frag_reasm_finish(&fq->q, skb, data, true);
	skb->dev = p->dev;
	ipv6_hdr(skb)->payload_len = htons(len);
	ipv6_change_dsfield(ipv6_hdr(skb), 0xff, ecn);
	IP6CB(skb)->nhoff = fq->nhoffset;
	IP6CB(skb)->flags |= IP6SKB_FRAGMENTED;
	IP6CB(skb)->frag_max_size = fq->q.max_size;
	/* The checksum covers the headers again until they are passed. */
	skb_postpush_rcsum(skb, skb_network_header(skb),
			   skb_network_header_len(skb));
	__IP6_INC_STATS(p->net, p->idev, IPSTATS_MIB_REASMOKS);
	fq->q.rb_fragments = RB_ROOT;
	fq->q.fragments_tail = NULL;
	fq->q.last_run_head = NULL;
	return 1;
fail:
	__IP6_INC_STATS(p->net, p->idev, IPSTATS_MIB_REASMFAILS);
	return -1;
}

/* RFC 5722: a datagram with an overlap is thrown away whole. */
static int us6_queue_discard(struct frag_queue *fq, struct sk_buff *skb,
			     const struct us6_piece *p,
			     enum us6_drop_reason reason, int *refs)
{
	us6_frag_kill(&fq->q, refs);
	us6_drop(skb, p->net, p->idev, reason);
	return -1;
}

/* Trim a fragment to its data.  Return: false without memory. */
static bool us6_piece_trim(struct sk_buff *skb, const struct us6_piece *p)
{
	const u8 *nh = skb_network_header(skb);
	unsigned int headers = p->hdr_pos + sizeof(struct frag_hdr);

	if (skb->ip_summed == CHECKSUM_COMPLETE)
		skb->csum = csum_sub(skb->csum, csum_partial(nh, headers, 0));
	return pskb_pull(skb, sizeof(struct frag_hdr)) &&
	       !pskb_trim_rcsum(skb, p->end - p->offset);
}

/* Queue locked.  Return: 1 when @skb is the whole datagram, -1 when it's gone. */
static int us6_queue_add(struct frag_queue *fq, struct sk_buff *skb,
			 const struct us6_piece *p, int *refs)
{
	struct inet_frag_queue *q = &fq->q;
	unsigned int size, truesize;
	struct sk_buff *prev;
	unsigned long refdst;
	int ret;

	if (q->flags & INET_FRAG_COMPLETE) {
		us6_drop(skb, p->net, p->idev, US6_DROP_FRAG_DUPLICATE);
		return -1;
	}
	if (!us6_queue_length_ok(q, p))
		return us6_queue_discard(fq, skb, p, US6_DROP_FRAG_INVALID, refs);
	if (!us6_piece_trim(skb, p)) {
		us6_drop(skb, p->net, p->idev, US6_DROP_FRAG_FAILED);
		return -1;
	}

	fq->iif = p->dev->ifindex;
	prev = q->fragments_tail;
	ret = inet_frag_queue_insert(q, skb, p->offset, p->end);
	if (ret == IPFRAG_DUP) {
		/* Section 4.5: an exact copy may be ignored. */
		skb->dev = p->dev;
		us6_drop(skb, p->net, p->idev, US6_DROP_FRAG_DUPLICATE);
		return -1;
	}
	if (ret) {
		skb->dev = p->dev;
		__IP6_INC_STATS(p->net, p->idev, IPSTATS_MIB_REASM_OVERLAPS);
		return us6_queue_discard(fq, skb, p, US6_DROP_FRAG_OVERLAP, refs);
	}

	truesize = skb->truesize;
	q->stamp = skb->tstamp;
	us6_frag_set_tstamp(q, skb);
	q->meat += skb->len;
	fq->ecn |= p->ecn;
	add_frag_mem_limit(q->fqdir, truesize);
	size = skb->len - skb_network_offset(skb);
	if (size > q->max_size)
		q->max_size = size;
	if (!p->offset) {
		fq->nhoffset = p->nhoff;
		q->flags |= INET_FRAG_FIRST_IN;
	}
	if (q->flags == (INET_FRAG_FIRST_IN | INET_FRAG_LAST_IN) &&
	    q->meat == q->len) {
		/* The route of this piece becomes the datagram's. */
		refdst = skb->_skb_refdst;
		skb->_skb_refdst = 0UL;
		ret = us6_queue_join(fq, skb, prev, p, refs);
		if (ret > 0)
			skb->_skb_refdst = refdst;
		else
			refdst_drop(refdst);
		return ret;
	}
	skb_dst_drop(skb);
	return -1;
}

/* RFC 6946: a whole datagram in one fragment is nobody's piece. */
static int us6_atomic_fragment(struct sk_buff *skb, const struct us6_piece *p)
{
	struct inet6_skb_parm *cb = IP6CB(skb);

	cb->nhoff = p->hdr_pos;
	cb->flags |= IP6SKB_FRAGMENTED;
	cb->frag_max_size = ntohs(ipv6_hdr(skb)->payload_len) +
			    sizeof(struct ipv6hdr);
	skb->transport_header += sizeof(struct frag_hdr);
	__IP6_INC_STATS(p->net, p->idev, IPSTATS_MIB_REASMOKS);
	return 1;
}

static struct frag_queue *us6_queue_find(struct net *net,
					 const struct sk_buff *skb, __be32 id,
					 int iif)
{
	const struct ipv6hdr *hdr = ipv6_hdr(skb);
	struct frag_v6_compare_key key = {
		.id = id,
		.saddr = hdr->saddr,
		.daddr = hdr->daddr,
		.user = IP6_DEFRAG_LOCAL_DELIVER,
	};
	struct inet_frag_queue *q;

	/* Only these mean different nodes on different links. */
	if (ipv6_addr_type(&hdr->daddr) &
	    (IPV6_ADDR_MULTICAST | IPV6_ADDR_LINKLOCAL))
		key.iif = iif;
	q = inet_frag_find(net->ipv6.fqdir, &key);
	return q ? container_of(q, struct frag_queue, q) : NULL;
}

static int us6_frag_rcv(struct sk_buff *skb)
{
	struct us6_piece p = {
		.net = dev_net(skb->dev),
		.dev = skb->dev,
		.idev = us6_dst_idev(skb_dst(skb)),
		.hdr_pos = skb_network_header_len(skb),
		.nhoff = IP6CB(skb)->nhoff,
	};
	int refs = US6_FRAG_FOUND, ret;
	const struct frag_hdr *fh;
	struct frag_queue *fq;

	__IP6_INC_STATS(p.net, p.idev, IPSTATS_MIB_REASMREQDS);
	if (!us6_piece_parse(skb, &p))
		return -1;
	if (!p.offset && !p.more)
		return us6_atomic_fragment(skb, &p);

	fh = us6_frag_hdr(skb);
	fq = us6_queue_find(p.net, skb, fh->identification,
			    us6_in_dev(skb)->ifindex);
	if (!fq) {
		us6_drop(skb, p.net, p.idev, US6_DROP_FRAG_FAILED);
		return -1;
	}
	spin_lock(&fq->q.lock);
	ret = us6_queue_add(fq, skb, &p, &refs);
	spin_unlock(&fq->q.lock);
	us6_frag_put(&fq->q, refs);
	return ret;
}

/* Section 4.5: 60 seconds, and an error if it is known whom to send it. */
static void us6_frag_expire(struct timer_list *t)
{
	struct inet_frag_queue *q = from_timer(q, t, timer);
	struct frag_queue *fq = container_of(q, struct frag_queue, q);
	struct net *net = q->fqdir->net;
	struct sk_buff *head = NULL;
	struct net_device *dev;
	int refs = 1;

	rcu_read_lock();
	spin_lock(&q->lock);
	if (q->flags & INET_FRAG_COMPLETE)
		goto out;
	us6_frag_kill(q, &refs);
	if (READ_ONCE(q->fqdir->dead))
		goto out;
	dev = dev_get_by_index_rcu(net, fq->iif);
	if (!dev)
		goto out;
	__IP6_INC_STATS(net, __in6_dev_get(dev), IPSTATS_MIB_REASMFAILS);
	if (q->flags & INET_FRAG_FIRST_IN)
		head = inet_frag_pull_head(q);
	if (!head)
		__IP6_INC_STATS(net, __in6_dev_get(dev),
				IPSTATS_MIB_REASMTIMEOUT);
out:
	spin_unlock(&q->lock);
	if (head) {
		/* dev shares its place with the tree's node. */
		head->dev = dev;
		us6_icmp_send(head, ICMPV6_TIME_EXCEED, ICMPV6_EXC_FRAGTIME, 0,
			      NULL, IP6CB(head));
		us6_drop(head, net, __in6_dev_get(dev), US6_DROP_FRAG_TIMEOUT);
	}
	rcu_read_unlock();
	us6_frag_put(q, refs);
}

static const struct inet6_protocol us6_frag_proto = {
	.handler	= us6_frag_rcv,
	.flags		= INET6_PROTO_NOPOLICY,
};

static const struct rhashtable_params us6_frag_rhash = {
	.head_offset		= offsetof(struct inet_frag_queue, node),
	.hashfn			= ip6frag_key_hashfn,
	.obj_hashfn		= ip6frag_obj_hashfn,
	.obj_cmpfn		= ip6frag_obj_cmpfn,
	.automatic_shrinking	= true,
};

static int __net_init us6_frag_net_init(struct net *net)
{
	int err;

	err = fqdir_init(&net->ipv6.fqdir, &us6_frags, net);
	if (err)
		return err;
	net->ipv6.fqdir->high_thresh = IPV6_FRAG_HIGH_THRESH;
	net->ipv6.fqdir->low_thresh = IPV6_FRAG_LOW_THRESH;
	net->ipv6.fqdir->timeout = IPV6_FRAG_TIMEOUT;
	err = us6_frag_sysctl_add(net);
	if (err) {
		fqdir_exit(net->ipv6.fqdir);
		net->ipv6.fqdir = NULL;
	}
	return err;
}

static void __net_exit us6_frag_net_pre_exit(struct net *net)
{
	fqdir_pre_exit(net->ipv6.fqdir);
}

static void __net_exit us6_frag_net_exit(struct net *net)
{
	us6_frag_sysctl_del(net);
	fqdir_exit(net->ipv6.fqdir);
	net->ipv6.fqdir = NULL;
}

static struct pernet_operations us6_frag_net_ops = {
	.init		= us6_frag_net_init,
	.pre_exit	= us6_frag_net_pre_exit,
	.exit		= us6_frag_net_exit,
};

int us6_reasm_init(void)
{
	int err;

	us6_frags = (struct inet_frags) {
		.constructor	= ip6frag_init,
		.qsize		= sizeof(struct frag_queue),
		.frag_expire	= us6_frag_expire,
		.frags_cache_name = "us6-frags",
		.rhash_params	= us6_frag_rhash,
	};
	err = inet_frags_init(&us6_frags);
	if (err)
		return err;
	err = register_pernet_subsys(&us6_frag_net_ops);
	if (err)
		goto fini;
	err = inet6_add_protocol(&us6_frag_proto, IPPROTO_FRAGMENT);
	if (err)
		goto unregister;
	return 0;
unregister:
	unregister_pernet_subsys(&us6_frag_net_ops);
fini:
	inet_frags_fini(&us6_frags);
	return err;
}

void us6_reasm_exit(void)
{
	inet6_del_protocol(&us6_frag_proto, IPPROTO_FRAGMENT);
	unregister_pernet_subsys(&us6_frag_net_ops);
	/* Waits for the queues of all namespaces. */
	inet_frags_fini(&us6_frags);
}
