// SPDX-License-Identifier: GPL-2.0
/*
 * us6: routes of connections.
 */
#include <linux/security.h>
#include <net/inet_ecn.h>
#include <net/us6/path.h>
#include <net/us6/route.h>
#include "tcp.h"

/*
 * The flow of a connected socket.  Return: where its routing header leads in the
 * end, kept in @final, or NULL without one.
 */
static struct in6_addr *us6_csk_flow(struct sock *sk, struct flowi6 *fl6,
				     struct in6_addr *final)
{
	const struct inet_sock *inet = inet_sk(sk);
	const struct ipv6_pinfo *np = inet6_sk(sk);
	struct in6_addr *final_p;

	memset(fl6, 0, sizeof(*fl6));
	fl6->flowi6_proto = sk->sk_protocol;
	fl6->daddr = sk->sk_v6_daddr;
	fl6->saddr = np->saddr;
	fl6->flowlabel = np->flow_label;
	IP6_ECN_flow_xmit(sk, fl6->flowlabel);
	fl6->flowi6_oif = sk->sk_bound_dev_if;
	fl6->flowi6_mark = READ_ONCE(sk->sk_mark);
	fl6->fl6_sport = inet->inet_sport;
	fl6->fl6_dport = inet->inet_dport;
	fl6->flowi6_uid = sk->sk_uid;
	security_sk_classify_flow(sk, flowi6_to_flowi_common(fl6));

	rcu_read_lock();
	final_p = fl6_update_dst(fl6, rcu_dereference(np->opt), final);
	rcu_read_unlock();
	return final_p;
}

/* The socket keeps the reference.  Return: dst or ERR_PTR. */
static struct dst_entry *us6_csk_route(struct sock *sk, struct flowi6 *fl6)
{
	struct in6_addr *final_p, final;
	struct dst_entry *dst;

	final_p = us6_csk_flow(sk, fl6, &final);
	dst = __sk_dst_check(sk, inet6_sk(sk)->dst_cookie);
	if (dst)
		return dst;
	dst = us6_dst_lookup_flow(sock_net(sk), sk, fl6, final_p);
	if (!IS_ERR(dst))
		us6_sk_dst_store(sk, dst, fl6);
	return dst;
}

static void us6_csk_unroutable(struct sock *sk, int err)
{
	WRITE_ONCE(sk->sk_err_soft, -err);
	sk->sk_route_caps = 0;
}

int us6_csk_xmit(struct sock *sk, struct sk_buff *skb, struct flowi *fl)
{
	const struct ipv6_pinfo *np = inet6_sk(sk);
	struct dst_entry *dst;
	struct flowi6 fl6;
	int err;

	dst = us6_csk_route(sk, &fl6);
	if (IS_ERR(dst)) {
		us6_csk_unroutable(sk, PTR_ERR(dst));
		kfree_skb(skb);
		return PTR_ERR(dst);
	}

	rcu_read_lock();
	skb_dst_set_noref(skb, dst);
	/* The header takes the last hop; the routing header the first. */
	fl6.daddr = sk->sk_v6_daddr;
	err = us6_xmit(sk, skb, &fl6, READ_ONCE(sk->sk_mark),
		       rcu_dereference(np->opt), np->tclass,
		       READ_ONCE(sk->sk_priority));
	rcu_read_unlock();
	return err;
}

int us6_csk_rebuild_header(struct sock *sk)
{
	struct dst_entry *dst;
	struct flowi6 fl6;

	dst = us6_csk_route(sk, &fl6);
	if (!IS_ERR(dst))
		return 0;
	us6_csk_unroutable(sk, PTR_ERR(dst));
	return PTR_ERR(dst);
}

struct dst_entry *us6_csk_update_pmtu(struct sock *sk, u32 mtu)
{
	struct dst_entry *dst;
	struct flowi6 fl6;

	dst = us6_csk_route(sk, &fl6);
	if (IS_ERR(dst))
		return NULL;
	dst->ops->update_pmtu(dst, sk, NULL, mtu, true);
	/* That may have made a new one for this destination. */
	dst = us6_csk_route(sk, &fl6);
	return IS_ERR(dst) ? NULL : dst;
}

struct dst_entry *us6_csk_route_req(const struct sock *sk, struct flowi6 *fl6,
				    const struct request_sock *req, u8 proto)
{
	const struct inet_request_sock *ireq = inet_rsk(req);
	struct in6_addr *final_p, final;
	struct dst_entry *dst;

	memset(fl6, 0, sizeof(*fl6));
	fl6->flowi6_proto = proto;
	fl6->daddr = ireq->ir_v6_rmt_addr;
	fl6->saddr = ireq->ir_v6_loc_addr;
	fl6->flowi6_oif = ireq->ir_iif;
	fl6->flowi6_mark = ireq->ir_mark;
	fl6->fl6_dport = ireq->ir_rmt_port;
	fl6->fl6_sport = htons(ireq->ir_num);
	fl6->flowi6_uid = sk->sk_uid;
	rcu_read_lock();
	final_p = fl6_update_dst(fl6, rcu_dereference(inet6_sk(sk)->opt), &final);
	rcu_read_unlock();
	security_req_classify_flow(req, flowi6_to_flowi_common(fl6));

	dst = us6_dst_lookup_flow(sock_net(sk), sk, fl6, final_p);
	return IS_ERR(dst) ? NULL : dst;
}
