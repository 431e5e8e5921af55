/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NET_US6_NUD_STATE_H
#define _NET_US6_NUD_STATE_H

/**
 * enum us6_nud_state - RFC 4861 section 7.3.2, RFC 7048, and what netlink adds
 * @US6_NUD_NONE: made, never used
 * @US6_NUD_INCOMPLETE: being resolved
 * @US6_NUD_FAILED: nobody answered; the next packet starts again, and an
 *	advertisement is accepted
 * @US6_NUD_UNREACHABLE: RFC 7048: no answer to NUD, the address is kept and
 *	probing goes on with backoff; shown as NUD_FAILED
 * @US6_NUD_STALE: as in RFC 4861
 * @US6_NUD_DELAY: as in RFC 4861
 * @US6_NUD_PROBE: as in RFC 4861
 * @US6_NUD_REACHABLE: stored, and ages by comparison with the confirmation time
 * @US6_NUD_PERMANENT: configured
 * @US6_NUD_NOARP: the link needs no resolution, or configured so
 *
 * In this order: from UNREACHABLE on the link-layer address is known, from DELAY
 * on a packet may be sent with nothing else to do (REACHABLE once its age was
 * looked at).
 */
enum us6_nud_state {
	US6_NUD_NONE,
	US6_NUD_INCOMPLETE,
	US6_NUD_FAILED,
	US6_NUD_UNREACHABLE,
	US6_NUD_STALE,
	US6_NUD_DELAY,
	US6_NUD_PROBE,
	US6_NUD_REACHABLE,
	US6_NUD_PERMANENT,
	US6_NUD_NOARP,
};

#endif /* _NET_US6_NUD_STATE_H */
