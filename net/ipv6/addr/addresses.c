// SPDX-License-Identifier: GPL-2.0
/*
 * The addresses of an interface: given, found, changed and taken away.
 *
 * An address is in two places, the interface's list (in scope order) and the
 * namespace's hash; both together hold one reference.  Writers have RTNL;
 * readers have RCU.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <net/addrconf.h>
#include <net/l3mdev.h>
#include <net/us6/addr.h>
#include <net/us6/ctl.h>
#include <net/us6/mcast.h>
#include <net/us6/route.h>
#include "internal.h"
#include "lft.h"

#if !defined(CONFIG_DEBUG_SPINLOCK) && !defined(CONFIG_DEBUG_OBJECTS)
static_assert(sizeof(struct us6_addr) <= 512);
#endif

/* ---- the namespace's hash -------------------------------------------------- */

/* One page: a handful of addresses in each even where there are thousands. */
#define US6_HASH_SHIFT	9
#define US6_HASH_SIZE	(1 << US6_HASH_SHIFT)

struct us6_addr_hash {
	struct rcu_head		rcu;
	struct hlist_head	heads[US6_HASH_SIZE];
};

static int __net_init us6_hash_net_init(struct net *net)
{
	struct us6_addr_hash *hash = kzalloc(sizeof(*hash), GFP_KERNEL);

	if (!hash)
		return -ENOMEM;
	spin_lock_init(&net->ipv6.addrconf_hash_lock);
	WRITE_ONCE(net->ipv6.inet6_addr_lst, hash->heads);
	return 0;
}

static void __net_exit us6_hash_net_exit(struct net *net)
{
	struct hlist_head *heads = net->ipv6.inet6_addr_lst;
	int i;

	for (i = 0; i < US6_HASH_SIZE; i++)
		WARN_ON(!hlist_empty(&heads[i]));
	/* Modules that leave the namespace after us may still ask. */
	WRITE_ONCE(net->ipv6.inet6_addr_lst, NULL);
	kfree_rcu(container_of(heads, struct us6_addr_hash, heads[0]), rcu);
}

static struct pernet_operations us6_hash_ops = {
	.init = us6_hash_net_init,
	.exit = us6_hash_net_exit,
};

int us6_hash_init(void)
{
	return register_pernet_subsys(&us6_hash_ops);
}

void us6_hash_exit(void)
{
	unregister_pernet_subsys(&us6_hash_ops);
}

static u32 us6_hash_key(const struct net *net, const struct in6_addr *addr)
{
	return hash_32(ipv6_addr_hash(addr) ^ net_hash_mix(net),
		       US6_HASH_SHIFT);
}

/* The bucket of @addr, or NULL when the namespace is nearly gone. */
static struct hlist_head *us6_hash_head(const struct net *net,
					const struct in6_addr *addr)
{
	struct hlist_head *heads = READ_ONCE(net->ipv6.inet6_addr_lst);

	return heads ? &heads[us6_hash_key(net, addr)] : NULL;
}

/* ---- questions ------------------------------------------------------------- */

static bool us6_addr_on_dev(const struct us6_addr *a,
			    const struct net_device *dev, bool strict)
{
	if (!dev || a->ifa.idev->dev == dev)
		return true;
	/* Only a link-local or loopback address is bound to its interface. */
	return !strict && !(a->ifa.scope & (IFA_LINK | IFA_HOST));
}

/*
 * An optimistic address counts as assigned, unless the asker bans just that.
 * RFC 4429 section 3.1.
 */
static bool us6_addr_usable(const struct us6_addr *a, u32 banned)
{
	u32 flags = READ_ONCE(a->ifa.flags);

	if (flags & IFA_F_OPTIMISTIC)
		flags &= ~IFA_F_TENTATIVE;
	return !(flags & banned);
}

bool us6_addr_check(struct net *net, const struct in6_addr *addr,
		    const struct net_device *dev, bool strict, u32 banned)
{
	const struct net_device *l3mdev;
	struct hlist_head *head;
	struct us6_addr *a;
	bool found = false;

	rcu_read_lock();
	l3mdev = l3mdev_master_dev_rcu(dev);
	head = us6_hash_head(net, addr);
	if (!head)
		goto out;
	hlist_for_each_entry_rcu(a, head, ifa.addr_lst) {
		if (!ipv6_addr_equal(&a->ifa.addr, addr) ||
		    l3mdev_master_dev_rcu(a->ifa.idev->dev) != l3mdev)
			continue;
		if (us6_addr_on_dev(a, dev, strict) &&
		    us6_addr_usable(a, banned)) {
			found = true;
			break;
		}
	}
out:
	rcu_read_unlock();
	return found;
}

