"""Scans of one desk: decided, recorded, told; and nothing twice."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from db.desk.admit import How
from db.desk.desk import Desk
from db.desk.errors import CannotDecide, FutureInstant
from db.domain.errors import NotFound, UsageError
from db.domain.facts import Kind
from db.domain.verdicts import BadgeNote, Outcome, Reason
from db.store.home import Home
from tests.desk.support import CAPPED, DOOR, GALA, ROOM, desk_at, facts, guest
from tests.fixed import FixedClock
from tests.forum import thursday, wednesday

NOWHERE = "0" * 32


@pytest.mark.parametrize(
    ("fields", "how", "kind", "outcome", "reason"),
    [
        ({}, {}, Kind.ENTERED, Outcome.ADMITTED, Reason.FIRST_ENTRY),
        ({}, {"entry": False}, Kind.LEFT, Outcome.LEFT, Reason.EXIT_WITHOUT_ENTRY),
        ({"status": "unpaid"}, {}, Kind.TURNED_AWAY, Outcome.REFUSED, Reason.UNPAID),
        ({}, {"place": GALA}, Kind.TURNED_AWAY, Outcome.REFUSED, Reason.INVITATION_ONLY),
        ({"instruction": "Voir"}, {}, Kind.ENTERED, Outcome.ATTENTION, Reason.INSTRUCTION),
        (
            {"status": "cancelled"},
            {"override": "Le maire l'attend"},
            Kind.ENTERED,
            Outcome.ADMITTED,
            Reason.OVERRIDE,
        ),
    ],
)
def test_each_answer_is_recorded_as_what_happened(
    desk: Desk, fields: dict[str, str], how: How, kind: Kind, outcome: Outcome, reason: Reason
) -> None:
    person = guest(desk, **fields)
    verdict = desk.admit.scan("VNL-1", **how)
    assert (verdict.outcome, verdict.reason) == (outcome, reason)
    (scan,) = (fact for fact in facts(desk) if fact.id == verdict.fact)
    assert (scan.kind, scan.person, scan.verdict, scan.reason) == (kind, person, outcome, reason)
    assert scan.place == how.get("place", DOOR)
    assert desk.verify().ok


def test_a_second_scan_is_recorded_too_and_names_the_first(
    desk: Desk, zoe: str, clock: FixedClock
) -> None:
    first = desk.admit.scan("VNL-1")
    clock.pass_(minutes=4)
    second = desk.admit.scan("VNL-1")
    assert second.reason is Reason.ALREADY_IN
    assert second.first is not None
    assert (second.first.fact, second.first.at) == (first.fact, wednesday("8:57"))
    assert facts(desk)[-1].kind == Kind.TURNED_AWAY
    assert desk.counts().inside == 1


def test_an_admission_is_in_the_log_before_anybody_sees_green(
    desk: Desk, other: Desk, zoe: str
) -> None:
    verdict = desk.admit.scan("VNL-1")
    assert verdict.fact is not None
    assert other.store.log.fact(verdict.fact) is not None
    assert other.admit.scan("VNL-1").reason is Reason.ALREADY_IN


def test_the_fact_and_the_badge_it_owes_share_one_transaction(desk: Desk, zoe: str) -> None:
    verdict = desk.admit.scan("VNL-1")
    scan, owed = facts(desk)[-2:]
    assert (scan.id, owed.id) == (verdict.fact, verdict.job)
    assert (owed.kind, owed.person, owed.wall) == (Kind.BADGE_OWED, zoe, scan.wall)


def test_a_person_can_be_admitted_by_hand_and_by_badge(
    desk: Desk, zoe: str, clock: FixedClock
) -> None:
    by_hand = desk.admit.person(zoe)
    assert (by_hand.reason, by_hand.badge) == (Reason.FIRST_ENTRY, BadgeNote.OWED)
    clock.set(thursday("9:00"))
    by_badge = desk.admit.scan(desk.people.badge_code(zoe))
    assert (by_badge.reason, by_badge.badge) == (Reason.RETURNING, BadgeNote.LIVE)


def test_a_badge_shown_is_a_badge_held(desk: Desk, zoe: str) -> None:
    verdict = desk.admit.scan(desk.people.badge_code(zoe))  # pre-printed, says no fact
    assert (verdict.reason, verdict.badge) == (Reason.FIRST_ENTRY, BadgeNote.LIVE)
    assert verdict.job is None


@pytest.mark.parametrize("stranger", [NOWHERE, "nobody", "", "é"])
def test_a_person_who_is_not_registered_cannot_be_chosen(desk: Desk, stranger: str) -> None:
    for info in (False, True):
        with pytest.raises(NotFound):
            desk.admit.person(stranger, info=info)
    assert len(facts(desk)) == 1


def test_a_place_that_is_not_there_is_told_and_nothing_recorded(desk: Desk, zoe: str) -> None:
    before = len(facts(desk))
    with pytest.raises(NotFound, match="annexe"):
        desk.admit.scan("VNL-1", place="annexe")
    assert len(facts(desk)) == before


def test_a_desk_scans_where_it_stands(desk: Desk, zoe: str) -> None:
    assert desk.admit.scan("VNL-1").place == DOOR
    desk.set_place(ROOM)
    assert desk.admit.scan("VNL-1").place == ROOM
    assert desk.admit.scan("VNL-1", place="salle-vanel").place == "salle-vanel"


@pytest.mark.parametrize("code", ["VNL-1", "VNL-404", "https://example.org/x"])
def test_a_look_records_nothing_at_all(desk: Desk, zoe: str, code: str) -> None:
    before = len(facts(desk))
    verdict = desk.admit.scan(code, info=True, override="no")
    desk.admit.person(zoe, info=True)
    assert (verdict.outcome, verdict.admitted) == (Outcome.INFO, False)
    assert (verdict.fact, verdict.job) == (None, None)
    assert len(facts(desk)) == before
    assert desk.admit.scan("VNL-1").reason is Reason.FIRST_ENTRY


# --- badges owed once -------------------------------------------------------------------------


def test_a_badge_is_owed_once_not_the_next_day_and_not_after_an_undo(
    desk: Desk, zoe: str, clock: FixedClock
) -> None:
    first = desk.admit.scan("VNL-1")
    assert first.fact is not None
    desk.admit.undo(first.fact, "Erreur de personne")
    again = desk.admit.scan("VNL-1")
    assert (again.reason, again.badge, again.job) == (Reason.FIRST_ENTRY, BadgeNote.LIVE, None)
    desk.admit.scan("VNL-1", entry=False)
    assert desk.admit.scan("VNL-1").badge is BadgeNote.LIVE
    clock.set(thursday("9:00"))
    assert desk.admit.scan("VNL-1").badge is BadgeNote.LIVE
    assert len(desk.badges.jobs()) == 1


def test_no_badge_is_owed_where_one_was_made_beforehand(desk: Desk, zoe: str) -> None:
    desk.badges.made(zoe, "pdf")
    assert desk.admit.scan("VNL-1").badge is BadgeNote.LIVE
    assert desk.badges.jobs() == []


def test_a_cancelled_job_owes_the_badge_again(desk: Desk, zoe: str) -> None:
    job = desk.admit.scan("VNL-1").job
    assert job is not None
    desk.badges.cancel(job)
    desk.admit.scan("VNL-1", entry=False)
    assert desk.admit.scan("VNL-1").badge is BadgeNote.OWED


def test_a_badge_of_another_process_counts(desk: Desk, other: Desk, zoe: str) -> None:
    other.badges.owe(zoe)
    assert desk.admit.scan("VNL-1").badge is BadgeNote.LIVE


# --- what a person must decide ----------------------------------------------------------------


@pytest.fixture
def small_room(home: Home, clock: FixedClock) -> Iterator[Desk]:
    desk = desk_at(home, clock, CAPPED)
    for code in ("VNL-1", "VNL-2"):
        guest(desk, code)
    desk.set_place(ROOM)
    desk.admit.scan("VNL-1")
    yield desk
    desk.close()


def test_a_full_room_records_nothing_until_somebody_decides(small_room: Desk) -> None:
    before = len(facts(small_room))
    verdict = small_room.admit.scan("VNL-2")
    assert (verdict.outcome, verdict.reason) == (Outcome.ATTENTION, Reason.ROOM_FULL)
    assert (verdict.waiting, verdict.fact) == (True, None)
    assert len(facts(small_room)) == before


def test_an_open_question_is_settled_by_letting_in_with_a_reason(small_room: Desk) -> None:
    waiting = small_room.admit.scan("VNL-2")
    verdict = small_room.admit.override(waiting, "Une chaise de plus")
    assert (verdict.reason, verdict.place, verdict.waiting) == (Reason.OVERRIDE, ROOM, False)
    recorded = small_room.store.log.fact(verdict.fact or "")
    assert recorded is not None
    assert small_room.store.log.detail(recorded.seq) == {"reason": "Une chaise de plus"}
    assert small_room.store.projections.in_place(ROOM) == 2


def test_an_open_question_is_settled_by_refusing(small_room: Desk) -> None:
    waiting = small_room.admit.scan("VNL-2")
    verdict = small_room.admit.refuse(waiting)
    assert (verdict.outcome, verdict.reason) == (Outcome.REFUSED, Reason.ROOM_FULL)
    assert not verdict.waiting
    scan = facts(small_room)[-1]
    assert (scan.kind, scan.verdict, scan.reason, scan.place) == (
        Kind.TURNED_AWAY, Outcome.REFUSED, Reason.ROOM_FULL, ROOM,
    )  # fmt: skip
    assert small_room.store.projections.in_place(ROOM) == 1


def test_a_seat_that_is_left_is_free_again(small_room: Desk) -> None:
    small_room.admit.scan("VNL-1", entry=False)
    assert small_room.admit.scan("VNL-2").admitted


def test_nobody_can_be_let_in_by_an_unknown_code(desk: Desk) -> None:
    refused = desk.admit.scan("VNL-404", override="please")
    assert (refused.outcome, refused.admitted) == (Outcome.REFUSED, False)
    with pytest.raises(CannotDecide):
        desk.admit.override(refused, "please")
    with pytest.raises(CannotDecide):
        desk.admit.refuse(refused)


def test_an_instruction_that_was_read_is_recorded_beside_its_admission(desk: Desk) -> None:
    person = guest(desk, instruction="Remettre le mot du maire")
    admitted = desk.admit.scan("VNL-1")
    assert admitted.fact is not None
    seen = desk.admit.seen(admitted.fact)
    fact = facts(desk)[-1]
    assert (fact.id, fact.kind, fact.refers, fact.person) == (
        seen, Kind.SEEN, admitted.fact, person,
    )  # fmt: skip
    with pytest.raises(NotFound):
        desk.admit.seen(NOWHERE)


# --- declared afterwards ----------------------------------------------------------------------


def test_a_declared_scan_happened_when_it_is_said_to_have(
    desk: Desk, zoe: str, clock: FixedClock
) -> None:
    clock.set(wednesday("18:00"))
    verdict = desk.admit.scan("VNL-1", at=wednesday("9:30"))
    assert (verdict.at, verdict.declared, verdict.badge) == (
        wednesday("9:30"), True, BadgeNote.HELD,
    )  # fmt: skip
    assert desk.badges.jobs() == []
    (line,) = desk.admit.last()
    assert (line.at, line.declared) == (wednesday("9:30"), True)
    assert facts(desk)[-1].at == wednesday("9:30")
    assert facts(desk)[-1].wall != facts(desk)[-1].declared


def test_a_declared_scan_prints_a_badge_when_asked_to_and_never_a_second_one(
    desk: Desk, zoe: str, clock: FixedClock
) -> None:
    clock.set(wednesday("18:00"))
    asked = desk.admit.scan("VNL-1", at=wednesday("9:30"), badge=True)
    assert asked.badge is BadgeNote.OWED
    earlier = desk.admit.scan("VNL-1", at=wednesday("9:00"), badge=True)
    assert (earlier.admitted, earlier.badge) == (True, BadgeNote.LIVE)
    assert len(desk.badges.jobs()) == 1


def test_the_future_cannot_be_declared(desk: Desk, zoe: str, clock: FixedClock) -> None:
    before = len(facts(desk))
    with pytest.raises(FutureInstant) as caught:
        desk.admit.scan("VNL-1", at=clock.at + timedelta(microseconds=1))
    assert isinstance(caught.value, UsageError)
    assert len(facts(desk)) == before
    assert desk.admit.scan("VNL-1", at=clock.at).admitted


def test_a_paper_list_typed_in_later_puts_the_first_admission_where_it_belongs(
    desk: Desk, zoe: str, clock: FixedClock
) -> None:
    clock.set(wednesday("10:00"))
    desk.admit.scan("VNL-1")
    clock.set(wednesday("18:00"))
    paper = desk.admit.scan("VNL-1", at=wednesday("9:00"))
    assert paper.reason is Reason.FIRST_ENTRY  # nothing of ten o'clock was known at nine
    again = desk.admit.scan("VNL-1")
    assert again.first is not None
    assert again.first.fact == paper.fact
    state = desk.store.projections.presence(desk.event, zoe)
    assert len(state.doubles) == 1
    assert desk.verify().ok


def test_what_was_taken_back_never_was_also_for_a_declared_scan(
    desk: Desk, zoe: str, clock: FixedClock
) -> None:
    mistaken = desk.admit.scan("VNL-1")
    assert mistaken.fact is not None
    clock.set(wednesday("18:00"))
    desk.admit.undo(mistaken.fact, "Erreur de personne")
    assert desk.admit.scan("VNL-1", at=wednesday("9:30")).reason is Reason.FIRST_ENTRY


# --- the last scans ---------------------------------------------------------------------------


def test_the_last_scans_come_newest_first_with_what_was_said(
    desk: Desk, zoe: str, clock: FixedClock
) -> None:
    guest(desk, "VNL-2", status="unpaid", family_name="Martin")
    for code, entry in (("VNL-1", True), ("VNL-2", True), ("VNL-404", True), ("VNL-1", False)):
        desk.admit.scan(code, entry=entry)
        clock.pass_(minutes=1)
    lines = desk.admit.last()
    assert [(line.reason, line.entry) for line in lines] == [
        (Reason.EXIT, False),
        (Reason.UNKNOWN_CODE, True),
        (Reason.UNPAID, True),
        (Reason.FIRST_ENTRY, True),
    ]
    names = [line.person.text("family_name") if line.person else "" for line in lines]
    assert names == ["Œuvre", "", "Martin", "Œuvre"]
    assert [line.outcome for line in desk.admit.last(1)] == [Outcome.LEFT]
