#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-2.0
# IFLA_AF_SPEC of a link, and RTM_GETLINK of PF_INET6: what they tell agrees with
# /proc, what they set is obeyed, and nonsense changes nothing.
# needs: 1cpu
import errno
import os
import socket
import struct
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from lib import eq, main, ok, until  # noqa: E402

RTM_NEWLINK, RTM_GETLINK, RTM_SETLINK = 16, 18, 19
NLM_F_REQUEST, NLM_F_ACK = 1, 4
IFLA_AF_SPEC, IFLA_PROTINFO, IFLA_IFNAME, IFLA_MTU = 26, 12, 3, 4
FLAGS, CONF, STATS, CACHEINFO, ICMP6STATS, TOKEN, GENMODE = 1, 2, 3, 5, 6, 7, 8
# Places in IFLA_INET6_CONF, include/uapi/linux/ipv6.h.
CONF_KEYS = {0: "forwarding", 1: "hop_limit", 2: "mtu", 3: "accept_ra", 4: "accept_redirects",
             5: "autoconf", 6: "dad_transmits", 7: "router_solicitations", 15: "max_addresses",
             22: "proxy_ndp", 26: "disable_ipv6", 27: "accept_dad", 28: "force_tllao",
             29: "ndisc_notify", 37: "use_oif_addrs_only", 42: "keep_addr_on_down",
             46: "enhanced_dad"}


def attrs(data):
    got = {}
    while len(data) >= 4:
        length, kind = struct.unpack("=HH", data[:4])
        if length < 4:
            break
        got[kind & 0x3fff] = data[4:length]
        data = data[(length + 3) & ~3:]
    return got


def attr(kind, body):
    return struct.pack("=HH", 4 + len(body), kind) + body + b"\0" * (-len(body) % 4)


class Link:
    def __init__(self, ns, name):
        with ns:
            self.s = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
            self.index = socket.if_nametoindex(name)
        self.s.settimeout(5)
        self.seq = 0

    def talk(self, kind, family, body=b"", flags=NLM_F_ACK):
        """The answer's attributes, or errno."""
        self.seq += 1
        body = struct.pack("=BxHiII", family, 0, self.index, 0, 0) + body
        self.s.send(struct.pack("=IHHII", 16 + len(body), kind, NLM_F_REQUEST | flags,
                                self.seq, 0) + body)
        while True:
            data = self.s.recv(65536)
            length, kind, _flags, seq, _pid = struct.unpack("=IHHII", data[:16])
            if seq != self.seq:
                continue
            if kind == 2:
                return -struct.unpack("=i", data[16:20])[0]
            return attrs(data[32:length])

    def spec(self):
        return attrs(attrs(self.talk(RTM_GETLINK, 0, flags=0)[IFLA_AF_SPEC])[socket.AF_INET6])

    def set(self, kind, body):
        return self.talk(RTM_SETLINK, 0, attr(IFLA_AF_SPEC, attr(socket.AF_INET6,
                                                                 attr(kind, body))))


