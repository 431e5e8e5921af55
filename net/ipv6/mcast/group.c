// SPDX-License-Identifier: GPL-2.0
/*
 * us6: the groups of an interface.
 *
 * A group is found by hash; idev->mc_list has those with a listener, for
 * others who walk it, idev->mc_tomb those whose leaving is still reported.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/if_arp.h>
#include <net/us6/us6.h>
#include "mcast.h"

static const struct us6_mld_listener us6_any_source = {
	.mode = US6_MLD_EXCLUDE,
};

int us6_mcast_map(const struct in6_addr *addr, const struct net_device *dev,
		  u8 *buf)
{
	switch (dev->type) {
	case ARPHRD_ETHER:
	case ARPHRD_IEEE802:
	case ARPHRD_FDDI:
		ipv6_eth_mc_map(addr, buf);
		return 0;
	case ARPHRD_ARCNET:
		ipv6_arcnet_mc_map(addr, buf);
		return 0;
	case ARPHRD_INFINIBAND:
		ipv6_ib_mc_map(addr, dev->broadcast, buf);
		return 0;
	case ARPHRD_IPGRE:
		return ipv6_ipgre_mc_map(addr, dev->broadcast, buf);
	}
	return -EINVAL;
}

void us6_group_filter(struct us6_group *g, bool open)
{
	struct net_device *dev = g->mca.idev->dev;
	u8 buf[MAX_ADDR_LEN];

	lockdep_assert_held(&g->mca.idev->mc_lock);
	if (open == !!(g->mca.mca_flags & MAF_LOADED))
		return;
	g->mca.mca_flags ^= MAF_LOADED;
	if (us6_mcast_map(&g->mca.mca_addr, dev, buf))
		return;
	if (open)
		dev_mc_add(dev, buf);
	else
		dev_mc_del(dev, buf);
}

static void us6_group_free(struct rcu_head *rcu)
{
	struct us6_group *g = container_of(rcu, struct us6_group, mca.rcu);

	kfree(rcu_access_pointer(g->state));
	kfree(g->asked);
	kfree(g);
}

void us6_group_put(struct us6_group *g)
{
	if (refcount_dec_and_test(&g->mca.mca_refcnt))
		call_rcu(&g->mca.rcu, us6_group_free);
}

static struct us6_group *us6_group_create(struct us6_dev *udev,
					  const struct in6_addr *addr)
{
	struct us6_mld_state *state;
	struct us6_group *g;

	BUILD_BUG_ON(offsetof(struct us6_group, mca) != 0);
#if !defined(CONFIG_LOCKDEP) && !defined(CONFIG_DEBUG_OBJECTS)
	BUILD_BUG_ON(sizeof(struct us6_group) > 256);
#endif
	g = kzalloc(sizeof(*g), GFP_KERNEL);
	state = kzalloc(sizeof(*state), GFP_KERNEL);
	if (!g || !state)
		goto fail;
	g->mca.mca_addr = *addr;
	g->mca.idev = &udev->idev;
	g->mca.mca_cstamp = jiffies;
	g->mca.mca_tstamp = jiffies;
	refcount_set(&g->mca.mca_refcnt, 1);
	INIT_DELAYED_WORK(&g->mca.mca_work, us6_mld_group_work);
	if (!us6_mld_reportable(udev, addr))
		g->mca.mca_flags |= MAF_NOREPORT;
	RCU_INIT_POINTER(g->state, state);
	if (us6_group_table_insert(udev, g))
		goto fail;
	return g;
fail:
	kfree(state);
	kfree(g);
	return NULL;
}

/* The list owns a reference; so a move from list to list needs none. */
static void us6_group_link(struct us6_group *g, struct ifmcaddr6 __rcu **list)
{
	struct inet6_dev *idev = g->mca.idev;

	rcu_assign_pointer(g->mca.next,
			   rcu_dereference_protected(*list,
						     lockdep_is_held(&idev->mc_lock)));
	rcu_assign_pointer(*list, &g->mca);
}

