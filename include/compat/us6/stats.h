/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _US6_COMPAT_STATS_H
#define _US6_COMPAT_STATS_H

/*
 * Since 6.9 OutRequests and OutTransmits are two counters (RFC 4293); before, one
 * counter and OutOctets were moved together where a packet was built.
 */
#include <linux/version.h>
#include <net/ipv6.h>

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 9, 0)

#define US6_MIB_OUTREQUESTS	IPSTATS_MIB_OUTREQUESTS
#define US6_HAVE_OUTTRANSMITS	1

#define us6_count_request(net, idev, len)				\
	IP6_INC_STATS(net, idev, IPSTATS_MIB_OUTREQUESTS)
#define us6_count_transmit(net, idev, len)				\
	IP6_UPD_PO_STATS(net, idev, IPSTATS_MIB_OUT, len)
#define us6_count_forwarded(net, idev, len)				\
	__IP6_INC_STATS(net, idev, IPSTATS_MIB_OUTFORWDATAGRAMS)

#else

#define US6_MIB_OUTREQUESTS	IPSTATS_MIB_OUTPKTS

#define us6_count_request(net, idev, len)				\
	IP6_UPD_PO_STATS(net, idev, IPSTATS_MIB_OUT, len)
#define us6_count_transmit(net, idev, len)				\
	do { } while (0)
#define us6_count_forwarded(net, idev, len)				\
	do {								\
		__IP6_INC_STATS(net, idev, IPSTATS_MIB_OUTFORWDATAGRAMS); \
		__IP6_ADD_STATS(net, idev, IPSTATS_MIB_OUTOCTETS, len);	\
	} while (0)

#endif

#endif /* _US6_COMPAT_STATS_H */
