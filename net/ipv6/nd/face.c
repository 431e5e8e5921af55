// SPDX-License-Identifier: GPL-2.0
/*
 * The face: the kernel's nd_tbl, for those who read it inline and whom nothing
 * can redirect (VRF, IPv4 by IPv6 next hops, bpf_fib_lookup, bridge and VXLAN
 * suppression, flow tables, offloading drivers).
 *
 * A face carries a copy of our entry's address and an output that enters our
 * cache.  It is NUD_NOARP while our entry is valid and NUD_INCOMPLETE without a
 * timer while it isn't, and so never runs the core's NUD.  It is found by
 * look-up when our entry changes; our entry only remembers that there may be
 * one.  The table's own limits are out of the way: its collector would throw
 * NOARP entries out first, inside their creator's call.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/jump_label.h>
#include <linux/llist.h>
#include <linux/module.h>
#include <net/ndisc.h>
#include <net/netevent.h>
#include <net/vxlan.h>
#include <net/us6/us6.h>
#include "room.h"

#define SWEEP_INTERVAL	(60 * HZ)

static struct neigh_table pristine;	/* as the kernel was linked */
static bool leaving;			/* W: no face may be made */
/* Somebody only looks up and never creates: keep a face for every valid entry. */
static DEFINE_STATIC_KEY_FALSE(face_eager);

/* ---- state ------------------------------------------------------------------- */

static void face_write_ha(struct neighbour *f, const u8 *ha)
{
	const struct net_device *dev = f->dev;

	if (!memcmp(f->ha, ha, dev->addr_len))
		return;
	write_seqlock(&f->ha_lock);
	memcpy(f->ha, ha, dev->addr_len);
	write_sequnlock(&f->ha_lock);
	/* VRF and others may have built a header cache on their own. */
	if (READ_ONCE(f->hh.hh_len) && dev->header_ops &&
	    dev->header_ops->cache_update) {
		write_seqlock_bh(&f->hh.hh_lock);
		dev->header_ops->cache_update(&f->hh, dev, ha);
		write_sequnlock_bh(&f->hh.hh_lock);
	}
}

/* Returns true if others can see a change. */
static bool face_set(struct neighbour *f, bool valid, const u8 *ha, bool router)
{
	bool changed;

	write_lock_bh(&f->lock);
	if (f->dead) {
		write_unlock_bh(&f->lock);
		return false;
	}
	changed = valid != !!(f->nud_state & NUD_VALID) ||
		  (valid && memcmp(f->ha, ha, f->dev->addr_len));
	if (valid) {
		face_write_ha(f, ha);
		/* Last, so that nobody reads an old address as valid. */
		smp_store_release(&f->nud_state, NUD_NOARP);
	} else {
		WRITE_ONCE(f->nud_state, NUD_INCOMPLETE);
	}
	f->flags = router ? f->flags | NTF_ROUTER : f->flags & ~NTF_ROUTER;
	if (changed)
		WRITE_ONCE(f->updated, jiffies);
	write_unlock_bh(&f->lock);
	return changed;
}

static void face_create(const struct us6_neigh *n)
{
	struct neighbour *f = neigh_create(&nd_tbl, &n->addr, n->dev);

	if (!IS_ERR(f))
		neigh_release(f);
}

void us6_face_update(struct us6_neigh *n)
{
	bool valid = us6_nud_valid(READ_ONCE(n->state));
	bool eager = static_branch_unlikely(&face_eager);
	struct neighbour *f;
	u8 ha[MAX_ADDR_LEN];

	if (!READ_ONCE(n->has_face) && !(eager && valid))
		return;
	rcu_read_lock_bh();
	f = __neigh_lookup_noref(&nd_tbl, &n->addr, n->dev);
	if (f && refcount_inc_not_zero(&f->refcnt)) {
		us6_neigh_ha(n, ha);
		if (face_set(f, valid, ha, READ_ONCE(n->is_router)))
			call_netevent_notifiers(NETEVENT_NEIGH_UPDATE, f);
		neigh_release(f);
	} else if (eager && valid && !READ_ONCE(leaving)) {
		face_create(n);
	}
	rcu_read_unlock_bh();
}

void us6_face_read(const struct us6_neigh *n, unsigned long *confirmed,
		   unsigned long *used)
{
	const struct neighbour *f;

	if (!READ_ONCE(n->has_face))
		return;
	rcu_read_lock_bh();
	f = __neigh_lookup_noref(&nd_tbl, &n->addr, n->dev);
	if (f) {
		if (time_after(READ_ONCE(f->confirmed), *confirmed))
			*confirmed = READ_ONCE(f->confirmed);
		if (time_after(READ_ONCE(f->used), *used))
			*used = READ_ONCE(f->used);
	}
	rcu_read_unlock_bh();
}

