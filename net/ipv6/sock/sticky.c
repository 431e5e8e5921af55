// SPDX-License-Identifier: GPL-2.0
/*
 * us6: sticky options of a socket, RFC 3542 sections 4 and 6: extension headers
 * and packet information that go with every packet; and the obsolete
 * IPV6_PKTOPTIONS of RFC 2292.
 */
#include <linux/slab.h>
#include <net/inet_connection_sock.h>
#include <net/ip6_route.h>
#include <net/transp_v6.h>
#include "options.h"
#include "sock.h"

/* The headers in the order of ipv6_txoptions. */
enum us6_hdr { US6_HBH, US6_DST0, US6_RTHDR, US6_DST1, US6_NR_HDR };

static int us6_hdr_index(int optname)
{
	switch (optname) {
	case IPV6_HOPOPTS:
		return US6_HBH;
	case IPV6_RTHDRDSTOPTS:
		return US6_DST0;
	case IPV6_RTHDR:
		return US6_RTHDR;
	default:
		return US6_DST1;
	}
}

static void us6_hdrs_of(const struct ipv6_txoptions *opt,
			const struct ipv6_opt_hdr *h[US6_NR_HDR])
{
	h[US6_HBH] = opt ? opt->hopopt : NULL;
	h[US6_DST0] = opt ? opt->dst0opt : NULL;
	h[US6_RTHDR] = opt ? (struct ipv6_opt_hdr *)opt->srcrt : NULL;
	h[US6_DST1] = opt ? opt->dst1opt : NULL;
}

/*
 * A new set made of these headers, charged to @sk.
 * Return: NULL when there is none, or ERR_PTR(-ENOBUFS).
 */
static struct ipv6_txoptions *
us6_txoptions_make(struct sock *sk, const struct ipv6_opt_hdr *h[US6_NR_HDR])
{
	struct ipv6_opt_hdr *copy[US6_NR_HDR] = {};
	unsigned int len[US6_NR_HDR] = {};
	struct ipv6_txoptions *opt;
	int i, total = 0;
	char *p;

	for (i = 0; i < US6_NR_HDR; i++) {
		if (!h[i])
			continue;
		len[i] = ipv6_optlen(h[i]);
		total += CMSG_ALIGN(len[i]);
	}
	if (!total)
		return NULL;
	total += sizeof(*opt);
	opt = sock_kmalloc(sk, total, GFP_KERNEL);
	if (!opt)
		return ERR_PTR(-ENOBUFS);
	memset(opt, 0, total);
	refcount_set(&opt->refcnt, 1);
	opt->tot_len = total;
	p = (char *)(opt + 1);
	for (i = 0; i < US6_NR_HDR; i++) {
		if (!h[i])
			continue;
		copy[i] = memcpy(p, h[i], len[i]);
		p += CMSG_ALIGN(len[i]);
	}
	opt->hopopt = copy[US6_HBH];
	opt->dst0opt = copy[US6_DST0];
	opt->srcrt = (struct ipv6_rt_hdr *)copy[US6_RTHDR];
	opt->dst1opt = copy[US6_DST1];
	opt->opt_nflen = len[US6_HBH] + len[US6_DST0] + len[US6_RTHDR];
	opt->opt_flen = len[US6_DST1];
	return opt;
}

struct ipv6_txoptions *us6_sk_set_txoptions(struct sock *sk,
					    struct ipv6_txoptions *opt)
{
	if (opt && inet_test_bit(IS_ICSK, sk) &&
	    !((1 << sk->sk_state) & (TCPF_LISTEN | TCPF_CLOSE)) &&
	    inet_sk(sk)->inet_daddr != LOOPBACK4_IPV6) {
		struct inet_connection_sock *icsk = inet_csk(sk);

		icsk->icsk_ext_hdr_len = opt->opt_flen + opt->opt_nflen;
		icsk->icsk_sync_mss(sk, icsk->icsk_pmtu_cookie);
	}
	opt = unrcu_pointer(xchg(&inet6_sk(sk)->opt, RCU_INITIALIZER(opt)));
	sk_dst_reset(sk);
	return opt;
}

