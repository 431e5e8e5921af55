#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The files of /proc/net have the names, heads and columns that programs read.
# smoke
. "$(dirname "$0")/lib.sh"
pair_up
h ping -c1 -W5 2001:db8::2 >/dev/null
f() { h cat "/proc/net/$1"; }
shows "if_inet6" "^20010db8000000000000000000000001 [0-9a-f]{2} 40 00 [0-9a-f]{2} +e0$" f if_inet6
shows "ipv6_route" "^20010db8000000000000000000000000 40 0{32} 00 0{32} 00000100 .* e0$" f ipv6_route
shows "tcp6" "^  sl  local_address +remote_address +st tx_queue rx_queue" f tcp6
shows "udp6" "^  sl  local_address +remote_address +st tx_queue" f udp6
shows "raw6" "^  sl  local_address +remote_address" f raw6
shows "icmp6" "^  sl  local_address" f icmp6
shows "snmp6" "^Ip6InReceives +	[1-9]" f snmp6
shows "dev_snmp6" "^ifIndex" f dev_snmp6/e0
shows "igmp6" "^[0-9]+ +e0 +ff020000000000000000000000000001 +[1-9]" f igmp6
shows "sockstat6" "^TCP6: inuse [0-9]+" f sockstat6
shows "anycast6 or no such file" "." sh -c "cat /proc/net/anycast6 2>&1; echo ."
