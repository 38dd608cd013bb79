"""Where a person is: the laws of the fold, then the stories that people tell."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.domain.facts import Kind
from db.domain.presence import fold, standing
from tests.domain.laws import FOLD_LAWS, people_are_counted_not_scans
from tests.domain.stories import (
    DOOR,
    GALA,
    HALL,
    OTHER,
    ROOM,
    STORIES,
    Story,
    seen,
    told,
    undo,
)
from tests.forum import FORUM, thursday, wednesday


@given(story=STORIES)
def test_any_story_keeps_every_law(story: Story) -> None:
    for law in FOLD_LAWS:
        law(fold, story)


def census(crowd: list[Story]) -> dict[str, int]:
    """Count people by where the fold says they are."""
    count: Counter[str] = Counter(
        dict.fromkeys((*(r.id for r in FORUM.rooms), "hall", "inside"), 0)
    )
    for state in (fold(FORUM, story) for story in crowd):
        count["inside"] += state.inside
        count["hall"] += state.inside and state.room is None
        count[state.room or ""] += state.room is not None
        count[state.apart or ""] += state.apart is not None
    return {GALA: 0, **count}


@settings(max_examples=8)
@given(crowd=st.lists(STORIES, max_size=3))
def test_rooms_and_hall_add_up_to_the_people_inside(crowd: list[Story]) -> None:
    people_are_counted_not_scans(census, crowd)


def test_reception_admits_into_the_building_and_into_no_room() -> None:
    state = fold(FORUM, told((Kind.ENTERED, DOOR, wednesday("9:12"))))
    assert (state.inside, state.room, state.since) == (True, None, wednesday("9:12"))
    assert state.within["espaces-vanel"].place == DOOR


def test_entering_a_room_leaves_the_other_one_and_implies_the_building() -> None:
    state = fold(
        FORUM,
        told((Kind.ENTERED, ROOM, wednesday("9:30")), (Kind.ENTERED, OTHER, wednesday("9:50"))),
    )
    assert (state.inside, state.room, state.since) == (True, OTHER, wednesday("9:50"))
    assert {*state.within} == {OTHER}


def test_leaving_the_building_leaves_the_room() -> None:
    state = fold(
        FORUM,
        told(
            (Kind.ENTERED, DOOR, wednesday("9:00")),
            (Kind.ENTERED, ROOM, wednesday("9:30")),
            (Kind.LEFT, DOOR, wednesday("9:45")),
        ),
    )
    assert (state.inside, state.room, state.within) == (False, None, {})
    assert state.since == wednesday("9:45")


def test_leaving_a_room_leaves_the_person_in_the_hall() -> None:
    state = fold(
        FORUM,
        told((Kind.ENTERED, ROOM, wednesday("9:30")), (Kind.LEFT, ROOM, wednesday("10:00"))),
    )
    assert (state.inside, state.room, state.anomalies) == (True, None, [])


def test_the_gala_is_apart_from_the_building() -> None:
    dinner = told((Kind.ENTERED, DOOR, wednesday("9:00")), (Kind.ENTERED, GALA, wednesday("19:50")))
    state = fold(FORUM, dinner)
    assert (state.inside, state.room, state.apart) == (False, None, GALA)
    home = fold(FORUM, [*dinner, seen(Kind.LEFT, GALA, wednesday("23:30"), n=4)])
    assert (home.inside, home.apart, home.anomalies) == (False, None, [])


def test_a_second_admission_in_one_period_is_told_with_the_first() -> None:
    story = told(
        (Kind.ENTERED, DOOR, wednesday("9:00")),
        (Kind.ENTERED, "espaces-vanel", wednesday("9:01")),
        (Kind.ENTERED, DOOR, thursday("9:01")),
    )
    state = fold(FORUM, story)
    assert state.doubles == [(story[0].id, story[1].id)]
    assert len(state.firsts) == 2
    latest = state.entered_before("espaces-vanel")
    assert latest is not None
    assert latest.at == thursday("9:01")
    assert state.entered_before(ROOM) is None


def test_who_was_never_scanned_out_is_there_since_the_last_admission_that_counts() -> None:
    story = told(
        (Kind.ENTERED, DOOR, wednesday("9:00")),
        (Kind.ENTERED, DOOR, wednesday("9:30")),
        (Kind.ENTERED, DOOR, thursday("9:12")),
    )
    assert fold(FORUM, story[:2]).since == wednesday("9:00")
    assert fold(FORUM, story).since == thursday("9:12")


@pytest.mark.parametrize(("minute", "doubles"), [("9:10", 1), ("9:11", 0)])
def test_a_door_without_exit_scans_takes_ten_minutes_for_one_visit(
    minute: str, doubles: int
) -> None:
    story = told(
        (Kind.ENTERED, HALL, wednesday("9:00")),
        (Kind.ENTERED, HALL, wednesday(minute)),
    )
    assert len(fold(FORUM, story).doubles) == doubles


def test_each_session_of_a_room_is_a_period_of_its_own() -> None:
    story = told(
        (Kind.ENTERED, "salle-vanel", wednesday("10:00")),  # artificial intelligence
        (Kind.ENTERED, "salle-vanel", wednesday("14:10")),  # democratic debate
        (Kind.ENTERED, "salle-vanel", wednesday("13:00")),  # nothing is on: the day
    )
    assert {period for _, period in fold(FORUM, story).firsts} == {
        "session:ia-et-territoires",
        "session:debat-democratique",
        "2023-03-22",
    }


def test_the_night_belongs_to_the_day_before() -> None:
    story = told((Kind.ENTERED, DOOR, wednesday("23:50")), (Kind.ENTERED, DOOR, thursday("3:59")))
    assert {period for _, period in fold(FORUM, story).firsts} == {"2023-03-22"}


def test_a_badge_lives_from_the_job_on_and_dies_with_its_cancellation() -> None:
    owed = seen(Kind.BADGE_OWED, DOOR, wednesday("9:00"), n=1)
    made = seen(Kind.BADGE_MADE, "", wednesday("9:01"), n=2, refers=owed.id)
    gone = seen(Kind.BADGE_CANCELLED, "", wednesday("9:02"), n=3, refers=owed.id)
    again = seen(Kind.BADGE_OWED, "", wednesday("9:03"), n=4, refers=owed.id)
    assert [fold(FORUM, facts).badge for facts in ([], [owed], [owed, made])] == [False, True, True]
    assert not fold(FORUM, [owed, gone]).badge
    assert fold(FORUM, [again, gone, owed]).badges == {owed.id}


def test_another_badge_outlives_the_cancelled_one() -> None:
    first = seen(Kind.BADGE_OWED, DOOR, wednesday("9:00"), n=1)
    copy = seen(Kind.BADGE_OWED, DOOR, wednesday("9:30"), n=2)
    gone = seen(Kind.BADGE_CANCELLED, "", wednesday("9:31"), n=3, refers=first.id)
    assert fold(FORUM, [first, copy, gone]).badges == {copy.id}


def test_undoing_an_admission_leaves_the_badge_alive() -> None:
    entered = seen(Kind.ENTERED, DOOR, wednesday("9:00"), n=1)
    owed = seen(Kind.BADGE_OWED, DOOR, wednesday("9:00"), n=3)
    state = fold(FORUM, [entered, owed, undo(entered, 5)])
    assert (state.inside, state.badge, state.firsts) == (False, True, {})


def test_two_undos_of_one_fact_are_one_and_each_must_be_undone() -> None:
    entered = seen(Kind.ENTERED, DOOR, wednesday("9:00"), n=1)
    one, two = undo(entered, 2), undo(entered, 3)
    assert not fold(FORUM, [entered, one, two]).inside
    assert not fold(FORUM, [entered, one, two, undo(one, 4)]).inside
    assert fold(FORUM, [entered, one, two, undo(one, 4), undo(two, 5)]).inside


def test_an_undo_that_comes_before_its_target_waits_for_it() -> None:
    entered = seen(Kind.ENTERED, DOOR, wednesday("9:00"), n=1)
    early = undo(entered, 2)
    assert standing([early]) == [early]
    assert not fold(FORUM, [early, entered]).inside


def test_undos_that_bite_their_own_tail_end_without_harm() -> None:
    entered = seen(Kind.ENTERED, DOOR, wednesday("9:00"), n=1)
    one, two = undo(entered, 2), undo(entered, 3)
    ring = [one._replace(refers=two.id), two._replace(refers=one.id)]
    assert fold(FORUM, [entered, *ring]).inside
    assert standing([*ring, entered]) == standing([entered, *reversed(ring)])


def test_a_very_long_chain_of_undos_is_followed_to_its_end() -> None:
    chain = [seen(Kind.ENTERED, DOOR, wednesday("9:00"), n=0)]
    for n in range(1, 1100):  # beyond any recursion
        chain.append(undo(chain[-1], n))
    assert not fold(FORUM, chain).inside


def test_places_and_kinds_of_a_later_programme_change_nothing() -> None:
    before = told((Kind.ENTERED, DOOR, wednesday("9:00")))
    strange = [
        seen(Kind.ENTERED, "annexe", wednesday("9:05"), n=5),
        seen(Kind.LEFT, "annexe", wednesday("9:06"), n=6),
        seen("teleported", ROOM, wednesday("9:07"), n=7),
        seen(Kind.ENTERED, "", wednesday("9:08"), n=8),
    ]
    assert fold(FORUM, [*before, *strange]) == fold(FORUM, before)
