#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-2.0
# Requests of rtnetlink with missing, short, unknown and contradictory
# attributes: each gets its answer, and the namespace works afterwards.
# US6_FUZZ= sets how many, SEED= which.
# needs: 1cpu
# limit: 200
import os
import random
import socket
import struct
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from lib import Ns, main, ok  # noqa: E402

COUNT = int(os.environ.get("US6_FUZZ", "1500"))
SEED = int(os.environ.get("SEED", "6"))
REQUEST, ACK, DUMP = 1, 4, 0x300
ERROR, DONE, MULTI = 2, 3, 2
NESTED = 0x8000
A = [socket.inet_pton(socket.AF_INET6, a) for a in (
    "2001:db8:f::1", "2001:db8:f::2", "fe80::1", "ff02::5", "::", "::1",
    "2001:db8:f::", "::ffff:192.0.2.9", "2001:db8:e::", "fec0::7")]


def u32(n):
    return struct.pack("=I", n & 0xffffffff)


def nla(kind, data):
    return struct.pack("=HH", len(data) + 4, kind) + data + b"\0" * (-len(data) % 4)


class Maker:
    """Valid requests, and what is done to them."""

    def __init__(self, seed, links):
        self.r = random.Random(seed)
        self.links = links

    def addr(self):
        return self.r.choice(A)

    def link(self):
        return self.r.choice(self.links)

    def nexthop(self):
        inner = b"".join(nla(k, d) for k, d in ((5, self.addr()), (18, self.addr()))
                         if self.r.random() < 0.5)
        return struct.pack("=HBBI", 8 + len(inner), self.r.choice((0, 4)),
                           self.r.randrange(3), self.link()) + inner

    def valid(self):
        r = self.r
        plen = r.choice((0, 48, 64, 127, 128))
        kind = r.choice("address route route rule neighbour label link table netconf "
                        "get-route token nexthop prefix".split())
        if kind == "address":
            flags = r.choice((0x600, 0x400, 0x100, 0))
            head = struct.pack("=BBBBI", 10, plen, r.choice((0, 2, 0x80)), 0, self.link())
            attrs = [(1, self.addr()), (2, self.addr()), (8, u32(r.choice((0, 2, 0x100, 0x200)))),
                     (6, struct.pack("=IIII", r.choice((0, 20, 0xffffffff)),
                                     r.choice((0, 30, 0xffffffff)), 0, 0)),
                     (9, u32(r.randrange(2000))), (11, b"\3")]
            return r.choice((20, 20, 21, 22)), flags, head, attrs
        if kind in ("route", "get-route"):
            head = struct.pack("=BBBBBBBBI", 10, plen, 0, 0, r.choice((254, 100, 0)),
                               r.choice((3, 4)), r.choice((0, 253)),
                               r.choice((1, 1, 7, 6, 8)), 0)
            metrics = b"".join(nla(r.randrange(20), u32(r.randrange(3000))) for _ in range(3))
            encap = nla(1, self.addr()) + nla(2, struct.pack("=Q", 7))
            attrs = [(1, self.addr()), (4, u32(self.link())), (5, self.addr()),
                     (6, u32(r.randrange(2000))), (15, u32(r.choice((254, 100, 0, 99999)))),
                     (8, metrics), (7, self.addr()), (20, bytes([r.randrange(4)])),
                     (9, b"".join(self.nexthop() for _ in range(r.randrange(5)))),
                     (21, struct.pack("=H", r.randrange(9))), (22, encap),
                     (30, u32(r.randrange(4))), (23, u32(r.randrange(60))), (2, self.addr())]
            r.shuffle(attrs)
            attrs = attrs[:r.randrange(1, 7)]
            if kind == "get-route":
                return 26, r.choice((0, 0, DUMP)), head, attrs
            return r.choice((24, 24, 25)), r.choice((0x600, 0x400, 0x500, 0xc00, 0x100)), head, attrs
        if kind == "rule":
            head = struct.pack("=BBBBBBBBI", 10, plen, plen, 0, 100, 0, 0,
                               r.choice((1, 6, 7, 3)), r.choice((0, 2)))
            attrs = [(1, self.addr()), (2, self.addr()), (3, b"f0\0"), (6, u32(r.randrange(999, 1010))),
                     (4, u32(1005)), (10, u32(r.randrange(9))), (15, u32(100)), (14, u32(64)),
                     (20, struct.pack("=II", 0, 10)), (22, b"\6"), (24, struct.pack("=HH", 1, 9))]
            r.shuffle(attrs)
            return r.choice((32, 32, 33, 34)), r.choice((0x600, 0x400, DUMP)), head, attrs[:5]
        if kind == "neighbour":
            head = struct.pack("=BBHIHBB", 10, 0, 0, self.link(), r.choice((2, 4, 0x80, 0x20, 0)),
                               r.choice((0, 0x80, 8, 1)), 0)
            attrs = [(1, self.addr()), (2, b"\2\0\0\0\0\7"), (12, b"\3"),
                     (15, u32(r.randrange(4))), (8, u32(self.link()))]
            return (r.choice((28, 28, 29, 30)), r.choice((0x600, 0x400, 0x100, 0, DUMP)), head,
                    attrs[:r.randrange(1, 6)])
        if kind == "label":
            head = struct.pack("=BBBBII", 10, 0, plen, 0, r.choice((0, self.link())), 0)
            return (r.choice((72, 73, 74)), r.choice((0x600, 0, DUMP)), head,
                    [(1, self.addr()), (2, u32(r.randrange(20)))])
        if kind == "link":
            head = struct.pack("=BBHIII", 0, 0, 0, self.link(), 0, 0)
            inet6 = nla(7, self.addr()) + nla(8, bytes([r.randrange(5)]))
            return 19, 0, head, [(26, nla(10, inet6))]
        if kind == "token":
            return (18, r.choice((0, DUMP)), struct.pack("=BBHIII", 10, 0, 0, self.link(), 0, 0),
                    [(29, u32(1))])
        if kind == "table":
            inner = nla(1, u32(self.link())) + nla(8, struct.pack("=Q", 3000)) + nla(10, u32(3))
            return (r.choice((67, 66)), r.choice((0, DUMP)), b"\x0a\0\0\0",
                    [(1, b"ndisc_cache\0"), (6, inner), (2, u32(128)), (3, u32(512))])
        if kind == "netconf":
            return 82, r.choice((0, DUMP)), b"\x0a\0\0\0", [(1, u32(self.link()))]
        if kind == "nexthop":
            return (r.choice((104, 105, 106)), r.choice((0x600, 0, DUMP)),
                    struct.pack("=BBBBI", 10, 0, 0, 0, 0),
                    [(1, u32(r.randrange(1, 5))), (5, u32(self.link())), (6, self.addr())])
        return (r.choice((52, 58, 62)), r.choice((0, DUMP)),
                struct.pack("=BBBBI", 10, 0, 0, 0, self.link()), [])

    def mutate_attrs(self, attrs):
        r = self.r
        out = []
        for kind, data in attrs:
            what = r.randrange(14)
            if what == 0:
                continue
            if what == 1:
                data = data[:r.randrange(len(data) + 1)]
            elif what == 2:
                data += r.randbytes(r.choice((1, 4, 16, 200)))
            elif what == 3:
                data = r.randbytes(len(data))
            elif what == 4:
                kind = r.randrange(40)
            elif what == 5:
                kind |= NESTED
            elif what == 6:
                out.append(nla(kind, data))
            elif what == 7 and data:
                at = r.randrange(len(data))
                data = data[:at] + bytes([r.randrange(256)]) + data[at + 1:]
            raw = nla(kind, data)
            if r.randrange(25) == 0:
                raw = struct.pack("=H", r.choice((0, 3, 4, len(raw) + 9, 65535))) + raw[2:]
            out.append(raw)
        if r.randrange(10) == 0:
            out.append(nla(r.randrange(64), r.randbytes(r.randrange(24))))
        return b"".join(out)

    def message(self, seq):
        r = self.r
        kind, flags, head, attrs = self.valid()
        if r.randrange(8) == 0:
            at = r.randrange(len(head))
            head = head[:at] + bytes([r.choice((0, 1, 129, 255, r.randrange(256)))]) + head[at + 1:]
        if r.randrange(30) == 0:
            head, attrs = head[:r.randrange(len(head) + 1)], []
        if r.randrange(12) == 0:
            flags = r.choice((0x100, 0x200, 0x400, 0x800, 0xf00, 0))
            if kind % 4 != 2:
                flags &= ~0x300 | r.choice((0x100, 0x200, 0))
        if attrs and attrs[0][1] and head[0] not in (0, 10):
            head = b"\x0a" + head[1:]           # other families are others' matter
        body = head + self.mutate_attrs(attrs)
        return struct.pack("=IHHII", len(body) + 16, kind, flags | REQUEST | ACK, seq, 0) + body


