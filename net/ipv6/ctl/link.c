// SPDX-License-Identifier: GPL-2.0
/*
 * IFLA_AF_SPEC of AF_INET6: what RTM_GETLINK shows of an interface and what
 * RTM_NEWLINK sets (token, addr_gen_mode).
 */
#include <linux/if_link.h>
#include <linux/module.h>
#include <linux/rtnetlink.h>
#include <linux/unaligned.h>
#include <net/addrconf.h>
#include <net/ip.h>
#include <net/ipv6.h>
#include <net/neighbour.h>
#include <net/netlink.h>
#include <net/rtnetlink.h>
#include <net/snmp.h>
#include <net/us6/addr.h>
#include <net/us6/ctl.h>
#include <net/us6/nd.h>
#include "link.h"

/* DEVCONF_* and the field behind it; times are kept in jiffies, shown in ms. */
#define US6_CONF_FIELD(idx, field)					\
	[idx] = { offsetof(struct ipv6_devconf, field),			\
		  sizeof_field(struct ipv6_devconf, field), false }
#define US6_CONF_JIFFIES(idx, field)					\
	[idx] = { offsetof(struct ipv6_devconf, field),			\
		  sizeof_field(struct ipv6_devconf, field), true }

static const struct us6_conf_slot {
	u16	offset;
	u8	size;		/* 0: nothing of ours, shown as 0 */
	bool	jiffies;
} us6_conf_slots[DEVCONF_MAX] = {
	US6_CONF_FIELD(DEVCONF_FORWARDING, forwarding),
	US6_CONF_FIELD(DEVCONF_HOPLIMIT, hop_limit),
	US6_CONF_FIELD(DEVCONF_MTU6, mtu6),
	US6_CONF_FIELD(DEVCONF_ACCEPT_RA, accept_ra),
	US6_CONF_FIELD(DEVCONF_ACCEPT_REDIRECTS, accept_redirects),
	US6_CONF_FIELD(DEVCONF_AUTOCONF, autoconf),
	US6_CONF_FIELD(DEVCONF_DAD_TRANSMITS, dad_transmits),
	US6_CONF_FIELD(DEVCONF_RTR_SOLICITS, rtr_solicits),
	US6_CONF_JIFFIES(DEVCONF_RTR_SOLICIT_INTERVAL, rtr_solicit_interval),
	US6_CONF_JIFFIES(DEVCONF_RTR_SOLICIT_MAX_INTERVAL,
			 rtr_solicit_max_interval),
	US6_CONF_JIFFIES(DEVCONF_RTR_SOLICIT_DELAY, rtr_solicit_delay),
	US6_CONF_FIELD(DEVCONF_FORCE_MLD_VERSION, force_mld_version),
	US6_CONF_JIFFIES(DEVCONF_MLDV1_UNSOLICITED_REPORT_INTERVAL,
			 mldv1_unsolicited_report_interval),
	US6_CONF_JIFFIES(DEVCONF_MLDV2_UNSOLICITED_REPORT_INTERVAL,
			 mldv2_unsolicited_report_interval),
	US6_CONF_FIELD(DEVCONF_USE_TEMPADDR, use_tempaddr),
	US6_CONF_FIELD(DEVCONF_TEMP_VALID_LFT, temp_valid_lft),
	US6_CONF_FIELD(DEVCONF_TEMP_PREFERED_LFT, temp_prefered_lft),
	US6_CONF_FIELD(DEVCONF_REGEN_MAX_RETRY, regen_max_retry),
	US6_CONF_FIELD(DEVCONF_MAX_DESYNC_FACTOR, max_desync_factor),
	US6_CONF_FIELD(DEVCONF_MAX_ADDRESSES, max_addresses),
	US6_CONF_FIELD(DEVCONF_ACCEPT_RA_DEFRTR, accept_ra_defrtr),
	US6_CONF_FIELD(DEVCONF_RA_DEFRTR_METRIC, ra_defrtr_metric),
	US6_CONF_FIELD(DEVCONF_ACCEPT_RA_MIN_HOP_LIMIT,
		       accept_ra_min_hop_limit),
	US6_CONF_FIELD(DEVCONF_ACCEPT_RA_PINFO, accept_ra_pinfo),
#ifdef CONFIG_IPV6_ROUTER_PREF
	US6_CONF_FIELD(DEVCONF_ACCEPT_RA_RTR_PREF, accept_ra_rtr_pref),
	US6_CONF_JIFFIES(DEVCONF_RTR_PROBE_INTERVAL, rtr_probe_interval),
#ifdef CONFIG_IPV6_ROUTE_INFO
	US6_CONF_FIELD(DEVCONF_ACCEPT_RA_RT_INFO_MIN_PLEN,
		       accept_ra_rt_info_min_plen),
	US6_CONF_FIELD(DEVCONF_ACCEPT_RA_RT_INFO_MAX_PLEN,
		       accept_ra_rt_info_max_plen),
#endif
#endif
	US6_CONF_FIELD(DEVCONF_PROXY_NDP, proxy_ndp),
	US6_CONF_FIELD(DEVCONF_ACCEPT_SOURCE_ROUTE, accept_source_route),
#ifdef CONFIG_IPV6_OPTIMISTIC_DAD
	US6_CONF_FIELD(DEVCONF_OPTIMISTIC_DAD, optimistic_dad),
	US6_CONF_FIELD(DEVCONF_USE_OPTIMISTIC, use_optimistic),
#endif
#ifdef CONFIG_IPV6_MROUTE
	US6_CONF_FIELD(DEVCONF_MC_FORWARDING, mc_forwarding),
#endif
	US6_CONF_FIELD(DEVCONF_DISABLE_IPV6, disable_ipv6),
	US6_CONF_FIELD(DEVCONF_ACCEPT_DAD, accept_dad),
	US6_CONF_FIELD(DEVCONF_FORCE_TLLAO, force_tllao),
	US6_CONF_FIELD(DEVCONF_NDISC_NOTIFY, ndisc_notify),
	US6_CONF_FIELD(DEVCONF_SUPPRESS_FRAG_NDISC, suppress_frag_ndisc),
	US6_CONF_FIELD(DEVCONF_ACCEPT_RA_FROM_LOCAL, accept_ra_from_local),
	US6_CONF_FIELD(DEVCONF_ACCEPT_RA_MTU, accept_ra_mtu),
	US6_CONF_FIELD(DEVCONF_IGNORE_ROUTES_WITH_LINKDOWN,
		       ignore_routes_with_linkdown),
	US6_CONF_FIELD(DEVCONF_USE_OIF_ADDRS_ONLY, use_oif_addrs_only),
	US6_CONF_FIELD(DEVCONF_DROP_UNICAST_IN_L2_MULTICAST,
		       drop_unicast_in_l2_multicast),
	US6_CONF_FIELD(DEVCONF_DROP_UNSOLICITED_NA, drop_unsolicited_na),
	US6_CONF_FIELD(DEVCONF_KEEP_ADDR_ON_DOWN, keep_addr_on_down),
	US6_CONF_FIELD(DEVCONF_ENHANCED_DAD, enhanced_dad),
	US6_CONF_FIELD(DEVCONF_ADDR_GEN_MODE, addr_gen_mode),
	US6_CONF_FIELD(DEVCONF_DISABLE_POLICY, disable_policy),
	US6_CONF_FIELD(DEVCONF_NDISC_TCLASS, ndisc_tclass),
	US6_CONF_FIELD(DEVCONF_NDISC_EVICT_NOCARRIER, ndisc_evict_nocarrier),
	US6_CONF_FIELD(DEVCONF_ACCEPT_UNTRACKED_NA, accept_untracked_na),
	US6_CONF_FIELD(DEVCONF_ACCEPT_RA_MIN_LFT, accept_ra_min_lft),
};

