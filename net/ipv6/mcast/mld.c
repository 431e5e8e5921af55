// SPDX-License-Identifier: GPL-2.0
/*
 * us6: what an interface listens to, and what it has to report.  PURE.
 *
 * RFC 3810 sections 4.2 (merging the listeners' filters) and 6.1 (reports of a
 * change).  Each listener is counted, by mode and by source, so that one of them
 * can change without asking the others again.
 */
#include "mld.h"

static int us6_mld_cmp(const struct in6_addr *a, const struct in6_addr *b)
{
	return memcmp(a, b, sizeof(*a));
}

/* RFC 3810 section 4.2, with the numbers of listeners per mode. */
static bool us6_mld_forwards(const u32 *all, const u32 *one)
{
	if (all[US6_MLD_EXCLUDE])
		return one[US6_MLD_EXCLUDE] != all[US6_MLD_EXCLUDE] ||
		       one[US6_MLD_INCLUDE];
	return one[US6_MLD_INCLUDE];
}

static const struct us6_mld_source *us6_mld_find(const struct us6_mld_state *g,
						 const struct in6_addr *addr)
{
	unsigned int lo = 0, hi = g->n;

	while (lo < hi) {
		unsigned int mid = lo + (hi - lo) / 2;
		int cmp = us6_mld_cmp(addr, &g->src[mid].addr);

		if (!cmp)
			return &g->src[mid];
		if (cmp < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return NULL;
}

unsigned int us6_mld_missing(const struct us6_mld_state *g,
			     const struct us6_mld_listener *l)
{
	unsigned int i, missing = 0;

	for (i = 0; i < l->n; i++)
		missing += !g || !us6_mld_find(g, &l->src[i]);
	return missing;
}

static bool us6_mld_source_alive(const struct us6_mld_source *s)
{
	return s->count[0] || s->count[1] || s->retrans;
}

void us6_mld_expand(const struct us6_mld_state *old,
		    const struct us6_mld_listener *l,
		    struct us6_mld_state *new)
{
	unsigned int i = 0, j = 0, n = 0;
	unsigned int old_n = old ? old->n : 0;

	memset(new, 0, sizeof(*new));
	if (old) {
		memcpy(new->count, old->count, sizeof(new->count));
		new->mode_retrans = old->mode_retrans;
	}
	while (i < old_n || j < l->n) {
		int cmp = i == old_n ? 1 : j == l->n ? -1 :
			  us6_mld_cmp(&old->src[i].addr, &l->src[j]);

		if (cmp <= 0) {
			/* A dead one stays when the listener names it. */
			if (!cmp || us6_mld_source_alive(&old->src[i]))
				new->src[n++] = old->src[i];
			i++;
			j += !cmp;
		} else {
			memset(&new->src[n], 0, sizeof(new->src[n]));
			new->src[n++].addr = l->src[j++];
		}
	}
	new->n = n;
}

/* A listener's list walked in step with the state's, both sorted. */
static bool us6_mld_lists(const struct us6_mld_listener *l, unsigned int *pos,
			  const struct in6_addr *addr)
{
	if (!l)
		return false;
	while (*pos < l->n && us6_mld_cmp(&l->src[*pos], addr) < 0)
		(*pos)++;
	return *pos < l->n && !us6_mld_cmp(&l->src[*pos], addr);
}

/*
 * A listener that joined before the interface's state was made anew isn't in
 * the count when it leaves.
 */
static void us6_mld_uncount(u32 *count)
{
	if (*count)
		(*count)--;
}

bool us6_mld_apply(struct us6_mld_state *g, const struct us6_mld_listener *gone,
		   const struct us6_mld_listener *come, u8 robustness)
{
	u32 was[2] = { g->count[0], g->count[1] };
	u32 now[2] = { was[0], was[1] };
	unsigned int i, at_gone = 0, at_come = 0;
	bool changed, mode_changed;

	if (gone)
		us6_mld_uncount(&now[gone->mode]);
	if (come)
		now[come->mode]++;
	mode_changed = !was[US6_MLD_EXCLUDE] != !now[US6_MLD_EXCLUDE];
	changed = mode_changed;

	for (i = 0; i < g->n; i++) {
		struct us6_mld_source *s = &g->src[i];
		u32 one[2] = { s->count[0], s->count[1] };
		bool before = us6_mld_forwards(was, one), after;

		if (us6_mld_lists(gone, &at_gone, &s->addr))
			us6_mld_uncount(&one[gone->mode]);
		if (us6_mld_lists(come, &at_come, &s->addr))
			one[come->mode]++;
		after = us6_mld_forwards(now, one);
		WRITE_ONCE(s->count[0], one[0]);
		WRITE_ONCE(s->count[1], one[1]);
		/* With a change of mode the record lists what is in the filter. */
		if (mode_changed ? after == !now[US6_MLD_EXCLUDE] :
				   before != after) {
			s->retrans = robustness;
			changed = true;
		}
	}
	WRITE_ONCE(g->count[0], now[0]);
	WRITE_ONCE(g->count[1], now[1]);
	if (mode_changed)
		g->mode_retrans = robustness;
	return changed;
}

void us6_mld_announce(struct us6_mld_state *g, u8 robustness)
{
	unsigned int i;

	if (us6_mld_mode(g) == US6_MLD_EXCLUDE)
		g->mode_retrans = robustness;
	for (i = 0; i < g->n; i++)
		if (us6_mld_selects(g, &g->src[i], us6_mld_current_type(g)))
			g->src[i].retrans = robustness;
}

bool us6_mld_wants(const struct us6_mld_state *g, const struct in6_addr *src)
{
	u32 all[2] = { READ_ONCE(g->count[0]), READ_ONCE(g->count[1]) };
	const struct us6_mld_source *s;
	u32 one[2];

	s = g->n ? us6_mld_find(g, src) : NULL;
	if (!s)
		return all[US6_MLD_EXCLUDE];
	one[0] = READ_ONCE(s->count[0]);
	one[1] = READ_ONCE(s->count[1]);
	return us6_mld_forwards(all, one);
}

bool us6_mld_selects(const struct us6_mld_state *g,
		     const struct us6_mld_source *s, u8 type)
{
	bool forwards = us6_mld_forwards(g->count, s->count);

	switch (type) {
	case US6_MLD_IS_IN:
	case US6_MLD_TO_IN:
		return forwards;
	case US6_MLD_IS_EX:
	case US6_MLD_TO_EX:
		return !forwards;
	case US6_MLD_ALLOW:
		return s->retrans && forwards;
	case US6_MLD_BLOCK:
		return s->retrans && !forwards;
	}
	return false;
}

bool us6_mld_has(const struct us6_mld_state *g, u8 type)
{
	unsigned int i;

	for (i = 0; i < g->n; i++)
		if (us6_mld_selects(g, &g->src[i], type))
			return true;
	return false;
}

unsigned int us6_mld_change_types(const struct us6_mld_state *g, u8 types[2])
{
	unsigned int n = 0;

	if (g->mode_retrans) {
		types[0] = us6_mld_mode(g) == US6_MLD_INCLUDE ? US6_MLD_TO_IN :
								US6_MLD_TO_EX;
		return 1;
	}
	if (us6_mld_has(g, US6_MLD_ALLOW))
		types[n++] = US6_MLD_ALLOW;
	if (us6_mld_has(g, US6_MLD_BLOCK))
		types[n++] = US6_MLD_BLOCK;
	return n;
}

bool us6_mld_change_sent(struct us6_mld_state *g)
{
	bool more = false;
	unsigned int i;

	if (g->mode_retrans)
		more = --g->mode_retrans;
	for (i = 0; i < g->n; i++)
		if (g->src[i].retrans && --g->src[i].retrans)
			more = true;
	return more;
}

void us6_mld_change_cancel(struct us6_mld_state *g)
{
	unsigned int i;

	g->mode_retrans = 0;
	for (i = 0; i < g->n; i++)
		g->src[i].retrans = 0;
}
