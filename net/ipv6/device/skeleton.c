// SPDX-License-Identifier: GPL-2.0
#include <net/us6/device.h>
#include <net/us6/us6.h>

int us6_device_init(void)
{
	return 0;
}

void us6_device_exit(void)
{
}

int us6_device_start(void)
{
	return 0;
}

void us6_device_stop(void)
{
}

void us6_dev_free(struct inet6_dev *idev)
{
}

void us6_dev_ra_params(struct us6_dev *udev, u32 mtu, u8 hop_limit)
{
}
