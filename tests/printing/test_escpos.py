import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from printing.badge import compose
from printing.drivers.escpos import escpos_bytes
from printing.page import Bitmap, Page
from printing.render import bitmap_of, png_of
from printing.template_file import default_template
from tests.printing.paper import printed
from tests.printing.people import badge


@pytest.fixture(scope="module")
def page() -> Page:
    template = default_template()
    return compose(template, badge(), template.stocks[0])


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def test_the_paper_shows_the_preview_dot_for_dot(page: Page, cache: Path) -> None:
    bitmap = bitmap_of(page)
    preview = Image.open(io.BytesIO(png_of(bitmap)))
    seen = [[preview.getpixel((x, y)) == 0 for x in range(576)] for y in range(960)]
    assert printed(escpos_bytes(bitmap, cut=True, cache_folder=cache)).dots() == seen


def test_each_badge_is_cut_once_at_its_end_only_when_asked(page: Page, cache: Path) -> None:
    bitmap = bitmap_of(page)
    assert printed(escpos_bytes(bitmap, cut=True, cache_folder=cache)).cuts == [960]
    assert printed(escpos_bytes(bitmap, cut=False, cache_folder=cache)).cuts == []


def test_a_badge_longer_than_one_command_comes_out_whole(cache: Path) -> None:
    rows = bytes(n % 251 for n in range(64 * 3000))
    long = Bitmap(width=512, height=3000, dpi=203, rows=rows)
    assert b"".join(printed(escpos_bytes(long, cut=True, cache_folder=cache)).rows) == rows


IMPORT = """
import logging, pathlib, sys
from printing.drivers.escpos import escpos_bytes
from printing.page import Bitmap
folder = pathlib.Path(sys.argv[1])
for _ in range(2):
    escpos_bytes(Bitmap(8, 1, 203, b"\\xff"), cut=False, cache_folder=folder)
assert logging.getLogger().handlers == []
"""


@pytest.mark.parametrize("damage", ["", "cut short", "in the way"])
def test_the_library_leaves_no_trace_and_survives_a_damaged_cache(
    tmp_path: Path, damage: str
) -> None:
    scratch, cache = tmp_path / "scratch", tmp_path / "cache"
    scratch.mkdir()
    if damage == "cut short":
        cache.mkdir()
        version = ".".join(map(str, sys.version_info[:3]))
        (cache / f"{version}.capabilities.pickle").write_bytes(b"\x80")
    elif damage == "in the way":
        cache.write_text("a file where the folder should be")
    done = subprocess.run(
        [sys.executable, "-c", IMPORT, str(cache)],
        env={**os.environ, "TMPDIR": str(scratch)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(scratch.iterdir()) == []
