// SPDX-License-Identifier: GPL-2.0
/* What of this room isn't written yet: refuses or drops. */
#include <net/us6/ctl.h>
#include <net/us6/path.h>
#include <net/us6/us6.h>

int us6_proc_mib_init(void)
{
	return 0;
}

void us6_proc_mib_exit(void)
{
}

