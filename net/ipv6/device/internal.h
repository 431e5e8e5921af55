/* SPDX-License-Identifier: GPL-2.0 */
/* What the files of this room share. */
#ifndef _US6_DEVICE_INTERNAL_H
#define _US6_DEVICE_INTERNAL_H

#include <net/us6/device.h>

/* ---- netns.c ------------------------------------------------------------- */

/**
 * us6_netns_init() - fields of net->ipv6 that every namespace needs
 *
 * May sleep.  Return: 0 or a negative errno.
 */
int us6_netns_init(void);
void us6_netns_exit(void);

/* ---- device.c; RTNL held -------------------------------------------------- */

/**
 * us6_dev_create() - give a device its IPv6 state
 * @dev: device without one, MTU at least 1280
 *
 * Return: the state, published in dev->ip6_ptr, or ERR_PTR.
 */
struct us6_dev *us6_dev_create(struct net_device *dev);

/**
 * us6_dev_up() - start IPv6 on a device that is up and has carrier
 * @udev: state; nothing happens if it is ready already or disable_ipv6 is set.
 *	Of a device that is up and has no carrier yet only groups are received.
 */
void us6_dev_up(struct us6_dev *udev);

/**
 * us6_dev_down() - stop IPv6, state stays
 * @udev: state
 */
void us6_dev_down(struct us6_dev *udev);

/**
 * us6_dev_destroy() - stop, take out of dev->ip6_ptr and let go
 * @dev: device; one without state is left alone
 */
void us6_dev_destroy(struct net_device *dev);

/**
 * us6_dev_role_changed() - forwarding of an interface was switched
 * @udev: state
 */
void us6_dev_role_changed(struct us6_dev *udev);

int us6_blackhole_create(void);
void us6_blackhole_unlink(void);
void us6_blackhole_put(void);

/**
 * us6_dev_wait_gone() - wait, bounded, until every state is freed
 *
 * May sleep.  Says in the log when some stay.
 */
void us6_dev_wait_gone(void);

/* ---- notifier.c ----------------------------------------------------------- */

int us6_notifier_start(void);
void us6_notifier_stop(void);

/* ---- sysctl.c, conf.c ------------------------------------------------------ */

/**
 * us6_conf_dev_register() - /proc/sys/net/ipv6/conf/NAME
 * @udev: state whose device has its name
 *
 * Return: 0, -ENOMEM, or -EINVAL for a name that no directory may have.
 */
int us6_conf_dev_register(struct us6_dev *udev);
void us6_conf_dev_unregister(struct us6_dev *udev);
int us6_conf_net_register(struct net *net);
void us6_conf_net_unregister(struct net *net);

#endif
