/* SPDX-License-Identifier: GPL-2.0 */
/*
 * PURE: arithmetic of address lifetimes.  Seconds; US6_LFT_INFINITE never ends.
 */
#ifndef _US6_ADDR_LFT_H
#define _US6_ADDR_LFT_H

#include <net/us6/pure.h>

#define US6_LFT_INFINITE	0xffffffffU	/* RFC 4861 section 4.6.2 */
#define US6_LFT_TWO_HOURS	7200U		/* RFC 4862 section 5.5.3 e) */

/**
 * us6_lft_left() - what is left of a lifetime
 * @lft: lifetime when it was set
 * @age: seconds since then
 *
 * Return: seconds, 0 when it is over, infinite stays infinite.
 */
u32 us6_lft_left(u32 lft, u64 age);

/**
 * us6_lft_rule_e() - valid lifetime after an advertisement, RFC 4862 5.5.3 e)
 * @received: valid lifetime in the option
 * @left: what is left of the address's own
 * @min_left: accept_ra_min_lft-like floor; RFC value US6_LFT_TWO_HOURS
 *
 * Nobody who can forge an advertisement shall take an address away at once.
 *
 * Return: new valid lifetime; equal to @left when the option is ignored for it.
 */
u32 us6_lft_rule_e(u32 received, u32 left, u32 min_left);

/**
 * us6_lft_next() - seconds from @age until something happens
 * @valid: valid lifetime when set
 * @preferred: preferred lifetime when set
 * @deprecated: the preferred one's end was dealt with already
 * @age: seconds since they were set
 *
 * Return: seconds (0 = now), or US6_LFT_INFINITE.
 */
u32 us6_lft_next(u32 valid, u32 preferred, bool deprecated, u64 age);

#endif
