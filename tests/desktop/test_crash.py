"""A crash leaves a report that says where, and nothing about anybody."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db.domain.errors import NotFound
from desktop.crash import KEPT, Crashes, described

CODE = "1234567890123"


class Clock:
    """Gives a later instant each time."""

    def __init__(self) -> None:
        self.at = datetime(2023, 3, 22, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


def failure() -> Exception:
    name = "Ada Essai"
    try:
        try:
            raise KeyError(name)
        except KeyError as error:
            raise ValueError(f"{name} {CODE}") from error
    except ValueError as error:
        return error


def test_a_report_says_where_and_names_nobody() -> None:
    text = described(failure())
    assert "test_crash.py" in text
    assert "ValueError" in text
    assert "caused by" in text
    assert CODE not in text
    assert str(Path.home()) not in text


def test_a_known_failure_is_named_by_its_id_without_its_parts() -> None:
    assert described(NotFound(what="person", name=CODE)).strip().endswith("NotFound: not-found")


def test_a_report_is_found_once_and_kept(tmp_path: Path) -> None:
    crashes = Crashes(tmp_path / "crash", Clock(), "1.2.3")
    assert crashes.found() == ""
    assert crashes.report(failure()) is not None
    assert "Vanel 1.2.3" in crashes.found()
    crashes.seen()
    assert crashes.found() == ""
    assert len(list((tmp_path / "crash" / "seen").glob("*.txt"))) == 1


def test_old_reports_make_room(tmp_path: Path) -> None:
    crashes = Crashes(tmp_path, Clock(), "1")
    for _ in range(KEPT + 5):
        crashes.report(failure())
    assert len(list(tmp_path.glob("*.txt"))) == KEPT


def test_a_home_that_cannot_be_written_costs_the_report_and_nothing_more(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert Crashes(tmp_path / "file" / "crash", Clock(), "1").report(failure()) is None


def test_a_process_that_dies_natively_is_found_at_the_next_start(tmp_path: Path) -> None:
    program = (
        "import sys, faulthandler\nfrom pathlib import Path\nfrom datetime import datetime, UTC\n"
        "from desktop.crash import Crashes\n"
        "Crashes(Path(sys.argv[1]), lambda: datetime.now(UTC), '1').watch()\n"
        "faulthandler._sigabrt()\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False)
    assert done.returncode != 0
    assert "Aborted" in Crashes(tmp_path, Clock(), "1").found()
