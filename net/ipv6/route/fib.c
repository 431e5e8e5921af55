// SPDX-License-Identifier: GPL-2.0
#include "fib.h"

static u64 mask64(unsigned int bits)
{
	return bits ? ~0ULL << (64 - bits) : 0;
}

static void mask_set(u64 *mask, u8 plen)
{
	mask[0] = mask64(plen < 64 ? plen : 64);
	mask[1] = mask64(plen < 64 ? 0 : plen - 64);
}

static void key_trim(struct us6_fib_key *k, u8 plen)
{
	u64 mask[2];

	mask_set(mask, plen);
	k->w[0] &= mask[0];
	k->w[1] &= mask[1];
}

static unsigned int key_bit(const struct us6_fib_key *k, u8 pos)
{
	return (k->w[pos >> 6] >> (63 - (pos & 63))) & 1;
}

/* Leading bits that two keys have in common. */
static unsigned int key_common(const u64 *a, const u64 *b)
{
	if (a[0] != b[0])
		return 64 - fls64(a[0] ^ b[0]);
	return 128 - fls64(a[1] ^ b[1]);
}

static __always_inline bool node_covers(const struct us6_fib_node *n,
					const struct us6_fib_key *k)
{
	return !(((n->w[0] ^ k->w[0]) & n->mask[0]) |
		 ((n->w[1] ^ k->w[1]) & n->mask[1]));
}

static __always_inline unsigned int node_fork(const struct us6_fib_node *n,
					      const struct us6_fib_key *k)
{
	return (k->w[n->word] >> n->shift) & 1;
}

void us6_fib_prefix_set(struct us6_fib_prefix *p, const void *dst, u8 dlen,
			const void *src, u8 slen)
{
	us6_fib_key_set(&p->dst, dst);
	key_trim(&p->dst, dlen);
	p->dlen = dlen;
	p->slen = slen;
	if (slen) {
		us6_fib_key_set(&p->src, src);
		key_trim(&p->src, slen);
	} else {
		p->src.w[0] = 0;
		p->src.w[1] = 0;
	}
}

static bool key_covers(const struct us6_fib_key *a, u8 alen,
		       const struct us6_fib_key *b, u8 blen)
{
	return alen <= blen && key_common(a->w, b->w) >= alen;
}

bool us6_fib_covers(const struct us6_fib_prefix *a, const struct us6_fib_prefix *b)
{
	return key_covers(&a->dst, a->dlen, &b->dst, b->dlen) &&
	       key_covers(&a->src, a->slen, &b->src, b->slen);
}

/* ---- readers ------------------------------------------------------------- */

/* The node of exactly this prefix below a root. */
static struct us6_fib_node *node_find(struct us6_fib_node *n,
				      const struct us6_fib_key *k, u8 plen)
{
	while (n && n->plen < plen)
		n = rcu_dereference_raw(n->child[node_fork(n, k)]);
	if (!n || n->plen != plen || n->w[0] != k->w[0] || n->w[1] != k->w[1])
		return NULL;
	return n;
}

void __rcu **us6_fib_find(struct us6_fib *fib, const struct us6_fib_prefix *p)
{
	struct us6_fib_node *n = node_find(rcu_dereference_raw(fib->root),
					   &p->dst, p->dlen);

	if (n && p->slen)
		n = node_find(rcu_dereference_raw(n->src), &p->src, p->slen);
	return n ? &n->leaf : NULL;
}

/*
 * The longest match by source below one destination node, not longer than
 * @max.  Forks are passed without a comparison: a leaf below a fork that
 * doesn't cover the key doesn't cover it either.
 */
static void *src_match(const struct us6_fib_node *dst,
		       const struct us6_fib_key *src, int max, u8 *slen)
{
	const struct us6_fib_node *n = rcu_dereference_raw(dst->src);
	void *leaf, *best = NULL;

	while (n && n->plen <= max) {
		leaf = rcu_dereference_raw(n->leaf);
		if (leaf) {
			if (!node_covers(n, src))
				break;
			best = leaf;
			*slen = n->plen;
		}
		n = rcu_dereference_raw(n->child[node_fork(n, src)]);
	}
	return best;
}

bool us6_fib_match(const struct us6_fib *fib, const struct us6_fib_key *dst,
		   const struct us6_fib_key *src, struct us6_fib_match *m)
{
	const struct us6_fib_node *n = rcu_dereference_raw(fib->root);
	void *leaf;

	m->leaf = NULL;
	while (n) {
		leaf = rcu_dereference_raw(n->leaf);
		if (leaf || unlikely(READ_ONCE(n->has_src))) {
			if (!node_covers(n, dst))
				break;
			if (leaf) {
				m->leaf = leaf;
				m->dlen = n->plen;
				m->slen = 0;
			}
			if (unlikely(READ_ONCE(n->has_src)) && src) {
				u8 slen;

				leaf = src_match(n, src, 128, &slen);
				if (leaf) {
					m->leaf = leaf;
					m->dlen = n->plen;
					m->slen = slen;
				}
			}
		}
		n = rcu_dereference_raw(n->child[node_fork(n, dst)]);
	}
	return m->leaf;
}

