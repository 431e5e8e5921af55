// SPDX-License-Identifier: GPL-2.0
/*
 * What every namespace has in net->ipv6 before anything of ours is reachable:
 * the interface defaults and the values behind /proc/sys/net/ipv6.
 *
 * All values get their default here, also those whose key belongs to another
 * room: header inlines and other modules read them without asking us.
 */
#include <linux/ipv6_route.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <net/addrconf.h>
#include <net/ip.h>
#include <net/ip_fib.h>
#include <net/ipv6.h>
#include <net/net_namespace.h>
#include <net/us6/device.h>
#include <us6/devconf.h>
#include "internal.h"

/* RFC 4861 section 6.3.2, 6.3.7 and 10; RFC 4862 section 5.1; RFC 8981 3.8. */
static void us6_devconf_defaults(struct ipv6_devconf *cnf)
{
	memset(cnf, 0, sizeof(*cnf));
	cnf->hop_limit = IPV6_DEFAULT_HOPLIMIT;
	cnf->mtu6 = IPV6_MIN_MTU;
	cnf->accept_ra = 1;
	cnf->accept_redirects = 1;
	cnf->autoconf = 1;
	cnf->dad_transmits = 1;
	cnf->rtr_solicits = MAX_RTR_SOLICITATIONS;
	cnf->rtr_solicit_interval = RTR_SOLICITATION_INTERVAL;
	cnf->rtr_solicit_max_interval = RTR_SOLICITATION_MAX_INTERVAL;
	cnf->rtr_solicit_delay = 1 * HZ;	/* MAX_RTR_SOLICITATION_DELAY */
	cnf->mldv1_unsolicited_report_interval = 10 * HZ; /* RFC 2710 7.10 */
	cnf->mldv2_unsolicited_report_interval = HZ;	/* RFC 3810 9.11 */
	cnf->temp_valid_lft = TEMP_VALID_LIFETIME;
	cnf->temp_prefered_lft = TEMP_PREFERRED_LIFETIME;
	cnf->regen_max_retry = REGEN_MAX_RETRY;
	cnf->max_desync_factor = MAX_DESYNC_FACTOR;
	cnf->max_addresses = IPV6_MAX_ADDRESSES;
	cnf->accept_ra_defrtr = 1;
	cnf->ra_defrtr_metric = IP6_RT_PRIO_USER;
	cnf->accept_ra_min_hop_limit = 1;
	cnf->accept_ra_pinfo = 1;
#ifdef CONFIG_IPV6_ROUTER_PREF
	cnf->accept_ra_rtr_pref = 1;
	cnf->rtr_probe_interval = 60 * HZ;	/* RFC 4191 section 3.5 */
#endif
	cnf->accept_dad = 1;
	cnf->suppress_frag_ndisc = 1;		/* RFC 6980 */
	cnf->accept_ra_mtu = 1;
	cnf->enhanced_dad = 1;			/* RFC 7527 */
	cnf->addr_gen_mode = IN6_ADDR_GEN_MODE_EUI64;
	cnf->ndisc_evict_nocarrier = 1;
	us6_devconf_newer_defaults(cnf);
}

/* "all" counts as accept_dad 0 unless somebody raises it. */
static void us6_devconf_all_defaults(struct ipv6_devconf *cnf)
{
	us6_devconf_defaults(cnf);
	cnf->accept_dad = 0;
}