static s32 us6_conf_slot_value(const struct ipv6_devconf *cnf,
			       const struct us6_conf_slot *slot)
{
	const void *p = (const u8 *)cnf + slot->offset;
	s32 val;

	if (!slot->size)
		return 0;
	val = slot->size == 1 ? READ_ONCE(*(const u8 *)p) :
				READ_ONCE(*(const s32 *)p);
	return slot->jiffies ? jiffies_to_msecs(val) : val;
}

static int us6_link_fill_conf(struct sk_buff *skb,
			      const struct ipv6_devconf *cnf)
{
	struct nlattr *nla;
	s32 *array;
	int i;

	nla = nla_reserve(skb, IFLA_INET6_CONF, DEVCONF_MAX * sizeof(s32));
	if (!nla)
		return -EMSGSIZE;
	array = nla_data(nla);
	for (i = 0; i < DEVCONF_MAX; i++)
		array[i] = us6_conf_slot_value(cnf, &us6_conf_slots[i]);
	return 0;
}

/* The first number is how many there are, itself included. */
static int us6_link_fill_ipstats(struct sk_buff *skb,
				 const struct inet6_dev *idev)
{
	struct nlattr *nla;
	u64 *val;
	int i;

	nla = nla_reserve(skb, IFLA_INET6_STATS,
			  IPSTATS_MIB_MAX * sizeof(u64));
	if (!nla)
		return -EMSGSIZE;
	val = nla_data(nla);
	put_unaligned(IPSTATS_MIB_MAX, &val[0]);
	for (i = 1; i < IPSTATS_MIB_MAX; i++)
		put_unaligned(snmp_fold_field64(idev->stats.ipv6, i,
						offsetof(struct ipstats_mib,
							 syncp)),
			      &val[i]);
	return 0;
}

