"""One desk at a glance: where it stands, what it counts, and how it comes back."""

from dataclasses import replace

import pytest

from db.desk.desk import Desk, load_event, open_desk, restore_desk
from db.domain.errors import NotFound
from db.domain.facts import Kind
from db.domain.programme import PlaceKind
from db.domain.verdicts import Reason
from db.store.copies import copies
from db.store.errors import DamagedDatabase, NoEvent
from db.store.home import Home
from db.store.jobs import JobState
from tests.desk.support import DOOR, ROOM, beside, desk_at, facts, guest
from tests.fixed import Chance, FixedClock, Ids
from tests.forum import FORUM, thursday, wednesday


def test_a_fresh_desk_stands_at_reception_under_its_name(desk: Desk) -> None:
    assert (desk.place.id, desk.name) == (DOOR, "Accueil")
    assert desk.event == FORUM
    assert [fact.kind for fact in facts(desk)] == [Kind.PROGRAMME]


def test_a_desk_that_moves_or_is_renamed_stays_so(
    desk: Desk, home: Home, clock: FixedClock
) -> None:
    desk.set_place(ROOM)
    desk.set_name("  Accueil Nord ")
    again = beside(desk, clock)
    assert (again.place.id, again.name) == (ROOM, "Accueil Nord")
    again.close()
    with pytest.raises(NotFound, match="annexe"):
        desk.set_place("annexe")
    assert desk.place.id == ROOM


def test_a_place_that_left_the_programme_sends_the_desk_back_to_reception(desk: Desk) -> None:
    desk.set_place(ROOM)
    desk.set_event(replace(FORUM, places=tuple(p for p in FORUM.places if p.id != ROOM)))
    assert desk.place.id == DOOR


def test_the_figures_count_people_not_scans(desk: Desk, clock: FixedClock) -> None:
    for n in range(1, 6):
        guest(desk, f"VNL-{n}", status="cancelled" if n == 5 else "")
    clock.set(wednesday("9:00"))
    for code in ("VNL-1", "VNL-1", "VNL-2", "VNL-3", "VNL-5", "VNL-404"):
        desk.admit.scan(code)
    clock.set(wednesday("9:20"))
    desk.admit.scan("VNL-3", entry=False)
    desk.admit.scan("VNL-4")
    counts = desk.counts()
    assert (counts.inside, counts.entered, counts.expected, counts.last_quarter) == (3, 4, 4, 1)
    assert counts.as_of == wednesday("9:20")
    clock.set(thursday("9:00"))
    counts = desk.counts()
    assert (counts.inside, counts.entered, counts.last_quarter) == (3, 0, 0)


def test_the_status_tells_this_desk_at_a_glance(desk: Desk, zoe: str) -> None:
    desk.home.change(printer="escpos://10.0.0.7:9100")
    status = desk.status()
    assert (status.desk, status.place, status.registrations) == ("Accueil", DOOR, 1)
    assert (status.facts, status.waiting, status.hub, status.last_sync) == (2, 0, None, None)
    assert (status.printer, status.key_place) == ("escpos://10.0.0.7:9100", "file")
    assert status.database.endswith("desk.db")
    assert status.desk_id == desk.store.log.desk


def test_what_another_process_wrote_is_noticed_and_refolded(
    desk: Desk, other: Desk, zoe: str
) -> None:
    desk.changed()
    assert not desk.changed()
    other.admit.scan("VNL-1")
    assert desk.changed()
    assert desk.counts().inside == 1
    assert desk.admit.scan("VNL-1").reason is Reason.ALREADY_IN
    assert not desk.changed()


# --- the programme ----------------------------------------------------------------------------


def test_loading_the_same_event_again_records_nothing(
    desk: Desk, home: Home, clock: FixedClock
) -> None:
    again = desk_at(Home(home.folder), clock, life=2)
    assert len(facts(again)) == 1
    assert again.store.log.desk == desk.store.log.desk
    again.close()


def test_a_newer_programme_is_a_fact_and_keeps_people_and_entries(
    desk: Desk, home: Home, zoe: str, clock: FixedClock
) -> None:
    desk.admit.scan("VNL-1")
    again = desk_at(Home(home.folder), clock, replace(FORUM, name="Le forum"), life=2)
    assert facts(again)[-1].kind == Kind.PROGRAMME
    assert (again.event.name, again.counts().inside) == ("Le forum", 1)
    again.close()


def test_figures_follow_a_programme_that_moves_a_room_out_of_the_building(
    desk: Desk, zoe: str
) -> None:
    desk.admit.scan("VNL-1", place=ROOM)
    assert desk.counts().inside == 1
    moved = tuple(
        replace(p, kind=PlaceKind.OUTSIDE, within=None) if p.id == ROOM else p for p in FORUM.places
    )
    desk.set_event(replace(FORUM, places=moved))
    assert desk.counts().inside == 0
    assert desk.store.projections.in_place(ROOM) == 1
    assert desk.verify().ok


