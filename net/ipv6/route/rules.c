// SPDX-License-Identifier: GPL-2.0
/*
 * Policy rules: which table a flow is looked up in.  The core keeps the list;
 * ours is what a rule of this family selects by and what its action does.
 *
 * While only the two default rules exist nobody walks the list; a rule that was
 * added and deleted again leaves no trace.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <net/fib_rules.h>
#include <net/inet_dscp.h>
#include <net/us6/addr.h>
#include "route.h"

#define PREF_MAIN	32766

struct us6_rule {
	struct fib_rule		common;		/* first */
	struct rt6key		src;
	struct rt6key		dst;
	dscp_t			dscp;
	bool			dscp_full;	/* 0 is a value too */
};

static struct us6_rule *us6_rule_of(struct fib_rule *rule)
{
	return container_of(rule, struct us6_rule, common);
}

/* ---- look-up ------------------------------------------------------------------ */

/*
 * The rule wants a source and the flow has none yet: take the one that the
 * route would give, and see whether the rule means it.
 */
static int find_source(struct net *net, const struct us6_rule *r,
		       struct flowi6 *fl6, const struct fib6_result *res,
		       int flags)
{
	struct in6_addr saddr;

	if (!(r->common.flags & FIB_RULE_FIND_SADDR) || !r->src.plen ||
	    flags & RT6_LOOKUP_F_HAS_SADDR)
		return 0;
	if (us6_select_saddr(net, res->nh->fib_nh_dev, &fl6->daddr,
			     rt6_flags2srcprefs(flags), &saddr))
		return -EAGAIN;
	if (!ipv6_prefix_equal(&saddr, &r->src.addr, r->src.plen))
		return -EAGAIN;
	fl6->saddr = saddr;
	return 0;
}

static int rule_action(struct fib_rule *rule, struct flowi *flp, int flags,
		       struct fib_lookup_arg *arg)
{
	struct net *net = rule->fr_net;
	struct flowi6 *fl6 = &flp->u.ip6;
	struct fib6_table *tb;
	int err;

	switch (rule->action) {
	case FR_ACT_TO_TBL:
		break;
	case FR_ACT_UNREACHABLE:
		return -ENETUNREACH;
	case FR_ACT_PROHIBIT:
		return -EACCES;
	case FR_ACT_BLACKHOLE:
	default:
		return -EINVAL;
	}
	tb = us6_table_get(net, fib_rule_get_table(rule, arg));
	if (!tb)
		return -EAGAIN;
	err = us6_route_table_lookup(net, tb, *(const int *)arg->lookup_data, fl6,
				     arg->result, flags);
	if (!err)
		err = find_source(net, us6_rule_of(rule), fl6, arg->result, flags);
	/* "Nothing here" goes on with the next rule. */
	return err == -ENETUNREACH ? -EAGAIN : err;
}

static bool rule_suppress(struct fib_rule *rule, int flags,
			  struct fib_lookup_arg *arg)
{
	struct fib6_result *res = arg->result;
	const struct net_device *dev;

	if (!res->f6i || !res->nh)
		return false;
	if (res->f6i->fib6_dst.plen <= rule->suppress_prefixlen)
		return true;
	dev = res->nh->fib_nh_dev;
	return rule->suppress_ifgroup != -1 && dev &&
	       dev->group == rule->suppress_ifgroup;
}

static int rule_match(struct fib_rule *rule, struct flowi *fl, int flags)
{
	const struct us6_rule *r = us6_rule_of(rule);
	const struct flowi6 *fl6 = &fl->u.ip6;

	if (r->dst.plen && !ipv6_prefix_equal(&fl6->daddr, &r->dst.addr, r->dst.plen))
		return 0;
	if (r->src.plen) {
		if (flags & RT6_LOOKUP_F_HAS_SADDR) {
			if (!ipv6_prefix_equal(&fl6->saddr, &r->src.addr,
					       r->src.plen))
				return 0;
		} else if (!(rule->flags & FIB_RULE_FIND_SADDR)) {
			return 0;
		}
	}
	if ((r->dscp_full || r->dscp) && r->dscp != ip6_dscp(fl6->flowlabel))
		return 0;
	if (rule->ip_proto && rule->ip_proto != fl6->flowi6_proto)
		return 0;
	if (fib_rule_port_range_set(&rule->sport_range) &&
	    !fib_rule_port_inrange(&rule->sport_range, fl6->fl6_sport))
		return 0;
	if (fib_rule_port_range_set(&rule->dport_range) &&
	    !fib_rule_port_inrange(&rule->dport_range, fl6->fl6_dport))
		return 0;
	return 1;
}

