#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# icmp/ and option limits: stock's names and defaults, and their effect.
# needs: 1cpu
. "$(dirname "$0")/lib.sh"
pair_up

value() { shows "$1 is $2" "^$2\$" h cat "/proc/sys/net/ipv6/$1"; }
value icmp/ratelimit 1000
value icmp/ratemask 0-1,3-127
value icmp/echo_ignore_all 0
value icmp/echo_ignore_multicast 0
value icmp/echo_ignore_anycast 0
value anycast_src_echo_reply 0
value max_hbh_opts_number 8
value max_dst_opts_number 8
value max_hbh_length 2147483647
value max_dst_opts_length 2147483647

check "answers" h ping -c1 -W5 2001:db8::2
within "link-local addresses at h" 10 linklocal_ready $NS_h e0
check "answers to a group" h ping -c1 -W5 ff02::1%e0
set_ctl $NS_r net/ipv6/icmp/echo_ignore_multicast 1
set_ctl $NS_h net/ipv6/icmp/echo_ignore_multicast 1
refuses "not to a group" "100% packet loss" h ping -c1 -W2 ff02::1%e0
check "but to an address" h ping -c1 -W5 2001:db8::2
set_ctl $NS_r net/ipv6/icmp/echo_ignore_all 1
refuses "to nobody" "100% packet loss" h ping -c1 -W2 2001:db8::2

for f in Ip6InReceives Icmp6OutEchoReplies Udp6InDatagrams UdpLite6InErrors; do
	shows "snmp6 has $f" "^$f +	[0-9]+\$" h cat /proc/net/snmp6
done
shows "dev_snmp6 has the interface" '^Ip6InReceives' h cat /proc/net/dev_snmp6/e0
ip -n $NS_h link set e0 down
ip -n $NS_h link set e0 name e9
shows "it follows a new name" '^ifIndex' h cat /proc/net/dev_snmp6/e9
ip -n $NS_h link set e9 name e0
