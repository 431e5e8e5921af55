# SPDX-License-Identifier: GPL-2.0
"""The host's side of scripts/vm.

A VM has a folder: `share` (over 9p: the jobs and the guest's answers),
`console` (its log), `ctl.in` (a FIFO, the guest's second serial line),
`state` (JSON).  A supervisor process of its own owns QEMU: it ends QEMU at
the time limit, when it is asked to, and, for `run`, when the caller is gone.
"""

import argparse
import ctypes
import fcntl
import glob
import hashlib
import json
import os
import re
import shlex
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time

import initramfs
import report

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CACHE = os.environ.get("US6_CACHE") or os.path.expanduser("~/.cache/us6")
BASE = os.environ.get("US6_VM_DIR") or os.path.join(
    os.environ.get("XDG_RUNTIME_DIR") or "/tmp", "us6-vm-%d" % os.getuid())
MODULES = ("us6.ko", "us6_ipsec.ko", "us6_key.ko", "us6_xfrm_user.ko",
           "us6_mip6.ko", "us6_tunnel.ko")
FAILED = 125        # the machine itself failed, not the command
TIMEOUT = 124
FRESH = ("/tmp", "/run", "/dev/shm", "/var/run")
PASSED_ENV = re.compile(r"^(TEST|STACK|KERNEL|CI|V|VERBOSE|SEED|US6_[A-Z0-9_]+)$")


class Error(Exception):
    pass


# --- what to boot ---------------------------------------------------------

def kernel_image(which):
    if which in ("6.1", "6.12"):
        found = [p for p in glob.glob("/boot/vmlinuz-%s.*-amd64" % which)
                 if not re.search(r"cloud|-rt-", p)]
        if not found:
            raise Error("no kernel %s in /boot: run scripts/setup" % which)
        return max(found, key=lambda p: [int(n) for n in re.findall(r"\d+", p)])
    if which == "debug":
        path = os.path.join(CACHE, "debug-kernel/arch/x86/boot/bzImage")
        if not os.path.exists(path):
            raise Error("no debug kernel yet: run scripts/debug-kernel")
        return path
    if not os.path.exists(which):
        raise Error("no kernel at '%s'" % which)
    return os.path.abspath(which)


def kernel_release(image):
    """The release string inside a bzImage."""
    with open(image, "rb") as f:
        f.seek(0x202)
        if f.read(2) < b"\0\2":
            raise Error("'%s' is no bzImage" % image)
        f.seek(0x20e)
        f.seek(struct.unpack("<H", f.read(2))[0] + 0x200)
        return f.read(256).split(b"\0")[0].split()[0].decode()


def modules_to_load(release, folder):
    folder = folder or os.path.join(TOP, "build", release)
    found = [os.path.join(folder, m) for m in MODULES]
    found = [m for m in found if os.path.exists(m)]
    if not found or os.path.basename(found[0]) != "us6.ko":
        raise Error("no us6.ko for %s in %s: run make (KERNEL=6.12, KERNEL=debug)"
                    % (release, folder))
    return found


def option_pairs(text, allowed):
    kind, *rest = text.split(",")
    opts = {}
    for item in rest:
        key, eq, value = item.partition("=")
        if not eq or key not in allowed:
            raise Error("--nic %s: '%s' is not one of %s" % (text, item, ", ".join(allowed)))
        opts[key] = value
    return kind, opts


