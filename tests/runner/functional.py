# SPDX-License-Identifier: GPL-2.0
"""check-functional: the scripts of tests/functional, in few boots."""

import glob
import os
import re
import time

from .machine import Broken, Machine
from .results import FAIL, PASS, SKIP, TOP, Progress, picked

LIMIT = 120
# A header's `needs`: which boot it runs in, and that boot's options.  What
# unloads the module has a boot of its own: elsewhere modules that other tests
# loaded (sctp, dccp) keep sockets of ours open for good.
BOOTS = (
    ("1cpu", ("1cpu",), ["--smp", "1"]),
    ("2cpu", ("2cpu",), ["--smp", "2"]),
    ("unload", ("unload", "2cpu-unload"), ["--smp", "2"]),
    ("stock", ("stock",), ["--stack", "stock"]),
    ("icount", ("icount",), ["--icount"]),
)


class Script:
    def __init__(self, path):
        self.path = path
        self.file = os.path.basename(path)
        self.name = "functional/" + self.file.rsplit(".", 1)[0]
        self.needs, self.stacks, self.limit = "1cpu", ("us6", "stock"), LIMIT
        self.smoke = False
        with open(path) as f:
            head = f.read(2000)
        self.smoke = re.search(r"^# smoke\b", head, re.M) is not None
        for key, value in re.findall(r"^# (needs|stacks|limit): *(.*?) *$", head, re.M):
            if key == "needs":
                self.needs = value.split()[0]
            elif key == "stacks":
                self.stacks = tuple(value.replace(",", " ").split())
            else:
                self.limit = int(value)


def scripts(pattern=None):
    found = glob.glob(os.path.join(TOP, "tests/functional/*.sh")) + \
        glob.glob(os.path.join(TOP, "tests/functional/*.py"))
    return [Script(p) for p in sorted(found)
            if os.path.basename(p) not in ("lib.sh", "lib.py") and picked(p, pattern)]


def judge(status, text):
    """Result and detail of one script's run."""
    skip = re.search(r"^1\.\.0 # SKIP *(.*)$", text, re.M)
    if status == 0 and skip:
        return SKIP, skip.group(1)
    if status == 0 and re.search(r"^ok ", text, re.M) and \
       not re.search(r"^not ok ", text, re.M):
        return PASS, ""
    return FAIL, "%s\n(status %d)" % (text.rstrip(), status)


def run_boot(results, todo, label, options, stack, limit_factor=1):
    console_ok = True
    base = options if "--stack" in options else options + ["--stack", stack]
    try:
        vm = Machine(label, base)
    except Broken as e:
        for s in todo:
            results.add(s.name, FAIL, str(e))
        return
    env = ["US6_KO=" + ko_path(vm), "TOP=" + TOP]
    gone = None
    with Progress("functional " + label):
        for s in todo:
            if gone:
                results.add(s.name, FAIL, "the VM was gone: " + gone)
                continue
            start = time.monotonic()
            status, text = vm.run([s.path], s.limit * limit_factor, env)
            result, detail = judge(status, text)
            news = vm.news()
            if news:
                console_ok = False
                result, detail = FAIL, detail + "\nthe kernel's console:\n" + news
            results.add(s.name, result, detail, time.monotonic() - start)
            if status in (124, 125) and vm.run(["true"], 20)[0]:
                gone = s.name + " ended it"
    wrong = vm.stop()
    if wrong and not gone and console_ok:
        results.add("functional/console-" + label, FAIL, wrong)


def ko_path(vm):
    _status, release = vm.run(["uname", "-r"], 60)
    return os.path.join(TOP, "build", release.strip(), "us6.ko")


def on_stock(script):
    return "stock" in script.stacks and script.needs not in ("stock", "unload", "2cpu-unload")


def functional(results, pattern, stack, limit_factor=1, more=(), todo=None):
    """`more`: further options of scripts/vm, as the kernel."""
    todo = scripts(pattern) if todo is None else todo
    todo = [s for s in todo if stack in s.stacks and (stack == "us6" or on_stock(s))]
    for label, needs, options in BOOTS:
        mine = [s for s in todo if s.needs in needs]
        mine.sort(key=lambda s: needs.index(s.needs))
        if mine:
            run_boot(results, mine, label, options + list(more), stack, limit_factor)
    for s in todo:
        if not any(s.needs in needs for _l, needs, _o in BOOTS):
            results.add(s.name, FAIL, "unknown 'needs: %s'" % s.needs)