/* ---- made when other code asks -------------------------------------------------- */

/*
 * Our entry may change after the constructor read it and before the core has
 * inserted the face, where us6_face_update() can't find it: look once more.
 */
struct face_recheck {
	struct llist_node	node;
	struct in6_addr		addr;
	struct net		*net;
	netns_tracker		net_tracker;
	int			ifindex;
};

static LLIST_HEAD(rechecks);

static void face_recheck_work(struct work_struct *work);
static DECLARE_DELAYED_WORK(recheck_work, face_recheck_work);

static void face_recheck_one(const struct face_recheck *r)
{
	struct net_device *dev = dev_get_by_index_rcu(r->net, r->ifindex);
	struct us6_dev *udev = dev ? us6_dev_rcu(dev) : NULL;
	struct us6_neigh *n = udev ? us6_neigh_get_rcu(udev, &r->addr) : NULL;
	struct neighbour *f;

	if (n) {
		us6_face_update(n);
		return;
	}
	if (!dev || us6_nd_direct(dev, (u8[MAX_ADDR_LEN]){}))
		return;
	rcu_read_lock_bh();
	f = __neigh_lookup_noref(&nd_tbl, &r->addr, dev);
	if (f)
		face_set(f, false, NULL, false);
	rcu_read_unlock_bh();
}

static void face_recheck_work(struct work_struct *work)
{
	struct llist_node *list = llist_del_all(&rechecks);
	struct face_recheck *r, *next;

	llist_for_each_entry_safe(r, next, list, node) {
		rcu_read_lock();
		face_recheck_one(r);
		rcu_read_unlock();
		put_net_track(r->net, &r->net_tracker);
		kfree(r);
	}
}

static void face_recheck_later(const struct neighbour *f)
{
	struct face_recheck *r = kmalloc(sizeof(*r), GFP_ATOMIC);
	struct net *net = dev_net(f->dev);

	if (!r)
		return;
	if (!maybe_get_net(net)) {
		kfree(r);
		return;
	}
	netns_tracker_alloc(net, &r->net_tracker, GFP_ATOMIC);
	r->net = net;
	r->ifindex = f->dev->ifindex;
	memcpy(&r->addr, f->primary_key, sizeof(r->addr));
	llist_add(&r->node, &rechecks);
	queue_delayed_work(us6_nd_wq, &recheck_work, 1);
}

/* What our cache knows, and a resolution if that is nothing. */
static int face_from_cache(struct neighbour *f, struct us6_dev *udev)
{
	struct us6_nud_event ev = { .type = US6_NUD_EV_PROBE };
	const struct in6_addr *addr = (struct in6_addr *)f->primary_key;
	struct us6_neigh *n = us6_neigh_make(udev, addr);

	if (IS_ERR(n))
		return PTR_ERR(n);
	WRITE_ONCE(n->has_face, 1);
	if (us6_nud_valid(READ_ONCE(n->state))) {
		us6_neigh_ha(n, f->ha);
		f->nud_state = NUD_NOARP;
		if (READ_ONCE(n->is_router))
			f->flags |= NTF_ROUTER;
	} else {
		us6_neigh_event(n, &ev, NULL, NULL);
	}
	us6_neigh_put(n);
	face_recheck_later(f);
	return 0;
}

static int face_output(struct neighbour *f, struct sk_buff *skb)
{
	const struct in6_addr *addr = (struct in6_addr *)f->primary_key;
	struct us6_dev *udev;
	struct us6_neigh *n;
	int ret;

	skb->dev = f->dev;
	__skb_pull(skb, skb_network_offset(skb));
	if (READ_ONCE(f->used) != jiffies)
		WRITE_ONCE(f->used, jiffies);
	rcu_read_lock();
	if (!(READ_ONCE(f->nud_state) & NUD_VALID)) {
		/* It may wait with us: whose control block it has, nobody says. */
		if (skb->protocol == htons(ETH_P_IPV6))
			memset(IP6CB(skb), 0, sizeof(*IP6CB(skb)));
		udev = us6_dev_rcu(f->dev);
		n = udev ? us6_neigh_get_rcu(udev, addr) : NULL;
		if (n)
			us6_face_update(n);
	}
	ret = us6_nd_output(skb, addr);
	rcu_read_unlock();
	return ret;
}

/* The core never solicits for a face; a driver that calls it gets what we have. */
static void face_solicit(struct neighbour *f, struct sk_buff *skb)
{
	us6_face_event_send(f);
}

static void face_error_report(struct neighbour *f, struct sk_buff *skb)
{
	dst_link_failure(skb);
	kfree_skb_reason(skb, SKB_DROP_REASON_NEIGH_FAILED);
}

