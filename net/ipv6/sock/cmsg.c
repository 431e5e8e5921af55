// SPDX-License-Identifier: GPL-2.0
/*
 * us6: ancillary data of sendmsg(), RFC 3542 sections 4 and 6, and the names of
 * RFC 2292 that old programs use.
 */
#include <net/ip6_route.h>
#include <net/us6/addr.h>
#include "sock.h"

/* One sendmsg(): what its control messages have said so far. */
struct us6_cmsg {
	struct net		*net;
	struct sock		*sk;
	struct flowi6		*fl6;
	struct ipcm6_cookie	*ipc6;
	/* In the user's order of appearance; point into its buffer. */
	struct ipv6_opt_hdr	*hop, *dst0, *dst1;
	struct ipv6_rt_hdr	*rthdr;
};

static size_t us6_cmsg_room(const struct cmsghdr *cmsg)
{
	return cmsg->cmsg_len - CMSG_LEN(0);
}

/* A source address of this host, in the zone of the packet. */
static bool us6_cmsg_source_ok(const struct us6_cmsg *c, struct net_device *dev,
			       const struct in6_addr *addr, int type)
{
	if (__ipv6_addr_src_scope(type) > IPV6_ADDR_SCOPE_LINKLOCAL)
		dev = NULL;
	return ipv6_can_nonlocal_bind(c->net, inet_sk(c->sk)) ||
	       us6_addr_check(c->net, addr, dev, dev, IFA_F_TENTATIVE) ||
	       us6_anycast_check(c->net, dev, addr);
}

/* RFC 3542 section 6.1 and 6.2. */
static int us6_cmsg_pktinfo(struct us6_cmsg *c, const struct cmsghdr *cmsg)
{
	const struct in6_pktinfo *info = CMSG_DATA(cmsg);
	struct flowi6 *fl6 = c->fl6;
	struct net_device *dev = NULL;
	int type, err = 0;

	if (us6_cmsg_room(cmsg) < sizeof(*info))
		return -EINVAL;
	if (info->ipi6_ifindex) {
		/* Another one than that which is in force only within a VRF. */
		if (fl6->flowi6_oif && info->ipi6_ifindex != fl6->flowi6_oif &&
		    (READ_ONCE(c->sk->sk_bound_dev_if) != fl6->flowi6_oif ||
		     !sk_dev_equal_l3scope(c->sk, info->ipi6_ifindex)))
			return -EINVAL;
		fl6->flowi6_oif = info->ipi6_ifindex;
	}
	type = __ipv6_addr_type(&info->ipi6_addr);
	if (!fl6->flowi6_oif && type & IPV6_ADDR_LINKLOCAL)
		return -EINVAL;

	rcu_read_lock();
	if (fl6->flowi6_oif) {
		dev = dev_get_by_index_rcu(c->net, fl6->flowi6_oif);
		if (!dev)
			err = -ENODEV;
	}
	if (!err && type != IPV6_ADDR_ANY) {
		if (us6_cmsg_source_ok(c, dev, &info->ipi6_addr, type))
			fl6->saddr = info->ipi6_addr;
		else
			err = -EINVAL;
	}
	rcu_read_unlock();
	return err;
}

/* A hop-by-hop or destination options header, whole and allowed. */
static int us6_cmsg_options(const struct us6_cmsg *c,
			    const struct cmsghdr *cmsg,
			    struct ipv6_opt_hdr **hdr)
{
	struct ipv6_opt_hdr *h = CMSG_DATA(cmsg);

	if (us6_cmsg_room(cmsg) < sizeof(*h) ||
	    us6_cmsg_room(cmsg) < ipv6_optlen(h))
		return -EINVAL;
	if (!ns_capable(c->net->user_ns, CAP_NET_RAW))
		return -EPERM;
	*hdr = h;
	return 0;
}

static int us6_cmsg_rthdr(struct us6_cmsg *c, const struct cmsghdr *cmsg)
{
	struct ipv6_rt_hdr *rt = CMSG_DATA(cmsg);

	if (us6_cmsg_room(cmsg) < sizeof(*rt) || !us6_rthdr_valid(rt) ||
	    us6_cmsg_room(cmsg) < ipv6_optlen(rt))
		return -EINVAL;
	c->rthdr = rt;
	/* RFC 2292: destination options before it are for the hops. */
	if (cmsg->cmsg_type == IPV6_2292RTHDR && c->dst1) {
		c->dst0 = c->dst1;
		c->dst1 = NULL;
	}
	return 0;
}

