#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-2.0
# What sockets hear of ICMPv6 errors: UDP and raw (RFC 3542, IPV6_RECVERR), TCP
# hard and soft ones (RFC 5461), and a Packet Too Big that a stream survives
# (RFC 8201).
# needs: 1cpu
import errno
import os
import select
import socket
import struct
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from lib import Ns, eq, main, ok, refused, until  # noqa: E402

H, R = "2001:db8::1", "2001:db8::2"
IPV6_RECVERR, IPV6_MTU_DISCOVER, IPV6_MTU, IPV6_DONTFRAG = 25, 23, 24, 62
V6 = socket.IPPROTO_IPV6


def inet6(a):
    return socket.inet_pton(socket.AF_INET6, a)


def checksum(src, dst, proto, body):
    data = inet6(src) + inet6(dst) + struct.pack("!IxxxB", len(body), proto) + body
    data += b"\0" * (len(data) % 2)
    s = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while s >> 16:
        s = (s & 0xffff) + (s >> 16)
    return ~s & 0xffff


def udp(ns):
    with ns:
        s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    s.settimeout(5)
    return s


class Forger:
    """Sends ICMPv6 errors from r to h about packets of h."""

    def __init__(self, net):
        with net.r:
            self.s = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)

    def send(self, kind, code, value, proto, body, dst=R):
        inner = struct.pack("!IHBB", 6 << 28, len(body), proto, 60) + inet6(H) + inet6(dst) + body
        self.s.sendto(struct.pack("!BBHI", kind, code, 0, value) + inner, (H, 0))


def connected_udp(net):
    s = udp(net.h)
    s.connect((R, 9))
    s.send(b"nobody")
    refused(errno.ECONNREFUSED, "connected UDP: recv tells", s.recv, 1)
    s.send(b"nobody")
    ok(until(lambda: select.select([s], [], [], 0)[0]), "poll: readable")
    eq(s.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR), errno.ECONNREFUSED, "SO_ERROR tells")
    eq(s.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR), 0, "once")
    s.close()
    s = udp(net.h)
    s.settimeout(0.5)
    s.sendto(b"nobody", (R, 9))
    try:
        s.recv(1)
        ok(False, "unconnected UDP hears of no error")
    except socket.timeout:
        ok(True, "unconnected UDP hears of no error")
    s.close()


def error_queue(net):
    s = udp(net.h)
    s.setsockopt(V6, IPV6_RECVERR, 1)
    s.sendto(b"nobody", (R, 9))
    ok(until(lambda: poll_err(s)), "POLLERR")
    data, anc, flags, name = s.recvmsg(100, 512, socket.MSG_ERRQUEUE)
    eq(data, b"nobody", "the datagram comes back")
    eq(name[:2], (R, 9), "with where it went")
    ok(flags & socket.MSG_ERRQUEUE, "MSG_ERRQUEUE is set", flags)
    level, kind, body = anc[0]
    eq((level, kind), (V6, IPV6_RECVERR), "ancillary data")
    e_errno, origin, etype, code = struct.unpack("=IBBB", body[:7])
    eq((e_errno, origin, etype, code), (errno.ECONNREFUSED, 3, 1, 4), "sock_extended_err")
    eq(socket.inet_ntop(socket.AF_INET6, body[24:40]), R, "who said so")
    s.setblocking(False)
    refused(errno.EAGAIN, "the queue is empty then", s.recvmsg, 100, 512, socket.MSG_ERRQUEUE)
    # An error of our own: too long for the device.
    s.setsockopt(V6, IPV6_MTU_DISCOVER, 2)
    refused(errno.EMSGSIZE, "longer than the link, and not to be cut", s.sendto,
            b"x" * 3000, (R, 9))
    data, anc, flags, name = s.recvmsg(100, 512, socket.MSG_ERRQUEUE)
    e_errno, origin, etype, code, _pad, info = struct.unpack("=IBBBBI", anc[0][2][:12])
    eq((e_errno, origin, info), (errno.EMSGSIZE, 1, 1500), "a local error with the MTU")
    s.setsockopt(V6, IPV6_RECVERR, 0)
    s.close()


