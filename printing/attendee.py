"""From a registration and its event to what one badge says."""

from datetime import date
from typing import Final

from db.domain.programme import Event
from db.domain.registration import Registration
from printing.badge import BadgeData
from resources.words import Catalogue, mark

MONTHS: Final = (
    mark("January"), mark("February"), mark("March"), mark("April"), mark("May"), mark("June"),
    mark("July"), mark("August"), mark("September"), mark("October"), mark("November"),
    mark("December"),
)  # fmt: skip

USUAL_OPTIONS: Final = (mark("Lunch"), mark("Gala"), mark("Cocktail"))
"""Options that many forums have; others stand on the badge as they were written."""


def badge_data(person: Registration, event: Event, code: str, lang: str = "fr") -> BadgeData:
    """Return what a person's badge says, in the language of the desk."""
    words = Catalogue(lang)
    category = event.category(person.text("category"))
    ranks = [c.id for c in event.categories]
    word = person.text("category")
    if category is not None:
        word = category.name_en if lang == "en" and category.name_en else category.name
    return BadgeData(
        given_name=person.text("given_name"),
        family_name=person.text("family_name"),
        function=person.text("function"),
        organisation=person.text("organisation"),
        category_word=word,
        pattern="outline" if category is None else category.pattern,
        position=0 if category is None else ranks.index(category.id),
        positions=0 if category is None else len(ranks),
        event_name=event.name,
        event_line=event_line(event, lang),
        chips=tuple(words.gettext(option.capitalize()) for option in person.several("options")),
        code=code,
    )


def event_line(event: Event, lang: str) -> str:
    """Return days and venue: «22 et 23 mars 2023 · Espaces Vanel»."""
    return " · ".join(part for part in (spoken_days(event.days, lang), event.venue) if part)


def spoken_days(days: tuple[date, ...], lang: str) -> str:
    """Say the days of an event as people do; they are in order."""
    if not days:
        return ""
    words = Catalogue(lang)
    first, last = days[0], days[-1]
    end = f"{_ordinal(last.day, lang)} {words.gettext(MONTHS[last.month - 1])} {last.year}"
    if first == last:
        return end
    start = _ordinal(first.day, lang)
    if (first.month, first.year) != (last.month, last.year):
        start += f" {words.gettext(MONTHS[first.month - 1])}"
    if first.year != last.year:
        start += f" {first.year}"
    if len(days) == 2 and (last - first).days == 1:
        return words.gettext("{start} and {end}").format(start=start, end=end)
    return words.gettext("{start} to {end}").format(start=start, end=end)


def _ordinal(day: int, lang: str) -> str:
    return "1er" if day == 1 and lang != "en" else str(day)
