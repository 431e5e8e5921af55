// SPDX-License-Identifier: GPL-2.0
/*
 * us6: memberships of sockets, RFC 3493 section 5.2 and RFC 3678 section 5.
 *
 * np->ipv6_mc_list is written under the socket lock and read under RCU by the
 * receive path.  The sources of an entry are sorted and replaced as a whole.
 */
#include <linux/sort.h>
#include <net/us6/mcast.h>
#include <net/us6/route.h>
#include "mcast.h"
#include "sock.h"

static struct ipv6_mc_socklist *us6_mc_next(struct sock *sk,
					    struct ipv6_mc_socklist __rcu *p)
{
	return rcu_dereference_protected(p, lockdep_sock_is_held(sk));
}

struct ip6_sf_socklist *us6_mc_sources(const struct sock *sk,
				       const struct ipv6_mc_socklist *mc)
{
	return rcu_dereference_protected(mc->sflist,
					 lockdep_sock_is_held(sk));
}

struct us6_mld_listener us6_mc_listener(const struct sock *sk,
					const struct ipv6_mc_socklist *mc)
{
	const struct ip6_sf_socklist *list = us6_mc_sources(sk, mc);

	return (struct us6_mld_listener) {
		.mode	= mc->sfmode,
		.src	= list ? list->sl_addr : NULL,
		.n	= list ? list->sl_count : 0,
	};
}

/* @ifindex 0: any interface. */
struct ipv6_mc_socklist *us6_mc_find(struct sock *sk, int ifindex,
				     const struct in6_addr *group)
{
	struct ipv6_mc_socklist *mc;

	for (mc = us6_mc_next(sk, inet6_sk(sk)->ipv6_mc_list); mc;
	     mc = us6_mc_next(sk, mc->next))
		if ((!ifindex || mc->ifindex == ifindex) &&
		    ipv6_addr_equal(&mc->addr, group))
			return mc;
	return NULL;
}

struct us6_dev *us6_mc_dev_get(struct net *net, int ifindex)
{
	struct net_device *dev;
	struct us6_dev *udev = NULL;

	rcu_read_lock();
	dev = dev_get_by_index_rcu(net, ifindex);
	if (dev)
		udev = us6_dev_rcu(dev);
	if (udev)
		us6_dev_hold(udev);
	rcu_read_unlock();
	return udev;
}

/* The interface by which a group would be reached. */
static int us6_mc_route(struct net *net, const struct in6_addr *group)
{
	struct flowi6 fl6 = { .daddr = *group };
	struct dst_entry *dst;
	int ifindex = 0;

	dst = us6_route_output(net, NULL, &fl6, 0);
	if (!dst->error)
		ifindex = dst->dev->ifindex;
	dst_release(dst);
	return ifindex;
}

int us6_sock_mc_join(struct sock *sk, int ifindex, const struct in6_addr *group,
		     unsigned int mode)
{
	struct ipv6_pinfo *np = inet6_sk(sk);
	struct net *net = sock_net(sk);
	struct us6_mld_listener want;
	struct ipv6_mc_socklist *mc;
	struct us6_dev *udev;
	int err;

	if (!ipv6_addr_is_multicast(group))
		return -EINVAL;
	if (us6_mc_find(sk, ifindex, group))
		return -EADDRINUSE;
	if (!ifindex)
		ifindex = us6_mc_route(net, group);
	udev = us6_mc_dev_get(net, ifindex);
	if (!udev)
		return -ENODEV;

	mc = sock_kmalloc(sk, sizeof(*mc), GFP_KERNEL);
	if (!mc) {
		err = -ENOMEM;
		goto out;
	}
	mc->addr = *group;
	mc->ifindex = ifindex;
	mc->sfmode = mode;
	RCU_INIT_POINTER(mc->sflist, NULL);
	want = us6_mc_listener(sk, mc);
	err = us6_group_change(udev, group, NULL, &want);
	if (err) {
		sock_kfree_s(sk, mc, sizeof(*mc));
		goto out;
	}
	RCU_INIT_POINTER(mc->next, us6_mc_next(sk, np->ipv6_mc_list));
	rcu_assign_pointer(np->ipv6_mc_list, mc);
out:
	us6_dev_put(udev);
	return err;
}