int us6_rules_lookup(struct net *net, int oif, struct flowi6 *fl6,
		     struct fib6_result *res, int strict)
{
	struct fib_lookup_arg arg = {
		.lookup_data	= &oif,
		.result		= res,
		.flags		= FIB_LOOKUP_NOREF,
	};
	int err;

	res->f6i = NULL;
	res->nh = NULL;
	/* A port of a VRF stands for the VRF. */
	l3mdev_update_flow(net, flowi6_to_flowi(fl6));
	/* The VRF itself picks the table; its routes are by its ports. */
	if (oif == fl6->flowi6_l3mdev)
		oif = 0;
	err = fib_rules_lookup(net->ipv6.fib6_rules_ops, flowi6_to_flowi(fl6),
			       strict, &arg);
	if (likely(!err))
		return 0;
	res->f6i = net->ipv6.fib6_null_entry;
	res->nh = &us6_route_of(res->f6i)->nh;
	res->fib6_flags = RTF_REJECT;
	res->fib6_type = RTN_UNREACHABLE;
	return err == -ESRCH || err == -EAGAIN ? -ENETUNREACH : err;
}

/* ---- configuration -------------------------------------------------------------- */

static int set_dscp(struct us6_rule *r, const struct fib_rule_hdr *frh,
		    struct nlattr **tb, struct netlink_ext_ack *extack)
{
	struct nlattr *full = us6_compat_rule_dscp(tb);

	if (!inet_validate_dscp(frh->tos)) {
		NL_SET_ERR_MSG(extack, "Invalid dsfield (tos): ECN bits must be 0");
		return -EINVAL;
	}
	r->dscp = inet_dsfield_to_dscp(frh->tos);
	if (!full)
		return 0;
	if (r->dscp) {
		NL_SET_ERR_MSG(extack, "Cannot specify both TOS and DSCP");
		return -EINVAL;
	}
	r->dscp = inet_dsfield_to_dscp(nla_get_u8(full) << 2);
	r->dscp_full = true;
	return 0;
}

static int rule_configure(struct fib_rule *rule, struct sk_buff *skb,
			  struct fib_rule_hdr *frh, struct nlattr **tb,
			  struct netlink_ext_ack *extack)
{
	struct us6_rule *r = us6_rule_of(rule);
	struct net *net = rule->fr_net;
	int err = set_dscp(r, frh, tb, extack);

	if (err)
		return err;
	if (rule->action == FR_ACT_TO_TBL && !rule->l3mdev) {
		if (rule->table == RT6_TABLE_UNSPEC) {
			NL_SET_ERR_MSG(extack, "Invalid table");
			return -EINVAL;
		}
		if (!us6_table_new(net, rule->table))
			return -ENOBUFS;
	}
	if (frh->src_len)
		r->src.addr = nla_get_in6_addr(tb[FRA_SRC]);
	if (frh->dst_len)
		r->dst.addr = nla_get_in6_addr(tb[FRA_DST]);
	r->src.plen = frh->src_len;
	r->dst.plen = frh->dst_len;
	if (fib_rule_requires_fldissect(rule))
		net->ipv6.fib6_rules_require_fldissect++;
	return 0;
}

static int rule_delete(struct fib_rule *rule)
{
	struct net *net = rule->fr_net;

	if (net->ipv6.fib6_rules_require_fldissect &&
	    fib_rule_requires_fldissect(rule))
		net->ipv6.fib6_rules_require_fldissect--;
	return 0;
}