static void us6_group_unlink(struct us6_group *g, struct ifmcaddr6 __rcu **list)
{
	struct inet6_dev *idev = g->mca.idev;
	struct ifmcaddr6 *mca;

	while ((mca = rcu_dereference_protected(*list,
						lockdep_is_held(&idev->mc_lock)))) {
		if (mca == &g->mca) {
			/* Its own next stays: a reader may stand on it. */
			rcu_assign_pointer(*list,
					   rcu_access_pointer(mca->next));
			return;
		}
		list = &mca->next;
	}
}

/* Nobody listens and nothing is left to say. */
static void us6_group_forget(struct us6_group *g)
{
	us6_group_table_remove(g);
	if (cancel_delayed_work(&g->mca.mca_work))
		us6_group_put(g);
	us6_group_put(g);
}

void us6_group_reap(struct us6_dev *udev)
{
	struct inet6_dev *idev = &udev->idev;
	struct ifmcaddr6 __rcu **list = &idev->mc_tomb;
	struct ifmcaddr6 *mca;
	u8 types[2];

	while ((mca = rcu_dereference_protected(*list,
						lockdep_is_held(&idev->mc_lock)))) {
		struct us6_group *g = us6_group_of(mca);

		if (us6_mld_change_types(us6_group_state(g), types)) {
			list = &mca->next;
			continue;
		}
		rcu_assign_pointer(*list, rcu_access_pointer(mca->next));
		us6_group_forget(g);
	}
}

/* Make room for the sources of @come. */
static int us6_group_grow(struct us6_group *g,
			  const struct us6_mld_listener *come)
{
	struct us6_mld_state *old = us6_group_state(g), *new;
	unsigned int missing = us6_mld_missing(old, come);

	if (!missing)
		return 0;
	new = kvmalloc(struct_size(new, src, old->n + missing), GFP_KERNEL);
	if (!new)
		return -ENOMEM;
	us6_mld_expand(old, come, new);
	rcu_assign_pointer(g->state, new);
	kvfree_rcu(old, rcu);
	return 0;
}

static void us6_group_report(struct us6_dev *udev, struct us6_group *g,
			     bool was_used, bool v1)
{
	struct us6_mld_state *state = us6_group_state(g);
	bool used = !us6_mld_unused(state);

	/* MLDv1 knows nothing but joining and leaving. */
	if ((g->mca.mca_flags & MAF_NOREPORT) || !us6_dev_ready(udev) ||
	    (v1 && used == was_used)) {
		us6_mld_change_cancel(state);
		return;
	}
	us6_mld_kick(udev);
}

/* A group gains its first listener or has lost its last one. */
static void us6_group_turn(struct us6_group *g, bool used, bool was_used,
			   bool fresh)
{
	struct inet6_dev *idev = g->mca.idev;
	u8 types[2];

	if (used == was_used)
		return;
	if (used) {
		if (!fresh)
			us6_group_unlink(g, &idev->mc_tomb);
		us6_group_link(g, &idev->mc_list);
		us6_group_filter(g, true);
		return;
	}
	us6_group_unlink(g, &idev->mc_list);
	us6_group_filter(g, false);
	if (us6_mld_change_types(us6_group_state(g), types))
		us6_group_link(g, &idev->mc_tomb);
	else
		us6_group_forget(g);
}

int us6_group_change(struct us6_dev *udev, const struct in6_addr *group,
		     const struct us6_mld_listener *gone,
		     const struct us6_mld_listener *come)
{
	struct inet6_dev *idev = &udev->idev;
	bool fresh = false, was_used, v1;
	struct us6_mld_state *state;
	struct us6_group *g;
	int err = 0;

	mutex_lock(&idev->mc_lock);
	/* May end what is pending and so free groups: before we hold one. */
	v1 = us6_mld_v1_mode(udev);
	g = us6_group_find(udev, group);
	if (gone && (!g || us6_mld_unused(us6_group_state(g)))) {
		err = -ENOENT;
		goto out;
	}
	/* A listener that leaves is heard even when the interface goes. */
	if (!gone && test_bit(US6_DEV_DEAD, &udev->flags)) {
		err = -ENODEV;
		goto out;
	}
	if (!g) {
		g = us6_group_create(udev, group);
		if (!g) {
			err = -ENOMEM;
			goto out;
		}
		fresh = true;
	}
	err = come ? us6_group_grow(g, come) : 0;
	if (err) {
		if (fresh)
			us6_group_forget(g);
		goto out;
	}

	state = us6_group_state(g);
	was_used = !us6_mld_unused(state);
	if (us6_mld_apply(state, gone, come, us6_mld_robustness(udev)))
		us6_group_report(udev, g, was_used, v1);
	WRITE_ONCE(g->mca.mca_users, state->count[0] + state->count[1]);
	WRITE_ONCE(g->mca.mca_sfmode, us6_mld_mode(state));
	us6_group_turn(g, !us6_mld_unused(state), was_used, fresh);
out:
	mutex_unlock(&idev->mc_lock);
	return err;
}

