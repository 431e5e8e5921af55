# SPDX-License-Identifier: GPL-2.0
"""RFC 8200 4.5: what becomes of a packet whose fragments don't all come."""

import random

from lib import *


def fragment(peer, ident, start, end, more):
    packet = IPv6(src=peer.addr, dst=peer.nut) / \
        ICMPv6EchoRequest(id=5, seq=1, data=bytes(1000))
    return IPv6(src=peer.addr, dst=peer.nut) / \
        IPv6ExtHdrFragment(nh=58, id=ident, offset=start // 8, m=more) / \
        Raw(bytes(packet)[40:][start:end])


def hurry(node, seconds=2):
    node.undo("echo 60 > /proc/sys/net/ipv6/ip6frag_time")
    node.sh("echo %d > /proc/sys/net/ipv6/ip6frag_time" % seconds)


def failures(node):
    out = node.sh("cat /proc/net/snmp6")
    return {l.split()[0]: int(l.split()[1]) for l in out.split("\n") if l.startswith("Ip6Reasm")}


@test("RFC 8200 4.5", logo="v6LC.1.3.2", on="host router")
def sixty_seconds_are_the_time_of_reassembly(node):
    same(node.sh("cat /proc/sys/net/ipv6/ip6frag_time").strip(), "60", "ip6frag_time")


@test("RFC 8200 4.5", logo="v6LC.1.3.2", on="host router")
def time_exceeded_is_sent_when_the_first_fragment_came(node):
    peer, ident = node.link.peer(), random.randrange(1 << 32)
    hurry(node)
    before, since = failures(node), node.link.mark()
    first = fragment(peer, ident, 0, 400, 1)
    peer.send(first)
    peer.send(fragment(peer, ident, 800, 1008, 0))
    got = node.link.expect(ICMPv6TimeExceeded, to=peer, since=since, timeout=TIMEOUT + 4)
    same(got[ICMPv6TimeExceeded].code, 1, "code")
    same(got[IPv6].src, peer.nut, "source")
    quoted = bytes(got[ICMPv6TimeExceeded])[8:]
    same(quoted[:48], bytes(first)[:48], "headers of the quoted fragment")
    check_sum(got)
    after = failures(node)
    same(after["Ip6ReasmTimeout"] - before["Ip6ReasmTimeout"], 1, "Ip6ReasmTimeout")
    true(after["Ip6ReasmFails"] > before["Ip6ReasmFails"], "Ip6ReasmFails doesn't count")


@test("RFC 8200 4.5", logo="v6LC.1.3.2", on="host router")
def nothing_is_sent_when_the_first_fragment_did_not_come(node):
    peer, ident = node.link.peer(), random.randrange(1 << 32)
    hurry(node)
    before, since = failures(node), node.link.mark()
    peer.send(fragment(peer, ident, 400, 800, 1))
    peer.send(fragment(peer, ident, 800, 1008, 0))
    node.until("the end of reassembly", "grep Ip6ReasmTimeout /proc/net/snmp6",
               lambda out: int(out.split()[1]) > before["Ip6ReasmTimeout"])
    node.link.fence()
    same(node.link.count(ours(ICMPv6TimeExceeded, peer), since), 0, "errors")


@test("RFC 8200 4.5", on="host router")
def late_fragment_begins_anew(node):
    """What came before the end of the time doesn't help it."""
    peer, ident = node.link.peer(), random.randrange(1 << 32)
    hurry(node)
    since = node.link.mark()
    peer.send(fragment(peer, ident, 0, 400, 1))
    node.link.expect(ICMPv6TimeExceeded, to=peer, since=since, timeout=TIMEOUT + 4)
    peer.send(fragment(peer, ident, 400, 1008, 0))
    node.link.fence()
    same(node.link.count(ours(ICMPv6EchoReply, peer), since), 0, "replies")
