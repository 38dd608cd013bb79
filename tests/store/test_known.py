"""What an import asks of the people an event holds already."""

from db.domain.facts import Kind
from db.store.known import KnownPeople, registered
from db.store.log import Draft
from db.store.store import Store
from tests.fixed import FixedClock
from tests.store.support import change, person_id, register

FILE = "f" * 32  # the fact of an import


def told(store: Store, kind: Kind, source: str | None, **fields: str) -> None:
    """Record what a table or a desk says of person 1."""
    draft = Draft(kind=kind, person=person_id(1), refers=source, detail={"fields": fields})
    with store.writing():
        store.log.append([draft])


def test_every_sign_finds_its_person(store: Store) -> None:
    register(
        store, 1, "", id="S1", order="ABC-1", code=("C1",), email="A@example.org",
        given_name="Zoé", family_name="Œuvre", organisation="Sicoval",
    )  # fmt: skip
    known = KnownPeople(store)
    assert known.by_external("S1") == (person_id(1),)
    assert known.by_code("C1") == (person_id(1),)
    assert list(known.by_order("abc-1")) == [person_id(1)]
    assert list(known.by_mail_name("a@example.org", "zoe oeuvre")) == [person_id(1)]
    assert list(known.by_name_org("zoe oeuvre", "sicoval")) == [person_id(1)]
    assert known.by_external("S2") == known.by_code("C2") == ()
    assert known.fields(person_id(1))["family_name"] == "Œuvre"
    assert known.fields(person_id(2)) == {}


def test_tables_are_remembered_apart_from_what_desks_corrected(store: Store) -> None:
    told(store, Kind.REGISTERED, FILE, family_name="Oeuvre", commune="Urrugne")
    told(store, Kind.AMENDED, None, family_name="Œuvre")
    told(store, Kind.AMENDED, FILE, commune="")
    known = KnownPeople(store)
    assert registered(store, person_id(1)).fields == {"family_name": "Œuvre"}
    assert known.told(person_id(1)) == {"family_name": "Oeuvre"}
    assert [*known.imported_ids()] == [person_id(1)]


def test_a_person_registered_on_the_spot_did_not_come_by_a_table(store: Store) -> None:
    told(store, Kind.REGISTERED, None, family_name="Œuvre")
    known = KnownPeople(store)
    assert [*known.imported_ids()] == []
    assert known.told(person_id(1)) == {}


def test_the_later_correction_wins_field_by_field_whatever_arrived_last(
    store: Store, clock: FixedClock
) -> None:
    told(store, Kind.REGISTERED, FILE, family_name="Oeuvre", commune="Urrugne")
    clock.pass_(minutes=10)
    told(store, Kind.AMENDED, None, family_name="Œuvre")
    clock.pass_(minutes=-5)
    told(store, Kind.AMENDED, None, family_name="Ouvre", commune="Bayonne")
    assert registered(store, person_id(1)).fields == {"family_name": "Œuvre", "commune": "Bayonne"}


def test_a_correction_that_travelled_faster_than_the_registration_still_counts(
    store: Store, clock: FixedClock
) -> None:
    told(store, Kind.AMENDED, None, family_name="Œuvre")
    clock.pass_(minutes=1)
    told(store, Kind.REGISTERED, FILE, family_name="Oeuvre", commune="Urrugne")
    assert registered(store, person_id(1)).fields == {"family_name": "Œuvre", "commune": "Urrugne"}


def test_the_projection_is_what_the_facts_say(store: Store) -> None:
    register(store, 1, "", family_name="Oeuvre", code=("A", "B"))
    stored = store.roster.get(person_id(1))
    assert stored == registered(store, person_id(1))
    change(store, 1, {"family_name": "Œuvre"})
    assert store.roster.get(person_id(1)) != registered(store, person_id(1))