def nic_args(vm, nics):
    args = []
    models = {"virtio": "virtio-net-pci", "e1000": "e1000"}
    for i, text in enumerate(nics):
        kind, opts = option_pairs(text, ("model", "mac"))
        kind, _, where = kind.partition(":")
        model = opts.get("model", "virtio")
        if model not in models:
            raise Error("--nic %s: model is virtio or e1000" % text)
        mac = opts.get("mac")
        if mac is None:
            h = hashlib.sha256(("%s %d" % (vm, i)).encode()).digest()
            mac = "52:54:%02x:%02x:%02x:%02x" % tuple(h[:4])
        if kind == "tap" and where:
            back = "tap,id=n%d,ifname=%s,script=no,downscript=no" % (i, where)
        elif kind in ("listen", "connect") and where:
            back = "stream,id=n%d,server=%s,addr.type=unix,addr.path=%s" % (
                i, "on" if kind == "listen" else "off", where)
        elif kind == "dgram" and where.count(":") == 1:
            local, remote = where.split(":")
            back = ("dgram,id=n%d,local.type=unix,local.path=%s,"
                    "remote.type=unix,remote.path=%s" % (i, local, remote))
        else:
            raise Error("--nic %s: KIND is tap:IFNAME, listen:SOCKET, connect:SOCKET "
                        "or dgram:LOCAL:REMOTE" % text)
        dev = "%s,netdev=n%d,mac=%s,romfile=" % (models[model], i, mac)
        if len(nics) > 8:
            dev += ",addr=%x.%x,multifunction=on" % (0x10 + i // 8, i % 8)
        args += ["-netdev", back, "-device", dev]
    return args


def own_sockets(nics):
    """The sockets that QEMU makes for these NICs and leaves behind."""
    found = []
    for text in nics:
        kind, _, where = text.split(",")[0].partition(":")
        if kind in ("listen", "dgram"):
            found.append(where.split(":")[0])
    return found


def wait_for_peers(nics):
    """A `connect:` NIC needs its listener: give it a while to appear."""
    end = time.monotonic() + 20
    for text in nics:
        kind, _, where = text.split(",")[0].partition(":")
        while kind == "connect" and not os.path.exists(where):
            if time.monotonic() > end:
                raise Error("--nic %s: nobody listens there" % text)
            time.sleep(0.02)


def qemu_args(o, folder, image, initrd, name):
    append = ["console=ttyS0", "loglevel=5", "panic=-1", "mitigations=off",
              "watchdog_thresh=60", "rcupdate.rcu_cpu_stall_timeout=60",
              "tsc=reliable", "no_timer_check", "net.ifnames=0"]
    if o.stack != "stock":
        append.append("ipv6.disable=1")
    if o.kernel == "debug":
        # The program that tells the interrupts runs longer there than the
        # interpreter of ACPI's tables allows.
        append.append("acpi=noirq")
    if o.append:
        append.append(o.append)
    exact = o.icount or o.cpu_exact or o.plugin
    share = folder + "/share"
    args = ["/usr/bin/qemu-system-x86_64", "-nodefaults", "-no-user-config",
            "-display", "none", "-no-reboot", "-machine", "pc,usb=off,vmport=off",
            "-cpu", "max,-erms,-fsrm" if exact else "max,-la57",
            "-smp", str(o.smp), "-m", str(o.mem),
            "-kernel", image, "-initrd", initrd, "-append", " ".join(append),
            "-chardev", "file,id=console,path=%s/console" % folder,
            "-serial", "chardev:console",
            "-chardev", "pipe,id=ctl,path=%s/ctl" % folder, "-serial", "chardev:ctl",
            "-fsdev", "local,id=root,path=/,security_model=none,readonly=on,multidevs=remap",
            "-device", "virtio-9p-pci,fsdev=root,mount_tag=root",
            "-fsdev", "local,id=share,path=%s,security_model=none,multidevs=remap" % share,
            "-device", "virtio-9p-pci,fsdev=share,mount_tag=share"]
    if o.icount:
        args += ["-accel", "tcg", "-icount", "shift=0,sleep=off"]
    else:
        args += ["-accel", "tcg,thread=multi"]
    if o.plugin:
        args += ["-plugin", o.plugin]
    return args + nic_args(name, o.nic)


# --- a VM's folder --------------------------------------------------------

def write(path, text):
    with open(path + ".new", "w") as f:
        f.write(text)
    os.rename(path + ".new", path)


def read(path):
    try:
        with open(path, "rb") as f:
            return f.read()
    except FileNotFoundError:
        return b""


def job_script(command, stack, env):
    cwd = os.getcwd()
    lines = ["cd %s || exit 126" % shlex.quote(cwd)]
    passed = {k: v for k, v in os.environ.items() if PASSED_ENV.match(k)}
    passed["STACK"] = stack
    for item in env or ():
        key, eq, value = item.partition("=")
        if not eq:
            raise Error("--env %s: NAME=VALUE" % item)
        passed[key] = value
    for key, value in sorted(passed.items()):
        lines.append("export %s=%s" % (key, shlex.quote(value)))
    lines.append("exec " + " ".join(shlex.quote(c) for c in command))
    return "\n".join(lines) + "\n"


def make_folder(o, folder, name, release):
    share = folder + "/share"
    os.makedirs(share)
    os.mkfifo(folder + "/ctl.in")
    os.mkfifo(folder + "/ctl.out")
    write(share + "/hostname", re.sub(r"[^A-Za-z0-9-]", "-", name)[:60] + "\n")
    keep = [d for d in {TOP, os.getcwd()} if d.startswith(tuple(f + "/" for f in FRESH))]
    write(share + "/keep", "".join(d + "\n" for d in sorted(keep)))
    if o.stack == "us6":
        names = []
        for path in modules_to_load(release, o.modules):
            # Most of a module is debug information, and 9p is slow.
            name = os.path.basename(path)
            subprocess.run(["strip", "--strip-debug", "-o", share + "/" + name, path], check=True)
            names.append("/run/us6-vm/share/" + name)
        write(share + "/modules", "".join(n + "\n" for n in names))
    if o.icount:
        write(share + "/late", "")
    if o.kernel == "debug" or o.kmemleak:
        write(share + "/scan", "")


# --- the supervisor -------------------------------------------------------

def die_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)     # PR_SET_PDEATHSIG