int us6_group_join(struct us6_dev *udev, const struct in6_addr *group)
{
	if (!ipv6_addr_is_multicast(group))
		return -EINVAL;
	return us6_group_change(udev, group, NULL, &us6_any_source);
}

int us6_group_leave(struct us6_dev *udev, const struct in6_addr *group)
{
	return us6_group_change(udev, group, &us6_any_source, NULL);
}

bool us6_group_accepts(struct us6_dev *udev, const struct in6_addr *group,
		       const struct in6_addr *src)
{
	const struct us6_mld_state *state;
	struct us6_group *g;

	g = us6_group_find(udev, group);
	if (!g)
		return false;
	state = rcu_dereference(g->state);
	if (!src || ipv6_addr_any(src))
		return READ_ONCE(state->count[US6_MLD_EXCLUDE]) ||
		       READ_ONCE(state->count[US6_MLD_INCLUDE]);
	return us6_mld_wants(state, src);
}

/* ---- the table's life ---------------------------------------------------- */

int us6_mcast_dev_create(struct us6_dev *udev)
{
	struct inet6_dev *idev = &udev->idev;
	struct us6_mcast_dev *m;
	int err;

	m = kzalloc(sizeof(*m), GFP_KERNEL);
	if (!m)
		return -ENOMEM;
	mutex_init(&idev->mc_lock);
	spin_lock_init(&idev->mc_query_lock);
	skb_queue_head_init(&idev->mc_query_queue);
	INIT_DELAYED_WORK(&idev->mc_ifc_work, us6_mld_change_work);
	INIT_DELAYED_WORK(&idev->mc_gq_work, us6_mld_general_work);
	INIT_DELAYED_WORK(&idev->mc_query_work, us6_mld_query_work);
	udev->mcast = m;
	err = us6_group_table_init(udev);
	if (err) {
		kfree(m);
		udev->mcast = NULL;
	}
	return err;
}

static void us6_mcast_drop_list(struct inet6_dev *idev,
				struct ifmcaddr6 __rcu **list)
{
	struct ifmcaddr6 *mca;

	while ((mca = rcu_dereference_protected(*list,
						lockdep_is_held(&idev->mc_lock)))) {
		rcu_assign_pointer(*list, rcu_access_pointer(mca->next));
		us6_group_filter(us6_group_of(mca), false);
		us6_group_forget(us6_group_of(mca));
	}
}

void us6_mcast_dev_unlink(struct us6_dev *udev)
{
	struct inet6_dev *idev = &udev->idev;

	mutex_lock(&idev->mc_lock);
	us6_mld_cancel(udev);
	us6_mcast_drop_list(idev, &idev->mc_list);
	us6_mcast_drop_list(idev, &idev->mc_tomb);
	mutex_unlock(&idev->mc_lock);

	/* The interface is marked dead: nothing is queued from here on. */
	cancel_delayed_work_sync(&idev->mc_query_work);
	cancel_delayed_work_sync(&idev->mc_ifc_work);
	cancel_delayed_work_sync(&idev->mc_gq_work);
	skb_queue_purge(&idev->mc_query_queue);
	/* Answers for one group hold a reference on it, not on the interface. */
	flush_workqueue(us6_mcast_wq);
}

void us6_mcast_dev_destroy(struct us6_dev *udev)
{
	if (!udev->mcast)
		return;
	us6_group_table_destroy(udev);
	kfree(udev->mcast);
	udev->mcast = NULL;
}
