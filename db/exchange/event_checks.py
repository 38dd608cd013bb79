"""What an event file says, judged as a whole: references, the tree of places, days, words."""

from collections.abc import Iterable, Sequence
from typing import Final

from db.domain.names import folded
from db.domain.programme import Access, Category, Event, Need, Place, PlaceKind, Session
from db.exchange.event_mistakes import Mistakes
from db.exchange.event_table import Table, nearest
from db.exchange.toml_lines import Path

SOLID: Final = "solid"
"""The one pattern that a single category may have."""


def check_event(event: Event, mistakes: Mistakes) -> None:
    """Note what places and categories have against one another."""
    for index, place in enumerate(event.places):
        path: Path = ("places", index)
        _check_within(event, place, (*path, "within"), mistakes)
        _check_access(event, place.access, path, mistakes)
        if place.capacity_is_example and place.capacity is None:
            mistakes.note((*path, "capacity_is_example"), "about-nothing")
    _check_words(event.categories, mistakes)
    _check_solid(event.categories, mistakes)


def check_session(event: Event, session: Session, table: Table) -> None:
    """Note what one session has against its event; `table` is where it was read."""
    _check_access(event, session.access, table.path, table.mistakes)
    _check_session_place(event, session.place, (*table.path, "place"), table.mistakes)
    day = event.day(session.starts)
    if event.days and day not in event.days:
        key = "day" if "day" in table.raw else "starts"
        table.wrong(key, "outside-days", value=day.isoformat())
    starts, ends = session.starts, session.ends
    if ends is not None and ends.timestamp() <= starts.timestamp():  # clocks may go back between
        table.wrong("ends", "ends-before-start")


def check_ids(tables: Iterable[Table]) -> None:
    """Note every id that another table of the same list already has."""
    first: dict[str, Path] = {}
    for table in tables:
        value = table.raw.get("id")
        if not isinstance(value, str):
            continue
        if value in first:
            table.wrong("id", "duplicate-id", value=value, first=table.mistakes.line(first[value]))
        first.setdefault(value, (*table.path, "id"))


def _check_within(event: Event, place: Place, path: Path, mistakes: Mistakes) -> None:
    if place.within is None:
        if place.kind is PlaceKind.DOOR:
            mistakes.note(path, "within-no-building")
    elif place.kind is PlaceKind.OUTSIDE:
        mistakes.note(path, "outside-within")
    elif event.place(place.within) is None:
        near = nearest(place.within, _ids(event.places))
        mistakes.note_near(path, "unknown-place", near, value=place.within)
    elif _is_cyclic(event, place):
        mistakes.note(path, "within-itself", value=place.id)


def _is_cyclic(event: Event, place: Place) -> bool:
    """Tell whether going up from a place comes back to it."""
    above, seen = place.within, set[str]()
    while above is not None and above not in seen:
        if above == place.id:
            return True
        seen.add(above)
        found = event.place(above)
        above = found.within if found is not None else None
    return False


def _check_session_place(
    event: Event, place_id: str | None, path: Path, mistakes: Mistakes
) -> None:
    if place_id is None or not event.places:
        return
    place = event.place(place_id)
    if place is None:
        near = nearest(place_id, _ids(event.places))
        mistakes.note_near(path, "unknown-place", near, value=place_id)
    elif place.kind is PlaceKind.DOOR:
        mistakes.note(path, "session-at-door", value=place_id)


def _check_access(event: Event, access: Access, path: Path, mistakes: Mistakes) -> None:
    by_category = Need.CATEGORY in access.needs
    if by_category and not access.categories:
        mistakes.note((*path, "access"), "access-without-categories")
    if access.categories and not by_category:
        mistakes.note((*path, "categories"), "categories-without-access")
    for index, value in enumerate(access.categories):
        if value and event.categories and event.category(value) is None:
            near = nearest(value, _ids(event.categories))
            where = (*path, "categories", index)
            mistakes.note_near(where, "unknown-category", near, value=value)


def _check_words(categories: Sequence[Category], mistakes: Mistakes) -> None:
    """Note words by which a table could mean two categories."""
    owner: dict[str, str] = {}
    for index, category in enumerate(categories):
        for path, word in _words(("categories", index), category):
            other = owner.setdefault(folded(word), category.id)
            if other != category.id and folded(word):
                mistakes.note(path, "same-word", value=word, other=other)


def _words(path: Path, category: Category) -> Iterable[tuple[Path, str]]:
    yield (*path, "id"), category.id
    yield (*path, "name"), category.name
    yield (*path, "name_en"), category.name_en
    for index, synonym in enumerate(category.synonyms):
        yield (*path, "synonyms", index), synonym


def _check_solid(categories: Sequence[Category], mistakes: Mistakes) -> None:
    solid = [(index, c) for index, c in enumerate(categories) if c.pattern == SOLID]
    for index, _ in solid[1:]:
        mistakes.note(("categories", index, "pattern"), "solid-twice", other=solid[0][1].id)


def _ids(things: Sequence[Place] | Sequence[Category]) -> list[str]:
    return [thing.id for thing in things]
