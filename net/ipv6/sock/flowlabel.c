// SPDX-License-Identifier: GPL-2.0
/*
 * us6: flow labels of sockets, RFC 6437.
 */
#include <net/ipv6.h>
#include "options.h"
#include "sock.h"

bool us6_autoflowlabel(const struct net *net, const struct sock *sk)
{
	/* Request and timewait sockets come here too, and have no opinion. */
	if (sk && sk_fullsock(sk) && inet6_sk(sk) &&
	    inet6_test_bit(AUTOFLOWLABEL_SET, sk))
		return inet6_test_bit(AUTOFLOWLABEL, sk);
	switch (net->ipv6.sysctl.auto_flowlabels) {
	case IP6_AUTO_FLOW_LABEL_OPTOUT:
	case IP6_AUTO_FLOW_LABEL_FORCED:
		return true;
	default:
		return false;
	}
}

/* Leases of labels (IPV6_FLOWLABEL_MGR) are not served. */
int us6_opt_set_flowlabel(struct sock *sk, int optname, sockptr_t optval,
			  unsigned int optlen)
{
	return -EOPNOTSUPP;
}

int us6_opt_get_flowlabel(struct sock *sk, int optname, sockptr_t optval,
			  sockptr_t optlen, int len)
{
	return -EOPNOTSUPP;
}

int us6_flowlabel_init(void)
{
	return 0;
}

void us6_flowlabel_exit(void)
{
}

void us6_flowlabel_close(struct sock *sk)
{
}
