// SPDX-License-Identifier: GPL-2.0
/*
 * PURE: the steps of Duplicate Address Detection, RFC 4862 section 5.4.
 */
#include "dad_core.h"

/* Send what is left, one RetransTimer apart; a last one of silence decides. */
static struct us6_dad_step us6_dad_probe(u8 left,
					 const struct us6_dad_tunables *t)
{
	struct us6_dad_step s = { .phase = US6_DAD_DONE };

	if (!left) {
		s.actions = US6_DAD_ASSIGN;
		return s;
	}
	s.phase = US6_DAD_PROBING;
	s.left = left - 1;
	s.actions = US6_DAD_SEND | US6_DAD_ARM;
	s.wait = t->retrans;
	return s;
}

static struct us6_dad_step us6_dad_begin(const struct us6_dad_tunables *t)
{
	struct us6_dad_step s = { .phase = US6_DAD_PROBING };

	/* DupAddrDetectTransmits 0: not performed, section 5.1. */
	if (!t->wanted || !t->transmits)
		return us6_dad_probe(0, t);
	if (!t->delay)
		return us6_dad_probe(t->transmits, t);
	s.left = t->transmits;
	s.actions = US6_DAD_ARM;
	s.wait = t->delay;
	return s;
}

struct us6_dad_step us6_dad_step(u8 phase, u8 left, enum us6_dad_event event,
				 const struct us6_dad_tunables *t)
{
	struct us6_dad_step same = { .phase = phase, .left = left };

	switch (event) {
	case US6_DAD_EV_START:
		return us6_dad_begin(t);
	case US6_DAD_EV_TIMER:
		if (phase == US6_DAD_PROBING)
			return us6_dad_probe(left, t);
		if (phase == US6_DAD_DUPLICATE) {
			same.phase = US6_DAD_DONE;
			same.actions = US6_DAD_FAIL;
		}
		return same;
	case US6_DAD_EV_CONFLICT:
		/* Acted upon by the timer: what follows may sleep. */
		if (phase == US6_DAD_PROBING) {
			same.phase = US6_DAD_DUPLICATE;
			same.actions = US6_DAD_ARM;
		}
		return same;
	}
	return same;
}
