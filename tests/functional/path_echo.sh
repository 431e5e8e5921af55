#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Echo between two namespaces, by link-local and global addresses.
# needs: 1cpu
. "$(dirname "$0")/lib.sh"
pair_up

check "to a global address" h ping -c2 -i0.2 -W5 2001:db8::2
within "link-local addresses at r" 10 linklocal_ready $NS_r e0
within "link-local addresses at h" 10 linklocal_ready $NS_h e0
check "to a link-local address" h ping -c1 -W5 "$(linklocal $NS_r e0)%e0"
check "to all nodes" h ping -c1 -W5 ff02::1%e0
check "a large one, in fragments" h ping -c1 -W5 -s 5000 2001:db8::2
check "to itself" h ping -c1 -W5 2001:db8::1
check "to ::1" h ping -c1 -W5 ::1
refuses "nobody there" "100% packet loss" h ping -c1 -W4 2001:db8::dead
