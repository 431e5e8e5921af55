// SPDX-License-Identifier: GPL-2.0
/*
 * RTM_NEWADDRLABEL, RTM_DELADDRLABEL, RTM_GETADDRLABEL: `ip addrlabel`.
 */
#include <linux/if_addrlabel.h>
#include <linux/module.h>
#include <linux/rtnetlink.h>
#include <net/ipv6.h>
#include <net/netlink.h>
#include <net/us6/addr.h>
#include <net/us6/ctl.h>
#include "dump.h"

static const struct nla_policy us6_label_policy[IFAL_MAX + 1] = {
	[IFAL_ADDRESS]	= { .len = sizeof(struct in6_addr) },
	[IFAL_LABEL]	= { .len = sizeof(u32) },
};

static int us6_label_parse(struct net *net, struct nlmsghdr *nlh,
			   struct us6_label *row,
			   struct netlink_ext_ack *extack)
{
	const struct ifaddrlblmsg *msg = nlmsg_data(nlh);
	struct nlattr *tb[IFAL_MAX + 1];
	int err;

	err = nlmsg_parse_deprecated(nlh, sizeof(*msg), tb, IFAL_MAX,
				     us6_label_policy, extack);
	if (err)
		return err;
	if (msg->ifal_family != AF_INET6 || msg->ifal_prefixlen > 128) {
		NL_SET_ERR_MSG(extack, "Invalid prefix length");
		return -EINVAL;
	}
	if (!tb[IFAL_ADDRESS] || !tb[IFAL_LABEL]) {
		NL_SET_ERR_MSG(extack, "IFAL_ADDRESS and IFAL_LABEL are needed");
		return -EINVAL;
	}
	row->prefix = nla_get_in6_addr(tb[IFAL_ADDRESS]);
	row->plen = msg->ifal_prefixlen;
	row->ifindex = msg->ifal_index;
	row->label = nla_get_u32(tb[IFAL_LABEL]);
	if (row->label == US6_LABEL_NONE) {
		NL_SET_ERR_MSG_ATTR(extack, tb[IFAL_LABEL],
				    "IFAL_LABEL: this value stands for none");
		return -EINVAL;
	}
	/* RFC 4291 section 2.5.5.2: they stay together. */
	if (ipv6_addr_type(&row->prefix) == IPV6_ADDR_MAPPED &&
	    row->plen > 96) {
		NL_SET_ERR_MSG_ATTR(extack, tb[IFAL_ADDRESS],
				    "IFAL_ADDRESS: longer than the IPv4-mapped prefix");
		return -EINVAL;
	}
	return 0;
}

int us6_rtm_addrlabel(struct sk_buff *skb, struct nlmsghdr *nlh,
		      struct netlink_ext_ack *extack)
{
	struct net *net = sock_net(skb->sk);
	struct us6_label row = {};
	int err;

	err = us6_label_parse(net, nlh, &row, extack);
	if (err)
		return err;
	if (nlh->nlmsg_type == RTM_DELADDRLABEL)
		return us6_label_del(net, &row);
	if (row.ifindex && !__dev_get_by_index(net, row.ifindex)) {
		NL_SET_ERR_MSG(extack, "No device of this index");
		return -EINVAL;
	}
	return us6_label_set(net, &row, nlh->nlmsg_flags & NLM_F_REPLACE);
}

static int us6_label_fill(struct sk_buff *skb, const struct us6_label *row,
			  const struct in6_addr *addr, u32 table_seq,
			  u32 portid, u32 seq, unsigned int nlflags)
{
	struct ifaddrlblmsg *msg;
	struct nlmsghdr *nlh;

	nlh = nlmsg_put(skb, portid, seq, RTM_NEWADDRLABEL, sizeof(*msg),
			nlflags);
	if (!nlh)
		return -EMSGSIZE;
	msg = nlmsg_data(nlh);
	memset(msg, 0, sizeof(*msg));
	msg->ifal_family = AF_INET6;
	msg->ifal_prefixlen = row->plen;
	msg->ifal_index = row->ifindex;
	msg->ifal_seq = table_seq;
	if (nla_put_in6_addr(skb, IFAL_ADDRESS, addr) ||
	    nla_put_u32(skb, IFAL_LABEL, row->label)) {
		nlmsg_cancel(skb, nlh);
		return -EMSGSIZE;
	}
	nlmsg_end(skb, nlh);
	return 0;
}

