#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# VLAN, bridge, bond, macvlan, VRF, tun and dummy: made, an address each, a packet, gone.
# limit: 240
. "$(dirname "$0")/lib.sh"
fresh
pair
H="ip -n $NS_h" R="ip -n $NS_r"
try() { # name, device at h, device at r
	$H addr add 2001:db8:1::1/64 dev "$2" nodad
	$R addr add 2001:db8:1::2/64 dev "$3" nodad
	check "$1: a packet" h ping -c1 -W8 2001:db8:1::2
}
for ns in $NS_h $NS_r; do
	ip -n $ns link add v0 link e0 type vlan id 5 && ip -n $ns link set v0 up
done
try vlan v0 v0
$H link del v0; $R link del v0
hides "and nothing is left" "2001:db8:1:" ip -n $NS_h -6 route show table all

$R link add br0 type bridge && $R link set e0 master br0 && $R link set br0 up
try bridge e0 br0
$H addr flush dev e0
$R link del br0

$H link add m0 link e0 type macvlan mode bridge && $H link set m0 up
try macvlan m0 e0
$H link del m0
$R addr flush dev e0

modprobe bonding 2>/dev/null
$H link add bond0 type bond mode active-backup 2>/dev/null ||
	h ip link add bond0 type bond mode active-backup
$H link set e0 down; $H link set e0 master bond0; $H link set bond0 up
try bond bond0 e0
$H link del bond0; $H link set e0 up
$R addr flush dev e0

$H link add vrf0 type vrf table 10 && $H link set vrf0 up && $H link set e0 master vrf0
$H addr add 2001:db8:2::1/64 dev e0 nodad
$R addr add 2001:db8:2::2/64 dev e0 nodad
check "vrf: a packet" h ping -c1 -W8 -I vrf0 2001:db8:2::2
refuses "vrf: not from outside" "unreachable" h ping -c1 -W2 2001:db8:2::2
shows "vrf: its routes are in its table" "2001:db8:2::/64 dev e0" ip -n $NS_h -6 route show table 10
$H link del vrf0

modprobe tun 2>/dev/null
$H tuntap add dev t0 mode tun && $H link set t0 up
check "tun: an address" $H addr add 2001:db8:3::1/64 dev t0 nodad
check "tun: answers itself" h ping -c1 -W5 2001:db8:3::1
$H link del t0
$H link add d0 type dummy && $H link set d0 up
check "dummy: an address" $H addr add 2001:db8:4::1/64 dev d0 nodad
check "dummy: answers itself" h ping -c1 -W5 2001:db8:4::1
$H link del d0
hides "nothing of them is left" "2001:db8:[34]:" ip -n $NS_h -6 route show table all