static int us6_link_fill_icmpstats(struct sk_buff *skb,
				   const struct inet6_dev *idev)
{
	struct nlattr *nla;
	u64 *val;
	int i;

	nla = nla_reserve(skb, IFLA_INET6_ICMP6STATS,
			  ICMP6_MIB_MAX * sizeof(u64));
	if (!nla)
		return -EMSGSIZE;
	val = nla_data(nla);
	put_unaligned(ICMP6_MIB_MAX, &val[0]);
	for (i = 1; i < ICMP6_MIB_MAX; i++)
		put_unaligned((u64)atomic_long_read(&idev->stats.icmpv6dev->mibs[i]),
			      &val[i]);
	return 0;
}

static int us6_link_fill_cacheinfo(struct sk_buff *skb,
				   const struct inet6_dev *idev)
{
	struct ifla_cacheinfo ci = {
		.max_reasm_len = IPV6_MAXPLEN,
		.tstamp = (READ_ONCE(idev->tstamp) - INITIAL_JIFFIES) *
			  100UL / HZ,
	};

	if (idev->nd_parms) {
		ci.reachable_time =
			jiffies_to_msecs(idev->nd_parms->reachable_time);
		ci.retrans_time =
			jiffies_to_msecs(NEIGH_VAR(idev->nd_parms,
						   RETRANS_TIME));
	}
	return nla_put(skb, IFLA_INET6_CACHEINFO, sizeof(ci), &ci);
}

int us6_link_fill(struct sk_buff *skb, const struct us6_dev *udev,
		  u32 ext_filter_mask)
{
	const struct inet6_dev *idev = &udev->idev;
	u32 ra_mtu = READ_ONCE(idev->ra_mtu);
	int err;

	err = nla_put_u32(skb, IFLA_INET6_FLAGS, READ_ONCE(idev->if_flags)) ?:
	      us6_link_fill_cacheinfo(skb, idev) ?:
	      us6_link_fill_conf(skb, &idev->cnf);
	if (!err && !(ext_filter_mask & RTEXT_FILTER_SKIP_STATS))
		err = us6_link_fill_ipstats(skb, idev) ?:
		      us6_link_fill_icmpstats(skb, idev);
	if (!err)
		err = nla_put_in6_addr(skb, IFLA_INET6_TOKEN, &idev->token) ?:
		      nla_put_u8(skb, IFLA_INET6_ADDR_GEN_MODE,
				 READ_ONCE(idev->cnf.addr_gen_mode));
	if (!err && ra_mtu)
		err = nla_put_u32(skb, IFLA_INET6_RA_MTU, ra_mtu);
	return err;
}

