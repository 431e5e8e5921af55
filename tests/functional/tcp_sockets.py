#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-2.0
# TCP over IPv6 through the socket interface: open, talk, refuse, close.
# needs: 1cpu
import errno
import os
import select
import socket
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from lib import Net, eq, main, ok, refused, until  # noqa: E402

R = "2001:db8::2"
IPV6_2292PKTOPTIONS = 6
IPV6_MINHOPCOUNT = 73


def listener(ns, addr="::", port=0, family=socket.AF_INET6, v6only=None, backlog=16):
    with ns:
        s = socket.socket(family, socket.SOCK_STREAM)
    s.settimeout(10)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if v6only is not None:
        s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, v6only)
    s.bind((addr, port))
    s.listen(backlog)
    return s


def client(ns, family=socket.AF_INET6):
    with ns:
        s = socket.socket(family, socket.SOCK_STREAM)
    s.settimeout(10)
    return s


def connected(net, srv, addr=R):
    c = client(net.h)
    c.connect((addr, srv.getsockname()[1]))
    return c, srv.accept()[0]


def echo(a, b, what=b"data"):
    a.sendall(what)
    got = b""
    while len(got) < len(what):
        more = b.recv(65536)
        if not more:
            break
        got += more
    return got == what


def open_and_talk(net):
    srv = listener(net.r)
    c, s = connected(net, srv)
    ok(echo(c, s, b"x" * 3000) and echo(s, c, b"y" * 3000), "both ways")
    eq(c.getpeername()[:2], (R, srv.getsockname()[1]), "peer of the client")
    eq(s.getpeername()[:2], c.getsockname()[:2], "peer of the child")
    eq(s.getsockname()[0], R, "address of the child")
    c.shutdown(socket.SHUT_WR)
    eq(s.recv(1), b"", "end of file")
    ok(echo(s, c), "half closed: the other way goes on")
    for x in (c, s, srv):
        x.close()


def mapped(net):
    srv = listener(net.r)
    port = srv.getsockname()[1]
    c4 = client(net.h, socket.AF_INET)
    c4.connect(("192.0.2.2", port))
    s, peer = srv.accept()
    eq(peer[0], "::ffff:192.0.2.1", "an IPv4 client at a dual-stack listener")
    ok(echo(c4, s) and echo(s, c4, b"z" * 10000), "and they talk")
    c6 = client(net.h)
    c6.connect(("::ffff:192.0.2.2", port))
    s6, peer = srv.accept()
    eq(peer[0], "::ffff:192.0.2.1", "connect to a mapped address")
    eq(c6.getsockname()[0], "::ffff:192.0.2.1", "from a mapped address")
    ok(echo(c6, s6) and echo(s6, c6, b"z" * 10000), "and they talk too")
    for x in (c6, s6, s, c4):
        x.close()
    srv.close()


def v6only(net):
    srv = listener(net.r, v6only=1)
    port = srv.getsockname()[1]
    c4 = client(net.h, socket.AF_INET)
    refused(errno.ECONNREFUSED, "V6ONLY hears no IPv4", c4.connect,
            ("192.0.2.2", port))
    srv4 = listener(net.r, "0.0.0.0", port, socket.AF_INET)
    ok(True, "and leaves the port to IPv4")
    c = client(net.h)
    c.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    refused(errno.ENETUNREACH, "V6ONLY doesn't connect to a mapped address",
            c.connect, ("::ffff:192.0.2.2", port))
    srv.close()
    srv4.close()
    srv = listener(net.r, v6only=0)
    with net.r:
        s4 = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    refused(errno.EADDRINUSE, "a dual-stack listener holds IPv4's port too",
            s4.bind, ("0.0.0.0", srv.getsockname()[1]))
    s4.close()
    srv.close()


