// SPDX-License-Identifier: GPL-2.0
/*
 * us6: options of level SOL_IPV6: the table, and the setters and getters of one
 * value.  RFC 3493, 3542, 3678, 5014 and what Linux adds.
 */
#include <linux/netfilter.h>
#include <linux/nospec.h>
#include <linux/rtnetlink.h>
#include <net/inet_ecn.h>
#include <net/ip.h>
#include <net/ip6_route.h>
#include <net/us6/mcast.h>
#include "options.h"
#include "sock.h"

/* A bit of ipv6_pinfo.rxopt: ancillary data that the program wants. */
#define US6_OPT_RX(bit)							\
static int us6_set_##bit(struct sock *sk, int val)			\
{									\
	inet6_sk(sk)->rxopt.bits.bit = !!val;				\
	return 0;							\
}									\
static int us6_get_##bit(struct sock *sk, int *val)			\
{									\
	*val = inet6_sk(sk)->rxopt.bits.bit;				\
	return 0;							\
}

US6_OPT_RX(rxinfo)
US6_OPT_RX(rxoinfo)
US6_OPT_RX(rxhlim)
US6_OPT_RX(rxohlim)
US6_OPT_RX(srcrt)
US6_OPT_RX(osrcrt)
US6_OPT_RX(hopopts)
US6_OPT_RX(ohopopts)
US6_OPT_RX(dstopts)
US6_OPT_RX(odstopts)
US6_OPT_RX(rxtclass)
US6_OPT_RX(rxflow)
US6_OPT_RX(rxpmtu)
US6_OPT_RX(rxorigdstaddr)
US6_OPT_RX(recvfragsize)

/* A flag of the socket. */
#define US6_OPT_FLAG_GET(name, FLAG, family)				\
static int us6_get_##name(struct sock *sk, int *val)			\
{									\
	*val = family##_test_bit(FLAG, sk);				\
	return 0;							\
}
#define US6_OPT_FLAG(name, FLAG, family)				\
static int us6_set_##name(struct sock *sk, int val)			\
{									\
	family##_assign_bit(FLAG, sk, !!val);				\
	return 0;							\
}									\
US6_OPT_FLAG_GET(name, FLAG, family)

US6_OPT_FLAG(mc_all, MC6_ALL, inet6)
US6_OPT_FLAG(sndflow, SNDFLOW, inet6)
US6_OPT_FLAG(dontfrag, DONTFRAG, inet6)
US6_OPT_FLAG(rtalert_isolate, RTALERT_ISOLATE, inet6)
/* Kept in the IPv4 half: they hold for both. */
US6_OPT_FLAG(freebind, FREEBIND, inet)
US6_OPT_FLAG_GET(transparent, TRANSPARENT, inet)
US6_OPT_FLAG_GET(mc_loop, MC6_LOOP, inet6)
US6_OPT_FLAG_GET(recverr, RECVERR6, inet6)
US6_OPT_FLAG_GET(recverr_rfc4884, RECVERR6_RFC4884, inet6)

static int us6_set_transparent(struct sock *sk, int val)
{
	struct user_namespace *ns = sock_net(sk)->user_ns;

	if (val && !sockopt_ns_capable(ns, CAP_NET_RAW) &&
	    !sockopt_ns_capable(ns, CAP_NET_ADMIN))
		return -EPERM;
	inet_assign_bit(TRANSPARENT, sk, !!val);
	return 0;
}

static int us6_set_mc_loop(struct sock *sk, int val)
{
	/* RFC 3493 5.2: 0 or 1. */
	if (val != !!val)
		return -EINVAL;
	inet6_assign_bit(MC6_LOOP, sk, val);
	return 0;
}

static int us6_set_recverr(struct sock *sk, int val)
{
	inet6_assign_bit(RECVERR6, sk, !!val);
	if (!val)
		skb_queue_purge(&sk->sk_error_queue);
	return 0;
}

