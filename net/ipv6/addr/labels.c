// SPDX-License-Identifier: GPL-2.0
/*
 * The label column of RFC 6724's policy table, one table a namespace.
 *
 * Its other column, precedence, orders destinations; that is getaddrinfo()'s
 * business.  Writers have the table's lock, readers RCU.
 */
#include <linux/module.h>
#include <linux/slab.h>
#include <net/ipv6.h>
#include <net/net_namespace.h>
#include <net/us6/addr.h>
#include "internal.h"

/* RFC 6724 section 2.1. */
static const struct us6_label us6_labels_default[] = {
	{ .prefix = IN6ADDR_LOOPBACK_INIT,			.plen = 128,
	  .label = 0 },
	{ .prefix = IN6ADDR_ANY_INIT,				.plen = 0,
	  .label = 1 },
	{ .prefix = { { { [10] = 0xff, [11] = 0xff } } },	.plen = 96,
	  .label = 4 },
	{ .prefix = { { { 0x20, 0x02 } } },			.plen = 16,
	  .label = 2 },
	{ .prefix = { { { 0x20, 0x01 } } },			.plen = 32,
	  .label = 5 },
	{ .prefix = { { { 0xfc } } },				.plen = 7,
	  .label = 13 },
	{ .prefix = IN6ADDR_ANY_INIT,				.plen = 96,
	  .label = 3 },
	{ .prefix = { { { 0xfe, 0xc0 } } },			.plen = 10,
	  .label = 11 },
	{ .prefix = { { { 0x3f, 0xfe } } },			.plen = 16,
	  .label = 12 },
};

const struct us6_label *us6_label_find(const struct net *net,
				       const struct in6_addr *addr,
				       int ifindex)
{
	const struct us6_label *row;

	/* Longest first, and of one length those that name an interface. */
	hlist_for_each_entry_rcu(row, &net->ipv6.ip6addrlbl_table.head, node) {
		if (row->ifindex && row->ifindex != ifindex)
			continue;
		if (ipv6_prefix_equal(&row->prefix, addr, row->plen))
			return row;
	}
	return NULL;
}

u32 us6_label_get(const struct net *net, const struct in6_addr *addr,
		  int ifindex)
{
	const struct us6_label *row = us6_label_find(net, addr, ifindex);

	return row ? row->label : US6_LABEL_NONE;
}

static bool us6_label_same(const struct us6_label *a, const struct us6_label *b)
{
	return a->plen == b->plen && a->ifindex == b->ifindex &&
	       ipv6_addr_equal(&a->prefix, &b->prefix);
}

static bool us6_label_before(const struct us6_label *a,
			     const struct us6_label *b)
{
	return a->plen > b->plen ||
	       (a->plen == b->plen && a->ifindex && !b->ifindex);
}

/* The table's lock held. @fresh goes in, replacing @old if there is one. */
static void us6_label_link(struct net *net, struct us6_label *fresh,
			   struct us6_label *old)
{
	struct us6_label *row, *last = NULL;

	lockdep_assert_held(&net->ipv6.ip6addrlbl_table.lock);
	if (old) {
		hlist_replace_rcu(&old->node, &fresh->node);
		kfree_rcu(old, rcu);
		return;
	}
	hlist_for_each_entry(row, &net->ipv6.ip6addrlbl_table.head, node) {
		if (us6_label_before(fresh, row)) {
			hlist_add_before_rcu(&fresh->node, &row->node);
			return;
		}
		last = row;
	}
	if (last)
		hlist_add_behind_rcu(&fresh->node, &last->node);
	else
		hlist_add_head_rcu(&fresh->node,
				   &net->ipv6.ip6addrlbl_table.head);
}

static struct us6_label *us6_label_exact(struct net *net,
					 const struct us6_label *what)
{
	struct us6_label *row;

	hlist_for_each_entry(row, &net->ipv6.ip6addrlbl_table.head, node)
		if (us6_label_same(row, what))
			return row;
	return NULL;
}

int us6_label_set(struct net *net, const struct us6_label *row, bool replace)
{
	struct us6_label *fresh, *old;
	int err = 0;

	if (row->plen > 128 || row->label == US6_LABEL_NONE)
		return -EINVAL;
	fresh = kzalloc(sizeof(*fresh), GFP_KERNEL_ACCOUNT);
	if (!fresh)
		return -ENOMEM;
	ipv6_addr_prefix(&fresh->prefix, &row->prefix, row->plen);
	fresh->plen = row->plen;
	fresh->ifindex = row->ifindex;
	fresh->label = row->label;

	spin_lock(&net->ipv6.ip6addrlbl_table.lock);
	old = us6_label_exact(net, fresh);
	if (old && !replace)
		err = -EEXIST;
	else
		us6_label_link(net, fresh, old);
	if (!err)
		WRITE_ONCE(net->ipv6.ip6addrlbl_table.seq,
			   net->ipv6.ip6addrlbl_table.seq + 1);
	spin_unlock(&net->ipv6.ip6addrlbl_table.lock);
	if (err)
		kfree(fresh);
	return err;
}

int us6_label_del(struct net *net, const struct us6_label *row)
{
	struct us6_label what = *row, *old;

	if (row->plen > 128)
		return -EINVAL;
	ipv6_addr_prefix(&what.prefix, &row->prefix, row->plen);
	spin_lock(&net->ipv6.ip6addrlbl_table.lock);
	old = us6_label_exact(net, &what);
	if (old) {
		hlist_del_rcu(&old->node);
		kfree_rcu(old, rcu);
		WRITE_ONCE(net->ipv6.ip6addrlbl_table.seq,
			   net->ipv6.ip6addrlbl_table.seq + 1);
	}
	spin_unlock(&net->ipv6.ip6addrlbl_table.lock);
	return old ? 0 : -ESRCH;
}

static void __net_exit us6_labels_net_exit(struct net *net)
{
	struct hlist_node *next;
	struct us6_label *row;

	spin_lock(&net->ipv6.ip6addrlbl_table.lock);
	hlist_for_each_entry_safe(row, next, &net->ipv6.ip6addrlbl_table.head,
				  node) {
		hlist_del_rcu(&row->node);
		kfree_rcu(row, rcu);
	}
	spin_unlock(&net->ipv6.ip6addrlbl_table.lock);
}

static int __net_init us6_labels_net_init(struct net *net)
{
	int i, err;

	INIT_HLIST_HEAD(&net->ipv6.ip6addrlbl_table.head);
	spin_lock_init(&net->ipv6.ip6addrlbl_table.lock);
	for (i = 0; i < ARRAY_SIZE(us6_labels_default); i++) {
		err = us6_label_set(net, &us6_labels_default[i], false);
		if (err) {
			us6_labels_net_exit(net);
			return err;
		}
	}
	return 0;
}

static struct pernet_operations us6_labels_ops = {
	.init = us6_labels_net_init,
	.exit = us6_labels_net_exit,
};

int us6_labels_init(void)
{
	return register_pernet_subsys(&us6_labels_ops);
}

void us6_labels_exit(void)
{
	unregister_pernet_subsys(&us6_labels_ops);
}
