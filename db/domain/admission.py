"""Who may enter, and why not: one pure decision from what is known now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from db.domain.presence import FREE_PAUSE, Presence, period_of, scope_of
from db.domain.programme import Access, Admit, Event, Need, Place, PlaceKind, Session
from db.domain.registration import Registration, Status
from db.domain.verdicts import BadgeNote, First, Outcome, Reason, Verdict

STATUS_REFUSALS: Final = {
    Status.CANCELLED: Reason.CANCELLED,
    Status.UNPAID: Reason.UNPAID,
    Status.PENDING: Reason.PENDING,
    Status.WAITING: Reason.WAITING_LIST,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything a decision depends on."""

    event: Event
    place: Place
    person: Registration
    presence: Presence
    at: datetime  # aware, UTC
    entry: bool = True
    revoked: bool = False  # the credential shown was replaced
    inside: int | None = None  # people in this place now, where a capacity is told
    override: bool = False
    info: bool = False
    declared: bool = False
    badge_shown: bool = False  # the code scanned is the badge itself
    wants_badge: bool | None = None  # asked to print, or not to; else the rules say
    fact: str | None = None  # the id this scan will be recorded under
    job: str | None = None  # the id of the badge it may owe


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the holder stays out, and the session that asks for it."""

    reason: Reason
    session: str | None = None


def decide(case: Case) -> Verdict:
    """Answer one scan of a known person; records nothing, asks nobody."""
    if case.info:
        return _verdict(case, Outcome.INFO, Reason.LOOKED_UP)
    if not case.entry:
        return _exit(case)
    if not case.override:
        refusal = refusal_of(case)
        if refusal is not None:
            return _verdict(case, Outcome.REFUSED, refusal.reason, session=refusal.session)
        held = already_in(case)
        if held is not None:
            return _verdict(case, Outcome.ALREADY_IN, Reason.ALREADY_IN, first=held)
        if _full(case):
            return _verdict(case, Outcome.ATTENTION, Reason.ROOM_FULL, waiting=True)
    return _admit(case)


def refusal_of(case: Case) -> Refusal | None:
    """Return why the holder stays out, or None to let them in."""
    if case.revoked:
        return Refusal(Reason.REVOKED)
    by_status = STATUS_REFUSALS.get(case.person.status)
    if by_status is not None:
        return Refusal(by_status)
    if _not_today(case):
        return Refusal(Reason.NOT_TODAY)
    return _access_refusal(case)


def already_in(case: Case) -> First | None:
    """Return the admission that still holds in this period, or None."""
    held = case.presence.within.get(scope_of(case.event, case.place))
    if held is None:
        return None
    if case.place.admit is Admit.FREE:
        holds = case.at - held.at <= FREE_PAUSE
    else:
        holds = held.period == period_of(case.event, case.place, case.at)
    return First(held.at, held.place, held.desk, held.fact) if holds else None


def grants(access: Access, person: Registration, names: frozenset[str]) -> Reason | None:
    """Return what an access asks and the person lacks; `names`: the session's and place's ids."""
    if Need.CATEGORY in access.needs and person.text("category") not in access.categories:
        return Reason.NOT_FOR_CATEGORY
    chosen = names & {*person.several("sessions"), *person.several("options")}
    if Need.INVITATION in access.needs and not chosen:
        return Reason.INVITATION_ONLY
    if Need.REGISTERED in access.needs and not chosen:
        return Reason.NOT_REGISTERED_FOR_SESSION
    return None


def badge_note(case: Case) -> BadgeNote:
    """A badge is owed by an admission at the building's doors to a person who holds none."""
    if case.presence.badge or case.badge_shown:
        return BadgeNote.LIVE
    if case.wants_badge is not None:
        return BadgeNote.OWED if case.wants_badge else BadgeNote.HELD
    if case.declared:
        return BadgeNote.HELD
    at_door = case.place.kind in (PlaceKind.DOOR, PlaceKind.BUILDING)
    return BadgeNote.OWED if at_door and case.event.print_on_entry else BadgeNote.NONE