void us6_txoptions_release(struct sock *sk, struct ipv6_txoptions *opt)
{
	if (!opt)
		return;
	atomic_sub(opt->tot_len, &sk->sk_omem_alloc);
	txopt_put(opt);
}

bool us6_rthdr_valid(const struct ipv6_rt_hdr *rt)
{
	/*
	 * RFC 5095 forbids type 0; type 2 (RFC 6275 6.4) has one address.  The
	 * others aren't served, and are refused rather than sent as they are.
	 */
	return rt->type == IPV6_SRCRT_TYPE_2 && rt->hdrlen == 2 &&
	       rt->segments_left == 1;
}

/* A header as the program gave it; its length has to agree with itself. */
static struct ipv6_opt_hdr *us6_header_from_user(sockptr_t optval,
						 unsigned int optlen)
{
	struct ipv6_opt_hdr *hdr;

	if (sockptr_is_null(optval) || optlen < sizeof(*hdr) || optlen & 7 ||
	    optlen > 8 * 255)
		return ERR_PTR(-EINVAL);
	hdr = memdup_sockptr(optval, optlen);
	if (!IS_ERR(hdr) && ipv6_optlen(hdr) > optlen) {
		kfree(hdr);
		return ERR_PTR(-EINVAL);
	}
	return hdr;
}

int us6_opt_set_header(struct sock *sk, int optname, sockptr_t optval,
		       unsigned int optlen)
{
	const struct ipv6_opt_hdr *h[US6_NR_HDR];
	struct ipv6_opt_hdr *new = NULL;
	struct ipv6_txoptions *opt;

	/* RFC 3542 section 6: hop-by-hop and destination options want privilege. */
	if (optname != IPV6_RTHDR &&
	    !sockopt_ns_capable(sock_net(sk)->user_ns, CAP_NET_RAW))
		return -EPERM;
	/* RFC 3542 section 6: length 0 takes the sticky header away. */
	if (optlen) {
		new = us6_header_from_user(optval, optlen);
		if (IS_ERR(new))
			return PTR_ERR(new);
		if (optname == IPV6_RTHDR &&
		    !us6_rthdr_valid((struct ipv6_rt_hdr *)new)) {
			kfree(new);
			return -EINVAL;
		}
	}
	us6_hdrs_of(rcu_dereference_protected(inet6_sk(sk)->opt,
					      lockdep_sock_is_held(sk)), h);
	h[us6_hdr_index(optname)] = new;
	opt = us6_txoptions_make(sk, h);
	kfree(new);
	if (IS_ERR(opt))
		return PTR_ERR(opt);
	us6_txoptions_release(sk, us6_sk_set_txoptions(sk, opt));
	return 0;
}

int us6_opt_get_header(struct sock *sk, int optname, sockptr_t optval,
		       sockptr_t optlen, int len)
{
	const struct ipv6_opt_hdr *h[US6_NR_HDR], *hdr;
	struct ipv6_txoptions *opt = txopt_get(inet6_sk(sk));
	int err = 0;

	us6_hdrs_of(opt, h);
	hdr = h[us6_hdr_index(optname)];
	len = hdr ? min_t(int, len, ipv6_optlen(hdr)) : 0;
	if (len && copy_to_sockptr(optval, hdr, len))
		err = -EFAULT;
	txopt_put(opt);
	if (!err && copy_to_sockptr(optlen, &len, sizeof(len)))
		err = -EFAULT;
	return err;
}

int us6_opt_set_pktinfo(struct sock *sk, int optname, sockptr_t optval,
			unsigned int optlen)
{
	struct in6_pktinfo pkt;

	if (optlen < sizeof(pkt) || sockptr_is_null(optval))
		return -EINVAL;
	if (copy_from_sockptr(&pkt, optval, sizeof(pkt)))
		return -EFAULT;
	if (!sk_dev_equal_l3scope(sk, pkt.ipi6_ifindex))
		return -EINVAL;
	inet6_sk(sk)->sticky_pktinfo = pkt;
	return 0;
}

