#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# A narrow link behind a router: Packet Too Big, the path MTU learnt, fragments.
. "$(dirname "$0")/lib.sh"
fresh
line_up
ip -n $NS_r link set e1 mtu 1300
ip -n $NS_p link set e0 mtu 1300
refuses "too big and not to be fragmented" "too (long|big)|mtu=1300" h ping -c2 -i0.3 -W5 -M do -s 1400 2001:db8:2::1
shows "the path MTU is known" "mtu 1300" ip -n $NS_h -6 route get 2001:db8:2::1
check "fragments come through" h ping -c2 -i0.3 -W5 -M dont -s 2000 2001:db8:2::1
hides "others don't have it" "mtu 1300" ip -n $NS_h -6 route get 2001:db8:2::2
is "reassembled at the other end" "$(($(counter $NS_p Ip6ReasmOKs) >= 1))" 1
p sh -c 'socat -u TCP6-LISTEN:7000,reuseaddr OPEN:/tmp/got,creat,trunc' &
head -c 300000 /dev/urandom > /tmp/sent
wait_for 10 sh -c "ip netns exec $NS_p ss -6tln | grep -q :7000"
check "a TCP stream" h timeout 60 socat -u OPEN:/tmp/sent TCP6:[2001:db8:2::1]:7000
wait $!
check "whole" cmp /tmp/sent /tmp/got
