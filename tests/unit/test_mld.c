// SRC: net/ipv6/mcast/mld.c net/ipv6/wire/mld.c
// SPDX-License-Identifier: GPL-2.0
/*
 * Merged filters and reports of change, RFC 3810 sections 4.2 and 6.1, against a
 * model that asks every listener again; and the messages of MLD.
 */
#include <stdlib.h>
#include "us6_test.h"
#include "../../net/ipv6/mcast/mld.h"

#define NSRC	6
#define NSOCK	5

static struct in6_addr addr_of(unsigned int i)
{
	struct in6_addr a = { .s6_addr = { 0x20, 0x01, [15] = i + 1 } };

	return a;
}

static struct us6_mld_state *state_new(unsigned int n)
{
	return calloc(1, sizeof(struct us6_mld_state) +
			 n * sizeof(struct us6_mld_source));
}

/* One change, with the growth that the kernel side does. */
static bool change(struct us6_mld_state **g, const struct us6_mld_listener *gone,
		   const struct us6_mld_listener *come, u8 robustness)
{
	unsigned int missing = come ? us6_mld_missing(*g, come) : 0;

	if (missing) {
		struct us6_mld_state *new = state_new((*g)->n + missing);

		us6_mld_expand(*g, come, new);
		free(*g);
		*g = new;
	}
	return us6_mld_apply(*g, gone, come, robustness);
}

/* "A:1,2" with the type's letters; records of the next report. */
static const char *report(const struct us6_mld_state *g)
{
	static const char *const name[] = { "", "IS_IN", "IS_EX", "TO_IN",
					    "TO_EX", "ALLOW", "BLOCK" };
	static char buf[256];
	u8 types[2];
	unsigned int i, j, n = us6_mld_change_types(g, types);
	int len = 0;

	buf[0] = 0;
	for (i = 0; i < n; i++) {
		len += sprintf(buf + len, "%s%s(", i ? " " : "", name[types[i]]);
		for (j = 0; j < g->n; j++)
			if (us6_mld_selects(g, &g->src[j], types[i]))
				len += sprintf(buf + len, "%d",
					       g->src[j].addr.s6_addr[15]);
		len += sprintf(buf + len, ")");
	}
	return buf;
}

#define CHECK_REPORT(g, want) do {					\
	const char *got_ = report(g);					\
	CHECK(!strcmp(got_, want));					\
	if (strcmp(got_, want))						\
		printf("# got %s, want %s\n", got_, want);		\
} while (0)

static struct in6_addr pool[3][NSRC];

static struct us6_mld_listener listener(int slot, enum us6_mld_mode mode,
					const char *srcs)
{
	struct us6_mld_listener l = { .mode = mode, .src = pool[slot] };

	for (; *srcs; srcs++)
		pool[slot][l.n++] = addr_of(*srcs - '1');
	return l;
}

static void first_any_source_join_and_last_leave(void)
{
	struct us6_mld_listener ex = listener(0, US6_MLD_EXCLUDE, "");
	struct us6_mld_state *g = state_new(0);

	CHECK(change(&g, NULL, &ex, 2));
	CHECK_REPORT(g, "TO_EX()");
	CHECK(us6_mld_change_sent(g));
	CHECK_REPORT(g, "TO_EX()");
	CHECK(!us6_mld_change_sent(g));
	CHECK_REPORT(g, "");
	/* A second listener changes nothing. */
	CHECK(!change(&g, NULL, &ex, 2));
	CHECK(!change(&g, &ex, NULL, 2));
	CHECK_REPORT(g, "");
	CHECK(change(&g, &ex, NULL, 2));
	CHECK(us6_mld_unused(g));
	CHECK_REPORT(g, "TO_IN()");
	free(g);
}

