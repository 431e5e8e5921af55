// SPDX-License-Identifier: GPL-2.0
/*
 * /proc/net/if_inet6: one address a line.
 */
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/seq_file_net.h>
#include <net/net_namespace.h>
#include <net/us6/ctl.h>

static const struct inet6_ifaddr *us6_proc_addr_nth(struct net *net, loff_t n)
{
	const struct inet6_ifaddr *ifa;
	struct net_device *dev;
	struct us6_dev *udev;

	for_each_netdev_rcu(net, dev) {
		udev = us6_dev_rcu(dev);
		if (!udev)
			continue;
		list_for_each_entry_rcu(ifa, &udev->idev.addr_list, if_list)
			if (!n--)
				return ifa;
	}
	return NULL;
}

static void *us6_proc_addr_start(struct seq_file *seq, loff_t *pos)
	__acquires(rcu)
{
	rcu_read_lock();
	return (void *)us6_proc_addr_nth(seq_file_net(seq), *pos);
}

/* Within the interface by its list, else by counting. */
static void *us6_proc_addr_next(struct seq_file *seq, void *v, loff_t *pos)
{
	struct inet6_ifaddr *ifa = v;

	++*pos;
	ifa = list_next_or_null_rcu(&ifa->idev->addr_list, &ifa->if_list,
				    struct inet6_ifaddr, if_list);
	if (ifa)
		return ifa;
	return (void *)us6_proc_addr_nth(seq_file_net(seq), *pos);
}

static void us6_proc_addr_stop(struct seq_file *seq, void *v)
	__releases(rcu)
{
	rcu_read_unlock();
}

static int us6_proc_addr_show(struct seq_file *seq, void *v)
{
	const struct inet6_ifaddr *ifa = v;

	seq_printf(seq, "%pi6 %02x %02x %02x %02x %8s\n", &ifa->addr,
		   ifa->idev->dev->ifindex, ifa->prefix_len, ifa->scope,
		   (u8)READ_ONCE(ifa->flags), ifa->idev->dev->name);
	return 0;
}

static const struct seq_operations us6_proc_addr_ops = {
	.start	= us6_proc_addr_start,
	.next	= us6_proc_addr_next,
	.stop	= us6_proc_addr_stop,
	.show	= us6_proc_addr_show,
};

static int __net_init us6_proc_addr_net_init(struct net *net)
{
	if (!proc_create_net("if_inet6", 0444, net->proc_net,
			     &us6_proc_addr_ops, sizeof(struct seq_net_private)))
		return -ENOMEM;
	return 0;
}

static void __net_exit us6_proc_addr_net_exit(struct net *net)
{
	remove_proc_entry("if_inet6", net->proc_net);
}

static struct pernet_operations us6_proc_addr_net_ops = {
	.init = us6_proc_addr_net_init,
	.exit = us6_proc_addr_net_exit,
};

int us6_proc_addr_init(void)
{
	return register_pernet_subsys(&us6_proc_addr_net_ops);
}

void us6_proc_addr_exit(void)
{
	unregister_pernet_subsys(&us6_proc_addr_net_ops);
}
