#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Opaque, stable interface identifiers, RFC 7217: one for each prefix and secret,
# the same each time, another one after a duplicate, and none without a secret.
# needs: 1cpu
. "$(dirname "$0")/lib.sh"
fresh
pair

S=/proc/sys/net/ipv6/conf/e0
e0() { ip -n $NS_h -6 -o addr show dev e0; }
put() { h sh -c "echo $2 > $S/$1"; }
other() { # ADDRESS: there is a link-local one, and it isn't this
	out=$(linklocal $NS_h e0)
	linklocal_ready $NS_h e0 && [ -n "$out" ] && [ "$out" != "$1" ]
}

within "EUI-64 at first" 10 linklocal_ready $NS_h e0
mac=$(linklocal $NS_h e0)
refuses "there is no secret" "Input/output error" h cat $S/stable_secret
refuses "nor one that isn't an address" "Invalid|I/O error" put stable_secret nonsense
ip -n $NS_h link set e0 down
check "a secret" put stable_secret 2001:db8:1234:5678:9abc:def0:1234:5678
is "is read back" "$(h cat $S/stable_secret)" 2001:0db8:1234:5678:9abc:def0:1234:5678
is "and means stable addresses" "$(h cat $S/addr_gen_mode)" 2
shows "for ip too" "addrgenmode stable_secret" ip -n $NS_h -d link show dev e0
ip -n $NS_h link set e0 up
within "an address" 10 other "$mac"
one=$(linklocal $NS_h e0)
shows "marked as stable" "stable-privacy" e0
ip -n $NS_h link set e0 down; ip -n $NS_h link set e0 up
within "again" 10 linklocal_ready $NS_h e0
is "the same one" "$(linklocal $NS_h e0)" "$one"

ip -n $NS_h link set e0 down
# It is another's: the second try is taken, RFC 7217 section 6.
check "that address at r" ip -n $NS_r addr add "$one/64" dev e0 nodad
ip -n $NS_h link set e0 up
within "after a duplicate another one" 15 other "$one"
two=$(linklocal $NS_h e0)
shows "stable as well" "$two/64 .*stable-privacy" e0
ip -n $NS_r addr del "$one/64" dev e0

ip -n $NS_h link set e0 down
check "another secret" put stable_secret 2001:db8::1
ip -n $NS_h link set e0 up
within "another address" 10 other "$one"
hides "not the second of the old one" "$two" e0

check "back to EUI-64" put addr_gen_mode 0
ip -n $NS_h link set e0 down; ip -n $NS_h link set e0 up
within "which is as before" 10 linklocal_ready $NS_h e0
is "by the hardware address" "$(linklocal $NS_h e0)" "$mac"
ip -n $NS_h link set e0 down
check "random" ip -n $NS_h link set e0 addrgenmode random
ip -n $NS_h link set e0 up
within "a random one" 10 other "$mac"
refuses "an unknown mode" "Invalid|I/O error" put addr_gen_mode 9
is "changes nothing" "$(h cat $S/addr_gen_mode)" 3
