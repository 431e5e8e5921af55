// SPDX-License-Identifier: GPL-2.0
/*
 * The link-local address that an interface gives itself, RFC 4862 section 5.3,
 * by addr_gen_mode.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/if_arp.h>
#include <linux/module.h>
#include <linux/random.h>
#include <linux/rtnetlink.h>
#include <net/addrconf.h>
#include <net/netlink.h>
#include <net/us6/addr.h>
#include <net/us6/route.h>
#include "internal.h"
#include "lft.h"

bool us6_addr_optimistic_allowed(const struct us6_dev *udev)
{
#ifdef CONFIG_IPV6_OPTIMISTIC_DAD
	const struct ipv6_devconf *all = us6_dev_net(udev)->ipv6.devconf_all;

	/* RFC 4429 section 3.1: not for routers. */
	return (all->optimistic_dad || udev->idev.cnf.optimistic_dad) &&
	       !all->forwarding && !us6_dev_is_router(udev);
#else
	return false;
#endif
}

void us6_linklocal_add(struct us6_dev *udev, const struct in6_addr *addr,
		       u32 flags)
{
	struct us6_addr_cfg cfg = {
		.addr = *addr,
		.plen = 64,
		.proto = IFAPROT_KERNEL_LL,
		.origin = US6_ADDR_LINKLOCAL,
		.flags = flags,
		.valid = US6_LFT_INFINITE,
		.preferred = US6_LFT_INFINITE,
	};
	struct us6_addr *a;

	if (us6_addr_optimistic_allowed(udev))
		cfg.flags |= IFA_F_OPTIMISTIC;
	a = us6_addr_add(udev, &cfg, NULL);
	if (!IS_ERR(a))
		us6_addr_put(a);
	else if (PTR_ERR(a) != -EEXIST)
		net_warn_ratelimited("%s: no link-local address: %ld\n",
				     udev->idev.dev->name, PTR_ERR(a));
}

static void us6_linklocal_stable(struct us6_dev *udev)
{
	struct in6_addr addr = { .s6_addr = { 0xfe, 0x80 } };

	if (!us6_iid_stable(udev, &addr, udev->addr->ll_retry))
		us6_linklocal_add(udev, &addr, IFA_F_STABLE_PRIVACY);
}

/* Mode 3: RFC 7217 with a secret of our own making, gone at reboot. */
static void us6_linklocal_draw_secret(struct us6_dev *udev)
{
	struct ipv6_devconf *cnf = &udev->idev.cnf;

	if (cnf->stable_secret.initialized)
		return;
	get_random_bytes(&cnf->stable_secret.secret,
			 sizeof(cnf->stable_secret.secret));
	cnf->stable_secret.initialized = true;
}

static void us6_linklocal_eui64(struct us6_dev *udev)
{
	struct in6_addr addr = { .s6_addr = { 0xfe, 0x80 } };

	if (!us6_iid_eui64(udev->idev.dev, &addr.s6_addr[8]))
		us6_linklocal_add(udev, &addr, 0);
	else
		/* Others on the link have such addresses all the same. */
		us6_route_add_prefix(udev, &addr, 64, 0, US6_LFT_INFINITE, 0,
				     RTPROT_KERNEL, GFP_KERNEL);
}

void us6_linklocal_make(struct us6_dev *udev)
{
	struct net_device *dev = udev->idev.dev;

	ASSERT_RTNL();
	/* A VRF device is no link. */
	if (netif_is_l3_master(dev) || !us6_iid_known_link(dev))
		return;
	/* tun and the like have no hardware to derive from. */
	if (dev->type == ARPHRD_NONE &&
	    udev->idev.cnf.addr_gen_mode == IN6_ADDR_GEN_MODE_EUI64)
		WRITE_ONCE(udev->idev.cnf.addr_gen_mode,
			   IN6_ADDR_GEN_MODE_RANDOM);

	switch (udev->idev.cnf.addr_gen_mode) {
	case IN6_ADDR_GEN_MODE_RANDOM:
		us6_linklocal_draw_secret(udev);
		fallthrough;
	case IN6_ADDR_GEN_MODE_STABLE_PRIVACY:
		us6_linklocal_stable(udev);
		break;
	case IN6_ADDR_GEN_MODE_EUI64:
		us6_linklocal_eui64(udev);
		break;
	}
}

void us6_addr_dev_gen_mode(struct us6_dev *udev)
{
	ASSERT_RTNL();
	/* An address that exists stays: RFC 7217 says nothing of renumbering. */
	if (us6_dev_ready(udev) && !(udev->idev.dev->flags & IFF_LOOPBACK))
		us6_linklocal_make(udev);
}

void us6_stable_retry(struct us6_addr *a)
{
	struct us6_dev *udev = us6_dev_of(a->ifa.idev);
	struct in6_addr addr = a->ifa.addr;
	struct us6_addr_cfg cfg = {
		.plen = a->ifa.prefix_len,
		.proto = a->ifa.ifa_proto,
		.origin = a->origin,
		.rt_priority = a->ifa.rt_priority,
		.flags = a->ifa.flags & (IFA_F_STABLE_PRIVACY |
					 IFA_F_NOPREFIXROUTE),
		.valid = us6_lft_left(a->ifa.valid_lft, us6_addr_age(a)),
		.preferred = us6_lft_left(a->ifa.prefered_lft, us6_addr_age(a)),
	};
	struct us6_addr *next;
	u8 retry = a->ifa.stable_privacy_retry + 1;

	ASSERT_RTNL();
	/* RFC 7217 section 6: IDGEN_RETRIES, then the user is to look at it. */
	if (retry > us6_dev_net(udev)->ipv6.sysctl.idgen_retries) {
		net_info_ratelimited("%s: retries exhausted, no stable address\n",
				     udev->idev.dev->name);
		return;
	}
	if (us6_iid_stable(udev, &addr, retry))
		return;
	cfg.addr = addr;
	if (a->ifa.scope == IFA_LINK)
		udev->addr->ll_retry = retry;
	us6_addr_del(a);
	next = us6_addr_add(udev, &cfg, NULL);
	if (IS_ERR(next))
		return;
	next->ifa.stable_privacy_retry = retry;
	if (cfg.origin == US6_ADDR_SLAAC)
		udev->addr->n_auto++;
	us6_addr_put(next);
}