/* All sticky options at once, in the form of ancillary data. */
int us6_opt_set_pktoptions(struct sock *sk, int optname, sockptr_t optval,
			   unsigned int optlen)
{
	struct ipv6_txoptions *opt = NULL;
	struct ipcm6_cookie ipc6 = {};
	struct flowi6 fl6 = {};
	struct msghdr msg = {};
	int err;

	if (optlen > 64 * 1024)
		return -EINVAL;
	if (optlen) {
		opt = sock_kmalloc(sk, sizeof(*opt) + optlen, GFP_KERNEL);
		if (!opt)
			return -ENOBUFS;
		memset(opt, 0, sizeof(*opt));
		refcount_set(&opt->refcnt, 1);
		opt->tot_len = sizeof(*opt) + optlen;
		err = -EFAULT;
		if (copy_from_sockptr(opt + 1, optval, optlen))
			goto out;
		msg.msg_controllen = optlen;
		msg.msg_control = opt + 1;
		fl6.flowi6_oif = sk->sk_bound_dev_if;
		fl6.flowi6_mark = READ_ONCE(sk->sk_mark);
		ipc6.opt = opt;
		err = us6_cmsg_send(sock_net(sk), sk, &msg, &fl6, &ipc6);
		if (err)
			goto out;
	}
	err = 0;
	opt = us6_sk_set_txoptions(sk, opt);
out:
	us6_txoptions_release(sk, opt);
	return err;
}

/* What a stream would have told with its last segment, or its defaults. */
static void us6_put_pktoptions(struct sock *sk, struct msghdr *msg)
{
	struct ipv6_pinfo *np = inet6_sk(sk);
	struct in6_pktinfo info = {
		.ipi6_ifindex	= np->mcast_oif ?: np->sticky_pktinfo.ipi6_ifindex,
		.ipi6_addr	= np->mcast_oif ? sk->sk_v6_daddr :
						  np->sticky_pktinfo.ipi6_addr,
	};
	int hops = np->mcast_hops;
	int tclass = ip6_tclass(np->rcv_flowinfo);

	if (np->rxopt.bits.rxinfo)
		put_cmsg(msg, SOL_IPV6, IPV6_PKTINFO, sizeof(info), &info);
	if (np->rxopt.bits.rxhlim)
		put_cmsg(msg, SOL_IPV6, IPV6_HOPLIMIT, sizeof(hops), &hops);
	if (np->rxopt.bits.rxtclass)
		put_cmsg(msg, SOL_IPV6, IPV6_TCLASS, sizeof(tclass), &tclass);
	if (np->rxopt.bits.rxoinfo)
		put_cmsg(msg, SOL_IPV6, IPV6_2292PKTINFO, sizeof(info), &info);
	if (np->rxopt.bits.rxohlim)
		put_cmsg(msg, SOL_IPV6, IPV6_2292HOPLIMIT, sizeof(hops), &hops);
	if (np->rxopt.bits.rxflow)
		put_cmsg(msg, SOL_IPV6, IPV6_FLOWINFO, sizeof(np->rcv_flowinfo),
			 &np->rcv_flowinfo);
}

int us6_opt_get_pktoptions(struct sock *sk, int optname, sockptr_t optval,
			   sockptr_t optlen, int len)
{
	struct msghdr msg = { .msg_controllen = len };
	struct sk_buff *skb;

	if (sk->sk_type != SOCK_STREAM)
		return -ENOPROTOOPT;
	msg.msg_control_is_user = !optval.is_kernel;
	if (optval.is_kernel)
		msg.msg_control = optval.kernel;
	else
		msg.msg_control_user = optval.user;

	sockopt_lock_sock(sk);
	skb = inet6_sk(sk)->pktoptions;
	if (skb)
		us6_cmsg_recv(sk, &msg, skb);
	else
		us6_put_pktoptions(sk, &msg);
	sockopt_release_sock(sk);
	len -= msg.msg_controllen;
	return copy_to_sockptr(optlen, &len, sizeof(len)) ? -EFAULT : 0;
}
