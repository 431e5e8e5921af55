// SPDX-License-Identifier: GPL-2.0
/*
 * us6: UDP and UDP-Lite sockets: the protocols and the life of a socket.
 *
 * Port table, queues and options are the engine shared with IPv4; so are the
 * memory limits.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/bpf-cgroup.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <net/inet_common.h>
#include <net/inet6_hashtables.h>
#include <net/protocol.h>
#include <net/transp_v6.h>
#include <net/us6/stock.h>
#include "udp.h"

static void us6_udp_destruct(struct sock *sk)
{
	udp_destruct_common(sk);
	us6_sock_destruct(sk);
}

static int us6_udp_init_sk(struct sock *sk)
{
	udp_lib_init_sock(sk);
	sk->sk_destruct = us6_udp_destruct;
	set_bit(SOCK_SUPPORT_ZC, &sk->sk_socket->flags);
	return 0;
}

static int us6_udplite_init_sk(struct sock *sk)
{
	us6_udp_init_sk(sk);
	us6_udplite_init(sk);
	return 0;
}

static void us6_udp_destroy(struct sock *sk)
{
	struct udp_sock *up = udp_sk(sk);
	void (*encap_destroy)(struct sock *sk);

	lock_sock(sk);
	/* Against udp_abort(). */
	sock_set_flag(sk, SOCK_DEAD);
	us6_udp_flush(sk);
	release_sock(sk);

	if (!static_branch_unlikely(&udpv6_encap_needed_key))
		return;
	encap_destroy = READ_ONCE(up->encap_destroy);
	if (up->encap_type && encap_destroy)
		encap_destroy(sk);
	if (udp_test_bit(ENCAP_ENABLED, sk)) {
		static_branch_dec(&udpv6_encap_needed_key);
		udp_encap_disable();
	}
}

static int us6_udp_get_port(struct sock *sk, unsigned short snum)
{
	const struct net *net = sock_net(sk);

	/* The engine completes it with the port. */
	udp_sk(sk)->udp_portaddr_hash =
		ipv6_portaddr_hash(net, &sk->sk_v6_rcv_saddr, 0);
	return udp_lib_get_port(sk, snum,
				ipv6_portaddr_hash(net, &in6addr_any, snum));
}

static void us6_udp_rehash(struct sock *sk)
{
	udp_lib_rehash(sk, ipv6_portaddr_hash(sock_net(sk),
					      &sk->sk_v6_rcv_saddr,
					      inet_sk(sk)->inet_num));
}

static int us6_udp_pre_connect(struct sock *sk, struct sockaddr *uaddr,
			       int addr_len)
{
	if (addr_len < offsetofend(struct sockaddr, sa_family))
		return -EINVAL;
	if (uaddr->sa_family == AF_INET)
		return ipv6_only_sock(sk) ? -EAFNOSUPPORT :
		       udp_pre_connect(sk, uaddr, addr_len);
	return us6_datagram_pre_connect(sk, uaddr, addr_len);
}

static int us6_udp_connect(struct sock *sk, struct sockaddr *uaddr,
			   int addr_len)
{
	int err;

	lock_sock(sk);
	err = us6_datagram_connect(sk, uaddr, addr_len);
	release_sock(sk);
	return err;
}

static int us6_udp_setsockopt(struct sock *sk, int level, int optname,
			      sockptr_t optval, unsigned int optlen)
{
	/* SOL_SOCKET comes here where the engine asks for it (since 6.2). */
	if (level == SOL_UDP || level == SOL_UDPLITE || level == SOL_SOCKET)
		return udp_lib_setsockopt(sk, level, optname, optval, optlen,
					  us6_udp_push);
	return us6_setsockopt(sk, level, optname, optval, optlen);
}

static int us6_udp_getsockopt(struct sock *sk, int level, int optname,
			      char __user *optval, int __user *optlen)
{
	if (level == SOL_UDP || level == SOL_UDPLITE)
		return udp_lib_getsockopt(sk, level, optname, optval, optlen);
	return us6_getsockopt(sk, level, optname, optval, optlen);
}

#define US6_UDP_PROTO							\
	.owner			= THIS_MODULE,				\
	.close			= udp_lib_close,			\
	.connect		= us6_udp_connect,			\
	.disconnect		= udp_disconnect,			\
	.ioctl			= udp_ioctl,				\
	.destroy		= us6_udp_destroy,			\
	.setsockopt		= us6_udp_setsockopt,			\
	.getsockopt		= us6_udp_getsockopt,			\
	.sendmsg		= us6_udp_sendmsg,			\
	.recvmsg		= us6_udp_recvmsg,			\
	.hash			= udp_lib_hash,				\
	.unhash			= udp_lib_unhash,			\
	.rehash			= us6_udp_rehash,			\
	.get_port		= us6_udp_get_port,			\
	.memory_allocated	= &udp_memory_allocated,		\
	.per_cpu_fw_alloc	= &udp_memory_per_cpu_fw_alloc,		\
	.sysctl_mem		= sysctl_udp_mem,			\
	.sysctl_wmem_offset	= offsetof(struct net, ipv4.sysctl_udp_wmem_min), \
	.sysctl_rmem_offset	= offsetof(struct net, ipv4.sysctl_udp_rmem_min), \
	.obj_size		= sizeof(struct udp6_sock),		\
	US6_PROTO_PINFO(struct udp6_sock)

