"""The demo: a home of its own, every screen, and a badge that reads back."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from tests.desktop.cli.conftest import Ask
from tests.printing.paper import printed

OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen", "DISPLAY": "", "WAYLAND_DISPLAY": ""}


def demo(tmp_path: Path, *words: str) -> dict[str, object]:
    """Run it as a person does, in a process of its own, in an account that has no home yet."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    environ = {**os.environ, **OFFSCREEN, "TMPDIR": str(scratch)}
    environ |= {"XDG_DATA_HOME": str(tmp_path / "data"), "VANEL_HOME": ""}
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "demo", "--people", "60", "--json", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environ,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def test_without_a_display_every_screen_is_drawn_and_nothing_else_is_left(tmp_path: Path) -> None:
    answer = demo(tmp_path)
    files = answer["files"]
    assert isinstance(files, list)
    assert len(files) > 20
    assert all(Path(file).stat().st_size > 0 for file in files)
    folder = Path(str(answer["folder"]))
    assert folder.is_relative_to(tmp_path / "scratch")
    assert list((tmp_path / "scratch").glob("vanel*")) == [folder]
    assert not (tmp_path / "data").exists()

    code = answer["code"]
    preview = Image.open(folder / "badge.png")
    assert [found.text for found in zxingcpp.read_barcodes(preview)] == [code]
    paper = printed((folder / "badge.escpos").read_bytes())
    dots = Image.frombytes("1", preview.size, b"".join(paper.rows), "raw", "1;I")
    assert dots.tobytes() == preview.convert("1").tobytes()
    assert (folder / "badge.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("words", [[], ["--tour", "pictures"]])
def test_a_home_in_use_is_never_touched(forum: Ask, home: Path, words: list[str]) -> None:
    before = forum("status")
    told = forum("demo", *words, status=1)["error"]
    assert isinstance(told, dict)
    assert told["id"] == "home-in-use"
    assert forum("status") == before
    assert {entry.name for entry in home.iterdir()} == {"events", "keys.json", "settings.json"}
