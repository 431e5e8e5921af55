# SPDX-License-Identifier: GPL-2.0
"""RFC 4861: neighbour and router discovery."""

from lib import *

ECHO = ICMPv6EchoRequest(id=9, seq=1, data=b"neighbor")


def ns(peer, target=None, **fields):
    """A valid solicitation of the node's address from the peer."""
    target = target or peer.nut
    fields.setdefault("dst", solicited(target))
    fields.setdefault("hlim", 255)
    fields.setdefault("src", peer.addr)
    return IPv6(**fields) / ICMPv6ND_NS(tgt=target)


def slla(peer):
    return ICMPv6NDOptSrcLLAddr(lladdr=peer.mac)


@test("RFC 4861 7.2.4", logo="v6LC.2.1.8", on="host router")
def solicitation_is_answered(node):
    peer = node.link.peer()
    for target in (peer.nut, node.link.nut_ll):
        for dst in (solicited(target), target):
            since = node.link.mark()
            peer.send(ns(peer, target, dst=dst) / slla(peer))
            got = node.link.expect(ICMPv6ND_NA, to=peer, since=since)
            na = got[ICMPv6ND_NA]
            same(na.tgt, target, "target")
            same(got[IPv6].src, target, "source")
            same(got[IPv6].hlim, 255, "hop limit")
            same((na.R, na.S), (int(node.kind == "router"), 1), "flags R, S")
            # Left out only where the other side must know it, and then it
            # can't override.
            there = ICMPv6NDOptDstLLAddr in got
            true(there or dst == target, "no target link-layer address")
            same(na.O, int(there), "flag O")
            if there:
                same(got[ICMPv6NDOptDstLLAddr].lladdr, node.link.nut_mac, "link-layer address")
            check_sum(got)


@test("RFC 4861 7.2.4", on="host router")
def solicitation_of_another_target_is_silent(node):
    peer = node.link.peer()
    other = node.link.prefix + "4711"
    peer.silence(ns(peer, other) / slla(peer), ICMPv6ND_NA)
    peer.silence(ns(peer, other, dst=node.link.nut) / slla(peer), ICMPv6ND_NA)


@test("RFC 4861 7.1.1", logo="v6LC.2.1.7", on="host router")
def solicitation_with_another_hop_limit_is_dropped(node):
    peer = node.link.peer()
    for hlim in (254, 64, 1, 0):
        peer.silence(ns(peer, hlim=hlim) / slla(peer), ICMPv6ND_NA)


@test("RFC 4861 7.1.1", logo="v6LC.2.1.7", on="host router")
def solicitation_with_a_wrong_checksum_is_dropped(node):
    peer = node.link.peer()
    packet = ns(peer) / slla(peer)
    packet[ICMPv6ND_NS].cksum = 0x4321
    peer.silence(packet, ICMPv6ND_NA)


@test("RFC 4861 7.1.1", logo="v6LC.2.1.7", on="host router")
def solicitation_with_another_code_is_dropped(node):
    peer = node.link.peer()
    packet = ns(peer) / slla(peer)
    packet[ICMPv6ND_NS].code = 1
    peer.silence(packet, ICMPv6ND_NA)


@test("RFC 4861 7.1.1", logo="v6LC.2.1.7", on="host router")
def solicitation_that_is_too_short_is_dropped(node):
    peer = node.link.peer()
    ip = IPv6(src=peer.addr, dst=solicited(peer.nut), hlim=255, nh=58)
    body = bytes((135, 0, 0, 0, 0, 0, 0, 0)) + raw6(peer.nut)[:12]
    total = in6_chksum(58, ip, body)
    peer.silence(ip / Raw(body[:2] + total.to_bytes(2, "big") + body[4:]), ICMPv6ND_NA)


@test("RFC 4861 7.1.1", logo="v6LC.2.1.7", on="host router")
def solicitation_of_a_group_is_dropped(node):
    peer = node.link.peer()
    peer.silence(ns(peer, ALL_NODES, dst=ALL_NODES) / slla(peer), ICMPv6ND_NA)


