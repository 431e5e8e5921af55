// SPDX-License-Identifier: GPL-2.0
/*
 * Neighbour Discovery messages: parse, check once, emit.  PURE.
 *
 * RFC 4861 section 4 (formats), 6.1, 7.1 and 8.1 (validity), RFC 6980
 * (fragments), RFC 4191 (preference, routes), RFC 7527 (nonce).
 */
#include <net/us6/pure.h>
#include <net/us6/wire_nd.h>

/* Octets before the options, by type; RFC 4861 section 4. */
#define RS_LEN		8
#define RA_LEN		16
#define NS_LEN		24
#define REDIRECT_LEN	40

#define OPT_UNIT	8	/* RFC 4861 4.6: lengths count eight octets */
#define PREFIX_LEN	32	/* RFC 4861 4.6.2 */
#define MTU_LEN		8	/* RFC 4861 4.6.4 */
#define NONCE_LEN	8	/* RFC 7527 4.1: six octets of nonce */
#define REDIRECTED_HDR	8	/* RFC 4861 4.6.3 */
#define ND_HOP_LIMIT	255	/* RFC 4861 6.1, 7.1, 8.1 */

static bool addr_any(const struct in6_addr *a)
{
	static const struct in6_addr any;

	return !memcmp(a, &any, sizeof(any));
}

static bool addr_multicast(const struct in6_addr *a)
{
	return a->s6_addr[0] == 0xff;
}

static bool addr_linklocal(const struct in6_addr *a)
{
	return a->s6_addr[0] == 0xfe && (a->s6_addr[1] & 0xc0) == 0x80;
}

/* ff02::1:ff00:0/104, RFC 4291 section 2.7.1 */
static bool addr_solicited_node(const struct in6_addr *a)
{
	static const u8 head[13] = { 0xff, 2, [11] = 1, [12] = 0xff };

	return !memcmp(a, head, sizeof(head));
}

static void addr_cut(struct in6_addr *a, unsigned int plen)
{
	unsigned int i = plen / 8;

	if (plen % 8)
		a->s6_addr[i++] &= 0xff << (8 - plen % 8);
	if (i < sizeof(*a))
		memset(&a->s6_addr[i], 0, sizeof(*a) - i);
}

static unsigned int lladdr_opt_len(u8 addr_len, u8 addr_pad)
{
	return ALIGN(2 + addr_pad + addr_len, OPT_UNIT);
}

const u8 *us6_nd_opt_next(const struct us6_nd_msg *msg, unsigned int *pos,
			  unsigned int *len)
{
	const u8 *opt = msg->opts + *pos;

	/* us6_nd_parse() walked the same octets: lengths are right. */
	if (*pos >= msg->opts_len)
		return NULL;
	*len = opt[1] * OPT_UNIT;
	*pos += *len;
	return opt;
}

/* One option; the first of a kind counts. */
static int parse_opt(const u8 *opt, unsigned int len,
		     const struct us6_nd_meta *meta, struct us6_nd_msg *msg)
{
	bool fits = len == lladdr_opt_len(meta->addr_len, meta->addr_pad);

	switch (opt[0]) {
	case US6_ND_OPT_SLLA:
	case US6_ND_OPT_TLLA:
		if (!meta->addr_len)
			return 0;
		/* An address of another length can't be one of this link. */
		if (!fits)
			return -EBADMSG;
		if (opt[0] == US6_ND_OPT_SLLA && !msg->slla)
			msg->slla = opt + 2 + meta->addr_pad;
		if (opt[0] == US6_ND_OPT_TLLA && !msg->tlla)
			msg->tlla = opt + 2 + meta->addr_pad;
		return 0;
	case US6_ND_OPT_MTU:
		if (len == MTU_LEN && !msg->mtu)
			msg->mtu = get_unaligned_be32(opt + 4);
		return 0;
	case US6_ND_OPT_NONCE:
		if (len == NONCE_LEN && !msg->nonce)
			msg->nonce = (u64)get_unaligned_be16(opt + 2) << 32 |
				     get_unaligned_be32(opt + 4);
		return 0;
	case US6_ND_OPT_REDIRECTED:
		if (len > REDIRECTED_HDR && !msg->redirected) {
			msg->redirected = opt + REDIRECTED_HDR;
			msg->redirected_len = len - REDIRECTED_HDR;
		}
		return 0;
	default:
		return 0;
	}
}

