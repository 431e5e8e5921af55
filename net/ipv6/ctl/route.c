// SPDX-License-Identifier: GPL-2.0
/*
 * RTM_NEWROUTE and DELROUTE of AF_INET6.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/ipv6_route.h>
#include <net/addrconf.h>
#include <net/lwtunnel.h>
#include <net/us6/ctl.h>
#include "route.h"

const struct nla_policy us6_rtm_policy[RTA_MAX + 1] = {
	[RTA_UNSPEC]		= { .strict_start_type = RTA_DPORT + 1 },
	[RTA_DST]		= { .type = NLA_BINARY, .len = 16 },
	[RTA_SRC]		= { .type = NLA_BINARY, .len = 16 },
	[RTA_GATEWAY]		= { .len = sizeof(struct in6_addr) },
	[RTA_PREFSRC]		= { .len = sizeof(struct in6_addr) },
	[RTA_OIF]		= { .type = NLA_U32 },
	[RTA_IIF]		= { .type = NLA_U32 },
	[RTA_PRIORITY]		= { .type = NLA_U32 },
	[RTA_METRICS]		= { .type = NLA_NESTED },
	[RTA_MULTIPATH]		= { .len = sizeof(struct rtnexthop) },
	[RTA_PREF]		= { .type = NLA_U8 },
	[RTA_ENCAP_TYPE]	= { .type = NLA_U16 },
	[RTA_ENCAP]		= { .type = NLA_NESTED },
	[RTA_EXPIRES]		= { .type = NLA_U32 },
	[RTA_UID]		= { .type = NLA_U32 },
	[RTA_MARK]		= { .type = NLA_U32 },
	[RTA_TABLE]		= { .type = NLA_U32 },
	[RTA_IP_PROTO]		= { .type = NLA_U8 },
	[RTA_SPORT]		= { .type = NLA_U16 },
	[RTA_DPORT]		= { .type = NLA_U16 },
	[RTA_NH_ID]		= { .type = NLA_U32 },
};

/* Attributes that a route can't have here: named, not passed over. */
static int refuse_attrs(struct nlattr **tb, struct netlink_ext_ack *extack)
{
	if (tb[RTA_VIA]) {
		NL_SET_ERR_MSG_ATTR(extack, tb[RTA_VIA],
				    "IPv6 does not support RTA_VIA attribute");
		return -EINVAL;
	}
	if (tb[RTA_TTL_PROPAGATE]) {
		NL_SET_ERR_MSG_ATTR(extack, tb[RTA_TTL_PROPAGATE],
				    "RTA_TTL_PROPAGATE is not supported for IPv6");
		return -EOPNOTSUPP;
	}
	if (tb[RTA_FLOW]) {
		NL_SET_ERR_MSG_ATTR(extack, tb[RTA_FLOW],
				    "Realms (RTA_FLOW) are not supported for IPv6");
		return -EOPNOTSUPP;
	}
	return 0;
}

/* Prefixes come with as many octets as they need. */
static int get_prefix(struct nlattr *nla, u8 len, struct in6_addr *addr,
		      struct netlink_ext_ack *extack)
{
	int octets = (len + 7) >> 3;

	if (len > 128) {
		NL_SET_ERR_MSG(extack, "Invalid prefix length");
		return -EINVAL;
	}
	if (!nla)
		return 0;
	if (nla_len(nla) < octets) {
		NL_SET_ERR_MSG_ATTR(extack, nla, "Address is shorter than its prefix length");
		return -EINVAL;
	}
	nla_memcpy(addr, nla, octets);
	return 0;
}

static u32 type_flags(u8 type)
{
	switch (type) {
	case RTN_UNREACHABLE:
	case RTN_BLACKHOLE:
	case RTN_PROHIBIT:
	case RTN_THROW:
		return RTF_REJECT;
	case RTN_LOCAL:
		return RTF_LOCAL;
	case RTN_ANYCAST:
		return RTF_ANYCAST;
	default:
		return 0;
	}
}

static int set_hop(struct fib6_config *cfg, struct nlattr **tb,
		   struct netlink_ext_ack *extack)
{
	if (tb[RTA_NH_ID]) {
		if (tb[RTA_GATEWAY] || tb[RTA_OIF] || tb[RTA_MULTIPATH] ||
		    tb[RTA_ENCAP]) {
			NL_SET_ERR_MSG(extack, "Nexthop specification and nexthop id are mutually exclusive");
			return -EINVAL;
		}
		cfg->fc_nh_id = nla_get_u32(tb[RTA_NH_ID]);
	}
	if (tb[RTA_GATEWAY]) {
		cfg->fc_gateway = nla_get_in6_addr(tb[RTA_GATEWAY]);
		cfg->fc_flags |= RTF_GATEWAY;
	}
	if (tb[RTA_OIF])
		cfg->fc_ifindex = nla_get_u32(tb[RTA_OIF]);
	if (tb[RTA_MULTIPATH]) {
		cfg->fc_mp = nla_data(tb[RTA_MULTIPATH]);
		cfg->fc_mp_len = nla_len(tb[RTA_MULTIPATH]);
		return lwtunnel_valid_encap_type_attr(cfg->fc_mp, cfg->fc_mp_len,
						      extack);
	}
	if (tb[RTA_ENCAP])
		cfg->fc_encap = tb[RTA_ENCAP];
	if (tb[RTA_ENCAP_TYPE]) {
		cfg->fc_encap_type = nla_get_u16(tb[RTA_ENCAP_TYPE]);
		return lwtunnel_valid_encap_type(cfg->fc_encap_type, extack);
	}
	if (tb[RTA_ENCAP]) {
		NL_SET_ERR_MSG_ATTR(extack, tb[RTA_ENCAP], "RTA_ENCAP without RTA_ENCAP_TYPE");
		return -EINVAL;
	}
	return 0;
}

