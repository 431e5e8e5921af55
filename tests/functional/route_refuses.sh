#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# What a route may not be; the table stays as it was.
# needs: 1cpu
. "$(dirname "$0")/lib.sh"
pair_up
R="ip -n $NS_h -6 route"

$R show table all | grep -v fe80 > /run/us6-before
refuses "a gateway that isn't on a link" "No route to host" \
	$R add 2001:db8:1::/48 via 2001:db8:99::1
refuses "a gateway that is ourselves" "local address" $R add 2001:db8:1::/48 via 2001:db8::1
refuses "a link-local gateway without a device" "device|invalid gateway|Network is" \
	$R add 2001:db8:1::/48 via fe80::9
refuses "a multicast gateway" "nvalid gateway" $R add 2001:db8:1::/48 via ff02::1 dev e0
refuses "a device that doesn't exist" "Cannot find device" $R add 2001:db8:1::/48 dev nonesuch
refuses "a source that isn't ours" "nvalid source address" \
	$R add 2001:db8:1::/48 via 2001:db8::2 src 2001:db8::99
refuses "a next hop object that doesn't exist" "does not exist" $R add 2001:db8:1::/48 nhid 4711
refuses "one bad next hop of several" "No route to host" \
	$R add 2001:db8:1::/48 nexthop via 2001:db8::2 nexthop via 2001:db8:99::1
refuses "a table that doesn't exist" "FIB table does not exist|does not exist" $R show table 4711
ip -n $NS_r link set e0 down
ip -n $NS_h link set e0 down
refuses "a device that is down" "down|not up|Network is" $R add 2001:db8:1::/48 dev e0
ip -n $NS_h link set e0 up
ip -n $NS_r link set e0 up
ip -n $NS_h addr add 2001:db8::1/64 dev e0 nodad
us6_back() {
	$R show table all | grep -v fe80 > /run/us6-after
	cmp -s /run/us6-before /run/us6-after
}
within "nothing was left behind" 5 us6_back
