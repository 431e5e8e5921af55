// SPDX-License-Identifier: GPL-2.0
/*
 * The neighbour cache of one interface: entries, limits, collection.
 *
 * An entry is in the hash and on nd->all from us6_neigh_make() until
 * us6_neigh_kill(), which unlinks it, marks it dead and puts the cache's
 * reference; readers get a grace period.  Being in the cache is one reference;
 * each holder has another.  An entry that somebody holds is not killed but
 * forgotten in place, so that a route's pointer stays good.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/mm.h>
#include <linux/random.h>
#include <net/us6/ctl.h>
#include <net/us6/drop.h>
#include "room.h"

static struct kmem_cache *neigh_slab __read_mostly;

struct us6_nd_limits us6_nd_limits __read_mostly;

#if !defined(CONFIG_LOCKDEP) && !defined(CONFIG_DEBUG_SPINLOCK)
static_assert(sizeof(struct us6_neigh) <= 256);
static_assert(offsetof(struct us6_neigh, confirmed) == 64);
#endif

/*
 * One multiplication of 64 by 64 bits, folded; both halves are mixed with the
 * table's secret, so that nobody outside can choose addresses of one bucket.
 */
static u32 neigh_hash(const void *data, u32 len, u32 seed)
{
	const u64 *a = data;
	u64 k = (seed | 1) * 0x9e3779b97f4a7c15ull;
	u64 x = a[0] ^ k, y = a[1] ^ ((k << 32) | (k >> 32));
	__uint128_t m = (__uint128_t)(x | 1) * (y | 1) + x + y;
	u64 f = (u64)m ^ (u64)(m >> 64);

	return f ^ f >> 32;
}

static int neigh_cmp(struct rhashtable_compare_arg *arg, const void *obj)
{
	const struct us6_neigh *n = obj;

	return !ipv6_addr_equal(&n->addr, arg->key);
}

static const struct rhashtable_params neigh_params = {
	.head_offset		= offsetof(struct us6_neigh, node),
	.key_offset		= offsetof(struct us6_neigh, addr),
	.key_len		= sizeof(struct in6_addr),
	.hashfn			= neigh_hash,
	.obj_cmpfn		= neigh_cmp,
	.automatic_shrinking	= true,
};

struct us6_neigh *us6_neigh_get_rcu(struct us6_dev *udev,
				    const struct in6_addr *addr)
{
	struct us6_nd_dev *nd = udev->nd;

	/* The hash is torn down a grace period after this was set. */
	if (!nd || unlikely(READ_ONCE(nd->dead)))
		return NULL;
	return rhashtable_lookup(&nd->hash, addr, neigh_params);
}

static void neigh_free_rcu(struct rcu_head *rcu)
{
	kmem_cache_free(neigh_slab, container_of(rcu, struct us6_neigh, rcu));
}

void us6_neigh_put(struct us6_neigh *n)
{
	if (n && refcount_dec_and_test(&n->ref))
		call_rcu(&n->rcu, neigh_free_rcu);
}

/* ---- timers ------------------------------------------------------------- */

static void timer_rearm_locked(struct us6_nd_dev *nd)
{
	struct rb_node *first = rb_first_cached(&nd->timers);

	lockdep_assert_held(&nd->lock);
	if (first && !nd->dead) {
		unsigned long expires;

		expires = rb_entry(first, struct us6_neigh, timer)->expires;
		if (!timer_pending(&nd->timer) ||
		    time_before(expires, nd->timer.expires))
			mod_timer(&nd->timer, expires);
	}
}

static bool timer_less(struct rb_node *a, const struct rb_node *b)
{
	return time_before(rb_entry(a, struct us6_neigh, timer)->expires,
			   rb_entry(b, struct us6_neigh, timer)->expires);
}

static void timer_erase_locked(struct us6_nd_dev *nd, struct us6_neigh *n)
{
	if (RB_EMPTY_NODE(&n->timer))
		return;
	rb_erase_cached(&n->timer, &nd->timers);
	RB_CLEAR_NODE(&n->timer);
}

void us6_cache_timer_locked(struct us6_neigh *n, bool on, unsigned long expires)
{
	struct us6_nd_dev *nd = n->nd;

	lockdep_assert_held(&n->lock);
	/* Nobody but a holder of n->lock and the timer moves it. */
	if (!on && RB_EMPTY_NODE(&n->timer))
		return;
	spin_lock(&nd->lock);
	timer_erase_locked(nd, n);
	if (on) {
		n->expires = expires;
		rb_add_cached(&n->timer, &nd->timers, timer_less);
		timer_rearm_locked(nd);
	}
	spin_unlock(&nd->lock);
}

