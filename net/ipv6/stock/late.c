// SPDX-License-Identifier: GPL-2.0
/*
 * us6: what came before us and lost its IPv6.
 *
 * Some modules and devices ask once whether there is IPv6.  Nothing brings them
 * back but the user, so they are named, with the cure.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/static_call.h>
#include <net/net_namespace.h>
#include <net/rtnetlink.h>
#include "stock.h"

static const struct us6_late {
	const char *name;
	const char *cure;
} us6_late_devices[] = {
	{ "vrf",	"delete it and make it again" },
	{ "wireguard",	"set it down and up" },
	{ "bareudp",	"set it down and up" },
	{ "vxlan",	"set it down and up" },
	{ "geneve",	"set it down and up" },
	{ "bridge",	"switch mcast_snooping off and on" },
}, us6_late_modules[] = {
	{ "sctp",	"unload it and load it again" },
	{ "dccp_ipv6",	"unload it and load it again" },
	{ "l2tp_ip6",	"unload it and load it again" },
	{ "rds",	"unload it and load it again" },
	{ "rds_tcp",	"unload it and load it again" },
};

static struct module *us6_no_module(const char *name)
{
	return NULL;
}

DEFINE_STATIC_CALL(us6_stock_find_module, us6_no_module);

static bool us6_module_loaded(const char *name)
{
	bool found;

	/* find_module() wants preemption off, which RCU need not mean. */
	preempt_disable();
	found = static_call(us6_stock_find_module)(name) != NULL;
	preempt_enable();
	return found;
}

static void us6_report_device(const struct net_device *dev)
{
	const char *kind = dev->rtnl_link_ops ? dev->rtnl_link_ops->kind : NULL;
	int i;

	for (i = 0; kind && i < ARRAY_SIZE(us6_late_devices); i++)
		if (!strcmp(kind, us6_late_devices[i].name))
			pr_warn("%s (%s) was made before us6 and lacks IPv6: %s\n",
				dev->name, kind, us6_late_devices[i].cure);
}

void us6_stock_report_late(void)
{
	unsigned long addr = us6_stock_lookup("find_module");
	struct net_device *dev;
	struct net *net;
	int i;

	if (addr)
		static_call_update(us6_stock_find_module,
				   (struct module *(*)(const char *))addr);
	for (i = 0; i < ARRAY_SIZE(us6_late_modules); i++)
		if (us6_module_loaded(us6_late_modules[i].name))
			pr_warn("module %s was loaded before us6 and lacks IPv6: %s\n",
				us6_late_modules[i].name,
				us6_late_modules[i].cure);

	rtnl_lock();
	down_read(&net_rwsem);
	for_each_net(net)
		for_each_netdev(net, dev)
			us6_report_device(dev);
	up_read(&net_rwsem);
	rtnl_unlock();
}
