"""The programme: which day it is, and what is on in a room, at any instant."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.programme import Category, Event, Place, PlaceKind, Session

PARIS = ZoneInfo("Europe/Paris")
WEDNESDAY, THURSDAY = date(2023, 3, 22), date(2023, 3, 23)


def at(clock: str, day: int = 22) -> datetime:
    """Give an instant in UTC from a local time in March 2023."""
    local = datetime.fromisoformat(f"2023-03-{day}T{clock}")
    return local.replace(tzinfo=PARIS).astimezone(UTC)


def session(name: str, starts: str, ends: str | None = None, day: int = 22) -> Session:
    return Session(
        id=name,
        title=name.title(),
        place="hall",
        starts=at(starts, day).astimezone(PARIS),
        ends=None if ends is None else at(ends, day).astimezone(PARIS),
    )


def forum(*sessions: Session, places: tuple[Place, ...] = ()) -> Event:
    return Event(
        id="forum",
        name="Forum",
        zone="Europe/Paris",
        days=(WEDNESDAY, THURSDAY),
        places=places or (Place(id="hall", name="Hall"),),
        sessions=sessions,
        categories=(Category(id="press", name="Press"),),
    )


def on(event: Event, clock: str, day: int = 22) -> list[str]:
    return [s.id for s in event.sessions_on("hall", at(clock, day))]


def next_id(event: Event, clock: str, day: int = 22) -> str | None:
    following = event.next_session("hall", at(clock, day))
    return following.id if following is not None else None


@pytest.mark.parametrize(
    ("clock", "day", "expected"),
    [
        ("03:59:59", 22, date(2023, 3, 21)),
        ("04:00", 22, WEDNESDAY),
        ("23:59", 22, WEDNESDAY),
        ("00:30", 23, WEDNESDAY),
        ("04:00", 23, THURSDAY),
        ("03:59", 26, date(2023, 3, 25)),  # the night the clocks go forward
        ("04:00", 26, date(2023, 3, 26)),
    ],
)
def test_the_day_turns_at_four_in_the_morning(clock: str, day: int, expected: date) -> None:
    assert forum().day(at(clock, day)) == expected


def test_the_day_is_that_of_the_event_wherever_the_clock_is_read() -> None:
    instant = datetime(2023, 3, 23, 9, 30, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert forum().day(instant) == WEDNESDAY
    assert forum().local(instant) == datetime(2023, 3, 23, 1, 30, tzinfo=PARIS)


def test_a_session_is_on_from_its_start_until_just_before_its_end() -> None:
    event = forum(session("talk", "09:30", "11:00"))
    assert on(event, "09:29:59") == []
    assert on(event, "09:30") == on(event, "10:59:59") == ["talk"]
    assert on(event, "11:00") == []


def test_an_unknown_end_lasts_until_the_next_session_of_that_room() -> None:
    event = forum(session("first", "09:45"), session("second", "10:45"))
    assert on(event, "10:44") == ["first"]
    assert on(event, "10:45") == ["second"]


def test_the_last_unknown_end_of_a_day_lasts_until_the_day_turns() -> None:
    event = forum(session("gala", "19:45"), session("morning", "09:15", day=23))
    assert on(event, "03:59", 23) == ["gala"]
    assert on(event, "04:00", 23) == []
    assert event.end_of(event.sessions[0]) == at("04:00", 23)


def test_an_unknown_end_after_midnight_ends_with_the_same_night() -> None:
    late = session("late", "01:00", day=23)
    assert forum(late).end_of(late) == at("04:00", 23)


def test_sessions_of_another_room_do_not_end_one() -> None:
    talk = session("talk", "09:45")
    elsewhere = Session(id="other", title="Other", place="garden", starts=at("10:00"))
    assert forum(talk, elsewhere).end_of(talk) == at("04:00", 23)


def test_a_session_whose_place_is_unknown_still_ends() -> None:
    lost = Session(id="lost", title="Lost", place=None, starts=at("10:00").astimezone(PARIS))
    assert forum(lost).end_of(lost) == at("04:00", 23)
    assert on(forum(lost), "10:30") == []


def test_of_overlapping_sessions_the_one_begun_last_comes_first() -> None:
    event = forum(session("morning", "09:15", "12:30"), session("inside", "11:00", "12:30"))
    assert on(event, "10:00") == ["morning"]
    assert on(event, "11:00") == ["inside", "morning"]


def test_the_next_session_is_the_first_to_begin_later_that_day() -> None:
    event = forum(session("late", "16:00"), session("soon", "14:00"), session("past", "09:00"))
    assert next_id(event, "12:00") == "soon"
    assert next_id(event, "14:00") == "late"
    assert next_id(event, "16:00") is None


def test_tomorrow_is_not_next() -> None:
    event = forum(session("tomorrow", "09:15", day=23))
    assert next_id(event, "20:00") is None
    assert next_id(event, "03:59", 23) is None
    assert next_id(event, "04:00", 23) == "tomorrow"


def test_things_are_found_by_their_id_only() -> None:
    event = forum(session("talk", "09:30"))
    assert event.place("hall") == event.places[0]
    assert event.session("talk") == event.sessions[0]
    assert event.category("press") == event.categories[0]
    assert event.place("talk") is None
    assert event.session("hall") is None
    assert event.category("talk") is None


def test_a_fresh_desk_stands_at_the_first_door_else_the_building_else_the_first_place() -> None:
    room = Place(id="room", name="Room")
    house = Place(id="house", name="House", kind=PlaceKind.BUILDING)
    north = Place(id="north", name="North", kind=PlaceKind.DOOR, within="house")
    south = Place(id="south", name="South", kind=PlaceKind.DOOR, within="house")
    assert forum(places=(room, house, north, south)).reception == north
    assert forum(places=(room, house)).reception == house
    assert forum(places=(room,)).reception == room


def test_only_rooms_are_counted_rooms() -> None:
    kinds = tuple(Place(id=kind, name=kind, kind=kind) for kind in PlaceKind)
    assert [place.id for place in forum(places=kinds).rooms] == ["room"]


@given(
    st.lists(st.tuples(st.integers(0, 1200), st.none() | st.integers(1, 300)), max_size=6),
    st.integers(0, 2880),
)
def test_what_is_on_has_begun_and_not_ended(
    told: list[tuple[int, int | None]], minute: int
) -> None:
    begin = datetime(2023, 3, 22, 4, tzinfo=PARIS)
    sessions = [
        Session(
            id=str(number),
            title="Talk",
            place="hall",
            starts=begin + timedelta(minutes=starts),
            ends=None if lasts is None else begin + timedelta(minutes=starts + lasts),
        )
        for number, (starts, lasts) in enumerate(told)
    ]
    event = forum(*sessions)
    now = begin + timedelta(minutes=minute)
    running = event.sessions_on("hall", now)
    assert set(running) == {s for s in sessions if s.starts <= now < event.end_of(s)}
    assert [s.starts for s in running] == sorted((s.starts for s in running), reverse=True)
    following = event.next_session("hall", now)
    assert following is None or following.starts > now
    assert following not in running
