# SPDX-License-Identifier: GPL-2.0
"""A kept VM for a runner."""

import os
import subprocess
import sys
import tempfile

from .results import TOP

sys.path.insert(0, os.path.join(TOP, "tests", "vm"))
import report                               # noqa: E402  (tests/vm/report.py)

VM = os.path.join(TOP, "scripts", "vm")


class Broken(Exception):
    """The machine itself failed."""


class Machine:
    def __init__(self, name, options):
        self.name = name
        self.base = tempfile.mkdtemp(prefix="us6-check-")
        self.env = dict(os.environ, US6_VM_DIR=self.base)
        self.seen = 0
        p = subprocess.run([VM, "start", name, "--owner", str(os.getpid())] + options, env=self.env,
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if p.returncode:
            self._remove()
            raise Broken("VM %s did not start:\n%s" % (
                name, p.stdout.decode(errors="replace")))

    def run(self, command, limit, env=()):
        """Status and output of a command in the guest."""
        args = [VM, "exec", self.name, "--timeout", str(limit)]
        for item in env:
            args += ["--env", item]
        p = subprocess.run(args + ["--"] + command, env=self.env, cwd=TOP,
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                           stdin=subprocess.DEVNULL)
        return p.returncode, p.stdout.decode(errors="replace")

    def news(self):
        """A report that the console got since the last call, or None."""
        try:
            with open(os.path.join(self.base, self.name, "console"), "rb") as f:
                f.seek(self.seen)
                text = f.read()
        except FileNotFoundError:
            return None
        self.seen += len(text)
        return report.excerpt(text)

    def stop(self):
        """Ends the VM; returns the text of what was wrong, or None."""
        p = subprocess.run([VM, "stop", self.name], env=self.env,
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self._remove()
        return p.stdout.decode(errors="replace") if p.returncode else None

    def _remove(self):
        subprocess.run(["rm", "-rf", self.base])