/* At most so many entries a run: the rest waits a tick, softirqs breathe. */
#define TIMER_BATCH	64

static void cache_timer(struct timer_list *timer)
{
	struct us6_nd_dev *nd = container_of(timer, struct us6_nd_dev, timer);
	struct us6_neigh *due[TIMER_BATCH];
	struct rb_node *first;
	int i, num = 0;

	spin_lock(&nd->lock);
	while (num < TIMER_BATCH && (first = rb_first_cached(&nd->timers))) {
		struct us6_neigh *n = rb_entry(first, struct us6_neigh, timer);

		if (time_before(jiffies, n->expires))
			break;
		timer_erase_locked(nd, n);
		/* In the tree means alive, so the cache's reference stands. */
		refcount_inc(&n->ref);
		due[num++] = n;
	}
	if (num == TIMER_BATCH && !nd->dead)
		mod_timer(&nd->timer, jiffies + 1);
	else
		timer_rearm_locked(nd);
	spin_unlock(&nd->lock);

	rcu_read_lock();
	for (i = 0; i < num; i++) {
		us6_neigh_timeout(due[i]);
		us6_neigh_put(due[i]);
	}
	rcu_read_unlock();
}

/* ---- the unresolved, by age --------------------------------------------- */

static unsigned int unresolved_max(void)
{
	unsigned int max = READ_ONCE(us6_nd_limits.thresh3) / 4;

	return clamp(max, 16U, (unsigned int)US6_ND_UNRESOLVED_MAX);
}

static void unresolved_del_locked(struct us6_nd_dev *nd, struct us6_neigh *n)
{
	if (!n->in_lru)
		return;
	list_del(&n->lru);
	n->in_lru = 0;
	nd->n_unresolved--;
}

/* The oldest that nobody holds; a gateway that is being resolved stays. */
static struct us6_neigh *unresolved_victim_locked(struct us6_nd_dev *nd)
{
	struct us6_neigh *n;
	int tries = 16;

	list_for_each_entry(n, &nd->unresolved, lru) {
		if (refcount_read(&n->ref) == 1) {
			refcount_inc(&n->ref);
			return n;
		}
		if (!--tries)
			break;
	}
	return NULL;
}

struct us6_neigh *us6_cache_unresolved_locked(struct us6_neigh *n, bool yes)
{
	struct us6_neigh *victim = NULL;
	struct us6_nd_dev *nd = n->nd;

	lockdep_assert_held(&n->lock);
	if (yes == n->in_lru)
		return NULL;
	spin_lock(&nd->lock);
	if (yes) {
		if (nd->n_unresolved >= unresolved_max())
			victim = unresolved_victim_locked(nd);
		list_add_tail(&n->lru, &nd->unresolved);
		n->in_lru = 1;
		nd->n_unresolved++;
	} else {
		unresolved_del_locked(nd, n);
	}
	spin_unlock(&nd->lock);
	return victim;
}

/* ---- in and out ---------------------------------------------------------- */

/* Gone cold: nobody holds it, nothing was sent for @age. */
static bool cold(const struct us6_neigh *n, unsigned long age)
{
	u8 state = READ_ONCE(n->state);
	unsigned long used = READ_ONCE(n->used), confirmed = used;

	if (state == US6_NUD_PERMANENT || refcount_read(&n->ref) > 1 ||
	    READ_ONCE(n->flags) & NTF_EXT_LEARNED || READ_ONCE(n->ext_flags))
		return false;
	if (state == US6_NUD_INCOMPLETE || state == US6_NUD_DELAY ||
	    state == US6_NUD_PROBE || us6_neigh_state(n) == US6_NUD_REACHABLE)
		return false;
	us6_face_read(n, &confirmed, &used);
	return time_after(jiffies, used + age);
}

static unsigned long collect_interval(const struct us6_nd_dev *nd)
{
	if (READ_ONCE(nd->count) > READ_ONCE(us6_nd_limits.thresh2))
		return HZ;
	return max(READ_ONCE(us6_nd_limits.gc_interval), HZ);
}

/* At the limit: some old entry that isn't in use makes room. */
static struct us6_neigh *full_victim_locked(struct us6_nd_dev *nd)
{
	struct us6_neigh *n;
	int tries = 64;

	list_for_each_entry(n, &nd->all, all) {
		if (cold(n, 5 * HZ)) {
			refcount_inc(&n->ref);
			return n;
		}
		if (!--tries)
			break;
	}
	return NULL;
}

