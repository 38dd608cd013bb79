"""A small window for a real X server: one JSON line per scan, and at last what leaked."""

import json
import sys
import time

from PySide6.QtCore import Qt, QThread, QTimer
from PySide6.QtWidgets import QApplication

from desktop.scanning.wedge import WedgeFilter
from tests.desktop.scanning.support import Desk


def say(**line: object) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def main(busy_ms: int) -> None:
    """Run until «12345678» is scanned; a slot blocks the interface `busy_ms` again and again."""
    app = QApplication(sys.argv[:1])
    desk = Desk()
    wedge = WedgeFilter(lambda: time.monotonic() * 1000)
    wedge.install(app)

    def scanned(typed: str, physical: str) -> None:
        if physical == "12345678":
            say(field=desk.field.text(), clicks=desk.clicks)
            app.quit()
        else:
            say(typed=typed, physical=physical)
            widgets = (desk.field, desk.admit, desk.list)
            current = QApplication.focusWidget()
            widgets[(widgets.index(current) + 1) % 3 if current in widgets else 0].setFocus()

    wedge.scanned.connect(scanned)
    wedge.repeated.connect(lambda typed, _: say(repeated=typed))
    once = Qt.ConnectionType.SingleShotConnection
    app.focusWindowChanged.connect(lambda: say(ready=True), once)
    desk.show()
    desk.activateWindow()
    desk.field.setFocus()
    busy = QTimer()
    if busy_ms:
        busy.timeout.connect(lambda: QThread.msleep(busy_ms))
        busy.start(busy_ms + 60)
    app.exec()


if __name__ == "__main__":
    main(int(sys.argv[1]))
