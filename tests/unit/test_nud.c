// SRC: net/ipv6/nd/nud.c
// SPDX-License-Identifier: GPL-2.0
/*
 * One test for each edge of RFC 4861 7.3 and appendix C, with RFC 7048's
 * UNREACHABLE, under a clock of its own.
 */
#include "us6_test.h"
#include "../../net/ipv6/nd/nud.h"

static const struct us6_nud_tunables tun = {
	.reachable = 30000, .retrans = 1000, .delay_first = 5000,
	.max_retrans = 60000, .managed = 5000, .mcast = 3, .ucast = 3,
};

static struct us6_nud n;
static unsigned long now;
static unsigned int act;

/* An entry in some state; the clock is near its wrap. */
static void in(u8 state)
{
	now = (unsigned long)-3000;
	memset(&n, 0, sizeof(n));
	n.state = state;
	n.confirmed = now;
	n.used = n.probed = now - 100000;
}

static unsigned int ev(u8 type)
{
	struct us6_nud_event e = { .type = type };

	return act = us6_nud_step(&n, &e, now, &tun);
}

static unsigned int na(u8 lladdr, bool solicited, bool override)
{
	struct us6_nud_event e = {
		.type = US6_NUD_EV_NA, .lladdr = lladdr,
		.solicited = solicited, .override = override,
		.router = US6_NUD_ROUTER_NO,
	};

	return act = us6_nud_step(&n, &e, now, &tun);
}

static unsigned int lladdr(u8 how, u8 router)
{
	struct us6_nud_event e = {
		.type = US6_NUD_EV_LLADDR, .lladdr = how, .router = router,
	};

	return act = us6_nud_step(&n, &e, now, &tun);
}

/* The timer fires when it is due. */
static unsigned int fire(void)
{
	CHECK(n.timer);
	now = n.expires;
	return ev(US6_NUD_EV_TIMEOUT);
}

#define HAS(a) CHECK((act & (a)) == (a))
#define HASNT(a) CHECK(!(act & (a)))

/* ---- address resolution ----------------------------------------------------- */

static void none_send_is_incomplete_and_solicits(void)
{
	in(US6_NUD_NONE);
	ev(US6_NUD_EV_SEND);
	CHECK_EQ(n.state, US6_NUD_INCOMPLETE);
	HAS(US6_NUD_ACT_QUEUE | US6_NUD_ACT_NS_MCAST);
	HASNT(US6_NUD_ACT_XMIT);
	CHECK_EQ(n.expires - now, tun.retrans);
}

static void incomplete_send_only_queues(void)
{
	in(US6_NUD_NONE);
	ev(US6_NUD_EV_SEND);
	ev(US6_NUD_EV_SEND);
	CHECK_EQ(act, US6_NUD_ACT_QUEUE);
}

static void incomplete_retransmits_and_fails_after_three(void)
{
	unsigned long start;

	in(US6_NUD_NONE);
	start = now;
	ev(US6_NUD_EV_SEND);
	fire();
	HAS(US6_NUD_ACT_NS_MCAST);
	CHECK_EQ(n.state, US6_NUD_INCOMPLETE);
	fire();
	HAS(US6_NUD_ACT_NS_MCAST);
	fire();
	HAS(US6_NUD_ACT_FAIL | US6_NUD_ACT_NOTIFY);
	HASNT(US6_NUD_ACT_NS_MCAST);
	CHECK_EQ(n.state, US6_NUD_FAILED);
	CHECK_EQ(now - start, 3000);
	CHECK(!n.timer);
}

static void failed_send_starts_again(void)
{
	in(US6_NUD_FAILED);
	ev(US6_NUD_EV_SEND);
	CHECK_EQ(n.state, US6_NUD_INCOMPLETE);
	HAS(US6_NUD_ACT_QUEUE | US6_NUD_ACT_NS_MCAST);
}

static void failed_accepts_an_advertisement(void)
{
	in(US6_NUD_FAILED);
	na(US6_NUD_LL_DIFFERENT, false, false);
	CHECK_EQ(n.state, US6_NUD_STALE);
	HAS(US6_NUD_ACT_LLADDR);
}

