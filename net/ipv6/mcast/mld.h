/* SPDX-License-Identifier: GPL-2.0 */
#ifndef US6_MCAST_MLD_H
#define US6_MCAST_MLD_H

#include <net/us6/pure.h>
#include "../wire/mld.h"

/* Filter modes; the values of MCAST_EXCLUDE and MCAST_INCLUDE. */
enum us6_mld_mode {
	US6_MLD_EXCLUDE	= 0,
	US6_MLD_INCLUDE	= 1,
};

/*
 * What one listener (a socket, or the stack itself) asks of one group.
 * @src is sorted by memcmp() and free of doubles.
 */
struct us6_mld_listener {
	const struct in6_addr	*src;
	unsigned int		n;
	enum us6_mld_mode	mode;
};

/* W: written under the caller's lock, read anywhere.  L: under that lock. */
struct us6_mld_source {
	struct in6_addr	addr;		/* immutable */
	u32		count[2];	/* W: listeners with it in mode [.] */
	u8		retrans;	/* L: reports of change still to name it */
	u8		asked;		/* L: by a source-specific query */
};

/*
 * The state of one group on one interface, RFC 3810 section 4.2: what all its
 * listeners want together.  Readers see it under RCU.
 */
struct us6_mld_state {
	struct rcu_head		rcu;
	u32			count[2];	/* W: listeners by mode */
	u32			n;		/* immutable */
	u8			mode_retrans;	/* L: mode change reports to come */
	struct us6_mld_source	src[];		/* sorted by address */
};

/* Wanted by nobody: RFC 3810 section 6.1 calls it INCLUDE({}). */
static inline bool us6_mld_unused(const struct us6_mld_state *g)
{
	return !g->count[US6_MLD_EXCLUDE] && !g->count[US6_MLD_INCLUDE];
}

static inline enum us6_mld_mode us6_mld_mode(const struct us6_mld_state *g)
{
	return READ_ONCE(g->count[US6_MLD_EXCLUDE]) ? US6_MLD_EXCLUDE :
						      US6_MLD_INCLUDE;
}

/**
 * us6_mld_missing() - sources that a listener brings and the state has not
 * @g: state or NULL
 * @l: listener
 *
 * Return: how many; none means us6_mld_apply() needs no larger state.
 */
unsigned int us6_mld_missing(const struct us6_mld_state *g,
			     const struct us6_mld_listener *l);

/**
 * us6_mld_expand() - a copy with room for a new listener's sources
 * @old: state, or NULL for none
 * @l: listener
 * @new: old->n + us6_mld_missing() sources fit
 *
 * Sources that nobody names any more are left out.
 */
void us6_mld_expand(const struct us6_mld_state *old,
		    const struct us6_mld_listener *l,
		    struct us6_mld_state *new);

/**
 * us6_mld_apply() - one change of a listener
 * @g: state; has all sources of @gone and @come
 * @gone: what the listener asked before, or NULL
 * @come: what it asks now, or NULL
 * @robustness: reports for the change, RFC 3810 section 6.1
 *
 * Return: true if the merged state changed, and so is to be reported.
 */
bool us6_mld_apply(struct us6_mld_state *g, const struct us6_mld_listener *gone,
		   const struct us6_mld_listener *come, u8 robustness);

/**
 * us6_mld_announce() - report all of a group as if it were new
 * @g: state
 * @robustness: how often
 *
 * RFC 3810 section 5.2.13, when a link-local address became valid.
 */
void us6_mld_announce(struct us6_mld_state *g, u8 robustness);

/** us6_mld_wants() - is a source let through? @g: state. @src: source. Lockless. */
bool us6_mld_wants(const struct us6_mld_state *g, const struct in6_addr *src);

/**
 * us6_mld_change_types() - records of the next State Change Report
 * @g: state
 * @types: result
 *
 * RFC 3810 section 6.1.  Return: how many, 0 to 2.
 */
unsigned int us6_mld_change_types(const struct us6_mld_state *g, u8 types[2]);

/** us6_mld_change_sent() - a State Change Report went out. @g: state. Return: true if more must follow. */
bool us6_mld_change_sent(struct us6_mld_state *g);

/** us6_mld_change_cancel() - forget what is to be repeated, RFC 3810 8.2.1. @g: state */
void us6_mld_change_cancel(struct us6_mld_state *g);

/**
 * us6_mld_selects() - does a source belong into a record?
 * @g: state
 * @s: source of @g
 * @type: enum us6_mld_record
 */
bool us6_mld_selects(const struct us6_mld_state *g,
		     const struct us6_mld_source *s, u8 type);

/** us6_mld_current_type() - record type of the current state. @g: state. Return: US6_MLD_IS_IN, US6_MLD_IS_EX */
static inline u8 us6_mld_current_type(const struct us6_mld_state *g)
{
	return us6_mld_mode(g) == US6_MLD_INCLUDE ? US6_MLD_IS_IN :
						    US6_MLD_IS_EX;
}

/**
 * us6_mld_has() - would a record of this type name any source?
 * @g: state
 * @type: enum us6_mld_record
 */
bool us6_mld_has(const struct us6_mld_state *g, u8 type);

#endif /* US6_MCAST_MLD_H */
