// SPDX-License-Identifier: GPL-2.0
/*
 * us6: memberships of sockets.
 */
#include <net/us6/mcast.h>

int us6_sock_mc_join(struct sock *sk, int ifindex, const struct in6_addr *group,
		     unsigned int mode)
{
	return -EOPNOTSUPP;
}

int us6_sock_mc_drop(struct sock *sk, int ifindex, const struct in6_addr *group)
{
	return -EADDRNOTAVAIL;
}

void us6_sock_mc_close(struct sock *sk)
{
}

int us6_sock_mc_source(int add, int omode, struct sock *sk,
		       struct group_source_req *pgsr)
{
	return -EOPNOTSUPP;
}

int us6_sock_mc_setfilter(struct sock *sk, struct group_filter *gsf,
			  struct sockaddr_storage *list)
{
	return -EOPNOTSUPP;
}

int us6_sock_mc_getfilter(struct sock *sk, struct group_filter *gsf,
			  sockptr_t optval, size_t ss_offset)
{
	return -EOPNOTSUPP;
}

bool us6_sock_mc_accepts(const struct sock *sk, const struct in6_addr *group,
			 const struct in6_addr *src)
{
	return false;
}
