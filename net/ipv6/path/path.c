// SPDX-License-Identifier: GPL-2.0
/*
 * The rungs of the packet path: state and protocols first, packets last.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <net/us6/us6.h>
#include "path.h"

static const struct us6_path_part {
	int (*init)(void);
	void (*exit)(void);
} parts[] = {
	{ us6_icmp_limit_init,	us6_icmp_limit_exit },
	{ us6_path_sysctl_init,	us6_path_sysctl_exit },
	{ us6_exthdr_init,	us6_exthdr_exit },
	{ us6_frag_sysctl_init,	us6_frag_sysctl_exit },
	{ us6_reasm_init,	us6_reasm_exit },
	{ us6_icmp_init,	us6_icmp_exit },
};

static void us6_path_parts_exit(int up)
{
	while (up--)
		parts[up].exit();
}

int us6_path_init(void)
{
	int i, err;

	for (i = 0; i < ARRAY_SIZE(parts); i++) {
		err = parts[i].init();
		if (err) {
			us6_path_parts_exit(i);
			return err;
		}
	}
	return 0;
}

void us6_path_exit(void)
{
	us6_path_parts_exit(ARRAY_SIZE(parts));
}

int us6_path_start(void)
{
	us6_input_start();
	return 0;
}

void us6_path_stop(void)
{
	us6_input_stop();
}
