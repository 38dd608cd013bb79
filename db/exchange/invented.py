"""Invented people: as varied, as awkward and as many as a demo, a benchmark or a test needs.

The same event and seed give the same people everywhere, and a longer list begins with the shorter.
"""

import csv
import tomllib
from bisect import bisect
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, count, islice
from pathlib import Path
from random import Random
from typing import Any, Final, TypeVar

from db.domain.names import folded
from db.domain.programme import Event, Need, Session
from db.domain.registration import FIELDS, Fields, Status, Value
from resources.events import invented

SEED: Final = 2023

_Thing = TypeVar("_Thing")
_DEFAULT_SHARE: Final = 3
_ORDER_SIZES: Final = (1,) * 30 + (2,) * 8 + (3,) * 4 + (6,)
_DELEGATION: Final = 5  # so many on one order travel together
_TICKET: Final = b"abcdefghjklmnpqrstuvwxyz23456789" * 8
"""The characters of pretix tickets, for each value of a random byte."""
_ORDER_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ3789"
_ORDER_STEP: Final = 7_368_787  # odd and no multiple of 7: every order code comes once
_ORDER_CODES: Final = len(_ORDER_LETTERS) ** 5

_STANDING: Final = (Status.CANCELLED, Status.UNPAID, Status.PENDING, Status.WAITING)
_STANDING_EDGES: Final = (0.02, 0.035, 0.04, 0.045)
"""Shares of those whose registration does not stand, added up."""
_INVITED: Final = 0.3
_REGISTERED: Final = 0.12
_REGISTERED_OF_FEW: Final = 0.35  # where only some categories may
_HOMONYM: Final = 0.02
_ONE_DAY: Final = 0.25
_LUNCH: Final = 0.6
_PHONE: Final = 0.5
_FICTION_BLOCK: Final = "+3363998"
"""Numbers kept for fiction by the French regulator (Arcep, decision 2018-0881)."""
_LUNCH_OPTION: Final = "lunch"
_REMARK: Final = 0.08
_LANGUAGES: Final = ("fr",) * 18 + ("en",)
_CONSENTS: Final = ("yes", "yes", "yes", "no")
_PUBLIC: Final = frozenset({"agent", "elu", "laureat"})
"""Categories of which most people come from a commune."""


def people(event: Event, count: int, seed: int = SEED) -> Iterator[Fields]:
    """Invent `count` people for an event; the first ones are one of each awkward case."""
    return islice(_Inventor(event, seed).all(), count)


