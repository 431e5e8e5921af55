#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# UDP: datagrams both ways, large ones, errors, groups, v4-mapped.
# smoke
. "$(dirname "$0")/lib.sh"
pair_up
ip -n $NS_h addr add 192.0.2.1/24 dev e0
ip -n $NS_r addr add 192.0.2.2/24 dev e0
bound() { r ss -uln | grep -q ":$1 "; }
r socat UDP6-LISTEN:7010,fork,reuseaddr EXEC:cat &
wait_for 10 bound 7010
say() { echo "$1" | h timeout 60 socat -T20 -t3 - "$2"; }
shows "there and back" "^hello$" say hello "UDP6:[2001:db8::2]:7010"
r socat -u -b 30000 UDP6-RECV:7011,reuseaddr OPEN:/tmp/udp7011,creat,trunc &
wait_for 10 bound 7011
head -c 20000 /dev/zero | tr '\0' x > /tmp/big
h socat -u -b 30000 OPEN:/tmp/big UDP6-SENDTO:[2001:db8::2]:7011
got_all() { [ "$(stat -c %s /tmp/udp7011)" = 20000 ]; }
within "20,000 octets, in fragments" 10 got_all
refuses "a closed port" "Connection refused" sh -c \
	"(echo a; sleep 1; echo b; sleep 1) | ip netns exec $NS_h socat -T5 - 'UDP6:[2001:db8::2]:7019'"
r socat -u UDP6-RECV:7012,reuseaddr,ipv6-join-group=[ff02::4242]:e0 OPEN:/tmp/udp7012,creat,trunc &
wait_for 10 bound 7012
shows "the group is joined" "ff02::4242" ip -n $NS_r -6 maddr show dev e0
echo group | h socat -u - "UDP6-SENDTO:[ff02::4242%e0]:7012"
in_group() { grep -q group /tmp/udp7012; }
within "a datagram to the group" 10 in_group
shows "in /proc/net/udp6" ":1B62 " r cat /proc/net/udp6
r socat UDP6-LISTEN:7013,fork,reuseaddr,ipv6only=0 EXEC:cat &
wait_for 10 bound 7013
shows "IPv4 to a dual-stack socket" "^four$" say four "UDP4:192.0.2.2:7013"
ip -n $NS_h addr flush dev e0
ip -n $NS_r addr flush dev e0
