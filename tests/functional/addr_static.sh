#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# ip addr add, replace, change, del, show and flush, and what must be refused.
# smoke
. "$(dirname "$0")/lib.sh"
pair
A="ip -n $NS_h -6 addr"

check "add" $A add 2001:db8::1/64 dev e0 nodad
shows "shown with its scope" "inet6 2001:db8::1/64 scope global" $A show dev e0
shows "for ever" "valid_lft forever preferred_lft forever" $A show to 2001:db8::1
refuses "not twice" "File exists|already assigned" $A add 2001:db8::1/64 dev e0
shows "the connected route" "2001:db8::/64 dev e0 proto kernel metric 256" ip -n $NS_h -6 route show
shows "the local route" "local 2001:db8::1 dev e0" ip -n $NS_h -6 route show table local
check "lifetimes" $A replace 2001:db8::1/64 dev e0 valid_lft 1000 preferred_lft 500
shows "are shown" "valid_lft (1000|9[0-9][0-9])sec preferred_lft (500|4[0-9][0-9])sec" $A show to 2001:db8::1
check "deprecated" $A change 2001:db8::1/64 dev e0 valid_lft 1000 preferred_lft 0
shows "is shown" "deprecated" $A show to 2001:db8::1
refuses "preferred above valid" "Invalid|cannot be|greater" $A add 2001:db8::3/64 dev e0 valid_lft 10 preferred_lft 20
refuses "a group" "Invalid|assign|Cannot" $A add ff02::99/64 dev e0
refuses "an unknown device" "find device" $A add 2001:db8::4/64 dev nosuch
check "one without its prefix route" $A add 2001:db8:5::1/64 dev e0 nodad noprefixroute
hides "has none" "2001:db8:5::/64" ip -n $NS_h -6 route show
check "a peer address" $A add 2001:db8:6::1 peer 2001:db8:6::2 dev e0 nodad
shows "is shown" "inet6 2001:db8:6::1 peer 2001:db8:6::2/128" $A show dev e0
check "for ever again" $A replace 2001:db8::1/64 dev e0 valid_lft forever preferred_lft forever
check "del" $A del 2001:db8::1/64 dev e0
refuses "once only" "Cannot assign" $A del 2001:db8::1/64 dev e0
hides "its route is gone" "2001:db8::/64" ip -n $NS_h -6 route show
hides "its local route too" "2001:db8::1 " ip -n $NS_h -6 route show table local
check "on loopback" $A add 2001:db8:7::1/128 dev lo
check "which answers" h ping -c1 -W5 2001:db8:7::1
check "flush" $A flush dev e0 scope global
hides "none is left" "2001:db8" $A show dev e0
$A del 2001:db8:7::1/128 dev lo