static int us6_set_recverr_rfc4884(struct sock *sk, int val)
{
	if (val != !!val)
		return -EINVAL;
	inet6_assign_bit(RECVERR6_RFC4884, sk, val);
	return 0;
}

static int us6_set_v6only(struct sock *sk, int val)
{
	/* RFC 3493 5.3: before bind. */
	if (inet_sk(sk)->inet_num)
		return -EINVAL;
	sk->sk_ipv6only = !!val;
	return 0;
}

static int us6_get_v6only(struct sock *sk, int *val)
{
	*val = sk->sk_ipv6only;
	return 0;
}

static int us6_set_tclass(struct sock *sk, int val)
{
	struct ipv6_pinfo *np = inet6_sk(sk);

	if (val < -1 || val > 0xff)
		return -EINVAL;
	/* RFC 3542 6.5: -1 is the kernel's default, 0. */
	if (val == -1)
		val = 0;
	/* The ECN bits of a stream are TCP's, RFC 3168. */
	if (sk->sk_type == SOCK_STREAM) {
		val &= ~INET_ECN_MASK;
		val |= np->tclass & INET_ECN_MASK;
	}
	if (np->tclass != val) {
		np->tclass = val;
		sk_dst_reset(sk);
	}
	return 0;
}

static int us6_get_tclass(struct sock *sk, int *val)
{
	*val = inet6_sk(sk)->tclass;
	return 0;
}

/* What -1 stands for: the route's or the interface's hop limit. */
static int us6_default_hops(struct sock *sk)
{
	struct dst_entry *dst;
	int val = -1;

	rcu_read_lock();
	dst = __sk_dst_get(sk);
	if (dst)
		val = ip6_dst_hoplimit(dst);
	rcu_read_unlock();
	return val < 0 ? READ_ONCE(sock_net(sk)->ipv6.devconf_all->hop_limit) :
			 val;
}

static int us6_set_unicast_hops(struct sock *sk, int val)
{
	if (val < -1 || val > 255)
		return -EINVAL;
	inet6_sk(sk)->hop_limit = val;
	return 0;
}

static int us6_get_unicast_hops(struct sock *sk, int *val)
{
	*val = inet6_sk(sk)->hop_limit;
	if (*val < 0)
		*val = us6_default_hops(sk);
	return 0;
}

static int us6_set_multicast_hops(struct sock *sk, int val)
{
	if (sk->sk_type == SOCK_STREAM)
		return -ENOPROTOOPT;
	if (val < -1 || val > 255)
		return -EINVAL;
	inet6_sk(sk)->mcast_hops = val == -1 ? IPV6_DEFAULT_MCASTHOPS : val;
	return 0;
}

static int us6_get_multicast_hops(struct sock *sk, int *val)
{
	*val = inet6_sk(sk)->mcast_hops;
	return 0;
}

static int us6_set_multicast_if(struct sock *sk, int val)
{
	struct net_device *dev;
	int bound = sk->sk_bound_dev_if;
	int master;

	if (sk->sk_type == SOCK_STREAM)
		return -ENOPROTOOPT;
	if (val) {
		rcu_read_lock();
		dev = dev_get_by_index_rcu(sock_net(sk), val);
		master = dev ? l3mdev_master_ifindex_rcu(dev) : 0;
		rcu_read_unlock();
		if (!dev)
			return -ENODEV;
		if (bound && bound != val && (!master || master != bound))
			return -EINVAL;
	}
	inet6_sk(sk)->mcast_oif = val;
	return 0;
}

static int us6_get_multicast_if(struct sock *sk, int *val)
{
	*val = inet6_sk(sk)->mcast_oif;
	return 0;
}