static void daemon_is_asked_first(void)
{
	struct us6_nud_tunables t = tun;
	struct us6_nud_event e = { .type = US6_NUD_EV_SEND };

	t.app = 1;
	in(US6_NUD_NONE);
	act = us6_nud_step(&n, &e, now, &t);
	HAS(US6_NUD_ACT_NS_APP);
	HASNT(US6_NUD_ACT_NS_MCAST);
	e.type = US6_NUD_EV_TIMEOUT;
	act = us6_nud_step(&n, &e, now, &t);
	HAS(US6_NUD_ACT_NS_MCAST);
}

static void no_solicitations_allowed_fails_at_once(void)
{
	struct us6_nud_tunables t = tun;
	struct us6_nud_event e = { .type = US6_NUD_EV_SEND };

	t.mcast = 0;
	in(US6_NUD_NONE);
	act = us6_nud_step(&n, &e, now, &t);
	HAS(US6_NUD_ACT_DROP);
	CHECK_EQ(n.state, US6_NUD_FAILED);
}

/* ---- advertisements for INCOMPLETE --------------------------------------------- */

static void incomplete_na_unsolicited_is_stale(void)
{
	in(US6_NUD_INCOMPLETE);
	na(US6_NUD_LL_DIFFERENT, false, true);
	CHECK_EQ(n.state, US6_NUD_STALE);
	HAS(US6_NUD_ACT_LLADDR | US6_NUD_ACT_FLUSH | US6_NUD_ACT_NOTIFY);
	CHECK(!n.timer);
}

static void incomplete_na_solicited_is_reachable(void)
{
	in(US6_NUD_INCOMPLETE);
	na(US6_NUD_LL_DIFFERENT, true, false);
	CHECK_EQ(n.state, US6_NUD_REACHABLE);
	CHECK_EQ(n.confirmed, now);
	HAS(US6_NUD_ACT_LLADDR | US6_NUD_ACT_FLUSH);
}

static void incomplete_na_without_address_is_discarded(void)
{
	in(US6_NUD_INCOMPLETE);
	na(US6_NUD_LL_NONE, true, true);
	CHECK_EQ(n.state, US6_NUD_INCOMPLETE);
	CHECK_EQ(act, 0);
}

static void none_ignores_advertisements(void)
{
	in(US6_NUD_NONE);
	na(US6_NUD_LL_DIFFERENT, true, true);
	CHECK_EQ(n.state, US6_NUD_NONE);
	CHECK_EQ(act, 0);
}

/* ---- advertisements for the others ----------------------------------------------- */

static const u8 known[] = { US6_NUD_UNREACHABLE, US6_NUD_STALE, US6_NUD_DELAY,
			    US6_NUD_PROBE, US6_NUD_REACHABLE };

#define EACH_KNOWN for (unsigned int i = 0; i < ARRAY_SIZE(known); i++)

static void na_s1_o0_same_address_is_reachable(void)
{
	EACH_KNOWN {
		in(known[i]);
		na(US6_NUD_LL_SAME, true, false);
		CHECK_EQ(n.state, US6_NUD_REACHABLE);
		HASNT(US6_NUD_ACT_LLADDR);
		CHECK(!n.timer);
	}
}

static void na_s1_without_address_is_reachable(void)
{
	EACH_KNOWN {
		in(known[i]);
		na(US6_NUD_LL_NONE, true, false);
		CHECK_EQ(n.state, US6_NUD_REACHABLE);
	}
}

static void na_s0_without_address_changes_nothing(void)
{
	EACH_KNOWN {
		in(known[i]);
		na(US6_NUD_LL_NONE, false, true);
		CHECK_EQ(n.state, known[i]);
	}
}

static void reachable_na_s1_o0_other_address_is_stale(void)
{
	in(US6_NUD_REACHABLE);
	na(US6_NUD_LL_DIFFERENT, true, false);
	CHECK_EQ(n.state, US6_NUD_STALE);
	HASNT(US6_NUD_ACT_LLADDR);
}

