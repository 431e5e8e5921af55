// SPDX-License-Identifier: GPL-2.0
/*
 * us6: the groups of an interface.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <net/us6/mcast.h>
#include <net/us6/us6.h>

int us6_mcast_init(void)
{
	return 0;
}

void us6_mcast_exit(void)
{
}

int us6_group_join(struct us6_dev *udev, const struct in6_addr *group)
{
	return -EOPNOTSUPP;
}

int us6_group_leave(struct us6_dev *udev, const struct in6_addr *group)
{
	return -ENOENT;
}

bool us6_group_accepts(struct us6_dev *udev, const struct in6_addr *group,
		       const struct in6_addr *src)
{
	return false;
}

int us6_mcast_dev_create(struct us6_dev *udev)
{
	return 0;
}

void us6_mcast_dev_up(struct us6_dev *udev)
{
}

void us6_mcast_dev_down(struct us6_dev *udev)
{
}

void us6_mcast_dev_role_changed(struct us6_dev *udev)
{
}

void us6_mcast_dev_lladdr_ready(struct us6_dev *udev)
{
}

void us6_mcast_dev_resend(struct us6_dev *udev)
{
}

void us6_mcast_dev_unlink(struct us6_dev *udev)
{
}

void us6_mcast_dev_destroy(struct us6_dev *udev)
{
}
