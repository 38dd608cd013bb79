"""Registrations as a projection of the log, and everything that finds one again."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import msgpack

from db.domain.imports import Keys, keys_of
from db.domain.names import folded
from db.domain.registration import LIST_FIELDS, Fields, Registration, Status

if TYPE_CHECKING:
    import sqlite3 as dbapi

FILE_SOURCE: Final = "file"
TICKET: Final = "ticket"
BADGE: Final = "badge"
FAMILY_MARK: Final = "zz"
"""Stands before a family name's words in the index, so that they can be asked for first."""

_SEARCHED: Final = ("commune", "email", "order", "id", "delegation")
_HELD: Final = (
    "SELECT id, fields, kind, live FROM credential JOIN person ON pk = credential.person"
    " WHERE code = ?"
)
_encode = msgpack.Encoder().encode
_decode = msgpack.Decoder(dict[str, str | list[str]]).decode


class Credential(NamedTuple):
    """A code and who holds it; several per person, live or replaced."""

    person: Registration
    kind: str  # TICKET, BADGE
    live: bool


class Roster:
    """The registrations of one event. Writes belong inside the store's transaction."""

    def __init__(self, conn: "dbapi.Connection") -> None:
        """Read and write through this connection."""
        self._conn = conn

    # -- reading -------------------------------------------------------------------------------

    def credentials(self, codes: Iterable[str]) -> list[Credential]:
        """Return the credentials registered under any of these codes, in their order."""
        found = []
        for code in codes:
            row = self._conn.execute(_HELD, (code,)).fetchone()
            if row is not None:
                found.append(Credential(_person(row[0], row[1]), row[2], bool(row[3])))
        return found

    def at(self, pk: int) -> Registration | None:
        """Return the person in a local row."""
        row = self._conn.execute("SELECT id, fields FROM person WHERE pk = ?", (pk,)).fetchone()
        return None if row is None else _person(*row)

    def get(self, person: str) -> Registration | None:
        """Return the person of that id."""
        row = self._conn.execute(
            "SELECT id, fields FROM person WHERE id = ?", (_key(person),)
        ).fetchone()
        return None if row is None else _person(*row)

    def pk(self, person: str) -> int | None:
        """Return the local row of a person."""
        row = self._conn.execute("SELECT pk FROM person WHERE id = ?", (_key(person),)).fetchone()
        return None if row is None else int(row[0])

    def all(self) -> Iterator[Registration]:
        """Yield everybody, in order of arrival."""
        for row in self._conn.execute("SELECT id, fields FROM person ORDER BY pk"):
            yield _person(*row)

    def rows(self) -> Iterator[tuple[int, Registration, bool]]:
        """Yield everybody with their local row and whether it counts them as expected."""
        for pk, person, fields, standing in self._conn.execute(
            "SELECT pk, id, fields, standing FROM person"
        ):
            yield pk, _person(person, fields), bool(standing)

    def absent(self) -> Iterator[str]:
        """Yield those whose registration was recorded and who have no row."""
        for (person,) in self._conn.execute(
            "SELECT person FROM fact JOIN detail ON detail.fact = seq"
            " WHERE kind = 'registered' AND person NOT IN (SELECT id FROM person)"
        ):
            yield person.hex()

    def codes_of(self, pk: int) -> dict[str, tuple[str, bool]]:
        """Return each code a person holds or held, its kind and whether it opens a door."""
        rows = self._conn.execute(
            "SELECT code, kind, live FROM credential WHERE person = ?", (pk,)
        ).fetchall()
        return {code: (kind, bool(live)) for code, kind, live in rows}

    def count(self) -> int:
        """Return how many registrations there are; rows are never deleted one by one."""
        return int(self._conn.execute("SELECT coalesce(max(pk), 0) FROM person").fetchone()[0])

    def cancelled(self) -> int:
        """Return how many registrations are cancelled."""
        row = self._conn.execute("SELECT count(*) FROM person WHERE standing = 0").fetchone()
        return int(row[0])

    def badge_code(self, person: str) -> str | None:
        """Return the live badge code of a person."""
        row = self._conn.execute(
            "SELECT code FROM credential JOIN person ON person.pk = credential.person"
            " WHERE person.id = ? AND kind = 'badge' AND live = 1",
            (_key(person),),
        ).fetchone()
        return None if row is None else str(row[0])

    # -- matching ------------------------------------------------------------------------------

    def by_external(self, source: str, external: str) -> str | None:
        """Return the person known to a source under that id."""
        row = self._conn.execute(
            "SELECT person.id FROM origin JOIN person ON person.pk = origin.person"
            " WHERE source = ? AND external = ?",
            (source, external),
        ).fetchone()
        return None if row is None else row[0].hex()

    def by_code(self, code: str) -> str | None:
        """Return the person who holds that code."""
        row = self._conn.execute(
            "SELECT person.id FROM credential JOIN person ON person.pk = credential.person"
            " WHERE code = ?",
            (code,),
        ).fetchone()
        return None if row is None else row[0].hex()

    def by_clue(self, clue: str) -> list[str]:
        """Return the persons that share a clue (their fields are still to be compared)."""
        rows = self._conn.execute(
            "SELECT person.id FROM clue JOIN person ON person.pk = clue.person WHERE hash = ?",
            (clue_hash(clue),),
        ).fetchall()
        return [row[0].hex() for row in rows]

    # -- writing -------------------------------------------------------------------------------

    def add(self, person: Registration, badge: str) -> None:
        """Project one new registration, with the badge code made for it."""
        self.add_all([(person, badge)])

    def add_all(self, people: Iterable[tuple[Registration, str]]) -> None:
        """Project new registrations; a batch is written index by index, in key order."""
        before = self.count()
        rows, texts, origins, clues = [], [], [], []
        codes: dict[str, tuple[int, str]] = {}
        for pk, (person, badge) in enumerate(people, start=before + 1):
            keys = keys_of(person.fields)
            fields = _encode(dict(person.fields))
            rows.append((pk, bytes.fromhex(person.id), fields, _standing(person)))
            texts.append((pk, search_text(person.fields, keys)))
            for code in keys.codes:
                codes.setdefault(code, (pk, TICKET))
            if badge:
                codes[badge] = (pk, BADGE)
            if keys.external:
                origins.append((FILE_SOURCE, keys.external, pk))
            clues += [(clue_hash(clue), pk) for clue in clues_of(keys)]
        held = [(code, *codes[code]) for code in sorted(codes)]
        for statement, values in (
            ("INSERT INTO person (pk, id, fields, standing) VALUES (?, ?, ?, ?)", rows),
            ("INSERT INTO search (rowid, text) VALUES (?, ?)", texts),
            ("INSERT OR IGNORE INTO credential (code, person, kind) VALUES (?, ?, ?)", held),
            ("INSERT OR IGNORE INTO origin VALUES (?, ?, ?)", sorted(origins)),
            ("INSERT OR IGNORE INTO clue VALUES (?, ?)", sorted(clues)),
        ):
            self._conn.executemany(statement, values)

    def change(self, person: Registration) -> None:
        """Project a registration whose fields changed; codes it lost stop opening doors."""
        pk = self.pk(person.id)
        before = None if pk is None else self.at(pk)
        if pk is None or before is None:
            return
        old, new = keys_of(before.fields), keys_of(person.fields)
        self._conn.execute(
            "UPDATE person SET fields = ?, standing = ? WHERE pk = ?",
            (_encode(dict(person.fields)), _standing(person), pk),
        )
        self._conn.execute(
            "INSERT OR REPLACE INTO search (rowid, text) VALUES (?, ?)",
            (pk, search_text(person.fields, new)),
        )
        self._recode(pk, {*old.codes}, {*new.codes})
        self._reclue(pk, {*clues_of(old)}, {*clues_of(new)})
        if new.external:
            self._conn.execute(
                "INSERT OR IGNORE INTO origin VALUES (?, ?, ?)", (FILE_SOURCE, new.external, pk)
            )

    def _reclue(self, pk: int, old: set[str], new: set[str]) -> None:
        self._conn.executemany(
            "DELETE FROM clue WHERE hash = ? AND person = ?",
            [(clue_hash(clue), pk) for clue in old - new],
        )
        self._conn.executemany(
            "INSERT OR IGNORE INTO clue VALUES (?, ?)",
            [(clue_hash(clue), pk) for clue in new - old],
        )

    def _recode(self, pk: int, old: set[str], new: set[str]) -> None:
        for code in old - new:
            self._conn.execute(
                "UPDATE credential SET live = 0 WHERE code = ? AND person = ?", (code, pk)
            )
        for code in new - old:
            self._conn.execute(
                "INSERT INTO credential (code, person, kind) VALUES (?, ?, 'ticket')"
                " ON CONFLICT (code) DO UPDATE SET live = 1 WHERE person = excluded.person",
                (code, pk),
            )


