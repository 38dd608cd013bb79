"""Where people are, kept beside the log in the same transaction, and rebuilt from it."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from db.domain.facts import micros
from db.domain.presence import Presence, Seen, fold
from db.domain.programme import Event
from db.store.log import Log

if TYPE_CHECKING:
    import sqlite3 as dbapi

_UPSERT: Final = (
    "INSERT INTO presence (person, inside, room, apart, since, day, badge)"
    " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (person) DO UPDATE SET"
    " inside = excluded.inside, room = excluded.room, apart = excluded.apart,"
    " since = excluded.since, day = excluded.day, badge = excluded.badge"
)
_MOVED: Final = (
    "SELECT DISTINCT person FROM fact WHERE person IS NOT NULL AND kind NOT IN"
    " ('registered', 'amended')"
)
_PLACED: Final = f"{_MOVED} UNION SELECT person FROM presence"  # noqa: S608 - a constant


class PresenceRow(NamedTuple):
    """One person's state as stored: `since` in µs, `day` the last day of admission (ISO)."""

    inside: int
    room: str | None
    apart: str | None
    since: int | None
    day: str | None
    badge: int


NOWHERE: Final = PresenceRow(0, None, None, None, None, 0)
"""The state of somebody who never moved; no row says the same."""


def presence_row(event: Event, state: Presence) -> PresenceRow:
    """Return what a folded state becomes in the table."""
    days = [
        event.day(stay.at).isoformat()
        for (scope, _), stay in state.firsts.items()
        if scope in event.buildings
    ]
    return PresenceRow(
        inside=int(state.inside),
        room=state.room,
        apart=state.apart,
        since=None if state.since is None else micros(state.since),
        day=max(days, default=None),
        badge=int(state.badge),
    )


class Projections:
    """The table of presences. Writes belong inside the store's transaction."""

    def __init__(self, conn: "dbapi.Connection", log: Log) -> None:
        """Fold from this log into this connection."""
        self._conn, self._log = conn, log

    def presence(self, event: Event, person: str) -> Presence:
        """Refold one person from the log."""
        return fold(event, self._log.of_person(person))

    def refold(self, event: Event, person: str, facts: Sequence[Seen] | None = None) -> Presence:
        """Refold one person, from these facts or the log's, and store the result."""
        state = fold(event, self._log.of_person(person) if facts is None else facts)
        row = presence_row(event, state)
        self._conn.execute(_UPSERT, (bytes.fromhex(person), *row))
        return state

    def stored(self, person: str) -> PresenceRow | None:
        """Return the stored row of one person."""
        row = self._conn.execute(
            "SELECT inside, room, apart, since, day, badge FROM presence WHERE person = ?",
            (bytes.fromhex(person),),
        ).fetchone()
        return None if row is None else PresenceRow(*row)

    def people(self) -> Iterator[str]:
        """Yield everybody who ever moved or was owed a badge."""
        for (person,) in self._conn.execute(_MOVED):
            yield person.hex()

    def placed(self) -> Iterator[str]:
        """Yield everybody who ever moved or stands in the table, rightly or not."""
        for (person,) in self._conn.execute(_PLACED):
            yield person.hex()

    def inside(self) -> int:
        """Return how many people are in the building."""
        row = self._conn.execute("SELECT count(*) FROM presence WHERE inside = 1").fetchone()
        return int(row[0])

    def in_place(self, place: str) -> int:
        """Return how many people are in a room or a place apart."""
        row = self._conn.execute(
            "SELECT count(*) FROM presence WHERE room = ? OR apart = ?", (place, place)
        ).fetchone()
        return int(row[0])

    def entered_on(self, day: str) -> int:
        """Return how many people were admitted to the building on an event day (ISO)."""
        row = self._conn.execute("SELECT count(*) FROM presence WHERE day = ?", (day,)).fetchone()
        return int(row[0])

    def rebuild(self, event: Event) -> int:
        """Fold everybody anew; return how many people that was."""
        people = list(self.people())
        self._conn.execute("DELETE FROM presence")
        for person in people:
            self.refold(event, person)
        return len(people)
