// SPDX-License-Identifier: GPL-2.0
/*
 * Tunables: the kernel's neigh_parms of each interface, served in
 * /proc/sys/net/ipv6/neigh/<interface>, and the limits of the cache in
 * neigh/default/gc_*.
 */
#include <linux/sysctl.h>
#include <net/ndisc.h>
#include "room.h"

#define MAX_RETRANS_TIMER	(60 * HZ)	/* RFC 7048 section 4 */

void us6_params_tunables(const struct us6_nd_dev *nd, struct us6_nud_tunables *t)
{
	const struct neigh_parms *p = nd->parms;

	t->reachable = us6_nd_reachable_time(nd);
	t->retrans = max(READ_ONCE(NEIGH_VAR(p, RETRANS_TIME)), HZ / 100);
	t->delay_first = READ_ONCE(NEIGH_VAR(p, DELAY_PROBE_TIME));
	t->max_retrans = MAX_RETRANS_TIMER;
	t->managed = max(READ_ONCE(NEIGH_VAR(p, INTERVAL_PROBE_TIME_MS)), HZ / 10);
	t->mcast = READ_ONCE(NEIGH_VAR(p, MCAST_PROBES));
	t->ucast = READ_ONCE(NEIGH_VAR(p, UCAST_PROBES));
	t->app = READ_ONCE(NEIGH_VAR(p, APP_PROBES));
	t->mcast_probe = READ_ONCE(NEIGH_VAR(p, MCAST_REPROBES));
}

int us6_params_create(struct us6_nd_dev *nd)
{
	struct neigh_parms *p = neigh_parms_alloc(nd->dev, &nd_tbl);
	int err;

	if (!p)
		return -ENOMEM;
	/* Where dead dsts point to is no interface to be configured. */
	err = nd->dev == blackhole_netdev ? 0 :
	      neigh_sysctl_register(nd->dev, p, NULL);
	if (err) {
		neigh_parms_release(&nd_tbl, p);
		return err;
	}
	nd->parms = neigh_parms_clone(p);
	nd->udev->idev.nd_parms = p;
	return 0;
}

void us6_params_unlink(struct us6_nd_dev *nd)
{
	struct neigh_parms *p = nd->parms;

	/* Readers under RCU keep it by nd's own reference. */
	neigh_sysctl_unregister(p);
	neigh_parms_release(&nd_tbl, p);
}

void us6_params_renamed(struct us6_nd_dev *nd)
{
	neigh_sysctl_unregister(nd->parms);
	if (neigh_sysctl_register(nd->dev, nd->parms, NULL))
		netdev_warn(nd->dev, "us6: no neigh sysctls under the new name\n");
}

/*
 * neigh_sysctl_register() maps default/gc_* onto nd_tbl, which holds faces and
 * is bounded by us.  The same files speak of our caches here.
 */
static void point_at_limits(struct neigh_parms *p)
{
	/* The header is the first member of what sysctl_table points to. */
	struct ctl_table_header **head = p->sysctl_table;
	struct ctl_table *t = (*head)->ctl_table;
	int i;

	for (i = 0; i < NEIGH_VAR_MAX; i++) {
		if (t[i].data == &nd_tbl.gc_interval)
			t[i].data = &us6_nd_limits.gc_interval;
		else if (t[i].data == &nd_tbl.gc_thresh1)
			t[i].data = &us6_nd_limits.thresh1;
		else if (t[i].data == &nd_tbl.gc_thresh2)
			t[i].data = &us6_nd_limits.thresh2;
		else if (t[i].data == &nd_tbl.gc_thresh3)
			t[i].data = &us6_nd_limits.thresh3;
	}
}

/* After neigh_table_init(). */
int us6_params_init(void)
{
	int err = neigh_sysctl_register(NULL, &nd_tbl.parms, NULL);

	if (!err)
		point_at_limits(&nd_tbl.parms);
	return err;
}

void us6_params_exit(void)
{
	neigh_sysctl_unregister(&nd_tbl.parms);
}
