// SPDX-License-Identifier: GPL-2.0
/*
 * Out: POST_ROUTING, the cgroup's word, fragment or not, then the link.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/bpf-cgroup.h>
#include <linux/netfilter.h>
#include <linux/netfilter_ipv6.h>
#include <net/addrconf.h>
#include <net/gso.h>
#include <net/ip6_route.h>
#include <net/lwtunnel.h>
#include <net/us6/mcast.h>
#include <net/us6/nd.h>
#include <us6/stats.h>
#include "path.h"

/* A copy for our own listeners goes through POST_ROUTING like the packet. */
static void us6_mc_loop_back(struct net *net, struct sock *sk,
			     struct sk_buff *skb)
{
	struct sk_buff *copy = skb_clone(skb, GFP_ATOMIC);

	if (copy)
		NF_HOOK(NFPROTO_IPV6, NF_INET_POST_ROUTING, net, sk, copy, NULL,
			copy->dev, dev_loopback_xmit);
}

/*
 * Multicast: looped back to listeners here, and kept in when its scope or its
 * hop limit says so.  Return: false when the packet ends here.
 */
static bool us6_output_mc(struct net *net, struct sock *sk, struct sk_buff *skb,
			  struct inet6_dev *idev)
{
	const struct ipv6hdr *hdr = ipv6_hdr(skb);
	struct net_device *dev = skb->dev;
	struct us6_dev *udev = us6_dev_rcu(dev);

	if (!(dev->flags & IFF_LOOPBACK) && sk_mc_loop(sk) && udev &&
	    us6_group_accepts(udev, &hdr->daddr, &hdr->saddr)) {
		us6_mc_loop_back(net, sk, skb);
		/* RFC 3493 section 5.2: for this node alone. */
		if (!hdr->hop_limit) {
			IP6_INC_STATS(net, idev, IPSTATS_MIB_OUTDISCARDS);
			kfree_skb(skb);
			return false;
		}
	}
	/* RFC 4291 section 2.7: interface-local doesn't leave. */
	if (IPV6_ADDR_MC_SCOPE(&hdr->daddr) <= IPV6_ADDR_SCOPE_NODELOCAL &&
	    !(dev->flags & IFF_LOOPBACK)) {
		kfree_skb(skb);
		return false;
	}
	IP6_UPD_PO_STATS(net, idev, IPSTATS_MIB_OUTMCAST, skb->len);
	return true;
}

/* An upper layer saw progress (MSG_CONFIRM, ACKs): RFC 4861 section 7.3.1. */
static void us6_output_confirm(struct sk_buff *skb, struct net_device *dev,
			       const struct in6_addr *nexthop)
{
	struct us6_dev *udev = us6_dev_rcu(dev);
	struct sock *sk = skb->sk;

	if (udev)
		us6_neigh_confirm(udev, nexthop);
	if (sk && READ_ONCE(sk->sk_dst_pending_confirm))
		WRITE_ONCE(sk->sk_dst_pending_confirm, 0);
}

/**
 * us6_output_link() - one packet, small enough, to its next hop
 * @net: namespace
 * @sk: socket or NULL
 * @skb: packet, skb->dev the egress; consumed
 *
 * Context: RCU.  Return: as dev_queue_xmit().
 */
int us6_output_link(struct net *net, struct sock *sk, struct sk_buff *skb)
{
	struct dst_entry *dst = skb_dst(skb);
	struct net_device *dev = skb->dev;
	struct rt6_info *rt = (struct rt6_info *)dst;
	const struct in6_addr *nexthop;
	struct us6_dst *udst;
	int ret;

	if (unlikely(LL_RESERVED_SPACE(dev) > skb_headroom(skb)) &&
	    dev->header_ops) {
		skb = skb_expand_head(skb, LL_RESERVED_SPACE(dev));
		if (!skb) {
			IP6_INC_STATS(net, rt->rt6i_idev,
				      IPSTATS_MIB_OUTDISCARDS);
			return -ENOMEM;
		}
	}
	if (unlikely(ipv6_addr_is_multicast(&ipv6_hdr(skb)->daddr)) &&
	    !us6_output_mc(net, sk, skb, rt->rt6i_idev))
		return 0;

	if (unlikely(lwtunnel_xmit_redirect(dst->lwtstate))) {
		ret = lwtunnel_xmit(skb);
		if (ret != LWTUNNEL_XMIT_CONTINUE)
			return ret;
	}
	us6_count_transmit(net, rt->rt6i_idev, skb->len);

	nexthop = us6_dst_nexthop(rt, &ipv6_hdr(skb)->daddr);
	if (unlikely(skb_get_dst_pending_confirm(skb)))
		us6_output_confirm(skb, dev, nexthop);

	local_bh_disable();
	udst = us6_dst_of(dst);
	if (likely(udst && udst->neigh && udst->neigh->dev == dev))
		ret = us6_neigh_output(udst->neigh, skb);
	else
		ret = us6_nd_output(skb, nexthop);
	local_bh_enable();
	return ret;
}

