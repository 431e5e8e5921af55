#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# ip route add, append, replace, change, del, get and show.
# needs: 1cpu
. "$(dirname "$0")/lib.sh"
pair_up
R="ip -n $NS_h -6 route"

shows "the connected prefix" "^2001:db8::/64 dev e0 proto kernel metric 256" $R
shows "the local address" "^local 2001:db8::1 dev e0 .*proto kernel metric 0" $R show table local
shows "the multicast route" "^(multicast )?ff00::/8 dev e0" $R show table local

check "add by gateway" $R add 2001:db8:1::/48 via 2001:db8::2
shows "shown with the default metric" "^2001:db8:1::/48 via 2001:db8::2 dev e0 metric 1024" $R
refuses "not twice" "File exists" $R add 2001:db8:1::/48 via 2001:db8::3
check "append makes it multipath" $R append 2001:db8:1::/48 via 2001:db8::3
shows "both are shown" "nexthop via 2001:db8::3 dev e0 weight 1" $R show 2001:db8:1::/48
check "replace" $R replace 2001:db8:1::/48 via 2001:db8::4
shows "replaces all of it" "^2001:db8:1::/48 via 2001:db8::4 dev e0 metric 1024" $R show 2001:db8:1::/48
hides "no next hop of before is left" "2001:db8::[23]" $R show 2001:db8:1::/48
check "another metric beside it" $R add 2001:db8:1::/48 via 2001:db8::5 metric 100
shows "the lower metric wins" "via 2001:db8::5 .*metric 100" $R get 2001:db8:1::1
check "delete it by metric" $R del 2001:db8:1::/48 metric 100
shows "the other one serves" "via 2001:db8::4" $R get 2001:db8:1::1
refuses "change of what isn't there" "No such file|no match" $R change 2001:db8:77::/48 via 2001:db8::2
refuses "delete of what isn't there" "No such process" $R del 2001:db8:77::/48
check "delete" $R del 2001:db8:1::/48
refuses "then there is no way" "unreachable" $R get 2001:db8:1::1

check "bits behind the prefix are ignored" $R add 2001:db8:2:3:4::/48 via 2001:db8::2
shows "and not shown" "^2001:db8:2::/48 via" $R
check "a host route" $R add 2001:db8:2::9 via 2001:db8::3
shows "is the longest match" "via 2001:db8::3" $R get 2001:db8:2::9
shows "for nobody else" "via 2001:db8::2" $R get 2001:db8:2::8

check "preferred source" $R add 2001:db8:3::/48 via 2001:db8::2 src 2001:db8::1
shows "is used" "src 2001:db8::1" $R get 2001:db8:3::1
check "metrics" $R add 2001:db8:4::/48 via 2001:db8::2 mtu 1400 hoplimit 9 advmss 1000
shows "are kept" "mtu 1400 .*advmss 1000 .*hoplimit 9" $R show 2001:db8:4::/48
check "router preference" $R add 2001:db8:5::/48 via fe80::9 dev e0 pref high
shows "is kept" "pref high" $R show 2001:db8:5::/48
check "an unreachable prefix" $R add unreachable 2001:db8:6::/48
refuses "says so" "No route to host" $R get 2001:db8:6::1
check "a prohibited one" $R add prohibit 2001:db8:7::/48
refuses "says so" "Permission denied" $R get 2001:db8:7::1
check "a black hole" $R add blackhole 2001:db8:8::/48
refuses "says so" "Invalid argument" $R get 2001:db8:8::1
check "a lifetime" $R add 2001:db8:9::/48 via 2001:db8::2 expires 2
shows "is shown" "expires [12]sec" $R show 2001:db8:9::/48
us6_over() { ! $R get 2001:db8:9::1; }
within "and ends" 5 us6_over
check "by source" $R add 2001:db8:a::/48 from 2001:db8:b::/48 via 2001:db8::2
shows "serves that source" "via 2001:db8::2" $R get 2001:db8:a::1 from 2001:db8:b::1
refuses "and no other" "unreachable" $R get 2001:db8:a::1 from 2001:db8:c::1
for t in unreachable prohibit blackhole; do $R flush type $t 2>/dev/null; done
