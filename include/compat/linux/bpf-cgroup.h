/* SPDX-License-Identifier: GPL-2.0 */
/* The address hooks of cgroup-BPF: 6.7 added the length of the address. */
#ifndef _US6_COMPAT_LINUX_BPF_CGROUP_H
#define _US6_COMPAT_LINUX_BPF_CGROUP_H
#include_next <linux/bpf-cgroup.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 7, 0)
#define US6_BPF_SA(sk, uaddr, lenp, atype)				\
	({ (void)(lenp); BPF_CGROUP_RUN_SA_PROG(sk, uaddr, atype); })
#define US6_BPF_SA_LOCK(sk, uaddr, lenp, atype, t_ctx)			\
	({ (void)(lenp); BPF_CGROUP_RUN_SA_PROG_LOCK(sk, uaddr, atype, t_ctx); })
#define US6_BPF_BIND_LOCK(sk, uaddr, lenp, atype, flags)		\
	({ (void)(lenp); BPF_CGROUP_RUN_PROG_INET_BIND_LOCK(sk, uaddr, atype, flags); })
#else
#define US6_BPF_SA(sk, uaddr, lenp, atype)				\
	BPF_CGROUP_RUN_SA_PROG(sk, uaddr, lenp, atype)
#define US6_BPF_SA_LOCK(sk, uaddr, lenp, atype, t_ctx)			\
	BPF_CGROUP_RUN_SA_PROG_LOCK(sk, uaddr, lenp, atype, t_ctx)
#define US6_BPF_BIND_LOCK(sk, uaddr, lenp, atype, flags)		\
	BPF_CGROUP_RUN_PROG_INET_BIND_LOCK(sk, uaddr, lenp, atype, flags)
#endif

#endif
