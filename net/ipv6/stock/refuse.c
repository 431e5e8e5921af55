// SPDX-License-Identifier: GPL-2.0
/*
 * us6: refusals of the other stock functions, each of the type and with the
 * "no" that its callers expect.
 */
#include <linux/err.h>
#include <linux/skbuff.h>
#include <net/inet_common.h>
#include <net/ipv6.h>
#include <net/xfrm.h>
#include "refuse.h"

/* ---- sockets of other modules -------------------------------------------- */

struct ip6_flowlabel *us6_refuse_flowlabel(struct sock *sk, __be32 label)
{
	return NULL;
}

/* Destructors of state that no refused call has made. */
/* Family AF_INET6 of MPTCP: its v6 half never started. */
int us6_refuse_mptcp_subflow(struct sock *sk, unsigned short family,
			     struct socket **new_sock)
{
	return -EAFNOSUPPORT;
}

/* ---- 6lowpan -------------------------------------------------------------- */

int us6_refuse_prefix_add_addr(struct net *net, struct net_device *dev,
			       const struct prefix_info *pinfo,
			       struct inet6_dev *in6_dev,
			       const struct in6_addr *addr, int addr_type,
			       u32 addr_flags, bool sllao, bool tokenized,
			       __u32 valid_lft, u32 prefered_lft)
{
	return -EOPNOTSUPP;
}

/* ---- bonding -------------------------------------------------------------- */

struct sk_buff *us6_refuse_ns_create(struct net_device *dev,
				     const struct in6_addr *solicit,
				     const struct in6_addr *saddr, u64 nonce)
{
	return NULL;
}

void us6_refuse_ndisc_send(struct sk_buff *skb, const struct in6_addr *daddr,
			   const struct in6_addr *saddr)
{
	kfree_skb(skb);
}

/* ---- stock XFRM: IPsec for IPv6 is us6_ipsec's ----------------------------- */

int us6_refuse_xfrm_register(struct xfrm6_protocol *handler,
			     unsigned char protocol)
{
	return -EOPNOTSUPP;
}

int us6_refuse_xfrm_deregister(struct xfrm6_protocol *handler,
			       unsigned char protocol)
{
	return -ENOENT;
}

int us6_refuse_xfrm_rcv(struct sk_buff *skb)
{
	kfree_skb(skb);
	return 0;
}

int us6_refuse_xfrm_rcv_spi(struct sk_buff *skb, int nexthdr, __be32 spi,
			    struct ip6_tnl *t)
{
	kfree_skb(skb);
	return 0;
}

int us6_refuse_xfrm_rcv_tnl(struct sk_buff *skb, struct ip6_tnl *t)
{
	kfree_skb(skb);
	return 0;
}

int us6_refuse_xfrm_rcv_encap(struct sk_buff *skb, int nexthdr, __be32 spi,
			      int encap_type)
{
	kfree_skb(skb);
	return 0;
}

/* Negative: not accepted, the caller keeps the packet. */
int us6_refuse_xfrm_input_addr(struct sk_buff *skb, xfrm_address_t *daddr,
			       xfrm_address_t *saddr, u8 proto)
{
	return -1;
}

/* ---- segment routing ------------------------------------------------------- */

int us6_refuse_srh_encap(struct sk_buff *skb, struct ipv6_sr_hdr *osrh,
			 int proto)
{
	return -EOPNOTSUPP;
}

int us6_refuse_srh_inline(struct sk_buff *skb, struct ipv6_sr_hdr *osrh)
{
	return -EOPNOTSUPP;
}

int us6_refuse_seg6_nexthop(struct sk_buff *skb, struct in6_addr *nhaddr,
			    u32 tbl_id)
{
	return -EOPNOTSUPP;
}

struct seg6_hmac_info *us6_refuse_hmac_lookup(struct net *net, u32 key)
{
	return NULL;
}

int us6_refuse_hmac_add(struct net *net, u32 key, struct seg6_hmac_info *hinfo)
{
	return -EOPNOTSUPP;
}

int us6_refuse_hmac_del(struct net *net, u32 key)
{
	return -ENOENT;
}

int us6_refuse_hmac_push(struct net *net, struct in6_addr *saddr,
			 struct ipv6_sr_hdr *srh)
{
	return -EOPNOTSUPP;
}

bool us6_refuse_hmac_validate(struct sk_buff *skb)
{
	return false;
}

int us6_refuse_hmac_compute(struct seg6_hmac_info *hinfo,
			    struct ipv6_sr_hdr *hdr, struct in6_addr *saddr,
			    u8 *output)
{
	return -EOPNOTSUPP;
}

/* ---- the stock neighbour core, for what is ours ----------------------------- */

/* Our cache sends the messages about neighbours; those of faces are dropped. */
void us6_refuse_neigh_notify(struct neighbour *n, int type, int flags, u32 pid)
{
}
