"""Drives the real window through every screen and every answer, and keeps pictures of them."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QWidget

from db.domain.registration import Registration, Status
from desktop.app import App
from desktop.screens.attendees import Attendees
from desktop.screens.badges import BadgesScreen
from desktop.screens.importing import ImportDialog, Looked, looked_at
from desktop.work import Urgency

if TYPE_CHECKING:
    from db.desk.desk import Desk
    from db.store.home import Home

SIZE: Final = (1366, 768)
LOOKED_THROUGH: Final = 5_000
DEADLINE_S: Final = 30.0
GALA: Final = "gala"
FULL: Final = "grand-toulouse"


class TourStuck(RuntimeError):
    """The window did not come to rest: a fault of the program, never of the data."""


def tour(home: "Home", folder: Path) -> list[Path]:
    """Open the window of a home that holds the demo, visit everything, return the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    app = App(home, muted=True)
    app.window.resize(*SIZE)
    visit = _Visit(app, folder)
    try:
        visit.opening()
        visit.answers()
        visit.decisions()
        visit.rooms()
        visit.languages_and_sizes()
    finally:
        app.finish()
    return visit.pictures


class _Visit:
    def __init__(self, app: App, folder: Path) -> None:
        self._app = app
        self._folder = folder
        self.pictures: list[Path] = []
        self._people: list[Registration] = []

    def opening(self) -> None:
        self._app.window.resize(*SIZE)
        self._app.window.show()
        self._picture("welcome")
        self._app.start()
        self._until(lambda: self._app.service.standing is not None)
        self._app.service.ask(_some, self._people.extend)
        self._picture("ready")

    def answers(self) -> None:
        """Every answer of the door, by scans of invented people."""
        plain = self._plain()
        guest, second = next(plain), next(plain)
        for person in islice(plain, 4):
            self._scan(person)
        self._scan(guest)
        self._picture("admitted")
        self._scan(second)
        self._scan(guest)
        self._picture("already-in")
        self._scan(self._with_status(Status.CANCELLED))
        self._picture("refused-cancelled")
        self._app.window.scanned("https://example.org/menu.pdf", "")
        self._picture("refused-not-a-ticket")
        self._app.window.do("info")
        self._scan(second)
        self._picture("info")
        self._app.window.do("direction")
        self._scan(second)
        self._picture("left")
        self._app.window.do("direction")
        self._scan(second)
        self._picture("back-inside")

    def decisions(self) -> None:
        """What a person at the desk decides, and how."""
        window = self._app.window
        self._scan(next(p for p in self._people if p.text("instruction") and _stands(p)))
        self._picture("attention-instruction")
        window.do("seen")
        self._scan(self._with_status(Status.UNPAID))
        window.do("override")
        self._picture("override-reason")
        window.do("search")
        self._stand(GALA)
        uninvited = (p for p in self._plain() if GALA not in str(p.fields))
        self._scan(next(uninvited))
        self._picture("refused-by-invitation")
        self._crowd()
        self._stand(FULL)
        crowd = self._plain()
        self._scan(next(crowd))
        self._scan(next(crowd))
        self._picture("attention-decision")
        window.do("search")
        window.checkin.lists.show_undecided()
        self._picture("to-decide")
        self._stand("")
        window.do("undo")
        self._picture("undo-reason")
        window.do("search")

    def rooms(self) -> None:
        """Search, and the other screens."""
        window = self._app.window
        name = next(self._plain()).text("family_name")[:4]
        window.checkin.lists.show_scans()
        window.checkin.type(name)
        self._picture("search")
        window.do("search")
        window.go("attendees")
        attendees = window.screen_of("attendees")
        assert isinstance(attendees, Attendees)
        attendees.field.setText(name)
        self._settle()
        attendees.table.selectRow(0)
        self._picture("attendees")
        self._import()
        window.go("badges")
        badges = window.screen_of("badges")
        assert isinstance(badges, BadgesScreen)
        self._until(badges.drawn)
        self._picture("badges")
        for name in ("settings", "guide"):
            window.go(name)
            self._picture(name)

    def languages_and_sizes(self) -> None:
        """The door in the other language, in large text, on a small and on a large screen."""
        window, settings = self._app.window, self._app.home.settings
        other = "en" if settings.lang == "fr" else "fr"
        window.change({"lang": other})
        window.go("checkin")
        guest = next(self._plain())
        self._scan(guest)
        self._picture(f"already-in-{other}")
        window.change({"lang": settings.lang, "text_scale": 2.0})
        self._picture("text-at-200-percent")
        window.change({"text_scale": settings.text_scale})
        for width, height in ((1024, 700), (2560, 1440)):
            window.resize(width, height)
            self._picture(f"window-{width}x{height}")
        window.resize(*SIZE)

    def _import(self) -> None:
        """The sample table, looked at and left."""
        looked: list[Looked] = []
        sample = Path(str(files("resources.events"))) / "sample-registrations.csv"
        self._app.service.ask(lambda desk: looked_at(desk, sample), looked.append)
        self._until(partial(bool, looked))
        dialog = ImportDialog(self._app.window, self._app.window.kit, looked[0])
        dialog.show()
        self._picture("import", dialog)
        dialog.reject()
        dialog.deleteLater()

    # what the visit does with its hands

    def _plain(self) -> Iterator[Registration]:
        return (p for p in self._people if _stands(p) and not p.text("instruction"))

    def _with_status(self, status: Status) -> Registration:
        return next(p for p in self._people if p.status is status and p.several("code"))

    def _scan(self, person: Registration) -> None:
        self._app.wedge.scanned.emit(person.several("code")[0], "")
        self._settle()

    def _stand(self, place: str) -> None:
        service = self._app.service
        standing = service.standing
        assert standing is not None
        there = place or standing.event.reception.id
        service.change(lambda desk: desk.set_place(there), self._app.window.moved)
        self._settle()
        self._app.window.go("checkin")

    def _crowd(self) -> None:
        """Give one room an invented capacity, to show what a full room says."""

        def full(desk: "Desk") -> None:
            places = tuple(
                replace(p, capacity=1, capacity_is_example=True) if p.id == FULL else p
                for p in desk.event.places
            )
            desk.set_event(replace(desk.event, places=places))

        self._app.service.change(full, self._app.window.moved)
        self._settle()

    def _picture(self, name: str, shown: QWidget | None = None) -> None:
        self._settle()
        path = self._folder / f"{len(self.pictures) + 1:02d}-{name}.png"
        (shown or self._app.window).grab().save(str(path))
        self.pictures.append(path)

    def _settle(self) -> None:
        """Wait until the worker has done all that waits, and what followed was shown."""
        for _ in range(3):
            done: list[None] = []
            if self._app.service.standing is not None:
                self._app.service.ask(lambda _: None, done.append, lambda _: None, Urgency.LOOK)
                self._until(partial(bool, done))
            self._turn()

    def _until(self, done: Callable[[], bool]) -> None:
        end = time.monotonic() + DEADLINE_S
        while not done():
            if time.monotonic() > end:
                raise TourStuck
            self._turn()

    def _turn(self) -> None:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def _some(desk: "Desk") -> list[Registration]:
    return list(islice(desk.people.all(), LOOKED_THROUGH))


def _stands(person: Registration) -> bool:
    """Whether nothing stands in the way of this person at the door."""
    confirmed = person.status is Status.CONFIRMED and bool(person.several("code"))
    return confirmed and not person.several("days")
