"""Tables of 100,000 rows, imported by the real command in a process of its own."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from db.domain.programme import Event
from db.domain.registration import FIELDS
from db.exchange.invented import people, write_csv
from db.store.home import Home
from desktop.bench.rows import Row, millis
from resources.events import example

ROWS: Final = 100_000
_HOLD: Final = "import csv, sys; t = [tuple(r) for r in csv.reader(open(sys.argv[1], newline=''))]"


def import_rows(folder: Path, event: Event, rows: int = ROWS) -> list[Row]:
    """Measure both kinds of file, and how much memory the CSV takes."""
    folder.mkdir(parents=True, exist_ok=True)
    table = folder / "registrations.csv"
    write_csv(people(event, rows), table)
    bare_csv = millis(lambda: _read_csv(table)) / 1000
    seconds, peak = _imported(folder / "csv", table, rows)
    _, held = _run([sys.executable, "-c", _HOLD, str(table)])
    book = folder / "registrations.xlsx"
    _as_workbook(table, book)
    bare_xlsx = millis(lambda: _read_workbook(book)) / 1000
    slow, _ = _imported(folder / "xlsx", book, rows)
    return [
        Row("import.csv", rows, seconds, "s", bare_csv, "csv.reader over the file", "≤ 20 s"),
        Row("import.xlsx", rows, slow, "s", bare_xlsx, "openpyxl over the file", "≤ 2 × floor"),
        Row("import.memory", rows, peak, "MB", held, "the table alone, in a process", "flat"),
    ]


def _read_csv(table: Path) -> None:
    with table.open(encoding="utf-8", newline="") as file:
        for _ in csv.reader(file):
            pass


def _read_workbook(book: Path) -> None:
    from openpyxl import load_workbook

    opened = load_workbook(book, read_only=True)
    for _ in opened.active.iter_rows(values_only=True):
        pass
    opened.close()


def _as_workbook(table: Path, book: Path) -> None:
    from openpyxl import Workbook

    made = Workbook(write_only=True)
    sheet = made.create_sheet("Registrations")
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            sheet.append([cell or None for cell in row[: len(FIELDS)]])
    made.save(book)


def _imported(home: Path, table: Path, rows: int) -> tuple[float, float]:
    """Return seconds and peak MB of `vanel import` into a fresh home."""
    vanel = [sys.executable, "-m", "desktop", "--home", str(home), "--json"]
    Home(home).change(key_place="file")  # no key of a benchmark in anybody's key ring
    event = home.with_suffix(".toml")
    event.write_text(example(), encoding="utf-8")
    subprocess.run([*vanel, "event", "load", str(event)], check=True, capture_output=True)
    output = home.with_suffix(".json")
    peak = 0.0

    def job() -> None:
        nonlocal peak
        _, peak = _run([*vanel, "import", str(table)], output)

    seconds = millis(job) / 1000
    added = json.loads(output.read_text("utf-8"))["added"]
    if added != rows:
        raise ValueError(f"{added} rows of {rows} were added")
    return seconds, peak


def _run(command: list[str], output: Path | None = None) -> tuple[int, float]:
    """Run a process; return its exit status and its peak memory in MB (0 where unknown)."""
    with open(output or os.devnull, "wb") as sink:  # noqa: PTH123 - the null device has no Path
        child = subprocess.Popen(command, stdout=sink, stderr=subprocess.DEVNULL)
        if not hasattr(os, "wait4"):
            return child.wait(), 0.0
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        return child.returncode, used.ru_maxrss / 1024
