"""Re-reading the log: is every fact there, unchanged, and does all that is shown follow from it?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from db.domain.facts import GENESIS, chained, sealed
from db.domain.registration import Registration, Status
from db.store.known import made_badge, registered
from db.store.projections import NOWHERE, presence_row
from db.store.roster import BADGE, TICKET
from db.store.search import indexed
from db.store.store import Store
from db.wire import BadWire, fact_of

MOST: Final = 100
"""How many problems are listed; the rest would say the same."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong: a stable identifier, and the fact or person it concerns."""

    what: str  # chain-broken, number-missing, envelope-unreadable, detail-changed, …
    where: str


@dataclass(frozen=True, slots=True)
class Verification:
    """The result: facts read, and what is wrong."""

    facts: int
    problems: tuple[Trouble, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def verify(store: Store) -> Verification:
    """Check chains and details, then refold people and compare what is stored."""
    problems: list[Trouble] = []
    for trouble in _all(store):
        problems.append(trouble)
        if len(problems) >= MOST:
            break
    return Verification(store.log.count(), tuple(problems))


def _all(store: Store) -> Iterator[Trouble]:
    if not store.whole():
        yield Trouble("page-damaged", store.path.name)
    yield from _chains(store)
    yield from _presences(store)
    yield from _registrations(store)


def _chains(store: Store) -> Iterator[Trouble]:
    desk, number, head = -1, 0, GENESIS
    for row_desk, row_id, row_number, envelope, row_hash, seq in store.log.rows():
        if row_desk != desk:
            desk, number, head = row_desk, 0, GENESIS
        where = row_id.hex()
        if row_number != number + 1:
            yield Trouble("number-missing", where)
        if chained(head, envelope) != row_hash:
            yield Trouble("chain-broken", where)
        number, head = row_number, row_hash
        yield from _envelope(store, where, envelope, row_number, seq)


def _envelope(
    store: Store, where: str, envelope: bytes, number: int, seq: int
) -> Iterator[Trouble]:
    try:
        fact = fact_of(envelope)
    except BadWire:
        yield Trouble("envelope-unreadable", where)
        return
    if (fact.id, fact.number) != (where, number):
        yield Trouble("envelope-changed", where)
    if not store.log.agrees(fact, seq):
        yield Trouble("row-changed", where)
    kept = store.log.sealed_detail(seq)
    if kept is not None and sealed(*kept) != fact.digest:
        yield Trouble("detail-changed", where)


def _presences(store: Store) -> Iterator[Trouble]:
    for person in store.projections.placed():
        folded = presence_row(store.event, store.projections.presence(store.event, person))
        if (store.projections.stored(person) or NOWHERE) != folded:
            yield Trouble("presence-differs", person)


def _registrations(store: Store) -> Iterator[Trouble]:
    for person_id in store.roster.absent():
        yield Trouble("registration-differs", person_id)
    for pk, person, standing in store.roster.rows():
        told = registered(store, person.id)
        if told != person or standing is not (told.status is not Status.CANCELLED):
            yield Trouble("registration-differs", person.id)
        if not indexed(store.conn, pk, person):
            yield Trouble("not-searchable", person.id)
        if not _codes_agree(store, pk, told):
            yield Trouble("code-differs", person.id)


def _codes_agree(store: Store, pk: int, person: Registration) -> bool:
    """Tell whether exactly the codes of a person open the door to them.

    A code that two registrations share stays with whoever had it first.
    """
    tickets, badge = {*person.several("code")}, made_badge(store, person.id)
    own = {*tickets, badge} - {""}
    held = store.roster.codes_of(pk)
    right = {code: (BADGE if code == badge else TICKET, True) for code in own if code in held}
    live = {code: how for code, how in held.items() if how[1] or code in own}
    return live == right and all(store.roster.by_code(code) for code in own - held.keys())
