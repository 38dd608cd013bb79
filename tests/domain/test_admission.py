"""Who is let in and why not, at the forum's own places and on its own days."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from db.domain.admission import Case, decide, governing_session
from db.domain.facts import Kind
from db.domain.presence import fold
from db.domain.programme import Access, Admit, Category, Event, Need, Place, Session
from db.domain.verdicts import BadgeNote, Outcome, Reason, Verdict
from tests.domain.laws import DECISION_LAWS, ZOE, DecisionLaw
from tests.domain.stories import DOOR, GALA, HALL, ROOM, Story, seen, told
from tests.forum import FORUM, thursday, wednesday

BUILDING, MASTERCLASS = "espaces-vanel", "observatoire"
MORNING = told((Kind.ENTERED, DOOR, wednesday("9:12")))


def place(place_id: str, event: Event = FORUM) -> Place:
    found = event.place(place_id)
    assert found is not None
    return found


def case(
    at: str | datetime = "10:00",
    where: str = DOOR,
    *,
    person: Mapping[str, object] | None = None,
    story: Story | None = None,
    event: Event = FORUM,
    **more: object,
) -> Case:
    """Return a scan of Zoé, an elected official, with what is told otherwise."""
    usual = Case(
        event=event,
        place=place(where, event),
        person=ZOE.amended(person or {}),  # type: ignore[arg-type]
        presence=fold(event, story or []),
        at=wednesday(at) if isinstance(at, str) else at,
    )
    return replace(usual, **more)  # type: ignore[arg-type]


def scan(at: str | datetime = "10:00", where: str = DOOR, **more: object) -> Verdict:
    return decide(case(at, where, **more))  # type: ignore[arg-type]


def said(verdict: Verdict) -> tuple[Outcome, Reason, bool]:
    return verdict.outcome, verdict.reason, verdict.admitted


@pytest.mark.parametrize("law", DECISION_LAWS, ids=lambda law: law.__name__)
def test_the_desk_keeps_the_law(law: DecisionLaw) -> None:
    law(decide, fold)


# --- the door, day after day ------------------------------------------------------------------


def test_the_first_scan_admits_and_owes_a_badge() -> None:
    verdict = scan("8:57")
    assert said(verdict) == (Outcome.ADMITTED, Reason.FIRST_ENTRY, True)
    assert (verdict.badge, verdict.first, verdict.waiting) == (BadgeNote.OWED, None, False)
    assert (verdict.place, verdict.at, verdict.person) == (DOOR, wednesday("8:57"), ZOE)


def test_a_second_scan_names_the_first_place_and_hour_and_owes_nothing() -> None:
    verdict = scan("9:30", story=MORNING)
    assert said(verdict) == (Outcome.ALREADY_IN, Reason.ALREADY_IN, False)
    first = verdict.first
    assert first is not None
    assert (first.at, first.place) == (wednesday("9:12"), DOOR)
    assert (first.desk, first.fact) == (MORNING[0].desk, MORNING[0].id)
    assert verdict.badge is BadgeNote.NONE


def test_wednesdays_badge_is_welcome_on_thursday_and_prints_nothing() -> None:
    badge = seen(Kind.BADGE_OWED, DOOR, wednesday("9:12"), n=4)
    verdict = scan(thursday("9:00"), story=[*MORNING, badge], badge_shown=True)
    assert said(verdict) == (Outcome.ADMITTED, Reason.RETURNING, True)
    assert verdict.first is not None
    assert verdict.first.at == wednesday("9:12")
    assert verdict.badge is BadgeNote.LIVE


def test_after_four_in_the_morning_it_is_another_day() -> None:
    assert scan(thursday("3:59"), story=MORNING).reason is Reason.ALREADY_IN
    assert scan(thursday("4:00"), story=MORNING).reason is Reason.RETURNING


def test_who_left_for_lunch_is_welcomed_back() -> None:
    lunch = [*MORNING, seen(Kind.LEFT, DOOR, wednesday("12:30"), n=4)]
    verdict = scan("14:00", story=lunch)
    assert said(verdict) == (Outcome.ADMITTED, Reason.RE_ENTRY, True)
    assert verdict.first is not None
    assert verdict.first.at == wednesday("9:12")


def test_a_room_is_entered_without_reception_and_reception_is_still_a_first_entry() -> None:
    straight_in = told((Kind.ENTERED, ROOM, wednesday("9:30")))
    assert scan(story=straight_in).reason is Reason.FIRST_ENTRY


def test_the_building_itself_is_the_same_admission_as_its_door() -> None:
    assert scan("9:30", BUILDING, story=MORNING).reason is Reason.ALREADY_IN


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("cancelled", Reason.CANCELLED),
        ("unpaid", Reason.UNPAID),
        ("pending", Reason.PENDING),
        ("waiting-list", Reason.WAITING_LIST),
    ],
)
def test_a_registration_that_does_not_stand_is_refused(status: str, reason: Reason) -> None:
    verdict = scan(person={"status": status})
    assert said(verdict) == (Outcome.REFUSED, reason, False)
    assert verdict.badge is BadgeNote.NONE


def test_a_replaced_badge_is_refused_even_to_who_is_inside() -> None:
    assert scan(story=MORNING, revoked=True).reason is Reason.REVOKED


@pytest.mark.parametrize(
    ("days", "at", "reason"),
    [
        (("2023-03-23",), wednesday("10:00"), Reason.NOT_TODAY),
        (("2023-03-23",), thursday("10:00"), Reason.FIRST_ENTRY),
        (("2023-03-22", "2023-03-23"), wednesday("10:00"), Reason.FIRST_ENTRY),
        (("2023-03-22",), thursday("2:00"), Reason.FIRST_ENTRY),  # still Wednesday's night
        (("2023-03-23",), wednesday("10:00", days=-1), Reason.FIRST_ENTRY),  # no day of the event
        ((), thursday("10:00"), Reason.FIRST_ENTRY),
    ],
)
def test_a_registration_for_some_days_is_refused_on_the_events_other_days_only(
    days: tuple[str, ...], at: datetime, reason: Reason
) -> None:
    assert scan(at, person={"days": days}).reason is reason


def test_outside_the_events_days_nobody_is_refused_and_the_strip_is_told() -> None:
    assert scan(wednesday("18:00", days=-1)).outside_days
    assert not scan(thursday("18:00")).outside_days


# --- rooms and sessions -----------------------------------------------------------------------

ELU = {"category": "elu", "sessions": ("culture-d",)}


@pytest.mark.parametrize(
    ("person", "reason"),
    [
        (ELU, Reason.FIRST_ENTRY),
        ({"category": "elu"}, Reason.NOT_REGISTERED_FOR_SESSION),
        ({**ELU, "category": "agent"}, Reason.NOT_FOR_CATEGORY),
        ({**ELU, "sessions": ("ethique-by-design",)}, Reason.NOT_REGISTERED_FOR_SESSION),
        ({"category": "elu", "options": ("culture-d",)}, Reason.FIRST_ENTRY),
    ],
)
def test_the_masterclass_takes_elected_officials_who_registered(
    person: dict[str, object], reason: Reason
) -> None:
    verdict = scan("10:00", MASTERCLASS, person=person)
    assert (verdict.reason, verdict.session) == (reason, "culture-d")


def test_the_afternoon_masterclass_takes_any_category_that_registered() -> None:
    person = {"category": "presse", "sessions": ("ethique-by-design",)}
    assert scan("14:35", MASTERCLASS, person=person).reason is Reason.FIRST_ENTRY
    assert scan("14:35", MASTERCLASS, person=ELU).reason is Reason.NOT_REGISTERED_FOR_SESSION


def test_the_workshop_asks_for_a_registration_of_its_own() -> None:
    assert scan("17:20", MASTERCLASS).reason is Reason.NOT_REGISTERED_FOR_SESSION
    registered = {"sessions": ("ecospheres-ideation",)}
    assert scan("17:20", MASTERCLASS, person=registered).reason is Reason.FIRST_ENTRY


def test_with_nothing_on_a_room_follows_its_own_access() -> None:
    verdict = scan("12:00", MASTERCLASS)
    assert (verdict.reason, verdict.session) == (Reason.FIRST_ENTRY, None)
    rooms = tuple(
        replace(p, access=Access(frozenset({Need.CATEGORY}), ("presse",)))
        if p.id == MASTERCLASS
        else p
        for p in FORUM.places
    )
    closed = replace(FORUM, places=rooms)
    assert scan("12:00", MASTERCLASS, event=closed).reason is Reason.NOT_FOR_CATEGORY


def test_a_new_session_in_the_same_room_is_a_new_admission() -> None:
    talk = told((Kind.ENTERED, "salle-vanel", wednesday("10:00")))
    assert scan("10:30", "salle-vanel", story=talk).reason is Reason.ALREADY_IN
    assert scan("14:10", "salle-vanel", story=talk).reason is Reason.RETURNING


def test_of_two_sessions_at_once_the_one_that_lets_the_person_in_counts() -> None:
    open_talk = Session(
        id="open-talk", title="Open", place=MASTERCLASS, starts=wednesday("9:00"),
        ends=wednesday("11:00"),
    )  # fmt: skip
    both = replace(FORUM, sessions=(*FORUM.sessions, open_talk))
    outsider = case("10:00", MASTERCLASS, person={"category": "presse"}, event=both)
    session = governing_session(outsider)
    assert session is not None
    assert session.id == "open-talk"
    assert decide(outsider).session == "open-talk"
    official = case("10:00", MASTERCLASS, person=ELU, event=both)
    assert decide(official).session == "culture-d"


def test_rooms_owe_no_badge() -> None:
    assert scan("10:00", ROOM).badge is BadgeNote.NONE


# --- gala: by invitation, once ----------------------------------------------------------------

GUEST = {"options": ("gala",)}


def test_the_gala_is_by_invitation() -> None:
    assert said(scan("20:00", GALA))[:2] == (Outcome.REFUSED, Reason.INVITATION_ONLY)
    assert scan("20:00", GALA, person=GUEST).reason is Reason.FIRST_ENTRY


def test_an_invitation_lets_in_once_even_after_midnight_and_the_next_day() -> None:
    dinner = told((Kind.ENTERED, GALA, wednesday("20:00")))
    for later in (wednesday("20:30"), thursday("1:00"), thursday("20:00")):
        verdict = scan(later, GALA, person=GUEST, story=dinner)
        assert (verdict.outcome, verdict.reason) == (Outcome.ALREADY_IN, Reason.ALREADY_IN)


# --- the exhibition: a door whose exits nobody scans ------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "reason"), [(0, Reason.ALREADY_IN), (10, Reason.ALREADY_IN), (11, Reason.RE_ENTRY)]
)
def test_a_free_door_says_already_in_for_ten_minutes(minutes: int, reason: Reason) -> None:
    visit = told((Kind.ENTERED, HALL, wednesday("10:00")))
    assert place(HALL).admit is Admit.FREE
    at = wednesday("10:00") + timedelta(minutes=minutes)
    assert scan(at, HALL, story=visit).reason is reason


# --- instructions, capacity, override ---------------------------------------------------------

WARNED = {"instruction": "Remettre le mot du maire"}


def test_an_instruction_is_shown_with_the_admission_once_a_period() -> None:
    verdict = scan(person=WARNED)
    assert said(verdict) == (Outcome.ATTENTION, Reason.INSTRUCTION, True)
    assert (verdict.waiting, verdict.badge) == (False, BadgeNote.OWED)
    back = [*MORNING, seen(Kind.LEFT, DOOR, wednesday("12:00"), n=4)]
    assert scan("14:00", person=WARNED, story=back).reason is Reason.RE_ENTRY
    assert scan(thursday("9:00"), person=WARNED, story=MORNING).reason is Reason.INSTRUCTION
    assert scan("10:00", ROOM, person=WARNED).reason is Reason.FIRST_ENTRY


def test_a_categorys_instruction_is_shown_once_in_all() -> None:
    press = Category(id="presse", name="Presse", instruction="Dossier de presse")
    event = replace(FORUM, categories=(press,))
    journalist = {"category": "presse"}
    assert scan(person=journalist, event=event).reason is Reason.INSTRUCTION
    next_day = scan(thursday("9:00"), person=journalist, event=event, story=MORNING)
    assert next_day.reason is Reason.RETURNING


def capped(capacity: int | None) -> Event:
    places = tuple(replace(p, capacity=capacity) if p.id == ROOM else p for p in FORUM.places)
    return replace(FORUM, places=places)


@pytest.mark.parametrize(
    ("capacity", "inside", "reason"),
    [
        (2, 1, Reason.FIRST_ENTRY),
        (2, 2, Reason.ROOM_FULL),
        (2, 3, Reason.ROOM_FULL),
        (None, 900, Reason.FIRST_ENTRY),
        (2, None, Reason.FIRST_ENTRY),
    ],
)
def test_a_full_room_waits_for_a_decision_and_a_room_without_capacity_never_does(
    capacity: int | None, inside: int | None, reason: Reason
) -> None:
    verdict = scan("10:00", ROOM, event=capped(capacity), inside=inside)
    assert verdict.reason is reason
    full = reason is Reason.ROOM_FULL
    assert (verdict.waiting, verdict.admitted) == (full, not full)
    assert verdict.outcome is (Outcome.ATTENTION if full else Outcome.ADMITTED)


def test_who_sits_in_a_full_room_takes_no_second_seat_at_the_next_session() -> None:
    sits = told((Kind.ENTERED, ROOM, wednesday("10:00")))
    verdict = scan("11:35", ROOM, event=capped(1), inside=1, story=sits)
    assert said(verdict) == (Outcome.ADMITTED, Reason.RETURNING, True)


@pytest.mark.parametrize(
    "scan_of",
    [
        case(person={"status": "cancelled"}),
        case(revoked=True),
        case(story=MORNING),
        case("10:00", MASTERCLASS),
        case("20:00", GALA),
        case("10:00", ROOM, event=capped(1), inside=4),
        case(person={"days": ("2023-03-23",)}),
    ],
    ids=["cancelled", "revoked", "already in", "masterclass", "gala", "full", "other day"],
)
def test_an_override_lets_in_whatever_spoke_against_it(scan_of: Case) -> None:
    assert not decide(scan_of).admitted
    verdict = decide(replace(scan_of, override=True))
    assert said(verdict) == (Outcome.ADMITTED, Reason.OVERRIDE, True)


def test_a_look_answers_whoever_it_is_and_owes_nothing() -> None:
    for person in ({}, {"status": "cancelled"}):
        verdict = scan(person=person, info=True, override=True, entry=False)
        assert said(verdict) == (Outcome.INFO, Reason.LOOKED_UP, False)
        assert (verdict.badge, verdict.session) == (BadgeNote.NONE, None)


# --- exits ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "story", "reason"),
    [
        (DOOR, MORNING, Reason.EXIT),
        (DOOR, told((Kind.ENTERED, ROOM, wednesday("9:30"))), Reason.EXIT),
        (ROOM, told((Kind.ENTERED, ROOM, wednesday("9:30"))), Reason.EXIT),
        (GALA, told((Kind.ENTERED, GALA, wednesday("20:00"))), Reason.EXIT),
        (DOOR, [], Reason.EXIT_WITHOUT_ENTRY),
        (ROOM, MORNING, Reason.EXIT_WITHOUT_ENTRY),
        (GALA, MORNING, Reason.EXIT_WITHOUT_ENTRY),
        (DOOR, told((Kind.ENTERED, GALA, wednesday("20:00"))), Reason.EXIT_WITHOUT_ENTRY),
    ],
)
def test_an_exit_says_whether_an_entry_came_before(
    where: str, story: Story, reason: Reason
) -> None:
    verdict = scan("21:00", where, story=story, entry=False)
    assert said(verdict) == (Outcome.LEFT, reason, False)
    anomalies = fold(FORUM, [*story, seen(Kind.LEFT, where, wednesday("21:00"), n=8)]).anomalies
    assert bool(anomalies) is (reason is Reason.EXIT_WITHOUT_ENTRY)


def test_nobody_is_kept_from_leaving() -> None:
    verdict = scan(person={"status": "cancelled"}, story=MORNING, entry=False, revoked=True)
    assert verdict.outcome is Outcome.LEFT


# --- badges -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "note"),
    [
        ({}, BadgeNote.OWED),
        ({"where": BUILDING}, BadgeNote.OWED),
        ({"declared": True}, BadgeNote.HELD),
        ({"declared": True, "wants_badge": True}, BadgeNote.OWED),
        ({"wants_badge": False}, BadgeNote.HELD),
        ({"badge_shown": True, "wants_badge": True}, BadgeNote.LIVE),
        ({"where": ROOM, "wants_badge": True}, BadgeNote.OWED),
        ({"event": replace(FORUM, print_on_entry=False)}, BadgeNote.NONE),
        ({"story": told((Kind.BADGE_OWED, DOOR, wednesday("8:00")))}, BadgeNote.LIVE),
    ],
)
def test_a_badge_is_owed_once_at_the_doors_of_the_building(
    more: dict[str, object], note: BadgeNote
) -> None:
    assert scan(**more).badge is note  # type: ignore[arg-type]


def test_a_refusal_owes_no_badge_even_when_asked() -> None:
    assert scan(person={"status": "unpaid"}, wants_badge=True).badge is BadgeNote.NONE


def test_a_declared_scan_says_so() -> None:
    assert scan(declared=True).declared
    assert not scan().declared