def governing_session(case: Case) -> Session | None:
    """Return the session on here now; of several, the first one that lets this person in."""
    on = case.event.sessions_on(case.place.id, case.at)
    fitting = (s for s in on if grants(s.access, case.person, _names(case, s)) is None)
    return next(fitting, on[0] if on else None)


def _access_refusal(case: Case) -> Refusal | None:
    session = governing_session(case)
    access = session.access if session is not None else case.place.access
    lacking = grants(access, case.person, _names(case, session))
    return None if lacking is None else Refusal(lacking, session.id if session else None)


def _names(case: Case, session: Session | None) -> frozenset[str]:
    return frozenset({case.place.id} if session is None else {case.place.id, session.id})


def _not_today(case: Case) -> bool:
    days = case.person.several("days")
    today = case.event.day(case.at)
    return bool(days) and today in case.event.days and today.isoformat() not in days


def _full(case: Case) -> bool:
    """Tell whether the place has no seat left for somebody who does not sit there already."""
    if case.place.capacity is None or case.inside is None:
        return False
    seated = case.place.id in (case.presence.room, case.presence.apart)
    return not seated and case.inside >= case.place.capacity


def _admit(case: Case) -> Verdict:
    scope = scope_of(case.event, case.place)
    before = case.presence.entered_before(scope)
    first = None if before is None else First(before.at, before.place, before.desk, before.fact)
    if case.override:
        return _verdict(case, Outcome.ADMITTED, Reason.OVERRIDE, admitted=True, first=first)
    reason = Reason.FIRST_ENTRY
    if before is not None:
        period = period_of(case.event, case.place, case.at)
        known = (scope, period) in case.presence.firsts
        reason = Reason.RE_ENTRY if known else Reason.RETURNING
    if _instructed(case, reason):
        return _verdict(case, Outcome.ATTENTION, Reason.INSTRUCTION, admitted=True, first=first)
    return _verdict(case, Outcome.ADMITTED, reason, admitted=True, first=first)


def _instructed(case: Case, reason: Reason) -> bool:
    """Show a person's instruction once a period, a category's once; at the building's doors."""
    if case.place.kind not in (PlaceKind.DOOR, PlaceKind.BUILDING):
        return False
    if case.person.text("instruction"):
        return reason is not Reason.RE_ENTRY
    category = case.event.category(case.person.text("category"))
    return reason is Reason.FIRST_ENTRY and category is not None and bool(category.instruction)


def _exit(case: Case) -> Verdict:
    here = scope_of(case.event, case.place) in case.presence.within
    of_building = case.place.kind in (PlaceKind.DOOR, PlaceKind.BUILDING)
    implied = of_building and case.presence.inside
    reason = Reason.EXIT if here or implied else Reason.EXIT_WITHOUT_ENTRY
    return _verdict(case, Outcome.LEFT, reason)


def _verdict(
    case: Case,
    outcome: Outcome,
    reason: Reason,
    *,
    admitted: bool = False,
    waiting: bool = False,
    first: First | None = None,
    session: str | None = None,
) -> Verdict:
    """Fill in what every answer says."""
    if session is None and case.entry and outcome is not Outcome.INFO:
        on = governing_session(case)
        session = on.id if on is not None else None
    note = badge_note(case) if admitted else BadgeNote.NONE
    return Verdict(
        outcome=outcome,
        reason=reason,
        admitted=admitted,
        at=case.at,
        place=case.place.id,
        entry=case.entry,
        person=case.person,
        session=session,
        first=first,
        waiting=waiting,
        declared=case.declared,
        badge=note,
        fact=None if waiting or case.info else case.fact,
        job=case.job if note is BadgeNote.OWED else None,
        outside_days=case.event.day(case.at) not in case.event.days,
    )
