#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-2.0
# UDP over IPv6: talk, mapped peers, ancillary data, errors, multicast, corked and
# large datagrams, segmentation, UDP-Lite, raw and ping sockets.
# needs: 1cpu
import errno
import os
import socket
import struct
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from lib import eq, main, ok, refused, until  # noqa: E402

H, R = "2001:db8::1", "2001:db8::2"
L = socket.IPPROTO_IPV6
V6 = socket.AF_INET6
PKTINFO, HOPLIMIT, TCLASS, RECVERR, PATHMTU = 50, 52, 67, 25, 61


def sock(ns, kind=socket.SOCK_DGRAM, proto=0, family=V6, bind=None):
    with ns:
        s = socket.socket(family, kind, proto)
        if bind is not None:
            s.bind(bind)
    s.settimeout(10)
    return s


def talk(net):
    srv = sock(net.r, bind=("::", 0))
    port = srv.getsockname()[1]
    c = sock(net.h)
    c.sendto(b"one", (R, port))
    data, peer = srv.recvfrom(100)
    eq((data, peer[0]), (b"one", H), "unconnected")
    srv.sendto(b"two", peer)
    eq(c.recvfrom(100)[1][:2], (R, port), "and back")
    c.connect((R, port))
    eq(c.getsockname()[0], H, "connect chooses the source")
    eq(c.getpeername()[:2], (R, port), "and knows the peer")
    c.send(b"three")
    eq(srv.recv(100), b"three", "connected")
    c.send(b"")
    eq(srv.recv(100), b"", "an empty datagram")
    other = sock(net.r)
    other.sendto(b"no", c.getsockname()[:2])
    c.settimeout(0.3)
    refused_or_none(c, "a connected socket hears its peer only")
    s = sock(net.h)
    refused(errno.EDESTADDRREQ, "send without a peer", s.send, b"x")
    refused(errno.EINVAL, "port 0", s.sendto, b"x", (R, 0))
    refused(errno.EINVAL, "link-local without a zone", s.connect, ("fe80::2", 9))
    rows = net.r.read("/proc/net/udp6")
    ok("%04X 0" % port in rows or ":%04X " % port in rows, "/proc/net/udp6 shows it", rows)


def refused_or_none(s, text):
    try:
        got = s.recv(100)
    except TimeoutError:
        return ok(True, text)
    ok(False, text, got)


def mapped(net):
    srv = sock(net.r, bind=("::", 0))
    port = srv.getsockname()[1]
    c4 = sock(net.h, family=socket.AF_INET)
    c4.sendto(b"four", ("192.0.2.2", port))
    data, peer = srv.recvfrom(100)
    eq((data, peer[0]), (b"four", "::ffff:192.0.2.1"), "an IPv4 peer is mapped")
    srv.sendto(b"back", peer)
    eq(c4.recv(100), b"back", "and answered")
    c = sock(net.h)
    c.connect(("::ffff:192.0.2.2", port))
    c.send(b"map")
    eq(srv.recv(100), b"map", "connected to a mapped address")
    c.setsockopt(L, 1, socket.AF_INET)
    c.send(b"form")
    eq(srv.recv(100), b"form", "IPV6_ADDRFORM makes it IPv4")
    only = sock(net.h)
    only.setsockopt(L, socket.IPV6_V6ONLY, 1)
    refused(errno.ENETUNREACH, "V6ONLY doesn't reach IPv4", only.sendto, b"x",
            ("::ffff:192.0.2.2", port))


