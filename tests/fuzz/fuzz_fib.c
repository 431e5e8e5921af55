// SRC: net/ipv6/route/fib.c
// SPDX-License-Identifier: GPL-2.0
/* The input is a program of inserts, removals and look-ups. */
#include <stddef.h>
#include <stdint.h>
#include "../unit/fib_model.h"

static void take_key(struct us6_fib_key *k, const uint8_t *in)
{
	/* Four octets a key: two at the top, two at the bottom. */
	k->w[0] = (u64)in[0] << 56 | in[1];
	k->w[1] = (u64)in[2] << 56 | in[3];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct us6_fib fib = { NULL };
	size_t i;

	for (i = 0; i + 11 <= size && i < 11 * 300; i += 11) {
		const uint8_t *in = data + i;
		struct us6_fib_prefix p;
		struct us6_fib_key d, s;
		u8 dst[16], src[16];

		take_key(&d, in + 1);
		take_key(&s, in + 5);
		us6_fib_key_get(&d, dst);
		us6_fib_key_get(&s, src);
		us6_fib_prefix_set(&p, dst, in[9] % 129, src,
				   in[0] & 0x80 ? in[10] % 129 : 0);
		switch (in[0] & 3) {
		case 0:
		case 1:
			model_insert(&fib, &p);
			break;
		case 2:
			model_remove(&fib, &p);
			break;
		case 3:
			check_match(&fib, &d, in[0] & 0x40 ? &s : NULL);
			check_cover(&fib, &p);
			break;
		}
	}
	check_walk(&fib);
	model_clear(&fib);
	return 0;
}