def write_csv(people: Iterable[Fields], path: Path) -> int:
    """Write people as a table of registrations (UTF-8, commas); return how many."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(FIELDS)
        rows = ([_cell(person.get(name, "")) for name in FIELDS] for person in people)
        return sum(1 for row in rows if writer.writerow(row))


def _cell(value: Value) -> str:
    return value if isinstance(value, str) else ";".join(value)


@dataclass(frozen=True, slots=True)
class _Group:
    """What the people of one category have in common."""

    category: str
    organisations: Sequence[tuple[str, str]]  # with its commune, if it has one
    functions: Sequence[str]
    sessions: Sequence[tuple[str, float]]  # that ask for a registration, and how likely it is


class _Inventor:
    def __init__(self, event: Event, seed: int) -> None:
        self.event = event
        self.random = Random(seed)
        self.roll = self.random.random
        self.stock: dict[str, Any] = tomllib.loads(invented())
        self.given: list[str] = self.stock["names"]["given"]
        self.family = self._families(**self.stock["names"])
        self.days = tuple(day.isoformat() for day in event.days)
        self.groups = [self._group(c.id) for c in event.categories] or [self._group("")]
        shares = self.stock["shares"]
        self.shares = list(accumulate(shares.get(g.category, _DEFAULT_SHARE) for g in self.groups))
        told = self.stock["remarks"]
        self.remarks = [(name, remark) for name in told for remark in told[name]]
        self.recent: deque[tuple[str, str]] = deque(maxlen=60)

    def all(self) -> Iterator[dict[str, Value]]:
        """Give people for ever, order by order."""
        numbers = count(1)
        for order, part in enumerate(self.stock["cast"]):
            yield self._finished(self._played(part), next(numbers), _order_code(order))
        for order in count(len(self.stock["cast"])):
            group = self.groups[bisect(self.shares, self.roll() * self.shares[-1])]
            code = _order_code(order)
            shared = self._shared(group, size := self._one(_ORDER_SIZES))
            for _ in range(size):
                person = self._person(group)
                person.update(shared)
                yield self._finished(person, next(numbers), code)

    def _shared(self, group: _Group, size: int) -> dict[str, Value]:
        """Give what the people of one order have in common."""
        organisation, commune = self._one(group.organisations)
        shared: dict[str, Value] = {"category": group.category, "organisation": organisation}
        if commune:
            shared["commune"] = commune
        if size >= _DELEGATION:
            shared["delegation"] = organisation
        return shared

    def _one(self, choices: Sequence[_Thing]) -> _Thing:
        return choices[int(self.roll() * len(choices))]

    def _families(
        self,
        *,
        stems: list[str],
        endings: list[str],
        particles: list[str],
        special: list[str],
        **_: list[str],
    ) -> list[str]:
        """Build family names: plain, with a particle, of two parts, and the special ones."""
        plain = [stem + ending for stem in stems for ending in endings]
        noble = [self._with_particle(self._one(plain), particles) for _ in plain[::8]]
        double = [f"{self._one(plain)}-{self._one(plain)}" for _ in plain[::10]]
        return [*plain, *noble, *double, *special * 4]

    def _with_particle(self, name: str, particles: list[str]) -> str:
        elided = folded(name)[0] in "aeiouyh"
        return self._one([p for p in particles if p.endswith("'") == elided]) + name

    def _group(self, category: str) -> _Group:
        organisations = self.stock["organisations"]
        told = organisations.get("agent" if category in _PUBLIC else category, [])
        bodies = self._bodies() if category in _PUBLIC or not told else []
        return _Group(
            category,
            [*((name, "") for name in told * 8), *bodies],
            self.stock["functions"].get(category, [""]),
            [
                (session.id, _likely(session))
                for session in self.event.sessions
                if session.access.needs - {Need.CATEGORY} and _is_for(session, category)
            ],
        )

    def _bodies(self) -> list[tuple[str, str]]:
        """Invent communes and what is governed from there."""
        places, bodies = self.stock["places"], self.stock["places"]["bodies"]
        communes = [start + end for start in places["starts"] for end in places["ends"]]
        return [(f"{self._one(bodies)} {_of(commune)}", commune) for commune in communes]

    def _played(self, part: dict[str, Any]) -> dict[str, Value]:
        """Fit a part of the cast to this event."""
        person = {key: tuple(v) if isinstance(v, list) else v for key, v in part.items()}
        first, last = (person.pop(f"{which}_day_only", False) for which in ("first", "last"))
        if first or last:
            person["days"] = self.days[:1] if first else self.days[-1:]
        sessions = tuple(s for s in person.pop("sessions", ()) if self.event.session(s))
        if sessions:
            person["sessions"] = sessions
        if self.event.category(part["category"]) is None:
            person["category"] = self.groups[0].category
        return person

    def _person(self, group: _Group) -> dict[str, Value]:
        roll = self.roll
        given, family = self._who()
        person: dict[str, Value] = {
            "given_name": given,
            "family_name": family,
            "function": self._one(group.functions),
            "status": self._standing(),
            "language": self._one(_LANGUAGES),
            "image_consent": self._one(_CONSENTS),
        }
        sessions = tuple([id_ for id_, likely in group.sessions if roll() < likely])
        if sessions:
            person["sessions"] = sessions
        elif len(self.days) > 1 and roll() < _ONE_DAY:
            person["days"] = (self._one(self.days),)
        if roll() < _PHONE:
            person["phone"] = f"{_FICTION_BLOCK}{int(roll() * 10_000):04}"
        if roll() < _LUNCH:
            person["options"] = (_LUNCH_OPTION,)
        if roll() < _REMARK:
            name, remark = self._one(self.remarks)
            person[name] = remark
        return person

    def _who(self) -> tuple[str, str]:
        """Give a name; now and then that of somebody who came a little earlier."""
        if self.recent and self.roll() < _HOMONYM:
            return self.recent[0]
        who = (self._one(self.given), self._one(self.family))
        self.recent.append(who)
        return who

    def _standing(self) -> str:
        at = bisect(_STANDING_EDGES, self.roll())
        return (_STANDING[at] if at < len(_STANDING) else Status.CONFIRMED).value

    def _finished(self, person: dict[str, Value], number: int, order: str) -> dict[str, Value]:
        """Add what is each person's own."""
        mail = f"{_mail(str(person['given_name']))}.{_mail(str(person['family_name']))}"
        person["id"] = f"P{number:06}"
        person["email"] = f"{mail}.{number}@example.org"
        person["order"] = order
        person["code"] = (self._ticket(),)
        return person

    def _ticket(self) -> str:
        """Make a ticket code as registration systems do: 32 lower-case characters."""
        return self.random.randbytes(32).translate(_TICKET).decode()


@cache
def _mail(name: str) -> str:
    return folded(name).replace(" ", "-")


def _of(place: str) -> str:
    """Say «de» before a place: `de Rouvrières`, `d'Escalmont`, `du Mas-Perdu`."""
    for article, merged in (("Les ", "des "), ("Le ", "du ")):
        if place.startswith(article):
            return merged + place.removeprefix(article)
    return ("d'" if folded(place)[0] in "aeiouyh" else "de ") + place


def _order_code(order: int) -> str:
    """Return five letters, none twice within 17 million orders."""
    rest, code = (order * _ORDER_STEP) % _ORDER_CODES, ""
    for _ in range(5):
        rest, at = divmod(rest, len(_ORDER_LETTERS))
        code += _ORDER_LETTERS[at]
    return code


def _is_for(session: Session, category: str) -> bool:
    return Need.CATEGORY not in session.access.needs or category in session.access.categories


def _likely(session: Session) -> float:
    if Need.INVITATION in session.access.needs:
        return _INVITED
    return _REGISTERED_OF_FEW if session.access.categories else _REGISTERED
