#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# ip monitor: a notice for each change of link, address, route and neighbour.
. "$(dirname "$0")/lib.sh"
pair
h stdbuf -oL ip -6 monitor link address route neigh > /tmp/monitor 2>&1 &
sleep 1
seen() { grep -Eq -- "$1" /tmp/monitor; }
ip -n $NS_h addr add 2001:db8::1/64 dev e0 nodad
within "an address" 5 seen "inet6 2001:db8::1/64 scope global"
within "its route" 5 seen "2001:db8::/64 dev e0 proto kernel"
ip -n $NS_h route add 2001:db8:4::/64 via 2001:db8::2
within "a route" 5 seen "2001:db8:4::/64 via 2001:db8::2"
ip -n $NS_h route del 2001:db8:4::/64
within "its removal" 5 seen "^Deleted 2001:db8:4::/64"
ip -n $NS_h neigh add 2001:db8::5 lladdr 02:00:00:00:00:05 dev e0
within "a neighbour" 5 seen "2001:db8::5 dev e0 lladdr 02:00:00:00:00:05"
ip -n $NS_h addr del 2001:db8::1/64 dev e0
within "an address gone" 5 seen "^Deleted .*2001:db8::1/64"
