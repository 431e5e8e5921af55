# SPDX-License-Identifier: GPL-2.0
"""usage: runner PART...

Parts: build static unit fuzz functional conformance stock-update stock-check
smoke debug.  The environment has TEST, STACK and KERNEL as make has them.  The
last line counts what passed and failed."""

import os
import signal
import sys
import time

from . import conformance, functional, native, static, stock
from .results import Results

# Of the conformance tests, what the other kernel is tried with.
SMOKE = ("echo-request-is-answered", "solicitation-is-answered", "fragments-in-order",
         "hop-limit-is-counted-down", "prefix-becomes-an-address", "closed-port",
         "advertised-router-becomes", "packet-too-big-is")


def smoke(results, pattern):
    """The other kernel: functional scripts with a `# smoke` line, and SMOKE."""
    options = ["--kernel", "6.12"]
    mine = Results(quiet=True)

    class Named:
        """Results under the other kernel's name."""
        rows = mine.rows
        count = staticmethod(mine.count)

        @staticmethod
        def add(name, result, detail="", seconds=0.0):
            mine.add(name, result, detail, seconds)
            results.add("6.12/" + name, result, detail, seconds)
    functional.functional(Named, None, "us6", more=options,
                          todo=[s for s in functional.scripts(pattern) if s.smoke])
    conformance.conformance(Named, None, "us6", options,
                            todo=[t for t in conformance.tests(pattern)
                                  if any(s in t.name for s in SMOKE)])


def debug(results, pattern):
    """All in the debug kernel, which is slow and reports what others hide."""
    os.environ["US6_SLOW"] = "4"
    options = ["--kernel", "debug", "--mem", "2048", "--boot-timeout", "300"]
    functional.functional(results, pattern, "us6", 4, more=options)
    conformance.conformance(results, pattern, "us6", options)


def part(name, results, pattern, stack):
    if name == "build":
        # The wanted kernel last: ./us6.ko is its.
        for kernel in ("6.12", "6.1"):
            static.build(results, kernel)
    elif name == "static":
        static.scripts(results, pattern)
    elif name in ("unit", "fuzz"):
        getattr(native, name)(results, pattern)
    elif name == "functional":
        functional.functional(results, pattern, stack)
    elif name == "conformance":
        conformance.conformance(results, pattern, stack)
    elif name == "stock-update":
        stock.update(results, pattern)
    elif name == "stock-check":
        stock.check(results)
    elif name == "smoke":
        smoke(results, pattern)
    elif name == "debug":
        debug(results, pattern)
    else:
        raise SystemExit("runner: unknown part '%s'" % name)


def main(argv):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    pattern = os.environ.get("TEST", "")
    stack = os.environ.get("STACK") or "us6"
    results = Results()
    times = []
    for name in argv:
        print("# part %s" % name, flush=True)
        start = time.monotonic()
        part(name, results, pattern, stack)
        times.append((name, (time.monotonic() - start) / 60))
        print("# %s took %.1f minutes" % times[-1], flush=True)
    for name, minutes in times:
        print("# %-14s %5.1f minutes" % (name, minutes))
    if not results.rows:
        print("# no test has '%s' in its name" % pattern)
    print(results.last_line(), flush=True)
    return 1 if results.count("fail") or not results.rows else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
