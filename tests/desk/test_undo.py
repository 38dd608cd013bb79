"""Taking back: an undo is a fact of its own, and what it takes back never was."""

import pytest

from db.desk.desk import Desk
from db.desk.errors import NotUndoable
from db.domain.errors import NotFound
from db.domain.facts import Kind
from db.domain.verdicts import Reason
from tests.desk.support import ROOM, facts
from tests.fixed import FixedClock


def scanned(
    desk: Desk, code: str = "VNL-1", *, entry: bool = True, place: str | None = None
) -> str:
    fact = desk.admit.scan(code, entry=entry, place=place).fact
    assert fact is not None
    return fact


def test_an_undo_is_a_fact_that_names_its_target_and_keeps_its_reason_apart(
    desk: Desk, zoe: str
) -> None:
    entered = scanned(desk)
    undo = desk.admit.undo(entered, "Erreur de personne")
    fact = facts(desk)[-1]
    assert (fact.id, fact.kind, fact.refers, fact.person) == (undo, Kind.UNDONE, entered, zoe)
    recorded = desk.store.log.fact(undo)
    assert recorded is not None
    assert desk.store.log.detail(recorded.seq) == {"reason": "Erreur de personne"}
    assert len([f for f in facts(desk) if f.id == entered]) == 1  # nothing is deleted


def test_after_an_undo_the_person_was_never_in(desk: Desk, zoe: str, clock: FixedClock) -> None:
    entered = scanned(desk)
    clock.pass_(minutes=1)
    desk.admit.undo(entered, "Erreur")
    counts = desk.counts()
    assert (counts.inside, counts.entered, counts.last_quarter) == (0, 0, 0)
    (line,) = desk.admit.last()
    assert line.undone
    assert desk.admit.scan("VNL-1").reason is Reason.FIRST_ENTRY
    assert desk.verify().ok


def test_an_exit_can_be_taken_back(desk: Desk, zoe: str) -> None:
    scanned(desk, place=ROOM)
    left = scanned(desk, entry=False)
    assert desk.counts().inside == 0
    desk.admit.undo(left, "Mauvais bouton")
    assert desk.counts().inside == 1
    assert desk.store.projections.in_place(ROOM) == 1


def test_an_undo_can_be_undone_and_all_is_as_before(desk: Desk, zoe: str) -> None:
    entered = scanned(desk)
    before = desk.store.projections.stored(zoe)
    undo = desk.admit.undo(entered, "Erreur")
    desk.admit.undo(undo, "C'était juste")
    assert desk.store.projections.stored(zoe) == before
    assert desk.admit.scan("VNL-1").reason is Reason.ALREADY_IN
    desk.admit.undo(entered, "Finalement non")
    assert desk.counts().inside == 0


def test_nothing_is_taken_back_twice(desk: Desk, zoe: str) -> None:
    entered = scanned(desk)
    desk.admit.undo(entered, "Erreur")
    before = len(facts(desk))
    with pytest.raises(NotUndoable, match="already"):
        desk.admit.undo(entered, "Encore")
    assert len(facts(desk)) == before


def test_what_let_nobody_in_or_out_cannot_be_taken_back(desk: Desk, zoe: str) -> None:
    scanned(desk)
    already_in, unknown = scanned(desk), scanned(desk, "VNL-404")
    programme, owed = facts(desk)[0].id, desk.badges.jobs()[0].id
    before = len(facts(desk))
    for fact in (already_in, unknown, programme, owed):
        with pytest.raises(NotUndoable):
            desk.admit.undo(fact, "Non")
    assert len(facts(desk)) == before


@pytest.mark.parametrize("fact", ["0" * 32, "no id", ""])
def test_a_record_that_is_not_there_is_told(desk: Desk, fact: str) -> None:
    with pytest.raises(NotFound):
        desk.admit.undo(fact, "Non")


def test_a_scan_of_another_process_can_be_taken_back_here(
    desk: Desk, other: Desk, zoe: str
) -> None:
    entered = scanned(other)
    desk.admit.undo(entered, "Erreur")
    assert other.counts().inside == 0
    with pytest.raises(NotUndoable):
        other.admit.undo(entered, "Erreur")
