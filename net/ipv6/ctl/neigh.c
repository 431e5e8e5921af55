// SPDX-License-Identifier: GPL-2.0
/*
 * RTM_NEWNEIGH, RTM_DELNEIGH, RTM_GETNEIGH of AF_INET6, our part of an AF_UNSPEC
 * dump, and the notifications.  The cache itself is nd/'s.
 */
#include <linux/neighbour.h>
#include <net/netlink.h>
#include <net/us6/ctl.h>
#include <net/us6/nd.h>

static const struct nla_policy neigh_policy[NDA_MAX + 1] = {
	[NDA_UNSPEC]		= { .strict_start_type = NDA_NH_ID },
	[NDA_DST]		= { .type = NLA_BINARY, .len = MAX_ADDR_LEN },
	[NDA_LLADDR]		= { .type = NLA_BINARY, .len = MAX_ADDR_LEN },
	[NDA_CACHEINFO]		= { .len = sizeof(struct nda_cacheinfo) },
	[NDA_PROBES]		= { .type = NLA_U32 },
	[NDA_VLAN]		= { .type = NLA_U16 },
	[NDA_PORT]		= { .type = NLA_U16 },
	[NDA_VNI]		= { .type = NLA_U32 },
	[NDA_IFINDEX]		= { .type = NLA_U32 },
	[NDA_MASTER]		= { .type = NLA_U32 },
	[NDA_PROTOCOL]		= { .type = NLA_U8 },
	[NDA_NH_ID]		= { .type = NLA_U32 },
	[NDA_FLAGS_EXT]		= NLA_POLICY_MASK(NLA_U32, NTF_EXT_MANAGED),
	[NDA_FDB_EXT_ATTRS]	= { .type = NLA_NESTED },
};

/* ---- rows -------------------------------------------------------------------- */

static int neigh_fill(struct sk_buff *skb, const struct us6_neigh_row *row,
		      u32 portid, u32 seq, int event, unsigned int flags)
{
	struct nda_cacheinfo ci = {
		.ndm_used = jiffies_to_clock_t(row->used),
		.ndm_confirmed = jiffies_to_clock_t(row->confirmed),
		.ndm_updated = jiffies_to_clock_t(row->updated),
		.ndm_refcnt = row->refs,
	};
	struct nlmsghdr *nlh;
	struct ndmsg *ndm;

	nlh = nlmsg_put(skb, portid, seq, event, sizeof(*ndm), flags);
	if (!nlh)
		return -EMSGSIZE;
	ndm = nlmsg_data(nlh);
	memset(ndm, 0, sizeof(*ndm));
	ndm->ndm_family = AF_INET6;
	ndm->ndm_ifindex = row->ifindex;
	ndm->ndm_state = row->nud;
	ndm->ndm_flags = row->flags;
	ndm->ndm_type = RTN_UNICAST;

	if (nla_put_in6_addr(skb, NDA_DST, &row->addr) ||
	    (row->addr_len &&
	     nla_put(skb, NDA_LLADDR, row->addr_len, row->ha)) ||
	    (!row->proxy &&
	     (nla_put_u32(skb, NDA_PROBES, row->probes) ||
	      nla_put(skb, NDA_CACHEINFO, sizeof(ci), &ci))) ||
	    (row->protocol && nla_put_u8(skb, NDA_PROTOCOL, row->protocol)) ||
	    (row->ext_flags &&
	     nla_put_u32(skb, NDA_FLAGS_EXT, row->ext_flags))) {
		nlmsg_cancel(skb, nlh);
		return -EMSGSIZE;
	}
	nlmsg_end(skb, nlh);
	return 0;
}

static size_t neigh_msg_size(void)
{
	return NLMSG_ALIGN(sizeof(struct ndmsg)) +
	       nla_total_size(sizeof(struct in6_addr)) +	/* NDA_DST */
	       nla_total_size(MAX_ADDR_LEN) +			/* NDA_LLADDR */
	       nla_total_size(4) +				/* NDA_PROBES */
	       nla_total_size(sizeof(struct nda_cacheinfo)) +
	       nla_total_size(1) +				/* NDA_PROTOCOL */
	       nla_total_size(4);				/* NDA_FLAGS_EXT */
}

