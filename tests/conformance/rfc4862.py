# SPDX-License-Identifier: GPL-2.0
"""RFC 4862: address autoconfiguration and duplicate address detection."""

import itertools

from lib import *

PREFIXES = itertools.count(1)


def prefix_option(prefix, valid=3600, preferred=1800, length=64, auto=1, onlink=1):
    return ICMPv6NDOptPrefixInfo(prefix=prefix, prefixlen=length, L=onlink, A=auto,
                                 validlifetime=valid, preferredlifetime=preferred)


def new_prefix():
    return "2001:db8:a:%x::" % next(PREFIXES)


def solicits(address):
    return lambda f: ICMPv6ND_NS in f and f[ICMPv6ND_NS].tgt == address and f[IPv6].src == "::"


def remove(node, address):
    node.undo("ip -6 addr del %s/64 dev eth0 2>/dev/null" % address)


@test("RFC 4862 5.5.3", logo="v6LC.3.2.1", on="host")
def prefix_becomes_an_address(node):
    peer, prefix = node.link.peer(), new_prefix()
    address = eui64(node.link.nut_mac, prefix)
    remove(node, address)
    since = node.link.mark()
    advertise(peer, prefix_option(prefix, 3600, 1800))
    dad = node.link.wait(solicits(address), since)
    true(dad is not None, "no duplicate address detection")
    out = node.until("the address", "ip -6 -o addr show dev eth0",
                     lambda out: any(address in l and "tentative" not in l
                                     for l in out.split("\n")))
    line = next(l for l in out.split("\n") if address in l)
    valid = int(line.split("valid_lft ")[1].split("sec")[0])
    preferred = int(line.split("preferred_lft ")[1].split("sec")[0])
    true(3540 <= valid <= 3600, "valid lifetime %d" % valid)
    true(1740 <= preferred <= 1800, "preferred lifetime %d" % preferred)
    same(peer.ping(dst=address)[IPv6].src, address, "source of the reply")


@test("RFC 4862 5.5.3", on="host")
def prefix_without_the_flag_becomes_no_address(node):
    peer, prefix, good = node.link.peer(), new_prefix(), new_prefix()
    remove(node, eui64(node.link.nut_mac, good))
    advertise(peer, prefix_option(prefix, auto=0), prefix_option(good))
    out = node.until("the good prefix", "ip -6 -o addr show dev eth0", lambda out: good[:-1] in out)
    true(prefix[:-1] not in out, "an address was made")


@test("RFC 4862 5.5.3", on="host")
def bad_prefixes_become_no_address(node):
    """Link-local, preferred above valid, valid of 0, a length that leaves no
    room for the identifier."""
    peer, good = node.link.peer(), new_prefix()
    long, zero, other = new_prefix(), new_prefix(), new_prefix()
    remove(node, eui64(node.link.nut_mac, good))
    advertise(peer, prefix_option("fe80:1::"), prefix_option(long, 100, 200),
              prefix_option(zero, 0, 0), prefix_option(other, length=72), prefix_option(good))
    out = node.until("the good prefix", "ip -6 -o addr show dev eth0", lambda out: good[:-1] in out)
    for prefix in (long, zero, other, "fe80:1:"):
        true(prefix[:-1] not in out, "an address was made of " + prefix)


@test("RFC 4862 5.5.3", logo="v6LC.3.2.3", on="host")
def two_prefixes_become_two_addresses(node):
    peer, one, two = node.link.peer(), new_prefix(), new_prefix()
    for prefix in (one, two):
        remove(node, eui64(node.link.nut_mac, prefix))
    advertise(peer, prefix_option(one), prefix_option(two))
    node.until("both", "ip -6 -o addr show dev eth0",
               lambda out: one[:-1] in out and two[:-1] in out)


