// SPDX-License-Identifier: GPL-2.0
/*
 * us6: ping sockets, Echo Requests (RFC 4443 section 4.1) without privilege.
 *
 * Identifiers, their table and reception are shared with IPv4
 * (net/ipv4/ping.c), which calls us through pingv6_ops.
 */
#include <linux/bpf-cgroup.h>
#include <linux/icmpv6.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <net/inet_common.h>
#include <net/ip.h>
#include <net/ip6_checksum.h>
#include <net/ip6_route.h>
#include <net/ping.h>
#include <net/transp_v6.h>
#include <net/udp.h>
#include <net/us6/path.h>
#include <net/us6/route.h>
#include "send.h"
#include "sock.h"

static int us6_ping_destination(struct us6_send *s, const struct sock *sk,
				struct msghdr *msg)
{
	DECLARE_SOCKADDR(struct sockaddr_in6 *, sin6, msg->msg_name);

	if (!sin6) {
		if (sk->sk_state != TCP_ESTABLISHED)
			return -EDESTADDRREQ;
		us6_send_connected(s, sk);
		return 0;
	}
	if (msg->msg_namelen < sizeof(*sin6))
		return -EINVAL;
	if (sin6->sin6_family != AF_INET6)
		return -EAFNOSUPPORT;
	us6_send_to(s, sk, sin6, msg->msg_namelen);
	return 0;
}

/* The zone must be known, and be the one that the socket is bound to. */
static bool us6_ping_zone_ok(const struct us6_send *s, const struct sock *sk)
{
	int type = ipv6_addr_type(&s->fl6.daddr);
	int bound = sk->sk_bound_dev_if, oif = s->fl6.flowi6_oif;

	if (!oif)
		oif = type & IPV6_ADDR_MULTICAST ? inet6_sk(sk)->mcast_oif :
						   inet6_sk(sk)->ucast_oif;
	if (type & IPV6_ADDR_MAPPED)
		return false;
	if (!oif)
		return !__ipv6_addr_needs_scope_id(type);
	return !bound || oif == bound ||
	       l3mdev_master_ifindex_by_index(sock_net(sk), oif) == bound;
}

static int us6_ping_push(struct sock *sk, const struct icmp6hdr *user)
{
	struct sk_buff *skb = us6_finish_skb(sk);
	struct icmp6hdr *icmp;
	const struct ipv6hdr *hdr;
	unsigned int start, len;

	if (!skb)
		return 0;
	hdr = ipv6_hdr(skb);
	start = skb_transport_offset(skb);
	len = skb->len - start;
	icmp = icmp6_hdr(skb);
	*icmp = (struct icmp6hdr){
		.icmp6_type	  = user->icmp6_type,
		.icmp6_code	  = user->icmp6_code,
		.icmp6_identifier = inet_sk(sk)->inet_sport,
		.icmp6_sequence	  = user->icmp6_sequence,
	};
	skb->ip_summed = CHECKSUM_NONE;
	icmp->icmp6_cksum = csum_ipv6_magic(&hdr->saddr, &hdr->daddr, len,
					    IPPROTO_ICMPV6,
					    skb_checksum(skb, start, len, 0));
	return us6_send_skb(skb);
}

static int us6_ping_send(struct sock *sk, struct msghdr *msg, size_t len,
			 struct us6_send *s, struct dst_entry *dst,
			 const struct icmp6hdr *user)
{
	int err;

	lock_sock(sk);
	err = us6_append_data(sk, ip_generic_getfrag, msg, len, sizeof(*user),
			      &s->ipc6, &s->fl6, dst_rt6_info(dst),
			      MSG_DONTWAIT);
	if (err) {
		ICMP6_INC_STATS(sock_net(sk), ip6_dst_idev(dst),
				ICMP6_MIB_OUTERRORS);
		us6_flush_pending(sk);
	} else {
		err = us6_ping_push(sk, user);
	}
	release_sock(sk);
	return err;
}

