#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Source selection by RFC 6724 section 5, as ip route get shows it.
. "$(dirname "$0")/lib.sh"
pair
A="ip -n $NS_h -6 addr add"
src() { ip -n $NS_h -6 route get "$@" | sed -n 's/.* src \([^ ]*\).*/\1/p'; }
$A 2001:db8:1::1/64 dev e0 nodad
$A 2001:db8:2::1/64 dev e0 nodad
$A fd00:1::1/64 dev e0 nodad
ip -n $NS_h route add default via 2001:db8:1::ff dev e0
wait_for 10 linklocal_ready $NS_h e0
is "rule 1: the same address" "$(src 2001:db8:2::1)" 2001:db8:2::1
is "rule 2: link-local for link-local" "$(src fe80::9 dev e0)" "$(linklocal $NS_h e0)"
is "rule 8: the longest prefix" "$(src 2001:db8:2::99)" 2001:db8:2::1
is "and the other" "$(src 2001:db8:1::99)" 2001:db8:1::1
is "rule 6: the same label" "$(src fd00:1::99)" fd00:1::1
is "a site's group" "$(src ff05::2 dev e0 | grep -c '^fe80')" 0
ip -n $NS_h -6 addr change 2001:db8:2::1/64 dev e0 valid_lft 1000 preferred_lft 0
is "rule 3: not a deprecated one" "$(src 2001:db8:2::99)" 2001:db8:1::1
ip -n $NS_h route add 2001:db8:3::/64 via 2001:db8:1::ff dev e0 src 2001:db8:2::1
is "a route's preferred source" "$(src 2001:db8:3::1)" 2001:db8:2::1