struct us6_addr *us6_addr_find(struct net *net, const struct in6_addr *addr,
			       const struct net_device *dev, bool strict)
{
	struct us6_addr *a, *found = NULL;
	struct hlist_head *head;

	rcu_read_lock();
	head = us6_hash_head(net, addr);
	if (!head)
		goto out;
	hlist_for_each_entry_rcu(a, head, ifa.addr_lst) {
		if (!ipv6_addr_equal(&a->ifa.addr, addr) ||
		    !us6_addr_on_dev(a, dev, strict))
			continue;
		if (refcount_inc_not_zero(&a->ifa.refcnt)) {
			found = a;
			break;
		}
	}
out:
	rcu_read_unlock();
	return found;
}

int us6_addr_linklocal(const struct us6_dev *udev, struct in6_addr *addr,
		       u32 banned)
{
	struct inet6_ifaddr *ifa;
	int err = -EADDRNOTAVAIL;

	rcu_read_lock();
	/* At the end of the list: the globals come first. */
	list_for_each_entry_rcu(ifa, &udev->idev.addr_list, if_list) {
		if (ifa->scope != IFA_LINK || (READ_ONCE(ifa->flags) & banned))
			continue;
		*addr = ifa->addr;
		err = 0;
		break;
	}
	rcu_read_unlock();
	return err;
}

bool us6_addr_prefix_local(const struct in6_addr *addr,
			   const struct net_device *dev)
{
	struct inet6_ifaddr *ifa;
	struct inet6_dev *idev;
	bool found = false;

	rcu_read_lock();
	idev = __in6_dev_get(dev);
	if (idev) {
		list_for_each_entry_rcu(ifa, &idev->addr_list, if_list) {
			if (!ipv6_prefix_equal(addr, &ifa->addr,
					       ifa->prefix_len))
				continue;
			found = true;
			break;
		}
	}
	rcu_read_unlock();
	return found;
}

struct net_device *us6_dev_find_addr(struct net *net,
				     const struct in6_addr *addr,
				     struct net_device *dev)
{
	struct hlist_head *head = us6_hash_head(net, addr);
	struct us6_addr *a;

	if (!head)
		return NULL;
	hlist_for_each_entry_rcu(a, head, ifa.addr_lst) {
		if (ipv6_addr_equal(&a->ifa.addr, addr) &&
		    us6_addr_on_dev(a, dev, true) &&
		    us6_addr_usable(a, IFA_F_TENTATIVE))
			return a->ifa.idev->dev;
	}
	return NULL;
}

/* ---- life of the object ------------------------------------------------------ */

static void us6_addr_free_rcu(struct rcu_head *head)
{
	struct us6_addr *a = container_of(head, struct us6_addr, ifa.rcu);

	us6_dev_put(us6_dev_of(a->ifa.idev));
	kfree(a);
}

void us6_addr_put(struct us6_addr *a)
{
	if (a && refcount_dec_and_test(&a->ifa.refcnt))
		call_rcu(&a->ifa.rcu, us6_addr_free_rcu);
}

