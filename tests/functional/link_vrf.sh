#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# A VRF: addresses, routes and sockets of its own; a packet in, out and through,
# none across, none past an nft rule; and it goes without a trace.
# needs: 1cpu
. "$(dirname "$0")/lib.sh"
fresh
line
R="ip -n $NS_r"
dmesg -C
check "the VRF" $R link add vrf0 type vrf table 10
$R link set vrf0 up
check "takes a device" $R link set e0 master vrf0
check "and another" $R link set e1 master vrf0
set_ctl $NS_r net/ipv6/conf/all/forwarding 1
$R addr add 2001:db8:1::ff/64 dev e0 nodad
$R addr add 2001:db8:2::ff/64 dev e1 nodad
ip -n $NS_h addr add 2001:db8:1::1/64 dev e0 nodad
ip -n $NS_p addr add 2001:db8:2::1/64 dev e0 nodad
ip -n $NS_h route add default via 2001:db8:1::ff
ip -n $NS_p route add default via 2001:db8:2::ff

shows "its routes are in its table" "2001:db8:1::/64 dev e0" $R -6 route show table 10
hides "and not in main" "2001:db8:1::" $R -6 route show table main
check "a packet out" r ping -c1 -W8 -I vrf0 2001:db8:1::1
check "a packet in" h ping -c1 -W8 2001:db8:1::ff
check "a packet through" h ping -c1 -W8 2001:db8:2::1
refuses "none from outside" "unreachable" r ping -c1 -W2 2001:db8:1::1
shows "ip route get asks in it" "dev e0 table 10" $R -6 route get vrf vrf0 2001:db8:1::1

r sh -c 'exec socat TCP6-LISTEN:7000,reuseaddr,so-bindtodevice=vrf0 SYSTEM:"echo in the VRF"' &
r sh -c 'exec socat TCP6-LISTEN:7001,reuseaddr SYSTEM:"echo outside"' &
wait_for 10 sh -c "ip netns exec $NS_r ss -6tln | grep -q 7001"
shows "a socket in it is reached" "in the VRF" h timeout 30 socat - TCP6:[2001:db8:1::ff]:7000
refuses "one outside isn't" "refused" h timeout 30 socat - TCP6:[2001:db8:1::ff]:7001

r nft -f - <<-END
	table ip6 t { chain c { type filter hook forward priority 0;
		ip6 daddr 2001:db8:2::1 counter drop; }; }
END
refuses "nft blocks what goes through" "100% packet loss" h ping -c1 -W1 2001:db8:2::1
shows "and counts" "packets [1-9]" r nft list table ip6 t
r nft delete table ip6 t
check "passes again" h ping -c1 -W5 2001:db8:2::1

check "a device leaves" $R link set e1 nomaster
hides "its routes with it" "dev e1" $R -6 route show table 10
check "removed" $R link del vrf0
hides "nothing is left" "2001:db8:" $R -6 route show table 10
within "the devices live on" 10 linklocal_ready $NS_r e0
hides "the kernel has nothing to say" 'BUG:|WARNING|waiting for|refcount|Oops' dmesg