static int us6_ping_sendmsg(struct sock *sk, struct msghdr *msg, size_t len)
{
	struct icmp6hdr user;
	struct dst_entry *dst;
	struct us6_send s;
	int err;

	err = ping_common_sendmsg(AF_INET6, msg, len, &user, sizeof(user));
	if (err)
		return err;
	us6_send_start(&s, sk);
	err = us6_ping_destination(&s, sk, msg);
	if (err)
		return err;
	err = us6_send_cmsg(&s, sk, msg);
	if (!err && !us6_ping_zone_ok(&s, sk))
		err = -EINVAL;
	if (err)
		goto out;
	s.fl6.flowi6_proto = IPPROTO_ICMPV6;
	s.fl6.fl6_icmp_type = user.icmp6_type;
	s.fl6.fl6_icmp_code = user.icmp6_code;
	dst = us6_send_route(&s, sk);
	if (IS_ERR(dst)) {
		err = PTR_ERR(dst);
		goto out;
	}
	err = us6_ping_send(sk, msg, len, &s, dst, &user);
	dst_release(dst);
out:
	us6_send_end(&s);
	return err ?: len;
}

void us6_ping_rcv(struct sk_buff *skb)
{
	/*
	 * It queues a clone.  Without a socket nothing is wrong: raw sockets
	 * have had theirs.
	 */
	ping_rcv(skb);
	consume_skb(skb);
}

void us6_ping_err(struct sk_buff *skb, int offset, u32 info)
{
	ping_err(skb, offset, info);
}

static struct proto us6_ping_prot = {
	.name		= "PINGv6",
	.owner		= THIS_MODULE,
	.init		= ping_init_sock,
	.close		= ping_close,
	.pre_connect	= us6_datagram_pre_connect,
	.connect	= us6_datagram_connect_v6only,
	.disconnect	= __udp_disconnect,
	.setsockopt	= us6_setsockopt,
	.getsockopt	= us6_getsockopt,
	.sendmsg	= us6_ping_sendmsg,
	.recvmsg	= ping_recvmsg,
	.bind		= ping_bind,
	.backlog_rcv	= ping_queue_rcv_skb,
	.hash		= ping_hash,
	.unhash		= ping_unhash,
	.get_port	= ping_get_port,
	.put_port	= ping_unhash,
	.obj_size	= sizeof(struct raw6_sock),
	US6_PROTO_PINFO(struct raw6_sock)
};

static struct inet_protosw us6_ping_protosw = {
	.type		= SOCK_DGRAM,
	.protocol	= IPPROTO_ICMPV6,
	.prot		= &us6_ping_prot,
	.ops		= &us6_raw_ops,
	.flags		= INET_PROTOSW_REUSE,
};

static void *us6_ping_seq_start(struct seq_file *seq, loff_t *pos)
{
	return ping_seq_start(seq, pos, AF_INET6);
}

static int us6_ping_seq_show(struct seq_file *seq, void *v)
{
	const struct ping_iter_state *state = seq->private;
	struct sock *sk = v;

	if (v == SEQ_START_TOKEN)
		seq_puts(seq, IPV6_SEQ_DGRAM_HEADER);
	else
		us6_dgram_seq_show(seq, sk, ntohs(inet_sk(sk)->inet_sport),
				   ntohs(inet_sk(sk)->inet_dport),
				   sk_rmem_alloc_get(sk), state->bucket);
	return 0;
}

static const struct seq_operations us6_ping_seq_ops = {
	.start	= us6_ping_seq_start,
	.show	= us6_ping_seq_show,
	.next	= ping_seq_next,
	.stop	= ping_seq_stop,
};

static int __net_init us6_ping_net_init(struct net *net)
{
	return proc_create_net("icmp6", 0444, net->proc_net, &us6_ping_seq_ops,
			       sizeof(struct ping_iter_state)) ? 0 : -ENOMEM;
}

static void __net_exit us6_ping_net_exit(struct net *net)
{
	remove_proc_entry("icmp6", net->proc_net);
}

static struct pernet_operations us6_ping_net_ops = {
	.init = us6_ping_net_init,
	.exit = us6_ping_net_exit,
};

static const struct us6_sock_proto us6_ping_proto = {
	.sw		= &us6_ping_protosw,
	.net_ops	= &us6_ping_net_ops,
};

int us6_ping_init(void)
{
	return us6_sock_proto_register(&us6_ping_proto);
}

void us6_ping_exit(void)
{
	us6_sock_proto_unregister(&us6_ping_proto);
}