def errors(net):
    c = client(net.h)
    refused(errno.ECONNREFUSED, "nobody there", c.connect, (R, 9))
    c.close()
    c = client(net.h)
    refused(errno.ENETUNREACH, "no route", c.connect, ("2001:db8:ffff::1", 9))
    c.close()
    c = client(net.h)
    refused(errno.EINVAL, "link-local without a zone", c.connect, ("fe80::1", 9))
    c.close()
    c = client(net.h)
    refused(errno.ENETUNREACH, "multicast", c.connect, ("ff02::1%1", 9, 0, 1))
    c.close()
    c = client(net.h)
    refused(errno.EADDRNOTAVAIL, "bind to an address of others", c.bind, (R, 0))
    c.close()
    srv = listener(net.r)
    c, s = connected(net, srv)
    c.setblocking(True)
    eq(c.connect_ex((R, 9)), 0, "the outcome of a connect, once")
    refused(errno.EISCONN, "connect twice", c.connect, (R, 9))
    # A reset reaches the reader.
    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    s.close()
    refused(errno.ECONNRESET, "reset by a lingering close", c.recv, 1)
    c.close()
    srv.close()


def linklocal(net):
    def address(ns):
        for line in ns.read("/proc/net/if_inet6").splitlines():
            f = line.split()
            if f[5] == "e0" and f[3] == "20" and not int(f[4], 16) & 0x40:
                return socket.inet_ntop(socket.AF_INET6, bytes.fromhex(f[0])), int(f[1], 16)
        return None

    ok(until(lambda: address(net.h) and address(net.r), 10), "link-local addresses")
    srv = listener(net.r)
    c = client(net.h)
    c.connect((address(net.r)[0], srv.getsockname()[1], 0, address(net.h)[1]))
    s, peer = srv.accept()
    eq(peer[3], address(net.r)[1], "the child's peer has its zone")
    ok(echo(c, s) and echo(s, c), "talk by link-local addresses")
    for x in (c, s, srv):
        x.close()


def loopback(net):
    srv = listener(net.h, "::1")
    c = client(net.h)
    c.connect(("::", srv.getsockname()[1]))
    s = srv.accept()[0]
    eq(c.getpeername()[0], "::1", "connect to :: is to loopback")
    ok(echo(c, s, b"q" * 200000), "a large write over lo")
    for x in (c, s, srv):
        x.close()


def nonblocking(net):
    srv = listener(net.r)
    c = client(net.h)
    c.setblocking(False)
    eq(c.connect_ex((R, srv.getsockname()[1])), errno.EINPROGRESS, "in progress")
    ok(select.select([], [c], [], 5)[1], "writable once connected")
    eq(c.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR), 0, "without error")
    eq(c.connect_ex((R, srv.getsockname()[1])), 0, "asked again")
    s = srv.accept()[0]
    for x in (c, s, srv):
        x.close()
    c = client(net.h)
    c.setblocking(False)
    c.connect_ex((R, 9))
    select.select([], [c], [], 5)
    eq(c.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR), errno.ECONNREFUSED,
       "refused later")
    c.close()


def time_wait(net):
    srv = listener(net.r)
    port = srv.getsockname()[1]
    c = client(net.h)
    c.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    c.connect((R, port))
    s = srv.accept()[0]
    cport = c.getsockname()[1]
    c.close()
    eq(s.recv(1), b"", "closed")
    s.close()

    def state():
        for line in net.h.read("/proc/net/tcp6").splitlines()[1:]:
            f = line.split()
            if int(f[1].rsplit(":")[-1], 16) == cport:
                return f[3]
        return None

    ok(until(lambda: state() == "06", 5), "TIME-WAIT in /proc/net/tcp6", state())
    # RFC 6191: a later timestamp reopens it.
    c = client(net.h)
    c.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    c.bind(("::", cport))
    import time
    time.sleep(1.2)
    try:
        c.connect((R, port))
        s = srv.accept()[0]
        ok(echo(c, s), "the pair of ports opened again from TIME-WAIT")
        s.close()
    except OSError as e:
        ok(False, "the pair of ports opened again from TIME-WAIT", e)
    c.close()
    srv.close()


def reuseport(net):
    a = b = None
    with net.r:
        a = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
        b = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
    for s in (a, b):
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    a.bind(("::", 0))
    b.bind(("::", a.getsockname()[1]))
    a.listen(64)
    b.listen(64)
    clients = []
    for _ in range(40):
        c = client(net.h)
        c.connect((R, a.getsockname()[1]))
        clients.append(c)
    counts = []
    for s in (a, b):
        s.setblocking(False)
        n = 0
        try:
            while True:
                s.accept()[0].close()
                n += 1
        except BlockingIOError:
            counts.append(n)
    eq(sum(counts), 40, "SO_REUSEPORT: all arrive")
    ok(min(counts) > 3, "at both", counts)
    for c in clients + [a, b]:
        c.close()