def poll_err(s):
    p = select.poll()
    p.register(s, 0)
    return any(e & select.POLLERR for _fd, e in p.poll(0))


def codes(net):
    """Which errno an error gives, and which end only with IPV6_RECVERR."""
    f = Forger(net)
    for kind, code, want, hard in ((1, 0, errno.ENETUNREACH, False),
                                   (1, 1, errno.EACCES, True),
                                   (1, 3, errno.EHOSTUNREACH, False),
                                   (1, 4, errno.ECONNREFUSED, True),
                                   (1, 5, errno.EACCES, True),
                                   (1, 6, errno.EACCES, True),
                                   (3, 0, errno.EHOSTUNREACH, False),
                                   (4, 1, errno.EPROTO, True)):
        with net.r:
            sink = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
        sink.bind((R, 0))
        s = udp(net.h)
        s.connect(sink.getsockname()[:2])
        port = s.getsockname()[1]
        s.send(b"x")
        body = struct.pack("!HHHH", port, sink.getsockname()[1], 9, 0x1234) + b"x"
        f.send(kind, code, 0, 17, body)
        until(lambda: s.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) or not hard, 2)
        s.setsockopt(V6, IPV6_RECVERR, 1)
        f.send(kind, code, 0, 17, body)
        ok(until(lambda: poll_err(s), 3), "type %d code %d is queued" % (kind, code))
        try:
            _d, anc, _f, _n = s.recvmsg(100, 512, socket.MSG_ERRQUEUE)
            eq(struct.unpack("=I", anc[0][2][:4])[0], want, "type %d code %d" % (kind, code))
        except OSError as e:
            ok(False, "type %d code %d" % (kind, code), e)
        s.close()
        s = udp(net.h)
        s.connect(sink.getsockname()[:2])
        s.send(b"x")
        body = struct.pack("!HHHH", s.getsockname()[1], sink.getsockname()[1] ^ 1, 9, 0) + b"x"
        f.send(kind, code, 0, 17, body)
        s.settimeout(0.3)
        try:
            s.recv(1)
            got = "data"
        except socket.timeout:
            got = None
        except OSError as e:
            got = e
        eq(got, None, "about another port: nobody hears")
        s.close()
        sink.close()
    f.s.close()


def listener(net):
    with net.r:
        srv = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
    srv.settimeout(10)
    srv.bind((R, 0))
    srv.listen(4)
    return srv


def tcp_segment(c, srv, seq):
    return struct.pack("!HHIIBBHHH", c.getsockname()[1], srv.getsockname()[1], seq, 0, 0x50,
                       0x10, 1000, 0, 0)


def tcp_connecting(net):
    """SYN-SENT: each error ends it, soft ones too (RFC 5461 section 4.1), so
    that a client turns to the next address at once."""
    f = Forger(net)
    for code, want in ((4, errno.ECONNREFUSED), (1, errno.EACCES),
                       (0, errno.ENETUNREACH), (3, errno.EHOSTUNREACH)):
        with net.h:
            c = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
        with net.r:
            tap = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x86dd))
        tap.bind(("e0", 0))
        tap.settimeout(3)
        # A station that resolves but has no TCP: its SYNs are dropped.
        c.setblocking(False)
        eq(c.connect_ex(("2001:db8::d", 80)), errno.EINPROGRESS, "connecting")
        seq = None
        try:
            while seq is None:
                frame = tap.recv(2000)
                if frame[20] == 6 and frame[54 + 13] & 2 and frame[38:54] == inet6("2001:db8::d"):
                    seq = struct.unpack("!I", frame[58:62])[0]
        except socket.timeout:
            ok(False, "no SYN seen")
            continue
        body = struct.pack("!HHII", c.getsockname()[1], 80, seq, 0)
        f.send(1, code, 0, 6, body + bytes(8), dst="2001:db8::d")
        got = select.select([], [c], [], 1)[1]
        err = c.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        ok(bool(got) and err == want, "code %d ends it" % code, err)
        c.close()
        tap.close()
    f.s.close()


