#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# A module calls IPv6 as other kernel code does: tunnels, bridges, RDMA, VRF.
# Each call gets an answer that its callers can take, and the structs that they
# read hold what ip(8) shows.
. "$(dirname "$0")/lib.sh"

ko=${US6_KO%/us6.ko}.tests/us6_probe.ko
stock=0
[ "${STACK-}" != stock ] || stock=1

ready() {
	out=$(ip -6 -o addr show dev probe0 scope link)
	[ -n "$out" ] && case "$out" in *tentative*) false ;; esac
}

check "an interface" ip link add probe0 type dummy
check "up" ip link set probe0 up
within "it has a link-local address" 10 ready

dmesg -C
check "every call returns" insmod "$ko" dev=probe0 stock=$stock
log=$(dmesg)
bad=$(printf '%s\n' "$log" | sed -n 's/.*us6_probe: not ok //p')
is "every answer is one that callers expect" "$bad" ""
is "no warning" "$(printf '%s\n' "$log" | grep -c 'WARNING\|BUG:')" 0

seen=$(printf '%s\n' "$log" | sed -n 's/.*us6_probe: addr //p' | sort)
is "idev->addr_list holds the addresses that ip shows" "$seen" \
	"$(ip -6 -o addr show dev probe0 | sed 's/.* inet6 \([^ ]*\).*/\1/' | sort)"
seen=$(printf '%s\n' "$log" | sed -n 's/.*us6_probe: group //p' | sort)
is "idev->mc_list holds the groups that ip shows" "$seen" \
	"$(ip -6 maddr show dev probe0 | sed -n 's/.*inet6 \([^ ]*\).*/\1/p' | sort)"

rmmod us6_probe
ip link del probe0
