// SPDX-License-Identifier: GPL-2.0
/*
 * ICMPv6 received, RFC 4443: checked once here, then to the room that speaks the
 * type; errors to the protocol that they are about.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/icmpv6.h>
#include <net/addrconf.h>
#include <net/ip6_checksum.h>
#include <net/ip6_route.h>
#include <net/protocol.h>
#include <net/us6/mcast.h>
#include <net/us6/nd.h>
#include <net/us6/sock.h>
#include <us6/stats.h>
#include "path.h"

/*
 * The reply goes where the request came from, RFC 4443 section 4.2: from the
 * address that was asked, unless that was a group or an anycast address.
 */
static struct dst_entry *us6_echo_route(struct net *net, struct sk_buff *skb,
					struct flowi6 *fl6)
{
	const struct ipv6hdr *hdr = ipv6_hdr(skb);
	bool unicast = !ipv6_addr_is_multicast(&hdr->daddr);

	if (unicast && !READ_ONCE(net->ipv6.sysctl.anycast_src_echo_reply))
		unicast = !ipv6_anycast_destination(skb_dst(skb), &hdr->daddr);

	memset(fl6, 0, sizeof(*fl6));
	fl6->flowi6_proto = IPPROTO_ICMPV6;
	fl6->fl6_icmp_type = ICMPV6_ECHO_REPLY;
	fl6->daddr = hdr->saddr;
	if (unicast)
		fl6->saddr = hdr->daddr;
	if (READ_ONCE(net->ipv6.sysctl.flowlabel_reflect) &
	    FLOWLABEL_REFLECT_ICMPV6_ECHO_REPLIES)
		fl6->flowlabel = ip6_flowlabel(hdr);
	fl6->flowi6_oif = us6_icmp_iif(skb);
	fl6->flowi6_mark = IP6_REPLY_MARK(net, skb->mark);
	fl6->flowi6_uid = sock_net_uid(net, NULL);
	return us6_dst_lookup_flow(net, NULL, fl6, NULL);
}

/* The checksum of a request becomes that of its reply: RFC 1624. */
static void us6_echo_checksum(struct sk_buff *skb, const struct in6_addr *from,
			      const struct in6_addr *to)
{
	struct icmp6hdr *icmp = (struct icmp6hdr *)skb->data;

	skb->ip_summed = CHECKSUM_NONE;
	inet_proto_csum_replace2(&icmp->icmp6_cksum, skb,
				 htons(ICMPV6_ECHO_REQUEST << 8),
				 htons(ICMPV6_ECHO_REPLY << 8), false);
	inet_proto_csum_replace16(&icmp->icmp6_cksum, skb, from->s6_addr32,
				  to->s6_addr32, false);
	icmp->icmp6_type = ICMPV6_ECHO_REPLY;
}

/* Turn the request into the reply; the data isn't touched. */
static bool us6_echo_build(struct net *net, struct sk_buff *skb,
			   struct dst_entry *dst, struct flowi6 *fl6)
{
	const struct in6_addr asked = ipv6_hdr(skb)->daddr;
	u8 tclass = ipv6_get_dsfield(ipv6_hdr(skb));
	struct ipv6hdr *hdr;

	if (skb->ip_summed == CHECKSUM_PARTIAL && skb_checksum_help(skb))
		return false;
	if (skb_cow(skb, sizeof(*hdr) + LL_RESERVED_SPACE(dst->dev)))
		return false;
	us6_echo_checksum(skb, &asked, &fl6->saddr);

	skb_orphan(skb);
	skb_scrub_packet(skb, true);
	skb_reset_redirect(skb);
	skb_clear_hash(skb);
	skb_set_queue_mapping(skb, 0);
	skb->encapsulation = 0;
	/* We are its source: it may be split. */
	skb->ignore_df = 1;
	skb->priority = 0;
	skb->mark = fl6->flowi6_mark;
	skb->dev = NULL;
	memset(IP6CB(skb), 0, sizeof(*IP6CB(skb)));

