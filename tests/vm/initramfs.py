# SPDX-License-Identifier: GPL-2.0
"""Builds the guest's first file system: a static busybox, the few modules
that reach the root over 9p, and tests/vm/init.  Written once a kernel."""

import glob
import hashlib
import lzma
import os
import stat
import time

HERE = os.path.dirname(os.path.abspath(__file__))
WANTED = ("virtio_pci", "9pnet_virtio", "9p", "overlay", "virtio_net", "e1000")
DIRS = ("bin", "dev", "proc", "sys", "lower", "rw", "root", "orig", "modules")


def busybox():
    for path in ("/bin/busybox", "/usr/bin/busybox"):
        if os.path.exists(path):
            return path
    raise SystemExit("vm: no busybox: run scripts/setup")


def module_files(release):
    """Paths of the wanted modules and what they need, in load order."""
    base = "/lib/modules/" + release
    deps = {}
    try:
        with open(base + "/modules.dep") as f:
            for line in f:
                name, _, rest = line.partition(":")
                deps[name] = rest.split()
    except FileNotFoundError:
        return []           # all built in
    by_name = {os.path.basename(p).split(".ko")[0].replace("-", "_"): p
               for p in deps}
    order = []
    for name in WANTED:
        path = by_name.get(name)
        if path is None:
            continue        # built in
        for p in reversed(deps[path]):
            if p not in order:
                order.append(p)
        if path not in order:
            order.append(path)
    return [os.path.join(base, p) for p in order]


class Cpio:
    def __init__(self):
        self.parts = []
        self.ino = 0

    def add(self, name, mode, data=b"", rdev=(0, 0)):
        self.ino += 1
        raw = name.encode() + b"\0"
        fields = (self.ino, mode, 0, 0, 1, 0, len(data), 0, 0,
                  rdev[0], rdev[1], len(raw), 0)
        head = b"070701" + b"".join(b"%08X" % f for f in fields) + raw
        self.parts.append(head + b"\0" * (-len(head) % 4))
        self.parts.append(data + b"\0" * (-len(data) % 4))

    def bytes(self):
        self.add("TRAILER!!!", 0)
        return b"".join(self.parts)


def build(release, cache):
    """Returns the path of the initramfs for one kernel."""
    sources = [os.path.join(HERE, "init"), os.path.join(HERE, "agent"),
               os.path.join(HERE, "initramfs.py"), busybox()]
    modules = module_files(release)
    key = hashlib.sha256()
    for path in sources[:3]:
        with open(path, "rb") as f:
            key.update(f.read())
    for path in [sources[3]] + modules:
        st = os.stat(path)
        key.update(b"%s %d %d" % (path.encode(), st.st_size, int(st.st_mtime)))
    out = os.path.join(cache, "initramfs-%s-%s" % (release, key.hexdigest()[:16]))
    if os.path.exists(out):
        return out
    os.makedirs(cache, exist_ok=True)
    cpio = Cpio()
    for d in DIRS:
        cpio.add(d, stat.S_IFDIR | 0o755)
    cpio.add("dev/console", stat.S_IFCHR | 0o600, rdev=(5, 1))
    for path, name in ((sources[3], "bin/busybox"), (sources[0], "init"),
                       (sources[1], "agent")):
        with open(path, "rb") as f:
            cpio.add(name, stat.S_IFREG | 0o755, f.read())
    names = []
    for path in modules:
        with open(path, "rb") as f:
            data = f.read()
        name = os.path.basename(path)
        if name.endswith(".xz"):
            data, name = lzma.decompress(data), name[:-3]
        cpio.add("modules/" + name, stat.S_IFREG | 0o644, data)
        names.append(name)
    cpio.add("modules.order", stat.S_IFREG | 0o644,
             "".join(n + "\n" for n in names).encode())
    # Those of earlier days are of no use any more.
    for old in glob.glob(os.path.join(cache, "initramfs-*")):
        try:
            if os.stat(old).st_atime < time.time() - 86400:
                os.unlink(old)
        except OSError:
            pass
    new = "%s.%d.new" % (out, os.getpid())
    with open(new, "wb") as f:
        f.write(cpio.bytes())
    os.rename(new, out)
    return out