@test("RFC 4861 7.1.1", logo="v6LC.2.1.7", on="host router")
def option_of_length_zero_drops_the_solicitation(node):
    peer = node.link.peer()
    peer.silence(ns(peer) / Raw(bytes((1, 0)) + bytes(6)), ICMPv6ND_NA)


@test("RFC 4861 7.1.1", on="host router")
def option_beyond_the_packet_drops_the_solicitation(node):
    peer = node.link.peer()
    peer.silence(ns(peer) / Raw(bytes((1, 4)) + bytes(6)), ICMPv6ND_NA)


@test("RFC 4861 4.6", on="host router")
def unknown_option_is_skipped(node):
    peer = node.link.peer()
    since = node.link.mark()
    peer.send(ns(peer) / Raw(bytes((250, 2)) + bytes(14)) / slla(peer))
    node.link.expect(ICMPv6ND_NA, to=peer, since=since)


@test("RFC 4861 7.1.1", logo="v6LC.2.1.7", on="host router")
def solicitation_from_nobody_with_a_link_layer_address_is_dropped(node):
    peer = node.link.peer()
    since = node.link.mark()
    peer.send(ns(peer, src="::") / slla(peer))
    node.link.fence()
    same(node.link.count(lambda f: ICMPv6ND_NA in f and f[ICMPv6ND_NA].tgt == peer.nut, since), 0,
         "advertisements")


@test("RFC 4861 7.1.1", logo="v6LC.2.1.7", on="host router")
def solicitation_from_nobody_to_unicast_is_dropped(node):
    peer = node.link.peer()
    since = node.link.mark()
    peer.send(ns(peer, src="::", dst=peer.nut))
    node.link.fence()
    same(node.link.count(lambda f: ICMPv6ND_NA in f and f[ICMPv6ND_NA].tgt == peer.nut, since), 0,
         "advertisements")


@test("RFC 4861 7.2.4", on="host router")
def solicitation_from_nobody_is_answered_to_all(node):
    peer = node.link.peer()
    since = node.link.mark()
    peer.send(ns(peer, src="::"))
    got = node.link.expect(ICMPv6ND_NA, to=ALL_NODES, since=since,
                           where=lambda f: f[ICMPv6ND_NA].tgt == peer.nut)
    same(got[ICMPv6ND_NA].S, 0, "solicited flag")
    true(ICMPv6NDOptDstLLAddr in got, "no target link-layer address")


@test("RFC 4861 7.2.2", logo="v6LC.2.1.5", on="host router")
def resolution_asks_the_solicited_node_group(node):
    peer = node.link.peer(answers=False)
    since = node.link.mark()
    peer.send(IPv6(dst=peer.nut) / ECHO)
    got = node.link.wait(lambda f: ICMPv6ND_NS in f and f[ICMPv6ND_NS].tgt == peer.addr, since)
    true(got is not None, "no solicitation")
    same(got[IPv6].dst, solicited(peer.addr), "destination")
    same(got.dst, group_mac(got[IPv6].dst), "destination of the frame")
    same(got[IPv6].hlim, 255, "hop limit")
    same(got[IPv6].src, peer.nut, "source")
    true(ICMPv6NDOptSrcLLAddr in got, "no source link-layer address")
    same(got[ICMPv6NDOptSrcLLAddr].lladdr, node.link.nut_mac, "link-layer address")
    check_sum(got)


@test("RFC 4861 7.2.2", logo="v6LC.2.1.5", on="host router")
def resolution_gives_up_after_three(node):
    peer = node.link.peer(answers=False)
    since = node.link.mark()
    peer.send(IPv6(dst=peer.nut) / ECHO)

    def want(f):
        return ICMPv6ND_NS in f and f[ICMPv6ND_NS].tgt == peer.addr
    last = None
    for _ in range(30):
        before = node.link.count(want, since)
        if before >= 3:
            last = last or before
        if node.link.wait(lambda f: False, since, 0.25) is None and before > 3:
            break
    same(node.link.count(want, since), 3, "solicitations")


