#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Link-local address, groups and routes follow the device: up, down, MTU below
# 1280 and back, rename, move to another namespace, removal.
# smoke
. "$(dirname "$0")/lib.sh"
fresh
pair

within "up: a link-local address" 10 linklocal_ready $NS_h e0
ll=$(linklocal $NS_h e0)
mac=$(h cat /sys/class/net/e0/address)
is "by EUI-64" "${ll##*:}" "$(echo "$mac" | sed 's/.*\(..\):\(..\)$/\1\2/;s/^0*//')"
shows "all-nodes group" "ff02::1( |$)" ip -n $NS_h -6 maddr show dev e0
shows "solicited-node group" "ff02::1:ff" ip -n $NS_h -6 maddr show dev e0
shows "link-local route" "fe80::/64 dev e0" ip -n $NS_h -6 route show
ip -n $NS_h link set e0 down
hides "down: no address" "fe80" ip -n $NS_h -6 addr show dev e0
hides "down: no route" "fe80" ip -n $NS_h -6 route show dev e0
ip -n $NS_h link set e0 up
within "up again" 10 linklocal_ready $NS_h e0
ip -n $NS_h link set e0 mtu 1279
hides "MTU below 1280: no IPv6" "inet6" ip -n $NS_h -6 addr show dev e0
hides "nor its sysctls" "e0" h ls /proc/sys/net/ipv6/conf
ip -n $NS_h link set e0 mtu 1500
within "MTU back: the address is back" 10 linklocal_ready $NS_h e0
ip -n $NS_h link set e0 down
ip -n $NS_h link set e0 name other
ip -n $NS_h link set other up
within "renamed" 10 linklocal_ready $NS_h other
shows "its sysctls too" "^other$" h ls /proc/sys/net/ipv6/conf
hides "the old ones are gone" "^e0$" h ls /proc/sys/net/ipv6/conf
ip netns add $NS_p
ip -n $NS_h link set other netns $NS_p name e0
hides "moved away" "other" h cat /proc/net/if_inet6
ip -n $NS_p link set e0 up
within "and at home in the other namespace" 10 linklocal_ready $NS_p e0
within "the other end stays" 10 linklocal_ready $NS_r e0
check "they talk" p ping -c1 -W5 "$(linklocal $NS_r e0)%e0"
ip -n $NS_p link del e0
hides "removed" "e0" ip -n $NS_r -6 addr show