void us6_notify_neigh(int event, struct us6_neigh *n, u32 portid)
{
	struct us6_neigh_row row;
	struct sk_buff *skb;
	struct net *net;

	rcu_read_lock();
	net = dev_net(n->dev);
	if (!rtnl_has_listeners(net, RTNLGRP_NEIGH))
		goto out;
	us6_neigh_row(n, &row);
	skb = nlmsg_new(neigh_msg_size(), GFP_ATOMIC);
	if (!skb || neigh_fill(skb, &row, portid, 0, event,
			       event == RTM_GETNEIGH ? NLM_F_REQUEST : 0)) {
		kfree_skb(skb);
		rtnl_set_sk_err(net, RTNLGRP_NEIGH, -ENOBUFS);
		goto out;
	}
	rtnl_notify(skb, net, 0, RTNLGRP_NEIGH, NULL, GFP_ATOMIC);
out:
	rcu_read_unlock();
}

/* ---- dump ---------------------------------------------------------------------- */

struct neigh_filter {
	int	ifindex;
	int	master;
	bool	proxies;
};

static int dump_filter(const struct netlink_callback *cb, struct neigh_filter *f)
{
	const struct nlmsghdr *nlh = cb->nlh;
	struct netlink_ext_ack *extack = cb->extack;
	struct nlattr *tb[NDA_MAX + 1];
	const struct ndmsg *ndm = nlmsg_data(nlh);
	int err, i;

	memset(f, 0, sizeof(*f));
	if (nlmsg_len(nlh) < sizeof(*ndm)) {
		if (!cb->strict_check)
			return 0;
		NL_SET_ERR_MSG(extack, "Invalid header for neighbor dump request");
		return -EINVAL;
	}
	f->proxies = ndm->ndm_flags == NTF_PROXY;
	if (cb->strict_check) {
		if (ndm->ndm_pad1 || ndm->ndm_pad2 || ndm->ndm_ifindex ||
		    ndm->ndm_state || ndm->ndm_type) {
			NL_SET_ERR_MSG(extack, "Invalid values in header for neighbor dump request");
			return -EINVAL;
		}
		if (ndm->ndm_flags & ~NTF_PROXY) {
			NL_SET_ERR_MSG(extack, "Invalid flags in header for neighbor dump request");
			return -EINVAL;
		}
		err = nlmsg_parse_deprecated_strict(nlh, sizeof(*ndm), tb,
						    NDA_MAX, neigh_policy,
						    extack);
	} else {
		err = nlmsg_parse_deprecated(nlh, sizeof(*ndm), tb, NDA_MAX,
					     neigh_policy, extack);
	}
	if (err < 0)
		return cb->strict_check ? err : 0;

	for (i = 0; i <= NDA_MAX; i++) {
		if (!tb[i])
			continue;
		if (i == NDA_IFINDEX) {
			f->ifindex = nla_get_u32(tb[i]);
		} else if (i == NDA_MASTER) {
			f->master = nla_get_u32(tb[i]);
		} else if (cb->strict_check) {
			NL_SET_ERR_MSG(extack, "Unsupported attribute in neighbor dump request");
			return -EINVAL;
		}
	}
	return 0;
}

static bool dump_wants(const struct neigh_filter *f, struct net_device *dev)
{
	const struct net_device *master;

	if (f->ifindex && dev->ifindex != f->ifindex)
		return false;
	if (!f->master)
		return true;
	master = netdev_master_upper_dev_get_rcu(dev);
	return master && master->ifindex == f->master;
}

struct neigh_dump {
	struct sk_buff		*skb;
	struct netlink_callback	*cb;
	unsigned int		flags;
};

static int dump_row(const struct us6_neigh_row *row, void *arg)
{
	struct neigh_dump *d = arg;

	return neigh_fill(d->skb, row, NETLINK_CB(d->cb->skb).portid,
			  d->cb->nlh->nlmsg_seq, RTM_NEWNEIGH, d->flags);
}

