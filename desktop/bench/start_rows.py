"""From a process's start to its first painted window."""

import importlib.util
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from desktop.bench.rows import Row, median

TRIES: Final = 7
_WATCH: Final = """
import sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel
class Watch(QObject):
    seen = False
    def eventFilter(self, it, event):
        if event.type() == QEvent.Type.Paint and not self.seen:
            self.seen = True
            QTimer.singleShot(0, self.tell)
        return False
    def tell(self):
        print(time.time(), flush=True)
        QTimer.singleShot(0, QApplication.closeAllWindows)
app = QApplication(sys.argv[:1])
watch = Watch()
app.installEventFilter(watch)
"""
_BARE: Final = _WATCH + "label = QLabel('Vanel'); label.show(); app.exec()"
_DESK: Final = (
    _WATCH + "sys.argv[1:] = ['--home', sys.argv[1], 'desk']\nfrom desktop.cli import main; main()"
)


def start_rows(home: Path, people: int) -> list[Row]:
    """Measure warm starts with the list loaded; skipped, and said, where Qt is absent."""
    against = "a process that shows one label"
    if not _has_qt():
        return [Row("start.paint", people, None, "s", None, against, "≤ 0.6 s", "skipped: no Qt")]
    desk, bare = [], []
    for _ in range(TRIES):
        desk.append(_painted(_DESK, str(home)))
        bare.append(_painted(_BARE))
    return [Row("start.paint", people, median(desk), "s", median(bare), against, "≤ 0.6 s")]


def _has_qt() -> bool:
    try:
        return importlib.util.find_spec("PySide6") is not None
    except ImportError:  # a finder that hides it
        return False


def _painted(code: str, *args: str) -> float:
    """Return the seconds from the start of a process to its first paint."""
    environment = dict(os.environ)
    if not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    start = time.time()
    done = subprocess.run(
        [sys.executable, "-c", code, *args],
        env=environment, check=True, capture_output=True, timeout=120, text=True,
    )  # fmt: skip
    return float(done.stdout.split()[0]) - start
