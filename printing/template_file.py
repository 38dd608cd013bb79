"""Read a badge template, and tell every mistake in it at once."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, get_args, get_type_hints

from printing.errors import BadTemplate
from printing.page import MM_PER_INCH, PT_PER_INCH, Stock
from printing.qr import QUIET, smallest_module
from printing.template import Sheet, Template
from resources.words import mark

SMALLEST_QR: Final = 21 + 2 * QUIET
"""Modules along the side of the smallest QR there is."""

_TOLERANCE_MM: Final = 0.5
"""Rounding of a sheet's size to whole dots may cost that much of a box at its edge."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where in the file (`stack[0].text[2].weight`), and a msgid with its parts."""

    path: str
    message: str
    parts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Give the English sentence."""
        return f"{self.path or '-'}: {self.message.format(**self.parts)}"


class TemplateProblems(BadTemplate):
    """Carries the mistakes, for a reader that shows them one by one or translated."""

    def __init__(self, file: str, problems: Sequence[Problem]) -> None:
        """Keep the problems in the order of the file."""
        super().__init__(file=file, problems="\n".join(map(str, problems)))
        self.problems = tuple(problems)


def default_template() -> Template:
    """Return the badge of the forum, made for an 80 mm thermal roll."""
    return load_template(Path(str(files("resources"))) / "badges" / "forum.toml")


def load_template(path: Path) -> Template:
    """Read a template file; raises BadTemplate with every mistake of meaning in it."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        unread = Problem("", mark("the file cannot be read as UTF-8 text"))
        raise TemplateProblems(path.name, [unread]) from error
    return parse_template(text, path.name)


