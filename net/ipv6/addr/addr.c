// SPDX-License-Identifier: GPL-2.0
/*
 * The room's rung of the ladder.
 */
#include <linux/module.h>
#include <net/us6/us6.h>
#include "internal.h"

static const struct us6_addr_part {
	int (*init)(void);
	void (*exit)(void);
} parts[] = {
	{ us6_lifetimes_init,	us6_lifetimes_exit },
	{ us6_hash_init,	us6_hash_exit },
	{ us6_labels_init,	us6_labels_exit },
};

static void us6_addr_parts_exit(int n)
{
	while (n--)
		parts[n].exit();
}

int us6_addr_init(void)
{
	int i, err;

	for (i = 0; i < ARRAY_SIZE(parts); i++) {
		err = parts[i].init();
		if (err) {
			us6_addr_parts_exit(i);
			return err;
		}
	}
	return 0;
}

void us6_addr_exit(void)
{
	us6_addr_parts_exit(ARRAY_SIZE(parts));
}
