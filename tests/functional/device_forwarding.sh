#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# forwarding: its reach, its notices and the subnet-router anycast address.
# needs: 1cpu
. "$(dirname "$0")/lib.sh"
pair_up

f() { h cat /proc/sys/net/ipv6/conf/"$1"/forwarding; }
any() { h cat /proc/net/anycast6; }

is "off at first" "$(f e0)" 0
set_ctl $NS_h net/ipv6/conf/all/forwarding 1
is "all reaches the interface" "$(f e0)" 1
is "and default" "$(f default)" 1
shows "subnet-router anycast" '20010db8000000000000000000000000' any
shows "netconf tells" 'forwarding on' ip -n $NS_h -6 netconf show dev e0
set_ctl $NS_h net/ipv6/conf/e0/forwarding 0
hides "no anycast address on a host's interface" \
	'e0.*20010db8000000000000000000000000' any
is "all stays" "$(f all)" 1
