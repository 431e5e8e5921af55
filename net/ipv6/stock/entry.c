// SPDX-License-Identifier: GPL-2.0
/*
 * us6: the table of stock functions that other kernel code calls, and what they
 * are redirected to.
 *
 * To serve one that is refused: change us6_refuse_...() in its line to your
 * function.  The compiler checks that the prototype is the stock function's.
 * If yours has another, write an adapter in serve_*.c; if it may sleep, wrap it
 * in US6_DRAINED() there and name us6_drained_...() here.  Nobody of ours may
 * call a redirected function: he would come back to himself.
 *
 * What other code reaches and does not stand here is listed with the reason in
 * entry-reasons.txt; scripts/check-entries compares.
 */
#include <linux/build_bug.h>
#include <linux/icmpv6.h>
#include <linux/mroute6.h>
#include <linux/netfilter_ipv6.h>
#include <net/addrconf.h>
#include <net/inet6_connection_sock.h>
#include <net/ip6_fib.h>
#include <net/ip6_route.h>
#include <net/ipv6.h>
#include <net/ndisc.h>
#include <net/seg6.h>
#include <net/seg6_hmac.h>
#include <net/transp_v6.h>
#include <net/xfrm.h>
#include <net/us6/addr.h>
#include <net/us6/device.h>
#include <net/us6/path.h>
#include <net/us6/route.h>
#include <net/us6/sock.h>
#include "refuse.h"
#include "serve.h"
#include "stock.h"

#define US6_SAME(fn, repl)	BUILD_BUG_ON_ZERO(!__same_type(fn, repl))

/* An exported function. */
#define US6_ENTRY(fn, repl)	US6_PARTIAL(fn, repl, US6_WHEN_ALWAYS)
/* The same, for some calls only. */
#define US6_PARTIAL(fn, repl, cond) {					\
	.name	= #fn,							\
	.addr	= (unsigned long)(fn),					\
	.ours	= (unsigned long)(repl),				\
	.when	= (cond) + US6_SAME(fn, repl),				\
}
/* Declared in a header, but not exported. */
#define US6_HIDDEN(fn, repl) {						\
	.name	= #fn,							\
	.ours	= (unsigned long)(repl),				\
	.when	= US6_WHEN_ALWAYS + US6_SAME(fn, repl),			\
}
/* Static, or in no header: @like is a function or type of the same prototype. */
#define US6_STATIC(fn, like, repl, cond) {				\
	.name	= #fn,							\
	.ours	= (unsigned long)(repl),				\
	.when	= (cond) + US6_SAME(like, repl),			\
}
/* The same, and not in every kernel. */
#define US6_SOMETIMES(fn, like, repl) {					\
	.name	= #fn,							\
	.ours	= (unsigned long)(repl),				\
	.when	= US6_WHEN_ALWAYS + US6_SAME(like, repl),		\
	.optional = true,						\
}

typedef int us6_neigh_dump_t(struct sk_buff *skb, struct netlink_callback *cb);
typedef void us6_neigh_notify_t(struct neighbour *n, int type, int flags, u32 pid);
typedef int us6_bind_sk_t(struct sock *sk, struct sockaddr *uaddr, int addr_len);
typedef int us6_sendmsg_t(struct sock *sk, struct msghdr *msg, size_t len);
typedef int us6_mptcp_subflow_t(struct sock *sk, unsigned short family,
				struct socket **new_sock);

