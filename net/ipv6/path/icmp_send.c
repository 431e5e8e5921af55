// SPDX-License-Identifier: GPL-2.0
/*
 * ICMPv6 errors about packets, RFC 4443.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/icmpv6.h>
#include <net/addrconf.h>
#include <net/ip6_checksum.h>
#include <net/ip6_route.h>
#include <net/l3mdev.h>
#include <net/us6/addr.h>
#include <us6/stats.h>
#include "path.h"

/* RFC 4443 section 2.4 c): quote as much as fits the minimum MTU. */
#define US6_ICMP_QUOTE_MAX						\
	(US6_MIN_MTU - sizeof(struct ipv6hdr) - sizeof(struct icmp6hdr))

/* Is the type of the offending ICMPv6 packet an error's, or out of sight? */
static bool us6_quotes_icmp_error(const struct sk_buff *skb, int off)
{
	u8 buf, nexthdr = ipv6_hdr(skb)->nexthdr;
	const u8 *type;
	__be16 frag_off;

	off = ipv6_skip_exthdr(skb, off + sizeof(struct ipv6hdr), &nexthdr,
			       &frag_off);
	if (off < 0)
		return false;
	if (nexthdr != IPPROTO_ICMPV6)
		return false;
	/* The type of a later fragment can't be known: be silent. */
	if (frag_off & htons(IP6_OFFSET))
		return true;
	type = skb_header_pointer(skb, off, 1, &buf);
	/* A Redirect is an answer of a router too: 2.4 e.2). */
	return !type || !(*type & ICMPV6_INFOMSG_MASK) || *type == NDISC_REDIRECT;
}

/* Section 2.4 e.3) to e.5): exceptions for path MTU and unknown options. */
static bool us6_icmp_to_group(u8 type, u8 code)
{
	return type == ICMPV6_PKT_TOOBIG ||
	       (type == ICMPV6_PARAMPROB && code == ICMPV6_UNK_OPTION);
}

/* Section 2.4 e): may this packet be answered with an error at all? */
static bool us6_icmp_may_answer(struct net *net, const struct sk_buff *skb,
				u8 type, u8 code)
{
	const struct ipv6hdr *hdr = ipv6_hdr(skb);

	if (ipv6_addr_is_multicast(&hdr->daddr) || skb->pkt_type == PACKET_BROADCAST ||
	    skb->pkt_type == PACKET_MULTICAST) {
		if (!us6_icmp_to_group(type, code))
			return false;
	}
	/* e.6): a source that isn't one node's. */
	if (ipv6_addr_any(&hdr->saddr) || ipv6_addr_is_multicast(&hdr->saddr) ||
	    us6_anycast_check(net, NULL, &hdr->saddr))
		return false;
	return !us6_quotes_icmp_error(skb, skb_network_offset(skb));
}

/*
 * Section 2.2: the address that was spoken to, when it is ours; otherwise one
 * that source selection finds for the way back.
 */
static void us6_icmp_saddr(struct net *net, const struct sk_buff *skb,
			   struct net_device *dev,
			   const struct in6_addr *force_saddr,
			   struct in6_addr *saddr)
{
	const struct ipv6hdr *hdr = ipv6_hdr(skb);

	*saddr = in6addr_any;
	if (force_saddr)
		*saddr = *force_saddr;
	else if (!ipv6_addr_is_multicast(&hdr->daddr) &&
		 us6_addr_check(net, &hdr->daddr, dev, false, IFA_F_TENTATIVE))
		*saddr = hdr->daddr;
}

static struct dst_entry *us6_icmp_route(struct net *net, struct sk_buff *skb,
					u8 type, u8 code,
					const struct in6_addr *force_saddr,
					const struct inet6_skb_parm *parm,
					struct flowi6 *fl6)
{
	const struct ipv6hdr *hdr = ipv6_hdr(skb);
	const struct dst_entry *dst = skb_dst(skb);
	struct net_device *dev = us6_icmp_dev(skb);

	memset(fl6, 0, sizeof(*fl6));
	fl6->flowi6_proto = IPPROTO_ICMPV6;
	fl6->fl6_icmp_type = type;
	fl6->fl6_icmp_code = code;
	fl6->daddr = hdr->saddr;
	us6_icmp_saddr(net, skb, dev, force_saddr, &fl6->saddr);

	/* Link-local means this link; else only the L3 domain is given. */
	if (ipv6_addr_type(&fl6->daddr) & IPV6_ADDR_LINKLOCAL)
		fl6->flowi6_oif = dev->ifindex;
	else
		fl6->flowi6_oif = l3mdev_master_ifindex(dst ? dst->dev : skb->dev);
	fl6->flowi6_mark = IP6_REPLY_MARK(net, skb->mark);
	fl6->flowi6_uid = sock_net_uid(net, NULL);
	return us6_dst_lookup_flow(net, NULL, fl6, NULL);
}

/* The message itself: header, quote, checksum.  Return: NULL without memory. */
static struct sk_buff *us6_icmp_build(struct net *net, const struct sk_buff *skb,
				      const struct icmp6hdr *icmp,
				      struct dst_entry *dst, struct flowi6 *fl6)
{
	unsigned int room = LL_RESERVED_SPACE(dst->dev) + sizeof(struct ipv6hdr);
	int off = skb_network_offset(skb);
	unsigned int quote, len;
	struct icmp6hdr *out;
	struct ipv6hdr *hdr;
	struct sk_buff *n;

