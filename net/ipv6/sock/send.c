// SPDX-License-Identifier: GPL-2.0
/*
 * us6: from the arguments of sendmsg() to a routed flow, RFC 3542 section 6.
 */
#include <linux/security.h>
#include <net/ip6_route.h>
#include <net/udp.h>
#include <net/us6/route.h>
#include "send.h"
#include "sock.h"

void us6_send_start(struct us6_send *s, const struct sock *sk)
{
	memset(&s->fl6, 0, sizeof(s->fl6));
	s->fl6.flowi6_uid = sk->sk_uid;
	us6_ipcm6_init_sk(&s->ipc6, sk);
	s->ipc6.sockc.tsflags = READ_ONCE(sk->sk_tsflags);
	s->ipc6.sockc.mark = READ_ONCE(sk->sk_mark);
	s->opt_held = NULL;
	s->final = NULL;
	s->connected = false;
}

void us6_send_to(struct us6_send *s, const struct sock *sk,
		 const struct sockaddr_in6 *sin6, int addr_len)
{
	struct flowi6 *fl6 = &s->fl6;

	if (inet6_test_bit(SNDFLOW, sk))
		fl6->flowlabel = sin6->sin6_flowinfo & IPV6_FLOWINFO_MASK;
	fl6->daddr = sin6->sin6_addr;
	/* :: means the host itself, as in BSD. */
	if (ipv6_addr_any(&fl6->daddr))
		fl6->daddr = in6addr_loopback;
	if (addr_len >= sizeof(*sin6) && sin6->sin6_scope_id &&
	    __ipv6_addr_needs_scope_id(__ipv6_addr_type(&fl6->daddr)))
		fl6->flowi6_oif = sin6->sin6_scope_id;
}

void us6_send_connected(struct us6_send *s, const struct sock *sk)
{
	s->fl6.daddr = sk->sk_v6_daddr;
	s->fl6.flowlabel = inet6_sk(sk)->flow_label;
	s->connected = true;
}

/* UDP_SEGMENT.  Return: above 0 when there are others than UDP's, or an errno. */
static int us6_send_udp_cmsg(struct us6_send *s, struct sock *sk,
			     struct msghdr *msg)
{
	if (sk->sk_type != SOCK_DGRAM || sk->sk_protocol == IPPROTO_ICMPV6)
		return 1;
	return udp_cmsg_send(sk, msg, &s->ipc6.gso_size);
}

int us6_send_cmsg(struct us6_send *s, struct sock *sk, struct msghdr *msg)
{
	struct ipv6_pinfo *np = inet6_sk(sk);
	struct ipv6_txoptions *opt = NULL;
	int err;

	if (!s->fl6.flowi6_oif)
		s->fl6.flowi6_oif = READ_ONCE(sk->sk_bound_dev_if);
	if (!s->fl6.flowi6_oif)
		s->fl6.flowi6_oif = np->sticky_pktinfo.ipi6_ifindex;

	if (msg->msg_controllen) {
		opt = &s->opt_space;
		memset(opt, 0, sizeof(*opt));
		opt->tot_len = sizeof(*opt);
		s->ipc6.opt = opt;
		err = us6_send_udp_cmsg(s, sk, msg);
		if (err > 0) {
			err = us6_cmsg_send(sock_net(sk), sk, msg, &s->fl6,
					    &s->ipc6);
			s->connected = false;
		}
		if (err < 0)
			return err;
		if (!(opt->opt_nflen | opt->opt_flen))
			opt = NULL;
	}
	if (!opt) {
		opt = txopt_get(np);
		s->opt_held = opt;
	}
	s->ipc6.opt = ipv6_fixup_options(&s->opt_space, opt);
	return 0;
}

void us6_send_flow(struct us6_send *s, struct sock *sk)
{
	struct ipv6_pinfo *np = inet6_sk(sk);
	struct flowi6 *fl6 = &s->fl6;

	fl6->flowi6_mark = s->ipc6.sockc.mark;
	/* RFC 3542 section 6.2: this packet's, else the sticky, else bind's. */
	if (ipv6_addr_any(&fl6->saddr))
		fl6->saddr = ipv6_addr_any(&np->sticky_pktinfo.ipi6_addr) ?
			     np->saddr : np->sticky_pktinfo.ipi6_addr;
	s->final = fl6_update_dst(fl6, s->ipc6.opt, &s->last);
	if (s->final)
		s->connected = false;

	if (!fl6->flowi6_oif) {
		if (ipv6_addr_is_multicast(&fl6->daddr)) {
			fl6->flowi6_oif = READ_ONCE(np->mcast_oif);
			s->connected = false;
		} else {
			fl6->flowi6_oif = READ_ONCE(np->ucast_oif);
		}
	}
	security_sk_classify_flow(sk, flowi6_to_flowi_common(fl6));
	if (s->ipc6.tclass < 0)
		s->ipc6.tclass = np->tclass;
	fl6->flowlabel = ip6_make_flowinfo(s->ipc6.tclass, fl6->flowlabel);
	if (s->ipc6.dontfrag < 0)
		s->ipc6.dontfrag = inet6_test_bit(DONTFRAG, sk);
}

struct dst_entry *us6_send_route(struct us6_send *s, struct sock *sk)
{
	struct dst_entry *dst;

	us6_send_flow(s, sk);
	/* Bound to an IPv4 address: it can't be the source of this packet. */
	if (ipv6_addr_v4mapped(&s->fl6.saddr))
		return ERR_PTR(-EAFNOSUPPORT);
	dst = us6_sk_dst_lookup_flow(sk, &s->fl6, s->final, s->connected);
	if (!IS_ERR(dst) && s->ipc6.hlimit < 0)
		s->ipc6.hlimit = ip6_sk_dst_hoplimit(inet6_sk(sk), &s->fl6, dst);
	return dst;
}

void us6_send_end(struct us6_send *s)
{
	txopt_put(s->opt_held);
}
