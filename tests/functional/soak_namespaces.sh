#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# 100 namespaces made and destroyed with traffic running, on two CPUs.
# needs: 2cpu
# limit: 400
. "$(dirname "$0")/lib.sh"
fresh
pair_up
h ping -q -i 0.05 2001:db8::2 >/dev/null 2>&1 &
i=0
while [ $i -lt 100 ]; do
	n=s$((i % 5))
	ip netns add $n && ip link add x0 netns $n type veth peer name x1 netns $n || break
	ip -n $n -b - <<-END || break
		link set lo up
		link set x0 up
		link set x1 up
		addr add 2001:db8:5::1/64 dev x0 nodad
		route add default via 2001:db8:5::2
	END
	[ $((i % 10)) = 0 ] && ip netns exec $n ping -c1 -W2 2001:db8:5::1 >/dev/null
	ip netns del $n
	i=$((i + 1))
done
is "made and destroyed" $i 100
check "the traffic still runs" h ping -c1 -W5 2001:db8::2
hides "no reference is left" "unregister_netdevice" dmesg