	quote = min_t(unsigned int, skb->len - off, US6_ICMP_QUOTE_MAX);
	len = sizeof(*out) + quote;
	n = alloc_skb(room + len + dst->dev->needed_tailroom, GFP_ATOMIC);
	if (!n)
		return NULL;
	skb_reserve(n, room);
	out = skb_put(n, len);
	*out = *icmp;
	if (skb_copy_bits(skb, off, out + 1, quote)) {
		kfree_skb(n);
		return NULL;
	}
	out->icmp6_cksum = csum_ipv6_magic(&fl6->saddr, &fl6->daddr, len,
					   IPPROTO_ICMPV6,
					   csum_partial(out, len, 0));
	skb_reset_transport_header(n);
	hdr = skb_push(n, sizeof(*hdr));
	skb_reset_network_header(n);
	ip6_flow_hdr(hdr, 0, ip6_make_flowlabel(net, n, 0,
						us6_path_autoflowlabel(net, NULL),
						fl6));
	hdr->nexthdr = IPPROTO_ICMPV6;
	hdr->hop_limit = ip6_dst_hoplimit(dst);
	hdr->saddr = fl6->saddr;
	hdr->daddr = fl6->daddr;
	n->protocol = htons(ETH_P_IPV6);
	n->mark = fl6->flowi6_mark;
	return n;
}

void us6_icmp_send(struct sk_buff *skb, u8 type, u8 code, __u32 info,
		   const struct in6_addr *force_saddr,
		   const struct inet6_skb_parm *parm)
{
	struct icmp6hdr icmp = {
		.icmp6_type = type,
		.icmp6_code = code,
		.icmp6_pointer = htonl(info),
	};
	struct inet6_dev *idev;
	struct dst_entry *dst;
	struct sk_buff *n;
	struct flowi6 fl6;
	struct net *net;

	if (!skb->dev || skb_network_header(skb) < skb->head ||
	    skb_network_header(skb) + sizeof(struct ipv6hdr) >
	    skb_tail_pointer(skb))
		return;

	rcu_read_lock();
	net = dev_net(skb->dev);
	if (!us6_icmp_may_answer(net, skb, type, code))
		goto out;
	dst = us6_icmp_route(net, skb, type, code, force_saddr, parm, &fl6);
	if (IS_ERR(dst))
		goto out;
	idev = us6_dst_idev(dst);
	n = NULL;
	if (!dst->error && us6_icmp_allowed(net, type, dst, &fl6.daddr)) {
		n = us6_icmp_build(net, skb, &icmp, dst, &fl6);
		if (!n)
			ICMP6_INC_STATS(net, idev, ICMP6_MIB_OUTERRORS);
	}
	if (!n) {
		dst_release(dst);
		goto out;
	}
	skb_dst_set(n, dst);
	us6_count_request(net, idev, n->len);
	ICMP6MSGOUT_INC_STATS(net, idev, type);
	ICMP6_INC_STATS(net, idev, ICMP6_MIB_OUTMSGS);
	ip6_local_out(net, NULL, n);
out:
	rcu_read_unlock();
}

void us6_icmp_param_prob(struct sk_buff *skb, u8 code, int pos,
			 enum us6_drop_reason reason)
{
	struct net *net = dev_net(skb->dev);
	struct inet6_dev *idev = us6_dst_idev(skb_dst(skb)) ?:
				 __in6_dev_get(skb->dev);

	us6_icmp_send(skb, ICMPV6_PARAMPROB, code, pos, NULL, IP6CB(skb));
	us6_drop(skb, net, idev, reason);
}

/* What a socket is told, RFC 3542 section 2.2 names of errors. */
int us6_icmp_err_convert(u8 type, u8 code, int *err)
{
	static const struct {
		int err;
		int fatal;
	} unreach[] = {
		[ICMPV6_NOROUTE]		= { ENETUNREACH, 0 },
		[ICMPV6_ADM_PROHIBITED]		= { EACCES, 1 },
		[ICMPV6_NOT_NEIGHBOUR]		= { EHOSTUNREACH, 0 },
		[ICMPV6_ADDR_UNREACH]		= { EHOSTUNREACH, 0 },
		[ICMPV6_PORT_UNREACH]		= { ECONNREFUSED, 1 },
		[ICMPV6_POLICY_FAIL]		= { EACCES, 1 },
		[ICMPV6_REJECT_ROUTE]		= { EACCES, 1 },
	};

	*err = EPROTO;
	switch (type) {
	case ICMPV6_DEST_UNREACH:
		if (code >= ARRAY_SIZE(unreach))
			return 1;
		*err = unreach[code].err;
		return unreach[code].fatal;
	case ICMPV6_PKT_TOOBIG:
		*err = EMSGSIZE;
		return 0;
	case ICMPV6_PARAMPROB:
		return 1;
	case ICMPV6_TIME_EXCEED:
		*err = EHOSTUNREACH;
		return 0;
	}
	return 0;
}
