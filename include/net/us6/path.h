/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NET_US6_PATH_H
#define _NET_US6_PATH_H

#include <linux/skbuff.h>
#include <net/ipv6.h>
#include <net/us6/device.h>
#include <net/us6/drop.h>

/* ---- in ------------------------------------------------------------------ */

/**
 * us6_input() - dst.input of local unicast: LOCAL_IN hook, then delivery
 * @skb: routed, transport header behind the fixed or hop-by-hop header; consumed
 *
 * Context: softirq, RCU.  Return: 0.
 */
int us6_input(struct sk_buff *skb);

/** us6_mc_input() - dst.input of multicast: membership filter, then us6_input(). @skb: as above */
int us6_mc_input(struct sk_buff *skb);

/**
 * us6_forward() - dst.input of transit packets, RFC 8200 and 4443
 * @skb: routed; consumed.  Context: softirq, RCU.  Return: 0 or errno.
 */
int us6_forward(struct sk_buff *skb);

/**
 * us6_deliver() - walk extension headers and hand to inet6_protos[]
 * @net: namespace
 * @skb: transport header at the header to start with, nhoff in IP6CB; consumed
 * @nexthdr: its protocol number
 *
 * Also the second entry after reassembly and for tunnels.  Context: softirq.
 */
void us6_deliver(struct net *net, struct sk_buff *skb, int nexthdr);

/* ---- out ----------------------------------------------------------------- */

/**
 * us6_output() - dst.output: POST_ROUTING hook, fragmentation, link
 * @net: namespace
 * @sk: socket or NULL
 * @skb: complete IPv6 packet with our skb_dst; consumed
 *
 * Context: RCU not required; BH may be on.  Return: as dev_queue_xmit().
 */
int us6_output(struct net *net, struct sock *sk, struct sk_buff *skb);

/**
 * us6_xmit() - build the IPv6 header of a transport packet and send it
 *	(replaces ip6_xmit)
 * @sk: full, request or timewait socket
 * @skb: at the transport header, skb_dst set; consumed
 * @fl6: addresses, flow label, protocol
 * @mark: skb->mark
 * @opt: extension headers or NULL
 * @tclass: traffic class
 * @priority: skb->priority
 *
 * Context: RCU or locked socket.  Return: as dev_queue_xmit(), -EMSGSIZE too
 * big with the error reported to @sk.
 */
int us6_xmit(const struct sock *sk, struct sk_buff *skb, struct flowi6 *fl6,
	     __u32 mark, struct ipv6_txoptions *opt, int tclass, u32 priority);

/**
 * us6_fragment() - split a packet and send the pieces, RFC 8200 section 4.5
 * @net: namespace
 * @sk: socket or NULL
 * @skb: packet; its skb_dst need not be ours (bridge, sch_frag); consumed
 * @output: called for each piece
 *
 * Return: 0 or the first error of @output; -EMSGSIZE when it may not be split.
 */
int us6_fragment(struct net *net, struct sock *sk, struct sk_buff *skb,
		 int (*output)(struct net *, struct sock *, struct sk_buff *));

/**
 * us6_append_data() - collect user data into the socket's write queue
 * @sk: locked socket
 * @getfrag: copies from @from
 * @from: source of the data
 * @length: bytes, transport header included
 * @transhdrlen: bytes of the transport header at the first call, else 0
 * @ipc6: hop limit, traffic class, options, don't-fragment
 * @fl6: flow
 * @rt: route, held for the cork at the first call
 * @flags: MSG_*
 *
 * Return: 0, -EMSGSIZE, -ENOBUFS, -EFAULT, -EINVAL.
 */
int us6_append_data(struct sock *sk,
		    int (*getfrag)(void *from, char *to, int offset, int len,
				   int odd, struct sk_buff *skb),
		    void *from, size_t length, int transhdrlen,
		    struct ipcm6_cookie *ipc6, struct flowi6 *fl6,
		    struct rt6_info *rt, unsigned int flags);
/** us6_push_pending() - send what us6_append_data() collected. @sk: locked. Return: 0 or errno */
int us6_push_pending(struct sock *sk);
/** us6_flush_pending() - throw it away. @sk: locked */
void us6_flush_pending(struct sock *sk);

