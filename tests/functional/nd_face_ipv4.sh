#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# IPv4 by an IPv6 next hop goes through the kernel's own neighbour table, which
# leads back to our cache; its entries are never shown, and pin no device.
# needs: 1cpu
. "$(dirname "$0")/lib.sh"
fresh
pair

wait_for 10 linklocal_ready $NS_h e0
wait_for 10 linklocal_ready $NS_r e0
ll_h=$(linklocal $NS_h e0)
ll_r=$(linklocal $NS_r e0)
ip -n $NS_h addr add 192.0.2.1/32 dev e0
ip -n $NS_r addr add 192.0.2.2/32 dev e0
check "a route via inet6" ip -n $NS_h route add 192.0.2.2 via inet6 "$ll_r" dev e0
ip -n $NS_r route add 192.0.2.1 via inet6 "$ll_h" dev e0
check "IPv4 ping" h ping -c2 -W5 192.0.2.2
is "one row for the next hop, ours" "$(ip -n $NS_h neigh show dev e0 | grep -c "^$ll_r ")" 1
shows "the face exists in the kernel's table" "ndisc_cache" ip -n $NS_h ntable show name ndisc_cache
check "a dead next hop" ip -n $NS_h route add 192.0.2.9 via inet6 fe80::dead dev e0
refuses "is unreachable" "100% packet loss|[Uu]nreachable" h ping -c1 -W5 192.0.2.9
check "the device goes at once" timeout 20 ip -n $NS_h link del e0
