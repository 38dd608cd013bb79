"""From the rows of a table to people: each column's cell becomes a value in that row's tuple."""

from collections.abc import Callable, Sequence
from typing import Final

from db.domain.names import folded, given_and_family, tidy_case, without_title
from db.domain.problems import Problems
from db.domain.registration import ANSWER, LIST_FIELDS, Status, Value
from db.exchange.headers import CANCELLED, FLAGS, NAME, PAID, POSITION, Column
from db.exchange.values import SHEET_ERRORS, Values, clean, iso_instant, yes
from db.exchange.vocabulary import Vocabulary

_OFTEN: Final = frozenset({
    "given_name", "family_name", "title", "organisation", "commune", "category", "language",
    "status", "image_consent", "delegation", "function", "sessions", "options", "days",
})  # fmt: skip
"""Fields whose cells repeat: each distinct one is converted once and its value shared."""

_TELLING: Final = ("email", "code")  # each cell may be a problem of its own
_REMEMBERED: Final = 50_000
_PERSON: Final = ("id", "given_name", "family_name", "email", "organisation", "code", "order")
"""A row that tells none of these is nobody."""


_TOTALS: Final = frozenset({"", "total", "totaux", "total general", "sous total", "grand total"})
"""What stands in the row under a list, numbers apart."""

_FAMILY_FIRST: Final = frozenset({"nom prenom", "noms prenoms", "last name first name"})
"""Titles that say in which order a name is written where capitals do not."""


class _Memo(dict[str, Value]):
    """Remembers what a converter made of a cell."""

    def __init__(self, convert: Callable[[str], Value]) -> None:
        super().__init__()
        self._convert = convert

    def __missing__(self, cell: str) -> Value:
        value = self._convert(cell)
        if len(self) < _REMEMBERED:
            self[cell] = value
        return value