static const struct neigh_ops face_ops = {
	.family			= AF_INET6,
	.solicit		= face_solicit,
	.error_report		= face_error_report,
	.output			= face_output,
	.connected_output	= face_output,
};

int us6_face_event_send(struct neighbour *f)
{
	struct us6_nud_event ev = { .type = US6_NUD_EV_PROBE };
	const struct in6_addr *addr = (struct in6_addr *)f->primary_key;
	struct us6_dev *udev;
	struct us6_neigh *n;

	rcu_read_lock();
	udev = us6_dev_rcu(f->dev);
	n = udev ? us6_neigh_make(udev, addr) : ERR_PTR(-ENODEV);
	if (!IS_ERR(n)) {
		WRITE_ONCE(n->has_face, 1);
		us6_neigh_event(n, &ev, NULL, NULL);
		us6_face_update(n);
		us6_neigh_put(n);
	}
	rcu_read_unlock();
	return !(READ_ONCE(f->nud_state) & NUD_VALID);
}

static int face_constructor(struct neighbour *f)
{
	const struct in6_addr *addr = (struct in6_addr *)f->primary_key;
	struct net_device *dev = f->dev;
	struct us6_dev *udev;
	int err = 0;

	if (READ_ONCE(leaving))
		return -ENODEV;
	if (atomic_read(&nd_tbl.entries) >= READ_ONCE(us6_nd_limits.thresh3))
		return -ENOBUFS;
	f->ops = &face_ops;
	f->output = face_output;
	f->nud_state = NUD_INCOMPLETE;
	f->type = ipv6_addr_is_multicast(addr) ? RTN_MULTICAST : RTN_UNICAST;

	rcu_read_lock();
	udev = us6_dev_rcu(dev);
	if (udev && udev->nd && !READ_ONCE(udev->nd->dead)) {
		/* A device without IPv6 of ours keeps the table's own. */
		__neigh_parms_put(f->parms);
		f->parms = neigh_parms_clone(udev->nd->parms);
	}
	if (f->type == RTN_MULTICAST) {
		if (us6_nd_mc_map(dev, addr, f->ha))
			f->nud_state = NUD_NOARP;
	} else if (us6_nd_direct(dev, f->ha)) {
		f->nud_state = NUD_NOARP;
		if (dev->flags & IFF_LOOPBACK)
			f->type = RTN_LOCAL;
	} else if (udev) {
		err = face_from_cache(f, udev);
	}
	rcu_read_unlock();
	return err;
}

/* ---- taken away -------------------------------------------------------------------- */

static int face_is_cold(struct neighbour *f)
{
	unsigned long age = max(NEIGH_VAR(f->parms, GC_STALETIME), HZ);
	unsigned long last = READ_ONCE(f->used);

	if (time_after(READ_ONCE(f->updated), last))
		last = READ_ONCE(f->updated);
	if (refcount_read(&f->refcnt) > 1 || time_before(jiffies, last + age))
		return 0;
	/* Those who only look write nothing: what is valid stays for them. */
	return !(static_branch_unlikely(&face_eager) &&
		 f->nud_state & NUD_VALID);
}

/* RTM_SETNEIGHTBL writes them; the core's collector must never run on faces. */
static void face_no_core_gc(void)
{
	WRITE_ONCE(nd_tbl.gc_thresh1, INT_MAX);
	WRITE_ONCE(nd_tbl.gc_thresh2, INT_MAX);
	WRITE_ONCE(nd_tbl.gc_thresh3, INT_MAX);
}

static void face_sweep(struct work_struct *work);
static DECLARE_DELAYED_WORK(sweep_work, face_sweep);

static void face_sweep(struct work_struct *work)
{
	face_no_core_gc();
	if (atomic_read(&nd_tbl.entries)) {
		write_lock_bh(&nd_tbl.lock);
		__neigh_for_each_release(&nd_tbl, face_is_cold);
		write_unlock_bh(&nd_tbl.lock);
	}
	if (!READ_ONCE(leaving))
		queue_delayed_work(us6_nd_wq, &sweep_work, SWEEP_INTERVAL);
}

void us6_face_dev_down(struct net_device *dev)
{
	neigh_ifdown(&nd_tbl, dev);
}

/* Devices whose code looks neighbours up and never makes them. */
static bool face_dev_looks(const struct net_device *dev)
{
	return netif_is_vxlan(dev) || netif_is_bridge_master(dev) ||
	       dev->type == ARPHRD_6LOWPAN;
}

/* The key was turned on: faces for all that is valid by now. */
static void face_catch_up(struct work_struct *work)
{
	struct net_device *dev;
	struct us6_dev *udev;
	struct us6_neigh *n;
	struct net *net;

	down_read(&net_rwsem);
	rcu_read_lock();
	for_each_net(net)
		for_each_netdev_rcu(net, dev) {
			udev = us6_dev_rcu(dev);
			if (!udev || !udev->nd)
				continue;
			list_for_each_entry_rcu(n, &udev->nd->all, all)
				us6_face_update(n);
		}
	rcu_read_unlock();
	up_read(&net_rwsem);
}