/* In network byte order, as Windows and IP_UNICAST_IF have it. */
static int us6_set_unicast_if(struct sock *sk, int val)
{
	int ifindex = ntohl((__force __be32)val);
	bool found;

	if (ifindex) {
		rcu_read_lock();
		found = dev_get_by_index_rcu(sock_net(sk), ifindex);
		rcu_read_unlock();
		if (!found)
			return -EADDRNOTAVAIL;
		if (sk->sk_bound_dev_if)
			return -EINVAL;
	}
	inet6_sk(sk)->ucast_oif = ifindex;
	return 0;
}

static int us6_get_unicast_if(struct sock *sk, int *val)
{
	*val = (__force int)htonl((u32)inet6_sk(sk)->ucast_oif);
	return 0;
}

static int us6_set_mtu_discover(struct sock *sk, int val)
{
	if (val < IPV6_PMTUDISC_DONT || val > IPV6_PMTUDISC_OMIT)
		return -EINVAL;
	inet6_sk(sk)->pmtudisc = val;
	return 0;
}

static int us6_get_mtu_discover(struct sock *sk, int *val)
{
	*val = inet6_sk(sk)->pmtudisc;
	return 0;
}

static int us6_set_mtu(struct sock *sk, int val)
{
	if (val && val < IPV6_MIN_MTU)
		return -EINVAL;
	inet6_sk(sk)->frag_size = val;
	return 0;
}

static int us6_sk_mtu(struct sock *sk)
{
	struct dst_entry *dst;
	int mtu = 0;

	rcu_read_lock();
	dst = __sk_dst_get(sk);
	if (dst)
		mtu = dst_mtu(dst);
	rcu_read_unlock();
	return mtu;
}

static int us6_get_mtu(struct sock *sk, int *val)
{
	*val = us6_sk_mtu(sk);
	return *val ? 0 : -ENOTCONN;
}

/* RFC 3542 11.4: read only, of a connected socket. */
static int us6_get_pathmtu(struct sock *sk, int optname, sockptr_t optval,
			   sockptr_t optlen, int len)
{
	struct ip6_mtuinfo info = {};

	if (len < sizeof(info))
		return -EINVAL;
	info.ip6m_mtu = us6_sk_mtu(sk);
	if (!info.ip6m_mtu)
		return -ENOTCONN;
	len = sizeof(info);
	if (copy_to_sockptr(optlen, &len, sizeof(len)) ||
	    copy_to_sockptr(optval, &info, sizeof(info)))
		return -EFAULT;
	return 0;
}

/* RFC 5014 section 3: each pair of a flag and its contrary, one at most. */
static int us6_set_addr_preferences(struct sock *sk, int val)
{
	const int tmp = IPV6_PREFER_SRC_TMP | IPV6_PREFER_SRC_PUBLIC |
			IPV6_PREFER_SRC_PUBTMP_DEFAULT;
	const int home = IPV6_PREFER_SRC_HOME | IPV6_PREFER_SRC_COA;
	const int cga = IPV6_PREFER_SRC_CGA | IPV6_PREFER_SRC_NONCGA;
	unsigned int prefs = inet6_sk(sk)->srcprefs;

	if (hweight32(val & tmp) > 1 || hweight32(val & home) > 1 ||
	    hweight32(val & cga) > 1)
		return -EINVAL;
	if (val & tmp) {
		prefs &= ~(IPV6_PREFER_SRC_TMP | IPV6_PREFER_SRC_PUBLIC);
		prefs |= val & (IPV6_PREFER_SRC_TMP | IPV6_PREFER_SRC_PUBLIC);
	}
	if (val & home) {
		prefs &= ~IPV6_PREFER_SRC_COA;
		prefs |= val & IPV6_PREFER_SRC_COA;
	}
	inet6_sk(sk)->srcprefs = prefs;
	return 0;
}

static int us6_get_addr_preferences(struct sock *sk, int *val)
{
	int prefs = inet6_sk(sk)->srcprefs;

	*val = prefs & (IPV6_PREFER_SRC_TMP | IPV6_PREFER_SRC_PUBLIC);
	if (!*val)
		*val = IPV6_PREFER_SRC_PUBTMP_DEFAULT;
	*val |= prefs & IPV6_PREFER_SRC_COA ?: IPV6_PREFER_SRC_HOME;
	return 0;
}

