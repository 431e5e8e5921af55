#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# What becomes of an interface's IPv6 by events of the device.
# needs: 1cpu
. "$(dirname "$0")/lib.sh"
fresh
pair

l() { ip -n $NS_h link "$@"; }
e0() { ip -n $NS_h -6 -o addr show dev e0; }
conf() { ip netns exec $NS_h ls /proc/sys/net/ipv6/conf; }
has() { e0 | grep -q "$1"; }

within "link-local address" 10 linklocal_ready $NS_h e0
check "a global one" ip -n $NS_h addr add 2001:db8::1/64 dev e0 nodad

check "down" l set e0 down
is "takes the addresses" "$(e0)" ""
check "up" l set e0 up
within "brings the link-local one" 10 linklocal_ready $NS_h e0
hides "and not the other" '2001:db8::1' e0

set_ctl $NS_h net/ipv6/conf/e0/keep_addr_on_down 1
check "a global one again" ip -n $NS_h addr add 2001:db8::1/64 dev e0 nodad
check "one with expiry" ip -n $NS_h addr add 2001:db8::2/64 dev e0 nodad \
	valid_lft 100 preferred_lft 50
check "down with keep_addr_on_down" l set e0 down
check "keeps the permanent one" has 2001:db8::1/64
hides "and no other" '2001:db8::2/64|fe80' e0
check "up with it" l set e0 up
within "it is usable" 10 addr_ready $NS_h e0 2001:db8::1
on_link() { ip -n $NS_h -6 route | grep -q '^2001:db8::/64 dev e0'; }
within "has its route" 10 on_link
within "link-local address again" 10 linklocal_ready $NS_h e0

check "no carrier at the other side" ip -n $NS_r link set e0 down
check "addresses stay without carrier" has 2001:db8::1/64
check "carrier" ip -n $NS_r link set e0 up

set_ctl $NS_h net/ipv6/conf/e0/keep_addr_on_down 0
check "disable_ipv6" h sh -c 'echo 1 > /proc/sys/net/ipv6/conf/e0/disable_ipv6'
is "takes all" "$(e0)" ""
refuses "and lets none in" 'disabled|denied' \
	ip -n $NS_h addr add 2001:db8::1/64 dev e0
check "enabled" h sh -c 'echo 0 > /proc/sys/net/ipv6/conf/e0/disable_ipv6'
within "link-local address after it" 10 linklocal_ready $NS_h e0

check "MTU below 1280" l set e0 mtu 1279
is "no IPv6" "$(e0)" ""
hides "no keys" '^e0$' conf
check "MTU of 1280" l set e0 mtu 1280
within "IPv6 again" 10 linklocal_ready $NS_h e0
is "with this MTU" "$(h cat /proc/sys/net/ipv6/conf/e0/mtu)" 1280
check "MTU of 1500" l set e0 mtu 1500

check "renamed" l set e0 down
check "to e9" l set e0 name e9
shows "keys of the new name" '^e9$' conf
hides "none of the old" '^e0$' conf
check "back" l set e9 name e0

check "addrgenmode none" l set e0 addrgenmode none
l set e0 up
sleep 1
is "no link-local address" "$(e0)" ""
check "eui64 by the key, which acts at once" \
	h sh -c 'echo 0 > /proc/sys/net/ipv6/conf/e0/addr_gen_mode'
within "there it is" 10 linklocal_ready $NS_h e0
check "a new MAC" l set e0 address 02:00:00:00:00:77
check "another namespace" ip -n $NS_h link set e0 netns $NS_r name e5
shows "keys there" '^e5$' r ls /proc/sys/net/ipv6/conf
hides "none here" '^e0$' conf
check "deleted" ip -n $NS_r link del e5
hides "no keys left" '^e5$' r ls /proc/sys/net/ipv6/conf
