// SPDX-License-Identifier: GPL-2.0
/*
 * us6: the socket family PF_INET6.
 *
 * A table of (type, protocol) holds our own protocols.  What other modules
 * registered with inet6_register_protosw() stands in a private table of the
 * stock kernel, whose stock creator still works: it gets every request that we
 * have no entry for, loads the protocol's module if need be, and its sockets
 * then come to our bind, options and release through the redirected entry
 * points.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/bpf-cgroup.h>
#include <linux/module.h>
#include <linux/net.h>
#include <linux/rculist.h>
#include <linux/static_call.h>
#include <net/inet_common.h>
#include <net/inet_connection_sock.h>
#include <net/protocol.h>
#include <net/us6/sock.h>
#include <net/us6/stock.h>
#include <net/us6/us6.h>
#include "sock.h"

/*
 * L: us6_protosw_lock, R: RCU.  In order of registration: the first of a type
 * is what protocol 0 means.
 */
static struct list_head us6_protosw[SOCK_MAX];
static DEFINE_SPINLOCK(us6_protosw_lock);

static int us6_create_none(struct net *net, struct socket *sock, int protocol,
			   int kern)
{
	return -EPROTONOSUPPORT;
}

/* inet6_create(), by static call: its address is no exported symbol. */
DEFINE_STATIC_CALL(us6_stock_create, us6_create_none);

int us6_register_protosw(struct inet_protosw *p)
{
	struct inet_protosw *q;
	int err = 0;

	if (p->type >= SOCK_MAX)
		return -EINVAL;
	spin_lock_bh(&us6_protosw_lock);
	list_for_each_entry(q, &us6_protosw[p->type], list)
		if (q->protocol == p->protocol)
			err = -EEXIST;
	if (!err)
		list_add_tail_rcu(&p->list, &us6_protosw[p->type]);
	spin_unlock_bh(&us6_protosw_lock);
	return err;
}

void us6_unregister_protosw(struct inet_protosw *p)
{
	spin_lock_bh(&us6_protosw_lock);
	list_del_rcu(&p->list);
	spin_unlock_bh(&us6_protosw_lock);
	synchronize_net();
}

/* RCU.  An exact entry wins over one for any protocol (raw). */
static struct inet_protosw *us6_protosw_find(int type, int protocol)
{
	struct inet_protosw *p, *wild = NULL;

	list_for_each_entry_rcu(p, &us6_protosw[type], list) {
		if (protocol ? p->protocol == protocol : p->protocol)
			return p;
		if (protocol && p->protocol == IPPROTO_IP)
			wild = p;
	}
	return wild;
}

/* What an IPv6 socket needs of its IPv4 half, for v4-mapped peers. */
static void us6_init_inet(struct sock *sk, const struct net *net)
{
	struct inet_sock *inet = inet_sk(sk);

	inet->uc_ttl = -1;
	inet_set_bit(MC_LOOP, sk);
	inet->mc_ttl = 1;
	inet->mc_index = 0;
	RCU_INIT_POINTER(inet->mc_list, NULL);
	inet->rcv_tos = 0;
	inet->pmtudisc = READ_ONCE(net->ipv4.sysctl_ip_no_pmtu_disc) ?
			 IP_PMTUDISC_DONT : IP_PMTUDISC_WANT;
}

static int us6_start(struct sock *sk, int kern)
{
	struct inet_sock *inet = inet_sk(sk);
	int err;

	/* A protocol number given at creation is shared, and found at once. */
	if (inet->inet_num) {
		inet->inet_sport = htons(inet->inet_num);
		err = sk->sk_prot->hash(sk);
		if (err)
			return err;
	}
	if (sk->sk_prot->init) {
		err = sk->sk_prot->init(sk);
		if (err)
			return err;
	}
	return kern ? 0 : BPF_CGROUP_RUN_PROG_INET_SOCK(sk);
}

