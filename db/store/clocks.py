"""The real clocks and ids, passed in by whoever builds a desk.

Age counts sleep: CLOCK_BOOTTIME on Linux, mach_continuous_time on macOS, GetTickCount64 on Windows
(the last two from their documentation).
"""

import ctypes
import functools
import secrets
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Final

from db.domain.facts import Moment

_BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")


def moment_now() -> Moment:
    """Read wall clock and age clock, in µs, with the id of this boot."""
    return Moment(wall=time.time_ns() // 1000, age=_age()() // 1000, boot=boot_id())


@functools.cache
def _age() -> Callable[[], int]:
    """Choose the clock that counts sleep, in ns."""
    if sys.platform == "darwin":
        return _mach_continuous()
    if sys.platform == "win32":
        ticks = ctypes.windll.kernel32.GetTickCount64
        ticks.restype = ctypes.c_uint64
        return lambda: int(ticks()) * 1_000_000
    return functools.partial(time.clock_gettime_ns, time.CLOCK_BOOTTIME)


def _mach_continuous() -> Callable[[], int]:
    libc = ctypes.CDLL(None)
    libc.mach_continuous_time.restype = ctypes.c_uint64
    ratio = (ctypes.c_uint32 * 2)()
    libc.mach_timebase_info(ctypes.byref(ratio))
    return lambda: int(libc.mach_continuous_time()) * ratio[0] // ratio[1]


@functools.cache
def boot_id() -> str:
    """Name this boot of the machine; another boot has another name."""
    if _BOOT_ID.exists():
        return _BOOT_ID.read_text("ascii").strip().replace("-", "")
    minute = round((time.time_ns() - _age()()) / 60e9)  # the minute it was started
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{uuid.getnode()}:{minute}").hex


def new_id() -> str:
    """Make a UUIDv7 (RFC 9562, 5.7) as 32 hexadecimal digits."""
    millis = time.time_ns() // 1_000_000
    rest = secrets.randbits(74)
    value = (millis & (1 << 48) - 1) << 80 | 7 << 76 | (rest >> 62) << 64 | 2 << 62
    return f"{value | rest & (1 << 62) - 1:032x}"
