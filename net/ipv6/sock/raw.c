// SPDX-License-Identifier: GPL-2.0
/*
 * us6: raw sockets, RFC 3542 section 3: the protocol, sending, reading, options.
 * Reception from the wire is in raw_rcv.c.
 */
#include <linux/icmpv6.h>
#include <linux/module.h>
#include <linux/netfilter_ipv6.h>
#include <linux/proc_fs.h>
#include <asm/ioctls.h>
#include <net/inet_common.h>
#include <net/ip.h>
#include <net/ip6_checksum.h>
#include <net/ip6_route.h>
#include <net/rawv6.h>
#include <net/transp_v6.h>
#include <net/udp.h>
#include <net/us6/path.h>
#include <net/us6/route.h>
#include "send.h"
#include "sock.h"

static int us6_raw_init_sk(struct sock *sk)
{
	struct raw6_sock *rp = raw6_sk(sk);

	/* RFC 3542 3.1: the kernel sums ICMPv6; RFC 6275 6.1.1 the MH. */
	switch (inet_sk(sk)->inet_num) {
	case IPPROTO_ICMPV6:
		rp->checksum = 1;
		rp->offset = offsetof(struct icmp6hdr, icmp6_cksum);
		break;
	case IPPROTO_MH:
		rp->checksum = 1;
		rp->offset = 4;
		break;
	}
	return 0;
}

static int us6_raw_bind(struct sock *sk, struct sockaddr *uaddr, int addr_len)
{
	struct sockaddr_in6 *addr = (struct sockaddr_in6 *)uaddr;
	int type, err = 0;

	if (addr_len < SIN6_LEN_RFC2133 || addr->sin6_family != AF_INET6)
		return -EINVAL;
	type = ipv6_addr_type(&addr->sin6_addr);
	if (type == IPV6_ADDR_MAPPED)
		return -EADDRNOTAVAIL;

	lock_sock(sk);
	if (sk->sk_state != TCP_CLOSE)
		err = -EINVAL;
	else if (type != IPV6_ADDR_ANY)
		err = us6_bind_check(sk, addr, addr_len, type);
	if (!err) {
		inet_sk(sk)->inet_rcv_saddr = type == IPV6_ADDR_ANY ? 0 :
					      LOOPBACK4_IPV6;
		inet_sk(sk)->inet_saddr = inet_sk(sk)->inet_rcv_saddr;
		sk->sk_v6_rcv_saddr = addr->sin6_addr;
		if (!(type & IPV6_ADDR_MULTICAST))
			inet6_sk(sk)->saddr = addr->sin6_addr;
	}
	release_sock(sk);
	return err;
}

static int us6_raw_connect(struct sock *sk, struct sockaddr *uaddr,
			   int addr_len)
{
	return us6_datagram_connect_v6only(sk, uaddr, addr_len);
}

/* The program's own IPv6 header, sent as it is. */
static int us6_raw_send_hdrincl(struct sock *sk, struct msghdr *msg, size_t len,
				struct us6_send *s, struct dst_entry *dst)
{
	struct net *net = sock_net(sk);
	struct inet6_dev *idev = ip6_dst_idev(dst);
	unsigned int mtu = READ_ONCE(dst->dev->mtu);
	int hlen = LL_RESERVED_SPACE(dst->dev);
	struct sk_buff *skb;
	int err;

	if (len > mtu) {
		us6_local_error(sk, EMSGSIZE, &s->fl6, mtu);
		return -EMSGSIZE;
	}
	if (len < sizeof(struct ipv6hdr))
		return -EINVAL;
	if (msg->msg_flags & MSG_PROBE)
		return 0;
	skb = sock_alloc_send_skb(sk, len + hlen + dst->dev->needed_tailroom + 15,
				  msg->msg_flags & MSG_DONTWAIT, &err);
	if (!skb)
		goto discard;
	skb_reserve(skb, hlen);
	skb->protocol = htons(ETH_P_IPV6);
	skb->priority = READ_ONCE(sk->sk_priority);
	skb->mark = s->ipc6.sockc.mark;
	skb->tstamp = s->ipc6.sockc.transmit_time;
	skb_reset_network_header(skb);
	skb->transport_header = skb->network_header;
	skb_setup_tx_timestamp(skb, s->ipc6.sockc.tsflags);
	if (msg->msg_flags & MSG_CONFIRM)
		skb_set_dst_pending_confirm(skb, 1);
	if (memcpy_from_msg(skb_put(skb, len), msg, len)) {
		kfree_skb(skb);
		err = -EFAULT;
		goto discard;
	}
	dst_hold(dst);
	skb_dst_set(skb, dst);

