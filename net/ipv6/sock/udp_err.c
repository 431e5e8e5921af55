// SPDX-License-Identifier: GPL-2.0
/*
 * us6: ICMPv6 errors for UDP and UDP-Lite, RFC 4443 section 2.4 d).
 */
#include <linux/icmpv6.h>
#include <net/addrconf.h>
#include <net/inet6_hashtables.h>
#include <net/ip6_route.h>
#include <net/ip6_tunnel.h>
#include <net/us6/path.h>
#include <net/us6/route.h>
#include "udp.h"

/* Tunnels of any destination port look for themselves. */
static int us6_udp_err_tunnels(struct sk_buff *skb, struct inet6_skb_parm *opt,
			       u8 type, u8 code, int offset, __be32 info)
{
	const struct ip6_tnl_encap_ops *encap;
	int i;

	for (i = 0; i < MAX_IPTUN_ENCAP_OPS; i++) {
		encap = rcu_dereference(ip6tun_encaps[i]);
		if (encap && encap->err_handler &&
		    !encap->err_handler(skb, opt, type, code, offset, info))
			return 0;
	}
	return -ENOENT;
}

/*
 * An error about a tunnel's packet.  Both ends of VXLAN or GENEVE use one
 * destination port, so the sender's socket is found under it.
 * Return: socket; NULL when a tunnel took the error; ERR_PTR(-ENOENT).
 */
static struct sock *us6_udp_err_encap(struct sk_buff *skb, struct sock *sk,
				      struct udp_table *table,
				      struct inet6_skb_parm *opt, u8 type,
				      u8 code, int offset, __be32 info)
{
	const struct ipv6hdr *hdr = (const struct ipv6hdr *)skb->data;
	const struct udphdr *uh = (const struct udphdr *)(skb->data + offset);
	int network = skb_network_offset(skb);
	int transport = skb_transport_offset(skb);
	int (*lookup)(struct sock *sk, struct sk_buff *skb);
	bool ours = sk;

	/* The tunnel looks at the quoted packet. */
	skb_reset_network_header(skb);
	skb_set_transport_header(skb, offset);
	if (!sk)
		sk = __udp6_lib_lookup(dev_net(skb->dev), &hdr->daddr,
				       uh->source, &hdr->saddr, uh->dest,
				       inet6_iif(skb), 0, table, skb);
	if (sk) {
		lookup = READ_ONCE(udp_sk(sk)->encap_err_lookup);
		if (lookup ? lookup(sk, skb) : !ours)
			sk = NULL;
	}
	if (!sk)
		sk = ERR_PTR(us6_udp_err_tunnels(skb, opt, type, code, offset,
						 info));
	skb_set_transport_header(skb, transport);
	skb_set_network_header(skb, network);
	return sk;
}

static void us6_udp_sk_err(struct sock *sk, struct sk_buff *skb, bool tunnel,
			   u8 type, u8 code, int offset, __be32 info)
{
	struct udphdr *uh = (struct udphdr *)(skb->data + offset);
	int err, fatal;

	fatal = us6_icmp_err_convert(type, code, &err);
	if (type == ICMPV6_PKT_TOOBIG) {
		if (!ip6_sk_accept_pmtu(sk))
			return;
		us6_sk_update_pmtu(skb, sk, info);
		if (inet6_sk(sk)->pmtudisc != IPV6_PMTUDISC_DONT)
			fatal = 1;
	}
	/* Routes have learned of it already. */
	if (type == NDISC_REDIRECT)
		return;
	/* A tunnel's socket has no program that could be told. */
	if (tunnel) {
		us6_udp_encap_err(sk, skb, offset, err, uh->dest, ntohl(info),
				  (u8 *)(uh + 1));
		return;
	}
	if (inet6_test_bit(RECVERR6, sk))
		us6_icmp_error(sk, skb, err, uh->dest, ntohl(info),
			       (u8 *)(uh + 1));
	else if (!fatal || sk->sk_state != TCP_ESTABLISHED)
		return;
	sk->sk_err = err;
	sk_error_report(sk);
}

static int us6_udp_error(struct sk_buff *skb, struct inet6_skb_parm *opt,
			 u8 type, u8 code, int offset, __be32 info,
			 struct udp_table *table)
{
	const struct ipv6hdr *hdr = (const struct ipv6hdr *)skb->data;
	const struct udphdr *uh = (const struct udphdr *)(skb->data + offset);
	struct net *net = dev_net(skb->dev);
	bool tunnel = false;
	struct sock *sk;

	/* Ours is the source of the quoted packet. */
	sk = __udp6_lib_lookup(net, &hdr->daddr, uh->dest, &hdr->saddr,
			       uh->source, inet6_iif(skb), inet6_sdif(skb),
			       table, NULL);
	if (!sk || READ_ONCE(udp_sk(sk)->encap_type)) {
		sk = static_branch_unlikely(&udpv6_encap_needed_key) ?
		     us6_udp_err_encap(skb, sk, table, opt, type, code, offset,
				       info) : ERR_PTR(-ENOENT);
		if (!sk)
			return 0;
		if (IS_ERR(sk)) {
			__ICMP6_INC_STATS(net, __in6_dev_get(skb->dev),
					  ICMP6_MIB_INERRORS);
			return PTR_ERR(sk);
		}
		tunnel = true;
	}
	us6_udp_sk_err(sk, skb, tunnel, type, code, offset, info);
	return 0;
}

int us6_udp_err(struct sk_buff *skb, struct inet6_skb_parm *opt, u8 type,
		u8 code, int offset, __be32 info)
{
	return us6_udp_error(skb, opt, type, code, offset, info,
			     us6_udp_table(dev_net(skb->dev)));
}

int us6_udplite_err(struct sk_buff *skb, struct inet6_skb_parm *opt, u8 type,
		    u8 code, int offset, __be32 info)
{
	return us6_udp_error(skb, opt, type, code, offset, info,
			     &udplite_table);
}
