// SPDX-License-Identifier: GPL-2.0
/*
 * Neighbour Discovery of an interface: made, up, down, taken away.
 *
 * Teardown in us6_nd_dev_unlink() is under RTNL and waits for no reader: marked
 * dead, emptied, and a work item behind a grace period tears down the hash.  The
 * memory goes when both that work and the interface have put it.
 */
#include <linux/module.h>
#include <linux/random.h>
#include <net/ndisc.h>
#include <net/us6/us6.h>
#include "room.h"

struct workqueue_struct *us6_nd_wq __read_mostly;

/*
 * Both that put it come a grace period after the last reader could start: the
 * work behind us6_nd_dev_unlink(), the interface behind its own.
 */
static void nd_put(struct us6_nd_dev *nd)
{
	if (!refcount_dec_and_test(&nd->ref))
		return;
	/* As the kernel's own neigh_parms_put(), which is static there. */
	if (nd->parms && refcount_dec_and_test(&nd->parms->refcnt))
		kfree(nd->parms);
	kfree(nd);
}

static void nd_free_work(struct work_struct *work)
{
	struct us6_nd_dev *nd = container_of(to_rcu_work(work),
					     struct us6_nd_dev, free_work);

	us6_cache_destroy(nd);
	nd_put(nd);
}

int us6_nd_dev_create(struct us6_dev *udev)
{
	struct us6_nd_dev *nd = kzalloc(sizeof(*nd), GFP_KERNEL);
	int err;

	if (!nd)
		return -ENOMEM;
	nd->udev = udev;
	nd->dev = udev->idev.dev;
	refcount_set(&nd->ref, 1);
	nd->redirect_seed = get_random_u32();
	spin_lock_init(&nd->proxy_lock);
	INIT_HLIST_HEAD(&nd->proxies);
	INIT_RCU_WORK(&nd->free_work, nd_free_work);
	us6_routers_dev_init(nd);
	us6_na_dev_init(nd);
	us6_rs_dev_init(nd);
	us6_ra_dev_init(nd);
	err = us6_cache_create(nd);
	if (err)
		goto free;
	err = us6_params_create(nd);
	if (err)
		goto destroy;
	udev->nd = nd;
	return 0;

destroy:
	us6_cache_destroy(nd);
free:
	kfree(nd);
	return err;
}

/* Solicitations start when the link-local address is usable. */
void us6_nd_dev_up(struct us6_dev *udev)
{
}

void us6_nd_dev_down(struct us6_dev *udev)
{
	struct us6_nd_dev *nd = udev->nd;

	if (!nd)
		return;
	us6_rs_dev_stop(nd);
	us6_na_dev_stop(nd);
	us6_routers_flush(nd);
	us6_prefixes_flush(nd);
	us6_proxy_flush(nd);
	us6_cache_flush(nd, NULL);
	us6_face_dev_down(nd->dev);
}

static bool not_permanent(const struct us6_neigh *n)
{
	return READ_ONCE(n->state) != US6_NUD_PERMANENT;
}

void us6_nd_dev_carrier_lost(struct us6_dev *udev)
{
	struct net *net = us6_dev_net(udev);

	if (!udev->nd || !READ_ONCE(udev->idev.cnf.ndisc_evict_nocarrier) ||
	    !READ_ONCE(net->ipv6.devconf_all->ndisc_evict_nocarrier))
		return;
	us6_cache_flush(udev->nd, not_permanent);
}

/* Permanent entries keep their address and get a header with our new source. */
static void rebuild_headers(struct us6_nd_dev *nd)
{
	struct us6_neigh *n;
	u8 ha[MAX_ADDR_LEN];

	rcu_read_lock();
	list_for_each_entry_rcu(n, &nd->all, all) {
		spin_lock_bh(&n->lock);
		if (us6_nud_valid(n->state)) {
			us6_neigh_ha(n, ha);
			us6_neigh_set_ha_locked(n, ha);
		}
		spin_unlock_bh(&n->lock);
	}
	rcu_read_unlock();
}

void us6_nd_dev_lladdr_changed(struct us6_dev *udev)
{
	struct us6_nd_dev *nd = udev->nd;

	if (!nd)
		return;
	us6_cache_flush(nd, not_permanent);
	rebuild_headers(nd);
}

void us6_nd_dev_renamed(struct us6_dev *udev)
{
	if (udev->nd)
		us6_params_renamed(udev->nd);
}

/* RFC 4861 6.2.5: a router follows no router; a host asks anew. */
void us6_nd_dev_role_changed(struct us6_dev *udev)
{
	if (!udev->nd)
		return;
	if (!us6_ra_accepted(udev)) {
		us6_rs_dev_stop(udev->nd);
		us6_routers_flush(udev->nd);
	} else if (us6_dev_ready(udev)) {
		us6_nd_solicit_routers(udev);
	}
}

void us6_nd_dev_unlink(struct us6_dev *udev)
{
	struct us6_nd_dev *nd = udev->nd;

	if (!nd)
		return;
	us6_cache_unlink(nd);
	us6_rs_dev_stop(nd);
	us6_na_dev_stop(nd);
	us6_ra_dev_stop(nd);
	us6_routers_flush(nd);
	us6_prefixes_flush(nd);
	us6_proxy_flush(nd);
	us6_face_dev_down(nd->dev);
	us6_params_unlink(nd);
	udev->idev.nd_parms = NULL;
	refcount_inc(&nd->ref);
	queue_rcu_work(us6_nd_wq, &nd->free_work);
}

void us6_nd_dev_destroy(struct us6_dev *udev)
{
	if (udev->nd)
		nd_put(udev->nd);
}

int us6_nd_init(void)
{
	int err;

	us6_nd_wq = alloc_workqueue("us6_nd", WQ_UNBOUND, 0);
	if (!us6_nd_wq)
		return -ENOMEM;
	err = us6_cache_init();
	if (err)
		destroy_workqueue(us6_nd_wq);
	return err;
}

void us6_nd_exit(void)
{
	/* rcu_work: a grace period, then the work. */
	rcu_barrier();
	destroy_workqueue(us6_nd_wq);
	us6_cache_exit();
}
