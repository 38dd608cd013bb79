"""Where a person is, folded from their facts; delivery order and repeats change nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from db.domain.facts import BADGES, Kind, instant
from db.domain.programme import Admit, Event, Place, PlaceKind

FREE_PAUSE: Final = timedelta(minutes=10)
"""Where exits are not scanned, a second entry this soon is the same one (SYNC, «Semantics» 1)."""

LIVE: Final = frozenset({Kind.BADGE_OWED, Kind.BADGE_MADE, Kind.BADGE_HANDED})


class Seen(NamedTuple):
    """The part of a fact the fold needs; `at` in µs, already effective, else wall + offset."""

    at: int
    desk: str
    number: int
    id: str
    kind: str
    place: str | None
    refers: str | None


@dataclass(frozen=True, slots=True)
class Stay:
    """One admission that counts: the first of its kind since the person was last out."""

    at: datetime
    place: str  # the door or room where it was scanned
    desk: str
    fact: str
    period: str


@dataclass(slots=True)
class Presence:
    """One person's state. `within` maps a building, room or place apart to the stay that holds."""

    inside: bool = False
    room: str | None = None
    apart: str | None = None
    since: datetime | None = None
    within: dict[str, Stay] = field(default_factory=dict)
    firsts: dict[tuple[str, str], Stay] = field(default_factory=dict)
    doubles: list[tuple[str, str]] = field(default_factory=list)  # (first, second) admission
    anomalies: list[str] = field(default_factory=list)  # exits without an entry
    badges: set[str] = field(default_factory=set)  # jobs whose badge lives

    @property
    def badge(self) -> bool:
        """Whether the person holds a live badge, or is owed one."""
        return bool(self.badges)

    def entered_before(self, scope: str) -> Stay | None:
        """Return the latest period's first admission there, whatever the period."""
        stays = [stay for (where, _), stay in self.firsts.items() if where == scope]
        return max(stays, key=lambda stay: stay.at, default=None)


def scope_of(event: Event, place: Place) -> str:
    """Return what an admission counts for: a door admits into its building."""
    if place.kind is not PlaceKind.DOOR:
        return place.id
    return place.within or place.id


def period_of(event: Event, place: Place, at: datetime) -> str:
    """Name the period of an admission: once, the day, or the session on."""
    if place.admit is Admit.ONCE:
        return "once"
    if place.admit is Admit.SESSION:
        on = event.sessions_on(place.id, at)
        if on:
            return f"session:{on[0].id}"
    return event.day(at).isoformat()


def standing(facts: Iterable[Seen]) -> list[Seen]:
    """Return the facts that no standing undo takes back, in order, each once."""
    ordered = sorted({fact.id: fact for fact in facts}.values())
    undos: dict[str, list[str]] = {}
    for fact in ordered:
        if fact.kind == Kind.UNDONE and fact.refers is not None:
            undos.setdefault(fact.refers, []).append(fact.id)
    if not undos:
        return ordered
    verdicts: dict[str, bool] = {}
    return [fact for fact in ordered if _stands(fact.id, undos, verdicts)]


def _stands(fact_id: str, undos: Mapping[str, list[str]], known: dict[str, bool]) -> bool:
    """An undo that is itself undone takes nothing back; a circle of undos takes nothing back."""
    path: list[str] = [fact_id]
    while path:
        top = path[-1]
        above = undos.get(top, ())
        unknown = next((u for u in above if u not in known and u not in path), None)
        if unknown is not None:
            path.append(unknown)
            continue
        known[top] = not any(known.get(u, False) for u in above)
        path.pop()
    return known[fact_id]


def fold(event: Event, facts: Iterable[Seen]) -> Presence:
    """Refold one person's facts. Facts of unknown kinds or places change nothing."""
    state = Presence()
    for fact in standing(facts):
        place = event.place(fact.place) if fact.place else None
        if fact.kind in BADGES:
            _badge(state, fact)
        elif place is None:
            continue
        elif fact.kind == Kind.ENTERED:
            _enter(event, state, place, fact)
        elif fact.kind == Kind.LEFT:
            _leave(event, state, place, fact)
    return state


def _badge(state: Presence, fact: Seen) -> None:
    """A job, what became of it and its retries share the job's id."""
    job = fact.refers or fact.id
    if fact.kind in LIVE:
        state.badges.add(job)
    else:
        state.badges.discard(job)


def _enter(event: Event, state: Presence, place: Place, fact: Seen) -> None:
    at = instant(fact.at)
    scope, period = scope_of(event, place), period_of(event, place, at)
    stay = Stay(at, place.id, fact.desk, fact.id, period)
    held = state.within.get(scope)
    first = state.firsts.setdefault((scope, period), stay)
    pause = timedelta.max if place.admit is not Admit.FREE else FREE_PAUSE
    if held is not None and held.period == period and at - held.at <= pause:
        state.doubles.append((first.fact, fact.id))
    else:
        state.within[scope], state.since = stay, at
    _move(event, state, place, at)


def _move(event: Event, state: Presence, place: Place, at: datetime) -> None:
    """One person, at most one room: entering B leaves A; a room implies its building."""
    before = (state.inside, state.room, state.apart)
    if place.kind is PlaceKind.OUTSIDE:
        state.inside, state.room, state.apart = False, None, place.id
    elif place.kind is PlaceKind.ROOM:
        state.inside, state.room, state.apart = True, place.id, None
    else:
        state.inside, state.room, state.apart = True, None, None
    if (state.inside, state.room, state.apart) != before:
        state.since = at
    _forget_left(event, state)


def _leave(event: Event, state: Presence, place: Place, fact: Seen) -> None:
    here = {
        PlaceKind.ROOM: state.room == place.id,
        PlaceKind.OUTSIDE: state.apart == place.id,
    }.get(place.kind, state.inside)
    if not here:
        state.anomalies.append(fact.id)
        return
    if place.kind is PlaceKind.OUTSIDE:
        state.apart = None
    elif place.kind is not PlaceKind.ROOM:
        state.inside = False
    state.room = None
    state.since = instant(fact.at)
    _forget_left(event, state)


def _forget_left(event: Event, state: Presence) -> None:
    """Drop the stays of every place the person is no longer in."""
    for scope in list(state.within):
        place = event.place(scope)
        if place is None or not _is_in(state, place):
            del state.within[scope]


def _is_in(state: Presence, place: Place) -> bool:
    if place.kind is PlaceKind.ROOM:
        return state.room == place.id
    if place.kind is PlaceKind.OUTSIDE:
        return state.apart == place.id
    return state.inside
