/* SPDX-License-Identifier: GPL-2.0 */
/* A list of prefixes, searched the slow way: what the trie must agree with. */
#ifndef FIB_MODEL_H
#define FIB_MODEL_H

#include <stdio.h>
#include <stdlib.h>
#include "../../net/ipv6/route/fib.h"

#define MODEL_MAX 512

struct model_entry {
	struct us6_fib_prefix p;
	int used;
};

static struct model_entry model[MODEL_MAX];
static unsigned long nodes_alive, fail_after = ~0UL;

static struct us6_fib_node *model_alloc(gfp_t gfp)
{
	(void)gfp;
	if (!fail_after)
		return NULL;
	if (fail_after != ~0UL)
		fail_after--;
	nodes_alive++;
	return malloc(sizeof(struct us6_fib_node));
}

static void model_free(struct us6_fib_node *n)
{
	nodes_alive--;
	free(n);
}

static const struct us6_fib_ops model_ops = { model_alloc, model_free };

static int prefix_same(const struct us6_fib_prefix *a, const struct us6_fib_prefix *b)
{
	return a->dlen == b->dlen && a->slen == b->slen &&
	       us6_fib_covers(a, b) && us6_fib_covers(b, a);
}

/* Bit by bit, so as not to share a mistake with the trie. */
static int covers_slow(const struct us6_fib_key *a, u8 len, const struct us6_fib_key *b)
{
	unsigned int i;

	for (i = 0; i < len; i++)
		if (((a->w[i / 64] ^ b->w[i / 64]) >> (63 - i % 64)) & 1)
			return 0;
	return 1;
}

static struct model_entry *model_find(const struct us6_fib_prefix *p)
{
	int i;

	for (i = 0; i < MODEL_MAX; i++)
		if (model[i].used && prefix_same(&model[i].p, p))
			return &model[i];
	return NULL;
}

static struct model_entry *model_add(const struct us6_fib_prefix *p)
{
	int i;

	for (i = 0; i < MODEL_MAX; i++)
		if (!model[i].used) {
			model[i].used = 1;
			model[i].p = *p;
			return &model[i];
		}
	return NULL;
}

/* The best match that comes after (dlen, slen) in order of preference. */
static struct model_entry *model_match(const struct us6_fib_key *dst,
				       const struct us6_fib_key *src,
				       int dmax, int smax)
{
	struct model_entry *best = NULL;
	int i;

	for (i = 0; i < MODEL_MAX; i++) {
		struct us6_fib_prefix *p = &model[i].p;

		if (!model[i].used || !covers_slow(&p->dst, p->dlen, dst))
			continue;
		if (p->slen && (!src || !covers_slow(&p->src, p->slen, src)))
			continue;
		if (p->dlen > dmax || (p->dlen == dmax && p->slen > smax))
			continue;
		if (!best || p->dlen > best->p.dlen ||
		    (p->dlen == best->p.dlen && p->slen > best->p.slen))
			best = &model[i];
	}
	return best;
}

static int prefix_cmp(const struct us6_fib_prefix *a, const struct us6_fib_prefix *b)
{
	int i;

	for (i = 0; i < 2; i++)
		if (a->dst.w[i] != b->dst.w[i])
			return a->dst.w[i] < b->dst.w[i] ? -1 : 1;
	if (a->dlen != b->dlen)
		return a->dlen < b->dlen ? -1 : 1;
	if (!a->slen != !b->slen)
		return a->slen ? 1 : -1;
	for (i = 0; i < 2; i++)
		if (a->src.w[i] != b->src.w[i])
			return a->src.w[i] < b->src.w[i] ? -1 : 1;
	return (int)a->slen - (int)b->slen;
}

static struct model_entry *model_next(const struct us6_fib_prefix *p)
{
	struct model_entry *best = NULL;
	int i;

	for (i = 0; i < MODEL_MAX; i++)
		if (model[i].used && (!p || prefix_cmp(&model[i].p, p) > 0) &&
		    (!best || prefix_cmp(&model[i].p, &best->p) < 0))
			best = &model[i];
	return best;
}

#define MUST(c) do {								\
	if (!(c)) {								\
		fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #c);		\
		abort();							\
	}									\
} while (0)

static void check_match(const struct us6_fib *fib, const struct us6_fib_key *dst,
			const struct us6_fib_key *src)
{
	struct model_entry *e = model_match(dst, src, 128, 128);
	struct us6_fib_match m;
	bool found = us6_fib_match(fib, dst, src, &m);

	/* Every less specific answer too, to the last. */
	for (;;) {
		MUST(found == !!e);
		if (!e)
			return;
		MUST(m.leaf == e && m.dlen == e->p.dlen && m.slen == e->p.slen);
		found = us6_fib_match_less(fib, dst, src, &m);
		e = e->p.slen ? model_match(dst, src, e->p.dlen, e->p.slen - 1) :
		    e->p.dlen ? model_match(dst, src, e->p.dlen - 1, 128) : NULL;
	}
}

static void check_walk(const struct us6_fib *fib)
{
	struct us6_fib_prefix p;
	struct model_entry *e = model_next(NULL);
	void *leaf = us6_fib_next(fib, &p, true);

	for (;;) {
		MUST(leaf == e);
		if (!e)
			return;
		MUST(prefix_same(&p, &e->p));
		e = model_next(&p);
		leaf = us6_fib_next(fib, &p, false);
	}
}

static void check_cover(const struct us6_fib *fib, const struct us6_fib_prefix *p)
{
	struct model_entry *best = NULL;
	int i;

	for (i = 0; i < MODEL_MAX; i++) {
		struct us6_fib_prefix *q = &model[i].p;

		if (!model[i].used || q->slen || !covers_slow(&q->dst, q->dlen, &p->dst))
			continue;
		if (q->dlen > p->dlen || (q->dlen == p->dlen && !p->slen))
			continue;
		if (!best || q->dlen > best->p.dlen)
			best = &model[i];
	}
	MUST(us6_fib_cover(fib, p) == best);
}

static void model_insert(struct us6_fib *fib, const struct us6_fib_prefix *p)
{
	struct model_entry *e = model_find(p);
	void __rcu **slot = us6_fib_make(fib, p, &model_ops, GFP_KERNEL);

	if (!slot)
		return;
	if (e) {
		MUST(*slot == e);
		return;
	}
	MUST(!*slot);
	e = model_add(p);
	if (e)
		rcu_assign_pointer(*slot, e);
	else
		us6_fib_prune(fib, p, &model_ops);
}

static void model_remove(struct us6_fib *fib, const struct us6_fib_prefix *p)
{
	struct model_entry *e = model_find(p);
	void __rcu **slot = us6_fib_find(fib, p);

	MUST(!!e == (slot && *slot));
	if (!e)
		return;
	MUST(*slot == e);
	*slot = NULL;
	e->used = 0;
	us6_fib_prune(fib, p, &model_ops);
	slot = us6_fib_find(fib, p);
	MUST(!slot || !*slot);
}

static void model_clear(struct us6_fib *fib)
{
	int i;

	for (i = 0; i < MODEL_MAX; i++)
		if (model[i].used) {
			struct us6_fib_prefix p = model[i].p;

			model_remove(fib, &p);
		}
	MUST(!fib->root);
	MUST(!nodes_alive);
}

#endif /* FIB_MODEL_H */
