# SPDX-License-Identifier: GPL-2.0
"""RFC 3810: Multicast Listener Discovery version 2, the listener's part; and
RFC 2710 in the presence of version 1 routers."""

import itertools
import struct

from lib import *

MLDV2_ROUTERS = "ff02::16"
IS_IN, IS_EX, TO_IN, TO_EX, ALLOW, BLOCK = range(1, 7)
ROUTER_ALERT = IPv6ExtHdrHopByHop(options=[RouterAlert(value=0), PadN(optdata=b"")])


def mld_type(frame):
    """Type and body of an MLD message behind a Hop-by-Hop header, or (None, b"")."""
    ip = frame[IPv6] if IPv6 in frame else None
    if ip is None or ip.nh != 0:
        return None, b""
    data = bytes(ip.payload)[:ip.plen]
    if data[0] != 58:
        return None, b""
    return data[8], data[8:]


def records(frame):
    """{group: (type, sources)} of a version 2 report."""
    kind, m = mld_type(frame)
    found, at = {}, 8
    if kind != 143:
        return found
    for _ in range(struct.unpack("!H", m[6:8])[0]):
        n = struct.unpack("!H", m[at + 2:at + 4])[0]
        found[text6(m[at + 4:at + 20])] = (
            m[at], [text6(m[at + 20 + 16 * i:at + 36 + 16 * i]) for i in range(n)])
        at += 20 + 16 * n
    return found


def query(peer, group="::", srcs=(), delay=100, version=2, alert=True, trailing=b"",
          dst=None, **fields):
    body = struct.pack("!BBHHH", 130, 0, 0, delay, 0) + raw6(group)
    if version == 2:
        body += struct.pack("!BBH", 2, 125, len(srcs)) + b"".join(map(raw6, srcs))
    body += trailing
    fields.setdefault("hlim", 1)
    fields.setdefault("src", peer.ll)
    ip = IPv6(dst=dst or (ALL_NODES if group == "::" else group), **fields)
    chk = in6_chksum(58, ip, body)
    body = body[:2] + struct.pack("!H", chk) + body[4:]
    if alert:
        ip = ip / ROUTER_ALERT
        ip[IPv6ExtHdrHopByHop].nh = 58
    else:
        ip.nh = 58
    return ip / Raw(body)


def node_group(node):
    """The solicited-node group of the node's address: always joined."""
    return solicited(node.link.nut)


def expect_record(node, since, group, kinds, what, timeout=None):
    got = node.link.wait(lambda f: group in records(f) and
                         records(f)[group][0] in kinds, since, timeout)
    true(got is not None, "no report: " + what)
    return got


def no_report(node, since, what):
    node.link.fence()
    time.sleep(0.5)
    got = node.link.wait(lambda f: mld_type(f)[0] in (131, 143), since, 0)
    true(got is None, "a report came: " + what)


@test("RFC 3810 6.2", on="host router")
def general_query_is_answered(node):
    peer, since = node.link.peer(), node.link.mark()
    peer.send(query(peer))
    got = expect_record(node, since, node_group(node), (IS_EX,), "general query")
    same(got[IPv6].dst, MLDV2_ROUTERS, "destination")
    same(got[IPv6].src, node.link.nut_ll, "source")
    same(got[IPv6].hlim, 1, "hop limit")
    same(bytes(got[IPv6].payload)[2:6], b"\5\2\0\0", "Router Alert")
    same(got.dst, group_mac(MLDV2_ROUTERS), "link-layer destination")
    for group in records(got):
        true(group != ALL_NODES and int(group[3], 16) > 1, "a report for " + group)


@test("RFC 3810 6.2", on="host")
def specific_query_is_answered(node):
    peer, since = node.link.peer(), node.link.mark()
    group = node_group(node)
    peer.send(query(peer, group))
    got = expect_record(node, since, group, (IS_EX,), "specific query")
    same(list(records(got)), [group], "groups of the answer")


@test("RFC 3810 6.3", on="host")
def source_query_is_answered_with_those_heard(node):
    """EXCLUDE (A) and asked for B: IS_IN (B - A).  The stock stack fails: it
    answers with its filter, IS_EX (A)."""
    peer, since = node.link.peer(), node.link.mark()
    group, srcs = node_group(node), ["2001:db8::a", "2001:db8::b"]
    peer.send(query(peer, group, srcs))
    got = expect_record(node, since, group, (IS_IN,), "source query")
    same(sorted(records(got)[group][1]), srcs, "sources")


@test("RFC 3810 6.2", on="host")
def query_for_another_group_is_silent(node):
    peer, since = node.link.peer(), node.link.mark()
    peer.send(query(peer, "ff05::4711", dst=ALL_NODES))
    no_report(node, since, "nobody listens to ff05::4711")


@test("RFC 3810 6.2", on="host")
def query_with_another_hop_limit_is_dropped(node):
    for hlim in (2, 64, 255):
        peer, since = node.link.peer(), node.link.mark()
        peer.send(query(peer, hlim=hlim))
        no_report(node, since, "hop limit %d" % hlim)


@test("RFC 3810 6.2", on="host")
def query_without_router_alert_is_dropped(node):
    peer, since = node.link.peer(), node.link.mark()
    peer.send(query(peer, alert=False))
    no_report(node, since, "no Router Alert")


@test("RFC 3810 5.1.14", on="host")
def query_from_another_source_is_dropped(node):
    peer, since = node.link.peer(), node.link.mark()
    peer.send(query(peer, src=peer.addr))
    peer.send(query(peer, src="::"))
    no_report(node, since, "source not link-local")


@test("RFC 3810 8.1", on="host")
def query_of_odd_length_is_dropped(node):
    peer, since = node.link.peer(), node.link.mark()
    packet = query(peer, version=1, trailing=b"\0\0")
    peer.send(packet)
    no_report(node, since, "26 octets")


@test("RFC 3810 5.1.12", on="host")
def additional_data_is_ignored(node):
    peer, since = node.link.peer(), node.link.mark()
    peer.send(query(peer, trailing=b"additional data."))
    expect_record(node, since, node_group(node), (IS_EX,), "with additional data")


@test("RFC 3810 5.1.15", on="host")
def query_to_a_unicast_address_is_answered(node):
    peer, since = node.link.peer(), node.link.mark()
    peer.send(query(peer, dst=node.link.nut_ll))
    expect_record(node, since, node_group(node), (IS_EX,), "unicast query")


@test("RFC 3810 6.1", on="host")
def change_of_address_is_reported(node):
    address = node.link.prefix + "ab:cd01"
    group, since = solicited(address), node.link.mark()
    node.undo("ip addr del %s/64 dev eth0 2>/dev/null" % address)
    node.sh("ip addr add %s/64 dev eth0 nodad" % address)
    expect_record(node, since, group, (TO_EX,), "address added")
    reports = itertools.count(1)
    true(node.link.wait(lambda f: group in records(f) and next(reports) == 2, since),
         "no repetition")
    since = node.link.mark()
    node.sh("ip addr del %s/64 dev eth0" % address)
    expect_record(node, since, group, (TO_IN,), "address deleted")
