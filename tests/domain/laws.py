"""What must hold of any fold and any decision; each law takes the thing it judges."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from db.domain.admission import Case
from db.domain.facts import STAY, Kind, instant
from db.domain.presence import Presence, Seen, period_of, scope_of
from db.domain.programme import Event
from db.domain.registration import Registration
from db.domain.verdicts import Outcome, Reason, Verdict
from tests.domain.stories import DOOR, GALA, ROOM, Story, seen, told, undo
from tests.forum import FORUM, thursday, wednesday

Fold = Callable[[Event, Iterable[Seen]], Presence]
Decide = Callable[[Case], Verdict]
Census = Callable[[list[Story]], dict[str, int]]
FoldLaw = Callable[[Fold, Story], None]
DecisionLaw = Callable[[Decide, Fold], None]

ROOMS = tuple(place.id for place in FORUM.rooms)


def deliveries(story: Story) -> Iterable[Story]:
    """The same facts as a network may bring them: late, shuffled, twice."""
    yield story[::-1]
    yield sorted(story, key=lambda fact: fact.id)
    yield [*story[1::2], *story[::2], *story]
    yield [fact for fact in story for _ in range(2)]


def order_and_repeats_change_nothing(fold: Fold, story: Story) -> None:
    state = fold(FORUM, story)
    for delivery in deliveries(story):
        assert fold(FORUM, delivery) == state


def replaying_any_prefix_is_a_no_op(fold: Fold, story: Story) -> None:
    state = fold(FORUM, story)
    for end in range(len(story)):
        assert fold(FORUM, story + story[:end]) == state


def at_most_one_room_and_never_half_inside(fold: Fold, story: Story) -> None:
    for end in range(len(story) + 1):
        state = fold(FORUM, story[:end])
        assert state.room is None or (state.inside and state.room in ROOMS)
        assert not (state.inside and state.apart)
        held = {state.room, state.apart, "espaces-vanel" if state.inside else None}
        assert {*state.within} <= held


def an_undo_equals_absence(fold: Fold, story: Story) -> None:
    plain = [fact for fact in story if fact.kind != Kind.UNDONE]
    for fact in plain:
        if fact.kind in STAY:
            absent = [other for other in plain if other is not fact]
            assert fold(FORUM, [*plain, undo(fact, 90)]) == fold(FORUM, absent)


def an_undo_of_an_undo_is_identity(fold: Fold, story: Story) -> None:
    state = fold(FORUM, story)
    for fact in story:
        first = undo(fact, 90)
        assert fold(FORUM, [*story, first, undo(first, 91)]) == state


def the_first_admission_by_order_wins(fold: Fold, story: Story) -> None:
    plain = [fact for fact in story if fact.kind != Kind.UNDONE]
    winners: dict[tuple[str, str], str] = {}
    for fact in sorted(plain):
        place = FORUM.place(fact.place or "")
        if fact.kind == Kind.ENTERED and place is not None:
            where = (scope_of(FORUM, place), period_of(FORUM, place, instant(fact.at)))
            winners.setdefault(where, fact.id)
    state = fold(FORUM, plain[::-1])
    assert {where: stay.fact for where, stay in state.firsts.items()} == winners


def an_exit_without_an_entry_is_an_anomaly_only(fold: Fold, story: Story) -> None:
    state = fold(FORUM, story)
    late = wednesday("9:00", days=9)
    for place, here in (
        (DOOR, state.inside),
        (ROOM, state.room == ROOM),
        (GALA, state.apart == GALA),
    ):
        if not here:
            stray = seen(Kind.LEFT, place, late, n=90)
            after = fold(FORUM, [*story, stray])
            assert after.anomalies == [*state.anomalies, stray.id]
            after.anomalies = state.anomalies
            assert after == state


def who_leaves_may_come_back(fold: Fold, story: Story) -> None:
    late = wednesday("9:00", days=9)
    for place, scope in ((DOOR, "espaces-vanel"), (ROOM, ROOM), (GALA, GALA)):
        visit = [seen(Kind.ENTERED, place, late, n=90), seen(Kind.LEFT, place, late, n=92)]
        assert scope not in fold(FORUM, [*story, *visit]).within


FOLD_LAWS: tuple[FoldLaw, ...] = (
    order_and_repeats_change_nothing,
    replaying_any_prefix_is_a_no_op,
    at_most_one_room_and_never_half_inside,
    an_undo_equals_absence,
    an_undo_of_an_undo_is_identity,
    the_first_admission_by_order_wins,
    an_exit_without_an_entry_is_an_anomaly_only,
    who_leaves_may_come_back,
)


def people_are_counted_not_scans(census: Census, crowd: list[Story]) -> None:
    count = census(crowd)
    assert all(number >= 0 for number in count.values())
    assert sum(count[room] for room in ROOMS) + count["hall"] == count["inside"]
    assert count["inside"] + count[GALA] <= len(crowd)
    assert census([story * 2 for story in crowd]) == count


# --- decisions --------------------------------------------------------------------------------

ZOE = Registration("2" * 32, {"given_name": "Zoé", "family_name": "Œuvre", "category": "elu"})


def case(fold: Fold, story: Story, **changes: object) -> Case:
    """Return a usual scan of Zoé at reception, Wednesday at ten, with these changes."""
    usual = Case(
        event=FORUM,
        place=FORUM.reception,
        person=ZOE,
        presence=fold(FORUM, story),
        at=wednesday("10:00"),
    )
    return replace(usual, **changes)  # type: ignore[arg-type]


def already_in_is_said_of_today_only(decide: Decide, fold: Fold) -> None:
    came = told((Kind.ENTERED, DOOR, wednesday("9:12")))
    again = decide(case(fold, came))
    assert (again.outcome, again.reason) == (Outcome.ALREADY_IN, Reason.ALREADY_IN)
    assert again.first is not None
    assert (again.first.at, again.first.place) == (wednesday("9:12"), DOOR)
    next_day = decide(case(fold, came, at=thursday("9:12")))
    assert (next_day.outcome, next_day.reason) == (Outcome.ADMITTED, Reason.RETURNING)


def each_refusal_says_its_own_reason(decide: Decide, fold: Fold) -> None:
    observatoire = FORUM.place("observatoire")
    outsider = ZOE.amended({"category": "presse"})
    scans = {
        Reason.CANCELLED: case(fold, [], person=ZOE.amended({"status": "cancelled"})),
        Reason.UNPAID: case(fold, [], person=ZOE.amended({"status": "unpaid"})),
        Reason.REVOKED: case(fold, [], revoked=True),
        Reason.NOT_FOR_CATEGORY: case(fold, [], place=observatoire, person=outsider),
        Reason.NOT_REGISTERED_FOR_SESSION: case(fold, [], place=observatoire),
        Reason.INVITATION_ONLY: case(
            fold, [], place=FORUM.place("gala"), at=wednesday("20:00"), person=ZOE
        ),
    }
    for reason, scan in scans.items():
        verdict = decide(scan)
        assert (verdict.outcome, verdict.reason) == (Outcome.REFUSED, reason)


def a_look_admits_nobody(decide: Decide, fold: Fold) -> None:
    for override in (True, False):
        verdict = decide(case(fold, [], info=True, override=override))
        assert (verdict.outcome, verdict.admitted) == (Outcome.INFO, False)


def who_left_is_admitted_again(decide: Decide, fold: Fold) -> None:
    out = told((Kind.ENTERED, DOOR, wednesday("9:00")), (Kind.LEFT, DOOR, wednesday("9:30")))
    assert decide(case(fold, out)).reason is Reason.RE_ENTRY


DECISION_LAWS: tuple[DecisionLaw, ...] = (
    already_in_is_said_of_today_only,
    each_refusal_says_its_own_reason,
    a_look_admits_nobody,
    who_left_is_admitted_again,
)