static void reachable_na_s0_o0_other_address_is_stale(void)
{
	in(US6_NUD_REACHABLE);
	na(US6_NUD_LL_DIFFERENT, false, false);
	CHECK_EQ(n.state, US6_NUD_STALE);
	HASNT(US6_NUD_ACT_LLADDR);
}

static void others_na_o0_other_address_are_unchanged(void)
{
	EACH_KNOWN {
		if (known[i] == US6_NUD_REACHABLE)
			continue;
		in(known[i]);
		na(US6_NUD_LL_DIFFERENT, true, false);
		CHECK_EQ(n.state, known[i]);
		CHECK_EQ(act, 0);
	}
}

static void na_s1_o1_other_address_is_recorded_and_reachable(void)
{
	EACH_KNOWN {
		in(known[i]);
		na(US6_NUD_LL_DIFFERENT, true, true);
		CHECK_EQ(n.state, US6_NUD_REACHABLE);
		HAS(US6_NUD_ACT_LLADDR);
	}
}

static void na_s0_o0_same_address_changes_nothing(void)
{
	EACH_KNOWN {
		in(known[i]);
		na(US6_NUD_LL_SAME, false, false);
		CHECK_EQ(n.state, known[i]);
	}
}

static void na_s0_o1_same_address_changes_nothing(void)
{
	EACH_KNOWN {
		in(known[i]);
		na(US6_NUD_LL_SAME, false, true);
		CHECK_EQ(n.state, known[i]);
		HASNT(US6_NUD_ACT_LLADDR);
	}
}

static void na_s0_o1_other_address_is_recorded_and_stale(void)
{
	EACH_KNOWN {
		in(known[i]);
		na(US6_NUD_LL_DIFFERENT, false, true);
		CHECK_EQ(n.state, US6_NUD_STALE);
		HAS(US6_NUD_ACT_LLADDR | US6_NUD_ACT_NOTIFY);
	}
}

/* ---- reachability ------------------------------------------------------------------ */

static void upper_layer_confirmation_is_reachable(void)
{
	EACH_KNOWN {
		in(known[i]);
		now += 10;
		ev(US6_NUD_EV_CONFIRM);
		CHECK_EQ(n.state, US6_NUD_REACHABLE);
		CHECK_EQ(n.confirmed, now);
	}
	in(US6_NUD_INCOMPLETE);
	ev(US6_NUD_EV_CONFIRM);
	CHECK_EQ(n.state, US6_NUD_INCOMPLETE);
}

static void reachable_ages_to_stale_without_a_timer(void)
{
	in(US6_NUD_REACHABLE);
	CHECK_EQ(us6_nud_aged(n.state, n.confirmed, now + 29999, tun.reachable),
		 US6_NUD_REACHABLE);
	CHECK_EQ(us6_nud_aged(n.state, n.confirmed, now + 30000, tun.reachable),
		 US6_NUD_STALE);
	CHECK(!n.timer);
}

static void reachable_send_just_sends(void)
{
	in(US6_NUD_REACHABLE);
	ev(US6_NUD_EV_SEND);
	CHECK_EQ(act, US6_NUD_ACT_XMIT);
	CHECK_EQ(n.state, US6_NUD_REACHABLE);
}

static void aged_send_is_delay(void)
{
	in(US6_NUD_REACHABLE);
	now += 30000;
	ev(US6_NUD_EV_SEND);
	CHECK_EQ(n.state, US6_NUD_DELAY);
	HAS(US6_NUD_ACT_XMIT);
}

static void stale_send_is_delay(void)
{
	in(US6_NUD_STALE);
	ev(US6_NUD_EV_SEND);
	CHECK_EQ(n.state, US6_NUD_DELAY);
	CHECK_EQ(act, US6_NUD_ACT_XMIT);
	CHECK_EQ(n.expires - now, tun.delay_first);
}

static void delay_timeout_probes_by_unicast(void)
{
	in(US6_NUD_STALE);
	n.confirmed -= 50000;
	ev(US6_NUD_EV_SEND);
	fire();
	CHECK_EQ(n.state, US6_NUD_PROBE);
	HAS(US6_NUD_ACT_NS_UCAST);
	CHECK_EQ(n.expires - now, tun.retrans);
}

