#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The distribution's modules that know IPv6: each is loaded and tried.  What we
# don't serve refuses or passes nothing; the kernel reports nothing.
. "$(dirname "$0")/lib.sh"
fresh
pair
ip -n $NS_h addr add 2001:db8:1::1/64 dev e0 nodad
ip -n $NS_r addr add 2001:db8:1::2/64 dev e0 nodad
check "the two talk" h ping -c1 -W5 2001:db8:1::2
dmesg -C

try() { "$@" >/dev/null 2>&1; }

# Each takes what it can get; only the kernel's silence is asked for.
for m in sctp l2tp_ip6 ip6_tunnel sit ip6_gre ip6_vti fou6 esp6 ah6 ipcomp6 \
	xfrm_interface xfrm6_tunnel tunnel6 vxlan geneve wireguard ipvlan macvlan \
	bonding bridge br_netfilter vrf ip_vs nf_nat nf_tables nft_fib_ipv6 \
	nft_fib_inet nft_reject_ipv6 ip6table_filter ip6table_mangle ip6table_nat \
	ip6t_rpfilter nf_tproxy_ipv6 nf_socket_ipv6 tipc mpls_router act_ct \
	rds udp_diag tcp_diag raw_diag; do
	try modprobe $m
done
ok "modules loaded or refused"

try ip -n $NS_h link add t6 type ip6tnl local 2001:db8:1::1 remote 2001:db8:1::2 mode any
try ip -n $NS_h link add t4 type sit local 192.0.2.1 remote 192.0.2.2
try ip -n $NS_h link add g6 type ip6gre local 2001:db8:1::1 remote 2001:db8:1::2
try ip -n $NS_h link add vx type vxlan id 5 local 2001:db8:1::1 remote 2001:db8:1::2 dstport 4789 dev e0
try ip -n $NS_h link add ge type geneve id 6 remote 2001:db8:1::2
try ip -n $NS_h link add wg type wireguard
try ip -n $NS_h link add iv link e0 type ipvlan mode l3s
try ip -n $NS_h link add mv link e0 type macvlan
try ip -n $NS_h link add vr type vrf table 77
try ip -n $NS_h link add br type bridge mcast_snooping 1 mcast_querier 1
try ip -n $NS_h link add bo type bond mode active-backup
try ip -n $NS_h link add tn type dummy
for d in t6 t4 g6 vx ge wg iv mv vr br bo tn; do
	try ip -n $NS_h link set $d up
done
n=0
for d in t6 t4 g6 vx ge wg iv mv vr br bo tn; do
	n=$((n + 1))
	try ip -n $NS_h addr add fd00:$n::1/64 dev $d nodad
	try h ping -c1 -W1 -I $d fd00:$n::2
done
ok "virtual devices made, up, and sent through"

try h ipvsadm -A -t '[2001:db8:1::1]:80' -s rr
try h sh -c 'echo 1 > /proc/sys/net/bridge/bridge-nf-call-ip6tables'
try h nft -f - <<-E
	table inet t {
		chain in { type filter hook input priority 0; udp dport 7 reject; }
		chain out { type filter hook output priority 0; fib saddr oif missing drop; }
		chain nat { type nat hook postrouting priority 100; oif e0 masquerade; }
	}
	table netdev n {
		chain i { type filter hook ingress device e0 priority 0; icmpv6 type echo-request counter; }
	}
E
check "IPv6 goes through the rules" h ping -c1 -W5 2001:db8:1::2
try h ip6tables -A OUTPUT -p tcp --dport 9 -j REJECT
try h sh -c 'echo x | timeout 2 nc -6 -w1 2001:db8:1::2 9'
try h ss -6 -a
try h ip -6 nexthop add id 9 via 2001:db8:1::2 dev e0
try h ip route add 198.51.100.0/24 via inet6 2001:db8:1::2 dev e0
try h ping -c1 -W1 198.51.100.1
ok "NAT, reject, fib, next hop objects tried"
try h nft flush ruleset
try h ip6tables -F

for d in t6 t4 g6 vx ge wg iv mv vr br bo tn; do
	try ip -n $NS_h link del $d
done
check "and the two still talk" h ping -c1 -W5 2001:db8:1::2
hides "the kernel reports nothing" 'BUG:|WARNING:|Oops|general protection|stack-protector' dmesg
