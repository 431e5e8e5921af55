// SPDX-License-Identifier: GPL-2.0
/*
 * us6: the kernel's pointers into IPv6.
 *
 * Their users don't check members for NULL, so every one is filled.  What a
 * room doesn't serve yet refuses in the way that the users of that member
 * understand.
 */
#include <linux/netfilter_ipv6.h>
#include <linux/rtnetlink.h>
#include <net/ipv6_stubs.h>
#include <net/ndisc.h>
#include <net/netfilter/nf_queue.h>
#include <net/ping.h>
#include <net/udp.h>
#include <net/us6/addr.h>
#include <net/us6/nd.h>
#include <net/us6/path.h>
#include <net/us6/route.h>
#include <net/us6/sock.h>
#include "refuse.h"
#include "serve.h"
#include "stock.h"

/* ---- ipv6_stub ------------------------------------------------------------- */

static int us6_stub_route_input(struct sk_buff *skb)
{
	us6_route_input(skb);
	return skb_dst(skb)->error;
}

static void us6_stub_rxpmtu(struct sk_buff *skb, u32 mtu)
{
}

static int us6_stub_udp_encap_rcv(struct sock *sk, struct sk_buff *skb)
{
	kfree_skb(skb);
	return 0;
}

/* NULL: not taken by GRO. */
static __maybe_unused struct sk_buff *
us6_stub_gro_encap_rcv(struct sock *sk, struct list_head *head,
		       struct sk_buff *skb)
{
	return NULL;
}

static const struct ipv6_stub us6_ipv6_stub = {
	.ipv6_sock_mc_join	= us6_drained_ipv6_sock_mc_join,
	.ipv6_sock_mc_drop	= us6_drained_ipv6_sock_mc_drop,
	.ipv6_dst_lookup_flow	= us6_dst_lookup_flow,
	.ipv6_route_input	= us6_stub_route_input,
	.fib6_get_table		= us6_table_get,
	.fib6_lookup		= us6_fib_lookup,
	.fib6_table_lookup	= us6_route_table_lookup,
	.fib6_select_path	= us6_route_select_path,
	.ip6_mtu_from_fib6	= us6_route_res_mtu,
	.fib6_nh_init		= us6_nh_init,
	.fib6_nh_release	= us6_nh_release,
	.fib6_nh_release_dsts	= us6_nh_release_dsts,
	.fib6_update_sernum	= us6_route_touch,
	.ip6_del_rt		= us6_route_nh_gone,
	.fib6_rt_update		= us6_route_nh_updated,
	/* Turns on a key that vmlinux and our UDP share. */
	.udpv6_encap_enable	= udpv6_encap_enable,
	.ndisc_send_na		= us6_serve_send_na,
	.xfrm6_local_rxpmtu	= us6_stub_rxpmtu,
	.xfrm6_udp_encap_rcv	= us6_stub_udp_encap_rcv,
	US6_STUB_GRO_ENCAP(us6_stub_gro_encap_rcv)
	.xfrm6_rcv_encap	= us6_refuse_xfrm_rcv_encap,
	.nd_tbl			= &nd_tbl,
	.ipv6_fragment		= us6_fragment,
	.ipv6_dev_find		= us6_dev_find_addr,
	US6_STUB_XMIT(us6_xmit)
};

/* ---- ipv6_bpf_stub ----------------------------------------------------------- */

static const struct ipv6_bpf_stub us6_bpf_stub = {
	.inet6_bind		= us6_drained_bpf_bind,
	/* Works on the UDP table that both families share. */
	.udp6_lib_lookup	= __udp6_lib_lookup,
	.ipv6_setsockopt	= us6_drained_ipv6_setsockopt,
	.ipv6_getsockopt	= us6_drained_bpf_getsockopt,
	.ipv6_dev_get_saddr	= us6_select_saddr,
};

/* ---- nf_ipv6_ops --------------------------------------------------------------- */

/* A packet of ours comes back from user space: its addresses may have changed. */
static int us6_stub_reroute(struct sk_buff *skb,
			    const struct nf_queue_entry *entry)
{
	const struct ip6_rt_info *was = nf_queue_entry_reroute(entry);
	const struct ipv6hdr *hdr = ipv6_hdr(skb);

	if (entry->state.hook != NF_INET_LOCAL_OUT)
		return 0;
	if (ipv6_addr_equal(&hdr->daddr, &was->daddr) &&
	    ipv6_addr_equal(&hdr->saddr, &was->saddr) &&
	    skb->mark == was->mark)
		return 0;
	return us6_serve_route_me_harder(entry->state.net, entry->state.sk, skb);
}

static const struct nf_ipv6_ops us6_nf_ops = {
	.route_input	= us6_route_input,
	.fragment	= us6_fragment,
	.reroute	= us6_stub_reroute,
};

/* ---- pingv6_ops ------------------------------------------------------------------ */

static const struct pingv6_ops us6_ping_ops = {
	.ipv6_recv_error		= us6_recv_error,
	.ip6_datagram_recv_common_ctl	= us6_cmsg_recv_common,
	.ip6_datagram_recv_specific_ctl	= us6_cmsg_recv_specific,
	.icmpv6_err_convert		= us6_icmp_err_convert,
	.ipv6_icmp_error		= us6_icmp_error,
	.ipv6_chk_addr			= us6_serve_chk_addr,
};

/* ---- set and restore --------------------------------------------------------------- */

static struct {
	const struct ipv6_stub		*stub;
	const struct ipv6_bpf_stub	*bpf;
	const struct nf_ipv6_ops	*nf;
	struct pingv6_ops		ping;
	void				(*flush)(struct net *net);
} us6_saved;

void us6_stubs_set(void)
{
	rtnl_lock();
	us6_saved.stub = ipv6_stub;
	us6_saved.bpf = ipv6_bpf_stub;
	us6_saved.nf = rcu_access_pointer(nf_ipv6_ops);
	us6_saved.ping = pingv6_ops;
	us6_saved.flush = __fib6_flush_trees;

	pingv6_ops = us6_ping_ops;
	rcu_assign_pointer(nf_ipv6_ops, &us6_nf_ops);
	smp_store_release(&ipv6_bpf_stub, &us6_bpf_stub);
	smp_store_release(&ipv6_stub, &us6_ipv6_stub);
	smp_store_release(&__fib6_flush_trees, us6_dst_invalidate_all);
	rtnl_unlock();
}

/*
 * Most users of the stubs hold RTNL or RCU; the rest is waited for by
 * us6_stock_drain().  pingv6_ops and the BPF stub are entered with an AF_INET6
 * socket in hand, and there is none: each holds a reference on this module.
 */
void us6_stubs_restore(void)
{
	rtnl_lock();
	WRITE_ONCE(__fib6_flush_trees, us6_saved.flush);
	WRITE_ONCE(ipv6_stub, us6_saved.stub);
	WRITE_ONCE(ipv6_bpf_stub, us6_saved.bpf);
	RCU_INIT_POINTER(nf_ipv6_ops, us6_saved.nf);
	rtnl_unlock();
	synchronize_net();
	pingv6_ops = us6_saved.ping;
}