def supervise(args, folder, limit, lifeline, sockets, owner=0):
    """Forks the process that owns QEMU; returns at once with its pid."""
    pid = os.fork()
    if pid:
        return pid
    try:
        os.setsid()
        for s in (signal.SIGINT, signal.SIGHUP):
            signal.signal(s, signal.SIG_IGN)
        null = os.open("/dev/null", os.O_RDWR)
        log = os.open(folder + "/qemu.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        os.dup2(null, 0)
        os.dup2(log, 1)
        os.dup2(log, 2)
        keep_fd = {0, 1, 2, lifeline}
        for fd in [int(n) for n in os.listdir("/proc/self/fd")]:
            if fd not in keep_fd:
                try:
                    os.close(fd)
                except OSError:
                    pass
        stop = []
        signal.signal(signal.SIGTERM, lambda *_: stop.append(1))
        qemu = subprocess.Popen(args, preexec_fn=die_with_parent, cwd="/")
        write(folder + "/qemu.pid", "%d\n" % qemu.pid)
        end = time.monotonic() + limit
        why = "ended"
        while qemu.poll() is None:
            if stop:
                why = "stopped"
            elif time.monotonic() > end:
                why = "time limit"
            elif lifeline is not None and caller_gone(lifeline):
                why = "caller gone"
            elif owner and not alive(owner):
                why = "caller gone"
            else:
                time.sleep(0.05)
                continue
            qemu.kill()
            qemu.wait()
        for path in sockets:
            try:
                os.unlink(path)
            except OSError:
                pass
        if why == "caller gone":
            shutil.rmtree(folder, ignore_errors=True)
            try:
                os.rmdir(os.path.dirname(folder))
            except OSError:
                pass
        else:
            write(folder + "/over", why + "\n")
    finally:
        os._exit(0)


def caller_gone(fd):
    try:
        return os.read(fd, 1) == b""
    except BlockingIOError:
        return False


def alive(pid):
    try:
        with open("/proc/%d/stat" % pid) as f:
            return f.read().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def end_supervisor(pid):
    try:
        os.kill(pid, signal.SIGTERM)
    except ProcessLookupError:
        return
    for _ in range(500):
        if not alive(pid):
            return
        time.sleep(0.02)
    os.kill(pid, signal.SIGKILL)


# --- a job, seen from outside ---------------------------------------------

class Follower:
    """Copies what a job writes to our own output as it comes."""

    def __init__(self, folder, quiet=False):
        self.folder = folder
        self.files = []
        for name, fd in (("out", 1), ("err", 2)):
            path = os.path.join(folder, name)
            with open(path, "wb"):
                pass
            os.chmod(path, 0o666)
            self.files.append((open(path, "rb", buffering=0), fd))

    def copy(self):
        any_data = False
        for f, fd in self.files:
            while True:
                data = f.read(65536)
                if not data:
                    break
                any_data = True
                while data:
                    data = data[os.write(fd, data):]
        return any_data

    def status(self):
        text = read(self.folder + "/rc")
        return int(text) if text.strip() else None


def wait_job(job, folder, supervisor, end, ask=None):
    """Follows one job until it ends; returns its status or an error text.

    A serial line under load may lose what was said: `ask` is said again until
    the job has begun."""
    nap = 0.005
    asked = time.monotonic()
    while True:
        status = job.status()
        busy = job.copy()
        if status is not None:
            return status, None
        if os.path.exists(folder + "/share/failed"):
            return FAILED, read(folder + "/share/boot.err").decode(errors="replace")
        if not alive(supervisor):
            job.copy()
            status = job.status()
            if status is not None:
                return status, None
            return FAILED, "the guest ended before the command did"
        now = time.monotonic()
        begun = os.path.exists(job.folder + "/begun")
        if now > end:
            return TIMEOUT, "time limit reached" + ("" if begun or not ask else ", never begun")
        if ask and not begun and now > asked + 5:
            send(folder, ask)
            asked = now
        nap = 0.005 if busy else min(nap * 1.5, 0.03)
        time.sleep(nap)


def tell(text):
    for line in filter(None, text.split("\n")):
        sys.stderr.write("vm: %s\n" % line)


def tail(data, n=30):
    return b"\n".join(data.replace(b"\r", b"").rstrip().split(b"\n")[-n:]).decode(errors="replace")


def check_console(folder, label):
    """Returns True when the console holds no report; else shows it."""
    part = report.excerpt(read(folder + "/console"))
    if part is None:
        return True
    tell("%s: the kernel's console holds a report:" % label)
    sys.stderr.write(part + "\n")
    return False


# --- commands -------------------------------------------------------------

def prepare(o, folder, name):
    if o.icount and o.smp != 1:
        raise Error("--icount goes with one CPU only")
    if o.smp < 1 or o.mem < 128:
        raise Error("--smp is at least 1, --mem at least 128")
    image = kernel_image(o.kernel)
    release = kernel_release(image)
    make_folder(o, folder, name, release)
    initrd = initramfs.build(release, CACHE)
    args = qemu_args(o, folder, image, initrd, name)
    wait_for_peers(o.nic)
    return args, release


def cmd_run(o):
    os.makedirs(BASE, mode=0o700, exist_ok=True)
    sweep()
    folder = tempfile.mkdtemp(prefix="run-%d-" % os.getpid(), dir=BASE)
    supervisor = None

    def interrupted(signum, _frame):
        raise SystemExit(128 + signum)

    for s in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE):
        signal.signal(s, interrupted)
    try:
        args, _release = prepare(o, folder, os.path.basename(folder))
        os.mkdir(folder + "/share/first")
        if os.path.exists(folder + "/share/scan"):
            write(folder + "/share/first/scan", "")
        write(folder + "/share/first/cmd", job_script(o.command, o.stack, o.env))
        job = Follower(folder + "/share/first")
        r, w = os.pipe()
        os.set_blocking(r, False)
        supervisor = supervise(args, folder, o.timeout + 30, r, own_sockets(o.nic))
        os.close(r)
        status, error = wait_job(job, folder, supervisor, time.monotonic() + o.timeout)
        end_supervisor(supervisor)
        os.waitpid(supervisor, 0)
        supervisor = None
        if o.console:
            shutil.copyfile(folder + "/console", o.console)
        if error:
            tell(error)
            tell(tail(read(folder + "/qemu.log"), 10))
            if report.excerpt(read(folder + "/console")) is None:
                tell("the console's end:")
                sys.stderr.write(tail(read(folder + "/console")) + "\n")
        if not check_console(folder, "run") and status == 0:
            status = FAILED
        os.close(w)
        return status
    finally:
        if supervisor:
            end_supervisor(supervisor)
        shutil.rmtree(folder, ignore_errors=True)


