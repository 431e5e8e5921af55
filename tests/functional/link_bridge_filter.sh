#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# A bridge between two hosts: passes packets, blocks them by nft's bridge family
# and by the IPv6 rules that br_netfilter applies to what is bridged.
# needs: 1cpu
. "$(dirname "$0")/lib.sh"
fresh
line
R="ip -n $NS_r"
P="h ping -c1 -W2 2001:db8:1::3"
dmesg -C
check "the bridge" $R link add br0 type bridge
$R link set e0 master br0; $R link set e1 master br0; $R link set br0 up
ip -n $NS_h addr add 2001:db8:1::1/64 dev e0 nodad
ip -n $NS_p addr add 2001:db8:1::3/64 dev e0 nodad
check "passes a packet" wait_for 10 $P

r nft -f - <<-END
	table bridge t { chain c { type filter hook forward priority 0;
		ip6 daddr 2001:db8:1::3 icmpv6 type echo-request counter drop; }; }
END
refuses "the bridge family blocks it" "100% packet loss" $P
shows "and counts" "packets [1-9]" r nft list table bridge t
r nft delete table bridge t
check "passes again" $P

check "br_netfilter" modprobe br_netfilter
check "calls IPv6's rules" r sh -c 'echo 1 > /proc/sys/net/bridge/bridge-nf-call-ip6tables'
check "passes through the hooks" $P
r nft -f - <<-END
	table ip6 t { chain c { type filter hook forward priority 0;
		ip6 daddr 2001:db8:1::3 icmpv6 type echo-request counter drop; }; }
END
refuses "the ip6 family blocks it" "100% packet loss" $P
shows "and counts" "packets [1-9]" r nft list table ip6 t
r nft delete table ip6 t
check "large ones are put together and cut again" \
	sh -c "ip netns exec $NS_r nft 'add table ip6 ct; add chain ip6 ct c { type filter hook forward priority 0; }; add rule ip6 ct c ct state new accept'
	ip netns exec $NS_h ping -c1 -W5 -s 4000 2001:db8:1::3"
r nft delete table ip6 ct
r sh -c 'echo 0 > /proc/sys/net/bridge/bridge-nf-call-ip6tables'
check "passes as before" $P
check "removed" $R link del br0
refuses "then nothing passes" "100% packet loss|unreachable" $P
hides "the kernel has nothing to say" 'BUG:|WARNING|waiting for|refcount|Oops' dmesg
