"""What a badge says of a registration, in the language of the desk."""

from dataclasses import replace
from datetime import date

import pytest

from db.domain.registration import Registration, Value
from printing.attendee import badge_data, event_line, spoken_days
from tests.forum import FORUM

CODE = "1" * 30


def zoe(**fields: Value) -> Registration:
    usual: dict[str, Value] = {
        "given_name": "Zoé", "family_name": "Œuvre", "function": "Maire",
        "organisation": "Mairie d'Urrugne", "category": "elu", "options": ("déjeuner", "gala"),
    }  # fmt: skip
    return Registration("1" * 32, {**usual, **fields})


def test_a_badge_says_name_function_organisation_and_options() -> None:
    data = badge_data(zoe(), FORUM, CODE)
    assert (data.given_name, data.family_name) == ("Zoé", "Œuvre")
    assert (data.function, data.organisation) == ("Maire", "Mairie d'Urrugne")
    assert (data.chips, data.code) == (("Déjeuner", "Gala"), CODE)
    assert data.event_name == "Forum des Interconnectés 2023"


@pytest.mark.parametrize(("lang", "word"), [("fr", "Élu·e"), ("en", "Elected official")])
def test_a_category_speaks_the_language_of_the_desk(lang: str, word: str) -> None:
    data = badge_data(zoe(), FORUM, CODE, lang)
    assert (data.category_word, data.pattern) == (word, "stripes")
    assert (data.position, data.positions) == (0, len(FORUM.categories))


def test_a_category_without_an_english_name_keeps_its_own() -> None:
    plain = tuple(replace(category, name_en="") for category in FORUM.categories)
    assert badge_data(zoe(), replace(FORUM, categories=plain), CODE, "en").category_word == "Élu·e"


def test_an_unknown_category_is_written_as_it_came_in_the_plain_pattern() -> None:
    data = badge_data(zoe(category="Mécène"), FORUM, CODE)
    assert (data.category_word, data.pattern, data.positions) == ("Mécène", "outline", 0)


def test_a_registration_of_a_name_alone_makes_a_badge() -> None:
    data = badge_data(Registration("1" * 32, {"family_name": "Œuvre"}), FORUM, CODE)
    assert (data.given_name, data.function, data.category_word, data.chips) == ("", "", "", ())


@pytest.mark.parametrize(
    ("days", "lang", "told"),
    [
        ((date(2023, 3, 22), date(2023, 3, 23)), "fr", "22 et 23 mars 2023"),
        ((date(2023, 3, 22), date(2023, 3, 23)), "en", "22 and 23 March 2023"),
        ((date(2023, 3, 1),), "fr", "1er mars 2023"),
        ((date(2023, 3, 1),), "en", "1 March 2023"),
        ((date(2023, 3, 1), date(2023, 3, 2)), "fr", "1er et 2 mars 2023"),
        ((date(2023, 3, 31), date(2023, 4, 1)), "fr", "31 mars et 1er avril 2023"),
        (tuple(date(2023, 8, day) for day in (1, 2, 3)), "fr", "1er au 3 août 2023"),
        ((date(2023, 12, 31), date(2024, 1, 1)), "fr", "31 décembre 2023 et 1er janvier 2024"),
        ((), "fr", ""),
    ],
)
def test_days_are_said_as_people_do(days: tuple[date, ...], lang: str, told: str) -> None:
    assert spoken_days(days, lang) == told


def test_a_line_joins_days_and_venue_and_leaves_out_what_is_not_told() -> None:
    assert event_line(FORUM, "fr") == "22 et 23 mars 2023 · Espaces Vanel, Toulouse"
    assert event_line(replace(FORUM, venue=""), "fr") == "22 et 23 mars 2023"
    assert event_line(replace(FORUM, days=()), "en") == "Espaces Vanel, Toulouse"