def ancillary(net):
    srv = sock(net.r, bind=("::", 0))
    port = srv.getsockname()[1]
    for o in (49, 51, 66):      # RECVPKTINFO, RECVHOPLIMIT, RECVTCLASS
        srv.setsockopt(L, o, 1)
    c = sock(net.h)
    c.sendmsg([b"x"], [(L, HOPLIMIT, struct.pack("i", 33)),
                       (L, TCLASS, struct.pack("i", 0x28))], 0, (R, port))
    got = {t: d for _, t, d in srv.recvmsg(100, 200)[1]}
    with net.r:
        index = socket.if_nametoindex("e0")
    eq(got.get(PKTINFO), socket.inet_pton(V6, R) + struct.pack("i", index), "IPV6_PKTINFO")
    eq(got.get(HOPLIMIT), struct.pack("i", 33), "IPV6_HOPLIMIT, given and received")
    eq(got.get(TCLASS), struct.pack("i", 0x28), "IPV6_TCLASS, given and received")
    net.h.ip("addr add 2001:db8::11/64 dev e0 nodad\n")
    c.sendmsg([b"x"], [(L, PKTINFO, socket.inet_pton(V6, "2001:db8::11") +
                        struct.pack("i", 0))], 0, (R, port))
    eq(srv.recvfrom(100)[1][0], "2001:db8::11", "a source by IPV6_PKTINFO")
    net.h.ip("addr del 2001:db8::11/64 dev e0\n")
    refused(errno.EINVAL, "a source that isn't ours", c.sendmsg, [b"x"],
            [(L, PKTINFO, socket.inet_pton(V6, "2001:db8::99") + struct.pack("i", 0))],
            0, (R, port))
    refused(errno.EINVAL, "a hop limit of 256", c.sendmsg, [b"x"],
            [(L, HOPLIMIT, struct.pack("i", 256))], 0, (R, port))
    refused(errno.EINVAL, "an unknown ancillary type", c.sendmsg, [b"x"],
            [(L, 99, struct.pack("i", 1))], 0, (R, port))
    srv.setsockopt(L, 58, 1)    # RECVDSTOPTS
    pad = bytes([0, 0, 1, 4, 0, 0, 0, 0])
    c.sendmsg([b"opt"], [(L, 59, pad)], 0, (R, port))
    data, cmsgs = srv.recvmsg(100, 300)[:2]
    got = {t: d for _, t, d in cmsgs}
    ok(data == b"opt" and got.get(59, b"")[1:] == pad[1:], "destination options arrive", got)


def errors(net):
    c = sock(net.h)
    c.setsockopt(L, RECVERR, 1)
    c.connect((R, 9))
    c.send(b"lost")
    ok(until(lambda: c.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) ==
             errno.ECONNREFUSED), "a closed port is told as ECONNREFUSED")
    c.setblocking(False)
    data, cmsgs, flags, name = c.recvmsg(100, 300, socket.MSG_ERRQUEUE)
    eq((data, name[:2]), (b"lost", (R, 9)), "the error queue gives the datagram back")
    ee = struct.unpack("IBBBBII", cmsgs[0][2][:16])
    eq(ee[:4], (errno.ECONNREFUSED, 3, 1, 4), "errno, origin ICMP6, type 1, code 4")
    eq(socket.inet_ntop(V6, cmsgs[0][2][24:40]), R, "and who said it")
    c = sock(net.h)
    c.setsockopt(L, RECVERR, 1)
    c.setsockopt(L, 62, 1)      # DONTFRAG
    c.setsockopt(L, 60, 1)      # RECVPATHMTU
    refused(errno.EMSGSIZE, "DONTFRAG and too big", c.sendto, b"x" * 3000, (R, 9))
    c.setblocking(False)
    got = [t for _, t, _ in c.recvmsg(100, 300)[1]]
    ok(PATHMTU in got, "IPV6_PATHMTU is told", got)


def large(net):
    srv = sock(net.r, bind=("::", 0))
    srv.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    c = sock(net.h)
    c.connect((R, srv.getsockname()[1]))
    big = os.urandom(20000)
    c.send(big)
    eq(srv.recv(70000) == big, True, "20000 octets arrive whole")
    c.setsockopt(17, 1, 1)      # UDP_CORK
    c.send(b"a" * 100)
    c.send(b"b" * 100)
    c.setsockopt(17, 1, 0)
    eq(srv.recv(1000), b"a" * 100 + b"b" * 100, "UDP_CORK joins two sends")
    c.send(b"c" * 10, socket.MSG_MORE)
    c.send(b"d" * 10)
    eq(srv.recv(1000), b"c" * 10 + b"d" * 10, "so does MSG_MORE")
    c.sendmsg([b"".join(bytes([i]) * 1000 for i in range(5))],
              [(17, 103, struct.pack("H", 1000))])
    got = [srv.recv(2000) for _ in range(5)]
    eq(got == [bytes([i]) * 1000 for i in range(5)], True, "UDP_SEGMENT cuts")
    srv.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", 5, 0))
    c.send(b"0123456789")
    data, _, flags, _ = srv.recvmsg(4)
    eq((data, bool(flags & socket.MSG_TRUNC)), (b"0123", True), "MSG_TRUNC")
    refused(errno.EMSGSIZE, "more than 65535", c.send, b"x" * 66000)


