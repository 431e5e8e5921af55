/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NET_US6_WIRE_EXT_H
#define _NET_US6_WIRE_EXT_H

#include <net/us6/pure.h>

/*
 * The options of a Hop-by-Hop or Destination Options header, RFC 8200 section
 * 4.2: one walk that checks what every receiver must check.  PURE.
 */

/* RFC 8200 section 4.2 */
#define US6_OPT_PAD1		0
#define US6_OPT_PADN		1
/* RFC 2711 */
#define US6_OPT_ROUTER_ALERT	5
/* RFC 2675 */
#define US6_OPT_JUMBO		0xc2
/* RFC 6275 section 6.3 */
#define US6_OPT_HOME_ADDRESS	0xc9

/* The two highest bits of an option type that a node doesn't know. */
enum us6_opt_action {
	US6_OPT_SKIP,			/* 00: go on */
	US6_OPT_DISCARD,		/* 01: discard silently */
	US6_OPT_REPORT,			/* 10: discard and report */
	US6_OPT_REPORT_UNICAST,		/* 11: report unless multicast */
};

static inline enum us6_opt_action us6_opt_action(u8 type)
{
	return (enum us6_opt_action)(type >> 6);
}

/**
 * struct us6_opts - a walk over the options of one header
 * @hdr: the extension header, its Next Header octet first
 * @len: bytes of the whole header, 8 * (Hdr Ext Len + 1), all readable
 * @off: offset in @hdr of the next option, or of what was wrong
 * @padding: bytes of padding directly before @off
 * @count: options seen, padding not counted
 * @max: most options to accept, RFC 8504 section 5.3
 */
struct us6_opts {
	const u8	*hdr;
	unsigned int	len;
	unsigned int	off;
	unsigned int	padding;
	unsigned int	count;
	unsigned int	max;
};

/* One option: @off of its type octet in the header, @len of its data. */
struct us6_opt {
	unsigned int	off;
	u8		type;
	u8		len;
};

/**
 * us6_opts_start() - begin a walk
 * @w: walk
 * @hdr: header
 * @len: its bytes, at least 8 and a multiple of 8
 * @max: most options to accept
 */
void us6_opts_start(struct us6_opts *w, const u8 *hdr, unsigned int len,
		    unsigned int max);

/**
 * us6_opts_next() - the next option that isn't padding
 * @w: walk
 * @opt: result
 *
 * Return: 1 with @opt filled, 0 at the end, -EINVAL when an option runs over
 * the end of the header or a PadN isn't zero (@w->off at the octet that is
 * wrong), -E2BIG when there are more options, or more padding in a row, than
 * anybody needs (RFC 8504 section 5.3).
 */
int us6_opts_next(struct us6_opts *w, struct us6_opt *opt);

/**
 * struct us6_chain - what a walk over a header chain found
 * @nexthdr: number of the first header that isn't an extension header
 * @off: its offset
 * @frag_off: host order offset in bytes of a Fragment header that ended the
 *	walk because it isn't the first fragment; 0 otherwise
 */
struct us6_chain {
	u8		nexthdr;
	unsigned int	off;
	unsigned int	frag_off;
};

/**
 * us6_chain_walk() - find the upper-layer header, RFC 8200 section 4
 * @data: bytes of the packet
 * @len: how many are readable
 * @off: where the first header is
 * @nexthdr: its number
 * @c: result
 *
 * Return: 0, or -EMSGSIZE when the chain goes on behind @len.
 */
int us6_chain_walk(const u8 *data, unsigned int len, unsigned int off,
		   u8 nexthdr, struct us6_chain *c);

/**
 * us6_upper_min() - fewest bytes of an upper-layer header, RFC 7112 section 3
 * @nexthdr: its number
 */
unsigned int us6_upper_min(u8 nexthdr);

#endif /* _NET_US6_WIRE_EXT_H */
