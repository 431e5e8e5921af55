// SPDX-License-Identifier: GPL-2.0
#include <net/us6/ctl.h>

int us6_proc_addr_init(void)
{
	return 0;
}

void us6_proc_addr_exit(void)
{
}
