"""Power cuts: a hundred scans are recorded call by call, then the power goes at any of them."""

import secrets
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest

from db.desk.desk import load_event
from db.store.clocks import moment_now, new_id
from db.store.home import Home
from tests.faults.disk import Disk, records
from tests.faults.homes import forum, made
from tests.faults.tools import Figures, Judge, Sentence, Stable

SCANNING: Final = ("--scans", "100", "--seed", "7")
IMAGES: Final = 120
IMAGES_OF_MUTANT: Final = 40
PEOPLE: Final = 80
IMAGES_OF_LOADING: Final = 40
WHOLE: Final = PEOPLE + 2
"""Facts after loading: the programme, the import, one per person."""


@pytest.fixture(scope="module")
def small_original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("small") / "home", PEOPLE)


@pytest.fixture
def small_home(small_original: Path, tmp_path: Path) -> Path:
    return shutil.copytree(small_original, tmp_path / "home")


def images(
    stable: Stable, home: Path, *words: str, count: int
) -> Iterator[tuple[Path, list[dict[str, Any]]]]:
    """Yield the home as power cuts leave it, each time with what had been shown by then."""
    log, disk, random = home.with_name("record"), Disk(home), Random(" ".join(words))
    with stable.desk(home, *words, SHIM_UNDER=str(home), SHIM_LOG=str(log)) as working:
        working.heard.read()
    calls = list(records(log))
    cuts = Counter(random.randrange(len(calls)) for _ in range(count))
    for number, call in enumerate(calls):
        disk.take(call)
        for _ in range(cuts[number]):
            yield _written(disk.left(random), home), list(disk.shown)


def _written(files: dict[str, bytes], home: Path) -> Path:
    shutil.rmtree(home)
    home.mkdir()
    for name, content in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return home


def test_no_power_cut_loses_what_was_shown(
    stable: Stable, shim: Path, small_home: Path, judge: Judge, figures: Figures
) -> None:
    seen = 0
    cut = images(stable, small_home, *SCANNING, count=IMAGES)
    for number, (home, shown) in enumerate(cut):
        found = judge.judge(home, shown)
        assert found.spotless, f"image {number}: {found}"
        seen += len(shown)
    assert seen > IMAGES
    figures.tell("power cut, FULL", images=IMAGES, facts_shown_before=seen, lost_in=0, broken=0)


@pytest.mark.parametrize("mutant", ["normal", "off"])
def test_a_database_that_does_not_sync_loses_and_is_caught(
    mutant: str,
    stable: Stable,
    shim: Path,
    small_home: Path,
    judge: Judge,
    figures: Figures,
) -> None:
    cut = images(stable, small_home, *SCANNING, "--mutant", mutant, count=IMAGES_OF_MUTANT)
    found = [judge.judge(home, shown) for home, shown in cut]
    assert sum(bool(each.lost) for each in found) > 0
    figures.tell(
        f"power cut, {mutant.upper()}",
        images=len(found),
        lost_in=sum(bool(each.lost) for each in found),
        broken=sum(_is_broken(each) for each in found),
    )


def _is_broken(found: Sentence) -> bool:
    return bool(found.error or found.problems)


def test_a_power_cut_while_a_forum_is_loaded_leaves_a_home_that_can_be_loaded(
    stable: Stable, shim: Path, tmp_path: Path, judge: Judge, figures: Figures
) -> None:
    empty = tmp_path / "home"
    empty.mkdir()
    before: Counter[str] = Counter()
    for home, shown in images(stable, empty, "--make", str(PEOPLE), count=IMAGES_OF_LOADING):
        found = judge.judge(home, [])
        assert not found.problems
        assert found.error in (None, "no-event")
        assert found.facts in ({WHOLE} if shown else {0, 1, WHOLE}), "an import is whole or absent"
        before["nothing" if found.facts == 0 else "the forum" if found.facts == 1 else "all"] += 1
        load_event(
            Home(home), forum(), clock=moment_now, new_id=new_id, token=secrets.token_bytes
        ).close()
        assert judge.judge(home, []).facts == max(found.facts, 1)
    figures.tell("power cut while loading", **before)
