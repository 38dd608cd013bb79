"""The real window, offscreen, told what to do line by line; answers with what a person would see.

«scan CODE» answers {"ground", "title", "sound"} once the pane has changed; «close» ends it;
«look» answers {"texts"}, all that can be read. A message box is told as {"box", "step"}.
"""

import json
import os
import sys
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget

from db.store.home import Home
from desktop.app import run
from desktop.widgets.verdict_pane import VerdictPane
from desktop.window import Window

LOOKS_EVERY_MS = 5
W = TypeVar("W", bound=QWidget)


def say(**line: object) -> None:
    """Answer on standard output."""
    os.write(1, json.dumps(line).encode() + b"\n")


class Hands(QObject):
    """Waits for the window, then does what is asked for."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._orders = QSocketNotifier(0, QSocketNotifier.Type.Read, self)
        self._orders.activated.connect(self._take)
        self._look = QTimer(self, interval=LOOKS_EVERY_MS)
        self._look.timeout.connect(self._find)
        self._look.start()

    def _find(self) -> None:
        for box in _tops(QMessageBox):
            self._look.stop()
            say(box=box.text(), step=box.informativeText())
        for window in _tops(Window):
            if window.findChildren(VerdictPane):
                self._look.stop()
                window.checkin.sounded.connect(self._answer)
                say(ready=True)

    def _take(self) -> None:
        match sys.stdin.readline().split(), _tops(QMessageBox), _tops(Window):
            case ["scan", code], _, [window]:
                window.scanned(code, "")
            case ["look"], _, [window]:
                labels = window.findChildren(QLabel)
                say(texts=[label.text() for label in labels if label.isVisible()])
            case _, [box], _:
                box.accept()
            case _:
                QApplication.closeAllWindows()

    def _answer(self, sound: str) -> None:
        (window,) = _tops(Window)
        pane = window.checkin.pane
        ground = pane.grab().toImage().pixelColor(pane.width() - 8, pane.height() // 2).name()
        texts = [each.text() for each in pane.findChildren(QLabel) if each.text()]
        say(sound=sound, ground=ground.upper(), title=texts[0])


def _tops(kind: type[W]) -> list[W]:
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, kind)]


def main(home: Path) -> int:
    """Open the window on this home, as `vanel desk` does."""
    app = QApplication([])
    app.setProperty("hands", Hands(app))
    return run(Home(home))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
