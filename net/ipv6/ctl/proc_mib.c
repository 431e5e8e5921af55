// SPDX-License-Identifier: GPL-2.0
/*
 * /proc/net/snmp6 and /proc/net/dev_snmp6/INTERFACE: names as SNMP agents and
 * nstat read them (RFC 4293, the older RFC 2465 and 2466 names).
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/icmpv6.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <net/addrconf.h>
#include <net/ip.h>
#include <net/ipv6.h>
#include <net/ndisc.h>
#include <net/snmp.h>
#include <net/udp.h>
#include <net/us6/ctl.h>
#include <us6/stats.h>

struct us6_mib_row {
	const char	*name;
	int		entry;
};

static const struct us6_mib_row us6_ip_rows[] = {
	{ "Ip6InReceives",	IPSTATS_MIB_INPKTS },
	{ "Ip6InHdrErrors",	IPSTATS_MIB_INHDRERRORS },
	{ "Ip6InTooBigErrors",	IPSTATS_MIB_INTOOBIGERRORS },
	{ "Ip6InNoRoutes",	IPSTATS_MIB_INNOROUTES },
	{ "Ip6InAddrErrors",	IPSTATS_MIB_INADDRERRORS },
	{ "Ip6InUnknownProtos",	IPSTATS_MIB_INUNKNOWNPROTOS },
	{ "Ip6InTruncatedPkts",	IPSTATS_MIB_INTRUNCATEDPKTS },
	{ "Ip6InDiscards",	IPSTATS_MIB_INDISCARDS },
	{ "Ip6InDelivers",	IPSTATS_MIB_INDELIVERS },
	{ "Ip6OutForwDatagrams", IPSTATS_MIB_OUTFORWDATAGRAMS },
	{ "Ip6OutRequests",	US6_MIB_OUTREQUESTS },
	{ "Ip6OutDiscards",	IPSTATS_MIB_OUTDISCARDS },
	{ "Ip6OutNoRoutes",	IPSTATS_MIB_OUTNOROUTES },
	{ "Ip6ReasmTimeout",	IPSTATS_MIB_REASMTIMEOUT },
	{ "Ip6ReasmReqds",	IPSTATS_MIB_REASMREQDS },
	{ "Ip6ReasmOKs",	IPSTATS_MIB_REASMOKS },
	{ "Ip6ReasmFails",	IPSTATS_MIB_REASMFAILS },
	{ "Ip6FragOKs",		IPSTATS_MIB_FRAGOKS },
	{ "Ip6FragFails",	IPSTATS_MIB_FRAGFAILS },
	{ "Ip6FragCreates",	IPSTATS_MIB_FRAGCREATES },
	{ "Ip6InMcastPkts",	IPSTATS_MIB_INMCASTPKTS },
	{ "Ip6OutMcastPkts",	IPSTATS_MIB_OUTMCASTPKTS },
	{ "Ip6InOctets",	IPSTATS_MIB_INOCTETS },
	{ "Ip6OutOctets",	IPSTATS_MIB_OUTOCTETS },
	{ "Ip6InMcastOctets",	IPSTATS_MIB_INMCASTOCTETS },
	{ "Ip6OutMcastOctets",	IPSTATS_MIB_OUTMCASTOCTETS },
	{ "Ip6InBcastOctets",	IPSTATS_MIB_INBCASTOCTETS },
	{ "Ip6OutBcastOctets",	IPSTATS_MIB_OUTBCASTOCTETS },
	{ "Ip6InNoECTPkts",	IPSTATS_MIB_NOECTPKTS },
	{ "Ip6InECT1Pkts",	IPSTATS_MIB_ECT1PKTS },
	{ "Ip6InECT0Pkts",	IPSTATS_MIB_ECT0PKTS },
	{ "Ip6InCEPkts",	IPSTATS_MIB_CEPKTS },
#ifdef US6_HAVE_OUTTRANSMITS
	{ "Ip6OutTransmits",	IPSTATS_MIB_OUTPKTS },
#endif
};

static const struct us6_mib_row us6_icmp_rows[] = {
	{ "Icmp6InMsgs",	ICMP6_MIB_INMSGS },
	{ "Icmp6InErrors",	ICMP6_MIB_INERRORS },
	{ "Icmp6OutMsgs",	ICMP6_MIB_OUTMSGS },
	{ "Icmp6OutErrors",	ICMP6_MIB_OUTERRORS },
	{ "Icmp6InCsumErrors",	ICMP6_MIB_CSUMERRORS },
	{ "Icmp6OutRateLimitHost", ICMP6_MIB_RATELIMITHOST },
};

/* Types that RFC 2466 gave a counter of their own. */
static const struct us6_mib_row us6_icmp_types[] = {
	{ "DestUnreachs",		ICMPV6_DEST_UNREACH },
	{ "PktTooBigs",			ICMPV6_PKT_TOOBIG },
	{ "TimeExcds",			ICMPV6_TIME_EXCEED },
	{ "ParmProblems",		ICMPV6_PARAMPROB },
	{ "Echos",			ICMPV6_ECHO_REQUEST },
	{ "EchoReplies",		ICMPV6_ECHO_REPLY },
	{ "GroupMembQueries",		ICMPV6_MGM_QUERY },
	{ "GroupMembResponses",		ICMPV6_MGM_REPORT },
	{ "GroupMembReductions",	ICMPV6_MGM_REDUCTION },
	{ "RouterSolicits",		NDISC_ROUTER_SOLICITATION },
	{ "RouterAdvertisements",	NDISC_ROUTER_ADVERTISEMENT },
	{ "NeighborSolicits",		NDISC_NEIGHBOUR_SOLICITATION },
	{ "NeighborAdvertisements",	NDISC_NEIGHBOUR_ADVERTISEMENT },
	{ "Redirects",			NDISC_REDIRECT },
	{ "MLDv2Reports",		ICMPV6_MLD2_REPORT },
};

