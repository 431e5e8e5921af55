// SPDX-License-Identifier: GPL-2.0
/*
 * Stateless address autoconfiguration, RFC 4862 section 5.5.3.
 *
 * Prefixes are taken from whatever context they come in, and acted upon by the
 * interface's work under RTNL.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <net/addrconf.h>
#include <net/us6/addr.h>
#include <net/us6/ctl.h>
#include "internal.h"
#include "lft.h"

/* A message holds at most 46 of them at the smallest MTU; more is a flood. */
#define US6_PIOS_MAX	64

struct us6_pio_item {
	struct list_head	node;
	struct us6_pio		pio;
};

void us6_slaac_prefix(struct us6_dev *udev, const struct us6_pio *pio)
{
	struct us6_addr_dev *ad = udev->addr;
	struct us6_pio_item *item = kmalloc(sizeof(*item), GFP_ATOMIC);
	bool taken = false;

	if (!item)
		return;
	item->pio = *pio;
	spin_lock_bh(&ad->lock);
	if (ad->n_pios < US6_PIOS_MAX && !test_bit(US6_DEV_DEAD, &udev->flags)) {
		list_add_tail(&item->node, &ad->pios);
		ad->n_pios++;
		taken = true;
	}
	spin_unlock_bh(&ad->lock);
	if (taken)
		us6_addr_kick(ad);
	else
		kfree(item);
}

static void us6_slaac_take(struct us6_addr_dev *ad, struct list_head *list)
{
	spin_lock_bh(&ad->lock);
	list_splice_tail_init(&ad->pios, list);
	ad->n_pios = 0;
	spin_unlock_bh(&ad->lock);
}

static bool us6_slaac_stable_mode(const struct us6_dev *udev)
{
	int mode = udev->idev.cnf.addr_gen_mode;

	return mode == IN6_ADDR_GEN_MODE_STABLE_PRIVACY ||
	       mode == IN6_ADDR_GEN_MODE_RANDOM;
}

/* The identifier of a link-local address that was given by hand will do too. */
static int us6_slaac_inherit(struct us6_dev *udev, u8 *iid)
{
	struct in6_addr ll;
	int err = us6_addr_linklocal(udev, &ll, IFA_F_TENTATIVE);

	if (!err)
		memcpy(iid, &ll.s6_addr[8], 8);
	return err;
}

/* Forms the address of a prefix; fills addr, flags. Return: 0 or errno. */
static int us6_slaac_form(struct us6_dev *udev, const struct us6_pio *pio,
			  struct us6_addr_cfg *cfg, bool *tokenized)
{
	*tokenized = false;
	cfg->addr = pio->prefix;
	if (!ipv6_addr_any(&udev->idev.token)) {
		memcpy(&cfg->addr.s6_addr[8], &udev->idev.token.s6_addr[8], 8);
		*tokenized = true;
		return 0;
	}
	if (us6_slaac_stable_mode(udev)) {
		cfg->flags |= IFA_F_STABLE_PRIVACY;
		return us6_iid_stable(udev, &cfg->addr, 0);
	}
	if (!us6_iid_eui64(udev->idev.dev, &cfg->addr.s6_addr[8]))
		return 0;
	return us6_slaac_inherit(udev, &cfg->addr.s6_addr[8]);
}

/* Rule e) on one address of the prefix. */
static void us6_slaac_refresh(struct us6_addr *a, const struct us6_pio *pio)
{
	struct inet6_ifaddr *ifa = &a->ifa;
	bool tell;
	u32 valid;

	spin_lock_bh(&ifa->lock);
	valid = us6_lft_rule_e(pio->valid,
			       us6_lft_left(ifa->valid_lft, us6_addr_age(a)),
			       US6_LFT_TWO_HOURS);
	ifa->valid_lft = valid;
	ifa->prefered_lft = min(pio->preferred, valid);
	ifa->tstamp = jiffies;
	if (ifa->prefered_lft)
		WRITE_ONCE(ifa->flags, ifa->flags & ~IFA_F_DEPRECATED);
	else
		WRITE_ONCE(ifa->flags, ifa->flags | IFA_F_DEPRECATED);
	tell = !(ifa->flags & IFA_F_TENTATIVE);
	spin_unlock_bh(&ifa->lock);
	us6_addr_arm(a);
	if (tell)
		us6_notify_addr(RTM_NEWADDR, a);
}

