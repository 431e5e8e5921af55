// SPDX-License-Identifier: GPL-2.0
/*
 * Walks over options and over header chains.  PURE: nothing here knows a packet
 * buffer.
 */
#include <net/us6/wire_ext.h>

/* RFC 8504 section 5.3: padding aligns to 8 bytes, so more than 7 is abuse. */
#define US6_PADDING_MAX	7

void us6_opts_start(struct us6_opts *w, const u8 *hdr, unsigned int len,
		    unsigned int max)
{
	w->hdr = hdr;
	w->len = len;
	w->off = 2;
	w->padding = 0;
	w->count = 0;
	w->max = max;
}

/* RFC 4942 section 2.1.9.5: a covert channel unless all octets are zero. */
static int us6_pad_check(struct us6_opts *w, unsigned int off, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		if (w->hdr[off + i]) {
			w->off = off + i;
			return -EINVAL;
		}
	}
	return 0;
}

int us6_opts_next(struct us6_opts *w, struct us6_opt *opt)
{
	while (w->off < w->len) {
		unsigned int off = w->off;
		unsigned int data;
		u8 type = w->hdr[off];

		if (type == US6_OPT_PAD1) {
			w->off++;
			if (++w->padding > US6_PADDING_MAX)
				return -E2BIG;
			continue;
		}
		/* The length octet and what it announces must be inside. */
		if (off + 2 > w->len)
			return -EINVAL;
		data = w->hdr[off + 1];
		if (off + 2 + data > w->len) {
			w->off = off + 1;
			return -EINVAL;
		}
		if (type == US6_OPT_PADN) {
			w->padding += 2 + data;
			if (w->padding > US6_PADDING_MAX)
				return -E2BIG;
			if (us6_pad_check(w, off + 2, data))
				return -EINVAL;
			w->off = off + 2 + data;
			continue;
		}
		w->padding = 0;
		if (++w->count > w->max)
			return -E2BIG;
		opt->off = off;
		opt->type = type;
		opt->len = data;
		w->off = off + 2 + data;
		return 1;
	}
	return 0;
}

unsigned int us6_upper_min(u8 nexthdr)
{
	switch (nexthdr) {
	case 6:		/* TCP, RFC 9293 section 3.1 */
		return 20;
	case 17:	/* UDP, RFC 768 */
	case 58:	/* ICMPv6, RFC 4443: type, code, checksum, body */
	case 136:	/* UDP-Lite, RFC 3828 */
		return 8;
	case 59:	/* No Next Header, RFC 8200 section 4.7 */
		return 0;
	default:
		return 1;
	}
}

int us6_chain_walk(const u8 *data, unsigned int len, unsigned int off,
		   u8 nexthdr, struct us6_chain *c)
{
	c->frag_off = 0;
	for (;;) {
		unsigned int size;

		c->nexthdr = nexthdr;
		c->off = off;
		switch (nexthdr) {
		case 0:		/* Hop-by-Hop Options */
		case 43:	/* Routing */
		case 60:	/* Destination Options */
			if (off + 2 > len)
				return -EMSGSIZE;
			size = (data[off + 1] + 1u) * 8;
			break;
		case 44:	/* Fragment */
			if (off + 8 > len)
				return -EMSGSIZE;
			c->frag_off = get_unaligned_be16(data + off + 2) & 0xfff8;
			if (c->frag_off) {
				c->nexthdr = data[off];
				c->off = off + 8;
				return 0;
			}
			size = 8;
			break;
		case 51:	/* Authentication Header, RFC 4302 section 2.2 */
			if (off + 2 > len)
				return -EMSGSIZE;
			size = (data[off + 1] + 2u) * 4;
			break;
		default:
			return 0;
		}
		if (off + size > len)
			return -EMSGSIZE;
		nexthdr = data[off];
		off += size;
	}
}
