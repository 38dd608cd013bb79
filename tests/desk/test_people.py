"""The people of a desk: registered, found, corrected, taken from a table and taken again."""

from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from db.desk.desk import Desk
from db.desk.errors import BadField
from db.desk.people import parsed
from db.domain.codes import BadgeCode
from db.domain.errors import NotFound
from db.domain.facts import Kind
from db.domain.imports import Add, Change, Plan
from db.domain.verdicts import Reason
from db.exchange.tables import plan_import, read_table
from tests.desk.support import everything, facts, guest
from tests.fixed import FixedClock
from tests.forum import wednesday

SAMPLE = files("resources.events") / "sample-registrations.csv"


def taken(desk: Desk, file: Path) -> Plan:
    """Import a table as the command does, and return the plan that was stored."""
    plan = plan_import(read_table(file, desk.event), desk.people.known())
    desk.people.take(plan)
    return plan


@pytest.fixture
def sample() -> Iterator[Path]:
    with as_file(SAMPLE) as path:
        yield path


# --- registered and found again ---------------------------------------------------------------


def test_registering_is_one_fact_and_makes_the_badges_code(desk: Desk) -> None:
    before = len(facts(desk))
    person, fact = desk.people.register({"family_name": "Œuvre", "code": ("VNL-1",), "note": ""})
    assert [f.id for f in facts(desk)[before:]] == [fact]
    assert facts(desk)[-1].kind == Kind.REGISTERED
    assert desk.people.get(person).fields == {"family_name": "Œuvre", "code": ("VNL-1",)}
    code = desk.people.badge_code(person)
    assert BadgeCode.parse(code) is not None
    assert desk.verify().ok


def test_a_person_is_got_by_our_id_an_external_id_a_ticket_or_a_badge(desk: Desk) -> None:
    person = guest(desk, id="S0002")
    for sign in (person, "S0002", "VNL-1", " VNL-1 ", desk.people.badge_code(person)):
        assert desk.people.get(sign).id == person


@pytest.mark.parametrize("stranger", ["", "S9", "0" * 32, "z" * 32, "'", "é"])
def test_who_is_not_here_is_told(desk: Desk, zoe: str, stranger: str) -> None:
    with pytest.raises(NotFound):
        desk.people.get(stranger)
    assert desk.people.badge_code(stranger) == ""
    with pytest.raises(NotFound):
        desk.people.history(stranger)
    with pytest.raises(NotFound):
        desk.people.amend(stranger, {"family_name": "X"})


def test_a_search_tells_where_people_are(desk: Desk, clock: FixedClock) -> None:
    for n, (family, status) in enumerate(
        [("Attendu", ""), ("Attendue", "cancelled"), ("Attendez", ""), ("Attends", "")], start=1
    ):
        guest(desk, f"VNL-{n}", family_name=family, status=status)
    clock.set(wednesday("9:12"))
    desk.admit.scan("VNL-3")
    desk.admit.scan("VNL-4")
    clock.set(wednesday("9:30"))
    desk.admit.scan("VNL-4", entry=False)
    states = {f.person.text("family_name"): (f.state, f.since) for f in desk.people.find("att")}
    assert states == {
        "Attendu": ("expected", None),
        "Attendue": ("cancelled", None),
        "Attendez": ("inside", wednesday("9:12")),
        "Attends": ("out", wednesday("9:30")),
    }
    assert len(desk.people.find("att", 2)) == 2


def test_everybody_is_told_in_order_of_arrival(desk: Desk) -> None:
    ids = [guest(desk, f"VNL-{n}") for n in range(5)]
    assert [person.id for person in desk.people.all()] == ids


# --- corrected --------------------------------------------------------------------------------


def test_a_correction_is_a_fact_of_the_changed_fields_alone(desk: Desk, zoe: str) -> None:
    fact = desk.people.amend(zoe, {"family_name": "Ouvrard", "note": "Rappeler"})
    recorded = desk.store.log.fact(fact)
    assert recorded is not None
    assert desk.store.log.detail(recorded.seq) == {
        "fields": {"family_name": "Ouvrard", "note": "Rappeler"}
    }
    person = desk.people.get(zoe)
    assert (person.name, person.text("note")) == ("Zoé Ouvrard", "Rappeler")
    assert [found.person.id for found in desk.people.find("ouvrard")] == [zoe]
    assert desk.people.find("oeuvre") == []
    assert desk.verify().ok


def test_an_emptied_field_is_gone(desk: Desk, zoe: str) -> None:
    desk.people.amend(zoe, {"category": ""})
    assert "category" not in desk.people.get(zoe).fields


@pytest.mark.parametrize("field", ["nonsense", "ID", "", "answer"])
def test_a_field_that_does_not_exist_is_told_and_nothing_recorded(
    desk: Desk, zoe: str, field: str
) -> None:
    before = len(facts(desk))
    with pytest.raises(BadField):
        desk.people.amend(zoe, {field: "x", "note": "y"})
    assert len(facts(desk)) == before