@test("RFC 4861 7.2.2", logo="v6LC.2.1.2", on="host router")
def packets_wait_for_resolution(node):
    """The latest ones are sent once the answer is here."""
    peer = node.link.peer(answers=False)
    since = node.link.mark()
    for seq in (1, 2, 3):
        peer.send(IPv6(dst=peer.nut) / ICMPv6EchoRequest(id=77, seq=seq, data=b"w"))
    got = node.link.wait(lambda f: ICMPv6ND_NS in f and f[ICMPv6ND_NS].tgt == peer.addr, since)
    true(got is not None, "no solicitation")
    node.link.fence()
    same(node.link.count(ours(ICMPv6EchoReply, peer), since), 0, "replies before the answer")
    node.link.answers[peer.addr] = peer
    node.link.advertise_self(got)
    reply = node.link.expect(ICMPv6EchoReply, to=peer, since=since,
                             where=lambda f: f[ICMPv6EchoReply].seq == 3)
    same(reply.dst, peer.mac, "destination of the frame")


@test("RFC 4861 7.2.3", logo="v6LC.2.1.8", on="host router")
def solicitation_creates_an_entry(node):
    """No resolution of its own is needed then, until it is stale."""
    peer = node.link.peer(answers=False)
    peer.send(ns(peer) / slla(peer))
    since = node.link.mark()
    peer.ping()
    same(node.link.count(lambda f: ICMPv6ND_NS in f and f[IPv6].dst == solicited(peer.addr), since),
         0, "multicast solicitations")


@test("RFC 4861 7.2.3", on="host router")
def solicitation_changes_the_address(node):
    peer = node.link.peer()
    peer.ping()
    peer.mac = "02:88:" + peer.mac[6:]
    peer.send(ns(peer) / slla(peer))
    since = node.link.mark()
    peer.send(IPv6(dst=peer.nut) / ECHO)
    same(node.link.expect(ICMPv6EchoReply, to=peer, since=since).dst, peer.mac,
         "destination of the frame")


@test("RFC 4861 7.2.5", logo="v6LC.2.1.15", on="host router")
def advertisement_creates_no_entry(node):
    peer = node.link.peer(answers=False)
    peer.send(IPv6(src=peer.addr, dst=peer.nut, hlim=255) /
              ICMPv6ND_NA(tgt=peer.addr, S=1, O=1, R=0) / ICMPv6NDOptDstLLAddr(lladdr=peer.mac))
    since = node.link.mark()
    peer.send(IPv6(dst=peer.nut) / ECHO)
    got = node.link.wait(lambda f: ICMPv6ND_NS in f and f[IPv6].dst == solicited(peer.addr), since)
    true(got is not None, "no resolution: the advertisement made an entry")


@test("RFC 4861 7.1.2", logo="v6LC.2.1.14", on="host router")
def advertisement_with_another_hop_limit_is_dropped(node):
    peer = node.link.peer(answers=False)
    since = node.link.mark()
    peer.send(IPv6(dst=peer.nut) / ECHO)
    true(node.link.wait(lambda f: ICMPv6ND_NS in f and f[ICMPv6ND_NS].tgt == peer.addr, since),
         "no solicitation")
    peer.send(IPv6(src=peer.addr, dst=peer.nut, hlim=254) /
              ICMPv6ND_NA(tgt=peer.addr, S=1, O=1, R=0) / ICMPv6NDOptDstLLAddr(lladdr=peer.mac))
    node.link.fence()
    same(node.link.count(ours(ICMPv6EchoReply, peer), since), 0, "replies")


