// SPDX-License-Identifier: GPL-2.0
/*
 * us6: sending of UDP and UDP-Lite, RFC 8200 section 8.1, RFC 3828.
 */
#include <linux/bpf-cgroup.h>
#include <net/ip6_checksum.h>
#include <net/ip6_route.h>
#include <net/us6/path.h>
#include <net/us6/route.h>
#include "send.h"
#include "udp.h"

/* Segments of one size that the device, or the output path, cuts apart. */
static int us6_udp_gso(struct sk_buff *skb, const struct inet_cork *cork,
		       int datalen)
{
	const struct sock *sk = skb->sk;
	int header = skb_network_header_len(skb) + sizeof(struct udphdr);

	if (header + min_t(int, datalen, cork->gso_size) > cork->fragsize)
		return -EMSGSIZE;
	if (datalen > cork->gso_size * UDP_MAX_SEGMENTS)
		return -EINVAL;
	if (udp_get_no_check6_tx(sk))
		return -EINVAL;
	if (skb->ip_summed != CHECKSUM_PARTIAL || IS_UDPLITE(sk) ||
	    dst_xfrm(skb_dst(skb)))
		return -EIO;
	if (datalen > cork->gso_size) {
		skb_shinfo(skb)->gso_size = cork->gso_size;
		skb_shinfo(skb)->gso_type = SKB_GSO_UDP_L4;
		skb_shinfo(skb)->gso_segs = DIV_ROUND_UP(datalen, cork->gso_size);
	}
	return 0;
}

static void us6_udp_checksum(struct sk_buff *skb, const struct flowi6 *fl6,
			     int len)
{
	struct sock *sk = skb->sk;
	struct udphdr *uh = udp_hdr(skb);
	__wsum sum;

	if (IS_UDPLITE(sk)) {
		sum = udplite_csum(skb);
	} else if (udp_get_no_check6_tx(sk)) {
		/* RFC 6935: tunnels that asked for it. */
		skb->ip_summed = CHECKSUM_NONE;
		return;
	} else if (skb->ip_summed == CHECKSUM_PARTIAL) {
		skb->csum_start = skb_transport_header(skb) - skb->head;
		skb->csum_offset = offsetof(struct udphdr, check);
		uh->check = ~csum_ipv6_magic(&fl6->saddr, &fl6->daddr, len,
					     IPPROTO_UDP, 0);
		return;
	} else {
		sum = udp_csum(skb);
	}
	uh->check = csum_ipv6_magic(&fl6->saddr, &fl6->daddr, len,
				    fl6->flowi6_proto, sum);
	/* RFC 8200 8.1: computed zero goes as all ones. */
	if (!uh->check)
		uh->check = CSUM_MANGLED_0;
}

static int us6_udp_send_skb(struct sk_buff *skb, const struct flowi6 *fl6,
			    const struct inet_cork *cork)
{
	struct sock *sk = skb->sk;
	struct net *net = sock_net(sk);
	int len = skb->len - skb_transport_offset(skb);
	struct udphdr *uh = udp_hdr(skb);
	int err;

	uh->source = fl6->fl6_sport;
	uh->dest = fl6->fl6_dport;
	uh->len = htons(len);
	uh->check = 0;
	if (cork->gso_size) {
		err = us6_udp_gso(skb, cork, len - sizeof(*uh));
		if (err) {
			kfree_skb(skb);
			return err;
		}
	}
	us6_udp_checksum(skb, fl6, len);

	err = us6_send_skb(skb);
	if (!err) {
		UDP6_INC_STATS(net, UDP_MIB_OUTDATAGRAMS, IS_UDPLITE(sk));
	} else if (err == -ENOBUFS && !inet6_test_bit(RECVERR6, sk)) {
		/* A full queue is told only to those who asked for errors. */
		UDP6_INC_STATS(net, UDP_MIB_SNDBUFERRORS, IS_UDPLITE(sk));
		err = 0;
	}
	return err;
}

