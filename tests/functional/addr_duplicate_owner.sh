#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# A duplicate address isn't ours (RFC 4862 section 5.4.5), so the station that
# has it is a neighbour like any other.  The stock stack fails: it takes the
# owner's advertisement for a word about its own address and resolves nothing.
# needs: 1cpu
. "$(dirname "$0")/lib.sh"
pair

failed() { ip -n $NS_h -6 -o addr show dev e0 | grep -q "2001:db8::d/64.*dadfailed"; }

check "r has it" ip -n $NS_r addr add 2001:db8::d/64 dev e0 nodad
check "h has another" ip -n $NS_h addr add 2001:db8::e/64 dev e0 nodad
check "and wants it" ip -n $NS_h addr add 2001:db8::d/64 dev e0
within "but is told that it is taken" 10 failed
check "h reaches its owner" h ping -c1 -W5 -I 2001:db8::e 2001:db8::d
