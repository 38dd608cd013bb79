"""Who owns a home's window, and who owns its printers: one process each.

The operating system holds the lock and lets go when its process dies; the file's text (pid, boot
id) only serves to say who. A stale file is simply taken over.
"""

import json
import os
import sys
from pathlib import Path
from typing import IO, Final

from db.store.clocks import boot_id
from db.store.connection import told

WINDOW: Final = "window"
PRINTING: Final = "printing"


class Lock:
    """A lock of one home; `acquire` never waits."""

    def __init__(self, folder: Path, purpose: str) -> None:
        """Name the lock; nothing touches the disk yet."""
        self.path = folder / f"{purpose}.lock"
        self._file: IO[str] | None = None

    def acquire(self) -> bool:
        """Take it and return True, or return False when another process has it.

        Raises StoreError kinds where the home cannot be written to.
        """
        if self._file is not None:
            return True
        with told(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            stream = self.path.open("a+", encoding="utf-8")
        if not _try_lock(stream):
            stream.close()
            return False
        stream.seek(0)
        stream.truncate()
        stream.write(json.dumps({"pid": os.getpid(), "boot": boot_id()}))
        stream.flush()
        self._file = stream
        return True

    def release(self) -> None:
        """Let go; harmless when not held."""
        if self._file is not None:
            self._file.close()
            self._file = None

    @property
    def held(self) -> bool:
        """Whether this process has it."""
        return self._file is not None

    @property
    def holder(self) -> str:
        """The process id written by whoever has or had it, empty when unknown."""
        try:
            return str(json.loads(self.path.read_text("utf-8"))["pid"])
        except (OSError, ValueError, KeyError, TypeError):
            return ""


def _try_lock(stream: IO[str]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            stream.seek(1 << 20)  # beyond the text, so that others can read who has it
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
