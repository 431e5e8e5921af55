/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _US6_COMPAT_LINUX_UDP_H
#define _US6_COMPAT_LINUX_UDP_H
#include_next <linux/udp.h>

#ifdef UDPLITE_SEND_CC
/* One byte of flags before 6.7, bits of udp_flags since. */
#define us6_udplite_send_cc(sk)	(udp_sk(sk)->pcflag & UDPLITE_SEND_CC)
#define us6_udplite_recv_cc(sk)	(udp_sk(sk)->pcflag & UDPLITE_RECV_CC)
#define udp_set_peek_off	sk_set_peek_off
#else
#define us6_udplite_send_cc(sk)	udp_test_bit(UDPLITE_SEND_CC, sk)
#define us6_udplite_recv_cc(sk)	udp_test_bit(UDPLITE_RECV_CC, sk)
#endif

#endif