void us6_mc_sources_free(struct sock *sk, struct ip6_sf_socklist *list)
{
	if (!list)
		return;
	atomic_sub(struct_size(list, sl_addr, list->sl_max),
		   &sk->sk_omem_alloc);
	kfree_rcu(list, rcu);
}

/* Out of the list already. */
static void us6_mc_leave(struct sock *sk, struct ipv6_mc_socklist *mc)
{
	struct us6_mld_listener was = us6_mc_listener(sk, mc);
	struct us6_dev *udev = us6_mc_dev_get(sock_net(sk), mc->ifindex);

	if (udev) {
		us6_group_change(udev, &mc->addr, &was, NULL);
		us6_dev_put(udev);
	}
	us6_mc_sources_free(sk, us6_mc_sources(sk, mc));
	atomic_sub(sizeof(*mc), &sk->sk_omem_alloc);
	kfree_rcu(mc, rcu);
}

int us6_sock_mc_drop(struct sock *sk, int ifindex, const struct in6_addr *group)
{
	struct ipv6_mc_socklist __rcu **link;
	struct ipv6_mc_socklist *mc;

	if (!ipv6_addr_is_multicast(group))
		return -EINVAL;
	for (link = &inet6_sk(sk)->ipv6_mc_list;
	     (mc = us6_mc_next(sk, *link)); link = &mc->next) {
		if ((ifindex && mc->ifindex != ifindex) ||
		    !ipv6_addr_equal(&mc->addr, group))
			continue;
		rcu_assign_pointer(*link, us6_mc_next(sk, mc->next));
		us6_mc_leave(sk, mc);
		return 0;
	}
	return -EADDRNOTAVAIL;
}

void us6_sock_mc_close(struct sock *sk)
{
	struct ipv6_pinfo *np = inet6_sk(sk);
	struct ipv6_mc_socklist *mc;

	if (!np || !rcu_access_pointer(np->ipv6_mc_list))
		return;
	while ((mc = us6_mc_next(sk, np->ipv6_mc_list))) {
		rcu_assign_pointer(np->ipv6_mc_list, us6_mc_next(sk, mc->next));
		us6_mc_leave(sk, mc);
	}
}

static int us6_mc_cmp(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct in6_addr));
}

static bool us6_mc_lists(const struct ip6_sf_socklist *list,
			 const struct in6_addr *src)
{
	unsigned int lo = 0, hi = list ? list->sl_count : 0;

	while (lo < hi) {
		unsigned int mid = lo + (hi - lo) / 2;
		int cmp = us6_mc_cmp(src, &list->sl_addr[mid]);

		if (!cmp)
			return true;
		if (cmp < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return false;
}

bool us6_sock_mc_accepts(const struct sock *sk, const struct in6_addr *group,
			 const struct in6_addr *src)
{
	struct ipv6_mc_socklist *mc;

	for (mc = rcu_dereference(inet6_sk(sk)->ipv6_mc_list); mc;
	     mc = rcu_dereference(mc->next)) {
		if (!ipv6_addr_equal(&mc->addr, group))
			continue;
		/* RFC 3678 section 3: the list says who, the mode what of it. */
		return us6_mc_lists(rcu_dereference(mc->sflist), src) ==
		       (mc->sfmode == MCAST_INCLUDE);
	}
	return inet6_test_bit(MC6_ALL, sk);
}

void us6_mc_sources_sort(struct ip6_sf_socklist *list)
{
	unsigned int i, n = 0;

	sort(list->sl_addr, list->sl_count, sizeof(list->sl_addr[0]),
	     us6_mc_cmp, NULL);
	for (i = 0; i < list->sl_count; i++)
		if (!n || us6_mc_cmp(&list->sl_addr[n - 1], &list->sl_addr[i]))
			list->sl_addr[n++] = list->sl_addr[i];
	list->sl_count = n;
}

bool us6_mc_source_listed(const struct ip6_sf_socklist *list,
			  const struct in6_addr *src)
{
	return us6_mc_lists(list, src);
}
