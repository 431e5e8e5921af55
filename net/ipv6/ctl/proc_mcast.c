// SPDX-License-Identifier: GPL-2.0
/*
 * us6: /proc/net/igmp6, mcfilter6 and anycast6.
 */
#include <net/us6/ctl.h>
#include <net/us6/mcast.h>

int us6_proc_mcast_init(void)
{
	return 0;
}

void us6_proc_mcast_exit(void)
{
}