/* Fields first; the caller makes it visible. Two references: lists, caller. */
static struct us6_addr *us6_addr_new(struct us6_dev *udev,
				     const struct us6_addr_cfg *cfg)
{
	struct us6_addr *a = kzalloc(sizeof(*a), GFP_KERNEL_ACCOUNT);
	struct inet6_ifaddr *ifa;

	if (!a)
		return NULL;
	ifa = &a->ifa;
	RB_CLEAR_NODE(&a->timer);
	a->origin = cfg->origin;
	ifa->addr = cfg->addr;
	ifa->peer_addr = cfg->peer;
	ifa->prefix_len = cfg->plen;
	ifa->rt_priority = cfg->rt_priority;
	ifa->ifa_proto = cfg->proto;
	ifa->scope = ipv6_addr_scope(&cfg->addr);
	ifa->valid_lft = cfg->valid;
	ifa->prefered_lft = cfg->preferred;
	ifa->flags = cfg->flags & ~(IFA_F_PERMANENT | IFA_F_DEPRECATED |
				    IFA_F_DADFAILED);
	if (cfg->valid == US6_LFT_INFINITE)
		ifa->flags |= IFA_F_PERMANENT;
	if (!cfg->preferred)
		ifa->flags |= IFA_F_DEPRECATED;
	if (!(cfg->flags & IFA_F_NODAD))
		ifa->flags |= IFA_F_TENTATIVE;
	ifa->state = INET6_IFADDR_STATE_PREDAD;
	ifa->cstamp = jiffies;
	ifa->tstamp = jiffies;
	spin_lock_init(&ifa->lock);
	INIT_LIST_HEAD(&ifa->if_list_aux);
	INIT_LIST_HEAD(&ifa->tmp_list);
	INIT_HLIST_NODE(&ifa->addr_lst);
	refcount_set(&ifa->refcnt, 2);
	ifa->idev = &udev->idev;
	us6_dev_hold(udev);
	return a;
}

/* Global before link-local; within a scope the newest first. */
static void us6_addr_link(struct us6_addr *a)
{
	struct inet6_dev *idev = a->ifa.idev;
	struct net *net = dev_net(idev->dev);
	struct list_head *at;
	int scope = ipv6_addr_src_scope(&a->ifa.addr);

	spin_lock_bh(&net->ipv6.addrconf_hash_lock);
	hlist_add_head_rcu(&a->ifa.addr_lst, us6_hash_head(net, &a->ifa.addr));
	spin_unlock_bh(&net->ipv6.addrconf_hash_lock);

	write_lock_bh(&idev->lock);
	list_for_each(at, &idev->addr_list) {
		const struct inet6_ifaddr *other;

		other = list_entry(at, struct inet6_ifaddr, if_list);
		if (scope >= ipv6_addr_src_scope(&other->addr))
			break;
	}
	list_add_tail_rcu(&a->ifa.if_list, at);
	write_unlock_bh(&idev->lock);
	atomic_inc(&net->ipv6.dev_addr_genid);
}

static void us6_addr_unlink(struct us6_addr *a)
{
	struct inet6_dev *idev = a->ifa.idev;
	struct net *net = dev_net(idev->dev);

	spin_lock_bh(&net->ipv6.addrconf_hash_lock);
	hlist_del_init_rcu(&a->ifa.addr_lst);
	spin_unlock_bh(&net->ipv6.addrconf_hash_lock);

	write_lock_bh(&idev->lock);
	list_del_rcu(&a->ifa.if_list);
	write_unlock_bh(&idev->lock);
	atomic_inc(&net->ipv6.dev_addr_genid);
}

/* ---- routes and groups that come with it --------------------------------------- */

/* The prefix that is on-link because of @a: the peer's where there is one. */
static const struct in6_addr *us6_addr_prefix(const struct us6_addr *a)
{
	return ipv6_addr_any(&a->ifa.peer_addr) ? &a->ifa.addr :
						  &a->ifa.peer_addr;
}

/*
 * An advertised prefix is on-link by its L flag alone, never because an address
 * was made of it: RFC 5942 section 4.
 */
static bool us6_addr_has_prefix_route(const struct us6_addr *a)
{
	return !(a->ifa.flags & IFA_F_NOPREFIXROUTE) &&
	       a->origin != US6_ADDR_SLAAC && a->origin != US6_ADDR_TEMPORARY;
}

void us6_addr_prefix_route(struct us6_addr *a)
{
	const struct inet6_ifaddr *ifa = &a->ifa;
	struct us6_dev *udev = us6_dev_of(ifa->idev);
	u32 lft = us6_lft_left(ifa->valid_lft, us6_addr_age(a));

	if (!us6_addr_has_prefix_route(a) ||
	    !(ifa->idev->dev->flags & IFF_UP))
		return;
	/* The local route says it all, but for a peer. */
	if (ifa->prefix_len == 128 && ipv6_addr_any(&ifa->peer_addr) &&
	    (ifa->idev->dev->flags & IFF_LOOPBACK))
		return;
	us6_route_add_prefix(udev, us6_addr_prefix(a), ifa->prefix_len,
			     ifa->rt_priority, lft, 0, RTPROT_KERNEL,
			     GFP_KERNEL);
}

