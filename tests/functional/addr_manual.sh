#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Addresses given, changed and taken by hand, in the forms of `ip addr`.
# needs: 1cpu
. "$(dirname "$0")/lib.sh"
pair

a() { ip -n $NS_h -6 addr "$@"; }
e0() { ip -n $NS_h -6 -o addr show dev e0; }
routes() { ip -n $NS_h -6 route show table all; }

shows "::1 is on lo" 'inet6 ::1/128 scope host' ip -n $NS_h -6 addr show dev lo
within "a link-local address comes by itself" 10 linklocal_ready $NS_h e0

check "add" a add 2001:db8::1/64 dev e0
shows "shown at once" 'inet6 2001:db8::1/64 scope global' e0
within "usable after detection" 10 addr_ready $NS_h e0 2001:db8::1
shows "connected route" '^2001:db8::/64 dev e0 proto kernel metric 256' routes
shows "local route" '^local 2001:db8::1 dev e0 table local proto kernel' routes
refuses "twice is refused" 'exists|already' a add 2001:db8::1/64 dev e0
check "replace is not" a replace 2001:db8::1/64 dev e0

check "nodad" a add 2001:db8:1::1/64 dev e0 nodad
hides "is usable at once" '2001:db8:1::1.*tentative' e0
check "noprefixroute" a add 2001:db8:2::1/64 dev e0 nodad noprefixroute
hides "makes no connected route" '^2001:db8:2::/64' routes
check "metric" a add 2001:db8:3::1/64 dev e0 nodad metric 77
shows "is the route's" '^2001:db8:3::/64 dev e0 proto kernel metric 77' routes
check "metric changed" a change 2001:db8:3::1/64 dev e0 nodad metric 78
hides "the old route is gone" '^2001:db8:3::/64.*metric 77' routes
shows "the new one is there" '^2001:db8:3::/64.*metric 78' routes
check "peer" a add 2001:db8:4::1 peer 2001:db8:4::2/128 dev e0 nodad
shows "is shown" 'inet6 2001:db8:4::1 peer 2001:db8:4::2/128' e0
shows "is on-link" '^2001:db8:4::2 dev e0 proto kernel' routes
check "home" a add 2001:db8:5::1/64 dev e0 nodad home
shows "is shown" '2001:db8:5::1/64 scope global .*home' e0

check "two of one prefix" a add 2001:db8::2/64 dev e0 nodad
check "one goes" a del 2001:db8::1/64 dev e0
shows "the route stays for the other" '^2001:db8::/64 dev e0' routes
hides "the local route goes" '^local 2001:db8::1 ' routes
check "the other goes" a del 2001:db8::2/64 dev e0
hides "and the route" '^2001:db8::/64' routes
refuses "what isn't there can't go" 'Cannot assign|no such|not found' \
	a del 2001:db8::2/64 dev e0
refuses "another prefix length isn't it" 'Cannot assign|no such|not found' \
	a del 2001:db8:1::1/63 dev e0

refuses "unspecified" . a add ::/64 dev e0
refuses "multicast without autojoin" . a add ff0e::1/64 dev e0
refuses "loopback on another device" . a add ::1/128 dev e0
refuses "preferred longer than valid" . \
	a add 2001:db8:9::1/64 dev e0 valid_lft 10 preferred_lft 20

shows "by label of the device alone" '2001:db8:1::1' a show dev e0
hides "and not of another" '2001:db8:1::1' a show dev lo
check "flush" ip -n $NS_h -6 addr flush dev e0 scope global
hides "leaves none" 'scope global' e0