@test("RFC 4862 5.5.3", logo="v6LC.3.2.4", on="host")
def short_valid_lifetime_cuts_to_two_hours(node):
    peer, prefix = node.link.peer(), new_prefix()
    address = eui64(node.link.nut_mac, prefix)
    remove(node, address)

    def lifetime():
        out = node.sh("ip -6 -o addr show dev eth0")
        line = [l for l in out.split("\n") if address in l]
        return int(line[0].split("valid_lft ")[1].split("sec")[0]) if line else 0
    advertise(peer, prefix_option(prefix, 20000, 10000))
    node.until("the address", "ip -6 -o addr show dev eth0", lambda out: address in out)
    advertise(peer, prefix_option(prefix, 60, 30))
    node.link.fence()
    got = lifetime()
    true(7100 <= got <= 7200, "valid lifetime %d after one of 60 s was advertised" % got)
    advertise(peer, prefix_option(prefix, 9000, 4000))
    node.link.fence()
    got = lifetime()
    true(8900 <= got <= 9000, "valid lifetime %d after one of 9,000 s was advertised" % got)


@test("RFC 4862 5.4.2", logo="v6LC.3.1.1", on="host router")
def added_address_is_probed(node):
    address = node.link.prefix + "dad:1"
    node.undo("ip -6 addr del %s/64 dev eth0 2>/dev/null" % address)
    since = node.link.mark()
    node.sh("ip -6 addr add %s/64 dev eth0" % address)
    got = node.link.wait(solicits(address), since)
    true(got is not None, "no duplicate address detection")
    same(got[IPv6].dst, solicited(address), "destination")
    same(got[IPv6].hlim, 255, "hop limit")
    true(ICMPv6NDOptSrcLLAddr not in got, "a source link-layer address is there")
    check_sum(got)
    node.until("the end of it", "ip -6 -o addr show dev eth0 tentative",
               lambda out: address not in out)
    node.link.peer().ping(dst=address)
    same(node.link.count(solicits(address), since), 1, "probes")


def slow_dad(node):
    """A loaded tester needs longer than RetransTimer's second to answer a probe."""
    key = "net.ipv6.neigh.eth0.retrans_time_ms"
    node.undo("sysctl -qw %s=1000" % key)
    node.sh("sysctl -qw %s=5000" % key)


@test("RFC 4862 5.4.3", logo="v6LC.3.1.2", on="host router")
def solicitation_of_another_shows_a_duplicate(node):
    address = node.link.prefix + "dad:2"
    slow_dad(node)
    node.undo("ip -6 addr del %s/64 dev eth0 2>/dev/null" % address)
    peer = node.link.peer()
    since = node.link.mark()
    node.sh("ip -6 addr add %s/64 dev eth0" % address)
    true(node.link.wait(solicits(address), since), "no duplicate address detection")
    peer.send(IPv6(src="::", dst=solicited(address), hlim=255) / ICMPv6ND_NS(tgt=address))
    node.until("dadfailed", "ip -6 -o addr show dev eth0",
               lambda out: any(address in l and "dadfailed" in l for l in out.split("\n")) or
               address not in out)
    peer.silence(IPv6(src=peer.addr, dst=solicited(address), hlim=255) /
                 ICMPv6ND_NS(tgt=address) / ICMPv6NDOptSrcLLAddr(lladdr=peer.mac), ICMPv6ND_NA)


@test("RFC 4862 5.4.4", logo="v6LC.3.1.2", on="host router")
def advertisement_of_another_shows_a_duplicate(node):
    address = node.link.prefix + "dad:3"
    slow_dad(node)
    node.undo("ip -6 addr del %s/64 dev eth0 2>/dev/null" % address)
    peer = node.link.peer()
    since = node.link.mark()
    node.sh("ip -6 addr add %s/64 dev eth0" % address)
    true(node.link.wait(solicits(address), since), "no duplicate address detection")
    peer.send(IPv6(src=address, dst=ALL_NODES, hlim=255) / ICMPv6ND_NA(tgt=address, S=0, O=1, R=0) /
              ICMPv6NDOptDstLLAddr(lladdr=peer.mac))
    node.until("dadfailed", "ip -6 -o addr show dev eth0",
               lambda out: any(address in l and "dadfailed" in l for l in out.split("\n")) or
               address not in out)


