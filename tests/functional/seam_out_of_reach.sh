#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# What uses IPv6 and isn't served yet refuses or passes nothing; no oops (the
# runner reads the console).
# stacks: us6
# limit: 300
. "$(dirname "$0")/lib.sh"
fresh
pair_up
H="ip -n $NS_h"
try() { # text, command...: any answer will do but a crash
	us6_t=$1; shift
	us6_o=$("$@" 2>&1); us6_s=$?
	if [ $us6_s -lt 124 ]; then ok "$us6_t (status $us6_s)"
	else not_ok "$us6_t" "status $us6_s: $us6_o"; fi
}
poke() { h timeout 10 ping -c1 -W1 "$1" >/dev/null 2>&1; h timeout 10 ping -c1 -W1 fe80::2%"$2" >/dev/null 2>&1; true; }
try vxlan $H link add x0 type vxlan id 5 remote 2001:db8::2 local 2001:db8::1 dstport 4789 dev e0
$H link set x0 up 2>/dev/null && $H addr add 2001:db8:6::1/64 dev x0 nodad 2>/dev/null
poke 2001:db8:6::2 x0; $H link del x0 2>/dev/null
try geneve $H link add x0 type geneve id 5 remote 2001:db8::2
$H link set x0 up 2>/dev/null && $H addr add 2001:db8:6::1/64 dev x0 nodad 2>/dev/null
poke 2001:db8:6::2 x0; $H link del x0 2>/dev/null
try wireguard $H link add x0 type wireguard
$H link set x0 up 2>/dev/null && $H addr add 2001:db8:6::1/64 dev x0 nodad 2>/dev/null
poke 2001:db8:6::2 x0; $H link del x0 2>/dev/null
for mode in l2 l3 l3s; do
	try "ipvlan $mode" $H link add x0 link e0 type ipvlan mode $mode
	$H link set x0 up 2>/dev/null && $H addr add 2001:db8:6::1/64 dev x0 nodad 2>/dev/null
	poke 2001:db8::2 x0; $H link del x0 2>/dev/null
done
for kind in "sit remote 192.0.2.2" "ip6tnl remote 2001:db8::2 local 2001:db8::1" \
	    "ip6gre remote 2001:db8::2 local 2001:db8::1" "ip6gretap remote 2001:db8::2 local 2001:db8::1" \
	    "vti6 remote 2001:db8::2 local 2001:db8::1 key 5" "ip6erspan remote 2001:db8::2 local 2001:db8::1 key 5 erspan_ver 1"; do
	# shellcheck disable=SC2086
	try "${kind%% *}" $H link add x0 type $kind
	$H link set x0 up 2>/dev/null && $H addr add 2001:db8:6::1/64 dev x0 nodad 2>/dev/null
	poke 2001:db8:6::2 x0; $H link del x0 2>/dev/null
done
try "NAT" h nft -f - <<-END
	table ip6 n { chain c { type nat hook postrouting priority 100; oifname e0 masquerade; }; }
END
poke 2001:db8::2 e0; h nft delete table ip6 n 2>/dev/null
try "l2tp" $H l2tp add tunnel tunnel_id 1 peer_tunnel_id 1 encap udp local 2001:db8::1 remote 2001:db8::2 udp_sport 5000 udp_dport 5000
$H l2tp del tunnel tunnel_id 1 2>/dev/null
try "xfrm state" $H xfrm state add src 2001:db8::1 dst 2001:db8::2 proto esp spi 1 mode transport enc 'cbc(aes)' 0x00112233445566778899aabbccddeeff auth 'hmac(sha1)' 0x0011223344556677889900112233445566778899
poke 2001:db8::2 e0; $H xfrm state flush 2>/dev/null
try "nexthop object" $H nexthop add id 7 via 2001:db8::2 dev e0
$H nexthop flush 2>/dev/null
try "seg6" $H route add 2001:db8:77::/64 encap seg6 mode encap segs 2001:db8::2 dev e0
try "sctp" modprobe sctp
try "dccp_ipv6" modprobe dccp_ipv6
try "ip_vs" modprobe ip_vs
try "mptcp" h sh -c 'echo 1 > /proc/sys/net/mptcp/enabled'
check "our own still works" h ping -c1 -W5 2001:db8::2