/* Behind the prefix Udp6 or UdpLite6. */
static const struct us6_mib_row us6_udp_rows[] = {
	{ "InDatagrams",	UDP_MIB_INDATAGRAMS },
	{ "NoPorts",		UDP_MIB_NOPORTS },
	{ "InErrors",		UDP_MIB_INERRORS },
	{ "OutDatagrams",	UDP_MIB_OUTDATAGRAMS },
	{ "RcvbufErrors",	UDP_MIB_RCVBUFERRORS },
	{ "SndbufErrors",	UDP_MIB_SNDBUFERRORS },
	{ "InCsumErrors",	UDP_MIB_CSUMERRORS },
	{ "IgnoredMulti",	UDP_MIB_IGNOREDMULTI },
	{ "MemErrors",		UDP_MIB_MEMERRORS },
};

/* Sent messages stand 256 behind received ones in the array of types. */
#define US6_ICMP_SENT	0x100

static void us6_mib_line(struct seq_file *seq, const char *prefix,
			 const char *name, u64 value)
{
	char full[40];

	snprintf(full, sizeof(full), "%s%s", prefix, name);
	seq_printf(seq, "%-32s\t%llu\n", full, value);
}

static void us6_mib_show_ip(struct seq_file *seq,
			    struct ipstats_mib __percpu *mib)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(us6_ip_rows); i++)
		us6_mib_line(seq, "", us6_ip_rows[i].name,
			     snmp_fold_field64(mib, us6_ip_rows[i].entry,
					       offsetof(struct ipstats_mib,
							syncp)));
}

static void us6_mib_show_types(struct seq_file *seq, const atomic_long_t *types)
{
	static const char * const prefix[] = { "Icmp6In", "Icmp6Out" };
	char name[16];
	int i, way;

	for (way = 0; way < ARRAY_SIZE(prefix); way++)
		for (i = 0; i < ARRAY_SIZE(us6_icmp_types); i++)
			us6_mib_line(seq, prefix[way], us6_icmp_types[i].name,
				     atomic_long_read(types +
						      way * US6_ICMP_SENT +
						      us6_icmp_types[i].entry));

	for (i = 0; i < 2 * US6_ICMP_SENT; i++) {
		unsigned long n = atomic_long_read(types + i);

		if (!n)
			continue;
		snprintf(name, sizeof(name), "Type%u", i & 0xff);
		us6_mib_line(seq, prefix[i / US6_ICMP_SENT], name, n);
	}
}

