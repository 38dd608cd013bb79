"""A full disk: it is said, no green is shown, and nothing from before is lost."""

import os
import shutil
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Final

import pytest

from db.exchange.invented import people, write_csv
from db.store.errors import DiskFull
from desktop.theme import MOODS
from tests.faults.homes import forum, guests, opened, recorded
from tests.faults.mounts import fill, small_disk
from tests.faults.tools import Figures, Judge, vanel, window

GREEN: Final = MOODS["admitted"].ground
FAILED: Final = MOODS["failed"].ground
MEGABYTES: Final = 8
LARGEST: Final = 20_480
"""Bytes of the largest file allowed: less than a scan writes."""
ROOM: Final = 200_000
"""Bytes left free: a handful of scans."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", MEGABYTES) as disk:
        yield disk


@pytest.fixture
def home(disk: Path, fresh_home: Path) -> Path:
    """A copy of the fresh home on the small disk."""
    return shutil.copytree(fresh_home, disk / "home")


def test_the_window_says_that_the_disk_is_full_and_goes_on_once_there_is_room(
    disk: Path, home: Path, judge: Judge, figures: Figures
) -> None:
    codes = guests(home)
    ballast = fill(disk, ROOM)
    with window(home) as talk:
        assert talk.hear() == {"ready": True}
        answers = (talk.ask(f"scan {code}")["ground"] for code in codes)
        green = sum(1 for _ in takewhile(lambda ground: ground == GREEN, answers))
        assert green > 0
        assert [next(answers) for _ in range(3)] == [FAILED] * 3
        ballast.unlink()
        assert next(answers) == GREEN
        assert talk.close() == 0
    assert judge.judge(home, []).spotless
    assert len(recorded(home)) == 2 * (green + 1), "an admission and a badge each"
    figures.tell("full disk", shown_before=green, shown_while_full=0, lost=0)


def test_the_command_says_that_the_disk_is_full(disk: Path, home: Path, judge: Judge) -> None:
    code = next(guests(home))
    ballast = fill(disk, 0)
    told = vanel(home, "scan", code)
    assert (told.status, told.error) == (1, "disk-full")
    ballast.unlink()
    assert recorded(home) == set()
    assert vanel(home, "scan", code).data["admitted"] is True
    assert judge.judge(home, []).spotless


def test_a_table_larger_than_the_disk_is_not_taken_in_at_all(
    disk: Path, home: Path, tmp_path: Path, judge: Judge
) -> None:
    table = tmp_path / "table.csv"
    write_csv(people(forum(), 5_000, seed=1), table)
    before = judge.judge(home, []).facts
    ballast = fill(disk, 10 * ROOM)
    told = vanel(home, "import", str(table))
    assert (told.status, told.error) == (1, "disk-full")
    after = judge.judge(home, [])
    assert (after.spotless, after.facts) == (True, before)
    ballast.unlink()


def test_a_backup_for_which_there_is_no_room_leaves_the_last_one(disk: Path, home: Path) -> None:
    with opened(home) as desk:
        desk.back_up()
        kept = sorted(p.name for p in (desk.store.folder / "backup").iterdir())
        fill(disk, ROOM)
        with pytest.raises(DiskFull):
            desk.back_up()
        left = sorted(p.name for p in (desk.store.folder / "backup").iterdir())
    assert left == kept


@pytest.mark.skipif(os.name != "posix", reason="needs limits of POSIX")
def test_a_file_that_may_not_grow_is_said_too(fresh_home: Path, tmp_path: Path) -> None:
    home = shutil.copytree(fresh_home, tmp_path / "home")
    code = next(guests(home))
    told = vanel(home, "scan", code, limit=LARGEST)
    assert (told.status, told.error) == (1, "disk-failed")
    assert recorded(home) == set()
    assert vanel(home, "scan", code).data["admitted"] is True
