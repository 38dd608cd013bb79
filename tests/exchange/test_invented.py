"""Invented people: the same everywhere, as awkward as real ones, and nobody real."""

import csv
from collections import Counter
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest

from db.domain.admission import grants
from db.domain.names import folded
from db.domain.programme import Event
from db.domain.registration import FIELDS, LIST_FIELDS, Registration, Status
from db.exchange.event_file import read_event
from db.exchange.invented import people, write_csv
from resources.events import example

MANY = 2_000


@pytest.fixture(scope="module")
def forum() -> Event:
    return read_event(example())


@pytest.fixture(scope="module")
def crowd(forum: Event) -> list[Registration]:
    return [Registration(str(n), fields) for n, fields in enumerate(people(forum, MANY))]


def test_the_same_seed_gives_the_same_people_and_a_longer_list_begins_alike(forum: Event) -> None:
    assert list(people(forum, 300)) == list(people(forum, 500))[:300]
    assert list(people(forum, 300, seed=1)) != list(people(forum, 300, seed=2))


def test_everybody_has_known_fields_and_nothing_empty(crowd: list[Registration]) -> None:
    for person in crowd:
        assert set(person.fields) <= set(FIELDS)
        assert all(person.fields.values())
        assert all(isinstance(person.fields[f], tuple) == (f in LIST_FIELDS) for f in person.fields)


@pytest.mark.parametrize("name", ["id", "email", "code"])
def test_nobody_shares_an_id_an_address_or_a_ticket(crowd: list[Registration], name: str) -> None:
    assert len({person.text(name) for person in crowd}) == MANY


def test_tickets_are_such_as_registration_systems_make(crowd: list[Registration]) -> None:
    letters = set("".join(person.text("code") for person in crowd))
    assert letters == set("abcdefghjklmnpqrstuvwxyz23456789")
    assert {len(person.text("code")) for person in crowd} == {32}


def test_addresses_and_telephones_reach_nobody(crowd: list[Registration]) -> None:
    assert all(p.text("email").endswith("@example.org") for p in crowd)
    assert all(p.text("email").isascii() for p in crowd)
    assert {p.text("phone")[:8] for p in crowd} == {"", "+3363998"}


def test_every_category_day_and_status_occurs(forum: Event, crowd: list[Registration]) -> None:
    assert {p.text("category") for p in crowd} == {c.id for c in forum.categories}
    assert {d for p in crowd for d in p.several("days")} == {"2023-03-22", "2023-03-23"}
    assert {p.status for p in crowd} == set(Status)
    standing = sum(p.status is Status.CONFIRMED for p in crowd)
    assert standing > 0.9 * MANY


@pytest.mark.parametrize(
    "name", ["title", "delegation", "assistance", "instruction", "note", "options", "commune"]
)
def test_what_desks_must_handle_occurs_for_some(crowd: list[Registration], name: str) -> None:
    assert 0 < sum(bool(p.fields.get(name)) for p in crowd) < MANY


def test_some_are_homonyms_from_elsewhere(crowd: list[Registration]) -> None:
    names = Counter(p.name for p in crowd)
    homonyms = [name for name, times in names.items() if times > 1]
    assert len(homonyms) > MANY / 100
    first, second = (p for p in crowd if p.name == "Camille Vergnascle")
    assert first.text("organisation") != second.text("organisation")


def test_names_have_accents_particles_hyphens_and_apostrophes(crowd: list[Registration]) -> None:
    said = " ".join(p.name for p in crowd)
    assert all(part in said for part in ("é", "ï", "Œ", "Ł", "ø", "-", "'", " de La ", " Le "))
    assert max(len(p.name) for p in crowd) > 40
    assert min(len(p.name) for p in crowd) <= 6


def test_people_register_only_for_what_is_theirs(forum: Event, crowd: list[Registration]) -> None:
    chosen = [(p, forum.session(s)) for p in crowd for s in p.several("sessions")]
    assert {s.id for _, s in chosen if s} == {s.id for s in forum.sessions if s.access.needs}
    for person, session in chosen:
        assert session is not None
        assert grants(session.access, person, frozenset({session.id})) is None


def test_an_order_is_one_organisation_and_its_people_follow_one_another(
    crowd: list[Registration],
) -> None:
    orders = [list(group) for _, group in groupby(crowd, key=lambda p: p.text("order"))]
    assert len(orders) == len({p.text("order") for p in crowd})
    assert all(len({p.text("organisation") for p in order}) == 1 for order in orders)
    assert max(len(order) for order in orders) == 6


def test_the_first_one_is_found_by_whoever_types_without_ligature(forum: Event) -> None:
    (first,) = people(forum, 1)
    assert folded(Registration("1", first).name) == "zoe oeuvre"


def test_an_event_without_categories_or_sessions_has_people_too() -> None:
    bare = Event(id="bare", name="Bare", zone="Europe/Paris", days=(date(2023, 3, 22),))
    crowd = list(people(bare, 200))
    assert len(crowd) == 200
    assert not any(person.get("sessions") or person.get("category") for person in crowd)


def test_the_table_holds_every_field_of_everybody(forum: Event, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    assert write_csv(people(forum, 50), path) == 50
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    read_back = [
        {k: tuple(v.split(";")) if k in LIST_FIELDS else v for k, v in row.items() if v}
        for row in rows
    ]
    assert read_back == list(people(forum, 50))
