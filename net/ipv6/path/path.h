/* SPDX-License-Identifier: GPL-2.0 */
#ifndef US6_PATH_PATH_H
#define US6_PATH_PATH_H

/* What the stages of the packet path say to each other. */

#include <linux/indirect_call_wrapper.h>
#include <linux/skbuff.h>
#include <net/dst_metadata.h>
#include <net/us6/path.h>
#include <net/us6/route.h>

/* exthdr.c */
bool us6_hopopts(struct sk_buff *skb);
int us6_exthdr_init(void);
void us6_exthdr_exit(void);

/* reassembly.c */
int us6_reasm_init(void);
void us6_reasm_exit(void);

/* frag_sysctl.c */
int us6_frag_sysctl_add(struct net *net);
void us6_frag_sysctl_del(struct net *net);
int us6_frag_sysctl_init(void);
void us6_frag_sysctl_exit(void);

/* icmp_rcv.c, icmp_send.c, icmp_limit.c */
int us6_icmp_init(void);
void us6_icmp_exit(void);
bool us6_icmp_allowed(struct net *net, u8 type, struct dst_entry *dst,
		      const struct in6_addr *daddr);
int us6_icmp_limit_init(void);
void us6_icmp_limit_exit(void);

/* sysctl.c */
int us6_path_sysctl_init(void);
void us6_path_sysctl_exit(void);

/* input.c */
void us6_input_start(void);
void us6_input_stop(void);

/* xmit.c */
void us6_push_opts(struct sk_buff *skb, const struct ipv6_txoptions *opt,
		   u8 *proto, const struct in6_addr **daddr);

/* output.c */
int us6_output_rcu(struct net *net, struct sock *sk, struct sk_buff *skb);
int us6_output_link(struct net *net, struct sock *sk, struct sk_buff *skb);

/* The interface whose counters a packet of this dst moves; NULL for foreign. */
static inline struct inet6_dev *us6_dst_idev(const struct dst_entry *dst)
{
	if (!dst || dst->flags & DST_METADATA || dst->ops->family != AF_INET6)
		return NULL;
	return ((const struct rt6_info *)dst)->rt6i_idev;
}

/* IPV6_AUTOFLOWLABEL of a socket, or the namespace's default (RFC 6437). */
static inline bool us6_path_autoflowlabel(struct net *net, const struct sock *sk)
{
	if (sk && sk_fullsock(sk) && inet6_test_bit(AUTOFLOWLABEL_SET, sk))
		return inet6_test_bit(AUTOFLOWLABEL, sk);
	return ip6_default_np_autolabel(net);
}

/*
 * The interface that a packet belongs to for ICMPv6: where it came back to
 * ourselves or through an L3 master, the one of the route.
 */
static inline struct net_device *us6_icmp_dev(const struct sk_buff *skb)
{
	struct net_device *dev = skb->dev;

	if (dev->flags & IFF_LOOPBACK || netif_is_l3_master(dev)) {
		const struct inet6_dev *idev = us6_dst_idev(skb_dst(skb));

		if (idev)
			return idev->dev;
	}
	return dev;
}

static inline int us6_icmp_iif(const struct sk_buff *skb)
{
	return us6_icmp_dev(skb)->ifindex;
}

/* dst_input() without a retpoline on the ways that matter. */
static inline int us6_dst_input(struct sk_buff *skb)
{
	return INDIRECT_CALL_2(skb_dst(skb)->input, us6_forward, us6_input, skb);
}

/*
 * The device that a packet came in by, also where an L3 master stands in
 * skb->dev.  Context: RCU.
 */
static inline struct net_device *us6_in_dev(struct sk_buff *skb)
{
	struct net_device *dev = skb->dev;

	if (ipv6_l3mdev_skb(IP6CB(skb)->flags)) {
		struct net_device *port;

		port = dev_get_by_index_rcu(dev_net(dev), IP6CB(skb)->iif);
		if (port)
			return port;
	}
	return dev;
}

#endif /* US6_PATH_PATH_H */
