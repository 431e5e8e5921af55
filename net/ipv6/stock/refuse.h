/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Refusals: what a stock function is redirected to while no room serves it.
 * None sleeps.  entry.c checks each type against the stock prototype.
 */
#ifndef _US6_STOCK_REFUSE_H
#define _US6_STOCK_REFUSE_H

#include <linux/types.h>
#include <linux/uidgid.h>
#include <linux/xfrm.h>

struct dst_entry;
struct fib6_info;
struct fib6_table;
struct flowi;
struct flowi6;
struct in6_addr;
struct inet6_dev;
struct ip6_flowlabel;
struct ip6_tnl;
struct ipv6_sr_hdr;
struct neighbour;
struct nf_bridge_frag_data;
struct net;
struct net_device;
struct prefix_info;
struct request_sock;
struct rt6_info;
struct seg6_hmac_info;
struct sk_buff;
struct sock;
struct sockaddr;
struct socket;
struct xfrm6_protocol;

struct dst_entry *us6_refuse_route_output_noref(struct net *net,
						const struct sock *sk,
						struct flowi6 *fl6, int flags);
void us6_refuse_redirect(struct sk_buff *skb, struct net *net, int oif,
			 u32 mark, kuid_t uid);
void us6_refuse_sk_redirect(struct sk_buff *skb, struct sock *sk);
void us6_refuse_hw_flags_set(struct net *net, struct fib6_info *f6i,
			     bool offload, bool trap, bool offload_failed);
bool us6_refuse_mroute_socket(struct net *net, struct sk_buff *skb);
struct ip6_flowlabel *us6_refuse_flowlabel(struct sock *sk, __be32 label);
int us6_refuse_mptcp_subflow(struct sock *sk, unsigned short family,
			     struct socket **new_sock);
int us6_refuse_prefix_add_addr(struct net *net, struct net_device *dev,
			       const struct prefix_info *pinfo,
			       struct inet6_dev *in6_dev,
			       const struct in6_addr *addr, int addr_type,
			       u32 addr_flags, bool sllao, bool tokenized,
			       __u32 valid_lft, u32 prefered_lft);
struct sk_buff *us6_refuse_ns_create(struct net_device *dev,
				     const struct in6_addr *solicit,
				     const struct in6_addr *saddr, u64 nonce);
void us6_refuse_ndisc_send(struct sk_buff *skb, const struct in6_addr *daddr,
			   const struct in6_addr *saddr);
int us6_refuse_xfrm_register(struct xfrm6_protocol *handler,
			     unsigned char protocol);
int us6_refuse_xfrm_deregister(struct xfrm6_protocol *handler,
			       unsigned char protocol);
int us6_refuse_xfrm_rcv(struct sk_buff *skb);
int us6_refuse_xfrm_rcv_spi(struct sk_buff *skb, int nexthdr, __be32 spi,
			    struct ip6_tnl *t);
int us6_refuse_xfrm_rcv_tnl(struct sk_buff *skb, struct ip6_tnl *t);
int us6_refuse_xfrm_rcv_encap(struct sk_buff *skb, int nexthdr, __be32 spi,
			      int encap_type);
int us6_refuse_xfrm_input_addr(struct sk_buff *skb, xfrm_address_t *daddr,
			       xfrm_address_t *saddr, u8 proto);
int us6_refuse_srh_encap(struct sk_buff *skb, struct ipv6_sr_hdr *osrh,
			 int proto);
int us6_refuse_srh_inline(struct sk_buff *skb, struct ipv6_sr_hdr *osrh);
int us6_refuse_seg6_nexthop(struct sk_buff *skb, struct in6_addr *nhaddr,
			    u32 tbl_id);
struct seg6_hmac_info *us6_refuse_hmac_lookup(struct net *net, u32 key);
int us6_refuse_hmac_add(struct net *net, u32 key, struct seg6_hmac_info *hinfo);
int us6_refuse_hmac_del(struct net *net, u32 key);
int us6_refuse_hmac_push(struct net *net, struct in6_addr *saddr,
			 struct ipv6_sr_hdr *srh);
bool us6_refuse_hmac_validate(struct sk_buff *skb);
int us6_refuse_hmac_compute(struct seg6_hmac_info *hinfo,
			    struct ipv6_sr_hdr *hdr, struct in6_addr *saddr,
			    u8 *output);
void us6_refuse_neigh_notify(struct neighbour *n, int type, int flags, u32 pid);

#endif
