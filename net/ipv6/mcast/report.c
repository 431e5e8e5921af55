// SPDX-License-Identifier: GPL-2.0
/*
 * us6: reports of what an interface listens to.
 *
 * Messages are built under idev->mc_lock and sent after it is released.
 */
#include <linux/icmpv6.h>
#include <linux/random.h>
#include <net/us6/addr.h>
#include <net/us6/path.h>
#include "mcast.h"

/* IPv6 header and Hop-by-Hop header with Router Alert. */
#define US6_MLD_OVERHEAD	(sizeof(struct ipv6hdr) + 8)
/* Larger MTUs don't make larger reports. */
#define US6_MLD_MAX_REPORT	(9000 - US6_MLD_OVERHEAD)

/* RFC 3810 section 5.2.14 and RFC 2710 section 3.7. */
static const struct in6_addr us6_all_mldv2_routers = {
	.s6_addr = { 0xff, 0x02, [15] = 0x16 },
};

/* Reports that are being put together, and those that wait to be sent. */
struct us6_mld_batch {
	struct us6_dev		*udev;
	struct sk_buff		*skb;		/* open version 2 report */
	struct us6_mld_report	report;
	struct sk_buff_head	queue;
};

bool us6_mld_reportable(const struct us6_dev *udev, const struct in6_addr *group)
{
	/* A loopback link has no router, nor anybody else. */
	if (udev->idev.dev->flags & IFF_LOOPBACK)
		return false;
	return IPV6_ADDR_MC_SCOPE(group) > IPV6_ADDR_SCOPE_NODELOCAL &&
	       !ipv6_addr_equal(group, &in6addr_linklocal_allnodes);
}

static void us6_mld_batch_start(struct us6_mld_batch *b, struct us6_dev *udev)
{
	b->udev = udev;
	b->skb = NULL;
	__skb_queue_head_init(&b->queue);
}

static void us6_mld_batch_close(struct us6_mld_batch *b)
{
	if (!b->skb)
		return;
	skb_put(b->skb, b->report.len);
	__skb_queue_tail(&b->queue, b->skb);
	b->skb = NULL;
}

static bool us6_mld_batch_open(struct us6_mld_batch *b)
{
	unsigned int max = min_t(unsigned int, US6_MLD_MAX_REPORT,
				 READ_ONCE(b->udev->idev.cnf.mtu6) -
				 US6_MLD_OVERHEAD);

	if (b->skb)
		return true;
	b->skb = us6_icmp_alloc(b->udev, max);
	if (!b->skb)
		return false;
	us6_mld_report_start(&b->report, skb_tail_pointer(b->skb), max);
	return true;
}

/* Outside mc_lock. */
static void us6_mld_batch_send(struct us6_mld_batch *b)
{
	struct in6_addr saddr;
	struct sk_buff *skb;

	us6_mld_batch_close(b);
	if (skb_queue_empty(&b->queue))
		return;
	/* RFC 3810 section 5.2.13: :: until an address is valid. */
	if (us6_addr_linklocal(b->udev, &saddr, IFA_F_TENTATIVE))
		saddr = in6addr_any;
	while ((skb = __skb_dequeue(&b->queue))) {
		const struct in6_addr *daddr = &us6_all_mldv2_routers;
		struct in6_addr group;
		u8 type = skb->data[0];

		if (type == US6_MLD_V1_REPORT) {
			group = *us6_mld_parse_v1(skb->data, skb->len);
			daddr = &group;
		} else if (type == US6_MLD_V1_DONE) {
			daddr = &in6addr_linklocal_allrouters;
		}
		us6_icmp_push(b->udev, skb, &saddr, daddr, 1, true);
	}
}

static void us6_mld_add_v1(struct us6_mld_batch *b, struct us6_group *g, u8 type)
{
	struct sk_buff *skb = us6_icmp_alloc(b->udev, US6_MLD_V1_LEN);

	if (!skb)
		return;
	us6_mld_build_v1(skb_put(skb, US6_MLD_V1_LEN), type, &g->mca.mca_addr);
	__skb_queue_tail(&b->queue, skb);
	if (type == US6_MLD_V1_REPORT)
		g->mca.mca_flags |= MAF_LAST_REPORTER;
}

/*
 * One record, or several where RFC 3810 section 5.2.15 splits it.  @src has @n
 * addresses to name.
 */
static void us6_mld_add_record(struct us6_mld_batch *b, struct us6_group *g,
			       u8 type, const struct in6_addr **src,
			       unsigned int n)
{
	size_t need = US6_MLD_RECORD_LEN + n * sizeof(struct in6_addr);
	unsigned int i = 0;

	/* Kept whole when a message of its own can hold more of it. */
	if (b->skb && b->report.max - b->report.len < need)
		us6_mld_batch_close(b);
	do {
		if (!us6_mld_batch_open(b))
			return;
		if (!us6_mld_report_record(&b->report, type, &g->mca.mca_addr)) {
			us6_mld_batch_close(b);
			continue;
		}
		while (i < n && us6_mld_report_source(&b->report, src[i]))
			i++;
		/* What doesn't fit an exclude record is not reported. */
		if (type == US6_MLD_IS_EX || type == US6_MLD_TO_EX)
			return;
		if (i < n)
			us6_mld_batch_close(b);
	} while (i < n);
}

/* A record of a group's state, with all the sources that belong in it. */
static void us6_mld_add_state(struct us6_mld_batch *b, struct us6_group *g,
			      u8 type)
{
	const struct us6_mld_state *state = us6_group_state(g);
	const struct in6_addr **src = NULL;
	unsigned int i, n = 0;

	if (state->n) {
		src = kvmalloc_array(state->n, sizeof(*src), GFP_KERNEL);
		if (!src)
			return;
		for (i = 0; i < state->n; i++)
			if (us6_mld_selects(state, &state->src[i], type))
				src[n++] = &state->src[i].addr;
	}
	/* RFC 3810 section 5.2.12: never an empty IS_IN. */
	if (n || type != US6_MLD_IS_IN)
		us6_mld_add_record(b, g, type, src, n);
	kvfree(src);
}