static void source_specific_join_and_leave(void)
{
	struct us6_mld_listener none = listener(0, US6_MLD_INCLUDE, "");
	struct us6_mld_listener in1 = listener(1, US6_MLD_INCLUDE, "1");
	struct us6_mld_listener in2 = listener(2, US6_MLD_INCLUDE, "23");
	struct us6_mld_state *g = state_new(0);

	CHECK(!change(&g, NULL, &none, 1));
	CHECK(change(&g, &none, &in1, 1));
	CHECK_REPORT(g, "ALLOW(1)");
	CHECK(!us6_mld_change_sent(g));
	CHECK(change(&g, &in1, &in2, 1));
	CHECK_REPORT(g, "ALLOW(23) BLOCK(1)");
	CHECK(!us6_mld_change_sent(g));
	CHECK(change(&g, &in2, NULL, 1));
	CHECK_REPORT(g, "BLOCK(23)");
	free(g);
}

static void exclude_lists_meet(void)
{
	struct us6_mld_listener a = listener(0, US6_MLD_EXCLUDE, "12");
	struct us6_mld_listener b = listener(1, US6_MLD_EXCLUDE, "23");
	struct us6_mld_listener c = listener(2, US6_MLD_INCLUDE, "2");
	struct in6_addr two = addr_of(1), four = addr_of(3);
	struct us6_mld_state *g = state_new(0);

	change(&g, NULL, &a, 1);
	CHECK_REPORT(g, "TO_EX(12)");
	us6_mld_change_sent(g);
	change(&g, NULL, &b, 1);
	CHECK_REPORT(g, "ALLOW(1)");
	CHECK(!us6_mld_wants(g, &two));
	CHECK(us6_mld_wants(g, &four));
	us6_mld_change_sent(g);
	/* Somebody wants what both exclude. */
	change(&g, NULL, &c, 1);
	CHECK_REPORT(g, "ALLOW(2)");
	CHECK(us6_mld_wants(g, &two));
	free(g);
}

static void change_of_mode_goes_before_sources(void)
{
	struct us6_mld_listener ex = listener(0, US6_MLD_EXCLUDE, "1");
	struct us6_mld_listener in = listener(1, US6_MLD_INCLUDE, "2");
	struct us6_mld_listener in23 = listener(2, US6_MLD_INCLUDE, "23");
	struct us6_mld_state *g = state_new(0);

	change(&g, NULL, &ex, 2);
	while (us6_mld_change_sent(g))
		;
	CHECK(change(&g, &ex, &in, 2));
	CHECK_REPORT(g, "TO_IN(2)");
	CHECK(us6_mld_change_sent(g));
	/* More comes while the change of mode is still reported. */
	CHECK(change(&g, &in, &in23, 2));
	CHECK_REPORT(g, "TO_IN(23)");
	CHECK(us6_mld_change_sent(g));
	CHECK_REPORT(g, "ALLOW(3)");
	CHECK(!us6_mld_change_sent(g));
	free(g);
}

static void announce_names_the_whole_state(void)
{
	struct us6_mld_listener in = listener(0, US6_MLD_INCLUDE, "12");
	struct us6_mld_listener ex = listener(1, US6_MLD_EXCLUDE, "3");
	struct us6_mld_state *g = state_new(0);

	change(&g, NULL, &in, 1);
	us6_mld_change_sent(g);
	us6_mld_announce(g, 2);
	CHECK_REPORT(g, "ALLOW(12)");
	us6_mld_change_cancel(g);
	CHECK_REPORT(g, "");
	change(&g, NULL, &ex, 1);
	us6_mld_change_sent(g);
	us6_mld_announce(g, 2);
	CHECK_REPORT(g, "TO_EX(3)");
	free(g);
}

/* A listener of a state that was made anew is not counted and does no harm. */
static void unknown_leaver(void)
{
	struct us6_mld_listener ex = listener(0, US6_MLD_EXCLUDE, "");
	struct us6_mld_listener in = listener(1, US6_MLD_INCLUDE, "12");
	struct us6_mld_state *g = state_new(0);

	change(&g, NULL, &ex, 1);
	CHECK(!change(&g, &in, NULL, 1));
	CHECK_EQ(g->count[US6_MLD_INCLUDE], 0);
	CHECK_EQ(g->count[US6_MLD_EXCLUDE], 1);
	free(g);
}