/* RFC 5082: drop what has come further. */
static int us6_set_minhopcount(struct sock *sk, int val)
{
	if (val < 0 || val > 255)
		return -EINVAL;
	/* TCP reads it without the lock. */
	WRITE_ONCE(inet6_sk(sk)->min_hopcount, val);
	return 0;
}

static int us6_get_minhopcount(struct sock *sk, int *val)
{
	*val = inet6_sk(sk)->min_hopcount;
	return 0;
}

static int us6_set_autoflowlabel(struct sock *sk, int val)
{
	inet6_assign_bit(AUTOFLOWLABEL, sk, !!val);
	inet6_set_bit(AUTOFLOWLABEL_SET, sk);
	return 0;
}

static int us6_get_autoflowlabel(struct sock *sk, int *val)
{
	*val = us6_autoflowlabel(sock_net(sk), sk);
	return 0;
}

/* Policies of a socket come with us6_ipsec. */
static int us6_set_policy(struct sock *sk, int optname, sockptr_t optval,
			  unsigned int optlen)
{
	if (!sockopt_ns_capable(sock_net(sk)->user_ns, CAP_NET_ADMIN))
		return -EPERM;
	return -EOPNOTSUPP;
}

#define US6_INT(opt)	{ .set_int = us6_set_##opt, .get_int = us6_get_##opt }
#define US6_HEADER	{ .set = us6_opt_set_header, .get = us6_opt_get_header }