/* Answer to a source-specific query, RFC 3810 section 6.3 (3). */
static void us6_mld_add_asked(struct us6_mld_batch *b, struct us6_group *g)
{
	const struct us6_mld_state *state = us6_group_state(g);
	const struct in6_addr **src;
	unsigned int i, n = 0;

	src = kmalloc_array(g->asked->n, sizeof(*src), GFP_KERNEL);
	if (!src)
		return;
	for (i = 0; i < g->asked->n; i++)
		if (us6_mld_wants(state, &g->asked->src[i]))
			src[n++] = &g->asked->src[i];
	if (n)
		us6_mld_add_record(b, g, US6_MLD_IS_IN, src, n);
	kfree(src);
}

void us6_mld_kick(struct us6_dev *udev)
{
	lockdep_assert_held(&udev->idev.mc_lock);
	mod_delayed_work(us6_mcast_wq, &udev->idev.mc_ifc_work, 0);
}

/* RFC 3810 section 9.11, RFC 2710 section 7.10. */
static unsigned long us6_mld_report_delay(struct us6_dev *udev, bool v1)
{
	const struct ipv6_devconf *cnf = &udev->idev.cnf;
	int interval = v1 ? READ_ONCE(cnf->mldv1_unsolicited_report_interval) :
			    READ_ONCE(cnf->mldv2_unsolicited_report_interval);

	return 1 + get_random_u32_below(max(interval, 1));
}

/* Return: true if the group is to be spoken of again. */
static bool us6_mld_add_change(struct us6_mld_batch *b, struct us6_group *g,
			       bool v1)
{
	struct us6_mld_state *state = us6_group_state(g);
	u8 types[2];
	unsigned int i, n = us6_mld_change_types(state, types);

	if (!n)
		return false;
	if (!v1) {
		for (i = 0; i < n; i++)
			us6_mld_add_state(b, g, types[i]);
	} else if (!us6_mld_unused(state)) {
		us6_mld_add_v1(b, g, US6_MLD_V1_REPORT);
	} else {
		/* RFC 2710 section 4: the last to have reported says so, once. */
		if (g->mca.mca_flags & MAF_LAST_REPORTER)
			us6_mld_add_v1(b, g, US6_MLD_V1_DONE);
		us6_mld_change_cancel(state);
	}
	return us6_mld_change_sent(state);
}

/* State Change Reports, first and repeated: RFC 3810 sections 6.1, 6.3 (4). */
void us6_mld_change_work(struct work_struct *work)
{
	struct inet6_dev *idev = container_of(to_delayed_work(work),
					      struct inet6_dev, mc_ifc_work);
	struct us6_dev *udev = us6_dev_of(idev);
	struct us6_mld_batch batch;
	struct us6_group *g;
	bool more = false, v1;

	us6_mld_batch_start(&batch, udev);
	mutex_lock(&idev->mc_lock);
	v1 = us6_mld_v1_mode(udev);
	us6_for_each_group(g, idev, mc_tomb)
		more |= us6_mld_add_change(&batch, g, v1);
	us6_for_each_group(g, idev, mc_list)
		more |= us6_mld_add_change(&batch, g, v1);
	us6_group_reap(udev);
	if (more)
		queue_delayed_work(us6_mcast_wq, &idev->mc_ifc_work,
				   us6_mld_report_delay(udev, v1));
	mutex_unlock(&idev->mc_lock);
	us6_mld_batch_send(&batch);
}

/* Current State Records of all groups, RFC 3810 section 6.3 (1). */
void us6_mld_general_work(struct work_struct *work)
{
	struct inet6_dev *idev = container_of(to_delayed_work(work),
					      struct inet6_dev, mc_gq_work);
	struct us6_dev *udev = us6_dev_of(idev);
	struct us6_mld_batch batch;
	struct us6_group *g;

	us6_mld_batch_start(&batch, udev);
	mutex_lock(&idev->mc_lock);
	us6_for_each_group(g, idev, mc_list)
		if (!(g->mca.mca_flags & MAF_NOREPORT))
			us6_mld_add_state(&batch, g,
					  us6_mld_current_type(us6_group_state(g)));
	mutex_unlock(&idev->mc_lock);
	us6_mld_batch_send(&batch);
}

/* Answer about one group, RFC 3810 section 6.3 (2) and (3), RFC 2710 section 4. */
void us6_mld_group_work(struct work_struct *work)
{
	struct us6_group *g = container_of(to_delayed_work(work),
					   struct us6_group, mca.mca_work);
	struct inet6_dev *idev = g->mca.idev;
	struct us6_dev *udev = us6_dev_of(idev);
	struct us6_mld_batch batch;

	us6_mld_batch_start(&batch, udev);
	mutex_lock(&idev->mc_lock);
	if (!us6_mld_unused(us6_group_state(g)) && us6_dev_ready(udev)) {
		if (us6_mld_v1_mode(udev))
			us6_mld_add_v1(&batch, g, US6_MLD_V1_REPORT);
		else if (g->asked)
			us6_mld_add_asked(&batch, g);
		else
			us6_mld_add_state(&batch, g,
					  us6_mld_current_type(us6_group_state(g)));
	}
	kfree(g->asked);
	g->asked = NULL;
	mutex_unlock(&idev->mc_lock);
	us6_mld_batch_send(&batch);
	us6_group_put(g);
}
