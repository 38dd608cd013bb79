"""Keeps a desk's files in order while its window is open: checkpoints, and a copy beside them."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from desktop.work import Worker

if TYPE_CHECKING:
    from db.desk.desk import Upkeep

TIDY_MS: Final = 20_000
COPY_MS: Final = 10 * 60_000
FIRST_COPY_MS: Final = 30_000


class Keeper(QObject):
    """A thread and connections of its own: a scan never waits for any of it."""

    def __init__(self, worker: Worker, upkeep: "Upkeep") -> None:
        """Begin at once; the first copy comes soon after."""
        super().__init__()
        self._worker, self._upkeep = worker, upkeep
        self._tidy = QTimer(self, interval=TIDY_MS)
        self._tidy.timeout.connect(self.tidy)
        self._copy = QTimer(self, interval=FIRST_COPY_MS)
        self._copy.timeout.connect(self.copy)
        self._tidy.start()
        self._copy.start()

    def tidy(self) -> None:
        """Empty the write-ahead log when there is a moment."""
        self._worker.latest("tidy", self._upkeep.tidy, lambda _: None)

    def copy(self) -> None:
        """Copy the database if it has changed."""
        self._copy.setInterval(COPY_MS)
        self._worker.latest("copy", self._upkeep.copy, lambda _: None)

    def close(self) -> None:
        """Finish what is under way."""
        self._tidy.stop()
        self._copy.stop()
        self._worker.stop()
