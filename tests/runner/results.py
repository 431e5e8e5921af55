# SPDX-License-Identifier: GPL-2.0
"""What every part of the tests returns, and how it is shown."""

import os
import sys
import threading
import time

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CACHE = os.environ.get("US6_CACHE") or os.path.expanduser("~/.cache/us6")

PASS, FAIL, SKIP = "pass", "fail", "skip"


class Results:
    """Counts and prints each result as it comes, one TAP line each."""

    def __init__(self, quiet=False):
        self.lock = threading.Lock()
        self.rows = []          # (name, result, seconds)
        self.details = {}
        self.quiet = quiet

    def add(self, name, result, detail="", seconds=0.0):
        with self.lock:
            self.rows.append((name, result, seconds))
            self.details[name] = detail
            if self.quiet:
                return
            n = len(self.rows)
            line = "%s %d - %s" % ("not ok" if result == FAIL else "ok", n, name)
            if result == SKIP:
                line += " # SKIP " + (detail.split("\n")[0] or "no reason given")
            print(line)
            if result == FAIL and detail:
                for text in detail.rstrip("\n").split("\n"):
                    print("# " + text)
            sys.stdout.flush()

    def count(self, result):
        return sum(1 for row in self.rows if row[1] == result)

    def last_line(self):
        text = "%d passed, %d failed" % (self.count(PASS), self.count(FAIL))
        if self.count(SKIP):
            text += ", %d skipped" % self.count(SKIP)
        return text


class Progress:
    """A line on standard error whenever nothing else came for a while."""

    def __init__(self, label):
        self.label = label
        self.start = time.monotonic()
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def _run(self):
        while not self.stop.wait(30):
            print("# %s: %d s" % (self.label, time.monotonic() - self.start), flush=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()


def picked(name, pattern):
    """TEST= picks by a part of the name; several are separated by commas."""
    return not pattern or any(p in name for p in pattern.split(",") if p)
