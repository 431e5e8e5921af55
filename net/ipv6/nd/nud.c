// SPDX-License-Identifier: GPL-2.0
/*
 * Neighbour Unreachability Detection.  PURE; see nud.h.
 *
 *                    SEND                     answer
 *   NONE, FAILED ------------> INCOMPLETE ------------> REACHABLE or STALE
 *        ^                        |
 *        +------------------------+ no answer
 *
 *   REACHABLE --age--> STALE --SEND--> DELAY --time--> PROBE --no answer-->
 *   UNREACHABLE, which keeps its address and is probed by multicast, ever more
 *   seldom, as long as packets are sent (RFC 7048).  An answer leads from any
 *   of them back to REACHABLE.
 */
#include <net/us6/pure.h>
#include "nud.h"

#define BACKOFF_MULTIPLE	3	/* RFC 7048 section 4 */

static void timer_set(struct us6_nud *n, unsigned long expires)
{
	n->timer = true;
	n->expires = expires;
}

static bool pinned(const struct us6_nud *n)
{
	return n->state == US6_NUD_PERMANENT || n->state == US6_NUD_NOARP;
}

/* STALE and REACHABLE need no clock, unless somebody wants them kept fresh. */
static void settle(struct us6_nud *n, u8 state, unsigned long now,
		   const struct us6_nud_tunables *t)
{
	n->state = state;
	n->probes = 0;
	n->timer = false;
	if (state == US6_NUD_REACHABLE)
		n->confirmed = now;
	if (n->managed)
		timer_set(n, now + t->managed);
}

static unsigned int solicit(struct us6_nud *n, unsigned long now,
			    unsigned long wait, unsigned int act)
{
	n->probed = now;
	if (n->probes < 255)
		n->probes++;
	timer_set(n, now + wait);
	return act;
}

/* RFC 4861 7.2.2: a daemon's share first, then multicasts. */
static unsigned int resolve(struct us6_nud *n, unsigned long now,
			    const struct us6_nud_tunables *t)
{
	if (n->probes < t->app)
		return solicit(n, now, t->retrans, US6_NUD_ACT_NS_APP);
	if (n->probes < t->app + t->mcast)
		return solicit(n, now, t->retrans, US6_NUD_ACT_NS_MCAST);
	n->state = US6_NUD_FAILED;
	n->probes = 0;
	n->timer = false;
	if (n->managed)
		timer_set(n, now + t->managed);
	return US6_NUD_ACT_FAIL | US6_NUD_ACT_NOTIFY;
}

/* RFC 7048: RetransTimer * 3^k, at most MAX_RETRANS_TIMER. */
static unsigned long backoff(const struct us6_nud *n,
			     const struct us6_nud_tunables *t)
{
	unsigned int first = t->ucast + t->app + t->mcast_probe;
	unsigned int k = n->probes > first ? n->probes - first : 0;
	unsigned long wait = t->retrans;

	for (k++; k && wait < t->max_retrans; k--)
		wait *= BACKOFF_MULTIPLE;
	return min(wait, max(t->max_retrans, t->retrans));
}

/* Who is asked in PROBE: the neighbour itself, then a daemon, then the link. */
static unsigned int probe(struct us6_nud *n, unsigned long now,
			  const struct us6_nud_tunables *t)
{
	if (n->probes < t->ucast)
		return solicit(n, now, t->retrans, US6_NUD_ACT_NS_UCAST);
	if (n->probes < t->ucast + t->app)
		return solicit(n, now, t->retrans, US6_NUD_ACT_NS_APP);
	if (n->probes < t->ucast + t->app + t->mcast_probe)
		return solicit(n, now, t->retrans, US6_NUD_ACT_NS_MCAST);

	n->state = US6_NUD_UNREACHABLE;
	return US6_NUD_ACT_NOTIFY | US6_NUD_ACT_RESELECT |
	       solicit(n, now, backoff(n, t), US6_NUD_ACT_NS_MCAST);
}

static unsigned int start_probe(struct us6_nud *n, unsigned long now,
				const struct us6_nud_tunables *t)
{
	n->state = US6_NUD_PROBE;
	n->probes = 0;
	return probe(n, now, t);
}

