// SPDX-License-Identifier: GPL-2.0
/*
 * us6: the init ladder.
 *
 * Each room brings itself up in one function and down in another; what a later
 * room may rely on stands above it.  The order is DESIGN: state first, then the
 * seam by which stock code reaches us, then user space, then devices, then
 * packets.  The way down is the exact reverse.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/net.h>
#include <net/us6/us6.h>

static const struct us6_rung rooms[] = {
	/* Refuses before anything is touched. */
	{ us6_stock_init,	us6_stock_exit },
	/* Counters first: a NULL per-CPU MIB corrupts memory in silence. */
	{ us6_mib_init,		us6_mib_exit },
	{ us6_device_init,	us6_device_exit },
	{ us6_route_init,	us6_route_exit },
	{ us6_nd_init,		us6_nd_exit },
	{ us6_addr_init,	us6_addr_exit },
	{ us6_mcast_init,	us6_mcast_exit },
	{ us6_path_init,	us6_path_exit },
	{ us6_sock_init,	us6_sock_exit },
	{ us6_ctl_init,		us6_ctl_exit },
	/* After the PF_INET6 neighbour slots, or netlink would fill nd_tbl. */
	{ us6_face_init,	us6_face_exit },
	/* From here on stock callers reach us, also before any device has IPv6. */
	{ us6_stock_install,	us6_stock_remove },
	{ us6_family_register,	us6_family_unregister },
	{ us6_device_start,	us6_device_stop },
	/* Last in, first out: the packet handler. */
	{ us6_path_start,	us6_path_stop },
};

void us6_rungs_down(const struct us6_rung *rungs, int n)
{
	while (n--)
		rungs[n].exit();
}

int us6_rungs_up(const struct us6_rung *rungs, int n)
{
	int i, err;

	for (i = 0; i < n; i++) {
		err = rungs[i].init();
		if (err) {
			us6_rungs_down(rungs, i);
			return err;
		}
	}
	return 0;
}

static int __init us6_module_init(void)
{
	return us6_rungs_up(rooms, ARRAY_SIZE(rooms));
}

static void __exit us6_module_exit(void)
{
	us6_rungs_down(rooms, ARRAY_SIZE(rooms));
}

module_init(us6_module_init);
module_exit(us6_module_exit);
MODULE_DESCRIPTION("IPv6, written from the RFCs, in place of the stock stack");
MODULE_LICENSE("GPL");
MODULE_ALIAS_NETPROTO(PF_INET6);
