// SPDX-License-Identifier: GPL-2.0
/*
 * Events of a neighbour: the NUD machine runs under the entry's lock, what it
 * asks for is done once that is dropped.
 */
#include <linux/icmpv6.h>
#include <net/dst.h>
#include <net/us6/ctl.h>
#include <net/us6/drop.h>
#include <net/us6/path.h>
#include <net/us6/route.h>
#include "room.h"

/* Waiting packets of a whole interface, above which an entry keeps few. */
#define QUEUED_MAX	(16 << 20)
#define QUEUE_KEEP	3	/* RFC 4861 7.2.2: a small queue, newest kept */

static void nud_load(const struct us6_neigh *n, struct us6_nud *nud)
{
	nud->state = n->state;
	nud->probes = n->probes;
	nud->router = n->is_router;
	nud->managed = n->ext_flags & NTF_EXT_MANAGED;
	nud->confirmed = READ_ONCE(n->confirmed);
	nud->used = READ_ONCE(n->used);
	nud->probed = n->probed;
	nud->timer = !RB_EMPTY_NODE(&n->timer);
	nud->expires = n->expires;
	if (n->has_face)
		us6_face_read(n, &nud->confirmed, &nud->used);
}

static struct us6_neigh *nud_store_locked(struct us6_neigh *n,
					  const struct us6_nud *old,
					  const struct us6_nud *nud)
{
	if (nud->state != old->state || nud->router != old->router)
		n->updated = jiffies;
	if (n->state != nud->state)
		WRITE_ONCE(n->state, nud->state);
	if (n->is_router != nud->router)
		WRITE_ONCE(n->is_router, nud->router);
	n->probes = nud->probes;
	n->probed = nud->probed;
	if (READ_ONCE(n->confirmed) != nud->confirmed)
		WRITE_ONCE(n->confirmed, nud->confirmed);
	if (READ_ONCE(n->used) != nud->used)
		WRITE_ONCE(n->used, nud->used);
	if (nud->timer != old->timer || nud->expires != old->expires)
		us6_cache_timer_locked(n, nud->timer, nud->expires);
	return us6_cache_unresolved_locked(n,
					   nud->state == US6_NUD_INCOMPLETE ||
					   nud->state == US6_NUD_FAILED);
}

void us6_neigh_set_ha_locked(struct us6_neigh *n, const u8 *lladdr)
{
	const struct net_device *dev = n->dev;

	lockdep_assert_held(&n->lock);
	write_seqcount_begin(&n->ha_seq);
	memcpy(n->ha, lladdr, dev->addr_len);
	if (n->prebuilt) {
		struct ethhdr *eth = (struct ethhdr *)(n->hh + 2);

		memcpy(eth->h_dest, lladdr, ETH_ALEN);
		memcpy(eth->h_source, dev->dev_addr, ETH_ALEN);
		eth->h_proto = htons(ETH_P_IPV6);
	}
	write_seqcount_end(&n->ha_seq);
	n->updated = jiffies;
}

void us6_neigh_ha(const struct us6_neigh *n, u8 *ha)
{
	unsigned int seq;

	do {
		seq = read_seqcount_begin(&n->ha_seq);
		memcpy(ha, n->ha, MAX_ADDR_LEN);
	} while (read_seqcount_retry(&n->ha_seq, seq));
}

/* ---- packets that wait ------------------------------------------------------ */

struct sk_buff *us6_neigh_queue_take_locked(struct us6_neigh *n)
{
	struct sk_buff *list = n->queue_head;

	if (list)
		atomic_sub(n->queue_bytes, &n->nd->queued);
	n->queue_head = NULL;
	n->queue_tail = NULL;
	n->queue_len = 0;
	n->queue_bytes = 0;
	return list;
}

void us6_neigh_queue_drop(struct us6_neigh *n, struct sk_buff *list,
			  enum us6_drop_reason reason)
{
	while (list) {
		struct sk_buff *skb = list;

		list = skb->next;
		skb_mark_not_on_list(skb);
		us6_drop(skb, dev_net(n->dev), NULL, reason);
	}
}

/* Returns the oldest packets that had to go. */
static struct sk_buff *queue_add_locked(struct us6_neigh *n, struct sk_buff *skb)
{
	u32 limit = READ_ONCE(NEIGH_VAR(n->nd->parms, QUEUE_LEN_BYTES));
	struct sk_buff *gone = NULL, **tail = &gone;
	u32 keep = 1;

