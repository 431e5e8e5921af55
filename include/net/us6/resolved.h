/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Kernel symbols that some kernels don't export to modules (the TCP core on
 * 6.12).  Whoever uses one of net/ipv6/stock/resolved.list includes this header
 * and then writes
 *
 *	tcp_rcv_established(sk, skb);			a call, as ever
 *	atomic_long_read(&tcp_memory_allocated);	an object, as ever
 *	prot->recvmsg = us6_stock_fn(tcp_recvmsg);	an address to be stored
 *
 * Where the kernel exports the symbol this is the symbol.  Where it doesn't,
 * us6_stock_init() has looked the address up: a call is then a static call,
 * which is patched to a direct one and so needs no ENDBR at its target (IBT
 * kernels seal the ENDBR of functions whose address is never taken).  For the
 * same reason only those marked "ops" in the list have a us6_stock_fn().
 *
 * On such a kernel neither &object nor us6_stock_fn() is a constant: structs
 * that hold them are filled by code, in a room's init, since us6_stock_init()
 * is the first rung of the ladder.
 */
#ifndef _NET_US6_RESOLVED_H
#define _NET_US6_RESOLVED_H

#include <linux/static_call.h>
#include <net/inet_common.h>
#include <net/inet_connection_sock.h>
#include <net/inet_timewait_sock.h>
#include <net/secure_seq.h>
#include <net/tcp.h>
#include <net/tcp_states.h>
#include <net/transp_v6.h>
#include <net/udp.h>

#include <generated-us6/resolved.h>

/**
 * us6_stock_fn() - address of a stock function that may be stored in an ops
 * @name: a name marked "ops" in net/ipv6/stock/resolved.list
 *
 * Valid from us6_stock_init() on.  Return: a pointer of the function's type.
 */
#define us6_stock_fn(name)	us6_stock_fn_##name

#endif
