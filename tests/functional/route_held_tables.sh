#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# A dst that is kept, and policy routing: what a rule or a table before the one
# that served changes must be seen.  The stock stack fails: a dst belongs to the
# table that it was found in, and a route that comes into a table before that one
# leaves it good.
# needs: 1cpu
. "$(dirname "$0")/lib.sh"
fresh
line
R="ip -n $NS_r -6 route"
U="ip -n $NS_r -6 rule"
ko=${US6_KO%/us6.ko}.tests/us6_hold.ko
check "the holder" insmod "$ko"
let_go() { us6_rc=$?; rmmod us6_hold 2>/dev/null; return $us6_rc; }
trap 'let_go; us6_end' EXIT

D=2001:db8:9::1
hold() { r sh -c "echo $* > /proc/us6_hold"; }
state() { cat /proc/us6_hold; }
stale() {
	us6_e=$1; shift
	hold get $D
	check "$us6_e" "$@"
	shows "$us6_e: stale" "^stale" state
}
ip -n $NS_r addr add 2001:db8:1::ff/64 dev e0 nodad
ip -n $NS_r addr add 2001:db8:2::ff/64 dev e1 nodad
check "a way" $R add 2001:db8:9::/48 via 2001:db8:1::a
stale "a rule" $U add pref 50 to 2001:db8:9::/48 table 100
stale "a route in its table" $R add 2001:db8:9::/48 via 2001:db8:2::b table 100
shows "which serves" "^good dev e1" sh -c "ip netns exec $NS_r sh -c 'echo get $D > /proc/us6_hold'; cat /proc/us6_hold"
stale "the end of that route" $R del 2001:db8:9::/48 table 100
shows "main serves" "^good dev e0" sh -c "ip netns exec $NS_r sh -c 'echo get $D > /proc/us6_hold'; cat /proc/us6_hold"
stale "the end of the rule" $U del pref 50
hold get $D
check "a table that no rule names" $R add 2001:db8:8::/48 via 2001:db8:2::b table 101
shows "is no matter to others" "^good" state
check "given back" hold put
