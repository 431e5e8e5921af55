// SRC: net/ipv6/addr/select_core.c
// SPDX-License-Identifier: GPL-2.0
/* RFC 6724 section 5, one test a rule: it decides, and only behind those above. */
#include "../../net/ipv6/addr/select_core.h"
#include "us6_test.h"

static const struct us6_cand base = { .scope = 14 };
static const struct us6_select_query global = { .scope = 14 };

/* @a is better than @b whichever way they are asked. */
static int better(const struct us6_cand *a, const struct us6_cand *b,
		  const struct us6_select_query *q)
{
	return us6_select_better(a, b, q) > 0 && us6_select_better(b, a, q) < 0;
}

static void equal_candidates_tie(void)
{
	CHECK_EQ(us6_select_better(&base, &base, &global), 0);
}

static void rule_1_same_address(void)
{
	struct us6_cand a = base, b = base;

	a.same = true;
	a.deprecated = true;
	b.match = 128;
	CHECK(better(&a, &b, &global));
}

static void rule_2_scope(void)
{
	struct us6_cand ll = base, gl = base;
	struct us6_select_query link = { .scope = 2 }, site = { .scope = 5 };

	ll.scope = 2;
	CHECK(better(&gl, &ll, &global));
	CHECK(better(&ll, &gl, &link));
	CHECK(better(&gl, &ll, &site));
	gl.deprecated = true;
	CHECK(better(&gl, &ll, &global));
}

static void rule_3_deprecated(void)
{
	struct us6_cand a = base, b = base;

	b.deprecated = true;
	b.home = true;
	CHECK(better(&a, &b, &global));
}

static void rule_4_home(void)
{
	struct us6_select_query coa = global;
	struct us6_cand a = base, b = base;

	a.home = true;
	b.on_oif = true;
	CHECK(better(&a, &b, &global));
	coa.prefer_coa = true;
	CHECK(better(&b, &a, &coa));
}

static void rule_5_outgoing_interface(void)
{
	struct us6_cand a = base, b = base;

	a.on_oif = true;
	b.from_router = true;
	b.label = true;
	CHECK(better(&a, &b, &global));
}

static void rule_5_5_next_hop(void)
{
	struct us6_cand a = base, b = base;

	a.from_router = true;
	b.label = true;
	CHECK(better(&a, &b, &global));
}

static void rule_6_label(void)
{
	struct us6_cand a = base, b = base;

	a.label = true;
	b.match = 100;
	CHECK(better(&a, &b, &global));
}

static void rule_7_temporary(void)
{
	struct us6_select_query temp = global;
	struct us6_cand a = base, b = base;

	a.temporary = true;
	b.match = 0;
	a.match = 64;
	CHECK(better(&b, &a, &global));
	temp.prefer_temp = true;
	b.match = 128;
	CHECK(better(&a, &b, &temp));
}

static void rule_8_longest_match(void)
{
	struct us6_cand a = base, b = base;

	a.match = 64;
	b.match = 63;
	CHECK(better(&a, &b, &global));
}

int main(void)
{
	RUN(equal_candidates_tie);
	RUN(rule_1_same_address);
	RUN(rule_2_scope);
	RUN(rule_3_deprecated);
	RUN(rule_4_home);
	RUN(rule_5_outgoing_interface);
	RUN(rule_5_5_next_hop);
	RUN(rule_6_label);
	RUN(rule_7_temporary);
	RUN(rule_8_longest_match);
	return us6_test_end();
}