def parse_template(text: str, name: str = "template") -> Template:
    """Read a template's text; raises BadTemplate with every mistake of meaning in it."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        wrong = Problem("", mark("this is not TOML: {why}"), {"why": error})
        raise TemplateProblems(name, [wrong]) from error
    reader = _Reader([])
    template = reader.table(Template, raw, "")
    problems = reader.problems or list(_meaning(template))
    if problems:
        raise TemplateProblems(name, problems)
    assert isinstance(template, Template)
    return template


@dataclass
class _Reader:
    """Builds dataclasses from tables, and collects what is wrong instead of stopping."""

    problems: list[Problem]

    def say(self, path: str, message: str, **parts: object) -> None:
        self.problems.append(Problem(path, message, parts))

    def table(self, kind: type[Any], raw: object, path: str) -> Any:
        if not isinstance(raw, dict):
            return self.say(path, mark("a table is expected here"))
        before = len(self.problems)
        known = {f.name: f for f in fields(kind)}
        for key in raw.keys() - known.keys():
            self.say(_join(path, key), mark("this name is not known"))
        hints = get_type_hints(kind)
        values = {
            name: self.value(hints[name], known[name], raw[name], _join(path, name))
            for name in known
            if name in raw
        }
        for name in known.keys() - raw.keys():
            if known[name].default is MISSING:
                self.say(_join(path, name), mark("this is missing"))
        return kind(**values) if len(self.problems) == before else None

    def value(self, hint: Any, rule: Field[Any], raw: object, path: str) -> Any:
        if is_dataclass(hint) and isinstance(hint, type):
            return self.table(hint, raw, path)
        if get_args(hint):
            return self.tables(get_args(hint)[0], raw, path)
        if hint is str:
            return self.word(rule, raw, path)
        return self.number(hint, rule, raw, path)

    def tables(self, kind: type[Any], raw: object, path: str) -> tuple[Any, ...]:
        if not isinstance(raw, list) or not raw:
            self.say(path, mark("at least one table is expected here"))
            return ()
        return tuple(self.table(kind, item, f"{path}[{i}]") for i, item in enumerate(raw))

    def word(self, rule: Field[Any], raw: object, path: str) -> str:
        if not isinstance(raw, str) or not raw.strip():
            self.say(path, mark("a text is expected here"))
            return ""
        choices = rule.metadata.get("choices", (raw,))
        if raw not in choices:
            self.say(
                path, mark("«{found}» is none of: {choices}"), found=raw, choices=", ".join(choices)
            )
        return raw

    def number(self, hint: Any, rule: Field[Any], raw: object, path: str) -> float:
        whole = hint is int
        kinds = (int,) if whole else (int, float)
        if isinstance(raw, bool) or not isinstance(raw, kinds):
            self.say(
                path,
                mark("a whole number is expected here")
                if whole
                else mark("a number is expected here"),
            )
            return 0
        assert isinstance(raw, int | float)
        low, high = rule.metadata["low"], rule.metadata["high"]
        if not low <= raw <= high:
            self.say(
                path, mark("{found} is not between {low} and {high}"), found=raw, low=low, high=high
            )
        return raw


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _meaning(template: Template) -> Iterator[Problem]:
    """Find what each table alone cannot show."""
    ids = [sheet.id for sheet in template.sheet]
    for i, sheet in enumerate(template.sheet):
        if sheet.id in ids[:i]:
            yield Problem(f"sheet[{i}].id", mark("«{found}» stands twice"), {"found": sheet.id})
        yield from _outside(template, sheet)
        yield from _code_too_small(template, sheet.stock)
    yield from _sizes(template)
    yield from _code_alone(template)


def _boxes(template: Template) -> Iterator[tuple[str, float, float]]:
    """Path, top and bottom (mm) of all that has a place, the code last."""
    for i, stack in enumerate(template.stack):
        yield f"stack[{i}]", stack.top_mm, stack.top_mm + stack.height_mm
    for i, line in enumerate(template.line):
        yield f"line[{i}]", line.top_mm, line.top_mm + line.height_mm
    band, chips, code = template.band, template.chips, template.code
    yield "band", band.top_mm - band.row_mm, band.top_mm + band.height_mm
    yield "chips", chips.top_mm, chips.top_mm + chips.height_mm
    yield "code", code.top_mm, code.top_mm + code.height_mm + code.digits_mm


def _outside(template: Template, sheet: Sheet) -> Iterator[Problem]:
    stock = sheet.stock
    if stock.inner < stock.mm(10):
        yield Problem(f"sheet «{sheet.id}»", mark("the margins leave no room"))
    bottom = (stock.height - 2 * stock.edge) / stock.mm(1)
    for path, top, end in _boxes(template):
        if top < 0 or end > bottom + _TOLERANCE_MM:
            yield Problem(
                path,
                mark("it ends at {end} mm, the sheet «{sheet}» at {bottom} mm"),
                {"end": round(end, 1), "sheet": sheet.id, "bottom": round(bottom, 1)},
            )


def _code_too_small(template: Template, stock: Stock) -> Iterator[Problem]:
    least = SMALLEST_QR * smallest_module(stock.dpi)
    if min(stock.mm(template.code.height_mm), stock.inner) < least:
        yield Problem(
            "code.height_mm",
            mark("no code can be read at this size on the sheet «{sheet}»: {least} mm at least"),
            {
                "sheet": stock.id,
                "least": round(least / stock.dpi / stock.scale * MM_PER_INCH + 0.05, 1),
            },
        )


def _sizes(template: Template) -> Iterator[Problem]:
    upside_down = mark("smallest_pt is larger than largest_pt")
    if template.band.smallest_pt > template.band.largest_pt:
        yield Problem("band", upside_down)
    for i, stack in enumerate(template.stack):
        for j, text in enumerate(stack.text):
            if text.smallest_pt > text.largest_pt:
                yield Problem(f"stack[{i}].text[{j}]", upside_down)
        least = sum(text.smallest_pt * text.leading for text in stack.text) / PT_PER_INCH
        room = stack.height_mm - sum(text.gap_mm for text in stack.text[1:])
        if least * MM_PER_INCH > room * min(sheet.scale for sheet in template.sheet):
            yield Problem(f"stack[{i}]", mark("its texts do not fit even at their smallest"))


def _code_alone(template: Template) -> Iterator[Problem]:
    *others, (_, top, end) = _boxes(template)
    for path, start, stop in others:
        if start < end and stop > top:
            yield Problem(path, mark("it stands beside the code, which must be alone on its band"))
