"""Tables for people: attendees, check-ins, movements, attempts; attendees can be imported again."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from db.domain.programme import Event
from db.domain.registration import ANSWER, FIELDS, LIST_FIELDS, Registration, Status
from db.domain.verdicts import Outcome, Reason
from db.exchange.headers import guess
from db.exchange.sheets import write_table
from db.exchange.vocabulary import Vocabulary
from resources.words import mark

TITLES: Final = {
    "id": mark("Identifier"), "given_name": mark("Given name"), "family_name": mark("Family name"),
    "title": mark("Title"), "function": mark("Function"), "organisation": mark("Organisation"),
    "commune": mark("Commune"), "category": mark("Category"), "email": mark("E-mail"),
    "phone": mark("Telephone"), "language": mark("Language"), "order": mark("Order"),
    "status": mark("Status"), "instruction": mark("Instruction"), "delegation": mark("Delegation"),
    "assistance": mark("Assistance"), "image_consent": mark("Image consent"), "note": mark("Note"),
    "code": mark("Codes"), "sessions": mark("Sessions"), "options": mark("Options"),
    "days": mark("Days"),
}  # fmt: skip
"""Column titles, which an import knows in every language."""

STATUSES: Final[dict[str, str]] = {
    Status.CONFIRMED: mark("confirmed"), Status.CANCELLED: mark("cancelled"),
    Status.UNPAID: mark("unpaid"), Status.PENDING: mark("pending"),
    Status.WAITING: mark("waiting list"),
}  # fmt: skip
_ANSWERS: Final = {"yes": mark("yes"), "no": mark("no")}
_ENTRY, _EXIT = mark("Entry"), mark("Exit")
_SCAN_TITLES: Final = (
    mark("Time"), mark("Place"), mark("Direction"), mark("Outcome"), mark("Reason"),
    mark("Taken back"), mark("Typed in afterwards"),
)  # fmt: skip
_WHO: Final = ("id", "given_name", "family_name", "organisation", "category")


class Scan(Protocol):
    """One scan, as the desk tells it; `at` is aware."""

    @property
    def at(self) -> datetime:
        """When."""

    @property
    def outcome(self) -> Outcome:
        """What was answered."""

    @property
    def reason(self) -> Reason:
        """Why."""

    @property
    def entry(self) -> bool:
        """Whether it was an entry."""

    @property
    def place(self) -> str:
        """Where, by id."""

    @property
    def person(self) -> Registration | None:
        """Who, when known."""

    @property
    def undone(self) -> bool:
        """Whether it was taken back."""

    @property
    def declared(self) -> bool:
        """Whether it was typed in afterwards."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a table is written: its words, and the separator of a CSV (French Excel asks for ;)."""

    gettext: Callable[[str], str]
    separator: str = ";"


def export_attendees(
    people: Callable[[], Iterable[Registration]], event: Event, path: Path, style: Style
) -> int:
    """Write everybody, with all fields and answers; return how many. `people` is asked twice."""
    answers = dict.fromkeys(
        name for person in people() for name in person.fields if name.startswith(ANSWER)
    )
    header = [style.gettext(TITLES[name]) for name in FIELDS]
    words = Vocabulary(event)
    header += _answer_titles(answers, header, words)
    columns = (*FIELDS, *answers)
    rows = ([_written(p, name, event, style) for name in columns] for p in people())
    return write_table(path, header, rows, style.separator)


def export_scans(kind: str, scans: Iterable[Scan], event: Event, path: Path, style: Style) -> int:
    """Write scans in the order given: `checkins`, `movements` or `attempts`; return how many.

    Check-ins are entries that stand; movements all entries and exits; attempts the scans that let
    nobody in.
    """
    chosen = (scan for scan in scans if _KINDS[kind](scan))
    header = [style.gettext(title) for title in _SCAN_TITLES]
    header += [style.gettext(TITLES[name]) for name in _WHO]
    rows = (_scan_row(scan, event, style) for scan in chosen)
    return write_table(path, header, rows, style.separator)


def _let_in(scan: Scan) -> bool:
    instructed = scan.outcome is Outcome.ATTENTION and scan.reason is Reason.INSTRUCTION
    return scan.entry and (scan.outcome is Outcome.ADMITTED or instructed)


_KINDS: Final[dict[str, Callable[[Scan], bool]]] = {
    "checkins": lambda scan: _let_in(scan) and not scan.undone,
    "movements": lambda scan: _let_in(scan) or scan.outcome is Outcome.LEFT,
    "attempts": lambda scan: not _let_in(scan) and scan.outcome is not Outcome.LEFT,
}
SCAN_TABLES: Final = tuple(_KINDS)


def _answer_titles(answers: Iterable[str], header: list[str], words: Vocabulary) -> Iterator[str]:
    """Give answers their own titles; one that an import would take for a field is named in full."""
    taken = {*header}
    for name in answers:
        title = name.removeprefix(ANSWER)
        plain = title not in taken and not guess(title, words)[0]
        taken.add(title)
        yield title if plain else name


def _written(person: Registration, name: str, event: Event, style: Style) -> str:
    if name in LIST_FIELDS:
        return _joined(person.several(name))
    text = person.text(name)
    if name == "category":
        category = event.category(text)
        return text if category is None else category.name
    known = {"status": STATUSES, "image_consent": _ANSWERS}.get(name, {})
    return style.gettext(known[text]) if text in known else text


def _joined(values: Iterable[str]) -> str:
    """Join values so that they part again where they were joined."""
    joined = "; ".join(values)
    return f"{joined};" if "," in joined and ";" not in joined else joined


def _scan_row(scan: Scan, event: Event, style: Style) -> list[str]:
    place = event.place(scan.place)
    at = event.local(scan.at).replace(tzinfo=None)
    row = [
        at.isoformat(" ", "seconds"),
        scan.place if place is None else place.name,
        style.gettext(_ENTRY if scan.entry else _EXIT),
        str(scan.outcome),
        str(scan.reason),
        style.gettext(_ANSWERS["yes"]) if scan.undone else "",
        style.gettext(_ANSWERS["yes"]) if scan.declared else "",
    ]
    person = scan.person
    who = ["" if person is None else _written(person, name, event, style) for name in _WHO]
    return row + who