@test("RFC 4862 5.4.3", logo="v6LC.3.1.3", on="host")
def invalid_solicitation_shows_no_duplicate(node):
    address = node.link.prefix + "dad:4"
    node.undo("ip -6 addr del %s/64 dev eth0 2>/dev/null" % address)
    peer = node.link.peer()
    since = node.link.mark()
    node.sh("ip -6 addr add %s/64 dev eth0" % address)
    true(node.link.wait(solicits(address), since), "no duplicate address detection")
    group = solicited(address)
    for packet in (IPv6(src="::", dst=group, hlim=254) / ICMPv6ND_NS(tgt=address),
                   IPv6(src="::", dst=group, hlim=255) / ICMPv6ND_NS(tgt=address, code=1),
                   IPv6(src="::", dst=group, hlim=255) / ICMPv6ND_NS(tgt=address) /
                   ICMPv6NDOptSrcLLAddr(lladdr=peer.mac),
                   IPv6(src=peer.addr, dst=group, hlim=255) / ICMPv6ND_NS(tgt=address)):
        peer.send(packet)
    node.until("the address to become usable", "ip -6 -o addr show dev eth0",
               lambda out: any(address in l and "tentative" not in l and "dadfailed" not in l
                               for l in out.split("\n")))
    peer.ping(dst=address)


@test("RFC 4862 5.4", on="host")
def tentative_address_is_not_answered_for(node):
    address = node.link.prefix + "dad:5"
    node.undo("ip -6 addr del %s/64 dev eth0 2>/dev/null" % address)
    node.sh("echo 3 > /proc/sys/net/ipv6/conf/eth0/dad_transmits")
    node.undo("echo 1 > /proc/sys/net/ipv6/conf/eth0/dad_transmits")
    peer = node.link.peer()
    since = node.link.mark()
    node.sh("ip -6 addr add %s/64 dev eth0" % address)
    true(node.link.wait(solicits(address), since), "no duplicate address detection")
    peer.silence(IPv6(src=peer.addr, dst=solicited(address), hlim=255) /
                 ICMPv6ND_NS(tgt=address) / ICMPv6NDOptSrcLLAddr(lladdr=peer.mac), ICMPv6ND_NA)




@test("RFC 4862 5.4", on="host")
def packet_to_a_tentative_address_is_dropped(node):
    address, peer = node.link.prefix + "dad:6", node.link.peer()
    slow_dad(node)
    node.undo("ip -6 addr del %s/64 dev eth0 2>/dev/null" % address)
    since = node.link.mark()
    node.sh("ip -6 addr add %s/64 dev eth0" % address)
    true(node.link.wait(solicits(address), since), "no duplicate address detection")
    peer.silence(IPv6(dst=address) / ICMPv6EchoRequest(id=5, seq=1, data=b"tentative"))
    node.until("the end of it", "ip -6 -o addr show dev eth0 tentative",
               lambda out: address not in out)
    peer.ping(dst=address)


@test("RFC 4862 5.4.5", on="host")
def packet_to_a_duplicate_address_is_dropped(node):
    address, peer = node.link.prefix + "dad:7", node.link.peer()
    slow_dad(node)
    node.undo("ip -6 addr del %s/64 dev eth0 2>/dev/null" % address)
    since = node.link.mark()
    node.sh("ip -6 addr add %s/64 dev eth0" % address)
    true(node.link.wait(solicits(address), since), "no duplicate address detection")
    peer.send(IPv6(src="::", dst=solicited(address), hlim=255) / ICMPv6ND_NS(tgt=address))
    node.until("dadfailed", "ip -6 -o addr show dev eth0",
               lambda out: any(address in l and "dadfailed" in l for l in out.split("\n")) or
               address not in out)
    peer.silence(IPv6(dst=address) / ICMPv6EchoRequest(id=5, seq=1, data=b"duplicate"))
