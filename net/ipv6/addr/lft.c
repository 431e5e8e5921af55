// SPDX-License-Identifier: GPL-2.0
/*
 * PURE: arithmetic of address lifetimes, RFC 4862 sections 5.5.3 and 5.5.4.
 */
#include "lft.h"

u32 us6_lft_left(u32 lft, u64 age)
{
	if (lft == US6_LFT_INFINITE)
		return lft;
	return age >= lft ? 0 : lft - (u32)age;
}

u32 us6_lft_rule_e(u32 received, u32 left, u32 min_left)
{
	/* 1: long enough, or a prolongation, is taken as it is. */
	if (received > min_left || received > left)
		return received;
	/* 2: it has less than two hours anyway: only SEND could shorten it. */
	if (left <= min_left)
		return left;
	/* 3: otherwise two hours remain to notice the forgery. */
	return min_left;
}

u32 us6_lft_next(u32 valid, u32 preferred, bool deprecated, u64 age)
{
	u32 v = us6_lft_left(valid, age);
	u32 p = us6_lft_left(preferred, age);

	if (deprecated)
		return v;
	return p < v ? p : v;
}
