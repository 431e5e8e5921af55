#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Connection tracking of IPv6: new, established, fragments, invalid.
. "$(dirname "$0")/lib.sh"
fresh
line_up
check "a stateful filter" r nft -f - <<-END
	table ip6 t { chain c { type filter hook forward priority 0; policy drop;
		icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept
		ct state established,related counter accept
		iifname e0 ct state new accept; }; }
END
check "from inside" h ping -c2 -i0.2 -W5 2001:db8:2::1
refuses "from outside" "100% packet loss" p ping -c1 -W2 2001:db8:1::1
check "fragments from inside" h ping -c1 -W5 -s 4000 2001:db8:2::1
shows "the table has it" "icmpv6.*src=2001:db8:1::1 dst=2001:db8:2::1" r conntrack -L -f ipv6
p socat TCP6-LISTEN:7050,reuseaddr EXEC:cat &
wait_for 10 sh -c "ip netns exec $NS_p ss -6tln | grep -q :7050"
shows "a TCP connection from inside" "through" sh -c \
	"echo through | ip netns exec $NS_h socat -t10 - 'TCP6:[2001:db8:2::1]:7050'"
shows "the table has it too" "tcp .*dport=7050" r conntrack -L -f ipv6
check "removed" r nft delete table ip6 t
check "open again" p ping -c1 -W5 2001:db8:1::1
