// SRC: net/ipv6/wire/nd.c
// SPDX-License-Identifier: GPL-2.0
/* Each validity rule of RFC 4861 6.1, 7.1, 8.1, and what is built reads back. */
#include <arpa/inet.h>
#include "us6_test.h"
#include <net/us6/wire_nd.h>

static u8 buf[2048];
static struct us6_nd_meta meta;
static struct us6_nd_msg msg;

static struct in6_addr addr(const char *s)
{
	struct in6_addr a;

	if (inet_pton(AF_INET6, s, &a) != 1)
		abort();
	return a;
}

static const u8 mac[6] = { 2, 0, 0, 0, 0, 1 };

/* A message that is right; each test spoils one thing. */
static struct us6_nd_build good(u8 type)
{
	struct us6_nd_build b = {
		.type = type,
		.target = addr("fe80::2"),
		.dest = addr("2001:db8::9"),
		.lladdr = mac,
		.addr_len = 6,
	};

	meta = (struct us6_nd_meta) {
		.saddr = addr("fe80::1"),
		.daddr = addr("fe80::2"),
		.hop_limit = 255,
		.addr_len = 6,
	};
	return b;
}

static int parse(const struct us6_nd_build *b)
{
	unsigned int len = us6_nd_build_len(b);

	memset(buf, 0xa5, sizeof(buf));
	us6_nd_emit(b, buf);
	return us6_nd_parse(buf, len, &meta, &msg);
}

/* An advertisement with the given options. */
static int parse_ra(const u8 *opts, unsigned int len)
{
	static const u8 fixed[16] = {
		134, 0, 0, 0, 64, 0xc8, 0x07, 0x08,
		0, 0, 0x75, 0x30, 0, 0, 0x03, 0xe8,
	};

	good(US6_ND_RA);
	memcpy(buf, fixed, sizeof(fixed));
	if (len)
		memcpy(buf + sizeof(fixed), opts, len);
	return us6_nd_parse(buf, sizeof(fixed) + len, &meta, &msg);
}

static void solicitation_reads_back(void)
{
	struct us6_nd_build b = good(US6_ND_NS);

	b.nonce = 0x112233445566ull;
	CHECK_EQ(parse(&b), 0);
	CHECK_EQ(msg.type, US6_ND_NS);
	CHECK_MEM(&msg.target, &b.target, 16);
	CHECK(msg.slla && !memcmp(msg.slla, mac, 6));
	CHECK(!msg.tlla);
	CHECK_EQ(msg.nonce, 0x112233445566ull);
}

static void advertisement_reads_back(void)
{
	struct us6_nd_build b = good(US6_ND_NA);

	b.flags = US6_NA_ROUTER | US6_NA_OVERRIDE;
	CHECK_EQ(parse(&b), 0);
	CHECK_EQ(msg.flags, US6_NA_ROUTER | US6_NA_OVERRIDE);
	CHECK(msg.tlla && !memcmp(msg.tlla, mac, 6));
	CHECK(!msg.slla);
}

static void router_solicitation_reads_back(void)
{
	struct us6_nd_build b = good(US6_ND_RS);

	CHECK_EQ(parse(&b), 0);
	CHECK(msg.slla);
	b.lladdr = NULL;
	CHECK_EQ(us6_nd_build_len(&b), 8);
	CHECK_EQ(parse(&b), 0);
}

static void redirect_reads_back(void)
{
	struct us6_nd_build b = good(US6_ND_REDIRECT);
	u8 packet[100];

	memset(packet, 7, sizeof(packet));
	b.redirected = packet;
	b.redirected_len = sizeof(packet);
	CHECK_EQ(parse(&b), 0);
	CHECK_MEM(&msg.dest, &b.dest, 16);
	CHECK_EQ(msg.redirected_len, 96);
	CHECK_MEM(msg.redirected, packet, 96);
}

