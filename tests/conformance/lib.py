# SPDX-License-Identifier: GPL-2.0
"""What a conformance test works with.

A test is a function that is given a node, the guest's side of one or two
wires, and speaks raw frames with it:

    @test("RFC 4443 4.2", logo="v6LC.5.1.2", on="host router")
    def echo_request_is_answered(node):
        peer = node.link.peer()
        peer.send(IPv6(dst=peer.nut)/ICMPv6EchoRequest(id=7, seq=1, data=b"x"))
        got = peer.link.expect(ICMPv6EchoReply, to=peer)
        same(got[IPv6].hlim, 64, "hop limit")

`node.link` is the wire to a host, `node.a` and `node.b` are the two wires of
a router (its `node.link` is `a`).  Each peer has an address of its own, so
that what earlier tests left in the node's neighbour cache doesn't matter; it
answers solicitations for its addresses unless made with answers=False.

That a node stays silent is shown by a fence: an echo request sent after the
frame in question.  When its reply is here, an answer to the frame would be.

A test runs side by side with others on other nodes, so it changes nothing
beyond its own node, and what it changes there it puts back (`node.undo`).
"""

import itertools
import logging
import os
import random
import socket
import threading
import time

logging.getLogger("scapy").setLevel(logging.ERROR)
from scapy.config import conf
conf.ipv6_enabled = False
conf.load_layers = []
from scapy.layers.l2 import Ether                               # noqa: E402
from scapy.layers.inet6 import (                                # noqa: E402,F401
    ICMPv6DestUnreach, ICMPv6EchoReply, ICMPv6EchoRequest, ICMPv6ND_NA, ICMPv6ND_NS,
    ICMPv6ND_RA, ICMPv6ND_RS, ICMPv6ND_Redirect, ICMPv6NDOptDstLLAddr, ICMPv6NDOptMTU,
    ICMPv6NDOptPrefixInfo, ICMPv6NDOptRedirectedHdr, ICMPv6NDOptSrcLLAddr,
    ICMPv6PacketTooBig, ICMPv6ParamProblem, ICMPv6TimeExceeded, ICMPv6Unknown, IPv6,
    IPv6ExtHdrDestOpt, IPv6ExtHdrFragment, IPv6ExtHdrHopByHop, IPv6ExtHdrRouting,
    HBHOptUnknown, Pad1, PadN, RouterAlert, in6_chksum)
from scapy.layers.inet import TCP, UDP                          # noqa: E402,F401
from scapy.packet import Raw                                    # noqa: E402,F401

TIMEOUT = 6.0 * float(os.environ.get("US6_SLOW", "1"))
ALL_NODES, ALL_ROUTERS = "ff02::1", "ff02::2"
TESTS = []


class Failed(Exception):
    """A requirement is not met."""


class Skipped(Exception):
    """Can't be shown here, for the reason given."""


class Test:
    def __init__(self, fn, section, logo, kind, stacks):
        self.fn, self.section, self.logo, self.kind, self.stacks = \
            fn, section, logo, kind, stacks
        label = section.replace("RFC ", "rfc").replace(" ", "-")
        self.name = "conformance/%s-%s-%s" % (label, fn.__name__.replace("_", "-"), kind)
        self.fn_file = fn.__code__.co_filename


def test(section, logo=None, on="host", stacks="us6 stock"):
    """Registers a test.  `on`: the kinds of node it is run on; `stacks` leaves
    out the stock stack only where that breaks the requirement knowingly."""
    def register(fn):
        for kind in on.split():
            TESTS.append(Test(fn, section, logo, kind, stacks.split()))
        return fn
    return register


def same(got, want, what):
    if got != want:
        raise Failed("%s is %r, expected %r" % (what, got, want))


def true(cond, what):
    if not cond:
        raise Failed(what)


def raw6(text):
    return socket.inet_pton(socket.AF_INET6, text)


def text6(raw):
    return socket.inet_ntop(socket.AF_INET6, raw)


def solicited(address):
    return text6(raw6("ff02::1:ff00:0")[:13] + raw6(address)[13:])


def group_mac(group):
    return "33:33:" + ":".join("%02x" % b for b in raw6(group)[12:])


def eui64(mac, prefix="fe80::"):
    b = bytes(int(x, 16) for x in mac.split(":"))
    return text6(raw6(prefix)[:8] + bytes((b[0] ^ 2, b[1], b[2], 0xff, 0xfe, b[3], b[4], b[5])))


