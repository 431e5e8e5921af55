#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Unload and load again: IPv6 goes and comes, and an idle module can always go.
# needs: unload
# stacks: us6
. "$(dirname "$0")/lib.sh"

shows "loaded at the start" "^us6 " cat /proc/modules
check "IPv6 is there" ping -c1 -W5 ::1
check "rmmod" rmmod us6
hides "gone" "^us6 " cat /proc/modules
refuses "no socket of the family any more" "not supported|Cannot assign|unreachable" ping -c1 -W5 ::1
hides "/proc/net/if_inet6 is gone" "." sh -c "cat /proc/net/if_inet6 2>/dev/null"
check "insmod again" insmod "$US6_KO"
check "IPv6 is back" ping -c1 -W5 ::1
i=0
while [ $i -lt 5 ]; do
	rmmod us6 && insmod "$US6_KO" || break
	i=$((i + 1))
done
is "five times more" $i 5
check "and it still works" ping -c1 -W5 ::1
