"""The copy beside the database, and what is left when the database is damaged."""

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.desk.verify import Verification, verify
from db.store.backup import KEEP, back_up, restore
from db.store.copies import copied_at, copies, newest_copy
from db.store.errors import DamagedDatabase, StoreError
from db.store.store import Store
from tests.fixed import FixedClock, source
from tests.store.support import KEY, dbapi, enter, raw, store_in

PAGE = 4096


def test_a_copy_holds_everything_and_is_encrypted_with_the_same_key(
    store: Store, folder: Path, clock: FixedClock
) -> None:
    for person in (1, 2, 3):
        enter(store, person)
    copy = back_up(folder, KEY, clock())
    assert copy == folder / "backup" / "desk-20230322-075700.db"
    assert copied_at(copy) == datetime(2023, 3, 22, 7, 57, tzinfo=UTC)
    assert [found.name for found in copy.parent.iterdir()] == [copy.name]
    conn = raw(copy)
    assert conn.execute("SELECT count(*) FROM fact").fetchone()[0] == 4
    conn.close()
    stranger = raw(copy, None)
    with pytest.raises(dbapi.DatabaseError):
        stranger.execute("SELECT count(*) FROM fact").fetchone()
    stranger.close()


def test_the_newest_copies_are_kept_and_no_more(
    store: Store, folder: Path, clock: FixedClock
) -> None:
    made = []
    for _ in range(KEEP + 2):
        made.append(back_up(folder, KEY, clock()))
        clock.pass_(minutes=10)
    assert copies(folder) == made[: -KEEP - 1 : -1]


def test_files_that_are_no_copies_are_left_alone(folder: Path) -> None:
    (folder / "backup").mkdir(parents=True)
    (folder / "backup" / "desk-of-anne.db").touch()
    assert copies(folder) == []
    assert newest_copy(folder) == "?"


def test_a_copy_made_while_people_are_let_in_is_whole(
    store: Store, folder: Path, clock: FixedClock
) -> None:
    for person in range(1, 60):
        enter(store, person)
    made: list[Path] = []
    thread = threading.Thread(target=lambda: made.append(back_up(folder, KEY, clock())))
    thread.start()
    for person in range(60, 120):
        enter(store, person)
    thread.join(30)
    assert store.projections.inside() == 119
    (folder / "other").mkdir()
    (folder / "other" / "desk.db").write_bytes(made[0].read_bytes())
    copy = store_in(folder / "other", source(clock, life=3))
    assert verify(copy).ok
    assert 59 <= copy.projections.inside() <= 119
    assert copy.projections.inside() == copy.log.count() - 1
    copy.close()


def test_a_restore_sets_the_damaged_files_aside_and_opens_the_newest_readable_copy(
    store: Store, folder: Path, clock: FixedClock
) -> None:
    enter(store, 1)
    back_up(folder, KEY, clock())
    clock.pass_(minutes=10)
    enter(store, 2)
    newest = back_up(folder, KEY, clock())
    newest.write_bytes(newest.read_bytes()[: 3 * PAGE])
    enter(store, 3)
    store.close()
    damage(folder / "desk.db", 0)
    broken = (folder / "desk.db").read_bytes()
    aside = restore(folder, KEY, clock())
    assert aside.read_bytes() == broken
    again = store_in(folder, source(clock, life=2))
    assert (again.projections.inside(), verify(again).ok) == (1, True)
    again.close()


def test_without_a_readable_copy_nothing_is_moved(
    store: Store, folder: Path, clock: FixedClock
) -> None:
    store.close()
    damage(folder / "desk.db", 0)
    before = (folder / "desk.db").read_bytes()
    with pytest.raises(StoreError):
        restore(folder, KEY, clock())
    assert (folder / "desk.db").read_bytes() == before
    assert not (folder / "damaged").exists()


# --- damage -----------------------------------------------------------------------------------


def damage(path: Path, page: int) -> None:
    """Flip some bits in the middle of a page."""
    data = bytearray(path.read_bytes())
    at = page * PAGE + PAGE // 2
    data[at : at + 64] = bytes(byte ^ 0xFF for byte in data[at : at + 64])
    path.write_bytes(data)


def closed_with_a_copy(store: Store, clock: FixedClock) -> Path:
    for person in range(1, 40):
        enter(store, person)
    back_up(store.folder, KEY, clock())
    store.close()
    return store.path


def test_a_damaged_first_page_is_told_with_the_last_copy_and_nothing_is_touched(
    store: Store, clock: FixedClock
) -> None:
    path = closed_with_a_copy(store, clock)
    damage(path, 0)
    before = path.read_bytes()
    with pytest.raises(DamagedDatabase, match=r"desk\.db.*2023-03-22 07:57 UTC"):
        store_in(path.parent)
    assert path.read_bytes() == before


def test_without_a_copy_damage_is_told_all_the_same(store: Store, folder: Path) -> None:
    store.close()
    damage(folder / "desk.db", 0)
    with pytest.raises(DamagedDatabase):
        store_in(folder)


def test_a_file_cut_short_is_damaged(store: Store, clock: FixedClock) -> None:
    path = closed_with_a_copy(store, clock)
    path.write_bytes(path.read_bytes()[: PAGE + 100])
    with pytest.raises(DamagedDatabase, match="07:57 UTC"):
        read_everything(path.parent)


def test_damage_in_any_page_is_found_when_everything_is_read(
    store: Store, clock: FixedClock
) -> None:
    path = closed_with_a_copy(store, clock)
    whole = path.read_bytes()
    missed = []
    for page in range(1, len(whole) // PAGE):
        damage(path, page)
        try:
            found = not read_everything(path.parent).ok
        except DamagedDatabase as told:
            found = "07:57 UTC" in str(told)
        missed += [] if found else [page]
        path.write_bytes(whole)
    assert missed == []


def read_everything(folder: Path) -> Verification:
    """Open the store and let it check itself, as `vanel verify` does."""
    store = store_in(folder)
    try:
        with store.reading():
            return verify(store)
    finally:
        store.close()
