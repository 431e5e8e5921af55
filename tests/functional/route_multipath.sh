#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Several next hops: spread by flow and weight, one can be taken away, and they
# survive the loss of an interface.
# needs: 1cpu
. "$(dirname "$0")/lib.sh"
line
R="ip -n $NS_r -6 route"
set_ctl $NS_r net/ipv6/conf/all/forwarding 1

check "two ways, three to one" $R add 2001:db8:9::/48 \
	nexthop via fe80::a dev e0 weight 3 nexthop via fe80::b dev e1 weight 1
shows "shown as one route" "nexthop via fe80::a dev e0 weight 3" $R show 2001:db8:9::/48
i=0 a=0 b=0
while [ $i -lt 64 ]; do
	i=$((i + 1))
	case "$($R get 2001:db8:9::$i from 2001:db8:9::ffff 2>/dev/null || $R get 2001:db8:9::$i)" in
	*"dev e0"*) a=$((a + 1)) ;;
	*"dev e1"*) b=$((b + 1)) ;;
	esac
done
if [ $a -ge 34 ] && [ $b -ge 4 ] && [ $((a + b)) = 64 ]; then ok "flows spread by weight"
else not_ok "flows spread by weight" "e0 $a, e1 $b of 64"; fi
is "one flow stays on its way" "$($R get 2001:db8:9::7 | head -n 1)" "$($R get 2001:db8:9::7 | head -n 1)"
check "one way is deleted" $R del 2001:db8:9::/48 via fe80::b dev e1
shows "the other remains" "^2001:db8:9::/48 via fe80::a dev e0" $R show 2001:db8:9::/48
check "and joined again" $R append 2001:db8:9::/48 via fe80::b dev e1
ip -n $NS_r link set e0 down
us6_all_e1() {
	for i in 1 2 3 4 5 6 7 8; do
		$R get 2001:db8:9::$i | grep -q "dev e1" || return 1
	done
}
within "an interface goes down: all flows take the other" 3 us6_all_e1
ip -n $NS_r link set e0 up
us6_some_e0() {
	for i in 1 2 3 4 5 6 7 8 9 a b c d e f; do
		$R get 2001:db8:9::$i | grep -q "dev e0" && return 0
	done
	return 1
}
within "it comes back: it is used again" 5 us6_some_e0
check "deleted as one" $R del 2001:db8:9::/48
is "nothing is left" "$($R show 2001:db8:9::/48)" ""
