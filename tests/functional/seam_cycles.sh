#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Unload and load again and again, under traffic that reaches into the stock
# entry points from both CPUs: netfilter's rejects on a bridge, IPv4 beside it,
# sockets that come and go.  US6_CYCLES= for more than 10.
# needs: 2cpu-unload
# stacks: us6
. "$(dirname "$0")/lib.sh"

dmesg -C
cycles=${US6_CYCLES:-10}
# Ends by itself when the family is gone, and begins again.
traffic() {
	while [ ! -e /run/us6-stop ]; do
		ping -c3 -i0.2 -W1 ::1
		ping -c3 -i0.2 -W1 127.0.0.1
	done >/dev/null 2>&1
}
rm -f /run/us6-stop
traffic & t1=$!
traffic & t2=$!

done=0
i=0
while [ $i -lt $((cycles * 4)) ] && [ $done -lt $cycles ]; do
	i=$((i + 1))
	# A socket of the traffic may hold it for a moment.
	rmmod us6 2>/dev/null || { sleep 0.2; continue; }
	insmod "$US6_KO" || break
	done=$((done + 1))
done
touch /run/us6-stop
wait $t1 $t2
grep -q "^us6 " /proc/modules || insmod "$US6_KO"
is "unloaded and loaded $cycles times" "$done" "$cycles"
check "and it works" ping -c1 -W5 ::1
hides "the kernel reports nothing" 'BUG:|WARNING:|Oops|general protection' dmesg
