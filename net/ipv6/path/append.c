// SPDX-License-Identifier: GPL-2.0
/*
 * User data into the one packet of a cork.
 *
 * The packet begins with the transport header; network headers are pushed when
 * it is finished.  What fits the path MTU, or comes first, is linear; the rest
 * goes into page fragments, so that a datagram of any size, a batch of GSO
 * segments and zero-copy pages are one buffer.  A datagram above the path MTU is
 * split on the way out (fragment.c).
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/socket.h>
#include <net/ip.h>
#include <net/ip6_route.h>
#include <net/ipv6.h>
#include <net/us6/sock.h>
#include "cork.h"
#include "path.h"

typedef int us6_getfrag_t(void *from, char *to, int offset, int len, int odd,
			  struct sk_buff *skb);

/* One call of us6_cork_append(). */
struct us6_append {
	struct us6_cork		*c;
	struct dst_entry	*dst;
	us6_getfrag_t		*getfrag;
	void			*from;
	unsigned int		flags;		/* MSG_* */
	unsigned int		headers;	/* bytes before the transport */
	unsigned int		mtu;
	int			offset;		/* of user data consumed */
	u8			csum_mode;
	bool			paged;
	bool			zerocopy;
	struct ubuf_info	*uarg;
	bool			uarg_ref;	/* ours to give back */
	u32			tskey;
};

/* Room for user bytes in one packet of the path MTU. */
static unsigned int us6_append_room(const struct us6_append *a)
{
	return a->mtu - a->headers;
}

static int us6_append_too_big(struct us6_append *a, bool rxpmtu)
{
	struct flowi6 *fl6 = &a->c->full->fl.u.ip6;
	int pmtu = max_t(int, a->mtu - a->headers + sizeof(struct ipv6hdr), 0);

	if (rxpmtu)
		us6_local_rxpmtu(a->c->sk, fl6, pmtu);
	us6_local_error(a->c->sk, EMSGSIZE, fl6, pmtu);
	return -EMSGSIZE;
}

static bool us6_append_dontfrag(const struct sock *sk,
				const struct ipcm6_cookie *ipc6)
{
	switch (sk->sk_protocol) {
	case IPPROTO_UDP:
	case IPPROTO_ICMPV6:
	case IPPROTO_RAW:
		break;
	default:
		return false;
	}
	return ipc6->dontfrag < 0 ? inet6_test_bit(DONTFRAG, sk) :
				    ipc6->dontfrag;
}

/* May a datagram grow to so many bytes?  Return: 0 or -EMSGSIZE, reported. */
static int us6_append_check(struct us6_append *a, size_t length,
			    int transhdrlen, const struct ipcm6_cookie *ipc6)
{
	const struct sock *sk = a->c->sk;
	size_t total = a->c->full->base.length + length;
	size_t most;

	/* RFC 7112 section 5: the whole chain in the first fragment. */
	if (a->mtu <= a->headers + sizeof(struct frag_hdr) + 8 ||
	    a->headers + transhdrlen > a->mtu)
		return us6_append_too_big(a, false);
	if (total > us6_append_room(a) && us6_append_dontfrag(sk, ipc6))
		return us6_append_too_big(a, true);

	most = a->mtu;
	if (ip6_sk_ignore_df(sk))
		most = sizeof(struct ipv6hdr) + IPV6_MAXPLEN;
	if (total > most - a->headers)
		return us6_append_too_big(a, false);
	return 0;
}

/* The device sums a whole UDP datagram that isn't going to be split. */
static u8 us6_append_csum_mode(const struct us6_append *a, size_t length,
			       int transhdrlen)
{
	const struct inet_cork *base = &a->c->full->base;

	if (transhdrlen && a->c->sk->sk_protocol == IPPROTO_UDP &&
	    a->headers == sizeof(struct ipv6hdr) &&
	    length <= us6_append_room(a) &&
	    (!(a->flags & MSG_MORE) || base->gso_size) &&
	    a->dst->dev->features & (NETIF_F_IPV6_CSUM | NETIF_F_HW_CSUM))
		return CHECKSUM_PARTIAL;
	return CHECKSUM_NONE;
}