static void us6_sysctl_defaults(struct netns_sysctl_ipv6 *s)
{
	s->multipath_hash_fields = FIB_MULTIPATH_HASH_FIELD_DEFAULT_MASK;
	s->flowlabel_consistency = 1;
	s->auto_flowlabels = IP6_DEFAULT_AUTO_FLOW_LABELS;
	s->idgen_retries = 3;			/* RFC 7217 IDGEN_RETRIES */
	s->idgen_delay = 1 * HZ;		/* RFC 7217 IDGEN_DELAY */
	s->max_dst_opts_cnt = IP6_DEFAULT_MAX_DST_OPTS_CNT;
	s->max_hbh_opts_cnt = IP6_DEFAULT_MAX_HBH_OPTS_CNT;
	s->max_dst_opts_len = IP6_DEFAULT_MAX_DST_OPTS_LEN;
	s->max_hbh_opts_len = IP6_DEFAULT_MAX_HBH_OPTS_LEN;
	s->icmpv6_time = HZ;
	/* All but Packet Too Big: path MTU discovery must not starve. */
	bitmap_zero(s->icmpv6_ratemask, ICMPV6_MSG_MAX + 1);
	bitmap_set(s->icmpv6_ratemask, 0, ICMPV6_ERRMSG_MAX + 1);
	clear_bit(ICMPV6_PKT_TOOBIG, s->icmpv6_ratemask);
	s->icmpv6_ratemask_ptr = s->icmpv6_ratemask;
	s->ip6_rt_max_size = INT_MAX;
	s->ip6_rt_gc_min_interval = HZ / 2;
	s->ip6_rt_gc_timeout = 60 * HZ;
	s->ip6_rt_gc_interval = 30 * HZ;
	s->ip6_rt_gc_elasticity = 9;
	s->ip6_rt_mtu_expires = 10 * 60 * HZ;	/* RFC 8201 section 4 */
	s->ip6_rt_min_advmss = IPV6_MIN_MTU - 20 - 40;
}

/*
 * What a dying namespace reads after our exit: modules that came before us
 * leave it later than we do.  Written at load alone.
 */
static struct ipv6_devconf us6_devconf_spare;

static const struct ipv6_devconf *us6_devconf_template(const struct net *net,
						       bool all)
{
	const struct net *from = NULL;

	switch (net_inherit_devconf()) {
	case 1:
		from = &init_net;
		break;
	case 3:
		from = current->nsproxy ? current->nsproxy->net_ns : NULL;
		break;
	}
	if (!from || from == net)
		return NULL;
	return all ? from->ipv6.devconf_all : from->ipv6.devconf_dflt;
}

static void us6_devconf_fill(struct ipv6_devconf *cnf, const struct net *net,
			     bool all)
{
	const struct ipv6_devconf *from = us6_devconf_template(net, all);

	if (from)
		memcpy(cnf, from, sizeof(*cnf));
	else if (all)
		us6_devconf_all_defaults(cnf);
	else
		us6_devconf_defaults(cnf);
	/* A secret is never shared; RFC 7217 section 5. */
	cnf->stable_secret.initialized = false;
	cnf->sysctl_header = NULL;
}

/* Both templates of a namespace. */
struct us6_devconf_pair {
	struct ipv6_devconf	all;	/* first */
	struct ipv6_devconf	dflt;
	struct rcu_head		rcu;
};

static int __net_init us6_netns_net_init(struct net *net)
{
	struct us6_devconf_pair *pair;
	int err;

	us6_sysctl_defaults(&net->ipv6.sysctl);
	atomic_set(&net->ipv6.dev_addr_genid, 0);

	pair = kzalloc(sizeof(*pair), GFP_KERNEL);
	if (!pair)
		return -ENOMEM;
	us6_devconf_fill(&pair->all, net, true);
	us6_devconf_fill(&pair->dflt, net, false);
	net->ipv6.devconf_all = &pair->all;
	net->ipv6.devconf_dflt = &pair->dflt;

	err = us6_conf_net_register(net);
	if (err) {
		net->ipv6.devconf_all = NULL;
		net->ipv6.devconf_dflt = NULL;
		kfree(pair);
	}
	return err;
}

static void __net_exit us6_netns_net_exit(struct net *net)
{
	/* Death of the namespace, or unload of the module: then as booted. */
	struct ipv6_devconf *rest = check_net(net) ? NULL : &us6_devconf_spare;
	struct us6_devconf_pair *pair;

	us6_conf_net_unregister(net);
	pair = container_of(net->ipv6.devconf_all, struct us6_devconf_pair, all);
	WRITE_ONCE(net->ipv6.devconf_all, rest);
	WRITE_ONCE(net->ipv6.devconf_dflt, rest);
	kfree_rcu(pair, rcu);
}

static struct pernet_operations us6_netns_ops = {
	.init = us6_netns_net_init,
	.exit = us6_netns_net_exit,
};

int us6_netns_init(void)
{
	us6_devconf_all_defaults(&us6_devconf_spare);
	return register_pernet_subsys(&us6_netns_ops);
}

void us6_netns_exit(void)
{
	unregister_pernet_subsys(&us6_netns_ops);
}
