# SPDX-License-Identifier: GPL-2.0
"""RFC 4429: optimistic addresses; RFC 7527: the nonce of duplicate address
detection."""

from lib import *


def solicits(address):
    return lambda f: ICMPv6ND_NS in f and f[ICMPv6ND_NS].tgt == address and f[IPv6].src == "::"


def nonce(frame):
    """The octets of the Nonce option (type 14), or None."""
    body = bytes(frame[ICMPv6ND_NS])[24:]
    while len(body) >= 8 and body[1]:
        if body[0] == 14:
            return body[2:body[1] * 8]
        body = body[body[1] * 8:]
    return None


def set_key(node, key, value):
    path = "/proc/sys/net/ipv6/" + key
    old = node.sh("cat " + path).strip()
    node.undo("echo %s > %s" % (old, path))
    node.sh("echo %s > %s" % (value, path))


def shown(node, address):
    out = node.sh("ip -6 -o addr show dev eth0")
    return next((l for l in out.split("\n") if " %s/" % address in l), "")


def optimistic(node, address, answers=True):
    """An address that is in use while it is being probed, for long."""
    set_key(node, "conf/eth0/optimistic_dad", 1)
    set_key(node, "neigh/eth0/retrans_time_ms", 200000)
    node.undo("ip addr del %s/64 dev eth0 2>/dev/null" % address)
    since = node.link.mark()
    node.sh("ip addr add %s/64 dev eth0 optimistic" % address)
    true(node.link.wait(solicits(address), since) is not None, "it is not probed")
    true("optimistic" in shown(node, address), "not optimistic: " + shown(node, address))


@test("RFC 4429 3.3", on="host")
def optimistic_address_is_answered_for_without_override(node):
    address, peer = node.link.prefix + "4429:1", node.link.peer()
    optimistic(node, address)
    since = node.link.mark()
    peer.send(IPv6(src=peer.addr, dst=solicited(address), hlim=255) /
              ICMPv6ND_NS(tgt=address) / ICMPv6NDOptSrcLLAddr(lladdr=peer.mac))
    got = node.link.expect(ICMPv6ND_NA, to=peer, since=since)
    same(got[ICMPv6ND_NA].O, 0, "flag O")
    same(peer.ping(dst=address)[IPv6].src, address, "source of the reply")


@test("RFC 4429 3.2", on="host")
def optimistic_address_tells_nobody_its_link_layer_address(node):
    """Solicitations from it are without the option, or from another source."""
    address, peer = node.link.prefix + "4429:2", node.link.peer(answers=False)
    optimistic(node, address)
    since = node.link.mark()
    node.sh("ping -c1 -W1 -I %s %s" % (address, peer.addr), check=False)
    got = node.link.wait(lambda f: ICMPv6ND_NS in f and f[ICMPv6ND_NS].tgt == peer.addr, since)
    true(got is not None, "no solicitation")
    true(got[IPv6].src != address or ICMPv6NDOptSrcLLAddr not in got,
         "a source link-layer address is told from the optimistic address")


@test("RFC 4429 3.3", on="host")
def optimistic_address_that_is_taken_is_given_up(node):
    address, peer = node.link.prefix + "4429:3", node.link.peer()
    optimistic(node, address)
    peer.send(IPv6(src=address, dst=ALL_NODES, hlim=255) /
              ICMPv6ND_NA(tgt=address, S=0, O=1, R=0) / ICMPv6NDOptDstLLAddr(lladdr=peer.mac))
    node.until("dadfailed", "ip -6 -o addr show dev eth0",
               lambda out: any(address in l and "dadfailed" in l for l in out.split("\n")) or
               address not in out)
    since = node.link.mark()
    peer.send(IPv6(dst=address) / ICMPv6EchoRequest(id=3, seq=1, data=b"gone?"),
              dst_mac=node.link.nut_mac)
    node.link.fence()
    same(node.link.count(ours(ICMPv6EchoReply, peer), since), 0, "replies")