/* args: 0 position among the devices, 1 position in the device's cache. */
int us6_rtm_dumpneigh(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct neigh_dump d = { .skb = skb, .cb = cb, .flags = NLM_F_MULTI };
	struct net *net = sock_net(skb->sk);
	struct net_device *dev;
	struct neigh_filter f;
	struct us6_dev *udev;
	long i = 0;
	u64 pos;
	int err;

	err = dump_filter(cb, &f);
	if (err)
		return err;
	if (f.ifindex || f.master)
		d.flags |= NLM_F_DUMP_FILTERED;

	rcu_read_lock();
	for_each_netdev_rcu(net, dev) {
		if (i++ < cb->args[0])
			continue;
		udev = us6_dev_rcu(dev);
		if (udev && dump_wants(&f, dev)) {
			pos = cb->args[1];
			err = us6_neigh_walk(udev, f.proxies, &pos, dump_row,
					     &d);
			cb->args[1] = pos;
			if (err)
				break;
		}
		cb->args[0] = i;
		cb->args[1] = 0;
	}
	rcu_read_unlock();
	/* Full: more to come.  A row that fits nowhere would loop for ever. */
	if (err == -EMSGSIZE && !skb->len)
		return err;
	return skb->len;
}

/* ---- new, del -------------------------------------------------------------------- */

/* Device and address of a request; an attribute of the wrong size is refused. */
static struct us6_dev *neigh_target(struct net *net, const struct ndmsg *ndm,
				    struct nlattr **tb, struct in6_addr *addr,
				    struct netlink_ext_ack *extack)
{
	struct net_device *dev;
	struct us6_dev *udev;

	if (!tb[NDA_DST]) {
		NL_SET_ERR_MSG(extack, "Network address not specified");
		return ERR_PTR(-EINVAL);
	}
	if (nla_len(tb[NDA_DST]) < sizeof(*addr)) {
		NL_SET_ERR_MSG(extack, "Invalid network address");
		return ERR_PTR(-EINVAL);
	}
	memcpy(addr, nla_data(tb[NDA_DST]), sizeof(*addr));
	if (!ndm->ndm_ifindex) {
		NL_SET_ERR_MSG(extack, "Device not specified");
		return ERR_PTR(-EINVAL);
	}
	dev = __dev_get_by_index(net, ndm->ndm_ifindex);
	if (!dev)
		return ERR_PTR(-ENODEV);
	if (tb[NDA_LLADDR] && nla_len(tb[NDA_LLADDR]) < dev->addr_len) {
		NL_SET_ERR_MSG(extack, "Invalid link address");
		return ERR_PTR(-EINVAL);
	}
	udev = us6_dev_rtnl(dev);
	if (!udev) {
		NL_SET_ERR_MSG(extack, "IPv6 is disabled on this device");
		return ERR_PTR(-EINVAL);
	}
	return udev;
}

int us6_rtm_newneigh(struct sk_buff *skb, struct nlmsghdr *nlh,
		     struct netlink_ext_ack *extack)
{
	const struct ndmsg *ndm = nlmsg_data(nlh);
	struct us6_neigh_cfg cfg = {};
	struct nlattr *tb[NDA_MAX + 1];
	struct us6_dev *udev;
	int err;

	err = nlmsg_parse_deprecated(nlh, sizeof(*ndm), tb, NDA_MAX,
				     neigh_policy, extack);
	if (err < 0)
		return err;
	udev = neigh_target(sock_net(skb->sk), ndm, tb, &cfg.addr, extack);
	if (IS_ERR(udev))
		return PTR_ERR(udev);

	cfg.nud = ndm->ndm_state;
	cfg.flags = ndm->ndm_flags;
	cfg.nlflags = nlh->nlmsg_flags;
	cfg.portid = NETLINK_CB(skb).portid;
	if (tb[NDA_LLADDR])
		cfg.lladdr = nla_data(tb[NDA_LLADDR]);
	if (tb[NDA_FLAGS_EXT])
		cfg.ext_flags = nla_get_u32(tb[NDA_FLAGS_EXT]);
	if (tb[NDA_PROTOCOL])
		cfg.protocol = nla_get_u8(tb[NDA_PROTOCOL]);

	if (!(cfg.flags & NTF_PROXY))
		return us6_neigh_set(udev, &cfg, extack);
	if (cfg.ext_flags & NTF_EXT_MANAGED) {
		NL_SET_ERR_MSG(extack, "Invalid NTF_* flag combination");
		return -EINVAL;
	}
	return us6_proxy_request(udev, &cfg.addr, true, cfg.flags,
				 cfg.protocol);
}

