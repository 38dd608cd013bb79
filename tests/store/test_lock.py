"""One window and one spool per home, whoever died before."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from db.store.errors import StoreError
from db.store.lock import PRINTING, WINDOW, Lock

HOLD = """
import sys
from pathlib import Path
from db.store.lock import Lock
lock = Lock(Path(sys.argv[1]), sys.argv[2])
sys.stdout.write(f"{lock.acquire()}\\n")
sys.stdout.flush()
sys.stdin.read()
"""


@contextmanager
def process_that_takes(folder: Path, purpose: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Run another process that asks for the lock and keeps it while this block lasts."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder), purpose],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as process:
        assert process.stdout is not None
        yield process, process.stdout.readline().strip()
        assert process.stdin is not None
        process.stdin.close()


def test_a_second_process_is_refused_and_told_who_has_it(tmp_path: Path) -> None:
    lock = Lock(tmp_path, WINDOW)
    with process_that_takes(tmp_path, WINDOW) as (process, got_it):
        assert got_it == "True"
        assert not lock.acquire()
        assert not lock.held
        assert lock.holder == str(process.pid)


def test_a_process_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    with process_that_takes(tmp_path, WINDOW) as (process, _):
        process.kill()
        process.wait()
        lock = Lock(tmp_path, WINDOW)
        assert lock.holder == str(process.pid)  # its file is still there
        assert lock.acquire()
        assert lock.holder != str(process.pid)
    lock.release()


def test_the_other_way_round_a_process_is_refused_what_this_one_holds(tmp_path: Path) -> None:
    lock = Lock(tmp_path, PRINTING)
    assert lock.acquire()
    with process_that_takes(tmp_path, PRINTING) as (_, got_it):
        assert got_it == "False"
    lock.release()
    with process_that_takes(tmp_path, PRINTING) as (_, got_it):
        assert got_it == "True"


def test_two_owners_within_one_process_are_kept_apart_too(tmp_path: Path) -> None:
    first, second = Lock(tmp_path, PRINTING), Lock(tmp_path, PRINTING)
    assert first.acquire()
    assert first.acquire()
    assert not second.acquire()
    first.release()
    first.release()
    assert second.acquire()
    second.release()


def test_window_and_printing_are_two_locks(tmp_path: Path) -> None:
    window, printing = Lock(tmp_path, WINDOW), Lock(tmp_path, PRINTING)
    assert window.acquire()
    assert printing.acquire()
    window.release()
    printing.release()


@pytest.mark.parametrize("left", ["", "{", "[]", '{"pid": 1, "boot": "another"}', "\x00" * 99])
def test_whatever_a_stale_file_says_it_is_taken_over(tmp_path: Path, left: str) -> None:
    (tmp_path / "window.lock").write_text(left, "utf-8")
    lock = Lock(tmp_path, WINDOW)
    assert lock.acquire()
    assert lock.holder
    lock.release()


def test_nothing_is_written_before_it_is_asked_for(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "absent", WINDOW)
    assert (lock.holder, lock.held) == ("", False)
    assert [*tmp_path.iterdir()] == []


def test_a_home_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file stands where the folder should be", "utf-8")
    with pytest.raises(StoreError):
        Lock(tmp_path / "home", WINDOW).acquire()