	skb_reset_transport_header(skb);
	hdr = skb_push(skb, sizeof(*hdr));
	skb_reset_network_header(skb);
	ip6_flow_hdr(hdr, tclass,
		     ip6_make_flowlabel(net, skb, fl6->flowlabel,
					us6_path_autoflowlabel(net, NULL), fl6));
	hdr->nexthdr = IPPROTO_ICMPV6;
	hdr->hop_limit = ip6_dst_hoplimit(dst);
	hdr->saddr = fl6->saddr;
	hdr->daddr = fl6->daddr;
	skb_dst_set(skb, dst);
	return true;
}

static bool us6_echo_wanted(struct net *net, const struct sk_buff *skb)
{
	const struct in6_addr *daddr = &ipv6_hdr(skb)->daddr;

	if (READ_ONCE(net->ipv6.sysctl.icmpv6_echo_ignore_all))
		return false;
	if (ipv6_addr_is_multicast(daddr))
		return !READ_ONCE(net->ipv6.sysctl.icmpv6_echo_ignore_multicast);
	return !READ_ONCE(net->ipv6.sysctl.icmpv6_echo_ignore_anycast) ||
	       !ipv6_anycast_destination(skb_dst(skb), daddr);
}

static void us6_echo_request(struct net *net, struct sk_buff *skb)
{
	struct inet6_dev *idev;
	struct dst_entry *dst;
	struct flowi6 fl6;

	/* RFC 4443 section 2.4 e.6): nobody that an answer could reach. */
	if (!us6_echo_wanted(net, skb) ||
	    ipv6_addr_any(&ipv6_hdr(skb)->saddr))
		goto ignore;
	dst = us6_echo_route(net, skb, &fl6);
	if (IS_ERR(dst))
		goto ignore;
	if (!us6_icmp_allowed(net, ICMPV6_ECHO_REPLY, dst, &fl6.daddr) ||
	    !us6_echo_build(net, skb, dst, &fl6)) {
		dst_release(dst);
		goto ignore;
	}
	idev = us6_dst_idev(dst);
	us6_count_request(net, idev, skb->len);
	ICMP6MSGOUT_INC_STATS(net, idev, ICMPV6_ECHO_REPLY);
	ICMP6_INC_STATS(net, idev, ICMP6_MIB_OUTMSGS);
	ip6_local_out(net, NULL, skb);
	return;
ignore:
	us6_drop(skb, net, NULL, US6_DROP_ICMP_IGNORED);
}

/*
 * An error for the protocol whose packet it quotes, RFC 4443 section 2.4 d).
 * skb->data at the quoted IPv6 header.
 */
static void us6_icmp_notify(struct sk_buff *skb, u8 type, u8 code, __be32 info)
{
	struct net *net = dev_net(skb->dev);
	const struct inet6_protocol *proto;
	int inner = sizeof(struct ipv6hdr);
	__be16 frag_off;
	u8 nexthdr;

	if (!pskb_may_pull(skb, inner))
		goto invalid;
	nexthdr = ((const struct ipv6hdr *)skb->data)->nexthdr;
	if (ipv6_ext_hdr(nexthdr)) {
		inner = ipv6_skip_exthdr(skb, inner, &nexthdr, &frag_off);
		if (inner < 0)
			goto invalid;
	}
	/* The ports of TCP and UDP, type and id of ICMPv6. */
	if (!pskb_may_pull(skb, inner + 8))
		goto invalid;

	proto = rcu_dereference(inet6_protos[nexthdr]);
	if (proto && proto->err_handler)
		proto->err_handler(skb, NULL, type, code, inner, info);
	us6_raw_err(skb, nexthdr, type, code, inner, info);
	consume_skb(skb);
	return;
invalid:
	us6_drop(skb, net, __in6_dev_get(skb->dev), US6_DROP_ICMP_INVALID);
}

