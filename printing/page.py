"""A page is data: strokes in whole printer dots, seen the same by screen, PDF and paper."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

MM_PER_INCH: Final = 25.4
PT_PER_INCH: Final = 72


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """A paper: printable size in dots, dots per inch.

    `margin` is kept free on all sides, in mm; `scale` is how much larger than the template's own
    millimetres everything is drawn.
    """

    id: str
    name: str
    width: int
    height: int
    dpi: int
    margin: float = 0.0
    scale: float = 1.0

    def mm(self, length: float) -> float:
        """Turn a length in millimetres of the template into dots of this stock."""
        return length * self.scale * self.dpi / MM_PER_INCH

    def pt(self, size: float) -> float:
        """Turn points into dots, whatever the scale: a floor is a floor for the eye."""
        return size * self.dpi / PT_PER_INCH

    def down(self, top: float) -> float:
        """Turn a distance from the template's top (mm) into dots from the paper's top."""
        return self.edge + self.mm(top)

    @property
    def edge(self) -> int:
        """Dots of the margin."""
        return round(self.margin * self.dpi / MM_PER_INCH)

    @property
    def inner(self) -> int:
        """Dots from the left margin to the right one."""
        return self.width - 2 * self.edge

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height of the printed part in millimetres."""
        return (self.width / self.dpi * MM_PER_INCH, self.height / self.dpi * MM_PER_INCH)


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; `x` is its left end, `y` its baseline, `size` the em, all in dots."""

    x: float
    y: float
    size: float
    text: str
    face: str
    white: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle with rounded corners; dots, from the top left."""

    x: float
    y: float
    width: float
    height: float
    radius: float = 0
    white: bool = False


@dataclass(frozen=True, slots=True)
class Polygon:
    """A filled black polygon; corners in dots, from the top left."""

    corners: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Disc:
    """A filled black disc; centre and radius in dots."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Squares:
    """A square grid of modules, `module` dots each; `rows` says which are black."""

    x: int
    y: int
    module: int
    rows: tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, slots=True)
class Stamp:
    """Strokes that many pages share; a document of many pages holds them once."""

    strokes: tuple["Stroke", ...]


Stroke = Words | Box | Polygon | Disc | Squares | Stamp


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know before printing; `message` is a msgid with `{named}` parts.

    `about` is the badge field it speaks of; no part ever holds what the field says.
    """

    about: str
    message: str
    parts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """One badge, drawn: strokes in painting order, and what to know before printing it."""

    stock: Stock
    strokes: tuple[Stroke, ...]
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Bitmap:
    """Black and white dots: rows of whole bytes, leftmost dot in the highest bit, 1 is black."""

    width: int
    height: int
    dpi: int
    rows: bytes

    @property
    def stride(self) -> int:
        """Bytes in one row."""
        return (self.width + 7) // 8

    def black(self, x: int, y: int) -> bool:
        """Tell whether a dot is black; (0, 0) is the top left one."""
        return bool(self.rows[y * self.stride + x // 8] >> (7 - x % 8) & 1)
