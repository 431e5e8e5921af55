// SPDX-License-Identifier: GPL-2.0
/*
 * Extension headers of packets for us: Hop-by-Hop Options (before any hook),
 * Destination Options, Routing, No Next Header.  RFC 8200 section 4.
 *
 * The handlers of inet6_protos[] return 1 to go on with the header that
 * IP6CB->nhoff names and the transport header points at, or -1 when the packet is
 * gone, so that it isn't counted as delivered.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/icmpv6.h>
#include <net/addrconf.h>
#include <net/protocol.h>
#include <net/us6/wire_ext.h>
#include "path.h"

/* What one kind of options header is and what it may hold. */
struct us6_opts_ctx {
	struct net		*net;
	struct inet6_dev	*idev;
	bool			hop_by_hop;
	bool			jumbo;		/* seen */
	bool			strict;		/* drop what isn't known */
};

/*
 * Make the whole extension header readable.  Return: its length, or 0 when the
 * packet is shorter than it says.
 */
static unsigned int us6_exthdr_pull(struct sk_buff *skb)
{
	unsigned int off = skb_transport_offset(skb);
	unsigned int len;

	if (!pskb_may_pull(skb, off + 8))
		return 0;
	len = (skb_transport_header(skb)[1] + 1) << 3;
	return pskb_may_pull(skb, off + len) ? len : 0;
}

/* Offset of an octet of the current header from the IPv6 header. */
static int us6_exthdr_pos(const struct sk_buff *skb, unsigned int off)
{
	return skb_network_header_len(skb) + off;
}

static bool us6_opt_unknown(struct sk_buff *skb, const struct us6_opts_ctx *ctx,
			    const struct us6_opt *opt)
{
	enum us6_opt_action action = us6_opt_action(opt->type);

	if (action == US6_OPT_SKIP && !ctx->strict)
		return true;
	/* strict is the administrator's word, not an error of the sender. */
	if (ctx->strict || action == US6_OPT_DISCARD ||
	    (action == US6_OPT_REPORT_UNICAST &&
	     ipv6_addr_is_multicast(&ipv6_hdr(skb)->daddr)))
		us6_drop(skb, ctx->net, ctx->idev, US6_DROP_HDR_OPTION);
	else
		us6_icmp_param_prob(skb, ICMPV6_UNK_OPTION,
				    us6_exthdr_pos(skb, opt->off),
				    US6_DROP_HDR_OPTION);
	return false;
}

/* RFC 2711 section 2.1: two octets, what it alerts to. */
static bool us6_opt_router_alert(struct sk_buff *skb,
				 const struct us6_opts_ctx *ctx,
				 const struct us6_opt *opt)
{
	if (opt->len != 2) {
		us6_drop(skb, ctx->net, ctx->idev, US6_DROP_HDR_OPTION);
		return false;
	}
	IP6CB(skb)->flags |= IP6SKB_ROUTERALERT;
	IP6CB(skb)->ra = get_unaligned((__be16 *)
		(skb_network_header(skb) + us6_exthdr_pos(skb, opt->off) + 2));
	return true;
}

/* RFC 2675 section 3: each rule names the octet to point at. */
static bool us6_opt_jumbo(struct sk_buff *skb, struct us6_opts_ctx *ctx,
			  const struct us6_opt *opt)
{
	unsigned int pos = us6_exthdr_pos(skb, opt->off);
	u32 len;

	if (opt->len != 4 || (opt->off & 3) != 2) {
		us6_drop(skb, ctx->net, ctx->idev, US6_DROP_HDR_OPTION);
		return false;
	}
	len = get_unaligned_be32(skb_network_header(skb) + pos + 2);
	if (len <= IPV6_MAXPLEN) {
		us6_icmp_param_prob(skb, ICMPV6_HDR_FIELD, pos + 2,
				    US6_DROP_HDR_OPTION);
		return false;
	}
	if (ipv6_hdr(skb)->payload_len) {
		us6_icmp_param_prob(skb, ICMPV6_HDR_FIELD, pos,
				    US6_DROP_HDR_OPTION);
		return false;
	}
	if (len > skb->len - sizeof(struct ipv6hdr)) {
		us6_drop(skb, ctx->net, ctx->idev, US6_DROP_HDR_TRUNCATED);
		return false;
	}
	if (pskb_trim_rcsum(skb, len + sizeof(struct ipv6hdr))) {
		us6_drop(skb, ctx->net, ctx->idev, US6_DROP_HDR_LENGTH);
		return false;
	}
	IP6CB(skb)->flags |= IP6SKB_JUMBOGRAM;
	ctx->jumbo = true;
	return true;
}

