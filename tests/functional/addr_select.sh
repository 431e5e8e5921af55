#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Source address selection, RFC 6724 section 5, as `ip route get` shows it.
# needs: 1cpu
. "$(dirname "$0")/lib.sh"
pair

add() { ip -n $NS_h addr add "$@" nodad; }
src() { # destination
	ip -n $NS_h -6 route get "$1" oif e0 2>/dev/null |
		sed -n 's/.* src \([^ ]*\).*/\1/p' | head -n 1
}

add 2001:db8:1::1/64 dev e0
add 2001:db8:2::1/64 dev e0
add fd00:1::1/64 dev e0
within "a link-local address" 10 linklocal_ready $NS_h e0
check "a default route" ip -n $NS_h -6 route add default via fe80::1 dev e0

is "rule 8: longest match" "$(src 2001:db8:2::9)" 2001:db8:2::1
is "rule 8: the other" "$(src 2001:db8:1::9)" 2001:db8:1::1
is "rule 6: label of unique local" "$(src fd00:2::9)" fd00:1::1
is "rule 2: scope" "$(src fe80::9)" "$(linklocal $NS_h e0)"
check "deprecate one" ip -n $NS_h addr change 2001:db8:2::1/64 dev e0 nodad \
	preferred_lft 0
is "rule 3: not the deprecated" "$(src 2001:db8:2::9)" 2001:db8:1::1
check "on lo" ip -n $NS_h addr add 2001:db8:3::1/128 dev lo
is "rule 5: outgoing interface first" "$(src 2001:db8:3::9)" 2001:db8:1::1
check "a label of one's own" ip -n $NS_h addrlabel add prefix 2001:db8:7::/48 label 99
check "on both sides" ip -n $NS_h addrlabel add prefix fd00:1::/64 label 99
is "decides" "$(src 2001:db8:7::9)" fd00:1::1
ip -n $NS_h addrlabel del prefix 2001:db8:7::/48 label 99
ip -n $NS_h addrlabel del prefix fd00:1::/64 label 99
is "and not when it is gone" "$(src 2001:db8:7::9)" 2001:db8:1::1
ip -n $NS_h addr del 2001:db8:3::1/128 dev lo
