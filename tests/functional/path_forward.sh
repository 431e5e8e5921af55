#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# A router between two links: what it passes, what it refuses, and what it says.
# needs: 1cpu
. "$(dirname "$0")/lib.sh"
line_up

check "through the router" h ping -c2 -i0.2 -W5 2001:db8:2::1
shows "one hop is counted" "ttl=63" h ping -c1 -W5 2001:db8:2::1
shows "hop limit 1 ends there, and its router says so" \
	"From 2001:db8:1::ff.*[Tt]ime exceeded" h ping -c1 -W5 -t1 2001:db8:2::1
shows "no such network" "[Nn]o route|[Uu]nreachable" h ping -c1 -W5 2001:db8:3::1
check "as large as the link" h ping -c1 -W5 -s 1452 -M do 2001:db8:2::1

before=$(counter $NS_r Ip6OutForwDatagrams)
h ping -c3 -i0.2 -W5 2001:db8:2::1 >/dev/null
after=$(counter $NS_r Ip6OutForwDatagrams)
is "three there and three back are counted" $((after - before)) 6

# A narrower link behind the router: the sender learns of it.
ip -n $NS_r link set e1 mtu 1400
ip -n $NS_p link set e0 mtu 1400
h ping -c1 -W2 -s 1452 2001:db8:2::1 >/dev/null 2>&1
check "after Packet Too Big in fragments" h ping -c1 -W5 -s 1452 2001:db8:2::1
is "Packet Too Big was sent" "$([ "$(counter $NS_r Icmp6OutPktTooBigs)" -gt 0 ] && echo yes)" yes
ip -n $NS_r link set e1 mtu 1500
ip -n $NS_p link set e0 mtu 1500

set_ctl $NS_r net/ipv6/conf/all/forwarding 0
before=$(counter $NS_r Ip6InAddrErrors)
refuses "a host doesn't forward" "100% packet loss" h ping -c1 -W2 2001:db8:2::1
is "and counts it as a wrong address" $(($(counter $NS_r Ip6InAddrErrors) - before)) 1
