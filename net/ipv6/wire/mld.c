// SPDX-License-Identifier: GPL-2.0
/*
 * us6: Multicast Listener Discovery messages.  PURE.
 *
 * RFC 2710 (version 1) and RFC 3810 (version 2).
 */
#include "mld.h"

/* Offsets in a query, RFC 3810 section 5.1. */
#define Q_MAX_RESP	4
#define Q_GROUP		8
#define Q_FLAGS		24
#define Q_QQIC		25
#define Q_NSRC		26
#define Q_SRC		28

/* Offsets in a record, RFC 3810 section 5.2. */
#define REC_NSRC	2
#define REC_GROUP	4

static bool us6_mld_is_multicast(const struct in6_addr *a)
{
	return a->s6_addr[0] == 0xff;
}

static bool us6_mld_is_any(const struct in6_addr *a)
{
	static const struct in6_addr any;

	return !memcmp(a, &any, sizeof(any));
}

/* RFC 3810 section 5.1.3: milliseconds; version 1 is linear throughout. */
static u32 us6_mld_delay(u16 code, u8 version)
{
	if (version == 1 || code < 0x8000)
		return code;
	return (u32)((code & 0x0fff) | 0x1000) << (((code >> 12) & 7) + 3);
}

/* RFC 3810 section 5.1.9: seconds. */
static u32 us6_mld_interval(u8 code)
{
	if (code < 0x80)
		return code;
	return (u32)((code & 0x0f) | 0x10) << (((code >> 4) & 7) + 3);
}

int us6_mld_parse_query(const u8 *data, size_t len, struct us6_mld_query *q)
{
	memset(q, 0, sizeof(*q));
	if (len < US6_MLD_V1_LEN ||
	    (len > US6_MLD_V1_LEN && len < US6_MLD_V2_QUERY_LEN))
		return -EINVAL;
	q->version = len == US6_MLD_V1_LEN ? 1 : 2;
	q->group = (const struct in6_addr *)(data + Q_GROUP);
	q->max_delay = us6_mld_delay(get_unaligned_be16(data + Q_MAX_RESP),
				     q->version);
	if (!us6_mld_is_any(q->group) && !us6_mld_is_multicast(q->group))
		return -EINVAL;
	if (q->version == 1)
		return 0;

	q->robustness = data[Q_FLAGS] & 7;
	q->interval = us6_mld_interval(data[Q_QQIC]);
	q->nsrc = get_unaligned_be16(data + Q_NSRC);
	if (!q->nsrc)
		return 0;
	if (us6_mld_is_any(q->group) ||
	    q->nsrc > (len - Q_SRC) / sizeof(struct in6_addr))
		return -EINVAL;
	q->src = (const struct in6_addr *)(data + Q_SRC);
	return 0;
}

const struct in6_addr *us6_mld_parse_v1(const u8 *data, size_t len)
{
	const struct in6_addr *group;

	if (len < US6_MLD_V1_LEN)
		return NULL;
	group = (const struct in6_addr *)(data + Q_GROUP);
	return us6_mld_is_multicast(group) ? group : NULL;
}

void us6_mld_build_v1(u8 *data, u8 type, const struct in6_addr *group)
{
	memset(data, 0, US6_MLD_V1_LEN);
	data[0] = type;
	memcpy(data + Q_GROUP, group, sizeof(*group));
}

void us6_mld_report_start(struct us6_mld_report *r, u8 *data, size_t max)
{
	r->data = data;
	r->max = max;
	r->len = US6_MLD_REPORT_HDR_LEN;
	r->record = 0;
	r->nrecords = 0;
	memset(data, 0, US6_MLD_REPORT_HDR_LEN);
	data[0] = US6_MLD_V2_REPORT;
}

bool us6_mld_report_record(struct us6_mld_report *r, u8 type,
			   const struct in6_addr *group)
{
	u8 *rec = r->data + r->len;

	if (r->max - r->len < US6_MLD_RECORD_LEN ||
	    r->nrecords == US6_MLD_MAX_RECORDS)
		return false;
	memset(rec, 0, REC_GROUP);
	rec[0] = type;
	memcpy(rec + REC_GROUP, group, sizeof(*group));
	r->record = r->len;
	r->len += US6_MLD_RECORD_LEN;
	put_unaligned_be16(++r->nrecords, r->data + 6);
	return true;
}

bool us6_mld_report_source(struct us6_mld_report *r, const struct in6_addr *src)
{
	u8 *nsrc = r->data + r->record + REC_NSRC;
	u16 n = get_unaligned_be16(nsrc);

	if (r->max - r->len < sizeof(*src) || n == U16_MAX)
		return false;
	memcpy(r->data + r->len, src, sizeof(*src));
	r->len += sizeof(*src);
	put_unaligned_be16(n + 1, nsrc);
	return true;
}
