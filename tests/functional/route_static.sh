#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# ip route add, replace, append, del, get and show, and what must be refused.
# smoke
. "$(dirname "$0")/lib.sh"
pair_up
R="ip -n $NS_h -6 route"

check "by a gateway" $R add 2001:db8:1::/64 via 2001:db8::2
shows "shown" "2001:db8:1::/64 via 2001:db8::2 dev e0 (proto static )?metric 1024" $R show
refuses "not twice" "File exists" $R add 2001:db8:1::/64 via 2001:db8::2
check "another metric is another route" $R add 2001:db8:1::/64 via 2001:db8::3 metric 10
shows "the lower one is taken" "via 2001:db8::3 " $R get 2001:db8:1::5
check "deleted by its metric" $R del 2001:db8:1::/64 metric 10
shows "the other is taken" "via 2001:db8::2 " $R get 2001:db8:1::5
check "replaced" $R replace 2001:db8:1::/64 via 2001:db8::4
shows "it is the new one" "via 2001:db8::4 " $R get 2001:db8:1::5
hides "the old one is gone" "2001:db8:1::/64 via 2001:db8::2" $R show
check "a longer prefix" $R add 2001:db8:1:0:8000::/65 dev e0
shows "wins" "^2001:db8:1:0:8000::1 .*dev e0" $R get 2001:db8:1:0:8000::1
hides "without the gateway" "via" $R get 2001:db8:1:0:8000::1
check "the default" $R add default via 2001:db8::2
shows "takes the rest" "via 2001:db8::2 " $R get 2001:db8:ffff::1
for t in blackhole unreachable prohibit; do
	check "$t" $R add $t 2001:db8:bad::/48
	shows "$t is shown" "^$t 2001:db8:bad::/48" $R show
	refuses "$t refuses" "Invalid argument|unreachable|Permission denied|No route|denied|hibited" \
		h ping -c1 -W2 2001:db8:bad::1
	check "$t deleted" $R del $t 2001:db8:bad::/48
done
refuses "an unreachable gateway" "No route to host|unreachable|Invalid" $R add 2001:db8:5::/64 via 2001:db8:dead::1 dev lo
refuses "none to delete" "No such process" $R del 2001:db8:77::/64
refuses "none to change" "No such|no match" $R change 2001:db8:77::/64 via 2001:db8::2
check "one in a table" $R add 2001:db8:8::/64 via 2001:db8::2 table 100
shows "shown there" "2001:db8:8::/64 via" $R show table 100
hides "and not in main" "2001:db8:8::" $R show
check "metrics" $R add 2001:db8:9::/64 via 2001:db8::2 mtu 1300 advmss 1000 hoplimit 9
shows "are shown" "mtu 1300 advmss 1000 hoplimit 9" $R show 2001:db8:9::/64
check "flush" $R flush table 100
hides "empty" "." $R show table 100
check "device down" ip -n $NS_h link set e0 down
hides "its routes are gone" "dev e0" $R show
