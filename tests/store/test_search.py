"""Search as it is typed: two letters, any order, no accents, best first."""

import pytest

from db.store.search import indexed, search
from db.store.store import Store
from tests.store.support import change, person_id, register

PEOPLE: tuple[dict[str, str], ...] = (
    {"given_name": "Zoé", "family_name": "Œuvre", "organisation": "Mairie d'Urrugne"},
    {"given_name": "Łukasz", "family_name": "Groß", "organisation": "Noö Family"},
    {"given_name": "Paul", "family_name": "Martin", "commune": "Toulouse"},
    {"given_name": "Martin", "family_name": "Petit", "email": "m.petit@example.org"},
    {"given_name": "Anne", "family_name": "Durand", "commune": "Saint-Martin-de-Crau"},
    {"given_name": "Ève", "family_name": "Martinez", "order": "ABCDE-2"},
    {"given_name": "Jean", "family_name": "de La Tour-Vallière", "function": "Maire"},
)


@pytest.fixture(autouse=True)
def people(store: Store) -> None:
    for n, fields in enumerate(PEOPLE, start=1):
        register(store, n, "", **fields)


def found(store: Store, text: str, limit: int = 20) -> list[str]:
    return [person.text("family_name") for person in search(store.conn, text, limit)]


@pytest.mark.parametrize("text", ["", " ", "z", "é", "-", "''", '"', "*", "z*", "(", "\x00"])
def test_less_than_two_letters_finds_nobody(store: Store, text: str) -> None:
    assert found(store, text) == []


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("oe", "Œuvre"),
        ("œu", "Œuvre"),
        ("OEUVRE zo", "Œuvre"),
        ("zoe oeuv", "Œuvre"),
        ("urrugne zoé", "Œuvre"),
        ("d'urr", "Œuvre"),
        ("gross", "Groß"),
        ("luk noo", "Groß"),
        ("tour val", "de La Tour-Vallière"),
        ("valliere jean", "de La Tour-Vallière"),
        ("abcde-2", "Martinez"),
        ("m.petit@example.org", "Petit"),
        ("toul", "Martin"),
    ],
)
def test_names_places_and_orders_are_found_however_they_are_typed(
    store: Store, text: str, family: str
) -> None:
    assert found(store, text) == [family]


def test_whole_names_come_first_then_families_then_the_street_of_that_name(store: Store) -> None:
    assert found(store, "martin") == ["Martin", "Petit", "Martinez", "Durand"]
    assert found(store, "mart") == ["Martin", "Martinez", "Petit", "Durand"]


def test_no_more_people_than_asked_for_and_the_best_of_them(store: Store) -> None:
    assert found(store, "mart", 2) == ["Martin", "Martinez"]
    assert found(store, "mart", 0) == found(store, "mart", -1) == []


def test_every_word_must_be_there(store: Store) -> None:
    assert found(store, "martin durand") == ["Durand"]
    assert found(store, "martin nobody") == []


@pytest.mark.parametrize(
    "text", ["OR 1", "zoe OR paul", "NEAR(zoe", "text:zoe", "zoe^2", "ÀÉ\udcff"]
)
def test_the_language_of_the_index_is_only_letters_here(store: Store, text: str) -> None:
    assert found(store, text) == []


def test_a_changed_name_is_found_and_the_old_one_is_not(store: Store) -> None:
    change(store, 1, {"family_name": "Ouvrard"})
    assert found(store, "ouvr") == ["Ouvrard"]
    assert found(store, "oeuvre") == []


def test_the_index_knows_whether_it_finds_a_person(store: Store) -> None:
    person, pk = store.roster.get(person_id(1)), store.roster.pk(person_id(1))
    assert person is not None
    assert pk is not None
    assert indexed(store.conn, pk, person)
    assert not indexed(store.conn, pk, person.amended({"family_name": "Ouvrard"}))
    assert not indexed(store.conn, pk + 1, person)
