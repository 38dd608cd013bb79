"""What a badge template says, and where everything of it stands.

Lengths are millimetres on a page of the template's own size, from the top; a stock may scale them.
Type sizes are points. A floor (`smallest_pt`) is never scaled.
"""

from dataclasses import dataclass, field
from typing import Any, Final

from printing.page import Stock

FORMAT: Final = 1
"""The version of the file format."""


def limits(low: float, high: float, default: Any = None) -> Any:
    """Declare a number of the file with the range it must lie in."""
    metadata = {"low": low, "high": high}
    return (
        field(metadata=metadata) if default is None else field(default=default, metadata=metadata)
    )


def choice(*words: str, default: str | None = None) -> Any:
    """Declare a word of the file with the words it may be."""
    metadata = {"choices": words}
    return (
        field(metadata=metadata) if default is None else field(default=default, metadata=metadata)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A paper as the file describes it; sizes in dots."""

    id: str
    name: str
    width: int = limits(64, 10_000)
    height: int = limits(64, 20_000)
    dpi: int = limits(100, 1200)
    margin_mm: float = limits(0, 50, 0.0)
    scale: float = limits(0.2, 10, 1.0)

    @property
    def stock(self) -> Stock:
        """The paper to draw on."""
        return Stock(
            id=self.id,
            name=self.name,
            width=self.width,
            height=self.height,
            dpi=self.dpi,
            margin=self.margin_mm,
            scale=self.scale,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRule:
    """One text of a stack: which field, how large, on how many lines, how far below the last."""

    field: str = choice(
        "event_name", "event_line", "given_name", "family_name", "function", "organisation"
    )
    weight: str = choice("regular", "bold", default="regular")
    largest_pt: float = limits(4, 400)
    smallest_pt: float = limits(4, 100)
    lines: int = limits(1, 6, 1)
    leading: float = limits(0.8, 2, 1.1)
    gap_mm: float = limits(0, 50, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """Texts one under the other in a box; empty ones take no room."""

    top_mm: float = limits(0, 1000)
    height_mm: float = limits(1, 1000)
    align: str = choice("left", "centre", default="left")
    anchor: str = choice("top", "middle", "bottom", default="top")
    text: tuple[TextRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A black line from margin to margin."""

    top_mm: float = limits(0, 1000)
    height_mm: float = limits(0.1, 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The category: its word on its pattern; above it the row that tells categories by place."""

    top_mm: float = limits(0, 1000)
    height_mm: float = limits(5, 100)
    largest_pt: float = limits(4, 200)
    smallest_pt: float = limits(4, 100)
    side_mm: float = limits(3, 100)
    pattern_mm: float = limits(0.5, 10, 1.1)
    row_mm: float = limits(0, 20, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chips:
    """Small framed words: lunch, gala, languages."""

    top_mm: float = limits(0, 1000)
    height_mm: float = limits(3, 40)
    size_pt: float = limits(4, 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """The QR, alone on its band, and its digits in groups below."""

    top_mm: float = limits(0, 1000)
    height_mm: float = limits(10, 200)
    digits_mm: float = limits(2, 20)
    digits_pt: float = limits(4, 40)
    group: int = limits(2, 8, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A whole badge template; its first sheet is the one used when none is asked for."""

    format: int = limits(FORMAT, FORMAT)
    name: str
    sheet: tuple[Sheet, ...]
    stack: tuple[Stack, ...] = ()
    line: tuple[Line, ...] = ()
    band: Band
    chips: Chips
    code: Code

    @property
    def stocks(self) -> tuple[Stock, ...]:
        """The papers this template is drawn for, the usual one first."""
        return tuple(sheet.stock for sheet in self.sheet)

    def stock(self, stock_id: str = "") -> Stock | None:
        """Return the paper of that id, or the usual one; None when there is no such paper."""
        if not stock_id:
            return self.stocks[0]
        return next((stock for stock in self.stocks if stock.id == stock_id), None)
