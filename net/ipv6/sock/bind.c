// SPDX-License-Identifier: GPL-2.0
/*
 * us6: bind of a PF_INET6 socket, RFC 3493 sections 3.7, 3.8 and 5.3.
 */
#include <linux/bpf-cgroup.h>
#include <net/inet_common.h>
#include <net/ip.h>
#include <net/route.h>
#include <net/transp_v6.h>
#include <net/us6/addr.h>
#include "sock.h"

/* RCU.  The device a socket is bound to; NULL and *@err 0 when to none. */
static struct net_device *us6_bound_dev(const struct sock *sk, int *err)
{
	struct net_device *dev = NULL;

	*err = 0;
	if (sk->sk_bound_dev_if) {
		dev = dev_get_by_index_rcu(sock_net(sk), sk->sk_bound_dev_if);
		if (!dev)
			*err = -ENODEV;
	}
	return dev;
}

/* RCU.  The rules of IPv4 for an address that is one in disguise. */
static int us6_bind_mapped(struct sock *sk, __be32 v4)
{
	struct net *net = sock_net(sk);
	struct net_device *dev;
	int err;

	/* RFC 3493 5.3: such a socket speaks IPv6 only. */
	if (ipv6_only_sock(sk))
		return -EINVAL;
	dev = us6_bound_dev(sk, &err);
	if (err)
		return err;
	if (!inet_addr_valid_or_nonlocal(net, inet_sk(sk), v4,
					 inet_addr_type_dev_table(net, dev, v4)))
		return -EADDRNOTAVAIL;
	return 0;
}

/* RCU. */
static int us6_bind_native(struct sock *sk, const struct sockaddr_in6 *addr,
			   int addr_len, int type)
{
	struct net *net = sock_net(sk);
	int was_bound = sk->sk_bound_dev_if;
	struct net_device *dev;
	int err;

	/* RFC 4007 section 6: an address of limited scope needs its zone. */
	if (__ipv6_addr_needs_scope_id(type)) {
		if (addr_len >= sizeof(*addr) && addr->sin6_scope_id)
			sk->sk_bound_dev_if = addr->sin6_scope_id;
		if (!sk->sk_bound_dev_if)
			return -EINVAL;
	}
	dev = us6_bound_dev(sk, &err);
	if (!err && !(type & IPV6_ADDR_MULTICAST) &&
	    !ipv6_can_nonlocal_bind(net, inet_sk(sk)) &&
	    !us6_addr_check(net, &addr->sin6_addr, dev, false, IFA_F_TENTATIVE))
		err = -EADDRNOTAVAIL;
	if (err)
		sk->sk_bound_dev_if = was_bound;
	return err;
}

int us6_bind_check(struct sock *sk, const struct sockaddr_in6 *addr,
		   int addr_len, int type)
{
	int err;

	rcu_read_lock();
	err = us6_bind_native(sk, addr, addr_len, type);
	rcu_read_unlock();
	return err;
}

static int us6_bind_get_port(struct sock *sk, unsigned short snum, u32 flags)
{
	int err;

	/* Left to connect. */
	if (!snum && (inet_test_bit(BIND_ADDRESS_NO_PORT, sk) ||
		      (flags & BIND_FORCE_ADDRESS_NO_PORT)))
		return 0;
	err = sk->sk_prot->get_port(sk, snum);
	if (err || (flags & BIND_FROM_BPF))
		return err;
	err = BPF_CGROUP_RUN_PROG_INET6_POST_BIND(sk);
	if (err && sk->sk_prot->put_port)
		sk->sk_prot->put_port(sk);
	return err;
}

/* Socket locked. */
static int us6_bind_locked(struct sock *sk, const struct sockaddr_in6 *addr,
			   int addr_len, int type, u32 flags)
{
	struct inet_sock *inet = inet_sk(sk);
	unsigned short snum = ntohs(addr->sin6_port);
	bool was_v6only = sk->sk_ipv6only;
	__be32 v4 = 0;
	int err = 0;

	if (sk->sk_state != TCP_CLOSE || inet->inet_num)
		return -EINVAL;

	rcu_read_lock();
	if (type == IPV6_ADDR_MAPPED) {
		v4 = addr->sin6_addr.s6_addr32[3];
		err = us6_bind_mapped(sk, v4);
	} else if (type != IPV6_ADDR_ANY) {
		/* The engines compare IPv4 halves too: one that equals none. */
		v4 = LOOPBACK4_IPV6;
		err = us6_bind_native(sk, addr, addr_len, type);
	}
	rcu_read_unlock();
	if (err)
		return err;

	inet->inet_rcv_saddr = v4;
	inet->inet_saddr = v4;
	sk->sk_v6_rcv_saddr = addr->sin6_addr;
	if (!(type & IPV6_ADDR_MULTICAST))
		inet6_sk(sk)->saddr = addr->sin6_addr;
	/* Bound to a native address it can't meet IPv4 sockets. */
	if (type != IPV6_ADDR_ANY && type != IPV6_ADDR_MAPPED)
		sk->sk_ipv6only = 1;

	err = us6_bind_get_port(sk, snum, flags);
	if (err) {
		sk->sk_ipv6only = was_v6only;
		inet_reset_saddr(sk);
		return err;
	}
	if (type != IPV6_ADDR_ANY)
		sk->sk_userlocks |= SOCK_BINDADDR_LOCK;
	if (snum)
		sk->sk_userlocks |= SOCK_BINDPORT_LOCK;
	inet->inet_sport = htons(inet->inet_num);
	inet->inet_dport = 0;
	inet->inet_daddr = 0;
	return 0;
}

int us6_bind_addr(struct sock *sk, struct sockaddr *uaddr, int addr_len,
		  u32 flags)
{
	struct sockaddr_in6 *addr = (struct sockaddr_in6 *)uaddr;
	struct net *net = sock_net(sk);
	unsigned short snum = ntohs(addr->sin6_port);
	int type, err;

	if (addr->sin6_family != AF_INET6)
		return -EAFNOSUPPORT;
	type = ipv6_addr_type(&addr->sin6_addr);
	if ((type & IPV6_ADDR_MULTICAST) && sk->sk_type == SOCK_STREAM)
		return -EINVAL;
	if (!(flags & BIND_NO_CAP_NET_BIND_SERVICE) &&
	    snum && inet_port_requires_bind_service(net, snum) &&
	    !ns_capable(net->user_ns, CAP_NET_BIND_SERVICE))
		return -EACCES;

	if (flags & BIND_WITH_LOCK)
		lock_sock(sk);
	err = us6_bind_locked(sk, addr, addr_len, type, flags);
	if (flags & BIND_WITH_LOCK)
		release_sock(sk);
	return err;
}

int us6_bind_sk(struct sock *sk, struct sockaddr *uaddr, int addr_len)
{
	/* IPV6_ADDRFORM can change sk_prot. */
	const struct proto *prot = READ_ONCE(sk->sk_prot);
	u32 flags = BIND_WITH_LOCK;
	int err;

	if (prot->bind)
		return prot->bind(sk, uaddr, addr_len);
	if (addr_len < SIN6_LEN_RFC2133)
		return -EINVAL;
	/* Before all checks, which then look at what the program made of it. */
	err = US6_BPF_BIND_LOCK(sk, uaddr, &addr_len, CGROUP_INET6_BIND, &flags);
	return err ?: us6_bind_addr(sk, uaddr, addr_len, flags);
}

int us6_bind(struct socket *sock, struct sockaddr *uaddr, int addr_len)
{
	return us6_bind_sk(sock->sk, uaddr, addr_len);
}