static int parse_opts(const struct us6_nd_meta *meta, struct us6_nd_msg *msg)
{
	unsigned int pos = 0, len;
	int err;

	while (pos < msg->opts_len) {
		const u8 *opt = msg->opts + pos;

		if (msg->opts_len - pos < OPT_UNIT)
			return -EBADMSG;
		len = opt[1] * OPT_UNIT;
		if (!len || len > msg->opts_len - pos)
			return -EBADMSG;
		err = parse_opt(opt, len, meta, msg);
		if (err)
			return err;
		pos += len;
	}
	return 0;
}

/* RFC 4861 6.1.1 */
static bool rs_valid(const struct us6_nd_meta *meta,
		     const struct us6_nd_msg *msg)
{
	return !addr_any(&meta->saddr) || !msg->slla;
}

/* RFC 4861 6.1.2 */
static bool ra_valid(const struct us6_nd_meta *meta)
{
	return addr_linklocal(&meta->saddr);
}

/* RFC 4861 7.1.1 */
static bool ns_valid(const struct us6_nd_meta *meta,
		     const struct us6_nd_msg *msg)
{
	if (addr_multicast(&msg->target))
		return false;
	if (!addr_any(&meta->saddr))
		return true;
	return addr_solicited_node(&meta->daddr) && !msg->slla;
}

/* RFC 4861 7.1.2 */
static bool na_valid(const struct us6_nd_meta *meta,
		     const struct us6_nd_msg *msg)
{
	if (addr_multicast(&msg->target))
		return false;
	return !addr_multicast(&meta->daddr) ||
	       !(msg->flags & US6_NA_SOLICITED);
}

/* RFC 4861 8.1, but for "is it the first hop", which the routes know */
static bool redirect_valid(const struct us6_nd_meta *meta,
			   const struct us6_nd_msg *msg)
{
	if (!addr_linklocal(&meta->saddr) || addr_multicast(&msg->dest))
		return false;
	return addr_linklocal(&msg->target) ||
	       !memcmp(&msg->target, &msg->dest, sizeof(msg->target));
}

static bool msg_valid(const struct us6_nd_meta *meta,
		      const struct us6_nd_msg *msg)
{
	/* Nobody may send from a group, RFC 4291 2.7. */
	if (addr_multicast(&meta->saddr))
		return false;
	switch (msg->type) {
	case US6_ND_RS:
		return rs_valid(meta, msg);
	case US6_ND_RA:
		return ra_valid(meta);
	case US6_ND_NS:
		return ns_valid(meta, msg);
	case US6_ND_NA:
		return na_valid(meta, msg);
	default:
		return redirect_valid(meta, msg);
	}
}

static unsigned int fixed_len(u8 type)
{
	switch (type) {
	case US6_ND_RS:
		return RS_LEN;
	case US6_ND_RA:
		return RA_LEN;
	case US6_ND_NS:
	case US6_ND_NA:
		return NS_LEN;
	case US6_ND_REDIRECT:
		return REDIRECT_LEN;
	default:
		return 0;
	}
}

static void parse_fixed(const u8 *buf, struct us6_nd_msg *msg)
{
	switch (msg->type) {
	case US6_ND_RA:
		msg->hop_limit = buf[4];
		msg->flags = buf[5];
		msg->lifetime = get_unaligned_be16(buf + 6);
		msg->reachable = get_unaligned_be32(buf + 8);
		msg->retrans = get_unaligned_be32(buf + 12);
		break;
	case US6_ND_NA:
		msg->flags = buf[4];
		memcpy(&msg->target, buf + 8, sizeof(msg->target));
		break;
	case US6_ND_NS:
		memcpy(&msg->target, buf + 8, sizeof(msg->target));
		break;
	case US6_ND_REDIRECT:
		memcpy(&msg->target, buf + 8, sizeof(msg->target));
		memcpy(&msg->dest, buf + 24, sizeof(msg->dest));
		break;
	}
}

int us6_nd_parse(const u8 *buf, unsigned int len,
		 const struct us6_nd_meta *meta, struct us6_nd_msg *msg)
{
	unsigned int fixed;
	int err;

	if (meta->fragmented || meta->hop_limit != ND_HOP_LIMIT || len < RS_LEN)
		return -EBADMSG;
	fixed = fixed_len(buf[0]);
	if (!fixed || len < fixed || buf[1])
		return -EBADMSG;

	memset(msg, 0, sizeof(*msg));
	msg->type = buf[0];
	parse_fixed(buf, msg);
	msg->opts = buf + fixed;
	msg->opts_len = len - fixed;
	err = parse_opts(meta, msg);
	if (err)
		return err;
	return msg_valid(meta, msg) ? 0 : -EBADMSG;
}

