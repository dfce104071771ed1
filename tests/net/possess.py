# SPDX-License-Identifier: ISC
"""Play somebody who has broken into a process: stop it, make system calls in
its place with any arguments, let it go on.  ptrace(2) by ctypes; x86-64."""
import ctypes
import os
import platform
import signal
import time

NR = {"read": 0, "write": 1, "open": 2, "close": 3, "stat": 4, "fstat": 5,
      "poll": 7, "mmap": 9, "mprotect": 10, "munmap": 11, "ioctl": 16,
      "pread64": 17, "writev": 20, "access": 21, "pipe": 22,
      "shmget": 29, "dup": 32, "dup2": 33, "setitimer": 38, "getpid": 39,
      "sendfile": 40, "socket": 41, "connect": 42, "accept": 43,
      "sendto": 44, "recvfrom": 45, "sendmsg": 46, "recvmsg": 47,
      "shutdown": 48, "bind": 49, "listen": 50, "socketpair": 53,
      "setsockopt": 54, "getsockopt": 55, "clone": 56, "fork": 57,
      "execve": 59, "kill": 62, "fcntl": 72, "flock": 73, "ftruncate": 77,
      "getdents": 78, "chdir": 80, "rename": 82, "mkdir": 83, "unlink": 87,
      "readlink": 89, "fchmod": 91, "getrusage": 98, "ptrace": 101,
      "setuid": 105, "rt_sigqueueinfo": 129, "prctl": 157,
      "setrlimit": 160, "chroot": 161, "tkill": 200, "io_setup": 206,
      "tgkill": 234, "openat": 257, "splice": 275, "signalfd4": 289,
      "eventfd2": 290, "accept4": 288, "epoll_create1": 291, "dup3": 292,
      "prlimit64": 302, "process_vm_readv": 310, "seccomp": 317,
      "sendmmsg": 307, "memfd_create": 319, "bpf": 321,
      "execveat": 322, "userfaultfd": 323, "pkey_mprotect": 329,
      "pidfd_send_signal": 424, "io_uring_setup": 425, "pidfd_open": 434,
      "clone3": 435, "openat2": 437, "pidfd_getfd": 438,
      "epoll_pwait2": 441}
ATTACH, DETACH, STEP, GETREGS, SETREGS = 16, 17, 9, 12, 13
REGS = ("r15 r14 r13 r12 rbp rbx r11 r10 r9 r8 rax rcx rdx rsi rdi orig_rax "
        "rip cs eflags rsp ss fs_base gs_base ds es fs gs").split()
SCRATCH = 65536

libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.restype = ctypes.c_long
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p,
                        ctypes.c_void_p]


class Regs(ctypes.Structure):
    _fields_ = [(x, ctypes.c_ulonglong) for x in REGS]


def possible():
    return platform.machine() == "x86_64"


def ptrace(what, pid, data=None):
    if libc.ptrace(what, pid, None, data) == -1:
        e = ctypes.get_errno()
        raise OSError(e, os.strerror(e), "ptrace %d" % what)


class Possessed:
    """with Possessed(pid) as p: p.call("kill", victim, 9)"""
    def __init__(self, pid):
        self.pid = pid

    def wait(self):
        got, status = os.waitpid(self.pid, 0x40000000)      # __WALL
        assert got == self.pid and os.WIFSTOPPED(status), status
        return os.WSTOPSIG(status)

    def __enter__(self):
        self.mem = os.open(f"/proc/{self.pid}/mem", os.O_RDWR)
        self.saved = Regs()
        for _ in range(500):
            ptrace(ATTACH, self.pid)
            self.wait()
            ptrace(GETREGS, self.pid, ctypes.byref(self.saved))
            # where it waits in a call, the instruction is right before
            self.at = self.saved.rip - 2
            if os.pread(self.mem, 2, self.at) == b"\x0f\x05":
                break
            ptrace(DETACH, self.pid)
            time.sleep(0.01)
        else:
            raise AssertionError("it never waits")
        self.room, self.used = 0, 0
        self.room = self.call("mmap", 0, SCRATCH, 3, 0x22, -1, 0)
        assert self.room > 0, self.room
        return self

    def __exit__(self, *why):
        self.call("munmap", self.room, SCRATCH)
        os.close(self.mem)
        ptrace(SETREGS, self.pid, ctypes.byref(self.saved))
        ptrace(DETACH, self.pid)

    def put(self, data):
        """Bytes into its memory; where."""
        at = self.room + self.used
        self.used += (len(data) + 15) // 16 * 16
        assert self.used <= SCRATCH
        os.pwrite(self.mem, data, at)
        return at

    def get(self, at, n):
        return os.pread(self.mem, n, at)

    def call(self, name, *args):
        """What the kernel answers: a result, or a negative errno."""
        regs = Regs.from_buffer_copy(self.saved)
        regs.rip = self.at
        regs.rax = NR[name] if isinstance(name, str) else name
        regs.orig_rax = 2 ** 64 - 1         # nothing is to be restarted
        for reg, arg in zip(("rdi", "rsi", "rdx", "r10", "r8", "r9"),
                            args + (0,) * (6 - len(args))):
            if isinstance(arg, bytes):
                arg = self.put(arg)
            setattr(regs, reg, arg & (2 ** 64 - 1))
        ptrace(SETREGS, self.pid, ctypes.byref(regs))
        ptrace(STEP, self.pid)
        sig = self.wait()
        assert sig == signal.SIGTRAP, sig
        ptrace(GETREGS, self.pid, ctypes.byref(regs))
        return ctypes.c_longlong(regs.rax).value
