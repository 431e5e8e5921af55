#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# neigh/default and neigh/<interface> have the stock keys and values.
# needs: 1cpu
. "$(dirname "$0")/lib.sh"
pair

v() { h cat /proc/sys/net/ipv6/neigh/e0/$1; }
is "mcast_solicit" "$(v mcast_solicit)" 3
is "ucast_solicit" "$(v ucast_solicit)" 3
is "app_solicit" "$(v app_solicit)" 0
is "retrans_time_ms" "$(v retrans_time_ms)" 1000
is "base_reachable_time_ms" "$(v base_reachable_time_ms)" 30000
is "delay_first_probe_time" "$(v delay_first_probe_time)" 5
is "gc_stale_time" "$(v gc_stale_time)" 60
is "unres_qlen_bytes" "$(v unres_qlen_bytes)" 212992
is "proxy_qlen" "$(v proxy_qlen)" 64
is "gc_thresh1" "$(cat /proc/sys/net/ipv6/neigh/default/gc_thresh1)" 128
check "the limit can be set" sh -c 'f=/proc/sys/net/ipv6/neigh/default/gc_thresh3; o=$(cat $f); echo 20000 > $f && [ $(cat $f) = 20000 ] && echo $o > $f'
check "a new name moves the folder" sh -c "ip -n $NS_h link set e0 down && ip -n $NS_h link set e0 name z0 && ip netns exec $NS_h test -d /proc/sys/net/ipv6/neigh/z0 && ip -n $NS_h link set z0 name e0"