static bool us6_slaac_of_prefix(const struct us6_addr *a,
				const struct us6_pio *pio)
{
	return a->origin == US6_ADDR_SLAAC &&
	       a->ifa.prefix_len == pio->plen &&
	       ipv6_prefix_equal(&a->ifa.addr, &pio->prefix, pio->plen);
}

/*
 * Lifetimes of all that came from the prefix.  Return: true when the address that
 * would be formed now is among them, or a stable one that had to move on.
 */
static bool us6_slaac_refresh_all(struct us6_dev *udev,
				  const struct us6_pio *pio,
				  const struct in6_addr *addr)
{
	struct us6_addr *a;
	bool have = false;

	list_for_each_entry(a, &udev->idev.addr_list, ifa.if_list) {
		if (ipv6_addr_equal(&a->ifa.addr, addr))
			have = true;
		if (!us6_slaac_of_prefix(a, pio))
			continue;
		if (a->ifa.stable_privacy_retry && us6_slaac_stable_mode(udev))
			have = true;
		us6_slaac_refresh(a, pio);
	}
	return have;
}

static bool us6_slaac_room(const struct us6_dev *udev)
{
	int most = udev->idev.cnf.max_addresses;

	return !most || udev->addr->n_auto < most;
}

static void us6_slaac_add(struct us6_dev *udev, struct us6_addr_cfg *cfg,
			  bool tokenized)
{
	struct us6_addr *a;

	if (us6_addr_optimistic_allowed(udev))
		cfg->flags |= IFA_F_OPTIMISTIC;
	a = us6_addr_add(udev, cfg, NULL);
	if (IS_ERR(a)) {
		net_warn_ratelimited("%s: no address of the advertised prefix %pI6c: %ld\n",
				     udev->idev.dev->name, &cfg->addr,
				     PTR_ERR(a));
		return;
	}
	a->ifa.tokenized = tokenized;
	udev->addr->n_auto++;
	us6_addr_put(a);
}

/* RFC 4862 section 5.5.3; a) was asked by the receiver of the message. */
static void us6_slaac_apply(struct us6_dev *udev, const struct us6_pio *pio)
{
	const struct ipv6_devconf *cnf = &udev->idev.cnf;
	struct us6_addr_cfg cfg = {
		.plen = 64,
		.proto = IFAPROT_KERNEL_RA,
		.origin = US6_ADDR_SLAAC,
		.valid = pio->valid,
		.preferred = pio->preferred,
	};
	bool tokenized;

	if (!us6_dev_ready(udev) || !pio->autonomous || !cnf->autoconf)
		return;
	/* b), c) */
	if (ipv6_addr_type(&pio->prefix) & (IPV6_ADDR_LINKLOCAL |
					    IPV6_ADDR_MULTICAST))
		return;
	if (pio->preferred > pio->valid)
		return;
	if (pio->valid && pio->valid < (u32)max(cnf->accept_ra_min_lft, 0))
		return;
	/* d): prefix and identifier must make 128 bits, RFC 4291 2.5.4. */
	if (pio->plen != 64) {
		net_dbg_ratelimited("%s: advertised prefix of %u bits\n",
				    udev->idev.dev->name, pio->plen);
		return;
	}
	if (us6_slaac_form(udev, pio, &cfg, &tokenized))
		return;
	if (us6_slaac_refresh_all(udev, pio, &cfg.addr))
		return;
	if (pio->valid && us6_slaac_room(udev))
		us6_slaac_add(udev, &cfg, tokenized);
}

void us6_slaac_work(struct us6_addr_dev *ad)
{
	struct us6_pio_item *item, *next;
	LIST_HEAD(list);

	ASSERT_RTNL();
	us6_slaac_take(ad, &list);
	list_for_each_entry_safe(item, next, &list, node) {
		us6_slaac_apply(ad->udev, &item->pio);
		kfree(item);
	}
}

void us6_slaac_drop(struct us6_addr_dev *ad)
{
	struct us6_pio_item *item, *next;
	LIST_HEAD(list);

	us6_slaac_take(ad, &list);
	list_for_each_entry_safe(item, next, &list, node)
		kfree(item);
}
