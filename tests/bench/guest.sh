#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Runs in the VM, prints "name<TAB>instructions" for each row.
#
#   netns t: w0 (sender) --- v0 netns d: the node under test --- x0 (dummy)
#
# A cost is the count for a frame to the node's MAC minus that for the same
# frame to a foreign MAC, which leaves only what IPv6 did with it.
set -e
bench=${1:?path of the bench program}
rounds=${2:-2000}

ip netns add t
ip netns add d
ip link add v0 netns d address 02:00:00:00:00:01 type veth peer name w0 netns t address 02:00:00:00:00:0a
in_d() { ip netns exec d "$@"; }
in_t() { ip netns exec t "$@"; }
in_t ip link set w0 up
in_d ip link set lo up
in_d ip link set v0 up
in_d ip link add x0 type dummy
in_d ip link set x0 arp on up
in_d ip -6 addr add 2001:db8:1::1/64 dev v0 nodad
in_d ip -6 addr add 2001:db8:2::1/64 dev x0 nodad
in_d sh -c 'echo 1 > /proc/sys/net/ipv6/conf/all/forwarding'
# Answers end at the wire: with the sender's own MAC its stack would be counted.
in_d ip -6 neigh add 2001:db8:1::2 lladdr 02:00:00:00:00:0b dev v0 nud permanent
i=0
while [ $i -lt 64 ]; do
	printf 'neigh add 2001:db8:2::1:%x lladdr 02:00:00:00:01:%02x dev x0 nud permanent\n' $i $i
	i=$((i + 1))
done > /tmp/neigh
in_d ip -6 -batch /tmp/neigh

ours=02:00:00:00:00:01
other=02:00:00:00:00:99
row() { # NAME NETNS COMMAND... with MAC in place of the MAC
	name=$1 ns=$2
	shift 2
	a=$(ip netns exec $ns "$bench" $(echo "$*" | sed "s/MAC/$ours/"))
	b=$(ip netns exec $ns "$bench" $(echo "$*" | sed "s/MAC/$other/"))
	printf '%s\t%d\n' "$name" $((a - b))
}

sent() { in_d cat /sys/class/net/x0/statistics/tx_packets; }
before=$(sent)
row "forward 64 single" t frame w0 MAC "$rounds" 2001:db8:2::1:5
[ $(($(sent) - before)) -ge "$rounds" ] || { echo "forwarding doesn't work" >&2; exit 1; }
before=$(sent)
row "forward 64 list 1 dest" d list v0 MAC 100 2001:db8:2::1:5 1
row "forward 64 list 64 dest" d list v0 MAC 100 2001:db8:2::1:0 64
[ $(($(sent) - before)) -ge $((2 * 100 * 16 * 64)) ] ||
	{ echo "forwarding in lists doesn't work" >&2; exit 1; }
before=$(in_d cat /sys/class/net/v0/statistics/tx_packets)
# The limit on ICMPv6 informational replies is none by default on both stacks.
BENCH_ECHO=1 row "echo" t frame w0 MAC "$rounds" 2001:db8:1::1
[ $(($(in_d cat /sys/class/net/v0/statistics/tx_packets) - before)) -ge "$rounds" ] ||
	{ echo "no echo replies" >&2; exit 1; }
printf 'udp rr\t%d\n' "$(in_d "$bench" udprr 2001:db8:1::1 "$rounds")"
