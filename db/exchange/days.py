"""Days of an event as people write them: «22», «22/03», «mercredi», «J1», «les deux jours»."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from db.domain.names import folded

_WEEKDAYS: Final = (
    ("lundi", "lun", "monday", "mon"), ("mardi", "tuesday", "tue"),
    ("mercredi", "mer", "wednesday", "wed"), ("jeudi", "jeu", "thursday", "thu"),
    ("vendredi", "ven", "friday", "fri"), ("samedi", "sam", "saturday", "sat"),
    ("dimanche", "dim", "sunday", "sun"),
)  # fmt: skip
_MONTHS: Final = (
    ("janvier", "janv", "january", "jan"), ("fevrier", "fevr", "fev", "february", "feb"),
    ("mars", "march"), ("avril", "avr", "april", "apr"), ("mai", "may"), ("juin", "june", "jun"),
    ("juillet", "juil", "july", "jul"), ("aout", "august", "aug"),
    ("septembre", "sept", "september", "sep"), ("octobre", "oct", "october"),
    ("novembre", "nov", "november"), ("decembre", "dec", "december"),
)  # fmt: skip
_WEEKDAY: Final = {word: index for index, words in enumerate(_WEEKDAYS) for word in words}
_MONTH: Final = {word: index for index, words in enumerate(_MONTHS, 1) for word in words}
_FILLERS: Final = frozenset({
    "le", "la", "les", "et", "and", "the", "of", "on", "du", "au", "to", "uniquement", "seulement",
    "only", "journee", "matin", "apres", "midi", "jour", "jours", "day", "days", "pass", "presence",
    "participe", "participera", "present", "presente", "inscrit", "inscrite",
    "mar",  # mardi or March: what stands beside it decides
})  # fmt: skip
_ALL: Final = frozenset({"tous", "toutes", "tout", "both", "all", "deux", "complet", "full"})

_LONGEST: Final = 200  # characters; more are no days

_DATE: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)|\b(\d{1,2})[/.](\d{1,2})(?:[/.](\d{2,4}))?\b")
_TIME: Final = re.compile(r"\b\d{1,2}\s?[:h]\s?(?:\d\d)?(?::\d\d)?\b")
_ORDINAL: Final = re.compile(r"\b(\d{1,2})(?:er|st|nd|rd|th|e|eme)\b")
_COUNT: Final = re.compile(r"\b(\d) (?:jours|days)\b")
_NUMBER: Final = re.compile(r"\b(?:j|d|jour |day )(\d)\b")
_RANGE: Final = re.compile(r"\b(\d{1,2})\s*(?:-|–|\bau\b|\bto\b)\s*(\d{1,2})\b")


def days_in(text: str, days: Sequence[date]) -> tuple[str, ...] | None:
    """Return the event's days a text names, as ISO dates; None where it is not clear."""
    found = list(_found(text.lower(), days)) if len(text) < _LONGEST else []
    if not found or None in found:
        return None
    return tuple(day.isoformat() for day in days if day in found)


def _found(text: str, days: Sequence[date]) -> Iterator[date | None]:
    """Yield each day met; None stands for words that name no day of the event."""
    for match in _DATE.finditer(text):
        yield _written(match, days)
    text = _TIME.sub(" ", _DATE.sub(" ", text))
    for match in _RANGE.finditer(text):
        yield from (day for day in days if int(match[1]) < day.day < int(match[2]))
    words = _ORDINAL.sub(r"\1", folded(text))
    for match in _COUNT.finditer(words):
        yield from days if int(match[1]) == len(days) else (None,)
    words = _COUNT.sub(" ", words)
    for match in _NUMBER.finditer(words):
        number = int(match[1])
        yield days[number - 1] if 0 < number <= len(days) else None
    yield from _named(_NUMBER.sub(" ", words).split(), days)


def _named(words: Sequence[str], days: Sequence[date]) -> Iterator[date | None]:
    month = next((_MONTH[word] for word in words if word in _MONTH), 0)
    for word in words:
        if word in _ALL:
            yield from days
        elif word in _WEEKDAY:
            yield _only(day for day in days if day.weekday() == _WEEKDAY[word])
        elif word.isdecimal() and len(word) < 3:
            yield _only(d for d in days if d.day == int(word) and month in (0, d.month))
        elif not (word in _FILLERS or word in _MONTH or word in {str(day.year) for day in days}):
            yield None


def _written(match: re.Match[str], days: Sequence[date]) -> date | None:
    iso_year, iso_month, iso_day, day, month, year = match.groups(default="")
    wanted = (int(iso_month or month), int(iso_day or day))
    told = iso_year or year
    return _only(d for d in days if (d.month, d.day) == wanted and str(d.year).endswith(told))


def _only(days: Iterable[date]) -> date | None:
    found = list(days)
    return found[0] if len(found) == 1 else None