static int rule_compare(struct fib_rule *rule, struct fib_rule_hdr *frh,
			struct nlattr **tb)
{
	struct us6_rule *r = us6_rule_of(rule);
	struct nlattr *full = us6_compat_rule_dscp(tb);

	if (frh->src_len && r->src.plen != frh->src_len)
		return 0;
	if (frh->dst_len && r->dst.plen != frh->dst_len)
		return 0;
	if (frh->tos && (r->dscp_full || inet_dscp_to_dsfield(r->dscp) != frh->tos))
		return 0;
	if (full && (!r->dscp_full ||
		     inet_dscp_to_dsfield(r->dscp) != nla_get_u8(full) << 2))
		return 0;
	if (frh->src_len && nla_memcmp(tb[FRA_SRC], &r->src.addr, sizeof(r->src.addr)))
		return 0;
	if (frh->dst_len && nla_memcmp(tb[FRA_DST], &r->dst.addr, sizeof(r->dst.addr)))
		return 0;
	return 1;
}

static int rule_fill(struct fib_rule *rule, struct sk_buff *skb,
		     struct fib_rule_hdr *frh)
{
	struct us6_rule *r = us6_rule_of(rule);

	frh->dst_len = r->dst.plen;
	frh->src_len = r->src.plen;
	frh->tos = r->dscp_full ? 0 : inet_dscp_to_dsfield(r->dscp);
	if (r->dscp_full &&
	    us6_compat_put_rule_dscp(skb, inet_dscp_to_dsfield(r->dscp) >> 2))
		return -ENOBUFS;
	if ((r->dst.plen && nla_put_in6_addr(skb, FRA_DST, &r->dst.addr)) ||
	    (r->src.plen && nla_put_in6_addr(skb, FRA_SRC, &r->src.addr)))
		return -ENOBUFS;
	return 0;
}

static size_t rule_payload(struct fib_rule *rule)
{
	return nla_total_size(16) + nla_total_size(16) + nla_total_size(1);
}

static bool is_default(struct fib_rule *rule, u32 pref, u32 table)
{
	return rule->pref == pref && rule->table == table &&
	       fib_rule_matchall(rule) && rule->action == FR_ACT_TO_TBL &&
	       !rule->l3mdev && !us6_rule_of(rule)->src.plen &&
	       !us6_rule_of(rule)->dst.plen && !us6_rule_of(rule)->dscp &&
	       !us6_rule_of(rule)->dscp_full;
}

/* After each change of the list, RTNL held. */
static void rules_changed(struct fib_rules_ops *ops)
{
	struct net *net = ops->fro_net;
	struct us6_route_net *rn = us6_route_net(net);
	bool suppress = false, local = false, main = false;
	struct fib_rule *rule;
	unsigned int n = 0;

	list_for_each_entry(rule, &ops->rules_list, list) {
		n++;
		local |= is_default(rule, 0, RT6_TABLE_LOCAL);
		main |= is_default(rule, PREF_MAIN, RT6_TABLE_MAIN);
		suppress |= rule->suppress_prefixlen >= 0 ||
			    rule->suppress_ifgroup != -1;
	}
	WRITE_ONCE(rn->suppressors, suppress);
	WRITE_ONCE(net->ipv6.fib6_has_custom_rules, !(n == 2 && local && main));
	us6_dst_invalidate_all(net);
}

static const struct fib_rules_ops rules_template = {
	.family		= AF_INET6,
	.rule_size	= sizeof(struct us6_rule),
	.addr_size	= sizeof(struct in6_addr),
	.action		= rule_action,
	.match		= rule_match,
	.suppress	= rule_suppress,
	.configure	= rule_configure,
	.delete		= rule_delete,
	.compare	= rule_compare,
	.fill		= rule_fill,
	.nlmsg_payload	= rule_payload,
	.flush_cache	= rules_changed,
	.nlgroup	= RTNLGRP_IPV6_RULE,
	.owner		= THIS_MODULE,
	.fro_net	= &init_net,
};

