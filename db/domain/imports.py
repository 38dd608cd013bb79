"""What an import looks for, and what it plans: the signs of a person, the steps, the questions."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Protocol

from db.domain.names import folded, tidy_case
from db.domain.problems import Problem, Problems
from db.domain.registration import LIST_FIELDS, Fields, Value

_folded_often: Final = lru_cache(maxsize=8192)(folded)


SIGNS: Final = (
    "id", "order", "code", "email", "given_name", "family_name", "organisation",
)  # fmt: skip
"""The fields that signs are read off."""


@dataclass(slots=True)
class Keys:
    """The signs a person is recognised by, folded; an empty one is absent."""

    external: str = ""
    order: str = ""
    codes: tuple[str, ...] = ()
    mail: str = ""
    name: str = ""
    organisation: str = ""


def keys_of(fields: Fields) -> Keys:
    """Read the signs off the fields; an order with a position is «ABCDE-2»."""
    code = fields.get("code", ())
    return Keys(
        external=_text(fields, "id"),
        order=_text(fields, "order").lower(),
        codes=(code,) if isinstance(code, str) else code,
        mail=_text(fields, "email").lower(),
        name=folded(f"{_text(fields, 'given_name')} {_text(fields, 'family_name')}"),
        organisation=_folded_often(_text(fields, "organisation")),
    )


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name, "")
    return value if isinstance(value, str) else ", ".join(value)


class Known(Protocol):
    """The people an event holds already, found by their signs; ids are ours."""

    def by_external(self, external: str) -> Collection[str]:
        """Return who came with this external id."""

    def by_order(self, order: str) -> Collection[str]:
        """Return who holds this order, in small letters, its position included where told."""

    def by_code(self, code: str) -> Collection[str]:
        """Return who holds this ticket code."""

    def by_mail_name(self, mail: str, name: str) -> Collection[str]:
        """Return who has this e-mail and this folded name."""

    def by_name_org(self, name: str, organisation: str) -> Collection[str]:
        """Return who has this folded name and this folded organisation."""

    def fields(self, person: str) -> Fields:
        """Return what is known of a person now."""

    def told(self, person: str) -> Fields:
        """Return what tables last said of a person, edits made here left out."""

    def imported_ids(self) -> Iterable[str]:
        """Return everybody who came by a table."""


class Rows(Protocol):
    """A table that was read whole; rows are numbered as spreadsheets do."""

    @property
    def scopes(self) -> Mapping[str, frozenset[str]]:
        """Several-valued fields of which it tells only these values."""

    @property
    def positioned(self) -> bool:
        """Whether its orders tell the position, and so one person each."""

    def __len__(self) -> int:
        """Count the rows that can be a person."""

    def number(self, index: int) -> int:
        """Return the spreadsheet's number of a row."""

    def told(self, index: int) -> Fields:
        """Return every field its columns speak of, the empty ones included."""

    def fields(self, index: int) -> Fields:
        """Return the fields that hold something."""

    def keys(self, index: int) -> Keys:
        """Return the signs by which the person is recognised."""


@dataclass(frozen=True, slots=True)
class Add:
    """Somebody new; `row` is where they stand in the file."""

    row: int
    fields: Fields


@dataclass(frozen=True, slots=True)
class Change:
    """A known person, and the fields that differ; an empty value clears one."""

    row: int
    person: str
    changes: Fields


@dataclass(frozen=True, slots=True)
class Question:
    """A row that may be one of these persons; whoever is asked answers by row number."""

    row: int
    candidates: tuple[str, ...]


NEW: Final = ""
"""The answer to a question: nobody known."""


@dataclass(kw_only=True)
class Plan:
    """What an import would do; iterate over it for the steps, in the order of the rows.

    `source`, `digest` (SHA-256, hexadecimal) and `mapping` (header to field) describe the file;
    `read` counts its rows, blank ones left out; `missing` are known persons it does not name.
    """

    source: str
    digest: str
    mapping: Mapping[str, str]
    read: int
    rejected: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    missing: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    problems: Problems = field(default_factory=Problems)
    steps: Callable[[], Iterator[Add | Change]] = lambda: iter(())

    def __iter__(self) -> Iterator[Add | Change]:
        """Give each person to add or change; may be asked again."""
        return self.steps()

    def listed(self) -> tuple[Problem, ...]:
        """Return the problems kept, in the order of the rows."""
        return self.problems.kept()


def difference(told: Fields, known: Fields, scopes: Mapping[str, frozenset[str]]) -> Fields:
    """Return the fields a row tells otherwise than they are known, as they would become."""
    changes: dict[str, Value] = {}
    for name, value in told.items():
        now, scope = known.get(name, ""), scopes.get(name)
        if value != now and not _same(name, value, now, scope):
            changes[name] = value if scope is None else _within(value, now, scope)
    return changes


def _same(name: str, told: Value, known: Value, scope: frozenset[str] | None) -> bool:
    if not (told or known):
        return True
    if name in LIST_FIELDS:
        mine = {*_values(known)} if scope is None else {*_values(known)} & scope
        return mine == {*_values(told)}
    if name == "email":
        return str(known).lower() == str(told).lower()
    return name in ("given_name", "family_name") and tidy_case(str(known)) == told


def _within(told: Value, now: Value, scope: frozenset[str]) -> tuple[str, ...]:
    """Replace the values a table speaks of, keep the others."""
    return (*(value for value in _values(now) if value not in scope), *_values(told))


def _values(value: Value) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) and value else tuple(value)
