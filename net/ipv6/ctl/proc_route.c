// SPDX-License-Identifier: GPL-2.0
/*
 * /proc/net/ipv6_route and /proc/net/rt6_stats.
 */
#include <net/us6/ctl.h>

int us6_proc_route_init(void)
{
	return 0;
}

void us6_proc_route_exit(void)
{
}
