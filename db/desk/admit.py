"""Letting people in: scan, decide, record, and take back."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, TypedDict, Unpack

from db.desk.errors import CannotDecide, FutureInstant, NotUndoable
from db.domain.admission import Case, decide
from db.domain.codes import LONGEST, CodeKind, Way, readings, stored
from db.domain.errors import NotFound
from db.domain.facts import STAY, Detail, Fact, Kind, Moment, micros
from db.domain.presence import Seen, fold
from db.domain.programme import Event, Place, PlaceKind
from db.domain.registration import Registration
from db.domain.verdicts import BadgeNote, Outcome, Reason, Verdict
from db.store.log import Draft
from db.store.roster import BADGE, Credential
from db.store.store import Store

_UNREAD: Final = {
    CodeKind.DAMAGED: Reason.DAMAGED_CODE,
    CodeKind.FOREIGN: Reason.FOREIGN_CODE,
}


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a code: nobody (then `why` says so), a person, or a person by a dead code."""

    person: Registration | None = None
    revoked: bool = False
    badge: bool = False  # the code shown is the badge itself
    why: Reason = Reason.UNKNOWN_CODE


class How(TypedDict, total=False):
    """How a scan is asked for; everything has its usual value."""

    place: str | None  # a place id; this desk's
    entry: bool  # False: an exit
    info: bool  # look without recording
    at: datetime | None  # declares an instant of the past (aware)
    override: str | None  # lets in, with this reason
    badge: bool | None  # print: yes, no, or as the rules say


@dataclass(frozen=True, slots=True)
class ScanLine:
    """One line of the last scans; `at` aware, UTC."""

    fact: str
    at: datetime
    outcome: Outcome
    reason: Reason
    entry: bool
    place: str
    person: Registration | None
    undone: bool
    declared: bool


