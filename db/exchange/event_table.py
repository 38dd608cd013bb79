"""Typed reading of TOML tables: a value that is not what it should be is noted, and read on."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from difflib import get_close_matches
from enum import StrEnum
from typing import Final, TypeVar, cast

from db.exchange.event_mistakes import Mistakes
from db.exchange.toml_lines import Path

Word = TypeVar("Word", bound=StrEnum)

_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_ID: Final = 64
_RESERVED: Final = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEARS: Final = range(1970, 2200)
_BREAKS: Final = re.compile(r"[ \t\r\n]+")
_MOST: Final = 10**9
"""More people than any place holds; what is beyond was mistyped."""

_UNSEEN: Final = re.compile("[\0-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CLOCK: Final = re.compile(r"(~?)\s*(\d{1,2})\s*(?:h|:)\s*(\d{2})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Written:
    """A time as a file writes it; with an offset where `clock` is aware."""

    clock: time
    day: date | None = None
    about: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table being read; `asked` gathers the keys that mean something in it."""

    raw: Mapping[str, object]
    path: Path
    mistakes: Mistakes
    asked: set[str] = field(default_factory=set)

    def wrong(self, key: str, reason: str, /, **parts: object) -> None:
        """Note a mistake at a key of this table."""
        self.mistakes.note((*self.path, key), reason, **parts)

    def get(self, key: str, *, required: bool = False) -> object | None:
        """Return the raw value, or None where there is none."""
        self.asked.add(key)
        if required and key not in self.raw:
            self.wrong(key, "missing-key", key=key)
        return self.raw.get(key)

    def text(self, key: str, *, required: bool = False) -> str:
        """Return a text on one line (NFC), empty when absent."""
        value = self.get(key, required=required)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.wrong(key, "not-text")
            return ""
        if required and not tidy(value):
            self.wrong(key, "empty")
        return tidy(value)

    def slug(self, key: str) -> str:
        """Return an id that can stand in a path, an address and a command."""
        value = self.text(key, required=True)
        if value and (not _SLUG.fullmatch(value) or len(value) > _LONGEST_ID):
            self.wrong(key, "not-slug", value=value)
        elif _RESERVED.fullmatch(value):
            self.wrong(key, "reserved-id", value=value)
        return value

    def number(self, key: str, least: int, *, required: bool = False) -> int | None:
        """Return a whole number of at least `least`, or None when absent."""
        value = self.get(key, required=required)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or value > _MOST:
            self.wrong(key, "not-number")
            return None
        if value < least:
            self.wrong(key, "too-small", value=value, least=least)
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self.get(key)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self.wrong(key, "not-yes-no")
        return default

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty when absent."""
        value = self.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.wrong(key, "not-list")
            return ()
        for index, item in enumerate(value):
            if not isinstance(item, str):
                self.mistakes.note((*self.path, key, index), "not-text")
        return tuple(tidy(item) if isinstance(item, str) else "" for item in value)

    def word(self, key: str, default: Word) -> Word:
        """Return one word of a small vocabulary."""
        return self.one_of(self.text(key), default, (*self.path, key))

    def one_of(self, value: str, default: Word, path: Path) -> Word:
        """Return the word that `value` is; note at `path` that it is none."""
        choices = {str(choice): choice for choice in type(default)}
        if not value or value in choices:
            return choices.get(value, default)
        near = nearest(value, choices)
        self.mistakes.note_near(path, "unknown-word", near, value=value, choices=", ".join(choices))
        return default

    def day(self, key: str) -> date | None:
        """Return a date, written as a TOML date or as a text in ISO form."""
        value = self.get(key)
        found = _date(value)
        if value is not None and found is None:
            self.wrong(key, "not-date")
        return found

    def days(self, key: str) -> tuple[date, ...]:
        """Return ascending dates; what is none, or comes too late in the list, is noted."""
        value = self.get(key, required=True)
        if not isinstance(value, list):
            if value is not None:
                self.wrong(key, "not-dates")
            return ()
        if not value:
            self.wrong(key, "no-days")
        days: list[date] = []
        for index, day in enumerate(_date(item) for item in value):
            where = (*self.path, key, index)
            if day is None:
                self.mistakes.note(where, "not-date")
                continue
            if days and day <= days[-1]:
                self.mistakes.note(where, "days-order", value=day.isoformat())
            days.append(day)
        return tuple(days)

    def written(self, key: str, *, required: bool = False) -> Written | None:
        """Return a time: "9h30", "~9h45", "09:30", 09:30:00, 2023-03-22T09:30:00."""
        value = self.get(key, required=required)
        found = _written(value)
        if value is not None and found is None:
            self.wrong(key, "not-time")
        return found

    def table(self, key: str) -> "Table":
        """Return the table under a key; an empty one when absent."""
        value = self.get(key, required=True)
        if value is not None and not isinstance(value, dict):
            self.wrong(key, "not-table", key=key)
        return Table(_mapping(value), (*self.path, key), self.mistakes)

    def tables(self, key: str) -> list["Table"]:
        """Return the list of tables under a key, empty when absent."""
        value = self.get(key)
        items = value if isinstance(value, list) else []
        if value is not None and (not items or not all(isinstance(item, dict) for item in items)):
            self.wrong(key, "not-tables", key=key)
        return [
            Table(_mapping(item), (*self.path, key, index), self.mistakes)
            for index, item in enumerate(items)
            if isinstance(item, dict)
        ]

    def close(self) -> None:
        """Note every key that nobody asked for."""
        for key in self.raw:
            if key not in self.asked:
                near = nearest(key, self.asked)
                self.mistakes.note_near((*self.path, key), "unknown-key", near, key=key)


def tidy(text: str) -> str:
    """Return a text on one line, composed, without controls; no-break spaces stay."""
    text = _UNSEEN.sub("", _BREAKS.sub(" ", unicodedata.normalize("NFC", text)))
    return text.strip(" ")


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that was probably meant."""
    return next(iter(get_close_matches(word[:_LONGEST_ID], choices, n=1, cutoff=0.7)), None)


def _mapping(value: object) -> Mapping[str, object]:
    return cast(Mapping[str, object], value) if isinstance(value, dict) else {}


def _date(value: object) -> date | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value if value.year in _YEARS else None
    if not isinstance(value, str) or not _ISO.fullmatch(value):
        return None
    try:
        return _date(date.fromisoformat(value))
    except ValueError:
        return None


def _written(value: object) -> Written | None:
    if isinstance(value, datetime):
        return Written(value.timetz(), value.date()) if value.year in _YEARS else None
    if isinstance(value, time):
        return Written(value)
    match = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    hour, minute = int(match[2]), int(match[3] or 0)
    if hour > 23 or minute > 59:
        return None
    return Written(time(hour, minute), about=bool(match[1]))