def test_an_answer_of_a_table_can_be_corrected(desk: Desk, zoe: str) -> None:
    desk.people.amend(zoe, {"answer:Régime": "végétarien"})
    assert desk.people.get(zoe).text("answer:Régime") == "végétarien"


def test_a_history_tells_every_fact_with_what_stands_beside_it(
    desk: Desk, zoe: str, clock: FixedClock
) -> None:
    clock.pass_(minutes=1)
    entered = desk.admit.scan("VNL-1").fact
    assert entered is not None
    clock.pass_(minutes=1)
    desk.admit.undo(entered, "Erreur")
    lines = desk.people.history(zoe)
    assert [line.fact.kind for line in lines] == [
        Kind.REGISTERED, Kind.ENTERED, Kind.BADGE_OWED, Kind.UNDONE,
    ]  # fmt: skip
    assert [line.undone for line in lines] == [False, True, False, False]
    assert lines[-1].detail == {"reason": "Erreur"}


def test_assignments_are_read_as_they_are_typed() -> None:
    assert parsed(["family_name= Œuvre ", "code=A; B;", "answer:Régime=sans sel", "note="]) == {
        "family_name": "Œuvre",
        "code": ("A", "B"),
        "answer:Régime": "sans sel",
        "note": "",
    }
    for wrong in ("family_name", "=x", "nonsense=1"):
        with pytest.raises(BadField):
            parsed([wrong])


# --- taken from a table -----------------------------------------------------------------------


def test_an_import_is_one_fact_and_one_for_each_person(desk: Desk, sample: Path) -> None:
    before = len(facts(desk))
    plan = taken(desk, sample)
    source, *people = facts(desk)[before:]
    assert (source.kind, len(people)) == (Kind.IMPORTED, plan.added)
    assert {(f.kind, f.refers) for f in people} == {(Kind.REGISTERED, source.id)}
    assert desk.counts().expected == plan.added - desk.store.roster.cancelled()
    assert desk.admit.scan("VNL-SAMPLE-0001").reason is Reason.FIRST_ENTRY
    assert desk.verify().ok


def test_the_same_table_again_changes_nobody(desk: Desk, sample: Path) -> None:
    taken(desk, sample)
    people = [*desk.people.all()]
    codes = [desk.people.badge_code(person.id) for person in people]
    again = taken(desk, sample)
    assert (again.added, again.updated, again.unchanged) == (0, 0, len(people))
    assert [*desk.people.all()] == people
    assert [desk.people.badge_code(person.id) for person in people] == codes
    assert facts(desk)[-1].kind == Kind.IMPORTED


def test_a_corrected_table_is_an_update_of_the_changed_fields(
    desk: Desk, sample: Path, tmp_path: Path
) -> None:
    taken(desk, sample)
    corrected = tmp_path / "again.csv"
    corrected.write_text(sample.read_text("utf-8").replace("ŒUVRE", "OUVRARD"), "utf-8")
    plan = taken(desk, corrected)
    assert (plan.added, plan.updated) == (0, 1)
    assert facts(desk)[-1].kind == Kind.AMENDED
    assert desk.people.get("S0002").text("family_name") == "Ouvrard"
    assert desk.verify().ok


def test_what_a_desk_corrected_is_not_undone_by_the_same_table(desk: Desk, sample: Path) -> None:
    taken(desk, sample)
    zoe = desk.people.get("S0002").id
    desk.people.amend(zoe, {"function": "Première adjointe"})
    assert taken(desk, sample).updated == 0
    assert desk.people.get(zoe).text("function") == "Première adjointe"


def test_a_table_that_stops_halfway_leaves_nothing(desk: Desk) -> None:
    def steps() -> Iterator[Add | Change]:
        yield Add(2, {"family_name": "Dupont", "code": ("HALF-1",)})
        raise RuntimeError("the file went away")

    plan = Plan(source="half.csv", digest="", mapping={}, read=2, steps=steps)
    before = facts(desk)
    with pytest.raises(RuntimeError, match="went away"):
        desk.people.take(plan)
    assert facts(desk) == before
    assert desk.store.roster.count() == 0
    assert b"HALF-1" not in everything(desk)
    guest(desk)
    assert desk.verify().ok


def test_progress_is_told_to_the_last_person(desk: Desk, sample: Path) -> None:
    heard: list[int] = []
    plan = plan_import(read_table(sample, desk.event), desk.people.known())
    desk.people.take(plan, heard.append)
    assert heard[-1] == plan.added


def test_people_of_another_process_are_found_here(desk: Desk, other: Desk, sample: Path) -> None:
    taken(other, sample)
    assert desk.people.find("oeuvre zoe")[0].person.text("id") == "S0002"
    assert plan_import(read_table(sample, desk.event), desk.people.known()).added == 0


def test_an_unknown_code_is_masked_in_what_is_told(desk: Desk) -> None:
    with pytest.raises(NotFound) as told:
        desk.people.get("SECRET-TICKET-42")
    assert "SECRET" not in str(told.value)
    assert "SECRET" not in str(told.value.parts)