/* The longest life that a sibling with the same prefix gives the route. */
static u32 us6_addr_prefix_need(const struct us6_addr *a, u32 metric)
{
	const struct us6_addr *other;
	u32 need = 0;

	list_for_each_entry(other, &a->ifa.idev->addr_list, ifa.if_list) {
		if (other == a || other->ifa.prefix_len != a->ifa.prefix_len ||
		    other->ifa.rt_priority != metric ||
		    !us6_addr_has_prefix_route(other) ||
		    !ipv6_prefix_equal(us6_addr_prefix(other),
				       us6_addr_prefix(a), a->ifa.prefix_len))
			continue;
		need = max(need, us6_lft_left(other->ifa.valid_lft,
					      us6_addr_age(other)));
		if (need == US6_LFT_INFINITE)
			break;
	}
	return need;
}

void us6_addr_prefix_route_drop(struct us6_addr *a, u32 metric)
{
	struct us6_dev *udev = us6_dev_of(a->ifa.idev);
	u32 need;

	/* With the whole interface the routes go at once. */
	if (udev->addr->flushing)
		return;
	need = us6_addr_prefix_need(a, metric);
	if (need)
		us6_route_add_prefix(udev, us6_addr_prefix(a),
				     a->ifa.prefix_len, metric, need, 0,
				     RTPROT_KERNEL, GFP_KERNEL);
	else
		us6_route_del_prefix(udev, us6_addr_prefix(a),
				     a->ifa.prefix_len, metric, 0);
}

/*
 * A local route only while the address is assigned: what comes for one that is
 * tentative or a duplicate isn't ours (RFC 4862 sections 5.4 and 5.4.5), an
 * optimistic one is in use (RFC 4429 section 3.3).
 */
static int us6_addr_local_route(struct us6_addr *a)
{
	struct us6_route *rt;

	if (a->ifa.rt || !us6_addr_usable(a, IFA_F_TENTATIVE | IFA_F_DADFAILED))
		return 0;
	rt = us6_route_add_local(us6_dev_of(a->ifa.idev), &a->ifa.addr, false,
				 GFP_KERNEL);
	if (IS_ERR(rt))
		return PTR_ERR(rt);
	a->ifa.rt = &rt->f6i;
	return 0;
}

void us6_addr_local_route_up(struct us6_addr *a)
{
	ASSERT_RTNL();
	if (us6_addr_local_route(a))
		net_warn_ratelimited("%s: no local route for %pI6c\n",
				     a->ifa.idev->dev->name, &a->ifa.addr);
}

void us6_addr_local_route_drop(struct us6_addr *a)
{
	struct fib6_info *f6i = a->ifa.rt;

	ASSERT_RTNL();
	if (!f6i)
		return;
	a->ifa.rt = NULL;
	us6_route_drop(dev_net(a->ifa.idev->dev), us6_route_of(f6i));
	us6_route_put(us6_route_of(f6i));
}

/*
 * The group that an address listens on: its solicited-node group (RFC 4291
 * section 2.7.1), or itself where `ip addr add GROUP autojoin` asks for it.
 */
static bool us6_addr_group(const struct us6_addr *a, struct in6_addr *group)
{
	if (ipv6_addr_is_multicast(&a->ifa.addr)) {
		*group = a->ifa.addr;
		return true;
	}
	addrconf_addr_solict_mult(&a->ifa.addr, group);
	return !(a->ifa.idev->dev->flags & (IFF_LOOPBACK | IFF_NOARP));
}

static void us6_addr_join(struct us6_addr *a)
{
	struct in6_addr group;

	if (a->joined || !us6_addr_group(a, &group))
		return;
	a->joined = !us6_group_join(us6_dev_of(a->ifa.idev), &group);
}

static void us6_addr_leave(struct us6_addr *a)
{
	struct in6_addr group;

	if (!a->joined)
		return;
	a->joined = false;
	us6_addr_group(a, &group);
	us6_group_leave(us6_dev_of(a->ifa.idev), &group);
}

/* ---- configuration ---------------------------------------------------------------- */

