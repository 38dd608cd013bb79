"""kill -9 at random moments: what a person has seen is in the log after the restart."""

import select
import shutil
from pathlib import Path
from random import Random
from typing import Final

from tests.faults.tools import Figures, Judge, Line, Stable, lines

KILLS: Final = 50
SHOWN_AT_MOST: Final = 60
MOMENT_S: Final = 0.004
"""A scan takes about a millisecond: the kill falls anywhere inside the next few."""
FRESH_EVERY: Final = 10
CALLS_KILLED: Final = 20
LATEST_CALL: Final = 300


def killed(stable: Stable, home: Path, seed: int, mutant: str = "none") -> list[Line]:
    """Let a desk scan, kill it at a moment that the seed chooses, return all it had shown."""
    random = Random(seed)
    with stable.desk(home, "--seed", str(seed), "--mutant", mutant) as working:
        heard = b"".join(working.heard.readline() for _ in range(random.randint(2, SHOWN_AT_MOST)))
        select.select([], [], [], random.uniform(0, MOMENT_S))  # the random moment itself
        working.kill()
        return lines(heard + working.heard.read())


def test_every_admission_that_was_shown_survives_fifty_kills(
    stable: Stable, fresh_home: Path, tmp_path: Path, judge: Judge, figures: Figures
) -> None:
    shown: list[Line] = []
    told = badges = 0
    for seed in range(KILLS):
        if seed % FRESH_EVERY == 0:  # a long-lived home too, but not for ever
            home = shutil.copytree(fresh_home, tmp_path / str(seed))
            shown = []
        new = killed(stable, home, seed)
        assert [line for line in new if "error" in line or "bug" in line] == []
        shown += new
        told += sum(bool(line.get("fact")) for line in new)
        badges += sum(bool(line.get("job")) for line in new)
        assert judge.judge(home, shown).spotless, f"seed {seed}"
    assert told > 10 * KILLS
    assert badges > KILLS
    figures.tell("kill -9", kills=KILLS, facts_shown=told, badges_owed=badges, lost=0)


def test_a_kill_inside_a_write_leaves_nothing_half_done(
    stable: Stable,
    fresh_home: Path,
    tmp_path: Path,
    shim: Path,
    judge: Judge,
    figures: Figures,
) -> None:
    random, told = Random(1), 0
    for number in range(CALLS_KILLED):
        home = shutil.copytree(fresh_home, tmp_path / str(number))
        calls = str(random.randint(2, LATEST_CALL))
        env = {"SHIM_UNDER": str(home), "SHIM_KILL": calls}
        with stable.desk(home, "--seed", str(number), **env) as working:
            shown = lines(working.heard.read())
        assert judge.judge(home, shown).spotless, f"call {calls}"
        told += len(shown)
    figures.tell("kill at a chosen system call", kills=CALLS_KILLED, shown=told, lost=0)


def test_a_desk_that_shows_green_before_the_commit_is_caught(
    stable: Stable, fresh_home: Path, tmp_path: Path, judge: Judge, figures: Figures
) -> None:
    lost = 0
    for seed in range(5):
        home = shutil.copytree(fresh_home, tmp_path / str(seed))
        lost += len(judge.judge(home, killed(stable, home, seed, "commits-late")).lost)
    assert lost > 0
    figures.tell("kill -9, commit after the green", kills=5, lost=lost)
