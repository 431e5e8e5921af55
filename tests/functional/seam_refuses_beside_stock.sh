#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Beside the active stock stack the module refuses, and says what to do.
# needs: stock
# stacks: us6
. "$(dirname "$0")/lib.sh"

dmesg -C
refuses "insmod fails with EBUSY" "resource busy" insmod "$US6_KO"
# The kernel's own two lines about an unsigned module aside.
is "one line in the log" "$(dmesg | grep us6: | grep -vc taint)" 1
shows "it names the cure" "ipv6.disable=1" dmesg
hides "the module is not loaded" "^us6 " cat /proc/modules
check "the stock stack still works" ping -c1 -W5 ::1