struct sock_model {
	bool on;
	u8 mode;
	u8 bits;
};

/* RFC 3810 section 4.2, from the listeners themselves. */
static bool model_wants(const struct sock_model *s, unsigned int src)
{
	bool any_ex = false, in_all_ex = true, included = false;
	unsigned int i;

	for (i = 0; i < NSOCK; i++) {
		if (!s[i].on)
			continue;
		if (s[i].mode == US6_MLD_EXCLUDE) {
			any_ex = true;
			in_all_ex &= s[i].bits >> src & 1;
		} else {
			included |= s[i].bits >> src & 1;
		}
	}
	return any_ex ? !in_all_ex || included : included;
}

static struct us6_mld_listener model_listener(const struct sock_model *s, int slot)
{
	struct us6_mld_listener l = { .mode = s->mode, .src = pool[slot] };
	unsigned int i;

	for (i = 0; i < NSRC; i++)
		if (s->bits >> i & 1)
			pool[slot][l.n++] = addr_of(i);
	return l;
}

/* What a router would have learnt from the reports, RFC 3810 section 7.4. */
struct router_model {
	bool exclude;
	u8 bits;
};

static void router_hears(struct router_model *r, const struct us6_mld_state *g)
{
	u8 types[2];
	unsigned int i, j, n = us6_mld_change_types(g, types);

	for (i = 0; i < n; i++) {
		u8 bits = 0;

		for (j = 0; j < g->n; j++)
			if (us6_mld_selects(g, &g->src[j], types[i]))
				bits |= 1 << (g->src[j].addr.s6_addr[15] - 1);
		switch (types[i]) {
		case US6_MLD_TO_IN:
		case US6_MLD_TO_EX:
			r->exclude = types[i] == US6_MLD_TO_EX;
			r->bits = bits;
			break;
		case US6_MLD_ALLOW:
			r->bits = r->exclude ? r->bits & ~bits : r->bits | bits;
			break;
		case US6_MLD_BLOCK:
			r->bits = r->exclude ? r->bits | bits : r->bits & ~bits;
			break;
		}
	}
}

static void random_listeners_against_the_model(void)
{
	struct sock_model socks[NSOCK] = {};
	struct router_model router = {};
	struct us6_mld_state *g = state_new(0);
	unsigned int step, i;

	srand(1);
	for (step = 0; step < 20000 && !us6_test_bad; step++) {
		struct sock_model *s = &socks[rand() % NSOCK], was = *s;
		struct us6_mld_listener gone, come;

		s->on = rand() % 3;
		s->mode = rand() & 1;
		s->bits = rand() % (1 << NSRC);
		gone = model_listener(&was, 0);
		come = model_listener(s, 1);
		change(&g, was.on ? &gone : NULL, s->on ? &come : NULL, 2);
		for (i = 0; i < NSRC; i++) {
			struct in6_addr a = addr_of(i);

			CHECK_EQ(us6_mld_wants(g, &a), model_wants(socks, i));
		}
		/* Each other time a report is sent before the next change. */
		if (rand() & 1)
			continue;
		router_hears(&router, g);
		us6_mld_change_sent(g);
		CHECK_EQ(router.exclude, us6_mld_mode(g) == US6_MLD_EXCLUDE);
		for (i = 0; i < NSRC; i++)
			CHECK_EQ((router.bits >> i & 1) != router.exclude,
				 model_wants(socks, i));
	}
	free(g);
}

