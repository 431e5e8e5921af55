#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-2.0
# Memberships of sockets and what MLD says of them, RFC 3493, 3678, 3810, 2710.
# needs: 1cpu
import errno
import os
import socket
import struct
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from lib import eq, main, ok, refused, until  # noqa: E402

MCAST_JOIN_GROUP, MCAST_BLOCK_SOURCE, MCAST_UNBLOCK_SOURCE = 42, 43, 44
MCAST_LEAVE_GROUP, MCAST_JOIN_SOURCE, MCAST_LEAVE_SOURCE = 45, 46, 47
MCAST_MSFILTER = 48
TYPES = {1: "IS_IN", 2: "IS_EX", 3: "TO_IN", 4: "TO_EX", 5: "ALLOW", 6: "BLOCK"}
S1, S2 = "2001:db8::2", "2001:db8::99"


def sockaddr(addr):
    return struct.pack("=HHI", socket.AF_INET6, 0, 0) + \
        socket.inet_pton(socket.AF_INET6, addr) + b"\0" * (4 + 128 - 28)


def ifindex(ns, name="e0"):
    with ns:
        return socket.if_nametoindex(name)


def udp(ns):
    with ns:
        s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    s.settimeout(1)
    return s


def mreq(ns, group):
    return socket.inet_pton(socket.AF_INET6, group) + struct.pack("=I", ifindex(ns))


def join(ns, s, group):
    s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, mreq(ns, group))


def leave(ns, s, group):
    s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_LEAVE_GROUP, mreq(ns, group))


def source(ns, s, option, group, src):
    s.setsockopt(socket.IPPROTO_IPV6, option,
                 struct.pack("=I4x", ifindex(ns)) + sockaddr(group) + sockaddr(src))


def msfilter(ns, s, group, mode, srcs):
    s.setsockopt(socket.IPPROTO_IPV6, MCAST_MSFILTER,
                 struct.pack("=I4x", ifindex(ns)) + sockaddr(group) +
                 struct.pack("=II", mode, len(srcs)) + b"".join(map(sockaddr, srcs)))


