#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# A router between two links: packets, traceroute, hop limit, no route, and
# nothing once forwarding is off.
# smoke
. "$(dirname "$0")/lib.sh"
line_up
before=$(counter $NS_r Ip6OutForwDatagrams)
check "through the router" h ping -c2 -i0.2 -W5 2001:db8:2::1
now=$(counter $NS_r Ip6OutForwDatagrams)
is "counted" "$((now - before >= 4))" 1
shows "hop limit counted down" "ttl=63" h ping -c1 -W5 2001:db8:2::1
refuses "too few hops" "Time exceeded" h ping -c1 -W5 -t1 2001:db8:2::1
shows "traceroute" " 1  2001:db8:1::ff " h traceroute -6 -n -q1 -w5 -m3 2001:db8:2::1
refuses "no route" "No route|unreachable" h ping -c1 -W5 2001:db8:dead::1
refuses "nobody there" "Address unreachable|unreachable" h ping -c1 -W8 2001:db8:2::dead
set_ctl $NS_r net/ipv6/conf/all/forwarding 0
refuses "not a router any more" "100% packet loss" h ping -c1 -W2 2001:db8:2::1