@test("RFC 4861 7.2.5", logo="v6LC.2.1.17", on="host router")
def advertisement_without_override_keeps_the_address(node):
    peer = node.link.peer()
    peer.ping()
    peer.send(IPv6(src=peer.addr, dst=peer.nut, hlim=255) /
              ICMPv6ND_NA(tgt=peer.addr, S=0, O=0, R=0) /
              ICMPv6NDOptDstLLAddr(lladdr="02:66:66:66:66:66"))
    since = node.link.mark()
    peer.send(IPv6(dst=peer.nut) / ECHO)
    same(node.link.expect(ICMPv6EchoReply, to=peer, since=since).dst, peer.mac,
         "destination of the frame")


@test("RFC 4861 7.2.5", logo="v6LC.2.1.17", on="host router")
def advertisement_with_override_changes_the_address(node):
    peer = node.link.peer()
    peer.ping()
    old, peer.mac = peer.mac, "02:88:" + peer.mac[6:]
    peer.send(IPv6(src=peer.addr, dst=peer.nut, hlim=255) /
              ICMPv6ND_NA(tgt=peer.addr, S=0, O=1, R=0) / ICMPv6NDOptDstLLAddr(lladdr=peer.mac))
    since = node.link.mark()
    peer.send(IPv6(dst=peer.nut) / ECHO)
    got = node.link.expect(ICMPv6EchoReply, to=peer, since=since)
    true(got.dst != old, "the old address is still used")
    same(got.dst, peer.mac, "destination of the frame")


@test("RFC 4861 7.3.3", logo="v6LC.2.1.6", on="host router")
def stale_neighbour_is_probed_by_unicast(node):
    peer = node.link.peer(answers=False)
    peer.send(ns(peer) / slla(peer))            # STALE
    since = node.link.mark()
    peer.ping()                                 # DELAY, and after 5 s PROBE
    got = node.link.wait(lambda f: ICMPv6ND_NS in f and f[ICMPv6ND_NS].tgt == peer.addr,
                         since, 12)
    true(got is not None, "no probe")
    same(got[IPv6].dst, peer.addr, "destination")
    same(got.dst, peer.mac, "destination of the frame")


@test("RFC 4861 6.2.6", logo="v6LC.2.2.3", on="host")
def host_ignores_router_solicitations(node):
    peer = node.link.peer()
    peer.silence(IPv6(src=peer.ll, dst=ALL_ROUTERS, hlim=255) / ICMPv6ND_RS() / slla(peer),
                 ICMPv6ND_RA)


@test("RFC 4861 6.3.7", logo="v6LC.2.2.1", on="host")
def host_solicits_routers_at_start(node):
    since = node.link.mark()
    node.sh("ip link set eth0 down; ip link set eth0 up")
    node.undo("ip addr replace %s1/64 dev eth0 nodad" % node.link.prefix)
    got = node.link.wait(lambda f: ICMPv6ND_RS in f, since, 20)
    true(got is not None, "no Router Solicitation")
    same(got[IPv6].dst, ALL_ROUTERS, "destination")
    same(got[IPv6].hlim, 255, "hop limit")
    if got[IPv6].src != "::":
        same(got[IPv6].src, node.link.nut_ll, "source")
        true(ICMPv6NDOptSrcLLAddr in got, "no source link-layer address")
    check_sum(got)


@test("RFC 4861 6.3.4", on="host")
def advertised_router_becomes_the_default(node):
    peer = node.link.peer()
    advertise(peer, slla(peer), lifetime=600)
    node.until("a default route", "ip -6 route show default", lambda out: peer.ll in out)
    far = "2001:db8:ffff::99"
    since = node.link.mark()
    peer.send(IPv6(src=far, dst=peer.nut) / ECHO)
    got = node.link.wait(lambda f: ICMPv6EchoReply in f and f[IPv6].dst == far, since)
    true(got is not None, "no reply through the router")
    same(got.dst, peer.mac, "destination of the frame")
    advertise(peer, slla(peer), lifetime=0)
    node.until("no default route", "ip -6 route show default", lambda out: peer.ll not in out)