static void delay_timeout_after_a_hint_is_reachable(void)
{
	in(US6_NUD_STALE);
	ev(US6_NUD_EV_SEND);
	n.confirmed = now + 100;
	fire();
	CHECK_EQ(n.state, US6_NUD_REACHABLE);
	HASNT(US6_NUD_ACT_NS_UCAST);
}

static void probe_retransmits_three_times(void)
{
	in(US6_NUD_STALE);
	n.confirmed -= 50000;
	ev(US6_NUD_EV_SEND);
	fire();
	fire();
	HAS(US6_NUD_ACT_NS_UCAST);
	fire();
	HAS(US6_NUD_ACT_NS_UCAST);
	CHECK_EQ(n.state, US6_NUD_PROBE);
	CHECK_EQ(n.probes, 3);
}

static void probe_timeout_after_a_hint_is_reachable(void)
{
	in(US6_NUD_STALE);
	n.confirmed -= 50000;
	ev(US6_NUD_EV_SEND);
	fire();
	n.confirmed = now + 1;
	fire();
	CHECK_EQ(n.state, US6_NUD_REACHABLE);
}

static void to_unreachable(void)
{
	in(US6_NUD_STALE);
	n.confirmed -= 50000;
	ev(US6_NUD_EV_SEND);
	while (n.state != US6_NUD_UNREACHABLE)
		fire();
}

static void probe_ends_unreachable_with_a_multicast(void)
{
	to_unreachable();
	HAS(US6_NUD_ACT_NS_MCAST | US6_NUD_ACT_NOTIFY | US6_NUD_ACT_RESELECT);
	CHECK_EQ(n.expires - now, 3000);
}

static void unreachable_still_sends(void)
{
	to_unreachable();
	ev(US6_NUD_EV_SEND);
	CHECK_EQ(act, US6_NUD_ACT_XMIT);
}

static void unreachable_backs_off_while_used(void)
{
	static const unsigned long want[] = { 9000, 27000, 60000, 60000 };

	to_unreachable();
	for (unsigned int i = 0; i < ARRAY_SIZE(want); i++) {
		now += 10;
		ev(US6_NUD_EV_SEND);
		fire();
		HAS(US6_NUD_ACT_NS_MCAST);
		CHECK_EQ(n.state, US6_NUD_UNREACHABLE);
		CHECK_EQ(n.expires - now, want[i]);
	}
}

static void unreachable_rests_when_unused_and_wakes(void)
{
	to_unreachable();
	fire();
	CHECK_EQ(act, 0);
	CHECK(!n.timer);
	now += 500000;
	ev(US6_NUD_EV_SEND);
	HAS(US6_NUD_ACT_XMIT | US6_NUD_ACT_NS_MCAST);
	CHECK(n.timer);
}

static void unreachable_answer_revives(void)
{
	to_unreachable();
	na(US6_NUD_LL_SAME, true, false);
	CHECK_EQ(n.state, US6_NUD_REACHABLE);
	HAS(US6_NUD_ACT_NOTIFY | US6_NUD_ACT_RESELECT);
	CHECK_EQ(n.probes, 0);
}

static void multicasts_in_probe_when_asked_for(void)
{
	struct us6_nud_tunables t = tun;
	struct us6_nud_event e = { .type = US6_NUD_EV_TIMEOUT };

	t.mcast_probe = 1;
	in(US6_NUD_PROBE);
	n.confirmed -= 50000;
	n.probes = 3;
	n.probed = now - 10;
	act = us6_nud_step(&n, &e, now, &t);
	CHECK_EQ(n.state, US6_NUD_PROBE);
	HAS(US6_NUD_ACT_NS_MCAST);
	act = us6_nud_step(&n, &e, now, &t);
	CHECK_EQ(n.state, US6_NUD_UNREACHABLE);
}

/* ---- NS, RS, RA, Redirect -------------------------------------------------------------- */