static struct proto us6_udp_prot = {
	.name			= "UDPv6",
	US6_UDP_PROTO
	.init			= us6_udp_init_sk,
	.pre_connect		= us6_udp_pre_connect,
	.splice_eof		= us6_udp_splice_eof,
	.release_cb		= us6_datagram_release_cb,
	.put_port		= udp_lib_unhash,
#ifdef CONFIG_BPF_SYSCALL
	.psock_update_sk_prot	= udp_bpf_update_proto,
#endif
	.h.udp_table		= US6_UDP_TABLE,
	.diag_destroy		= udp_abort,
};

static struct proto us6_udplite_prot = {
	.name			= "UDPLITEv6",
	US6_UDP_PROTO
	.init			= us6_udplite_init_sk,
	.h.udp_table		= &udplite_table,
};

static const struct inet6_protocol us6_udp_protocol = {
	.handler	= us6_udp_rcv,
	.err_handler	= us6_udp_err,
	.flags		= INET6_PROTO_NOPOLICY | INET6_PROTO_FINAL,
};

static const struct inet6_protocol us6_udplite_protocol = {
	.handler	= us6_udplite_rcv,
	.err_handler	= us6_udplite_err,
	.flags		= INET6_PROTO_NOPOLICY | INET6_PROTO_FINAL,
};

static struct inet_protosw us6_udp_protosw = {
	.type		= SOCK_DGRAM,
	.protocol	= IPPROTO_UDP,
	.prot		= &us6_udp_prot,
	.ops		= &us6_dgram_ops,
	.flags		= INET_PROTOSW_PERMANENT,
};

static struct inet_protosw us6_udplite_protosw = {
	.type		= SOCK_DGRAM,
	.protocol	= IPPROTO_UDPLITE,
	.prot		= &us6_udplite_prot,
	.ops		= &us6_dgram_ops,
	.flags		= INET_PROTOSW_PERMANENT,
};

/* ---- /proc/net/udp6, udplite6 ---------------------------------------------- */

static int us6_udp_seq_show(struct seq_file *seq, void *v)
{
	const struct udp_iter_state *state = seq->private;
	struct sock *sk = v;

	if (v == SEQ_START_TOKEN)
		seq_puts(seq, IPV6_SEQ_DGRAM_HEADER);
	else
		us6_dgram_seq_show(seq, sk, ntohs(inet_sk(sk)->inet_sport),
				   ntohs(inet_sk(sk)->inet_dport),
				   udp_rqueue_get(sk), state->bucket);
	return 0;
}

static const struct seq_operations us6_udp_seq_ops = {
	.start	= udp_seq_start,
	.next	= udp_seq_next,
	.stop	= udp_seq_stop,
	.show	= us6_udp_seq_show,
};

static struct udp_seq_afinfo us6_udp_afinfo = {
	.family		= AF_INET6,
	.udp_table	= US6_UDP_TABLE,
};

static struct udp_seq_afinfo us6_udplite_afinfo = {
	.family		= AF_INET6,
	.udp_table	= &udplite_table,
};

static int __net_init us6_udp_net_init(struct net *net)
{
	struct proc_dir_entry *dir = net->proc_net;

	if (!proc_create_net_data("udp6", 0444, dir, &us6_udp_seq_ops,
				  sizeof(struct udp_iter_state),
				  &us6_udp_afinfo))
		return -ENOMEM;
	if (!proc_create_net_data("udplite6", 0444, dir, &us6_udp_seq_ops,
				  sizeof(struct udp_iter_state),
				  &us6_udplite_afinfo))
		goto no_lite;
	return 0;
no_lite:
	remove_proc_entry("udp6", dir);
	return -ENOMEM;
}

static void __net_exit us6_udp_net_exit(struct net *net)
{
	remove_proc_entry("udplite6", net->proc_net);
	remove_proc_entry("udp6", net->proc_net);
}

static struct pernet_operations us6_udp_net_ops = {
	.init = us6_udp_net_init,
	.exit = us6_udp_net_exit,
};

/* ---- up and down ------------------------------------------------------------ */

/*
 * The kernel's sockmap keeps a copy of our proto by its address.  A later load
 * at the same address with other functions would be taken for this one.
 */
static void us6_udp_forget_copies(void)
{
	struct proto **saved = (void *)us6_stock_lookup("udpv6_prot_saved");

	if (saved)
		WRITE_ONCE(*saved, NULL);
}

static const struct us6_sock_proto us6_udp_proto = {
	.sw		= &us6_udp_protosw,
	.receive	= &us6_udp_protocol,
	.net_ops	= &us6_udp_net_ops,
};

static const struct us6_sock_proto us6_udplite_proto = {
	.sw		= &us6_udplite_protosw,
	.receive	= &us6_udplite_protocol,
};

int us6_udp_init(void)
{
	int err;

	err = us6_sock_proto_register(&us6_udp_proto);
	if (err)
		return err;
	err = us6_sock_proto_register(&us6_udplite_proto);
	if (err)
		goto no_lite;
	err = us6_udp_offload_init();
	if (err)
		goto no_offload;
	us6_sockstat_set(US6_SOCKSTAT_UDP, &us6_udp_prot);
	us6_sockstat_set(US6_SOCKSTAT_UDPLITE, &us6_udplite_prot);
	return 0;
no_offload:
	us6_sock_proto_unregister(&us6_udplite_proto);
no_lite:
	us6_sock_proto_unregister(&us6_udp_proto);
	return err;
}

void us6_udp_exit(void)
{
	us6_udp_offload_exit();
	us6_sock_proto_unregister(&us6_udplite_proto);
	us6_sock_proto_unregister(&us6_udp_proto);
	us6_udp_forget_copies();
}
