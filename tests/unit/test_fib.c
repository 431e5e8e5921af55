// SRC: net/ipv6/route/fib.c
// SPDX-License-Identifier: GPL-2.0
/* The trie against a list that is searched bit by bit. */
#include <stdio.h>
#include "us6_test.h"
#include "fib_model.h"

static u64 seed = 88172645463325252ULL;

static u64 rnd(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed;
}

/* Few distinct bits, so that prefixes nest, collide and share forks. */
static void rnd_addr(struct us6_fib_key *k, int dense)
{
	k->w[0] = rnd();
	k->w[1] = rnd();
	if (dense) {
		k->w[0] &= 0xe000000000000003ULL;
		k->w[1] &= 0x8000000000000007ULL;
	}
}

static u8 rnd_len(void)
{
	static const u8 edge[] = { 0, 1, 2, 3, 62, 63, 64, 65, 66, 125, 126, 127, 128 };

	return rnd() & 1 ? edge[rnd() % ARRAY_SIZE(edge)] : rnd() % 129;
}

static void rnd_prefix(struct us6_fib_prefix *p, int dense, int with_src)
{
	u8 dst[16], src[16];
	struct us6_fib_key k;

	rnd_addr(&k, dense);
	us6_fib_key_get(&k, dst);
	rnd_addr(&k, dense);
	us6_fib_key_get(&k, src);
	us6_fib_prefix_set(p, dst, rnd_len(), src,
			   with_src && rnd() % 3 == 0 ? rnd_len() : 0);
}

static void run(int dense, int with_src, int steps)
{
	struct us6_fib fib = { NULL };
	struct us6_fib_prefix p;
	struct us6_fib_key d, s;
	int i;

	for (i = 0; i < steps; i++) {
		/* Grow, then shrink, over and over. */
		rnd_prefix(&p, dense, with_src);
		if (rnd() % 100 < ((i / 400) & 1 ? 25 : 75))
			model_insert(&fib, &p);
		else if (rnd() & 1)
			model_remove(&fib, &p);
		else if (model[rnd() % MODEL_MAX].used)
			model_remove(&fib, &p);
		if (i % 7 == 0) {
			int j = rnd() % MODEL_MAX;

			if (model[j].used) {
				p = model[j].p;
				check_cover(&fib, &p);
				model_remove(&fib, &p);
			}
		}
		rnd_addr(&d, dense);
		rnd_addr(&s, dense);
		check_match(&fib, &d, rnd() % 4 ? &s : NULL);
		check_cover(&fib, &p);
		if (i % 50 == 0)
			check_walk(&fib);
	}
	model_clear(&fib);
}

static void test_random(void)
{
	run(0, 0, 3000);
	run(1, 0, 3000);
	run(1, 1, 4000);
}

static void test_no_memory(void)
{
	struct us6_fib fib = { NULL };
	struct us6_fib_prefix p;
	int i;

	for (i = 0; i < 2000; i++) {
		fail_after = rnd() % 3;
		rnd_prefix(&p, 1, 1);
		model_insert(&fib, &p);
		fail_after = ~0UL;
		if (i % 40 == 0)
			check_walk(&fib);
	}
	model_clear(&fib);
}

static void prefix(struct us6_fib_prefix *p, u64 hi, u64 lo, u8 dlen)
{
	struct us6_fib_key k = { { hi, lo } };
	u8 addr[16];

	us6_fib_key_get(&k, addr);
	us6_fib_prefix_set(p, addr, dlen, NULL, 0);
}

static void test_edges(void)
{
	struct us6_fib fib = { NULL };
	struct us6_fib_key zero = { { 0, 0 } }, ones = { { ~0ULL, ~0ULL } };
	struct us6_fib_prefix p;
	struct us6_fib_match m;

	MUST(!us6_fib_match(&fib, &zero, NULL, &m));
	MUST(!us6_fib_next(&fib, &p, true));
	prefix(&p, ~0ULL, ~0ULL, 128);
	model_insert(&fib, &p);
	MUST(!us6_fib_match(&fib, &zero, NULL, &m));
	MUST(us6_fib_match(&fib, &ones, NULL, &m) && m.dlen == 128);
	prefix(&p, 0, 0, 0);
	model_insert(&fib, &p);
	MUST(us6_fib_match(&fib, &zero, NULL, &m) && m.dlen == 0);
	MUST(us6_fib_match(&fib, &ones, NULL, &m) && m.dlen == 128);
	MUST(us6_fib_match_less(&fib, &ones, NULL, &m) && m.dlen == 0);
	MUST(!us6_fib_match_less(&fib, &ones, NULL, &m));
	prefix(&p, ~0ULL, ~1ULL, 128);
	model_insert(&fib, &p);
	check_walk(&fib);
	/* Bits behind the length don't make another prefix. */
	prefix(&p, 0x20010db800000000ULL, 5, 32);
	model_insert(&fib, &p);
	prefix(&p, 0x20010db8ffffffffULL, 9, 32);
	MUST(us6_fib_find(&fib, &p) && *us6_fib_find(&fib, &p));
	model_clear(&fib);
}

/*
 * The count behind the choice of this trie: nodes that a look-up visits over
 * 200,000 prefixes clustered as registries hand them out.
 */
static unsigned long depth(const struct us6_fib *fib, const struct us6_fib_key *k)
{
	const struct us6_fib_node *n = fib->root;
	unsigned long steps = 0;

	for (; n; n = n->child[(k->w[n->word] >> n->shift) & 1], steps++)
		if (n->leaf && ((n->w[0] ^ k->w[0]) & n->mask[0]))
			break;
	return steps;
}

static void test_count(void)
{
	static const u8 lens[] = { 32, 48, 48, 48, 48, 40, 44, 36, 29, 47 };
	struct us6_fib fib = { NULL };
	enum { N = 200000 };
	struct us6_fib_prefix *all = calloc(N, sizeof(*all));
	unsigned long sum = 0;
	int i;

	for (i = 0; i < N; i++) {
		void __rcu **slot;

		/* 30,000 allocations of /32 in 2000::/3, their parts below. */
		u64 alloc = (rnd() % 30000) * 2654435761u % 0x0fffffff;

		prefix(&all[i], 0x2000000000000000ULL | alloc << 33 >> 1 |
		       (rnd() & 0xffffffff), 0, lens[rnd() % ARRAY_SIZE(lens)]);
		slot = us6_fib_make(&fib, &all[i], &model_ops, GFP_KERNEL);
		*slot = all;
	}
	for (i = 0; i < N; i++)
		sum += depth(&fib, &all[i].dst);
	printf("# %d prefixes: %lu nodes, %zu bytes each, %.1f visited by a look-up\n",
	       N, nodes_alive, sizeof(struct us6_fib_node), (double)sum / N);
	MUST(sum / N < 30);
	for (i = 0; i < N; i++) {
		void __rcu **slot = us6_fib_find(&fib, &all[i]);

		if (slot)
			*slot = NULL;
		us6_fib_prune(&fib, &all[i], &model_ops);
	}
	MUST(!fib.root && !nodes_alive);
	free(all);
}

int main(void)
{
	test_edges();
	test_random();
	test_no_memory();
	test_count();
	return 0;
}
