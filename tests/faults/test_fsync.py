"""A disk that does not confirm a write: no green, nothing half recorded, and on it goes after."""

from pathlib import Path
from typing import Final

import pytest

from desktop.theme import MOODS
from tests.faults.homes import guests, recorded
from tests.faults.tools import Figures, Judge, Line, Stable, ids, lines, vanel, window

GREEN: Final = MOODS["admitted"].ground
FAILED: Final = MOODS["failed"].ground
SCANS: Final = 200
BEFORE: Final = 20
SURE: Final = 100
"""So many of the last outcomes came long after the disk had begun to fail."""


@pytest.fixture
def failing(tmp_path: Path) -> Path:
    """The file that makes the disk fail while it exists."""
    return tmp_path / "failing"


def shimmed(shim: Path, home: Path, failing: Path) -> dict[str, str]:
    return {"LD_PRELOAD": str(shim), "SHIM_UNDER": str(home), "SHIM_EIO": str(failing)}


def test_the_window_shows_no_green_while_the_disk_fails(
    shim: Path, home: Path, failing: Path, judge: Judge
) -> None:
    codes = guests(home)
    with window(home, shimmed(shim, home, failing)) as talk:
        assert talk.hear() == {"ready": True}
        assert talk.ask(f"scan {next(codes)}")["ground"] == GREEN
        failing.touch()
        refused = next(codes)
        for code in (refused, next(codes), next(codes)):
            assert talk.ask(f"scan {code}")["ground"] == FAILED
        failing.unlink()
        assert talk.ask(f"scan {refused}")["ground"] == GREEN
        assert talk.ask(f"scan {next(codes)}")["ground"] == GREEN
        assert talk.close() == 0
    assert judge.judge(home, []).spotless
    assert len(recorded(home)) == 6, "three admissions, three badges"
    assert list(home.glob("crash/2*.txt")) == [], "it was foreseen"


def test_the_command_says_that_the_scan_was_not_recorded(
    shim: Path, home: Path, failing: Path, judge: Judge
) -> None:
    code, env = next(guests(home)), shimmed(shim, home, failing)
    failing.touch()
    told = vanel(home, "scan", code, env=env)
    assert (told.status, told.error) == (1, "disk-failed")
    assert "admitted" not in told.data
    assert recorded(home) == set()
    failing.unlink()
    assert vanel(home, "scan", code, env=env).data["admitted"] is True
    assert judge.judge(home, []).spotless


def outcomes(stable: Stable, home: Path, failing: Path, mutant: str) -> list[Line]:
    """Return the outcomes of many scans while the disk begins to fail."""
    words = ("--scans", str(SCANS), "--seed", "3", "--mutant", mutant)
    env = {"SHIM_UNDER": str(home), "SHIM_EIO": str(failing)}
    with stable.desk(home, *words, **env) as working:
        heard = b"".join(working.heard.readline() for _ in range(BEFORE))
        failing.touch()
        return lines(heard + working.heard.read())


def test_the_worker_reports_each_scan_that_was_not_confirmed(
    stable: Stable, shim: Path, home: Path, failing: Path, judge: Judge, figures: Figures
) -> None:
    told = outcomes(stable, home, failing, "none")
    errors = [line["error"] for line in told[-SURE:]]
    assert errors == ["disk-failed"] * SURE
    failing.unlink()
    assert judge.judge(home, told).spotless
    assert recorded(home) == ids(told), "what was said not to be recorded is not"
    shown = sum(bool(line.get("fact")) for line in told)
    figures.tell("fsync fails", scans=SCANS, shown_before=shown, shown_after=0)


@pytest.mark.parametrize("mutant", ["normal", "off"])
def test_a_database_that_does_not_ask_the_disk_shows_green_and_is_caught(
    mutant: str, stable: Stable, shim: Path, home: Path, failing: Path, figures: Figures
) -> None:
    told = outcomes(stable, home, failing, mutant)
    green = sum(line.get("kind") == "entered" for line in told[-SURE:])
    assert green > 0
    figures.tell(f"fsync fails, {mutant.upper()}", scans=SURE, green=green)
