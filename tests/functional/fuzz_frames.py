#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-2.0
# Damaged frames reach a host and a router while a TCP stream goes on beside
# them: the stream's bytes arrive, and everything works afterwards.
# US6_FUZZ= sets how many, SEED= which.
# needs: 1cpu
# limit: 200
import glob
import hashlib
import os
import random
import socket
import struct
import subprocess
import sys
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from lib import main, ok, until  # noqa: E402

COUNT = int(os.environ.get("US6_FUZZ", "2000"))
SEED = int(os.environ.get("SEED", "6"))
CHUNK = b"us6" * 1000


def a(text):
    return socket.inet_pton(socket.AF_INET6, text)


HOST, PEER, OTHER = a("2001:db8::1"), a("2001:db8::2"), a("2001:db8::99")
LOCAL, ALL, ROUTERS, FAR = a("fe80::99"), a("ff02::1"), a("ff02::2"), a("2001:db8:9::1")
SOLICITED = a("ff02::1:ff00:1")


def csum(src, dst, proto, data):
    raw = src + dst + struct.pack(">II", len(data), proto) + data + b"\0" * (len(data) & 1)
    total = sum(struct.unpack(">%dH" % (len(raw) // 2), raw))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def summed(src, dst, proto, data, at):
    data = data[:at] + b"\0\0" + data[at + 2:]
    return data[:at] + struct.pack(">H", csum(src, dst, proto, data)) + data[at + 2:]


AT = {58: 2, 17: 6, 6: 16}


def corpora():
    """What the user-space fuzzers found worth keeping: messages and headers."""
    found = {}
    for name in ("mld", "wire_nd", "wire_ext"):
        files = sorted(glob.glob(os.path.join(HERE, "../fuzz/corpus", name, "*")))
        found[name] = []
        for path in files:
            with open(path, "rb") as f:
                found[name].append(f.read(1200))
    return found


class Maker:
    def __init__(self, seed, mac, own):
        self.r = random.Random(seed)
        self.ether = mac + own
        self.corpus = corpora()

    def upper(self):
        """(src, dst, hop limit, protocol, its data) of something valid."""
        r = self.r
        lla = b"\1\1" + self.ether[6:]
        prefix = struct.pack(">BBBBIII", 3, 4, 64, 0xc0, 30, 20, 0) + a("2001:db8:7::")
        mtu = struct.pack(">BBHI", 5, 1, 0, 1400)
        inner = struct.pack(">IHBB", 6 << 28, 24, 17, 64) + HOST + FAR + struct.pack(
            ">HHHH", 7, 8, 24, 0) + bytes(16)
        reach = r.choice(((OTHER, HOST), (LOCAL, HOST), (OTHER, FAR), (OTHER, ALL)))
        kind = r.choice(("echo ns na ra rs redirect query report udp tcp big unreach "
                         "problem corpus proto tunnel").split())
        body = {
            "echo": lambda: (*reach, 64, 58, b"\x80\0\0\0" + bytes(r.choice((4, 60, 1400)))),
            "ns": lambda: (OTHER, SOLICITED, 255, 58, b"\x87" + bytes(7) + HOST + lla),
            "na": lambda: (OTHER, HOST, 255, 58, b"\x88\0\0\0\x60\0\0\0" + OTHER +
                           b"\2\1" + self.ether[6:]),
            "ra": lambda: (LOCAL, ALL, 255, 58, b"\x86\0\0\0\x40\0\0\x1e" + bytes(8) + lla +
                           prefix + mtu),
            "rs": lambda: (LOCAL, ROUTERS, 255, 58, b"\x85" + bytes(7) + lla),
            "redirect": lambda: (LOCAL, HOST, 255, 58, b"\x89" + bytes(7) + LOCAL + FAR + lla),
            "query": lambda: (LOCAL, ALL, 1, 58, b"\x82\0\0\0\0\1\0\0" + bytes(16) + b"\2\7\0\0"),
            "report": lambda: (LOCAL, ALL, 1, 58, b"\x83" + bytes(7) + a("ff02::77")),
            "udp": lambda: (*reach, 64, 17, struct.pack(">HHHH", 5, 7777, 28, 0) + bytes(20)),
            "tcp": lambda: (*reach, 64, 6, struct.pack(">HHIIBBHHH", 5, r.choice((7778, 9)),
                                                       r.randrange(1 << 32), 0, 0x50,
                                                       r.choice((2, 16, 4, 17, 0x12)), 999, 0, 0)),
            "big": lambda: (OTHER, HOST, 64, 58, struct.pack(">BBHI", 2, 0, 0, 1280) + inner),
            "unreach": lambda: (OTHER, HOST, 64, 58, struct.pack(">BBHI", 1, 4, 0, 0) + inner),
            "problem": lambda: (OTHER, HOST, 64, 58, struct.pack(">BBHI", 4, 1, 0, 6) + inner),
            "corpus": lambda: (LOCAL, r.choice((HOST, ALL)), r.choice((255, 1)), 58,
                               r.choice(self.corpus[r.choice(("mld", "wire_nd"))])),
            "proto": lambda: (*reach, 64, r.choice((50, 51, 59, 60, 43, 44, 0, 132, 255, 2)),
                              r.choice(self.corpus["wire_ext"])),
            "tunnel": lambda: (*reach, 64, r.choice((41, 4, 47)), inner),
        }
        return body[kind]()

    def header(self, proto):
        """An extension header before proto: (its number, its bytes)."""
        r = self.r
        kind = r.choice((0, 60, 60, 43, 44, 44, 51, 135))
        if kind == 44:
            field = r.choice((0, 1, 8, 9, 0xfff8, 1400 & ~7, r.randrange(1 << 16)))
            return kind, struct.pack(">BBHI", proto, 0, field, r.randrange(4))
        if kind == 43:
            n = r.randrange(3)
            kind_of = r.choice((0, 2, 3, 4, 5))
            return 43, struct.pack(">BBBBI", proto, 2 * n, kind_of, r.randrange(3), 0) + OTHER * n
        if kind == 51:
            return kind, struct.pack(">BBHII", proto, 4, 0, 7, 1) + bytes(12)
        options = b"".join(r.choice((b"\0", b"\1\1\0", b"\5\2\0\0", b"\xc2\4\0\1\0\0",
                                     b"\xc9\x10" + OTHER, b"\x3e\0", b"\x80\1\0", b"\4\1\1"))
                           for _ in range(r.randrange(5)))
        options += b"\0" * (-(len(options) + 2) % 8)
        return kind, bytes([proto, len(options) // 8]) + options

    def frame(self):
        r = self.r
        src, dst, hops, proto, data = self.upper()
        if r.randrange(3) == 0:                 # damage inside, the sum right again
            data = self.damage(data)
        if proto in AT and len(data) >= AT[proto] + 2 and r.randrange(10):
            data = summed(src, dst, proto, data, AT[proto])
        for _ in range(r.choice((0, 0, 0, 1, 1, 2, 7))):
            proto, head = self.header(proto)
            data = head + data
        length = len(data) if r.randrange(12) else r.choice((0, 1, 8, len(data) + 1, 65535))
        raw = struct.pack(">IHBB", 6 << 28 | r.choice((0, r.randrange(1 << 28))),
                          length & 0xffff, proto, hops if r.randrange(8) else r.randrange(256))
        raw += (src if r.randrange(12) else r.choice((ALL, bytes(16), HOST, a("::1")))) + dst + data
        if r.randrange(4) == 0:
            raw = self.damage(raw)
        ether = self.ether
        if r.randrange(6) == 0:
            ether = r.choice((b"\x33\x33\0\0\0\1", b"\xff" * 6)) + ether[6:]
        return (ether + b"\x86\xdd" + raw)[:1514]

    def damage(self, raw):
        r = self.r
        for _ in range(r.choice((1, 1, 2, 5))):
            at = r.randrange(len(raw) + 1)
            what = r.randrange(4)
            if what == 0:
                raw = raw[:at]
            elif what == 1:
                raw = raw[:at] + r.randbytes(r.choice((1, 2, 8, 40))) + raw[at:]
            elif at < len(raw):
                odd = r.choice((0, 1, 0x7f, 0x80, 0xff, raw[at] ^ 1 << r.randrange(8)))
                raw = raw[:at] + bytes([odd]) + raw[at + 1:]
        return raw


class Stream:
    """Bytes from r to h by another wire; both ends count."""

    def __init__(self, net):
        self.sent, self.got, self.stop, self.error = (hashlib.sha256(), 0), None, False, None
        with net.h:
            listener = socket.socket(socket.AF_INET6)
            listener.bind(("2001:db8:5::1", 5555))
            listener.listen()
        with net.r:
            self.out = socket.create_connection(("2001:db8:5::1", 5555), 20)
        self.inp = listener.accept()[0]
        for s in (self.out, self.inp):
            s.settimeout(60)
        self.threads = [threading.Thread(target=self.write), threading.Thread(target=self.read)]
        for t in self.threads:
            t.start()

    def write(self):
        summed, n = hashlib.sha256(), 0
        try:
            while not self.stop:
                self.out.sendall(CHUNK)
                summed.update(CHUNK)
                n += len(CHUNK)
        except OSError as e:
            self.error = e
        self.out.close()
        self.sent = (summed.hexdigest(), n)

    def read(self):
        summed, n = hashlib.sha256(), 0
        try:
            while True:
                data = self.inp.recv(1 << 16)
                if not data:
                    break
                summed.update(data)
                n += len(data)
        except OSError as e:
            self.error = e
        self.got = (summed.hexdigest(), n)

    def end(self):
        self.stop = True
        for t in self.threads:
            t.join(90)
        return self.error is None and self.sent == self.got and self.sent[1] > 0


def listeners(net):
    """Sockets that take what comes, with everything reported to them."""
    made = []
    with net.h:
        for kind, proto in ((socket.SOCK_DGRAM, 0), (socket.SOCK_RAW, 58), (socket.SOCK_RAW, 59),
                            (socket.SOCK_STREAM, 0)):
            s = socket.socket(socket.AF_INET6, kind, proto)
            s.setblocking(False)
            for option in (25, 49, 51, 53, 56, 58, 60, 61, 66, 31):
                try:
                    s.setsockopt(socket.IPPROTO_IPV6, option, 1)
                except OSError:
                    pass
            if kind == socket.SOCK_DGRAM:
                s.bind(("::", 7777))
            elif kind == socket.SOCK_STREAM:
                s.bind(("::", 7778))
                s.listen(8)
            made.append(s)
    return made


def drain(sockets):
    for s in sockets:
        for flags in (0, 0x2000):               # data, errors
            try:
                for _ in range(100):
                    s.recvmsg(2000, 600, flags | socket.MSG_DONTWAIT)
            except OSError:
                pass
        try:
            s.accept()[0].close()
        except OSError:
            pass


def link_mac(ns, dev):
    out = subprocess.run(["ip", "-n", ns.name, "-o", "link", "show", dev], check=True,
                         capture_output=True, text=True).stdout
    return bytes.fromhex(out.split("link/ether ")[1].split()[0].replace(":", ""))


def frames(net):
    subprocess.run(["ip", "link", "add", "e1", "netns", net.h.name, "type", "veth",
                    "peer", "name", "e1", "netns", net.r.name], check=True)
    net.h.ip("link set e1 up\naddr add 2001:db8:5::1/64 dev e1 nodad\n"
             "route add 2001:db8:9::/48 via fe80::99 dev e0\n")
    net.r.ip("link set e1 up\naddr add 2001:db8:5::2/64 dev e1 nodad\n")
    make = Maker(SEED, link_mac(net.h, "e0"), link_mac(net.r, "e0"))
    taking = listeners(net)
    stream = Stream(net)
    with net.r:
        out = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
        out.bind(("e0", 0))
    for n in range(COUNT):
        if n == COUNT // 2:                     # the rest meets a router
            net.h.sysctl("net/ipv6/conf/all/forwarding", 1)
        try:
            out.send(make.frame())
        except OSError:
            pass                                # too short for a frame
        if n % 50 == 0:
            drain(taking)
    good = stream.end()
    ok(good, "a TCP stream goes on beside %d damaged frames" % COUNT,
       "sent %s, got %s, %s" % (stream.sent, stream.got, stream.error))
    for s in taking + [out]:
        s.close()


def works(net):
    subprocess.run(["ip", "-n", net.r.name, "-6", "neigh", "flush", "dev", "e0"],
                   capture_output=True)

    def answers():
        return subprocess.run(["ip", "netns", "exec", net.r.name, "ping", "-c1", "-W5",
                               "2001:db8::1"], capture_output=True).returncode == 0
    ok(until(answers, 15), "the host still answers on that wire")


sys.exit(main("fzfr", [frames, works]))
