// SPDX-License-Identifier: GPL-2.0
#include <linux/err.h>
#include <net/us6/ctl.h>
#include <net/us6/drop.h>
#include <net/us6/nd.h>
#include <net/us6/us6.h>

/* Not served yet: every entry refuses. */

int us6_nd_output(struct sk_buff *skb, const struct in6_addr *nexthop)
{
	us6_drop(skb, dev_net(skb->dev), __in6_dev_get(skb->dev),
		 US6_DROP_NEIGH_CREATE);
	return -EOPNOTSUPP;
}

struct us6_neigh *us6_neigh_get_rcu(struct us6_dev *udev,
				    const struct in6_addr *addr)
{
	return NULL;
}

struct us6_neigh *us6_neigh_make(struct us6_dev *udev,
				 const struct in6_addr *addr)
{
	return ERR_PTR(-ENODEV);
}

void us6_neigh_put(struct us6_neigh *n)
{
}

int us6_neigh_output(struct us6_neigh *n, struct sk_buff *skb)
{
	return us6_nd_output(skb, &n->addr);
}

enum us6_nud_state us6_neigh_state(const struct us6_neigh *n)
{
	return US6_NUD_NONE;
}

bool us6_neigh_reachable(const struct us6_neigh *n)
{
	return false;
}

void us6_neigh_confirm(struct us6_dev *udev, const struct in6_addr *addr)
{
}

void us6_nd_rcv(struct sk_buff *skb)
{
	us6_drop(skb, dev_net(skb->dev), __in6_dev_get(skb->dev),
		 US6_DROP_ICMP_IGNORED);
}

void us6_nd_send_ns(struct us6_dev *udev, const struct in6_addr *target,
		    const struct in6_addr *daddr, const struct in6_addr *saddr,
		    u64 nonce)
{
}

void us6_nd_send_na(struct us6_dev *udev, const struct in6_addr *daddr,
		    const struct in6_addr *target, bool router, bool solicited,
		    bool override, bool tlla)
{
}

void us6_nd_send_redirect(struct sk_buff *skb, const struct in6_addr *target)
{
}

void us6_nd_solicit_routers(struct us6_dev *udev)
{
}

int us6_neigh_set(struct us6_dev *udev, const struct us6_neigh_cfg *cfg,
		  struct netlink_ext_ack *extack)
{
	return -EOPNOTSUPP;
}

int us6_neigh_del(struct us6_dev *udev, const struct in6_addr *addr,
		  struct netlink_ext_ack *extack)
{
	return -EOPNOTSUPP;
}

int us6_nd_dev_create(struct us6_dev *udev)
{
	return 0;
}

void us6_nd_dev_up(struct us6_dev *udev)
{
}

void us6_nd_dev_down(struct us6_dev *udev)
{
}

void us6_nd_dev_carrier_lost(struct us6_dev *udev)
{
}

void us6_nd_dev_lladdr_changed(struct us6_dev *udev)
{
}

void us6_nd_dev_renamed(struct us6_dev *udev)
{
}

void us6_nd_dev_role_changed(struct us6_dev *udev)
{
}

void us6_nd_dev_unlink(struct us6_dev *udev)
{
}

void us6_nd_dev_destroy(struct us6_dev *udev)
{
}

int us6_nd_init(void)
{
	return 0;
}

void us6_nd_exit(void)
{
}

int us6_face_init(void)
{
	return 0;
}

void us6_face_exit(void)
{
}
