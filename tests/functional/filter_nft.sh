#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# nft tables ip6, inet and netdev: pass, block, reject, count, and go.
# limit: 240
. "$(dirname "$0")/lib.sh"
fresh
line_up
h ping -c1 -W5 2001:db8:2::1 >/dev/null
P="h ping -c1 -W2 2001:db8:2::1"
for hook in prerouting forward postrouting; do
	check "ip6 $hook" r nft -f - <<-END
		table ip6 t { chain c { type filter hook $hook priority 0;
			ip6 daddr 2001:db8:2::1 icmpv6 type echo-request counter drop; }; }
	END
	refuses "$hook blocks" "100% packet loss" $P
	shows "and counts" "counter packets [1-9]" r nft list table ip6 t
	check "removed" r nft delete table ip6 t
	check "passes again" $P
done
check "inet input" p nft -f - <<-END
	table inet t { chain c { type filter hook input priority 0; meta l4proto icmpv6 icmpv6 type echo-request drop; }; }
END
refuses "blocks" "100% packet loss" $P
p nft delete table inet t
check "output" h nft -f - <<-END
	table ip6 t { chain c { type filter hook output priority 0; ip6 daddr 2001:db8:2::1 drop; }; }
END
refuses "blocks" "not permitted|100% packet loss" $P
h nft delete table ip6 t
check "reject" r nft -f - <<-END
	table ip6 t { chain c { type filter hook forward priority 0; ip6 daddr 2001:db8:2::1 reject with icmpv6 type admin-prohibited; }; }
END
refuses "is said to the sender" "Administratively prohibited" $P
r nft delete table ip6 t
check "netdev ingress" r nft -f - <<-END
	table netdev t { chain c { type filter hook ingress device e0 priority 0; ip6 daddr 2001:db8:2::1 drop; }; }
END
refuses "blocks" "100% packet loss" $P
r nft delete table netdev t
check "and all is as before" $P