@test("RFC 4861 6.1.2", logo="v6LC.2.2.11", on="host")
def invalid_router_advertisements_are_dropped(node):
    peer = node.link.peer()
    ra = ICMPv6ND_RA(routerlifetime=600)
    for packet in (IPv6(src=peer.ll, dst=ALL_NODES, hlim=254) / ra / slla(peer),
                   IPv6(src=peer.addr, dst=ALL_NODES, hlim=255) / ra / slla(peer),
                   IPv6(src=peer.ll, dst=ALL_NODES, hlim=255) /
                   ICMPv6ND_RA(routerlifetime=600, code=1) / slla(peer),
                   IPv6(src=peer.ll, dst=ALL_NODES, hlim=255) /
                   ICMPv6ND_RA(routerlifetime=600, cksum=0x1111) / slla(peer),
                   IPv6(src=peer.ll, dst=ALL_NODES, hlim=255) / ra / Raw(bytes((1, 0)) + bytes(6))):
        peer.send(packet)
        node.link.fence()
    true(peer.ll not in node.sh("ip -6 route show default"), "a default route was made")


@test("RFC 4861 6.3.4", logo="v6LC.2.2.12", on="host")
def advertised_hop_limit_is_used(node):
    peer = node.link.peer()
    advertise(peer, chlim=77)
    node.link.fence()
    same(peer.ping()[IPv6].hlim, 77, "hop limit")
    advertise(peer, chlim=64)
    node.link.fence()
    same(peer.ping()[IPv6].hlim, 64, "hop limit")


@test("RFC 4861 6.3.4", on="router")
def router_ignores_router_advertisements(node):
    peer = node.link.peer()
    advertise(peer, slla(peer), lifetime=600)
    node.link.fence()
    true(peer.ll not in node.sh("ip -6 route show default"), "a default route was made")


@test("RFC 4861 8.3", logo="v6LC.2.3.1", on="host")
def redirect_is_obeyed(node):
    router, target = node.link.peer(), node.link.peer()
    target.router = 1
    far = "2001:db8:eeee::%x" % (int(router.mac.split(":")[4], 16) + 1)
    advertise(router, slla(router), lifetime=600)
    node.undo("true")
    try:
        node.until("a default route", "ip -6 route show default", lambda out: router.ll in out)
        since = node.link.mark()
        router.send(IPv6(src=far, dst=router.nut) / ECHO)
        got = node.link.wait(lambda f: ICMPv6EchoReply in f and f[IPv6].dst == far, since)
        true(got is not None and got.dst == router.mac, "no reply through the router")
        router.send(IPv6(src=router.ll, dst=router.nut, hlim=255) /
                    ICMPv6ND_Redirect(tgt=target.ll, dst=far) /
                    ICMPv6NDOptDstLLAddr(lladdr=target.mac) /
                    ICMPv6NDOptRedirectedHdr(pkt=bytes(got[IPv6])))
        node.link.fence()
        since = node.link.mark()
        router.send(IPv6(src=far, dst=router.nut) / ECHO)
        got = node.link.wait(lambda f: ICMPv6EchoReply in f and f[IPv6].dst == far, since)
        true(got is not None, "no reply")
        same(got.dst, target.mac, "destination of the frame")
    finally:
        advertise(router, lifetime=0)


@test("RFC 4861 8.2", logo="v6LC.2.3.3", on="router")
def redirect_is_sent(node):
    """To a station that could have sent straight to its neighbour."""
    src, dst = node.a.peer(), node.a.peer()
    since = node.a.mark()
    src.send(IPv6(dst=dst.addr) / ECHO)
    node.a.expect(ICMPv6EchoRequest, to=dst, since=since)
    got = node.a.expect(ICMPv6ND_Redirect, to=src, since=since)
    same(got[IPv6].src, node.a.nut_ll, "source")
    same(got[IPv6].hlim, 255, "hop limit")
    same((got[ICMPv6ND_Redirect].tgt, got[ICMPv6ND_Redirect].dst), (dst.addr, dst.addr),
         "target and destination")