static void none_learns_and_is_stale(void)
{
	in(US6_NUD_NONE);
	lladdr(US6_NUD_LL_DIFFERENT, US6_NUD_ROUTER_UNKNOWN);
	CHECK_EQ(n.state, US6_NUD_STALE);
	HAS(US6_NUD_ACT_LLADDR);
	CHECK(!n.router);
}

static void incomplete_learns_and_sends_what_waits(void)
{
	in(US6_NUD_INCOMPLETE);
	lladdr(US6_NUD_LL_DIFFERENT, US6_NUD_ROUTER_UNKNOWN);
	CHECK_EQ(n.state, US6_NUD_STALE);
	HAS(US6_NUD_ACT_LLADDR | US6_NUD_ACT_FLUSH);
}

static void other_address_is_recorded_and_stale(void)
{
	EACH_KNOWN {
		in(known[i]);
		lladdr(US6_NUD_LL_DIFFERENT, US6_NUD_ROUTER_UNKNOWN);
		CHECK_EQ(n.state, US6_NUD_STALE);
		HAS(US6_NUD_ACT_LLADDR);
	}
}

static void same_address_changes_nothing(void)
{
	EACH_KNOWN {
		in(known[i]);
		lladdr(US6_NUD_LL_SAME, US6_NUD_ROUTER_UNKNOWN);
		CHECK_EQ(n.state, known[i]);
		CHECK_EQ(act, 0);
	}
}

/* ---- IsRouter, appendix D ------------------------------------------------------------------ */

static void advertisement_of_a_host_ends_a_router(void)
{
	in(US6_NUD_REACHABLE);
	n.router = true;
	na(US6_NUD_LL_SAME, true, true);
	CHECK(!n.router);
	HAS(US6_NUD_ACT_NOT_ROUTER | US6_NUD_ACT_NOTIFY);
}

static void ignored_advertisement_leaves_the_router(void)
{
	in(US6_NUD_STALE);
	n.router = true;
	na(US6_NUD_LL_DIFFERENT, true, false);
	CHECK(n.router);
	HASNT(US6_NUD_ACT_NOT_ROUTER);
}

static void solicitation_says_nothing_about_routers(void)
{
	in(US6_NUD_STALE);
	n.router = true;
	lladdr(US6_NUD_LL_DIFFERENT, US6_NUD_ROUTER_UNKNOWN);
	CHECK(n.router);
}

static void router_advertisement_makes_a_router(void)
{
	in(US6_NUD_NONE);
	lladdr(US6_NUD_LL_DIFFERENT, US6_NUD_ROUTER_YES);
	CHECK(n.router);
	in(US6_NUD_STALE);
	act = us6_nud_step(&n, &(struct us6_nud_event){
			.type = US6_NUD_EV_ROUTER, .router = US6_NUD_ROUTER_YES,
		}, now, &tun);
	CHECK(n.router);
	CHECK_EQ(n.state, US6_NUD_STALE);
}

static void router_solicitation_ends_a_router(void)
{
	in(US6_NUD_STALE);
	n.router = true;
	lladdr(US6_NUD_LL_SAME, US6_NUD_ROUTER_NO);
	CHECK(!n.router);
	HAS(US6_NUD_ACT_NOT_ROUTER);
}

/* ---- configured ones -------------------------------------------------------------------------- */

static void permanent_is_never_changed(void)
{
	static const u8 pinned[] = { US6_NUD_PERMANENT, US6_NUD_NOARP };

	for (unsigned int i = 0; i < ARRAY_SIZE(pinned); i++) {
		in(pinned[i]);
		na(US6_NUD_LL_DIFFERENT, true, true);
		HASNT(US6_NUD_ACT_LLADDR);
		lladdr(US6_NUD_LL_DIFFERENT, US6_NUD_ROUTER_UNKNOWN);
		HASNT(US6_NUD_ACT_LLADDR);
		ev(US6_NUD_EV_TIMEOUT);
		ev(US6_NUD_EV_CONFIRM);
		ev(US6_NUD_EV_PROBE);
		ev(US6_NUD_EV_SEND);
		CHECK_EQ(act, US6_NUD_ACT_XMIT);
		CHECK_EQ(n.state, pinned[i]);
	}
}

