// SPDX-License-Identifier: GPL-2.0
/*
 * us6: queries, and what routers of version 1 make us do.
 *
 * Messages are checked in softirq and worked on in process context, since a
 * group's state is behind a mutex.
 */
#include <linux/icmpv6.h>
#include <linux/random.h>
#include <net/us6/drop.h>
#include "mcast.h"

/* Messages that wait for the work; more than this is a flood. */
#define US6_MLD_MAX_QUEUE	32

/* RFC 3810 section 9.2: seconds. */
#define US6_MLD_QUERY_INTERVAL	125

/* Least and largest Robustness Variable: RFC 3810 sections 9.1, 5.1.8. */
#define US6_MLD_MIN_QRV		1

static int us6_mld_forced(const struct us6_dev *udev)
{
	int all = READ_ONCE(us6_dev_net(udev)->ipv6.devconf_all->force_mld_version);

	return all ?: READ_ONCE(udev->idev.cnf.force_mld_version);
}

u8 us6_mld_robustness(const struct us6_dev *udev)
{
	u8 told = READ_ONCE(udev->idev.mc_qrv);

	return told ?: max(READ_ONCE(us6_mld_qrv), US6_MLD_MIN_QRV);
}

static void us6_mld_cancel_group(struct us6_group *g)
{
	us6_mld_change_cancel(us6_group_state(g));
	kfree(g->asked);
	g->asked = NULL;
	if (cancel_delayed_work(&g->mca.mca_work))
		us6_group_put(g);
}

void us6_mld_cancel(struct us6_dev *udev)
{
	struct inet6_dev *idev = &udev->idev;
	struct us6_group *g;

	lockdep_assert_held(&idev->mc_lock);
	cancel_delayed_work(&idev->mc_ifc_work);
	cancel_delayed_work(&idev->mc_gq_work);
	us6_for_each_group(g, idev, mc_list)
		us6_mld_cancel_group(g);
	us6_for_each_group(g, idev, mc_tomb)
		us6_mld_cancel_group(g);
	us6_group_reap(udev);
}

bool us6_mld_v1_mode(struct us6_dev *udev)
{
	struct us6_mcast_dev *m = udev->mcast;
	int forced = us6_mld_forced(udev);

	lockdep_assert_held(&udev->idev.mc_lock);
	if (forced)
		return forced == 1;
	if (m->v1 && time_after(jiffies, m->v1_until)) {
		/* RFC 3810 section 8.2.1: a change of mode cancels all. */
		m->v1 = false;
		WRITE_ONCE(udev->idev.mc_v1_seen, 0);
		us6_mld_cancel(udev);
	}
	return m->v1;
}

/* An MLDv1 query was heard: RFC 3810 sections 8.2.1 and 9.12. */
static void us6_mld_v1_enter(struct us6_dev *udev, u32 max_delay)
{
	struct inet6_dev *idev = &udev->idev;
	unsigned int interval = READ_ONCE(idev->mc_qi) ?: US6_MLD_QUERY_INTERVAL;
	struct us6_mcast_dev *m = udev->mcast;

	if (us6_mld_forced(udev))
		return;
	if (!us6_mld_v1_mode(udev)) {
		m->v1 = true;
		us6_mld_cancel(udev);
	}
	m->v1_until = jiffies + (unsigned long)us6_mld_robustness(udev) *
				interval * HZ + msecs_to_jiffies(max_delay);
	WRITE_ONCE(idev->mc_v1_seen, m->v1_until);
}

/* A delay in (0, max]. */
static unsigned long us6_mld_response_delay(u32 max_delay)
{
	unsigned long max = min_t(unsigned long, msecs_to_jiffies(max_delay),
				  U32_MAX);

	return get_random_u32_below(max(max, 1UL)) + 1;
}

static bool us6_mld_due_before(struct delayed_work *dwork, unsigned long due)
{
	return delayed_work_pending(dwork) &&
	       time_before_eq(dwork->timer.expires, due);
}

