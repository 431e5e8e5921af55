#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# TCP between two namespaces: data both ways, refusal, states, statistics.
# smoke
. "$(dirname "$0")/lib.sh"
pair_up
head -c 2000000 /dev/urandom > /tmp/sent
listening() { r ss -6tln | grep -q ":$1 "; }

r socat TCP6-LISTEN:7001,reuseaddr,fork EXEC:cat &
wait_for 10 listening 7001
h sh -c 'timeout 60 socat -t30 - TCP6:[2001:db8::2]:7001 < /tmp/sent > /tmp/got'
check "2 MB there and back" cmp /tmp/sent /tmp/got
shows "the listener in ss" "LISTEN .*:7001" r ss -6tln
shows "and in /proc/net/tcp6" ":1B59 .* 0A " r cat /proc/net/tcp6
h sh -c 'sleep 5 | socat - TCP6:[2001:db8::2]:7001' >/dev/null &
established() { h ss -6tn state established | grep -q "2001:db8::2\]:7001"; }
within "an established one in ss" 10 established
refuses "a closed port" "Connection refused" h socat - TCP6:[2001:db8::2]:7002
refuses "no route" "unreachable" h socat - TCP6:[2001:dead::2]:7002
wait_for 10 linklocal_ready $NS_r e0
shows "by link-local address" "hello" sh -c \
	"echo hello | ip netns exec $NS_h socat -t10 - 'TCP6:[$(linklocal $NS_r e0)%e0]:7001'"
shows "over ::1" "hello" sh -c "echo hello | ip netns exec $NS_r socat -t10 - 'TCP6:[::1]:7001'"
