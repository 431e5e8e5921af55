#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# A scan of the prefix makes thousands of unresolved neighbours and harms neither
# a resolved one nor a new one; they are bounded. RFC 6583.
# needs: 1cpu
# stacks: us6
. "$(dirname "$0")/lib.sh"
fresh
pair_up

check "a neighbour" h ping -c1 -W5 2001:db8::2
ip -n $NS_r addr add 2001:db8::3/64 dev e0 nodad
check "5,000 packets to nobody" h /usr/bin/python3 -c '
import socket
s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
s.setblocking(False)
for i in range(5000):
    try:
        s.sendto(b"x", ("2001:db8::1:%x" % i, 9))
    except OSError:
        pass
'
check "the old one still answers" h ping -c1 -W5 2001:db8::2
check "a new one too" h ping -c1 -W5 2001:db8::3
left=$(ip -n $NS_h -6 neigh show dev e0 | grep -c -E "INCOMPLETE|FAILED")
check "at most 4,096 unresolved ($left)" test "$left" -le 4096
