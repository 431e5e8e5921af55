// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>
#include <linux/udp.h>
#include <net/net_namespace.h>
#include "probe.h"

static char *dev = "lo";
module_param(dev, charp, 0444);
MODULE_PARM_DESC(dev, "interface of init_net that is up and has IPv6");
static bool stock;
module_param(stock, bool, 0444);
MODULE_PARM_DESC(stock, "the stock stack runs: leave out what it can't take");

struct sk_buff *probe_skb(struct probe *p)
{
	unsigned int len = sizeof(struct ipv6hdr) + sizeof(struct udphdr) + 64;
	struct ipv6hdr *hdr;
	struct udphdr *uh;
	struct sk_buff *skb;

	skb = alloc_skb(len + 128, GFP_KERNEL);
	if (!skb)
		return NULL;
	skb_reserve(skb, 128);
	hdr = skb_put_zero(skb, len);
	skb_reset_network_header(skb);
	skb_set_transport_header(skb, sizeof(*hdr));
	hdr->version = 6;
	hdr->payload_len = htons(len - sizeof(*hdr));
	hdr->nexthdr = IPPROTO_UDP;
	hdr->hop_limit = 64;
	hdr->saddr = p->unreach;
	hdr->daddr = p->unreach;
	hdr->daddr.s6_addr[15]++;
	uh = udp_hdr(skb);
	uh->source = htons(1);
	uh->dest = htons(2);
	uh->len = htons(len - sizeof(*hdr));
	skb->protocol = htons(ETH_P_IPV6);
	skb->dev = p->dev;
	skb->pkt_type = PACKET_HOST;
	return skb;
}

static int __init probe_init(void)
{
	struct probe p = {
		.unreach	= { { { 0x20, 0x01, 0x0d, 0xb8, 0xff, 0xff,
					0, 0, 0, 0, 0, 0, 0, 0, 0, 1 } } },
		.stock		= stock,
	};

	p.dev = dev_get_by_name(&init_net, dev);
	if (!p.dev)
		return -ENODEV;
	check(&p, ipv6_mod_enabled(), "ipv6_mod_enabled");
	probe_structs(&p);
	probe_routes(&p);
	probe_link(&p);
	probe_sockets(&p);
	dev_put(p.dev);
	pr_info("us6_probe: %u ok, %u not ok\n", p.ok, p.bad);
	return 0;
}

static void __exit probe_exit(void)
{
}

module_init(probe_init);
module_exit(probe_exit);
MODULE_DESCRIPTION("Calls IPv6 as other kernel code does (test only)");
MODULE_LICENSE("GPL");