def syncookies(net):
    old = net.r.sysctl("net/ipv4/tcp_syncookies")
    net.r.sysctl("net/ipv4/tcp_syncookies", 2)
    srv = listener(net.r)
    c, s = connected(net, srv)
    ok(echo(c, s, b"c" * 50000) and echo(s, c), "a connection by SYN cookie")
    recv = 0
    text = net.r.read("/proc/net/netstat").splitlines()
    for names, values in zip(text[::2], text[1::2]):
        d = dict(zip(names.split(), values.split()))
        recv = int(d.get("SyncookiesRecv", recv))
    ok(recv > 0, "and it was one", recv)
    # Window scaling and SACK come through the timestamp.
    info = s.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 104)
    ok(info[5] & 2 and info[5] & 4, "with SACK and window scaling", info[5])
    net.r.sysctl("net/ipv4/tcp_syncookies", old)
    for x in (c, s, srv):
        x.close()


def congestion(net):
    names = net.h.sysctl("net/ipv4/tcp_available_congestion_control").split()
    srv = listener(net.r)
    for name in names:
        c = client(net.h)
        try:
            c.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, name.encode())
        except OSError as e:
            ok(False, "congestion control " + name, e)
            c.close()
            continue
        c.connect((R, srv.getsockname()[1]))
        s = srv.accept()[0]
        ok(echo(c, s, os.urandom(100000)), "100 kB by " + name)
        c.close()
        s.close()
    srv.close()


def options(net):
    srv = listener(net.r)
    srv.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVPKTINFO, 1)
    srv.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_TCLASS, 0x28)
    c, s = connected(net, srv)
    eq(s.getsockopt(socket.IPPROTO_IPV6, socket.IPV6_TCLASS), 0x28,
       "a child has its listener's traffic class")
    c.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    eq(c.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY), 1, "a TCP option")
    eq(c.getsockopt(socket.SOL_SOCKET, socket.SO_DOMAIN), socket.AF_INET6, "family")
    eq(c.getsockopt(socket.SOL_SOCKET, socket.SO_PROTOCOL), socket.IPPROTO_TCP, "protocol")
    # RFC 5082: hop limit 64 isn't enough.
    s.setsockopt(socket.IPPROTO_IPV6, IPV6_MINHOPCOUNT, 255)
    c.sendall(b"far")
    s.settimeout(0.5)
    try:
        s.recv(3)
        ok(False, "a minimum hop limit keeps segments out")
    except socket.timeout:
        ok(True, "a minimum hop limit keeps segments out")
    s.setsockopt(socket.IPPROTO_IPV6, IPV6_MINHOPCOUNT, 0)
    s.settimeout(10)
    eq(s.recv(3), b"far", "without it the repetition is taken")
    for x in (c, s, srv):
        x.close()


def listed(net):
    import subprocess
    srv = listener(net.r, port=7777)
    c, s = connected(net, srv)
    out = subprocess.run(["ip", "netns", "exec", net.r.name, "ss", "-6tan"],
                         capture_output=True, text=True).stdout
    ok("[::]:7777" in out or "*:7777" in out, "ss shows the listener", out)
    ok("[2001:db8::2]:7777" in out and "ESTAB" in out, "and the connection", out)
    rows = [r for r in net.r.read("/proc/net/tcp6").splitlines()[1:]
            if ":1E61 " in r]
    eq(sorted(r.split()[3] for r in rows), ["01", "0A"], "/proc/net/tcp6 shows both")
    subprocess.run(["ip", "netns", "exec", net.r.name, "ss", "-K", "-6tn",
                    "sport", "=", ":7777"], capture_output=True)
    refused(errno.ECONNABORTED, "ss -K ends a connection", s.recv, 1)
    for x in (c, s, srv):
        x.close()
    with open("/proc/net/protocols") as f:
        ok(any(l.startswith("TCPv6 ") for l in f), "TCPv6 in /proc/net/protocols")


sys.exit(main("tcp", [open_and_talk, mapped, v6only, errors, linklocal, loopback,
                      nonblocking, time_wait, reuseport, syncookies, congestion,
                      options, listed]))
