// SRC: net/ipv6/addr/lft.c
// SPDX-License-Identifier: GPL-2.0
#include "../../net/ipv6/addr/lft.h"
#include "us6_test.h"

#define INF	US6_LFT_INFINITE
#define TWO	US6_LFT_TWO_HOURS

static void what_is_left(void)
{
	CHECK_EQ(us6_lft_left(100, 0), 100);
	CHECK_EQ(us6_lft_left(100, 99), 1);
	CHECK_EQ(us6_lft_left(100, 100), 0);
	CHECK_EQ(us6_lft_left(100, 1ULL << 40), 0);
	CHECK_EQ(us6_lft_left(INF, 1ULL << 40), INF);
	CHECK_EQ(us6_lft_left(INF - 1, 1), INF - 2);
}

/* RFC 4862 section 5.5.3 e) */
static void more_than_two_hours_is_taken(void)
{
	CHECK_EQ(us6_lft_rule_e(TWO + 1, INF, TWO), TWO + 1);
	CHECK_EQ(us6_lft_rule_e(INF, 10, TWO), INF);
}

static void longer_than_what_is_left_is_taken(void)
{
	CHECK_EQ(us6_lft_rule_e(100, 99, TWO), 100);
}

static void short_ones_cannot_be_shortened(void)
{
	CHECK_EQ(us6_lft_rule_e(0, 100, TWO), 100);
	CHECK_EQ(us6_lft_rule_e(99, 100, TWO), 100);
	CHECK_EQ(us6_lft_rule_e(0, TWO, TWO), TWO);
}

static void long_ones_fall_to_two_hours(void)
{
	CHECK_EQ(us6_lft_rule_e(0, TWO + 1, TWO), TWO);
	CHECK_EQ(us6_lft_rule_e(TWO, INF, TWO), TWO);
}

static void next_event(void)
{
	CHECK_EQ(us6_lft_next(INF, INF, false, 5), INF);
	CHECK_EQ(us6_lft_next(100, 50, false, 0), 50);
	CHECK_EQ(us6_lft_next(100, 50, false, 60), 0);
	CHECK_EQ(us6_lft_next(100, 50, true, 60), 40);
	CHECK_EQ(us6_lft_next(INF, 0, true, 60), INF);
	CHECK_EQ(us6_lft_next(100, INF, false, 60), 40);
}

int main(void)
{
	RUN(what_is_left);
	RUN(more_than_two_hours_is_taken);
	RUN(longer_than_what_is_left_is_taken);
	RUN(short_ones_cannot_be_shortened);
	RUN(long_ones_fall_to_two_hours);
	RUN(next_event);
	return us6_test_end();
}
