#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-2.0
# Options of IPv6 sockets with every length and odd values, on sockets in every
# state, and calls that the state doesn't allow.
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
from lib import main, ok, until  # noqa: E402

COUNT = int(os.environ.get("US6_FUZZ", "4000"))
SEED = int(os.environ.get("SEED", "6"))
V6, ICMP6, UDP, TCP, RAW = 41, 58, 17, 6, 255
NB = socket.MSG_DONTWAIT
OPTIONS = [o for o in range(0, 81) if o not in range(63, 66)] + [200, 201, 202, 205, 210]
PEER = ("2001:db8::2", 9)


class Kind:
    """How a socket of one kind is made and brought into a state."""

    def __init__(self, kind, proto):
        self.kind, self.proto = kind, proto

    def make(self, state):
        s = socket.socket(socket.AF_INET6, self.kind, self.proto)
        s.setblocking(False)
        try:
            if state == "bound":
                s.bind(("2001:db8::1", 0))
            elif state == "connected":
                s.connect(PEER)
            elif state == "mapped":
                s.connect(("::ffff:192.0.2.2", 9))
            elif state == "listening":
                s.listen(4)
            elif state == "shut":
                s.connect(PEER)
                s.shutdown(socket.SHUT_RDWR)
            elif state == "disconnected":
                s.connect(PEER)
                connect_unspec(s)
        except OSError:
            pass
        return s


def connect_unspec(s):
    import ctypes
    libc = ctypes.CDLL(None)
    libc.connect(s.fileno(), struct.pack("=H26x", socket.AF_UNSPEC), 28)


KINDS = [Kind(socket.SOCK_STREAM, 0), Kind(socket.SOCK_DGRAM, 0), Kind(socket.SOCK_RAW, ICMP6),
         Kind(socket.SOCK_RAW, RAW), Kind(socket.SOCK_RAW, 99), Kind(socket.SOCK_DGRAM, ICMP6)]
STATES = "fresh bound connected mapped listening shut disconnected".split()


def value(r, size, link):
    """size bytes: a number first, an address, a header, or noise."""
    number = struct.pack("=i", r.choice((0, 1, -1, 2, 255, 256, link, 1 << 31 - 1, -1 << 31,
                                         r.randrange(1 << 16))))
    what = r.randrange(5)
    if what == 0:
        data = number * 16
    elif what == 1:                             # an mreq, or a group_req
        group = socket.inet_pton(socket.AF_INET6, r.choice(("ff02::77", "ff15::1", "2001:db8::1")))
        data = r.choice((group + struct.pack("=I", link),
                         struct.pack("=I4xHHI", link, 10, 0, 0) + group + bytes(128)))
    elif what == 2:                             # an extension header
        data = bytes([r.choice((0, 59, 255)), max(0, size // 8 - 1)]) + bytes(
            r.choice((0, 1, 1, 2, 4, 5, 0xc2)) for _ in range(70))
    elif what == 3:
        data = number + r.randbytes(64)
    else:
        data = bytes(64)
    return (data + bytes(64))[:size]


def call(r, s, link):
    level = r.choice((V6, V6, V6, V6, V6, ICMP6, UDP, TCP, RAW, 0))
    option = r.choice(OPTIONS) if level == V6 else r.randrange(40)
    size = r.randrange(65)
    what = r.randrange(12)
    if what < 5:
        s.setsockopt(level, option, value(r, size, link))
    elif what < 9:
        size = max(size, 1)
        got = s.getsockopt(level, option, size)
        if len(got) > size:
            raise AssertionError("getsockopt(%d, %d) filled %d of %d" % (
                level, option, len(got), size))
    elif what == 9:
        control = [(V6, r.choice(OPTIONS), value(r, r.randrange(65), link))]
        s.sendmsg([b"x" * r.choice((0, 1, 8, 100, 2000))], control, NB,
                  *r.choice(((), (PEER,), (("::ffff:192.0.2.2", 9),), (("ff02::77", 9, 0, link),))))
    elif what == 10:
        s.recvmsg(100, r.choice((0, 20, 400)), NB | r.choice((0, 0x2000)))
    else:
        r.choice((lambda: s.listen(1), lambda: s.accept(), lambda: s.connect(PEER),
                  lambda: s.bind(("::", 0)), lambda: s.getpeername(), lambda: connect_unspec(s),
                  lambda: s.shutdown(r.randrange(3)), lambda: s.connect(("::", 0)),
                  lambda: s.connect(("::ffff:0.0.0.0", 7)), lambda: s.bind(("fe80::1", 0))))()


def used(net):
    return sum(int(line.split()[2]) for line in net.h.read("/proc/net/sockstat6").splitlines()
               if "inuse" in line and "FRAG" not in line)


def calls(net):
    r = random.Random(SEED)
    odd, over, done, before = [], [], 0, used(net)
    net.h.sysctl("net/ipv4/ping_group_range", "0 2147483647")
    with net.h:
        link = socket.if_nametoindex("e0")
        for n in range(COUNT):
            if n % 16 == 0:
                if n:
                    s.close()
                kind, state = r.choice(KINDS), r.choice(STATES)
                s = kind.make(state)
            try:
                call(r, s, link)
                done += 1
            except AssertionError as e:
                over.append(str(e))
            except OSError as e:
                if not 0 < (e.errno or 0) < 134:
                    odd.append("%d: %s" % (n, e))
        s.close()
    ok(not over, "nothing is written beyond the length given", "\n".join(over[:5]))
    ok(not odd, "errors are those that programs know", "\n".join(odd[:5]))
    ok(done > COUNT // 20, "some calls succeed", "%d of %d" % (done, COUNT))
    ok(until(lambda: used(net) <= before, 10), "no socket is left", net.h.read("/proc/net/sockstat6"))


def works(net):
    p = subprocess.run(["ip", "netns", "exec", net.h.name, "ping", "-c1", "-W10", "2001:db8::2"],
                       capture_output=True)
    ok(p.returncode == 0, "the stack works as before", p.stdout + p.stderr)


sys.exit(main("fzop", [calls, works]))
