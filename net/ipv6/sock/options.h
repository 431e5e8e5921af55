/* SPDX-License-Identifier: GPL-2.0 */
/* The table of options and what stands behind its rows. */
#ifndef _US6_SOCK_OPTIONS_H
#define _US6_SOCK_OPTIONS_H

#include <linux/sockptr.h>
#include <net/us6/sock.h>

/**
 * struct us6_opt - one option of level SOL_IPV6
 * @set_int: value is an int; socket locked.  Return: 0 or errno
 * @set: any other value.  @optlen is unchecked.  Socket locked, RTNL as @flags
 * @get_int: value is an int; no lock.  Return: 0 or errno
 * @get: any other value, writes @optlen itself; no lock.  @len: of the buffer
 * @flags: US6_OPT_*
 *
 * A row without a setter or a getter answers ENOPROTOOPT there.
 */
struct us6_opt {
	int (*set_int)(struct sock *sk, int val);
	int (*set)(struct sock *sk, int optname, sockptr_t optval,
		   unsigned int optlen);
	int (*get_int)(struct sock *sk, int *val);
	int (*get)(struct sock *sk, int optname, sockptr_t optval,
		   sockptr_t optlen, int len);
	u8 flags;
};

/* The setter needs RTNL, which comes before the socket lock. */
#define US6_OPT_RTNL	BIT(0)

/* sticky.c: RFC 3542 section 4 and 6.  Contracts: struct us6_opt. */
int us6_opt_set_header(struct sock *sk, int optname, sockptr_t optval,
		       unsigned int optlen);
int us6_opt_get_header(struct sock *sk, int optname, sockptr_t optval,
		       sockptr_t optlen, int len);
int us6_opt_set_pktinfo(struct sock *sk, int optname, sockptr_t optval,
			unsigned int optlen);
int us6_opt_set_pktoptions(struct sock *sk, int optname, sockptr_t optval,
			   unsigned int optlen);
int us6_opt_get_pktoptions(struct sock *sk, int optname, sockptr_t optval,
			   sockptr_t optlen, int len);

/* addrform.c */
int us6_opt_set_addrform(struct sock *sk, int val);
int us6_opt_get_addrform(struct sock *sk, int *val);

/* membership.c: RFC 3493 5.2, RFC 3678 */
int us6_opt_set_membership(struct sock *sk, int optname, sockptr_t optval,
			   unsigned int optlen);
int us6_opt_set_group(struct sock *sk, int optname, sockptr_t optval,
		      unsigned int optlen);
int us6_opt_set_source(struct sock *sk, int optname, sockptr_t optval,
		       unsigned int optlen);
int us6_opt_set_msfilter(struct sock *sk, int optname, sockptr_t optval,
			 unsigned int optlen);
int us6_opt_get_msfilter(struct sock *sk, int optname, sockptr_t optval,
			 sockptr_t optlen, int len);

/* rtalert.c */
int us6_opt_set_rtalert(struct sock *sk, int val);

/* flowlabel.c */
int us6_opt_set_flowlabel(struct sock *sk, int optname, sockptr_t optval,
			  unsigned int optlen);
int us6_opt_get_flowlabel(struct sock *sk, int optname, sockptr_t optval,
			  sockptr_t optlen, int len);

#endif
