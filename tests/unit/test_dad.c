// SRC: net/ipv6/addr/dad_core.c
// SPDX-License-Identifier: GPL-2.0
#include "../../net/ipv6/addr/dad_core.h"
#include "us6_test.h"

static const struct us6_dad_tunables once = {
	.wanted = true, .transmits = 1, .delay = 0, .retrans = 1000,
};

static struct us6_dad_step ev(struct us6_dad_step s, enum us6_dad_event e,
			      const struct us6_dad_tunables *t)
{
	return us6_dad_step(s.phase, s.left, e, t);
}

static struct us6_dad_step start(const struct us6_dad_tunables *t)
{
	return us6_dad_step(US6_DAD_NONE, 0, US6_DAD_EV_START, t);
}

static void one_solicitation_then_silence_assigns(void)
{
	struct us6_dad_step s = start(&once);

	CHECK_EQ(s.phase, US6_DAD_PROBING);
	CHECK_EQ(s.actions, US6_DAD_SEND | US6_DAD_ARM);
	CHECK_EQ(s.wait, 1000);
	s = ev(s, US6_DAD_EV_TIMER, &once);
	CHECK_EQ(s.phase, US6_DAD_DONE);
	CHECK_EQ(s.actions, US6_DAD_ASSIGN);
}

static void as_many_solicitations_as_configured(void)
{
	struct us6_dad_tunables t = once;
	struct us6_dad_step s;
	int sent = 0;

	t.transmits = 3;
	for (s = start(&t); s.phase == US6_DAD_PROBING;
	     s = ev(s, US6_DAD_EV_TIMER, &t))
		sent += !!(s.actions & US6_DAD_SEND);
	CHECK_EQ(sent, 3);
	CHECK_EQ(s.actions, US6_DAD_ASSIGN);
}

static void delay_comes_before_the_first(void)
{
	struct us6_dad_tunables t = once;
	struct us6_dad_step s;

	t.delay = 700;
	s = start(&t);
	CHECK_EQ(s.actions, US6_DAD_ARM);
	CHECK_EQ(s.wait, 700);
	s = ev(s, US6_DAD_EV_TIMER, &t);
	CHECK_EQ(s.actions, US6_DAD_SEND | US6_DAD_ARM);
	CHECK_EQ(s.wait, 1000);
}

static void zero_transmits_or_unwanted_assigns_at_once(void)
{
	struct us6_dad_tunables t = once;

	t.transmits = 0;
	t.delay = 700;
	CHECK_EQ(start(&t).actions, US6_DAD_ASSIGN);
	t = once;
	t.wanted = false;
	CHECK_EQ(start(&t).actions, US6_DAD_ASSIGN);
	CHECK_EQ(start(&t).phase, US6_DAD_DONE);
}

static void conflict_while_probing_fails_by_the_timer(void)
{
	struct us6_dad_step s = ev(start(&once), US6_DAD_EV_CONFLICT, &once);

	CHECK_EQ(s.phase, US6_DAD_DUPLICATE);
	CHECK_EQ(s.actions, US6_DAD_ARM);
	CHECK_EQ(s.wait, 0);
	s = ev(s, US6_DAD_EV_TIMER, &once);
	CHECK_EQ(s.phase, US6_DAD_DONE);
	CHECK_EQ(s.actions, US6_DAD_FAIL);
}

static void conflict_during_the_delay_counts(void)
{
	struct us6_dad_tunables t = once;
	struct us6_dad_step s;

	t.delay = 700;
	s = ev(start(&t), US6_DAD_EV_CONFLICT, &t);
	CHECK_EQ(s.phase, US6_DAD_DUPLICATE);
}

static void conflict_counts_once_and_never_afterwards(void)
{
	struct us6_dad_step s = start(&once), d;

	d = ev(ev(s, US6_DAD_EV_CONFLICT, &once), US6_DAD_EV_CONFLICT, &once);
	CHECK_EQ(d.phase, US6_DAD_DUPLICATE);
	CHECK_EQ(d.actions, 0);
	s = ev(ev(s, US6_DAD_EV_TIMER, &once), US6_DAD_EV_CONFLICT, &once);
	CHECK_EQ(s.phase, US6_DAD_DONE);
	CHECK_EQ(s.actions, 0);
	s = us6_dad_step(US6_DAD_NONE, 0, US6_DAD_EV_CONFLICT, &once);
	CHECK_EQ(s.phase, US6_DAD_NONE);
}

static void stray_timer_does_nothing(void)
{
	CHECK_EQ(us6_dad_step(US6_DAD_DONE, 0, US6_DAD_EV_TIMER, &once).actions,
		 0);
	CHECK_EQ(us6_dad_step(US6_DAD_NONE, 0, US6_DAD_EV_TIMER, &once).actions,
		 0);
}

int main(void)
{
	RUN(one_solicitation_then_silence_assigns);
	RUN(as_many_solicitations_as_configured);
	RUN(delay_comes_before_the_first);
	RUN(zero_transmits_or_unwanted_assigns_at_once);
	RUN(conflict_while_probing_fails_by_the_timer);
	RUN(conflict_during_the_delay_counts);
	RUN(conflict_counts_once_and_never_afterwards);
	RUN(stray_timer_does_nothing);
	return us6_test_end();
}
