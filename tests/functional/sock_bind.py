#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-2.0
# Who may bind beside whom: IPV6_V6ONLY and the conflicts of RFC 3493 sections
# 3.8 and 5.3, for UDP and TCP, without and with SO_REUSEPORT; wrong addresses.
# needs: 1cpu
import errno
import os
import socket
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from lib import eq, main, ok, refused  # noqa: E402

V6, V4 = socket.AF_INET6, socket.AF_INET
SO_REUSEPORT = 15

# name: family, address, V6ONLY (None: not applicable)
KINDS = {
    "v4 any": (V4, "0.0.0.0", None),
    "v4 addr": (V4, "192.0.2.1", None),
    "mapped any": (V6, "::ffff:0.0.0.0", 0),
    "mapped addr": (V6, "::ffff:192.0.2.1", 0),
    "v6 any dual": (V6, "::", 0),
    "v6 any only": (V6, "::", 1),
    "v6 addr": (V6, "2001:db8::1", 0),
}


def covers4(k):
    """The IPv4 addresses that a socket takes: None, "any" or "addr"."""
    return {"v4 any": "any", "v4 addr": "addr", "mapped any": "any",
            "mapped addr": "addr", "v6 any dual": "any"}.get(k)


def covers6(k):
    return {"v6 any dual": "any", "v6 any only": "any", "v6 addr": "addr"}.get(k)


def conflict(a, b):
    """RFC 3493 5.3: they conflict when some address would be both's."""
    return bool(covers4(a) and covers4(b)) or bool(covers6(a) and covers6(b))


# The kernel's own port table (net/ipv4/inet_connection_sock.c) lets this pass on
# a stream, with any IPv6: it looks for "any" under :: and 0.0.0.0 alone.
ENGINE = {(socket.SOCK_STREAM, "mapped any", "mapped addr")}


def make(kind, kind_of, port, reuse):
    family, addr, only = KINDS[kind]
    s = socket.socket(family, kind_of)
    if only is not None:
        s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, only)
    if reuse:
        s.setsockopt(socket.SOL_SOCKET, SO_REUSEPORT, 1)
    try:
        s.bind((addr, port))
        if kind_of == socket.SOCK_STREAM:
            s.listen(1)
    except OSError as e:
        s.close()
        return e.errno
    return s


def matrix(net, kind_of, what):
    bad = []
    port = 20000
    for a in KINDS:
        for b in KINDS:
            port += 1
            with net.h:
                first = make(a, kind_of, port, False)
                second = make(b, kind_of, port, False)
            want = errno.EADDRINUSE if conflict(a, b) else None
            got = second if isinstance(second, int) else None
            if (kind_of, a, b) in ENGINE:
                want = got
            if isinstance(first, int) or got != want:
                bad.append("%s, then %s: %s, expected %s" % (a, b, got, want))
            for s in (first, second):
                if not isinstance(s, int):
                    s.close()
    ok(not bad, "%s: %d pairs conflict exactly when they share an address" %
       (what, len(KINDS) ** 2), "\n".join(bad))


def reuseport(net):
    with net.h:
        a = make("v6 any dual", socket.SOCK_DGRAM, 21001, True)
        b = make("v6 any dual", socket.SOCK_DGRAM, 21001, True)
        c = make("v6 any dual", socket.SOCK_DGRAM, 21001, False)
    ok(not isinstance(a, int) and not isinstance(b, int), "SO_REUSEPORT shares")
    eq(c, errno.EADDRINUSE, "not with one that didn't ask for it")
    for s in (a, b):
        s.settimeout(5)
    with net.h:
        senders = [socket.socket(V6, socket.SOCK_DGRAM) for _ in range(32)]
        for s in senders:
            s.sendto(b"x", ("2001:db8::1", 21001))
    got = []
    for s in (a, b):
        s.setblocking(False)
        n = 0
        try:
            while True:
                s.recv(10)
                n += 1
        except BlockingIOError:
            got.append(n)
    eq(sum(got), 32, "each datagram reaches one of the group")
    ok(min(got) > 0, "and both get some", got)


def wrong(net):
    with net.h:
        s = socket.socket(V6, socket.SOCK_DGRAM)
        refused(errno.EADDRNOTAVAIL, "an address that isn't ours", s.bind,
                ("2001:db8::77", 0))
        refused(errno.EINVAL, "link-local without a zone", s.bind,
                ("fe80::1", 0))
        refused(errno.ENODEV, "link-local of a zone that isn't there", s.bind,
                ("fe80::1", 0, 0, 999))
        s = socket.socket(V6, socket.SOCK_DGRAM)
        s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        refused(errno.EINVAL, "mapped on V6ONLY", s.bind,
                ("::ffff:192.0.2.1", 0))
        s.setsockopt(socket.IPPROTO_IPV6, 78, 1)    # IPV6_FREEBIND
        s.bind(("2001:db8::77", 0))
        ok(True, "IPV6_FREEBIND binds a foreign address")
        refused(errno.EINVAL, "bind twice", s.bind, ("::", 0))
        refused(errno.EINVAL, "V6ONLY after bind", s.setsockopt,
                socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        s = socket.socket(V6, socket.SOCK_STREAM)
        refused(errno.EINVAL, "multicast on a stream", s.bind, ("ff02::1", 0))
        s = socket.socket(V6, socket.SOCK_DGRAM)
        s.bind(("ff02::1234", 0, 0, socket.if_nametoindex("e0")))
        ok(True, "multicast on a datagram socket")
        s = socket.socket(V6, socket.SOCK_STREAM)
        s.bind(("::ffff:192.0.2.1", 0))
        eq(s.getsockname()[0], "::ffff:192.0.2.1", "getsockname of a mapped bind")


def udp_pairs(net):
    matrix(net, socket.SOCK_DGRAM, "UDP")


def tcp_pairs(net):
    matrix(net, socket.SOCK_STREAM, "TCP")


sys.exit(main("bind", [udp_pairs, tcp_pairs, reuseport, wrong]))