class Wire:
    """What h sends of MLD, seen at r; and queries from r."""

    def __init__(self, net):
        self.net = net
        with net.r:
            self.s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW,
                                   socket.htons(0x86dd))
            self.s.bind(("e0", 0x86dd))
            self.mac = open("/sys/class/net/lo/address").read() and \
                self.s.getsockname()[4]
        self.s.settimeout(0.1)

    def messages(self, seconds, group=None, enough=None):
        """[(kind, group, [sources]), ...] within a time."""
        got, end = [], time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                frame, where = self.s.recvfrom(9000)
            except socket.timeout:
                continue
            if where[2] == 4 or len(frame) < 62 or frame[20] != 0 or frame[54] != 58:
                continue
            self.good = frame[21] == 1 and frame[56:60] == b"\5\2\0\0"
            self.src = socket.inet_ntop(socket.AF_INET6, frame[22:38])
            self.dst = socket.inet_ntop(socket.AF_INET6, frame[38:54])
            m = frame[62:]
            if m[0] in (131, 132):
                g = socket.inet_ntop(socket.AF_INET6, m[8:24])
                new = [("v1" if m[0] == 131 else "done", g, [])]
            elif m[0] == 143:
                new, at = [], 8
                for _ in range(struct.unpack("!H", m[6:8])[0]):
                    n = struct.unpack("!H", m[at + 2:at + 4])[0]
                    g = socket.inet_ntop(socket.AF_INET6, m[at + 4:at + 20])
                    srcs = [socket.inet_ntop(socket.AF_INET6, m[at + 20 + 16 * i:at + 36 + 16 * i])
                            for i in range(n)]
                    new.append((TYPES.get(m[at]), g, sorted(srcs)))
                    at += 20 + 16 * n
            else:
                continue
            got += [r for r in new if group in (None, r[1])]
            if enough and len(got) >= enough:
                break
        return got

    def query(self, group="::", srcs=(), delay=200, version=2, ra=True, hops=1, saddr=None):
        a = lambda x: socket.inet_pton(socket.AF_INET6, x)  # noqa: E731
        dst = "ff02::1" if group == "::" else group
        body = struct.pack("!BBHHH", 130, 0, 0, delay, 0) + a(group)
        if version == 2:
            body += struct.pack("!BBH", 2, 125, len(srcs)) + b"".join(map(a, srcs))
        src = a(saddr or "fe80::1234")
        pseudo = src + a(dst) + struct.pack("!II", len(body), 58)
        total = sum(struct.unpack("!%dH" % ((len(pseudo) + len(body)) // 2), pseudo + body))
        while total >> 16:
            total = (total & 0xffff) + (total >> 16)
        body = body[:2] + struct.pack("!H", ~total & 0xffff) + body[4:]
        hbh = bytes([58, 0, 5, 2, 0, 0, 1, 0]) if ra else bytes([58, 0, 1, 4, 0, 0, 0, 0])
        ip = struct.pack("!IHBB", 6 << 28, len(hbh) + len(body), 0, hops) + src + a(dst)
        self.s.send(b"\x33\x33" + a(dst)[12:] + self.mac + b"\x86\xdd" + ip + hbh + body)


def ready(net):
    def good():
        text = net.h.read("/proc/net/if_inet6").splitlines()
        return any(f.split()[5] == "e0" and f.split()[3] == "20" and
                   not int(f.split()[4], 16) & 0x40 for f in text)
    ok(until(good, 15), "a link-local address")
    time.sleep(2.5)         # reports of the start are over


def igmp6(ns, group):
    h = socket.inet_pton(socket.AF_INET6, group).hex()
    for line in ns.read("/proc/net/igmp6").splitlines():
        f = line.split()
        if f[1] == "e0" and f[2] == h:
            return int(f[3])
    return 0


def start(net):
    ready(net)
    eq(igmp6(net.h, "ff02::1"), 1, "all nodes")
    eq(igmp6(net.h, "ff01::1"), 1, "all nodes of the interface")
    eq(igmp6(net.h, "ff02::1:ff00:1"), 1, "the solicited-node group of an address")
    eq(igmp6(net.h, "ff02::2"), 0, "a host isn't in all-routers")
    net.h.sysctl("net/ipv6/conf/e0/forwarding", 1)
    eq(igmp6(net.h, "ff02::2"), 1, "a router is")
    eq(igmp6(net.h, "ff05::2"), 1, "also of the site")
    net.h.sysctl("net/ipv6/conf/e0/forwarding", 0)
    eq(igmp6(net.h, "ff02::2"), 0, "and leaves it as a host again")


def reports(net):
    w, s = Wire(net), udp(net.h)
    g = "ff05::1:3"
    join(net.h, s, g)
    got = w.messages(3, g)
    eq(got[:1], [("TO_EX", g, [])], "a join is reported")
    eq(len(got), 2, "twice (Robustness Variable)")
    ok(w.good, "with hop limit 1 and Router Alert")
    ok(w.src.startswith("fe80::"), "from a link-local address", w.src)
    eq(w.dst, "ff02::16", "to all MLDv2 routers")
    s2 = udp(net.h)
    join(net.h, s2, g)
    eq(igmp6(net.h, g), 2, "a second socket is counted")
    eq(w.messages(0.5, g), [], "and not reported")
    leave(net.h, s2, g)
    leave(net.h, s, g)
    eq(w.messages(3, g, 1), [("TO_IN", g, [])], "the last to leave is")
    w.messages(1.5)
    eq(igmp6(net.h, g), 0, "the group is gone")


def source_specific(net):
    w, s = Wire(net), udp(net.h)
    g = "ff35::8000:1"
    source(net.h, s, MCAST_JOIN_SOURCE, g, S1)
    eq(w.messages(2, g, 1), [("ALLOW", g, [S1])], "a source-specific join")
    source(net.h, s, MCAST_JOIN_SOURCE, g, S2)
    time.sleep(2.5)
    got = w.messages(0.3, g)
    ok(("ALLOW", g, [S2]) in got or ("ALLOW", g, [S1, S2]) in got, "a second source", got)
    w.query(g, [S1, "2001:db8::77"])
    eq(w.messages(1, g, 1), [("IS_IN", g, [S1])], "asked for sources: those heard")
    w.query(g)
    eq(w.messages(1, g, 1), [("IS_IN", g, sorted([S1, S2]))], "asked for the group")
    source(net.h, s, MCAST_LEAVE_SOURCE, g, S1)
    eq(w.messages(2, g, 1), [("BLOCK", g, [S1])], "a source left")
    time.sleep(2)
    w.messages(0.2)
    s.close()
    eq(w.messages(2, g, 1), [("BLOCK", g, [S2])], "and the rest at close")
    w.messages(1.5)


def filters(net):
    w, s = Wire(net), udp(net.h)
    g = "ff05::1:4"
    join(net.h, s, g)
    w.messages(2.5)
    source(net.h, s, MCAST_BLOCK_SOURCE, g, S1)
    eq(w.messages(2, g, 1), [("BLOCK", g, [S1])], "a source blocked")
    w.messages(1.5)
    text = net.h.read("/proc/net/mcfilter6")
    ok(socket.inet_pton(socket.AF_INET6, S1).hex() in text, "/proc/net/mcfilter6", text)
    msfilter(net.h, s, g, 1, [S2])
    eq(w.messages(2, g, 1), [("TO_IN", g, [S2])], "a filter of the other mode")
    w.messages(1.5)
    refused(errno.EINVAL, "a list of the other mode can't grow by one",
            source, net.h, s, MCAST_BLOCK_SOURCE, g, S1)
    refused(errno.EADDRNOTAVAIL, "a source that isn't listed",
            source, net.h, s, MCAST_LEAVE_SOURCE, g, S1)
    refused(errno.EADDRNOTAVAIL, "a source twice",
            source, net.h, s, MCAST_JOIN_SOURCE, g, S2)
    s.close()
    w.messages(2)


def socket_errors(net):
    s = udp(net.h)
    refused(errno.EINVAL, "not a multicast address", join, net.h, s, "2001:db8::5")
    join(net.h, s, "ff02::77")
    refused(errno.EADDRINUSE, "twice the same", join, net.h, s, "ff02::77")
    leave(net.h, s, "ff02::77")
    refused(errno.EADDRNOTAVAIL, "left already", leave, net.h, s, "ff02::77")
    refused(errno.ENODEV, "no such interface", s.setsockopt, socket.IPPROTO_IPV6,
            socket.IPV6_JOIN_GROUP, socket.inet_pton(socket.AF_INET6, "ff02::77") +
            struct.pack("=I", 4711))
    s.close()


def queries(net):
    w, s = Wire(net), udp(net.h)
    g = "ff05::1:5"
    join(net.h, s, g)
    w.messages(2.5)
    w.query()
    got = w.messages(1)
    ok(("IS_EX", g, []) in got, "a general query is answered", got)
    ok(not any(r[1] in ("ff02::1", "ff01::1") for r in got), "not for all-nodes", got)
    w.query(ra=False)
    eq(w.messages(0.6), [], "without Router Alert: ignored")
    w.query(hops=2)
    eq(w.messages(0.6), [], "with hop limit 2: ignored")
    w.query(saddr="2001:db8::1234")
    eq(w.messages(0.6), [], "from a global address: ignored")
    w.query(version=1)
    got = w.messages(1.2)
    ok(("v1", g, []) in got and not any(r[0] not in ("v1",) for r in got),
       "a version 1 query is answered by version 1", got)
    leave(net.h, s, g)
    eq(w.messages(2, g, 1), [("done", g, [])], "and a leave is a Done")
    eq(w.dst, "ff02::2", "to all routers")
    s.close()


def reception(net):
    g = "ff05::1:6"
    a, b, c = udp(net.h), udp(net.h), udp(net.r)
    for x in (a, b):
        x.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        x.bind(("::", 5005))
    c.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, ifindex(net.r))
    c.bind((S1, 0))

    def heard(x):
        try:
            return x.recv(100)
        except socket.timeout:
            return None

    c.sendto(b"1", (g, 5005))
    eq(heard(a), None, "not joined: nothing")
    join(net.h, a, g)
    c.sendto(b"2", (g, 5005))
    eq(heard(a), b"2", "joined: heard")
    eq(heard(b), b"2", "also by a socket of the host that didn't ask not to")
    b.setsockopt(socket.IPPROTO_IPV6, 29, 0)       # IPV6_MULTICAST_ALL
    c.sendto(b"3", (g, 5005))
    eq(heard(a), b"3", "again")
    eq(heard(b), None, "without IPV6_MULTICAST_ALL not by the other")
    source(net.h, a, MCAST_BLOCK_SOURCE, g, S1)
    c.sendto(b"4", (g, 5005))
    eq(heard(a), None, "not from a blocked source")
    source(net.h, a, MCAST_UNBLOCK_SOURCE, g, S1)
    c.sendto(b"5", (g, 5005))
    eq(heard(a), b"5", "but when it is unblocked")
    # Our own, by loopback.
    b.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, ifindex(net.h))
    b.sendto(b"6", (g, 5005))
    eq(heard(a), b"6", "what the host itself sends")
    b.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_LOOP, 0)
    b.sendto(b"7", (g, 5005))
    eq(heard(a), None, "but without IPV6_MULTICAST_LOOP not")
    for x in (a, b, c):
        x.close()


def link(net):
    s = udp(net.h)
    join(net.h, s, "ff05::1:7")
    import subprocess
    show = lambda: subprocess.run(["ip", "-n", net.h.name, "maddr", "show", "dev", "e0"],  # noqa: E731
                                  capture_output=True, text=True).stdout
    ok("33:33:00:01:00:07" in show(), "the NIC's filter is open", show())
    net.h.ip("link set e0 down\n")
    ok("33:33:00:01:00:07" not in show(), "closed with the link", show())
    net.h.ip("link set e0 up\n")
    ok(until(lambda: "33:33:00:01:00:07" in show(), 10), "and open again", show())
    eq(igmp6(net.h, "ff05::1:7"), 1, "the membership stayed")
    s.close()
    ok("33:33:00:01:00:07" not in show(), "closed with the socket", show())


if __name__ == "__main__":
    sys.exit(main("mc", [start, socket_errors, reports, source_specific, filters,
                         reception, queries, link]))
