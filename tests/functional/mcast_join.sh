#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Groups of hosts and routers, and MLDv2 reports about a joined one.
. "$(dirname "$0")/lib.sh"
pair_up
wait_for 10 linklocal_ready $NS_h e0
M="ip -n $NS_h -6 maddr show dev e0"
shows "all nodes" "inet6 +ff02::1( |$)" $M
hides "a host isn't in all routers" "ff02::2( |$)" $M
set_ctl $NS_h net/ipv6/conf/all/forwarding 1
shows "a router is" "inet6 +ff02::2( |$)" $M
set_ctl $NS_h net/ipv6/conf/all/forwarding 0
hides "and leaves" "ff02::2( |$)" $M
before=$(counter $NS_h Icmp6OutMLDv2Reports)
h timeout 20 socat -u UDP6-RECV:7040,ipv6-join-group=[ff05::77]:e0 OPEN:/dev/null &
joined() { $M | grep -q ff05::77; }
within "a socket joins" 10 joined
reported() { [ "$(counter $NS_h Icmp6OutMLDv2Reports)" -gt "$before" ]; }
within "and it is reported" 10 reported
kill $!; wait $! 2>/dev/null
ip netns pids $NS_h | xargs -r kill 2>/dev/null
left() { ! joined; }
within "the group goes with its socket" 10 left