static unsigned int on_send(struct us6_nud *n, unsigned long now,
			    const struct us6_nud_tunables *t)
{
	unsigned int act;

	n->state = us6_nud_aged(n->state, n->confirmed, now, t->reachable);
	n->used = now;
	switch (n->state) {
	case US6_NUD_NONE:
	case US6_NUD_FAILED:
		n->state = US6_NUD_INCOMPLETE;
		n->probes = 0;
		act = resolve(n, now, t);
		return act & US6_NUD_ACT_FAIL ? act | US6_NUD_ACT_DROP :
						act | US6_NUD_ACT_QUEUE;
	case US6_NUD_INCOMPLETE:
		return US6_NUD_ACT_QUEUE;
	case US6_NUD_STALE:
		n->state = US6_NUD_DELAY;
		timer_set(n, now + t->delay_first);
		return US6_NUD_ACT_XMIT;
	case US6_NUD_UNREACHABLE:
		/* Probing rests while nothing is sent: wake it. */
		if (n->timer)
			return US6_NUD_ACT_XMIT;
		return US6_NUD_ACT_XMIT |
		       solicit(n, now, backoff(n, t), US6_NUD_ACT_NS_MCAST);
	default:
		return US6_NUD_ACT_XMIT;
	}
}

static unsigned int on_timeout(struct us6_nud *n, unsigned long now,
			       const struct us6_nud_tunables *t)
{
	n->timer = false;
	switch (n->state) {
	case US6_NUD_INCOMPLETE:
		return resolve(n, now, t);
	case US6_NUD_DELAY:
		/* Confirmed meanwhile, by a hint that took no lock? */
		if (now - n->confirmed < t->delay_first) {
			settle(n, US6_NUD_REACHABLE, n->confirmed, t);
			return US6_NUD_ACT_NOTIFY;
		}
		return start_probe(n, now, t) | US6_NUD_ACT_NOTIFY;
	case US6_NUD_PROBE:
		if (n->confirmed - n->probed <= now - n->probed) {
			settle(n, US6_NUD_REACHABLE, n->confirmed, t);
			return US6_NUD_ACT_NOTIFY;
		}
		return probe(n, now, t);
	case US6_NUD_UNREACHABLE:
		/* RFC 7048 section 3: stop unless packets were sent since. */
		if (!n->managed && n->used - n->probed - 1 >= now - n->probed)
			return 0;
		return solicit(n, now, backoff(n, t), US6_NUD_ACT_NS_MCAST);
	case US6_NUD_STALE:
	case US6_NUD_REACHABLE:
		return n->managed ? start_probe(n, now, t) : 0;
	case US6_NUD_FAILED:
		n->state = US6_NUD_INCOMPLETE;
		return resolve(n, now, t);
	default:
		return 0;
	}
}

/* RFC 4861 appendix D. */
static unsigned int set_router(struct us6_nud *n,
			       const struct us6_nud_event *ev)
{
	bool was = n->router;

	if (ev->router == US6_NUD_ROUTER_UNKNOWN)
		return 0;
	n->router = ev->router == US6_NUD_ROUTER_YES;
	if (n->router == was)
		return 0;
	return was ? US6_NUD_ACT_NOT_ROUTER | US6_NUD_ACT_NOTIFY :
		     US6_NUD_ACT_NOTIFY;
}

/* The entry gets its first address. */
static unsigned int resolved(struct us6_nud *n, u8 state, unsigned long now,
			     const struct us6_nud_tunables *t)
{
	settle(n, state, now, t);
	return US6_NUD_ACT_LLADDR | US6_NUD_ACT_FLUSH | US6_NUD_ACT_NOTIFY |
	       US6_NUD_ACT_RESELECT;
}

/* An entry with an address changes to @state; does that show? */
static unsigned int change(struct us6_nud *n, u8 state, unsigned long now,
			   const struct us6_nud_tunables *t)
{
	u8 was = us6_nud_aged(n->state, n->confirmed, now, t->reachable);
	unsigned int act = 0;

	if (was != state)
		act |= US6_NUD_ACT_NOTIFY;
	if (us6_nud_reachable(was) != us6_nud_reachable(state))
		act |= US6_NUD_ACT_RESELECT;
	settle(n, state, now, t);
	return act;
}

