"""A home that cannot be written: what reads goes on, what writes says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.homes import EVENT, ROOT, recorded
from tests.faults.mounts import read_only
from tests.faults.tools import vanel


@pytest.fixture
def frozen(home: Path) -> Iterator[Path]:
    with read_only(home):
        yield home


@pytest.mark.parametrize(
    "words", [("status",), ("find", "marie"), ("verify",), ("queue",), ("scan", "1", "--info")]
)
def test_what_only_reads_still_answers(frozen: Path, words: tuple[str, ...]) -> None:
    assert vanel(frozen, *words).status == 0


def test_a_scan_says_that_the_folder_cannot_be_written(frozen: Path) -> None:
    told = vanel(frozen, "scan", "1")
    assert (told.status, told.error) == (1, "read-only")
    assert told.data["error"]["next"]
    assert recorded(frozen) == set()


def test_a_table_is_not_taken_in(frozen: Path, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("Prénom,Nom\nZoé,Invention\n", "utf-8")
    told = vanel(frozen, "import", str(table))
    assert (told.status, told.error) == (1, "read-only")


def test_a_forum_is_not_loaded_where_nothing_can_be_written(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with read_only(empty):
        told = vanel(empty, "event", "load", str(ROOT / "resources" / "events" / f"{EVENT}.toml"))
    assert (told.status, told.error) == (1, "read-only")


def test_no_window_opens_where_nothing_can_be_recorded(frozen: Path) -> None:
    told = vanel(frozen, "desk")
    assert (told.status, told.error) == (1, "read-only")
