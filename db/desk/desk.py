"""One desk: its people, its scans, its badges, and what it can say of itself."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from db.desk.admit import Admit
from db.desk.badges import RESTORED, Badges
from db.desk.people import People
from db.desk.verify import Verification, verify
from db.domain.errors import NotFound
from db.domain.facts import Clock, NewId, micros
from db.domain.programme import Event, Place
from db.store.backup import back_up, restore, tidy
from db.store.errors import DamagedDatabase
from db.store.home import Home
from db.store.log import Token
from db.store.store import Source, Store, make_store, open_store

QUARTER: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Counts:
    """People, not scans: inside now, entered today, expected in all; `as_of` aware, UTC."""

    inside: int
    entered: int
    expected: int
    last_quarter: int
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Status:
    """This desk at a glance; what is None does not exist yet on a lone desk."""

    desk: str
    desk_id: str
    place: str
    registrations: int
    facts: int
    waiting: int
    last_sync: datetime | None
    hub: str | None
    skew_ms: int | None
    printer: str
    key_place: str
    database: str


@dataclass(slots=True)
class Upkeep:
    """Checkpoints and copies, through connections of their own: no scan waits for them."""

    folder: Path
    key: bytes = field(repr=False)
    clock: Clock
    _copied: tuple[int, int] = (0, 0)  # size and time of the files at the last copy

    def tidy(self) -> None:
        """Move what waits in the write-ahead log into the database."""
        tidy(self.folder, self.key)

    def copy(self) -> bool:
        """Copy the database when it has changed since the last copy; tell whether it had."""
        state = _written(self.folder)
        if state == self._copied:
            return False
        back_up(self.folder, self.key, self.clock())
        self._copied = state
        return True


class Desk:
    """Everything one desk does; one thread at a time."""

    def __init__(self, home: Home, store: Store) -> None:
        """Bring the use cases together over one store."""
        self.home, self.store = home, store
        self.admit = Admit(store)
        self.people = People(store)
        self.badges = Badges(store)

    @property
    def event(self) -> Event:
        """The programme as it stands."""
        return self.store.event

    @property
    def place(self) -> Place:
        """Where this desk stands; reception until somebody says otherwise."""
        named = self.store.meta("place")
        return (self.event.place(named) if named else None) or self.event.reception

    @property
    def name(self) -> str:
        """What people call this desk."""
        return self.home.settings.desk_name or self.place.name

    def set_place(self, place_id: str) -> None:
        """Stand somewhere else; raises NotFound."""
        if self.event.place(place_id) is None:
            raise NotFound(what="place", name=place_id)
        with self.store.writing():
            self.store.set_meta("place", place_id)

    def set_name(self, name: str) -> None:
        """Be called otherwise."""
        self.home.change(desk_name=name.strip())

    def set_event(self, event: Event) -> None:
        """Take a newer programme of the same event; nothing is recorded when it is the same."""
        if not self.store.meta("programme") or event != self.event:
            with self.store.writing():
                self.store.set_event(event)
                self.store.projections.rebuild(event)  # rooms may have become something else

    def counts(self) -> Counts:
        """Return the figures of the header, all as of one instant."""
        now = self.store.source.clock().at
        folded, roster = self.store.projections, self.store.roster
        with self.store.reading():
            return Counts(
                inside=folded.inside(),
                entered=folded.entered_on(self.event.day(now).isoformat()),
                expected=roster.count() - roster.cancelled(),
                last_quarter=self.store.log.entries_since(micros(now - QUARTER)),
                as_of=now,
            )

    def status(self) -> Status:
        """Return this desk at a glance."""
        with self.store.reading():
            return Status(
                desk=self.name,
                desk_id=self.store.log.desk,
                place=self.place.id,
                registrations=self.store.roster.count(),
                facts=self.store.log.count(),
                waiting=0,
                last_sync=None,
                hub=None,
                skew_ms=None,
                printer=self.home.settings.printer,
                key_place=self.home.settings.key_place,
                database=str(self.store.path),
            )

    def changed(self) -> bool:
        """Tell whether another process wrote since this was last asked."""
        with self.store.reading():
            return self.store.changed()

    def verify(self) -> Verification:
        """Re-read the log: chains, details, projections, search index."""
        with self.store.reading():
            return verify(self.store)

    def back_up(self) -> None:
        """Copy the live database beside itself; any thread, it has its own connection."""
        back_up(self.store.folder, self.store.key, self.store.source.clock())

    def upkeep(self) -> "Upkeep":
        """Return what keeps the files in order, for a thread of its own."""
        return Upkeep(self.store.folder, self.store.key, self.store.source.clock)

    def close(self) -> None:
        """Close the database."""
        self.store.close()


def open_desk(
    home: Home, event_id: str | None = None, *, clock: Clock, new_id: NewId, token: Token
) -> Desk:
    """Open an event held in this home; raise StoreError kinds."""
    return Desk(home, open_store(home, Source(clock, new_id, token), event_id))


def load_event(home: Home, event: Event, *, clock: Clock, new_id: NewId, token: Token) -> Desk:
    """Open a desk on this programme: a new event is made, a known one takes the new programme."""
    source = Source(clock, new_id, token)
    if event.id not in home.events():
        return Desk(home, make_store(home, event, source))
    desk = Desk(home, open_store(home, source, event.id, begun=True))
    desk.set_event(event)
    home.change(current=event.id)
    return desk


def restore_desk(
    home: Home, event_id: str | None = None, *, clock: Clock, new_id: NewId, token: Token
) -> Desk:
    """Set a damaged database aside and open its last good copy as a new desk of the same name.

    A database that is sound stays: what was recorded since the copy would be missing.
    """
    chosen = home.chosen(event_id)
    sound = _sound(home, chosen, Source(clock, new_id, token))
    if sound is not None:
        return sound
    restore(home.folder_of(chosen), home.key_of(chosen), clock())
    desk = open_desk(home, chosen, clock=clock, new_id=new_id, token=token)
    desk.badges.doubt(RESTORED)
    desk.store.take_new_identity()
    return desk


def _sound(home: Home, event_id: str, source: Source) -> Desk | None:
    """Open the desk if its database can be read whole and adds up."""
    try:
        desk = Desk(home, open_store(home, source, event_id))
    except DamagedDatabase:
        return None
    try:
        if desk.verify().ok:
            return desk
    except DamagedDatabase:
        pass
    desk.close()
    return None


def _written(folder: Path) -> tuple[int, int]:
    """Return what tells one state of the database's files from another."""
    found = [p.stat() for name in ("desk.db", "desk.db-wal") if (p := folder / name).exists()]
    return sum(one.st_size for one in found), max((one.st_mtime_ns for one in found), default=0)