def sweep():
    """Removes what a killed caller and its killed supervisor left."""
    for folder in glob.glob(BASE + "/run-*-*"):
        pid = int(folder.rsplit("run-", 1)[1].split("-")[0])
        if not alive(pid) and time.time() - os.stat(folder).st_mtime > 600:
            shutil.rmtree(folder, ignore_errors=True)


def named(name):
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", name) or name.startswith("run-"):
        raise Error("'%s' is no name for a VM" % name)
    return os.path.join(BASE, name)


def load_state(name):
    folder = named(name)
    text = read(folder + "/state")
    if not text:
        raise Error("no VM '%s'" % name)
    return folder, json.loads(text)


def cmd_start(o):
    folder = named(o.name)
    os.makedirs(BASE, mode=0o700, exist_ok=True)
    if os.path.exists(folder):
        raise Error("VM '%s' exists: stop it first" % o.name)
    os.mkdir(folder)
    supervisor = None
    ready = False
    try:
        args, release = prepare(o, folder, o.name)
        supervisor = supervise(args, folder, o.timeout, None, own_sockets(o.nic), o.owner)
        write(folder + "/state", json.dumps({
            "supervisor": supervisor, "stack": o.stack, "kernel": release,
            "started": time.time(), "limit": o.timeout}))
        end = time.monotonic() + o.boot_timeout
        while not os.path.exists(folder + "/share/ready"):
            error = None
            if os.path.exists(folder + "/share/failed"):
                error = read(folder + "/share/boot.err").decode(errors="replace")
            elif not alive(supervisor):
                error = "the guest did not come up\n" + tail(read(folder + "/qemu.log"), 10)
            elif time.monotonic() > end:
                error = "the guest did not come up in %d s" % o.boot_timeout
            if error:
                tell(error)
                sys.stderr.write(tail(read(folder + "/console")) + "\n")
                check_console(folder, "start")
                return FAILED
            time.sleep(0.02)
        ready = True
        return 0
    finally:
        if not ready:
            if supervisor:
                end_supervisor(supervisor)
            shutil.rmtree(folder, ignore_errors=True)