size_t us6_link_size(u32 ext_filter_mask)
{
	size_t size = nla_total_size(sizeof(u32)) +		/* flags */
		      nla_total_size(sizeof(struct ifla_cacheinfo)) +
		      nla_total_size(DEVCONF_MAX * sizeof(s32)) +
		      nla_total_size(sizeof(struct in6_addr)) +	/* token */
		      nla_total_size(sizeof(u8)) +		/* gen mode */
		      nla_total_size(sizeof(u32));		/* RA MTU */

	if (!(ext_filter_mask & RTEXT_FILTER_SKIP_STATS))
		size += nla_total_size(IPSTATS_MIB_MAX * sizeof(u64)) +
			nla_total_size(ICMP6_MIB_MAX * sizeof(u64));
	return size;
}

/* ---- rtnl_af_ops ------------------------------------------------------------ */

/* Asked apart from the fill, so always for the most that there can be. */
static size_t us6_link_af_size(const struct net_device *dev,
			       u32 ext_filter_mask)
{
	return us6_link_size(ext_filter_mask);
}

static int us6_link_af_fill(struct sk_buff *skb, const struct net_device *dev,
			    u32 ext_filter_mask)
{
	struct us6_dev *udev;
	int err = -ENODATA;

	rcu_read_lock();
	udev = us6_dev_rcu(dev);
	if (udev)
		err = us6_link_fill(skb, udev, ext_filter_mask);
	rcu_read_unlock();
	return err;
}

static const struct nla_policy us6_link_policy[IFLA_INET6_MAX + 1] = {
	[IFLA_INET6_ADDR_GEN_MODE]	= { .type = NLA_U8 },
	[IFLA_INET6_TOKEN]		= { .len = sizeof(struct in6_addr) },
	[IFLA_INET6_RA_MTU]		= { .type = NLA_REJECT,
		.reject_message = "IFLA_INET6_RA_MTU can not be set" },
};

static bool us6_link_has_secret(const struct net_device *dev)
{
	const struct us6_dev *udev = us6_dev_rcu(dev);

	return dev_net(dev)->ipv6.devconf_dflt->stable_secret.initialized ||
	       (udev && udev->idev.cnf.stable_secret.initialized);
}

static int us6_link_check_gen_mode(const struct net_device *dev,
				   const struct nlattr *nla,
				   struct netlink_ext_ack *extack)
{
	u8 mode = nla_get_u8(nla);

	if (mode > IN6_ADDR_GEN_MODE_RANDOM) {
		NL_SET_ERR_MSG_ATTR(extack, nla,
				    "IFLA_INET6_ADDR_GEN_MODE: unknown mode");
		return -EINVAL;
	}
	if (mode == IN6_ADDR_GEN_MODE_STABLE_PRIVACY && dev &&
	    !us6_link_has_secret(dev)) {
		NL_SET_ERR_MSG_ATTR(extack, nla,
				    "IFLA_INET6_ADDR_GEN_MODE: stable_secret isn't set");
		return -EINVAL;
	}
	return 0;
}

static int us6_link_af_validate(const struct net_device *dev,
				const struct nlattr *nla,
				struct netlink_ext_ack *extack)
{
	struct nlattr *tb[IFLA_INET6_MAX + 1];
	int err = 0;

