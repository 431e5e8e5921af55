#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-2.0
# A socket whose connect to a mapped address was refused is as it was before
# (RFC 3493 section 3.7 makes no difference between the two): the next connect
# may be native.  The stock stack fails: it goes on to send by IPv4.
# needs: 1cpu
import errno
import os
import socket
import struct
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from lib import main, ok, refused  # noqa: E402


def again(net):
    with net.r:
        srv = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
    srv.settimeout(5)
    srv.bind(("::", 0))
    srv.listen(4)
    with net.h:
        c = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
    # Blocking in the kernel, with an end.
    c.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", 5, 0))
    refused(errno.ECONNREFUSED, "mapped, nobody there", c.connect,
            ("::ffff:192.0.2.2", 9))
    try:
        c.connect(("2001:db8::2", srv.getsockname()[1]))
        s = srv.accept()[0]
        s.settimeout(5)
        c.sendall(b"native")
        ok(s.recv(6) == b"native", "a native connect of the same socket")
        s.close()
    except OSError as e:
        ok(False, "a native connect of the same socket", e)
    c.close()
    srv.close()


sys.exit(main("tmn", [again]))