def send(folder, line):
    """One line to the guest; FIFO writes of this size are atomic."""
    fd = os.open(folder + "/ctl.in", os.O_WRONLY | os.O_NONBLOCK)
    try:
        fcntl.fcntl(fd, fcntl.F_SETFL, 0)
        os.write(fd, line.encode())
    finally:
        os.close(fd)


def cmd_exec(o, scan=False):
    folder, state = load_state(o.name)
    if not alive(state["supervisor"]):
        raise Error("VM '%s' is over (%s)" % (
            o.name, read(folder + "/over").decode().strip() or "killed"))
    path = tempfile.mkdtemp(prefix="job-", dir=folder + "/share")
    ident = os.path.basename(path)
    if scan:
        write(path + "/scan", "")       # kmemleak looks when the job is done
    write(path + "/cmd", job_script(o.command, state["stack"], o.env))
    job = Follower(path)
    done = False

    def interrupted(signum, _frame):
        raise SystemExit(128 + signum)

    for s in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE):
        signal.signal(s, interrupted)
    try:
        ask = "job %s\n" % ident
        send(folder, ask)
        status, error = wait_job(job, folder, state["supervisor"],
                                 time.monotonic() + o.timeout, ask)
        if error:
            tell(error)
            sys.stderr.write(tail(read(folder + "/console"), 15) + "\n")
        done = error is None
        return status
    finally:
        if not done and os.path.exists(folder + "/ctl.in"):
            try:
                send(folder, "kill %s\n" % ident)
            except OSError:
                pass
        if done:
            shutil.rmtree(path, ignore_errors=True)


def cmd_stop(o):
    status = 0
    for name in o.name:
        folder, state = load_state(name)
        over = read(folder + "/over").decode().strip()
        if os.path.exists(folder + "/share/scan") and alive(state["supervisor"]):
            quiet = argparse.Namespace(name=name, command=["true"], env=(), timeout=300)
            cmd_exec(quiet, scan=True)
        end_supervisor(state["supervisor"])
        if not check_console(folder, "stop " + name):
            status = FAILED
        if over == "time limit":
            tell("%s had reached its time limit" % name)
            status = TIMEOUT
        elif over:
            tell("%s had ended by itself" % name)
            status = FAILED
        if o.console:
            shutil.copyfile(folder + "/console", o.console)
        shutil.rmtree(folder, ignore_errors=True)
    return status


