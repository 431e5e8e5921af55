// SPDX-License-Identifier: GPL-2.0
/*
 * us6: the options of multicast memberships, RFC 3493 section 5.2 and RFC 3678.
 * The multicast room does the work; here a request is copied and checked.
 */
#include <linux/compat.h>
#include <linux/slab.h>
#include <net/compat.h>
#include <net/us6/mcast.h>
#include "options.h"
#include "sock.h"

int us6_opt_set_membership(struct sock *sk, int optname, sockptr_t optval,
			   unsigned int optlen)
{
	struct ipv6_mreq mreq;

	if (optlen < sizeof(mreq))
		return -EINVAL;
	if (inet_test_bit(IS_ICSK, sk))
		return -EPROTO;
	if (copy_from_sockptr(&mreq, optval, sizeof(mreq)))
		return -EFAULT;
	if (optname == IPV6_ADD_MEMBERSHIP)
		return us6_sock_mc_join(sk, mreq.ipv6mr_ifindex,
					&mreq.ipv6mr_multiaddr, MCAST_EXCLUDE);
	return us6_sock_mc_drop(sk, mreq.ipv6mr_ifindex, &mreq.ipv6mr_multiaddr);
}

/* A group_req is the head of a group_source_req. */
static_assert(offsetof(struct group_req, gr_group) ==
	      offsetof(struct group_source_req, gsr_group));
static_assert(offsetof(struct compat_group_req, gr_group) ==
	      offsetof(struct compat_group_source_req, gsr_group));

/* Either request, in the caller's layout. */
static int us6_group_req_from(struct group_source_req *req, size_t native,
			      size_t compat, sockptr_t optval,
			      unsigned int optlen)
{
	struct compat_group_source_req req32 = {};
	bool is_compat = in_compat_syscall();
	size_t size = is_compat ? compat : native;
	void *to = req;

	if (is_compat)
		to = &req32;
	if (optlen < size)
		return -EINVAL;
	if (copy_from_sockptr(to, optval, size))
		return -EFAULT;
	if (is_compat) {
		req->gsr_interface = req32.gsr_interface;
		req->gsr_group = req32.gsr_group;
		req->gsr_source = req32.gsr_source;
	}
	return 0;
}

int us6_opt_set_group(struct sock *sk, int optname, sockptr_t optval,
		      unsigned int optlen)
{
	const struct sockaddr_in6 *group;
	struct group_source_req req;
	int err;

	err = us6_group_req_from(&req, sizeof(struct group_req),
				 sizeof(struct compat_group_req), optval,
				 optlen);
	if (err)
		return err;
	if (req.gsr_group.ss_family != AF_INET6)
		return -EADDRNOTAVAIL;
	group = (struct sockaddr_in6 *)&req.gsr_group;
	if (optname == MCAST_JOIN_GROUP)
		return us6_sock_mc_join(sk, req.gsr_interface, &group->sin6_addr,
					MCAST_EXCLUDE);
	return us6_sock_mc_drop(sk, req.gsr_interface, &group->sin6_addr);
}

int us6_opt_set_source(struct sock *sk, int optname, sockptr_t optval,
		       unsigned int optlen)
{
	const struct sockaddr_in6 *group;
	struct group_source_req req;
	int err;

	err = us6_group_req_from(&req, sizeof(req),
				 sizeof(struct compat_group_source_req),
				 optval, optlen);
	if (err)
		return err;
	if (req.gsr_group.ss_family != AF_INET6 ||
	    req.gsr_source.ss_family != AF_INET6)
		return -EADDRNOTAVAIL;

	switch (optname) {
	case MCAST_BLOCK_SOURCE:
		return us6_sock_mc_source(1, MCAST_EXCLUDE, sk, &req);
	case MCAST_UNBLOCK_SOURCE:
		return us6_sock_mc_source(0, MCAST_EXCLUDE, sk, &req);
	case MCAST_LEAVE_SOURCE_GROUP:
		return us6_sock_mc_source(0, MCAST_INCLUDE, sk, &req);
	}
	group = (struct sockaddr_in6 *)&req.gsr_group;
	err = us6_sock_mc_join(sk, req.gsr_interface, &group->sin6_addr,
			       MCAST_INCLUDE);
	/* Another source of the group was joined before: one more. */
	if (err && err != -EADDRINUSE)
		return err;
	return us6_sock_mc_source(1, MCAST_INCLUDE, sk, &req);
}

/* Bounds the copy; the sysctl mld_max_msf bounds the number of sources. */
#define US6_MSFILTER_MAX	(128 * 1024)

static size_t us6_msfilter_header(void)
{
	return in_compat_syscall() ?
	       offsetof(struct compat_group_filter, gf_slist_flex) :
	       offsetof(struct group_filter, gf_slist_flex);
}

/* The fixed part of either layout at @p; the sources follow it. */
static void us6_msfilter_from(struct group_filter *gf, const void *p)
{
	const struct compat_group_filter *gf32 = p;

	if (!in_compat_syscall()) {
		memcpy(gf, p, offsetof(struct group_filter, gf_slist_flex));
		return;
	}
	gf->gf_interface = gf32->gf_interface;
	gf->gf_group = gf32->gf_group;
	gf->gf_fmode = gf32->gf_fmode;
	gf->gf_numsrc = gf32->gf_numsrc;
}

int us6_opt_set_msfilter(struct sock *sk, int optname, sockptr_t optval,
			 unsigned int optlen)
{
	size_t header = us6_msfilter_header();
	struct group_filter gf;
	int err = -EINVAL;
	void *p;

	if (optlen < header)
		return -EINVAL;
	if (optlen > US6_MSFILTER_MAX)
		return -ENOBUFS;
	p = memdup_sockptr(optval, optlen);
	if (IS_ERR(p))
		return PTR_ERR(p);
	us6_msfilter_from(&gf, p);
	if (gf.gf_numsrc <= (optlen - header) / sizeof(struct sockaddr_storage))
		err = us6_sock_mc_setfilter(sk, &gf, p + header);
	kfree(p);
	return err;
}

int us6_opt_get_msfilter(struct sock *sk, int optname, sockptr_t optval,
			 sockptr_t optlen, int len)
{
	size_t header = us6_msfilter_header();
	struct group_filter gf;
	u32 num, room;
	char buf[sizeof(struct group_filter)];
	int err;

	if (len < header)
		return -EINVAL;
	if (copy_from_sockptr(buf, optval, header))
		return -EFAULT;
	us6_msfilter_from(&gf, buf);
	if (gf.gf_group.ss_family != AF_INET6)
		return -EADDRNOTAVAIL;
	room = (len - header) / sizeof(struct sockaddr_storage);
	num = min(gf.gf_numsrc, room);
	gf.gf_numsrc = num;

	sockopt_lock_sock(sk);
	err = us6_sock_mc_getfilter(sk, &gf, optval, header);
	sockopt_release_sock(sk);
	if (err)
		return err;

	len = header + min(num, gf.gf_numsrc) * sizeof(struct sockaddr_storage);
	if (in_compat_syscall()) {
		struct compat_group_filter *gf32 = (void *)buf;

		gf32->gf_fmode = gf.gf_fmode;
		gf32->gf_numsrc = gf.gf_numsrc;
	} else {
		memcpy(buf, &gf, header);
	}
	if (copy_to_sockptr(optlen, &len, sizeof(len)) ||
	    copy_to_sockptr(optval, buf, header))
		return -EFAULT;
	return 0;
}
