"""Two processes on one home: nobody waits, nobody loses, and there is one window."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from db.store.clocks import boot_id
from desktop.theme import MOODS
from tests.faults.homes import ENV, guests, recorded
from tests.faults.tools import Figures, Judge, Stable, ids, lines, vanel, window

GREEN: Final = MOODS["admitted"].ground
COMMANDS: Final = 6
SCANS: Final = 300


def test_commands_beside_a_desk_at_work_lose_nothing_and_never_wait_in_vain(
    stable: Stable, home: Path, judge: Judge, figures: Figures
) -> None:
    codes, own = guests(home), []
    with stable.desk(home, "--seed", "11") as working:
        heard = working.heard.readline()
        for _ in range(COMMANDS):
            told = vanel(home, "scan", next(codes))
            assert told.status == 0
            own.append({"fact": told.data["fact"], "kind": None, "job": told.data["job"]})
        assert vanel(home, "verify").data["ok"] is True
        working.kill()
        heard += working.heard.read()
    shown = lines(heard)
    assert [line for line in shown if "error" in line] == []
    assert judge.judge(home, shown).spotless
    assert ids(own) | ids(shown) <= recorded(home)
    figures.tell("commands beside a desk", commands=COMMANDS, scans_beside=len(shown), lost=0)


def test_two_desks_at_work_on_one_home_lose_nothing(
    stable: Stable, home: Path, judge: Judge, figures: Figures
) -> None:
    command = [sys.executable, "-m", "tests.faults.child", str(home), "--scans", str(SCANS)]
    with subprocess.Popen(command, env=ENV, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        heard = other.stdout.readline()
        with stable.desk(home, "--seed", "5", "--scans", str(SCANS)) as working:
            mine = lines(working.heard.read())
        theirs = lines(heard + other.stdout.read())
    shown = mine + theirs
    assert [line for line in shown if "error" in line] == []
    assert judge.judge(home, shown).spotless
    assert ids(shown) == recorded(home)
    figures.tell("two desks on one home", scans=2 * SCANS, busy=0, lost=0)


def test_a_second_window_is_refused_and_the_first_goes_on(home: Path) -> None:
    codes = guests(home)
    with window(home) as first:
        assert first.hear() == {"ready": True}
        with window(home) as second:
            assert second.hear()["step"]
            assert second.close() == 1
        assert first.ask(f"scan {next(codes)}")["ground"] == GREEN
        assert first.close() == 0


def test_a_window_opens_after_one_that_was_killed(home: Path) -> None:
    with window(home) as first:
        assert first.hear() == {"ready": True}
        first.kill()
    with window(home) as second:
        assert second.hear() == {"ready": True}


def test_a_lock_file_that_nobody_holds_is_taken_over(home: Path) -> None:
    text = json.dumps({"pid": os.getpid(), "boot": boot_id()})
    (home / "window.lock").write_text(text, "utf-8")
    with window(home) as talk:
        assert talk.hear() == {"ready": True}
