// SPDX-License-Identifier: GPL-2.0
/*
 * us6: TCP over IPv6: the proto, and how it comes and goes.
 *
 * Hash tables, memory limits and counters are those of IPv4: one limit for both,
 * and inet_diag and /proc/net/sockstat see our sockets in them.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <net/inet_common.h>
#include <net/ip.h>
#include <net/us6/path.h>
#include <net/us6/stock.h>
#include "sock.h"
#include "tcp.h"

static void us6_tcp_send_check(struct sock *sk, struct sk_buff *skb)
{
	__tcp_v6_send_check(skb, &sk->sk_v6_rcv_saddr, &sk->sk_v6_daddr);
}

struct inet_connection_sock_af_ops us6_tcp_native_ops = {
	.queue_xmit	= us6_csk_xmit,
	.send_check	= us6_tcp_send_check,
	.rebuild_header	= us6_csk_rebuild_header,
	.sk_rx_dst_set	= us6_tcp_rx_dst_set,
	.conn_request	= us6_tcp_conn_request,
	.syn_recv_sock	= us6_tcp_syn_recv_sock,
	.net_header_len	= sizeof(struct ipv6hdr),
	US6_AF_OPS_FRAG_HEADER
	.setsockopt	= us6_setsockopt,
	.getsockopt	= us6_getsockopt,
	.addr2sockaddr	= inet6_csk_addr2sockaddr,
	.sockaddr_len	= sizeof(struct sockaddr_in6),
	.mtu_reduced	= us6_tcp_mtu_reduced,
};

/* IPv4 below an AF_INET6 socket; completed at load. */
struct inet_connection_sock_af_ops us6_tcp_mapped_ops = {
	.queue_xmit	= ip_queue_xmit,
	.rebuild_header	= inet_sk_rebuild_header,
	.conn_request	= us6_tcp_conn_request,
	.syn_recv_sock	= us6_tcp_syn_recv_sock,
	.net_header_len	= sizeof(struct iphdr),
	.setsockopt	= us6_setsockopt,
	.getsockopt	= us6_getsockopt,
	.addr2sockaddr	= inet6_csk_addr2sockaddr,
	.sockaddr_len	= sizeof(struct sockaddr_in6),
};

#ifdef CONFIG_TCP_MD5SIG
/* TCP_MD5SIG is not served: see Documentation/unsupported.md. */
static int us6_tcp_md5_parse(struct sock *sk, int optname, sockptr_t optval,
			     int optlen)
{
	return -EOPNOTSUPP;
}

struct tcp_md5sig_key *us6_tcp_md5_lookup(const struct sock *sk,
					  const struct sock *addr_sk)
{
	return NULL;
}

const struct tcp_sock_af_ops us6_tcp_native_md5_ops = {
	.md5_lookup	= us6_tcp_md5_lookup,
	.md5_parse	= us6_tcp_md5_parse,
};

struct tcp_sock_af_ops us6_tcp_mapped_md5_ops = {
	.md5_parse	= us6_tcp_md5_parse,
};
#endif

static int us6_tcp_init_sock(struct sock *sk)
{
	tcp_init_sock(sk);
	inet_csk(sk)->icsk_af_ops = &us6_tcp_native_ops;
#ifdef CONFIG_TCP_MD5SIG
	tcp_sk(sk)->af_specific = &us6_tcp_native_md5_ops;
#endif
	return 0;
}

static struct timewait_sock_ops us6_tcp_timewait_ops = {
	.twsk_obj_size	= sizeof(struct tcp6_timewait_sock),
	US6_TWSK_UNIQUE
};

/* Completed by us6_tcp_fill(). */
struct proto us6_tcp_prot = {
	.name			= "TCPv6",
	.owner			= THIS_MODULE,
	.close			= tcp_close,
	.pre_connect		= us6_tcp_pre_connect,
	.connect		= us6_tcp_connect,
	.disconnect		= tcp_disconnect,
	.accept			= inet_csk_accept,
	.init			= us6_tcp_init_sock,
	.sendmsg		= tcp_sendmsg,
	.backlog_rcv		= us6_tcp_do_rcv,
	.hash			= inet6_hash,
	.unhash			= inet_unhash,
	.get_port		= inet_csk_get_port,
	.put_port		= inet_put_port,
#ifdef CONFIG_BPF_SYSCALL
	.psock_update_sk_prot	= tcp_bpf_update_proto,
#endif
	.stream_memory_free	= tcp_stream_memory_free,
	.per_cpu_fw_alloc	= &tcp_memory_per_cpu_fw_alloc,
	.memory_pressure	= &tcp_memory_pressure,
	.orphan_count		= &tcp_orphan_count,
	.sysctl_wmem_offset	= offsetof(struct net, ipv4.sysctl_tcp_wmem),
	.sysctl_rmem_offset	= offsetof(struct net, ipv4.sysctl_tcp_rmem),
	.max_header		= MAX_TCP_HEADER,
	.obj_size		= sizeof(struct tcp6_sock),
	US6_PROTO_PINFO(struct tcp6_sock)
	.slab_flags		= SLAB_TYPESAFE_BY_RCU,
	.twsk_prot		= &us6_tcp_timewait_ops,
	.rsk_prot		= &us6_tcp_reqsk_ops,
	.no_autobind		= true,
	.diag_destroy		= tcp_abort,
};

