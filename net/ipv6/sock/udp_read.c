// SPDX-License-Identifier: GPL-2.0
/*
 * us6: recvmsg() of UDP and UDP-Lite.
 */
#include <linux/bpf-cgroup.h>
#include <net/ip.h>
#include <net/ip6_route.h>
#include "udp.h"

/* Jumbograms don't fit the length in the engine's scratch area. */
static unsigned int us6_udp_skb_len(struct sk_buff *skb)
{
	return unlikely(inet6_is_jumbogram(skb)) ? skb->len : udp_skb_len(skb);
}

static void us6_udp_count(const struct sock *sk, bool v4, int field)
{
	if (v4)
		UDP_INC_STATS(sock_net(sk), field, IS_UDPLITE(sk));
	else
		UDP6_INC_STATS(sock_net(sk), field, IS_UDPLITE(sk));
}

/* Return: 0, -EBADMSG for a wrong checksum, or another errno. */
static int us6_udp_copy(struct sock *sk, struct sk_buff *skb,
			struct msghdr *msg, int off, unsigned int copied,
			unsigned int ulen, bool peek)
{
	bool valid = udp_skb_csum_unnecessary(skb);
	int err;

	/* All must be summed before any of it is handed out. */
	if (!valid && (copied < ulen || peek ||
		       (IS_UDPLITE(sk) && UDP_SKB_CB(skb)->partial_cov))) {
		if (__udp_lib_checksum_complete(skb))
			return -EBADMSG;
		valid = true;
	}
	if (valid)
		return udp_skb_is_linear(skb) ?
		       copy_linear_skb(skb, copied, off, &msg->msg_iter) :
		       skb_copy_datagram_msg(skb, off, msg, copied);
	err = skb_copy_and_csum_datagram_msg(skb, off, msg);
	return err == -EINVAL ? -EBADMSG : err;
}

static void us6_udp_put_name(struct sock *sk, struct msghdr *msg,
			     struct sk_buff *skb, bool v4, int *addr_len)
{
	DECLARE_SOCKADDR(struct sockaddr_in6 *, sin6, msg->msg_name);

	if (!sin6)
		return;
	memset(sin6, 0, sizeof(*sin6));
	sin6->sin6_family = AF_INET6;
	sin6->sin6_port = udp_hdr(skb)->source;
	if (v4) {
		ipv6_addr_set_v4mapped(ip_hdr(skb)->saddr, &sin6->sin6_addr);
	} else {
		sin6->sin6_addr = ipv6_hdr(skb)->saddr;
		sin6->sin6_scope_id = ipv6_iface_scope_id(&sin6->sin6_addr,
							  inet6_iif(skb));
	}
	*addr_len = sizeof(*sin6);
	US6_BPF_SA_LOCK(sk, (struct sockaddr *)sin6, addr_len,
			CGROUP_UDP6_RECVMSG, NULL);
}

static void us6_udp_put_cmsgs(struct sock *sk, struct msghdr *msg,
			      struct sk_buff *skb, bool v4, int off)
{
	bool wants = inet6_sk(sk)->rxopt.all;

	sock_recv_cmsgs(msg, sk, skb);
	if (udp_test_bit(GRO_ENABLED, sk))
		udp_cmsg_recv(msg, sk, skb);
	if (wants)
		us6_cmsg_recv_common(sk, msg, skb);
	if (v4) {
		if (inet_cmsg_flags(inet_sk(sk)))
			ip_cmsg_recv_offset(msg, sk, skb, sizeof(struct udphdr),
					    off);
	} else if (wants) {
		us6_cmsg_recv_specific(sk, msg, skb);
	}
}

static void us6_udp_bad_sum(struct sock *sk, struct sk_buff *skb, bool v4,
			    int flags)
{
	if (!__sk_queue_drop_skb(sk, &udp_sk(sk)->reader_queue, skb, flags,
				 udp_skb_destructor)) {
		us6_udp_count(sk, v4, UDP_MIB_CSUMERRORS);
		us6_udp_count(sk, v4, UDP_MIB_INERRORS);
	}
	kfree_skb_reason(skb, SKB_DROP_REASON_UDP_CSUM);
}

int us6_udp_recvmsg(struct sock *sk, struct msghdr *msg, size_t len, int flags,
		    int *addr_len)
{
	struct ipv6_pinfo *np = inet6_sk(sk);
	bool peek = flags & MSG_PEEK, v4;
	unsigned int ulen, copied;
	struct sk_buff *skb;
	int off, err;

	if (flags & MSG_ERRQUEUE)
		return us6_recv_error(sk, msg, len, addr_len);
	if (np->rxopt.bits.rxpmtu && READ_ONCE(np->rxpmtu))
		return us6_recv_rxpmtu(sk, msg, len, addr_len);

again:
	off = sk_peek_offset(sk, flags);
	skb = __skb_recv_udp(sk, flags, &off, &err);
	if (!skb)
		return err;
	v4 = skb->protocol == htons(ETH_P_IP);
	ulen = us6_udp_skb_len(skb);
	copied = min_t(size_t, len, ulen - off);
	if (copied == len && copied < ulen - off)
		msg->msg_flags |= MSG_TRUNC;

	err = us6_udp_copy(sk, skb, msg, off, copied, ulen, peek);
	if (unlikely(err == -EBADMSG)) {
		us6_udp_bad_sum(sk, skb, v4, flags);
		cond_resched();
		msg->msg_flags &= ~MSG_TRUNC;
		goto again;
	}
	if (unlikely(err)) {
		if (!peek) {
			atomic_inc(&sk->sk_drops);
			us6_udp_count(sk, v4, UDP_MIB_INERRORS);
		}
		kfree_skb(skb);
		return err;
	}
	if (!peek)
		us6_udp_count(sk, v4, UDP_MIB_INDATAGRAMS);
	us6_udp_put_name(sk, msg, skb, v4, addr_len);
	us6_udp_put_cmsgs(sk, msg, skb, v4, off);
	err = flags & MSG_TRUNC ? ulen : copied;
	skb_consume_udp(sk, skb, peek ? -err : err);
	return err;
}
