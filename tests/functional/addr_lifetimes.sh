#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# RFC 4862 section 5.5.4: preferred, deprecated, gone.
# needs: 1cpu
. "$(dirname "$0")/lib.sh"
pair

e0() { ip -n $NS_h -6 -o addr show dev e0; }
deprecated() { e0 | grep -q '2001:db8::7/64.*deprecated'; }
gone() { ! e0 | grep -q 2001:db8::7; }

check "three seconds to live" ip -n $NS_h addr add 2001:db8::7/64 dev e0 nodad \
	valid_lft 6 preferred_lft 2
shows "dynamic" '2001:db8::7/64 scope global .*dynamic' e0
hides "preferred at first" '2001:db8::7/64.*deprecated' e0
within "deprecated" 10 deprecated
within "gone" 15 gone
refuses "and its prefix is on-link no more" unreachable ip -n $NS_h -6 route get 2001:db8::99

check "one that would go" ip -n $NS_h addr add 2001:db8::7/64 dev e0 nodad \
	valid_lft 3 preferred_lft 2
check "is made to stay" ip -n $NS_h addr change 2001:db8::7/64 dev e0 nodad \
	valid_lft forever preferred_lft forever
sleep 4
shows "and stays" '2001:db8::7/64 scope global.*forever.*forever' e0
check "preferred 0 is deprecated" ip -n $NS_h addr change 2001:db8::7/64 dev e0 \
	nodad preferred_lft 0
check "seen at once" deprecated
