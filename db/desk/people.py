"""The people of this event: finding them, taking them in, correcting them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from db.desk.errors import BadField
from db.domain.codes import TOKEN_BITS, badge_code, masked, stored
from db.domain.errors import NotFound
from db.domain.facts import Detail, Fact, Kind, instant
from db.domain.imports import Add, Change, Plan
from db.domain.registration import ANSWER, FIELDS, LIST_FIELDS, Fields, Registration, Status
from db.store.known import KnownPeople, registered
from db.store.log import Draft
from db.store.roster import FILE_SOURCE
from db.store.search import search
from db.store.store import Store

BATCH: Final = 20_000
Progress = Callable[[int], None]
"""Told how many people have been written so far."""


@dataclass(frozen=True, slots=True)
class Found:
    """One hit of a search; `state`: expected, inside, out, cancelled, unpaid, pending…"""

    person: Registration
    state: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One fact about a person, with what stands beside it."""

    fact: Fact
    detail: Detail
    undone: bool


class People:
    """The registrations, as one desk uses them."""

    def __init__(self, store: Store) -> None:
        """Read from and record into this store."""
        self._store = store

    def find(self, text: str, limit: int = 20) -> list[Found]:
        """Return up to `limit` people for two letters or more, best first."""
        with self._store.reading():
            return [self._found(p) for p in search(self._store.conn, text, limit)]

    def _found(self, person: Registration) -> Found:
        row = self._store.projections.stored(person.id)
        if person.status is not Status.CONFIRMED:
            return Found(person, str(person.status), None)
        if row is None or row.since is None:
            return Found(person, "expected", None)
        inside = row.inside or row.apart
        return Found(person, "inside" if inside else "out", instant(row.since))

    def get(self, who: str) -> Registration:
        """Return the person of an id of ours, an external id or a code; raises NotFound."""
        with self._store.reading():
            person = self._store.roster.get(who) or self._by_sign(who)
        if person is None:
            raise NotFound(what="person", name=masked(who))
        return person

    def _by_sign(self, who: str) -> Registration | None:
        roster = self._store.roster
        found = roster.by_external(FILE_SOURCE, who) or roster.by_code(stored(who))
        return None if found is None else roster.get(found)

    def badge_code(self, person_id: str) -> str:
        """Return the digits of a person's badge, made at registration."""
        return self._store.roster.badge_code(person_id) or ""

    def all(self) -> Iterator[Registration]:
        """Yield everybody, in order of arrival."""
        yield from self._store.roster.all()

    def known(self) -> KnownPeople:
        """Return what an import asks to recognise people."""
        return KnownPeople(self._store)

    def register(self, fields: Fields) -> tuple[str, str]:
        """Record one new person; return (person id, fact id)."""
        with self._store.writing():
            person, badge = self._new(fields)
            (recorded,) = self._store.log.append([_registered(person, badge, None)])
            self._store.roster.add(person, badge)
            return person.id, recorded.fact.id

    def amend(self, person_id: str, changes: Fields) -> str:
        """Correct fields of a person; return the fact's id. Raises NotFound, BadField."""
        for field in changes:
            if field not in FIELDS and not field.startswith(ANSWER):
                raise BadField(field=field)
        with self._store.writing():
            if self._store.roster.get(person_id) is None:
                raise NotFound(what="person", name=person_id)
            return self._amend(person_id, changes, None)

    def _amend(self, person_id: str, changes: Fields, source: str | None) -> str:
        draft = Draft(
            kind=Kind.AMENDED, person=person_id, refers=source, detail={"fields": dict(changes)}
        )
        (recorded,) = self._store.log.append([draft])
        self._store.roster.change(registered(self._store, person_id))
        return recorded.fact.id

    def take(self, plan: Plan, progress: Progress = lambda _: None) -> str:
        """Record an import, whole or not at all: one fact, and one per person it changes."""
        with self._store.writing():
            detail = {"source": plan.source, "digest": plan.digest, "mapping": dict(plan.mapping)}
            (source,) = self._store.log.append([Draft(kind=Kind.IMPORTED, detail=detail)])
            steps, done = iter(plan), 0
            while batch := list(islice(steps, BATCH)):
                self._take(batch, source.fact.id)
                done += len(batch)
                progress(done)
            self._store.jobs.adopt(self._store.log.desk_pk)
            return source.fact.id

    def _take(self, batch: list[Add | Change], source: str) -> None:
        new = [self._new(step.fields) for step in batch if isinstance(step, Add)]
        self._store.log.bulk(_registered(person, badge, source) for person, badge in new)
        self._store.roster.add_all(new)
        for step in batch:
            if isinstance(step, Change):
                self._amend(step.person, step.changes, source)

    def _new(self, fields: Fields) -> tuple[Registration, str]:
        person = Registration(self._store.source.new_id(), {k: v for k, v in fields.items() if v})
        token = int.from_bytes(self._store.source.token(TOKEN_BITS // 8))
        return person, badge_code(token)

    def history(self, person_id: str) -> list[HistoryLine]:
        """Return every fact about a person, in order, with its detail; raises NotFound."""
        log = self._store.log
        with self._store.reading():
            if self._store.roster.get(person_id) is None:
                raise NotFound(what="person", name=person_id)
            return [
                HistoryLine(one.fact, log.detail(one.seq), log.undone(one.fact.id))
                for one in log.about(person_id)
            ]


def _registered(person: Registration, badge: str, source: str | None) -> Draft:
    detail = {"fields": dict(person.fields), "badge": badge}
    return Draft(kind=Kind.REGISTERED, person=person.id, refers=source, detail=detail)


def parsed(assignments: Iterable[str]) -> Fields:
    """Read «field=value» words of a command; several values stand apart by «;»."""
    changes: dict[str, str | tuple[str, ...]] = {}
    for word in assignments:
        name, sign, value = word.partition("=")
        if not sign or (name not in FIELDS and not name.startswith(ANSWER)):
            raise BadField(field=name)
        parts = tuple(part.strip() for part in value.split(";") if part.strip())
        changes[name] = parts if name in LIST_FIELDS else value.strip()
    return changes
