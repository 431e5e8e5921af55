# SPDX-License-Identifier: GPL-2.0
"""RFC 4443: ICMPv6."""

from lib import *


def echo(size=8):
    return ICMPv6EchoRequest(id=1, seq=1, data=b"e" * size)


@test("RFC 4443 4.2", logo="v6LC.5.1.2", on="host router")
def echo_request_is_answered(node):
    peer = node.link.peer()
    since = node.link.mark()
    peer.send(IPv6(dst=peer.nut, hlim=3) /
              ICMPv6EchoRequest(id=0x1234, seq=0x5678, data=b"payload of any kind"))
    got = node.link.expect(ICMPv6EchoReply, to=peer, since=since)
    reply = got[ICMPv6EchoReply]
    same(got[IPv6].src, peer.nut, "source")
    same(got[IPv6].hlim, 64, "hop limit")
    same((reply.id, reply.seq, reply.data), (0x1234, 0x5678, b"payload of any kind"),
         "identifier, sequence number and data")
    same(got.src, node.link.nut_mac, "source of the frame")
    same(got.dst, peer.mac, "destination of the frame")
    check_sum(got)


@test("RFC 4443 4.2", on="host router")
def echo_to_a_group_is_answered_by_unicast(node):
    peer = node.link.peer()
    got = peer.ping(dst=ALL_NODES)
    same(got[IPv6].src, node.link.nut_ll, "source")
    same(got[IPv6].dst, peer.ll, "destination")


@test("RFC 4443 4.2", on="host router")
def echo_to_the_link_local_address(node):
    same(node.link.peer().ping(dst=node.link.nut_ll)[IPv6].src, node.link.nut_ll, "source")


@test("RFC 4291 2.8", on="router")
def router_answers_all_routers(node):
    node.link.peer().ping(dst=ALL_ROUTERS)


@test("RFC 4291 2.8", on="host")
def host_is_no_member_of_all_routers(node):
    peer = node.link.peer()
    peer.silence(IPv6(dst=ALL_ROUTERS) / echo())


@test("RFC 4443 2.3", on="host router")
def wrong_checksum_is_dropped(node):
    peer = node.link.peer()
    peer.silence(IPv6(dst=peer.nut) / ICMPv6EchoRequest(id=1, seq=1, cksum=0x1234, data=b"bad"))


@test("RFC 4443 2.4", logo="v6LC.5.1.12", on="host router")
def unknown_informational_message_is_silent(node):
    peer = node.link.peer()
    for kind in (160, 254, 255):
        peer.silence(IPv6(dst=peer.nut) / ICMPv6Unknown(type=kind, code=0, msgbody=b"\0" * 8))


@test("RFC 4443 2.4", logo="v6LC.5.1.13", on="host router")
def error_about_an_error_is_not_sent(node):
    """An error to an address nobody has, through a router or to a host."""
    peer = node.link.peer()
    inner = IPv6(src=peer.nut, dst=peer.addr) / UDP(sport=1, dport=2)
    for kind in (ICMPv6DestUnreach(code=0), ICMPv6TimeExceeded(), ICMPv6ParamProblem()):
        peer.silence(IPv6(dst=peer.nut, nh=60) /
                     Raw(bytes((58, 0, 0x9f, 4, 0, 0, 0, 0)) + bytes(kind) + bytes(inner)),
                     ICMPv6ParamProblem)


@test("RFC 4443 3.1", logo="v6LC.5.1.5", on="host router")
def closed_port_is_reported(node):
    peer = node.link.peer()
    got = peer.error(IPv6(dst=peer.nut) / UDP(sport=4000, dport=4001) / Raw(b"anyone?"),
                     ICMPv6DestUnreach, 4)
    same(got[IPv6].src, peer.nut, "source of the error")


@test("RFC 4443 2.4", logo="v6LC.5.1.14", on="host router")
def port_of_a_group_is_silent(node):
    peer = node.link.peer()
    peer.silence(IPv6(dst=ALL_NODES) / UDP(sport=4000, dport=4001) / Raw(b"anyone?"))


@test("RFC 4443 2.4", logo="v6LC.5.1.15", on="host router")
def unspecified_source_gets_no_error(node):
    peer = node.link.peer()
    since = node.link.mark()
    peer.send(IPv6(src="::", dst=peer.nut) / UDP(sport=4000, dport=4001))
    node.link.fence()
    same(node.link.count(lambda f: ICMPv6DestUnreach in f, since), 0, "errors")


@test("RFC 4443 2.4", logo="v6LC.5.1.16", on="host router")
def group_as_source_gets_no_error(node):
    peer = node.link.peer()
    since = node.link.mark()
    peer.send(IPv6(src="ff02::5", dst=peer.nut) / UDP(sport=4000, dport=4001))
    node.link.fence()
    same(node.link.count(lambda f: ICMPv6DestUnreach in f, since), 0, "errors")