	skb = l3mdev_ip6_out(sk, skb);
	if (unlikely(!skb))
		return 0;
	rcu_read_lock();
	IP6_UPD_PO_STATS(net, idev, IPSTATS_MIB_OUT, skb->len);
	err = NF_HOOK(NFPROTO_IPV6, NF_INET_LOCAL_OUT, net, sk, skb, NULL,
		      dst->dev, dst_output);
	rcu_read_unlock();
	if (err > 0)
		err = net_xmit_errno(err);
	if (!err)
		return 0;
discard:
	IP6_INC_STATS(net, idev, IPSTATS_MIB_OUTDISCARDS);
	/* A full queue is told only to those who asked for errors. */
	return err == -ENOBUFS && !inet6_test_bit(RECVERR6, sk) ? 0 : err;
}

/* IPV6_CHECKSUM, over the pseudo header of RFC 8200 section 8.1. */
static int us6_raw_checksum(struct sk_buff *skb, unsigned int field, u8 proto)
{
	const struct ipv6hdr *hdr = ipv6_hdr(skb);
	unsigned int start = skb_transport_offset(skb);
	unsigned int len = skb->len - start;
	__sum16 sum = 0;

	if (field + sizeof(sum) > len)
		return -EINVAL;
	/* What the program left in the field doesn't count. */
	if (skb_store_bits(skb, start + field, &sum, sizeof(sum)))
		return -EFAULT;
	sum = csum_ipv6_magic(&hdr->saddr, &hdr->daddr, len, proto,
			      skb_checksum(skb, start, len, 0));
	if (!sum && proto == IPPROTO_UDP)
		sum = CSUM_MANGLED_0;
	if (skb_store_bits(skb, start + field, &sum, sizeof(sum)))
		return -EFAULT;
	skb->ip_summed = CHECKSUM_NONE;
	return 0;
}

/* Socket locked. */
static int us6_raw_push(struct sock *sk, u8 proto)
{
	struct raw6_sock *rp = raw6_sk(sk);
	struct sk_buff *skb;
	int err;

	if (!rp->checksum)
		return us6_push_pending(sk);
	skb = us6_finish_skb(sk);
	if (!skb)
		return 0;
	err = us6_raw_checksum(skb, rp->offset, proto);
	if (err) {
		kfree_skb(skb);
		return err;
	}
	return us6_send_skb(skb);
}

static int us6_raw_append(struct sock *sk, struct msghdr *msg, size_t len,
			  struct us6_send *s, struct dst_entry *dst)
{
	int err;

	lock_sock(sk);
	err = us6_append_data(sk, ip_generic_getfrag, msg, len, 0, &s->ipc6,
			      &s->fl6, dst_rt6_info(dst), msg->msg_flags);
	if (err)
		us6_flush_pending(sk);
	else if (!(msg->msg_flags & MSG_MORE))
		err = us6_raw_push(sk, s->fl6.flowi6_proto);
	release_sock(sk);
	return err;
}

/* Types of ICMPv6 and MH are selectors of policies and of rules. */
static int us6_raw_peek_types(struct msghdr *msg, size_t len, struct flowi6 *fl6)
{
	size_t need;
	u8 buf[4];

	switch (fl6->flowi6_proto) {
	case IPPROTO_ICMPV6:
		need = 2;
		break;
	case IPPROTO_MH:
		need = 4;
		break;
	default:
		return 0;
	}
	if (len < need || memcpy_from_msg(buf, msg, need))
		return len < need ? -EINVAL : -EFAULT;
	iov_iter_revert(&msg->msg_iter, need);
	if (need == 2) {
		fl6->fl6_icmp_type = buf[0];
		fl6->fl6_icmp_code = buf[1];
	} else {
		fl6->fl6_mh_type = buf[2];
	}
	return 0;
}

