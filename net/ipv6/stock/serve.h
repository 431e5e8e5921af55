/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Services in the exact prototype of the stock function that they replace,
 * where the room's own function has another.  us6_drained_*() are those that
 * may sleep, counted in flight (US6_DRAINED).
 */
#ifndef _US6_STOCK_SERVE_H
#define _US6_STOCK_SERVE_H

#include <linux/in6.h>
#include <linux/net.h>
#include <linux/netlink.h>
#include <linux/sockptr.h>
#include <net/flow.h>
#include <net/ipv6.h>
#include <net/neighbour.h>
#include <net/sock.h>

/* serve_addr.c */
bool us6_serve_mod_enabled(void);
int us6_serve_chk_addr(struct net *net, const struct in6_addr *addr,
		       const struct net_device *dev, int strict);
int us6_serve_chk_addr_and_flags(struct net *net, const struct in6_addr *addr,
				 const struct net_device *dev,
				 bool skip_dev_check, int strict,
				 u32 banned_flags);
int us6_serve_chk_prefix(const struct in6_addr *addr, struct net_device *dev);
bool us6_serve_chk_custom_prefix(const struct in6_addr *addr,
				 const unsigned int prefix_len,
				 struct net_device *dev);
int us6_drained_ipv6_dev_mc_inc(struct net_device *dev,
				const struct in6_addr *addr);
int us6_drained_ipv6_dev_mc_dec(struct net_device *dev,
				const struct in6_addr *addr);
void us6_drained_addrconf_add_linklocal(struct inet6_dev *idev,
					const struct in6_addr *addr, u32 flags);
void us6_serve_send_na(struct net_device *dev, const struct in6_addr *daddr,
		       const struct in6_addr *solicited_addr, bool router,
		       bool solicited, bool override, bool inc_opt);

/* serve_route.c */
struct rt6_info *us6_serve_rt6_lookup(struct net *net,
				      const struct in6_addr *daddr,
				      const struct in6_addr *saddr, int oif,
				      const struct sk_buff *skb, int flags);
int us6_serve_dst_lookup(struct net *net, struct sock *sk,
			 struct dst_entry **dst, struct flowi6 *fl6);
int us6_serve_nf_route(struct net *net, struct dst_entry **dst,
		       struct flowi *fl, bool strict);
int us6_serve_route_me_harder(struct net *net, struct sock *sk,
			      struct sk_buff *skb);
int us6_serve_err_unreach(struct sk_buff *skb, int nhs, int type,
			  unsigned int data_len);

/* serve_sock.c */
int us6_drained_ip6_append_data(struct sock *sk,
				int (*getfrag)(void *from, char *to, int offset,
					       int len, int odd,
					       struct sk_buff *skb),
				void *from, size_t length, int transhdrlen,
				struct ipcm6_cookie *ipc6, struct flowi6 *fl6,
				struct rt6_info *rt, unsigned int flags);
int us6_drained_ipv6_setsockopt(struct sock *sk, int level, int optname,
				sockptr_t optval, unsigned int optlen);
int us6_drained_ipv6_getsockopt(struct sock *sk, int level, int optname,
				char __user *optval, int __user *optlen);
int us6_drained_inet6_bind(struct socket *sock, struct sockaddr *uaddr,
			   int addr_len);
int us6_drained_inet6_release(struct socket *sock);
int us6_drained_inet6_ioctl(struct socket *sock, unsigned int cmd,
			    unsigned long arg);
#ifdef CONFIG_COMPAT
int us6_drained_inet6_compat_ioctl(struct socket *sock, unsigned int cmd,
				   unsigned long arg);
#endif
int us6_drained_ip6_datagram_connect(struct sock *sk, struct sockaddr *addr,
				     int addr_len);
int us6_drained_ip6_datagram_connect_v6_only(struct sock *sk,
					     struct sockaddr *addr,
					     int addr_len);
int us6_drained___ip6_datagram_connect(struct sock *sk, struct sockaddr *addr,
				       int addr_len);
int us6_drained_ipv6_sock_mc_join(struct sock *sk, int ifindex,
				  const struct in6_addr *addr);
int us6_drained_ipv6_sock_mc_drop(struct sock *sk, int ifindex,
				  const struct in6_addr *addr);
int us6_drained_udpv6_sendmsg(struct sock *sk, struct msghdr *msg, size_t len);
int us6_drained_inet6_bind_sk(struct sock *sk, struct sockaddr *uaddr,
			      int addr_len);
int us6_drained_bpf_bind(struct sock *sk, struct sockaddr *uaddr, int addr_len,
			 u32 flags);
int us6_drained_bpf_getsockopt(struct sock *sk, int level, int optname,
			       sockptr_t optval, sockptr_t optlen);

/* serve_neigh.c */
int us6_serve_neigh_prepare(void);
int us6_drained_neigh_dump_info(struct sk_buff *skb,
				struct netlink_callback *cb);
int us6_serve_neigh_event_send(struct neighbour *neigh, struct sk_buff *skb,
			       const bool immediate_ok);

#endif
