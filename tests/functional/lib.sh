# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# For the scripts beside this file.  Each shows one behaviour and runs as root
# in the guest, under dash:
#
#	#!/bin/sh
#	# What is shown.
#	# needs: 1cpu		(or 2cpu; unload, 2cpu-unload: last there;
#	#			 stock: booted with the stock stack on;
#	#			 icount: one CPU, idle time is skipped)
#	# stacks: us6		(only where the stock stack can't pass it)
#	. "$(dirname "$0")/lib.sh"
#	pair
#	check "a neighbour answers" h ping -c1 -W5 2001:db8::2
#
# `pair` gives two namespaces, h (a host) and r, joined by veth e0; `line`
# gives three, h -- r -- p, where r's second device e1 leads to p's e0.  Their
# names on the system are $NS_h and so on.  Namespaces and devices are used
# again by the next test: what a test sets with `set_ctl` and what hangs on
# e0 and e1 is undone; a test that changes more calls `fresh` at its start,
# then nothing of it is used again.

us6_n=0
us6_bad=0
us6_undo=
us6_fresh=
us6_used=
NS_h=us6h NS_r=us6r NS_p=us6p

h() { ip netns exec $NS_h "$@"; }
r() { ip netns exec $NS_r "$@"; }
p() { ip netns exec $NS_p "$@"; }

ok() { us6_n=$((us6_n + 1)); echo "ok $us6_n - $1"; }
not_ok() { # text, detail
	us6_n=$((us6_n + 1)); us6_bad=$((us6_bad + 1))
	echo "not ok $us6_n - $1"
	[ -z "${2-}" ] || printf '%s\n' "$2" | sed 's/^/#   /'
}

# check TEXT COMMAND...: the command succeeds.
check() {
	us6_text=$1; shift
	if us6_out=$("$@" 2>&1); then ok "$us6_text"
	else not_ok "$us6_text" "$* (status $?): $us6_out"; fi
}

# refuses TEXT PATTERN COMMAND...: it fails, and what it says matches.
refuses() {
	us6_text=$1; us6_pat=$2; shift 2
	if us6_out=$("$@" 2>&1); then
		not_ok "$us6_text" "$* succeeded: $us6_out"
	elif printf '%s\n' "$us6_out" | grep -Eq -- "$us6_pat"; then
		ok "$us6_text"
	else
		not_ok "$us6_text" "$* failed, but said: $us6_out"
	fi
}

# shows TEXT PATTERN COMMAND...: its output matches; hides: it doesn't.
shows() {
	us6_text=$1; us6_pat=$2; shift 2
	us6_out=$("$@" 2>&1)
	if printf '%s\n' "$us6_out" | grep -Eq -- "$us6_pat"; then ok "$us6_text"
	else not_ok "$us6_text" "expected /$us6_pat/ from $*, got: $us6_out"; fi
}
hides() {
	us6_text=$1; us6_pat=$2; shift 2
	us6_out=$("$@" 2>&1)
	if printf '%s\n' "$us6_out" | grep -Eq -- "$us6_pat"; then
		not_ok "$us6_text" "expected no /$us6_pat/ from $*, got: $us6_out"
	else ok "$us6_text"; fi
}

# is TEXT GOT WANTED
is() {
	if [ "$2" = "$3" ]; then ok "$1"; else not_ok "$1" "got '$2', expected '$3'"; fi
}

us6_now() { read -r us6_t _ < /proc/uptime; echo "${us6_t%.*}"; }

# wait_for SECONDS COMMAND...: until it succeeds; its status else.
wait_for() {
	us6_end=$(($(us6_now) + $1 + 1)); shift
	until "$@" >/dev/null 2>&1; do
		[ "$(us6_now)" -lt "$us6_end" ] || return 1
		sleep 0.1
	done
}

# within TEXT SECONDS COMMAND...: a check that polls.
within() {
	us6_text=$1; us6_s=$2; shift 2
	if wait_for "$us6_s" "$@"; then ok "$us6_text"
	else not_ok "$us6_text" "not within $us6_s s: $*: $("$@" 2>&1)"; fi
}

# addr_ready NS DEV ADDRESS: there, and past duplicate address detection.
addr_ready() {
	us6_out=$(ip -n "$1" -6 addr show dev "$2" 2>/dev/null)
	case "$us6_out" in *" $3/"*) ;; *) return 1 ;; esac
	! printf '%s\n' "$us6_out" | grep -F " $3/" | grep -q 'tentative\|dadfailed'
}

# linklocal NS DEV: prints the link-local address.
linklocal() {
	ip -n "$1" -6 -o addr show dev "$2" scope link |
		sed -n 's/.* inet6 \([^/]*\).*/\1/p' | head -n 1
}
linklocal_ready() {
	us6_out=$(ip -n "$1" -6 -o addr show dev "$2" scope link)
	[ -n "$us6_out" ] && case "$us6_out" in *tentative*) false ;; esac
}

