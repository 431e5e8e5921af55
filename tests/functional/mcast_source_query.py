#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-2.0
# Who excludes one source and is asked for it and another listens to the other:
# IS_IN ({B}), RFC 3810 section 6.3.  The stock stack
# fails: it answers a query for sources of an EXCLUDE filter with its filter.
# needs: 1cpu
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from lib import eq, main  # noqa: E402
from mcast_groups import MCAST_BLOCK_SOURCE, S1, S2, Wire, join, source, udp  # noqa: E402


def excluded(net):
    w, s = Wire(net), udp(net.h)
    g = "ff05::1:4"
    join(net.h, s, g)
    w.messages(2.5)
    source(net.h, s, MCAST_BLOCK_SOURCE, g, S1)
    w.messages(3)
    w.query(g, [S1, S2])
    eq(w.messages(2, g, 1), [("IS_IN", g, [S2])], "asked for it and another: the other")
    s.close()


sys.exit(main("msq", [excluded]))
