#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Duplicate Address Detection between two hosts, RFC 4862 section 5.4.
# needs: 1cpu
. "$(dirname "$0")/lib.sh"
pair

failed() { ip -n $NS_h -6 -o addr show dev e0 | grep -q "$1/64.*dadfailed"; }

within "link-local addresses at r" 10 linklocal_ready $NS_r e0
within "link-local addresses at h" 10 linklocal_ready $NS_h e0
check "r has it" ip -n $NS_r addr add 2001:db8::d/64 dev e0 nodad
check "h wants it" ip -n $NS_h addr add 2001:db8::d/64 dev e0
within "and is told that it is taken" 10 failed 2001:db8::d
hides "r keeps it" 'dadfailed|tentative' \
	ip -n $NS_r -6 addr show dev e0 to 2001:db8::d
check "another one" ip -n $NS_h addr add 2001:db8::e/64 dev e0
within "is free" 10 addr_ready $NS_h e0 2001:db8::e
check "and in use" h ping -c1 -W5 -I 2001:db8::e "$(linklocal $NS_r e0)%e0"

set_ctl $NS_h net/ipv6/conf/e0/accept_dad 0
check "with accept_dad 0" ip -n $NS_h addr add 2001:db8::f/64 dev e0
within "none is tentative for long" 2 addr_ready $NS_h e0 2001:db8::f
