/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The seam to the stock kernel: what other rooms ask of it.
 */
#ifndef _NET_US6_STOCK_H
#define _NET_US6_STOCK_H

/**
 * us6_stock_lookup() - address of a kernel symbol, static ones included
 * @name: the symbol; the first of that name wins
 *
 * After us6_stock_init().  A function is to be called through static_call: what
 * comes from here may have no ENDBR.  Return: the address, 0 if there is none.
 */
unsigned long us6_stock_lookup(const char *name);

#endif