class Link:
    """The tester's end of one wire."""

    serial = itertools.count(1)

    def __init__(self, local, remote, nut_mac):
        self.path, self.remote = local, remote
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        self.sock.bind(local)
        self.nut_mac = nut_mac
        self.nut_ll = eui64(nut_mac)
        self.nut = self.prefix = None       # given by the node
        self.cond = threading.Condition()
        self.frames = []
        self.answers = {}
        self.closed = False
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self):
        while not self.closed:
            try:
                data = self.sock.recv(70000)
            except OSError:
                return
            if not data or data[12:14] != b"\x86\xdd":
                continue
            frame = Ether(data)
            frame.time = time.monotonic()
            if ICMPv6ND_NS in frame and frame[ICMPv6ND_NS].tgt in self.answers and \
               frame[IPv6].src != "::":
                self.advertise_self(frame)
            with self.cond:
                self.frames.append(frame)
                if len(self.frames) > 20000:
                    del self.frames[:10000]
                self.cond.notify_all()

    def advertise_self(self, ns):
        target = ns[ICMPv6ND_NS].tgt
        peer = self.answers[target]
        self.raw(Ether(src=peer.mac, dst=ns.src) /
                 IPv6(src=target, dst=ns[IPv6].src, hlim=255) /
                 ICMPv6ND_NA(tgt=target, R=peer.router, S=1, O=1) /
                 ICMPv6NDOptDstLLAddr(lladdr=peer.mac))

    def raw(self, frame):
        data = bytes(frame)
        for _ in range(200):
            try:
                self.sock.sendto(data, self.remote)
                return
            except (BlockingIOError, ConnectionRefusedError, FileNotFoundError):
                time.sleep(0.01)
            except OSError as e:
                if e.errno != 105:          # ENOBUFS
                    raise
                time.sleep(0.01)
        raise Failed("the guest takes no frames")

    def peer(self, **options):
        return Peer(self, **options)

    def mark(self):
        """A place in the stream of frames: what came before isn't looked at."""
        with self.cond:
            return len(self.frames)

    def wait(self, want, since=0, timeout=None):
        """The first frame from `since` on that `want` accepts, or None."""
        end = time.monotonic() + (TIMEOUT if timeout is None else timeout)
        at = since
        with self.cond:
            while True:
                while at < len(self.frames):
                    if want(self.frames[at]):
                        return self.frames[at]
                    at += 1
                left = end - time.monotonic()
                if left <= 0:
                    return None
                self.cond.wait(left)

    def count(self, want, since=0):
        with self.cond:
            return sum(1 for f in self.frames[since:] if want(f))

    def forget(self):
        with self.cond:
            self.frames.clear()
            self.answers.clear()

    def expect(self, layer, to=None, since=0, timeout=None, where=None):
        """The frame with this layer, to this peer (or address), or Failed."""
        address = getattr(to, "addr", to)
        seen = []

        def want(f):
            if layer not in f:
                return False
            if address is not None and f[IPv6].dst not in (address, getattr(to, "ll", address)):
                return False
            if where is not None and not where(f):
                seen.append(f.summary())
                return False
            return True
        got = self.wait(want, since, timeout)
        if got is None:
            with self.cond:
                tail = [f.summary() for f in self.frames[max(since, len(self.frames) - 8):]]
            raise Failed("no %s came; last seen:\n  %s" % (layer.__name__, "\n  ".join(tail)))
        return got

    def fence(self):
        """Until all that was sent before has been worked on."""
        f = Peer(self)
        ident = random.randrange(1, 65536)
        f.send(IPv6(dst=self.nut_ll, src=f.ll) /
               ICMPv6EchoRequest(id=ident, seq=9, data=b"fence"))
        got = self.wait(lambda p: ICMPv6EchoReply in p and p[ICMPv6EchoReply].id == ident and
                        p[IPv6].dst == f.ll)
        if got is None:
            raise Failed("the node answers no echo request any more")

    def close(self):
        self.closed = True
        try:
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.sock.close()
        try:
            os.unlink(self.path)
        except OSError:
            pass


def ours(layer, peer):
    """Accepts frames with this layer that are addressed to the peer."""
    def want(f):
        return layer in f and f[IPv6].dst in (peer.addr, peer.ll)
    return want


