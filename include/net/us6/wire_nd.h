/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NET_US6_WIRE_ND_H
#define _NET_US6_WIRE_ND_H

#include <net/us6/pure.h>

/*
 * Neighbour Discovery messages on the wire.  A received message is checked
 * once, by us6_nd_parse(); what follows reads the result and never the octets.
 * PURE.
 */

/* ICMPv6 types, RFC 4861 section 4. */
enum us6_nd_type {
	US6_ND_RS	= 133,
	US6_ND_RA	= 134,
	US6_ND_NS	= 135,
	US6_ND_NA	= 136,
	US6_ND_REDIRECT	= 137,
};

/* Options, RFC 4861 section 4.6 and where named. */
enum us6_nd_opt_type {
	US6_ND_OPT_SLLA		= 1,
	US6_ND_OPT_TLLA		= 2,
	US6_ND_OPT_PREFIX	= 3,
	US6_ND_OPT_REDIRECTED	= 4,
	US6_ND_OPT_MTU		= 5,
	US6_ND_OPT_NONCE	= 14,	/* RFC 3971 5.3.2, used by RFC 7527 */
	US6_ND_OPT_ROUTE	= 24,	/* RFC 4191 */
	US6_ND_OPT_RDNSS	= 25,	/* RFC 8106 */
	US6_ND_OPT_DNSSL	= 31,	/* RFC 8106 */
	US6_ND_OPT_CAPTIVE	= 37,	/* RFC 8910 */
	US6_ND_OPT_PREF64	= 38,	/* RFC 8781 */
};

/* &us6_nd_msg.flags; the first three are those of RFC 4861 section 4.4. */
#define US6_NA_ROUTER		0x80
#define US6_NA_SOLICITED	0x40
#define US6_NA_OVERRIDE		0x20
/* RFC 4861 section 4.2, RFC 4191 section 2.2 (preference), RFC 6275 7.1 (H). */
#define US6_RA_MANAGED		0x80
#define US6_RA_OTHER		0x40
#define US6_RA_HOME_AGENT	0x20
#define US6_RA_PREF_MASK	0x18
#define US6_RA_PREF_SHIFT	3

/* Two-bit router preference, RFC 4191 section 2.1. */
#define US6_PREF_MEDIUM		0x0
#define US6_PREF_HIGH		0x1
#define US6_PREF_RESERVED	0x2
#define US6_PREF_LOW		0x3

#define US6_ND_INFINITY		0xffffffffu	/* RFC 4861 section 4.6.2 */

/* What of the packet's surroundings decides whether a message is valid. */
struct us6_nd_meta {
	struct in6_addr	saddr;
	struct in6_addr	daddr;
	u8		hop_limit;
	bool		fragmented;	/* RFC 6980 */
	u8		addr_len;	/* octets of a link-layer address */
	u8		addr_pad;	/* octets before it in an option */
};

/**
 * struct us6_nd_msg - a checked message
 * @type: enum us6_nd_type
 * @flags: US6_NA_* or US6_RA_*
 * @hop_limit: RA: Cur Hop Limit, 0 unspecified
 * @lifetime: RA: Router Lifetime, seconds
 * @reachable: RA: Reachable Time, milliseconds, 0 unspecified
 * @retrans: RA: Retrans Timer, milliseconds, 0 unspecified
 * @target: NS, NA, Redirect
 * @dest: Redirect: Destination Address
 * @slla: source link-layer address of addr_len octets, or NULL
 * @tlla: target link-layer address of addr_len octets, or NULL
 * @mtu: MTU option or 0
 * @nonce: RFC 7527 nonce, its six octets as a number, or 0
 * @redirected: packet in a Redirected Header option, or NULL
 * @redirected_len: its octets
 * @opts: all options, for us6_nd_opt_next()
 * @opts_len: their octets
 *
 * Pointers point into the message that was parsed.
 */
struct us6_nd_msg {
	u8		type;
	u8		flags;
	u8		hop_limit;
	u16		lifetime;
	u32		reachable;
	u32		retrans;
	struct in6_addr	target;
	struct in6_addr	dest;
	const u8	*slla;
	const u8	*tlla;
	u32		mtu;
	u64		nonce;
	const u8	*redirected;
	unsigned int	redirected_len;
	const u8	*opts;
	unsigned int	opts_len;
};

