#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# A hundred namespaces come and go; nothing of theirs stays.
# needs: 1cpu
. "$(dirname "$0")/lib.sh"

i=0
made=0
while [ $i -lt 100 ]; do
	i=$((i + 1))
	ip netns add us6n || break
	ip -n us6n -b - <<-END || break
		link set lo up
		link add d0 type dummy
		link set d0 up
		addr add 2001:db8::$i/64 dev d0
	END
	ip netns del us6n || break
	made=$((made + 1))
done
is "made and destroyed" "$made" 100
gone() { [ "$(ip netns list | wc -l)" -le 3 ]; }
within "all are gone" 30 gone
hides "no device waits for a reference" 'waiting for .* to become free' dmesg
