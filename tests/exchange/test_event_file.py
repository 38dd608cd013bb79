"""Event files: the example says what the press kit says; every mistake is told with its line."""

import re
from collections import Counter
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from db.domain.programme import Admit, Event, Need, Place, PlaceKind, Session
from db.exchange.event_file import read_event, read_event_file, summary, with_first_day
from resources.events import example

PARIS = ZoneInfo("Europe/Paris")
SMALL = """\
format = 1
[event]
id = "small"
name = "Small"
zone = "Europe/Paris"
days = [2023-03-26]
[[places]]
id = "hall"
name = "Hall"
[[sessions]]
id = "talk"
title = "Talk"
place = "hall"
starts = "9h30"
"""


def small(**session: str) -> Event:
    """Read the small event with these lines in its session instead of «starts»."""
    lines = "".join(f"{key} = {value}\n" for key, value in session.items())
    return read_event(SMALL.replace('starts = "9h30"\n', lines))


def test_the_forum_has_its_rooms_without_a_capacity() -> None:
    forum = read_event(example())
    assert [room.name for room in forum.rooms] == [
        "Salle Plénière – Auditorium",
        "Salle d'exposition",
        "Salle Vanel",
        "Salle Grand Toulouse",
        "Salle de l'Observatoire",
    ]
    assert {place.capacity for place in forum.places} == {None}
    assert forum.reception == forum.place("accueil")
    assert forum.days == (date(2023, 3, 22), date(2023, 3, 23))


def test_the_forum_has_its_whole_programme() -> None:
    forum = read_event(example())
    days = Counter(forum.day(s.starts) for s in forum.sessions)
    start_ups = [s for s in forum.sessions if s.id.startswith("start-up-")]
    assert days == {date(2023, 3, 22): 24 + 1, date(2023, 3, 23): 4 + 1}
    assert [s.title for s in start_ups] == ["Les start-up Interconnectées 2023"] * 2
    assert all(s.note and s.starts_about for s in start_ups)
    places = Counter(s.place for s in forum.sessions if s not in start_ups)
    assert places == {
        "auditorium": 2 + 3,
        "salle-vanel": 4 + 1,
        "exposition": 6,
        "grand-toulouse": 8,
        "observatoire": 3,
        "gala": 1,
    }


def test_exact_times_are_exact_and_times_read_off_the_grid_are_about() -> None:
    forum = read_event(example())
    exact = {s.id for s in forum.sessions if not s.starts_about}
    assert exact == {
        "numerique-responsable", "pleniere-ouverture", "debat-democratique", "ethique-by-design",
        "gala", "inclusion-numerique", "data-chartes", "cnr-numerique", "barometre-maturite",
    }  # fmt: skip
    culture = forum.session("culture-d")
    assert culture is not None
    assert culture.starts == datetime(2023, 3, 22, 9, 45, tzinfo=PARIS)
    assert culture.ends == datetime(2023, 3, 22, 11, 0, tzinfo=PARIS)
    assert not culture.ends_about
    assert {s.id for s in forum.sessions if s.ends_about} == {"cnr-numerique"}


def test_only_the_sessions_that_the_kit_restricts_are_restricted() -> None:
    forum = read_event(example())
    restricted = {s.id: s.access for s in forum.sessions if s.access.needs}
    assert {key: set(access.needs) for key, access in restricted.items()} == {
        "culture-d": {Need.CATEGORY, Need.REGISTERED},
        "ethique-by-design": {Need.REGISTERED},
        "ecospheres-ideation": {Need.REGISTERED},
        "gala": {Need.INVITATION},
    }
    assert restricted["culture-d"].categories == ("elu",)
    assert {access.authorises for access in restricted.values()} == {"l'équipe d'organisation"}


def test_the_gala_is_a_place_of_its_own_for_invited_people_once() -> None:
    gala = read_event(example()).place("gala")
    assert gala is not None
    assert (gala.kind, gala.admit, gala.within) == (PlaceKind.OUTSIDE, Admit.ONCE, None)
    assert gala.access.needs == {Need.INVITATION}


def test_what_the_kit_leaves_open_is_said() -> None:
    forum = read_event(example())
    noted = {s.id for s in forum.sessions if s.note}
    assert {"gala", "cnr-numerique", "barometre-maturite"} <= noted
    said = " ".join(forum.notes)
    assert all(figure in said for figure in ("890", "2000", "900", "7", "9"))


def test_one_category_only_is_solid_and_all_have_a_name_in_both_languages() -> None:
    forum = read_event(example())
    assert [c.id for c in forum.categories if c.pattern == "solid"] == ["equipe"]
    assert len(forum.categories) == 10
    assert all(c.name and c.name_en for c in forum.categories)


def test_french_typography_holds_in_the_forum() -> None:
    prose = re.sub(r"(^|\s)#.*$", "", example(), flags=re.MULTILINE)
    wrong = re.findall(
        r'"[^"\n]*(?:(?<!\u202f)[;!?](?!\w)|(?<!\u00a0):(?!\w)|« |[^\u00a0]»)', prose
    )
    assert not wrong


