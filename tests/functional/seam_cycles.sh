#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Unload and load again and again under traffic from both sides of a wire: raw
# frames, so that no socket of the family keeps the module (ping without -4 has
# one, whatever it pings), and IPv4 beside it.
# What was pinged leaves nothing behind either.  US6_CYCLES= for more than 12.
# needs: 2cpu-unload
# limit: 300
# stacks: us6
. "$(dirname "$0")/lib.sh"
fresh
pair

frames='
import os, socket, struct, sys, time
src = bytes.fromhex("fe8000000000000000000000000000" + sys.argv[1])
dst = bytes.fromhex("ff020000000000000000000000000001")
def csum(b):
    s = sum(struct.unpack("!%dH" % (len(b) // 2), b))
    s = (s >> 16) + (s & 0xffff)
    return ~(s + (s >> 16)) & 0xffff
echo = b"\x80\0\0\0" + b"\0\1\0\1" + b"x" * 32
c = csum(src + dst + struct.pack("!IxxxB", len(echo), 58) + echo)
echo = echo[:2] + struct.pack("!H", c) + echo[4:]
ip = struct.pack("!IHBB", 6 << 28, len(echo), 58, 64) + src + dst
frame = bytes.fromhex("333300000001" + "0200000000" + sys.argv[1] + "86dd") + ip + echo
s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
s.bind(("e0", 0))
while not os.path.exists("/run/us6-stop"):
    for i in range(16):
        s.send(frame)
    time.sleep(0.01)
'
rm -f /run/us6-stop
h python3 -c "$frames" a1 & t1=$!
r python3 -c "$frames" a2 & t2=$!
sh -c 'while [ ! -e /run/us6-stop ]; do ping -4 -c9 -i0.1 -W1 127.0.0.1; done' >/dev/null 2>&1 & t3=$!
answered() { [ "$(counter $NS_r Icmp6InEchos)" -gt 20 ]; }
within "the frames are taken for echo requests" 20 answered

dmesg -C
cycles=${US6_CYCLES:-12}
i=0
pings=0
while [ $i -lt "$cycles" ]; do
	# A reader of /proc or a dump holds it for a moment.
	wait_for 10 rmmod us6 && insmod "$US6_KO" || break
	ip -n $NS_h addr add 2001:db8::1/64 dev e0 nodad
	ip -n $NS_r addr add 2001:db8::2/64 dev e0 nodad
	h ping -q -c3 -i0.01 -W5 2001:db8::2 >/dev/null &&
		ping -q -c1 -W5 ::1 >/dev/null && pings=$((pings + 1))
	i=$((i + 1))
done
is "unloaded and loaded $cycles times" "$i" "$cycles"
is "neighbours and the loopback answered every time" "$pings" "$cycles"
within "and frames are answered again" 20 answered
touch /run/us6-stop
wait $t1 $t2 $t3
check "and it works" ping -c1 -W5 ::1
hides "the kernel reports nothing" 'BUG:|WARNING:|Oops|general protection' dmesg
hides "no cached route is left behind" 'cached routes stay' dmesg
