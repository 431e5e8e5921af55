// SRC: net/ipv6/wire/exthdr.c
// SPDX-License-Identifier: GPL-2.0
/* Any header is walked to its end, and what is reported lies inside. */
#include <stdlib.h>
#include <net/us6/wire_ext.h>

static void options(const u8 *p, unsigned int size)
{
	unsigned int len = size & ~7u, seen = 0;
	struct us6_opts w;
	struct us6_opt o;

	if (len < 8)
		return;
	us6_opts_start(&w, p, len, 8);
	while (us6_opts_next(&w, &o) > 0) {
		assert(o.off + 2 + o.len <= len);
		assert(++seen <= 8);
	}
	assert(w.off <= len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct us6_chain c;
	u8 *p;

	if (size < 2 || size > 4096)
		return 0;
	/* In a buffer of its own size, so that a step behind it is seen. */
	p = malloc(size - 1);
	memcpy(p, data + 1, size - 1);
	options(p, size - 1);
	if (!us6_chain_walk(p, size - 1, 0, data[0], &c))
		assert(c.off <= size - 1);
	free(p);
	return 0;
}