/* Socket locked. */
int us6_udp_push(struct sock *sk)
{
	struct udp_sock *up = udp_sk(sk);
	struct flowi6 fl6;
	struct sk_buff *skb;
	int err = 0;

	if (up->pending == AF_INET)
		return udp_push_pending_frames(sk);
	fl6 = inet_sk(sk)->cork.fl.u.ip6;
	skb = us6_finish_skb(sk);
	if (skb)
		err = us6_udp_send_skb(skb, &fl6, &inet_sk(sk)->cork.base);
	up->len = 0;
	WRITE_ONCE(up->pending, 0);
	return err;
}

/* Socket locked. */
void us6_udp_flush(struct sock *sk)
{
	struct udp_sock *up = udp_sk(sk);

	if (up->pending == AF_INET) {
		udp_flush_pending_frames(sk);
	} else if (up->pending) {
		up->len = 0;
		WRITE_ONCE(up->pending, 0);
		us6_flush_pending(sk);
	}
}

void us6_udp_splice_eof(struct socket *sock)
{
	struct sock *sk = sock->sk;
	struct udp_sock *up = udp_sk(sk);

	if (!READ_ONCE(up->pending) || udp_test_bit(CORK, sk))
		return;
	lock_sock(sk);
	if (up->pending && !udp_test_bit(CORK, sk))
		us6_udp_push(sk);
	release_sock(sk);
}

static int us6_udp_getfrag(void *from, char *to, int offset, int len, int odd,
			   struct sk_buff *skb)
{
	return udplite_getfrag(from, to, offset, len, odd, skb);
}

/* Locked and corked.  Releases the lock. */
static int us6_udp_append_locked(struct sock *sk, struct msghdr *msg, int ulen,
				 struct us6_send *s, struct rt6_info *rt,
				 bool cork)
{
	struct udp_sock *up = udp_sk(sk);
	int err;

	if (s->ipc6.dontfrag < 0)
		s->ipc6.dontfrag = inet6_test_bit(DONTFRAG, sk);
	up->len += ulen;
	err = us6_append_data(sk, IS_UDPLITE(sk) ? us6_udp_getfrag :
						   ip_generic_getfrag,
			      msg, ulen, sizeof(struct udphdr), &s->ipc6,
			      &s->fl6, rt,
			      cork ? msg->msg_flags | MSG_MORE : msg->msg_flags);
	if (err)
		us6_udp_flush(sk);
	else if (!cork)
		err = us6_udp_push(sk);
	else if (unlikely(skb_queue_empty(&sk->sk_write_queue)))
		WRITE_ONCE(up->pending, 0);
	if (err > 0)
		err = inet6_test_bit(RECVERR6, sk) ? net_xmit_errno(err) : 0;
	release_sock(sk);
	return err;
}

static int us6_udp_append(struct sock *sk, struct msghdr *msg, int ulen,
			  struct us6_send *s, struct dst_entry *dst)
{
	struct udp_sock *up = udp_sk(sk);

	lock_sock(sk);
	if (unlikely(up->pending)) {
		/* Somebody else corked it meanwhile. */
		release_sock(sk);
		return -EINVAL;
	}
	WRITE_ONCE(up->pending, AF_INET6);
	return us6_udp_append_locked(sk, msg, ulen, s, dst_rt6_info(dst), true);
}

/* The common case: no lock, no queue.  @dst: its reference is used up. */
static int us6_udp_send_one(struct sock *sk, struct msghdr *msg, int ulen,
			    struct us6_send *s, struct dst_entry *dst)
{
	struct inet_cork_full cork;
	struct sk_buff *skb;

	cork.fl.u.ip6 = s->fl6;
	skb = us6_make_skb(sk, IS_UDPLITE(sk) ? us6_udp_getfrag :
						ip_generic_getfrag,
			   msg, ulen, sizeof(struct udphdr), &s->ipc6,
			   dst_rt6_info(dst), msg->msg_flags, &cork);
	if (IS_ERR_OR_NULL(skb))
		return PTR_ERR(skb);
	return us6_udp_send_skb(skb, &s->fl6, &cork.base);
}

