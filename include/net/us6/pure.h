/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NET_US6_PURE_H
#define _NET_US6_PURE_H

/*
 * What a PURE file may use: integer types, byte order, RCU pointer macros,
 * lists, memory comparison, errno and the IPv6 address type.  In the kernel
 * these are the kernel's own; in user space tests/unit/include supplies stubs
 * of the same names, so that unit tests and fuzzers build the same source.
 *
 * A PURE function takes no lock, arms no timer, reads no global and calls
 * nothing outside this header and its own.
 */

#ifdef __KERNEL__

#include <linux/bitops.h>
#include <linux/bug.h>
#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/container_of.h>
#include <linux/errno.h>
#include <linux/if_ether.h>
#include <linux/in6.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/minmax.h>
#include <linux/rcupdate.h>
#include <linux/string.h>
#include <linux/types.h>
#include <asm/byteorder.h>
#include <linux/unaligned.h>

#else

#include "us6_pure_user.h"

#endif

#endif /* _NET_US6_PURE_H */
