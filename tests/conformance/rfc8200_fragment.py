# SPDX-License-Identifier: GPL-2.0
"""RFC 8200 4.5, RFC 5722, RFC 6946: fragments and reassembly."""

import random

from lib import *


def icmp(peer, size, ident=5):
    """An echo request with its checksum, as octets."""
    packet = IPv6(src=peer.addr, dst=peer.nut) / \
        ICMPv6EchoRequest(id=ident, seq=1, data=bytes(i & 255 for i in range(size)))
    return bytes(packet)[40:]


def part(peer, ident, data, start, end, more, nh=58):
    return IPv6(src=peer.addr, dst=peer.nut) / \
        IPv6ExtHdrFragment(nh=nh, id=ident, offset=start // 8, m=more) / Raw(data[start:end])


def new_id():
    return random.randrange(1 << 32)


def whole(link, peer, since, size):
    """The reply, itself in one piece."""
    got = link.expect(ICMPv6EchoReply, to=peer, since=since)
    same(len(got[ICMPv6EchoReply].data), size, "octets of the reply")
    check_sum(got)


@test("RFC 8200 4.5", logo="v6LC.1.3.1", on="host router")
def fragments_in_order_are_reassembled(node):
    peer, ident = node.link.peer(), new_id()
    data, since = icmp(peer, 1000), node.link.mark()
    peer.send(part(peer, ident, data, 0, 400, 1))
    peer.send(part(peer, ident, data, 400, 800, 1))
    peer.send(part(peer, ident, data, 800, len(data), 0))
    whole(node.link, peer, since, 1000)


@test("RFC 8200 4.5", logo="v6LC.1.3.1", on="host router")
def fragments_in_reverse_are_reassembled(node):
    peer, ident = node.link.peer(), new_id()
    data, since = icmp(peer, 1000), node.link.mark()
    peer.send(part(peer, ident, data, 800, len(data), 0))
    peer.send(part(peer, ident, data, 400, 800, 1))
    peer.send(part(peer, ident, data, 0, 400, 1))
    whole(node.link, peer, since, 1000)


@test("RFC 8200 4.5", logo="v6LC.1.3.1")
def fragments_of_others_are_not_mixed(node):
    """Source, destination and identification tell packets apart."""
    one, two, ident = node.link.peer(), node.link.peer(), new_id()
    a, b, since = icmp(one, 600), icmp(two, 600), node.link.mark()
    one.send(part(one, ident, a, 0, 304, 1))
    two.send(part(two, ident, b, 0, 304, 1))
    one.send(part(one, ident + 1 & 0xffffffff, a, 304, len(a), 0))
    node.link.fence()
    same(node.link.count(ours(ICMPv6EchoReply, one), since), 0, "replies before the last piece")
    one.send(part(one, ident, a, 304, len(a), 0))
    whole(node.link, one, since, 600)
    two.send(part(two, ident, b, 304, len(b), 0))
    whole(node.link, two, since, 600)


@test("RFC 8200 4.5", logo="v6LC.1.3.3", on="host router")
def length_of_a_middle_one_not_in_eights_is_reported(node):
    peer = node.link.peer()
    data = icmp(peer, 200)
    peer.error(part(peer, new_id(), data, 0, 101, 1), ICMPv6ParamProblem, 0, ptr=4)


@test("RFC 8200 4.5", on="host router")
def packet_beyond_65535_is_reported(node):
    peer = node.link.peer()
    packet = IPv6(src=peer.addr, dst=peer.nut) / \
        IPv6ExtHdrFragment(nh=58, id=new_id(), offset=8190, m=0) / Raw(b"x" * 64)
    peer.error(packet, ICMPv6ParamProblem, 0, ptr=42)


@test("RFC 8200 4.5", logo="v6LC.1.3.4", on="host router")
def atomic_fragment_is_delivered(node):
    peer, since = node.link.peer(), node.link.mark()
    data = icmp(peer, 100)
    peer.send(part(peer, new_id(), data, 0, len(data), 0))
    whole(node.link, peer, since, 100)


@test("RFC 6946 4", on="host router")
def atomic_fragment_leaves_a_queue_of_the_same_id_alone(node):
    peer, ident = node.link.peer(), new_id()
    data, since = icmp(peer, 600), node.link.mark()
    peer.send(part(peer, ident, data, 0, 304, 1))
    small = icmp(peer, 60)
    peer.send(part(peer, ident, small, 0, len(small), 0))
    whole(node.link, peer, since, 60)
    since = node.link.mark()
    peer.send(part(peer, ident, data, 304, len(data), 0))
    whole(node.link, peer, since, 600)


@test("RFC 5722 4", on="host router")
def overlap_drops_the_whole_packet(node):
    peer, ident = node.link.peer(), new_id()
    data, since = icmp(peer, 600), node.link.mark()
    peer.send(part(peer, ident, data, 0, 304, 1))
    peer.send(part(peer, ident, data, 296, 400, 1))
    peer.send(part(peer, ident, data, 304, 400, 1))
    peer.send(part(peer, ident, data, 400, len(data), 0))
    node.link.fence()
    same(node.link.count(ours(ICMPv6EchoReply, peer), since), 0, "replies")


@test("RFC 8200 4.5", on="host router")
def exact_duplicate_is_ignored_or_drops(node):
    """Allowed either way: a copy may be dropped alone, and the rest kept; what
    isn't allowed is a packet other than the one that was sent."""
    peer, ident = node.link.peer(), new_id()
    data, since = icmp(peer, 600), node.link.mark()
    peer.send(part(peer, ident, data, 0, 304, 1))
    peer.send(part(peer, ident, data, 0, 304, 1))
    peer.send(part(peer, ident, data, 304, len(data), 0))
    node.link.fence()
    got = node.link.wait(ours(ICMPv6EchoReply, peer), since, 0)
    if got is not None:
        same(len(got[ICMPv6EchoReply].data), 600, "octets of the reply")
        check_sum(got)


@test("RFC 8200 4.5", on="router")
def fragments_are_forwarded_one_by_one(node):
    src, dst = node.a.peer(), node.b.peer()
    src.nut = dst.addr
    data, ident = icmp(src, 600), new_id()
    src.send(part(src, ident, data, 304, len(data), 0))
    got = node.b.wait(lambda f: IPv6ExtHdrFragment in f and f[IPv6].dst == dst.addr)
    true(got is not None, "not forwarded")
    same((got[IPv6ExtHdrFragment].id, got[IPv6ExtHdrFragment].offset), (ident, 38), "id and offset")


@test("RFC 7112 5", on="host")
def first_fragment_without_the_whole_chain_is_no_echo(node):
    """Its header chain ends in the second piece."""
    peer, ident = node.link.peer(), new_id()
    chain = bytes((60, 0, 1, 4, 0, 0, 0, 0)) + bytes((58, 1, 1, 12)) + bytes(12) + icmp(peer, 64)
    peer.send(part(peer, ident, chain, 0, 8, 1, nh=60))
    peer.silence(part(peer, ident, chain, 8, len(chain), 0, nh=60), ICMPv6EchoReply)


@test("RFC 8200 5", on="host")
def large_reply_is_fragmented(node):
    peer = node.link.peer()
    data, ident, since = icmp(peer, 3000), new_id(), node.link.mark()
    for at in range(0, len(data), 1400):
        end = min(at + 1400, len(data))
        peer.send(part(peer, ident, data, at, end, int(end < len(data))))

    def pieces():
        return [f for f in node.link.frames[since:]
                if IPv6ExtHdrFragment in f and f[IPv6].dst == peer.addr]
    last = node.link.wait(lambda f: IPv6ExtHdrFragment in f and f[IPv6].dst == peer.addr and
                          not f[IPv6ExtHdrFragment].m, since)
    true(last is not None, "no last fragment came")
    got = sorted(pieces(), key=lambda f: f[IPv6ExtHdrFragment].offset)
    at = 0
    for f in got:
        same(f[IPv6ExtHdrFragment].offset * 8, at, "offset")
        same(f[IPv6ExtHdrFragment].id, got[0][IPv6ExtHdrFragment].id, "identification")
        size = f[IPv6].plen - 8
        true(f[IPv6].plen + 40 <= 1500, "a piece is longer than the MTU")
        true(size % 8 == 0 or not f[IPv6ExtHdrFragment].m, "a piece isn't in eights")
        at += size
    same(at, len(data), "octets of the reply")