def answer(s, seq):
    """Reads until the request's end; returns its error number, or None."""
    while True:
        try:
            data = s.recv(1 << 17)
        except socket.timeout:
            return None
        except OSError:
            return 0                            # ENOBUFS: it was a long one
        at = 0
        while at + 16 <= len(data):
            size, kind, _flags, got, _pid = struct.unpack_from("=IHHII", data, at)
            if got == seq and kind == ERROR:
                return -struct.unpack_from("=i", data, at + 16)[0]
            if got == seq and kind == DONE:
                return 0
            at += max(16, size + 3 & ~3)


def requests(net):
    ns = Ns("fuzznl")
    try:
        ns.ip("link set lo up\nlink add f0 type dummy\nlink set f0 up\n"
              "link add f1 type veth peer name f2\nlink set f1 up\nlink set f2 up\n")
        with ns:
            links = [socket.if_nametoindex(n) for n in ("lo", "f0", "f1", "f2")]
            s = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
        s.settimeout(20)
        make = Maker(SEED, links + links + [0, 99, 0xffffffff])
        silent, odd, done = [], [], 0
        for seq in range(1, COUNT + 1):
            raw = make.message(seq)
            s.send(raw)
            err = answer(s, seq)
            if err is None:
                silent.append((seq, raw.hex()))
                break
            if err > 133 and err != 524:
                odd.append((seq, err, raw.hex()))
            done += err == 0
            if seq % 500 == 0:
                for text in ("-6 route flush table all", "-6 addr flush scope global",
                             "-6 neigh flush nud all"):
                    subprocess.run(["ip", "-n", ns.name] + text.split(), capture_output=True)
        s.close()
        ok(not silent, "each of %d requests is answered" % COUNT, silent)
        ok(not odd, "with an errno that programs know", odd[:5])
        ok(done > COUNT // 20, "some do what they say", "%d of %d" % (done, COUNT))
        for text in ("-6 addr", "-6 route show table all", "-6 neigh", "-6 rule", "addrlabel"):
            p = subprocess.run(["ip", "-n", ns.name] + text.split(), capture_output=True)
            ok(p.returncode == 0, "ip %s shows what is left" % text, p.stderr)
    finally:
        os.close(ns.fd)
        subprocess.run(["ip", "netns", "del", ns.name])


def works(net):
    p = subprocess.run(["ip", "netns", "exec", net.h.name, "ping", "-c1", "-W10", "2001:db8::2"],
                       capture_output=True)
    ok(p.returncode == 0, "another namespace works as before", p.stdout + p.stderr)


sys.exit(main("fznl", [requests, works]))