static int us6_addr_refuse(struct us6_dev *udev, const struct us6_addr_cfg *cfg,
			   struct netlink_ext_ack *extack)
{
	const struct net_device *dev = udev->idev.dev;
	int type = ipv6_addr_type(&cfg->addr);

	if (cfg->plen > 128) {
		NL_SET_ERR_MSG(extack, "Invalid prefix length");
		return -EINVAL;
	}
	if (!cfg->valid || cfg->preferred > cfg->valid) {
		NL_SET_ERR_MSG(extack, "Preferred lifetime exceeds valid, or valid is zero");
		return -EINVAL;
	}
	if (type == IPV6_ADDR_ANY ||
	    ((type & IPV6_ADDR_MULTICAST) &&
	     !(cfg->flags & IFA_F_MCAUTOJOIN))) {
		NL_SET_ERR_MSG(extack, "Cannot assign this address: it is not unicast");
		return -EADDRNOTAVAIL;
	}
	if ((type & IPV6_ADDR_LOOPBACK) && !(dev->flags & IFF_LOOPBACK) &&
	    !netif_is_l3_master(dev)) {
		NL_SET_ERR_MSG(extack, "A loopback address belongs on a loopback device");
		return -EADDRNOTAVAIL;
	}
	if (test_bit(US6_DEV_DEAD, &udev->flags))
		return -ENODEV;
	if (udev->idev.cnf.disable_ipv6) {
		NL_SET_ERR_MSG(extack, "IPv6 is disabled on this device");
		return -EACCES;
	}
	return 0;
}

static int us6_addr_validate(struct us6_dev *udev, const struct in6_addr *addr,
			     struct netlink_ext_ack *extack)
{
	struct in6_validator_info info = {
		.i6vi_addr = *addr,
		.i6vi_dev = &udev->idev,
		.extack = extack,
	};

	return notifier_to_errno(inet6addr_validator_notifier_call_chain(NETDEV_UP,
									 &info));
}

/* Another one of exactly this value on the interface. */
static bool us6_addr_exists(struct us6_dev *udev, const struct in6_addr *addr)
{
	struct us6_addr *a = us6_addr_find(us6_dev_net(udev), addr,
					   udev->idev.dev, true);

	us6_addr_put(a);
	return a;
}

/*
 * RFC 4862 section 5.4.2: a random delay for an address of an advertised prefix,
 * and for what may be the interface's first message since it came up.
 */
static bool us6_addr_dad_delay(const struct us6_addr *a)
{
	const struct us6_dev *udev = us6_dev_of(a->ifa.idev);
	int most = READ_ONCE(udev->idev.cnf.rtr_solicit_delay);

	return a->origin != US6_ADDR_MANUAL ||
	       time_before(jiffies, udev->addr->up_at + max(most, 0));
}

struct us6_addr *us6_addr_add(struct us6_dev *udev,
			      const struct us6_addr_cfg *cfg,
			      struct netlink_ext_ack *extack)
{
	struct us6_addr *a;
	int err;

	ASSERT_RTNL();
	err = us6_addr_refuse(udev, cfg, extack);
	if (!err && us6_addr_exists(udev, &cfg->addr))
		err = -EEXIST;
	if (!err)
		err = us6_addr_validate(udev, &cfg->addr, extack);
	if (err)
		return ERR_PTR(err);

	a = us6_addr_new(udev, cfg);
	if (!a)
		return ERR_PTR(-ENOMEM);
	err = us6_addr_local_route(a);
	if (err) {
		NL_SET_ERR_MSG(extack, "The local route can't be made");
		us6_dev_put(udev);
		kfree(a);
		return ERR_PTR(err);
	}
	us6_addr_link(a);
	us6_addr_prefix_route(a);
	us6_addr_join(a);
	us6_anycast_addr_add(a);
	inet6addr_notifier_call_chain(NETDEV_UP, &a->ifa);

	/* Tentative and visible as such; what can be used at once tells itself. */
	if (!(a->ifa.flags & (IFA_F_OPTIMISTIC | IFA_F_NODAD)) &&
	    (cfg->origin == US6_ADDR_MANUAL || cfg->origin == US6_ADDR_SLAAC))
		us6_notify_addr(RTM_NEWADDR, a);
	us6_dad_start(a, us6_addr_dad_delay(a));
	us6_addr_arm(a);
	return a;
}