const struct us6_entry us6_entries[] = {
	US6_ENTRY(ipv6_mod_enabled,		us6_serve_mod_enabled),

	/* ICMPv6 */
	US6_ENTRY(icmp6_send,			us6_icmp_send),
	US6_ENTRY(ip6_err_gen_icmpv6_unreach,	us6_serve_err_unreach),

	/* addresses and interfaces */
	US6_ENTRY(ipv6_chk_addr,		us6_serve_chk_addr),
	US6_ENTRY(ipv6_chk_addr_and_flags,	us6_serve_chk_addr_and_flags),
	US6_ENTRY(ipv6_chk_prefix,		us6_serve_chk_prefix),
	US6_ENTRY(ipv6_chk_custom_prefix,	us6_serve_chk_custom_prefix),
	US6_ENTRY(ipv6_dev_find,		us6_dev_find_addr),
	US6_ENTRY(ipv6_dev_get_saddr,		us6_select_saddr),
	US6_ENTRY(in6_dev_finish_destroy,	us6_dev_free),
	US6_ENTRY(addrconf_add_linklocal,	us6_drained_addrconf_add_linklocal),
	US6_ENTRY(addrconf_prefix_rcv_add_addr,	us6_refuse_prefix_add_addr),

	/* groups */
	US6_ENTRY(ipv6_dev_mc_inc,		us6_drained_ipv6_dev_mc_inc),
	US6_ENTRY(ipv6_dev_mc_dec,		us6_drained_ipv6_dev_mc_dec),
	US6_ENTRY(ipv6_sock_mc_join,		us6_drained_ipv6_sock_mc_join),
	US6_ENTRY(ipv6_sock_mc_drop,		us6_drained_ipv6_sock_mc_drop),

	/* Neighbour Discovery and the neighbour core */
	US6_ENTRY(ndisc_ns_create,		us6_refuse_ns_create),
	US6_ENTRY(ndisc_send_skb,		us6_refuse_ndisc_send),
	US6_STATIC(neigh_dump_info, us6_neigh_dump_t,
		   us6_drained_neigh_dump_info, US6_WHEN_DUMP_NOT_INET),
	US6_STATIC(__neigh_notify, us6_neigh_notify_t,
		   us6_refuse_neigh_notify, US6_WHEN_ARG0_ND_NEIGH),
	US6_PARTIAL(__neigh_event_send,		us6_serve_neigh_event_send,
		    US6_WHEN_ARG0_ND_NEIGH),

	/* routes */
	US6_ENTRY(rt6_lookup,			us6_serve_rt6_lookup),
	US6_ENTRY(ip6_route_output_flags,	us6_route_output),
	US6_SOMETIMES(ip6_route_output_flags_noref, ip6_route_output_flags,
		      us6_refuse_route_output_noref),
	US6_ENTRY(ip6_route_lookup,		us6_route_lookup),
	US6_ENTRY(ip6_route_input_lookup,	us6_route_input_lookup),
	US6_ENTRY(ip6_pol_route,		us6_route_pol),
	US6_ENTRY(fib6_new_table,		us6_table_new),
	US6_ENTRY(fib6_get_table,		us6_table_get),
	US6_ENTRY(fib6_info_destroy_rcu,	us6_route_free_rcu),
	US6_ENTRY(fib6_info_hw_flags_set,	us6_refuse_hw_flags_set),
	US6_ENTRY(ip6_dst_alloc,		us6_dst_alloc),
	US6_ENTRY(ip6_dst_lookup,		us6_serve_dst_lookup),
	US6_ENTRY(ip6_dst_lookup_flow,		us6_dst_lookup_flow),
	US6_ENTRY(ip6_sk_dst_lookup_flow,	us6_sk_dst_lookup_flow),
	US6_ENTRY(ip6_update_pmtu,		us6_update_pmtu),
	US6_ENTRY(ip6_sk_update_pmtu,		us6_sk_update_pmtu),
	US6_ENTRY(ip6_redirect,			us6_refuse_redirect),
	US6_ENTRY(ip6_sk_redirect,		us6_refuse_sk_redirect),
	US6_ENTRY(mroute6_is_socket,		us6_refuse_mroute_socket),

	/* Netfilter */
	US6_ENTRY(__nf_ip6_route,		us6_serve_nf_route),
	US6_ENTRY(ip6_route_me_harder,		us6_serve_route_me_harder),

	/* output */
	US6_ENTRY(ip6_xmit,			us6_xmit),
	US6_ENTRY(ip6_append_data,		us6_drained_ip6_append_data),
	US6_ENTRY(ip6_push_pending_frames,	us6_push_pending),
	US6_ENTRY(ip6_flush_pending_frames,	us6_flush_pending),

	/* sockets */
	US6_ENTRY(ipv6_setsockopt,		us6_drained_ipv6_setsockopt),
	US6_ENTRY(ipv6_getsockopt,		us6_drained_ipv6_getsockopt),
	US6_ENTRY(inet6_bind,			us6_drained_inet6_bind),
	US6_SOMETIMES(inet6_bind_sk, us6_bind_sk_t,
		      us6_drained_inet6_bind_sk),
	US6_ENTRY(inet6_release,		us6_drained_inet6_release),
	US6_ENTRY(inet6_ioctl,			us6_drained_inet6_ioctl),
#ifdef CONFIG_COMPAT
	US6_ENTRY(inet6_compat_ioctl,		us6_drained_inet6_compat_ioctl),
#endif
	US6_ENTRY(inet6_sock_destruct,		us6_sock_destruct),
	US6_ENTRY(inet6_cleanup_sock,		us6_sock_cleanup),
	US6_SOMETIMES(inet6_destroy_sock, inet6_cleanup_sock,
		      us6_sock_cleanup),
	US6_ENTRY(ip6_datagram_release_cb,	us6_datagram_release_cb),
	US6_ENTRY(inet6_sk_rebuild_header,	us6_csk_rebuild_header),
	US6_ENTRY(inet6_csk_xmit,		us6_csk_xmit),
	US6_ENTRY(inet6_csk_route_req,		us6_csk_route_req),
	US6_ENTRY(inet6_csk_update_pmtu,	us6_csk_update_pmtu),
	US6_ENTRY(__ip6_datagram_connect,	us6_drained___ip6_datagram_connect),
	US6_ENTRY(ip6_datagram_connect,		us6_drained_ip6_datagram_connect),
	US6_ENTRY(ip6_datagram_connect_v6_only,
		  us6_drained_ip6_datagram_connect_v6_only),
	US6_ENTRY(ip6_datagram_recv_ctl,	us6_cmsg_recv),
	US6_ENTRY(ip6_datagram_send_ctl,	us6_cmsg_send),
	US6_ENTRY(ipv6_recv_error,		us6_recv_error),
	US6_HIDDEN(ipv6_icmp_error,		us6_icmp_error),
	US6_STATIC(udpv6_sendmsg, us6_sendmsg_t,
		   us6_drained_udpv6_sendmsg, US6_WHEN_ALWAYS),
	US6_ENTRY(__fl6_sock_lookup,		us6_refuse_flowlabel),
	US6_STATIC(mptcp_subflow_create_socket, us6_mptcp_subflow_t,
		   us6_refuse_mptcp_subflow, US6_WHEN_ARG1_INET6),

	/* stock IPsec's IPv6 half */
	US6_ENTRY(xfrm6_protocol_register,	us6_refuse_xfrm_register),
	US6_ENTRY(xfrm6_protocol_deregister,	us6_refuse_xfrm_deregister),
	US6_ENTRY(xfrm6_rcv,			us6_refuse_xfrm_rcv),
	US6_ENTRY(xfrm6_rcv_spi,		us6_refuse_xfrm_rcv_spi),
	US6_ENTRY(xfrm6_rcv_tnl,		us6_refuse_xfrm_rcv_tnl),
	US6_ENTRY(xfrm6_rcv_encap,		us6_refuse_xfrm_rcv_encap),
	US6_ENTRY(xfrm6_input_addr,		us6_refuse_xfrm_input_addr),

	/* segment routing */
	US6_ENTRY(seg6_do_srh_encap,		us6_refuse_srh_encap),
	US6_ENTRY(seg6_do_srh_inline,		us6_refuse_srh_inline),
	US6_HIDDEN(seg6_lookup_nexthop,		us6_refuse_seg6_nexthop),
	US6_ENTRY(seg6_hmac_compute,		us6_refuse_hmac_compute),
	US6_ENTRY(seg6_hmac_info_lookup,	us6_refuse_hmac_lookup),
	US6_ENTRY(seg6_hmac_info_add,		us6_refuse_hmac_add),
	US6_ENTRY(seg6_hmac_info_del,		us6_refuse_hmac_del),
	US6_ENTRY(seg6_hmac_validate_skb,	us6_refuse_hmac_validate),
	US6_ENTRY(seg6_push_hmac,		us6_refuse_hmac_push),
};

const unsigned int us6_nr_entries = ARRAY_SIZE(us6_entries);