bool us6_fib_match_less(const struct us6_fib *fib, const struct us6_fib_key *dst,
			const struct us6_fib_key *src, struct us6_fib_match *m)
{
	const struct us6_fib_node *n = rcu_dereference_raw(fib->root);
	const struct us6_fib_match old = *m;
	void *leaf;
	u8 slen;

	m->leaf = NULL;
	for (; n && n->plen <= old.dlen;
	     n = rcu_dereference_raw(n->child[node_fork(n, dst)])) {
		int smax = 128;

		if (n->plen == old.dlen) {
			if (!old.slen)
				break;
			smax = old.slen - 1;
		}
		if (!node_covers(n, dst))
			break;
		leaf = rcu_dereference_raw(n->leaf);
		slen = 0;
		if (READ_ONCE(n->has_src) && src) {
			void *by_src = src_match(n, src, smax, &slen);

			if (by_src)
				leaf = by_src;
		}
		if (leaf) {
			m->leaf = leaf;
			m->dlen = n->plen;
			m->slen = slen;
		}
	}
	return m->leaf;
}

void *us6_fib_cover(const struct us6_fib *fib, const struct us6_fib_prefix *p)
{
	const struct us6_fib_node *n = rcu_dereference_raw(fib->root);
	void *leaf, *best = NULL;

	while (n && (n->plen < p->dlen || (p->slen && n->plen == p->dlen))) {
		if (!node_covers(n, &p->dst))
			break;
		leaf = rcu_dereference_raw(n->leaf);
		if (leaf)
			best = leaf;
		if (n->plen == 128)
			break;
		n = rcu_dereference_raw(n->child[node_fork(n, &p->dst)]);
	}
	return best;
}

/* ---- walking ------------------------------------------------------------- */

/* Order of a walk: by bits, a prefix before what it covers. */
static int node_cmp(const struct us6_fib_node *n, const struct us6_fib_key *k,
		    u8 plen)
{
	if (n->w[0] != k->w[0])
		return n->w[0] < k->w[0] ? -1 : 1;
	if (n->w[1] != k->w[1])
		return n->w[1] < k->w[1] ? -1 : 1;
	return (int)n->plen - plen;
}

/* The first node behind a prefix, forks included. */
static struct us6_fib_node *node_next(struct us6_fib_node *n,
				      const struct us6_fib_key *k, u8 plen)
{
	struct us6_fib_node *later = NULL, *right;

	while (n) {
		int cmp = node_cmp(n, k, plen);

		if (cmp > 0)
			return n;
		if (!cmp) {
			right = rcu_dereference_raw(n->child[0]);
			if (!right)
				right = rcu_dereference_raw(n->child[1]);
			return right ? right : later;
		}
		if (!node_covers(n, k))
			break;
		right = rcu_dereference_raw(n->child[1]);
		if (node_fork(n, k)) {
			n = right;
		} else {
			if (right)
				later = right;
			n = rcu_dereference_raw(n->child[0]);
		}
	}
	return later;
}

static void *src_next(const struct us6_fib_node *dst, struct us6_fib_prefix *p,
		      bool from_start)
{
	struct us6_fib_node *root = rcu_dereference_raw(dst->src);
	struct us6_fib_node *n;
	void *leaf;

	n = from_start ? root : node_next(root, &p->src, p->slen);
	for (; n; n = node_next(root, &p->src, p->slen)) {
		p->src.w[0] = n->w[0];
		p->src.w[1] = n->w[1];
		p->slen = n->plen;
		leaf = rcu_dereference_raw(n->leaf);
		if (leaf && n->plen)
			return leaf;
	}
	return NULL;
}

void *us6_fib_next(const struct us6_fib *fib, struct us6_fib_prefix *p,
		   bool from_start)
{
	struct us6_fib_node *root = rcu_dereference_raw(fib->root);
	struct us6_fib_node *n;
	void *leaf;

	if (from_start) {
		n = root;
	} else {
		n = node_find(root, &p->dst, p->dlen);
		if (n) {
			leaf = src_next(n, p, !p->slen);
			if (leaf)
				return leaf;
		}
		n = node_next(root, &p->dst, p->dlen);
	}
	for (; n; n = node_next(root, &p->dst, p->dlen)) {
		p->dst.w[0] = n->w[0];
		p->dst.w[1] = n->w[1];
		p->dlen = n->plen;
		p->src.w[0] = 0;
		p->src.w[1] = 0;
		p->slen = 0;
		leaf = rcu_dereference_raw(n->leaf);
		if (!leaf)
			leaf = src_next(n, p, true);
		if (leaf)
			return leaf;
	}
	return NULL;
}