def tcp_established(net):
    """A connection lives on; what is out of its window is ignored."""
    f, srv = Forger(net), listener(net)
    with net.h:
        c = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
    c.settimeout(10)
    c.connect(srv.getsockname()[:2])
    s = srv.accept()[0]
    s.settimeout(10)
    before = window(net)
    for code in (0, 1, 3, 4):
        f.send(1, code, 0, 6, tcp_segment(c, srv, 0x12345678))
    ok(until(lambda: window(net) - before >= 4, 3), "errors out of the window are counted",
       window(net) - before)
    c.sendall(b"alive")
    eq(s.recv(5), b"alive", "and the connection lives")
    c.close()
    s.close()
    srv.close()
    f.s.close()


def window(net):
    text = net.h.read("/proc/net/netstat").splitlines()
    for names, values in zip(text[::2], text[1::2]):
        d = dict(zip(names.split(), values.split()))
        if "OutOfWindowIcmps" in d:
            return int(d["OutOfWindowIcmps"])
    return -1


def packet_too_big(net):
    """A router's narrow link in the middle of a stream."""
    far = Ns("iefar")
    try:
        subprocess.run(["ip", "link", "add", "e1", "netns", net.r.name, "type", "veth", "peer",
                        "name", "e0", "netns", far.name], check=True)
        net.r.ip("link set e1 up\naddr add 2001:db8:2::2/64 dev e1 nodad\n")
        far.ip("link set lo up\nlink set e0 up\naddr add 2001:db8:2::3/64 dev e0 nodad\n"
               "route add default via 2001:db8:2::2\n")
        net.h.ip("route add 2001:db8:2::/64 via 2001:db8::2\n")
        net.r.sysctl("net/ipv6/conf/all/forwarding", 1)
        with far:
            srv = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
        srv.settimeout(10)
        srv.bind(("::", 0))
        srv.listen(1)
        with net.h:
            c = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
        c.settimeout(20)
        c.connect(("2001:db8:2::3", srv.getsockname()[1]))
        s = srv.accept()[0]
        s.settimeout(20)
        what = os.urandom(60000)
        c.sendall(what)
        eq(take(s, len(what)), what, "a stream over 1500 octets")
        eq(c.getsockopt(V6, IPV6_MTU), 1500, "IPV6_MTU")
        net.r.ip("link set e1 mtu 1300\n")
        far.ip("link set e0 mtu 1300\n")
        c.sendall(what)
        eq(take(s, len(what)), what, "and on over 1300")
        eq(c.getsockopt(V6, IPV6_MTU), 1300, "IPV6_MTU follows")
        u = udp(net.h)
        u.connect(("2001:db8:2::3", 9))
        eq(u.getsockopt(V6, IPV6_MTU), 1300, "for a later socket too")
        u.connect((R, 9))
        eq(u.getsockopt(V6, IPV6_MTU), 1500, "but not for other ways")
        for x in (c, s, srv, u):
            x.close()
    finally:
        net.r.sysctl("net/ipv6/conf/all/forwarding", 0)
        os.close(far.fd)
        subprocess.run(["ip", "netns", "del", far.name])


def take(s, n):
    got = b""
    while len(got) < n:
        more = s.recv(n - len(got))
        if not more:
            break
        got += more
    return got


def prepare(net):
    # Somebody who resolves and answers nothing.
    net.h.ip("neigh replace 2001:db8::d lladdr 02:00:00:00:00:0d dev e0 nud permanent\n")


sys.exit(main("ie", [prepare, connected_udp, error_queue, codes, tcp_connecting,
                     tcp_established, packet_too_big]))
