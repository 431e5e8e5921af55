#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-2.0
# Options of level IPPROTO_IPV6: defaults, set and read back, wrong values, wrong
# sizes, wrong states; unknown ones.
# needs: 1cpu
import errno
import os
import socket
import struct
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from lib import eq, main, ok, refused  # noqa: E402

L = socket.IPPROTO_IPV6

# number: (name, default, values taken, values refused with EINVAL)
INTS = {
    2: ("2292PKTINFO", 0, (1, 0), ()),
    3: ("2292HOPOPTS", 0, (1, 0), ()),
    4: ("2292DSTOPTS", 0, (1, 0), ()),
    5: ("2292RTHDR", 0, (1, 0), ()),
    8: ("2292HOPLIMIT", 0, (1, 0), ()),
    11: ("FLOWINFO", 0, (1, 0), ()),
    16: ("UNICAST_HOPS", 64, (1, 255, 0), (-2, 256)),
    17: ("MULTICAST_IF", 0, (0,), ()),
    18: ("MULTICAST_HOPS", 1, (255, 0, 7), (-2, 256)),
    19: ("MULTICAST_LOOP", 1, (0, 1), (2,)),
    23: ("MTU_DISCOVER", 1, (0, 2, 3, 4, 5), (-1, 6)),
    25: ("RECVERR", 0, (1, 0), ()),
    26: ("V6ONLY", 0, (1, 0), ()),
    29: ("MULTICAST_ALL", 1, (0, 1), ()),
    30: ("ROUTER_ALERT_ISOLATE", 0, (1, 0), ()),
    31: ("RECVERR_RFC4884", 0, (1, 0), (2, -1)),
    33: ("FLOWINFO_SEND", 0, (1, 0), ()),
    49: ("RECVPKTINFO", 0, (1, 0), ()),
    51: ("RECVHOPLIMIT", 0, (1, 0), ()),
    53: ("RECVHOPOPTS", 0, (1, 0), ()),
    56: ("RECVRTHDR", 0, (1, 0), ()),
    58: ("RECVDSTOPTS", 0, (1, 0), ()),
    60: ("RECVPATHMTU", 0, (1, 0), ()),
    62: ("DONTFRAG", 0, (1, 0), ()),
    66: ("RECVTCLASS", 0, (1, 0), ()),
    67: ("TCLASS", 0, (0xff, 0), (-2, 256)),
    70: ("AUTOFLOWLABEL", 1, (0, 1), ()),
    73: ("MINHOPCOUNT", 0, (255, 0), (-1, 256)),
    74: ("RECVORIGDSTADDR", 0, (1, 0), ()),
    75: ("TRANSPARENT", 0, (1, 0), ()),
    76: ("UNICAST_IF", 0, (0,), ()),
    77: ("RECVFRAGSIZE", 0, (1, 0), ()),
    78: ("FREEBIND", 0, (1, 0), ()),
}


def ints(_):
    for number, (name, default, good, bad) in INTS.items():
        s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
        faults = []
        if s.getsockopt(L, number) != default:
            faults.append("default %d" % s.getsockopt(L, number))
        for value in good:
            s.setsockopt(L, number, value)
            if s.getsockopt(L, number) != value:
                faults.append("set %d, got %d" % (value, s.getsockopt(L, number)))
        for value in bad:
            try:
                s.setsockopt(L, number, value)
                faults.append("took %d" % value)
            except OSError as e:
                if e.errno != errno.EINVAL:
                    faults.append("%d: %s" % (value, e))
        ok(not faults, "IPV6_" + name, "\n".join(faults))
        s.close()


