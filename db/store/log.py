"""The append-only log: envelopes as bytes, one hash chain per desk, details apart."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from db.domain.facts import (
    BADGES,
    GENESIS,
    STAY,
    Clock,
    Detail,
    Fact,
    Moment,
    NewId,
    chained,
    sealed,
)
from db.domain.presence import Seen
from db.wire import detail_bytes, detail_of, envelope_bytes, fact_of

if TYPE_CHECKING:
    import sqlite3 as dbapi

Token = Callable[[int], bytes]
"""Makes that many random bytes."""

SALT_BYTES: Final = 16
_FOLDED: Final = ", ".join(f"'{kind}'" for kind in sorted(STAY | BADGES))

_HEAD: Final = "SELECT number, hash FROM fact WHERE desk = ? ORDER BY number DESC LIMIT 1"
_INSERT: Final = (
    "INSERT INTO fact (id, desk, number, kind, person, place, refers, at, envelope, hash)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_AT: Final = (
    "INSERT INTO fact (seq, id, desk, number, kind, person, place, refers, at, envelope, hash)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_OF_PERSON: Final = (
    "SELECT at, desk, number, id, kind, place, refers FROM fact"  # noqa: S608 - a constant list
    f" WHERE person = ? AND +kind IN ({_FOLDED})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A fact about to be recorded; the log adds id, desk, number, clocks and digest."""

    kind: str
    id: str | None = None  # made by the log unless the caller has to know it before
    person: str | None = None
    place: str | None = None
    refers: str | None = None
    declared: int | None = None  # µs, the instant it is said to have happened
    verdict: str | None = None
    reason: str | None = None
    operator: str | None = None
    detail: Detail | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact in the log: `seq` is its local row."""

    seq: int
    fact: Fact


class Log:
    """This desk's log. Every call that writes belongs inside the store's transaction."""

    def __init__(
        self, conn: "dbapi.Connection", event: str, clock: Clock, new_id: NewId, token: Token
    ) -> None:
        """Keep the connection and the sources of time, ids and chance."""
        self._conn, self._event = conn, event
        self._clock, self._new_id, self._token = clock, new_id, token
        self._desks: dict[int, str] = {}
        self.desk, self.desk_pk = "", 0
        self._head: tuple[int, bytes] | None = None  # number and hash of the latest own fact

    def open_as(self, desk: str) -> None:
        """Write as this desk from now on."""
        key, ask = (bytes.fromhex(desk),), "SELECT pk FROM desk WHERE id = ?"
        row = self._conn.execute(ask, key).fetchone()
        if row is None:  # a known desk is opened without a write, beside any writer
            self._conn.execute("INSERT INTO desk (id) VALUES (?)", key)
            row = self._conn.execute(ask, key).fetchone()
        self.desk, self.desk_pk, self._head = desk, int(row[0]), None

    def append(self, drafts: Sequence[Draft], moment: Moment | None = None) -> list[Recorded]:
        """Record facts of this desk in order, chained; all share one reading of the clocks."""
        now = moment or self._clock()
        recorded = []
        for draft in drafts:
            number, head = self._head or self._read_head()
            fact, salt, body = self._made(draft, number + 1, now)
            envelope = envelope_bytes(fact)
            head = chained(head, envelope)
            seq = self._insert(fact, envelope, head)
            if body is not None:
                self._conn.execute("INSERT INTO detail VALUES (?, ?, ?)", (seq, salt, body))
            self._head = (number + 1, head)
            recorded.append(Recorded(seq, fact))
        return recorded

    def bulk(self, drafts: Iterable[Draft]) -> None:
        """Record many facts of this desk in order, as `append` does, without reporting each."""
        now = self._clock()
        number, head = self._head or self._read_head()
        seq = int(self._conn.execute("SELECT coalesce(max(seq), 0) FROM fact").fetchone()[0])
        facts, details = [], []
        for draft in drafts:
            number, seq = number + 1, seq + 1
            fact, salt, body = self._made(draft, number, now)
            envelope = envelope_bytes(fact)
            head = chained(head, envelope)
            facts.append((seq, *self._row(fact, envelope, head)))
            if body is not None:
                details.append((seq, salt, body))
        self._conn.executemany(_INSERT_AT, facts)
        self._conn.executemany("INSERT INTO detail VALUES (?, ?, ?)", details)
        self._head = (number, head)

    def _read_head(self) -> tuple[int, bytes]:
        row = self._conn.execute(_HEAD, (self.desk_pk,)).fetchone()
        return (0, GENESIS) if row is None else (int(row[0]), bytes(row[1]))

    def forget_head(self) -> None:
        """Read the end of the chain again: a transaction failed, or another process wrote."""
        self._head = None

    def _made(
        self, draft: Draft, number: int, now: Moment
    ) -> tuple[Fact, bytes | None, bytes | None]:
        salt = body = digest = None
        if draft.detail is not None:
            salt, body = self._token(SALT_BYTES), detail_bytes(draft.detail)
            digest = sealed(salt, body)
        fact = Fact(
            id=draft.id or self._new_id(),
            event=self._event,
            desk=self.desk,
            number=number,
            kind=draft.kind,
            person=draft.person,
            place=draft.place,
            refers=draft.refers,
            wall=now.wall,
            age=now.age,
            boot=now.boot,
            declared=draft.declared,
            operator=draft.operator,
            verdict=draft.verdict,
            reason=draft.reason,
            digest=digest,
        )
        return fact, salt, body

    def _insert(self, fact: Fact, envelope: bytes, head: bytes) -> int:
        row = self._row(fact, envelope, head)
        return int(self._conn.execute(_INSERT, row).lastrowid or 0)

    def _row(self, fact: Fact, envelope: bytes, head: bytes) -> tuple[object, ...]:
        return (
            bytes.fromhex(fact.id),
            self.desk_pk,
            fact.number,
            str(fact.kind),
            None if fact.person is None else bytes.fromhex(fact.person),
            fact.place,
            None if fact.refers is None else bytes.fromhex(fact.refers),
            fact.order[0],
            envelope,
            head,
        )

    def of_person(self, person: str) -> list[Seen]:
        """Return what a person's presence and badge are folded from."""
        rows = self._conn.execute(_OF_PERSON, (bytes.fromhex(person),)).fetchall()
        return [
            Seen(at, self.desk_id(desk), number, fact.hex(), kind, place, refers and refers.hex())
            for at, desk, number, fact, kind, place, refers in rows
        ]

    def desk_id(self, pk: int) -> str:
        """Return the id of a known desk."""
        if pk not in self._desks:
            row = self._conn.execute("SELECT id FROM desk WHERE pk = ?", (pk,)).fetchone()
            self._desks[pk] = row[0].hex()
        return self._desks[pk]

    def fact(self, fact_id: str) -> Recorded | None:
        """Return one fact by its id."""
        try:
            key = bytes.fromhex(fact_id)
        except ValueError:
            return None
        row = self._conn.execute("SELECT seq, envelope FROM fact WHERE id = ?", (key,)).fetchone()
        return None if row is None else Recorded(row[0], fact_of(row[1]))

    def detail(self, seq: int) -> dict[str, object]:
        """Return what stands beside a fact; empty when erased or never there."""
        row = self._conn.execute("SELECT body FROM detail WHERE fact = ?", (seq,)).fetchone()
        return {} if row is None else detail_of(row[0])

    def seen(self, fact: Fact) -> Seen:
        """Return the part of a fact that the fold needs."""
        at, desk, number = fact.order
        return Seen(at, desk, number, fact.id, fact.kind, fact.place, fact.refers)

    def scans(self, limit: int) -> list[Recorded]:
        """Return the newest scans (entries, exits, refusals), newest first."""
        rows = self._conn.execute(
            "SELECT seq, envelope FROM fact INDEXED BY fact_scan"
            " WHERE kind IN ('entered', 'left', 'turned-away') ORDER BY at DESC LIMIT ?",
            (limit,),
        ).fetchall()
        return [Recorded(seq, fact_of(envelope)) for seq, envelope in rows]

    def about(self, person: str) -> list[Recorded]:
        """Return every fact about a person, in order."""
        rows = self._conn.execute(
            "SELECT seq, envelope FROM fact WHERE person = ? ORDER BY at, desk, number",
            (bytes.fromhex(person),),
        ).fetchall()
        return [Recorded(seq, fact_of(envelope)) for seq, envelope in rows]

    def undone(self, fact_id: str) -> bool:
        """Tell whether a standing undo takes this fact back."""
        rows = self._conn.execute(
            "SELECT id FROM fact WHERE kind = 'undone' AND refers = ?", (bytes.fromhex(fact_id),)
        ).fetchall()
        return any(not self.undone(row[0].hex()) for row in rows)

    def entries_since(self, at: int) -> int:
        """Return how many admissions stand since an instant (µs)."""
        rows = self._conn.execute(
            "SELECT id FROM fact WHERE kind IN ('entered', 'left', 'turned-away')"
            " AND kind = 'entered' AND at >= ?",
            (at,),
        ).fetchall()
        return sum(not self.undone(row[0].hex()) for row in rows)

    def count(self) -> int:
        """Return how many facts the log holds."""
        return int(self._conn.execute("SELECT count(*) FROM fact").fetchone()[0])

    def rows(self) -> Iterator[tuple[int, bytes, int, bytes, bytes, int]]:
        """Yield (desk row, id, number, envelope, hash, seq), desk by desk in chain order."""
        yield from self._conn.execute(
            "SELECT desk, id, number, envelope, hash, seq FROM fact ORDER BY desk, number"
        )

    def agrees(self, fact: Fact, seq: int) -> bool:
        """Tell whether the columns of a row still say what its envelope says."""
        row = self._conn.execute(
            "SELECT desk, kind, person, place, refers, at FROM fact WHERE seq = ?", (seq,)
        ).fetchone()
        desk, kind, person, place, refers, at = row
        return (self.desk_id(desk), kind, _hex(person), place, _hex(refers), at) == (
            fact.desk,
            fact.kind,
            fact.person,
            fact.place,
            fact.refers,
            fact.order[0],
        )

    def sealed_detail(self, seq: int) -> tuple[bytes, bytes] | None:
        """Return (salt, body) of a fact's detail as stored, None when erased or never there."""
        row = self._conn.execute("SELECT salt, body FROM detail WHERE fact = ?", (seq,)).fetchone()
        return None if row is None else (row[0], row[1])

    def programme_at(self, at: int) -> int | None:
        """Return the row of the programme that stood at an instant (µs), if one did."""
        row = self._conn.execute(
            "SELECT seq FROM fact WHERE kind = 'programme' AND at <= ? ORDER BY at DESC LIMIT 1",
            (at,),
        ).fetchone()
        return None if row is None else int(row[0])


def _hex(key: bytes | None) -> str | None:
    return None if key is None else key.hex()
