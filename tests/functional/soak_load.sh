#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# 100 loads and unloads on two CPUs, with packets arriving all the time.
# needs: 2cpu-unload
# stacks: us6
# limit: 600
. "$(dirname "$0")/lib.sh"
fresh
pair
# Frames that nobody asked for: the peer's side sends them whoever listens.
mac=$(h cat /sys/class/net/e0/address)
r ip addr add 192.0.2.2/24 dev e0
h ip addr add 192.0.2.1/24 dev e0
i=0
while [ $i -lt 100 ]; do
	ip -n $NS_h addr add 2001:db8::1/64 dev e0 nodad 2>/dev/null
	ip -n $NS_r addr add 2001:db8::2/64 dev e0 nodad 2>/dev/null
	timeout 5 ip netns exec $NS_h ping -q -i 0.002 -c 1000 2001:db8::2 >/dev/null 2>&1 & p1=$!
	timeout 5 ip netns exec $NS_r ping -q -i 0.002 -c 1000 "fe80::1%e0" >/dev/null 2>&1 & p2=$!
	kill $p1 $p2
	wait $p1 $p2 2>/dev/null
	rmmod us6 || { sleep 0.3; rmmod us6; } || break
	insmod "$US6_KO" || break
	i=$((i + 1))
done
is "loads and unloads" $i 100
ip -n $NS_h addr add 2001:db8::1/64 dev e0 nodad 2>/dev/null
ip -n $NS_r addr add 2001:db8::2/64 dev e0 nodad 2>/dev/null
check "it works at the end" h ping -c1 -W5 2001:db8::2
: "$mac"
