#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Policy rules select the table.
# needs: 1cpu
. "$(dirname "$0")/lib.sh"
pair_up
R="ip -n $NS_h -6 route"
U="ip -n $NS_h -6 rule"

shows "the default rules" "^0:.*lookup local" $U
shows "both" "^32766:.*lookup main" $U
check "main" $R add 2001:db8:9::/48 via 2001:db8::2
check "another table" $R add 2001:db8:9::/48 via 2001:db8::3 table 100
shows "without a rule it isn't asked" "via 2001:db8::2" $R get 2001:db8:9::1
check "rule by destination" $U add to 2001:db8:9:8::/64 table 100
shows "is obeyed" "via 2001:db8::3 .*table 100" $R get 2001:db8:9:8::1
shows "by what it selects alone" "via 2001:db8::2" $R get 2001:db8:9:7::1
check "deleted" $U del to 2001:db8:9:8::/64 table 100
shows "main serves again" "via 2001:db8::2" $R get 2001:db8:9:8::1
check "rule by mark" $U add fwmark 7 table 100
shows "is obeyed" "via 2001:db8::3" $R get 2001:db8:9::1 mark 7
shows "without the mark it isn't" "via 2001:db8::2" $R get 2001:db8:9::1
check "deleted" $U del fwmark 7 table 100
check "a rule that refuses" $U add to 2001:db8:9::/48 prohibit
refuses "refuses" "Permission denied" $R get 2001:db8:9::1
check "deleted" $U del to 2001:db8:9::/48 prohibit
check "a default in main" $R add default via 2001:db8::4
check "suppressed" $U add pref 100 table main suppress_prefixlength 0
check "and served by another table" $U add pref 101 table 100
check "which has one" $R add default via 2001:db8::5 table 100
shows "longer prefixes come from main" "via 2001:db8::2" $R get 2001:db8:9::1
shows "the default from the other" "via 2001:db8::5" $R get 2001:db8:ffff::1
check "undone" $U del pref 100
check "undone" $U del pref 101
refuses "an unknown rule can't be deleted" "No such file" $U del pref 4711
$R flush table 100
