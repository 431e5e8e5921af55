/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What sendmsg() of a datagram protocol gathers before a packet can be routed:
 *
 *	us6_send_start();
 *	us6_send_to() or us6_send_connected();
 *	us6_send_cmsg();
 *	us6_send_route();
 *	... the protocol sends ...
 *	us6_send_end();
 */
#ifndef _US6_SOCK_SEND_H
#define _US6_SOCK_SEND_H

#include <net/ipv6.h>
#include <net/us6/sock.h>

struct us6_send {
	struct flowi6			fl6;
	struct ipcm6_cookie		ipc6;
	struct ipv6_txoptions		opt_space;
	struct ipv6_txoptions		*opt_held;	/* the sticky ones, or NULL */
	struct in6_addr			last;		/* behind a routing header */
	const struct in6_addr		*final;		/* &last, or NULL */
	bool				connected;	/* the socket may keep the route */
};

/** us6_send_start() - @s: to fill. @sk: socket, locked or not */
void us6_send_start(struct us6_send *s, const struct sock *sk);
/**
 * us6_send_to() - an explicit destination
 * @s: started
 * @sk: socket
 * @sin6: address; its family is checked by the caller
 * @addr_len: at least SIN6_LEN_RFC2133
 */
void us6_send_to(struct us6_send *s, const struct sock *sk,
		 const struct sockaddr_in6 *sin6, int addr_len);
/** us6_send_connected() - to the peer that connect() set. @s: started. @sk: socket */
void us6_send_connected(struct us6_send *s, const struct sock *sk);
/**
 * us6_send_cmsg() - ancillary data over sticky options
 * @s: with a destination
 * @sk: socket
 * @msg: message
 * Return: 0 or a negative errno; us6_send_end() in both cases.
 */
int us6_send_cmsg(struct us6_send *s, struct sock *sk, struct msghdr *msg);
/**
 * us6_send_flow() - source, interface, traffic class: all but the route
 * @s: as left by us6_send_cmsg(), protocol and ports set
 * @sk: socket
 */
void us6_send_flow(struct us6_send *s, struct sock *sk);
/**
 * us6_send_route() - us6_send_flow(), then route, source address, hop limit
 * @s: as for us6_send_flow()
 * @sk: socket
 * Return: held dst or ERR_PTR.
 */
struct dst_entry *us6_send_route(struct us6_send *s, struct sock *sk);
/** us6_send_end() - give back what was held. @s: started */
void us6_send_end(struct us6_send *s);

#endif
