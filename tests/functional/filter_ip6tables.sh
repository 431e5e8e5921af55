#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# ip6tables, both kinds: block, REJECT, and go.
. "$(dirname "$0")/lib.sh"
fresh
line_up
h ping -c1 -W5 2001:db8:2::1 >/dev/null
for t in ip6tables-legacy ip6tables-nft; do
	check "$t DROP" r $t -A FORWARD -d 2001:db8:2::1 -j DROP
	refuses "blocks" "100% packet loss" h ping -c1 -W2 2001:db8:2::1
	shows "and counts" "[1-9][0-9]* +[0-9]+ DROP" r $t -L FORWARD -v -n
	check "REJECT" r $t -R FORWARD 1 -d 2001:db8:2::1 -j REJECT --reject-with icmp6-adm-prohibited
	refuses "is said to the sender" "prohibited" h ping -c1 -W5 2001:db8:2::1
	check "flush" r $t -F
	check "passes again" h ping -c1 -W5 2001:db8:2::1
done
