// SPDX-License-Identifier: GPL-2.0
/*
 * Splitting packets of the sender, RFC 8200 section 4.5.
 *
 * Others call this with routes that aren't ours (the bridge, sch_frag, Open
 * vSwitch: a route on their stack), so nothing here looks behind dst_mtu() and
 * dst->dev, and IP6CB alone says how large pieces were.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/icmpv6.h>
#include <net/addrconf.h>
#include <net/ip6_route.h>
#include <us6/txtime.h>
#include "path.h"

typedef int us6_out_t(struct net *net, struct sock *sk, struct sk_buff *skb);

/* One packet being split. */
struct us6_split {
	struct net		*net;
	struct sock		*sk;
	us6_out_t		*output;
	struct inet6_dev	*idev;		/* whose counters, or NULL */
	unsigned int		hlen;		/* unfragmentable part */
	unsigned int		nh_off;		/* of the Next Header octet that changes */
	unsigned int		room;		/* payload of a piece, multiple of 8 */
	__be32			id;
	u8			nexthdr;	/* of the fragmentable part */
	ktime_t			tstamp;
	us6_tstamp_type		tstamp_type;
};

/* The size that a piece may have.  Return: 0 when it may not be split. */
static unsigned int us6_split_mtu(const struct sk_buff *skb)
{
	const struct ipv6_pinfo *np = skb->sk && !dev_recursion_level() ?
				      inet6_sk(skb->sk) : NULL;
	unsigned int mtu = ip6_skb_dst_mtu(skb);
	unsigned int frag_max = IP6CB(skb)->frag_max_size;

	if (skb->len > mtu && !skb->ignore_df)
		return 0;
	if (frag_max) {
		/* No piece may become longer than the ones that came. */
		if (frag_max > mtu)
			return 0;
		mtu = max_t(unsigned int, frag_max, US6_MIN_MTU);
	}
	if (np && np->frag_size && np->frag_size < mtu)
		mtu = np->frag_size;
	return mtu;
}

/* Everything that a piece has from the whole but its data. */
static void us6_split_copy_meta(struct sk_buff *to, const struct sk_buff *from)
{
	to->pkt_type = from->pkt_type;
	to->priority = from->priority;
	to->protocol = from->protocol;
	skb_dst_drop(to);
	skb_dst_set(to, dst_clone(skb_dst(from)));
	to->dev = from->dev;
	to->mark = from->mark;
	skb_copy_hash(to, from);
#ifdef CONFIG_NET_SCHED
	to->tc_index = from->tc_index;
#endif
	nf_copy(to, from);
	skb_ext_copy(to, from);
	skb_copy_secmark(to, from);
	*IP6CB(to) = *IP6CB(from);
}

/* @skb has data at its payload; the two headers go in front. */
static void us6_split_headers(const struct us6_split *s, struct sk_buff *skb,
			      const u8 *hdr, unsigned int offset, bool more)
{
	struct frag_hdr *fh;

	skb_reset_transport_header(skb);
	fh = skb_push(skb, sizeof(*fh));
	fh->nexthdr = s->nexthdr;
	fh->reserved = 0;
	fh->frag_off = htons(offset | (more ? IP6_MF : 0));
	fh->identification = s->id;
	skb_reset_transport_header(skb);

	memcpy(skb_push(skb, s->hlen), hdr, s->hlen);
	skb_reset_network_header(skb);
	skb_network_header(skb)[s->nh_off] = NEXTHDR_FRAGMENT;
	ipv6_hdr(skb)->payload_len = htons(skb->len - sizeof(struct ipv6hdr));
	skb_set_delivery_time(skb, s->tstamp, s->tstamp_type);
}

static int us6_split_send(const struct us6_split *s, struct sk_buff *skb)
{
	int err = s->output(s->net, s->sk, skb);

	if (!err)
		IP6_INC_STATS(s->net, s->idev, IPSTATS_MIB_FRAGCREATES);
	return err;
}

/*
 * Can the pieces that the packet already consists of be sent as they are?
 * After reassembly they can.
 */
static bool us6_split_is_ready(const struct us6_split *s, struct sk_buff *skb,
			       unsigned int headroom)
{
	unsigned int first = skb_pagelen(skb);
	struct sk_buff *frag;

	if (!skb_has_frag_list(skb) || skb_cloned(skb) ||
	    skb_headroom(skb) < headroom - s->hlen)
		return false;
	if (first < s->hlen || first - s->hlen > s->room ||
	    (first - s->hlen) & 7)
		return false;
	skb_walk_frags(skb, frag) {
		if (frag->len > s->room || (frag->len & 7 && frag->next) ||
		    skb_headroom(frag) < headroom || skb_shared(frag))
			return false;
	}
	return true;
}

/* Hand the parts of a list to the socket that paid for the whole. */
static void us6_split_own(struct sk_buff *skb)
{
	struct sk_buff *frag;

	skb_walk_frags(skb, frag) {
		if (skb->sk) {
			frag->sk = skb->sk;
			frag->destructor = sock_wfree;
		}
		skb->truesize -= frag->truesize;
	}
}

