"""Mistakes of an event file: what is wrong, where in the tree of keys, and on which line."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from db.domain.errors import VanelError
from db.exchange.toml_lines import Lines, Path
from resources.words import mark

SENTENCES: Final[Mapping[str, str]] = {
    "syntax": mark("This is not valid TOML: {detail}."),
    "too-deep": mark("Lists or tables stand too deep in one another."),
    "not-utf8": mark("The file is not a UTF-8 text."),
    "unreadable": mark("The file cannot be read: {detail}."),
    "too-large": mark("The file is larger than {most} MB: it is no event file."),
    "newer-format": mark("This file has format {value}; this version reads up to {known}."),
    "unknown-key": mark("The key «{key}» means nothing here."),
    "unknown-key-near": mark("The key «{key}» means nothing here; did you mean «{near}»?"),
    "missing-key": mark("The key «{key}» is missing."),
    "empty": mark("This text is empty."),
    "not-text": mark("A text in quotes is expected."),
    "not-number": mark("A whole number without quotes is expected."),
    "too-small": mark("{value} is too small: at least {least} is expected."),
    "not-yes-no": mark("true or false is expected, without quotes."),
    "not-list": mark("A list of texts is expected."),
    "not-table": mark("A table is expected: [{key}]."),
    "not-tables": mark("A list of tables is expected: [[{key}]]."),
    "not-date": mark("A date is expected, as 2023-03-22."),
    "not-dates": mark("A list of dates is expected, as [2023-03-22, 2023-03-23]."),
    "not-time": mark('A time is expected, as "9h30" or "09:30", with ~ before it for \'about\'.'),
    "not-slug": mark("«{value}» is not an id: lower-case letters, digits and hyphens, 64 at most."),
    "reserved-id": mark("The id «{value}» cannot name a folder on Windows."),
    "duplicate-id": mark("The id «{value}» is already taken on line {first}."),
    "unknown-word": mark("«{value}» is not one of: {choices}."),
    "unknown-word-near": mark("«{value}» is not one of: {choices}; did you mean «{near}»?"),
    "unknown-zone": mark("There is no time zone «{value}»."),
    "unknown-zone-near": mark("There is no time zone «{value}»; did you mean «{near}»?"),
    "no-days": mark("The event has no day."),
    "days-order": mark("{value} does not come after the day before it in the list."),
    "no-places": mark("The event has no place."),
    "unknown-place": mark("There is no place «{value}»."),
    "unknown-place-near": mark("There is no place «{value}»; did you mean «{near}»?"),
    "within-itself": mark("The place «{value}» ends up within itself."),
    "within-no-building": mark("A door is a door of something: say which building it is within."),
    "outside-within": mark("A place of kind «outside» is apart: it is within nothing."),
    "session-at-door": mark("«{value}» is a door; a session takes place in a room."),
    "about-nothing": mark("«capacity_is_example» says nothing without «capacity»."),
    "no-day": mark("The day is missing: «day», or a date before the time."),
    "outside-days": mark("{value} is not a day of this event."),
    "ends-before-start": mark("The session ends before it starts."),
    "no-such-time": mark("{value} does not exist that day: the clocks go forward."),
    "two-such-times": mark(
        "{value} comes twice that day, as the clocks go back: write date, time and offset,"
        " as 2023-10-29T02:30:00+02:00."
    ),
    "open-and-more": mark("«open» stands alone: an access is either open or restricted."),
    "categories-without-access": mark("«categories» is said, but the access has no «category»."),
    "access-without-categories": mark("The access is by category, but «categories» names none."),
    "unknown-category": mark("There is no category «{value}»."),
    "unknown-category-near": mark("There is no category «{value}»; did you mean «{near}»?"),
    "same-word": mark("«{value}» already stands for the category «{other}»."),
    "solid-twice": mark("Solid is for one category only; «{other}» has it already."),
}
"""A sentence for each reason; the parts in braces are those of the mistake."""

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_LONGEST: Final = 60  # characters of the file that a sentence repeats


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to correct; `path` counts list items from 0, `line` from 1."""

    path: str
    line: int
    reason: str
    parts: Mapping[str, object]

    @property
    def message(self) -> str:
        """The sentence to translate, with its parts in braces."""
        return SENTENCES[self.reason]

    def __str__(self) -> str:
        """Give the English sentence with its line and path."""
        where = f"line {self.line}" + (f", {self.path}" if self.path else "")
        return f"{where}: {self.message.format_map(self.parts)}"


class EventFileError(VanelError):
    """An event file with mistakes; all of them, in the order of their lines."""

    id = "event-file"
    message = mark("This event file cannot be used. Mistakes: {count}; lines: {lines}.")
    next_step = mark("Nothing was changed. Correct these lines and load the file again.")

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        """Keep every mistake; the sentence names the first twenty lines."""
        lines = sorted({m.line for m in mistakes})
        named = ", ".join(str(line) for line in lines[:20]) + ("…" if len(lines) > 20 else "")
        super().__init__(count=len(mistakes), lines=named)
        self.mistakes = mistakes


class Mistakes:
    """What was found wrong so far in one valid TOML document."""

    def __init__(self, text: str) -> None:
        """Take the document, whose lines are looked up only once something is wrong."""
        self._text = text
        self._lines: Lines | None = None
        self._found: list[Mistake] = []

    def line(self, path: Path) -> int:
        """Return the line of a key, or of the table that lacks it."""
        if self._lines is None:
            self._lines = Lines(self._text)
        return self._lines.of(path)

    def note(self, path: Path, reason: str, /, **parts: object) -> None:
        """Keep one mistake; long parts are cut."""
        short = {key: _cut(v) if isinstance(v, str) else v for key, v in parts.items()}
        self._found.append(Mistake(shown(path), self.line(path), reason, short))

    def note_near(self, path: Path, reason: str, near: str | None, /, **parts: object) -> None:
        """Keep one mistake of a word, with what was probably meant."""
        if near is None:
            self.note(path, reason, **parts)
        else:
            self.note(path, f"{reason}-near", near=near, **parts)

    def settle(self) -> None:
        """Raise them all, if there is any."""
        if self._found:
            raise EventFileError(tuple(sorted(self._found, key=lambda m: m.line)))


def shown(path: Path) -> str:
    """Write a path as people write it: `sessions[3].starts`."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            key = step if _BARE.fullmatch(step) else _cut(json.dumps(step, ensure_ascii=False))
            text += f".{key}" if text else key
    return text


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