class Admit:
    """The scans of one desk."""

    def __init__(self, store: Store) -> None:
        """Decide from this store and record into it."""
        self._store = store

    def scan(self, typed: str, *, physical: str = "", **how: Unpack[How]) -> Verdict:
        """Decide, then record the fact and the badge it owes in one durable step.

        `typed` and `physical` are the two readings of a scanner. Raises NotFound for an unknown
        place, FutureInstant, StoreError; a visitor who is refused is a verdict, never an error.
        """
        if how.get("info"):
            with self._store.reading():
                return self._verdict(self._holder(typed, physical), self._asked(how))[0]
        with self._store.writing():
            ask = self._asked(how)
            holder = self._holder(typed, physical)
            verdict, facts = self._verdict(holder, ask)
            unknown = None if holder.person else self._trace(typed, physical)
            return self._record(verdict, holder, ask, facts, unknown)

    def person(self, person_id: str, **how: Unpack[How]) -> Verdict:
        """Scan for a person chosen by hand; raises NotFound."""
        if how.get("info"):
            with self._store.reading():
                return self._verdict(self._chosen(person_id), self._asked(how))[0]
        with self._store.writing():
            ask = self._asked(how)
            holder = self._chosen(person_id)
            verdict, facts = self._verdict(holder, ask)
            return self._record(verdict, holder, ask, facts, None)

    def override(self, verdict: Verdict, reason: str) -> Verdict:
        """Let in the person of a refusal or of an open question, with a reason."""
        if verdict.person is None:
            raise CannotDecide
        return self.person(verdict.person.id, place=verdict.place, override=reason)

    def refuse(self, verdict: Verdict) -> Verdict:
        """Settle an open question: the person stays out, and that is recorded."""
        if verdict.person is None:
            raise CannotDecide
        with self._store.writing():
            ask = self._asked({"place": verdict.place})
            settled = replace(
                verdict, outcome=Outcome.REFUSED, waiting=False, at=ask.at, fact=ask.fact
            )
            facts = self._store.log.of_person(verdict.person.id)
            return self._record(settled, self._chosen(verdict.person.id), ask, facts, None)

    def seen(self, fact_id: str) -> str:
        """Record that staff have read the instruction of an admission; return the fact's id."""
        with self._store.writing():
            target = self._target(fact_id)
            draft = Draft(
                kind=Kind.SEEN, person=target.person, place=target.place, refers=target.id
            )
            return self._store.log.append([draft])[0].fact.id

    def undo(self, fact_id: str, reason: str) -> str:
        """Take back an admission, an exit or an undo; return the new fact's id."""
        log = self._store.log
        with self._store.writing():
            target = self._target(fact_id)
            if target.kind not in (Kind.ENTERED, Kind.LEFT, Kind.UNDONE):
                raise NotUndoable(why="it let nobody in or out")
            if log.undone(target.id):
                raise NotUndoable(why="it is taken back already")
            draft = Draft(
                kind=Kind.UNDONE,
                person=target.person,
                place=target.place,
                refers=target.id,
                detail={"reason": reason},
            )
            (undo,) = log.append([draft])
            if target.person is not None:
                self._store.projections.refold(self._store.event, target.person)
            return undo.fact.id

    def last(self, limit: int = 50) -> list[ScanLine]:
        """Return the newest scans of this database, newest first."""
        with self._store.reading():
            return [self._line(recorded.fact) for recorded in self._store.log.scans(limit)]

    # -- one scan, step by step ----------------------------------------------------------------

    def _asked(self, how: How) -> "Ask":
        moment = self._store.source.clock()
        declared = how.get("at")
        if declared is not None and micros(declared) > moment.wall:
            raise FutureInstant(at=declared.isoformat(timespec="minutes"))
        event = self._store.event if declared is None else self._store.event_at(micros(declared))
        place_id = how.get("place") or self._store.meta("place")
        place = event.place(place_id) if place_id else event.reception
        if place is None:
            raise NotFound(what="place", name=place_id)
        return Ask(
            place=place,
            event=event,
            moment=moment,
            at=declared or moment.at,
            declared=None if declared is None else micros(declared),
            entry=how.get("entry", True),
            info=how.get("info", False),
            override=how.get("override"),
            badge=how.get("badge"),
            fact=self._store.source.new_id(),
            job=self._store.source.new_id(),
        )

    def _holder(self, typed: str, physical: str) -> Holder:
        """Let the roster choose among the readings; a guess needs exactly one match."""
        if sure := self._registered(typed, physical):
            return self._held(sure[0]) if _one(sure) else Holder(why=Reason.AMBIGUOUS_CODE)
        why = Reason.UNKNOWN_CODE
        guessed: list[Credential] = []
        for reading in readings(typed, physical):
            why = _UNREAD.get(reading.kind, why)
            held = self._store.roster.credentials([reading.code])
            (guessed if reading.way is Way.GUESSED else sure).extend(held)
        found = sure or guessed
        if not found:
            return Holder(why=why)
        return self._held(found[0]) if _one(found) else Holder(why=Reason.AMBIGUOUS_CODE)

    def _registered(self, typed: str, physical: str) -> list[Credential]:
        """Return who holds the code exactly as it came: nearly every scan."""
        texts = {stored(text): None for text in (typed, physical) if text}
        plain = [text for text in texts if text.isascii() and len(text) <= LONGEST]
        return self._store.roster.credentials(plain)

    def _held(self, held: Credential) -> Holder:
        return Holder(held.person, revoked=not held.live, badge=held.kind == BADGE)

    def _chosen(self, person_id: str) -> Holder:
        person = self._store.roster.get(person_id)
        if person is None:
            raise NotFound(what="person", name=person_id)
        return Holder(person)

    def _verdict(self, holder: Holder, ask: "Ask") -> tuple[Verdict, list[Seen]]:
        if holder.person is None:
            return _nobody(holder.why, ask), []
        facts = self._store.log.of_person(holder.person.id)
        known = facts if ask.declared is None else _as_of(facts, ask.declared)
        case = Case(
            event=ask.event,
            place=ask.place,
            person=holder.person,
            presence=fold(ask.event, known),
            at=ask.at,
            entry=ask.entry,
            revoked=holder.revoked,
            inside=self._inside(ask.place),
            override=ask.override is not None,
            info=ask.info,
            declared=ask.declared is not None,
            badge_shown=holder.badge,
            wants_badge=ask.badge,
            fact=ask.fact,
            job=ask.job,
        )
        return decide(case), facts

    def _inside(self, place: Place) -> int | None:
        if place.capacity is None or place.kind not in (PlaceKind.ROOM, PlaceKind.OUTSIDE):
            return None
        return self._store.projections.in_place(place.id)

    def _record(
        self,
        verdict: Verdict,
        holder: Holder,
        ask: "Ask",
        facts: list[Seen],
        unknown: Detail | None,
    ) -> Verdict:
        """Write what was decided; nothing is written while a person still has to decide."""
        if verdict.waiting:
            return verdict
        store = self._store
        recorded = store.log.append(_drafts(verdict, ask, unknown), ask.moment)
        person = holder.person
        if person is not None and recorded[0].fact.kind in STAY:
            new = [store.log.seen(one.fact) for one in recorded]
            store.projections.refold(store.event, person.id, [*facts, *new])
        return verdict

    def _trace(self, typed: str, physical: str) -> Detail:
        """Return what is kept of an unknown code: a keyed hash, its length, its last two."""
        code = readings(typed, physical)[0].code
        key = bytes.fromhex(self._store.meta("code_key"))
        mac = hmac.digest(key, code.encode(), "sha256")
        return {"mac": mac.hex(), "length": len(code), "end": code[-2:] if len(code) > 4 else ""}

    def _target(self, fact_id: str) -> Fact:
        recorded = self._store.log.fact(fact_id)
        if recorded is None:
            raise NotFound(what="record", name=fact_id)
        return recorded.fact

    def _line(self, fact: Fact) -> ScanLine:
        person = None if fact.person is None else self._store.roster.get(fact.person)
        return ScanLine(
            fact=fact.id,
            at=fact.at,
            outcome=Outcome(fact.verdict or "info"),
            reason=Reason(fact.reason or "looked-up"),
            entry=fact.kind != Kind.LEFT,
            place=fact.place or "",
            person=person,
            undone=self._store.log.undone(fact.id),
            declared=fact.declared is not None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One scan as it was asked for, its usual values filled in."""

    place: Place
    event: Event
    moment: Moment
    at: datetime
    declared: int | None
    entry: bool
    info: bool
    override: str | None
    badge: bool | None
    fact: str  # the ids this scan may be recorded under
    job: str


def _one(found: Sequence[Credential]) -> bool:
    return len({held.person.id for held in found}) == 1


def _as_of(facts: list[Seen], at: int) -> list[Seen]:
    """Leave out the moves after an instant (µs); undos and badges count whenever they were made."""
    return [f for f in facts if f.at <= at or f.kind not in (Kind.ENTERED, Kind.LEFT)]


def _nobody(why: Reason, ask: Ask) -> Verdict:
    return Verdict(
        outcome=Outcome.INFO if ask.info else Outcome.REFUSED,
        reason=why,
        admitted=False,
        at=ask.at,
        place=ask.place.id,
        entry=ask.entry,
        declared=ask.declared is not None,
        fact=None if ask.info else ask.fact,
    )


def _drafts(verdict: Verdict, ask: Ask, unknown: Detail | None) -> list[Draft]:
    kind = Kind.TURNED_AWAY
    if verdict.outcome is Outcome.LEFT:
        kind = Kind.LEFT
    elif verdict.admitted:
        kind = Kind.ENTERED
    person = verdict.person.id if verdict.person else None
    detail = {"reason": ask.override} if ask.override and verdict.admitted else unknown
    scan = Draft(
        kind=kind,
        id=ask.fact,
        person=person,
        place=ask.place.id,
        declared=ask.declared,
        verdict=verdict.outcome,
        reason=verdict.reason,
        detail=detail,
    )
    if verdict.badge is not BadgeNote.OWED:
        return [scan]
    owed = Draft(kind=Kind.BADGE_OWED, id=ask.job, person=person, place=ask.place.id)
    return [scan, owed]