	/* Whoever made the route may take it away while we wait. */
	skb_dst_force(skb);
	skb->next = NULL;
	if (n->queue_tail)
		n->queue_tail->next = skb;
	else
		n->queue_head = skb;
	n->queue_tail = skb;
	n->queue_len++;
	n->queue_bytes += skb->truesize;
	if (atomic_add_return(skb->truesize, &n->nd->queued) > QUEUED_MAX) {
		limit = 0;
		keep = QUEUE_KEEP;
	}
	while ((n->queue_bytes > limit || n->queue_len == U16_MAX) &&
	       n->queue_len > keep) {
		struct sk_buff *old = n->queue_head;

		n->queue_head = old->next;
		n->queue_len--;
		n->queue_bytes -= old->truesize;
		atomic_sub(old->truesize, &n->nd->queued);
		old->next = NULL;
		*tail = old;
		tail = &old->next;
	}
	return gone;
}

void us6_neigh_queue_send(struct us6_neigh *n, struct sk_buff *list)
{
	local_bh_disable();
	while (list) {
		struct sk_buff *skb = list;

		list = skb->next;
		skb_mark_not_on_list(skb);
		us6_neigh_xmit(n, skb);
	}
	local_bh_enable();
}

/* RFC 4861 7.2.2: address unreachable, once for each packet that waited. */
static void queue_fail(struct us6_neigh *n, struct sk_buff *list)
{
	while (list) {
		struct sk_buff *skb = list;

		list = skb->next;
		skb_mark_not_on_list(skb);
		if (skb->protocol == htons(ETH_P_IPV6))
			us6_icmp_send(skb, ICMPV6_DEST_UNREACH,
				      ICMPV6_ADDR_UNREACH, 0, NULL,
				      IP6CB(skb));
		else
			dst_link_failure(skb);
		us6_drop(skb, dev_net(n->dev), NULL, US6_DROP_NEIGH_UNRESOLVED);
	}
}

/* ---- one event ---------------------------------------------------------------- */

/* The source of the packet that makes us ask, RFC 4861 7.2.2. */
static bool source_hint(const struct us6_neigh *n, const struct sk_buff *skb,
			struct in6_addr *hint)
{
	if (!skb)
		skb = n->queue_head;
	if (!skb || skb->protocol != htons(ETH_P_IPV6))
		return false;
	*hint = ipv6_hdr(skb)->saddr;
	return true;
}

/* Somebody decides by this entry where packets go. */
static bool is_gateway(const struct us6_neigh *n)
{
	return READ_ONCE(n->is_router) || refcount_read(&n->ref) > 2;
}

static void carry_out(struct us6_neigh *n, unsigned int act,
		      const struct in6_addr *hint)
{
	struct us6_nd_dev *nd = n->nd;

	if (act & US6_NUD_ACT_NS_MCAST)
		us6_ns_solicit(n, true, hint);
	if (act & US6_NUD_ACT_NS_UCAST)
		us6_ns_solicit(n, false, hint);
	if (act & US6_NUD_ACT_NS_APP)
		us6_notify_neigh(RTM_GETNEIGH, n, 0);
	if (act & (US6_NUD_ACT_NOTIFY | US6_NUD_ACT_LLADDR))
		us6_face_update(n);
	if (act & US6_NUD_ACT_NOTIFY)
		us6_notify_neigh(RTM_NEWNEIGH, n, 0);
	if (act & US6_NUD_ACT_NOT_ROUTER)
		us6_routers_lost(nd, &n->addr);
	if (act & US6_NUD_ACT_RESELECT && is_gateway(n)) {
		local_bh_disable();
		us6_route_reselect(nd->udev, &n->addr);
		local_bh_enable();
	}
}

