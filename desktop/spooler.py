"""Paper beside the window: a thread of its own sends badges, draws previews, tests printers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.work import Urgency, Worker
from resources.words import Catalogue, mark

if TYPE_CHECKING:
    from db.desk.desk import Desk
    from printing.page import Notice, Page
    from printing.spool import Printed, Spool

AGAIN_MS: Final = 5_000
"""How often a printer that did not answer is asked again; nothing of the job had left."""

Failed = Callable[[Exception], None]


@dataclass(frozen=True, slots=True)
class DrawnBadge:
    """The very dots of the printer as PNG, the size of the paper, what to know beforehand."""

    png: bytes
    width_mm: float
    height_mm: float
    notices: "tuple[Notice, ...]"


class Spooler(QObject):
    """Owns a second desk on the same database: a slow printer never holds up a scan."""

    moved = Signal()  # a job changed its state

    def __init__(self, worker: Worker, opener: "Callable[[], Desk]", lang: str) -> None:
        """Open nothing before the first badge."""
        super().__init__()
        self._worker = worker
        self._opener = opener
        self._words = Catalogue(lang)
        self._desk: Desk | None = None
        self._spool: Spool | None = None
        self._again = QTimer(self, interval=AGAIN_MS)
        self._again.timeout.connect(self.kick)

    def start(self) -> None:
        """Send what an earlier run left, then whatever is asked for."""
        self.kick()
        self._again.start()

    def kick(self) -> None:
        """Send the badges that wait."""
        self._worker.latest("spool", lambda: self._opened().run(), self._ran)

    def _ran(self, outcome: "list[Printed] | Exception") -> None:
        if outcome and not isinstance(outcome, Exception):
            self.moved.emit()

    def preview(self, person: str, then: Callable[[DrawnBadge], None], failed: Failed) -> None:
        """Draw a person's badge as this desk would print it."""

        def told(outcome: DrawnBadge | Exception) -> None:
            if isinstance(outcome, Exception):
                failed(outcome)
            else:
                then(outcome)

        self._worker.latest("preview", lambda: _drawn(self._opened().page(person)), told)

    def test(self, destination: str, then: Callable[[], None], failed: Failed) -> None:
        """Print a badge that names nobody; raises what the printer says."""

        def told(outcome: int | Exception) -> None:
            if isinstance(outcome, Exception):
                failed(outcome)
            else:
                then()

        self._worker.run(lambda: self._printed(destination), told)

    def close(self) -> None:
        """Let go of the printers and of the database, then end the thread."""
        self._again.stop()
        self._worker.run(self._close, lambda _: None, Urgency.CLOSE)
        self._worker.stop()

    def _close(self) -> None:
        if self._spool is not None:
            self._spool.lock.release()
        if self._desk is not None:
            self._desk.close()
        self._spool = self._desk = None

    def _stock(self) -> str:
        self._opened()
        return self._desk.home.settings.stock if self._desk is not None else ""

    def _opened(self) -> "Spool":
        if self._spool is None:
            from printing.spool import Spool

            self._desk = self._opener()
            self._spool = Spool(self._desk)
        return self._spool

    def _printed(self, destination: str) -> int:
        from printing.badge import BadgeData, compose
        from printing.delivery import Ways, check, deliver
        from printing.destinations import destination_of
        from printing.template_file import default_template

        to = destination_of(destination)
        check(to)
        template, say = default_template(), self._words.gettext
        data = BadgeData(
            given_name=say(mark("Test")), family_name="Vanel", code="0" * 30,
            event_name=say(mark("This printer answers.")),
        )  # fmt: skip
        stock = template.stock(self._stock()) or template.stocks[0]
        return deliver([compose(template, data, stock)], to, Ways())


def _drawn(page: "Page") -> DrawnBadge:
    from printing.render import bitmap_of, png_of

    width, height = page.stock.size_mm
    return DrawnBadge(png_of(bitmap_of(page)), width, height, page.notices)
