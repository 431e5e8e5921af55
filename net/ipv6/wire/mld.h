/* SPDX-License-Identifier: GPL-2.0 */
#ifndef US6_WIRE_MLD_H
#define US6_WIRE_MLD_H

#include <net/us6/pure.h>

/* ICMPv6 types: RFC 2710 section 3, RFC 3810 section 5. */
#define US6_MLD_QUERY		130
#define US6_MLD_V1_REPORT	131
#define US6_MLD_V1_DONE		132
#define US6_MLD_V2_REPORT	143

/* Multicast Address Record types, RFC 3810 section 5.2.12. */
enum us6_mld_record {
	US6_MLD_IS_IN	= 1,
	US6_MLD_IS_EX	= 2,
	US6_MLD_TO_IN	= 3,
	US6_MLD_TO_EX	= 4,
	US6_MLD_ALLOW	= 5,
	US6_MLD_BLOCK	= 6,
};

#define US6_MLD_V1_LEN		24	/* any message of RFC 2710 */
#define US6_MLD_V2_QUERY_LEN	28	/* without sources */
#define US6_MLD_REPORT_HDR_LEN	8
#define US6_MLD_RECORD_LEN	20	/* without sources */
#define US6_MLD_MAX_RECORDS	0xffff

/* A query, parsed.  Host byte order; sources stay where they were received. */
struct us6_mld_query {
	const struct in6_addr	*group;		/* :: for a General Query */
	const struct in6_addr	*src;
	u32			max_delay;	/* milliseconds */
	u32			interval;	/* QQI, seconds; 0 in version 1 */
	u16			nsrc;
	u8			robustness;	/* QRV; 0: not told */
	u8			version;	/* 1 or 2 */
};

/**
 * us6_mld_parse_query() - check and read a Multicast Listener Query
 * @data: ICMPv6 message from its type on, at 2-byte alignment or better
 * @len: its length, extra octets included
 * @q: result, pointing into @data
 *
 * RFC 3810 sections 5.1 and 8.1.  Return: 0, -EINVAL for a length that belongs
 * to no version, a count of sources beyond the end, a group that is neither ::
 * nor multicast, or sources without a group.
 */
int us6_mld_parse_query(const u8 *data, size_t len, struct us6_mld_query *q);

/**
 * us6_mld_parse_v1() - group of a version 1 Report or Done, RFC 2710
 * @data: ICMPv6 message
 * @len: its length
 *
 * Return: the group inside @data, or NULL when it is too short or not multicast.
 */
const struct in6_addr *us6_mld_parse_v1(const u8 *data, size_t len);

/**
 * us6_mld_build_v1() - a version 1 Report or Done
 * @data: room for US6_MLD_V1_LEN octets
 * @type: US6_MLD_V1_REPORT or US6_MLD_V1_DONE
 * @group: address spoken of
 */
void us6_mld_build_v1(u8 *data, u8 type, const struct in6_addr *group);

/* A version 2 Report under construction. */
struct us6_mld_report {
	u8	*data;
	size_t	max;		/* room in @data */
	size_t	len;		/* used, header included */
	size_t	record;		/* offset of the open record, 0: none */
	u16	nrecords;
};

/**
 * us6_mld_report_start() - an empty Report
 * @r: state
 * @data: where it grows
 * @max: room, at least one header
 */
void us6_mld_report_start(struct us6_mld_report *r, u8 *data, size_t max);

/**
 * us6_mld_report_record() - open a record
 * @r: report
 * @type: enum us6_mld_record
 * @group: multicast address
 *
 * Return: false when there is no room for it.
 */
bool us6_mld_report_record(struct us6_mld_report *r, u8 type,
			   const struct in6_addr *group);

/**
 * us6_mld_report_source() - add a source to the open record
 * @r: report with a record open
 * @src: source address
 *
 * Return: false when there is no room for it.
 */
bool us6_mld_report_source(struct us6_mld_report *r, const struct in6_addr *src);

#endif /* US6_WIRE_MLD_H */
