"""Scans and searches, at each size."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from db.desk.desk import Desk
from db.domain.facts import Fact, Kind
from db.domain.names import folded
from db.store.clocks import moment_now, new_id
from db.wire import envelope_bytes
from desktop.bench.ground import tickets
from desktop.bench.rows import Row, at_rank, median, millis

WARM: Final = 30
SCANS: Final = 600
KEYSTROKES: Final = 2_000
_ROW: Final = (
    "INSERT INTO fact (id, desk, number, kind, person, place, refers, at, envelope, hash)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class _Floor:
    """The same fact row, written alone and durably, in the same table with the same indexes."""

    def __init__(self, desk: Desk) -> None:
        self._conn, self._event, self._place = desk.store.conn, desk.event.id, desk.place.id
        self._desk = new_id()
        self._conn.execute("INSERT INTO desk (id) VALUES (?)", (bytes.fromhex(self._desk),))
        row = self._conn.execute("SELECT max(pk) FROM desk").fetchone()
        self._pk, self._number = int(row[0]), 0
        self._conn.execute("CREATE TABLE bench_bare (x INTEGER PRIMARY KEY) STRICT")

    def fact(self, person: str) -> float:
        """Return the ms of one such insert; the row is made beforehand."""
        self._number += 1
        now = moment_now()
        fact = Fact(
            id=new_id(), event=self._event, desk=self._desk, number=self._number,
            kind=Kind.ENTERED, person=person, place=self._place, wall=now.wall, age=now.age,
            boot=now.boot, verdict="admitted", reason="first-entry",
        )  # fmt: skip
        row = (
            bytes.fromhex(fact.id), self._pk, fact.number, str(fact.kind), bytes.fromhex(person),
            fact.place, None, fact.wall, envelope_bytes(fact), bytes(32),
        )  # fmt: skip
        return millis(lambda: self._durably(_ROW, row))

    def bare(self) -> float:
        """Return the ms of a durable insert of one integer."""
        return millis(lambda: self._durably("INSERT INTO bench_bare VALUES (?)", (self._number,)))

    def _durably(self, sql: str, row: tuple[object, ...]) -> None:
        self._conn.execute("BEGIN IMMEDIATE")
        self._conn.execute(sql, row)
        self._conn.execute("COMMIT")


def scan_rows(desk: Desk) -> list[Row]:
    """Measure admissions, with and without a badge owed, beside a bare insert of their fact."""
    floor = _Floor(desk)
    some = tickets(desk, WARM + SCANS)
    share = min(WARM + SCANS, len(some) // 3)
    plain, owing, facts, bares = [], [], [], []
    for row in range(share):
        code, badge, other = some[row][0], some[share + row][0], some[2 * share + row][1]
        plain.append(millis(partial(desk.admit.scan, code, badge=False)))
        facts.append(floor.fact(other))
        owing.append(millis(partial(desk.admit.scan, badge, badge=True)))
        bares.append(floor.bare())
    warm = min(WARM, share // 4)
    return _scan_table(
        desk.store.roster.count(), plain[warm:], owing[warm:], facts[warm:], bares[warm:]
    )


def _scan_table(
    count: int,
    plain: list[float],
    owing: list[float],
    facts: list[float],
    bares: list[float],
) -> list[Row]:
    half, slow, alone = median(plain), at_rank(plain, 0.99), median(facts)
    against = "the same fact row alone, same table and indexes, durable"
    note = f"p99 of the floor {at_rank(facts, 0.99):.3g} ms"
    return [
        Row("scan.p50", count, half, "ms", alone, against, "≤ 1.5 × floor"),
        Row("scan.p99", count, slow, "ms", half, "scan.p50", "≤ 10 × p50", note),
        Row("scan.bare", count, half, "ms", median(bares), "one integer, durable", "about 2 ×"),
        Row("scan.owed", count, median(owing), "ms", alone, f"{against}; this one writes two", ""),
    ]


def search_rows(desk: Desk) -> list[Row]:
    """Measure every keystroke of names being typed."""
    searches, floors = [], []
    for text in _keystrokes(desk):
        searches.append(millis(partial(desk.people.find, text)))
        query = " ".join(f'"{word}"*' for word in folded(text).split())
        floors.append(millis(partial(_match, desk, query)))
    slow, bare = at_rank(searches, 0.99), at_rank(floors, 0.99)
    count = desk.store.roster.count()
    return [
        Row("search.p99", count, slow, "ms", bare, "the index alone, 20 rows, p99", "≤ 5 ms"),
        Row(
            "search.p50", count, median(searches), "ms", median(floors),
            "the index alone, 20 rows", "",
        ),
    ]  # fmt: skip


def _match(desk: Desk, query: str) -> None:
    desk.store.conn.execute(
        "SELECT rowid FROM search WHERE search MATCH ? LIMIT 20", (query,)
    ).fetchall()


def _keystrokes(desk: Desk) -> Iterator[str]:
    """Type names as people do: two letters, three, … family name first or given name first."""
    typed, total = 0, desk.store.roster.count()
    for pk in range(1, total + 1, max(1, total // 300)):
        person = desk.store.roster.at(pk)
        if person is None:
            continue
        given, family = person.text("given_name"), person.text("family_name")
        whole = f"{family} {given}" if pk % 2 else f"{given} {family}"
        for length in range(2, min(len(whole), 14) + 1):
            yield whole[:length]
            typed += 1
            if typed >= KEYSTROKES:
                return
