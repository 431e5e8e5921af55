// SPDX-License-Identifier: GPL-2.0
/*
 * us6: IPV6_ADDRFORM, which makes an IPv4 socket of a v4-mapped one.
 */
#include <linux/module.h>
#include <net/inet_common.h>
#include <net/tcp.h>
#include <net/udp.h>
#include <net/udplite.h>
#include <net/us6/mcast.h>
#include <net/us6/resolved.h>
#include "options.h"
#include "sock.h"

static int us6_addrform_may(struct sock *sk)
{
	switch (sk->sk_protocol) {
	case IPPROTO_UDP:
	case IPPROTO_UDPLITE:
		if (sk->sk_type != SOCK_DGRAM)
			return -ENOPROTOOPT;
		/* Data in the cork with an IPv6 header to come. */
		if (udp_sk(sk)->pending == AF_INET6)
			return -EBUSY;
		break;
	case IPPROTO_TCP:
		if (sk->sk_type != SOCK_STREAM)
			return -ENOPROTOOPT;
		/* Somebody (TLS, sockmap) has put a proto of its own there. */
		if (sk->sk_prot != sk->sk_prot_creator)
			return -EBUSY;
		break;
	default:
		return -ENOPROTOOPT;
	}
	if (sk->sk_state != TCP_ESTABLISHED)
		return -ENOTCONN;
	if (ipv6_only_sock(sk) || !ipv6_addr_v4mapped(&sk->sk_v6_daddr))
		return -EADDRNOTAVAIL;
	return 0;
}

int us6_opt_set_addrform(struct sock *sk, int val)
{
	struct net *net = sock_net(sk);
	struct proto *prot;
	int err;

	if (val != PF_INET)
		return -EINVAL;
	err = us6_addrform_may(sk);
	if (err)
		return err;

	us6_sock_mc_close(sk);
	if (sk->sk_protocol == IPPROTO_TCP)
		prot = &tcp_prot;
	else if (sk->sk_protocol == IPPROTO_UDPLITE)
		prot = &udplite_prot;
	else
		prot = &udp_prot;
	sock_prot_inuse_add(net, sk->sk_prot, -1);
	sock_prot_inuse_add(net, prot, 1);
	/* Read without the lock by our proto_ops and by TCP's options. */
	WRITE_ONCE(sk->sk_prot, prot);
	if (sk->sk_protocol == IPPROTO_TCP) {
		WRITE_ONCE(inet_csk(sk)->icsk_af_ops, &ipv4_specific);
		WRITE_ONCE(sk->sk_socket->ops, &inet_stream_ops);
		sk->sk_family = PF_INET;
		tcp_sync_mss(sk, inet_csk(sk)->icsk_pmtu_cookie);
	} else {
		WRITE_ONCE(sk->sk_socket->ops, &inet_dgram_ops);
		sk->sk_family = PF_INET;
	}
	/* Nothing may come anew into the part that is emptied here. */
	inet6_sk(sk)->rxopt.all = 0;
	us6_sock_cleanup(sk);
	/*
	 * The socket's reference on its ops' module was ours and will be dropped
	 * on the built-in IPv4's.  The one of the proto stays until sk_free().
	 */
	module_put(THIS_MODULE);
	return 0;
}

int us6_opt_get_addrform(struct sock *sk, int *val)
{
	if (sk->sk_protocol != IPPROTO_UDP &&
	    sk->sk_protocol != IPPROTO_UDPLITE && sk->sk_protocol != IPPROTO_TCP)
		return -ENOPROTOOPT;
	if (sk->sk_state != TCP_ESTABLISHED)
		return -ENOTCONN;
	*val = sk->sk_family;
	return 0;
}
