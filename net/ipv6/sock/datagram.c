// SPDX-License-Identifier: GPL-2.0
/*
 * us6: connect of datagram sockets, and the route that a connected one keeps.
 */
#include <linux/bpf-cgroup.h>
#include <linux/security.h>
#include <net/inet_common.h>
#include <net/ip.h>
#include <net/ip6_route.h>
#include <net/sock_reuseport.h>
#include <net/transp_v6.h>
#include <net/us6/route.h>
#include "sock.h"

static void us6_connected_flow(struct flowi6 *fl6, struct sock *sk)
{
	struct ipv6_pinfo *np = inet6_sk(sk);
	struct inet_sock *inet = inet_sk(sk);

	memset(fl6, 0, sizeof(*fl6));
	fl6->flowi6_proto = sk->sk_protocol;
	fl6->daddr = sk->sk_v6_daddr;
	fl6->saddr = np->saddr;
	fl6->flowi6_mark = READ_ONCE(sk->sk_mark);
	fl6->flowi6_uid = sk->sk_uid;
	fl6->fl6_dport = inet->inet_dport;
	fl6->fl6_sport = inet->inet_sport;
	fl6->flowlabel = ip6_make_flowinfo(np->tclass, np->flow_label);
	fl6->flowi6_oif = sk->sk_bound_dev_if ?:
			  np->sticky_pktinfo.ipi6_ifindex;
	if (!fl6->flowi6_oif)
		fl6->flowi6_oif = ipv6_addr_is_multicast(&fl6->daddr) ?
				  np->mcast_oif : np->ucast_oif;
	security_sk_classify_flow(sk, flowi6_to_flowi_common(fl6));
}

/* Locked.  @bind: take the source address of the route where there is none. */
static int us6_datagram_route(struct sock *sk, bool bind)
{
	struct ipv6_pinfo *np = inet6_sk(sk);
	struct in6_addr last, *final;
	struct dst_entry *dst;
	struct flowi6 fl6;

	us6_connected_flow(&fl6, sk);
	/* Bound to an IPv4 address: it can't be the source of such packets. */
	if (ipv6_addr_v4mapped(&fl6.saddr))
		return -EAFNOSUPPORT;
	rcu_read_lock();
	final = fl6_update_dst(&fl6, rcu_dereference(np->opt), &last);
	rcu_read_unlock();
	dst = us6_dst_lookup_flow(sock_net(sk), sk, &fl6, final);
	if (IS_ERR(dst))
		return PTR_ERR(dst);

	if (bind && ipv6_addr_any(&np->saddr))
		np->saddr = fl6.saddr;
	if (bind && ipv6_addr_any(&sk->sk_v6_rcv_saddr)) {
		sk->sk_v6_rcv_saddr = fl6.saddr;
		inet_sk(sk)->inet_rcv_saddr = LOOPBACK4_IPV6;
		if (sk->sk_prot->rehash)
			sk->sk_prot->rehash(sk);
	}
	us6_sk_dst_store(sk, dst, &fl6);
	return 0;
}

void us6_datagram_release_cb(struct sock *sk)
{
	struct dst_entry *dst;
	bool stale;

	if (ipv6_addr_v4mapped(&sk->sk_v6_daddr))
		return;
	rcu_read_lock();
	dst = __sk_dst_get(sk);
	stale = dst && dst->obsolete &&
		!dst->ops->check(dst, inet6_sk(sk)->dst_cookie);
	rcu_read_unlock();
	if (stale)
		us6_datagram_route(sk, false);
}

/* :: or ::ffff:0.0.0.0 */
static bool us6_addr_unset(const struct in6_addr *a)
{
	return ipv6_addr_any(a) ||
	       (ipv6_addr_v4mapped(a) && !a->s6_addr32[3]);
}

/* RFC 3493 section 3.7: the peer speaks IPv4; its code connects. */
static int us6_datagram_connect4(struct sock *sk, struct sockaddr *uaddr,
				 int addr_len)
{
	struct ipv6_pinfo *np = inet6_sk(sk);
	struct inet_sock *inet = inet_sk(sk);
	int err;

	err = __ip4_datagram_connect(sk, uaddr, addr_len);
	if (err)
		return err;
	ipv6_addr_set_v4mapped(inet->inet_daddr, &sk->sk_v6_daddr);
	if (us6_addr_unset(&np->saddr))
		ipv6_addr_set_v4mapped(inet->inet_saddr, &np->saddr);
	if (us6_addr_unset(&sk->sk_v6_rcv_saddr)) {
		ipv6_addr_set_v4mapped(inet->inet_rcv_saddr,
				       &sk->sk_v6_rcv_saddr);
		if (sk->sk_prot->rehash)
			sk->sk_prot->rehash(sk);
	}
	return 0;
}

