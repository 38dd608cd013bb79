"""From the tables of an event file to days, places, categories and sessions."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from db.domain.programme import (
    DAY_TURNS,
    OPEN,
    Access,
    Admit,
    Category,
    Event,
    Need,
    Place,
    PlaceKind,
    Session,
)
from db.exchange.event_checks import check_event, check_ids, check_session
from db.exchange.event_table import Table, Written, nearest
from db.exchange.toml_lines import Path

FORMAT: Final = 1
"""The newest format of event files that is read."""


class _Pattern(StrEnum):
    OUTLINE = "outline"
    SOLID = "solid"
    STRIPES = "stripes"
    DOTS = "dots"
    CHECKS = "checks"


class _AccessWord(StrEnum):
    OPEN = "open"
    CATEGORY = "category"
    REGISTERED = "registered"
    INVITATION = "invitation"


def event_of(root: Table, text: str) -> Event:
    """Read a whole event from the root of its file, noting every mistake on the way."""
    version = root.number("format", 1, required=True)
    if version is not None and version > FORMAT:
        root.wrong("format", "newer-format", value=version, known=FORMAT)
        root.mistakes.settle()
    table = root.table("event")
    authorises = table.text("authorises")
    places, categories, sessions = (
        root.tables(key) for key in ("places", "categories", "sessions")
    )
    event = Event(
        id=table.slug("id"),
        name=table.text("name", required=True),
        subtitle=table.text("subtitle"),
        organiser=table.text("organiser"),
        venue=table.text("venue"),
        zone=_zone(table),
        days=table.days("days"),
        expected=table.number("expected", 0),
        print_on_entry=table.flag("print_on_entry", default=True),
        notes=table.texts("notes"),
        places=tuple(_place(place, authorises) for place in places),
        categories=tuple(_category(category) for category in categories),
        source=text,
    )
    for tables in (places, categories, sessions):
        check_ids(tables)
    if "places" not in root.raw:
        root.wrong("places", "no-places")
    check_event(event, root.mistakes)
    read = [_session(session, event, authorises) for session in sessions]
    for part in (root, table, *places, *categories, *sessions):
        part.close()
    return replace(event, sessions=tuple(session for session in read if session is not None))


def _zone(table: Table) -> str:
    """Return the zone's name; where it is none, a stand-in that lets the reading go on."""
    name = table.text("zone", required=True)
    try:
        return ZoneInfo(name).key if name else "UTC"
    except (ZoneInfoNotFoundError, ValueError, OSError):
        near = nearest(name, available_timezones())
        table.mistakes.note_near((*table.path, "zone"), "unknown-zone", near, value=name)
        return "UTC"


def _place(table: Table, authorises: str) -> Place:
    return Place(
        id=table.slug("id"),
        name=table.text("name", required=True),
        kind=table.word("kind", PlaceKind.ROOM),
        within=table.text("within") or None,
        admit=table.word("admit", Admit.DAY),
        exits=table.flag("exits", default=True),
        capacity=table.number("capacity", 1),
        capacity_is_example=table.flag("capacity_is_example", default=False),
        access=_access(table, authorises),
        note=table.text("note"),
    )


def _category(table: Table) -> Category:
    return Category(
        id=table.slug("id"),
        name=table.text("name", required=True),
        name_en=table.text("name_en"),
        synonyms=table.texts("synonyms"),
        pattern=table.word("pattern", _Pattern.OUTLINE).value,
        instruction=table.text("instruction"),
    )


def _session(table: Table, event: Event, authorises: str) -> Session | None:
    """Read one session; None where nobody can tell when it starts."""
    only = event.days[0] if len(event.days) == 1 else None
    day = table.day("day") if "day" in table.raw else only
    table.asked.add("day")
    starts = table.written("starts", required=True)
    ends = table.written("ends")
    start = _instant(table, "starts", starts, day, event.tz)
    end = _instant(table, "ends", ends, day, event.tz)
    session = Session(
        id=table.slug("id"),
        title=table.text("title", required=True),
        place=table.text("place") or None,
        starts=start or _stand_in(event),
        ends=None if start is None else end,
        starts_about=starts is not None and starts.about,
        ends_about=ends is not None and ends.about,
        kind=table.text("kind"),
        access=_access(table, authorises),
        note=table.text("note"),
    )
    check_session(event, session, table)
    return None if start is None else session


def _stand_in(event: Event) -> datetime:
    """Return an instant no check minds, so that the rest of a session is still judged."""
    day = event.days[0] if event.days else date(2000, 1, 1)
    return datetime.combine(day, time(12), event.tz)


def _instant(
    table: Table, key: str, written: Written | None, day: date | None, zone: ZoneInfo
) -> datetime | None:
    """Put a written time on its day; without a date, hours before 04:00 are of the night after."""
    if written is None:
        return None
    on = written.day or day
    if on is None:
        if "day" not in table.raw:
            table.wrong(key, "no-day")
        return None
    if written.day is None and written.clock < DAY_TURNS:
        on += timedelta(days=1)
    at = datetime.combine(on, written.clock)
    if at.tzinfo is not None:
        return at.astimezone(zone)
    local = at.replace(tzinfo=zone)
    if local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != at:
        table.wrong(key, "no-such-time", value=f"{at:%H:%M}")
    elif local.utcoffset() != local.replace(fold=1).utcoffset():
        table.wrong(key, "two-such-times", value=f"{at:%H:%M}")
    return local


def _access(table: Table, authorises: str) -> Access:
    """Read who may enter; «authorises» is the event's unless the table says its own."""
    path: Path = (*table.path, "access")
    if isinstance(table.get("access"), list):
        said = [(word, (*path, i)) for i, word in enumerate(table.texts("access"))]
    else:
        said = [(table.text("access"), path)]
    words = [table.one_of(word, _AccessWord.OPEN, where) for word, where in said]
    needs = frozenset(Need(word) for word in words if word is not _AccessWord.OPEN)
    if "open" in (word for word, _ in said) and len(said) > 1:
        table.wrong("access", "open-and-more")
    categories, own = table.texts("categories"), table.text("authorises")
    if not needs and not categories:
        return OPEN
    return Access(needs, categories, own or authorises)