static DECLARE_WORK(catch_up_work, face_catch_up);

static int face_netdev_event(struct notifier_block *nb, unsigned long event,
			     void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);

	switch (event) {
	case NETDEV_REGISTER:
		/* Stays on until unload: who looked once may look again. */
		if (face_dev_looks(dev) && !static_key_enabled(&face_eager)) {
			static_branch_enable(&face_eager);
			queue_work(us6_nd_wq, &catch_up_work);
		}
		break;
	case NETDEV_CHANGEADDR:
		neigh_changeaddr(&nd_tbl, dev);
		break;
	case NETDEV_DOWN:
	case NETDEV_UNREGISTER:
		/* A face holds its device, with or without IPv6 of ours. */
		neigh_ifdown(&nd_tbl, dev);
		break;
	}
	return NOTIFY_DONE;
}

static struct notifier_block face_nb = {
	.notifier_call = face_netdev_event,
};

/* ---- the table ------------------------------------------------------------------------ */

static int face_no_proxy(struct pneigh_entry *p)
{
	return -EOPNOTSUPP;
}

static int face_is_multicast(const void *key)
{
	return ipv6_addr_is_multicast(key);
}

/* Netlink speaks of our cache; what arrives here all the same is refused. */
static bool face_no_add(const struct net_device *dev,
			struct netlink_ext_ack *extack)
{
	NL_SET_ERR_MSG(extack, "IPv6 neighbours are set by AF_INET6 requests");
	return false;
}

int us6_face_init(void)
{
	int err;

	if (rcu_access_pointer(nd_tbl.nht)) {
		pr_err("the neighbour table of the stock IPv6 is in use\n");
		return -EBUSY;
	}
	memcpy(&pristine, &nd_tbl, sizeof(pristine));
	WRITE_ONCE(leaving, false);
	nd_tbl.constructor = face_constructor;
	nd_tbl.pconstructor = face_no_proxy;
	nd_tbl.pdestructor = NULL;
	nd_tbl.proxy_redo = NULL;
	nd_tbl.is_multicast = face_is_multicast;
	nd_tbl.allow_add = face_no_add;
	neigh_table_init(NEIGH_ND_TABLE, &nd_tbl);
	face_no_core_gc();

	err = us6_params_init();
	if (err)
		goto clear;
	err = register_netdevice_notifier(&face_nb);
	if (err)
		goto params;
	queue_delayed_work(us6_nd_wq, &sweep_work, SWEEP_INTERVAL);
	return 0;

params:
	us6_params_exit();
clear:
	neigh_table_clear(NEIGH_ND_TABLE, &nd_tbl);
	rcu_barrier();
	memcpy(&nd_tbl, &pristine, sizeof(pristine));
	return err;
}

static void face_say_holder(void)
{
	struct neigh_hash_table *nht;
	struct neighbour *f;
	int i;

	/* Flushed ones are out of the hash: what is left of it, if anything. */
	rcu_read_lock_bh();
	nht = rcu_dereference_bh(nd_tbl.nht);
	for (i = 0; i < 1 << nht->hash_shift; i++)
		for (f = rcu_dereference_bh(nht->hash_buckets[i]); f;
		     f = rcu_dereference_bh(f->next))
			pr_warn("neighbour %pI6c on %s is held %u times\n",
				f->primary_key, f->dev->name,
				refcount_read(&f->refcnt));
	rcu_read_unlock_bh();
	pr_warn("waiting for %d neighbours that other modules hold (offloading drivers, RDMA, tunnels)\n",
		atomic_read(&nd_tbl.entries));
}

void us6_face_exit(void)
{
	int ticks = 0;

	WRITE_ONCE(leaving, true);
	/* A constructor that has not seen it is in an RCU read section. */
	synchronize_net();
	unregister_netdevice_notifier(&face_nb);
	cancel_delayed_work_sync(&sweep_work);
	cancel_work_sync(&catch_up_work);
	flush_delayed_work(&recheck_work);
	neigh_ifdown(&nd_tbl, NULL);
	/* A face in another's hands has our output: wait until it is put. */
	while (atomic_read(&nd_tbl.entries)) {
		msleep(20);
		if (++ticks % 500 == 0)
			face_say_holder();
	}
	if (static_key_enabled(&face_eager))
		static_branch_disable(&face_eager);
	us6_params_exit();
	neigh_table_clear(NEIGH_ND_TABLE, &nd_tbl);
	rcu_barrier();
	memcpy(&nd_tbl, &pristine, sizeof(pristine));
}
