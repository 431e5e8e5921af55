// SPDX-License-Identifier: GPL-2.0
/*
 * us6: /proc/net/sockstat6, and the row of a datagram socket in
 * /proc/net/{udp6,udplite6,raw6,icmp6}.
 */
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/user_namespace.h>
#include <net/inet_frag.h>
#include "sock.h"

static const char * const us6_sockstat_names[US6_SOCKSTAT_MAX] = {
	[US6_SOCKSTAT_TCP]	= "TCP6",
	[US6_SOCKSTAT_UDP]	= "UDP6",
	[US6_SOCKSTAT_UDPLITE]	= "UDPLITE6",
	[US6_SOCKSTAT_RAW]	= "RAW6",
};

/* Written at load; read while the files exist. */
static struct proto *us6_sockstat_protos[US6_SOCKSTAT_MAX];

void us6_sockstat_set(enum us6_sockstat row, struct proto *prot)
{
	WRITE_ONCE(us6_sockstat_protos[row], prot);
}

static int us6_sockstat_show(struct seq_file *seq, void *v)
{
	struct net *net = seq->private;
	struct fqdir *fqdir = net->ipv6.fqdir;
	struct proto *prot;
	int i;

	for (i = 0; i < US6_SOCKSTAT_MAX; i++) {
		prot = READ_ONCE(us6_sockstat_protos[i]);
		seq_printf(seq, "%s: inuse %d\n", us6_sockstat_names[i],
			   prot ? sock_prot_inuse_get(net, prot) : 0);
	}
	seq_printf(seq, "FRAG6: inuse %u memory %lu\n",
		   fqdir ? atomic_read(&fqdir->rhashtable.nelems) : 0,
		   fqdir ? frag_mem_limit(fqdir) : 0);
	return 0;
}

static int __net_init us6_sockstat_net_init(struct net *net)
{
	return proc_create_net_single("sockstat6", 0444, net->proc_net,
				      us6_sockstat_show, NULL) ? 0 : -ENOMEM;
}

static void __net_exit us6_sockstat_net_exit(struct net *net)
{
	remove_proc_entry("sockstat6", net->proc_net);
}

static struct pernet_operations us6_sockstat_net_ops = {
	.init = us6_sockstat_net_init,
	.exit = us6_sockstat_net_exit,
};

int us6_sockstat_init(void)
{
	return register_pernet_subsys(&us6_sockstat_net_ops);
}

void us6_sockstat_exit(void)
{
	unregister_pernet_subsys(&us6_sockstat_net_ops);
}

void us6_dgram_seq_show(struct seq_file *seq, struct sock *sk, u16 srcp,
			u16 destp, int rqueue, int bucket)
{
	const struct in6_addr *src = &sk->sk_v6_rcv_saddr;
	const struct in6_addr *dest = &sk->sk_v6_daddr;

	seq_printf(seq,
		   "%5d: %08X%08X%08X%08X:%04X %08X%08X%08X%08X:%04X %02X %08X:%08X %02X:%08lX %08X %5u %8d %lu %d %pK %u\n",
		   bucket,
		   (__force u32)src->s6_addr32[0], (__force u32)src->s6_addr32[1],
		   (__force u32)src->s6_addr32[2], (__force u32)src->s6_addr32[3],
		   srcp,
		   (__force u32)dest->s6_addr32[0], (__force u32)dest->s6_addr32[1],
		   (__force u32)dest->s6_addr32[2], (__force u32)dest->s6_addr32[3],
		   destp, sk->sk_state, sk_wmem_alloc_get(sk), rqueue, 0, 0L, 0,
		   from_kuid_munged(seq_user_ns(seq), sock_i_uid(sk)), 0,
		   sock_i_ino(sk), refcount_read(&sk->sk_refcnt), sk,
		   atomic_read(&sk->sk_drops));
}
