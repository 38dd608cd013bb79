"""The people an event holds already, as an import looks for them."""

from collections.abc import Collection, Iterator

from db.domain.facts import Kind
from db.domain.registration import Fields, Registration
from db.store.roster import FILE_SOURCE, as_fields, mail_clue, order_clue, org_clue
from db.store.store import Store


class KnownPeople:
    """Answers an import's questions from the database (see db.domain.imports.Known)."""

    def __init__(self, store: Store) -> None:
        """Look in this store; an empty one is not asked about every row."""
        self._store = store
        self._empty = store.roster.count() == 0

    def by_external(self, external: str) -> Collection[str]:
        """Return who came with this external id."""
        return () if self._empty else _one(self._store.roster.by_external(FILE_SOURCE, external))

    def by_order(self, order: str) -> Collection[str]:
        """Return who holds this order."""
        return () if self._empty else self._store.roster.by_clue(order_clue(order))

    def by_code(self, code: str) -> Collection[str]:
        """Return who holds this ticket code."""
        return () if self._empty else _one(self._store.roster.by_code(code))

    def by_mail_name(self, mail: str, name: str) -> Collection[str]:
        """Return who has this e-mail and this folded name."""
        return () if self._empty else self._store.roster.by_clue(mail_clue(mail, name))

    def by_name_org(self, name: str, organisation: str) -> Collection[str]:
        """Return who has this folded name and this folded organisation."""
        return () if self._empty else self._store.roster.by_clue(org_clue(name, organisation))

    def fields(self, person: str) -> Fields:
        """Return what is known of a person now."""
        found = self._store.roster.get(person)
        return {} if found is None else found.fields

    def told(self, person: str) -> Fields:
        """Return what tables last said of a person, edits made here left out."""
        return registered(self._store, person, tables_only=True).fields

    def imported_ids(self) -> Iterator[str]:
        """Yield everybody who came by a table."""
        for (person,) in self._store.conn.execute(
            "SELECT person FROM fact WHERE kind = 'registered' AND refers IS NOT NULL"
        ):
            yield person.hex()


def registered(store: Store, person: str, *, tables_only: bool = False) -> Registration:
    """Refold a registration from its facts, in order; a later fact wins field by field.

    Facts of an import refer to it; `tables_only` leaves the edits of desks out.
    """
    rows = store.conn.execute(
        "SELECT fact.seq, fact.kind FROM fact JOIN desk ON desk.pk = fact.desk"
        " WHERE person = ? AND kind IN ('registered', 'amended') AND (? OR refers IS NOT NULL)"
        " ORDER BY at, desk.id, number",
        (bytes.fromhex(person), not tables_only),
    ).fetchall()
    found = Registration(person)
    for seq, _ in sorted(rows, key=lambda row: bool(row[1] != Kind.REGISTERED)):
        found = found.amended(as_fields(store.log.detail(seq).get("fields")))
    return found


def made_badge(store: Store, person: str) -> str:
    """Return the badge code made with a registration, as its fact tells it."""
    rows = store.conn.execute(
        "SELECT seq FROM fact WHERE person = ? AND kind = 'registered' ORDER BY at LIMIT 1",
        (bytes.fromhex(person),),
    ).fetchall()
    return "".join(str(store.log.detail(seq).get("badge", "")) for (seq,) in rows)


def _one(found: str | None) -> Collection[str]:
    return () if found is None else (found,)
