#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Who holds a dst, and a packet with it, may hold them when the device, the
# namespace or the whole stack goes: nothing waits for him, and what he has does
# no harm.
# needs: unload
# stacks: us6
. "$(dirname "$0")/lib.sh"
fresh
ko=${US6_KO%/us6.ko}.tests/us6_hold.ko
check "the holder" insmod "$ko"
let_go() { us6_rc=$?; rmmod us6_hold 2>/dev/null; return $us6_rc; }
trap 'let_go; us6_end' EXIT
state() { cat /proc/us6_hold; }
give() { echo "$1" > /proc/us6_hold; }
hold() { # namespace, address
	ip netns exec "$1" sh -c "echo get $2 > /proc/us6_hold" && give packet
}
dmesg -C

pair_up
check "held: a neighbour by e0" hold $NS_h 2001:db8::2
shows "good" "^good dev e0" state
check "the device goes" timeout 10 ip -n $NS_h link del e0
shows "stale" "^stale" state
check "the packet goes nowhere" give send
check "given back" give put

fresh
pair_up
check "held: loopback's" hold $NS_h ::1
check "the namespace goes" ip netns del $NS_h
within "and its devices with it" 15 sh -c "! ip -n $NS_r link show e0"
shows "stale" "^stale" state
check "the packet goes nowhere" give send
check "given back" give put

fresh
pair_up
check "held: a neighbour by e0" hold $NS_h 2001:db8::2
check "the stack goes" timeout 60 rmmod us6
shows "stale" "^stale" state
check "the packet goes nowhere" give send
check "the device can go" timeout 10 ip -n $NS_h link del e0
check "the stack comes" insmod "$US6_KO"
shows "what is held stays stale" "^stale" state
check "given back" give put
check "IPv6 works" ping -c1 -W5 ::1
check "and can go again" timeout 60 rmmod us6
check "and come" insmod "$US6_KO"
hides "nothing waited" 'waiting for|BUG:|WARNING' dmesg
