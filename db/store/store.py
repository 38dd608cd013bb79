"""One event's database, open: the log, its projections, and the programme folded from it."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from db.domain.facts import Clock, Kind, NewId
from db.domain.programme import Event, Session
from db.store.connection import connect, damaged, told, writing
from db.store.copies import copies
from db.store.errors import NoEvent, StoreError
from db.store.home import Home, check_name
from db.store.jobs import Jobs
from db.store.log import Draft, Log, Token
from db.store.migrations import migrate
from db.store.projections import Projections
from db.store.roster import Roster
from db.wire import BadWire

if TYPE_CHECKING:
    import sqlite3 as dbapi

DATABASE: Final = "desk.db"
TRIES: Final = 3
"""A page may look torn while another process writes it; not three times."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where time, ids and chance come from."""

    clock: Clock
    new_id: NewId
    token: Token


class Store:
    """The local database of one event. One thread at a time; every write is one transaction."""

    def __init__(self, folder: Path, key: bytes, event: str, source: Source) -> None:
        """Open or make the database in `folder`; raise StoreError kinds."""
        self.folder, self.path, self.key = folder, folder / DATABASE, key
        self.event_id, self.source = event, source
        self.conn = opened(folder, key)
        self.log = Log(self.conn, event, source.clock, source.new_id, source.token)
        self.roster = Roster(self.conn)
        self.projections = Projections(self.conn, self.log)
        self.jobs = Jobs(self.conn)
        self._event: tuple[str, Event] | None = None
        self._version = self._read_version = -1
        self._metas: dict[str, str] = {}
        self._closed = False
        self._identify()

    def _identify(self) -> None:
        with told(self.path):
            desk = self.meta("desk")
            if desk:
                self.log.open_as(desk)
                return
        with self.writing():
            self._take_identity()
            self.set_meta("code_key", self.source.token(32).hex())

    def _take_identity(self) -> None:
        desk = self.source.new_id()
        self.set_meta("desk", desk)
        self.log.open_as(desk)

    def take_new_identity(self) -> None:
        """Become another desk of the same name: after a restore, numbers must not repeat."""
        with self.writing():
            self._take_identity()

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Open one short durable transaction; what fails inside leaves no trace."""
        try:
            with writing(self.conn, self.path):
                self._refresh()
                yield
        except BaseException:
            self._forget()
            raise

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """Read what is there now; the library's errors are mapped."""
        with told(self.path):
            self._refresh()
            yield

    def _refresh(self) -> None:
        """Forget what was remembered when another process has written since."""
        version = self._data_version()
        if version != self._read_version:
            self._read_version = version
            self._forget()

    def _forget(self) -> None:
        self._metas.clear()
        self.log.forget_head()

    def meta(self, name: str) -> str:
        """Return a setting as of the latest `reading` or `writing`, empty when unset."""
        if name not in self._metas:
            row = self.conn.execute("SELECT value FROM meta WHERE key = ?", (name,)).fetchone()
            self._metas[name] = "" if row is None else str(row[0])
        return self._metas[name]

    def set_meta(self, name: str, value: str) -> None:
        """Keep a setting of this database; belongs inside a transaction."""
        self.conn.execute(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (name, value),
        )
        self._metas[name] = value

    def _data_version(self) -> int:
        return int(self.conn.execute("PRAGMA data_version").fetchone()[0])

    def changed(self) -> bool:
        """Tell whether another process wrote since this was last asked."""
        version = self._data_version()
        changed, self._version = version != self._version, version
        return changed

    @property
    def event(self) -> Event:
        """The programme as the latest programme fact tells it."""
        row = self.meta("programme")
        if self._event is None or self._event[0] != row:
            if not row:
                raise NoEvent  # the power went while the event was being loaded
            self._event = (row, self._programme(int(row)))
        return self._event[1]

    def _programme(self, seq: int) -> Event:
        with told(self.path):
            try:
                return event_of(self.log.detail(seq)["event"])
            except (BadWire, KeyError, msgspec.ValidationError) as error:
                raise damaged(self.path) from error

    def event_at(self, at: int) -> Event:
        """Return the programme as it stood at an instant (µs); today's if none stood then."""
        seq = self.log.programme_at(at)
        return self.event if seq is None else self._programme(seq)

    def set_event(self, event: Event) -> str:
        """Record a programme as a fact; return the fact's id. Belongs inside a transaction."""
        detail = {"event": msgspec.to_builtins(event)}
        (recorded,) = self.log.append([Draft(kind=Kind.PROGRAMME, detail=detail)])
        self.set_meta("programme", str(recorded.seq))
        return recorded.fact.id

    def checkpoint(self) -> None:
        """Move the write-ahead log into the database; called when nobody waits."""
        with self.reading():
            self.conn.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def wal_bytes(self) -> int:
        """Return how much waits in the write-ahead log."""
        with contextlib.suppress(OSError):
            return self.path.with_name(f"{DATABASE}-wal").stat().st_size
        return 0

    def whole(self) -> bool:
        """Tell whether every page of the file is as it was written."""
        if not any(self._untorn() for _ in range(TRIES)):
            return False
        return bool(self.conn.execute("PRAGMA quick_check").fetchone()[0] == "ok")

    def _untorn(self) -> bool:
        """Check the file itself, once the write-ahead log has mended what a power cut tore."""
        with contextlib.suppress(StoreError):
            self.checkpoint()
        return not self.conn.execute("PRAGMA cipher_integrity_check").fetchall()

    def close(self) -> None:
        """Close the database; harmless when closed."""
        if not self._closed:
            self._closed = True
            self.conn.close()


def opened(folder: Path, key: bytes) -> "dbapi.Connection":
    """Open and migrate the database in `folder`; a damaged one is named with its last copy."""
    path = folder / DATABASE
    with told(path):
        folder.mkdir(parents=True, exist_ok=True)
        conn = connect(path, key)
        try:
            migrate(conn)
        except BaseException:
            conn.close()
            raise
    return conn


def event_of(raw: object) -> Event:
    """Read a programme from a fact's detail, its times put into the event's own zone."""
    event = msgspec.convert(raw, Event)
    sessions = tuple(_zoned(session, event) for session in event.sessions)
    return replace(event, sessions=sessions)


def _zoned(session: Session, event: Event) -> Session:
    ends = None if session.ends is None else event.local(session.ends)
    return replace(session, starts=event.local(session.starts), ends=ends)


def open_store(
    home: Home, source: Source, event: str | None = None, *, begun: bool = False
) -> Store:
    """Open an event held in this home, the current one if none is named.

    Its programme is read at once; `begun` opens even an event whose loading was cut short.
    """
    chosen = home.chosen(event)
    folder = home.folder_of(chosen)
    _check_length(folder)
    store = Store(folder, home.key_of(chosen), chosen, source)
    try:
        if store.meta("programme") or not begun:
            _ = store.event
    except BaseException:
        store.close()
        raise
    return store


def _check_length(folder: Path) -> None:
    """Refuse a file that lost all its content: a new database in its place would hide that."""
    path = folder / DATABASE
    with told(path):
        if path.stat().st_size == 0 and copies(folder):
            raise damaged(path)


def make_store(home: Home, event: Event, source: Source) -> Store:
    """Make the database of an event that this home does not hold yet, and make it current."""
    folder = home.folder_of(check_name(event.id))
    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)
    store = Store(folder, home.make_key(event.id, source.new_id), event.id, source)
    with store.writing():
        store.set_event(event)
    home.change(current=event.id)
    return store
