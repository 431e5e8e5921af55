/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The seam to the stock kernel: rungs of the ladder.
 */
#ifndef _NET_US6_STOCK_H
#define _NET_US6_STOCK_H

int us6_stock_init(void);
void us6_stock_exit(void);
int us6_stock_install(void);
void us6_stock_remove(void);

#endif