/**
 * us6_nd_parse() - check a message by RFC 4861 6.1, 7.1, 8.1 and RFC 6980
 * @buf: ICMPv6 header of a message whose checksum is right
 * @len: octets to the end of the packet
 * @meta: IPv6 header and link
 * @msg: result
 *
 * Unknown options are skipped.  Return: 0, or -EBADMSG when the message must be
 * silently discarded; @msg is undefined then.
 */
int us6_nd_parse(const u8 *buf, unsigned int len,
		 const struct us6_nd_meta *meta, struct us6_nd_msg *msg);

/**
 * us6_nd_opt_next() - walk the options of a checked message
 * @msg: message
 * @pos: 0 at first, then as left by the last call
 * @len: octets of the option
 *
 * Return: the option, its type octet first, or NULL at the end.
 */
const u8 *us6_nd_opt_next(const struct us6_nd_msg *msg, unsigned int *pos,
			  unsigned int *len);

/* A Prefix Information option as it is on the wire, RFC 4861 section 4.6.2. */
struct us6_wire_pio {
	struct in6_addr	prefix;		/* bits behind @plen cleared */
	u32		valid;		/* seconds */
	u32		preferred;	/* seconds */
	u8		plen;
	bool		onlink;
	bool		autonomous;
	bool		router_addr;	/* RFC 6275 section 7.2 */
};

/**
 * us6_nd_opt_prefix() - read a Prefix Information option
 * @opt: option of us6_nd_opt_next(), type US6_ND_OPT_PREFIX
 * @len: its octets
 * @pio: result
 *
 * Return: true if it may be used: 32 octets, prefix length at most 128,
 * preferred not above valid, prefix neither link-local nor multicast
 * (RFC 4861 6.3.4, RFC 4862 5.5.3).
 */
bool us6_nd_opt_prefix(const u8 *opt, unsigned int len,
		       struct us6_wire_pio *pio);

/* A Route Information option, RFC 4191 section 2.3. */
struct us6_wire_rio {
	struct in6_addr	prefix;		/* bits behind @plen cleared */
	u32		lifetime;	/* seconds */
	u8		plen;
	u8		pref;		/* US6_PREF_*, never RESERVED */
};

/**
 * us6_nd_opt_route() - read a Route Information option
 * @opt: option of us6_nd_opt_next(), type US6_ND_OPT_ROUTE
 * @len: its octets
 * @rio: result
 *
 * Return: true if it may be used; a reserved preference makes a receiver ignore
 * the option.
 */
bool us6_nd_opt_route(const u8 *opt, unsigned int len, struct us6_wire_rio *rio);

/**
 * us6_nd_opt_for_user() - is an option of a Router Advertisement for user space?
 * @type: option type
 *
 * RDNSS, DNSSL, captive portal and PREF64 mean nothing to the kernel.
 */
bool us6_nd_opt_for_user(u8 type);

/* ---- building: the ICMPv6 body, checksum left zero ----------------------- */

/* What goes into a message that we send. */
struct us6_nd_build {
	u8		type;		/* NS, NA, RS or Redirect */
	u8		flags;		/* US6_NA_* */
	struct in6_addr	target;		/* NS, NA, Redirect */
	struct in6_addr	dest;		/* Redirect */
	const u8	*lladdr;	/* SLLA or TLLA by type, NULL: no option */
	u8		addr_len;
	u8		addr_pad;
	u64		nonce;		/* NS: RFC 7527, 0: no option */
	const u8	*redirected;	/* Redirect: the packet, NULL: none */
	unsigned int	redirected_len;	/* rounded down to eight octets */
};

/**
 * us6_nd_build_len() - octets that us6_nd_emit() writes
 * @b: message
 */
unsigned int us6_nd_build_len(const struct us6_nd_build *b);

/**
 * us6_nd_emit() - write a message
 * @b: message
 * @buf: us6_nd_build_len() octets
 */
void us6_nd_emit(const struct us6_nd_build *b, u8 *buf);

#endif /* _NET_US6_WIRE_ND_H */