@test("RFC 4443 2.4")
def error_quotes_at_most_1280_octets(node):
    peer = node.link.peer()
    peer.error(IPv6(dst=peer.nut) / UDP(sport=4000, dport=4001) / Raw(b"q" * 1300),
               ICMPv6DestUnreach, 4)


@test("RFC 4443 3.1", logo="v6LC.5.1.3", on="router")
def no_route_is_reported(node):
    src = node.a.peer()
    src.error(IPv6(dst="2001:db8:dead::1") / echo(), ICMPv6DestUnreach, 0)


@test("RFC 4443 3.1", logo="v6LC.5.1.4", on="router")
def unreachable_address_is_reported(node):
    """Once address resolution has failed."""
    src, dst = node.a.peer(), node.b.peer(answers=False)
    since = node.a.mark()
    src.send(IPv6(dst=dst.addr) / echo())
    got = node.a.expect(ICMPv6DestUnreach, to=src, since=since, timeout=15)
    same(got[ICMPv6DestUnreach].code, 3, "code")
    same(node.b.count(lambda f: ICMPv6ND_NS in f and f[ICMPv6ND_NS].tgt == dst.addr), 3,
         "solicitations")


@test("RFC 4443 3.3", logo="v6LC.5.1.8", on="router")
def hop_limit_exceeded_is_reported(node):
    src, dst = node.a.peer(), node.b.peer()
    for hops in (0, 1):
        got = src.error(IPv6(dst=dst.addr, hlim=hops) / echo(), ICMPv6TimeExceeded, 0)
        same(got[IPv6].src, src.nut, "source of the error")


@test("RFC 4443 3.2", logo="v6LC.5.1.7", on="router")
def packet_too_big_is_reported(node):
    node.sh("ip link set eth1 mtu 1280")
    node.undo("ip link set eth1 mtu 1500")
    src, dst = node.a.peer(), node.b.peer()
    since = node.b.mark()
    src.error(IPv6(dst=dst.addr) / echo(1300), ICMPv6PacketTooBig, 0, mtu=1280)
    node.b.fence()
    same(node.b.count(ours(ICMPv6EchoRequest, dst), since), 0, "frames forwarded")
    src.send(IPv6(dst=dst.addr) / echo(1280 - 48))
    node.b.expect(ICMPv6EchoRequest, to=dst, since=since)


@test("RFC 4443 2.2", on="router")
def error_comes_from_an_address_of_the_way_in(node):
    src = node.a.peer()
    got = src.error(IPv6(dst="2001:db8:dead::2") / echo(), ICMPv6DestUnreach, 0)
    same(got[IPv6].src, src.nut, "source of the error")


@test("RFC 4443 2.4", on="host", stacks="us6 stock")
def errors_are_limited(node):
    """A burst of bad packets brings fewer errors than packets."""
    peer = node.link.peer()
    since = node.link.mark()
    for port in range(400):
        peer.send(IPv6(dst=peer.nut) / UDP(sport=4000, dport=5000 + port))
    node.link.fence()
    got = node.link.count(ours(ICMPv6DestUnreach, peer), since)
    true(1 <= got < 400, "%d errors for 400 packets" % got)


def tell_too_big(node, peer, size, mtu):
    """An echo of `size` octets is answered; the answer is said to be too big."""
    since = node.link.mark()
    peer.send(IPv6(dst=peer.nut) / echo(size))
    reply = node.link.expect(ICMPv6EchoReply, to=peer, since=since)
    peer.send(IPv6(dst=peer.nut) / ICMPv6PacketTooBig(mtu=mtu) / Raw(bytes(reply[IPv6])[:1232]))
    node.link.fence()
    since = node.link.mark()
    peer.send(IPv6(dst=peer.nut) / echo(size))
    return since


@test("RFC 8201 4", logo="v6LC.4.1.2", on="host")
def packet_too_big_is_obeyed(node):
    peer = node.link.peer()
    since = tell_too_big(node, peer, 1400, 1280)
    first = node.link.expect(IPv6ExtHdrFragment, to=peer, since=since)
    true(first[IPv6].plen + 40 <= 1280, "a piece has %d octets" % (first[IPv6].plen + 40))
    other = node.link.peer()
    since = node.link.mark()
    other.send(IPv6(dst=other.nut) / echo(1400))
    same(node.link.expect(ICMPv6EchoReply, to=other, since=since)[IPv6].plen, 1408,
         "payload length to another destination")


@test("RFC 8201 4", logo="v6LC.4.1.6", on="host")
def packet_too_big_below_1280_is_ignored(node):
    peer = node.link.peer()
    since = tell_too_big(node, peer, 1200, 600)
    got = node.link.wait(lambda f: f[IPv6].dst == peer.addr and
                         (ICMPv6EchoReply in f or IPv6ExtHdrFragment in f), since)
    true(got is not None, "no reply")
    true(got[IPv6].plen >= 1208, "a piece is smaller than the packet that fits into 1280")
