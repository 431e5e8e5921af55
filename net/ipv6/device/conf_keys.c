// SPDX-License-Identifier: GPL-2.0
/*
 * The keys of conf/{all,default,INTERFACE} and what a write sets off.
 *
 * Only keys that some room obeys are here: a value without effect isn't offered.
 */
#include <linux/limits.h>
#include <linux/module.h>
#include <linux/netconf.h>
#include <net/addrconf.h>
#include <net/us6/addr.h>
#include <net/us6/ctl.h>
#include <net/us6/device.h>
#include <net/us6/route.h>
#include "conf.h"
#include "internal.h"

static int us6_conf_ifindex(const struct us6_conf *conf)
{
	switch (conf->kind) {
	case US6_CONF_ALL:
		return NETCONFA_IFINDEX_ALL;
	case US6_CONF_DEFAULT:
		return NETCONFA_IFINDEX_DEFAULT;
	default:
		return conf->udev->idev.dev->ifindex;
	}
}

static void us6_conf_tell(struct us6_conf *conf, int type)
{
	us6_notify_netconf(conf->net, type, us6_conf_ifindex(conf), conf->cnf);
}

/* Store in one interface and tell; false when it had that value. */
static bool us6_conf_apply(struct us6_dev *udev, const struct us6_conf_key *key,
			   int val, int type)
{
	int *p = (int *)((u8 *)&udev->idev.cnf + key->offset);
	bool changed = !*p != !val;

	us6_conf_store(&udev->idev.cnf, key, val);
	if (changed && type)
		us6_notify_netconf(us6_dev_net(udev), type,
				   udev->idev.dev->ifindex, &udev->idev.cnf);
	return changed;
}

/*
 * Keys whose "all" reaches every interface, and "default" with it.  @act is
 * called for each interface on which the value, taken as a boolean, changed.
 */
static int us6_conf_set_wide(struct us6_conf *conf,
			     const struct us6_conf_key *key, int val, int type,
			     void (*act)(struct us6_dev *udev, int val))
{
	struct net_device *dev;
	struct us6_dev *udev;

	us6_conf_store(conf->cnf, key, val);
	if (type)
		us6_conf_tell(conf, type);
	if (conf->kind != US6_CONF_ALL)
		return 0;

	us6_conf_store(conf->net->ipv6.devconf_dflt, key, val);
	if (type)
		us6_notify_netconf(conf->net, type, NETCONFA_IFINDEX_DEFAULT,
				   conf->net->ipv6.devconf_dflt);
	for_each_netdev(conf->net, dev) {
		udev = us6_dev_rtnl(dev);
		if (udev && us6_conf_apply(udev, key, val, type) && act)
			act(udev, val);
	}
	return 0;
}

static int us6_conf_set_bool(struct us6_conf *conf,
			     const struct us6_conf_key *key, int old, int val,
			     int type,
			     void (*act)(struct us6_dev *udev, int val))
{
	if (conf->kind != US6_CONF_DEV)
		return us6_conf_set_wide(conf, key, val, type, act);
	if (us6_conf_apply(conf->udev, key, val, type) && act)
		act(conf->udev, val);
	return 0;
}

/* ---- one function a key ------------------------------------------------------ */

static void us6_conf_forwarding_act(struct us6_dev *udev, int val)
{
	/* Merged packets must not be forwarded. */
	if (val)
		dev_disable_lro(udev->idev.dev);
	us6_dev_role_changed(udev);
}

static int us6_conf_forwarding(struct us6_conf *conf,
			       const struct us6_conf_key *key, int old, int val)
{
	return us6_conf_set_bool(conf, key, old, val, NETCONFA_FORWARDING,
				 us6_conf_forwarding_act);
}

static int us6_conf_linkdown(struct us6_conf *conf,
			     const struct us6_conf_key *key, int old, int val)
{
	int err = us6_conf_set_bool(conf, key, old, val,
				    NETCONFA_IGNORE_ROUTES_WITH_LINKDOWN, NULL);

	us6_dst_invalidate_all(conf->net);
	return err;
}

static void us6_conf_disable_act(struct us6_dev *udev, int val)
{
	if (val)
		us6_dev_down(udev);
	else
		us6_dev_up(udev);
}