int us6_neigh_event(struct us6_neigh *n, struct us6_nud_event *ev,
		    const u8 *lladdr, struct sk_buff *skb)
{
	struct sk_buff *list = NULL, *gone = NULL;
	struct us6_nud_tunables t;
	struct us6_nud nud, old;
	struct us6_neigh *victim;
	struct in6_addr hint;
	unsigned int act;
	bool hinted = false;
	int ret = 0;

	us6_params_tunables(n->nd, &t);
	spin_lock_bh(&n->lock);
	if (unlikely(n->dead)) {
		spin_unlock_bh(&n->lock);
		/* Out of the cache, yet held: ask the cache again. */
		return skb ? us6_nd_output(skb, &n->addr) : 0;
	}
	nud_load(n, &nud);
	old = nud;
	if (lladdr)
		ev->lladdr = us6_nud_valid(nud.state) &&
			     !memcmp(lladdr, n->ha, n->dev->addr_len) ?
			     US6_NUD_LL_SAME : US6_NUD_LL_DIFFERENT;
	act = us6_nud_step(&nud, ev, jiffies, &t);
	if (act & US6_NUD_ACT_LLADDR && lladdr)
		us6_neigh_set_ha_locked(n, lladdr);
	if (act & (US6_NUD_ACT_NS_MCAST | US6_NUD_ACT_NS_UCAST))
		hinted = source_hint(n, skb, &hint);
	if (act & US6_NUD_ACT_QUEUE)
		gone = queue_add_locked(n, skb);
	if (act & (US6_NUD_ACT_FLUSH | US6_NUD_ACT_FAIL))
		list = us6_neigh_queue_take_locked(n);
	victim = nud_store_locked(n, &old, &nud);
	spin_unlock_bh(&n->lock);

	us6_neigh_queue_drop(n, gone, US6_DROP_NEIGH_QUEUE_FULL);
	if (victim) {
		us6_neigh_kill(victim);
		us6_neigh_put(victim);
	}
	carry_out(n, act, hinted ? &hint : NULL);
	if (act & US6_NUD_ACT_FLUSH)
		us6_neigh_queue_send(n, list);
	if (act & US6_NUD_ACT_FAIL)
		queue_fail(n, list);
	if (act & US6_NUD_ACT_XMIT && skb)
		ret = us6_neigh_xmit(n, skb);
	if (act & US6_NUD_ACT_DROP && skb) {
		queue_fail(n, skb);
		ret = -EHOSTUNREACH;
	}
	return ret;
}

void us6_neigh_timeout(struct us6_neigh *n)
{
	struct us6_nud_event ev = { .type = US6_NUD_EV_TIMEOUT };

	us6_neigh_event(n, &ev, NULL, NULL);
}

void us6_neigh_learn(struct us6_nd_dev *nd, const struct in6_addr *addr,
		     const u8 *lladdr, enum us6_nud_isrouter router)
{
	struct us6_nud_event ev = {
		.type = lladdr ? US6_NUD_EV_LLADDR : US6_NUD_EV_ROUTER,
		.router = router,
	};
	struct us6_neigh *n;

	if (!lladdr) {
		n = us6_neigh_get_rcu(nd->udev, addr);
		if (n)
			us6_neigh_event(n, &ev, NULL, NULL);
		return;
	}
	n = us6_neigh_make(nd->udev, addr);
	if (IS_ERR(n))
		return;
	us6_neigh_event(n, &ev, lladdr, NULL);
	us6_neigh_put(n);
}

enum us6_nud_state us6_neigh_state(const struct us6_neigh *n)
{
	u8 state = READ_ONCE(n->state);

	/* A dead entry is NONE: n->nd is not followed then. */
	if (state != US6_NUD_REACHABLE)
		return state;
	return us6_nud_aged(state, READ_ONCE(n->confirmed), jiffies,
			    us6_nd_reachable_time(n->nd));
}

bool us6_neigh_reachable(const struct us6_neigh *n)
{
	return n && us6_nud_reachable(READ_ONCE(n->state));
}

void us6_neigh_confirm(struct us6_dev *udev, const struct in6_addr *addr)
{
	struct us6_nud_event ev = { .type = US6_NUD_EV_CONFIRM };
	unsigned long now = jiffies;
	struct us6_neigh *n;

	rcu_read_lock();
	n = us6_neigh_get_rcu(udev, addr);
	if (n) {
		if (us6_neigh_state(n) == US6_NUD_REACHABLE) {
			/* The common case writes one word now and then. */
			if (now - READ_ONCE(n->confirmed) > HZ / 4)
				WRITE_ONCE(n->confirmed, now);
		} else {
			us6_neigh_event(n, &ev, NULL, NULL);
		}
	}
	rcu_read_unlock();
}