/* The port of a raw address is the protocol, for sockets of IPPROTO_RAW. */
static int us6_raw_destination(struct us6_send *s, const struct sock *sk,
			       struct msghdr *msg)
{
	DECLARE_SOCKADDR(struct sockaddr_in6 *, sin6, msg->msg_name);
	u16 num = inet_sk(sk)->inet_num, proto;

	if (!sin6) {
		if (sk->sk_state != TCP_ESTABLISHED)
			return -EDESTADDRREQ;
		us6_send_connected(s, sk);
		s->fl6.flowi6_proto = num;
		return 0;
	}
	if (msg->msg_namelen < SIN6_LEN_RFC2133)
		return -EINVAL;
	if (sin6->sin6_family && sin6->sin6_family != AF_INET6)
		return -EAFNOSUPPORT;
	proto = ntohs(sin6->sin6_port) ?: num;
	if (proto > 255 || (proto != num && num != IPPROTO_RAW))
		return -EINVAL;
	us6_send_to(s, sk, sin6, msg->msg_namelen);
	s->fl6.flowi6_proto = proto;
	return 0;
}

static int us6_raw_sendmsg(struct sock *sk, struct msghdr *msg, size_t len)
{
	bool hdrincl = inet_test_bit(HDRINCL, sk);
	struct dst_entry *dst;
	struct us6_send s;
	int err;

	if (len > INT_MAX)
		return -EMSGSIZE;
	if (msg->msg_flags & MSG_OOB)
		return -EOPNOTSUPP;
	us6_send_start(&s, sk);
	err = us6_raw_destination(&s, sk, msg);
	if (err)
		return err;
	err = us6_send_cmsg(&s, sk, msg);
	if (!err && !hdrincl)
		err = us6_raw_peek_types(msg, len, &s.fl6);
	if (err)
		goto out;
	/* The header may name another destination: resolve the route's own. */
	if (hdrincl)
		s.fl6.flowi6_flags |= FLOWI_FLAG_KNOWN_NH;
	s.connected = false;
	dst = us6_send_route(&s, sk);
	if (IS_ERR(dst)) {
		err = PTR_ERR(dst);
		goto out;
	}
	if ((msg->msg_flags & (MSG_CONFIRM | MSG_PROBE)) ==
	    (MSG_CONFIRM | MSG_PROBE)) {
		dst_confirm_neigh(dst, &s.fl6.daddr);
		if (!len)
			goto release;
	}
	if (hdrincl)
		err = us6_raw_send_hdrincl(sk, msg, len, &s, dst);
	else
		err = us6_raw_append(sk, msg, len, &s, dst);
release:
	dst_release(dst);
out:
	us6_send_end(&s);
	return err < 0 ? err : len;
}

static int us6_raw_copy(struct sk_buff *skb, struct msghdr *msg, size_t copied)
{
	if (skb_csum_unnecessary(skb))
		return skb_copy_datagram_msg(skb, 0, msg, copied);
	if (msg->msg_flags & MSG_TRUNC)
		return __skb_checksum_complete(skb) ? -EBADMSG :
		       skb_copy_datagram_msg(skb, 0, msg, copied);
	return skb_copy_and_csum_datagram_msg(skb, 0, msg) == -EINVAL ?
	       -EBADMSG : 0;
}

static int us6_raw_recvmsg(struct sock *sk, struct msghdr *msg, size_t len,
			   int flags, int *addr_len)
{
	DECLARE_SOCKADDR(struct sockaddr_in6 *, sin6, msg->msg_name);
	struct ipv6_pinfo *np = inet6_sk(sk);
	struct sk_buff *skb;
	size_t copied;
	int err;

	if (flags & MSG_OOB)
		return -EOPNOTSUPP;
	if (flags & MSG_ERRQUEUE)
		return us6_recv_error(sk, msg, len, addr_len);
	if (np->rxopt.bits.rxpmtu && READ_ONCE(np->rxpmtu))
		return us6_recv_rxpmtu(sk, msg, len, addr_len);

	skb = skb_recv_datagram(sk, flags, &err);
	if (!skb)
		return err;
	copied = skb->len;
	if (copied > len) {
		copied = len;
		msg->msg_flags |= MSG_TRUNC;
	}
	err = us6_raw_copy(skb, msg, copied);
	if (err == -EBADMSG) {
		skb_kill_datagram(sk, skb, flags);
		/* Looks like a usual condition to a program that waits. */
		return flags & MSG_DONTWAIT ? -EAGAIN : -EHOSTUNREACH;
	}
	if (err)
		goto out;
	if (sin6) {
		memset(sin6, 0, sizeof(*sin6));
		sin6->sin6_family = AF_INET6;
		sin6->sin6_addr = ipv6_hdr(skb)->saddr;
		sin6->sin6_scope_id = ipv6_iface_scope_id(&sin6->sin6_addr,
							  inet6_iif(skb));
		*addr_len = sizeof(*sin6);
	}
	sock_recv_cmsgs(msg, sk, skb);
	if (np->rxopt.all)
		us6_cmsg_recv(sk, msg, skb);
	err = flags & MSG_TRUNC ? skb->len : copied;
out:
	skb_free_datagram(sk, skb);
	return err;
}