static void query_of_each_version(void)
{
	u8 msg[64] = { 130, 0, 0, 0, 0x27, 0x10 };
	struct us6_mld_query q;

	CHECK_EQ(us6_mld_parse_query(msg, 24, &q), 0);
	CHECK_EQ(q.version, 1);
	CHECK_EQ(q.max_delay, 10000);
	CHECK_EQ(us6_mld_parse_query(msg, 23, &q), -EINVAL);
	CHECK_EQ(us6_mld_parse_query(msg, 26, &q), -EINVAL);
	msg[24] = 0x0a;		/* S, QRV 2 */
	msg[25] = 125;
	CHECK_EQ(us6_mld_parse_query(msg, 28, &q), 0);
	CHECK_EQ(q.version, 2);
	CHECK_EQ(q.robustness, 2);
	CHECK_EQ(q.interval, 125);
	/* Additional data is ignored. */
	CHECK_EQ(us6_mld_parse_query(msg, 40, &q), 0);
	/* Sources need a group, and room. */
	msg[27] = 1;
	CHECK_EQ(us6_mld_parse_query(msg, 44, &q), -EINVAL);
	msg[8] = 0xff;
	CHECK_EQ(us6_mld_parse_query(msg, 44, &q), 0);
	CHECK_EQ(q.nsrc, 1);
	CHECK((const u8 *)q.src == msg + 28);
	CHECK_EQ(us6_mld_parse_query(msg, 43, &q), -EINVAL);
	/* Not a multicast address. */
	msg[8] = 0x20;
	CHECK_EQ(us6_mld_parse_query(msg, 24, &q), -EINVAL);
}

static void query_floating_point(void)
{
	u8 msg[28] = { 130, 0, 0, 0, 0x7f, 0xff };
	struct us6_mld_query q;

	us6_mld_parse_query(msg, 28, &q);
	CHECK_EQ(q.max_delay, 32767);
	msg[4] = 0x80;
	msg[5] = 0;
	msg[25] = 0x80;
	us6_mld_parse_query(msg, 28, &q);
	CHECK_EQ(q.max_delay, 32768);
	CHECK_EQ(q.interval, 128);
	msg[4] = 0xff;
	msg[5] = 0xff;
	msg[25] = 0xff;
	us6_mld_parse_query(msg, 28, &q);
	CHECK_EQ(q.max_delay, 0x1fff << 10);
	CHECK_EQ(q.interval, 0x1f << 10);
	/* Version 1 is linear throughout: RFC 3810 section 8.2.1. */
	us6_mld_parse_query(msg, 24, &q);
	CHECK_EQ(q.max_delay, 65535);
}

static void report_fills_to_the_octet(void)
{
	struct in6_addr group = { .s6_addr = { 0xff, 2, [15] = 9 } };
	struct in6_addr a = addr_of(0);
	struct us6_mld_report r;
	u8 msg[8 + 20 + 2 * 16 + 19];

	us6_mld_report_start(&r, msg, sizeof(msg));
	CHECK_EQ(r.len, 8);
	CHECK(us6_mld_report_record(&r, US6_MLD_TO_EX, &group));
	CHECK(us6_mld_report_source(&r, &a));
	CHECK(us6_mld_report_source(&r, &a));
	CHECK(us6_mld_report_source(&r, &a));
	CHECK(!us6_mld_report_source(&r, &a));
	CHECK(!us6_mld_report_record(&r, US6_MLD_IS_EX, &group));
	CHECK_EQ(r.len, 8 + 20 + 48);
	CHECK_EQ(msg[0], 143);
	CHECK_EQ(msg[7], 1);
	CHECK_EQ(msg[8], US6_MLD_TO_EX);
	CHECK_EQ(msg[11], 3);
	CHECK_MEM(msg + 12, &group, 16);
	CHECK_MEM(msg + 28, &a, 16);
}

int main(void)
{
	RUN(first_any_source_join_and_last_leave);
	RUN(source_specific_join_and_leave);
	RUN(exclude_lists_meet);
	RUN(change_of_mode_goes_before_sources);
	RUN(announce_names_the_whole_state);
	RUN(unknown_leaver);
	RUN(random_listeners_against_the_model);
	RUN(query_of_each_version);
	RUN(query_floating_point);
	RUN(report_fills_to_the_octet);
	return us6_test_end();
}
