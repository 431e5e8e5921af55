// SRC: net/ipv6/wire/nd.c
// SPDX-License-Identifier: GPL-2.0
/* Any octets: parse, walk the options, and build again what was read. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <net/us6/wire_nd.h>

static void walk(const struct us6_nd_msg *msg)
{
	unsigned int pos = 0, len;
	struct us6_wire_pio pio;
	struct us6_wire_rio rio;
	const u8 *opt;

	while ((opt = us6_nd_opt_next(msg, &pos, &len))) {
		us6_nd_opt_for_user(opt[0]);
		us6_nd_opt_prefix(opt, len, &pio);
		us6_nd_opt_route(opt, len, &rio);
		if (opt[len - 1] == opt[0] && len > 2040)
			abort();
	}
}

static void rebuild(const struct us6_nd_msg *msg, const struct us6_nd_meta *meta)
{
	struct us6_nd_build b = {
		.type = msg->type,
		.flags = msg->flags,
		.target = msg->target,
		.dest = msg->dest,
		.lladdr = msg->type == US6_ND_NS || msg->type == US6_ND_RS ?
			  msg->slla : msg->tlla,
		.addr_len = meta->addr_len,
		.addr_pad = meta->addr_pad,
		.nonce = msg->type == US6_ND_NS ? msg->nonce : 0,
		.redirected = msg->type == US6_ND_REDIRECT ? msg->redirected : NULL,
		.redirected_len = msg->redirected_len,
	};
	unsigned int len = us6_nd_build_len(&b);
	struct us6_nd_msg again;
	u8 *buf;

	if (msg->type == US6_ND_RA || b.redirected_len > 2032)
		return;
	buf = malloc(len);
	us6_nd_emit(&b, buf);
	if (us6_nd_parse(buf, len, meta, &again) ||
	    memcmp(&again.target, &msg->target, sizeof(msg->target)) ||
	    again.nonce != b.nonce)
		abort();
	free(buf);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct us6_nd_meta meta = { .hop_limit = 255, .addr_len = 6 };
	struct us6_nd_msg msg;
	u8 *copy;

	if (size < 33 || size > 4096)
		return 0;
	memcpy(&meta.saddr, data, 16);
	memcpy(&meta.daddr, data + 16, 16);
	if (data[32] & 1) {
		meta.addr_len = 20;
		meta.addr_pad = 2;
	}
	if (data[32] & 2)
		meta.addr_len = 0;
	size -= 33;
	/* A copy of exactly this size, so that reading past it is seen. */
	copy = malloc(size ? size : 1);
	memcpy(copy, data + 33, size);
	if (!us6_nd_parse(copy, size, &meta, &msg)) {
		walk(&msg);
		rebuild(&msg, &meta);
	}
	free(copy);
	return 0;
}
