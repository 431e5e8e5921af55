// SPDX-License-Identifier: GPL-2.0
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <net/us6/stock.h>
#include "stock.h"

int us6_stock_init(void)
{
	return us6_stock_resolve();
}

void us6_stock_exit(void)
{
}

int us6_stock_install(void)
{
	return 0;
}

void us6_stock_remove(void)
{
}
