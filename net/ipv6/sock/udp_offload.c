// SPDX-License-Identifier: GPL-2.0
/*
 * us6: segmentation and merging of UDP over IPv6.  The stock stack registers it
 * in the part that is off, so inet6_offloads[17] is ours.
 */
#include <linux/udp.h>
#include <net/gro.h>
#include <net/gso.h>
#include <net/ip6_checksum.h>
#include <net/protocol.h>
#include "udp.h"

/*
 * Cut a datagram that a guest left whole (SKB_GSO_UDP) into fragments, RFC 8200
 * section 4.5.  A Fragment header is put in here; offsets and flags are written
 * by the segmentation of IPv6.
 */
static struct sk_buff *us6_udp_fragment(struct sk_buff *skb,
					netdev_features_t features)
{
	const struct ipv6hdr *hdr = ipv6_hdr(skb);
	int tunnel = skb_tnl_header_len(skb);
	const int size = sizeof(struct frag_hdr);
	struct udphdr *uh = udp_hdr(skb);
	struct frag_hdr *frag;
	u8 *prev, *start, next;
	int unfrag, move;

	if (unlikely(skb->len <= skb_shinfo(skb)->gso_size))
		return ERR_PTR(-EINVAL);
	/* No device sums a datagram over its fragments. */
	uh->check = 0;
	uh->check = udp_v6_check(skb->len, &hdr->saddr, &hdr->daddr,
				 skb_checksum(skb, 0, skb->len, 0));
	if (!uh->check)
		uh->check = CSUM_MANGLED_0;
	skb->ip_summed = CHECKSUM_UNNECESSARY;
	if (!skb->encap_hdr_csum)
		features |= NETIF_F_HW_CSUM;

	if (skb->mac_header < tunnel + size &&
	    gso_pskb_expand_head(skb, tunnel + size))
		return ERR_PTR(-EINVAL);
	unfrag = ip6_find_1stfragopt(skb, &prev);
	if (unfrag < 0)
		return ERR_PTR(unfrag);
	next = *prev;
	*prev = NEXTHDR_FRAGMENT;
	move = skb_network_header(skb) - skb_mac_header(skb) + unfrag + tunnel;
	start = skb->head + SKB_GSO_CB(skb)->mac_offset;
	memmove(start - size, start, move);
	SKB_GSO_CB(skb)->mac_offset -= size;
	skb->mac_header -= size;
	skb->network_header -= size;

	frag = (struct frag_hdr *)(skb_network_header(skb) + unfrag);
	frag->nexthdr = next;
	frag->reserved = 0;
	frag->identification = ipv6_proxy_select_ident(dev_net(skb->dev), skb);
	return skb_segment(skb, features);
}

static struct sk_buff *us6_udp_gso_segment(struct sk_buff *skb,
					   netdev_features_t features)
{
	unsigned int type = skb_shinfo(skb)->gso_type;

	if (skb->encapsulation &&
	    type & (SKB_GSO_UDP_TUNNEL | SKB_GSO_UDP_TUNNEL_CSUM))
		return skb_udp_tunnel_segment(skb, features, true);
	if (!(type & (SKB_GSO_UDP | SKB_GSO_UDP_L4)) ||
	    !pskb_may_pull(skb, sizeof(struct udphdr)))
		return ERR_PTR(-EINVAL);
	if (type & SKB_GSO_UDP_L4)
		return __udp_gso_segment(skb, features, true);
	return us6_udp_fragment(skb, features);
}

/* The interfaces that a socket may be bound to; IP6CB isn't filled yet. */
static int us6_gro_iif(const struct sk_buff *skb, int *sdif)
{
	struct net_device *master;

	*sdif = 0;
	if (!netif_is_l3_slave(skb->dev))
		return skb->dev->ifindex;
	*sdif = skb->dev->ifindex;
	master = netdev_master_upper_dev_get_rcu(skb->dev);
	return master ? master->ifindex : 0;
}

static struct sock *us6_udp_gro_find(const struct sk_buff *skb,
				     const struct ipv6hdr *hdr, __be16 sport,
				     __be16 dport)
{
	struct net *net = dev_net(skb->dev);
	int iif, sdif;

	iif = us6_gro_iif(skb, &sdif);
	return __udp6_lib_lookup(net, &hdr->saddr, sport, &hdr->daddr, dport,
				 iif, sdif, us6_udp_table(net), NULL);
}

/* For udp_gro_complete(), which has pulled to the headers. */
static struct sock *us6_udp_gro_lookup(const struct sk_buff *skb, __be16 sport,
				       __be16 dport)
{
	return us6_udp_gro_find(skb, ipv6_hdr(skb), sport, dport);
}

static struct sk_buff *us6_udp_gro_receive(struct list_head *head,
					   struct sk_buff *skb)
{
	struct udphdr *uh = udp_gro_udphdr(skb);
	struct sock *sk = NULL;

	if (unlikely(!uh))
		goto flush;
	/* Not worth a sum when nothing will be merged. */
	if (!NAPI_GRO_CB(skb)->flush) {
		if (skb_gro_checksum_validate_zero_check(skb, IPPROTO_UDP,
							 uh->check,
							 ip6_gro_compute_pseudo))
			goto flush;
		if (uh->check)
			skb_gro_checksum_try_convert(skb, IPPROTO_UDP,
						     ip6_gro_compute_pseudo);
	}
	NAPI_GRO_CB(skb)->is_ipv6 = 1;
	if (static_branch_unlikely(&udpv6_encap_needed_key))
		sk = us6_udp_gro_find(skb, skb_gro_network_header(skb),
				      uh->source, uh->dest);
	return udp_gro_receive(head, skb, uh, sk);
flush:
	NAPI_GRO_CB(skb)->flush = 1;
	return NULL;
}

static int us6_udp_gro_complete(struct sk_buff *skb, int nhoff)
{
	struct udphdr *uh = (struct udphdr *)(skb->data + nhoff);
	const struct ipv6hdr *hdr = ipv6_hdr(skb);

	/* A list of whole datagrams, outside of tunnels. */
	if (NAPI_GRO_CB(skb)->is_flist && !NAPI_GRO_CB(skb)->encap_mark) {
		uh->len = htons(skb->len - nhoff);
		skb_shinfo(skb)->gso_type |= SKB_GSO_FRAGLIST | SKB_GSO_UDP_L4;
		skb_shinfo(skb)->gso_segs = NAPI_GRO_CB(skb)->count;
		__skb_incr_checksum_unnecessary(skb);
		return 0;
	}
	if (uh->check)
		uh->check = ~udp_v6_check(skb->len - nhoff, &hdr->saddr,
					  &hdr->daddr, 0);
	return udp_gro_complete(skb, nhoff, us6_udp_gro_lookup);
}

static const struct net_offload us6_udp_offload = {
	.callbacks = {
		.gso_segment	= us6_udp_gso_segment,
		.gro_receive	= us6_udp_gro_receive,
		.gro_complete	= us6_udp_gro_complete,
	},
};

int us6_udp_offload_init(void)
{
	return inet6_add_offload(&us6_udp_offload, IPPROTO_UDP);
}

void us6_udp_offload_exit(void)
{
	inet6_del_offload(&us6_udp_offload, IPPROTO_UDP);
}
