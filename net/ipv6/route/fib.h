/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Longest prefix match, PURE: a path-compressed binary trie over destination
 * prefixes, whose nodes may carry a second one over source prefixes (RFC 8043).
 *
 * Why this shape.  Counted over 200,000 prefixes with the lengths and the
 * clustering of a global table (tests/unit/test_fib.c prints it), a look-up
 * visits 19 nodes, most of them bare forks that cost a load, a shift and a
 * jump, and 330,000 nodes of 88 octets hold it all; with the dozen prefixes of
 * a host it visits 3 to 6.  A multibit trie visits fewer in the large table,
 * yet gains nothing in the small one, wastes memory where IPv6 prefixes are
 * sparse, and rewrites arrays at each change; here a change is one pointer
 * store, so readers need no lock, and a routing daemon's feed costs little.
 *
 * Readers hold RCU.  Writers are serialised by the caller.  What a writer
 * unlinks is given to us6_fib_ops.free, which must wait for readers.
 */
#ifndef _US6_ROUTE_FIB_H
#define _US6_ROUTE_FIB_H

#include <net/us6/pure.h>

/* 128 bits in host order, so that a bit is a shift and a prefix a mask. */
struct us6_fib_key {
	u64	w[2];
};

/* I: immutable once linked, R: RCU, written by the writer alone */
struct us6_fib_node {
	struct us6_fib_node __rcu	*child[2];	/* R */
	u64				w[2];		/* I: bits behind plen are 0 */
	u64				mask[2];	/* I */
	void __rcu			*leaf;		/* R: the caller's, or NULL */
	u8				plen;		/* I */
	u8				word;		/* I: of the bit that forks */
	u8				shift;		/* I: of the bit that forks */
	u8				has_src;	/* R: src is not NULL */
	struct us6_fib_node __rcu	*src;		/* R: by source prefix */
	struct rcu_head			rcu;
};

struct us6_fib {
	struct us6_fib_node __rcu	*root;
};

struct us6_fib_ops {
	struct us6_fib_node *(*alloc)(gfp_t gfp);	/* may return NULL */
	void (*free)(struct us6_fib_node *node);	/* after a grace period */
};

/* A prefix pair; slen 0 is any source. */
struct us6_fib_prefix {
	struct us6_fib_key	dst;
	struct us6_fib_key	src;
	u8			dlen;
	u8			slen;
};

struct us6_fib_match {
	void			*leaf;
	u8			dlen;
	u8			slen;
};

static inline void us6_fib_key_set(struct us6_fib_key *k, const void *addr)
{
	k->w[0] = get_unaligned_be64(addr);
	k->w[1] = get_unaligned_be64((const u8 *)addr + 8);
}

static inline void us6_fib_key_get(const struct us6_fib_key *k, void *addr)
{
	put_unaligned_be64(k->w[0], addr);
	put_unaligned_be64(k->w[1], (u8 *)addr + 8);
}

/**
 * us6_fib_prefix_set() - a prefix pair from addresses in wire order
 * @p: result, bits behind the lengths cleared
 * @dst: destination
 * @dlen: 0..128
 * @src: source, ignored when @slen is 0
 * @slen: 0..128
 */
void us6_fib_prefix_set(struct us6_fib_prefix *p, const void *dst, u8 dlen,
			const void *src, u8 slen);

/**
 * us6_fib_find() - where the leaf of exactly this prefix hangs
 * @fib: the trie
 * @p: prefix
 *
 * Reader or writer.  Return: the slot, or NULL when there is no such node; the
 * slot may hold NULL where a node only forks.
 */
void __rcu **us6_fib_find(struct us6_fib *fib, const struct us6_fib_prefix *p);

/**
 * us6_fib_make() - the same, made when it is missing
 * @fib: the trie
 * @p: prefix
 * @ops: memory
 * @gfp: for @ops
 *
 * Writer.  A slot that stays empty must be given to us6_fib_prune().
 * Return: the slot, or NULL without memory; the trie is then as it was.
 */
void __rcu **us6_fib_make(struct us6_fib *fib, const struct us6_fib_prefix *p,
			  const struct us6_fib_ops *ops, gfp_t gfp);

/**
 * us6_fib_prune() - take nodes away that an emptied slot leaves useless
 * @fib: the trie
 * @p: prefix whose slot the caller set to NULL
 * @ops: memory
 *
 * Writer.
 */
void us6_fib_prune(struct us6_fib *fib, const struct us6_fib_prefix *p,
		   const struct us6_fib_ops *ops);

/**
 * us6_fib_match() - the longest match
 * @fib: the trie
 * @dst: destination
 * @src: source, or NULL: only routes for any source
 * @m: the leaf, and the lengths that matched
 *
 * Longest destination first, then longest source.  Reader.  Return: found.
 */
bool us6_fib_match(const struct us6_fib *fib, const struct us6_fib_key *dst,
		   const struct us6_fib_key *src, struct us6_fib_match *m);

/**
 * us6_fib_match_less() - the next best, when that one didn't serve
 * @fib: the trie
 * @dst: as before
 * @src: as before
 * @m: in: what was found before; out: the next
 *
 * Reader.  Return: found.
 */
bool us6_fib_match_less(const struct us6_fib *fib, const struct us6_fib_key *dst,
			const struct us6_fib_key *src, struct us6_fib_match *m);

/**
 * us6_fib_next() - walk in the order of prefixes, a prefix before those below it
 * @fib: the trie
 * @p: in: where the walk stands; out: the next with a leaf
 * @from_start: ignore @p on entry
 *
 * Stands on values and not on nodes, so that a walk may be left and taken up
 * after the trie changed.  Reader.  Return: the leaf, NULL at the end.
 */
void *us6_fib_next(const struct us6_fib *fib, struct us6_fib_prefix *p,
		   bool from_start);

/**
 * us6_fib_covers() - does one prefix pair contain another?
 * @a: the shorter
 * @b: the longer, or equal
 */
bool us6_fib_covers(const struct us6_fib_prefix *a, const struct us6_fib_prefix *b);

/**
 * us6_fib_cover() - the longest proper cover for any source
 * @fib: the trie
 * @p: prefix
 *
 * Reader.  Return: leaf of the longest destination prefix shorter than @p's
 * that contains it, or NULL.  Of the same destination, when @p has a source,
 * the leaf for any source.
 */
void *us6_fib_cover(const struct us6_fib *fib, const struct us6_fib_prefix *p);

#endif /* _US6_ROUTE_FIB_H */
