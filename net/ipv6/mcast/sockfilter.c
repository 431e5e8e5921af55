// SPDX-License-Identifier: GPL-2.0
/*
 * us6: source filters of a socket's membership, RFC 3678 sections 5 and 6.
 */
#include <net/us6/mcast.h>
#include "sock.h"

/*
 * An entry gets a new mode and list (NULL: none).  The list is the entry's on
 * success and the caller's on failure.
 */
static int us6_mc_replace(struct sock *sk, struct ipv6_mc_socklist *mc,
			  unsigned int mode, struct ip6_sf_socklist *list)
{
	struct ip6_sf_socklist *old = us6_mc_sources(sk, mc);
	struct us6_mld_listener was = us6_mc_listener(sk, mc);
	struct us6_mld_listener now = {
		.mode	= mode,
		.src	= list ? list->sl_addr : NULL,
		.n	= list ? list->sl_count : 0,
	};
	struct us6_dev *udev = us6_mc_dev_get(sock_net(sk), mc->ifindex);
	int err;

	if (!udev)
		return -ENODEV;
	err = us6_group_change(udev, &mc->addr, &was, &now);
	us6_dev_put(udev);
	if (err)
		return err;
	WRITE_ONCE(mc->sfmode, mode);
	rcu_assign_pointer(mc->sflist, list);
	us6_mc_sources_free(sk, old);
	return 0;
}

static struct ip6_sf_socklist *us6_mc_sources_alloc(struct sock *sk,
						    unsigned int n)
{
	struct ip6_sf_socklist *list;

	list = sock_kmalloc(sk, struct_size(list, sl_addr, n), GFP_KERNEL);
	if (!list)
		return NULL;
	list->sl_max = n;
	list->sl_count = 0;
	return list;
}

static void us6_mc_sources_unuse(struct sock *sk, struct ip6_sf_socklist *list)
{
	if (list)
		sock_kfree_s(sk, list, struct_size(list, sl_addr, list->sl_max));
}

/* The interface that a request means: the one named, or that of the entry. */
static int us6_mc_request(struct sock *sk, int ifindex,
			  const struct sockaddr_storage *group,
			  struct ipv6_mc_socklist **mc)
{
	const struct in6_addr *addr = &((const struct sockaddr_in6 *)group)->sin6_addr;

	if (!ipv6_addr_is_multicast(addr))
		return -EINVAL;
	*mc = us6_mc_find(sk, ifindex, addr);
	return *mc ? 0 : -EINVAL;
}

int us6_sock_mc_source(int add, int omode, struct sock *sk,
		       struct group_source_req *pgsr)
{
	const struct in6_addr *src =
		&((struct sockaddr_in6 *)&pgsr->gsr_source)->sin6_addr;
	struct ip6_sf_socklist *old, *list = NULL;
	struct ipv6_mc_socklist *mc;
	unsigned int i, n;
	int err;

	err = us6_mc_request(sk, pgsr->gsr_interface, &pgsr->gsr_group, &mc);
	if (err)
		return err;
	old = us6_mc_sources(sk, mc);
	n = old ? old->sl_count : 0;
	/* A filter that lists somebody keeps its mode: RFC 3678 section 4.1.3. */
	if (n && mc->sfmode != omode)
		return -EINVAL;
	if (us6_mc_source_listed(old, src) != !add)
		return -EADDRNOTAVAIL;
	if (add && n >= READ_ONCE(us6_mld_max_msf))
		return -ENOBUFS;
	/* INCLUDE({}) is to have left. */
	if (!add && n == 1 && omode == MCAST_INCLUDE)
		return us6_sock_mc_drop(sk, mc->ifindex, &mc->addr);

	if (add || n > 1) {
		list = us6_mc_sources_alloc(sk, add ? n + 1 : n - 1);
		if (!list)
			return -ENOBUFS;
		for (i = 0; i < n; i++)
			if (add || !ipv6_addr_equal(&old->sl_addr[i], src))
				list->sl_addr[list->sl_count++] = old->sl_addr[i];
		if (add)
			list->sl_addr[list->sl_count++] = *src;
		us6_mc_sources_sort(list);
	}
	err = us6_mc_replace(sk, mc, omode, list);
	if (err)
		us6_mc_sources_unuse(sk, list);
	return err;
}

int us6_sock_mc_setfilter(struct sock *sk, struct group_filter *gsf,
			  struct sockaddr_storage *list)
{
	struct ip6_sf_socklist *sources = NULL;
	struct ipv6_mc_socklist *mc;
	unsigned int i;
	int err;

	if (gsf->gf_fmode != MCAST_INCLUDE && gsf->gf_fmode != MCAST_EXCLUDE)
		return -EINVAL;
	err = us6_mc_request(sk, gsf->gf_interface, &gsf->gf_group, &mc);
	if (err)
		return err;
	if (gsf->gf_fmode == MCAST_INCLUDE && !gsf->gf_numsrc)
		return us6_sock_mc_drop(sk, mc->ifindex, &mc->addr);

	if (gsf->gf_numsrc) {
		sources = us6_mc_sources_alloc(sk, gsf->gf_numsrc);
		if (!sources)
			return -ENOBUFS;
		for (i = 0; i < gsf->gf_numsrc; i++)
			sources->sl_addr[i] =
				((struct sockaddr_in6 *)&list[i])->sin6_addr;
		sources->sl_count = gsf->gf_numsrc;
		us6_mc_sources_sort(sources);
	}
	err = us6_mc_replace(sk, mc, gsf->gf_fmode, sources);
	if (err)
		us6_mc_sources_unuse(sk, sources);
	return err;
}

int us6_sock_mc_getfilter(struct sock *sk, struct group_filter *gsf,
			  sockptr_t optval, size_t ss_offset)
{
	const struct ip6_sf_socklist *list;
	struct ipv6_mc_socklist *mc;
	unsigned int i, n, room = gsf->gf_numsrc;
	int err;

	err = us6_mc_request(sk, gsf->gf_interface, &gsf->gf_group, &mc);
	if (err)
		return ipv6_addr_is_multicast(&((struct sockaddr_in6 *)
						&gsf->gf_group)->sin6_addr) ?
		       -EADDRNOTAVAIL : err;
	list = us6_mc_sources(sk, mc);
	n = list ? list->sl_count : 0;
	gsf->gf_fmode = mc->sfmode;
	gsf->gf_numsrc = n;
	/* As many as fit; the count tells how many there are. */
	for (i = 0; i < min(n, room); i++) {
		struct sockaddr_storage ss = {};
		struct sockaddr_in6 *sin6 = (struct sockaddr_in6 *)&ss;

		sin6->sin6_family = AF_INET6;
		sin6->sin6_addr = list->sl_addr[i];
		if (copy_to_sockptr_offset(optval, ss_offset + i * sizeof(ss),
					   &ss, sizeof(ss)))
			return -EFAULT;
	}
	return 0;
}