/* A program of the cgroup may choose another destination or source. */
static int us6_udp_bpf_sendmsg(struct sock *sk, struct sockaddr_in6 *sin6,
			       struct us6_send *s, int *addr_len)
{
	int err;

	if (!cgroup_bpf_enabled(CGROUP_UDP6_SENDMSG) || s->connected)
		return 0;
	/* It sees the source that is in force. */
	if (ipv6_addr_any(&s->fl6.saddr))
		s->fl6.saddr = inet6_sk(sk)->saddr;
	err = US6_BPF_SA_LOCK(sk, (struct sockaddr *)sin6, addr_len,
			      CGROUP_UDP6_SENDMSG, &s->fl6.saddr);
	if (err || !sin6)
		return err;
	if (ipv6_addr_v4mapped(&sin6->sin6_addr))
		return -ENOTSUPP;
	if (!sin6->sin6_port)
		return -EINVAL;
	s->fl6.fl6_dport = sin6->sin6_port;
	s->fl6.daddr = ipv6_addr_any(&sin6->sin6_addr) ? in6addr_loopback :
							 sin6->sin6_addr;
	return 0;
}

static int us6_udp_send6(struct sock *sk, struct msghdr *msg, int len)
{
	DECLARE_SOCKADDR(struct sockaddr_in6 *, sin6, msg->msg_name);
	bool cork = udp_test_bit(CORK, sk) || msg->msg_flags & MSG_MORE;
	int ulen = len + sizeof(struct udphdr);
	int addr_len = msg->msg_namelen;
	struct dst_entry *dst;
	struct us6_send s;
	int err;

	us6_send_start(&s, sk);
	s.ipc6.gso_size = READ_ONCE(udp_sk(sk)->gso_size);
	if (sin6) {
		if (!sin6->sin6_port)
			return -EINVAL;
		us6_send_to(&s, sk, sin6, addr_len);
		s.fl6.fl6_dport = sin6->sin6_port;
	} else {
		us6_send_connected(&s, sk);
		s.fl6.fl6_dport = inet_sk(sk)->inet_dport;
	}
	err = us6_send_cmsg(&s, sk, msg);
	if (err)
		goto out;
	s.fl6.flowi6_proto = sk->sk_protocol;
	s.fl6.fl6_sport = inet_sk(sk)->inet_sport;
	err = us6_udp_bpf_sendmsg(sk, sin6, &s, &addr_len);
	if (err)
		goto out;
	dst = us6_send_route(&s, sk);
	if (IS_ERR(dst)) {
		err = PTR_ERR(dst);
		goto out;
	}
	if ((msg->msg_flags & (MSG_CONFIRM | MSG_PROBE)) ==
	    (MSG_CONFIRM | MSG_PROBE)) {
		dst_confirm_neigh(dst, &s.fl6.daddr);
		if (!len) {
			dst_release(dst);
			goto out;
		}
	}
	if (!cork) {
		err = us6_udp_send_one(sk, msg, ulen, &s, dst);
	} else {
		err = us6_udp_append(sk, msg, ulen, &s, dst);
		dst_release(dst);
	}
out:
	us6_send_end(&s);
	return err;
}

/* The peer speaks IPv4: its code sends. */
static int us6_udp_send4(struct sock *sk, struct msghdr *msg, size_t len,
			 const struct in6_addr *daddr, __be16 port)
{
	struct sockaddr_in sin = { .sin_family = AF_INET, .sin_port = port };
	void *name = msg->msg_name;
	int namelen = msg->msg_namelen;
	int err;

	if (ipv6_only_sock(sk))
		return -ENETUNREACH;
	if (daddr) {
		sin.sin_addr.s_addr = daddr->s6_addr32[3];
		msg->msg_name = &sin;
		msg->msg_namelen = sizeof(sin);
	}
	err = udp_sendmsg(sk, msg, len);
	msg->msg_name = name;
	msg->msg_namelen = namelen;
	return err;
}

