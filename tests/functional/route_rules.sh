#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Policy rules by source, mark and priority.
. "$(dirname "$0")/lib.sh"
fresh
pair_up
ip -n $NS_h addr add 2001:db8:0:2::1/64 dev e0 nodad
R="ip -n $NS_h -6"
shows "the two that are always there" "^0:.*from all lookup local" $R rule show
shows "and main" "^32766:.*from all lookup main" $R rule show
$R route add default via 2001:db8::2
$R route add default via 2001:db8::9 table 200
check "by source" $R rule add from 2001:db8:0:2::1 lookup 200
shows "is shown" "from 2001:db8:0:2::1 lookup 200" $R rule show
shows "is obeyed" "via 2001:db8::9 " $R route get 2001:db8:99::1 from 2001:db8:0:2::1
shows "by others not" "via 2001:db8::2 " $R route get 2001:db8:99::1
check "by mark" $R rule add fwmark 7 lookup 200 pref 100
shows "is obeyed" "via 2001:db8::9 " $R route get 2001:db8:99::1 mark 7
check "prohibit" $R rule add to 2001:db8:66::/48 prohibit pref 50
refuses "is obeyed" "Permission denied" $R route get 2001:db8:66::1
check "deleted" $R rule del pref 50
shows "then it goes" "via 2001:db8::2 " $R route get 2001:db8:66::1
refuses "none to delete" "No such" $R rule del pref 4711