def _standing(person: Registration) -> int:
    return int(person.status is not Status.CANCELLED)


def _key(person: str) -> bytes:
    """Return the stored form of an id; what is no id matches nobody."""
    try:
        return bytes.fromhex(person)
    except ValueError:
        return b""


def _person(person: bytes, fields: bytes) -> Registration:
    return Registration(person.hex(), decoded(fields))


def decoded(fields: bytes) -> Fields:
    """Decode stored fields; several-valued ones come back as tuples."""
    values = _decode(fields)
    return {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}


def as_fields(raw: object) -> Fields:
    """Read the fields of a detail, ignoring what is not a field."""
    if not isinstance(raw, dict):
        return {}
    return {
        str(name): tuple(map(str, value)) if isinstance(value, list | tuple) else str(value)
        for name, value in raw.items()
        if name in LIST_FIELDS or not isinstance(value, list | tuple)
    }


def search_text(fields: Fields, keys: Keys) -> str:
    """Return the folded words a registration is found by."""
    rest = folded(" ".join(str(fields[name]) for name in _SEARCHED if name in fields))
    family = folded(str(fields.get("family_name", "")))
    marked = " ".join(FAMILY_MARK + word for word in family.split())
    return f"{keys.name} {keys.organisation} {rest} {marked}"


def clues_of(keys: Keys) -> list[str]:
    """Return what may recognise a person again when no id does."""
    clues = []
    if keys.mail and keys.name:
        clues.append(mail_clue(keys.mail, keys.name))
    if keys.name:
        clues.append(org_clue(keys.name, keys.organisation))
    if keys.order:
        clues.append(order_clue(keys.order))
    return clues


def mail_clue(mail: str, name: str) -> str:
    """Clue of an address with a folded name."""
    return f"mail:{mail}|{name}"


def org_clue(name: str, organisation: str) -> str:
    """Clue of a folded name with a folded organisation."""
    return f"org:{name}|{organisation}"


def order_clue(order: str) -> str:
    """Clue of an order, its position included where it is told."""
    return f"order:{order}"


def clue_hash(clue: str) -> int:
    """Hash a clue to 64 signed bits; a collision only costs a comparison."""
    return int.from_bytes(hashlib.blake2b(clue.encode(), digest_size=8).digest(), signed=True)
