// SPDX-License-Identifier: GPL-2.0
/*
 * The rungs of the packet path: state and protocols first, packets last.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <net/us6/us6.h>
#include "path.h"

static const struct us6_rung parts[] = {
	{ us6_icmp_limit_init,	us6_icmp_limit_exit },
	{ us6_path_sysctl_init,	us6_path_sysctl_exit },
	{ us6_exthdr_init,	us6_exthdr_exit },
	{ us6_frag_sysctl_init,	us6_frag_sysctl_exit },
	{ us6_reasm_init,	us6_reasm_exit },
	{ us6_icmp_init,	us6_icmp_exit },
};

int us6_path_init(void)
{
	return us6_rungs_up(parts, ARRAY_SIZE(parts));
}

void us6_path_exit(void)
{
	us6_rungs_down(parts, ARRAY_SIZE(parts));
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
