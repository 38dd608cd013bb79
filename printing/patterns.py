"""Categories without colour: five grounds that stay distinct on a worn thermal head."""

from collections.abc import Callable, Iterator
from typing import Final

from printing.page import Box, Disc, Polygon, Stroke

FINEST: Final = 8
"""Dots; anything smaller turns grey on a worn thermal head."""

Point = tuple[float, float]


def patterned(pattern: str, frame: Box, dots: int, text_width: float) -> tuple[Stroke, ...]:
    """Fill a band; `dots` is the finest detail, `text_width` what the word needs (both dots)."""
    return tuple(PATTERNS.get(pattern, _outline)(frame, dots, text_width))


def _solid(frame: Box, dots: int, text_width: float) -> Iterator[Stroke]:
    yield frame


def _outline(frame: Box, dots: int, text_width: float) -> Iterator[Stroke]:
    yield frame
    yield _inset(frame, dots)


def _stripes(frame: Box, dots: int, text_width: float) -> Iterator[Stroke]:
    """Draw diagonals, as thick as the gaps between them."""
    step = dots * 2 * 1.5
    start = frame.x - frame.height
    while start < frame.x + frame.width:
        yield Polygon(_clipped(frame, start, start + step / 2))
        start += step
    yield _plate(frame, dots, text_width)


def _clipped(frame: Box, left: float, right: float) -> tuple[Point, ...]:
    """Return a diagonal bar, `left` to `right` at the bottom, cut at the frame's sides."""
    top, bottom, rise = frame.y, frame.y + frame.height, frame.height
    corners = ((left, bottom), (right, bottom), (right + rise, top), (left + rise, top))
    kept = _cut(corners, lambda point: point[0] - frame.x)
    return _cut(kept, lambda point: frame.x + frame.width - point[0])


def _cut(corners: tuple[Point, ...], inside: Callable[[Point], float]) -> tuple[Point, ...]:
    """Keep the part of a polygon where `inside` is not negative."""
    kept: list[Point] = []
    for i, here in enumerate(corners):
        before = corners[i - 1]
        a, b = inside(before), inside(here)
        if (a < 0) != (b < 0):
            share = a / (a - b)
            x, y = (p + share * (q - p) for p, q in zip(before, here, strict=True))
            kept.append((x, y))
        if b >= 0:
            kept.append(here)
    return tuple(kept)


def _dots(frame: Box, dots: int, text_width: float) -> Iterator[Stroke]:
    """Draw staggered discs between two rules."""
    step = dots * 2
    rows = int((frame.height - dots) // step)
    top = frame.y + (frame.height - rows * step) / 2 + step / 2
    for row in range(rows):
        shift = step / 2 if row % 2 else 0
        columns = int((frame.width - shift) // step)
        for column in range(columns):
            yield Disc(frame.x + shift + (column + 0.5) * step, top + row * step, dots * 0.62)
    yield _plate(frame, dots, text_width)


def _checks(frame: Box, dots: int, text_width: float) -> Iterator[Stroke]:
    side = frame.height / max(2, round(frame.height / (dots * 1.6)))
    columns = round(frame.width / side)
    wide = frame.width / columns
    for row in range(round(frame.height / side)):
        for column in range(row % 2, columns, 2):
            x, y = frame.x + column * wide, frame.y + row * side
            yield Box(round(x), round(y), round(x + wide) - round(x), round(y + side) - round(y))
    yield _plate(frame, dots, text_width)


def _plate(frame: Box, dots: int, text_width: float) -> Box:
    """Return the white ground of the word."""
    width = min(frame.width, text_width + 5 * dots)
    left = frame.x + (frame.width - width) / 2
    return Box(round(left), frame.y, round(width), frame.height, white=True)


def _inset(frame: Box, by: int) -> Box:
    return Box(frame.x + by, frame.y + by, frame.width - 2 * by, frame.height - 2 * by, white=True)


PATTERNS: Final[dict[str, Callable[[Box, int, float], Iterator[Stroke]]]] = {
    "solid": _solid,
    "outline": _outline,
    "stripes": _stripes,
    "dots": _dots,
    "checks": _checks,
}
"""What a category's `pattern` may be."""