def told(net):
    link = Link(net.h, "e0")
    spec = link.spec()
    eq(sorted(k for k in spec if k in (FLAGS, CONF, STATS, CACHEINFO, ICMP6STATS, TOKEN, GENMODE)),
       [FLAGS, CONF, STATS, CACHEINFO, ICMP6STATS, TOKEN, GENMODE], "all parts are there")
    ok(struct.unpack("=I", spec[FLAGS])[0] & 0x80000000, "ready")
    for key, value in (("hop_limit", 33), ("mtu", 1400), ("dad_transmits", 2), ("proxy_ndp", 1)):
        net.h.sysctl("net/ipv6/conf/e0/" + key, value)
    spec = link.spec()
    conf = struct.unpack("=%di" % (len(spec[CONF]) // 4), spec[CONF])
    wrong = {}
    for at, key in CONF_KEYS.items():
        want = int(net.h.sysctl("net/ipv6/conf/e0/" + key))
        if at >= len(conf) or conf[at] != want:
            wrong[key] = (conf[at] if at < len(conf) else None, want)
    eq(wrong, {}, "each value is that of its key")
    for key, value in (("hop_limit", 64), ("mtu", 1500), ("dad_transmits", 1), ("proxy_ndp", 0)):
        net.h.sysctl("net/ipv6/conf/e0/" + key, value)
    reasm, _stamp, reach, retrans = struct.unpack("=IIII", spec[CACHEINFO])
    eq(retrans, int(net.h.sysctl("net/ipv6/neigh/e0/retrans_time_ms")), "RetransTimer")
    base = int(net.h.sysctl("net/ipv6/neigh/e0/base_reachable_time_ms"))
    ok(base / 2 <= reach <= base * 3 / 2, "ReachableTime is near its base", reach)
    eq(reasm, 65535, "largest packet put together")


def counted(net):
    link = Link(net.h, "e0")
    with net.h:
        s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    for _ in range(5):
        s.sendto(b"x", ("2001:db8::2", 9))
    s.close()
    # IPSTATS_MIB_OUTPKTS of the device, and the count of values.
    def stats():
        d = link.spec()[STATS]
        return struct.unpack("=%dQ" % (len(d) // 8), d)

    def proc(name):
        for line in net.h.read("/proc/net/dev_snmp6/e0").splitlines():
            if line.split()[0] == name:
                return int(line.split()[1])
        return None
    ok(until(lambda: stats()[5] == proc("Ip6OutRequests")), "OutRequests as in /proc",
       (stats()[5], proc("Ip6OutRequests")))
    eq(stats()[0], len(stats()), "and how many there are")


def generation(net):
    link = Link(net.h, "e0")
    eq(link.spec()[GENMODE], b"\0", "EUI-64 at first")
    eq(link.set(GENMODE, b"\1"), 0, "set to none")
    eq((link.spec()[GENMODE], net.h.sysctl("net/ipv6/conf/e0/addr_gen_mode")), (b"\1", "1"),
       "told so, by the key too")
    eq(link.set(GENMODE, b"\x4d"), errno.EINVAL, "an unknown one is refused")
    eq(link.set(GENMODE, b"\2"), errno.EINVAL, "stable without a secret too")
    eq(link.spec()[GENMODE], b"\1", "and nothing changed")
    net.h.ip("link set e0 down\nlink set e0 up\n")
    time.sleep(1)
    ok("scope link" not in addresses(net), "no link-local address", addresses(net))
    eq(link.set(GENMODE, b"\0"), 0, "and back")
    net.h.ip("link set e0 down\nlink set e0 up\naddr replace 2001:db8::1/64 dev e0 nodad\n")
    ok(until(lambda: "scope link" in addresses(net), 10), "there it is", addresses(net))


def addresses(net):
    return subprocess.run(["ip", "-n", net.h.name, "-6", "addr", "show", "dev", "e0"],
                          capture_output=True, text=True).stdout


def token(net):
    link = Link(net.h, "e0")
    good = socket.inet_pton(socket.AF_INET6, "::1234")
    eq(link.set(TOKEN, good), 0, "a token")
    eq(link.spec()[TOKEN], good, "is told")
    ok(link.set(TOKEN, good[:4]) in (errno.ERANGE, errno.EINVAL), "a short one is refused")
    net.h.sysctl("net/ipv6/conf/e0/accept_ra", 0)
    eq(link.set(TOKEN, socket.inet_pton(socket.AF_INET6, "::77")), errno.EINVAL,
       "none where no advertisement is listened to")
    net.h.sysctl("net/ipv6/conf/e0/accept_ra", 1)
    eq(link.spec()[TOKEN], good, "the old one stays")
    eq(link.set(TOKEN, bytes(16)), 0, "taken away")


def family(net):
    """RTM_GETLINK of PF_INET6 is a dump: the same in IFLA_PROTINFO."""
    with net.h:
        s = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
    s.settimeout(5)
    body = struct.pack("=BxHiII", socket.AF_INET6, 0, 0, 0, 0)
    s.send(struct.pack("=IHHII", 16 + len(body), RTM_GETLINK, NLM_F_REQUEST | 0x300, 7, 0) + body)
    seen, done = {}, False
    while not done:
        data = s.recv(65536)
        while len(data) >= 16:
            length, kind, _f, _s, _p = struct.unpack("=IHHII", data[:16])
            if kind == 3:
                done = True
                break
            got = attrs(data[32:length])
            seen[got[IFLA_IFNAME].rstrip(b"\0").decode()] = attrs(got[IFLA_PROTINFO])
            data = data[(length + 3) & ~3:]
    eq(sorted(seen), ["e0", "lo"], "each device once")
    ok(CONF in seen["e0"] and FLAGS in seen["e0"], "with its parts", sorted(seen["e0"]))
    s.close()


sys.exit(main("as", [told, counted, generation, token, family]))
