// SPDX-License-Identifier: GPL-2.0
/*
 * PURE: which of two source addresses, RFC 6724 section 5, rule by rule.
 */
#include "select_core.h"

/* Rule 2: the smallest scope that reaches, else the largest there is. */
static int us6_select_scope(u8 a, u8 b, u8 dst)
{
	if (a == b)
		return 0;
	if (a < b)
		return a < dst ? -1 : 1;
	return b < dst ? 1 : -1;
}

int us6_select_better(const struct us6_cand *a, const struct us6_cand *b,
		      const struct us6_select_query *q)
{
	int r;

	/* Rule 1: the same address. */
	r = a->same - b->same;
	if (r)
		return r;
	/* Rule 2: appropriate scope. */
	r = us6_select_scope(a->scope, b->scope, q->scope);
	if (r)
		return r;
	/* Rule 3: avoid deprecated. */
	r = b->deprecated - a->deprecated;
	if (r)
		return r;
	/* Rule 4: home addresses, unless the socket wants the care-of one. */
	r = a->home - b->home;
	if (r)
		return q->prefer_coa ? -r : r;
	/* Rule 5: outgoing interface. */
	r = a->on_oif - b->on_oif;
	if (r)
		return r;
	/* Rule 5.5: a prefix that the next hop advertised. */
	r = a->from_router - b->from_router;
	if (r)
		return r;
	/* Rule 6: matching label. */
	r = a->label - b->label;
	if (r)
		return r;
	/* Rule 7: temporary or public, as preferred. */
	r = a->temporary - b->temporary;
	if (r)
		return q->prefer_temp ? r : -r;
	/* Rule 8: longest matching prefix. */
	return a->match - b->match;
}
