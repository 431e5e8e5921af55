// SPDX-License-Identifier: GPL-2.0
/*
 * Neighbours set and deleted by the administrator or a routing daemon.
 */
#include <linux/netlink.h>
#include <net/us6/ctl.h>
#include <net/us6/drop.h>
#include <net/us6/route.h>
#include "room.h"

#define NUD_SETTABLE	(NUD_PERMANENT | NUD_NOARP | NUD_REACHABLE | NUD_STALE | \
			 NUD_DELAY | NUD_PROBE)

static u8 state_of(u16 nud)
{
	if (nud & NUD_PERMANENT)
		return US6_NUD_PERMANENT;
	if (nud & NUD_NOARP)
		return US6_NUD_NOARP;
	if (nud & NUD_REACHABLE)
		return US6_NUD_REACHABLE;
	/* DELAY and PROBE are what the next packet makes of STALE. */
	return US6_NUD_STALE;
}

static int set_locked(struct us6_neigh *n, const struct us6_neigh_cfg *cfg,
		      bool override, struct netlink_ext_ack *extack)
{
	bool was_valid = us6_nud_valid(n->state);
	u8 state = state_of(cfg->nud);

	if (n->dead)
		return -ENODEV;
	if (cfg->lladdr && (!was_valid || override))
		us6_neigh_set_ha_locked(n, cfg->lladdr);
	else if (!cfg->lladdr && !was_valid && n->dev->addr_len) {
		NL_SET_ERR_MSG(extack, "No link layer address given");
		return -EINVAL;
	}
	us6_cache_timer_locked(n, n->ext_flags & NTF_EXT_MANAGED, jiffies + HZ);
	us6_cache_unresolved_locked(n, false);
	n->probes = 0;
	n->updated = jiffies;
	if (state == US6_NUD_REACHABLE)
		WRITE_ONCE(n->confirmed, jiffies);
	WRITE_ONCE(n->state, state);
	return 0;
}

static void set_flags_locked(struct us6_neigh *n,
			     const struct us6_neigh_cfg *cfg, bool override)
{
	if (cfg->protocol)
		n->protocol = cfg->protocol;
	n->flags = (n->flags & ~NTF_EXT_LEARNED) | (cfg->flags & NTF_EXT_LEARNED);
	n->ext_flags = cfg->ext_flags & NTF_EXT_MANAGED;
	if (override || cfg->flags & NTF_ROUTER)
		WRITE_ONCE(n->is_router, !!(cfg->flags & NTF_ROUTER));
}

/* `use` and `managed`: the kernel finds out by itself, now. */
static void set_probe(struct us6_neigh *n)
{
	struct us6_nud_event ev = { .type = US6_NUD_EV_PROBE };

	us6_neigh_event(n, &ev, NULL, NULL);
}

static int set_entry(struct us6_neigh *n, const struct us6_neigh_cfg *cfg,
		     bool override, struct netlink_ext_ack *extack)
{
	bool probe = cfg->flags & NTF_USE || cfg->ext_flags & NTF_EXT_MANAGED;
	struct sk_buff *list = NULL;
	int err = 0;

	spin_lock_bh(&n->lock);
	set_flags_locked(n, cfg, override);
	if (probe && n->state == US6_NUD_PERMANENT)
		WRITE_ONCE(n->state, US6_NUD_STALE);
	if (!probe)
		err = set_locked(n, cfg, override, extack);
	if (!err && us6_nud_valid(n->state))
		list = us6_neigh_queue_take_locked(n);
	spin_unlock_bh(&n->lock);
	if (err)
		return err;

	us6_neigh_queue_send(n, list);
	if (probe)
		set_probe(n);
	us6_face_update(n);
	us6_notify_neigh(RTM_NEWNEIGH, n, cfg->portid);
	us6_route_reselect(n->nd->udev, &n->addr);
	return 0;
}

static int set_refusal(const struct us6_dev *udev,
		       const struct us6_neigh_cfg *cfg,
		       struct netlink_ext_ack *extack)
{
	if (READ_ONCE(udev->idev.cnf.disable_ipv6)) {
		NL_SET_ERR_MSG(extack, "IPv6 is disabled on this device");
		return -EINVAL;
	}
	if (ipv6_addr_is_multicast(&cfg->addr) || ipv6_addr_any(&cfg->addr)) {
		NL_SET_ERR_MSG(extack, "Neighbour address must be unicast");
		return -EINVAL;
	}
	if (cfg->nud & NUD_PERMANENT && cfg->ext_flags & NTF_EXT_MANAGED) {
		NL_SET_ERR_MSG(extack, "Invalid NTF_* flag for permanent entry");
		return -EINVAL;
	}
	return 0;
}

int us6_neigh_set(struct us6_dev *udev, const struct us6_neigh_cfg *cfg,
		  struct netlink_ext_ack *extack)
{
	bool override = true, exists;
	struct us6_neigh *n;
	int err;

	err = set_refusal(udev, cfg, extack);
	if (err)
		return err;

	rcu_read_lock();
	n = us6_neigh_get_rcu(udev, &cfg->addr);
	exists = n && us6_neigh_state(n) != US6_NUD_NONE;
	err = -EEXIST;
	if (exists && cfg->nlflags & NLM_F_EXCL)
		goto out;
	err = -ENOENT;
	if (!exists && !(cfg->nlflags & NLM_F_CREATE))
		goto out;
	if (exists && !(cfg->nlflags & NLM_F_REPLACE))
		override = false;
	/* "failed" and the like: what is known is forgotten. */
	if (!(cfg->nud & NUD_SETTABLE) && !(cfg->flags & NTF_USE) &&
	    !(cfg->ext_flags & NTF_EXT_MANAGED)) {
		err = 0;
		if (exists)
			us6_neigh_forget(n);
		goto out;
	}
	n = us6_neigh_make(udev, &cfg->addr);
	err = PTR_ERR_OR_ZERO(n);
	if (err)
		goto out;
	err = set_entry(n, cfg, override, extack);
	us6_neigh_put(n);
	if (err && !exists)
		us6_neigh_forget(n);
out:
	rcu_read_unlock();
	return err;
}

int us6_neigh_del(struct us6_dev *udev, const struct in6_addr *addr)
{
	struct us6_neigh *n;
	int err = -ENOENT;

	rcu_read_lock();
	n = us6_neigh_get_rcu(udev, addr);
	if (n && us6_neigh_state(n) != US6_NUD_NONE) {
		us6_neigh_forget(n);
		err = 0;
	}
	rcu_read_unlock();
	return err;
}