	/* NULL while the link is still to be made. */
	rcu_read_lock();
	if (dev && !us6_dev_rcu(dev))
		err = -EAFNOSUPPORT;
	if (!err)
		err = nla_parse_nested_deprecated(tb, IFLA_INET6_MAX, nla,
						  us6_link_policy, extack);
	if (!err && !tb[IFLA_INET6_TOKEN] && !tb[IFLA_INET6_ADDR_GEN_MODE])
		err = -EINVAL;
	if (!err && tb[IFLA_INET6_ADDR_GEN_MODE])
		err = us6_link_check_gen_mode(dev,
					      tb[IFLA_INET6_ADDR_GEN_MODE],
					      extack);
	rcu_read_unlock();
	return err;
}

/* draft-chown-6man-tokenised-ipv6-identifiers: :: takes the token away. */
static int us6_link_set_token(struct us6_dev *udev,
			      const struct in6_addr *token,
			      struct netlink_ext_ack *extack)
{
	struct inet6_dev *idev = &udev->idev;
	struct us6_addr *a;

	if (idev->dev->flags & (IFF_LOOPBACK | IFF_NOARP)) {
		NL_SET_ERR_MSG(extack, "IFLA_INET6_TOKEN: no autoconfiguration on this device");
		return -EINVAL;
	}
	if (!ipv6_accept_ra(idev)) {
		NL_SET_ERR_MSG(extack, "IFLA_INET6_TOKEN: Router Advertisements aren't accepted here");
		return -EINVAL;
	}
	if (!idev->cnf.rtr_solicits) {
		NL_SET_ERR_MSG(extack, "IFLA_INET6_TOKEN: router solicitation is off here");
		return -EINVAL;
	}
	write_lock_bh(&idev->lock);
	memcpy(&idev->token.s6_addr[8], &token->s6_addr[8], 8);
	write_unlock_bh(&idev->lock);
	/* Addresses of the old token go. */
	list_for_each_entry(a, &idev->addr_list, ifa.if_list)
		if (a->ifa.tokenized)
			us6_addr_expire(a);
	if (us6_dev_ready(udev) && !ipv6_addr_any(&idev->token))
		us6_nd_solicit_routers(udev);
	idev->tstamp = jiffies;
	us6_notify_link(RTM_NEWLINK, udev);
	return 0;
}

static int us6_link_af_set(struct net_device *dev, const struct nlattr *nla,
			   struct netlink_ext_ack *extack)
{
	struct us6_dev *udev = us6_dev_rtnl(dev);
	struct nlattr *tb[IFLA_INET6_MAX + 1];
	int err;

	if (!udev)
		return -EAFNOSUPPORT;
	err = nla_parse_nested_deprecated(tb, IFLA_INET6_MAX, nla, NULL, NULL);
	if (err)
		return err;
	if (tb[IFLA_INET6_TOKEN]) {
		struct in6_addr token = nla_get_in6_addr(tb[IFLA_INET6_TOKEN]);

		err = us6_link_set_token(udev, &token, extack);
		if (err)
			return err;
	}
	if (tb[IFLA_INET6_ADDR_GEN_MODE]) {
		u8 mode = nla_get_u8(tb[IFLA_INET6_ADDR_GEN_MODE]);

		if (us6_link_check_gen_mode(dev, tb[IFLA_INET6_ADDR_GEN_MODE],
					    extack))
			return -EINVAL;
		if (udev->idev.cnf.addr_gen_mode != mode) {
			WRITE_ONCE(udev->idev.cnf.addr_gen_mode, mode);
			us6_addr_dev_gen_mode(udev);
		}
	}
	return 0;
}

static struct rtnl_af_ops us6_link_af_ops __read_mostly = {
	.family			= AF_INET6,
	.get_link_af_size	= us6_link_af_size,
	.fill_link_af		= us6_link_af_fill,
	.validate_link_af	= us6_link_af_validate,
	.set_link_af		= us6_link_af_set,
};

int us6_link_af_register(void)
{
	rtnl_af_register(&us6_link_af_ops);
	return 0;
}

void us6_link_af_unregister(void)
{
	rtnl_af_unregister(&us6_link_af_ops);
}
