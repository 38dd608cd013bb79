"""Power cuts: a hundred scans are recorded call by call, then the power goes at any of them."""

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest

from tests.faults.disk import Disk, records
from tests.faults.homes import made
from tests.faults.tools import Figures, Judge, Sentence, Stable

SCANS: Final = 100
IMAGES: Final = 120
IMAGES_OF_MUTANT: Final = 40
PEOPLE: Final = 80


@pytest.fixture(scope="module")
def small_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("small") / "home", PEOPLE)


def images(
    stable: Stable, original: Path, scratch: Path, count: int, mutant: str = "none"
) -> Iterator[tuple[Path, list[dict[str, Any]]]]:
    """Yield homes as power cuts leave them, each with what had been shown by then."""
    home, log = shutil.copytree(original, scratch / "home"), scratch / "record"
    disk, random = Disk(home), Random(f"{mutant} {count}")
    words = ("--scans", str(SCANS), "--seed", "7", "--mutant", mutant)
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
    for name, content in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return home


def test_no_power_cut_loses_what_was_shown(
    stable: Stable, shim: Path, small_home: Path, tmp_path: Path, judge: Judge, figures: Figures
) -> None:
    seen = 0
    for number, (home, shown) in enumerate(images(stable, small_home, tmp_path, IMAGES)):
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
    tmp_path: Path,
    judge: Judge,
    figures: Figures,
) -> None:
    found = [
        judge.judge(home, shown)
        for home, shown in images(stable, small_home, tmp_path, IMAGES_OF_MUTANT, mutant)
    ]
    assert sum(bool(each.lost) for each in found) > 0
    figures.tell(
        f"power cut, {mutant.upper()}",
        images=len(found),
        lost_in=sum(bool(each.lost) for each in found),
        broken=sum(_is_broken(each) for each in found),
    )


def _is_broken(found: Sentence) -> bool:
    return bool(found.error or found.problems)
