// SPDX-License-Identifier: GPL-2.0
/*
 * us6: TCP over IPv6.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <net/us6/sock.h>

int us6_tcp_init(void)
{
	return 0;
}

void us6_tcp_exit(void)
{
}