static void probe_on_request(void)
{
	in(US6_NUD_STALE);
	ev(US6_NUD_EV_PROBE);
	CHECK_EQ(n.state, US6_NUD_PROBE);
	HAS(US6_NUD_ACT_NS_UCAST);
	in(US6_NUD_NONE);
	ev(US6_NUD_EV_PROBE);
	CHECK_EQ(n.state, US6_NUD_INCOMPLETE);
	CHECK_EQ(act, US6_NUD_ACT_NS_MCAST);
	in(US6_NUD_REACHABLE);
	ev(US6_NUD_EV_PROBE);
	CHECK_EQ(act, 0);
}

static void managed_is_kept_reachable(void)
{
	in(US6_NUD_INCOMPLETE);
	n.managed = true;
	na(US6_NUD_LL_DIFFERENT, true, false);
	CHECK_EQ(n.expires - now, tun.managed);
	fire();
	CHECK_EQ(n.state, US6_NUD_PROBE);
	HAS(US6_NUD_ACT_NS_UCAST);
	now += 5;
	na(US6_NUD_LL_SAME, true, false);
	CHECK_EQ(n.state, US6_NUD_REACHABLE);
	CHECK(n.timer);
}

int main(void)
{
	RUN(none_send_is_incomplete_and_solicits);
	RUN(incomplete_send_only_queues);
	RUN(incomplete_retransmits_and_fails_after_three);
	RUN(failed_send_starts_again);
	RUN(failed_accepts_an_advertisement);
	RUN(daemon_is_asked_first);
	RUN(no_solicitations_allowed_fails_at_once);
	RUN(incomplete_na_unsolicited_is_stale);
	RUN(incomplete_na_solicited_is_reachable);
	RUN(incomplete_na_without_address_is_discarded);
	RUN(none_ignores_advertisements);
	RUN(na_s1_o0_same_address_is_reachable);
	RUN(na_s1_without_address_is_reachable);
	RUN(na_s0_without_address_changes_nothing);
	RUN(reachable_na_s1_o0_other_address_is_stale);
	RUN(reachable_na_s0_o0_other_address_is_stale);
	RUN(others_na_o0_other_address_are_unchanged);
	RUN(na_s1_o1_other_address_is_recorded_and_reachable);
	RUN(na_s0_o0_same_address_changes_nothing);
	RUN(na_s0_o1_same_address_changes_nothing);
	RUN(na_s0_o1_other_address_is_recorded_and_stale);
	RUN(upper_layer_confirmation_is_reachable);
	RUN(reachable_ages_to_stale_without_a_timer);
	RUN(reachable_send_just_sends);
	RUN(aged_send_is_delay);
	RUN(stale_send_is_delay);
	RUN(delay_timeout_probes_by_unicast);
	RUN(delay_timeout_after_a_hint_is_reachable);
	RUN(probe_retransmits_three_times);
	RUN(probe_timeout_after_a_hint_is_reachable);
	RUN(probe_ends_unreachable_with_a_multicast);
	RUN(unreachable_still_sends);
	RUN(unreachable_backs_off_while_used);
	RUN(unreachable_rests_when_unused_and_wakes);
	RUN(unreachable_answer_revives);
	RUN(multicasts_in_probe_when_asked_for);
	RUN(none_learns_and_is_stale);
	RUN(incomplete_learns_and_sends_what_waits);
	RUN(other_address_is_recorded_and_stale);
	RUN(same_address_changes_nothing);
	RUN(advertisement_of_a_host_ends_a_router);
	RUN(ignored_advertisement_leaves_the_router);
	RUN(solicitation_says_nothing_about_routers);
	RUN(router_advertisement_makes_a_router);
	RUN(router_solicitation_ends_a_router);
	RUN(permanent_is_never_changed);
	RUN(probe_on_request);
	RUN(managed_is_kept_reachable);
	return us6_test_end();
}
