// SPDX-License-Identifier: GPL-2.0
/*
 * us6: a protocol of the family comes up and goes.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <net/net_namespace.h>
#include <net/protocol.h>
#include <net/sock.h>
#include "sock.h"

int us6_sock_proto_register(const struct us6_sock_proto *p)
{
	int err;

	err = proto_register(p->sw->prot, 1);
	if (err)
		return err;
	if (p->net_ops) {
		err = register_pernet_subsys(p->net_ops);
		if (err)
			goto no_net;
	}
	if (p->receive) {
		err = inet6_add_protocol(p->receive, p->sw->protocol);
		if (err) {
			pr_err("another module receives %s\n", p->sw->prot->name);
			goto no_receive;
		}
	}
	err = us6_register_protosw(p->sw);
	if (err)
		goto no_sw;
	return 0;

no_sw:
	if (p->receive)
		inet6_del_protocol(p->receive, p->sw->protocol);
no_receive:
	if (p->net_ops)
		unregister_pernet_subsys(p->net_ops);
no_net:
	proto_unregister(p->sw->prot);
	return err;
}

void us6_sock_proto_unregister(const struct us6_sock_proto *p)
{
	us6_unregister_protosw(p->sw);
	if (p->receive)
		inet6_del_protocol(p->receive, p->sw->protocol);
	if (p->net_ops)
		unregister_pernet_subsys(p->net_ops);
	/* Sockets and requests are freed by RCU callbacks that run our text. */
	rcu_barrier();
	proto_unregister(p->sw->prot);
}
