# SPDX-License-Identifier: GPL-2.0
"""For the Python tests beside this file: TAP, namespaces, and waiting.

A test makes a Net, which is two namespaces joined by veth e0 with
2001:db8::1 and 2001:db8::2 (and 192.0.2.1, .2); `with net.h:` runs what is in
the block in that namespace, so that sockets are made there."""
import ctypes
import os
import socket
import struct
import subprocess
import sys
import threading
import time
import traceback

CLONE_NEWNET = 0x40000000
libc = ctypes.CDLL(None, use_errno=True)
results = []
lock = threading.Lock()


def ok(good, text, detail=""):
    with lock:
        results.append(bool(good))
        print("%sok %d - %s" % ("" if good else "not ", len(results), text))
        if not good and detail != "":
            for line in str(detail).splitlines():
                print("#   " + line)
        sys.stdout.flush()


def eq(got, want, text):
    ok(got == want, text, "got %r, expected %r" % (got, want))


def refused(number, text, call, *args):
    """The call fails with this errno."""
    try:
        got = call(*args)
    except OSError as e:
        ok(e.errno == number, text, "errno %s, expected %d" % (e, number))
        return
    ok(False, text, "returned %r" % (got,))


def until(condition, seconds=5.0):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


class Ns:
    """A namespace of the test's own; of this thread inside `with`."""

    def __init__(self, name):
        self.name = name
        subprocess.run(["ip", "netns", "add", name], check=True)
        self.fd = os.open("/run/netns/" + name, os.O_RDONLY)

    def __enter__(self):
        self.old = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
        if libc.setns(self.fd, CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), "setns")
        return self

    def __exit__(self, *_):
        libc.setns(self.old, CLONE_NEWNET)
        os.close(self.old)

    def ip(self, commands):
        subprocess.run(["ip", "-n", self.name, "-b", "-"], check=True, text=True,
                       input=commands)

    def sysctl(self, key, value=None):
        with self:
            path = "/proc/thread-self/net/../../../sys/" + key
            path = "/proc/sys/" + key
            if value is None:
                with open(path) as f:
                    return f.read().strip()
            with open(path, "w") as f:
                f.write(str(value))

    def read(self, path):
        """/proc/net/... of this namespace."""
        with self, open(path.replace("/proc/net", "/proc/thread-self/net")) as f:
            return f.read()


class Net:
    def __init__(self, tag):
        self.h, self.r = Ns(tag + "h"), Ns(tag + "r")
        subprocess.run(["ip", "link", "add", "e0", "netns", self.h.name, "type",
                        "veth", "peer", "name", "e0", "netns", self.r.name],
                       check=True)
        for ns, n in ((self.h, 1), (self.r, 2)):
            ns.ip("link set lo up\nlink set e0 up\n"
                  "addr add 2001:db8::%d/64 dev e0 nodad\n"
                  "addr add 192.0.2.%d/24 dev e0\n" % (n, n))

    def close(self):
        for ns in (self.h, self.r):
            os.close(ns.fd)
            subprocess.run(["ip", "netns", "del", ns.name])


def main(tag, tests):
    """Runs test(net) of each, and prints the plan."""
    status = 0
    net = Net(tag)
    try:
        for test in tests:
            try:
                test(net)
            except Exception:
                ok(False, test.__name__ + " ended early", traceback.format_exc())
    finally:
        net.close()
        print("1..%d" % len(results))
    return 0 if results and all(results) else 1
