#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Who doesn't answer: address unreachable for what waited; an entry that was
# valid is shown as failed and comes back by itself. RFC 4861 7.2.2, RFC 7048.
# needs: 1cpu
. "$(dirname "$0")/lib.sh"
pair_up

set_ctl $NS_h net/ipv6/neigh/e0/retrans_time_ms 100
set_ctl $NS_h net/ipv6/neigh/e0/base_reachable_time_ms 500
set_ctl $NS_h net/ipv6/neigh/e0/delay_first_probe_time 1
refuses "nobody there: unreachable" "Address unreachable|100% packet loss" h ping -c1 -W5 2001:db8::dead
check "a neighbour" h ping -c1 -W5 2001:db8::2
ip -n $NS_r addr del 2001:db8::2/64 dev e0
h ping -c30 -i 0.2 -W1 2001:db8::2 >/dev/null 2>&1 &
pid=$!
within "it goes, and is shown as failed" 15 sh -c "ip -n $NS_h -6 neigh show 2001:db8::2 dev e0 nud failed | grep -q FAILED"
ip -n $NS_r addr add 2001:db8::2/64 dev e0 nodad
within "it comes back without a flush" 60 h ping -c1 -W1 2001:db8::2
kill $pid 2>/dev/null
wait $pid 2>/dev/null
:
