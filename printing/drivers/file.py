"""Badges into files: whole or not at all, and a full disk told apart from a locked door."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from printing.errors import CannotWrite, DiskFull, NoSuchFolder, NotAllowed

_WHY: Final[dict[int, type[CannotWrite]]] = {
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EACCES: NotAllowed,
    errno.EPERM: NotAllowed,
    errno.EROFS: NotAllowed,
    errno.ENOENT: NoSuchFolder,
    errno.ENOTDIR: NoSuchFolder,
}


def write_file(path: Path, fill: Callable[[IO[bytes]], object]) -> None:
    """Write a file through `fill`; it appears whole, on disk, or the old one stays.

    A device or a pipe (`/dev/usb/lp0`) is written to as it is. Raises CannotWrite.
    """
    with _told(path):
        if path.exists() and not path.is_file():
            with path.open("wb", buffering=0) as stream:
                fill(stream)
            return
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            with part.open("wb") as stream:
                fill(stream)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _WHY.get(error.errno or 0, CannotWrite)(file=path.name) from error