static int us6_create_ours(struct net *net, struct socket *sock, int protocol,
			   int kern, const struct inet_protosw *p)
{
	u32 offset = us6_proto_pinfo_offset(p->prot);
	struct sock *sk;
	int err;

	/* It would lie on top of struct sock. */
	if (WARN_ON_ONCE(offset < sizeof(struct inet_sock)))
		return -EPROTONOSUPPORT;
	sock->ops = p->ops;
	sk = sk_alloc(net, PF_INET6, GFP_KERNEL, p->prot, kern);
	if (!sk)
		return -ENOBUFS;
	sock_init_data(sock, sk);
	if (p->flags & INET_PROTOSW_REUSE)
		sk->sk_reuse = SK_CAN_REUSE;
	if (p->flags & INET_PROTOSW_ICSK)
		inet_init_csk_locks(sk);
	inet_assign_bit(IS_ICSK, sk, p->flags & INET_PROTOSW_ICSK);
	if (sock->type == SOCK_RAW) {
		inet_sk(sk)->inet_num = protocol;
		if (protocol == IPPROTO_RAW)
			inet_set_bit(HDRINCL, sk);
	}
	sk->sk_destruct = us6_sock_destruct;
	sk->sk_family = PF_INET6;
	sk->sk_protocol = protocol;
	sk->sk_backlog_rcv = p->prot->backlog_rcv;
	sk->sk_txrehash = READ_ONCE(net->core.sysctl_txrehash);
	us6_sock_init_pinfo(sk, (struct ipv6_pinfo *)((u8 *)sk + offset));
	us6_init_inet(sk, net);

	err = us6_start(sk, kern);
	if (err) {
		sk_common_release(sk);
		sock->sk = NULL;
	}
	return err;
}

/* Not ours: the stock creator knows what other modules registered. */
static int us6_create_foreign(struct net *net, struct socket *sock,
			      int protocol, int kern)
{
	int err = static_call(us6_stock_create)(net, sock, protocol, kern);

	/* Its table lacks our protocols: it thinks that the type is unknown. */
	if (err == -ESOCKTNOSUPPORT && !list_empty(&us6_protosw[sock->type]))
		err = -EPROTONOSUPPORT;
	return err;
}

static int us6_create(struct net *net, struct socket *sock, int protocol,
		      int kern)
{
	struct inet_protosw *p;

	if (protocol < 0 || protocol >= IPPROTO_MAX)
		return -EINVAL;

	rcu_read_lock();
	p = us6_protosw_find(sock->type, protocol);
	rcu_read_unlock();
	/*
	 * An entry of ours stays good: it goes at unload only, and the family's
	 * module reference is held while we run.
	 */
	if (!p)
		return us6_create_foreign(net, sock, protocol, kern);
	if (sock->type == SOCK_RAW && !kern &&
	    !ns_capable(net->user_ns, CAP_NET_RAW))
		return -EPERM;
	return us6_create_ours(net, sock, protocol ?: p->protocol, kern, p);
}

static const struct net_proto_family us6_family = {
	.family	= PF_INET6,
	.create	= us6_create,
	.owner	= THIS_MODULE,
};

int us6_family_register(void)
{
	int err = sock_register(&us6_family);

	if (err)
		pr_err("PF_INET6 is taken: is the stock IPv6 active? boot with ipv6.disable=1\n");
	return err;
}

void us6_family_unregister(void)
{
	sock_unregister(PF_INET6);
}

static const struct us6_rung parts[] = {
	{ us6_ops_init,		us6_ops_exit },
	{ us6_flowlabel_init,	us6_flowlabel_exit },
	{ us6_tcp_init,		us6_tcp_exit },
	{ us6_udp_init,		us6_udp_exit },
	{ us6_raw_init,		us6_raw_exit },
	{ us6_ping_init,	us6_ping_exit },
	/* Looks into the protocols: up last, gone first. */
	{ us6_sockstat_init,	us6_sockstat_exit },
};

int us6_sock_init(void)
{
	unsigned long create;
	int i;

	for (i = 0; i < SOCK_MAX; i++)
		INIT_LIST_HEAD(&us6_protosw[i]);
	create = us6_stock_lookup("inet6_create");
	if (create)
		static_call_update(us6_stock_create, (void *)create);
	else
		pr_warn("the kernel has no symbol inet6_create: no sockets of other modules' IPv6 protocols\n");

	return us6_rungs_up(parts, ARRAY_SIZE(parts));
}

void us6_sock_exit(void)
{
	us6_rungs_down(parts, ARRAY_SIZE(parts));
}
