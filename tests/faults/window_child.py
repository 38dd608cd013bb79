"""The real window, offscreen, told what to do line by line; answers with what a person would see.

«scan CODE» answers {"ground", "title", "sound"} once the pane has changed; «close» ends it;
«accept» presses the button of a message. What the window says by itself comes as {"said"}.
"""

import json
import os
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox

from db.store.home import Home
from desktop.app import run
from desktop.widgets.verdict_pane import VerdictPane
from desktop.window import Window

LOOKS_EVERY_MS = 5


def say(**line: object) -> None:
    """Answer on standard output."""
    os.write(1, json.dumps(line).encode() + b"\n")


class Hands(QObject):
    """Waits for the window, then does what is asked for."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._window: Window | None = None
        self._orders = QSocketNotifier(0, QSocketNotifier.Type.Read, self)
        self._orders.activated.connect(self._take)
        self._look = QTimer(self, interval=LOOKS_EVERY_MS)
        self._look.timeout.connect(self._find)
        self._look.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Listen to the window from its first moment."""
        if self._window is None and isinstance(watched, Window):
            self._window = watched
            watched.said.connect(lambda text: say(said=text))
        return False

    def _find(self) -> None:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QMessageBox) and widget.isVisible():
                self._look.stop()
                say(box=widget.text(), step=widget.informativeText())
        if self._window is not None and self._window.findChildren(VerdictPane):
            self._look.stop()
            self._window.checkin.sounded.connect(self._answer)
            say(ready=True)

    def _take(self) -> None:
        order = sys.stdin.readline().split()
        match order:
            case ["scan", code] if self._window is not None:
                self._window.scanned(code, "")
            case ["accept"]:
                for box in QApplication.topLevelWidgets():
                    if isinstance(box, QMessageBox):
                        box.accept()
            case _:
                QApplication.closeAllWindows()

    def _answer(self, sound: str) -> None:
        assert self._window is not None
        pane = self._window.checkin.pane
        ground = pane.grab().toImage().pixelColor(pane.width() - 8, pane.height() // 2).name()
        texts = [each.text() for each in pane.findChildren(QLabel) if each.text()]
        say(sound=sound, ground=ground.upper(), title=texts[0])


def main(home: Path) -> int:
    """Open the window on this home, as `vanel desk` does."""
    app = QApplication([])
    app.installEventFilter(Hands(app))
    return run(Home(home))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
