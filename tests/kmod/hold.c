// SPDX-License-Identifier: GPL-2.0
/*
 * Holds one dst and one packet with that dst as a tunnel, a flow table or a queue
 * does: for long, without a reference on whoever made it.
 *
 *	echo get ADDRESS > /proc/us6_hold	in the writer's namespace
 *	echo packet > /proc/us6_hold		a packet that holds it too
 *	echo send > /proc/us6_hold		that packet goes on its way
 *	echo put > /proc/us6_hold		all is given back
 *	cat /proc/us6_hold			"none", or "good" or "stale", the
 *						device, next hop and MTU
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/inet.h>
#include <linux/module.h>
#include <linux/nsproxy.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/udp.h>
#include <net/dst.h>
#include <net/ip6_route.h>
#include <net/net_namespace.h>

static DEFINE_MUTEX(hold_lock);

/* all under hold_lock */
static struct dst_entry *held;
static u32 cookie;
static struct in6_addr daddr;
static struct sk_buff *packet;

static void hold_put(void)
{
	kfree_skb(packet);
	packet = NULL;
	dst_release(held);
	held = NULL;
}

static int hold_get(const char *text)
{
	struct net *net = current->nsproxy->net_ns;
	struct flowi6 fl6 = {};
	struct dst_entry *dst;

	if (in6_pton(text, -1, daddr.s6_addr, -1, NULL) != 1)
		return -EINVAL;
	fl6.daddr = daddr;
	dst = ip6_route_output(net, NULL, &fl6);
	if (dst->error) {
		int err = dst->error;

		dst_release(dst);
		return err;
	}
	hold_put();
	held = dst;
	cookie = rt6_get_cookie((struct rt6_info *)dst);
	return 0;
}

static int hold_packet(void)
{
	unsigned int len = sizeof(struct ipv6hdr) + sizeof(struct udphdr) + 8;
	struct ipv6hdr *hdr;
	struct udphdr *uh;
	struct sk_buff *skb;

	if (!held)
		return -ENOENT;
	skb = alloc_skb(len + 128, GFP_KERNEL);
	if (!skb)
		return -ENOMEM;
	skb_reserve(skb, 128);
	hdr = skb_put_zero(skb, len);
	skb_reset_network_header(skb);
	skb_set_transport_header(skb, sizeof(*hdr));
	hdr->version = 6;
	hdr->payload_len = htons(len - sizeof(*hdr));
	hdr->nexthdr = IPPROTO_UDP;
	hdr->hop_limit = 64;
	hdr->saddr = daddr;
	hdr->daddr = daddr;
	uh = udp_hdr(skb);
	uh->source = htons(9);
	uh->dest = htons(9);
	uh->len = htons(len - sizeof(*hdr));
	skb->protocol = htons(ETH_P_IPV6);
	skb->dev = held->dev;
	memset(IP6CB(skb), 0, sizeof(*IP6CB(skb)));
	skb_dst_set(skb, dst_clone(held));
	kfree_skb(packet);
	packet = skb;
	return 0;
}

static int hold_send(void)
{
	struct sk_buff *skb = packet;
	struct net *net;

	if (!skb)
		return -ENOENT;
	packet = NULL;
	local_bh_disable();
	rcu_read_lock();
	net = dev_net(skb_dst(skb)->dev);
	skb->dev = skb_dst(skb)->dev;
	dst_output(net, NULL, skb);
	rcu_read_unlock();
	local_bh_enable();
	return 0;
}

static ssize_t hold_write(struct file *file, const char __user *buf, size_t len,
			  loff_t *pos)
{
	char text[80], *word;
	int err;

	if (len >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, buf, len))
		return -EFAULT;
	text[len] = '\0';
	word = strim(text);

	mutex_lock(&hold_lock);
	err = 0;
	if (!strncmp(word, "get ", 4))
		err = hold_get(word + 4);
	else if (!strcmp(word, "packet"))
		err = hold_packet();
	else if (!strcmp(word, "send"))
		err = hold_send();
	else if (!strcmp(word, "put"))
		hold_put();
	else
		err = -EINVAL;
	mutex_unlock(&hold_lock);
	return err ?: len;
}

static int hold_show(struct seq_file *seq, void *v)
{
	struct dst_entry *dst;

	mutex_lock(&hold_lock);
	if (!held) {
		seq_puts(seq, "none\n");
	} else {
		local_bh_disable();
		rcu_read_lock();
		dst = dst_check(held, cookie);
		seq_printf(seq, "%s dev %s via %pI6c mtu %u\n",
			   dst ? "good" : "stale", held->dev->name,
			   rt6_nexthop((struct rt6_info *)held, &daddr),
			   dst_mtu(held));
		rcu_read_unlock();
		local_bh_enable();
	}
	mutex_unlock(&hold_lock);
	return 0;
}

static int hold_open(struct inode *inode, struct file *file)
{
	return single_open(file, hold_show, NULL);
}

static const struct proc_ops hold_ops = {
	.proc_open	= hold_open,
	.proc_read	= seq_read,
	.proc_write	= hold_write,
	.proc_lseek	= seq_lseek,
	.proc_release	= single_release,
};

static int __init hold_init(void)
{
	return proc_create("us6_hold", 0600, NULL, &hold_ops) ? 0 : -ENOMEM;
}

static void __exit hold_exit(void)
{
	remove_proc_entry("us6_hold", NULL);
	hold_put();
}

module_init(hold_init);
module_exit(hold_exit);
MODULE_DESCRIPTION("Holds a route's dst as tunnels and queues do (test only)");
MODULE_LICENSE("GPL");