static int us6_conf_disable(struct us6_conf *conf,
			    const struct us6_conf_key *key, int old, int val)
{
	return us6_conf_set_bool(conf, key, old, val, 0, us6_conf_disable_act);
}

static int us6_conf_proxy_ndp(struct us6_conf *conf,
			      const struct us6_conf_key *key, int old, int val)
{
	us6_conf_store(conf->cnf, key, val);
	if (old != val)
		us6_conf_tell(conf, NETCONFA_PROXY_NEIGH);
	return 0;
}

static int us6_conf_mtu(struct us6_conf *conf, const struct us6_conf_key *key,
			int old, int val)
{
	if (conf->udev && val > conf->udev->idev.dev->mtu)
		return -EINVAL;
	us6_conf_store(conf->cnf, key, val);
	if (conf->udev && old != val)
		us6_route_dev_mtu(conf->udev);
	return 0;
}

static bool us6_conf_has_secret(const struct us6_conf *conf,
				const struct us6_dev *udev)
{
	return conf->net->ipv6.devconf_dflt->stable_secret.initialized ||
	       (udev && udev->idev.cnf.stable_secret.initialized);
}

static void us6_conf_gen_mode_apply(struct us6_dev *udev, int val)
{
	if (udev->idev.cnf.addr_gen_mode == val)
		return;
	WRITE_ONCE(udev->idev.cnf.addr_gen_mode, val);
	us6_addr_dev_gen_mode(udev);
}

static int us6_conf_gen_mode(struct us6_conf *conf,
			     const struct us6_conf_key *key, int old, int val)
{
	struct net_device *dev;
	struct us6_dev *udev;

	/* RFC 7217 needs its secret_key; mode 3 makes one up. */
	if (val == IN6_ADDR_GEN_MODE_STABLE_PRIVACY &&
	    !us6_conf_has_secret(conf, conf->udev))
		return -EINVAL;
	if (conf->kind == US6_CONF_DEV) {
		us6_conf_gen_mode_apply(conf->udev, val);
		return 0;
	}
	us6_conf_store(conf->cnf, key, val);
	if (conf->kind != US6_CONF_ALL)
		return 0;
	us6_conf_store(conf->net->ipv6.devconf_dflt, key, val);
	for_each_netdev(conf->net, dev) {
		udev = us6_dev_rtnl(dev);
		if (udev)
			us6_conf_gen_mode_apply(udev, val);
	}
	return 0;
}

void us6_conf_set_secret(struct us6_conf *conf, const struct in6_addr *secret)
{
	const int mode = IN6_ADDR_GEN_MODE_STABLE_PRIVACY;
	struct net_device *dev;
	struct us6_dev *udev;

	ASSERT_RTNL();
	conf->cnf->stable_secret.secret = *secret;
	conf->cnf->stable_secret.initialized = true;
	if (conf->kind == US6_CONF_DEV) {
		us6_conf_gen_mode_apply(conf->udev, mode);
		return;
	}
	WRITE_ONCE(conf->cnf->addr_gen_mode, mode);
	for_each_netdev(conf->net, dev) {
		udev = us6_dev_rtnl(dev);
		if (udev)
			us6_conf_gen_mode_apply(udev, mode);
	}
}

/* ---- the table ----------------------------------------------------------------- */

#define US6_KEY(_name, _field, _unit, _mode, _min, _max, _set)		\
	{								\
		.name = _name,						\
		.offset = offsetof(struct ipv6_devconf, _field),	\
		.size = sizeof_field(struct ipv6_devconf, _field),	\
		.unit = _unit,						\
		.mode = _mode,						\
		.min = _min,						\
		.max = _max,						\
		.set = _set,						\
	}
#define US6_INT(_name, _field)						\
	US6_KEY(_name, _field, US6_CONF_NUMBER, 0644, INT_MIN, INT_MAX, NULL)
#define US6_RANGE(_name, _field, _min, _max)				\
	US6_KEY(_name, _field, US6_CONF_NUMBER, 0644, _min, _max, NULL)
#define US6_ACT(_name, _field, _min, _max, _set)			\
	US6_KEY(_name, _field, US6_CONF_NUMBER, 0644, _min, _max, _set)
#define US6_TIME(_name, _field, _unit)					\
	US6_KEY(_name, _field, _unit, 0644, INT_MIN, INT_MAX, NULL)

