#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# TCP with each congestion control that the kernel has.
# limit: 240
. "$(dirname "$0")/lib.sh"
pair_up
for m in $(find "/lib/modules/$(uname -r)" -name 'tcp_[a-z]*.ko*' | sed 's|.*/||;s|\.ko.*||' |
	   grep -v -e diag -e probe); do
	modprobe "$m"
done
head -c 200000 /dev/urandom > /tmp/sent
r socat TCP6-LISTEN:7030,reuseaddr,fork EXEC:cat &
wait_for 10 sh -c "ip netns exec $NS_r ss -6tln | grep -q :7030"
old=$(h cat /proc/sys/net/ipv4/tcp_congestion_control)
for cc in $(cat /proc/sys/net/ipv4/tcp_available_congestion_control); do
	h sh -c "echo $cc > /proc/sys/net/ipv4/tcp_congestion_control" || continue
	h sh -c 'timeout 60 socat -t30 - TCP6:[2001:db8::2]:7030 < /tmp/sent > /tmp/got'
	check "$cc" cmp /tmp/sent /tmp/got
done
h sh -c "echo $old > /proc/sys/net/ipv4/tcp_congestion_control"
