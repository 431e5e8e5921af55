# SPDX-License-Identifier: GPL-2.0
"""RFC 8200: the fixed header, next header and hop limit."""

from lib import *


def echo(ident=1, size=8):
    return ICMPv6EchoRequest(id=ident, seq=1, data=b"e" * size)


@test("RFC 8200 3", logo="v6LC.1.1.1", on="host router")
def other_version_is_dropped(node):
    peer = node.link.peer()
    for version in (4, 5, 7, 15, 0):
        peer.silence(IPv6(version=version, dst=peer.nut) / echo())


@test("RFC 8200 7", logo="v6LC.1.1.2")
def traffic_class_is_no_matter(node):
    node.link.peer().ping(tc=32)


@test("RFC 8200 7", logo="v6LC.1.1.3", on="router")
def traffic_class_is_forwarded(node):
    src, dst = node.a.peer(), node.b.peer()
    src.send(IPv6(dst=dst.addr, tc=32) / echo())
    same(node.b.expect(ICMPv6EchoRequest, to=dst)[IPv6].tc, 32, "traffic class")


@test("RFC 8200 6", logo="v6LC.1.1.4", on="host")
def flow_label_is_no_matter(node):
    node.link.peer().ping(fl=0x34567)


@test("RFC 8200 6", logo="v6LC.1.1.4", on="router")
def flow_label_is_forwarded(node):
    src, dst = node.a.peer(), node.b.peer()
    src.send(IPv6(dst=dst.addr, fl=0x34567) / echo())
    same(node.b.expect(ICMPv6EchoRequest, to=dst)[IPv6].fl, 0x34567, "flow label")


@test("RFC 8200 3", logo="v6LC.1.1.5")
def payload_length_beyond_the_frame_is_dropped(node):
    peer = node.link.peer()
    peer.silence(IPv6(dst=peer.nut, plen=200) / echo())


@test("RFC 8200 3", on="router")
def payload_length_beyond_the_frame_is_not_forwarded(node):
    src, dst = node.a.peer(), node.b.peer()
    since = node.b.mark()
    src.silence(IPv6(dst=dst.addr, plen=200) / echo())
    node.b.fence()
    same(node.b.count(ours(IPv6, dst), since), 0, "frames forwarded")


@test("RFC 8200 3")
def octets_behind_the_payload_are_cut_off(node):
    peer = node.link.peer()
    since = node.link.mark()
    packet = bytes(IPv6(src=peer.addr, dst=peer.nut) / echo(77))
    node.link.raw(Ether(src=peer.mac, dst=node.link.nut_mac, type=0x86dd) /
                  Raw(packet + b"trailer of the link"))
    got = node.link.expect(ICMPv6EchoReply, to=peer, since=since)
    same(got[IPv6].plen, 16, "payload length of the reply")
    check_sum(got)


@test("RFC 8200 4.7", logo="v6LC.1.1.6")
def no_next_header_is_silent(node):
    peer = node.link.peer()
    peer.silence(IPv6(dst=peer.nut, nh=59) / echo())


@test("RFC 8200 4.7", logo="v6LC.1.1.6", on="router")
def no_next_header_is_forwarded(node):
    src, dst = node.a.peer(), node.b.peer()
    body = bytes(range(40))
    src.send(IPv6(dst=dst.addr, nh=59) / Raw(body))
    got = node.b.wait(lambda f: f[IPv6].dst == dst.addr and f[IPv6].nh == 59)
    true(got is not None, "not forwarded")
    same(bytes(got[IPv6].payload), body, "what follows the header")


@test("RFC 8200 4", logo="v6LC.1.1.7", on="host router")
def unknown_next_header_is_reported(node):
    peer = node.link.peer()
    for value in (143, 200, 252):
        peer.error(IPv6(dst=peer.nut, nh=value) / Raw(b"x" * 24), ICMPv6ParamProblem, 1, ptr=6)


@test("RFC 8200 3", logo="v6LC.1.1.8")
def hop_limit_zero_is_delivered(node):
    """Only a node that forwards looks at it."""
    node.link.peer().ping(hlim=0)


@test("RFC 8200 3", logo="v6LC.1.1.9", on="router")
def hop_limit_is_counted_down(node):
    src, dst = node.a.peer(), node.b.peer()
    src.send(IPv6(dst=dst.addr, hlim=15) / echo())
    got = node.b.expect(ICMPv6EchoRequest, to=dst)
    same(got[IPv6].hlim, 14, "hop limit")
    same(got.src, node.b.nut_mac, "source of the frame")
    same(got.dst, dst.mac, "destination of the frame")
    check_sum(got)


@test("RFC 8200 3", on="router")
def payload_is_forwarded_unchanged(node):
    src, dst = node.a.peer(), node.b.peer()
    body = bytes(i * 7 & 255 for i in range(1400))
    src.send(IPv6(dst=dst.addr) / UDP(sport=9, dport=10) / Raw(body))
    got = node.b.wait(ours(UDP, dst))
    true(got is not None, "not forwarded")
    same(bytes(got[UDP].payload), body, "payload")
    same(got[IPv6].src, src.addr, "source")


@test("RFC 4291 2.5.6", on="router")
def link_local_source_is_not_forwarded(node):
    src, dst = node.a.peer(), node.b.peer()
    since = node.b.mark()
    src.send(IPv6(src=src.ll, dst=dst.addr) / echo())
    node.a.fence()
    node.b.fence()
    same(node.b.count(ours(ICMPv6EchoRequest, dst), since), 0, "frames forwarded")


@test("RFC 4291 2.5.3", on="host router")
def loopback_address_from_the_wire_is_dropped(node):
    peer = node.link.peer()
    since = node.link.mark()
    peer.silence(IPv6(dst="::1") / echo())
    peer.send(IPv6(src="::1", dst=peer.nut) / echo())
    node.link.fence()
    same(node.link.count(lambda f: ICMPv6EchoReply in f and f[IPv6].dst == "::1", since), 0,
         "replies to ::1 on the wire")


@test("RFC 4291 2.7", on="host router")
def multicast_source_is_dropped(node):
    peer = node.link.peer()
    since = node.link.mark()
    peer.send(IPv6(src="ff02::1234", dst=peer.nut) / echo())
    node.link.fence()
    same(node.link.count(lambda f: f[IPv6].dst == "ff02::1234", since), 0, "replies to the group")


@test("RFC 4291 2.1")
def frame_for_another_host_is_dropped(node):
    peer = node.link.peer()
    peer.silence(IPv6(dst=peer.nut) / echo(), dst_mac="02:99:99:99:99:99")


@test("RFC 8200 1", on="host")
def host_does_not_forward(node):
    peer, other = node.link.peer(), node.link.peer()
    since = node.link.mark()
    peer.send(IPv6(dst=other.addr) / echo())
    node.link.fence()
    same(node.link.count(ours(ICMPv6EchoRequest, other), since), 0, "frames forwarded")
