# SPDX-License-Identifier: GPL-2.0
"""RFC 4861 section 8: redirects received by a host and sent by a router."""

import itertools

from lib import *

ECHO = ICMPv6EchoRequest(id=8, seq=1, data=b"redirect")
FAR = itertools.count(1)


def slla(peer):
    return ICMPv6NDOptSrcLLAddr(lladdr=peer.mac)


class Away:
    """A destination behind a router, as a host sees it: `via()` is the MAC
    that its reply goes to."""

    def __init__(self, node):
        self.node, self.router = node, node.link.peer()
        self.far = "2001:db8:eeee::%x" % next(FAR)
        advertise(self.router, slla(self.router), lifetime=600)
        node.until("a default route", "ip -6 route show default",
                   lambda out: self.router.ll in out)
        same(self.via(), self.router.mac, "the way before a Redirect")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        advertise(self.router, lifetime=0)
        self.node.link.fence()

    def via(self):
        link, since = self.node.link, self.node.link.mark()
        self.router.send(IPv6(src=self.far, dst=link.nut) / ECHO)
        got = link.wait(lambda f: ICMPv6EchoReply in f and f[IPv6].dst == self.far, since)
        true(got is not None, "no reply")
        self.reply = got
        return got.dst

    def redirect(self, target, sender=None, payload=None, tgt=None, dst=None, **ip):
        """From the router in use, unless told otherwise."""
        sender = sender or self.router
        fields = {"src": sender.ll, "dst": sender.nut, "hlim": 255}
        fields.update(ip)
        body = payload if payload is not None else \
            ICMPv6ND_Redirect(tgt=tgt or target.ll, dst=dst or self.far) / \
            ICMPv6NDOptDstLLAddr(lladdr=target.mac) / \
            ICMPv6NDOptRedirectedHdr(pkt=bytes(self.reply[IPv6])[:80])
        sender.send(IPv6(**fields) / body)
        self.node.link.fence()


@test("RFC 4861 8.3", logo="v6LC.2.3.1", on="host")
def redirect_without_a_link_layer_address_is_obeyed(node):
    """The host resolves the new router itself."""
    target = node.link.peer(router=1)
    with Away(node) as away:
        away.redirect(target, payload=ICMPv6ND_Redirect(tgt=target.ll, dst=away.far))
        same(away.via(), target.mac, "the way")


@test("RFC 4861 8.3", logo="v6LC.2.3.1", on="host")
def redirect_to_the_destination_itself_makes_it_on_link(node):
    with Away(node) as away:
        station = node.link.peer()
        node.link.answers[away.far] = station
        away.redirect(station, payload=ICMPv6ND_Redirect(tgt=away.far, dst=away.far) /
                      ICMPv6NDOptDstLLAddr(lladdr=station.mac))
        same(away.via(), station.mac, "the way")


@test("RFC 4861 8.3", logo="v6LC.2.3.2", on="host")
def redirect_is_for_its_destination_alone(node):
    target = node.link.peer(router=1)
    with Away(node) as away:
        away.redirect(target)
        same(away.via(), target.mac, "the way")
        away.far = "2001:db8:eeee::%x" % next(FAR)
        same(away.via(), away.router.mac, "the way of another destination")


@test("RFC 4861 8.3", on="host")
def second_redirect_comes_from_the_router_now_in_use(node):
    first, second = node.link.peer(router=1), node.link.peer(router=1)
    with Away(node) as away:
        away.redirect(first)
        same(away.via(), first.mac, "the way")
        away.redirect(second)                   # from the old one: no more in use
        same(away.via(), first.mac, "the way after a word of the first router")
        away.redirect(second, sender=first)
        same(away.via(), second.mac, "the way")


@test("RFC 4861 8.1", logo="v6LC.2.3.1", on="host")
def redirect_of_another_station_is_ignored(node):
    """Its source isn't the router in use for the destination."""
    target, stranger = node.link.peer(router=1), node.link.peer()
    with Away(node) as away:
        away.redirect(target, sender=stranger)
        same(away.via(), away.router.mac, "the way")


@test("RFC 4861 8.1", logo="v6LC.2.3.1", on="host")
def invalid_redirects_are_ignored(node):
    target = node.link.peer(router=1)
    with Away(node) as away:
        def body(tgt=target.ll, dst=away.far, **fields):
            return ICMPv6ND_Redirect(tgt=tgt, dst=dst, **fields) / \
                ICMPv6NDOptDstLLAddr(lladdr=target.mac)
        ip = IPv6(src=away.router.ll, dst=away.router.nut, hlim=255, nh=58)
        short = bytes((137, 0, 0, 0, 0, 0, 0, 0)) + raw6(target.ll) + raw6(away.far)[:15]
        short = short[:2] + in6_chksum(58, ip, short).to_bytes(2, "big") + short[4:]
        for what, args in (
                ("hop limit 254", {"hlim": 254}),
                ("a source that isn't link-local", {"src": away.router.addr}),
                ("code 1", {"payload": body(code=1)}),
                ("a wrong checksum", {"payload": body(cksum=0x1234)}),
                ("a group as destination", {"payload": body(dst="ff05::77")}),
                ("a global target that isn't the destination",
                 {"payload": body(tgt=target.addr)}),
                ("an option of length 0", {"payload": body() / Raw(bytes((2, 0)) + bytes(6))}),
                ("39 octets", {"payload": Raw(short), "nh": 58})):
            away.redirect(target, **args)
            same(away.via(), away.router.mac, "the way after a Redirect with " + what)


