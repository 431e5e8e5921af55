// SPDX-License-Identifier: GPL-2.0
/* Kernel sockets and the stubs. */
#include <linux/net.h>
#include <linux/netfilter_ipv6.h>
#include <linux/rtnetlink.h>
#include <net/inet6_connection_sock.h>
#include <net/ipv6_stubs.h>
#include <net/ping.h>
#include <net/transp_v6.h>
#include "probe.h"

/* Members are called unchecked, so none may be NULL. */
static bool all_set(const void *ops, size_t size)
{
	const unsigned long *word = ops;
	size_t i;

	if (!ops)
		return false;
	for (i = 0; i < size / sizeof(*word); i++)
		if (!word[i])
			return false;
	return true;
}

static void probe_stubs(struct probe *p)
{
	const struct nf_ipv6_ops *nf;

	check(p, all_set(ipv6_stub, sizeof(*ipv6_stub)), "ipv6_stub is filled");
	check(p, all_set(ipv6_bpf_stub, sizeof(*ipv6_bpf_stub)),
	      "ipv6_bpf_stub is filled");
	check(p, all_set(&pingv6_ops, sizeof(pingv6_ops)), "pingv6_ops is filled");
	rcu_read_lock();
	nf = nf_get_ipv6_ops();
	check(p, all_set(nf, sizeof(*nf)), "nf_ipv6_ops is filled");
	rcu_read_unlock();
}

static void probe_udp(struct probe *p, struct sock *sk)
{
	struct in6_addr group = { { { 0xff, 0x02, [15] = 0x78 } } };
	struct flowi6 fl6 = { .daddr = p->unreach };
	struct dst_entry *dst;
	int err, on = 1;

	err = ipv6_setsockopt(sk, SOL_IPV6, IPV6_RECVPKTINFO,
			      KERNEL_SOCKPTR(&on), sizeof(on));
	check(p, !err, "ipv6_setsockopt");
	/* As VXLAN and IPVS do. */
	rtnl_lock();
	lock_sock(sk);
	err = ipv6_sock_mc_join(sk, p->dev->ifindex, &group);
	if (!err)
		err = ipv6_sock_mc_drop(sk, p->dev->ifindex, &group);
	release_sock(sk);
	rtnl_unlock();
	check(p, !err, "ipv6_sock_mc_join and drop");

	dst = ip6_sk_dst_lookup_flow(sk, &fl6, NULL, false);
	check(p, IS_ERR(dst), "ip6_sk_dst_lookup_flow without a route");
	if (!IS_ERR_OR_NULL(dst))
		dst_release(dst);
	check(p, IS_ERR_OR_NULL(__fl6_sock_lookup(sk, htonl(0x12345))),
	      "__fl6_sock_lookup of no label");
}

void probe_sockets(struct probe *p)
{
	struct sockaddr_in6 any = { .sin6_family = AF_INET6 };
	struct socket *sock;
	int err;

	probe_stubs(p);
	err = sock_create_kern(&init_net, AF_INET6, SOCK_DGRAM, IPPROTO_UDP,
			       &sock);
	check(p, !err, "kernel UDP socket");
	if (err)
		return;
	check(p, inet6_sk(sock->sk) != NULL, "inet6_sk");
	err = kernel_bind(sock, (struct sockaddr *)&any, sizeof(any));
	check(p, !err, "kernel_bind");
	probe_udp(p, sock->sk);
	sock_release(sock);

	err = sock_create_kern(&init_net, AF_INET6, SOCK_STREAM, IPPROTO_TCP,
			       &sock);
	check(p, !err, "kernel TCP socket");
	if (!err)
		sock_release(sock);
}
