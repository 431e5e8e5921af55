#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# ping by a raw socket, and by a ping socket for others than root.
. "$(dirname "$0")/lib.sh"
pair_up
check "raw" h ping -c1 -W5 2001:db8::2
old=$(h cat /proc/sys/net/ipv4/ping_group_range)
h sh -c 'echo "0 2147483647" > /proc/sys/net/ipv4/ping_group_range'
as_nobody() { h setpriv --reuid 65534 --regid 65534 --clear-groups --bounding-set -all --inh-caps -all "$@"; }
check "ping socket" as_nobody ping -c1 -W5 2001:db8::2
h sh -c "echo '$old' > /proc/sys/net/ipv4/ping_group_range"