/* RFC 4007 section 6: a scoped destination names its zone. */
static int us6_datagram_zone(struct sock *sk, const struct sockaddr_in6 *usin,
			     int addr_len, int type)
{
	if (!__ipv6_addr_needs_scope_id(type))
		return 0;
	if (addr_len >= sizeof(*usin) && usin->sin6_scope_id) {
		if (!sk_dev_equal_l3scope(sk, usin->sin6_scope_id))
			return -EINVAL;
		WRITE_ONCE(sk->sk_bound_dev_if, usin->sin6_scope_id);
	}
	if (!sk->sk_bound_dev_if && (type & IPV6_ADDR_MULTICAST))
		WRITE_ONCE(sk->sk_bound_dev_if, inet6_sk(sk)->mcast_oif);
	return sk->sk_bound_dev_if ? 0 : -EINVAL;
}

static int us6_datagram_connect6(struct sock *sk,
				 const struct sockaddr_in6 *usin)
{
	struct ipv6_pinfo *np = inet6_sk(sk);
	struct inet_sock *inet = inet_sk(sk);
	struct in6_addr old_daddr = sk->sk_v6_daddr;
	__be32 old_label = np->flow_label;
	__be16 old_dport = inet->inet_dport;
	int err;

	sk->sk_v6_daddr = usin->sin6_addr;
	np->flow_label = inet6_test_bit(SNDFLOW, sk) ?
			 usin->sin6_flowinfo & IPV6_FLOWINFO_MASK : 0;
	inet->inet_dport = usin->sin6_port;
	err = us6_datagram_route(sk, true);
	if (err) {
		sk->sk_v6_daddr = old_daddr;
		np->flow_label = old_label;
		inet->inet_dport = old_dport;
		return err;
	}
	reuseport_has_conns_set(sk);
	sk->sk_state = TCP_ESTABLISHED;
	sk_set_txhash(sk);
	return 0;
}

int us6_datagram_connect(struct sock *sk, struct sockaddr *uaddr, int addr_len)
{
	struct sockaddr_in6 *usin = (struct sockaddr_in6 *)uaddr;
	int type, err;

	if (usin->sin6_family == AF_INET)
		return ipv6_only_sock(sk) ? -EAFNOSUPPORT :
		       us6_datagram_connect4(sk, uaddr, addr_len);
	if (addr_len < SIN6_LEN_RFC2133)
		return -EINVAL;
	if (usin->sin6_family != AF_INET6)
		return -EAFNOSUPPORT;
	/* :: means the host itself, as in BSD. */
	if (ipv6_addr_any(&usin->sin6_addr)) {
		if (ipv6_addr_v4mapped(&sk->sk_v6_rcv_saddr))
			ipv6_addr_set_v4mapped(htonl(INADDR_LOOPBACK),
					       &usin->sin6_addr);
		else
			usin->sin6_addr = in6addr_loopback;
	}
	type = ipv6_addr_type(&usin->sin6_addr);
	if (type & IPV6_ADDR_MAPPED) {
		struct sockaddr_in sin = {
			.sin_family		= AF_INET,
			.sin_addr.s_addr	= usin->sin6_addr.s6_addr32[3],
			.sin_port		= usin->sin6_port,
		};

		return ipv6_only_sock(sk) ? -ENETUNREACH :
		       us6_datagram_connect4(sk, (struct sockaddr *)&sin,
					     sizeof(sin));
	}
	err = us6_datagram_zone(sk, usin, addr_len, type);
	return err ?: us6_datagram_connect6(sk, usin);
}

int us6_datagram_pre_connect(struct sock *sk, struct sockaddr *uaddr,
			     int addr_len)
{
	/* The program may look at the whole address. */
	if (addr_len < SIN6_LEN_RFC2133)
		return -EINVAL;
	return US6_BPF_SA_LOCK(sk, uaddr, &addr_len, CGROUP_INET6_CONNECT, NULL);
}

int us6_datagram_connect_v6only(struct sock *sk, struct sockaddr *uaddr,
				int addr_len)
{
	struct sockaddr_in6 *usin = (struct sockaddr_in6 *)uaddr;
	int err;

	if (usin->sin6_family != AF_INET6)
		return -EAFNOSUPPORT;
	/* There is no IPv4 half here that could answer. */
	if (addr_len >= SIN6_LEN_RFC2133 &&
	    ipv6_addr_v4mapped(&usin->sin6_addr))
		return -ENETUNREACH;
	lock_sock(sk);
	err = us6_datagram_connect(sk, uaddr, addr_len);
	release_sock(sk);
	return err;
}