/**
 * us6_make_skb() - one datagram without the socket's queue (lockless UDP send)
 * @sk: socket
 * @getfrag: as us6_append_data()
 * @from: as us6_append_data()
 * @length: as us6_append_data()
 * @transhdrlen: as us6_append_data()
 * @ipc6: as us6_append_data()
 * @rt: route
 * @flags: MSG_*
 * @cork: on the caller's stack, fl.u.ip6 filled
 *
 * Return: skb, NULL when MSG_PROBE, or ERR_PTR.
 */
struct sk_buff *us6_make_skb(struct sock *sk,
			     int (*getfrag)(void *from, char *to, int offset,
					    int len, int odd,
					    struct sk_buff *skb),
			     void *from, size_t length, int transhdrlen,
			     struct ipcm6_cookie *ipc6, struct rt6_info *rt,
			     unsigned int flags, struct inet_cork_full *cork);
/** us6_finish_skb() - the corked datagram of @sk as one skb with its header. Return: skb or NULL */
struct sk_buff *us6_finish_skb(struct sock *sk);
/** us6_send_skb() - send what us6_make_skb() or us6_finish_skb() gave. @skb: consumed. Return: 0 or errno */
int us6_send_skb(struct sk_buff *skb);

/* ---- ICMPv6 -------------------------------------------------------------- */

/**
 * us6_icmp_send() - an ICMPv6 error about a packet (replaces icmp6_send)
 * @skb: offending packet, network header valid, unchanged and not consumed;
 *	its skb_dst may be NULL or foreign
 * @type: ICMPV6_DEST_UNREACH ...
 * @code: code
 * @info: MTU or pointer, host byte order
 * @force_saddr: source to use or NULL (RFC 4443 2.2)
 * @parm: IP6CB of @skb (foreign cb: the caller's own zeroed one)
 *
 * Suppressed by RFC 4443 2.4 e), rate limited by 2.4 f).  Context: any but
 * hard irq.
 */
void us6_icmp_send(struct sk_buff *skb, u8 type, u8 code, __u32 info,
		   const struct in6_addr *force_saddr,
		   const struct inet6_skb_parm *parm);

/**
 * us6_icmp_param_prob() - Parameter Problem, then drop
 * @skb: packet; consumed
 * @code: ICMPV6_HDR_FIELD, UNK_NEXTHDR, UNK_OPTION
 * @pos: offset of the offending octet from the IPv6 header
 * @reason: counted reason
 */
void us6_icmp_param_prob(struct sk_buff *skb, u8 code, int pos,
			 enum us6_drop_reason reason);

/**
 * us6_icmp_push() - checksum and send an ICMPv6 message that the stack made
 * @udev: interface to send on
 * @skb: data at the ICMPv6 header, room for link and IPv6 header; consumed
 * @saddr: source
 * @daddr: destination, on-link or multicast
 * @hop_limit: 255 for ND, 1 for MLD
 * @router_alert: put a Hop-by-Hop header with Router Alert first (MLD; RFC 2711)
 *
 * Goes through LOCAL_OUT like any packet, needs no route, counts Out messages.
 * Context: any but hard irq.
 */
void us6_icmp_push(struct us6_dev *udev, struct sk_buff *skb,
		   const struct in6_addr *saddr, const struct in6_addr *daddr,
		   u8 hop_limit, bool router_alert);

/**
 * us6_icmp_alloc() - an skb for us6_icmp_push()
 * @udev: interface
 * @len: bytes of ICMPv6 message
 *
 * Return: skb with @len bytes still to be skb_put(), or NULL.
 */
struct sk_buff *us6_icmp_alloc(struct us6_dev *udev, unsigned int len);

/**
 * us6_icmp_err_convert() - errno of an ICMPv6 error
 * @type: ICMPv6 type
 * @code: ICMPv6 code
 * @err: errno (positive)
 *
 * Return: 1 when fatal to a connected socket.
 */
int us6_icmp_err_convert(u8 type, u8 code, int *err);

#endif /* _NET_US6_PATH_H */