@test("RFC 4861 8.3", on="host")
def redirect_is_ignored_where_the_key_says_so(node):
    target = node.link.peer(router=1)
    node.sh("echo 0 > /proc/sys/net/ipv6/conf/eth0/accept_redirects")
    node.undo("echo 1 > /proc/sys/net/ipv6/conf/eth0/accept_redirects")
    with Away(node) as away:
        away.redirect(target)
        same(away.via(), away.router.mac, "the way")


@test("RFC 4861 8.3", logo="v6LC.2.3.2", on="host")
def redirect_is_given_up_with_its_router(node):
    """The new router says that it is none any more, RFC 4861 7.3.3."""
    target = node.link.peer(router=1)
    with Away(node) as away:
        away.redirect(target)
        same(away.via(), target.mac, "the way")
        target.router = 0
        target.send(IPv6(src=target.ll, dst=ALL_NODES, hlim=255) /
                    ICMPv6ND_NA(tgt=target.ll, R=0, S=0, O=1) /
                    ICMPv6NDOptDstLLAddr(lladdr=target.mac))
        node.link.fence()
        same(away.via(), away.router.mac, "the way")


@test("RFC 4861 8.2", on="router")
def router_ignores_redirects(node):
    """It learns no routes by them."""
    gateway, target = node.a.peer(router=1), node.a.peer(router=1)
    far = "2001:db8:eeee::%x" % next(FAR)
    node.sh("ip -6 route add %s/128 via %s dev eth0" % (far, gateway.ll))
    node.undo("ip -6 route del %s/128" % far)

    def via():
        since = node.a.mark()
        gateway.send(IPv6(src=far, dst=node.a.nut) / ECHO)
        got = node.a.wait(lambda f: ICMPv6EchoReply in f and f[IPv6].dst == far, since)
        true(got is not None, "no reply")
        return got.dst
    same(via(), gateway.mac, "the way")
    gateway.send(IPv6(src=gateway.ll, dst=gateway.nut, hlim=255) /
                 ICMPv6ND_Redirect(tgt=target.ll, dst=far) /
                 ICMPv6NDOptDstLLAddr(lladdr=target.mac))
    node.a.fence()
    same(via(), gateway.mac, "the way after a Redirect")


@test("RFC 4861 8.2", logo="v6LC.2.3.3", on="router")
def redirect_to_a_better_router_is_sent(node):
    src, better = node.a.peer(), node.a.peer(router=1)
    far = "2001:db8:eeee::%x" % next(FAR)
    node.sh("ip -6 route add %s/128 via %s dev eth0" % (far, better.ll))
    node.undo("ip -6 route del %s/128" % far)
    since = node.a.mark()
    packet = IPv6(src=src.addr, dst=far, hlim=9) / ECHO
    src.send(packet)
    got = node.a.expect(ICMPv6ND_Redirect, to=src, since=since)
    same((got[ICMPv6ND_Redirect].tgt, got[ICMPv6ND_Redirect].dst), (better.ll, far),
         "target and destination")
    same((got[IPv6].src, got[IPv6].hlim), (node.a.nut_ll, 255), "source and hop limit")
    same(got[IPv6].dst, src.addr, "destination of the message")
    true(len(bytes(got[IPv6])) <= 1280, "longer than 1280 octets")
    check_sum(got)
    true(ICMPv6NDOptRedirectedHdr in got, "no Redirected Header")
    quoted = bytes(got[ICMPv6NDOptRedirectedHdr].pkt)
    same(quoted[8:40], bytes(packet)[8:40], "addresses of the quoted packet")
    forwarded = node.a.wait(lambda f: ICMPv6EchoRequest in f and f[IPv6].dst == far and
                            f.dst == better.mac, since)
    true(forwarded is not None, "the packet itself was not forwarded")


@test("RFC 4861 8.2", logo="v6LC.2.3.3", on="router")
def redirect_is_not_sent(node):
    """To who isn't a neighbour, to one that goes elsewhere, about a group."""
    src, dst, other = node.a.peer(), node.a.peer(), node.b.peer()
    src.silence(IPv6(src="2001:db8:dddd::1", dst=dst.addr) / ECHO, ICMPv6ND_Redirect)
    since = node.a.mark()
    node.a.fence()
    same(node.a.count(lambda f: ICMPv6ND_Redirect in f and f[IPv6].dst == "2001:db8:dddd::1",
                      since), 0, "Redirects to a station that is no neighbour")
    src.silence(IPv6(dst=other.addr) / ECHO, ICMPv6ND_Redirect)
    src.silence(IPv6(dst="ff05::4712", hlim=5) / ECHO, ICMPv6ND_Redirect)


@test("RFC 4861 8.2", on="router")
def redirects_are_limited(node):
    src, dst = node.a.peer(), node.a.peer()
    since = node.a.mark()
    for _ in range(60):
        src.send(IPv6(dst=dst.addr) / ECHO)
    node.a.fence()
    got = node.a.count(ours(ICMPv6ND_Redirect, src), since)
    true(1 <= got <= 30, "%d Redirects for 60 packets" % got)
