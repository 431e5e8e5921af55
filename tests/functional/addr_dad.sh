#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# An address that a neighbour has is found out and not used.
. "$(dirname "$0")/lib.sh"
pair
ip -n $NS_r addr add 2001:db8::7/64 dev e0 nodad
ip -n $NS_r addr add 2001:db8::5/64 dev e0 nodad
ip -n $NS_h addr add 2001:db8::7/64 dev e0
dadfailed() { ip -n $NS_h -6 addr show dev e0 | grep "2001:db8::7/" | grep -q dadfailed; }
within "dadfailed" 10 dadfailed
refuses "can't be bound" "assign requested address" \
	h socat -u OPEN:/dev/null UDP6-SENDTO:[2001:db8::8]:9,bind=[2001:db8::7]
ip -n $NS_h addr add 2001:db8::6/64 dev e0
within "another becomes usable" 10 addr_ready $NS_h e0 2001:db8::6
check "and talks" h ping -c1 -W5 -I 2001:db8::6 2001:db8::5
