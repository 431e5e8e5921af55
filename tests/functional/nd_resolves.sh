#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The neighbour cache fills by use and is shown, changed and flushed by ip.
# needs: 1cpu
. "$(dirname "$0")/lib.sh"
pair_up

mac=$(ip -n $NS_r -o link show e0 | sed -n 's/.*link.ether \([^ ]*\).*/\1/p')
check "ping" h ping -c1 -W5 2001:db8::2
shows "the neighbour with its address" "2001:db8::2 .*lladdr $mac .*(REACHABLE|DELAY|STALE)" \
	ip -n $NS_h -6 neigh show dev e0
refuses "nobody answers for a dead address" "100% packet loss|unreachable" h ping -c1 -W5 2001:db8::dead
shows "which fails or is incomplete" "2001:db8::dead .*(FAILED|INCOMPLETE)" \
	ip -n $NS_h -6 neigh show dev e0
check "a permanent one" ip -n $NS_h neigh add 2001:db8::9 lladdr 02:00:00:00:00:09 dev e0 nud permanent
shows "is shown" "2001:db8::9 .*02:00:00:00:00:09 .*PERMANENT" ip -n $NS_h -6 neigh show nud permanent
refuses "not twice" "File exists" ip -n $NS_h neigh add 2001:db8::9 lladdr 02:00:00:00:00:0a dev e0
check "but replaced" ip -n $NS_h neigh replace 2001:db8::9 lladdr 02:00:00:00:00:0a dev e0 nud permanent
shows "with the new address" "lladdr 02:00:00:00:00:0a" ip -n $NS_h neigh get 2001:db8::9 dev e0
check "deleted" ip -n $NS_h neigh del 2001:db8::9 dev e0
refuses "once only" "No such file" ip -n $NS_h neigh del 2001:db8::9 dev e0
check "flushed" ip -n $NS_h -6 neigh flush dev e0
hides "none is left" "REACHABLE|STALE" ip -n $NS_h -6 neigh show dev e0
