/* SPDX-License-Identifier: GPL-2.0 */
/* sock_rps_record_flow() and its kin: in net/sock.h before 6.9. */
#ifndef _US6_COMPAT_NET_RPS_H
#define _US6_COMPAT_NET_RPS_H

#ifdef US6_HAS_NET_RPS
#include_next <net/rps.h>
#else
#include <net/sock.h>
#endif

#endif
