#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# A dst that a tunnel or flow table keeps: which events make it invalid, so that
# the holder looks again, and which leave it alone.
# needs: 1cpu
# limit: 240
. "$(dirname "$0")/lib.sh"
fresh
line
R="ip -n $NS_r -6 route"
ko=${US6_KO%/us6.ko}.tests/us6_hold.ko
check "the holder" insmod "$ko"
let_go() { us6_rc=$?; rmmod us6_hold 2>/dev/null; return $us6_rc; }
trap 'let_go; us6_end' EXIT

D=2001:db8:9::1
hold() { r sh -c "echo $* > /proc/us6_hold"; }
state() { cat /proc/us6_hold; }
good() { hold get ${1:-$D} && [ "$(state | cut -d' ' -f1)" = good ]; }
# event TEXT COMMAND...: it makes the held dst stale; noevent: it doesn't.
event() {
	us6_e=$1; shift
	good || { not_ok "$us6_e: a dst at first" "$(state)"; return; }
	check "$us6_e" "$@"
	shows "$us6_e: stale" "^stale" state
}
noevent() {
	us6_e=$1; shift
	good || { not_ok "$us6_e: a dst at first" "$(state)"; return; }
	check "$us6_e" "$@"
	shows "$us6_e: still good" "^good" state
}

ip -n $NS_r addr add 2001:db8:1::ff/64 dev e0 nodad
ip -n $NS_r addr add 2001:db8:2::ff/64 dev e1 nodad
ip -n $NS_r neigh replace 2001:db8:1::a lladdr 02:00:00:00:00:0a dev e0 nud permanent
within "link-local addresses" 10 linklocal_ready $NS_r e0
within "everywhere" 10 linklocal_ready $NS_r e1
check "a way" $R add 2001:db8:9::/48 via 2001:db8:1::a

noevent "an unrelated route" $R add 2001:db8:8::/48 via 2001:db8:2::b
noevent "and its end" $R del 2001:db8:8::/48
noevent "a less specific route" $R add 2001:db8::/32 via 2001:db8:2::b
noevent "and its end" $R del 2001:db8::/32
noevent "a new neighbour" ip -n $NS_r neigh add 2001:db8:1::b lladdr 02:00:00:00:00:0b dev e0
noevent "the next hop's address changes" \
	ip -n $NS_r neigh replace 2001:db8:1::a lladdr 02:00:00:00:00:1a dev e0 nud permanent
noevent "the next hop's entry goes" ip -n $NS_r neigh del 2001:db8:1::a dev e0
noevent "another device comes" ip -n $NS_r link add d0 type dummy
noevent "goes up" ip -n $NS_r link set d0 up
noevent "and away" ip -n $NS_r link del d0

event "a more specific route" $R add 2001:db8:9::/64 via 2001:db8:2::b
event "its end" $R del 2001:db8:9::/64
event "a lower metric" $R add 2001:db8:9::/48 via 2001:db8:2::b metric 9
event "its end" $R del 2001:db8:9::/48 metric 9
event "a replacement" $R replace 2001:db8:9::/48 via 2001:db8:1::c metric 1024
event "a change of its MTU" $R change 2001:db8:9::/48 via 2001:db8:1::c metric 1024 mtu 1400
shows "which counts" "mtu 1400" sh -c "ip netns exec $NS_r sh -c 'echo get $D > /proc/us6_hold'; cat /proc/us6_hold"
event "a host route" $R add $D via 2001:db8:2::b
event "its end" $R del $D
event "the route's end" $R del 2001:db8:9::/48
check "a route again" $R add 2001:db8:9::/48 via 2001:db8:1::a
event "an unreachable route for it" $R add unreachable 2001:db8:9::/64
$R del unreachable 2001:db8:9::/64
event "an address of ours" ip -n $NS_r addr add $D/128 dev e1 nodad
event "which goes" ip -n $NS_r addr del $D/128 dev e1
check "another hop" $R append 2001:db8:9::/48 via 2001:db8:2::b dev e1
good
hop=$(state | cut -d' ' -f5)
event "the end of the hop that serves" $R del 2001:db8:9::/48 via "$hop"
$R del 2001:db8:9::/48; $R add 2001:db8:9::/48 via 2001:db8:1::a

event "the device goes down" ip -n $NS_r link set e0 down
ip -n $NS_r link set e0 up
ip -n $NS_r addr add 2001:db8:1::ff/64 dev e0 nodad
$R replace 2001:db8:9::/48 via 2001:db8:1::a
event "IPv6 goes from the device" r sh -c 'echo 1 > /proc/sys/net/ipv6/conf/e0/disable_ipv6'
r sh -c 'echo 0 > /proc/sys/net/ipv6/conf/e0/disable_ipv6'
ip -n $NS_r addr add 2001:db8:1::ff/64 dev e0 nodad
$R replace 2001:db8:9::/48 via 2001:db8:1::a

check "held" good
check "the MTU becomes less" ip -n $NS_r link set e0 mtu 1400
shows "and counts at once, or after another look" "^stale|mtu 1400" state
check "the MTU grows" ip -n $NS_r link set e0 mtu 1500
hold get $D
shows "and counts" "good .*mtu 1500" state
event "MTU below IPv6's" ip -n $NS_r link set e0 mtu 1000
ip -n $NS_r link set e0 mtu 1500
ip -n $NS_r addr add 2001:db8:1::ff/64 dev e0 nodad 2>/dev/null
$R replace 2001:db8:9::/48 via 2001:db8:1::a
check "given back" hold put