#define US6_ADDR_CHANGEABLE	(IFA_F_NODAD | IFA_F_HOMEADDRESS |	\
				 IFA_F_NOPREFIXROUTE)

int us6_addr_modify(struct us6_addr *a, const struct us6_addr_cfg *cfg,
		    struct netlink_ext_ack *extack)
{
	struct inet6_ifaddr *ifa = &a->ifa;
	u32 old_metric = ifa->rt_priority;
	bool had_route = us6_addr_has_prefix_route(a);
	u32 flags;

	ASSERT_RTNL();
	if (!cfg->valid || cfg->preferred > cfg->valid) {
		NL_SET_ERR_MSG(extack, "Preferred lifetime exceeds valid, or valid is zero");
		return -EINVAL;
	}

	spin_lock_bh(&ifa->lock);
	flags = ifa->flags & ~(US6_ADDR_CHANGEABLE | IFA_F_PERMANENT |
			       IFA_F_DEPRECATED);
	flags |= cfg->flags & US6_ADDR_CHANGEABLE;
	if (cfg->valid == US6_LFT_INFINITE)
		flags |= IFA_F_PERMANENT;
	if (!cfg->preferred)
		flags |= IFA_F_DEPRECATED;
	WRITE_ONCE(ifa->flags, flags);
	ifa->tstamp = jiffies;
	ifa->valid_lft = cfg->valid;
	ifa->prefered_lft = cfg->preferred;
	ifa->rt_priority = cfg->rt_priority;
	if (cfg->proto)
		ifa->ifa_proto = cfg->proto;
	spin_unlock_bh(&ifa->lock);

	if (had_route && ((flags & IFA_F_NOPREFIXROUTE) ||
			  old_metric != ifa->rt_priority))
		us6_addr_prefix_route_drop(a, old_metric);
	us6_addr_prefix_route(a);
	us6_addr_arm(a);
	atomic_inc(&dev_net(ifa->idev->dev)->ipv6.dev_addr_genid);
	us6_notify_addr(RTM_NEWADDR, a);
	return 0;
}

void us6_addr_expire(struct us6_addr *a)
{
	ASSERT_RTNL();
	spin_lock_bh(&a->ifa.lock);
	a->ifa.valid_lft = 0;
	a->ifa.prefered_lft = 0;
	spin_unlock_bh(&a->ifa.lock);
	us6_addr_arm(a);
}

/* Out of every state that acts by itself; false if it was dead before. */
static bool us6_addr_kill(struct us6_addr *a)
{
	bool alive;

	spin_lock_bh(&a->ifa.lock);
	alive = a->ifa.state != INET6_IFADDR_STATE_DEAD;
	a->ifa.state = INET6_IFADDR_STATE_DEAD;
	spin_unlock_bh(&a->ifa.lock);
	us6_addr_disarm(a);
	return alive;
}

void us6_addr_del(struct us6_addr *a)
{
	struct us6_dev *udev = us6_dev_of(a->ifa.idev);

	ASSERT_RTNL();
	if (!us6_addr_kill(a))
		return;
	if (a->origin == US6_ADDR_SLAAC)
		udev->addr->n_auto--;
	us6_addr_unlink(a);
	us6_anycast_addr_del(a);
	us6_addr_leave(a);
	us6_addr_local_route_drop(a);
	if (us6_addr_has_prefix_route(a))
		us6_addr_prefix_route_drop(a, a->ifa.rt_priority);

	us6_notify_addr(RTM_DELADDR, a);
	inet6addr_notifier_call_chain(NETDEV_DOWN, &a->ifa);
	us6_addr_put(a);
}

void us6_addr_suspend(struct us6_addr *a)
{
	struct inet6_ifaddr *ifa = &a->ifa;

	ASSERT_RTNL();
	spin_lock_bh(&ifa->lock);
	ifa->state = INET6_IFADDR_STATE_PREDAD;
	if (!(ifa->flags & IFA_F_NODAD))
		WRITE_ONCE(ifa->flags, ifa->flags | IFA_F_TENTATIVE);
	a->dad_armed = false;
	spin_unlock_bh(&ifa->lock);
	us6_addr_arm(a);
	us6_addr_leave(a);
	us6_anycast_addr_del(a);
	us6_addr_local_route_drop(a);
	if (us6_addr_has_prefix_route(a))
		us6_addr_prefix_route_drop(a, ifa->rt_priority);
}

