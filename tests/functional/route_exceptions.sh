#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# What is known of single hosts (path MTU, redirects): shown, deleted, ended by
# its time and by the end of the route.
# needs: 1cpu
. "$(dirname "$0")/lib.sh"
fresh
line_up
R="ip -n $NS_h -6 route"
D=2001:db8:2::1
ip -n $NS_r link set e1 mtu 1300
ip -n $NS_p link set e0 mtu 1300
ip -n $NS_p addr add 2001:db8:2::3/64 dev e0 nodad
learn() { h ping -c2 -i0.3 -W2 -M do -s 1400 "${1:-$D}" >/dev/null 2>&1; }
known() { $R get "$D" | grep -q 'mtu 1300'; }

is "nothing at first" "$($R show cache)" ""
learn
shows "a path MTU is shown" "^$D via 2001:db8:1::ff dev e0 .*expires [0-9]+sec .*mtu 1300" $R show cache
hides "not among the routes" "^$D" $R show
learn 2001:db8:2::3
shows "each for itself" "^2001:db8:2::3 via" $R show cache
shows "of one device" "^$D via" $R show cache dev e0
hides "and not of another" "$D" $R show cache dev lo
check "one is deleted" $R flush cache "$D"
hides "and gone" "^$D " $R show cache
hides "forgotten too" "mtu 1300" $R get "$D"
shows "the other one stays" "^2001:db8:2::3 via" $R show cache
check "all are deleted" $R flush cache
is "and gone" "$($R show cache)" ""

learn
check "learnt again" known
check "the route ends" $R del default
is "and takes it along" "$($R show cache)" ""
check "another route" $R add default via 2001:db8:1::ff
hides "knows nothing" "mtu 1300" $R get "$D"

set_ctl $NS_h net/ipv6/route/mtu_expires 8
learn
check "with eight seconds to live" known
forgotten() { ! known; }
within "it ends" 20 forgotten