static void us6_icmp_rcv_error(struct sk_buff *skb)
{
	const struct icmp6hdr *icmp = icmp6_hdr(skb);
	u8 type = icmp->icmp6_type, code = icmp->icmp6_code;
	__be32 info = icmp->icmp6_dataun.un_data32[0];

	__skb_pull(skb, sizeof(*icmp));
	us6_icmp_notify(skb, type, code, info);
}

/* Return: true when the checksum, or its lack of need, is right. */
static bool us6_icmp_checksum_ok(struct sk_buff *skb)
{
	return !skb_checksum_validate(skb, IPPROTO_ICMPV6, ip6_compute_pseudo);
}

static int us6_icmp_rcv(struct sk_buff *skb)
{
	struct net *net = dev_net(skb->dev);
	struct inet6_dev *idev = __in6_dev_get(us6_icmp_dev(skb));
	u8 type;

	__ICMP6_INC_STATS(net, idev, ICMP6_MIB_INMSGS);
	if (!us6_icmp_checksum_ok(skb)) {
		__ICMP6_INC_STATS(net, idev, ICMP6_MIB_INERRORS);
		us6_drop(skb, net, idev, US6_DROP_ICMP_CSUM);
		return 0;
	}
	if (!pskb_may_pull(skb, sizeof(struct icmp6hdr))) {
		us6_drop(skb, net, idev, US6_DROP_ICMP_INVALID);
		return 0;
	}
	type = icmp6_hdr(skb)->icmp6_type;
	ICMP6MSGIN_INC_STATS(net, idev, type);

	switch (type) {
	case ICMPV6_ECHO_REQUEST:
		us6_echo_request(net, skb);
		return 0;
	case ICMPV6_ECHO_REPLY:
	case ICMPV6_EXT_ECHO_REPLY:
		us6_ping_rcv(skb);
		return 0;
	case NDISC_ROUTER_SOLICITATION:
	case NDISC_ROUTER_ADVERTISEMENT:
	case NDISC_NEIGHBOUR_SOLICITATION:
	case NDISC_NEIGHBOUR_ADVERTISEMENT:
	case NDISC_REDIRECT:
		us6_nd_rcv(skb);
		return 0;
	case ICMPV6_MGM_QUERY:
	case ICMPV6_MGM_REPORT:
	case ICMPV6_MGM_REDUCTION:
	case ICMPV6_MLD2_REPORT:
		us6_mld_rcv(skb);
		return 0;
	default:
		/* Section 2.4 a) and b): errors go up, the rest is ignored. */
		if (type & ICMPV6_INFOMSG_MASK)
			break;
		us6_icmp_rcv_error(skb);
		return 0;
	}
	us6_drop(skb, net, idev, US6_DROP_ICMP_IGNORED);
	return 0;
}

/*
 * An error about an ICMPv6 packet of ours.  skb->data at the quoted IPv6 header.
 */
static int us6_icmp_err(struct sk_buff *skb, struct inet6_skb_parm *opt,
			u8 type, u8 code, int offset, __be32 info)
{
	const struct icmp6hdr *icmp = (struct icmp6hdr *)(skb->data + offset);
	struct net *net = dev_net(skb->dev);

	if (type == ICMPV6_PKT_TOOBIG)
		us6_update_pmtu(skb, net, info, 0, 0, sock_net_uid(net, NULL));
	if (!(type & ICMPV6_INFOMSG_MASK) &&
	    icmp->icmp6_type == ICMPV6_ECHO_REQUEST)
		us6_ping_err(skb, offset, ntohl(info));
	return 0;
}

static const struct inet6_protocol us6_icmp_proto = {
	.handler	= us6_icmp_rcv,
	.err_handler	= us6_icmp_err,
	.flags		= INET6_PROTO_NOPOLICY | INET6_PROTO_FINAL,
};

int us6_icmp_init(void)
{
	return inet6_add_protocol(&us6_icmp_proto, IPPROTO_ICMPV6);
}

void us6_icmp_exit(void)
{
	inet6_del_protocol(&us6_icmp_proto, IPPROTO_ICMPV6);
}