def special(_):
    s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    refused(errno.EINVAL, "an int of two bytes", s.setsockopt, L, 67, b"\1\0")
    refused(errno.ENOPROTOOPT, "an unknown option, set", s.setsockopt, L, 99, 1)
    refused(errno.ENOPROTOOPT, "an unknown option, get", s.getsockopt, L, 99)
    s.setsockopt(L, 16, -1)
    eq(s.getsockopt(L, 16), 64, "UNICAST_HOPS -1 is the default again")
    refused(errno.EINVAL, "IPV6_MTU below 1280", s.setsockopt, L, 24, 1279)
    s.setsockopt(L, 24, 1280)
    refused(errno.ENOTCONN, "IPV6_MTU of a socket without peer", s.getsockopt, L, 24)
    refused(errno.ENOTCONN, "IPV6_PATHMTU too", s.getsockopt, L, 61, 32)
    refused(errno.ENODEV, "MULTICAST_IF of no interface", s.setsockopt, L, 17, 999)
    eq(s.getsockopt(L, 72), 0x500, "ADDR_PREFERENCES by default")
    s.setsockopt(L, 72, 0x401)
    eq(s.getsockopt(L, 72), 0x401, "ADDR_PREFERENCES temporary, home")
    refused(errno.EINVAL, "temporary and public at once", s.setsockopt, L, 72, 3)
    refused(errno.ENOTCONN, "ADDRFORM of a socket without peer", s.setsockopt, L, 1,
            socket.AF_INET)
    t = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
    refused(errno.ENOPROTOOPT, "MULTICAST_HOPS on a stream", t.setsockopt, L, 18, 5)
    refused(errno.EPROTO, "membership on a stream", t.setsockopt, L, 20,
            socket.inet_pton(socket.AF_INET6, "ff02::1234") + struct.pack("i", 1))


def sticky(_):
    s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    pad = bytes([0, 0, 1, 4, 0, 0, 0, 0])
    for number, name in ((54, "HOPOPTS"), (55, "RTHDRDSTOPTS"), (59, "DSTOPTS")):
        eq(s.getsockopt(L, number, 64), b"", "IPV6_%s: none at first" % name)
        s.setsockopt(L, number, pad)
        eq(s.getsockopt(L, number, 64), pad, "IPV6_%s is kept" % name)
    s.setsockopt(L, 54, b"")
    eq(s.getsockopt(L, 54, 64), b"", "length 0 takes it away (RFC 3542 6)")
    eq(s.getsockopt(L, 59, 64), pad, "and leaves the others")
    refused(errno.EINVAL, "a header of 12 octets", s.setsockopt, L, 59, pad + b"\1\2\0\0")
    refused(errno.EINVAL, "a header longer than given", s.setsockopt, L, 59,
            b"\0\1" + pad[2:])
    refused(errno.EINVAL, "routing header type 0 (RFC 5095)", s.setsockopt, L, 57,
            struct.pack("BBBBI", 0, 2, 0, 1, 0) + b"\0" * 16)
    rt2 = struct.pack("BBBBI", 0, 2, 2, 1, 0) + b"\x20\1" + b"\0" * 13 + b"\1"
    s.setsockopt(L, 57, rt2)
    eq(s.getsockopt(L, 57, 64), rt2, "routing header type 2 is kept")


def raw(_):
    s = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)
    refused(errno.EINVAL, "IPV6_CHECKSUM on ICMPv6 (RFC 3542 3.1)", s.setsockopt, L, 7, 2)
    eq(s.getsockopt(L, 7), 2, "the kernel sums ICMPv6 at offset 2")
    allblock = b"\xff" * 32
    s.setsockopt(58, 1, allblock)
    eq(s.getsockopt(58, 1, 32), allblock, "ICMP6_FILTER is kept")
    s = socket.socket(socket.AF_INET6, socket.SOCK_RAW, 253)
    eq(s.getsockopt(L, 7), -1, "no checksum elsewhere")
    refused(errno.EINVAL, "an odd offset", s.setsockopt, L, 7, 3)
    s.setsockopt(L, 7, 4)
    eq(s.getsockopt(L, 7), 4, "an offset is kept")
    s.setsockopt(L, 7, -1)
    eq(s.getsockopt(L, 7), -1, "-1 switches it off")
    refused(errno.EOPNOTSUPP, "ICMP6_FILTER elsewhere", s.setsockopt, 58, 1, allblock)
    refused(errno.EADDRNOTAVAIL, "raw isn't IPv4", s.bind, ("::ffff:192.0.2.1", 0))
    refused(errno.EPROTONOSUPPORT, "raw of protocol 0", socket.socket,
            socket.AF_INET6, socket.SOCK_RAW, 0)


sys.exit(main("opt", [ints, special, sticky, raw]))
