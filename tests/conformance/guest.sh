#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# usage: guest.sh HOSTS ROUTERS
# Gives each NIC (by its MAC, 52:54:00:06:00:NN) to its node: hosts h0.. have
# one each as eth0, routers r0.. two, eth0 and eth1.
set -e
dev() {
	want=$(printf '52:54:00:06:00:%02x' "$1")
	for d in /sys/class/net/*/; do
		d=${d%/}
		read -r mac < "$d/address"
		[ "$mac" = "$want" ] && { echo "${d##*/}"; return; }
	done
	echo "no NIC $want" >&2
	return 1
}
n=0
i=0
while [ $i -lt "$1" ]; do
	d=$(dev $n); n=$((n + 1))
	ip netns add h$i
	ip link set "$d" netns h$i name eth0
	ip -n h$i -b - <<-END
		link set lo up
		link set eth0 up
		addr add 2001:db8:$((100 + i))::1/64 dev eth0 nodad
	END
	i=$((i + 1))
done
i=0
while [ $i -lt "$2" ]; do
	d=$(dev $n); e=$(dev $((n + 1))); n=$((n + 2))
	ip netns add r$i
	ip link set "$d" netns r$i name eth0
	ip link set "$e" netns r$i name eth1
	ip netns exec r$i sh -c 'echo 1 > /proc/sys/net/ipv6/conf/all/forwarding'
	ip -n r$i -b - <<-END
		link set lo up
		link set eth0 up
		link set eth1 up
		addr add 2001:db8:$((200 + i))::1/64 dev eth0 nodad
		addr add 2001:db8:$((300 + i))::1/64 dev eth1 nodad
	END
	i=$((i + 1))
done
# Past duplicate address detection of the link-local addresses.
for ns in $(ls /run/netns); do
	t=0
	while ip -n "$ns" -6 addr show tentative | grep -q inet6 ||
	      ! ip -n "$ns" -6 addr show dev eth0 scope link | grep -q inet6; do
		t=$((t + 1))
		[ $t -lt 300 ] || { echo "$ns has no link-local address" >&2; exit 1; }
		sleep 0.1
	done
done
