"""The event file: days, places, categories and programme of one forum, told in TOML.

`resources/events/forum-2023.toml` is the example and says what each key means. Reading gives
the whole event, or every mistake at once with its line.
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path as File
from typing import Final, NoReturn

from db.domain.programme import Access, Event, Place, Session
from db.exchange.event_mistakes import EventFileError, Mistake, Mistakes
from db.exchange.event_parts import event_of
from db.exchange.event_table import Table
from db.exchange.toml_lines import Path, Span, spans

LARGEST_MB: Final = 8
"""A programme of 10,000 sessions takes 3 MB."""

_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_AT: Final = re.compile(r" *\(at (?:line (?P<line>\d+), column \d+|end of document)\)")


def read_event_file(path: File) -> Event:
    """Read an event file from disk; raises EventFileError, also where it cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read((LARGEST_MB << 20) + 1)  # some paths have no size, and no end
    except OSError as error:
        _refuse("unreadable", detail=error.strerror or type(error).__name__)
    if len(data) > LARGEST_MB << 20:
        _refuse("too-large", most=LARGEST_MB)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse("not-utf8", line=data.count(b"\n", 0, error.start) + 1)
    return read_event(text)


def read_event(text: str) -> Event:
    """Read an event file's text; raises EventFileError with every mistake in it."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        mistakes = Mistakes(text)
        event = event_of(Table(_parsed(text), (), mistakes), text)
        mistakes.settle()
    except RecursionError:
        _refuse("too-deep")
    return event


def with_first_day(event: Event, first: date) -> Event:
    """Move a whole forum that was read from a file, so that its first day is `first`."""
    shift = first - event.days[0]
    text = event.source
    for start, end in sorted(_dated(text), reverse=True):
        moved = _ISO.sub(lambda found: _shifted(found[0], shift), text[start:end], count=1)
        text = text[:start] + moved + text[end:]
    return read_event(text)


def summary(event: Event) -> dict[str, object]:
    """Say what an event holds, in values that JSON knows; times carry their offset."""
    return {
        "id": event.id,
        "name": event.name,
        "days": [day.isoformat() for day in event.days],
        "zone": event.zone,
        "places": [_told_place(place) for place in event.places],
        "rooms": [_told_place(place) for place in event.rooms],
        "sessions": [_told_session(session) for session in event.sessions],
        "categories": [
            {"id": c.id, "name": c.name, "name_en": c.name_en, "pattern": c.pattern}
            for c in event.categories
        ],
        "notes": list(event.notes),
    }


def _told_place(place: Place) -> dict[str, object]:
    return {
        "id": place.id,
        "name": place.name,
        "kind": place.kind,
        "within": place.within,
        "admit": place.admit,
        "exits": place.exits,
        "capacity": place.capacity,
        "capacity_is_example": place.capacity_is_example,
        "access": _told_access(place.access),
        "note": place.note,
    }


def _told_session(session: Session) -> dict[str, object]:
    return {
        "id": session.id,
        "title": session.title,
        "kind": session.kind,
        "place": session.place,
        "starts": session.starts.isoformat(),
        "starts_about": session.starts_about,
        "ends": session.ends.isoformat() if session.ends is not None else None,
        "ends_about": session.ends_about,
        "access": _told_access(session.access),
        "note": session.note,
    }


def _told_access(access: Access) -> dict[str, object]:
    return {
        "needs": sorted(access.needs) or ["open"],
        "categories": list(access.categories),
        "authorises": access.authorises,
    }


def _refuse(reason: str, *, line: int = 1, **parts: object) -> NoReturn:
    raise EventFileError((Mistake("", line, reason, parts),)) from None


def _parsed(text: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except ValueError as error:  # TOMLDecodeError, and a number of more than 4,300 digits
        at = _AT.search(str(error))
        last = text.rstrip().count("\n") + 1
        line = int(at["line"] or last) if at is not None else 1
        _refuse("syntax", line=line, detail=_AT.sub("", str(error)))


def _dated(text: str) -> list[Span]:
    """Return where the days of the event and of its sessions are written."""
    return [span for path, span in spans(text).items() if _holds_date(path)]


def _holds_date(path: Path) -> bool:
    match path:
        case ("event", "days", int()):
            return True
        case ("sessions", int(), "day" | "starts" | "ends"):
            return True
    return False


def _shifted(day: str, shift: timedelta) -> str:
    return (date.fromisoformat(day) + shift).isoformat()
