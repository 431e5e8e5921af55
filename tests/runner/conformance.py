# SPDX-License-Identifier: GPL-2.0
"""check-conformance: tests/conformance against one VM with many NICs, each
node of it in a namespace, a thread of the tester for each node."""

import glob
import importlib
import os
import shlex
import sys
import tempfile
import threading
import time
import traceback

from .machine import Broken, Machine
from .results import FAIL, PASS, SKIP, TOP, Progress, picked

FOLDER = os.path.join(TOP, "tests", "conformance")
HOSTS, ROUTERS = 6, 5


def slow():
    """By how much longer than elsewhere all takes in this kernel."""
    return float(os.environ.get("US6_SLOW", "1"))


def load():
    if FOLDER not in sys.path:
        sys.path.insert(0, FOLDER)
    lib = importlib.import_module("lib")
    if not lib.TESTS:
        for path in sorted(glob.glob(FOLDER + "/*.py")):
            name = os.path.basename(path)[:-3]
            if name != "lib":
                importlib.import_module(name)
    return lib


def tests(pattern=None, stack="us6"):
    return [t for t in load().TESTS if picked(t.name, pattern) and stack in t.stacks]


class Rig:
    """The VM, its wires and its nodes."""

    def __init__(self, lib, stack, options=()):
        self.dir = tempfile.mkdtemp(prefix="us6-wires-")
        self.links, nics = [], []
        self.vm = None
        for i in range(HOSTS + 2 * ROUTERS):
            mine, theirs = "%s/t%d" % (self.dir, i), "%s/g%d" % (self.dir, i)
            mac = "52:54:00:06:00:%02x" % i
            self.links.append(lib.Link(mine, theirs, mac))
            nics += ["--nic", "dgram:%s:%s,mac=%s" % (theirs, mine, mac)]
        try:
            self.vm = Machine("conformance", ["--stack", stack, "--mem", "768"] +
                              list(options) + nics)
            status, out = self.vm.run([FOLDER + "/guest.sh", str(HOSTS), str(ROUTERS)],
                                      180 * slow())
            if status:
                raise Broken("the nodes could not be set up:\n" + out +
                             (self.vm.news() or ""))
        except Broken:
            self.close()
            raise
        self.nodes = []
        for i in range(HOSTS):
            self.add(lib, "h%d" % i, "host", [(self.links[i], 100 + i)])
        for i in range(ROUTERS):
            at = HOSTS + 2 * i
            self.add(lib, "r%d" % i, "router", [(self.links[at], 200 + i),
                                                (self.links[at + 1], 300 + i)])

    def add(self, lib, name, kind, links):
        for link, net in links:
            link.prefix = "2001:db8:%d::" % net
            link.nut = link.prefix + "1"
        self.nodes.append(lib.Node(name, kind, [l for l, _n in links], self.guest))

    def guest(self, ns, command):
        return self.vm.run(["ip", "netns", "exec", ns, "sh", "-c", command], 60 * slow())

    def close(self):
        wrong = self.vm.stop() if self.vm else None
        for link in self.links:
            link.close()
        for path in glob.glob(self.dir + "/*"):
            os.unlink(path)
        os.rmdir(self.dir)
        return wrong


def run_one(lib, test, node):
    try:
        test.fn(node)
        return PASS, ""
    except lib.Skipped as e:
        return SKIP, str(e)
    except lib.Failed as e:
        line = [f for f in traceback.extract_tb(sys.exc_info()[2])
                if f.filename == test.fn_file]
        at = "%s:%d" % (os.path.relpath(line[-1].filename, TOP), line[-1].lineno) if line else ""
        return FAIL, "%s: %s: %s" % (test.section, at, e)
    except Exception:                       # noqa: BLE001  a bug of the test
        return FAIL, traceback.format_exc()
    finally:
        node.clean()


def conformance(results, pattern, stack, options=(), todo=None):
    lib = load()
    todo = tests(pattern, stack) if todo is None else list(todo)
    if not todo:
        return
    try:
        rig = Rig(lib, stack, options)
    except Broken as e:
        for t in todo:
            results.add(t.name, FAIL, str(e))
        return
    try:
        spread(lib, results, rig, todo)
        news = rig.vm.news()
    finally:
        wrong = rig.close()
    if news or wrong:
        results.add("conformance/console", FAIL, news or wrong)


def spread(lib, results, rig, todo):
    """Each node takes the next test of its kind until none is left."""
    lock = threading.Lock()
    gone = threading.Event()

    def work(node):
        while True:
            with lock:
                mine = next((t for t in todo if t.kind == node.kind), None)
                if mine is None:
                    return
                todo.remove(mine)
            start = time.monotonic()
            if gone.is_set():
                results.add(mine.name, FAIL, "the VM was gone")
                continue
            result, detail = run_one(lib, mine, node)
            results.add(mine.name, result, detail, time.monotonic() - start)
            if result == FAIL and not gone.is_set() and rig.vm.run(["true"], 30 * slow())[0]:
                gone.set()

    with Progress("conformance"):
        threads = [threading.Thread(target=work, args=(n,), daemon=True) for n in rig.nodes]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
