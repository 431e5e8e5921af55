// SPDX-License-Identifier: GPL-2.0
/*
 * What happens to addresses by the clock.
 *
 * The addresses of an interface stand in a tree by the time of their next event,
 * be it the end of a lifetime or a step of Duplicate Address Detection, and one
 * delayed work an interface is due at the first.  Thousands of addresses cost a
 * tree insertion each, and nothing while nothing is due.
 */
#include <linux/module.h>
#include <linux/rtnetlink.h>
#include <linux/workqueue.h>
#include <net/us6/addr.h>
#include <net/us6/ctl.h>
#include "internal.h"
#include "lft.h"

static struct workqueue_struct *us6_addr_wq;

static void us6_addr_dev_work(struct work_struct *work);

int us6_lifetimes_init(void)
{
	us6_addr_wq = alloc_workqueue("us6_addr", 0, 0);
	return us6_addr_wq ? 0 : -ENOMEM;
}

/* Each interface was stopped before: what runs still ends by itself. */
void us6_lifetimes_exit(void)
{
	destroy_workqueue(us6_addr_wq);
}

void us6_lifetimes_dev_init(struct us6_addr_dev *ad)
{
	spin_lock_init(&ad->lock);
	ad->timers = RB_ROOT_CACHED;
	INIT_LIST_HEAD(&ad->pios);
	INIT_DELAYED_WORK(&ad->work, us6_addr_dev_work);
}

static void us6_addr_queue(struct us6_addr_dev *ad, unsigned long due)
{
	unsigned long now = jiffies;
	unsigned long delay = time_after(due, now) ? due - now : 0;

	/* A queued work holds the interface: once, however often it is moved. */
	us6_dev_hold(ad->udev);
	if (mod_delayed_work(us6_addr_wq, &ad->work, delay))
		us6_dev_put(ad->udev);
}

void us6_addr_kick(struct us6_addr_dev *ad)
{
	us6_addr_queue(ad, jiffies);
}

void us6_lifetimes_dev_stop(struct us6_addr_dev *ad)
{
	ASSERT_RTNL();
	us6_slaac_drop(ad);
	/* One that runs waits for RTNL and finds nothing to do. */
	if (cancel_delayed_work(&ad->work))
		us6_dev_put(ad->udev);
}

/* When does something happen next?  False: never. */
static bool us6_addr_next_due(const struct us6_addr *a, unsigned long *due)
{
	const struct inet6_ifaddr *ifa = &a->ifa;
	u64 age = us6_addr_age(a);
	bool some = false;
	u32 secs;

	lockdep_assert_held(&ifa->lock);
	if (ifa->state == INET6_IFADDR_STATE_DEAD)
		return false;
	secs = us6_lft_next(ifa->valid_lft, ifa->prefered_lft,
			    ifa->flags & IFA_F_DEPRECATED, age);
	if (secs != US6_LFT_INFINITE) {
		*due = ifa->tstamp + (unsigned long)(age + secs) * HZ;
		some = true;
	}
	if (a->dad_armed && (!some || time_before(a->dad_due, *due))) {
		*due = a->dad_due;
		some = true;
	}
	return some;
}

static bool us6_timer_less(struct rb_node *a, const struct rb_node *b)
{
	return time_before(rb_entry(a, struct us6_addr, timer)->due,
			   rb_entry(b, struct us6_addr, timer)->due);
}

static void us6_timer_remove(struct us6_addr_dev *ad, struct us6_addr *a)
{
	lockdep_assert_held(&ad->lock);
	if (RB_EMPTY_NODE(&a->timer))
		return;
	rb_erase_cached(&a->timer, &ad->timers);
	RB_CLEAR_NODE(&a->timer);
}

void us6_addr_disarm(struct us6_addr *a)
{
	struct us6_addr_dev *ad = us6_dev_of(a->ifa.idev)->addr;

	spin_lock_bh(&ad->lock);
	us6_timer_remove(ad, a);
	spin_unlock_bh(&ad->lock);
}

void us6_addr_arm(struct us6_addr *a)
{
	struct us6_addr_dev *ad = us6_dev_of(a->ifa.idev)->addr;
	unsigned long due;

	/* Held over both, so that a dying address isn't armed behind its back. */
	spin_lock_bh(&a->ifa.lock);
	spin_lock(&ad->lock);
	us6_timer_remove(ad, a);
	if (us6_addr_next_due(a, &due)) {
		a->due = due;
		/* The first one: the work has to come earlier. */
		if (rb_add_cached(&a->timer, &ad->timers, us6_timer_less))
			us6_addr_queue(ad, due);
	}
	spin_unlock(&ad->lock);
	spin_unlock_bh(&a->ifa.lock);
}

/* The next address whose time has come, held; @wait: when to look again. */
static struct us6_addr *us6_timer_pop(struct us6_addr_dev *ad)
{
	struct us6_addr *a = NULL;
	struct rb_node *first;

	spin_lock_bh(&ad->lock);
	first = rb_first_cached(&ad->timers);
	if (first) {
		a = rb_entry(first, struct us6_addr, timer);
		if (time_after(a->due, jiffies)) {
			us6_addr_queue(ad, a->due);
			a = NULL;
		} else {
			us6_timer_remove(ad, a);
			us6_addr_hold(a);
		}
	}
	spin_unlock_bh(&ad->lock);
	return a;
}

/* RFC 4862 section 5.5.4: preferred, then deprecated, then invalid. */
static void us6_addr_age_step(struct us6_addr *a)
{
	struct inet6_ifaddr *ifa = &a->ifa;
	u64 age = us6_addr_age(a);
	bool deprecated = false;

	ASSERT_RTNL();
	if (ifa->state == INET6_IFADDR_STATE_DEAD)
		return;
	if (!us6_lft_left(ifa->valid_lft, age)) {
		us6_addr_del(a);
		return;
	}
	spin_lock_bh(&ifa->lock);
	if (!us6_lft_left(ifa->prefered_lft, age) &&
	    !(ifa->flags & IFA_F_DEPRECATED)) {
		WRITE_ONCE(ifa->flags, ifa->flags | IFA_F_DEPRECATED);
		deprecated = true;
	}
	spin_unlock_bh(&ifa->lock);
	if (deprecated)
		us6_notify_addr(RTM_NEWADDR, a);
}

static bool us6_addr_dad_due(struct us6_addr *a)
{
	bool due;

	spin_lock_bh(&a->ifa.lock);
	due = a->dad_armed && !time_after(a->dad_due, jiffies);
	spin_unlock_bh(&a->ifa.lock);
	return due;
}

static void us6_addr_dev_work(struct work_struct *work)
{
	struct us6_addr_dev *ad = container_of(to_delayed_work(work),
					       struct us6_addr_dev, work);
	struct us6_addr *a;

	rtnl_lock();
	us6_slaac_work(ad);
	while ((a = us6_timer_pop(ad))) {
		if (us6_addr_dad_due(a))
			us6_dad_work(a);
		us6_addr_age_step(a);
		us6_addr_arm(a);
		us6_addr_put(a);
		cond_resched();
	}
	rtnl_unlock();
	us6_dev_put(ad->udev);
}
