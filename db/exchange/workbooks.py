"""XLSX workbooks as streams of rows of text; the sheet that looks most like a list is chosen."""

import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, time
from io import SEEK_SET
from itertools import chain
from struct import error as struct_error
from typing import TYPE_CHECKING, BinaryIO, Final
from warnings import catch_warnings, simplefilter
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from db.exchange.bad_files import DamagedFile, EncryptedFile, NoHeader, NotATable, TooBig
from db.exchange.reading import SEARCHED_ROWS, Grid, Row, Score, best_header
from resources.words import mark

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MAX_ROWS: Final = 1_048_576
"""What a sheet can hold; a higher number is a broken or hostile file."""

EXACT: Final = 1e15
"""Spreadsheets round whole numbers from here on."""

MAX_BYTES: Final = 2 << 30
"""What the parts of a workbook may measure unpacked."""

MAX_RATIO: Final = 200
"""How much smaller a large part may be when packed; sheets of people reach 30."""

_LARGE: Final = 32 << 20  # bytes

_BROKEN: Final = (
    BadZipFile, LargeZipFile, ParseError, zlib.error, struct_error, EOFError, KeyError, IndexError,
    ValueError, TypeError, AttributeError, AssertionError, NotImplementedError, RecursionError,
    OverflowError, OSError,
)  # fmt: skip
"""What openpyxl and zipfile are known to raise over damaged files."""

_ARCHIVE: Final = mark("a compressed archive")
_OPEN_DOCUMENT: Final = mark("an OpenDocument sheet (.ods)")
_OTHER_OFFICE: Final = mark("another kind of office document")


def workbook_grid(source: BinaryIO, score: Score) -> Grid:
    """Find the best table of a workbook; raises BadFile where there is none."""
    with _told():
        _check_package(source)
        book = _opened(source)
        sheet, unread = _best_sheet(book, score)
        if sheet is None:
            raise NoHeader
        rows = _rows(sheet)
        _, first = best_header(rows, score)
    return Grid(first[0], chain(first[1:], _closing(book, rows)), unread)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        raise DamagedFile from error


def _closing(book: "Workbook", rows: Iterator[Row]) -> Iterator[Row]:
    with _told():
        yield from rows
        book.close()


def _check_package(source: BinaryIO) -> None:
    """Refuse what is no workbook before anything is unpacked."""
    source.seek(0, SEEK_SET)
    with ZipFile(source) as package:
        parts = package.infolist()
        names = {part.filename for part in parts}
        if any(part.flag_bits & 1 for part in parts):
            raise EncryptedFile
        if not any(name.startswith("xl/") for name in names):
            raise NotATable(kind=_kind_of(names))
        if sum(part.file_size for part in parts) > MAX_BYTES or any(map(_swells, parts)):
            raise TooBig


def _swells(part: ZipInfo) -> bool:
    """Tell a part made to fill the memory from a long list."""
    return part.file_size > max(_LARGE, MAX_RATIO * part.compress_size)


def _kind_of(names: set[str]) -> str:
    if "mimetype" in names and "content.xml" in names:
        return _OPEN_DOCUMENT
    return _OTHER_OFFICE if "[Content_Types].xml" in names else _ARCHIVE


def _opened(source: BinaryIO) -> "Workbook":
    from openpyxl import load_workbook

    source.seek(0, SEEK_SET)
    with catch_warnings():
        simplefilter("ignore")  # styles and extensions that no import needs
        return load_workbook(source, read_only=True, data_only=True, keep_links=False)


def _best_sheet(
    book: "Workbook", score: Score
) -> "tuple[ReadOnlyWorksheet | None, tuple[str, ...]]":
    """Return the sheet with the best header, a visible one first, and the other likely lists."""
    worth: dict[str, int] = {}
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # many programs write a wrong size
        worth[sheet.title] = best_header(_rows(sheet, SEARCHED_ROWS), score)[0]
    shown = {sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"}
    likely = [title for title in worth if title in shown and worth[title] > 0]
    title = max(likely or worth, key=lambda each: worth[each], default="")
    if not worth.get(title):
        return None, ()
    others = (each for each in likely if each != title and worth[each] * 2 > worth[title])
    return book[title], tuple(others)


def _rows(sheet: "ReadOnlyWorksheet", last: int | None = None) -> Iterator[Row]:
    for number, cells in enumerate(sheet.iter_rows(max_row=last, values_only=True), 1):
        if number > MAX_ROWS:
            raise DamagedFile
        yield number, _texts(cells)


def _texts(cells: Sequence[object]) -> list[str]:
    return [cell if type(cell) is str else _text(cell) for cell in cells]


def _text(cell: object) -> str:
    """Write a true number, date or yes as a person would read it."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        whole = cell.is_integer() and abs(cell) < EXACT
        return str(int(cell)) if whole else f"{cell:.15g}"
    if isinstance(cell, datetime):
        if cell.time() == time():
            return cell.date().isoformat()
        return cell.isoformat(" ", "seconds" if cell.second else "minutes")
    if isinstance(cell, time):
        return cell.isoformat("seconds" if cell.second else "minutes")
    return str(cell).lower() if isinstance(cell, bool) else str(cell)
