"""Import a table: a file becomes rows, rows become a plan, and only a whole plan is stored."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from db.domain.imports import SIGNS, Keys, Known, Plan, keys_of
from db.domain.matching import match
from db.domain.problems import Problems
from db.domain.programme import Event
from db.domain.registration import Fields, Value
from db.exchange.bad_files import DamagedFile, FileMissing, NoUsableRow
from db.exchange.headers import Column, columns_of, header_score
from db.exchange.reading import Grid, Row, grid_of, scanned
from db.exchange.rows import Shape
from db.exchange.values import line
from db.exchange.vocabulary import Vocabulary


@dataclass(kw_only=True)
class Table:
    """A file read whole: its people as tuples, in the order of `names`; nothing is stored yet."""

    source: str
    digest: str
    columns: tuple[Column, ...]
    names: tuple[str, ...]
    scopes: Mapping[str, frozenset[str]]
    positioned: bool
    problems: Problems
    numbers: "array[int]" = field(default_factory=lambda: array("L"))
    values: list[tuple[Value, ...]] = field(default_factory=list)
    read: int = 0
    rejected: int = 0

    def __len__(self) -> int:
        """Count the people in it."""
        return len(self.values)

    def number(self, index: int) -> int:
        """Return a row's number in the spreadsheet."""
        return self.numbers[index]

    def told(self, index: int) -> Fields:
        """Return what a row tells, empty values included."""
        return dict(zip(self.names, self.values[index], strict=True))

    def fields(self, index: int) -> Fields:
        """Return what a row holds."""
        return {name: v for name, v in zip(self.names, self.values[index], strict=True) if v}

    def keys(self, index: int) -> Keys:
        """Return the signs by which a row's person is recognised."""
        values = self.values[index]
        return keys_of({name: values[slot] for name, slot in self._signs})

    @cached_property
    def _signs(self) -> tuple[tuple[str, int], ...]:
        return tuple((name, slot) for slot, name in enumerate(self.names) if name in SIGNS)

    @property
    def mapping(self) -> dict[str, str]:
        """Each column's title and the field it became."""
        return {column.header: column.field for column in self.columns}


def read_table(path: Path, event: Event, mapping: Mapping[str, str] | None = None) -> Table:
    """Read a CSV or XLSX file whole; raises BadFile, or UsageError for a wrong `mapping`."""
    try:
        if path.is_char_device() or path.is_block_device():  # some never end
            raise FileMissing
        with path.open("rb") as source:
            return read_source(source, path.name, event, mapping)
    except OSError as error:
        raise FileMissing from error


def read_source(
    source: BinaryIO, name: str, event: Event, mapping: Mapping[str, str] | None = None
) -> Table:
    """Read a table from bytes that can be sought; as `read_table`."""
    mapping = mapping or {}
    with _damage_told():
        scan = scanned(source)
        grid = grid_of(source, scan, partial(header_score, mapping=mapping))
        words, problems = Vocabulary(event), Problems()
        for sheet in grid.unread:
            problems.add(0, "", "sheet-not-read", value=line(sheet))
        columns = columns_of(grid.header[1], mapping, words)
        shape = Shape(columns, words, problems)
        table = Table(
            source=name,
            digest=scan.digest,
            columns=columns,
            names=shape.names,
            scopes=shape.scopes,
            positioned=shape.positioned,
            problems=problems,
        )
        _fill(table, shape, grid)
    if not table.values:
        raise NoUsableRow(problems, rows=table.read)
    return table


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DamagedFile from error


def _fill(table: Table, shape: Shape, grid: Grid) -> None:
    """Read every row; one that is nobody is listed, a blank one or a second header is not."""
    for number, cells in _filled(grid.rows, grid.header[1]):
        table.read += 1
        values = shape.person(number, cells)
        if values is None:
            table.rejected += 1
            table.problems.add(number, "", "nobody")
        else:
            table.numbers.append(number)
            table.values.append(values)


def _filled(rows: Iterable[Row], header: Sequence[str]) -> Iterator[Row]:
    titles = [cell.strip() for cell in header]
    for number, cells in rows:
        if any(cells) and any(map(str.strip, cells)):
            if cells[0].strip() == titles[0] and [cell.strip() for cell in cells] == titles:
                continue
            yield number, cells


def plan_import(table: Table, known: Known, answers: Mapping[int, str] | None = None) -> Plan:
    """Work out what a table would add and change; `answers` settle questions by row number.

    An answer is a person's id, or `db.domain.imports.NEW`. Asking again gives a plan of its own.
    """
    plan = Plan(
        source=table.source,
        digest=table.digest,
        mapping=table.mapping,
        read=table.read,
        rejected=table.rejected,
        problems=table.problems.copy(),
    )
    match(plan, table, known, answers or {})
    return plan


@dataclass(frozen=True, slots=True)
class Preview:
    """What a person looks at before saying yes: columns and their fields, the first people."""

    columns: tuple[tuple[str, str], ...]
    people: tuple[Fields, ...]
    plan: Plan


def preview(table: Table, plan: Plan, count: int = 20) -> Preview:
    """Show the first people of a table as they would be stored, with the plan's figures."""
    people = map(table.fields, range(len(table)))
    columns = tuple((column.header, column.field) for column in table.columns)
    return Preview(columns, tuple(islice(people, count)), plan)


def report(plan: Plan) -> dict[str, object]:
    """Return the answer of `vanel import --json`; `more` counts the problems not listed."""
    listed = plan.listed()
    more = {
        reason: count - sum(p.reason == reason for p in listed)
        for reason, count in plan.problems.counts.items()
    }
    return {
        "rows": plan.read,
        "added": plan.added,
        "updated": plan.updated,
        "unchanged": plan.unchanged,
        "missing": list(plan.missing),
        "rejected": plan.rejected,
        "problems": [
            {"row": p.row, "column": p.column, "reason": p.reason, **p.parts} for p in listed
        ],
        "more": {reason: count for reason, count in more.items() if count},
        "columns": dict(plan.mapping),
    }