static int us6_raw_set(struct sock *sk, int level, int optname, sockptr_t optval,
		       unsigned int optlen)
{
	struct raw6_sock *rp = raw6_sk(sk);
	int val;

	if (optlen < sizeof(val))
		return -EINVAL;
	if (copy_from_sockptr(&val, optval, sizeof(val)))
		return -EFAULT;
	switch (optname) {
	case IPV6_HDRINCL:
		inet_assign_bit(HDRINCL, sk, !!val);
		return 0;
	case IPV6_CHECKSUM:
		/*
		 * RFC 3542 3.1: an error on ICMPv6 sockets, and for odd offsets.
		 * Level SOL_RAW may, a habit of Linux.
		 */
		if (level == SOL_IPV6 && inet_sk(sk)->inet_num == IPPROTO_ICMPV6)
			return -EINVAL;
		if (val > 0 && (val & 1))
			return -EINVAL;
		rp->checksum = val >= 0;
		if (val >= 0)
			rp->offset = val;
		return 0;
	}
	return -ENOPROTOOPT;
}

static int us6_raw_setsockopt(struct sock *sk, int level, int optname,
			      sockptr_t optval, unsigned int optlen)
{
	if (level == SOL_ICMPV6) {
		if (inet_sk(sk)->inet_num != IPPROTO_ICMPV6)
			return -EOPNOTSUPP;
		if (optname != ICMPV6_FILTER)
			return -ENOPROTOOPT;
		optlen = min_t(unsigned int, optlen, sizeof(struct icmp6_filter));
		return copy_from_sockptr(&raw6_sk(sk)->filter, optval, optlen) ?
		       -EFAULT : 0;
	}
	if (level == SOL_RAW || (level == SOL_IPV6 && (optname == IPV6_CHECKSUM ||
						       optname == IPV6_HDRINCL)))
		return us6_raw_set(sk, level, optname, optval, optlen);
	return us6_setsockopt(sk, level, optname, optval, optlen);
}

static int us6_raw_get(struct sock *sk, int level, int optname,
		       char __user *optval, int __user *optlen)
{
	struct raw6_sock *rp = raw6_sk(sk);
	const void *from;
	int len, val, size = sizeof(val);

	if (get_user(len, optlen))
		return -EFAULT;
	if (len < 0)
		return -EINVAL;
	from = &val;
	if (level == SOL_ICMPV6 && optname == ICMPV6_FILTER) {
		from = &rp->filter;
		size = sizeof(rp->filter);
	} else if (level == SOL_ICMPV6) {
		return -ENOPROTOOPT;
	} else if (optname == IPV6_HDRINCL) {
		val = inet_test_bit(HDRINCL, sk);
	} else if (optname == IPV6_CHECKSUM) {
		val = rp->checksum ? rp->offset : -1;
	} else {
		return -ENOPROTOOPT;
	}
	len = min(len, size);
	if (put_user(len, optlen) || copy_to_user(optval, from, len))
		return -EFAULT;
	return 0;
}

static int us6_raw_getsockopt(struct sock *sk, int level, int optname,
			      char __user *optval, int __user *optlen)
{
	if (level == SOL_ICMPV6 && inet_sk(sk)->inet_num != IPPROTO_ICMPV6)
		return -EOPNOTSUPP;
	if (level == SOL_ICMPV6 || level == SOL_RAW ||
	    (level == SOL_IPV6 && (optname == IPV6_CHECKSUM ||
				   optname == IPV6_HDRINCL)))
		return us6_raw_get(sk, level, optname, optval, optlen);
	return us6_getsockopt(sk, level, optname, optval, optlen);
}