static struct us6_neigh *neigh_alloc(struct us6_nd_dev *nd,
				     const struct in6_addr *addr)
{
	struct us6_neigh *n = kmem_cache_zalloc(neigh_slab, GFP_ATOMIC);
	const struct net_device *dev = nd->dev;

	if (!n)
		return NULL;
	n->addr = *addr;
	n->nd = nd;
	n->dev = nd->dev;
	n->prebuilt = dev->header_ops && dev->header_ops->create == eth_header;
	seqcount_init(&n->ha_seq);
	spin_lock_init(&n->lock);
	RB_CLEAR_NODE(&n->timer);
	n->updated = n->used = n->confirmed = jiffies;
	/* One reference for the cache, one for the caller. */
	refcount_set(&n->ref, 2);
	return n;
}

static int neigh_insert(struct us6_nd_dev *nd, struct us6_neigh *n,
			struct us6_neigh **victim)
{
	int err = -ENODEV;

	spin_lock_bh(&nd->lock);
	if (nd->dead)
		goto out;
	if (nd->count >= READ_ONCE(us6_nd_limits.thresh3)) {
		*victim = full_victim_locked(nd);
		err = -ENOBUFS;
		if (!*victim)
			goto out;
	}
	err = rhashtable_insert_fast(&nd->hash, &n->node, neigh_params);
	if (err)
		goto out;
	n->id = ++nd->next_id;
	list_add_tail_rcu(&n->all, &nd->all);
	WRITE_ONCE(nd->count, nd->count + 1);
	if (nd->count == 1)
		queue_delayed_work(us6_nd_wq, &nd->gc, collect_interval(nd));
out:
	spin_unlock_bh(&nd->lock);
	return err;
}

static void neigh_init_direct(struct us6_neigh *n)
{
	u8 ha[MAX_ADDR_LEN];

	if (!us6_nd_direct(n->dev, ha))
		return;
	spin_lock_bh(&n->lock);
	us6_neigh_set_ha_locked(n, ha);
	WRITE_ONCE(n->state, US6_NUD_NOARP);
	spin_unlock_bh(&n->lock);
}

struct us6_neigh *us6_neigh_make(struct us6_dev *udev,
				 const struct in6_addr *addr)
{
	struct us6_neigh *n, *victim = NULL;
	struct us6_nd_dev *nd = udev->nd;
	int err;

again:
	n = us6_neigh_get_rcu(udev, addr);
	if (n && refcount_inc_not_zero(&n->ref))
		return n;
	if (!nd || READ_ONCE(nd->dead))
		return ERR_PTR(-ENODEV);

	n = neigh_alloc(nd, addr);
	if (!n)
		return ERR_PTR(-ENOMEM);
	neigh_init_direct(n);
	err = neigh_insert(nd, n, &victim);
	if (victim) {
		us6_neigh_kill(victim);
		us6_neigh_put(victim);
		victim = NULL;
	}
	if (!err)
		return n;
	kmem_cache_free(neigh_slab, n);
	if (err == -EEXIST)
		goto again;
	return ERR_PTR(err == -E2BIG || err == -EBUSY ? -ENOBUFS : err);
}

/* n->lock held; the caller puts the cache's reference. */
static void neigh_unlink_locked(struct us6_neigh *n)
{
	struct us6_nd_dev *nd = n->nd;

	spin_lock(&nd->lock);
	timer_erase_locked(nd, n);
	unresolved_del_locked(nd, n);
	list_del_rcu(&n->all);
	WRITE_ONCE(nd->count, nd->count - 1);
	rhashtable_remove_fast(&nd->hash, &n->node, neigh_params);
	spin_unlock(&nd->lock);
}

static void neigh_clear_locked(struct us6_neigh *n)
{
	WRITE_ONCE(n->state, US6_NUD_NONE);
	WRITE_ONCE(n->is_router, 0);
	WRITE_ONCE(n->flags, 0);
	n->ext_flags = 0;
	n->protocol = 0;
	n->probes = 0;
	n->updated = jiffies;
}