/* Return: false when the packet is gone. */
static bool us6_opt_run(struct sk_buff *skb, struct us6_opts_ctx *ctx,
			const struct us6_opt *opt)
{
	if (ctx->hop_by_hop) {
		switch (opt->type) {
		case US6_OPT_ROUTER_ALERT:
			return us6_opt_router_alert(skb, ctx, opt);
		case US6_OPT_JUMBO:
			return us6_opt_jumbo(skb, ctx, opt);
		}
	}
	return us6_opt_unknown(skb, ctx, opt);
}

/*
 * Walk the options of the current header, which is linear.
 * Return: false when the packet is gone.
 */
static bool us6_opts_run(struct sk_buff *skb, struct us6_opts_ctx *ctx,
			 unsigned int len, int limit)
{
	struct us6_opts w;
	struct us6_opt opt;
	int more;

	/* A negative limit: as many, and no unknown one among them. */
	ctx->strict = limit < 0;
	us6_opts_start(&w, skb_transport_header(skb), len, abs(limit));
	while ((more = us6_opts_next(&w, &opt)) > 0) {
		if (!us6_opt_run(skb, ctx, &opt))
			return false;
		/* A trim may have moved the bytes. */
		w.hdr = skb_transport_header(skb);
	}
	if (!more)
		return true;
	if (more == -EINVAL)
		us6_icmp_param_prob(skb, ICMPV6_HDR_FIELD,
				    us6_exthdr_pos(skb, w.off),
				    US6_DROP_HDR_OPTION);
	else
		us6_drop(skb, ctx->net, ctx->idev, US6_DROP_HDR_OPTION);
	return false;
}

/**
 * us6_hopopts() - the Hop-by-Hop Options header of a received packet
 * @skb: data at the network header, transport header at the options
 *
 * Return: true with the transport header behind the options, false when the
 * packet is gone.  Context: softirq, RCU; no dst yet.  RFC 8200 section 4.3.
 */
bool us6_hopopts(struct sk_buff *skb)
{
	struct us6_opts_ctx ctx = {
		.net = dev_net(skb->dev),
		.idev = __in6_dev_get(skb->dev),
		.hop_by_hop = true,
	};
	unsigned int len = us6_exthdr_pull(skb);

	if (!len || (int)len > READ_ONCE(ctx.net->ipv6.sysctl.max_hbh_opts_len)) {
		us6_drop(skb, ctx.net, ctx.idev, US6_DROP_HDR_EXT);
		return false;
	}
	IP6CB(skb)->flags |= IP6SKB_HOPBYHOP;
	if (!us6_opts_run(skb, &ctx, len,
			  READ_ONCE(ctx.net->ipv6.sysctl.max_hbh_opts_cnt)))
		return false;

	/* RFC 2675 section 3: no length at all. */
	if (!ipv6_hdr(skb)->payload_len && !ctx.jumbo) {
		us6_icmp_param_prob(skb, ICMPV6_HDR_FIELD,
				    offsetof(struct ipv6hdr, payload_len),
				    US6_DROP_HDR_LENGTH);
		return false;
	}
	skb->transport_header += len;
	IP6CB(skb)->nhoff = sizeof(struct ipv6hdr);
	return true;
}

