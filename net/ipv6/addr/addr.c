// SPDX-License-Identifier: GPL-2.0
/*
 * The room's rung of the ladder.
 */
#include <linux/module.h>
#include <net/us6/us6.h>
#include "internal.h"

static const struct us6_rung parts[] = {
	{ us6_lifetimes_init,	us6_lifetimes_exit },
	{ us6_hash_init,	us6_hash_exit },
	{ us6_labels_init,	us6_labels_exit },
};

int us6_addr_init(void)
{
	return us6_rungs_up(parts, ARRAY_SIZE(parts));
}

void us6_addr_exit(void)
{
	us6_rungs_down(parts, ARRAY_SIZE(parts));
}
