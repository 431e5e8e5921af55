// SPDX-License-Identifier: GPL-2.0
/*
 * The counters of a namespace (RFC 4293).
 *
 * With IPv6 disabled the kernel leaves these per-CPU pointers NULL, and counting
 * through one doesn't fault: it writes near the start of the per-CPU area, the
 * stack canary among others.  So they are the first thing that exists and the
 * last that goes.
 *
 * A namespace that dies runs our exit before that of modules that were loaded
 * earlier, and those may still count.  From pre_exit on they count into one
 * spare set that nobody reads.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <net/ip.h>
#include <net/ipv6.h>
#include <net/net_namespace.h>
#include <net/netns/generic.h>
#include <net/snmp.h>
#include <net/udp.h>
#include <net/us6/us6.h>

/* I: written at load and unload alone */
struct us6_mibs {
	struct ipstats_mib __percpu	*ip;
	struct icmpv6_mib __percpu	*icmp;
	struct icmpv6msg_mib		*icmpmsg;	/* atomic, one for all CPUs */
	struct udp_mib __percpu		*udp;
	struct udp_mib __percpu		*udplite;
};

static unsigned int us6_mib_id __read_mostly;
static struct us6_mibs us6_mib_spare;

static void us6_mibs_free(struct us6_mibs *m)
{
	free_percpu(m->udplite);
	free_percpu(m->udp);
	kfree(m->icmpmsg);
	free_percpu(m->icmp);
	free_percpu(m->ip);
	memset(m, 0, sizeof(*m));
}

static int us6_mibs_alloc(struct us6_mibs *m)
{
	int cpu;

	m->ip = alloc_percpu(struct ipstats_mib);
	m->icmp = alloc_percpu(struct icmpv6_mib);
	m->icmpmsg = kzalloc(sizeof(*m->icmpmsg), GFP_KERNEL);
	m->udp = alloc_percpu(struct udp_mib);
	m->udplite = alloc_percpu(struct udp_mib);
	if (!m->ip || !m->icmp || !m->icmpmsg || !m->udp || !m->udplite) {
		us6_mibs_free(m);
		return -ENOMEM;
	}
	for_each_possible_cpu(cpu)
		u64_stats_init(&per_cpu_ptr(m->ip, cpu)->syncp);
	return 0;
}

/* Readers and writers look at these pointers without any lock. */
static void us6_mibs_publish(struct net *net, const struct us6_mibs *m)
{
	WRITE_ONCE(net->mib.ipv6_statistics, m->ip);
	WRITE_ONCE(net->mib.icmpv6_statistics, m->icmp);
	WRITE_ONCE(net->mib.icmpv6msg_statistics, m->icmpmsg);
	WRITE_ONCE(net->mib.udp_stats_in6, m->udp);
	WRITE_ONCE(net->mib.udplite_stats_in6, m->udplite);
}

static int __net_init us6_mib_net_init(struct net *net)
{
	struct us6_mibs *m = net_generic(net, us6_mib_id);
	int err;

	err = us6_mibs_alloc(m);
	if (err)
		return err;
	us6_mibs_publish(net, m);
	return 0;
}

static void __net_exit us6_mib_net_pre_exit(struct net *net)
{
	us6_mibs_publish(net, &us6_mib_spare);
}

/* The core waited for a grace period since pre_exit. */
static void __net_exit us6_mib_net_exit(struct net *net)
{
	static const struct us6_mibs none;

	us6_mibs_free(net_generic(net, us6_mib_id));
	/* Unload of the module, not death of the namespace: as booted. */
	if (check_net(net))
		us6_mibs_publish(net, &none);
}

static struct pernet_operations us6_mib_net_ops = {
	.init		= us6_mib_net_init,
	.pre_exit	= us6_mib_net_pre_exit,
	.exit		= us6_mib_net_exit,
	.id		= &us6_mib_id,
	.size		= sizeof(struct us6_mibs),
};

int us6_mib_init(void)
{
	int err;

	err = us6_mibs_alloc(&us6_mib_spare);
	if (err)
		return err;
	err = register_pernet_subsys(&us6_mib_net_ops);
	if (err)
		us6_mibs_free(&us6_mib_spare);
	return err;
}

void us6_mib_exit(void)
{
	/* Takes pernet_ops_rwsem: no namespace is half dead after it. */
	unregister_pernet_subsys(&us6_mib_net_ops);
	synchronize_net();
	us6_mibs_free(&us6_mib_spare);
}
