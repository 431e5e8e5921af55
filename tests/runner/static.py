# SPDX-License-Identifier: GPL-2.0
"""Builds for both kernels with all warnings, and the host's own checks:
tests/static/*.sh, each one test that needs no VM."""

import glob
import os
import re
import subprocess
import time

from .results import FAIL, PASS, TOP, picked


def sh(command, limit=1200):
    try:
        p = subprocess.run(command, shell=True, cwd=TOP, stdin=subprocess.DEVNULL,
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=limit)
        return p.returncode, p.stdout.decode(errors="replace")
    except subprocess.TimeoutExpired as e:
        return 124, (e.stdout or b"").decode(errors="replace") + "\ntime limit"


def build(results, kernel):
    """W=1 and sparse; what the compiler, sparse or modpost say about our files fails."""
    start = time.monotonic()
    kdir = subprocess.run([TOP + "/scripts/kernel-dir", kernel],
                          stdout=subprocess.PIPE).stdout.decode().strip()
    jobs = os.cpu_count() or 1
    status, text = sh("make -j%d KERNEL=%s KDIR=%s W=1 C=1 modules probe-modules" %
                      (jobs, kernel, kdir))
    said = [l for l in text.split("\n") if re.search(r"(warning|error):|WARNING: modpost", l)]
    results.add("build/%s" % kernel, FAIL if status or said else PASS,
                "\n".join(said[:30]) if said else text[-3000:], time.monotonic() - start)
    return status == 0


def scripts(results, pattern):
    for path in sorted(glob.glob(TOP + "/tests/static/*.sh")):
        name = "static/" + os.path.basename(path)[:-3]
        if picked(name, pattern):
            start = time.monotonic()
            status, text = sh(path, 300)
            results.add(name, FAIL if status else PASS, text[-4000:], time.monotonic() - start)
