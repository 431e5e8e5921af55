/* SPDX-License-Identifier: GPL-2.0 */
/* Memberships of sockets: what sock.c and sockfilter.c share.  sk is locked. */
#ifndef US6_MCAST_SOCK_H
#define US6_MCAST_SOCK_H

#include <linux/ipv6.h>
#include <net/inet_sock.h>
#include "mcast.h"

struct ipv6_mc_socklist *us6_mc_find(struct sock *sk, int ifindex,
				     const struct in6_addr *group);
struct us6_dev *us6_mc_dev_get(struct net *net, int ifindex);
/* What an entry asks of its group; valid until its sources change. */
struct us6_mld_listener us6_mc_listener(const struct sock *sk,
					const struct ipv6_mc_socklist *mc);
struct ip6_sf_socklist *us6_mc_sources(const struct sock *sk,
				       const struct ipv6_mc_socklist *mc);
/* Charged to @sk; readers may see it for a grace period. */
void us6_mc_sources_free(struct sock *sk, struct ip6_sf_socklist *list);
/* Sorted and without doubles, as a listener's sources must be. */
void us6_mc_sources_sort(struct ip6_sf_socklist *list);
bool us6_mc_source_listed(const struct ip6_sf_socklist *list,
			  const struct in6_addr *src);

#endif