def test_a_second_event_becomes_the_current_one_and_the_first_stays(
    desk: Desk, home: Home, clock: FixedClock
) -> None:
    guest(desk)
    other = desk_at(home, clock, replace(FORUM, id="forum-2024"), life=2)
    assert other.status().registrations == 0
    other.close()
    assert home.events() == ("forum-2023", "forum-2024")
    assert home.settings.current == "forum-2024"
    first = open_desk(home, FORUM.id, clock=clock, new_id=Ids(3), token=Chance(3))
    assert first.status().registrations == 1
    first.close()


def test_a_home_without_an_event_says_so(home: Home, clock: FixedClock) -> None:
    with pytest.raises(NoEvent):
        open_desk(home, clock=clock, new_id=Ids(), token=Chance())
    assert not home.folder.exists()


def test_a_load_that_lost_power_before_the_programme_is_finished_by_the_next(
    home: Home, clock: FixedClock
) -> None:
    class PowerCut(BaseException):
        pass

    count = 0

    def dying() -> str:
        nonlocal count
        count += 1
        if count == 3:  # home, desk, then the programme's fact
            raise PowerCut
        return Ids(9, count)()

    with pytest.raises(PowerCut):
        load_event(home, FORUM, clock=clock, new_id=dying, token=Chance())
    desk = desk_at(Home(home.folder), clock)
    assert desk.event == FORUM
    assert desk.home.settings.current == FORUM.id
    desk.close()


# --- copies and damage ------------------------------------------------------------------------


def restored(home: Home, clock: FixedClock) -> Desk:
    return restore_desk(home, clock=clock, new_id=Ids(5), token=Chance(5))


def spoiled(desk: Desk) -> None:
    """Close a desk and break its database."""
    path = desk.store.path
    desk.close()
    path.write_bytes(bytes(4096) + path.read_bytes()[4096:])


def test_a_restored_desk_goes_on_as_another_one_of_the_same_name(
    desk: Desk, home: Home, clock: FixedClock
) -> None:
    guest(desk, "VNL-1")
    guest(desk, "VNL-2")
    desk.set_name("Accueil Nord")
    desk.admit.scan("VNL-1")
    desk.back_up()
    lost, desk_id = desk.admit.scan("VNL-2").fact, desk.store.log.desk
    spoiled(desk)
    with pytest.raises(DamagedDatabase, match="07:57"):
        beside(desk, clock)
    again = restored(home, clock)
    assert (again.name, again.counts().inside) == ("Accueil Nord", 1)
    assert again.store.log.desk != desk_id
    verdict = again.admit.scan("VNL-2")
    assert verdict.reason is Reason.FIRST_ENTRY
    scan = facts(again)[-2]
    assert (scan.desk, scan.number) == (again.store.log.desk, 1)
    assert scan.id != lost
    assert again.verify().ok
    again.close()
    reopened = beside(again, clock, life=6)
    assert reopened.store.log.desk == again.store.log.desk
    reopened.close()


def test_a_sound_database_is_not_replaced_by_an_older_copy(
    desk: Desk, home: Home, clock: FixedClock
) -> None:
    desk.back_up()
    guest(desk)
    desk.admit.scan("VNL-1")
    desk.close()
    again = restored(home, clock)
    assert (again.counts().inside, again.store.log.desk) == (1, desk.store.log.desk)
    assert [job.state for job in again.badges.jobs()] == [JobState.QUEUED]
    again.close()


def test_upkeep_copies_what_changed_and_nothing_twice(desk: Desk, clock: FixedClock) -> None:
    upkeep = desk.upkeep()
    guest(desk)
    assert [upkeep.copy(), upkeep.copy()] == [True, False]
    clock.pass_(minutes=10)
    desk.admit.scan("VNL-1")
    assert upkeep.copy()
    assert len(copies(desk.store.folder)) == 2


def test_upkeep_empties_the_write_ahead_log_beside_an_open_desk(desk: Desk, zoe: str) -> None:
    size = desk.store.path.stat().st_size
    desk.upkeep().tidy()
    assert desk.store.path.stat().st_size > size
    desk.admit.scan("VNL-1")
    assert desk.verify().ok


def test_badges_owed_before_the_copy_are_asked_about_never_printed_by_themselves(
    desk: Desk, home: Home, clock: FixedClock
) -> None:
    guest(desk, "VNL-1")
    desk.admit.scan("VNL-1")
    desk.back_up()
    spoiled(desk)
    again = restored(home, clock)
    (job,) = again.badges.jobs()
    assert (job.state, job.reason) == (JobState.UNKNOWN, "restored")
    assert again.admit.scan("VNL-1", entry=False).reason is Reason.EXIT
    assert again.admit.scan("VNL-1").job is None
    again.close()
