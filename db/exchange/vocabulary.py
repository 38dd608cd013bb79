"""The words of one event as tables write them: its sessions, categories, days and options."""

import re
from functools import cached_property
from typing import Final

from db.domain.names import folded
from db.domain.programme import Event, Place, PlaceKind
from db.exchange.days import days_in

OPTIONS: Final = {
    "dejeuner": "lunch", "lunch": "lunch", "repas": "lunch", "repas de midi": "lunch",
    "petit dejeuner": "breakfast", "breakfast": "breakfast", "diner": "dinner", "dinner": "dinner",
    "gala": "gala", "soiree de gala": "gala", "cocktail": "cocktail", "buffet": "buffet",
    "parking": "parking", "stationnement": "parking", "hotel": "hotel", "hebergement": "hotel",
    "navette": "shuttle", "shuttle": "shuttle", "visite": "visit", "visit": "visit",
}  # fmt: skip
"""What many events offer, folded; other options keep the words of the file."""

_ASIDE: Final = frozenset({
    "participation", "participera", "participerez", "participe", "vous", "au", "aux", "a", "la",
    "le", "les", "l", "du", "de", "d", "inscription", "inscrit", "inscrite", "invitation",
    "presence", "serez", "je", "souhaite", "will", "you", "attend", "attending", "the", "for",
    "option", "repas",
})  # fmt: skip
"""Words around an option in a column's title: «Participerez-vous au gala ?»."""

_CLEAR_PART: Final = 0.4  # of a title's length


class Vocabulary:
    """Looks words of a table up in one event; every answer is remembered by the caller."""

    def __init__(self, event: Event) -> None:
        """Know the words of this event."""
        self.event = event

    # -- sessions and options ------------------------------------------------------------------

    @cached_property
    def _names(self) -> dict[str, str]:
        """Folded ids, titles and places apart, to the id that access rules know."""
        names: dict[str, str] = {}
        for session in self.event.sessions:
            short = session.title.rpartition(" : ")[2]
            for name in (session.id, session.title, short):
                names.setdefault(folded(name), session.id)
        for place in filter(_asks, self.event.places):
            names.setdefault(folded(place.id), place.id)
            names.setdefault(folded(place.name), place.id)
        names.pop("", None)
        return names

    @cached_property
    def _titles(self) -> tuple[tuple[str, str], ...]:
        ids = {session.id for session in self.event.sessions}
        return tuple((f" {name} ", key) for name, key in self._names.items() if key in ids)

    def session(self, text: str) -> str:
        """Return the id of the session or place that is named just so, else nothing."""
        return self._names.get(folded(text), "")

    def likely_session(self, text: str) -> str:
        """Return the one session whose title a text holds, or is a clear part of."""
        words = folded(text)
        found = self.session(words) or self.session(self.usual_option(text))
        if found or not (" " in words or words == "gala"):
            return found
        inside = {
            key
            for title, key in self._titles
            if (f" {words} " in title and len(words) > len(title) * _CLEAR_PART)
            or (" " in title[1:-1] and title in f" {words} ")
        }
        return inside.pop() if len(inside) == 1 else ""

    def option(self, text: str) -> str:
        """Return the name of an option: a session's id, a usual word, with its day, else as is."""
        return self.likely_session(text) or self.usual_option(text) or " ".join(text.split())

    def usual_option(self, text: str) -> str:
        """Return the usual option a title speaks of, «lunch 2023-03-22» where it tells the day."""
        words = folded(text).split()
        kept = " ".join(word for word in words if word not in _ASIDE) or " ".join(words)
        for name, option in OPTIONS.items():
            if kept == name:
                return option
            if kept.startswith(f"{name} "):
                days = self.days(kept.removeprefix(name))
                if days is not None and len(days) == 1:
                    return f"{option} {days[0]}"
        return ""

    # -- categories ----------------------------------------------------------------------------

    @cached_property
    def _categories(self) -> dict[str, str]:
        words: dict[str, str] = {}
        for category in self.event.categories:
            for word in (category.id, category.name, category.name_en, *category.synonyms):
                words.setdefault(folded(word), category.id)
        words.pop("", None)
        return words

    def category(self, text: str) -> str:
        """Return the id of the category that is written so, or nothing."""
        found = self._categories.get(folded(text), "")
        if found or not any(mark in text for mark in "/(–-:"):
            return found
        parts = (folded(part) for part in re.split(r"[/()–:]|\s-\s", text))
        several = {self._categories[part] for part in parts if part in self._categories}
        return several.pop() if len(several) == 1 else ""

    # -- days ----------------------------------------------------------------------------------

    def days(self, text: str) -> tuple[str, ...] | None:
        """Return the days of the event a text names, as ISO dates; None where it is not clear."""
        return days_in(text, self.event.days)


def _asks(place: Place) -> bool:
    """Tell a place that one is registered for or invited to."""
    return bool(place.access.needs) or place.kind is PlaceKind.OUTSIDE