static void neigh_remove(struct us6_neigh *n, bool keep_held)
{
	struct sk_buff *list;
	bool shown, kill;

	spin_lock_bh(&n->lock);
	if (n->dead) {
		spin_unlock_bh(&n->lock);
		return;
	}
	shown = n->state != US6_NUD_NONE;
	/* The caller's walk is under RCU: one reference is the cache's. */
	kill = !keep_held || refcount_read(&n->ref) == 1;
	neigh_clear_locked(n);
	list = us6_neigh_queue_take_locked(n);
	if (kill) {
		WRITE_ONCE(n->dead, 1);
		neigh_unlink_locked(n);
	} else {
		us6_cache_timer_locked(n, false, 0);
		us6_cache_unresolved_locked(n, false);
	}
	spin_unlock_bh(&n->lock);

	us6_neigh_queue_drop(n, list, US6_DROP_NEIGH_QUEUE_FULL);
	if (shown)
		us6_notify_neigh(RTM_DELNEIGH, n, 0);
	us6_face_update(n);
	if (kill)
		us6_neigh_put(n);
}

void us6_neigh_kill(struct us6_neigh *n)
{
	neigh_remove(n, false);
}

void us6_neigh_forget(struct us6_neigh *n)
{
	neigh_remove(n, true);
}

void us6_cache_flush(struct us6_nd_dev *nd,
		     bool (*match)(const struct us6_neigh *n))
{
	struct us6_neigh *n;

	rcu_read_lock();
	list_for_each_entry_rcu(n, &nd->all, all)
		if (!match || match(n))
			us6_neigh_forget(n);
	rcu_read_unlock();
}

/* ---- collection ----------------------------------------------------------- */

/*
 * What isn't used goes after gc_stale_time, and above thresh2 after five
 * seconds; below thresh1 it may stay.
 */
static void cache_collect(struct work_struct *work)
{
	struct us6_nd_dev *nd = container_of(to_delayed_work(work),
					     struct us6_nd_dev, gc);
	unsigned int count = READ_ONCE(nd->count);
	struct us6_neigh *n;
	unsigned long age;

	age = NEIGH_VAR(nd->parms, GC_STALETIME);
	if (count > READ_ONCE(us6_nd_limits.thresh2))
		age = min(age, 5UL * HZ);
	rcu_read_lock();
	if (count > READ_ONCE(us6_nd_limits.thresh1)) {
		list_for_each_entry_rcu(n, &nd->all, all)
			if (cold(n, age))
				us6_neigh_kill(n);
	}
	if (!READ_ONCE(nd->dead))
		us6_routers_probe(nd);
	rcu_read_unlock();

	spin_lock_bh(&nd->lock);
	if (nd->count && !nd->dead)
		queue_delayed_work(us6_nd_wq, &nd->gc, collect_interval(nd));
	spin_unlock_bh(&nd->lock);
}

/* ---- life ------------------------------------------------------------------ */

int us6_cache_create(struct us6_nd_dev *nd)
{
	spin_lock_init(&nd->lock);
	nd->timers = RB_ROOT_CACHED;
	timer_setup(&nd->timer, cache_timer, 0);
	INIT_LIST_HEAD(&nd->all);
	INIT_LIST_HEAD(&nd->unresolved);
	INIT_DELAYED_WORK(&nd->gc, cache_collect);
	return rhashtable_init(&nd->hash, &neigh_params);
}

void us6_cache_unlink(struct us6_nd_dev *nd)
{
	struct us6_neigh *n;

	spin_lock_bh(&nd->lock);
	WRITE_ONCE(nd->dead, 1);
	spin_unlock_bh(&nd->lock);
	del_timer_sync(&nd->timer);
	cancel_delayed_work_sync(&nd->gc);

	rcu_read_lock();
	list_for_each_entry_rcu(n, &nd->all, all)
		us6_neigh_kill(n);
	rcu_read_unlock();
}

void us6_cache_destroy(struct us6_nd_dev *nd)
{
	WARN_ON(nd->count);
	rhashtable_destroy(&nd->hash);
}

int us6_cache_init(void)
{
	/* A 64th of the memory's pages: 256 octets each, so 1/1024 of it. */
	unsigned long max = clamp(totalram_pages() / 64, 16384UL, 1UL << 20);

	us6_nd_limits.gc_interval = 30 * HZ;
	us6_nd_limits.thresh1 = 128;
	us6_nd_limits.thresh2 = max / 2;
	us6_nd_limits.thresh3 = max;
	neigh_slab = kmem_cache_create("us6_neigh", sizeof(struct us6_neigh), 0,
				       SLAB_HWCACHE_ALIGN, NULL);
	return neigh_slab ? 0 : -ENOMEM;
}

void us6_cache_exit(void)
{
	/* Not kfree_rcu(): rcu_barrier() doesn't wait for its batches. */
	rcu_barrier();
	kmem_cache_destroy(neigh_slab);
}