static int us6_raw_ioctl(struct sock *sk, int cmd, us6_ioctl_arg_t arg)
{
	struct sk_buff *skb;
	int amount = 0;

	switch (cmd) {
	case SIOCOUTQ:
		return us6_ioctl_put(arg, sk_wmem_alloc_get(sk));
	case SIOCINQ:
		spin_lock_bh(&sk->sk_receive_queue.lock);
		skb = skb_peek(&sk->sk_receive_queue);
		if (skb)
			amount = skb->len;
		spin_unlock_bh(&sk->sk_receive_queue.lock);
		return us6_ioctl_put(arg, amount);
	}
	return -ENOIOCTLCMD;
}

static void us6_raw_close(struct sock *sk, long timeout)
{
	if (inet_sk(sk)->inet_num == IPPROTO_RAW)
		us6_ra_close(sk);
	sk_common_release(sk);
}

static void us6_raw_destroy(struct sock *sk)
{
	lock_sock(sk);
	us6_flush_pending(sk);
	release_sock(sk);
}

static struct proto us6_raw_prot = {
	.name		= "RAWv6",
	.owner		= THIS_MODULE,
	.close		= us6_raw_close,
	.destroy	= us6_raw_destroy,
	.connect	= us6_raw_connect,
	.disconnect	= __udp_disconnect,
	.ioctl		= us6_raw_ioctl,
	.init		= us6_raw_init_sk,
	.setsockopt	= us6_raw_setsockopt,
	.getsockopt	= us6_raw_getsockopt,
	.sendmsg	= us6_raw_sendmsg,
	.recvmsg	= us6_raw_recvmsg,
	.bind		= us6_raw_bind,
	.backlog_rcv	= us6_raw_queue,
	.hash		= raw_hash_sk,
	.unhash		= raw_unhash_sk,
	.obj_size	= sizeof(struct raw6_sock),
	US6_PROTO_PINFO(struct raw6_sock)
	.useroffset	= offsetof(struct raw6_sock, filter),
	.usersize	= sizeof_field(struct raw6_sock, filter),
	.h.raw_hash	= &raw_v6_hashinfo,
	.diag_destroy	= raw_abort,
};

static struct inet_protosw us6_raw_protosw = {
	.type		= SOCK_RAW,
	.protocol	= IPPROTO_IP,	/* any */
	.prot		= &us6_raw_prot,
	.ops		= &us6_raw_ops,
	.flags		= INET_PROTOSW_REUSE,
};

static int us6_raw_seq_show(struct seq_file *seq, void *v)
{
	struct sock *sk = v;

	if (v == SEQ_START_TOKEN)
		seq_puts(seq, IPV6_SEQ_DGRAM_HEADER);
	else
		us6_dgram_seq_show(seq, sk, inet_sk(sk)->inet_num, 0,
				   sk_rmem_alloc_get(sk),
				   raw_seq_private(seq)->bucket);
	return 0;
}

static const struct seq_operations us6_raw_seq_ops = {
	.start	= raw_seq_start,
	.next	= raw_seq_next,
	.stop	= raw_seq_stop,
	.show	= us6_raw_seq_show,
};

static int __net_init us6_raw_net_init(struct net *net)
{
	return proc_create_net_data("raw6", 0444, net->proc_net,
				    &us6_raw_seq_ops,
				    sizeof(struct raw_iter_state),
				    &raw_v6_hashinfo) ? 0 : -ENOMEM;
}

static void __net_exit us6_raw_net_exit(struct net *net)
{
	remove_proc_entry("raw6", net->proc_net);
}

static struct pernet_operations us6_raw_net_ops = {
	.init = us6_raw_net_init,
	.exit = us6_raw_net_exit,
};

static const struct us6_sock_proto us6_raw_proto = {
	.sw		= &us6_raw_protosw,
	.net_ops	= &us6_raw_net_ops,
};

int us6_raw_init(void)
{
	int err = us6_sock_proto_register(&us6_raw_proto);

	if (err)
		return err;
	us6_sockstat_set(US6_SOCKSTAT_RAW, &us6_raw_prot);
	return 0;
}

void us6_raw_exit(void)
{
	us6_sock_proto_unregister(&us6_raw_proto);
}