class Shape:
    """Which value stands where in a row's tuple, and how each column's cell gets there."""

    def __init__(self, columns: Sequence[Column], words: Vocabulary, problems: Problems) -> None:
        """Prepare the columns of one table; problems met later go into `problems`."""
        fields = {column.field for column in columns}
        self.positioned = {POSITION, "order"} <= fields
        self.scopes = _scopes(columns)
        self.names = _names(columns)
        self._slot = {name: slot for slot, name in enumerate(self.names)}
        self._blank: list[Value] = [() if name in LIST_FIELDS else "" for name in self.names]
        self._problems = problems
        self._french = any("é" in column.header or "nom" in column.header for column in columns)
        from_system = {POSITION, PAID} & fields
        self._values = Values(words, problems, pending_is_unpaid=bool(from_system))
        self._width = max((column.index for column in columns), default=-1) + 1
        self._single = [self._plain(c) for c in columns if c.field in self._slot and not _many(c)]
        self._several = [self._plain(c) for c in columns if _many(c)]
        self._flags = [c for c in columns if c.field.startswith(tuple(FLAGS))]
        self._family_first = any(
            c.field == NAME and folded(c.header) in _FAMILY_FIRST for c in columns
        )
        self._special = [c for c in columns if c.field in (NAME, POSITION, CANCELLED, PAID)]
        self._wanted = [(slot, name) for name, slot in self._slot.items() if name in _PERSON]
        self._single_names = NAME not in fields and "given_name" in fields

    def person(self, number: int, cells: Sequence[str]) -> tuple[Value, ...] | None:
        """Return a row's values in the order of `names`; None where the row is nobody."""
        self._values.row = number
        row = self._blank.copy()
        width = len(cells)
        for index, slot, header, convert in self._single:
            if index < width and (cell := cells[index]):
                row[slot] = (
                    convert(cell) if cell[0] != "#" else self._checked(cell, header, convert)
                )
        for index, slot, _, convert in self._several:
            if index < width and (cell := cells[index]):
                row[slot] = _joined(row[slot], convert(cell))
        self._read_flags(row, cells)
        self._read_special(row, cells)
        if width > self._width and any(map(str.strip, cells[self._width :])):
            self._problems.add(number, "", "extra-cells")
        return tuple(row) if self._is_somebody(row) else None

    def _is_somebody(self, row: Sequence[Value]) -> bool:
        """Tell a person from a blank row or a total; a surname alone is told."""
        said = {name for slot, name in self._wanted if row[slot]}
        if not said <= {"given_name", "family_name"}:
            return True
        name = " ".join(str(row[slot]) for slot, field in self._wanted if field in said)
        letters = "".join(c for c in name if not c.isdecimal())
        if folded(letters) in _TOTALS:
            return False
        if said == {"family_name"} and sum(map(bool, row)) == 1 and self._single_names:
            self._problems.add(self._values.row, "", "name-alone")
        return True

    def _plain(self, column: Column) -> tuple[int, int, str, Callable[[str], Value]]:
        convert = self._converter(column)
        if column.field in _OFTEN:
            convert = _Memo(self._told(column.header, convert)).__getitem__
        return column.index, self._slot[column.field], column.header, convert

    def _converter(self, column: Column) -> Callable[[str], Value]:
        if column.field in ("given_name", "family_name"):
            given = self._values.converter(column.field)
            return lambda cell: tidy_case(str(given(cell)))
        if column.field.startswith(ANSWER):
            return (lambda cell: iso_instant(clean(cell))) if self._french else clean
        convert = self._values.converter(column.field)
        return self._told(column.header, convert) if column.field in _TELLING else convert

    def _told(self, header: str, convert: Callable[[str], Value]) -> Callable[[str], Value]:
        """Let problems name the column."""

        def named(cell: str) -> Value:
            self._values.column = header
            return convert(cell)

        return named

    def _checked(self, cell: str, header: str, convert: Callable[[str], Value]) -> Value:
        """Take a spreadsheet's error for an empty cell."""
        if cell.strip().upper() not in SHEET_ERRORS:
            return convert(cell)
        self._problems.add(self._values.row, header, "error-cell")
        return ""

    def _read_flags(self, row: list[Value], cells: Sequence[str]) -> None:
        for column in self._flags:
            cell = cells[column.index].strip() if column.index < len(cells) else ""
            answer = yes(cell) if cell else False
            if answer:
                kind, _, value = column.field.partition(":")
                slot = self._slot[FLAGS[f"{kind}:"]]
                row[slot] = _joined(row[slot], (value,))
            elif answer is None:
                row[self._slot[ANSWER + column.header]] = clean(cell)
                self._problems.add_once(self._values.row, column.header, "unclear-answer", cell)

    def _read_special(self, row: list[Value], cells: Sequence[str]) -> None:
        """Read the columns that tell something of another field."""
        for column in self._special:
            cell = clean(cells[column.index]) if column.index < len(cells) else ""
            if cell and column.field == NAME:
                self._read_name(row, cell)
            elif cell and column.field == POSITION:
                self._read_position(row, cell)
            elif cell:
                self._read_standing(row, column.field, cell)

    def _read_position(self, row: list[Value], cell: str) -> None:
        slot = self._slot.get("order")
        if slot is not None and row[slot] and cell.isdecimal():
            row[slot] = f"{row[slot]}-{cell}"

    def _read_standing(self, row: list[Value], field: str, cell: str) -> None:
        """Read a column that says only whether one thing is so: cancelled, paid."""
        status, answer = self._slot["status"], yes(cell)
        if field == CANCELLED and answer:
            row[status] = Status.CANCELLED.value
        elif field == PAID and answer is False:
            row[status] = row[status] or Status.UNPAID.value

    def _read_name(self, row: list[Value], cell: str) -> None:
        """Part a whole name, where its parts have no column or an empty one."""
        given, family = self._slot["given_name"], self._slot["family_name"]
        if row[given] or row[family]:
            return
        title, name = without_title(" ".join(cell.split()))
        parts = given_and_family(name, family_first=self._family_first)
        row[given], row[family] = map(tidy_case, parts)
        if title and not row[self._slot["title"]]:
            row[self._slot["title"]] = title


def _many(column: Column) -> bool:
    return column.field in LIST_FIELDS


def _joined(some: Value, more: Value) -> Value:
    """Put the values of several columns together, each once."""
    if not some or not more:
        return some or more
    return tuple(dict.fromkeys((*some, *more)))


def _scopes(columns: Sequence[Column]) -> dict[str, frozenset[str]]:
    """Say which values a table tells of, where it has one column per value and no whole one."""
    whole = {column.field for column in columns}
    return {
        field: frozenset(c.field.removeprefix(kind) for c in columns if c.field.startswith(kind))
        for kind, field in FLAGS.items()
        if field not in whole and any(c.field.startswith(kind) for c in columns)
    }


def _names(columns: Sequence[Column]) -> tuple[str, ...]:
    """List the fields a table tells, each once, the known ones first."""
    names: list[str] = []
    for column in columns:
        kind = column.field.partition(":")[0] + ":"
        if column.field == NAME:
            names += ["given_name", "family_name", "title"]
        elif column.field in (CANCELLED, PAID):
            names.append("status")
        elif kind in FLAGS:
            names += [FLAGS[kind], ANSWER + column.header]
        elif column.field != POSITION:
            names.append(column.field)
    return tuple(sorted(dict.fromkeys(names), key=lambda name: name.startswith(ANSWER)))