static void infiniband_pads_its_address(void)
{
	struct us6_nd_build b = good(US6_ND_NS);
	u8 ib[20];

	memset(ib, 3, sizeof(ib));
	b.lladdr = ib;
	b.addr_len = meta.addr_len = 20;
	b.addr_pad = meta.addr_pad = 2;
	CHECK_EQ(us6_nd_build_len(&b), 24 + 24);
	CHECK_EQ(parse(&b), 0);
	CHECK_MEM(msg.slla, ib, 20);
}

static void hop_limit_must_be_255(void)
{
	struct us6_nd_build b = good(US6_ND_NS);

	meta.hop_limit = 254;
	CHECK_EQ(parse(&b), -EBADMSG);
}

static void code_must_be_zero(void)
{
	struct us6_nd_build b = good(US6_ND_NS);

	CHECK_EQ(parse(&b), 0);
	buf[1] = 1;
	CHECK_EQ(us6_nd_parse(buf, us6_nd_build_len(&b), &meta, &msg), -EBADMSG);
}

static void fragments_are_dropped(void)
{
	struct us6_nd_build b = good(US6_ND_NS);

	meta.fragmented = true;
	CHECK_EQ(parse(&b), -EBADMSG);
}

static void each_type_has_its_minimum_length(void)
{
	static const struct { u8 type; unsigned int len; } t[] = {
		{ US6_ND_RS, 8 }, { US6_ND_NS, 24 }, { US6_ND_NA, 24 },
		{ US6_ND_REDIRECT, 40 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(t); i++) {
		struct us6_nd_build b = good(t[i].type);

		b.lladdr = NULL;
		CHECK_EQ(parse(&b), 0);
		CHECK_EQ(us6_nd_parse(buf, t[i].len - 1, &meta, &msg), -EBADMSG);
	}
	CHECK_EQ(parse_ra(NULL, 0), 0);
	CHECK_EQ(us6_nd_parse(buf, 15, &meta, &msg), -EBADMSG);
}

static void other_types_are_refused(void)
{
	struct us6_nd_build b = good(US6_ND_NS);

	CHECK_EQ(parse(&b), 0);
	buf[0] = 138;
	CHECK_EQ(us6_nd_parse(buf, 64, &meta, &msg), -EBADMSG);
}

static void option_of_length_zero_drops(void)
{
	static const u8 opt[8] = { 1, 0 };

	CHECK_EQ(parse_ra(opt, sizeof(opt)), -EBADMSG);
}

static void option_beyond_the_end_drops(void)
{
	static const u8 opt[8] = { 99, 2 };

	CHECK_EQ(parse_ra(opt, sizeof(opt)), -EBADMSG);
	CHECK_EQ(parse_ra(opt, 3), -EBADMSG);
}

static void unknown_options_are_skipped(void)
{
	static const u8 opt[16] = { 99, 1, [8] = 5, 1, [14] = 5, 0xdc };

	CHECK_EQ(parse_ra(opt, sizeof(opt)), 0);
	CHECK_EQ(msg.mtu, 1500);
}

static void address_of_another_link_drops(void)
{
	static const u8 opt[16] = { 1, 2 };

	CHECK_EQ(parse_ra(opt, sizeof(opt)), -EBADMSG);
}

static void address_is_ignored_on_a_link_without(void)
{
	static const u8 opt[8] = { 1, 1, 2, 2, 2, 2, 2, 2 };

	parse_ra(opt, sizeof(opt));
	meta.addr_len = 0;
	CHECK_EQ(us6_nd_parse(buf, 24, &meta, &msg), 0);
	CHECK(!msg.slla);
}

static void first_option_of_a_kind_counts(void)
{
	static const u8 opt[16] = { 1, 1, 2, 2, 2, 2, 2, 2,
				    1, 1, 3, 3, 3, 3, 3, 3 };

	CHECK_EQ(parse_ra(opt, sizeof(opt)), 0);
	CHECK_EQ(msg.slla[0], 2);
}

static void solicitation_for_a_group_drops(void)
{
	struct us6_nd_build b = good(US6_ND_NS);

	b.target = addr("ff02::1");
	CHECK_EQ(parse(&b), -EBADMSG);
}

static void dad_needs_the_solicited_node_group(void)
{
	struct us6_nd_build b = good(US6_ND_NS);

	b.lladdr = NULL;
	meta.saddr = addr("::");
	meta.daddr = addr("ff02::1:ff00:2");
	CHECK_EQ(parse(&b), 0);
	meta.daddr = addr("ff02::1");
	CHECK_EQ(parse(&b), -EBADMSG);
	meta.daddr = addr("fe80::2");
	CHECK_EQ(parse(&b), -EBADMSG);
}

static void dad_carries_no_address(void)
{
	struct us6_nd_build b = good(US6_ND_NS);

	meta.saddr = addr("::");
	meta.daddr = addr("ff02::1:ff00:2");
	CHECK_EQ(parse(&b), -EBADMSG);
}

static void advertisement_for_a_group_drops(void)
{
	struct us6_nd_build b = good(US6_ND_NA);

	b.target = addr("ff02::1");
	CHECK_EQ(parse(&b), -EBADMSG);
}

static void multicast_advertisement_is_not_solicited(void)
{
	struct us6_nd_build b = good(US6_ND_NA);

	meta.daddr = addr("ff02::1");
	CHECK_EQ(parse(&b), 0);
	b.flags = US6_NA_SOLICITED;
	CHECK_EQ(parse(&b), -EBADMSG);
}

static void router_solicitation_from_nobody_has_no_address(void)
{
	struct us6_nd_build b = good(US6_ND_RS);

	meta.saddr = addr("::");
	CHECK_EQ(parse(&b), -EBADMSG);
	b.lladdr = NULL;
	CHECK_EQ(parse(&b), 0);
}

static void routers_advertise_from_linklocal(void)
{
	CHECK_EQ(parse_ra(NULL, 0), 0);
	CHECK_EQ(msg.hop_limit, 64);
	CHECK_EQ(msg.lifetime, 1800);
	CHECK_EQ(msg.reachable, 30000);
	CHECK_EQ(msg.retrans, 1000);
	CHECK(msg.flags & US6_RA_MANAGED);
	CHECK(msg.flags & US6_RA_OTHER);
	CHECK_EQ((msg.flags & US6_RA_PREF_MASK) >> US6_RA_PREF_SHIFT,
		 US6_PREF_HIGH);
	meta.saddr = addr("2001:db8::1");
	CHECK_EQ(us6_nd_parse(buf, 16, &meta, &msg), -EBADMSG);
}

static void redirect_rules(void)
{
	struct us6_nd_build b = good(US6_ND_REDIRECT);

	meta.saddr = addr("2001:db8::1");
	CHECK_EQ(parse(&b), -EBADMSG);
	b = good(US6_ND_REDIRECT);
	b.dest = addr("ff02::1");
	CHECK_EQ(parse(&b), -EBADMSG);
	b = good(US6_ND_REDIRECT);
	b.target = addr("2001:db8::8");
	CHECK_EQ(parse(&b), -EBADMSG);
	b.target = b.dest;
	CHECK_EQ(parse(&b), 0);
}

static void source_is_no_group(void)
{
	struct us6_nd_build b = good(US6_ND_NS);

	meta.saddr = addr("ff02::1");
	CHECK_EQ(parse(&b), -EBADMSG);
}

static const u8 pio_good[32] = {
	3, 4, 64, 0xc0, 0, 0, 0x0e, 0x10, 0, 0, 0x07, 0x08, 0, 0, 0, 0,
	0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8,
};

static void prefix_is_read_and_cut(void)
{
	struct in6_addr want = addr("2001:db8::");
	struct us6_wire_pio pio;

	CHECK(us6_nd_opt_prefix(pio_good, 32, &pio));
	CHECK_EQ(pio.plen, 64);
	CHECK(pio.onlink);
	CHECK(pio.autonomous);
	CHECK_EQ(pio.valid, 3600);
	CHECK_EQ(pio.preferred, 1800);
	CHECK_MEM(&pio.prefix, &want, 16);
}

static void prefix_that_may_not_be_used(void)
{
	struct us6_wire_pio pio;
	u8 opt[32];

	CHECK(!us6_nd_opt_prefix(pio_good, 24, &pio));
	memcpy(opt, pio_good, 32);
	opt[2] = 129;
	CHECK(!us6_nd_opt_prefix(opt, 32, &pio));
	memcpy(opt, pio_good, 32);
	opt[10] = 0x0f;		/* preferred above valid */
	CHECK(!us6_nd_opt_prefix(opt, 32, &pio));
	memcpy(opt, pio_good, 32);
	opt[16] = 0xfe;
	opt[17] = 0x80;
	CHECK(!us6_nd_opt_prefix(opt, 32, &pio));
	opt[16] = 0xff;
	CHECK(!us6_nd_opt_prefix(opt, 32, &pio));
}

static void route_lengths_and_preference(void)
{
	u8 opt[24] = { 24, 3, 96, 0x08, 0, 0, 0, 60,
		       0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 1, 0, 2, 3 };
	struct us6_wire_rio rio;

	CHECK(us6_nd_opt_route(opt, 24, &rio));
	CHECK_EQ(rio.plen, 96);
	CHECK_EQ(rio.pref, US6_PREF_HIGH);
	CHECK_EQ(rio.lifetime, 60);
	CHECK_EQ(rio.prefix.s6_addr[9], 1);
	CHECK_EQ(rio.prefix.s6_addr[12], 0);
	CHECK(!us6_nd_opt_route(opt, 16, &rio));	/* 96 bits need 24 */
	opt[2] = 64;
	CHECK(us6_nd_opt_route(opt, 16, &rio));
	CHECK(!us6_nd_opt_route(opt, 8, &rio));
	opt[2] = 0;
	CHECK(us6_nd_opt_route(opt, 8, &rio));
	opt[3] = 0x10;		/* reserved */
	CHECK(!us6_nd_opt_route(opt, 8, &rio));
	opt[2] = 129;
	opt[3] = 0;
	CHECK(!us6_nd_opt_route(opt, 24, &rio));
}

static void options_are_walked_in_order(void)
{
	static const u8 opt[32] = { 25, 2, [16] = 5, 1, [24] = 37, 1 };
	unsigned int pos = 0, len;
	const u8 *o;

	CHECK_EQ(parse_ra(opt, sizeof(opt)), 0);
	o = us6_nd_opt_next(&msg, &pos, &len);
	CHECK(o && o[0] == 25 && len == 16 && us6_nd_opt_for_user(o[0]));
	o = us6_nd_opt_next(&msg, &pos, &len);
	CHECK(o && o[0] == 5 && len == 8 && !us6_nd_opt_for_user(o[0]));
	o = us6_nd_opt_next(&msg, &pos, &len);
	CHECK(o && o[0] == 37 && len == 8);
	CHECK(!us6_nd_opt_next(&msg, &pos, &len));
}

int main(void)
{
	RUN(solicitation_reads_back);
	RUN(advertisement_reads_back);
	RUN(router_solicitation_reads_back);
	RUN(redirect_reads_back);
	RUN(infiniband_pads_its_address);
	RUN(hop_limit_must_be_255);
	RUN(code_must_be_zero);
	RUN(fragments_are_dropped);
	RUN(each_type_has_its_minimum_length);
	RUN(other_types_are_refused);
	RUN(option_of_length_zero_drops);
	RUN(option_beyond_the_end_drops);
	RUN(unknown_options_are_skipped);
	RUN(address_of_another_link_drops);
	RUN(address_is_ignored_on_a_link_without);
	RUN(first_option_of_a_kind_counts);
	RUN(solicitation_for_a_group_drops);
	RUN(dad_needs_the_solicited_node_group);
	RUN(dad_carries_no_address);
	RUN(advertisement_for_a_group_drops);
	RUN(multicast_advertisement_is_not_solicited);
	RUN(router_solicitation_from_nobody_has_no_address);
	RUN(routers_advertise_from_linklocal);
	RUN(redirect_rules);
	RUN(source_is_no_group);
	RUN(prefix_is_read_and_cut);
	RUN(prefix_that_may_not_be_used);
	RUN(route_lengths_and_preference);
	RUN(options_are_walked_in_order);
	return us6_test_end();
}
