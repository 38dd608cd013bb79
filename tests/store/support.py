"""A store of the forum on a folder, and the shortest way to make things happen in it."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.domain.facts import Kind
from db.domain.registration import Fields, Registration
from db.store.log import Draft, Recorded
from db.store.store import Source, Store
from tests.fixed import source
from tests.forum import FORUM

if TYPE_CHECKING:
    import sqlite3 as dbapi
else:
    from sqlcipher3 import dbapi2 as dbapi

__all__ = ["dbapi"]  # lent to the tests, beside everything defined here

KEY: Final = bytes(range(32))
DOOR, ROOM = "accueil", "auditorium"


def store_in(folder: Path, by: Source | None = None) -> Store:
    """Open or make the forum's store in a folder."""
    store = Store(folder, KEY, FORUM.id, by or source())
    if not store.meta("programme"):
        with store.writing():
            store.set_event(FORUM)
    return store


def person_id(n: int) -> str:
    """Return the id of an invented person."""
    return f"{n:02x}" * 16


def record(
    store: Store, kind: str, person: int = 1, place: str = DOOR, refers: str | None = None
) -> Recorded:
    """Record a fact about a person and refold them, as one transaction."""
    who = person_id(person)
    with store.writing():
        (recorded,) = store.log.append([Draft(kind=kind, person=who, place=place, refers=refers)])
        store.projections.refold(store.event, who)
    return recorded


def enter(store: Store, person: int = 1, place: str = DOOR) -> Recorded:
    """Let a person in."""
    return record(store, Kind.ENTERED, person, place)


def register(store: Store, person: int, badge: str = "", **fields: str | tuple[str, ...]) -> None:
    """Record a registration and project it."""
    who = Registration(person_id(person), fields)
    detail = {"fields": dict(who.fields), "badge": badge}
    with store.writing():
        store.log.append([Draft(kind=Kind.REGISTERED, person=who.id, detail=detail)])
        store.roster.add(who, badge)


def change(store: Store, person: int, changes: Fields) -> None:
    """Project changed fields of a person, without a fact."""
    before = store.roster.get(person_id(person))
    assert before is not None
    with store.writing():
        store.roster.change(before.amended(changes))


def raw(path: Path, key: bytes | None = KEY) -> "dbapi.Connection":
    """Open a database file beside the product, as somebody with the key (or without) would."""
    conn = dbapi.connect(path, isolation_level=None)
    conn.execute("PRAGMA cipher_log_level = NONE").fetchall()
    if key is not None:
        conn.execute(f"PRAGMA key = \"x'{key.hex()}'\"").fetchall()
    return conn
