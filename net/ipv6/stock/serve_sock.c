// SPDX-License-Identifier: GPL-2.0
/*
 * us6: socket calls of other modules' protocols (SCTP, DCCP, L2TP), IPVS and
 * BPF.  All may sleep, so all are counted in flight.
 */
#include <net/us6/mcast.h>
#include <net/us6/path.h>
#include <net/us6/sock.h>
#include "serve.h"
#include "stock.h"

US6_DRAINED(int, ip6_append_data, us6_append_data,
	    (struct sock *sk,
	     int (*getfrag)(void *from, char *to, int offset, int len, int odd,
			    struct sk_buff *skb),
	     void *from, size_t length, int transhdrlen,
	     struct ipcm6_cookie *ipc6, struct flowi6 *fl6, struct rt6_info *rt,
	     unsigned int flags),
	    (sk, getfrag, from, length, transhdrlen, ipc6, fl6, rt, flags))

US6_DRAINED(int, ipv6_setsockopt, us6_setsockopt,
	    (struct sock *sk, int level, int optname, sockptr_t optval,
	     unsigned int optlen),
	    (sk, level, optname, optval, optlen))
US6_DRAINED(int, ipv6_getsockopt, us6_getsockopt,
	    (struct sock *sk, int level, int optname, char __user *optval,
	     int __user *optlen),
	    (sk, level, optname, optval, optlen))

US6_DRAINED(int, inet6_bind, us6_dgram_ops.bind,
	    (struct socket *sock, struct sockaddr *uaddr, int addr_len),
	    (sock, uaddr, addr_len))
US6_DRAINED(int, inet6_bind_sk, us6_bind_sk,
	    (struct sock *sk, struct sockaddr *uaddr, int addr_len),
	    (sk, uaddr, addr_len))
US6_DRAINED(int, inet6_release, us6_dgram_ops.release,
	    (struct socket *sock), (sock))
US6_DRAINED(int, inet6_ioctl, us6_dgram_ops.ioctl,
	    (struct socket *sock, unsigned int cmd, unsigned long arg),
	    (sock, cmd, arg))
#ifdef CONFIG_COMPAT
US6_DRAINED(int, inet6_compat_ioctl, us6_compat_ioctl,
	    (struct socket *sock, unsigned int cmd, unsigned long arg),
	    (sock, cmd, arg))
#endif

US6_DRAINED(int, __ip6_datagram_connect, us6_datagram_connect,
	    (struct sock *sk, struct sockaddr *addr, int addr_len),
	    (sk, addr, addr_len))

static int us6_serve_connect(struct sock *sk, struct sockaddr *addr,
			     int addr_len)
{
	int err;

	lock_sock(sk);
	err = us6_datagram_connect(sk, addr, addr_len);
	release_sock(sk);
	return err;
}

static int us6_serve_connect_v6_only(struct sock *sk, struct sockaddr *addr,
				     int addr_len)
{
	if (addr_len < offsetofend(struct sockaddr_in6, sin6_addr) ||
	    addr->sa_family != AF_INET6)
		return -EAFNOSUPPORT;
	return us6_serve_connect(sk, addr, addr_len);
}

US6_DRAINED(int, ip6_datagram_connect, us6_serve_connect,
	    (struct sock *sk, struct sockaddr *addr, int addr_len),
	    (sk, addr, addr_len))
US6_DRAINED(int, ip6_datagram_connect_v6_only, us6_serve_connect_v6_only,
	    (struct sock *sk, struct sockaddr *addr, int addr_len),
	    (sk, addr, addr_len))

static int us6_serve_mc_join(struct sock *sk, int ifindex,
			     const struct in6_addr *addr)
{
	return us6_sock_mc_join(sk, ifindex, addr, MCAST_EXCLUDE);
}

US6_DRAINED(int, ipv6_sock_mc_join, us6_serve_mc_join,
	    (struct sock *sk, int ifindex, const struct in6_addr *addr),
	    (sk, ifindex, addr))
US6_DRAINED(int, ipv6_sock_mc_drop, us6_sock_mc_drop,
	    (struct sock *sk, int ifindex, const struct in6_addr *addr),
	    (sk, ifindex, addr))

/* RxRPC sends on its kernel socket by the name of the function; it is ours. */
static int us6_serve_udp_sendmsg(struct sock *sk, struct msghdr *msg, size_t len)
{
	return sk->sk_prot->sendmsg(sk, msg, len);
}

US6_DRAINED(int, udpv6_sendmsg, us6_serve_udp_sendmsg,
	    (struct sock *sk, struct msghdr *msg, size_t len), (sk, msg, len))

/* BPF programs: from cgroup hooks under the socket lock, from iterators asleep. */
US6_DRAINED(int, bpf_bind, us6_bind_addr,
	    (struct sock *sk, struct sockaddr *uaddr, int addr_len, u32 flags),
	    (sk, uaddr, addr_len, flags))
US6_DRAINED(int, bpf_getsockopt, us6_getsockopt_ptr,
	    (struct sock *sk, int level, int optname, sockptr_t optval,
	     sockptr_t optlen),
	    (sk, level, optname, optval, optlen))