class Peer:
    """A station on the wire, with a MAC and addresses of its own."""

    def __init__(self, link, answers=True, router=0, prefix=None):
        n = next(Link.serial)
        self.link = link
        self.router = router
        self.mac = "02:77:%02x:%02x:%02x:01" % (n >> 16 & 255, n >> 8 & 255, n & 255)
        self.ll = eui64(self.mac)
        self.addr = eui64(self.mac, prefix or link.prefix)
        self.nut = link.nut
        if answers:
            link.answers[self.addr] = self
            link.answers[self.ll] = self

    def send(self, packet, dst_mac=None):
        """One frame from here; an IPv6 source that isn't given is ours: the
        global address, or the link-local one for a link-local destination."""
        ip = packet if isinstance(packet, IPv6) else packet[IPv6]
        if "src" not in ip.fields:
            ip.src = self.ll if ip.dst.startswith(("fe80", "ff02")) else self.addr
        if dst_mac is None:
            dst_mac = group_mac(ip.dst) if ip.dst.startswith("ff") else self.link.nut_mac
        self.link.raw(Ether(src=self.mac, dst=dst_mac) / packet)

    def ping(self, dst=None, since=None, timeout=None, **fields):
        """The reply to an echo request, or Failed."""
        ident = random.randrange(1, 65536)
        since = self.link.mark() if since is None else since
        self.send(IPv6(dst=dst or self.nut, **fields) /
                  ICMPv6EchoRequest(id=ident, seq=1, data=b"abcdefgh"))
        return self.link.expect(ICMPv6EchoReply, to=self, since=since, timeout=timeout,
                                where=lambda f: f[ICMPv6EchoReply].id == ident)

    def silence(self, packet, *layers, dst_mac=None, also=()):
        """Sends a packet that must bring no frame with one of these layers to
        us (ICMPv6 of any kind that errors and replies have, when none named)."""
        layers = layers or (ICMPv6EchoReply, ICMPv6DestUnreach, ICMPv6ParamProblem,
                            ICMPv6TimeExceeded, ICMPv6PacketTooBig)
        since = self.link.mark()
        self.send(packet, dst_mac)
        self.link.fence()
        for layer in layers:
            got = self.link.wait(ours(layer, self), since, 0)
            if got is not None:
                raise Failed("answered, where silence is required: " + got.summary())

    def error(self, packet, layer, code, **fields):
        """Sends a packet that must bring this ICMPv6 error to us; returns it
        after checking what every error must have (RFC 4443 2.2 to 2.4)."""
        since = self.link.mark()
        self.send(packet)
        ip = packet if isinstance(packet, IPv6) else packet[IPv6]
        sent = bytes(ip)
        got = self.link.expect(layer, to=self, since=since)
        if layer is not ICMPv6PacketTooBig or code is not None:
            same(got[layer].code, code or 0, "code")
        for key, value in fields.items():
            same(getattr(got[layer], key), value, key)
        check_sum(got)
        true(len(bytes(got[IPv6])) <= 1280, "the error is longer than 1280 octets")
        room = 1280 - 48
        quoted = bytes(got[layer])[8:]
        true(len(quoted) == min(len(sent), room),
             "%d octets of the packet are quoted, expected %d" % (len(quoted), min(len(sent), room)))
        # The hop limit may have been counted down.
        same(quoted[:7] + quoted[8:], (sent[:7] + sent[8:])[:len(quoted) - 1], "the quoted packet")
        return got


def check_sum(frame):
    """The ICMPv6 checksum of a received frame is right."""
    ip = frame[IPv6]
    payload = bytes(ip.payload)[:ip.plen]
    same(in6_chksum(58, ip, payload[:2] + b"\0\0" + payload[4:]),
         int.from_bytes(payload[2:4], "big"), "ICMPv6 checksum")


class Node:
    """A namespace of the guest with its wires."""

    def __init__(self, name, kind, links, guest):
        self.name, self.kind, self.links = name, kind, links
        self.guest = guest
        self.link = self.a = links[0]
        self.b = links[1] if len(links) > 1 else None
        self.undone = []

    def sh(self, command, check=True):
        """A shell command inside the node; returns its output."""
        status, out = self.guest(self.name, command)
        if check and status:
            raise Failed("'%s' in the node: status %d: %s" % (command, status, out.strip()))
        return out

    def until(self, what, command, want, timeout=None):
        """Repeats a command until `want` accepts its output."""
        end = time.monotonic() + (TIMEOUT * 2 if timeout is None else timeout)
        while True:
            out = self.sh(command, check=False)
            if want(out):
                return out
            if time.monotonic() > end:
                raise Failed("%s: not seen in: %s" % (what, out.strip()))
            time.sleep(0.1)

    def undo(self, command):
        """Run when the test is over, whatever its end."""
        self.undone.append(command)

    def clean(self):
        for link in self.links:
            link.forget()
        commands, self.undone = list(reversed(self.undone)), []
        if commands:
            self.sh("; ".join(commands), check=False)


def advertise(peer, *options, lifetime=0, **fields):
    """A Router Advertisement from the peer to all nodes."""
    peer.router = 1
    packet = IPv6(src=peer.ll, dst=ALL_NODES, hlim=255) / \
        ICMPv6ND_RA(routerlifetime=lifetime, chlim=fields.pop("chlim", 0), **fields)
    for option in options:
        packet = packet / option
    peer.send(packet)


__all__ = [n for n in dir() if not n.startswith("_")]
