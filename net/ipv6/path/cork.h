/* SPDX-License-Identifier: GPL-2.0 */
#ifndef US6_PATH_CORK_H
#define US6_PATH_CORK_H

#include <linux/ipv6.h>
#include <net/inet_sock.h>
#include <net/sock.h>

/* One datagram that is being collected; on the stack of the sender. */
struct us6_cork {
	struct sock		*sk;
	struct sk_buff_head	*queue;		/* at most one packet */
	struct inet_cork_full	*full;
	struct inet6_cork	*v6;
	struct page_frag	*pfrag;
	bool			corked;		/* options are our own copy */
};

/* cork.c */
int us6_cork_open(struct us6_cork *c, const struct ipcm6_cookie *ipc6,
		  struct rt6_info *rt);
void us6_cork_release(struct us6_cork *c);
struct sk_buff *us6_cork_finish(struct us6_cork *c);
void us6_cork_flush(struct us6_cork *c);

/* append.c */
int us6_cork_append(struct us6_cork *c,
		    int (*getfrag)(void *from, char *to, int offset, int len,
				   int odd, struct sk_buff *skb),
		    void *from, size_t length, int transhdrlen,
		    unsigned int flags, const struct ipcm6_cookie *ipc6);

#endif /* US6_PATH_CORK_H */
