/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _US6_COMPAT_NET_GSO_H
#define _US6_COMPAT_NET_GSO_H

/* Segmentation has a header of its own since 6.5. */
#ifdef US6_HAS_NET_GSO
#include_next <net/gso.h>
#else
#include <linux/netdevice.h>
#include <linux/skbuff.h>
#endif

#endif
