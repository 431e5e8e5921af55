/* SPDX-License-Identifier: GPL-2.0 */
/*
 * PURE: the steps of Duplicate Address Detection, RFC 4862 section 5.4.
 *
 * A function of (phase, event, tunables); the caller keeps the state, sends and
 * sets its timer after unlocking.
 */
#ifndef _US6_ADDR_DAD_CORE_H
#define _US6_ADDR_DAD_CORE_H

#include <net/us6/pure.h>

enum us6_dad_phase {
	US6_DAD_NONE,		/* not begun, or stopped */
	US6_DAD_PROBING,	/* tentative */
	US6_DAD_DUPLICATE,	/* somebody has it, to be dealt with */
	US6_DAD_DONE,		/* assigned, or given up */
};

enum us6_dad_event {
	US6_DAD_EV_START,
	US6_DAD_EV_TIMER,
	US6_DAD_EV_CONFLICT,	/* an advertisement, or a foreign solicitation */
};

/* What the caller is to do. */
#define US6_DAD_SEND	BIT(0)	/* a Neighbour Solicitation */
#define US6_DAD_ARM	BIT(1)	/* the timer, to @wait from now */
#define US6_DAD_ASSIGN	BIT(2)	/* the address is unique */
#define US6_DAD_FAIL	BIT(3)	/* it is not */

/* Times in any one unit. */
struct us6_dad_tunables {
	bool	wanted;		/* false: section 5.4's exceptions */
	u8	transmits;	/* DupAddrDetectTransmits */
	u32	delay;		/* before the first, section 5.4.2 */
	u32	retrans;	/* RetransTimer */
};

struct us6_dad_step {
	u8	phase;
	u8	left;
	u32	actions;
	u32	wait;
};

/**
 * us6_dad_step() - what an event makes of an address
 * @phase: enum us6_dad_phase
 * @left: solicitations still to send
 * @event: what happened
 * @t: tunables
 *
 * Return: the new state and what to do.
 */
struct us6_dad_step us6_dad_step(u8 phase, u8 left, enum us6_dad_event event,
				 const struct us6_dad_tunables *t);

#endif
