# SPDX-License-Identifier: GPL-2.0
"""RFC 4861 7.2.7 and 7.2.8: advertisements for anycast addresses and for the
addresses of others; RFC 9131: those that nobody asked for."""

from lib import *

ECHO = ICMPv6EchoRequest(id=6, seq=1, data=b"proxy")


def ns(peer, target, dst=None):
    return IPv6(src=peer.addr, dst=dst or solicited(target), hlim=255) / \
        ICMPv6ND_NS(tgt=target) / ICMPv6NDOptSrcLLAddr(lladdr=peer.mac)


def answer(node, peer, target, dst=None):
    since = node.link.mark()
    peer.send(ns(peer, target, dst))
    got = node.link.expect(ICMPv6ND_NA, to=peer, since=since,
                           where=lambda f: f[ICMPv6ND_NA].tgt == target)
    check_sum(got)
    return got


def set_key(node, key, value):
    path = "/proc/sys/net/ipv6/" + key
    old = node.sh("cat " + path).strip()
    node.undo("echo %s > %s" % (old, path))
    node.sh("echo %s > %s" % (value, path))


@test("RFC 4861 7.2.8", on="router")
def proxied_address_is_answered_for(node):
    peer, target = node.link.peer(), node.link.prefix + "7:1"
    set_key(node, "conf/eth0/proxy_ndp", 1)
    peer.silence(ns(peer, target), ICMPv6ND_NA)
    node.sh("ip neigh add proxy %s dev eth0" % target)
    node.undo("ip neigh del proxy %s dev eth0 2>/dev/null" % target)
    got = answer(node, peer, target)
    na = got[ICMPv6ND_NA]
    same((na.S, na.O), (1, 0), "flags S, O")
    same(got[ICMPv6NDOptDstLLAddr].lladdr, node.link.nut_mac, "link-layer address")
    true(got[IPv6].src != target, "the proxied address is the source")
    same(got[IPv6].hlim, 255, "hop limit")
    node.sh("ip neigh del proxy %s dev eth0" % target)
    peer.silence(ns(peer, target), ICMPv6ND_NA)


@test("RFC 4861 7.2.8", on="router")
def proxied_address_is_silent_where_the_key_says_so(node):
    peer, target = node.link.peer(), node.link.prefix + "7:2"
    node.sh("ip neigh add proxy %s dev eth0" % target)
    node.undo("ip neigh del proxy %s dev eth0" % target)
    peer.silence(ns(peer, target), ICMPv6ND_NA)


@test("RFC 4861 7.2.8", on="router")
def proxied_address_is_one_of_its_wire_alone(node):
    target = node.a.prefix + "7:3"
    set_key(node, "conf/all/proxy_ndp", 1)
    node.sh("ip neigh add proxy %s dev eth1" % target)
    node.undo("ip neigh del proxy %s dev eth1" % target)
    peer = node.a.peer()
    peer.silence(ns(peer, target), ICMPv6ND_NA)


@test("RFC 4861 7.2.7", on="router")
def subnet_router_anycast_is_answered_without_override(node):
    """RFC 4291 2.6.1: every router has it."""
    peer, target = node.link.peer(), node.link.prefix
    got = answer(node, peer, target)
    same((got[ICMPv6ND_NA].S, got[ICMPv6ND_NA].O), (1, 0), "flags S, O")
    same(got[ICMPv6NDOptDstLLAddr].lladdr, node.link.nut_mac, "link-layer address")
    true(got[IPv6].src != target, "the anycast address is the source")


@test("RFC 4861 7.2.7", on="router")
def anycast_answers_are_spread_over_a_second(node):
    """MAX_ANYCAST_DELAY_TIME: others get the chance to be first."""
    peer, times = node.link.peer(), []
    for _ in range(6):
        start = time.monotonic()
        times.append(answer(node, peer, node.link.prefix).time - start)
    true(max(times) > 0.1, "all came within 0.1 s: %s" % times)
    true(max(times) < 1 + TIMEOUT / 3, "one came late: %s" % times)


@test("RFC 4291 2.6", on="host")
def host_has_no_subnet_router_anycast(node):
    peer = node.link.peer()
    peer.silence(ns(peer, node.link.prefix), ICMPv6ND_NA)


