/* SPDX-License-Identifier: GPL-2.0 */
/* PURE: which of two source addresses, RFC 6724 section 5. */
#ifndef _US6_ADDR_SELECT_CORE_H
#define _US6_ADDR_SELECT_CORE_H

#include <net/us6/pure.h>

/* What the rules ask of an address, gathered once per candidate. */
struct us6_cand {
	bool	same;		/* is the destination itself */
	u8	scope;		/* RFC 6724 3.1: 1, 2, 5, 14 */
	bool	deprecated;	/* or optimistic, RFC 4429 3.3 */
	bool	home;		/* home, or home and care-of */
	bool	on_oif;		/* of the outgoing interface */
	bool	from_router;	/* its prefix came from the next hop */
	bool	label;		/* the destination's label */
	bool	temporary;
	u8	match;		/* leading bits in common, at most its prefix */
};

struct us6_select_query {
	u8	scope;		/* of the destination */
	bool	prefer_coa;	/* RFC 5014: reverses rule 4 */
	bool	prefer_temp;	/* rule 7 as asked by socket or interface */
};

/**
 * us6_select_better() - is @a the better source?
 * @a: candidate
 * @b: candidate
 * @q: destination and wishes
 *
 * Return: > 0 when @a is, < 0 when @b is, 0 when no rule tells.
 */
int us6_select_better(const struct us6_cand *a, const struct us6_cand *b,
		      const struct us6_select_query *q);

#endif
