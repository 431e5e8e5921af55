#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-2.0
# A segment with an RFC 2385 signature at a socket without a key is dropped and
# counted (TCPMD5Unexpected), without an answer.
# needs: 1cpu
import os
import socket
import struct
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from lib import eq, main, ok, until  # noqa: E402

H, R = "2001:db8::1", "2001:db8::2"
MD5 = bytes((19, 18)) + bytes(16) + bytes((1, 1))


def unexpected(ns):
    text = ns.read("/proc/net/netstat").splitlines()
    for names, values in zip(text[::2], text[1::2]):
        d = dict(zip(names.split(), values.split()))
        if "TCPMD5Unexpected" in d:
            return int(d["TCPMD5Unexpected"])
    return -1


def segment(sport, dport, seq, ack, flags, options):
    body = struct.pack("!HHIIBBHHH", sport, dport, seq, ack,
                       (5 + len(options) // 4) << 4, flags, 1000, 0, 0) + options
    data = socket.inet_pton(socket.AF_INET6, H) + socket.inet_pton(socket.AF_INET6, R) + \
        struct.pack("!IxxxB", len(body), 6) + body
    s = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while s >> 16:
        s = (s & 0xffff) + (s >> 16)
    return body[:16] + struct.pack("!H", ~s & 0xffff) + body[18:]


class Raw:
    """Segments of h's own making, and what r answers to port 4000."""

    def __init__(self, net):
        with net.h:
            self.s = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_TCP)
        self.s.bind((H, 0))
        self.s.settimeout(1)

    def ask(self, dport, flags, options, seq=1000, ack=0, sport=4000):
        self.s.sendto(segment(sport, dport, seq, ack, flags, options), (R, 0))

    def answer(self, port=4000):
        try:
            while True:
                got = self.s.recv(2000)
                if struct.unpack("!H", got[2:4])[0] == port:
                    return got[13]
        except socket.timeout:
            return None


def signed(net):
    # h's own stack knows nothing of port 4000 and would reset.
    subprocess.run(["ip", "netns", "exec", net.h.name, "ip6tables", "-A", "OUTPUT", "-p", "tcp",
                    "--tcp-flags", "RST", "RST", "-j", "DROP"], check=True)
    raw = Raw(net)
    with net.r:
        srv = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
    srv.bind((R, 0))
    srv.listen(4)
    port = srv.getsockname()[1]

    before = unexpected(net.r)
    raw.ask(port, 2, MD5)
    eq(raw.answer(), None, "a signed SYN to a listener: no answer")
    eq(unexpected(net.r) - before, 1, "and counted")
    raw.ask(port, 2, bytes((1, 1, 1, 1)))
    eq(raw.answer(), 0x12, "an unsigned one: SYN and ACK")
    before = unexpected(net.r)
    raw.ask(port, 0x10, MD5, seq=1001, ack=1)
    ok(until(lambda: unexpected(net.r) - before == 1, 2),
       "a signed ACK of a connection being opened is counted", unexpected(net.r) - before)
    raw.ask(9, 2, MD5, sport=4001)
    eq(raw.answer(4001), None, "a signed SYN to nobody: no reset")
    raw.ask(9, 2, b"", sport=4002)
    eq(raw.answer(4002), 0x14, "an unsigned one: a reset")
    # Options that end in the middle of a signature are no signature.
    before = unexpected(net.r)
    raw.ask(port, 2, bytes((19, 18, 0, 0)), sport=4003)
    eq(raw.answer(4003), 0x12, "a torn option is passed over")
    eq(unexpected(net.r) - before, 0, "and not counted")

    with net.h:
        c = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
    c.settimeout(5)
    c.connect((R, port))
    srv.settimeout(5)
    s = srv.accept()[0]
    before = unexpected(net.r)
    raw.ask(port, 0x18, MD5, sport=c.getsockname()[1])
    ok(until(lambda: unexpected(net.r) - before == 1, 2),
       "a signed segment of a connection is counted", unexpected(net.r) - before)
    c.sendall(b"alive")
    s.settimeout(5)
    eq(s.recv(5), b"alive", "and the connection lives")
    for x in (c, s, srv, raw.s):
        x.close()


sys.exit(main("ts", [signed]))
