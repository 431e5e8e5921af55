// SPDX-License-Identifier: GPL-2.0
/*
 * How many ICMPv6 messages leave, RFC 4443 section 2.4 f): a token bucket for
 * the namespace, and one for each destination in the kernel's inetpeer tree.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/icmpv6.h>
#include <linux/slab.h>
#include <net/addrconf.h>
#include <net/inetpeer.h>
#include <net/net_namespace.h>
#include <net/netns/generic.h>
#include "path.h"

/* A namespace's bucket: 1,000 a second, 50 at once, as IPv4's. */
#define US6_ICMP_RATE	1000
#define US6_ICMP_BURST	50

/* L: lock (BH) */
struct us6_icmp_net {
	spinlock_t	lock;
	u32		tokens;		/* L */
	unsigned long	stamp;		/* L: jiffies of the last refill */
};

static unsigned int us6_icmp_net_id __read_mostly;

static bool us6_icmp_bucket(struct net *net)
{
	struct us6_icmp_net *in = net_generic(net, us6_icmp_net_id);
	unsigned long fresh;
	bool ok;

	spin_lock_bh(&in->lock);
	fresh = (jiffies - in->stamp) * US6_ICMP_RATE / HZ;
	if (fresh) {
		in->tokens = min_t(unsigned long, in->tokens + fresh,
				   US6_ICMP_BURST);
		in->stamp = jiffies;
	}
	ok = in->tokens > 0;
	if (ok)
		in->tokens--;
	spin_unlock_bh(&in->lock);
	return ok;
}

/**
 * us6_icmp_allowed() - may a message of this type be sent now?
 * @net: namespace
 * @type: ICMPv6 type
 * @dst: its route
 * @daddr: destination
 *
 * Context: any but hard irq.  Return: false when a rate is exceeded, counted.
 */
bool us6_icmp_allowed(struct net *net, u8 type, struct dst_entry *dst,
		      const struct in6_addr *daddr)
{
	struct inet_peer *peer;
	int interval;
	bool ok;

	if (!test_bit(type, net->ipv6.sysctl.icmpv6_ratemask) ||
	    dst->dev->flags & IFF_LOOPBACK)
		return true;
	if (!us6_icmp_bucket(net))
		return false;

	interval = READ_ONCE(net->ipv6.sysctl.icmpv6_time);
	rcu_read_lock();
	peer = inet_getpeer_v6(net->ipv6.peers, daddr);
	ok = inet_peer_xrlim_allow(peer, interval);
	rcu_read_unlock();
	if (!ok)
		ICMP6_INC_STATS(net, us6_dst_idev(dst),
				ICMP6_MIB_RATELIMITHOST);
	return ok;
}

static int __net_init us6_icmp_limit_net_init(struct net *net)
{
	struct us6_icmp_net *in = net_generic(net, us6_icmp_net_id);
	struct inet_peer_base *peers;

	peers = kmalloc(sizeof(*peers), GFP_KERNEL);
	if (!peers)
		return -ENOMEM;
	inet_peer_base_init(peers);
	net->ipv6.peers = peers;

	spin_lock_init(&in->lock);
	in->tokens = US6_ICMP_BURST;
	in->stamp = jiffies;
	return 0;
}

static void __net_exit us6_icmp_limit_net_exit(struct net *net)
{
	struct inet_peer_base *peers = net->ipv6.peers;

	net->ipv6.peers = NULL;
	inetpeer_invalidate_tree(peers);
	kfree(peers);
}

static struct pernet_operations us6_icmp_limit_net_ops = {
	.init	= us6_icmp_limit_net_init,
	.exit	= us6_icmp_limit_net_exit,
	.id	= &us6_icmp_net_id,
	.size	= sizeof(struct us6_icmp_net),
};

int us6_icmp_limit_init(void)
{
	return register_pernet_subsys(&us6_icmp_limit_net_ops);
}

void us6_icmp_limit_exit(void)
{
	unregister_pernet_subsys(&us6_icmp_limit_net_ops);
}
