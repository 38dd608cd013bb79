"""One attendee and one template make one page."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from printing.fit import Fitted, Space, fit
from printing.fonts import BOLD, REGULAR, clean, drawn, face_for, measure
from printing.page import Box, Notice, Page, Squares, Stamp, Stock, Stroke, Words
from printing.patterns import FINEST, patterned
from printing.qr import QUIET, module_dots, qr_of
from printing.template import Band, Chips, Code, Line, Stack, Template, TextRule
from resources.words import mark

CUT: Final = mark("The {label} is too long: it is cut short on the badge.")
UNDRAWABLE: Final = mark("The {label} has letters that the badge's typefaces cannot draw.")
NO_ROOM: Final = mark("There is no room for every option on the badge.")

LABELS: Final = {
    "event_name": mark("name of the event"),
    "event_line": mark("line under the event"),
    "given_name": mark("given name"),
    "family_name": mark("family name"),
    "function": mark("function"),
    "organisation": mark("organisation"),
    "category_word": mark("category"),
    "chips": mark("options"),
}
"""Field names as msgids, for the `label` of a notice."""

_ASCENT: Final = 0.74  # from the top of a line to its baseline, in ems: capitals and a little air
_HIGHEST: Final = 6.0  # largest size over floor that is of use
_FALL: Final = 0.05
_STEPS: Final = round((_HIGHEST - 1) / _FALL)  # then every text is at its floor


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgeData:
    """What one badge says; `code` is digits, `pattern` one of printing.patterns.PATTERNS.

    `position` of `positions` (from 0) is the category's rank among the event's: the band tells it
    by place too. No positions, no such row.
    """

    given_name: str
    family_name: str
    code: str
    function: str = ""
    organisation: str = ""
    category_word: str = ""
    pattern: str = "outline"
    position: int = 0
    positions: int = 0
    event_name: str = ""
    event_line: str = ""
    chips: tuple[str, ...] = ()


def compose(template: Template, data: BadgeData, stock: Stock) -> Page:
    """Draw one badge; notices tell what was cut short. Raises CodeDoesNotFit."""
    drawing = _Drawing(stock)
    for line in template.line:
        drawing.line(line)
    for stack in template.stack:
        drawing.stack(stack, data)
    drawing.band(template.band, data)
    drawing.chips(template.chips, data.chips)
    drawing.code(template.code, data.code)
    return Page(stock, tuple(drawing.strokes), tuple(drawing.notices))


@dataclass(frozen=True, slots=True)
class _Laid:
    """A text and the lines it became; `size` in dots."""

    rule: TextRule
    face: str
    fitted: Fitted

    def height(self) -> float:
        return len(self.fitted.lines) * self.fitted.size * self.rule.leading


class _Drawing:
    """Strokes and notices of one badge, while it is drawn."""

    def __init__(self, stock: Stock) -> None:
        self.stock = stock
        self.strokes: list[Stroke] = []
        self.notices: list[Notice] = []

    def line(self, line: Line) -> None:
        top, height = round(self.stock.down(line.top_mm)), round(self.stock.mm(line.height_mm))
        self.strokes.append(Box(self.stock.edge, top, self.stock.inner, max(1, height)))

    def stack(self, stack: Stack, data: BadgeData) -> None:
        rules = [rule for rule in stack.text if getattr(data, rule.field).strip()]
        room = self.stock.mm(stack.height_mm) - sum(self.stock.mm(r.gap_mm) for r in rules[1:])
        laid = self._laid(rules, data, room)
        for text in laid:
            self._judge(text.rule.field, getattr(data, text.rule.field), text.face, text.fitted)
        spare = {"top": 0.0, "middle": 0.5, "bottom": 1.0}[stack.anchor]
        y = self.stock.down(stack.top_mm) + spare * (room - sum(text.height() for text in laid))
        for i, text in enumerate(laid):
            y += self.stock.mm(text.rule.gap_mm) if i else 0
            self._lines(text, y, stack.align)
            y += text.height()

    def _laid(self, rules: Sequence[TextRule], data: BadgeData, room: float) -> list[_Laid]:
        """Fit each text alone, then lower the tallest ones until all stand in the room.

        Where even the floors do not, lines are given up, those of the smallest texts first.
        """
        lines = [rule.lines for rule in rules]
        spent = sorted(range(len(rules)), key=lambda i: rules[i].smallest_pt)
        given_up = [i for i in spent for _ in range(lines[i] - 1)]

        def at(step: int) -> list[_Laid]:
            less = Counter(given_up[: max(0, step - _STEPS)])
            most = [count - less[i] for i, count in enumerate(lines)]
            texts = [getattr(data, rule.field) for rule in rules]
            ceiling = max(1.0, _HIGHEST - step * _FALL)
            return [
                self._text(replace(rule, lines=count), text, ceiling, room)
                for rule, text, count in zip(rules, texts, most, strict=True)
            ]

        def stands(step: int) -> bool:
            return sum(text.height() for text in at(step)) <= room

        return at(bisect_left(range(_STEPS + len(given_up)), True, key=stands))

    def _text(self, rule: TextRule, text: str, ceiling: float, room: float) -> _Laid:
        """Fit one text, not larger than its floor × a ceiling."""
        face, _ = face_for(text, BOLD if rule.weight == "bold" else REGULAR)
        floor = self.stock.pt(rule.smallest_pt)
        top = min(self.stock.pt(rule.largest_pt) * self.stock.scale, floor * ceiling)
        space = Space(self.stock.inner, room, floor, max(floor, top), rule.lines, rule.leading)
        return _Laid(rule, face, fit(text, space, measure(face)))

    def _lines(self, text: _Laid, y: float, align: str) -> None:
        size = text.fitted.size
        for i, line in enumerate(text.fitted.lines):
            baseline = y + (i * text.rule.leading + _ASCENT) * size
            self._words(line, baseline, size, text.face, align)

    def _words(
        self, line: str, baseline: float, size: float, face: str, align: str, *, white: bool = False
    ) -> None:
        spare = self.stock.inner - measure(face)(line) * size
        x = self.stock.edge + (spare / 2 if align == "centre" else 0)
        self.strokes.append(Words(round(x), round(baseline), size, drawn(line), face, white))

    def _judge(self, field: str, text: str, face: str, fitted: Fitted) -> None:
        label = {"label": LABELS[field]}
        if fitted.cut:
            self.notices.append(Notice(field, CUT, label))
        if not face_for(text, BOLD)[1]:
            self.notices.append(Notice(field, UNDRAWABLE, label))

    def band(self, band: Band, data: BadgeData) -> None:
        stock = self.stock
        top, height = round(stock.down(band.top_mm)), round(stock.mm(band.height_mm))
        if data.positions:
            self._row(band, data.position, data.positions)
        if not data.category_word.strip():
            return
        side = stock.mm(band.side_mm)
        face, _ = face_for(data.category_word, BOLD)
        space = Space(
            width=stock.inner - 2 * side,
            height=height * 0.86,
            floor=stock.pt(band.smallest_pt),
            top=stock.pt(band.largest_pt) * stock.scale,
            lines=2,
            leading=1.0,
        )
        fitted = fit(data.category_word, space, measure(face))
        self._judge("category_word", data.category_word, face, fitted)
        widest = max(measure(face)(line) for line in fitted.lines) * fitted.size
        frame = Box(stock.edge, top, stock.inner, height)
        self.strokes.append(Stamp(patterned(data.pattern, frame, self._detail(band), widest)))
        y = top + (height - len(fitted.lines) * fitted.size) / 2 + 0.10 * fitted.size
        for i, line in enumerate(fitted.lines):
            baseline = y + (i + _ASCENT) * fitted.size
            white = data.pattern == "solid"
            self._words(line, baseline, fitted.size, face, "centre", white=white)

    def _detail(self, band: Band) -> int:
        """Return the size of a pattern's finest part: never so small that a worn head blurs it."""
        return max(FINEST, round(self.stock.mm(band.pattern_mm)))

    def _row(self, band: Band, position: int, positions: int) -> None:
        """Draw the row of places above the band: a thin line each, a thick bar for this one."""
        gap, height = round(self.stock.mm(1)), round(self.stock.mm(band.row_mm * 0.6))
        bottom = round(self.stock.down(band.top_mm - band.row_mm * 0.4))
        step = (self.stock.inner + gap) / positions
        thin = max(2, round(self.stock.mm(0.25)))
        bars: list[Stroke] = []
        for i in range(positions):
            left = round(self.stock.edge + i * step)
            right = round(self.stock.edge + (i + 1) * step) - gap
            thick = height if i == position else thin
            bars.append(Box(left, bottom - thick, right - left, thick))
        self.strokes.append(Stamp(tuple(bars)))

    def chips(self, chips: Chips, words: tuple[str, ...]) -> None:
        stock = self.stock
        size, height = stock.pt(chips.size_pt) * stock.scale, round(stock.mm(chips.height_mm))
        top, x, pad, pen = (
            round(stock.down(chips.top_mm)),
            stock.edge,
            round(height * 0.4),
            max(2, round(stock.mm(0.25))),
        )
        for word in map(clean, words):
            face, _ = face_for(word, BOLD)
            width = round(measure(face)(word) * size) + 2 * pad
            if x + width > stock.edge + stock.inner:
                self.notices.append(Notice("chips", NO_ROOM))
                break
            inner = Box(x + pen, top + pen, width - 2 * pen, height - 2 * pen, height / 2, True)
            self.strokes += (Box(x, top, width, height, height / 2), inner)
            baseline = round(top + height / 2 + 0.335 * size)
            self.strokes.append(Words(x + pad, baseline, size, drawn(word), face))
            x += width + round(stock.mm(1.5))

    def code(self, code: Code, digits: str) -> None:
        qr = qr_of(digits)
        top, height = stock_span(self.stock, code.top_mm, code.height_mm)
        module = module_dots(qr, min(height, self.stock.inner), self.stock)
        side = module * qr.modules
        x = (self.stock.width - side) // 2 + QUIET * module
        y = top + (height - side) // 2 + QUIET * module
        self.strokes.append(Squares(x, y, module, qr.rows))
        size = self.stock.pt(code.digits_pt) * self.stock.scale
        text = grouped(digits, code.group)
        size = min(size, self.stock.inner / measure(REGULAR)(text))
        baseline = top + height + self.stock.mm(code.digits_mm) * 0.75
        self._words(text, baseline, size, REGULAR, "centre")


def stock_span(stock: Stock, top_mm: float, height_mm: float) -> tuple[int, int]:
    """Return the first dot and the whole dots of a span given in template millimetres."""
    top = round(stock.down(top_mm))
    return top, round(stock.down(top_mm + height_mm)) - top


def grouped(digits: str, size: int) -> str:
    """Write digits in groups, the way they are read aloud."""
    return " ".join(digits[i : i + size] for i in range(0, len(digits), size))