/* Whose pages are sent, and whether they can be sent without a copy. */
static int us6_append_zerocopy(struct us6_append *a, struct sk_buff *skb,
			       size_t length)
{
	struct sock *sk = a->c->sk;
	struct msghdr *msg = a->from;
	bool direct = a->dst->dev->features & NETIF_F_SG &&
		      a->csum_mode == CHECKSUM_PARTIAL;

	if (!(a->flags & MSG_ZEROCOPY) || !length)
		return 0;
	if (a->getfrag == ip_generic_getfrag && msg->msg_ubuf) {
		if (skb_zcopy(skb) && msg->msg_ubuf != skb_zcopy(skb))
			return -EINVAL;
		/* Without direct access the caller's pages are copied. */
		if (!direct)
			return 0;
		a->uarg = msg->msg_ubuf;
	} else if (sock_flag(sk, SOCK_ZEROCOPY)) {
		a->uarg = msg_zerocopy_realloc(sk, length, skb_zcopy(skb));
		if (!a->uarg)
			return -ENOBUFS;
		a->uarg_ref = !skb_zcopy(skb);
		if (!direct) {
			uarg_to_msgzc(a->uarg)->zerocopy = 0;
			if (skb)
				skb_zcopy_set(skb, a->uarg, &a->uarg_ref);
			return 0;
		}
	} else {
		return 0;
	}
	a->paged = true;
	a->zerocopy = true;
	return 0;
}

/* How much of the first call's bytes lie in the packet's linear part. */
static unsigned int us6_append_linear(const struct us6_append *a, size_t length,
				      unsigned int transhdrlen,
				      unsigned int *alloc)
{
	unsigned int room = us6_append_room(a);
	unsigned int linear = min_t(size_t, length, room);
	bool sg = a->dst->dev->features & NETIF_F_SG;

	*alloc = linear;
	if (a->paged) {
		linear = transhdrlen;
		*alloc = linear;
	} else if (linear > SKB_MAX_ALLOC / 2) {
		/* High orders are hard to get; pages do for the rest. */
		linear = SKB_MAX_ALLOC / 2;
		*alloc = linear;
	} else if (a->flags & MSG_MORE && !sg) {
		/* Without page fragments later calls fill up the tail. */
		*alloc = min_t(unsigned int, room, SKB_MAX_ALLOC / 2);
	}
	return linear;
}

/* The packet, its transport header still to be written, and first bytes. */
static struct sk_buff *us6_append_first(struct us6_append *a, size_t *length,
					unsigned int transhdrlen, int *err)
{
	unsigned int head = LL_RESERVED_SPACE(a->dst->dev) + a->headers +
			    a->dst->header_len + sizeof(struct frag_hdr);
	unsigned int linear, alloc, data;
	struct sk_buff *skb;

	linear = us6_append_linear(a, *length, transhdrlen, &alloc);
	skb = sock_alloc_send_skb(a->c->sk,
				  head + alloc + a->dst->trailer_len,
				  a->flags & MSG_DONTWAIT, err);
	if (!skb)
		return NULL;
	skb->protocol = htons(ETH_P_IPV6);
	skb->ip_summed = a->csum_mode;
	skb->csum = 0;
	skb_reserve(skb, head);
	/* Who looks while it is corked finds a header of the usual length. */
	skb_set_network_header(skb, -(int)a->headers);
	skb_reset_transport_header(skb);
	skb_put(skb, linear);

	data = linear - transhdrlen;
	if (data && a->getfrag(a->from, skb->data + transhdrlen, 0, data, 0,
			       skb) < 0) {
		kfree_skb(skb);
		*err = -EFAULT;
		return NULL;
	}
	a->offset = data;
	*length -= linear;

	skb_shinfo(skb)->tx_flags = a->c->full->base.tx_flags;
	skb_shinfo(skb)->tskey = a->tskey;
	a->c->full->base.tx_flags = 0;
	skb_zcopy_set(skb, a->uarg, &a->uarg_ref);
	if (a->flags & MSG_CONFIRM)
		skb_set_dst_pending_confirm(skb, 1);
	__skb_queue_tail(a->c->queue, skb);
	return skb;
}

/* Up to @length bytes into the tail.  Return: bytes taken, or -EFAULT. */
static int us6_append_tail(struct us6_append *a, struct sk_buff *skb, int length)
{
	int off = skb->len;

	length = min_t(int, length, skb_tailroom(skb));
	if (a->getfrag(a->from, skb_put(skb, length), a->offset, length, off,
		       skb) < 0) {
		__skb_trim(skb, off);
		return -EFAULT;
	}
	return length;
}