/* Back from a down, or the first up since it was given. */
static void us6_addr_resume(struct us6_addr *a)
{
	/* The one made while the device was down may be dead. */
	if (a->ifa.state == INET6_IFADDR_STATE_PREDAD)
		us6_addr_local_route_drop(a);
	us6_addr_local_route_up(a);
	us6_addr_prefix_route(a);
	us6_addr_join(a);
	us6_anycast_addr_add(a);
	if (a->ifa.state == INET6_IFADDR_STATE_PREDAD)
		us6_dad_start(a, true);
}

/* ---- with the interface --------------------------------------------------------------- */

/*
 * Walks @udev's addresses while @act may remove the one it is given: RTNL keeps
 * all others in place.
 */
#define us6_for_each_addr_safe(a, n, udev)				\
	list_for_each_entry_safe(a, n, &(udev)->idev.addr_list, ifa.if_list)

static void us6_loopback_up(struct us6_dev *udev)
{
	const struct us6_addr_cfg cfg = {
		.addr = IN6ADDR_LOOPBACK_INIT,
		.plen = 128,
		.proto = IFAPROT_KERNEL_LO,
		.origin = US6_ADDR_LOOPBACK,
		.flags = IFA_F_NODAD,
		.valid = US6_LFT_INFINITE,
		.preferred = US6_LFT_INFINITE,
	};
	struct us6_addr *a = us6_addr_add(udev, &cfg, NULL);

	if (!IS_ERR(a)) {
		spin_lock_bh(&a->ifa.lock);
		WRITE_ONCE(a->ifa.flags, a->ifa.flags & ~IFA_F_NODAD);
		spin_unlock_bh(&a->ifa.lock);
		us6_addr_put(a);
	}
}

void us6_addr_dev_up(struct us6_dev *udev)
{
	struct us6_addr *a, *n;

	ASSERT_RTNL();
	udev->addr->up_at = jiffies;
	if (udev->idev.dev->flags & IFF_LOOPBACK)
		us6_loopback_up(udev);
	else
		us6_linklocal_make(udev);
	us6_for_each_addr_safe(a, n, udev)
		us6_addr_resume(a);
}

static bool us6_addr_kept(const struct us6_addr *a)
{
	const struct inet6_dev *idev = a->ifa.idev;
	int keep = dev_net(idev->dev)->ipv6.devconf_all->keep_addr_on_down;

	/* The kernel's own come back by themselves. */
	if (idev->cnf.disable_ipv6 || (a->ifa.scope & (IFA_LINK | IFA_HOST)))
		return false;
	return (keep ?: idev->cnf.keep_addr_on_down) > 0 &&
	       (a->ifa.flags & IFA_F_PERMANENT);
}

void us6_addr_dev_down(struct us6_dev *udev, bool unregister)
{
	struct us6_addr *a, *n;

	ASSERT_RTNL();
	udev->addr->flushing = true;
	us6_for_each_addr_safe(a, n, udev) {
		if (!unregister && us6_addr_kept(a))
			us6_addr_suspend(a);
		else
			us6_addr_del(a);
	}
	udev->addr->flushing = false;
	us6_anycast_dev_flush(udev);
	udev->addr->ll_retry = 0;
	if (unregister)
		us6_lifetimes_dev_stop(udev->addr);
}

void us6_addr_dev_role_changed(struct us6_dev *udev)
{
	bool router = us6_dev_is_router(udev);
	struct us6_addr *a;

	ASSERT_RTNL();
	list_for_each_entry(a, &udev->idev.addr_list, ifa.if_list) {
		if (router)
			us6_anycast_addr_add(a);
		else
			us6_anycast_addr_del(a);
	}
}

int us6_addr_dev_create(struct us6_dev *udev)
{
	struct us6_addr_dev *ad = kzalloc(sizeof(*ad), GFP_KERNEL_ACCOUNT);

	if (!ad)
		return -ENOMEM;
	ad->udev = udev;
	us6_lifetimes_dev_init(ad);
	udev->addr = ad;
	return 0;
}

void us6_addr_dev_destroy(struct us6_dev *udev)
{
	kfree(udev->addr);
}
