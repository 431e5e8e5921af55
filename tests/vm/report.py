# SPDX-License-Identifier: GPL-2.0
"""Finds in a guest's console what a kernel says when something is wrong."""

import re

BAD = re.compile(
    rb"BUG: |BUG at |Oops|WARNING: |INFO: (?:task|rcu|lockdep|trying to register|possible)"
    rb"|possible (?:circular|recursive|irq lock)|suspicious RCU|KASAN|UBSAN:|KCSAN"
    rb"|kmemleak: \d+ new suspected|unreferenced object|unregister_netdevice: waiting"
    rb"|Kernel panic|general protection|sleeping function called|scheduling while atomic"
    rb"|refcount_t: |list_(?:add|del) corruption|ODEBUG: |Voluntary context switch within RCU"
    rb"|bad unlock balance|inconsistent lock state|soft lockup|hard LOCKUP|leaked reference"
    rb"|invalid opcode|double fault|stack-protector|Slab cache|Objects remaining")

# Said by Debian's kernels about the emulated machine, not about us.
HARMLESS = re.compile(
    rb"WARNING: (?:Spectre|MDS|TAA|CPU: 0 PID: 0 at arch/x86/mm/init)|spectre|RETBleed: WARNING"
    rb"|Spectre V2 : WARNING|KASAN: (?:KernelAddressSanitizer initialized|shadow)"
    rb"|KernelAddressSanitizer initialized|kmemleak: Kernel memory leak detector")


def bad_lines(text):
    lines = text.replace(b"\r", b"").split(b"\n")
    return lines, [i for i, line in enumerate(lines)
                   if BAD.search(line) and not HARMLESS.search(line)]


def excerpt(text, limit=60):
    """The lines around the first reports, or None when all is well."""
    lines, hits = bad_lines(text)
    if not hits:
        return None
    start = max(0, hits[0] - 3)
    part = lines[start:start + limit]
    more = len([h for h in hits if h >= start + limit])
    out = b"\n".join(part)
    if more:
        out += b"\n... and %d more such lines" % more
    return out.decode(errors="replace")
