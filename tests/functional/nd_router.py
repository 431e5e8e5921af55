#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Router Advertisements make routes, addresses and link parameters, and take
them away. RFC 4861 6.3.4, RFC 4191, RFC 4862 5.5.3.
"""
# needs: 1cpu
import os
import socket
import struct
import subprocess
import sys
import time

H, R = "us6nrh", "us6nrr"
count = bad = 0


def sh(cmd, ok=True):
    p = subprocess.run(cmd, shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if ok and p.returncode:
        print("# %s: %s" % (cmd, p.stdout.decode()))
    return p.stdout.decode()


def say(good, text, detail=""):
    global count, bad
    count += 1
    bad += not good
    print("%sok %d - %s" % ("" if good else "not ", count, text))
    if not good:
        print("\n".join("#   " + l for l in detail.split("\n")))
    sys.stdout.flush()


def shows(text, cmd, *parts, gone=False, limit=8):
    end = time.monotonic() + limit
    while True:
        out = sh(cmd)
        hit = any(all(p in line for p in parts) for line in out.split("\n"))
        if hit != gone or time.monotonic() > end:
            return say(hit != gone, text, out)
        time.sleep(0.1)


def checksum(src, dst, body):
    data = src + dst + struct.pack("!IxxxB", len(body), 58) + body
    data += b"\0" * (len(data) % 2)
    s = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while s >> 16:
        s = (s & 0xffff) + (s >> 16)
    return ~s & 0xffff


def ra(lifetime=1800, options=b"", flags=0, hop=0, retrans=0, hlim=255, src="fe80::99"):
    """The frame of an advertisement from 02:00:00:00:00:99."""
    mac = b"\x02\0\0\0\0\x99"
    src = socket.inet_pton(socket.AF_INET6, src)
    dst = socket.inet_pton(socket.AF_INET6, "ff02::1")
    body = struct.pack("!BBHBBHII", 134, 0, 0, hop, flags, lifetime, 0, retrans)
    body += b"\1\1" + mac + options
    body = body[:2] + struct.pack("!H", checksum(src, dst, body)) + body[4:]
    ip = struct.pack("!IHBB", 6 << 28, len(body), 58, hlim) + src + dst
    return b"\x33\x33\0\0\0\1" + mac + b"\x86\xdd" + ip + body


def pio(prefix, plen=64, valid=3600, preferred=1800, flags=0xc0):
    return struct.pack("!BBBBIII", 3, 4, plen, flags, valid, preferred, 0) + \
        socket.inet_pton(socket.AF_INET6, prefix)


def rio(prefix, plen, lifetime, pref=0):
    return struct.pack("!BBBBI", 24, 3, plen, pref << 3, lifetime) + \
        socket.inet_pton(socket.AF_INET6, prefix)


def mtu(value):
    return struct.pack("!BBHI", 5, 1, 0, value)


def main():
    for ns in (H, R):
        sh("ip netns del %s" % ns, ok=False)
        sh("ip netns add %s" % ns)
    sh("ip link add e0 netns %s type veth peer name e0 netns %s" % (H, R))
    sh("ip netns exec %s sh -c 'echo 64 > /proc/sys/net/ipv6/conf/e0/accept_ra_rt_info_max_plen'" % H)
    for ns in (R, H):
        sh("ip -n %s link set e0 up" % ns)

    fd = os.open("/run/netns/" + R, os.O_RDONLY)
    import ctypes
    ctypes.CDLL(None).setns(fd, 0x40000000)
    wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x86dd))
    wire.bind(("e0", 0))

    addr = "ip -n %s -6 addr show dev e0" % H
    route = "ip -n %s -6 route show dev e0" % H
    shows("the link-local address is ready", addr + " scope link -tentative", "fe80::")
    wire.settimeout(8)
    try:
        while True:
            frame = wire.recv(2048)
            if frame[20] == 58 and frame[54] == 133:
                break
        say(True, "it solicits routers")
        say(frame[21] == 255, "with hop limit 255")
    except OSError:
        say(False, "it solicits routers")

    wire.send(ra(hlim=64))
    wire.send(ra(src="2001:db8::99"))
    wire.send(ra(flags=0x80, hop=33, retrans=2000, options=mtu(1400) +
                 pio("2001:db8:5::") + pio("2001:db8:6::", flags=0x80) +
                 rio("2001:db8:7::", 48, 600)))
    shows("a default route", route, "default via fe80::99", "proto ra")
    shows("an address", addr, "2001:db8:5:", "/64", "dynamic")
    shows("its prefix on the link", route, "2001:db8:5::/64")
    shows("a prefix that is only on-link", route, "2001:db8:6::/64")
    shows("gives no address", addr, "2001:db8:6:", gone=True, limit=1)
    shows("a route of its own", route, "2001:db8:7::/48 via fe80::99", "proto ra")
    shows("the router as a neighbour", "ip -n %s neigh" % H, "fe80::99", "02:00:00:00:00:99", "router")
    for key, want in (("conf/e0/hop_limit", "33"), ("conf/e0/mtu", "1400"),
                      ("neigh/e0/retrans_time_ms", "2000")):
        got = sh("ip netns exec %s cat /proc/sys/net/ipv6/%s" % (H, key)).strip()
        say(got == want, "%s is %s" % (key, want), got)

    wire.send(ra(lifetime=0, options=pio("2001:db8:6::", valid=0, preferred=0, flags=0x80) +
                 rio("2001:db8:7::", 48, 0)))
    shows("lifetime 0 takes the default route", route, "default", gone=True)
    shows("and the on-link prefix", route, "2001:db8:6::/64", gone=True)
    shows("and the route", route, "2001:db8:7::/48", gone=True)
    shows("the address stays", addr, "2001:db8:5:")

    sh("ip netns exec %s sh -c 'echo 1 > /proc/sys/net/ipv6/conf/e0/forwarding'" % H)
    wire.send(ra())
    shows("a router follows none", route, "default", gone=True, limit=1)
    sh("ip netns exec %s sh -c 'echo 2 > /proc/sys/net/ipv6/conf/e0/accept_ra'" % H)
    wire.send(ra())
    shows("unless told to", route, "default via fe80::99")

    for ns in (H, R):
        sh("ip netns del %s" % ns)
    print("1..%d" % count)
    return 1 if bad else 0


sys.exit(main())
