"""What is kept when something breaks: where in the code it was, and nothing about anybody."""

import faulthandler
import re
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path, PurePath
from types import TracebackType
from typing import IO, Final

from db.domain.errors import VanelError

KEPT: Final = 20
"""Reports kept in the folder; older ones are deleted."""
_NATIVE: Final = "native.txt"
_FILE: Final = re.compile(r'File "([^"]+)"')


class Crashes:
    """The reports of one home; they stay on this computer and are shown whole."""

    def __init__(self, folder: Path, now: Callable[[], datetime], version: str) -> None:
        """Keep reports in `folder`; `now` gives aware times for their names."""
        self._folder = folder
        self._now = now
        self._version = version
        self._native: IO[str] | None = None
        self._hooks = (sys.excepthook, threading.excepthook)

    def watch(self) -> None:
        """Keep a report of whatever ends a thread or the process from now on."""
        self._hooks = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._native = (self._folder / _NATIVE).open("w", encoding="utf-8")
            faulthandler.enable(self._native)

    def rest(self) -> None:
        """Stop watching; an empty native report is removed."""
        sys.excepthook, threading.excepthook = self._hooks
        if self._native is not None:
            faulthandler.disable()
            self._native.close()
            self._native = None
            with suppress(OSError):
                (self._folder / _NATIVE).unlink()

    def report(self, error: BaseException) -> Path | None:
        """Write one report; None where the home cannot be written."""
        at = self._now()
        path = self._folder / f"{at:%Y%m%dT%H%M%S%f}.txt"
        head = f"Vanel {self._version}\n{at.isoformat(timespec='seconds')}\n\n"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_text(head + described(error), encoding="utf-8")
        except OSError:
            return None
        for old in sorted(self._folder.glob("2*.txt"))[:-KEPT]:
            old.unlink(missing_ok=True)
        return path

    def found(self) -> str:
        """Return the reports nobody has seen yet, as one text; ask before `watch`."""
        return "\n\n".join(text for _, text in self._unseen() if text)

    def seen(self) -> None:
        """Keep the reports, and show them no more."""
        for path, text in self._unseen():
            with suppress(OSError):
                (self._folder / "seen").mkdir(exist_ok=True)
                (self._folder / "seen" / path.name).write_text(text, encoding="utf-8")
                path.unlink()

    def _unseen(self) -> Iterator[tuple[Path, str]]:
        with suppress(OSError):
            for path in sorted(self._folder.glob("*.txt")):
                text = path.read_text(encoding="utf-8", errors="replace").strip()
                yield path, _FILE.sub(lambda m: f'File "{_short(m[1])}"', text)

    def _uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error)
        sys.stderr.write(described(error))

    def _uncaught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._uncaught(args.exc_type, args.exc_value, args.exc_traceback)


def described(error: BaseException) -> str:
    """Say where it broke: files, lines and functions; no message of unknown origin, no value."""
    parts: list[str] = []
    current: BaseException | None = error
    while current is not None:
        frames = traceback.extract_tb(current.__traceback__)
        lines = [f"  {_short(f.filename)}:{f.lineno} in {f.name}\n    {f.line}" for f in frames]
        parts.append("\n".join([*lines, _named(current)]))
        current = current.__cause__ or current.__context__
    return "\n\ncaused by\n\n".join(parts) + "\n"


def _named(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    return f"{kind}: {error.id}" if isinstance(error, VanelError) else kind


def _short(filename: str) -> str:
    return "/".join(PurePath(filename.replace("\\", "/")).parts[-3:])
