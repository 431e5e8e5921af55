#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# A real radvd: address, default route, MTU, hop limit; and their end.
# smoke
. "$(dirname "$0")/lib.sh"
pair
set_ctl $NS_r net/ipv6/conf/all/forwarding 1
ip -n $NS_r addr add 2001:db8:9::1/64 dev e0 nodad
wait_for 10 linklocal_ready $NS_r e0
cat > /tmp/radvd.conf <<END
interface e0 {
	AdvSendAdvert on;
	MinRtrAdvInterval 3;
	MaxRtrAdvInterval 4;
	AdvLinkMTU 1400;
	AdvCurHopLimit 99;
	prefix 2001:db8:9::/64 { AdvOnLink on; AdvAutonomous on; };
};
END
r radvd -C /tmp/radvd.conf -p /tmp/radvd.pid -m none || bail "no radvd"
has_addr() { ip -n $NS_h -6 addr show dev e0 -tentative dynamic | grep -q "inet6 2001:db8:9:"; }
within "an address" 20 has_addr
shows "a default route by the router" "default via fe80::.* dev e0 proto ra" ip -n $NS_h -6 route show
shows "the prefix is on the link" "2001:db8:9::/64 dev e0 proto (kernel|ra)" ip -n $NS_h -6 route show
is "the MTU" "$(h cat /proc/sys/net/ipv6/conf/e0/mtu)" 1400
check "ping by the default route" h ping -c1 -W5 2001:db8:9::1
gone() { ! ip -n $NS_h -6 route show | grep -q '^default'; }
kill "$(cat /tmp/radvd.pid)"
within "radvd says goodbye: no default route" 20 gone
ip -n $NS_h link set e0 mtu 1280
ip -n $NS_h link set e0 mtu 1500
