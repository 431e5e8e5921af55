#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# A refused `ip neigh` leaves nothing behind, and a group is no neighbour: its
# link-layer address follows from it (RFC 2464 section 7).  The stock stack
# fails: it keeps the entry of the refused command, and stores groups.
# needs: 1cpu
. "$(dirname "$0")/lib.sh"
pair_up

n() { ip -n $NS_h neigh "$@"; }

refuses "permanent without a link-layer address" "No link layer address|Invalid argument" \
	n add 2001:db8::13 dev e0 nud permanent
hides "and nothing is left of it" "2001:db8::13" n show dev e0 nud all
refuses "a group" "unicast|Invalid" n add ff02::7 lladdr 02:00:00:00:00:13 dev e0
hides "nor of that" "ff02::7 " n show dev e0 nud all
