# SPDX-License-Identifier: GPL-2.0
"""usage: runner PART...   parts in order: unit fuzz functional conformance
stock-sample smoke; the environment's TEST, STACK and KERNEL as make has them.
The last line counts what passed and failed."""

import os
import sys
import time

from .results import Results


def part(name, results, pattern, stack):
    if name in ("unit", "fuzz"):
        from . import native
        getattr(native, name)(results, pattern)
    elif name == "functional":
        from . import functional
        functional.functional(results, pattern, stack)
    elif name == "conformance":
        from . import conformance
        conformance.conformance(results, pattern, stack)
    else:
        raise SystemExit("runner: unknown part '%s'" % name)


def main(argv):
    pattern = os.environ.get("TEST", "")
    stack = os.environ.get("STACK") or "us6"
    results = Results()
    times = []
    for name in argv:
        print("# part %s" % name, flush=True)
        start = time.monotonic()
        part(name, results, pattern, stack)
        times.append((name, (time.monotonic() - start) / 60))
    for name, minutes in times:
        print("# %-14s %5.1f minutes" % (name, minutes))
    if not results.rows:
        print("# no test has '%s' in its name" % pattern)
    print(results.last_line(), flush=True)
    return 1 if results.count("fail") or not results.rows else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
