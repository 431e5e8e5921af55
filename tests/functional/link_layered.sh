#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# VLAN, macvlan, bond, bridge and dummy over a veth: each is made, gets an
# address, passes a packet, blocks it by nft, is removed, and leaves nothing;
# the kernel has nothing to say.
# needs: 1cpu
# limit: 240
. "$(dirname "$0")/lib.sh"
fresh
pair
H="ip -n $NS_h" R="ip -n $NS_r"
dmesg -C

# tries KIND DEV-AT-H DEV-AT-R: a packet through them, then none, then again.
tries() {
	$H addr add 2001:db8:1::1/64 dev "$2" nodad
	$R addr add 2001:db8:1::2/64 dev "$3" nodad
	check "$1: passes a packet" h ping -c1 -W8 2001:db8:1::2
	h nft -f - <<-END
		table ip6 t { chain c { type filter hook output priority 0;
			oifname "$2" icmpv6 type echo-request counter drop; }; }
	END
	refuses "$1: blocks it" "not permitted|100% packet loss" h ping -c1 -W1 2001:db8:1::2
	shows "$1: by that rule" "packets [1-9]" h nft list table ip6 t
	h nft delete table ip6 t
	r nft -f - <<-END
		table inet t { chain c { type filter hook input priority 0;
			iifname "$3" icmpv6 type echo-request counter drop; }; }
	END
	refuses "$1: blocks it on the way in" "100% packet loss" h ping -c1 -W1 2001:db8:1::2
	shows "$1: by that rule" "packets [1-9]" r nft list table inet t
	r nft delete table inet t
	check "$1: passes again" h ping -c1 -W8 2001:db8:1::2
}
# gone KIND: no address or route of it is left.
gone() {
	$H addr flush dev e0 2>/dev/null; $R addr flush dev e0 2>/dev/null
	hides "$1: nothing is left" "2001:db8:1:" \
		sh -c "$H -6 route show table all; $H -6 addr; $R -6 route show table all"
}

for ns in $NS_h $NS_r; do
	check "vlan" ip -n $ns link add v0 link e0 type vlan id 5
	ip -n $ns link set v0 up
done
tries vlan v0 v0
$H link set e0 down
hides "vlan: down with its device" "2001:db8:1::/64" ip -n $NS_h -6 route
$H link set e0 up
$H link del v0; $R link del v0
gone vlan

for mode in bridge private vepa passthru; do
	check "macvlan $mode" $H link add m0 link e0 type macvlan mode $mode
	$H link set m0 up
	tries "macvlan $mode" m0 e0
	$H link del m0
	gone "macvlan $mode"
	$H link set e0 down; $H link set e0 up
done

for mode in active-backup balance-rr; do
	check "bond $mode" $H link add bond0 type bond mode $mode
	$H link set e0 down
	check "bond: takes a device" $H link set e0 master bond0
	$H link set bond0 up
	hides "bond: whose own address is none any more" "inet6" ip -n $NS_h -6 addr show dev e0
	tries "bond $mode" bond0 e0
	$H link del bond0
	$H link set e0 up
	gone "bond $mode"
done

check "bridge" $R link add br0 type bridge mcast_snooping 1
$R link set e0 master br0; $R link set br0 up
tries bridge e0 br0
$R link del br0
gone bridge

check "dummy" $H link add d0 type dummy
$H link set d0 up
check "dummy: an address" $H addr add 2001:db8:4::1/64 dev d0 nodad
check "dummy: answers itself" h ping -c1 -W5 2001:db8:4::1
$H link del d0
hides "dummy: nothing is left" "2001:db8:4:" ip -n $NS_h -6 route show table all
hides "the kernel has nothing to say" 'BUG:|WARNING|waiting for|refcount|Oops' dmesg
