#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Fragmentation and reassembly, and each counter that they move (RFC 4293).
# needs: 1cpu
. "$(dirname "$0")/lib.sh"
pair_up

set_before() {
	reqds=$(counter $NS_r Ip6ReasmReqds); oks=$(counter $NS_r Ip6ReasmOKs)
	frags=$(counter $NS_h Ip6FragCreates); fragok=$(counter $NS_h Ip6FragOKs)
	fails=$(counter $NS_r Ip6ReasmFails)
}

check "warm up" h ping -c1 -W5 2001:db8::2
set_before
check "4,000 bytes there and back" h ping -c1 -W5 -s 4000 2001:db8::2
is "three fragments came" $(($(counter $NS_r Ip6ReasmReqds) - reqds)) 3
is "one datagram of them" $(($(counter $NS_r Ip6ReasmOKs) - oks)) 1
is "three were made" $(($(counter $NS_h Ip6FragCreates) - frags)) 3
is "of one datagram" $(($(counter $NS_h Ip6FragOKs) - fragok)) 1
is "none failed" $(($(counter $NS_r Ip6ReasmFails) - fails)) 0
check "the largest of all" h ping -c1 -W8 -s 65000 2001:db8::2
refuses "one that may not be split" "too long|Message" h ping -c1 -W2 -M do -s 2000 2001:db8::2

shows "high mark" '^4194304$' h cat /proc/sys/net/ipv6/ip6frag_high_thresh
shows "low mark" '^3145728$' h cat /proc/sys/net/ipv6/ip6frag_low_thresh
shows "a minute" '^60$' h cat /proc/sys/net/ipv6/ip6frag_time
refuses "a low mark above the high one" "[Ii]nvalid|I/O error" h sh -c 'echo 9999999 > /proc/sys/net/ipv6/ip6frag_low_thresh'
# Without memory nothing is put together, and it is counted.
set_ctl $NS_r net/ipv6/ip6frag_low_thresh 0
set_ctl $NS_r net/ipv6/ip6frag_high_thresh 0
set_before
refuses "no memory, no datagram" "100% packet loss" h ping -c1 -W2 -s 4000 2001:db8::2
is "each fragment failed" $(($(counter $NS_r Ip6ReasmFails) - fails)) 3