static int us6_split_list(struct us6_split *s, struct sk_buff *skb)
{
	unsigned int first = skb_pagelen(skb);
	unsigned int offset = first - s->hlen;
	struct sk_buff *frag, *next;
	int err;
	u8 *hdr;

	hdr = kmemdup(skb_network_header(skb), s->hlen, GFP_ATOMIC);
	if (!hdr) {
		kfree_skb(skb);
		return -ENOMEM;
	}
	us6_split_own(skb);
	next = skb_shinfo(skb)->frag_list;
	skb_frag_list_init(skb);
	skb->data_len = first - skb_headlen(skb);
	skb->len = first;
	/* Each piece before it leaves: the first is whose state they copy. */
	for (frag = next; frag; frag = frag->next) {
		frag->ip_summed = CHECKSUM_NONE;
		us6_split_copy_meta(frag, skb);
		us6_split_headers(s, frag, hdr, offset, frag->next);
		offset += frag->len - s->hlen - sizeof(struct frag_hdr);
	}
	__skb_pull(skb, s->hlen);
	us6_split_headers(s, skb, hdr, 0, true);
	kfree(hdr);

	err = us6_split_send(s, skb);
	while (next && !err) {
		frag = next;
		next = frag->next;
		skb_mark_not_on_list(frag);
		err = us6_split_send(s, frag);
	}
	kfree_skb_list(next);
	return err;
}

/* A new packet for @len bytes from @offset of the fragmentable part. */
static struct sk_buff *us6_split_piece(const struct us6_split *s,
				       struct sk_buff *skb, unsigned int offset,
				       unsigned int len, bool more)
{
	struct net_device *dev = skb_dst(skb)->dev;
	unsigned int room = LL_RESERVED_SPACE(dev) + s->hlen +
			    sizeof(struct frag_hdr);
	struct sk_buff *piece;

	piece = alloc_skb(room + len + dev->needed_tailroom, GFP_ATOMIC);
	if (!piece)
		return NULL;
	skb_reserve(piece, room);
	if (skb_copy_bits(skb, s->hlen + offset, skb_put(piece, len), len)) {
		kfree_skb(piece);
		return NULL;
	}
	us6_split_copy_meta(piece, skb);
	/* The socket pays for what waits on the way. */
	if (skb->sk)
		skb_set_owner_w(piece, skb->sk);
	us6_split_headers(s, piece, skb_network_header(skb), offset, more);
	return piece;
}

static int us6_split_copy(const struct us6_split *s, struct sk_buff *skb)
{
	unsigned int left = skb->len - s->hlen, offset = 0;
	struct sk_buff *piece;
	int err = 0;

	while (left && !err) {
		unsigned int len = min(left, s->room);

		piece = us6_split_piece(s, skb, offset, len, len < left);
		if (!piece) {
			kfree_skb(skb);
			return -ENOMEM;
		}
		offset += len;
		left -= len;
		err = us6_split_send(s, piece);
	}
	if (err)
		kfree_skb(skb);
	else
		consume_skb(skb);
	return err;
}

/* Return: 0, or an errno with the packet still the caller's. */
static int us6_split_start(struct us6_split *s, struct sk_buff *skb,
			   unsigned int mtu)
{
	const struct ipv6hdr *hdr;
	u8 *prev;
	int hlen;

	hlen = ip6_find_1stfragopt(skb, &prev);
	if (hlen < 0)
		return hlen;
	if (mtu < hlen + sizeof(struct frag_hdr) + 8)
		return -EMSGSIZE;
	if (skb->ip_summed == CHECKSUM_PARTIAL && skb_checksum_help(skb))
		return -ENOMEM;
	if (!pskb_may_pull(skb, hlen))
		return -EINVAL;
	/* Both may have moved the header. */
	hlen = ip6_find_1stfragopt(skb, &prev);
	if (hlen < 0)
		return hlen;
	hdr = ipv6_hdr(skb);
	s->hlen = hlen;
	s->nh_off = prev - skb_network_header(skb);
	s->nexthdr = *prev;
	s->room = (mtu - hlen - sizeof(struct frag_hdr)) & ~7;
	s->id = ipv6_select_ident(s->net, &hdr->daddr, &hdr->saddr);
	s->tstamp = skb->tstamp;
	s->tstamp_type = us6_tstamp_type_of(skb);
	return 0;
}

int us6_fragment(struct net *net, struct sock *sk, struct sk_buff *skb,
		 us6_out_t *output)
{
	struct us6_split s = {
		.net = net,
		.sk = sk,
		.output = output,
		.idev = us6_dst_idev(skb_dst(skb)),
	};
	int err = -ENETUNREACH;
	unsigned int mtu;

	/* Each piece takes a reference, which a route that left can't give. */
	if (!skb_dst_force(skb))
		goto fail;
	mtu = us6_split_mtu(skb);
	err = -EMSGSIZE;
	if (mtu)
		err = us6_split_start(&s, skb, mtu);
	if (err == -EMSGSIZE)
		us6_icmp_send(skb, ICMPV6_PKT_TOOBIG, 0, ip6_skb_dst_mtu(skb),
			      NULL, IP6CB(skb));
	if (err)
		goto fail;

	if (us6_split_is_ready(&s, skb, LL_RESERVED_SPACE(skb_dst(skb)->dev) +
					s.hlen + sizeof(struct frag_hdr)))
		err = us6_split_list(&s, skb);
	else
		err = us6_split_copy(&s, skb);
	IP6_INC_STATS(net, s.idev, err ? IPSTATS_MIB_FRAGFAILS :
					 IPSTATS_MIB_FRAGOKS);
	return err;

fail:
	IP6_INC_STATS(net, s.idev, IPSTATS_MIB_FRAGFAILS);
	kfree_skb(skb);
	return err;
}
