"""Registrations and what finds them: ids, codes and clues, through every change."""

import pytest

from db.domain.imports import keys_of
from db.domain.registration import Registration, Status
from db.store.roster import (
    BADGE,
    FILE_SOURCE,
    TICKET,
    as_fields,
    clue_hash,
    clues_of,
    mail_clue,
    order_clue,
    org_clue,
)
from db.store.store import Store
from tests.store.support import change, person_id, register

BADGE_CODE = "1" * 30
ZOE: dict[str, str | tuple[str, ...]] = {
    "id": "S0002",
    "given_name": "Zoé",
    "family_name": "Œuvre",
    "organisation": "Mairie d'Urrugne",
    "email": "Zoe.Oeuvre@example.org",
    "order": "ABCDE-2",
    "code": ("VNL-1", "VNL-2"),
}


@pytest.fixture(autouse=True)
def zoe(store: Store) -> None:
    register(store, 1, BADGE_CODE, **ZOE)


def held(store: Store, code: str) -> list[tuple[str, str, bool]]:
    return [(c.person.id, c.kind, c.live) for c in store.roster.credentials([code])]


def test_a_person_comes_back_as_registered(store: Store) -> None:
    assert store.roster.get(person_id(1)) == Registration(person_id(1), ZOE)
    assert store.roster.get(person_id(2)) is None
    assert [*store.roster.all()] == [Registration(person_id(1), ZOE)]


@pytest.mark.parametrize("stranger", ["", "zz", "S0002", "é" * 32, "0" * 31])
def test_an_id_that_is_none_finds_nobody(store: Store, stranger: str) -> None:
    assert store.roster.get(stranger) is None
    assert store.roster.pk(stranger) is None
    assert store.roster.badge_code(stranger) is None


def test_every_code_of_a_person_opens_the_door(store: Store) -> None:
    for code in ("VNL-1", "VNL-2"):
        assert held(store, code) == [(person_id(1), TICKET, True)]
    assert held(store, BADGE_CODE) == [(person_id(1), BADGE, True)]
    assert held(store, "VNL-3") == held(store, "vnl-1") == []
    assert store.roster.badge_code(person_id(1)) == BADGE_CODE
    assert store.roster.by_code("VNL-1") == person_id(1)


def test_credentials_come_in_the_order_they_were_asked_for(store: Store) -> None:
    register(store, 2, "", code=("VNL-9",))
    found = store.roster.credentials(["VNL-9", "absent", "VNL-1"])
    assert [credential.person.id for credential in found] == [person_id(2), person_id(1)]


def test_a_code_belongs_to_whoever_had_it_first(store: Store) -> None:
    register(store, 2, "", code=("VNL-1",))
    assert held(store, "VNL-1") == [(person_id(1), TICKET, True)]


def test_a_code_that_was_replaced_is_dead_and_can_come_back(store: Store) -> None:
    change(store, 1, {"code": ("VNL-2", "VNL-3")})
    assert held(store, "VNL-1") == [(person_id(1), TICKET, False)]
    assert held(store, "VNL-2") == held(store, "VNL-3") == [(person_id(1), TICKET, True)]
    change(store, 1, {"code": ("VNL-1",)})
    assert held(store, "VNL-1") == [(person_id(1), TICKET, True)]
    assert held(store, BADGE_CODE) == [(person_id(1), BADGE, True)]


def test_a_changed_code_takes_nothing_from_another_person(store: Store) -> None:
    register(store, 2, "", code=("VNL-9",))
    change(store, 1, {"code": ("VNL-9",)})
    assert held(store, "VNL-9") == [(person_id(2), TICKET, True)]
    change(store, 1, {"code": ()})
    assert held(store, "VNL-9") == [(person_id(2), TICKET, True)]


def test_an_external_id_finds_its_person_and_no_other_source_does(store: Store) -> None:
    assert store.roster.by_external(FILE_SOURCE, "S0002") == person_id(1)
    assert store.roster.by_external("pretix", "S0002") is None
    change(store, 1, {"id": "S9"})
    assert store.roster.by_external(FILE_SOURCE, "S9") == person_id(1)
    assert store.roster.by_external(FILE_SOURCE, "S0002") == person_id(1)


def test_clues_recognise_a_person_again(store: Store) -> None:
    for clue in (
        mail_clue("zoe.oeuvre@example.org", "zoe oeuvre"),
        org_clue("zoe oeuvre", "mairie d urrugne"),
        order_clue("abcde-2"),
    ):
        assert store.roster.by_clue(clue) == [person_id(1)]
    assert store.roster.by_clue(order_clue("abcde-1")) == []


def test_clues_follow_a_change_of_name(store: Store) -> None:
    change(store, 1, {"family_name": "Martin", "organisation": ""})
    assert store.roster.by_clue(org_clue("zoe oeuvre", "mairie d urrugne")) == []
    assert store.roster.by_clue(org_clue("zoe martin", "")) == [person_id(1)]
    assert store.roster.by_clue(order_clue("abcde-2")) == [person_id(1)]


def test_people_who_share_a_clue_are_all_found(store: Store) -> None:
    register(store, 2, "", given_name="Zoé", family_name="OEUVRE", organisation="Mairie d’Urrugne")
    clue = org_clue("zoe oeuvre", "mairie d urrugne")
    assert sorted(store.roster.by_clue(clue)) == [person_id(1), person_id(2)]


def test_no_name_no_clue() -> None:
    assert clues_of(keys_of({"email": "a@example.org"})) == []
    assert -(2**63) <= clue_hash("order:x") < 2**63
    assert clue_hash("order:x") == clue_hash("order:x") != clue_hash("order:y")


def test_registrations_are_counted_and_the_cancelled_ones_told(store: Store) -> None:
    register(store, 2, "", status=str(Status.CANCELLED))
    assert (store.roster.count(), store.roster.cancelled()) == (2, 1)
    change(store, 2, {"status": "confirmed"})
    change(store, 1, {"status": "cancelled"})
    assert (store.roster.count(), store.roster.cancelled()) == (2, 1)


def test_changing_somebody_unknown_changes_nothing(store: Store) -> None:
    with store.writing():
        store.roster.change(Registration(person_id(9), {"family_name": "Nobody"}))
    assert store.roster.count() == 1


def test_a_batch_is_the_same_as_one_by_one(store: Store) -> None:
    people = [
        (Registration(person_id(n), {"code": (f"C{n}", "SHARED"), "order": "o"}), f"{n}" * 30)
        for n in (2, 3)
    ]
    with store.writing():
        store.roster.add_all(people)
    assert held(store, "SHARED") == [(person_id(2), TICKET, True)]
    assert held(store, "C3") == [(person_id(3), TICKET, True)]
    assert store.roster.badge_code(person_id(3)) == "3" * 30
    assert sorted(store.roster.by_clue(order_clue("o"))) == [person_id(2), person_id(3)]


def test_fields_of_a_detail_are_read_and_what_is_none_is_left_out() -> None:
    raw = {"code": ["A", "B"], "family_name": "Œuvre", "note": ["not", "a", "text"], "order": 7}
    assert as_fields(raw) == {"code": ("A", "B"), "family_name": "Œuvre", "order": "7"}
    assert as_fields(None) == as_fields(["code"]) == {}
