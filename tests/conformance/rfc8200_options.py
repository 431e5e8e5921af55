# SPDX-License-Identifier: GPL-2.0
"""RFC 8200: extension headers and their options."""

from lib import *

ECHO = ICMPv6EchoRequest(id=3, seq=1, data=b"options!")


def opt(otype, data=b"\0\0\0\0"):
    return HBHOptUnknown(otype=otype, optlen=len(data), optdata=data)


def both(options):
    return ("hop-by-hop", IPv6ExtHdrHopByHop(options=options)), \
        ("destination", IPv6ExtHdrDestOpt(options=options))


def answered(peer, packet):
    since = peer.link.mark()
    peer.send(packet)
    return peer.link.expect(ICMPv6EchoReply, to=peer, since=since)


@test("RFC 8200 4.2", logo="v6LC.1.2.8", on="host router")
def padding_is_skipped(node):
    peer = node.link.peer()
    for options in ([Pad1()] * 4 + [PadN(optdata=b"")], [PadN(optdata=b"\0" * 4)]):
        for _name, header in both(options):
            answered(peer, IPv6(dst=peer.nut) / header / ECHO)


@test("RFC 8200 4.2", logo="v6LC.1.2.6", on="host router")
def unknown_option_00_is_skipped(node):
    peer = node.link.peer()
    for _name, header in both([opt(0x1f)]):
        answered(peer, IPv6(dst=peer.nut) / header / ECHO)


@test("RFC 8200 4.2", logo="v6LC.1.2.6", on="host router")
def unknown_option_01_is_dropped(node):
    peer = node.link.peer()
    for _name, header in both([opt(0x5f)]):
        peer.silence(IPv6(dst=peer.nut) / header / ECHO)


@test("RFC 8200 4.2", logo="v6LC.1.2.6", on="host router")
def unknown_option_10_is_reported(node):
    peer = node.link.peer()
    for _name, header in both([opt(0x9f)]):
        peer.error(IPv6(dst=peer.nut) / header / ECHO, ICMPv6ParamProblem, 2, ptr=42)


@test("RFC 8200 4.2", logo="v6LC.1.2.6", on="host router")
def unknown_option_11_is_reported(node):
    peer = node.link.peer()
    for _name, header in both([opt(0xdf)]):
        peer.error(IPv6(dst=peer.nut) / header / ECHO, ICMPv6ParamProblem, 2, ptr=42)


@test("RFC 8200 4.2", logo="v6LC.1.2.6", on="host router")
def unknown_option_10_to_a_group_is_reported(node):
    peer = node.link.peer()
    since = node.link.mark()
    peer.send(IPv6(dst=ALL_NODES) / IPv6ExtHdrDestOpt(options=[opt(0x9f)]) / ECHO)
    got = node.link.expect(ICMPv6ParamProblem, to=peer, since=since)
    same((got[ICMPv6ParamProblem].code, got[ICMPv6ParamProblem].ptr), (2, 42), "code and pointer")


@test("RFC 8200 4.2", logo="v6LC.1.2.6", on="host router")
def unknown_option_11_to_a_group_is_silent(node):
    peer = node.link.peer()
    for _name, header in both([opt(0xdf)]):
        peer.silence(IPv6(dst=ALL_NODES) / header / ECHO)


@test("RFC 8200 4.2", logo="v6LC.1.2.5")
def options_are_worked_on_in_order(node):
    """The first that isn't skipped decides."""
    peer = node.link.peer()
    drop, report, skip = opt(0x5f), opt(0x9f), opt(0x1f)
    peer.silence(IPv6(dst=peer.nut) / IPv6ExtHdrDestOpt(options=[skip, drop, report]) / ECHO)
    peer.error(IPv6(dst=peer.nut) / IPv6ExtHdrDestOpt(options=[skip, report, drop]) / ECHO,
               ICMPv6ParamProblem, 2, ptr=48)


@test("RFC 8200 4.2")
def option_beyond_its_header_is_dropped(node):
    peer = node.link.peer()
    for nh in (0, 60):
        header = bytes((58, 0, 0x1f, 200, 0, 0, 0, 0))
        peer.silence(IPv6(dst=peer.nut, nh=nh) / Raw(header + bytes(16)), ICMPv6EchoReply)


@test("RFC 8200 4.1", logo="v6LC.1.2.1")
def hop_by_hop_elsewhere_is_reported(node):
    """Known only as the first: behind another it's an unknown next header."""
    peer = node.link.peer()
    pad = [PadN(optdata=b"\0" * 4)]
    peer.error(IPv6(dst=peer.nut) / IPv6ExtHdrDestOpt(options=pad) /
               IPv6ExtHdrHopByHop(options=pad) / ECHO, ICMPv6ParamProblem, 1, ptr=40)