static const struct us6_opt us6_opts[] = {
	[IPV6_ADDRFORM]		= { .set_int = us6_opt_set_addrform,
				    .get_int = us6_opt_get_addrform,
				    .flags = US6_OPT_RTNL },
	[IPV6_2292PKTINFO]	= US6_INT(rxoinfo),
	[IPV6_2292HOPOPTS]	= US6_INT(ohopopts),
	[IPV6_2292DSTOPTS]	= US6_INT(odstopts),
	[IPV6_2292RTHDR]	= US6_INT(osrcrt),
	[IPV6_2292PKTOPTIONS]	= { .set = us6_opt_set_pktoptions,
				    .get = us6_opt_get_pktoptions },
	[IPV6_2292HOPLIMIT]	= US6_INT(rxohlim),
	[IPV6_FLOWINFO]		= US6_INT(rxflow),
	[IPV6_UNICAST_HOPS]	= US6_INT(unicast_hops),
	[IPV6_MULTICAST_IF]	= US6_INT(multicast_if),
	[IPV6_MULTICAST_HOPS]	= US6_INT(multicast_hops),
	[IPV6_MULTICAST_LOOP]	= US6_INT(mc_loop),
	[IPV6_ADD_MEMBERSHIP]	= { .set = us6_opt_set_membership,
				    .flags = US6_OPT_RTNL },
	[IPV6_DROP_MEMBERSHIP]	= { .set = us6_opt_set_membership,
				    .flags = US6_OPT_RTNL },
	[IPV6_ROUTER_ALERT]	= { .set_int = us6_opt_set_rtalert },
	[IPV6_MTU_DISCOVER]	= US6_INT(mtu_discover),
	[IPV6_MTU]		= US6_INT(mtu),
	[IPV6_RECVERR]		= US6_INT(recverr),
	[IPV6_V6ONLY]		= US6_INT(v6only),
	[IPV6_MULTICAST_ALL]	= US6_INT(mc_all),
	[IPV6_ROUTER_ALERT_ISOLATE] = US6_INT(rtalert_isolate),
	[IPV6_RECVERR_RFC4884]	= US6_INT(recverr_rfc4884),
	[IPV6_FLOWLABEL_MGR]	= { .set = us6_opt_set_flowlabel,
				    .get = us6_opt_get_flowlabel },
	[IPV6_FLOWINFO_SEND]	= US6_INT(sndflow),
	[IPV6_IPSEC_POLICY]	= { .set = us6_set_policy },
	[IPV6_XFRM_POLICY]	= { .set = us6_set_policy },
	[MCAST_JOIN_GROUP]	= { .set = us6_opt_set_group,
				    .flags = US6_OPT_RTNL },
	[MCAST_LEAVE_GROUP]	= { .set = us6_opt_set_group,
				    .flags = US6_OPT_RTNL },
	[MCAST_JOIN_SOURCE_GROUP] = { .set = us6_opt_set_source,
				      .flags = US6_OPT_RTNL },
	[MCAST_LEAVE_SOURCE_GROUP] = { .set = us6_opt_set_source,
				       .flags = US6_OPT_RTNL },
	[MCAST_BLOCK_SOURCE]	= { .set = us6_opt_set_source,
				    .flags = US6_OPT_RTNL },
	[MCAST_UNBLOCK_SOURCE]	= { .set = us6_opt_set_source,
				    .flags = US6_OPT_RTNL },
	[MCAST_MSFILTER]	= { .set = us6_opt_set_msfilter,
				    .get = us6_opt_get_msfilter,
				    .flags = US6_OPT_RTNL },
	[IPV6_RECVPKTINFO]	= US6_INT(rxinfo),
	[IPV6_PKTINFO]		= { .set = us6_opt_set_pktinfo },
	[IPV6_RECVHOPLIMIT]	= US6_INT(rxhlim),
	[IPV6_RECVHOPOPTS]	= US6_INT(hopopts),
	[IPV6_HOPOPTS]		= US6_HEADER,
	[IPV6_RTHDRDSTOPTS]	= US6_HEADER,
	[IPV6_RECVRTHDR]	= US6_INT(srcrt),
	[IPV6_RTHDR]		= US6_HEADER,
	[IPV6_RECVDSTOPTS]	= US6_INT(dstopts),
	[IPV6_DSTOPTS]		= US6_HEADER,
	[IPV6_RECVPATHMTU]	= US6_INT(rxpmtu),
	[IPV6_PATHMTU]		= { .get = us6_get_pathmtu },
	[IPV6_DONTFRAG]		= US6_INT(dontfrag),
	[IPV6_RECVTCLASS]	= US6_INT(rxtclass),
	[IPV6_TCLASS]		= US6_INT(tclass),
	[IPV6_AUTOFLOWLABEL]	= US6_INT(autoflowlabel),
	[IPV6_ADDR_PREFERENCES]	= US6_INT(addr_preferences),
	[IPV6_MINHOPCOUNT]	= US6_INT(minhopcount),
	[IPV6_RECVORIGDSTADDR]	= US6_INT(rxorigdstaddr),
	[IPV6_TRANSPARENT]	= US6_INT(transparent),
	[IPV6_UNICAST_IF]	= US6_INT(unicast_if),
	[IPV6_RECVFRAGSIZE]	= US6_INT(recvfragsize),
	[IPV6_FREEBIND]		= US6_INT(freebind),
};

static const struct us6_opt *us6_opt_find(int optname)
{
	const struct us6_opt *opt;

	if (optname < 0 || optname >= ARRAY_SIZE(us6_opts))
		return NULL;
	opt = &us6_opts[array_index_nospec(optname, ARRAY_SIZE(us6_opts))];
	return opt->set || opt->set_int || opt->get || opt->get_int ? opt : NULL;
}

/* Socket locked. */
static int us6_opt_set(struct sock *sk, const struct us6_opt *opt, int optname,
		       int val, sockptr_t optval, unsigned int optlen)
{
	/* Another thread has made an IPv4 socket of it (IPV6_ADDRFORM). */
	if (unlikely(sk->sk_family != AF_INET6))
		return -ENOPROTOOPT;
	if (opt->set)
		return opt->set(sk, optname, optval, optlen);
	return opt->set_int(sk, val);
}

