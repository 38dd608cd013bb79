from itertools import combinations

import pytest

from printing.page import Bitmap, Box, Page, Polygon, Stamp, Stock
from printing.patterns import FINEST, PATTERNS, patterned
from printing.render import bitmap_of

BAND = Stock(id="band", name="a band alone", width=576, height=104, dpi=203)
FRAME = Box(0, 0, 576, 104)


def band(pattern: str, text_width: float = 200) -> Bitmap:
    return bitmap_of(Page(BAND, (Stamp(patterned(pattern, FRAME, FINEST, text_width)),)))


def share(bitmap: Bitmap) -> float:
    return sum(byte.bit_count() for byte in bitmap.rows) / (bitmap.width * bitmap.height)


def test_the_five_patterns_differ_in_a_quarter_of_a_side() -> None:
    for one, other in combinations([band(pattern) for pattern in PATTERNS], 2):
        differing = sum(
            one.black(x, y) != other.black(x, y) for x in range(150) for y in range(104)
        )
        assert differing > 150 * 104 / 4


def test_only_solid_is_mostly_black() -> None:
    assert [pattern for pattern in PATTERNS if share(band(pattern)) > 0.5] == ["solid"]


@pytest.mark.parametrize("pattern", ["stripes", "dots", "checks", "outline"])
def test_the_word_stands_on_white(pattern: str) -> None:
    bitmap = band(pattern)
    middle = range(FINEST + 1, 104 - FINEST - 1)
    assert not any(bitmap.black(x, y) for x in range(188, 388) for y in middle)


@pytest.mark.parametrize("pattern", ["stripes", "dots", "checks"])
def test_no_detail_is_finer_than_eight_dots_across(pattern: str) -> None:
    bitmap = band(pattern)
    longest = max(run_through(bitmap, y) for y in range(20, 84))
    assert longest >= FINEST


def run_through(bitmap: Bitmap, y: int) -> int:
    """Return the longest black run of one row, left of the word."""
    row = "".join("#" if bitmap.black(x, y) else " " for x in range(180))
    return max(len(run) for run in row.split(" "))


def test_stripes_stay_inside_their_band() -> None:
    corners = [
        corner
        for stroke in patterned("stripes", Box(10, 20, 300, 60), FINEST, 100)
        if isinstance(stroke, Polygon)
        for corner in stroke.corners
    ]
    assert all(10 <= x <= 310 and 20 <= y <= 80 for x, y in corners)


def test_an_unknown_pattern_is_an_outline() -> None:
    assert patterned("zigzag", FRAME, 8, 100) == patterned("outline", FRAME, 8, 100)