static int us6_dstopts_rcv(struct sk_buff *skb)
{
	struct us6_opts_ctx ctx = {
		.net = dev_net(skb->dev),
		.idev = us6_dst_idev(skb_dst(skb)),
	};
	struct inet6_skb_parm *cb = IP6CB(skb);
	unsigned int pos = skb_network_header_len(skb);
	unsigned int len = us6_exthdr_pull(skb);

	if (!len || (int)len > READ_ONCE(ctx.net->ipv6.sysctl.max_dst_opts_len)) {
		us6_drop(skb, ctx.net, ctx.idev, US6_DROP_HDR_EXT);
		return -1;
	}
	cb->lastopt = pos;
	cb->dst1 = pos;
	if (!us6_opts_run(skb, &ctx, len,
			  READ_ONCE(ctx.net->ipv6.sysctl.max_dst_opts_cnt)))
		return -1;
	skb->transport_header += len;
	cb->nhoff = pos;
	return 1;
}

/*
 * No routing type is served: type 0 is dead (RFC 5095), the others need what
 * nobody has switched on.  RFC 8200 section 4.4: with segments left the packet
 * is refused, else the header is skipped.
 */
static int us6_routing_rcv(struct sk_buff *skb)
{
	struct net *net = dev_net(skb->dev);
	struct inet6_dev *idev = us6_dst_idev(skb_dst(skb));
	struct inet6_skb_parm *cb = IP6CB(skb);
	unsigned int pos = skb_network_header_len(skb);
	unsigned int len = us6_exthdr_pull(skb);
	const struct ipv6_rt_hdr *hdr;

	if (!len) {
		us6_drop(skb, net, idev, US6_DROP_HDR_EXT);
		return -1;
	}
	hdr = (const struct ipv6_rt_hdr *)skb_transport_header(skb);
	if (hdr->segments_left) {
		us6_icmp_param_prob(skb, ICMPV6_HDR_FIELD,
				    pos + offsetof(struct ipv6_rt_hdr, type),
				    US6_DROP_HDR_EXT);
		return -1;
	}
	cb->lastopt = pos;
	cb->srcrt = pos;
	/* Destination options seen so far stood before a routing header. */
	cb->dst0 = cb->dst1;
	cb->dst1 = 0;
	cb->nhoff = pos;
	skb->transport_header += len;
	return 1;
}

/* RFC 8200 section 4.7: nothing follows, and what follows is ignored. */
static int us6_no_next_rcv(struct sk_buff *skb)
{
	us6_drop(skb, dev_net(skb->dev), NULL, US6_DROP_NO_NEXT_HEADER);
	return -1;
}

static const struct inet6_protocol us6_dstopts_proto = {
	.handler = us6_dstopts_rcv,
	.flags = INET6_PROTO_NOPOLICY,
};

static const struct inet6_protocol us6_routing_proto = {
	.handler = us6_routing_rcv,
	.flags = INET6_PROTO_NOPOLICY,
};

static const struct inet6_protocol us6_no_next_proto = {
	.handler = us6_no_next_rcv,
	.flags = INET6_PROTO_NOPOLICY,
};

static const struct us6_exthdr {
	const struct inet6_protocol *proto;
	u8 nexthdr;
} us6_exthdrs[] = {
	{ &us6_dstopts_proto, IPPROTO_DSTOPTS },
	{ &us6_routing_proto, IPPROTO_ROUTING },
	{ &us6_no_next_proto, IPPROTO_NONE },
};

static void us6_exthdr_del(int n)
{
	while (n--)
		inet6_del_protocol(us6_exthdrs[n].proto, us6_exthdrs[n].nexthdr);
}

int us6_exthdr_init(void)
{
	int i, err;

	for (i = 0; i < ARRAY_SIZE(us6_exthdrs); i++) {
		err = inet6_add_protocol(us6_exthdrs[i].proto,
					 us6_exthdrs[i].nexthdr);
		if (err) {
			us6_exthdr_del(i);
			return err;
		}
	}
	return 0;
}

void us6_exthdr_exit(void)
{
	us6_exthdr_del(ARRAY_SIZE(us6_exthdrs));
}