@test("RFC 8200 4", logo="v6LC.1.2.3")
def unknown_next_header_in_an_extension_is_reported(node):
    peer = node.link.peer()
    header = bytes((200, 0, 1, 4, 0, 0, 0, 0))
    peer.error(IPv6(dst=peer.nut, nh=60) / Raw(header + bytes(16)), ICMPv6ParamProblem, 1, ptr=40)


@test("RFC 8200 4.7", logo="v6LC.1.2.2")
def no_next_header_in_an_extension_is_silent(node):
    peer = node.link.peer()
    header = bytes((59, 0, 1, 4, 0, 0, 0, 0))
    peer.silence(IPv6(dst=peer.nut, nh=60) / Raw(header + bytes(ECHO)))


@test("RFC 8200 4.1", logo="v6LC.1.2.4")
def headers_in_any_order_are_worked_on(node):
    peer = node.link.peer()
    pad = [PadN(optdata=b"\0" * 4)]
    answered(peer, IPv6(dst=peer.nut) / IPv6ExtHdrHopByHop(options=pad) /
             IPv6ExtHdrDestOpt(options=pad) / IPv6ExtHdrFragment(id=77) /
             IPv6ExtHdrDestOpt(options=pad) / ECHO)
    answered(peer, IPv6(dst=peer.nut) / IPv6ExtHdrFragment(id=78) /
             IPv6ExtHdrDestOpt(options=pad) / ECHO)


@test("RFC 8200 4.3", logo="v6LC.1.2.7", on="router")
def hop_by_hop_is_worked_on_by_a_router(node):
    src, dst = node.a.peer(), node.b.peer()
    src.send(IPv6(dst=dst.addr) / IPv6ExtHdrHopByHop(options=[opt(0x1f)]) / ECHO)
    node.b.expect(ICMPv6EchoRequest, to=dst)
    since = node.b.mark()
    src.silence(IPv6(dst=dst.addr) / IPv6ExtHdrHopByHop(options=[opt(0x5f)]) / ECHO)
    src.error(IPv6(dst=dst.addr) / IPv6ExtHdrHopByHop(options=[opt(0x9f)]) / ECHO,
              ICMPv6ParamProblem, 2, ptr=42)
    node.b.fence()
    same(node.b.count(ours(ICMPv6EchoRequest, dst), since), 0, "frames forwarded")


@test("RFC 8200 4.6", logo="v6LC.1.2.8", on="router")
def destination_options_are_no_matter_to_a_router(node):
    src, dst = node.a.peer(), node.b.peer()
    src.send(IPv6(dst=dst.addr) / IPv6ExtHdrDestOpt(options=[opt(0x9f)]) / ECHO)
    got = node.b.wait(lambda f: f[IPv6].dst == dst.addr and f[IPv6].nh == 60)
    true(got is not None, "not forwarded")


@test("RFC 8200 4.4", logo="v6LC.1.2.9", on="host router")
def unknown_routing_type_is_reported(node):
    """With segments left; without, the header is skipped."""
    peer = node.link.peer()
    for rtype in (33, 0):
        answered(peer, IPv6(dst=peer.nut) / IPv6ExtHdrRouting(type=rtype, segleft=0,
                                                             addresses=[peer.addr]) / ECHO)
    peer.error(IPv6(dst=peer.nut) / IPv6ExtHdrRouting(type=33, segleft=1, addresses=[peer.addr]) /
               ECHO, ICMPv6ParamProblem, 0, ptr=42)


@test("RFC 5095 3", on="host router")
def routing_type_0_is_reported(node):
    peer, other = node.link.peer(), node.link.peer()
    peer.error(IPv6(dst=peer.nut) / IPv6ExtHdrRouting(type=0, segleft=1, addresses=[other.addr]) /
               ECHO, ICMPv6ParamProblem, 0, ptr=42)


@test("RFC 8200 4.4", logo="v6LC.1.2.10", on="router")
def routing_header_is_no_matter_to_a_router(node):
    src, dst = node.a.peer(), node.b.peer()
    src.send(IPv6(dst=dst.addr) /
             IPv6ExtHdrRouting(type=33, segleft=1, addresses=[src.addr]) / ECHO)
    got = node.b.wait(lambda f: f[IPv6].dst == dst.addr and f[IPv6].nh == 43)
    true(got is not None, "not forwarded")
