"""`vanel bench`: how fast this is here, each figure beside a floor from the same run."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from desktop.bench.rows import Row
from desktop.cli.answers import Answer
from desktop.cli.frame import Command, Option
from desktop.cli.session import Session
from resources.words import mark

SIZES: Final = (1_000, 100_000, 1_000_000)
IMPORTED: Final = 100_000
LEAST: Final = 100


@click.command(
    "bench",
    cls=Command,
    help=mark("Measure this computer with invented people: each figure beside its floor."),
    example="vanel bench --people 1000 --out figures.json",
)
@click.option(
    "--people",
    cls=Option,
    type=click.IntRange(LEAST, 10_000_000),
    default=None,
    help=mark("How many registrations; else 1,000, then 100,000, then 1,000,000."),
)
@click.option(
    "--out",
    cls=Option,
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help=mark("Write the figures to this file too (JSON)."),
)
@click.pass_obj
def command(session: Session, /, *, people: int | None, out: Path | None) -> Answer:
    """Run in temporary folders; no home is touched."""
    sizes = SIZES if people is None else (people,)
    rows = []
    with tempfile.TemporaryDirectory(prefix="vanel-bench-") as folder:
        for row in _rows(Path(folder), sizes):
            click.echo(_line(row), err=True)
            rows.append(row)
    data = {"rows": [row.shape() for row in rows]}
    if out is not None:
        out.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return Answer(data, _table(rows))


def _rows(folder: Path, sizes: tuple[int, ...]) -> Iterator[Row]:
    from desktop.bench.desk_rows import scan_rows, search_rows
    from desktop.bench.ground import event, filled_desk
    from desktop.bench.import_rows import import_rows
    from desktop.bench.paper_rows import paper_rows
    from desktop.bench.start_rows import start_rows

    for number, size in enumerate(sizes):
        home = folder / str(size)
        desk = filled_desk(home, size)
        yield from search_rows(desk)
        if number == 0:
            yield from paper_rows(desk)
        yield from scan_rows(desk)
        desk.close()
        yield from start_rows(home, size)
    yield from import_rows(folder / "import", event(), min(IMPORTED, max(sizes)))


def _table(rows: list[Row]) -> str:
    head = "| name | people | value | floor | ratio | asked | floor is |"
    return "\n".join([head, "|---|---|---|---|---|---|---|", *map(_line, rows)])


def _line(row: Row) -> str:
    shape = row.shape()
    value = row.note if row.value is None else f"{shape['value']:g} {row.unit}"
    floor = "" if row.floor is None else f"{shape['floor']:g} {row.unit}"
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    cells = (row.name, f"{row.people:,}", value, floor, ratio, row.limit, row.against)
    return f"| {' | '.join(cells)} |"