static int us6_cmsg_int(const struct cmsghdr *cmsg, int min, int max, int *val)
{
	if (us6_cmsg_room(cmsg) != sizeof(int))
		return -EINVAL;
	*val = *(int *)CMSG_DATA(cmsg);
	return *val < min || *val > max ? -EINVAL : 0;
}

static int us6_cmsg_flowinfo(struct us6_cmsg *c, const struct cmsghdr *cmsg)
{
	if (us6_cmsg_room(cmsg) < sizeof(__be32))
		return -EINVAL;
	c->fl6->flowlabel = *(__be32 *)CMSG_DATA(cmsg) & IPV6_FLOWINFO_MASK;
	return 0;
}

static int us6_cmsg_one(struct us6_cmsg *c, const struct cmsghdr *cmsg)
{
	int val = 0, err;

	switch (cmsg->cmsg_type) {
	case IPV6_PKTINFO:
	case IPV6_2292PKTINFO:
		return us6_cmsg_pktinfo(c, cmsg);
	case IPV6_FLOWINFO:
		return us6_cmsg_flowinfo(c, cmsg);
	case IPV6_HOPOPTS:
	case IPV6_2292HOPOPTS:
		return c->hop ? -EINVAL : us6_cmsg_options(c, cmsg, &c->hop);
	case IPV6_2292DSTOPTS:
		return c->dst1 ? -EINVAL : us6_cmsg_options(c, cmsg, &c->dst1);
	case IPV6_DSTOPTS:
		return us6_cmsg_options(c, cmsg, &c->dst1);
	case IPV6_RTHDRDSTOPTS:
		return us6_cmsg_options(c, cmsg, &c->dst0);
	case IPV6_RTHDR:
	case IPV6_2292RTHDR:
		return us6_cmsg_rthdr(c, cmsg);
	case IPV6_HOPLIMIT:
	case IPV6_2292HOPLIMIT:
		err = us6_cmsg_int(cmsg, -1, 255, &val);
		c->ipc6->hlimit = val;
		return err;
	case IPV6_TCLASS:
		err = us6_cmsg_int(cmsg, -1, 255, &val);
		c->ipc6->tclass = val;
		return err;
	case IPV6_DONTFRAG:
		err = us6_cmsg_int(cmsg, 0, 1, &val);
		c->ipc6->dontfrag = val;
		return err;
	}
	return -EINVAL;
}

/* Lengths are summed once, whatever was replaced on the way. */
static void us6_cmsg_commit(const struct us6_cmsg *c)
{
	struct ipv6_txoptions *opt = c->ipc6->opt;

	if (!opt)
		return;
	opt->hopopt = c->hop;
	opt->dst0opt = c->dst0;
	opt->srcrt = c->rthdr;
	opt->dst1opt = c->dst1;
	opt->opt_nflen = (c->hop ? ipv6_optlen(c->hop) : 0) +
			 (c->dst0 ? ipv6_optlen(c->dst0) : 0) +
			 (c->rthdr ? ipv6_optlen(c->rthdr) : 0);
	opt->opt_flen = c->dst1 ? ipv6_optlen(c->dst1) : 0;
}

int us6_cmsg_send(struct net *net, struct sock *sk, struct msghdr *msg,
		  struct flowi6 *fl6, struct ipcm6_cookie *ipc6)
{
	struct us6_cmsg c = {
		.net = net, .sk = sk, .fl6 = fl6, .ipc6 = ipc6,
	};
	struct cmsghdr *cmsg;
	int err;

	for_each_cmsghdr(cmsg, msg) {
		if (!CMSG_OK(msg, cmsg))
			return -EINVAL;
		if (cmsg->cmsg_level == SOL_SOCKET)
			err = us6_sock_cmsg_send(sk, msg, cmsg, &ipc6->sockc);
		else if (cmsg->cmsg_level == SOL_IPV6)
			err = us6_cmsg_one(&c, cmsg);
		else
			err = 0;
		if (err)
			return err;
	}
	us6_cmsg_commit(&c);
	return 0;
}
