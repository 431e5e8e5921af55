/* SPDX-License-Identifier: GPL-2.0 */
/* What the files of this room share. */
#ifndef US6_MCAST_INTERNAL_H
#define US6_MCAST_INTERNAL_H

#include <net/us6/mcast.h>
#include "mld.h"

/*
 * Multicast state of one interface.
 *
 * M: idev->mc_lock, R: RCU readers, I: immutable after create
 */
struct us6_mcast_dev {
	struct us6_group_table __rcu *table;	/* M R: those being left too */
	unsigned long		v1_until;	/* M: jiffies */
	bool			v1;		/* M: MLDv1 compatibility mode */
	bool			router;		/* M: in the all-routers groups */
	bool			hosts;		/* M: in the all-nodes groups */
};

extern struct workqueue_struct *us6_mcast_wq;

/* Most sources that are remembered of queries for one group. */
#define US6_MLD_MAX_ASKED	128

/* Sources a querier asked for; answered together, RFC 3810 section 6.2. */
struct us6_mld_asked {
	unsigned int	n;
	struct in6_addr	src[US6_MLD_MAX_ASKED];
};

static inline struct us6_group *us6_group_of(struct ifmcaddr6 *mca)
{
	return container_of(mca, struct us6_group, mca);
}

static inline struct us6_dev *us6_group_udev(const struct us6_group *g)
{
	return us6_dev_of(g->mca.idev);
}

static inline struct us6_mld_state *us6_group_state(const struct us6_group *g)
{
	return rcu_dereference_protected(g->state,
					 lockdep_is_held(&g->mca.idev->mc_lock));
}

/* Over a list of groups, under idev->mc_lock. */
#define us6_for_each_group(g, idev, list)				\
	for (struct ifmcaddr6 *mca_ =					\
		rcu_dereference_protected((idev)->list,			\
			lockdep_is_held(&(idev)->mc_lock));		\
	     mca_ && ((g) = us6_group_of(mca_), true);			\
	     mca_ = rcu_dereference_protected(mca_->next,		\
			lockdep_is_held(&(idev)->mc_lock)))

/* ---- table.c ------------------------------------------------------------- */

int us6_group_table_init(struct us6_dev *udev);
void us6_group_table_destroy(struct us6_dev *udev);
/** us6_group_table_insert() - @udev: interface, mc_lock held. @g: not in it yet. Return: 0 or -ENOMEM */
int us6_group_table_insert(struct us6_dev *udev, struct us6_group *g);
/** us6_group_table_remove() - @g: in the table, mc_lock held; readers may see it for a grace period */
void us6_group_table_remove(struct us6_group *g);
/** us6_group_find() - @udev: interface. @addr: group. RCU or mc_lock. Return: group or NULL */
struct us6_group *us6_group_find(struct us6_dev *udev,
				 const struct in6_addr *addr);

/* ---- group.c --------------------------------------------------------------*/

/**
 * us6_group_change() - one listener of a group changes its mind
 * @udev: interface
 * @group: multicast address
 * @gone: what it asked before, or NULL
 * @come: what it asks now, or NULL
 *
 * May sleep.  Return: 0; with @come also -ENOMEM and -ENODEV; with @gone
 * -ENOENT when the group isn't there.
 */
int us6_group_change(struct us6_dev *udev, const struct in6_addr *group,
		     const struct us6_mld_listener *gone,
		     const struct us6_mld_listener *come);

void us6_group_put(struct us6_group *g);
/** us6_group_reap() - free groups left, with nothing more to report. @udev: interface, mc_lock held */
void us6_group_reap(struct us6_dev *udev);
/** us6_group_filter() - open or close the NIC's filter. @g: group. @open: which */
void us6_group_filter(struct us6_group *g, bool open);

/* ---- report.c ------------------------------------------------------------ */

/** us6_mld_reportable() - is MLD spoken about a group? @udev: interface. @group: address. RFC 3810 section 6 */
bool us6_mld_reportable(const struct us6_dev *udev, const struct in6_addr *group);
/** us6_mld_kick() - state changed: report now. @udev: interface, mc_lock held */
void us6_mld_kick(struct us6_dev *udev);
void us6_mld_change_work(struct work_struct *work);
void us6_mld_general_work(struct work_struct *work);
void us6_mld_group_work(struct work_struct *work);

/* ---- query.c ------------------------------------------------------------- */

void us6_mld_query_work(struct work_struct *work);
/** us6_mld_v1_mode() - does the interface speak MLDv1 now? @udev: interface, mc_lock held */
bool us6_mld_v1_mode(struct us6_dev *udev);
/** us6_mld_robustness() - reports a change gets. @udev: interface */
u8 us6_mld_robustness(const struct us6_dev *udev);
/** us6_mld_cancel() - no report is pending any more. @udev: interface, mc_lock held */
void us6_mld_cancel(struct us6_dev *udev);

#endif /* US6_MCAST_INTERNAL_H */