/* What may be known at load only, see <net/us6/resolved.h>. */
static void us6_tcp_fill(void)
{
	struct proto *prot = &us6_tcp_prot;

	prot->ioctl = us6_stock_fn(tcp_ioctl);
	prot->destroy = us6_stock_fn(tcp_v4_destroy_sock);
	prot->shutdown = us6_stock_fn(tcp_shutdown);
	prot->setsockopt = us6_stock_fn(tcp_setsockopt);
	prot->getsockopt = us6_stock_fn(tcp_getsockopt);
	prot->bpf_bypass_getsockopt = us6_stock_fn(tcp_bpf_bypass_getsockopt);
	prot->keepalive = us6_stock_fn(tcp_set_keepalive);
	prot->recvmsg = us6_stock_fn(tcp_recvmsg);
	us6_tcp_prot_splice(prot);
	prot->release_cb = us6_stock_fn(tcp_release_cb);
	prot->enter_memory_pressure = us6_stock_fn(tcp_enter_memory_pressure);
	prot->leave_memory_pressure = us6_stock_fn(tcp_leave_memory_pressure);
	prot->memory_allocated = &tcp_memory_allocated;
	prot->sockets_allocated = &tcp_sockets_allocated;
	prot->sysctl_mem = sysctl_tcp_mem;

	us6_tcp_timewait_ops.twsk_destructor = us6_stock_fn(tcp_twsk_destructor);
	us6_tcp_reqsk_ops.rtx_syn_ack = us6_stock_fn(tcp_rtx_synack);
	us6_tcp_reqsk_ops.syn_ack_timeout = us6_stock_fn(tcp_syn_ack_timeout);

	us6_sockstat_set(US6_SOCKSTAT_TCP, prot);

	us6_tcp_mapped_ops.send_check = us6_stock_fn(tcp_v4_send_check);
	us6_tcp_mapped_ops.sk_rx_dst_set = us6_stock_fn(inet_sk_rx_dst_set);
	us6_tcp_mapped_ops.mtu_reduced = us6_stock_fn(tcp_v4_mtu_reduced);
#ifdef CONFIG_TCP_MD5SIG
	us6_tcp_mapped_md5_ops.md5_lookup = us6_stock_fn(tcp_v4_md5_lookup);
	us6_tcp_mapped_md5_ops.calc_md5_hash = us6_stock_fn(tcp_v4_md5_hash_skb);
#endif
}

static const struct inet6_protocol us6_tcp_protocol = {
	.handler	= us6_tcp_rcv,
	.err_handler	= us6_tcp_err,
	.flags		= INET6_PROTO_FINAL,
};

static struct inet_protosw us6_tcp_protosw = {
	.type		= SOCK_STREAM,
	.protocol	= IPPROTO_TCP,
	.prot		= &us6_tcp_prot,
	.ops		= &us6_stream_ops,
	.flags		= INET_PROTOSW_PERMANENT | INET_PROTOSW_ICSK,
};

static int __net_init us6_tcp_net_init(struct net *net)
{
	int err = us6_tcp_reply_net_init(net);

	if (err)
		return err;
	err = us6_tcp_proc_net_init(net);
	if (err)
		us6_tcp_reply_net_exit(net);
	return err;
}

static void __net_exit us6_tcp_net_exit(struct net *net)
{
	us6_tcp_proc_net_exit(net);
	us6_tcp_reply_net_exit(net);
}

static struct pernet_operations us6_tcp_net_ops = {
	.init = us6_tcp_net_init,
	.exit = us6_tcp_net_exit,
};

/*
 * sockmap and kTLS keep a copy of the proto's functions and refresh it when the
 * proto's address changes.  We may be loaded again at the same address with
 * other code: sockmap's copy is forgotten here.
 */
static void us6_tcp_forget_copies(void)
{
	struct proto **saved = (void *)us6_stock_lookup("tcpv6_prot_saved");

	if (saved)
		WRITE_ONCE(*saved, NULL);
}

static const struct us6_sock_proto us6_tcp_proto = {
	.sw		= &us6_tcp_protosw,
	.receive	= &us6_tcp_protocol,
	.net_ops	= &us6_tcp_net_ops,
};

int us6_tcp_init(void)
{
	us6_tcp_fill();
	us6_tcp_proc_init();
	return us6_sock_proto_register(&us6_tcp_proto);
}

void us6_tcp_exit(void)
{
	us6_sock_proto_unregister(&us6_tcp_proto);
	us6_tcp_forget_copies();
}
