"""A desk with a few people, and a window on it that tests can drive."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from pytestqt.qtbot import QtBot

from db.desk.desk import Desk, load_event
from db.domain.programme import Place
from db.domain.registration import Fields
from db.store.home import Home
from db.store.keys import FILE
from db.store.store import Source
from desktop.app import App
from desktop.work import Urgency
from tests.fixed import Chance, FixedClock, Ids
from tests.forum import FORUM

ADA: Fields = {
    "given_name": "Ada", "family_name": "Essai", "organisation": "Ville d'Essai",
    "category": "elu", "code": ("adaadaada1",),
}  # fmt: skip
ZOE: Fields = {"given_name": "Zoé", "family_name": "Œuvre", "code": ("zoezoezoe2",)}
GUS: Fields = {
    "given_name": "Gus", "family_name": "Annulé", "status": "cancelled", "code": ("gusgusgus3",),
}  # fmt: skip
UMA: Fields = {
    "given_name": "Uma", "family_name": "Impayée", "status": "unpaid", "code": ("umaumauma4",),
}  # fmt: skip
LEA: Fields = {
    "given_name": "Léa", "family_name": "Trophée", "code": ("lealealea5",),
    "instruction": "Remettre le trophée.",
}  # fmt: skip
TWIN: Fields = {"given_name": "Zoé", "family_name": "Œuvre", "organisation": "Sicoval"}
PEOPLE = (ADA, ZOE, GUS, UMA, LEA, TWIN)


def code(person: Fields) -> str:
    """Return the ticket of an invented person."""
    return str(person["code"][0])


def filled(home: Home, clock: FixedClock) -> None:
    """Load the forum and the few people, and close the desk again."""
    home.change(key_place=FILE, lang="fr")
    desk = load_event(home, FORUM, clock=clock, new_id=Ids(), token=Chance())
    for person in PEOPLE:
        desk.people.register(person)
    desk.close()


class Driven:
    """An application that runs in the test's own event loop."""

    def __init__(self, home: Home, clock: FixedClock, bot: QtBot, *, opens: bool = True) -> None:
        self.home = home
        self.clock = clock
        self.app = App(home, source=Source(clock, Ids(2), Chance(2)), muted=True)
        self.window = self.app.window
        self.bot = bot
        self.sounds: list[str] = []
        self.app.start()
        if opens and home.events():
            self.until(lambda: self.app.service.standing is not None)
            self.settle()

    @property
    def title(self) -> str:
        """What the pane says first."""
        return self.window.checkin.pane.words.title

    @property
    def shown(self) -> str:
        """Whom the pane names."""
        return self.window.checkin.pane.words.name

    def scan(self, typed: str) -> None:
        """Scan, and wait for the answer."""
        self.app.wedge.scanned.emit(typed, "")
        self.settle()

    def do(self, gesture: str) -> None:
        """Press a key of the desk, and wait."""
        self.window.do(gesture)
        self.settle()

    def ask(self, job: Callable[[Desk], object]) -> object:
        """Return what the desk answers."""
        answers: list[object] = []
        self.app.service.ask(job, answers.append, answers.append, Urgency.LOOK)
        self.until(lambda: bool(answers))
        return answers[0]

    def crowd(self, place: str) -> None:
        """Give a room one seat, and stand at its door."""

        def one_seat(room: Place) -> Place:
            return replace(room, capacity=1) if room.id == place else room

        def job(desk: Desk) -> None:
            places = tuple(one_seat(room) for room in desk.event.places)
            desk.set_event(replace(desk.event, places=places))
            desk.set_place(place)

        self.app.service.change(job, self.window.moved)
        self.settle()

    def settle(self) -> None:
        """Wait until the worker has nothing left to do."""
        for _ in range(3):
            self.ask(lambda _: None)

    def until(self, done: Callable[[], bool]) -> None:
        """Run the event loop until something holds."""
        self.bot.waitUntil(done, timeout=10_000)


@contextmanager
def driven(home: Home, clock: FixedClock, bot: QtBot, *, opens: bool = True) -> Iterator[Driven]:
    """Run a window for one test, and put it away."""
    run = Driven(home, clock, bot, opens=opens)
    try:
        yield run
    finally:
        run.app.finish()
        run.window.deleteLater()
    assert run.app.crashes.found() == ""