const struct us6_conf_key us6_conf_keys[] = {
	US6_ACT("forwarding", forwarding, INT_MIN, INT_MAX, us6_conf_forwarding),
	US6_RANGE("hop_limit", hop_limit, 1, 255),
	US6_ACT("mtu", mtu6, IPV6_MIN_MTU, INT_MAX, us6_conf_mtu),
	US6_INT("accept_ra", accept_ra),
	US6_INT("accept_redirects", accept_redirects),
	US6_INT("autoconf", autoconf),
	US6_INT("dad_transmits", dad_transmits),
	US6_RANGE("router_solicitations", rtr_solicits, -1, INT_MAX),
	US6_TIME("router_solicitation_interval", rtr_solicit_interval,
		 US6_CONF_SECONDS),
	US6_TIME("router_solicitation_max_interval", rtr_solicit_max_interval,
		 US6_CONF_SECONDS),
	US6_TIME("router_solicitation_delay", rtr_solicit_delay,
		 US6_CONF_SECONDS),
	US6_INT("force_mld_version", force_mld_version),
	US6_TIME("mldv1_unsolicited_report_interval",
		 mldv1_unsolicited_report_interval, US6_CONF_MS),
	US6_TIME("mldv2_unsolicited_report_interval",
		 mldv2_unsolicited_report_interval, US6_CONF_MS),
	US6_INT("max_addresses", max_addresses),
	US6_INT("accept_ra_defrtr", accept_ra_defrtr),
	US6_RANGE("ra_defrtr_metric", ra_defrtr_metric, 1, INT_MAX),
	US6_INT("accept_ra_min_hop_limit", accept_ra_min_hop_limit),
	US6_INT("accept_ra_min_lft", accept_ra_min_lft),
	US6_INT("accept_ra_pinfo", accept_ra_pinfo),
#ifdef CONFIG_IPV6_ROUTER_PREF
	US6_INT("accept_ra_rtr_pref", accept_ra_rtr_pref),
	US6_TIME("router_probe_interval", rtr_probe_interval, US6_CONF_SECONDS),
#ifdef CONFIG_IPV6_ROUTE_INFO
	US6_INT("accept_ra_rt_info_min_plen", accept_ra_rt_info_min_plen),
	US6_INT("accept_ra_rt_info_max_plen", accept_ra_rt_info_max_plen),
#endif
#endif
	US6_ACT("proxy_ndp", proxy_ndp, INT_MIN, INT_MAX, us6_conf_proxy_ndp),
	US6_INT("accept_ra_from_local", accept_ra_from_local),
	US6_INT("accept_ra_mtu", accept_ra_mtu),
	US6_ACT("disable_ipv6", disable_ipv6, INT_MIN, INT_MAX,
		us6_conf_disable),
	US6_INT("drop_unicast_in_l2_multicast", drop_unicast_in_l2_multicast),
	US6_INT("accept_dad", accept_dad),
	US6_INT("force_tllao", force_tllao),
	US6_INT("ndisc_notify", ndisc_notify),
	US6_INT("suppress_frag_ndisc", suppress_frag_ndisc),
	US6_INT("drop_unsolicited_na", drop_unsolicited_na),
	US6_RANGE("accept_untracked_na", accept_untracked_na, 0, 2),
	US6_INT("use_oif_addrs_only", use_oif_addrs_only),
	US6_INT("keep_addr_on_down", keep_addr_on_down),
	US6_INT("enhanced_dad", enhanced_dad),
#ifdef CONFIG_IPV6_OPTIMISTIC_DAD
	US6_INT("optimistic_dad", optimistic_dad),
	US6_INT("use_optimistic", use_optimistic),
#endif
	US6_ACT("addr_gen_mode", addr_gen_mode, IN6_ADDR_GEN_MODE_EUI64,
		IN6_ADDR_GEN_MODE_RANDOM, us6_conf_gen_mode),
	US6_ACT("ignore_routes_with_linkdown", ignore_routes_with_linkdown,
		INT_MIN, INT_MAX, us6_conf_linkdown),
	US6_RANGE("ndisc_tclass", ndisc_tclass, 0, 255),
	US6_RANGE("ndisc_evict_nocarrier", ndisc_evict_nocarrier, 0, 1),
};

const int us6_conf_n_keys = ARRAY_SIZE(us6_conf_keys);