static void set_lifetime(struct fib6_config *cfg, u32 seconds)
{
	unsigned long timeout = addrconf_timeout_fixup(seconds, HZ);

	if (!addrconf_finite_timeout(timeout))
		return;
	cfg->fc_expires = jiffies_to_clock_t(timeout * HZ);
	cfg->fc_flags |= RTF_EXPIRES;
}

static int parse_config(struct sk_buff *skb, struct nlmsghdr *nlh,
			struct fib6_config *cfg, struct netlink_ext_ack *extack)
{
	struct nlattr *tb[RTA_MAX + 1];
	struct rtmsg *rtm;
	int err;

	err = nlmsg_parse_deprecated(nlh, sizeof(*rtm), tb, RTA_MAX,
				     us6_rtm_policy, extack);
	if (err)
		return err;
	rtm = nlmsg_data(nlh);
	err = refuse_attrs(tb, extack);
	if (err)
		return err;
	if (rtm->rtm_tos) {
		NL_SET_ERR_MSG(extack, "Invalid dsfield (tos): option not available for IPv6");
		return -EINVAL;
	}
	*cfg = (struct fib6_config) {
		.fc_table	= tb[RTA_TABLE] ? nla_get_u32(tb[RTA_TABLE]) :
						  rtm->rtm_table,
		.fc_dst_len	= rtm->rtm_dst_len,
		.fc_src_len	= rtm->rtm_src_len,
		.fc_flags	= RTF_UP | type_flags(rtm->rtm_type) |
				  (rtm->rtm_flags & RTNH_F_ONLINK),
		.fc_protocol	= rtm->rtm_protocol,
		.fc_type	= rtm->rtm_type,
		.fc_nlinfo	= {
			.portid	= NETLINK_CB(skb).portid,
			.nlh	= nlh,
			.nl_net	= sock_net(skb->sk),
		},
	};
	if (rtm->rtm_flags & RTM_F_CLONED)
		cfg->fc_flags |= RTF_CACHE;
	err = get_prefix(tb[RTA_DST], rtm->rtm_dst_len, &cfg->fc_dst, extack);
	if (!err)
		err = get_prefix(tb[RTA_SRC], rtm->rtm_src_len, &cfg->fc_src,
				 extack);
	if (!err)
		err = set_hop(cfg, tb, extack);
	if (err)
		return err;
	if (tb[RTA_PREFSRC])
		cfg->fc_prefsrc = nla_get_in6_addr(tb[RTA_PREFSRC]);
	if (tb[RTA_PRIORITY])
		cfg->fc_metric = nla_get_u32(tb[RTA_PRIORITY]);
	if (tb[RTA_METRICS]) {
		cfg->fc_mx = nla_data(tb[RTA_METRICS]);
		cfg->fc_mx_len = nla_len(tb[RTA_METRICS]);
	}
	if (tb[RTA_PREF]) {
		u8 pref = nla_get_u8(tb[RTA_PREF]);

		/* RFC 4191 2.1: the reserved value counts as medium. */
		if (pref != ICMPV6_ROUTER_PREF_LOW && pref != ICMPV6_ROUTER_PREF_HIGH)
			pref = ICMPV6_ROUTER_PREF_MEDIUM;
		cfg->fc_flags |= RTF_PREF(pref);
	}
	if (tb[RTA_EXPIRES])
		set_lifetime(cfg, nla_get_u32(tb[RTA_EXPIRES]));
	return 0;
}

int us6_rtm_newroute(struct sk_buff *skb, struct nlmsghdr *nlh,
		     struct netlink_ext_ack *extack)
{
	struct fib6_config cfg;
	int err = parse_config(skb, nlh, &cfg, extack);

	if (err)
		return err;
	if (!cfg.fc_metric)
		cfg.fc_metric = IP6_RT_PRIO_USER;
	return us6_route_add(sock_net(skb->sk), &cfg, GFP_KERNEL, extack);
}

int us6_rtm_delroute(struct sk_buff *skb, struct nlmsghdr *nlh,
		     struct netlink_ext_ack *extack)
{
	struct fib6_config cfg;
	int err = parse_config(skb, nlh, &cfg, extack);

	if (err)
		return err;
	if (cfg.fc_flags & RTF_CACHE)
		return us6_exception_del(sock_net(skb->sk), &cfg);
	return us6_route_del(sock_net(skb->sk), &cfg, extack);
}