/* At the earlier of what is pending and @delay. */
static void us6_mld_group_schedule(struct us6_group *g, unsigned long delay)
{
	if (us6_mld_due_before(&g->mca.mca_work, jiffies + delay))
		return;
	refcount_inc(&g->mca.mca_refcnt);
	if (mod_delayed_work(us6_mcast_wq, &g->mca.mca_work, delay))
		us6_group_put(g);
}

/*
 * Remember the sources asked for: RFC 3810 section 6.2 (3) to (5).  More than we
 * keep turns it into a query for the group, whose answer says no less.
 */
static void us6_mld_ask(struct us6_group *g, const struct us6_mld_query *q)
{
	bool pending = delayed_work_pending(&g->mca.mca_work);
	unsigned int i, j;

	if (!q->nsrc || (pending && !g->asked))
		goto whole;
	if (!g->asked) {
		g->asked = kzalloc(sizeof(*g->asked), GFP_KERNEL);
		if (!g->asked)
			return;
	}
	for (i = 0; i < q->nsrc; i++) {
		for (j = 0; j < g->asked->n; j++)
			if (ipv6_addr_equal(&g->asked->src[j], &q->src[i]))
				break;
		if (j < g->asked->n)
			continue;
		if (j == US6_MLD_MAX_ASKED)
			goto whole;
		g->asked->src[g->asked->n++] = q->src[i];
	}
	return;
whole:
	kfree(g->asked);
	g->asked = NULL;
}

static bool us6_mld_speaks_of(const struct us6_group *g)
{
	return g && !(g->mca.mca_flags & MAF_NOREPORT) &&
	       !us6_mld_unused(us6_group_state(g));
}

/* RFC 2710 section 4: each group has its own timer, and a report stops it. */
static void us6_mld_query_v1(struct us6_dev *udev, const struct us6_mld_query *q)
{
	struct us6_group *g;

	if (!ipv6_addr_any(q->group)) {
		g = us6_group_find(udev, q->group);
		if (us6_mld_speaks_of(g))
			us6_mld_group_schedule(g, us6_mld_response_delay(q->max_delay));
		return;
	}
	us6_for_each_group(g, &udev->idev, mc_list)
		if (us6_mld_speaks_of(g))
			us6_mld_group_schedule(g, us6_mld_response_delay(q->max_delay));
}

static void us6_mld_query_v2(struct us6_dev *udev, const struct us6_mld_query *q)
{
	struct inet6_dev *idev = &udev->idev;
	unsigned long delay = us6_mld_response_delay(q->max_delay);
	struct us6_group *g;

	WRITE_ONCE(idev->mc_qrv, q->robustness);
	WRITE_ONCE(idev->mc_qi, q->interval);
	WRITE_ONCE(idev->mc_qri, q->max_delay);

	/* RFC 3810 section 6.2 (1), (2) */
	if (us6_mld_due_before(&idev->mc_gq_work, jiffies + delay))
		return;
	if (ipv6_addr_any(q->group)) {
		mod_delayed_work(us6_mcast_wq, &idev->mc_gq_work, delay);
		return;
	}
	g = us6_group_find(udev, q->group);
	if (!us6_mld_speaks_of(g))
		return;
	us6_mld_ask(g, q);
	us6_mld_group_schedule(g, delay);
}

static void us6_mld_process(struct us6_dev *udev, struct sk_buff *skb)
{
	const struct in6_addr *group;
	struct us6_mld_query q;
	struct us6_group *g;

	if (skb->data[0] == US6_MLD_V1_REPORT) {
		/* Somebody else has reported: RFC 2710 section 4. */
		group = us6_mld_parse_v1(skb->data, skb->len);
		if (!group || !us6_mld_v1_mode(udev))
			return;
		g = us6_group_find(udev, group);
		if (!g)
			return;
		g->mca.mca_flags &= ~MAF_LAST_REPORTER;
		if (cancel_delayed_work(&g->mca.mca_work))
			us6_group_put(g);
		return;
	}
	if (us6_mld_parse_query(skb->data, skb->len, &q))
		return;
	if (q.version == 1)
		us6_mld_v1_enter(udev, q.max_delay);
	if (us6_mld_v1_mode(udev))
		us6_mld_query_v1(udev, &q);
	else
		us6_mld_query_v2(udev, &q);
}

