#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# A connected socket remembers its way.  Each event that changes the answer
# makes it look again.
# needs: 1cpu
. "$(dirname "$0")/lib.sh"
line
R="ip -n $NS_r -6 route"
U="ip -n $NS_r -6 rule"

ip -n $NS_r addr add 2001:db8:1::ff/64 dev e0 nodad
ip -n $NS_r addr add 2001:db8:2::ff/64 dev e1 nodad
ip -n $NS_r neigh replace 2001:db8:1::a lladdr 02:00:00:00:00:0a dev e0 nud permanent
ip -n $NS_r neigh replace 2001:db8:2::b lladdr 02:00:00:00:00:0b dev e1 nud permanent
check "a way by e0" $R add 2001:db8:9::/48 via 2001:db8:1::a

fifo=/run/us6-fifo
rm -f $fifo; mkfifo $fifo
# Takes what comes while the address is ours, or the socket hears an error.
r socat -u UDP6-RECV:9 /dev/null &
r socat -u PIPE:$fifo UDP6-CONNECT:[2001:db8:9::1]:9,bind=[2001:db8:1::ff] &
exec 7> $fifo
sent() { r cat /sys/class/net/$1/statistics/tx_packets; }
# goes DEV: thirty datagrams leave by it.
goes() {
	before=$(sent "$1") i=0
	while [ $i -lt 30 ]; do echo x >&7; i=$((i + 1)); sleep 0.01; done
	sleep 0.2
	[ $(($(sent "$1") - before)) -ge 25 ]
}

within "it takes e0" 5 goes e0
check "an unrelated route" $R add 2001:db8:8::/48 via 2001:db8:2::b
check "changes nothing" goes e0
check "a route of a higher metric" $R add 2001:db8:9::/48 via 2001:db8:2::b metric 5000
check "changes nothing" goes e0
check "a more specific route" $R add 2001:db8:9::/64 via 2001:db8:2::b
check "is taken" goes e1
check "deleted" $R del 2001:db8:9::/64
check "the old one is taken" goes e0
check "a lower metric" $R add 2001:db8:9::/48 via 2001:db8:2::b metric 10
check "is taken" goes e1
check "deleted" $R del 2001:db8:9::/48 metric 10
check "the old one is taken" goes e0
check "replaced" $R replace 2001:db8:9::/48 via 2001:db8:2::b metric 1024
check "the new way is taken" goes e1
check "and replaced back" $R replace 2001:db8:9::/48 via 2001:db8:1::a metric 1024
check "taken" goes e0
check "another table" $R add 2001:db8:9::/48 via 2001:db8:2::b table 100
check "changes nothing" goes e0
check "a rule for it" $U add pref 50 to 2001:db8:9::/48 table 100
check "does" goes e1
check "a more specific route in main" $R add 2001:db8:9::/64 via 2001:db8:1::a
check "changes nothing behind that rule" goes e1
check "the rule is deleted" $U del pref 50
check "main serves" goes e0
check "an address of ours" ip -n $NS_r addr add 2001:db8:9::1/128 dev e1 nodad
before=$(sent e0); for i in 1 2 3 4 5 6; do echo x >&7; done; sleep 0.3
if [ $(($(sent e0) - before)) -lt 5 ]; then ok "keeps it here"
else not_ok "keeps it here" "datagrams for our own address left by e0"; fi
check "deleted" ip -n $NS_r addr del 2001:db8:9::1/128 dev e1
within "goes out again" 3 goes e0
exec 7>&-
rm -f $fifo
$R flush table 100
fresh
