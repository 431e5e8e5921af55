// SPDX-License-Identifier: GPL-2.0
/*
 * us6: waiting for those who sleep inside a replacement.
 *
 * A plain count per CPU is enough.  It is read only when no task can enter any
 * more, and every task in flight has been seen entering (us6_redirect_stop()
 * and synchronize_rcu_tasks() stand before): all increments are visible, and
 * each decrement that is missed only makes the sum larger.  So a sum of 0 is
 * final, whichever CPUs the tasks came and left on.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/rcupdate_wait.h>
#include "stock.h"

DEFINE_PER_CPU(long, us6_stock_inflight);

static long us6_stock_in_flight(void)
{
	long sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(*per_cpu_ptr(&us6_stock_inflight, cpu));
	return sum;
}

void us6_stock_drain(void)
{
	unsigned long say = jiffies + 10 * HZ;
	long left;

	/* Who has entered, but not yet counted itself, does so before it sleeps. */
	synchronize_rcu_tasks();
	while ((left = us6_stock_in_flight()) != 0) {
		if (time_after(jiffies, say)) {
			pr_warn("unload waits for %ld calls from other kernel code\n",
				left);
			say = jiffies + 10 * HZ;
		}
		msleep(20);
	}
	/* Who has counted itself out, but not yet returned, doesn't sleep again. */
	synchronize_rcu_tasks();
	/* And whoever came in softirq, also on top of an idle task. */
	synchronize_rcu();
}