bool us6_nd_opt_prefix(const u8 *opt, unsigned int len,
		       struct us6_wire_pio *pio)
{
	if (len != PREFIX_LEN || opt[2] > 128)
		return false;
	memset(pio, 0, sizeof(*pio));
	pio->plen = opt[2];
	pio->onlink = opt[3] & 0x80;
	pio->autonomous = opt[3] & 0x40;
	pio->router_addr = opt[3] & 0x20;
	pio->valid = get_unaligned_be32(opt + 4);
	pio->preferred = get_unaligned_be32(opt + 8);
	memcpy(&pio->prefix, opt + 16, sizeof(pio->prefix));
	/* With R the whole address of the router stands there (RFC 6275 7.2). */
	addr_cut(&pio->prefix, pio->plen);
	return pio->preferred <= pio->valid && !addr_linklocal(&pio->prefix) &&
	       !addr_multicast(&pio->prefix);
}

bool us6_nd_opt_route(const u8 *opt, unsigned int len, struct us6_wire_rio *rio)
{
	unsigned int octets;

	/* RFC 4191 2.3: 8, 16 or 24 octets, as the prefix length needs. */
	if (len < 8 || len > 24 || opt[2] > 128)
		return false;
	octets = len - 8;
	if (DIV_ROUND_UP(opt[2], 64) * 8 > octets)
		return false;
	memset(rio, 0, sizeof(*rio));
	rio->plen = opt[2];
	rio->pref = (opt[3] & US6_RA_PREF_MASK) >> US6_RA_PREF_SHIFT;
	rio->lifetime = get_unaligned_be32(opt + 4);
	memcpy(&rio->prefix, opt + 8, octets);
	addr_cut(&rio->prefix, rio->plen);
	return rio->pref != US6_PREF_RESERVED;
}

bool us6_nd_opt_for_user(u8 type)
{
	return type == US6_ND_OPT_RDNSS || type == US6_ND_OPT_DNSSL ||
	       type == US6_ND_OPT_CAPTIVE || type == US6_ND_OPT_PREF64;
}

static unsigned int redirected_len(const struct us6_nd_build *b)
{
	return b->redirected_len / OPT_UNIT * OPT_UNIT;
}

unsigned int us6_nd_build_len(const struct us6_nd_build *b)
{
	unsigned int len = fixed_len(b->type);

	if (b->lladdr)
		len += lladdr_opt_len(b->addr_len, b->addr_pad);
	if (b->nonce)
		len += NONCE_LEN;
	if (b->redirected)
		len += REDIRECTED_HDR + redirected_len(b);
	return len;
}

static u8 *emit_lladdr(const struct us6_nd_build *b, u8 *p)
{
	unsigned int len = lladdr_opt_len(b->addr_len, b->addr_pad);
	bool source = b->type == US6_ND_NS || b->type == US6_ND_RS;

	memset(p, 0, len);
	p[0] = source ? US6_ND_OPT_SLLA : US6_ND_OPT_TLLA;
	p[1] = len / OPT_UNIT;
	memcpy(p + 2 + b->addr_pad, b->lladdr, b->addr_len);
	return p + len;
}

void us6_nd_emit(const struct us6_nd_build *b, u8 *buf)
{
	u8 *p = buf + fixed_len(b->type);

	memset(buf, 0, p - buf);
	buf[0] = b->type;
	if (b->type == US6_ND_NA)
		buf[4] = b->flags;
	if (b->type != US6_ND_RS)
		memcpy(buf + 8, &b->target, sizeof(b->target));
	if (b->type == US6_ND_REDIRECT)
		memcpy(buf + 24, &b->dest, sizeof(b->dest));
	if (b->lladdr)
		p = emit_lladdr(b, p);
	if (b->nonce) {
		p[0] = US6_ND_OPT_NONCE;
		p[1] = NONCE_LEN / OPT_UNIT;
		put_unaligned_be16(b->nonce >> 32, p + 2);
		put_unaligned_be32(b->nonce, p + 4);
		p += NONCE_LEN;
	}
	if (b->redirected) {
		memset(p, 0, REDIRECTED_HDR);
		p[0] = US6_ND_OPT_REDIRECTED;
		p[1] = (REDIRECTED_HDR + redirected_len(b)) / OPT_UNIT;
		memcpy(p + REDIRECTED_HDR, b->redirected, redirected_len(b));
	}
}