int us6_rtm_delneigh(struct sk_buff *skb, struct nlmsghdr *nlh,
		     struct netlink_ext_ack *extack)
{
	const struct ndmsg *ndm = nlmsg_data(nlh);
	struct nlattr *tb[NDA_MAX + 1];
	struct in6_addr addr;
	struct us6_dev *udev;
	int err;

	err = nlmsg_parse_deprecated(nlh, sizeof(*ndm), tb, NDA_MAX,
				     neigh_policy, extack);
	if (err < 0)
		return err;
	udev = neigh_target(sock_net(skb->sk), ndm, tb, &addr, extack);
	if (IS_ERR(udev))
		return PTR_ERR(udev);
	if (ndm->ndm_flags & NTF_PROXY)
		return us6_proxy_request(udev, &addr, false, 0, 0);
	return us6_neigh_del(udev, &addr);
}

/* ---- get ------------------------------------------------------------------------- */

static int get_check(const struct nlmsghdr *nlh, struct nlattr **tb,
		     struct netlink_ext_ack *extack)
{
	const struct ndmsg *ndm = nlmsg_data(nlh);
	int err, i;

	if (nlmsg_len(nlh) < sizeof(*ndm)) {
		NL_SET_ERR_MSG(extack, "Invalid header for neighbor get request");
		return -EINVAL;
	}
	if (ndm->ndm_pad1 || ndm->ndm_pad2 || ndm->ndm_state || ndm->ndm_type) {
		NL_SET_ERR_MSG(extack, "Invalid values in header for neighbor get request");
		return -EINVAL;
	}
	if (ndm->ndm_flags & ~NTF_PROXY) {
		NL_SET_ERR_MSG(extack, "Invalid flags in header for neighbor get request");
		return -EINVAL;
	}
	err = nlmsg_parse_deprecated_strict(nlh, sizeof(*ndm), tb, NDA_MAX,
					    neigh_policy, extack);
	if (err < 0)
		return err;
	for (i = 0; i <= NDA_MAX; i++) {
		if (tb[i] && i != NDA_DST) {
			NL_SET_ERR_MSG(extack, "Unsupported attribute in neighbor get request");
			return -EINVAL;
		}
	}
	if (tb[NDA_DST] && nla_len(tb[NDA_DST]) != sizeof(struct in6_addr)) {
		NL_SET_ERR_MSG(extack, "Invalid network address in neighbor get request");
		return -EINVAL;
	}
	return 0;
}

static bool get_row(struct us6_dev *udev, const struct in6_addr *addr,
		    bool proxy, struct us6_neigh_row *row)
{
	struct us6_neigh *n;
	bool found;

	rcu_read_lock();
	if (proxy) {
		found = us6_proxy_row(udev, addr, row);
	} else {
		n = us6_neigh_get_rcu(udev, addr);
		found = n && us6_neigh_row(n, row);
	}
	rcu_read_unlock();
	return found;
}

int us6_rtm_getneigh(struct sk_buff *skb, struct nlmsghdr *nlh,
		     struct netlink_ext_ack *extack)
{
	const struct ndmsg *ndm = nlmsg_data(nlh);
	u32 portid = NETLINK_CB(skb).portid;
	struct net *net = sock_net(skb->sk);
	struct nlattr *tb[NDA_MAX + 1];
	struct us6_neigh_row row;
	struct in6_addr addr;
	struct us6_dev *udev;
	struct sk_buff *reply;
	int err;

	err = get_check(nlh, tb, extack);
	if (err)
		return err;
	udev = neigh_target(net, ndm, tb, &addr, extack);
	if (IS_ERR(udev))
		return PTR_ERR(udev);
	if (!get_row(udev, &addr, ndm->ndm_flags & NTF_PROXY, &row)) {
		NL_SET_ERR_MSG(extack, "Neighbour entry not found");
		return -ENOENT;
	}
	reply = nlmsg_new(neigh_msg_size(), GFP_KERNEL);
	if (!reply)
		return -ENOBUFS;
	err = neigh_fill(reply, &row, portid, nlh->nlmsg_seq, RTM_NEWNEIGH, 0);
	if (err) {
		kfree_skb(reply);
		return err;
	}
	return rtnl_unicast(reply, net, portid);
}
