/* SPDX-License-Identifier: GPL-2.0 */
/* What the files of this room share. */
#ifndef _US6_STOCK_INTERNAL_H
#define _US6_STOCK_INTERNAL_H

#include <linux/types.h>

/* resolve.c */

/**
 * us6_stock_resolve() - find what the kernel doesn't export
 *
 * May sleep.  Return: 0, or -ENOENT after each missing name was logged.
 */
int us6_stock_resolve(void);

/**
 * us6_stock_lookup() - address of a kernel symbol, static ones included
 * @name: the symbol; the first of that name wins
 *
 * After us6_stock_resolve().  Return: the address, 0 if there is none.
 */
unsigned long us6_stock_lookup(const char *name);

#endif
