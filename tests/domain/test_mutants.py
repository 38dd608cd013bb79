"""Each law is seen to break: a fold or a decision with one known fault does not pass it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from db.domain import presence
from db.domain.admission import Case, decide
from db.domain.facts import Kind
from db.domain.presence import Presence, Seen, fold
from db.domain.programme import Event, Place
from db.domain.verdicts import Outcome, Reason, Verdict
from tests.domain import laws
from tests.domain.stories import GALA, Story, sample

CROWD = sample(40)

Standing = Callable[[Iterable[Seen]], list[Seen]]


def unique(facts: Iterable[Seen]) -> list[Seen]:
    return list({fact.id: fact for fact in facts}.values())


def in_arrival_order(facts: Iterable[Seen]) -> list[Seen]:
    kept = {fact.id for fact in presence_standing(facts)}
    return [fact for fact in unique(facts) if fact.id in kept]


def newest_first(facts: Iterable[Seen]) -> list[Seen]:
    return presence_standing(facts)[::-1]


def repeats_counted(facts: Iterable[Seen]) -> list[Seen]:
    facts = list(facts)
    kept = {fact.id for fact in presence_standing(facts)}
    return sorted(fact for fact in facts if fact.id in kept)


def undo_ignored(facts: Iterable[Seen]) -> list[Seen]:
    return sorted(unique(facts))


def undo_is_final(facts: Iterable[Seen]) -> list[Seen]:
    facts = unique(facts)
    gone = {fact.refers for fact in facts if fact.kind == Kind.UNDONE}
    return sorted(fact for fact in facts if fact.id not in gone)


def undo_of_what_came_before_only(facts: Iterable[Seen]) -> list[Seen]:
    known: dict[str, Seen] = {}
    for fact in facts:
        known.setdefault(fact.id, fact)
        if fact.kind == Kind.UNDONE and fact.refers is not None:
            known.pop(fact.refers, None)
    return sorted(known.values())


presence_standing: Standing = presence.standing

ORDERS: dict[Standing, laws.FoldLaw] = {
    in_arrival_order: laws.order_and_repeats_change_nothing,
    newest_first: laws.the_first_admission_by_order_wins,
    repeats_counted: laws.replaying_any_prefix_is_a_no_op,
    undo_ignored: laws.an_undo_equals_absence,
    undo_is_final: laws.an_undo_of_an_undo_is_identity,
    undo_of_what_came_before_only: laws.order_and_repeats_change_nothing,
}


def breaks(law: laws.FoldLaw, story: Story) -> bool:
    try:
        law(fold, story)
    except AssertionError:
        return True
    return False


@pytest.mark.parametrize("mutant", ORDERS, ids=lambda mutant: mutant.__name__)
def test_a_fold_with_another_order_breaks_its_law(
    mutant: Standing, monkeypatch: pytest.MonkeyPatch
) -> None:
    law = ORDERS[mutant]
    assert not any(breaks(law, story) for story in CROWD[:10])
    monkeypatch.setattr(presence, "standing", mutant)
    assert any(breaks(law, story) for story in CROWD)


def any_exit_leaves(event: Event, state: Presence, place: Place, fact: Seen) -> None:
    state.inside, state.room, state.apart = False, None, None
    state.within.clear()


def exits_are_lost(event: Event, state: Presence, place: Place, fact: Seen) -> None:
    state.anomalies.append(fact.id)


def leaving_the_building_keeps_the_room(
    event: Event, state: Presence, place: Place, fact: Seen
) -> None:
    room = state.room
    presence_leave(event, state, place, fact)
    state.room = room


def entering_keeps_the_building(event: Event, state: Presence, place: Place, at: datetime) -> None:
    presence_move(event, state, place, at)
    state.inside = True


presence_leave, presence_move = presence._leave, presence._move

PARTS: tuple[tuple[str, Callable[..., None], laws.FoldLaw], ...] = (
    ("_leave", any_exit_leaves, laws.an_exit_without_an_entry_is_an_anomaly_only),
    ("_leave", exits_are_lost, laws.who_leaves_may_come_back),
    ("_leave", leaving_the_building_keeps_the_room, laws.at_most_one_room_and_never_half_inside),
    ("_move", entering_keeps_the_building, laws.at_most_one_room_and_never_half_inside),
    ("_forget_left", lambda *_: None, laws.who_leaves_may_come_back),
)


@pytest.mark.parametrize(("part", "mutant", "law"), PARTS)
def test_a_fold_with_a_faulty_step_breaks_its_law(
    part: str, mutant: Callable[..., None], law: laws.FoldLaw, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not any(breaks(law, story) for story in CROWD[:10])
    monkeypatch.setattr(presence, part, mutant)
    assert any(breaks(law, story) for story in CROWD)


def plus_and_minus_one(crowd: list[Story]) -> dict[str, int]:
    """Count as turnstiles do: one more, one less."""
    count = dict.fromkeys((*laws.ROOMS, GALA, "hall", "inside"), 0)
    for fact in sorted(fact for story in crowd for fact in story):
        step = {Kind.ENTERED: 1, Kind.LEFT: -1}.get(fact.kind, 0)  # type: ignore[call-overload]
        count[fact.place if fact.place in count else "hall"] += step
        count["inside"] += step
    return count


def test_counters_of_plus_and_minus_one_do_not_count_people() -> None:
    people_break = 0
    for story in CROWD:
        try:
            laws.people_are_counted_not_scans(plus_and_minus_one, [story])
        except AssertionError:
            people_break += 1
    assert people_break > 0


# --- decisions --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Faulty:
    """A decision with one fault, and the law that must notice."""

    decide: laws.Decide
    law: laws.DecisionLaw


def already_in_for_ever(case: Case) -> Verdict:
    held = case.presence.within.get("espaces-vanel")
    return decide(case if held is None else replace(case, at=held.at))


def a_boolean(case: Case) -> Verdict:
    verdict = decide(case)
    if verdict.outcome is Outcome.REFUSED:
        return replace(verdict, reason=Reason.CANCELLED)
    return verdict


def override_beats_all(case: Case) -> Verdict:
    return decide(replace(case, info=False) if case.override else case)


def exits_unknown(case: Case) -> Verdict:
    verdict = decide(case)
    if case.presence.firsts and case.at.day == 22 and verdict.admitted:
        return replace(verdict, outcome=Outcome.ALREADY_IN, reason=Reason.ALREADY_IN)
    return verdict


FAULTY = (
    Faulty(already_in_for_ever, laws.already_in_is_said_of_today_only),
    Faulty(a_boolean, laws.each_refusal_says_its_own_reason),
    Faulty(override_beats_all, laws.a_look_admits_nobody),
    Faulty(exits_unknown, laws.who_left_is_admitted_again),
)


@pytest.mark.parametrize("faulty", FAULTY, ids=lambda faulty: faulty.decide.__name__)
def test_a_faulty_decision_breaks_its_law(faulty: Faulty) -> None:
    faulty.law(decide, fold)
    with pytest.raises(AssertionError):
        faulty.law(faulty.decide, fold)


def test_every_law_is_seen_to_break() -> None:
    caught = {*ORDERS.values(), *(law for _, _, law in PARTS)}
    assert caught == {*laws.FOLD_LAWS}
    assert {faulty.law for faulty in FAULTY} == {*laws.DECISION_LAWS}