# counter NS NAME: one value of /proc/net/snmp6.
counter() { ip netns exec "$1" awk -v n="$2" '$1 == n { print $2 }' /proc/net/snmp6; }

# set_ctl NS net/ipv6/... VALUE: undone at the end.
set_ctl() {
	us6_old=$(ip netns exec "$1" cat "/proc/sys/$2") || bail "no sysctl $2"
	ip netns exec "$1" sh -c "echo '$3' > '/proc/sys/$2'" || return 1
	us6_undo="$1 $2 $us6_old
$us6_undo"
}

bail() { echo "Bail out! $*"; exit 99; }
skip() { echo "1..0 # SKIP $*"; trap - EXIT; us6_cleanup; exit 0; }
fresh() { us6_fresh=1; us6_destroy; }

us6_destroy() {
	for us6_ns in $NS_h $NS_r $NS_p; do
		[ -e /run/netns/$us6_ns ] || continue
		ip netns pids $us6_ns | xargs -r kill -9 2>/dev/null
		ip netns del $us6_ns
	done
	rm -f /run/us6-topology
}

us6_make() { # pair | line
	ip netns add $NS_h && ip netns add $NS_r || bail "no namespace"
	if [ "$1" = line ]; then
		ip netns add $NS_p || bail "no namespace"
		ip -n $NS_p link set lo up
		ip link add e1 netns $NS_r type veth peer name e0 netns $NS_p || bail "no veth"
	fi
	ip -n $NS_h link set lo up
	ip -n $NS_r link set lo up
	ip link add e0 netns $NS_h type veth peer name e0 netns $NS_r || bail "no veth"
	echo "$1" > /run/us6-topology
}

us6_topology() {
	us6_have=
	[ -e /run/us6-topology ] && read -r us6_have < /run/us6-topology
	if [ "$us6_have" != "$1" ]; then
		us6_destroy
		us6_make "$1"
	fi
	us6_used=$1
	ip -n $NS_h link set e0 up
	ip -n $NS_r link set e0 up
	if [ "$1" = line ]; then
		ip -n $NS_r link set e1 up
		ip -n $NS_p link set e0 up
	fi
}
pair() { us6_topology pair; }
line() { us6_topology line; }

# pair_up: pair, with 2001:db8::1/64 at h and ::2 at r, without DAD.
pair_up() {
	pair
	ip -n $NS_h addr add 2001:db8::1/64 dev e0 nodad
	ip -n $NS_r addr add 2001:db8::2/64 dev e0 nodad
}

# line_up: line, r routes between 2001:db8:1::/64 (h ::1, r ::ff) and
# 2001:db8:2::/64 (p ::1, r ::ff); h and p have a default route by r.
line_up() {
	line
	set_ctl $NS_r net/ipv6/conf/all/forwarding 1
	ip -n $NS_r addr add 2001:db8:1::ff/64 dev e0 nodad
	ip -n $NS_r addr add 2001:db8:2::ff/64 dev e1 nodad
	ip -n $NS_h addr add 2001:db8:1::1/64 dev e0 nodad
	ip -n $NS_p addr add 2001:db8:2::1/64 dev e0 nodad
	ip -n $NS_h route add default via 2001:db8:1::ff
	ip -n $NS_p route add default via 2001:db8:2::ff
}

us6_reset_ns() { # namespace devices...
	us6_ns=$1; shift
	ip netns pids "$us6_ns" | xargs -r kill -9 2>/dev/null
	{
		for us6_d in "$@"; do
			echo "addr flush dev $us6_d"
			echo "link set $us6_d down"
		done
	} | ip -n "$us6_ns" -b - 2>/dev/null
	ip -n "$us6_ns" -6 route flush table all proto static 2>/dev/null
	ip -n "$us6_ns" -6 route flush table all proto boot 2>/dev/null
	:
}

us6_cleanup() {
	printf '%s' "$us6_undo" | while read -r us6_ns us6_k us6_v; do
		ip netns exec "$us6_ns" sh -c "echo '$us6_v' > '/proc/sys/$us6_k'" 2>/dev/null
	done
	if [ -n "$us6_fresh" ] || [ "$us6_bad" != 0 ]; then
		us6_destroy
	elif [ -n "$us6_used" ]; then
		us6_reset_ns $NS_h e0
		if [ "$us6_used" = line ]; then
			us6_reset_ns $NS_r e0 e1
			us6_reset_ns $NS_p e0
		else
			us6_reset_ns $NS_r e0
		fi
	fi
}

us6_end() {
	us6_status=$?
	trap - EXIT
	us6_cleanup
	echo "1..$us6_n"
	[ $us6_status = 0 ] || { echo "# ended with status $us6_status"; exit $us6_status; }
	[ "$us6_bad" = 0 ] && [ "$us6_n" -gt 0 ]
	exit
}
trap us6_end EXIT
trap 'exit 143' TERM INT HUP
