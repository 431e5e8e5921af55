// SPDX-License-Identifier: GPL-2.0
/*
 * us6: the groups of an interface by address.
 *
 * An open-addressed array of pointers: readers probe it under RCU, a writer
 * under idev->mc_lock fills or buries a slot, or publishes a larger array.
 */
#include <linux/mm.h>
#include <net/ipv6.h>
#include "mcast.h"

#define US6_GROUP_TABLE_MIN	16

struct us6_group_table {
	struct rcu_head		rcu;
	unsigned int		mask;		/* size - 1, a power of 2 */
	unsigned int		live;		/* M */
	unsigned int		taken;		/* M: live and buried */
	struct us6_group __rcu	*slot[];
};

/* A buried slot: the probe goes on behind it. */
static struct us6_group us6_group_buried;

static struct us6_group_table *us6_group_table_alloc(unsigned int size)
{
	struct us6_group_table *t;

	t = kvzalloc(struct_size(t, slot, size), GFP_KERNEL);
	if (t)
		t->mask = size - 1;
	return t;
}

static struct us6_group_table *us6_group_table_of(struct us6_dev *udev)
{
	return rcu_dereference_check(udev->mcast->table,
				     lockdep_is_held(&udev->idev.mc_lock));
}

int us6_group_table_init(struct us6_dev *udev)
{
	struct us6_group_table *t = us6_group_table_alloc(US6_GROUP_TABLE_MIN);

	RCU_INIT_POINTER(udev->mcast->table, t);
	return t ? 0 : -ENOMEM;
}

void us6_group_table_destroy(struct us6_dev *udev)
{
	kvfree(rcu_dereference_protected(udev->mcast->table, true));
}

static unsigned int us6_group_hash(const struct us6_group_table *t,
				   const struct in6_addr *addr)
{
	/* Chosen by local users and administrators only: no secret needed. */
	return ipv6_addr_hash(addr) * GOLDEN_RATIO_32 >> 8 & t->mask;
}

struct us6_group *us6_group_find(struct us6_dev *udev,
				 const struct in6_addr *addr)
{
	struct us6_group_table *t = us6_group_table_of(udev);
	unsigned int i = us6_group_hash(t, addr);
	struct us6_group *g;

	/* Never full, so an empty slot ends the probe. */
	while ((g = rcu_dereference_check(t->slot[i],
					  lockdep_is_held(&udev->idev.mc_lock)))) {
		if (g != &us6_group_buried &&
		    ipv6_addr_equal(&g->mca.mca_addr, addr))
			return g;
		i = (i + 1) & t->mask;
	}
	return NULL;
}

static void us6_group_table_put(struct us6_group_table *t, struct us6_group *g)
{
	unsigned int i = us6_group_hash(t, &g->mca.mca_addr);

	while (rcu_access_pointer(t->slot[i]))
		i = (i + 1) & t->mask;
	rcu_assign_pointer(t->slot[i], g);
	t->live++;
	t->taken++;
}

/* A fresh array, twice as large as what lives in it, without the buried. */
static int us6_group_table_rebuild(struct us6_dev *udev)
{
	struct us6_group_table *old = us6_group_table_of(udev), *new;
	unsigned int i, size;

	size = max_t(unsigned int, US6_GROUP_TABLE_MIN,
		     roundup_pow_of_two(2 * (old->live + 1)));
	new = us6_group_table_alloc(size);
	if (!new)
		return -ENOMEM;
	for (i = 0; i <= old->mask; i++) {
		struct us6_group *g;

		g = rcu_dereference_protected(old->slot[i],
					      lockdep_is_held(&udev->idev.mc_lock));
		if (g && g != &us6_group_buried)
			us6_group_table_put(new, g);
	}
	rcu_assign_pointer(udev->mcast->table, new);
	kvfree_rcu(old, rcu);
	return 0;
}

int us6_group_table_insert(struct us6_dev *udev, struct us6_group *g)
{
	struct us6_group_table *t = us6_group_table_of(udev);

	lockdep_assert_held(&udev->idev.mc_lock);
	/* A quarter stays empty. */
	if ((t->taken + 1) * 4 > (t->mask + 1) * 3) {
		int err = us6_group_table_rebuild(udev);

		if (err)
			return err;
		t = us6_group_table_of(udev);
	}
	us6_group_table_put(t, g);
	return 0;
}

void us6_group_table_remove(struct us6_group *g)
{
	struct us6_dev *udev = us6_group_udev(g);
	struct us6_group_table *t = us6_group_table_of(udev);
	unsigned int i = us6_group_hash(t, &g->mca.mca_addr);

	lockdep_assert_held(&udev->idev.mc_lock);
	while (rcu_access_pointer(t->slot[i]) != g)
		i = (i + 1) & t->mask;
	rcu_assign_pointer(t->slot[i], &us6_group_buried);
	t->live--;
}
