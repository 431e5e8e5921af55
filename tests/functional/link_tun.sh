#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# tun and tap: made, an address, a packet to itself, blocked by nft, removed.
# needs: 1cpu
. "$(dirname "$0")/lib.sh"
fresh
pair
modprobe tun 2>/dev/null
dmesg -C
H="ip -n $NS_h"
for mode in tun tap; do
	check "$mode: made" $H tuntap add dev t0 mode $mode
	$H link set t0 up
	check "$mode: an address" $H addr add 2001:db8:3::1/64 dev t0 nodad
	check "$mode: answers itself" h ping -c1 -W5 2001:db8:3::1
	h nft -f - <<-END
		table ip6 t { chain c { type filter hook input priority 0;
			ip6 daddr 2001:db8:3::1 icmpv6 type echo-request counter drop; }; }
	END
	refuses "$mode: blocks it" "100% packet loss" h ping -c1 -W1 2001:db8:3::1
	h nft delete table ip6 t
	check "$mode: answers again" h ping -c1 -W5 2001:db8:3::1
	$H link del t0
	hides "$mode: nothing is left" "2001:db8:3:" ip -n $NS_h -6 route show table all
done
hides "the kernel has nothing to say" 'BUG:|WARNING|waiting for|refcount|Oops' dmesg
