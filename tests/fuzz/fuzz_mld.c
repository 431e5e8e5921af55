// SRC: net/ipv6/wire/mld.c net/ipv6/mcast/mld.c
// SPDX-License-Identifier: GPL-2.0
/* A message from the wire is read to its last source. */
#include <stdlib.h>
#include "../../net/ipv6/mcast/mld.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct us6_mld_query q;
	const struct in6_addr *group;
	unsigned int i;
	u8 sum = 0;
	u8 *msg;

	/* The kernel has it at the end of a buffer of its own size. */
	msg = malloc(size ? size : 1);
	memcpy(msg, data, size);
	if (!us6_mld_parse_query(msg, size, &q)) {
		sum += q.group->s6_addr[15];
		for (i = 0; i < q.nsrc; i++)
			sum += q.src[i].s6_addr[0] + q.src[i].s6_addr[15];
		if (q.version == 1 && q.nsrc)
			abort();
	}
	group = us6_mld_parse_v1(msg, size);
	if (group)
		sum += group->s6_addr[15];
	free(msg);
	return sum == 256;
}