/*
 * More data for a datagram that is being collected.
 * Return: 1 when there is none after all.
 */
static int us6_udp_send_more(struct sock *sk, struct msghdr *msg, size_t len)
{
	struct udp_sock *up = udp_sk(sk);
	bool cork = udp_test_bit(CORK, sk) || msg->msg_flags & MSG_MORE;
	struct us6_send s;

	lock_sock(sk);
	if (unlikely(up->pending != AF_INET6)) {
		int err = up->pending ? -EAFNOSUPPORT : 1;

		release_sock(sk);
		return err;
	}
	us6_send_start(&s, sk);
	return us6_udp_append_locked(sk, msg, len, &s, NULL, cork);
}

/* Where to?  Return: 1 IPv4 by @daddr (NULL: sockaddr_in), 0 IPv6, or errno. */
static int us6_udp_destination(struct sock *sk, struct msghdr *msg,
			       const struct in6_addr **daddr, __be16 *port)
{
	DECLARE_SOCKADDR(struct sockaddr_in6 *, sin6, msg->msg_name);

	*daddr = NULL;
	if (sin6) {
		if (msg->msg_namelen < offsetof(struct sockaddr, sa_data))
			return -EINVAL;
		switch (sin6->sin6_family) {
		case AF_INET6:
			if (msg->msg_namelen < SIN6_LEN_RFC2133)
				return -EINVAL;
			if (ipv6_addr_any(&sin6->sin6_addr) &&
			    ipv6_addr_v4mapped(&inet6_sk(sk)->saddr))
				ipv6_addr_set_v4mapped(htonl(INADDR_LOOPBACK),
						       &sin6->sin6_addr);
			*daddr = &sin6->sin6_addr;
			*port = sin6->sin6_port;
			return ipv6_addr_v4mapped(*daddr);
		case AF_INET:
			return 1;
		case AF_UNSPEC:
			msg->msg_name = NULL;
			msg->msg_namelen = 0;
			break;
		default:
			return -EINVAL;
		}
	}
	if (READ_ONCE(udp_sk(sk)->pending))
		return 0;
	if (sk->sk_state != TCP_ESTABLISHED)
		return -EDESTADDRREQ;
	*daddr = &sk->sk_v6_daddr;
	*port = inet_sk(sk)->inet_dport;
	return ipv6_addr_v4mapped(*daddr);
}

int us6_udp_sendmsg(struct sock *sk, struct msghdr *msg, size_t len)
{
	const struct in6_addr *daddr;
	__be16 port = 0;
	int err;

	err = us6_udp_destination(sk, msg, &daddr, &port);
	if (err < 0)
		return err;
	if (err)
		return us6_udp_send4(sk, msg, len, daddr, port);
	if (msg->msg_flags & MSG_OOB)
		return -EOPNOTSUPP;
	if (len > INT_MAX - sizeof(struct udphdr))
		return -EMSGSIZE;
	if (READ_ONCE(udp_sk(sk)->pending) == AF_INET)
		return udp_sendmsg(sk, msg, len);
	err = 1;
	if (READ_ONCE(udp_sk(sk)->pending))
		err = us6_udp_send_more(sk, msg, len);
	if (err == 1 && !msg->msg_name && sk->sk_state != TCP_ESTABLISHED)
		return -EDESTADDRREQ;
	if (err == 1)
		err = us6_udp_send6(sk, msg, len);
	if (!err)
		return len;
	if (err == -ENOBUFS || test_bit(SOCK_NOSPACE, &sk->sk_socket->flags))
		UDP6_INC_STATS(sock_net(sk), UDP_MIB_SNDBUFERRORS,
			       IS_UDPLITE(sk));
	return err;
}
