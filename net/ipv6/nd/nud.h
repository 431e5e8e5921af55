/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _US6_ND_NUD_H
#define _US6_ND_NUD_H

#include <net/us6/pure.h>
#include <net/us6/nud_state.h>

/*
 * Neighbour Unreachability Detection as a function: RFC 4861 sections 7.2, 7.3
 * and appendix C, with the UNREACHABLE state and backoff of RFC 7048.  PURE:
 * (entry, event, now, tunables) -> (entry, actions).  Times are ticks of an
 * unsigned clock that may wrap.
 */

/* What of an entry the machine reads and changes. */
struct us6_nud {
	u8		state;
	u8		probes;		/* sent since the last answer */
	bool		router;		/* IsRouter, RFC 4861 5.1 */
	bool		managed;	/* kept REACHABLE by probing */
	unsigned long	confirmed;	/* last sign of reachability */
	unsigned long	used;		/* last packet sent */
	unsigned long	probed;		/* last solicitation sent */
	bool		timer;		/* a TIMEOUT is due at @expires */
	unsigned long	expires;
};

/* RFC 4861 sections 6.3.2 and 10, RFC 7048 section 4; ticks and counts. */
struct us6_nud_tunables {
	unsigned long	reachable;	/* ReachableTime, already randomised */
	unsigned long	retrans;	/* RetransTimer */
	unsigned long	delay_first;	/* DELAY_FIRST_PROBE_TIME */
	unsigned long	max_retrans;	/* MAX_RETRANS_TIMER, RFC 7048 */
	unsigned long	managed;	/* how often to probe a managed entry */
	unsigned int	mcast;		/* MAX_MULTICAST_SOLICIT */
	unsigned int	ucast;		/* MAX_UNICAST_SOLICIT */
	unsigned int	app;		/* solicitations left to a daemon */
	unsigned int	mcast_probe;	/* multicasts in PROBE after the unicasts */
};

enum us6_nud_event_type {
	US6_NUD_EV_SEND,	/* a packet is to be sent */
	US6_NUD_EV_TIMEOUT,
	US6_NUD_EV_NA,		/* Neighbour Advertisement for it */
	US6_NUD_EV_LLADDR,	/* NS, RS, RA or Redirect gave its address */
	US6_NUD_EV_ROUTER,	/* RA without an address: it is a router */
	US6_NUD_EV_CONFIRM,	/* forward progress in an upper layer */
	US6_NUD_EV_PROBE,	/* somebody wants it verified now */
};

enum us6_nud_lladdr {
	US6_NUD_LL_NONE,	/* the message carries none */
	US6_NUD_LL_SAME,	/* as cached (or there is nothing to cache) */
	US6_NUD_LL_DIFFERENT,	/* other than cached, or none is cached */
};

enum us6_nud_isrouter {
	US6_NUD_ROUTER_UNKNOWN,	/* the message says nothing, appendix D */
	US6_NUD_ROUTER_NO,
	US6_NUD_ROUTER_YES,
};

struct us6_nud_event {
	u8	type;		/* enum us6_nud_event_type */
	u8	lladdr;		/* enum us6_nud_lladdr */
	u8	router;		/* enum us6_nud_isrouter */
	bool	solicited;	/* NA */
	bool	override;	/* NA */
};

/* Actions, for the caller to carry out once it has unlocked. */
#define US6_NUD_ACT_XMIT	0x001	/* SEND: the packet goes out */
#define US6_NUD_ACT_QUEUE	0x002	/* SEND: the packet waits */
#define US6_NUD_ACT_DROP	0x004	/* SEND: the packet fails now */
#define US6_NUD_ACT_NS_MCAST	0x008	/* solicit by multicast */
#define US6_NUD_ACT_NS_UCAST	0x010	/* solicit at the cached address */
#define US6_NUD_ACT_NS_APP	0x020	/* ask a daemon */
#define US6_NUD_ACT_LLADDR	0x040	/* record the address of the event */
#define US6_NUD_ACT_FLUSH	0x080	/* send what waits */
#define US6_NUD_ACT_FAIL	0x100	/* report and drop what waits */
#define US6_NUD_ACT_NOTIFY	0x200	/* netlink, face */
#define US6_NUD_ACT_RESELECT	0x400	/* next-hop reachability changed */
#define US6_NUD_ACT_NOT_ROUTER	0x800	/* IsRouter went from TRUE to FALSE */

/**
 * us6_nud_step() - one event
 * @n: entry; changed
 * @ev: event
 * @now: clock
 * @t: tunables
 *
 * Return: US6_NUD_ACT_*.
 */
unsigned int us6_nud_step(struct us6_nud *n, const struct us6_nud_event *ev,
			  unsigned long now, const struct us6_nud_tunables *t);

/**
 * us6_nud_aged() - the state with REACHABLE aged by the clock
 * @state: stored state
 * @confirmed: last confirmation
 * @now: clock
 * @reachable: ReachableTime
 */
static inline u8 us6_nud_aged(u8 state, unsigned long confirmed,
			      unsigned long now, unsigned long reachable)
{
	if (state == US6_NUD_REACHABLE && now - confirmed >= reachable)
		return US6_NUD_STALE;
	return state;
}

/* Is the link-layer address known? */
static inline bool us6_nud_valid(u8 state)
{
	return state >= US6_NUD_UNREACHABLE;
}

/* Reachable or probably reachable, RFC 4861 section 6.3.6. */
static inline bool us6_nud_reachable(u8 state)
{
	return state >= US6_NUD_STALE;
}

#endif /* _US6_ND_NUD_H */
