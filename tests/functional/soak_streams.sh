#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# A TCP stream through a router, datagrams beside it, and namespaces made and
# destroyed, all at once on two CPUs: nothing stops, and nothing is left behind.
# US6_SECONDS= for more than 20.
# needs: 2cpu
# limit: 300
. "$(dirname "$0")/lib.sh"
fresh
line_up
seconds=${US6_SECONDS:-20}
p socat -u TCP6-LISTEN:5001 OPEN:/dev/null &
p socat -u UDP6-RECV:5002 OPEN:/dev/null &
sleep 0.5
h timeout $((seconds + 60)) socat -u OPEN:/dev/zero TCP6:[2001:db8:2::1]:5001 &
h timeout $((seconds + 60)) sh -c 'while sleep 0.05; do echo x; done |
	socat -u - UDP6-SENDTO:[2001:db8:2::1]:5002' &
h ping -q -i 0.05 2001:db8:2::1 >/dev/null 2>&1 &

# KiB that the kernel uses for objects and per CPU.
used() { awk '$1 == "Slab:" || $1 == "Percpu:" { n += $2 } END { print n }' /proc/meminfo; }
forwarded() { counter $NS_r Ip6OutForwDatagrams; }
moves() { us6_was=$(forwarded); sleep 1; [ "$(forwarded)" -gt $((us6_was + 50)) ]; }
round() {
	n=s$(($1 % 3))
	ip netns add $n && ip link add x0 netns $n type veth peer name x1 netns $n || return
	ip -n $n -b - <<-END || return
		link set lo up
		link set x0 up
		link set x1 up
		addr add 2001:db8:5::1/64 dev x0 nodad
		route add default via 2001:db8:5::2
	END
	ip netns exec $n ping -c1 -W5 2001:db8:5::1 >/dev/null || return
	# Packets that wait for a neighbour who never answers.
	ip netns exec $n ping -c1 -W0.1 2001:db8:5::2 >/dev/null
	ip netns del $n
}

within "the stream runs through the router" 10 moves
rounds=0
before=
end=$(($(us6_now) + seconds))
went=yes
while [ "$(us6_now)" -lt $end ] || [ $rounds -lt 6 ]; do
	round $rounds || { went="until round $rounds"; break; }
	rounds=$((rounds + 1))
	[ $rounds != 3 ] || before=$(used)
done
is "namespaces come and go to the end" "$went" yes
check "the stream still runs" moves
check "an echo is answered beside it" h ping -c1 -W5 2001:db8:2::1
for n in $NS_h $NS_p; do ip netns pids $n | xargs -r kill 2>/dev/null; done
# Namespaces leave by a work queue.
small() { [ "$(used)" -lt $((${before:-0} + 8192)) ]; }
within "$rounds namespaces later no more memory is held" 20 small
echo "# $rounds namespaces, $before KiB before, $(used) KiB after"
hides "no reference is left" "unregister_netdevice" dmesg