@test("RFC 4291 2.6.1", on="router")
def subnet_router_anycast_is_reached(node):
    """And never answers with itself as source."""
    peer = node.link.peer()
    same(peer.ping(dst=node.link.prefix)[IPv6].src, peer.nut, "source of the reply")


def unasked(peer, **flags):
    fields = {"S": 0, "O": 1, "R": 0}
    fields.update(flags)
    peer.send(IPv6(src=peer.addr, dst=ALL_NODES, hlim=255) /
              ICMPv6ND_NA(tgt=peer.addr, **fields) / ICMPv6NDOptDstLLAddr(lladdr=peer.mac))
    peer.link.fence()


def entry(node, peer):
    return node.sh("ip -6 neigh show %s dev eth0" % peer.addr)


@test("RFC 9131 6.1.1", on="router")
def router_learns_from_an_unasked_advertisement(node):
    peer = node.link.peer()
    set_key(node, "conf/eth0/accept_untracked_na", 1)
    unasked(peer)
    out = entry(node, peer)
    true(peer.mac in out and "STALE" in out, "no STALE entry: " + out)
    since = node.link.mark()
    peer.ping()
    same(node.link.count(lambda f: ICMPv6ND_NS in f and f[IPv6].dst == solicited(peer.addr),
                         since), 0, "multicast solicitations")


@test("RFC 9131 6.1.1", on="router")
def router_does_not_learn_without_the_key(node):
    peer = node.link.peer()
    unasked(peer)
    true(peer.mac not in entry(node, peer), "an entry was made")


@test("RFC 9131 6.1.1", on="router")
def router_learns_of_its_own_prefixes_alone_where_told(node):
    near, far = node.link.peer(), node.link.peer(prefix="2001:db8:cccc::")
    set_key(node, "conf/eth0/accept_untracked_na", 2)
    unasked(near)
    unasked(far)
    true(near.mac in entry(node, near), "a neighbour of the prefix was not learned")
    true(far.mac not in entry(node, far), "a stranger was learned")


@test("RFC 9131 6.1", on="host")
def host_never_learns_from_an_unasked_advertisement(node):
    peer = node.link.peer()
    set_key(node, "conf/eth0/accept_untracked_na", 1)
    unasked(peer)
    true(peer.mac not in entry(node, peer), "an entry was made")


@test("RFC 9131 6.1.1", on="router")
def unasked_advertisement_of_a_known_neighbour_is_no_proof(node):
    """RFC 4861 7.2.5: a changed address makes it STALE."""
    peer = node.link.peer()
    set_key(node, "conf/eth0/accept_untracked_na", 1)
    peer.ping()
    peer.mac = "02:88:" + peer.mac[6:]
    unasked(peer)
    out = entry(node, peer)
    true(peer.mac in out and "STALE" in out, "not STALE with the new address: " + out)


@test("RFC 4861 7.2.6", on="host router")
def unasked_advertisements_are_dropped_where_told(node):
    peer = node.link.peer()
    peer.ping()
    set_key(node, "conf/eth0/drop_unsolicited_na", 1)
    old, peer.mac = peer.mac, "02:88:" + peer.mac[6:]
    unasked(peer)
    true(old in entry(node, peer), "the address was changed")


@test("RFC 4861 7.2.6", on="host")
def change_of_address_is_told_where_wished(node):
    """ndisc_notify: an unsolicited advertisement when an address is ours."""
    address = node.link.prefix + "7:9"
    set_key(node, "conf/eth0/ndisc_notify", 1)
    node.undo("ip addr del %s/64 dev eth0 2>/dev/null" % address)
    since = node.link.mark()
    node.sh("ip addr add %s/64 dev eth0" % address)
    got = node.link.expect(ICMPv6ND_NA, to=ALL_NODES, since=since,
                           where=lambda f: f[ICMPv6ND_NA].tgt == address)
    same((got[ICMPv6ND_NA].S, got[ICMPv6ND_NA].O), (0, 1), "flags S, O")
    same(got[ICMPv6NDOptDstLLAddr].lladdr, node.link.nut_mac, "link-layer address")