static void us6_mib_show_udp(struct seq_file *seq, const char *prefix,
			     struct udp_mib __percpu *mib, bool lite)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(us6_udp_rows); i++) {
		/* RFC 5097 has no such counter. */
		if (lite && us6_udp_rows[i].entry == UDP_MIB_IGNOREDMULTI)
			continue;
		us6_mib_line(seq, prefix, us6_udp_rows[i].name,
			     snmp_fold_field(mib, us6_udp_rows[i].entry));
	}
}

static int us6_snmp6_show(struct seq_file *seq, void *v)
{
	struct net *net = seq->private;
	int i;

	us6_mib_show_ip(seq, net->mib.ipv6_statistics);
	for (i = 0; i < ARRAY_SIZE(us6_icmp_rows); i++)
		us6_mib_line(seq, "", us6_icmp_rows[i].name,
			     snmp_fold_field(net->mib.icmpv6_statistics,
					     us6_icmp_rows[i].entry));
	us6_mib_show_types(seq, net->mib.icmpv6msg_statistics->mibs);
	us6_mib_show_udp(seq, "Udp6", net->mib.udp_stats_in6, false);
	us6_mib_show_udp(seq, "UdpLite6", net->mib.udplite_stats_in6, true);
	return 0;
}

static int us6_dev_snmp6_show(struct seq_file *seq, void *v)
{
	struct us6_dev *udev = seq->private;
	struct inet6_dev *idev = &udev->idev;
	int i;

	seq_printf(seq, "%-32s\t%u\n", "ifIndex", idev->dev->ifindex);
	us6_mib_show_ip(seq, idev->stats.ipv6);
	for (i = 0; i < ARRAY_SIZE(us6_icmp_rows); i++)
		us6_mib_line(seq, "", us6_icmp_rows[i].name,
			     atomic_long_read(idev->stats.icmpv6dev->mibs +
					      us6_icmp_rows[i].entry));
	us6_mib_show_types(seq, idev->stats.icmpv6msgdev->mibs);
	return 0;
}

void us6_proc_mib_dev_add(struct us6_dev *udev)
{
	struct proc_dir_entry *dir = us6_dev_net(udev)->mib.proc_net_devsnmp6;

	if (dir)
		udev->idev.stats.proc_dir_entry =
			proc_create_single_data(udev->idev.dev->name, 0444, dir,
						us6_dev_snmp6_show, udev);
}

void us6_proc_mib_dev_del(struct us6_dev *udev)
{
	/* A namespace on its way out has taken the folder with it. */
	if (us6_dev_net(udev)->mib.proc_net_devsnmp6 &&
	    udev->idev.stats.proc_dir_entry)
		proc_remove(udev->idev.stats.proc_dir_entry);
	udev->idev.stats.proc_dir_entry = NULL;
}

static int __net_init us6_proc_mib_net_init(struct net *net)
{
	if (!proc_create_net_single("snmp6", 0444, net->proc_net,
				    us6_snmp6_show, NULL))
		return -ENOMEM;
	net->mib.proc_net_devsnmp6 = proc_mkdir("dev_snmp6", net->proc_net);
	if (!net->mib.proc_net_devsnmp6) {
		remove_proc_entry("snmp6", net->proc_net);
		return -ENOMEM;
	}
	return 0;
}

static void __net_exit us6_proc_mib_net_exit(struct net *net)
{
	proc_remove(net->mib.proc_net_devsnmp6);
	net->mib.proc_net_devsnmp6 = NULL;
	remove_proc_entry("snmp6", net->proc_net);
}

static struct pernet_operations us6_proc_mib_net_ops = {
	.init	= us6_proc_mib_net_init,
	.exit	= us6_proc_mib_net_exit,
};

int us6_proc_mib_init(void)
{
	return register_pernet_subsys(&us6_proc_mib_net_ops);
}

void us6_proc_mib_exit(void)
{
	unregister_pernet_subsys(&us6_proc_mib_net_ops);
}