static int us6_label_get_check(struct sk_buff *in, const struct nlmsghdr *nlh,
			       struct netlink_ext_ack *extack)
{
	const struct ifaddrlblmsg *msg = nlmsg_data(nlh);

	if (nlh->nlmsg_len < nlmsg_msg_size(sizeof(*msg))) {
		NL_SET_ERR_MSG(extack, "Header of the request is truncated");
		return -EINVAL;
	}
	if (msg->ifal_family != AF_INET6 || msg->ifal_prefixlen != 128) {
		NL_SET_ERR_MSG(extack, "An address is asked for with prefix length 128");
		return -EINVAL;
	}
	if (netlink_strict_get_check(in) && (msg->ifal_flags || msg->ifal_seq)) {
		NL_SET_ERR_MSG(extack, "Flags and sequence must be zero in this request");
		return -EINVAL;
	}
	return 0;
}

int us6_rtm_getaddrlabel(struct sk_buff *in, struct nlmsghdr *nlh,
			 struct netlink_ext_ack *extack)
{
	const struct ifaddrlblmsg *msg = nlmsg_data(nlh);
	u32 portid = NETLINK_CB(in).portid;
	struct net *net = sock_net(in->sk);
	struct nlattr *tb[IFAL_MAX + 1];
	const struct us6_label *row;
	struct in6_addr addr;
	struct sk_buff *skb;
	int err;

	err = us6_label_get_check(in, nlh, extack);
	if (!err)
		err = nlmsg_parse_deprecated(nlh, sizeof(*msg), tb, IFAL_MAX,
					     us6_label_policy, extack);
	if (err)
		return err;
	if (!tb[IFAL_ADDRESS]) {
		NL_SET_ERR_MSG(extack, "IFAL_ADDRESS is needed");
		return -EINVAL;
	}
	addr = nla_get_in6_addr(tb[IFAL_ADDRESS]);
	skb = nlmsg_new(NLMSG_ALIGN(sizeof(*msg)) + nla_total_size(16) +
			nla_total_size(4), GFP_KERNEL);
	if (!skb)
		return -ENOBUFS;
	rcu_read_lock();
	row = us6_label_find(net, &addr, msg->ifal_index);
	err = row ? us6_label_fill(skb, row, &addr,
				   net->ipv6.ip6addrlbl_table.seq, portid,
				   nlh->nlmsg_seq, 0) : -ESRCH;
	rcu_read_unlock();
	if (err) {
		kfree_skb(skb);
		return err;
	}
	return rtnl_unicast(skb, net, portid);
}

int us6_rtm_dumpaddrlabel(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct us6_dump_pos *pos = us6_dump_pos(cb);
	struct net *net = sock_net(cb->skb->sk);
	const struct us6_label *row;
	unsigned int i = 0;
	int err = 0;

	if (cb->strict_check &&
	    nlmsg_attrlen(cb->nlh, sizeof(struct ifaddrlblmsg)) > 0) {
		NL_SET_ERR_MSG(cb->extack, "Attributes aren't for a dump request");
		return -EINVAL;
	}
	rcu_read_lock();
	cb->seq = READ_ONCE(net->ipv6.ip6addrlbl_table.seq);
	hlist_for_each_entry_rcu(row, &net->ipv6.ip6addrlbl_table.head, node) {
		if (i++ < pos->item)
			continue;
		err = us6_label_fill(skb, row, &row->prefix, cb->seq,
				     NETLINK_CB(cb->skb).portid,
				     cb->nlh->nlmsg_seq, NLM_F_MULTI);
		if (err)
			break;
		nl_dump_check_consistent(cb, nlmsg_hdr(skb));
		pos->item = i;
	}
	rcu_read_unlock();
	return us6_dump_result(skb, err);
}