static int us6_do_setsockopt(struct sock *sk, const struct us6_opt *opt,
			     int optname, sockptr_t optval, unsigned int optlen)
{
	int val = 0;
	int err;

	if (opt->set_int) {
		if (optlen < sizeof(val))
			return -EINVAL;
		if (!sockptr_is_null(optval) &&
		    copy_from_sockptr(&val, optval, sizeof(val)))
			return -EFAULT;
	} else if (!opt->set) {
		return -ENOPROTOOPT;
	}

	if (opt->flags & US6_OPT_RTNL)
		rtnl_lock();
	sockopt_lock_sock(sk);
	err = us6_opt_set(sk, opt, optname, val, optval, optlen);
	sockopt_release_sock(sk);
	if (opt->flags & US6_OPT_RTNL)
		rtnl_unlock();
	return err;
}

int us6_setsockopt(struct sock *sk, int level, int optname, sockptr_t optval,
		   unsigned int optlen)
{
	const struct us6_opt *opt;

	/* The IPv4 half of a dual socket. */
	if (level == SOL_IP && sk->sk_type != SOCK_RAW)
		return ip_setsockopt(sk, level, optname, optval, optlen);
	if (level != SOL_IPV6)
		return -ENOPROTOOPT;
	opt = us6_opt_find(optname);
	if (opt)
		return us6_do_setsockopt(sk, opt, optname, optval, optlen);
#ifdef CONFIG_NETFILTER
	return nf_setsockopt(sk, PF_INET6, optname, optval, optlen);
#else
	return -ENOPROTOOPT;
#endif
}

static int us6_do_getsockopt(struct sock *sk, const struct us6_opt *opt,
			     int optname, sockptr_t optval, sockptr_t optlen)
{
	int len, val, err;

	if (copy_from_sockptr(&len, optlen, sizeof(len)))
		return -EFAULT;
	if (len < 0)
		return -EINVAL;
	if (opt->get)
		return opt->get(sk, optname, optval, optlen, len);
	if (!opt->get_int)
		return -ENOPROTOOPT;
	err = opt->get_int(sk, &val);
	if (err)
		return err;
	len = min_t(unsigned int, sizeof(val), len);
	if (copy_to_sockptr(optlen, &len, sizeof(len)) ||
	    copy_to_sockptr(optval, &val, len))
		return -EFAULT;
	return 0;
}

int us6_getsockopt_ptr(struct sock *sk, int level, int optname,
		       sockptr_t optval, sockptr_t optlen)
{
	const struct us6_opt *opt;

	if (level != SOL_IPV6)
		return -ENOPROTOOPT;
	opt = us6_opt_find(optname);
	if (!opt)
		return -ENOPROTOOPT;
	return us6_do_getsockopt(sk, opt, optname, optval, optlen);
}

static int us6_nf_getsockopt(struct sock *sk, int optname, char __user *optval,
			     int __user *optlen)
{
#ifdef CONFIG_NETFILTER
	int len, err;

	if (get_user(len, optlen))
		return -EFAULT;
	err = nf_getsockopt(sk, PF_INET6, optname, optval, &len);
	if (err >= 0)
		err = put_user(len, optlen);
	return err;
#else
	return -ENOPROTOOPT;
#endif
}

int us6_getsockopt(struct sock *sk, int level, int optname, char __user *optval,
		   int __user *optlen)
{
	if (level == SOL_IP && sk->sk_type != SOCK_RAW)
		return ip_getsockopt(sk, level, optname, optval, optlen);
	if (level == SOL_IPV6 && !us6_opt_find(optname))
		return us6_nf_getsockopt(sk, optname, optval, optlen);
	return us6_getsockopt_ptr(sk, level, optname, USER_SOCKPTR(optval),
				  USER_SOCKPTR(optlen));
}