def cmd_list(_o):
    for path in sorted(glob.glob(BASE + "/*/state")):
        state = json.loads(read(path))
        name = os.path.basename(os.path.dirname(path))
        print("%-16s %-6s %-26s %s" % (
            name, state["stack"], state["kernel"],
            "up %d s of %d" % (time.time() - state["started"], state["limit"])
            if alive(state["supervisor"]) else "over"))
    return 0


def cmd_log(o):
    folder, _state = load_state(o.name)
    sys.stdout.buffer.write(read(folder + "/console").replace(b"\r", b""))
    return 0


def parser():
    boot = argparse.ArgumentParser(add_help=False)
    boot.add_argument("--stack", choices=("us6", "stock", "none"), default="us6")
    boot.add_argument("--kernel", default=os.environ.get("KERNEL") or "6.1",
                      help="6.1, 6.12, debug or the path of a bzImage")
    boot.add_argument("--smp", type=int, default=1, metavar="N")
    boot.add_argument("--mem", type=int, default=0, metavar="MIB")
    boot.add_argument("--icount", action="store_true",
                      help="one instruction a nanosecond; idle time is skipped")
    boot.add_argument("--cpu-exact", action="store_true",
                      help="-cpu max,-erms,-fsrm, for counting instructions")
    boot.add_argument("--plugin", metavar="FILE[,ARGS]", help="a QEMU TCG plugin")
    boot.add_argument("--append", metavar="STRING", help="further kernel parameters")
    boot.add_argument("--nic", action="append", default=[],
                      metavar="KIND[,model=virtio|e1000][,mac=..]",
                      help="tap:IFNAME, listen:SOCKET, connect:SOCKET or dgram:LOCAL:REMOTE")
    boot.add_argument("--modules", metavar="DIR", default=os.environ.get("US6_MODULES"),
                      help="where us6.ko is (build/RELEASE)")
    boot.add_argument("--kmemleak", action="store_true", help=argparse.SUPPRESS)
    boot.add_argument("--boot-timeout", type=int, default=120, metavar="S")
    env = argparse.ArgumentParser(add_help=False)
    env.add_argument("--env", action="append", metavar="NAME=VALUE")
    top = argparse.ArgumentParser(
        prog="vm", description="Boots the test machine and runs commands in it.")
    sub = top.add_subparsers(dest="verb", required=True)
    p = sub.add_parser("run", parents=[boot, env], help="boot, run one command, end")
    p.add_argument("--timeout", type=float, default=300, metavar="S")
    p.add_argument("--console", metavar="FILE", help="keep the console's log there")
    p.add_argument("command", nargs="+")
    p.set_defaults(call=cmd_run)
    p = sub.add_parser("start", parents=[boot], help="boot and keep")
    p.add_argument("name")
    p.add_argument("--timeout", type=float, default=3600, metavar="S")
    p.add_argument("--owner", type=int, default=0, metavar="PID",
                   help="end when this process is gone")
    p.set_defaults(call=cmd_start)
    p = sub.add_parser("exec", parents=[env], help="run a command in a kept VM")
    p.add_argument("name")
    p.add_argument("--timeout", type=float, default=300, metavar="S")
    p.add_argument("command", nargs="+")
    p.set_defaults(call=cmd_exec)
    p = sub.add_parser("stop", help="end kept VMs and check their consoles")
    p.add_argument("--console", metavar="FILE", help="keep the console's log there")
    p.add_argument("name", nargs="+")
    p.set_defaults(call=cmd_stop)
    p = sub.add_parser("list", help="the kept VMs")
    p.set_defaults(call=cmd_list)
    p = sub.add_parser("log", help="a kept VM's console")
    p.add_argument("name")
    p.set_defaults(call=cmd_log)
    return top


def main(argv):
    # The command begins behind "--"; everything there is the command's.
    command = None
    if "--" in argv:
        i = argv.index("--")
        argv, command = argv[:i], argv[i + 1:]
    if argv and argv[0] in ("run", "exec"):
        if not command:
            sys.stderr.write("vm: %s [options] -- COMMAND...\n" % argv[0])
            return FAILED
        argv = argv + ["--", command[0]]
    o = parser().parse_args(argv)
    if command:
        o.command = command
    if getattr(o, "mem", None) == 0:
        o.mem = 2048 if o.kernel == "debug" else 512
    try:
        return o.call(o)
    except Error as e:
        tell(str(e))
        return FAILED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