/* ---- writers ------------------------------------------------------------- */

#define deref(p) rcu_dereference_protected(p, 1)

static struct us6_fib_node *node_alloc(const struct us6_fib_ops *ops, gfp_t gfp,
				       const u64 *w, u8 plen)
{
	struct us6_fib_node *n = ops->alloc(gfp);

	if (!n)
		return NULL;
	memset(n, 0, sizeof(*n));
	mask_set(n->mask, plen);
	n->w[0] = w[0] & n->mask[0];
	n->w[1] = w[1] & n->mask[1];
	n->plen = plen;
	/* A /128 never forks; its shift reads a bit that nobody follows. */
	n->word = plen < 64 ? 0 : 1;
	n->shift = plen < 128 ? 63 - (plen & 63) : 0;
	return n;
}

/* Find or make the node of a prefix below *@link. */
static struct us6_fib_node *node_make(struct us6_fib_node __rcu **link,
				      const struct us6_fib_key *k, u8 plen,
				      const struct us6_fib_ops *ops, gfp_t gfp)
{
	struct us6_fib_node *n, *made, *fork;
	unsigned int common = 0;

	while ((n = deref(*link))) {
		common = key_common(n->w, k->w);
		if (common > n->plen)
			common = n->plen;
		if (common > plen)
			common = plen;
		if (common < n->plen)
			break;
		if (n->plen == plen)
			return n;
		link = &n->child[node_fork(n, k)];
	}
	made = node_alloc(ops, gfp, k->w, plen);
	if (!made || !n) {
		if (made)
			rcu_assign_pointer(*link, made);
		return made;
	}
	if (common == plen) {
		/* The new one covers what hangs here. */
		RCU_INIT_POINTER(made->child[(n->w[made->word] >> made->shift) & 1], n);
		rcu_assign_pointer(*link, made);
		return made;
	}
	fork = node_alloc(ops, gfp, k->w, common);
	if (!fork) {
		ops->free(made);
		return NULL;
	}
	RCU_INIT_POINTER(fork->child[key_bit(k, common)], made);
	RCU_INIT_POINTER(fork->child[!key_bit(k, common)], n);
	rcu_assign_pointer(*link, fork);
	return made;
}

/* Does a node still serve: as a leaf, for sources, or to fork? */
static bool node_needed(const struct us6_fib_node *n)
{
	return deref(n->leaf) || deref(n->src) ||
	       (deref(n->child[0]) && deref(n->child[1]));
}

/* Put the only child of a useless node in its place. */
static void node_drop(struct us6_fib_node __rcu **link,
		      const struct us6_fib_ops *ops)
{
	struct us6_fib_node *n = deref(*link);
	struct us6_fib_node *child = deref(n->child[0]);

	if (!child)
		child = deref(n->child[1]);
	rcu_assign_pointer(*link, child);
	ops->free(n);
}

static void node_prune(struct us6_fib_node __rcu **link,
		       const struct us6_fib_key *k, u8 plen,
		       const struct us6_fib_ops *ops)
{
	struct us6_fib_node __rcu **above = NULL;
	struct us6_fib_node *n;

	while ((n = deref(*link)) && n->plen < plen) {
		above = link;
		link = &n->child[node_fork(n, k)];
	}
	if (!n || n->plen != plen || n->w[0] != k->w[0] || n->w[1] != k->w[1] ||
	    node_needed(n))
		return;
	node_drop(link, ops);
	/* The fork above may have lost one of its two ways. */
	if (above && !node_needed(deref(*above)))
		node_drop(above, ops);
}

void __rcu **us6_fib_make(struct us6_fib *fib, const struct us6_fib_prefix *p,
			  const struct us6_fib_ops *ops, gfp_t gfp)
{
	struct us6_fib_node *n, *s;

	n = node_make(&fib->root, &p->dst, p->dlen, ops, gfp);
	if (!n || !p->slen)
		return n ? &n->leaf : NULL;
	s = node_make(&n->src, &p->src, p->slen, ops, gfp);
	if (!s) {
		node_prune(&fib->root, &p->dst, p->dlen, ops);
		return NULL;
	}
	WRITE_ONCE(n->has_src, 1);
	return &s->leaf;
}

void us6_fib_prune(struct us6_fib *fib, const struct us6_fib_prefix *p,
		   const struct us6_fib_ops *ops)
{
	struct us6_fib_node *n;

	if (p->slen) {
		n = node_find(deref(fib->root), &p->dst, p->dlen);
		if (!n)
			return;
		node_prune(&n->src, &p->src, p->slen, ops);
		if (!deref(n->src))
			WRITE_ONCE(n->has_src, 0);
	}
	node_prune(&fib->root, &p->dst, p->dlen, ops);
}
