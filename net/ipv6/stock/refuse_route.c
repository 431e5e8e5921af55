// SPDX-License-Identifier: GPL-2.0
/*
 * us6: refusals of stock routing and output functions, each of the type and
 * with the "no" that its callers expect.
 */
#include <linux/skbuff.h>
#include <net/ip6_fib.h>
#include <net/ip6_route.h>
#include "refuse.h"

/* What callers get who never check for NULL. */
static struct dst_entry *us6_refuse_dst(struct net *net)
{
	return &net->ipv6.ip6_null_entry->dst;
}

struct dst_entry *us6_refuse_route_output_noref(struct net *net,
						const struct sock *sk,
						struct flowi6 *fl6, int flags)
{
	return us6_refuse_dst(net);
}

/* A redirect for a tunnel's outer route: without it traffic takes the old hop. */
void us6_refuse_redirect(struct sk_buff *skb, struct net *net, int oif,
			 u32 mark, kuid_t uid)
{
}

void us6_refuse_sk_redirect(struct sk_buff *skb, struct sock *sk)
{
}

void us6_refuse_hw_flags_set(struct net *net, struct fib6_info *f6i,
			     bool offload, bool trap, bool offload_failed)
{
}

bool us6_refuse_mroute_socket(struct net *net, struct sk_buff *skb)
{
	return false;
}
