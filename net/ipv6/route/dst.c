// SPDX-License-Identifier: GPL-2.0
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <net/us6/route.h>
#include <net/us6/us6.h>

int us6_route_init(void)
{
	return 0;
}

void us6_route_exit(void)
{
}

struct us6_dst *us6_dst_of(const struct dst_entry *dst)
{
	return NULL;
}

struct dst_entry *us6_dst_alloc_link(struct us6_dev *udev,
				     const struct in6_addr *daddr)
{
	return ERR_PTR(-EOPNOTSUPP);
}

void us6_dst_invalidate_all(struct net *net)
{
}

struct dst_entry *us6_route_output(struct net *net, const struct sock *sk,
				   struct flowi6 *fl6, int flags)
{
	struct dst_entry *dst = &net->ipv6.ip6_null_entry->dst;

	dst_hold(dst);
	return dst;
}

void us6_route_input(struct sk_buff *skb)
{
	skb_dst_drop(skb);
}

struct dst_entry *us6_dst_lookup_flow(struct net *net, const struct sock *sk,
				      struct flowi6 *fl6,
				      const struct in6_addr *final_dst)
{
	return ERR_PTR(-ENETUNREACH);
}

struct dst_entry *us6_sk_dst_lookup_flow(struct sock *sk, struct flowi6 *fl6,
					 const struct in6_addr *final_dst,
					 bool connected)
{
	return ERR_PTR(-ENETUNREACH);
}

void us6_sk_dst_store(struct sock *sk, struct dst_entry *dst,
		      const struct flowi6 *fl6)
{
	dst_release(dst);
}

int us6_fib_lookup(struct net *net, int oif, struct flowi6 *fl6,
		   struct fib6_result *res, int strict)
{
	return -ENETUNREACH;
}

int us6_route_add(struct net *net, struct fib6_config *cfg, gfp_t gfp,
		  struct netlink_ext_ack *extack)
{
	return -EOPNOTSUPP;
}

int us6_route_del(struct net *net, struct fib6_config *cfg,
		  struct netlink_ext_ack *extack)
{
	return -ESRCH;
}

struct us6_route *us6_route_add_local(struct us6_dev *udev,
				      const struct in6_addr *addr,
				      bool anycast, gfp_t gfp)
{
	return ERR_PTR(-EOPNOTSUPP);
}

int us6_route_drop(struct net *net, struct us6_route *rt)
{
	return -ENOENT;
}

int us6_route_add_prefix(struct us6_dev *udev, const struct in6_addr *prefix,
			 u8 plen, u32 metric, u32 lifetime, u32 flags, u8 proto,
			 gfp_t gfp)
{
	return -EOPNOTSUPP;
}

int us6_route_del_prefix(struct us6_dev *udev, const struct in6_addr *prefix,
			 u8 plen, u32 metric, u32 flags)
{
	return -ESRCH;
}

int us6_route_set_router(struct us6_dev *udev, const struct in6_addr *router,
			 const struct in6_addr *prefix, u8 plen, u8 pref,
			 u32 metric, u32 lifetime)
{
	return -EOPNOTSUPP;
}

void us6_route_purge_router(struct us6_dev *udev, const struct in6_addr *router)
{
}

void us6_route_reselect(struct us6_dev *udev, const struct in6_addr *gateway)
{
}

void us6_update_pmtu(struct sk_buff *skb, struct net *net, __be32 mtu, int oif,
		     u32 mark, kuid_t uid)
{
}

void us6_sk_update_pmtu(struct sk_buff *skb, struct sock *sk, __be32 mtu)
{
}

bool us6_route_redirect(struct us6_dev *udev, const struct in6_addr *router,
			const struct in6_addr *daddr,
			const struct in6_addr *target)
{
	return false;
}

int us6_route_dev_create(struct us6_dev *udev)
{
	return 0;
}

void us6_route_dev_up(struct us6_dev *udev)
{
}

void us6_route_dev_down(struct us6_dev *udev)
{
}

void us6_route_dev_carrier(struct us6_dev *udev, bool up)
{
}

void us6_route_dev_mtu(struct us6_dev *udev)
{
}

void us6_route_dev_unlink(struct net_device *dev)
{
}

void us6_route_dev_destroy(struct us6_dev *udev)
{
}