def test_a_moved_forum_is_the_same_forum_on_other_days() -> None:
    forum = read_event(example())
    moved = with_first_day(forum, date(2028, 2, 29))
    assert moved.days == (date(2028, 2, 29), date(2028, 3, 1))
    shift = timedelta(days=(date(2028, 2, 29) - forum.days[0]).days)
    assert [s.starts.replace(tzinfo=None) for s in moved.sessions] == [
        s.starts.replace(tzinfo=None) + shift for s in forum.sessions
    ]
    assert read_event(moved.source) == moved
    assert with_first_day(moved, forum.days[0]) == forum


def test_moving_reaches_every_way_to_write_a_day() -> None:
    text = SMALL.replace('starts = "9h30"', 'day = "2023-03-26"\nstarts = 2023-03-26T09:30:00\n')
    moved = with_first_day(
        read_event(text.replace("2023-03-26]", '"2023-03-26"]')), date(2024, 1, 9)
    )
    assert moved.days == (date(2024, 1, 9),)
    assert moved.sessions[0].starts == datetime(2024, 1, 9, 9, 30, tzinfo=PARIS)


def test_the_summary_is_json_with_rooms_sessions_and_categories() -> None:
    told = summary(read_event(SMALL))
    assert told["rooms"] == [
        {
            "id": "hall", "name": "Hall", "kind": "room", "within": None, "admit": "day",
            "exits": True, "capacity": None, "capacity_is_example": False, "note": "",
            "access": {"needs": ["open"], "categories": [], "authorises": ""},
        }
    ]  # fmt: skip
    assert told["categories"] == []
    assert isinstance(told["sessions"], list)
    assert told["sessions"][0]["starts"] == "2023-03-26T09:30:00+02:00"


@pytest.mark.parametrize(
    ("written", "clock", "about"),
    [
        ('"9h30"', time(9, 30), False),
        ('"09:30"', time(9, 30), False),
        ('"9 h 30"', time(9, 30), False),
        ('"9\u202fh\u202f30"', time(9, 30), False),
        ('"9h"', time(9), False),
        ('"9H05"', time(9, 5), False),
        ('"~9h45"', time(9, 45), True),
        ('"~ 14:00"', time(14), True),
        ("09:30:00", time(9, 30), False),
        ("2023-03-26T09:30:00", time(9, 30), False),
        ("2023-03-26T07:30:00Z", time(9, 30), False),
    ],
)
def test_times_are_read_as_people_write_them(written: str, clock: time, *, about: bool) -> None:
    session = small(starts=written).sessions[0]
    assert session.starts == datetime.combine(date(2023, 3, 26), clock, PARIS)
    assert session.starts_about is about


def test_hours_after_midnight_belong_to_the_night_of_their_day() -> None:
    session = small(starts='"22h"', ends='"~1h30"').sessions[0]
    assert session.ends == datetime(2023, 3, 27, 1, 30, tzinfo=PARIS)
    assert session.ends_about


def test_an_hour_that_comes_twice_can_be_said_with_its_offset() -> None:
    text = SMALL.replace("2023-03-26", "2023-10-28")
    late = text.replace('"9h30"', "2023-10-29T02:30:00+01:00")
    assert read_event(late).sessions[0].starts.utcoffset() == timedelta(hours=1)
    early = text.replace('"9h30"', "2023-10-29T02:30:00+02:00")
    assert read_event(early).sessions[0].starts.utcoffset() == timedelta(hours=2)


def test_a_session_may_last_while_the_clocks_go_back() -> None:
    text = SMALL.replace("2023-03-26", "2023-10-28").replace(
        '"9h30"', "2023-10-29T02:45:00+02:00\nends = 2023-10-29T02:15:00+01:00"
    )
    (session,) = read_event(text).sessions
    assert session.ends is not None
    assert session.ends.timestamp() - session.starts.timestamp() == 30 * 60


def test_a_byte_order_mark_and_windows_line_ends_are_harmless() -> None:
    assert read_event("\ufeff" + SMALL.replace("\n", "\r\n")) == read_event(SMALL)


def test_text_on_several_lines_is_read_as_one() -> None:
    text = SMALL.replace('"Talk"', '"""\n  Long\n  talk\u202f?\n"""')
    assert read_event(text).sessions[0].title == "Long talk\u202f?"


def test_an_event_is_read_whole() -> None:
    text = SMALL.replace(
        'name = "Hall"', 'name = "Hall"\ncapacity = 40\ncapacity_is_example = true'
    )
    assert read_event(text) == Event(
        id="small",
        name="Small",
        zone="Europe/Paris",
        days=(date(2023, 3, 26),),
        places=(Place(id="hall", name="Hall", capacity=40, capacity_is_example=True),),
        sessions=(
            Session(
                id="talk",
                title="Talk",
                place="hall",
                starts=datetime(2023, 3, 26, 9, 30, tzinfo=PARIS),
            ),
        ),
        source=text,
    )


def test_a_file_on_disk_is_read(tmp_path: Path) -> None:
    file = tmp_path / "event.toml"
    file.write_text(SMALL, encoding="utf-8")
    assert read_event_file(file) == read_event(SMALL)
