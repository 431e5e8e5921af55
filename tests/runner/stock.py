# SPDX-License-Identifier: GPL-2.0
"""check-stock: what the stock stack does in the same tests, kept in
tests/stock-results.tsv, and the sample that check compares with it."""

import hashlib
import inspect
import os
import subprocess

from . import conformance, functional
from .results import FAIL, PASS, TOP, Results

TABLE = os.path.join(TOP, "tests", "stock-results.tsv")
SAMPLE = 20


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def known():
    """All tests that can run on the stock stack: name -> (hash, test)."""
    found = {}
    for s in functional.scripts():
        if functional.on_stock(s):
            with open(s.path) as f:
                found[s.name] = (digest(f.read()), s)
    for t in conformance.tests(stack="stock"):
        found[t.name] = (digest(inspect.getsource(t.fn)), t)
    return found


def table():
    """name -> [result, kernel, hash]"""
    rows = {}
    try:
        with open(TABLE) as f:
            for line in f:
                if not line.startswith("#"):
                    name, *rest = line.rstrip("\n").split("\t")
                    rows[name] = rest
    except FileNotFoundError:
        pass
    return rows


def run(names, found, results):
    scripts = [found[n][1] for n in names if n.startswith("functional/")]
    tests = [found[n][1] for n in names if n.startswith("conformance/")]
    if scripts:
        functional.functional(results, None, "stock", todo=scripts)
    if tests:
        conformance.conformance(results, None, "stock", todo=tests)


def kernel():
    image = subprocess.run(["/usr/bin/python3", "-B", "-c",
                            "import vm; print(vm.kernel_release(vm.kernel_image('6.1')))"],
                           cwd=os.path.join(TOP, "tests", "vm"), stdout=subprocess.PIPE)
    return image.stdout.decode().strip()


def update(results, pattern):
    """Runs what is new or changed (with ALL=1, all) and writes the table."""
    found, rows = known(), table()
    everything = os.environ.get("ALL") == "1"
    todo = [n for n, (h, _t) in sorted(found.items())
            if (not pattern or pattern in n) and
            (everything or pattern or n not in rows or rows[n][2] != h)]
    run(todo, found, results)
    release = kernel()
    for name, result, _s in results.rows:
        if name in found:
            rows[name] = [result, release, found[name][0]]
    with open(TABLE + ".new", "w") as f:
        f.write("# test, result on the stock stack, kernel, hash of the test\n")
        for name in sorted(set(rows) & set(found)):
            f.write("\t".join([name] + rows[name]) + "\n")
    os.rename(TABLE + ".new", TABLE)
    if not todo:
        results.add("stock/nothing-new", PASS)


def check(results):
    """The table is complete, and a sample of it is still true."""
    found, rows = known(), table()
    stale = [n + (" is missing" if n not in rows else " was changed since")
             for n, (h, _t) in sorted(found.items()) if n not in rows or rows[n][2] != h]
    results.add("stock/table-is-complete", FAIL if stale else PASS,
                "\n".join(stale[:20] + ["run make check-stock and commit tests/stock-results.tsv"]))
    fresh = [n for n in found if n in rows and rows[n][2] == found[n][0]]
    # Another sample with each change of the tests, the same for the same tests.
    seed = digest("".join(sorted(h for h, _t in found.values())))
    fresh.sort(key=lambda n: digest(seed + n))
    sample = fresh[:SAMPLE]
    got = Results(quiet=True)
    run(sample, found, got)
    again = [n for n, r, _s in got.rows if n in rows and rows[n][0] != r]
    if again:
        second = Results(quiet=True)
        run(again, found, second)
        got.rows = [r for r in got.rows if r[0] not in again] + second.rows
    for name, result, seconds in sorted(got.rows):
        want = rows[name][0] if name in rows else PASS
        results.add("stock/" + name, PASS if result == want else FAIL,
                    "the stock stack: %s, in the table: %s\n%s" % (
                        result, want, got.details.get(name, "")), seconds)