/* RFC 4861 7.2.5 */
static unsigned int on_na(struct us6_nud *n, const struct us6_nud_event *ev,
			  unsigned long now, const struct us6_nud_tunables *t)
{
	bool other = ev->lladdr == US6_NUD_LL_DIFFERENT;
	unsigned int act;

	if (!us6_nud_valid(n->state)) {
		/* NONE: nobody has asked, as if there were no entry. */
		if (n->state == US6_NUD_NONE || ev->lladdr == US6_NUD_LL_NONE)
			return 0;
		return set_router(n, ev) |
		       resolved(n, ev->solicited ? US6_NUD_REACHABLE :
				US6_NUD_STALE, now, t);
	}

	/* I. */
	if (!ev->override && other) {
		if (us6_nud_aged(n->state, n->confirmed, now, t->reachable) !=
		    US6_NUD_REACHABLE)
			return 0;
		return change(n, US6_NUD_STALE, now, t);
	}

	/* II. */
	act = set_router(n, ev);
	if (other)
		act |= US6_NUD_ACT_LLADDR | US6_NUD_ACT_NOTIFY;
	if (ev->solicited)
		act |= change(n, US6_NUD_REACHABLE, now, t);
	else if (other)
		act |= change(n, US6_NUD_STALE, now, t);
	return act;
}

/* RFC 4861 7.3.3 and the second table of appendix C. */
static unsigned int on_lladdr(struct us6_nud *n, const struct us6_nud_event *ev,
			      unsigned long now,
			      const struct us6_nud_tunables *t)
{
	unsigned int act = set_router(n, ev);

	if (!us6_nud_valid(n->state))
		return act | resolved(n, US6_NUD_STALE, now, t);
	if (ev->lladdr != US6_NUD_LL_DIFFERENT)
		return act;
	return act | US6_NUD_ACT_LLADDR | US6_NUD_ACT_NOTIFY |
	       change(n, US6_NUD_STALE, now, t);
}

static unsigned int on_probe(struct us6_nud *n, unsigned long now,
			     const struct us6_nud_tunables *t)
{
	switch (us6_nud_aged(n->state, n->confirmed, now, t->reachable)) {
	case US6_NUD_STALE:
	case US6_NUD_DELAY:
		return start_probe(n, now, t) | US6_NUD_ACT_NOTIFY;
	case US6_NUD_NONE:
	case US6_NUD_FAILED:
	case US6_NUD_UNREACHABLE:
		return on_send(n, now, t) &
		       ~(US6_NUD_ACT_QUEUE | US6_NUD_ACT_XMIT | US6_NUD_ACT_DROP);
	default:
		return 0;
	}
}

unsigned int us6_nud_step(struct us6_nud *n, const struct us6_nud_event *ev,
			  unsigned long now, const struct us6_nud_tunables *t)
{
	if (pinned(n)) {
		if (ev->type == US6_NUD_EV_SEND) {
			n->used = now;
			return US6_NUD_ACT_XMIT;
		}
		/* Who it is stays configured; what it is may be learned. */
		return set_router(n, ev);
	}

	switch (ev->type) {
	case US6_NUD_EV_SEND:
		return on_send(n, now, t);
	case US6_NUD_EV_TIMEOUT:
		return on_timeout(n, now, t);
	case US6_NUD_EV_NA:
		return on_na(n, ev, now, t);
	case US6_NUD_EV_LLADDR:
		return on_lladdr(n, ev, now, t);
	case US6_NUD_EV_ROUTER:
		return set_router(n, ev);
	case US6_NUD_EV_CONFIRM:
		return us6_nud_valid(n->state) ?
		       change(n, US6_NUD_REACHABLE, now, t) : 0;
	case US6_NUD_EV_PROBE:
		return on_probe(n, now, t);
	default:
		return 0;
	}
}
