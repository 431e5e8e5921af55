// SPDX-License-Identifier: GPL-2.0
/*
 * us6: ipv6_pinfo, the IPv6 part of a socket: born, cloned, emptied.
 *
 * It is the kernel's own struct and the last member of every socket object;
 * other modules' sockets have the same tail and come here too.
 */
#include <net/inet_common.h>
#include <net/us6/mcast.h>
#include "sock.h"

void us6_sock_init_pinfo(struct sock *sk, struct ipv6_pinfo *np)
{
	struct net *net = sock_net(sk);

	inet_sk(sk)->pinet6 = np;
	np->hop_limit = -1;	/* the route's or the interface's */
	np->mcast_hops = IPV6_DEFAULT_MCASTHOPS;	/* RFC 3493 5.2: 1 */
	np->pmtudisc = IPV6_PMTUDISC_WANT;
	inet6_set_bit(MC6_LOOP, sk);
	inet6_set_bit(MC6_ALL, sk);
	inet6_assign_bit(REPFLOW, sk, net->ipv6.sysctl.flowlabel_reflect &
				      FLOWLABEL_REFLECT_ESTABLISHED);
	sk->sk_ipv6only = net->ipv6.sysctl.bindv6only;
}

void us6_sock_clone_pinfo(struct sock *newsk, const struct sock *sk)
{
	u32 offset = us6_proto_pinfo_offset(newsk->sk_prot);
	struct ipv6_pinfo *np = (struct ipv6_pinfo *)((u8 *)newsk + offset);

	memcpy(np, inet6_sk(sk), sizeof(*np));
	inet_sk(newsk)->pinet6 = np;
	np->ipv6_mc_list = NULL;
	np->ipv6_ac_list = NULL;
	RCU_INIT_POINTER(us6_sk_fl_list(newsk), NULL);
	RCU_INIT_POINTER(np->opt, NULL);
	np->pktoptions = NULL;
	np->rxpmtu = NULL;
	np->cork.opt = NULL;
	np->daddr_cache = NULL;
}

void us6_sock_cleanup(struct sock *sk)
{
	struct ipv6_pinfo *np = inet6_sk(sk);
	struct ipv6_txoptions *opt;

	kfree_skb(xchg(&np->pktoptions, NULL));
	kfree_skb(xchg(&np->rxpmtu, NULL));
	us6_flowlabel_close(sk);
	opt = unrcu_pointer(xchg(&np->opt, NULL));
	if (opt) {
		atomic_sub(opt->tot_len, &sk->sk_omem_alloc);
		txopt_put(opt);
	}
}

void us6_sock_destruct(struct sock *sk)
{
	us6_sock_cleanup(sk);
	inet_sock_destruct(sk);
}