void us6_mld_query_work(struct work_struct *work)
{
	struct inet6_dev *idev = container_of(to_delayed_work(work),
					      struct inet6_dev, mc_query_work);
	struct us6_dev *udev = us6_dev_of(idev);
	struct sk_buff *skb;

	mutex_lock(&idev->mc_lock);
	while ((skb = skb_dequeue(&idev->mc_query_queue))) {
		if (us6_dev_ready(udev))
			us6_mld_process(udev, skb);
		consume_skb(skb);
	}
	mutex_unlock(&idev->mc_lock);
}

/* A Router Alert option that speaks of MLD: RFC 2711 section 2.1. */
static bool us6_mld_alerted(const struct sk_buff *skb)
{
	const struct inet6_skb_parm *parm = IP6CB(skb);

	return parm->flags & IP6SKB_ROUTERALERT &&
	       parm->ra == htons(IPV6_OPT_ROUTERALERT_MLD);
}

/* RFC 3810 sections 5.1.14 and 6.2, RFC 2710 section 5. */
static bool us6_mld_valid(const struct sk_buff *skb, u8 type)
{
	const struct ipv6hdr *hdr = ipv6_hdr(skb);
	struct us6_mld_query q;

	if (hdr->hop_limit != 1 || !us6_mld_alerted(skb))
		return false;
	/* A version 1 report may come from :: (RFC 3590 section 4). */
	if (type == US6_MLD_V1_REPORT)
		return us6_mld_parse_v1(skb->data, skb->len) &&
		       (ipv6_addr_any(&hdr->saddr) ||
			ipv6_addr_type(&hdr->saddr) & IPV6_ADDR_LINKLOCAL);
	return (ipv6_addr_type(&hdr->saddr) & IPV6_ADDR_LINKLOCAL) &&
	       !us6_mld_parse_query(skb->data, skb->len, &q);
}

static void us6_mld_enqueue(struct us6_dev *udev, struct sk_buff *skb)
{
	struct inet6_dev *idev = &udev->idev;

	if (test_bit(US6_DEV_DEAD, &udev->flags) ||
	    skb_queue_len_lockless(&idev->mc_query_queue) >= US6_MLD_MAX_QUEUE) {
		us6_drop(skb, us6_dev_net(udev), idev, US6_DROP_ICMP_IGNORED);
		return;
	}
	skb_dst_drop(skb);
	skb_queue_tail(&idev->mc_query_queue, skb);
	queue_delayed_work(us6_mcast_wq, &idev->mc_query_work, 0);
}

void us6_mld_rcv(struct sk_buff *skb)
{
	struct us6_dev *udev = us6_dev_rcu(skb->dev);
	struct net *net = dev_net(skb->dev);
	u8 type = icmp6_hdr(skb)->icmp6_type;

	if (!udev)
		return us6_drop(skb, net, NULL, US6_DROP_IPV6_DISABLED);
	/* Ours come back by loopback; reports of version 2 are for routers. */
	if (skb->pkt_type == PACKET_LOOPBACK ||
	    (type != US6_MLD_QUERY && type != US6_MLD_V1_REPORT)) {
		us6_drop(skb, net, &udev->idev, US6_DROP_ICMP_IGNORED);
		return;
	}
	__skb_pull(skb, skb_transport_offset(skb));
	if (skb_linearize(skb))
		return us6_drop(skb, net, &udev->idev, US6_DROP_NO_MEMORY);
	if (!us6_mld_valid(skb, type))
		return us6_drop(skb, net, &udev->idev, US6_DROP_MLD_INVALID);
	us6_mld_enqueue(udev, skb);
}