/* Segments that are still too long are fragmented one by one. */
static int us6_output_gso_slow(struct net *net, struct sock *sk,
			       struct sk_buff *skb, unsigned int mtu)
{
	struct sk_buff *segs, *next;
	int ret = 0, err;

	segs = skb_gso_segment(skb, netif_skb_features(skb) & ~NETIF_F_GSO_MASK);
	if (IS_ERR_OR_NULL(segs)) {
		IP6_INC_STATS(net, us6_dst_idev(skb_dst(skb)),
			      IPSTATS_MIB_OUTDISCARDS);
		kfree_skb(skb);
		return -ENOMEM;
	}
	consume_skb(skb);
	skb_list_walk_safe(segs, skb, next) {
		skb_mark_not_on_list(skb);
		err = skb->len > mtu ?
			us6_fragment(net, sk, skb, us6_output_link) :
			us6_output_link(net, sk, skb);
		if (err && !ret)
			ret = err;
	}
	return ret;
}

static int us6_output_sized(struct net *net, struct sock *sk,
			    struct sk_buff *skb)
{
	const struct dst_entry *dst = skb_dst(skb);
	unsigned int frag_max = IP6CB(skb)->frag_max_size;
	unsigned int mtu;

	/* RFC 8200 section 5: this much fits everywhere. */
	if (likely(skb->len <= US6_MIN_MTU && !frag_max && !skb_is_gso(skb) &&
		   !dst->lwtstate))
		return us6_output_link(net, sk, skb);

	mtu = ip6_skb_dst_mtu(skb);
	if (skb_is_gso(skb)) {
		if (unlikely(!(IP6CB(skb)->flags & IP6SKB_FAKEJUMBO) &&
			     !skb_gso_validate_network_len(skb, mtu)))
			return us6_output_gso_slow(net, sk, skb, mtu);
		return us6_output_link(net, sk, skb);
	}
	if (skb->len > mtu || (frag_max && skb->len > frag_max))
		return us6_fragment(net, sk, skb, us6_output_link);
	return us6_output_link(net, sk, skb);
}

/* Behind POST_ROUTING. */
static int us6_output_finish(struct net *net, struct sock *sk,
			     struct sk_buff *skb)
{
	int verdict, ret;

	verdict = BPF_CGROUP_RUN_PROG_INET_EGRESS(sk, skb);
	switch (verdict) {
	case NET_XMIT_SUCCESS:
		return us6_output_sized(net, sk, skb);
	case NET_XMIT_CN:
		/* The sender shall slow down, the packet goes. */
		ret = us6_output_sized(net, sk, skb);
		return ret ?: verdict;
	default:
		kfree_skb_reason(skb, SKB_DROP_REASON_BPF_CGROUP_EGRESS);
		return verdict;
	}
}

static int us6_output_disabled(struct net *net, struct sk_buff *skb,
			       struct inet6_dev *idev)
{
	IP6_INC_STATS(net, idev, IPSTATS_MIB_OUTDISCARDS);
	kfree_skb_reason(skb, SKB_DROP_REASON_IPV6DISABLED);
	return 0;
}

/* us6_output() for callers that hold RCU: the receive path. */
int us6_output_rcu(struct net *net, struct sock *sk, struct sk_buff *skb)
{
	struct dst_entry *dst = skb_dst(skb);
	struct net_device *indev = skb->dev;
	struct net_device *dev = dst->dev;
	struct inet6_dev *idev = us6_dst_idev(dst);

	skb->protocol = htons(ETH_P_IPV6);
	skb->dev = dev;
	if (unlikely(!idev || READ_ONCE(idev->cnf.disable_ipv6)))
		return us6_output_disabled(net, skb, idev);

	return NF_HOOK_COND(NFPROTO_IPV6, NF_INET_POST_ROUTING, net, sk, skb,
			    indev, dev, us6_output_finish,
			    !(IP6CB(skb)->flags & IP6SKB_REROUTED));
}

int us6_output(struct net *net, struct sock *sk, struct sk_buff *skb)
{
	int ret;

	rcu_read_lock();
	ret = us6_output_rcu(net, sk, skb);
	rcu_read_unlock();
	return ret;
}
