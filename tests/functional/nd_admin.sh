#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# What ip sets on a neighbour is kept and shown: state, flags, protocol, proxies.
# needs: 1cpu
. "$(dirname "$0")/lib.sh"
pair_up

n() { ip -n $NS_h neigh "$@"; }

check "a stale one" n add 2001:db8::10 lladdr 02:00:00:00:00:10 dev e0 nud stale
shows "plain ip neigh shows it" "2001:db8::10 dev e0 lladdr 02:00:00:00:00:10.* STALE" n show
check "one with a protocol and router" n add 2001:db8::11 lladdr 02:00:00:00:00:11 dev e0 router protocol static
shows "both are shown" "2001:db8::11 .*router.* proto static|2001:db8::11 .*router.*PERMANENT.*proto static" n show dev e0
check "one learned by a daemon" n add 2001:db8::12 lladdr 02:00:00:00:00:12 dev e0 extern_learn nud reachable
shows "is marked so" "2001:db8::12 .*extern_learn.*REACHABLE" n show dev e0
refuses "without a link-layer address" "No link layer address|Invalid argument" n add 2001:db8::13 dev e0 nud permanent
refuses "changing what isn't there" "No such file" n change 2001:db8::14 lladdr 02:00:00:00:00:14 dev e0
refuses "a device that isn't there" "Cannot find device|No such device" n add 2001:db8::15 lladdr 02:00:00:00:00:15 dev nope
check "get" n get 2001:db8::11 dev e0
refuses "get of an unknown one" "not found|No such" n get 2001:db8::99 dev e0
check "a proxy" n add proxy 2001:db8::77 dev e0
shows "is shown among proxies" "2001:db8::77 dev e0 +proxy" n show proxy
shows "also with -6" "2001:db8::77 dev e0 +proxy" ip -n $NS_h -6 neigh show proxy
hides "and not among neighbours" "2001:db8::77" n show dev e0
check "deleted" n del proxy 2001:db8::77 dev e0
refuses "once" "No such file" n del proxy 2001:db8::77 dev e0
check "the device goes down" ip -n $NS_h link set e0 down
hides "and its neighbours with it" "2001:db8::1[012]" n show