/* Up to @length bytes into a page.  Return: bytes taken, or an errno. */
static int us6_append_page(struct us6_append *a, struct sk_buff *skb, int length)
{
	struct page_frag *pfrag = a->c->pfrag;
	struct sock *sk = a->c->sk;
	int i = skb_shinfo(skb)->nr_frags;

	if (!sk_page_frag_refill(sk, pfrag))
		return -ENOMEM;
	skb_zcopy_downgrade_managed(skb);
	if (!skb_can_coalesce(skb, i, pfrag->page, pfrag->offset)) {
		if (i == MAX_SKB_FRAGS)
			return -EMSGSIZE;
		__skb_fill_page_desc(skb, i, pfrag->page, pfrag->offset, 0);
		skb_shinfo(skb)->nr_frags = ++i;
		get_page(pfrag->page);
	}
	length = min_t(int, length, pfrag->size - pfrag->offset);
	if (a->getfrag(a->from, page_address(pfrag->page) + pfrag->offset,
		       a->offset, length, skb->len, skb) < 0)
		return -EFAULT;

	pfrag->offset += length;
	skb_frag_size_add(&skb_shinfo(skb)->frags[i - 1], length);
	skb->len += length;
	skb->data_len += length;
	skb->truesize += length;
	refcount_add(length, &sk->sk_wmem_alloc);
	return length;
}

static int us6_append_some(struct us6_append *a, struct sk_buff *skb, int length)
{
	int err;

	if (a->zerocopy) {
		err = skb_zerocopy_iter_dgram(skb, a->from, length);
		return err < 0 ? err : length;
	}
	if (!skb_is_nonlinear(skb) && skb_tailroom(skb) > 0 && !a->paged &&
	    !(a->dst->dev->features & NETIF_F_SG))
		return us6_append_tail(a, skb, length);
	return us6_append_page(a, skb, length);
}

/*
 * us6_cork_append() - more bytes for the datagram
 * @c: open cork
 * @getfrag: copies from @from
 * @from: source
 * @length: bytes, transport header included in the first call
 * @transhdrlen: bytes of the transport header in the first call, else 0
 * @flags: MSG_*
 * @ipc6: don't-fragment
 *
 * Return: 0, or an errno; what was collected before stays.
 */
int us6_cork_append(struct us6_cork *c, us6_getfrag_t *getfrag, void *from,
		    size_t length, int transhdrlen, unsigned int flags,
		    const struct ipcm6_cookie *ipc6)
{
	const struct ipv6_txoptions *opt = c->v6->opt;
	struct inet_cork *base = &c->full->base;
	struct sk_buff *skb = skb_peek_tail(c->queue);
	struct us6_append a = {
		.c = c,
		.dst = base->dst,
		.getfrag = getfrag,
		.from = from,
		.flags = flags,
		.headers = sizeof(struct ipv6hdr) +
			   (opt ? opt->opt_flen + opt->opt_nflen : 0),
		.mtu = base->gso_size ? IP6_MAX_MTU : base->fragsize,
		.paged = base->gso_size,
	};
	bool keyed;
	int err;

	err = us6_append_check(&a, length, transhdrlen, ipc6);
	if (err)
		return err;
	a.csum_mode = us6_append_csum_mode(&a, length, transhdrlen);
	err = us6_append_zerocopy(&a, skb, length);
	if (err)
		return err;

	keyed = base->tx_flags & SKBTX_ANY_TSTAMP &&
		READ_ONCE(c->sk->sk_tsflags) & SOF_TIMESTAMPING_OPT_ID;
	if (keyed)
		a.tskey = atomic_inc_return(&c->sk->sk_tskey) - 1;

	base->length += length;
	if (!skb) {
		skb = us6_append_first(&a, &length, transhdrlen, &err);
		if (!skb)
			goto fail;
	}
	while (length) {
		err = us6_append_some(&a, skb, length);
		if (err < 0)
			goto fail;
		a.offset += err;
		length -= err;
	}
	return 0;
fail:
	net_zcopy_put_abort(a.uarg, a.uarg_ref);
	base->length -= length;
	IP6_INC_STATS(sock_net(c->sk), us6_dst_idev(a.dst),
		      IPSTATS_MIB_OUTDISCARDS);
	if (keyed)
		atomic_dec(&c->sk->sk_tskey);
	return err;
}
