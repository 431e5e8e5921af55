// SRC: net/ipv6/wire/exthdr.c
// SPDX-License-Identifier: GPL-2.0
/* Options and header chains: each bound of RFC 8200 4.2 and 8504 5.3. */
#include "us6_test.h"
#include <net/us6/wire_ext.h>

static struct us6_opts w;
static struct us6_opt opt;

static void start(const u8 *hdr, unsigned int len, unsigned int max)
{
	us6_opts_start(&w, hdr, len, max);
}

static void padding_alone_is_no_option(void)
{
	static const u8 pad1[8] = { 58, 0 };
	static const u8 padn[8] = { 58, 0, 1, 4 };

	start(pad1, 8, 8);
	CHECK_EQ(us6_opts_next(&w, &opt), 0);
	start(padn, 8, 8);
	CHECK_EQ(us6_opts_next(&w, &opt), 0);
}

static void options_are_found_in_order(void)
{
	static const u8 hdr[16] = { 58, 1, 5, 2, 0, 0, 0x1e, 1, 7, 0x3e, 0, 1, 3 };

	start(hdr, 16, 8);
	CHECK_EQ(us6_opts_next(&w, &opt), 1);
	CHECK_EQ(opt.type, US6_OPT_ROUTER_ALERT);
	CHECK_EQ(opt.off, 2);
	CHECK_EQ(opt.len, 2);
	CHECK_EQ(us6_opts_next(&w, &opt), 1);
	CHECK_EQ(opt.type, 0x1e);
	CHECK_EQ(opt.off, 6);
	CHECK_EQ(us6_opts_next(&w, &opt), 1);
	CHECK_EQ(opt.type, 0x3e);
	CHECK_EQ(opt.len, 0);
	CHECK_EQ(us6_opts_next(&w, &opt), 0);
}

static void option_over_the_end_points_at_its_length(void)
{
	static const u8 hdr[8] = { 58, 0, 0x1e, 5 };

	start(hdr, 8, 8);
	CHECK_EQ(us6_opts_next(&w, &opt), -EINVAL);
	CHECK_EQ(w.off, 3);
}

static void option_that_just_fits(void)
{
	static const u8 hdr[8] = { 58, 0, 0x1e, 4 };

	start(hdr, 8, 8);
	CHECK_EQ(us6_opts_next(&w, &opt), 1);
	CHECK_EQ(us6_opts_next(&w, &opt), 0);
}

static void type_without_a_length(void)
{
	static const u8 hdr[8] = { 58, 0, 0x1e, 3, 0, 0, 0, 0x1e };

	start(hdr, 8, 8);
	CHECK_EQ(us6_opts_next(&w, &opt), 1);
	CHECK_EQ(us6_opts_next(&w, &opt), -EINVAL);
	CHECK_EQ(w.off, 7);
}

static void padn_must_be_zero(void)
{
	static const u8 hdr[8] = { 58, 0, 1, 4, 0, 0, 9, 0 };

	start(hdr, 8, 8);
	CHECK_EQ(us6_opts_next(&w, &opt), -EINVAL);
	CHECK_EQ(w.off, 6);
}

static void padding_in_a_row_is_limited(void)
{
	/* Seven octets align anything; the eighth is abuse. */
	static const u8 seven[16] = { 58, 1, 1, 5, 0, 0, 0, 0, 0, 0x1e, 5 };
	static const u8 eight[16] = { 58, 1, 1, 5, 0, 0, 0, 0, 0, 0, 0x1e, 4 };

	start(seven, 16, 8);
	CHECK_EQ(us6_opts_next(&w, &opt), 1);
	CHECK_EQ(us6_opts_next(&w, &opt), 0);
	start(eight, 16, 8);
	CHECK_EQ(us6_opts_next(&w, &opt), -E2BIG);
}

static void number_of_options_is_limited(void)
{
	static const u8 hdr[8] = { 58, 0, 0x1e, 0, 0x1e, 0, 0x1e, 0 };

	start(hdr, 8, 3);
	CHECK_EQ(us6_opts_next(&w, &opt), 1);
	CHECK_EQ(us6_opts_next(&w, &opt), 1);
	CHECK_EQ(us6_opts_next(&w, &opt), 1);
	CHECK_EQ(us6_opts_next(&w, &opt), 0);
	start(hdr, 8, 2);
	CHECK_EQ(us6_opts_next(&w, &opt), 1);
	CHECK_EQ(us6_opts_next(&w, &opt), 1);
	CHECK_EQ(us6_opts_next(&w, &opt), -E2BIG);
}

static void actions_are_the_two_highest_bits(void)
{
	CHECK_EQ(us6_opt_action(0x1e), US6_OPT_SKIP);
	CHECK_EQ(us6_opt_action(0x40), US6_OPT_DISCARD);
	CHECK_EQ(us6_opt_action(0x80), US6_OPT_REPORT);
	CHECK_EQ(us6_opt_action(0xc9), US6_OPT_REPORT_UNICAST);
}

static void chain_to_the_upper_layer(void)
{
	/* Destination options (8), routing (16), fragment 0 (8), UDP. */
	static const u8 p[48] = {
		43, 0, 1, 4, 0, 0, 0, 0,
		44, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
		17, 0, 0, 1, 0, 0, 0, 9,
	};
	struct us6_chain c;

	CHECK_EQ(us6_chain_walk(p, sizeof(p), 0, 60, &c), 0);
	CHECK_EQ(c.nexthdr, 17);
	CHECK_EQ(c.off, 32);
	CHECK_EQ(c.frag_off, 0);
}

static void chain_that_is_cut(void)
{
	static const u8 p[8] = { 6, 1, 1, 4 };
	struct us6_chain c;

	CHECK_EQ(us6_chain_walk(p, 8, 0, 60, &c), -EMSGSIZE);
	CHECK_EQ(us6_chain_walk(p, 1, 0, 60, &c), -EMSGSIZE);
	CHECK_EQ(us6_chain_walk(p, 7, 0, 44, &c), -EMSGSIZE);
	CHECK_EQ(us6_chain_walk(p, 0, 0, 6, &c), 0);
}

static void later_fragment_ends_the_walk(void)
{
	static const u8 p[16] = { 6, 0, 0x05, 0xa9, 0, 0, 0, 1, 60 };
	struct us6_chain c;

	CHECK_EQ(us6_chain_walk(p, 16, 0, 44, &c), 0);
	CHECK_EQ(c.frag_off, 0x5a8);
	CHECK_EQ(c.nexthdr, 6);
	CHECK_EQ(c.off, 8);
}

static void authentication_header_counts_in_words(void)
{
	static const u8 p[32] = { 58, 4 };
	struct us6_chain c;

	CHECK_EQ(us6_chain_walk(p, 32, 0, 51, &c), 0);
	CHECK_EQ(c.off, 24);
	CHECK_EQ(c.nexthdr, 58);
}

int main(void)
{
	RUN(padding_alone_is_no_option);
	RUN(options_are_found_in_order);
	RUN(option_over_the_end_points_at_its_length);
	RUN(option_that_just_fits);
	RUN(type_without_a_length);
	RUN(padn_must_be_zero);
	RUN(padding_in_a_row_is_limited);
	RUN(number_of_options_is_limited);
	RUN(actions_are_the_two_highest_bits);
	RUN(chain_to_the_upper_layer);
	RUN(chain_that_is_cut);
	RUN(later_fragment_ends_the_walk);
	RUN(authentication_header_counts_in_words);
	return us6_test_end();
}
