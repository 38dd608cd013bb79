"""The programme: days, places, sessions, categories, and which session is on in a room now."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Final
from zoneinfo import ZoneInfo

DAY_TURNS: Final = time(4, 0)
"""Local time at which an event's day begins: a gala ends on the day it began."""


class PlaceKind(StrEnum):
    """What a place is in the tree."""

    BUILDING = "building"
    DOOR = "door"  # of the building: an admission here is an entry into the building
    ROOM = "room"
    OUTSIDE = "outside"  # a place of its own, apart from the building (the gala)


class Admit(StrEnum):
    """How often a person is let in (SYNC, «Semantics» 1)."""

    ONCE = "once"
    DAY = "day"
    SESSION = "session"
    FREE = "free"


class Need(StrEnum):
    """What a place or a session asks of a person beside a registration that stands."""

    CATEGORY = "category"
    REGISTERED = "registered"
    INVITATION = "invitation"


@dataclass(frozen=True, slots=True)
class Access:
    """Who may enter; no need at all is open. `authorises`: who can say otherwise, in words."""

    needs: frozenset[Need] = frozenset()
    categories: tuple[str, ...] = ()
    authorises: str = ""


OPEN: Final = Access()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A building, a room, a door or a place apart; `capacity` absent means not told."""

    id: str
    name: str
    kind: PlaceKind = PlaceKind.ROOM
    within: str | None = None
    admit: Admit = Admit.DAY
    exits: bool = True  # whether its exits are scanned
    capacity: int | None = None
    capacity_is_example: bool = False
    access: Access = OPEN
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A talk, a workshop, a meal. Times are aware, in the event's zone; `ends` may be unknown."""

    id: str
    title: str
    place: str | None
    starts: datetime
    ends: datetime | None = None
    starts_about: bool = False
    ends_about: bool = False
    kind: str = ""
    access: Access = OPEN
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A kind of participant: its word on the badge, its pattern, what staff must do."""

    id: str
    name: str
    name_en: str = ""
    synonyms: tuple[str, ...] = ()
    pattern: str = "outline"  # solid, outline, stripes, dots, checks
    instruction: str = ""


@dataclass(frozen=True, kw_only=True)
class Event:
    """One forum, as its file tells it. `zone` is an IANA name; `source` the file's own text."""

    id: str
    name: str
    zone: str
    days: tuple[date, ...]
    organiser: str = ""
    venue: str = ""
    subtitle: str = ""
    places: tuple[Place, ...] = ()
    sessions: tuple[Session, ...] = ()
    categories: tuple[Category, ...] = ()
    print_on_entry: bool = True
    notes: tuple[str, ...] = ()
    expected: int | None = None
    source: str = field(default="", repr=False)

    @cached_property
    def tz(self) -> ZoneInfo:
        """The event's time zone."""
        return ZoneInfo(self.zone)

    @cached_property
    def _places(self) -> dict[str, Place]:
        return {p.id: p for p in self.places}

    @cached_property
    def _sessions(self) -> dict[str, Session]:
        return {s.id: s for s in self.sessions}

    @cached_property
    def _categories(self) -> dict[str, Category]:
        return {c.id: c for c in self.categories}

    def place(self, place_id: str) -> Place | None:
        """Return the place of that id."""
        return self._places.get(place_id)

    def session(self, session_id: str) -> Session | None:
        """Return the session of that id."""
        return self._sessions.get(session_id)

    def category(self, category_id: str) -> Category | None:
        """Return the category of that id."""
        return self._categories.get(category_id)

    @cached_property
    def buildings(self) -> frozenset[str]:
        """The ids of the buildings."""
        return frozenset(p.id for p in self.places if p.kind is PlaceKind.BUILDING)

    @property
    def rooms(self) -> tuple[Place, ...]:
        """The counted rooms, in the file's order."""
        return tuple(p for p in self.places if p.kind is PlaceKind.ROOM)

    @property
    def reception(self) -> Place:
        """Where a fresh desk stands: the first door, else the building, else the first place."""
        for kind in (PlaceKind.DOOR, PlaceKind.BUILDING):
            for place in self.places:
                if place.kind is kind:
                    return place
        return self.places[0]

    def local(self, at: datetime) -> datetime:
        """Put an aware time into the event's zone."""
        return at.astimezone(self.tz)

    def day(self, at: datetime) -> date:
        """Return the event's day an instant belongs to; it turns at 04:00 local time."""
        local = self.local(at)
        return local.date() if local.time() >= DAY_TURNS else local.date() - timedelta(days=1)

    def sessions_on(self, place_id: str, at: datetime) -> tuple[Session, ...]:
        """Return the sessions on in a place at an instant, the one begun last first."""
        here = self._in(place_id)
        if not here:
            return ()
        on = [s for s in here if s.starts <= at < self.end_of(s)]
        return tuple(sorted(on, key=lambda s: s.starts, reverse=True))

    def next_session(self, place_id: str, at: datetime) -> Session | None:
        """Return the session that begins next in a place, on the same day."""
        later = (s for s in self._in(place_id) if s.starts > at)
        best = min(later, key=lambda s: s.starts, default=None)
        return best if best is not None and self.day(best.starts) == self.day(at) else None

    def end_of(self, session: Session) -> datetime:
        """Return its end; an unknown one lasts until the room's next session or the day's end."""
        if session.ends is not None:
            return session.ends
        day_end = datetime.combine(
            self.day(session.starts) + timedelta(days=1), DAY_TURNS, tzinfo=self.tz
        )
        later = (s.starts for s in self._in(session.place) if s.starts > session.starts)
        return min((*later, day_end))

    @cached_property
    def _by_place(self) -> dict[str | None, list[Session]]:
        found: dict[str | None, list[Session]] = {}
        for session in self.sessions:
            found.setdefault(session.place, []).append(session)
        return found

    def _in(self, place_id: str | None) -> Iterable[Session]:
        return self._by_place.get(place_id, ())
