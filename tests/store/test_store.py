"""One event's database, open: settings, programme, and what another process wrote."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from db.domain.facts import Kind, chained
from db.store.errors import DatabaseBusy, NewerDatabase, NoEvent, UnknownEvent
from db.store.home import Home
from db.store.store import Store, make_store, open_store
from tests.fixed import FixedClock, source
from tests.forum import FORUM, wednesday
from tests.store.support import KEY, enter, person_id, raw, record, store_in


def test_the_programme_comes_back_equal_to_the_file(store: Store) -> None:
    assert store.event == FORUM
    session = store.event.session("culture-d")
    assert session is not None
    assert session.starts.utcoffset() == FORUM.local(wednesday("10:00")).utcoffset()


def test_a_store_that_is_opened_again_is_the_same_desk(folder: Path, clock: FixedClock) -> None:
    first = store_in(folder, source(clock))
    enter(first)
    first.close()
    first.close()
    again = store_in(folder, source(clock, life=2))
    assert again.log.desk == first.log.desk
    fact = enter(again, 2).fact
    assert fact.number == 3
    assert again.meta("code_key") == first.meta("code_key") != ""
    again.close()


def test_settings_stay_with_the_transaction_that_made_them(store: Store) -> None:
    with store.writing():
        store.set_meta("place", "auditorium")
    with pytest.raises(ZeroDivisionError), store.writing():
        sets_then_fails(store)
    assert store.meta("place") == "auditorium"
    assert store.meta("never set") == ""


def sets_then_fails(store: Store) -> None:
    store.set_meta("place", "gala")
    raise ZeroDivisionError


def test_what_another_process_wrote_is_seen_and_chained_onto(store: Store, other: Store) -> None:
    enter(store, 1)
    theirs = enter(other, 2).fact
    mine = enter(store, 3).fact
    assert [theirs.number, mine.number] == [3, 4]
    assert theirs.desk == mine.desk
    for before, after in pairwise(store.log.rows()):
        assert after[4] == chained(before[4], after[3])
    assert store.projections.inside() == other.projections.inside() == 3


def test_a_change_by_another_process_is_noticed_once(store: Store, other: Store) -> None:
    with store.reading():
        store.changed()
        assert not store.changed()
    enter(other)
    assert store.changed()
    assert not store.changed()
    enter(store)
    assert not store.changed()  # our own writing is no news


def test_a_setting_of_another_process_is_read_by_the_next_transaction(
    store: Store, other: Store
) -> None:
    assert store.meta("place") == ""
    with other.writing():
        other.set_meta("place", "gala")
    with store.reading():
        assert store.meta("place") == "gala"


def test_a_programme_of_another_process_is_the_next_one_read(store: Store, other: Store) -> None:
    assert store.event.name == FORUM.name
    with other.writing():
        other.set_event(replace(FORUM, name="Le forum"))
    with store.reading():
        assert store.event.name == "Le forum"


def test_the_programme_is_known_as_it_stood(store: Store, clock: FixedClock) -> None:
    noon = wednesday("12:00")
    clock.set(noon)
    with store.writing():
        store.set_event(replace(FORUM, name="Changed at noon"))
    before = int((noon.timestamp() - 60) * 1e6)
    assert store.event_at(before).name == FORUM.name
    assert store.event_at(before + 120_000_000).name == "Changed at noon"
    assert store.event_at(0).name == "Changed at noon"  # none stood then: today's


def test_a_database_without_a_programme_holds_no_event(folder: Path) -> None:
    store = Store(folder, KEY, FORUM.id, source())
    with pytest.raises(NoEvent):
        _ = store.event
    store.close()


def test_a_writer_that_waits_too_long_is_told_nothing_was_recorded(
    store: Store, other: Store
) -> None:
    other.conn.execute("PRAGMA busy_timeout = 0")
    with store.writing():
        with pytest.raises(DatabaseBusy) as caught:
            enter(other)
        assert "Nothing was recorded" in str(caught.value)
    assert enter(other).fact.number == 2


def test_a_reader_goes_on_while_another_process_writes(store: Store, other: Store) -> None:
    enter(store, 1)
    with store.writing(), other.reading():
        assert other.projections.inside() == 1


def test_checkpoints_happen_when_asked_and_lose_nothing(store: Store, folder: Path) -> None:
    for person in range(1, 6):
        enter(store, person)
    assert store.wal_bytes() > 0
    size = store.path.stat().st_size
    store.checkpoint()
    assert store.path.stat().st_size > size
    assert store.projections.inside() == 5


def test_a_newer_database_is_refused_by_the_store_too(folder: Path) -> None:
    store_in(folder).close()
    conn = raw(folder / "desk.db")
    conn.execute("PRAGMA user_version = 99")
    conn.close()
    with pytest.raises(NewerDatabase):
        store_in(folder)


def test_a_home_makes_an_event_once_and_opens_it_by_name(home: Home, clock: FixedClock) -> None:
    by = source(clock)
    with pytest.raises(NoEvent):
        open_store(home, by)
    made = make_store(home, FORUM, by)
    enter(made)
    made.close()
    assert home.settings.current == FORUM.id
    for name in (None, FORUM.id):
        opened = open_store(Home(home.folder), by, name)
        assert opened.projections.inside() == 1
        opened.close()
    with pytest.raises(UnknownEvent):
        open_store(home, by, "forum-1999")


def test_each_event_has_a_key_of_its_own(home: Home, clock: FixedClock) -> None:
    by = source(clock)
    make_store(home, FORUM, by).close()
    make_store(home, replace(FORUM, id="forum-2024"), by).close()
    assert home.key_of("forum-2023") != home.key_of("forum-2024")
    assert home.settings.current == "forum-2024"


def test_facts_of_unknown_kinds_survive_a_restart(folder: Path) -> None:
    first = store_in(folder)
    record(first, "of-a-later-version")
    record(first, Kind.ENTERED)
    first.close()
    again = store_in(folder, source(life=2))
    assert again.log.count() == 3
    assert again.projections.presence(again.event, person_id(1)).inside
    again.close()