def multicast(net):
    with net.r:
        index_r = socket.if_nametoindex("e0")
    with net.h:
        index_h = socket.if_nametoindex("e0")
    group = "ff02::1234"
    a = sock(net.r, bind=("::", 0))
    a.setsockopt(L, 20, socket.inet_pton(V6, group) + struct.pack("i", index_r))
    c = sock(net.h)
    c.sendto(b"all", (group, a.getsockname()[1], 0, index_h))
    eq(a.recv(100), b"all", "a member hears its group")
    a.setsockopt(L, 21, socket.inet_pton(V6, group) + struct.pack("i", index_r))
    c.sendto(b"gone", (group, a.getsockname()[1], 0, index_h))
    a.settimeout(0.3)
    refused_or_none(a, "who left doesn't")


def lite(net):
    srv = sock(net.r, proto=136, bind=("::", 0))
    c = sock(net.h, proto=136)
    c.setsockopt(136, 10, 8)    # UDPLITE_SEND_CSCOV: the header alone
    c.sendto(b"lite", (R, srv.getsockname()[1]))
    eq(srv.recv(100), b"lite", "UDP-Lite, the header covered")


def raw(net):
    srv = sock(net.r, socket.SOCK_RAW, 253)
    c = sock(net.h, socket.SOCK_RAW, 253)
    c.setsockopt(L, 7, 2)
    c.sendto(b"\1\2\0\0rest", (R, 0))
    data, peer = srv.recvfrom(100)
    eq((data[:2], data[4:], peer[0]), (b"\1\2", b"rest", H), "raw, protocol 253")
    ok(data[2:4] != b"\0\0", "IPV6_CHECKSUM fills the field")
    p = sock(net.h, socket.SOCK_RAW, 58)
    p.setsockopt(58, 1, struct.pack("8I", *[0xffffffff] * 4, 0xfffffffd, *[0xffffffff] * 3))
    p.sendto(struct.pack("!BBHHH", 128, 0, 0, 7, 1) + b"ping", (R, 0))
    data = p.recv(100)
    eq((data[0], data[8:]), (129, b"ping"), "Echo by a raw socket, filtered by type")
    hdr = struct.pack("!IHBB", 6 << 28, 8 + 4, 253, 9) + \
        socket.inet_pton(V6, H) + socket.inet_pton(V6, R)
    h = sock(net.h, socket.SOCK_RAW, 255)
    h.sendto(hdr + b"\1\2\3\4hdrincl!", (R, 0))
    eq(srv.recv(100)[4:], b"hdrincl!", "with a header of its own")


def ping(net):
    with net.h, open("/proc/sys/net/ipv4/ping_group_range", "w") as f:
        f.write("0 2147483647")
    p = sock(net.h, proto=58)
    p.sendto(struct.pack("!BBHHH", 128, 0, 0, 0, 5) + b"data", (R, 0))
    data, peer = p.recvfrom(100)
    eq((data[0], data[6:], peer[0]), (129, struct.pack("!H", 5) + b"data", R), "a ping socket")
    refused(errno.EINVAL, "it sends nothing but Echo Requests", p.sendto,
            struct.pack("!BBHHH", 135, 0, 0, 0, 5), (R, 0))
    p.connect((R, 0))
    p.send(struct.pack("!BBHHH", 128, 0, 0, 0, 6))
    eq(p.recv(100)[6:8], struct.pack("!H", 6), "connected")


sys.exit(main("udp", [talk, mapped, ancillary, errors, large, multicast, lite, raw, ping]))
