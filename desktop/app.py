"""Opens the desk's window: home, worker, desk, scanner, sounds, each passed by constructor."""

import secrets
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from db.domain.errors import VanelError
from desktop import __version__
from desktop.crash import Crashes
from desktop.keeper import Keeper
from desktop.means import Means
from desktop.service import Service, Standing
from desktop.sound import Sounds
from desktop.spooler import Spooler
from desktop.theme import load_fonts
from desktop.window import Window
from desktop.words import Speech
from desktop.work import WindowThread, Worker
from resources.words import Catalogue

if TYPE_CHECKING:
    from db.desk.desk import Desk, Upkeep
    from db.domain.facts import Clock, NewId
    from db.store.home import Home
    from db.store.log import Token
    from db.store.store import Source

AFTER_PAINT_MS = 300


class _Parts(TypedDict):
    clock: "Clock"
    new_id: "NewId"
    token: "Token"


class WindowTaken(VanelError):
    """Another window has this home."""

    id = "window-taken"
    message = "A window of this desk is open already (process {pid})."
    next_step = "Nothing was changed. Go on in that window, or close it and start again."


class App:
    """One running window; `start` shows it, `finish` puts everything away."""

    def __init__(
        self,
        home: "Home",
        event: str | None = None,
        source: "Source | None" = None,
        *,
        muted: bool = False,
    ) -> None:
        """Build everything; a QApplication is made where there is none."""
        self._source = source or _usual()
        clock = self._source.clock
        made = QApplication.instance()
        self.qt = made if isinstance(made, QApplication) else QApplication(sys.argv[:1])
        self.qt.setApplicationName("Vanel")
        self.home = home
        self._event = event
        self._screen = "checkin"
        self._paper: Spooler | None = None
        self._upkeep: Keeper | None = None
        self._thread = WindowThread()
        self.crashes = Crashes(home.folder / "crash", lambda: clock().at, __version__)
        self._worker = Worker(self._thread.deliver, self.crashes.report)
        self.service = Service(self._worker, lambda _: None)
        self._beside = QTimer(singleShot=True, interval=AFTER_PAINT_MS)
        self._beside.timeout.connect(self._work_beside)
        opening = event is not None or bool(home.events())
        if opening:
            self.reopen()  # the database opens while the window is being built
        font = self.qt.font()
        load_fonts()
        self.sounds = Sounds(enabled=home.settings.sound, muted=muted)
        self.window = Window(
            Means(
                home=home, service=self.service, sounds=self.sounds,
                now=lambda: clock().at, font=font, load_file=self.load_file,
                load_example=self.load_example, paper=self.paper,
                reopen=self.reopen, restore=self.restore,
            ),
            opening=opening,
        )  # fmt: skip
        self._scanner()

    def _scanner(self) -> None:
        from desktop.scanning.wedge import WedgeFilter

        self.wedge = WedgeFilter(
            lambda: time.monotonic() * 1000, gap_ms=self.home.settings.burst_gap_ms
        )
        self.wedge.scanned.connect(self.window.scanned)
        self.wedge.repeated.connect(self.window.repeated)
        self.wedge.during_dialog.connect(self.window.scanned_in_dialog)
        self.window.turned.connect(self.wedge.forget)
        self.wedge.install(self.qt)

    def start(self, screen: str = "checkin") -> None:
        """Show the window, then load what may come later."""
        self._screen = screen
        report = self.crashes.found()
        self.crashes.watch()
        self.window.show()
        QTimer.singleShot(AFTER_PAINT_MS, self.sounds.load)
        if report:
            self.window.show_report(report, self.crashes.seen)

    def reopen(self) -> None:
        """Open the desk of this home, or say what keeps it shut."""
        self._open(self._opener())

    def restore(self) -> None:
        """Set a damaged database aside, and open its last good copy."""
        from db.desk.desk import restore_desk

        self._open(lambda: restore_desk(self.home, self._event, **self._parts()))

    def _open(self, opener: "Callable[[], Desk]") -> None:
        self.service.open(opener, self._opened, lambda error: self.window.closed(error))

    def _opened(self, standing: Standing) -> None:
        self._event = standing.event.id
        self._rest()
        self.window.opened(standing)
        self.window.go(self._screen)
        self._beside.start()

    def _work_beside(self) -> None:
        """Print and keep the files in order, once the first picture is there."""
        self.paper().start()
        self._keep()

    def _rest(self) -> None:
        """Stop what works beside the window."""
        self._beside.stop()
        for helper in (self._paper, self._upkeep):
            if helper is not None:
                helper.close()
        self._paper = self._upkeep = None

    def _keep(self) -> None:
        """Keep the files in order from now on."""

        def known(upkeep: "Upkeep") -> None:
            worker = Worker(self._thread.deliver, self.crashes.report, "upkeep")
            self._upkeep = Keeper(worker, upkeep)

        self.service.look("upkeep", lambda desk: desk.upkeep(), known)

    def finish(self) -> None:
        """Finish what waits, and close the desk."""
        self.qt.removeEventFilter(self.wedge)
        self._rest()
        self.service.close()
        self.window.close()
        self.crashes.rest()

    def load_file(self, path: Path) -> None:
        """Load an event file: a new forum, or a newer programme of this one."""
        self._load(lambda: path.read_text(encoding="utf-8-sig"))

    def load_example(self) -> None:
        """Load the Toulouse forum."""
        from resources.events import example

        self._load(example)

    def _load(self, text: Callable[[], str]) -> None:
        from db.desk.desk import load_event
        from db.exchange.event_file import read_event

        def opener() -> "Desk":
            return load_event(self.home, read_event(text()), **self._parts())

        self.service.open(opener, self._opened, lambda error: self.window.show_failure(error))

    def _opener(self) -> "Callable[[], Desk]":
        from db.desk.desk import open_desk

        return lambda: open_desk(self.home, self._event, **self._parts())

    def _parts(self) -> "_Parts":
        source = self._source
        return {"clock": source.clock, "new_id": source.new_id, "token": source.token}

    def paper(self) -> Spooler:
        """Return what prints, made when first asked for."""
        if self._paper is None:
            worker = Worker(self._thread.deliver, self.crashes.report, "printing")
            self._paper = Spooler(worker, self._opener(), self.home.settings.lang)
            self._paper.moved.connect(lambda: self.window.refresh("badges"))
        return self._paper


def _usual() -> "Source":
    from db.store.clocks import moment_now, new_id
    from db.store.store import Source

    return Source(moment_now, new_id, secrets.token_bytes)


def run(home: "Home", event: str | None = None, screen: str = "checkin") -> int:
    """Open the window and stay until it is closed; 1 when another window has this home."""
    from db.store.lock import WINDOW, Lock

    lock = Lock(home.folder, WINDOW)
    if not lock.acquire():
        return _refused(home, lock.holder)
    app = App(home, event)
    app.start(screen)
    try:
        return app.qt.exec()
    finally:
        app.finish()
        lock.release()


def _refused(home: "Home", holder: str) -> int:
    from PySide6.QtWidgets import QMessageBox

    qt = QApplication.instance() or QApplication(sys.argv[:1])
    told = Speech(Catalogue(home.settings.lang)).error(WindowTaken(pid=holder))
    box = QMessageBox(QMessageBox.Icon.Information, qt.applicationName(), told.message)
    box.setInformativeText(told.next_step)
    box.exec()
    return 1