/* ---- multicast forwarding's rules ------------------------------------------------- */

/*
 * VRF adds its rule to this family too and fails without it.  Nobody looks a
 * flow up here as long as multicast isn't forwarded.
 */
static int mr_action(struct fib_rule *rule, struct flowi *flp, int flags,
		     struct fib_lookup_arg *arg)
{
	return rule->action == FR_ACT_TO_TBL ? -EAGAIN :
	       rule->action == FR_ACT_PROHIBIT ? -EACCES :
	       rule->action == FR_ACT_UNREACHABLE ? -ENETUNREACH : -EINVAL;
}

static int mr_match(struct fib_rule *rule, struct flowi *fl, int flags)
{
	return 1;
}

static int mr_configure(struct fib_rule *rule, struct sk_buff *skb,
			struct fib_rule_hdr *frh, struct nlattr **tb,
			struct netlink_ext_ack *extack)
{
	if (rule->l3mdev)
		return 0;
	NL_SET_ERR_MSG(extack, "Multicast routing tables are not supported; only the l3mdev rule is");
	return -EOPNOTSUPP;
}

static int mr_compare(struct fib_rule *rule, struct fib_rule_hdr *frh,
		      struct nlattr **tb)
{
	return 1;
}

static int mr_fill(struct fib_rule *rule, struct sk_buff *skb,
		   struct fib_rule_hdr *frh)
{
	frh->dst_len = 0;
	frh->src_len = 0;
	frh->tos = 0;
	return 0;
}

static const struct fib_rules_ops mr_template = {
	.family		= RTNL_FAMILY_IP6MR,
	.rule_size	= sizeof(struct fib_rule),
	.addr_size	= sizeof(struct in6_addr),
	.action		= mr_action,
	.match		= mr_match,
	.configure	= mr_configure,
	.compare	= mr_compare,
	.fill		= mr_fill,
	.nlgroup	= RTNLGRP_IPV6_RULE,
	.owner		= THIS_MODULE,
	.fro_net	= &init_net,
};

/* ---- life of a namespace ------------------------------------------------------------ */

static struct fib_rules_ops *rules_register(const struct fib_rules_ops *template,
					    struct net *net, u32 pref, u32 table)
{
	struct fib_rules_ops *ops = fib_rules_register(template, net);
	int err;

	if (IS_ERR(ops))
		return ops;
	err = us6_compat_default_rule(ops, pref, table);
	if (!err)
		return ops;
	fib_rules_unregister(ops);
	return ERR_PTR(err);
}

int us6_rules_init(struct us6_route_net *rn)
{
	struct net *net = rn->net;
	struct fib_rules_ops *ops;
	int err;

	ops = rules_register(&rules_template, net, 0, RT6_TABLE_LOCAL);
	if (IS_ERR(ops))
		return PTR_ERR(ops);
	err = us6_compat_default_rule(ops, PREF_MAIN, RT6_TABLE_MAIN);
	if (err)
		goto fail;
	net->ipv6.fib6_rules_ops = ops;
	net->ipv6.fib6_has_custom_rules = false;

	ops = rules_register(&mr_template, net, PREF_MAIN + 1, RT6_TABLE_DFLT);
	err = PTR_ERR_OR_ZERO(ops);
	if (err) {
		ops = net->ipv6.fib6_rules_ops;
		net->ipv6.fib6_rules_ops = NULL;
		goto fail;
	}
	net->ipv6.mr6_rules_ops = ops;
	return 0;
fail:
	rtnl_lock();
	fib_rules_unregister(ops);
	rtnl_unlock();
	return err;
}

void us6_rules_exit(struct us6_route_net *rn)
{
	struct net *net = rn->net;

	rtnl_lock();
	fib_rules_unregister(net->ipv6.mr6_rules_ops);
	net->ipv6.mr6_rules_ops = NULL;
	fib_rules_unregister(net->ipv6.fib6_rules_ops);
	net->ipv6.fib6_rules_ops = NULL;
	rtnl_unlock();
}
