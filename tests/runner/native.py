# SPDX-License-Identifier: GPL-2.0
"""check-unit and check-fuzz: PURE files in user space."""

import glob
import os
import subprocess
import time

from .results import FAIL, PASS, TOP, picked

RUNS = 20000            # of each fuzzer, from a fixed seed
OUT = os.path.join(TOP, "build", "native")
INCLUDES = ["-I" + os.path.join(TOP, d)
            for d in ("tests/unit/include", "tests/unit", "include")]
WARN = ["-Wall", "-Wextra", "-Wno-unused-parameter", "-Wno-sign-compare"]
SANITIZE = "-fsanitize=address,undefined"
ENV = dict(os.environ, ASAN_OPTIONS="detect_leaks=1:abort_on_error=0",
           UBSAN_OPTIONS="print_stacktrace=1:halt_on_error=1")


def sources(path):
    """The PURE files that a test's first line names."""
    with open(path) as f:
        first = f.readline()
    if not first.startswith("// SRC:"):
        raise ValueError("%s: the first line is not '// SRC: ...'" % path)
    return [os.path.join(TOP, s) for s in first.split(":", 1)[1].split()]


def sh(args, limit):
    try:
        p = subprocess.run(args, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                           stdin=subprocess.DEVNULL, timeout=limit, cwd=TOP, env=ENV)
        return p.returncode, p.stdout.decode(errors="replace")
    except subprocess.TimeoutExpired as e:
        return 124, (e.stdout or b"").decode(errors="replace") + "\ntime limit of %d s" % limit


def build(compiler, path, out, extra):
    os.makedirs(OUT, exist_ok=True)
    return sh([compiler, "-std=gnu11", "-g", "-O1", "-fno-omit-frame-pointer"] + extra +
              WARN + INCLUDES + [path] + sources(path) + ["-o", out], 300)


def one(results, part, path, compiler, extra, command, limit):
    name = part + "/" + os.path.basename(path)[:-2].split("_", 1)[1]
    out = os.path.join(OUT, os.path.basename(path)[:-2])
    start = time.monotonic()
    try:
        status, text = build(compiler, path, out, extra)
        if not status:
            status, text = sh(command(out), limit)
    except (OSError, ValueError) as e:
        status, text = 1, str(e)
    results.add(name, FAIL if status else PASS,
                "\n".join(text.split("\n")[-60:]), time.monotonic() - start)


def unit(results, pattern):
    for path in sorted(glob.glob(os.path.join(TOP, "tests/unit/test_*.c"))):
        if picked(path, pattern):
            one(results, "unit", path, "gcc", [SANITIZE, "-fno-sanitize-recover=all"],
                lambda out: [out], 120)


def fuzz(results, pattern):
    for path in sorted(glob.glob(os.path.join(TOP, "tests/fuzz/fuzz_*.c"))):
        if not picked(path, pattern):
            continue
        name = os.path.basename(path)[5:-2]
        corpus = os.path.join(TOP, "tests/fuzz/corpus", name)
        # New inputs go to the first folder; the corpus is only read.
        found = os.path.join(OUT, "found-" + name)
        os.makedirs(found, exist_ok=True)
        runs = os.environ.get("RUNS", str(RUNS))
        folders = [found] + ([corpus] if os.path.isdir(corpus) else [])
        one(results, "fuzz", path, "clang",
            ["-fsanitize=fuzzer,address,undefined", "-fno-sanitize-recover=all",
             "-Wno-gnu-statement-expression"],
            lambda out: [out, "-seed=6", "-runs=" + runs, "-print_final_stats=0",
                         "-artifact_prefix=%s/" % OUT] + folders, 300)
