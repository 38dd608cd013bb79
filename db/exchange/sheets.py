"""Write tables that spreadsheets open and never run: CSV as Excel reads it, and XLSX."""

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from db.domain.errors import UsageError, VanelError

LIVE: Final = re.compile(r"'*[=+\-@＝＋－＠\t\r]")
"""A cell that starts so could run as a formula; an apostrophe in front makes it text."""

_UNWRITABLE: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SUSPECT: Final = frozenset("'=+-@#\t\r＝＋－＠")  # openpyxl takes = for a formula, # for an error
_WIDEST: Final = 40  # characters

Rows = Iterable[Sequence[str]]


class WrongSuffix(UsageError):
    """The name of the file does not say which kind of table it is to be."""

    id = "wrong-suffix"
    message = "A table is written as .csv or .xlsx."
    next_step = "Nothing was written. Give the file a name that ends so."


class NotWritten(VanelError):
    """The file could not be written; `reason` is the system's word."""

    id = "not-written"
    message = "The file could not be written: {reason}."
    next_step = (
        "Nothing is lost here. Close it in other programs or choose another folder, then retry."
    )


def write_table(path: Path, header: Sequence[str], rows: Rows, separator: str = ";") -> int:
    """Write a table whole or not at all, by the file's suffix; return how many rows it has."""
    writers: dict[str, Callable[[Path], int]] = {
        ".csv": lambda part: _write_csv(part, header, rows, separator),
        ".xlsx": lambda part: _write_xlsx(part, header, rows),
    }
    write = writers.get(path.suffix.lower())
    if write is None:
        raise WrongSuffix
    part = path.with_name(f".{path.name}.part")
    try:
        count = write(part)
        part.replace(path)
    except OSError as error:
        raise NotWritten(reason=error.strerror or type(error).__name__) from error
    finally:
        part.unlink(missing_ok=True)
    return count


def guarded(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    text = _UNWRITABLE.sub("", text).strip()
    return f"'{text}" if LIVE.match(text) else text


def _write_csv(path: Path, header: Sequence[str], rows: Rows, separator: str) -> int:
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=separator, lineterminator="\r\n")
        writer.writerow([guarded(title) for title in header])
        for row in rows:
            writer.writerow([guarded(cell) for cell in row])
            count += 1
    return count


def _write_xlsx(path: Path, header: Sequence[str], rows: Rows) -> int:
    """Write every cell as text; what looks live is marked as text for later edits too."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Vanel")
    sheet.freeze_panes = "A2"
    for index, title in enumerate(header, 1):
        width = min(max(len(title) + 2, 12), _WIDEST)
        sheet.column_dimensions[get_column_letter(index)].width = width

    def cell(text: str, *, bold: bool = False) -> object:
        text = _UNWRITABLE.sub("", text).strip()
        if not bold and text[:1] not in _SUSPECT:
            return text or None
        live = LIVE.match(text) is not None
        made = WriteOnlyCell(sheet, None)
        made.value = f"'{text}" if live and text.startswith("'") else text
        made.data_type, made.quotePrefix = "s", live
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(title, bold=True) for title in header])
    count = 0
    for row in rows:
        sheet.append([cell(text) for text in row])
        count += 1
    book.save(path)
    return count