@test("RFC 4429 3.1", on="host")
def optimistic_address_is_not_preferred(node):
    """RFC 4429 2.1: it is as a deprecated one, while there is another."""
    address, peer = node.link.prefix + "4429:4", node.link.peer()
    optimistic(node, address)
    out = node.sh("ip -6 route get %s" % peer.addr)
    true(address not in out, "it is the source: " + out)


@test("RFC 4429 3.1", on="host")
def address_is_not_optimistic_without_the_key(node):
    address = node.link.prefix + "4429:5"
    set_key(node, "neigh/eth0/retrans_time_ms", 200000)
    node.undo("ip addr del %s/64 dev eth0 2>/dev/null" % address)
    since = node.link.mark()
    node.sh("ip addr add %s/64 dev eth0" % address)
    true(node.link.wait(solicits(address), since) is not None, "it is not probed")
    true("optimistic" not in shown(node, address), "optimistic: " + shown(node, address))


@test("RFC 7527 4.1", on="host router")
def probe_carries_a_nonce_of_its_own(node):
    seen = []
    for n in (1, 2, 3):
        address = node.link.prefix + "7527:%d" % n
        node.undo("ip addr del %s/64 dev eth0 2>/dev/null" % address)
        since = node.link.mark()
        node.sh("ip addr add %s/64 dev eth0" % address)
        got = node.link.wait(solicits(address), since)
        true(got is not None, "no probe")
        true(nonce(got) is not None and len(nonce(got)) >= 6, "no nonce of 6 octets")
        seen.append(nonce(got))
    same(len(set(seen)), 3, "different nonces")


@test("RFC 7527 4.2", on="host")
def own_probe_come_back_is_no_duplicate(node):
    """A loop on the wire: the very frame comes back to us."""
    address, peer = node.link.prefix + "7527:4", node.link.peer()
    set_key(node, "neigh/eth0/retrans_time_ms", 3000)
    node.undo("ip addr del %s/64 dev eth0 2>/dev/null" % address)
    since = node.link.mark()
    node.sh("ip addr add %s/64 dev eth0" % address)
    got = node.link.wait(solicits(address), since)
    true(got is not None, "no probe")
    peer.send(got[IPv6].copy())
    node.link.fence()
    true("dadfailed" not in shown(node, address) and shown(node, address), "taken as a duplicate")
    node.until("the address to become usable", "ip -6 -o addr show dev eth0",
               lambda out: any(address in l and "tentative" not in l for l in out.split("\n")))


@test("RFC 7527 4.2", on="host")
def probe_with_another_nonce_is_a_duplicate(node):
    address, peer = node.link.prefix + "7527:5", node.link.peer()
    set_key(node, "neigh/eth0/retrans_time_ms", 5000)
    node.undo("ip addr del %s/64 dev eth0 2>/dev/null" % address)
    since = node.link.mark()
    node.sh("ip addr add %s/64 dev eth0" % address)
    true(node.link.wait(solicits(address), since) is not None, "no probe")
    peer.send(IPv6(src="::", dst=solicited(address), hlim=255) / ICMPv6ND_NS(tgt=address) /
              Raw(bytes((14, 1)) + b"others"))
    node.until("dadfailed", "ip -6 -o addr show dev eth0",
               lambda out: any(address in l and "dadfailed" in l for l in out.split("\n")) or
               address not in out)


@test("RFC 7527 4.1", on="host")
def probe_is_without_a_nonce_where_the_key_says_so(node):
    address = node.link.prefix + "7527:6"
    set_key(node, "conf/all/enhanced_dad", 0)
    set_key(node, "conf/eth0/enhanced_dad", 0)
    node.undo("ip addr del %s/64 dev eth0 2>/dev/null" % address)
    since = node.link.mark()
    node.sh("ip addr add %s/64 dev eth0" % address)
    got = node.link.wait(solicits(address), since)
    true(got is not None, "no probe")
    same(nonce(got), None, "nonce")
