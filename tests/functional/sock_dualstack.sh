#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# RFC 3493 5.3: one socket for both families, IPV6_V6ONLY, who may bind beside
# whom.
. "$(dirname "$0")/lib.sh"
pair_up
ip -n $NS_h addr add 192.0.2.1/24 dev e0
ip -n $NS_r addr add 192.0.2.2/24 dev e0
listening() { r ss -tln | grep -q ":$1 "; }
r socat TCP6-LISTEN:7020,ipv6only=0,fork EXEC:cat &
r socat TCP6-LISTEN:7021,ipv6only=1,fork EXEC:cat &
wait_for 10 listening 7020
wait_for 10 listening 7021
say() { echo "$1" | h timeout 60 socat -t30 - "$2"; }
shows "IPv6 to both" "^six$" say six "TCP6:[2001:db8::2]:7020"
shows "IPv4 to the dual one" "^four$" say four "TCP4:192.0.2.2:7020"
refuses "IPv4 to the v6only one" "refused" say four "TCP4:192.0.2.2:7021"
refuses "IPv4 beside the dual one" "in use" r timeout 5 socat TCP4-LISTEN:7020 EXEC:cat
r timeout 20 socat TCP4-LISTEN:7021 EXEC:cat &
both() { [ "$(r ss -tln | grep -c ':7021 ')" = 2 ]; }
within "IPv4 beside the v6only one" 10 both
refuses "not twice" "in use" r timeout 5 socat TCP6-LISTEN:7020 EXEC:cat
ip -n $NS_h addr flush dev e0
ip -n $NS_r addr flush dev e0
