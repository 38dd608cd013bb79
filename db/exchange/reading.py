"""From the bytes of a file to the rows of a table, whatever program wrote them."""

import csv
import hashlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder, register_error
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import SEEK_SET, TextIOWrapper
from itertools import chain, islice
from typing import BinaryIO, Final

from db.exchange.bad_files import EmptyFile, EncryptedFile, NoHeader, NotATable, OpenQuote, TooBig
from resources.words import mark

CHUNK: Final = 1 << 20
SAMPLE: Final = 1 << 16
SEARCHED_ROWS: Final = 40
"""How far down a header is looked for."""

MAX_COLUMNS: Final = 16_384
"""What a sheet can hold."""

SEPARATORS: Final = ";,\t|"
_CELL_LINES: Final = 200  # a cell of more lines than this is a quotation mark left open

Row = tuple[int, Sequence[str]]
"""A row's number, counted from 1 as spreadsheets do, and its cells."""

Score = Callable[[Sequence[str]], int]
"""Says how much a row looks like a header; 0 is not at all."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table found in a file: its header, and the rows below it as they are asked for.

    `unread` names the visible sheets that look like lists too.
    """

    header: Row
    rows: Iterator[Row]
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scan:
    """What one look over all the bytes tells; `misfits` are bytes that are not UTF-8."""

    digest: str
    size: int
    wide: int  # bytes of UTF-8 sequences beyond their first one
    misfits: int


_KINDS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF", mark("a PDF document")),
    (b"\x89PNG", mark("a picture")),
    (b"\xff\xd8\xff", mark("a picture")),
    (b"GIF8", mark("a picture")),
    (b"RIFF", mark("a picture or a recording")),
    (b"{\\rtf", mark("a text document")),
    (b"\x1f\x8b", mark("a compressed archive")),
    (b"7z\xbc\xaf", mark("a compressed archive")),
    (b"Rar!", mark("a compressed archive")),
    (b"SQLite format 3", mark("a database")),
)
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
OLD_WORKBOOK: Final = mark("an old Excel workbook (.xls)")
_WEB_PAGE: Final = mark("a web page")
_BINARY: Final = mark("a program's own data")


def scanned(source: BinaryIO) -> Scan:
    """Read the whole file once: its SHA-256, and how well UTF-8 explains it."""
    digest, decoder = hashlib.sha256(), getincrementaldecoder("utf-8")("replace")
    size = characters = misfits = 0
    source.seek(0, SEEK_SET)
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        text = decoder.decode(chunk)
        size, characters = size + len(chunk), characters + len(text)
        misfits += 0 if text.isascii() else text.count("\ufffd")
    return Scan(digest.hexdigest(), size, size - characters, misfits)


def grid_of(source: BinaryIO, scan: Scan, score: Score) -> Grid:
    """Find the table in a file; raises BadFile where there is none."""
    source.seek(0, SEEK_SET)
    head = source.read(SAMPLE)
    if not head.strip(b"\0 \t\r\n"):
        raise EmptyFile
    _refuse_other_kinds(source, head)
    if head.startswith(b"PK"):
        from db.exchange.workbooks import workbook_grid

        return workbook_grid(source, score)
    return _text_grid(source, head, scan, score)


def best_header(rows: Iterable[Row], score: Score) -> tuple[int, list[Row]]:
    """Return the score of the likeliest header among the first rows, and the rows from it on."""
    first = list(islice(rows, SEARCHED_ROWS))
    scores = [score(cells) for _, cells in first]
    best = max(scores, default=0)
    return best, first[scores.index(best) :] if best > 0 else []


def _refuse_other_kinds(source: BinaryIO, head: bytes) -> None:
    for magic, kind in _KINDS:
        if head.startswith(magic):
            raise NotATable(kind=kind)
    if head.startswith(_OLE):
        rest = iter(lambda: source.read(CHUNK), b"")
        if any(_LOCKED in part for part in chain([head], rest)):
            raise EncryptedFile
        raise NotATable(kind=OLD_WORKBOOK)


# -- text --------------------------------------------------------------------------------------


def _text_grid(source: BinaryIO, head: bytes, scan: Scan, score: Score) -> Grid:
    encoding = _encoding(head, scan)
    sample = head.decode(encoding, "replace").replace("\0", "")
    _refuse_other_texts(sample)
    declared = _declared_separator(sample)
    separator = declared or _separator(sample, score)
    rows = _numbered(_lines(source, encoding), separator, skip=1 if declared else 0)
    best, first = best_header(rows, score)
    if best <= 0:
        raise NoHeader
    return Grid(first[0], chain(first[1:], rows))


def _encoding(head: bytes, scan: Scan) -> str:
    """Name the encoding: a mark at the start, else where the zeros are, else UTF-8 or cp1252."""
    if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    if head.startswith(BOM_UTF8):
        return "utf-8-sig"
    start = head[:4096]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) > len(start) // 6 and min(even, odd) * 4 < max(even, odd):
        return "utf-16-le" if odd > even else "utf-16-be"
    return "utf-8" if scan.wide >= scan.misfits else "cp1252"


def _stray_byte(error: UnicodeError) -> tuple[str, int]:
    """Read a byte that is not UTF-8 in a file that else is: as the other usual encoding."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    return stray.decode("cp1252", "replace"), error.end


register_error("vanel-stray", _stray_byte)


def _lines(source: BinaryIO, encoding: str) -> Iterator[str]:
    """Give the lines, their ends kept; the file stays open and belongs to the caller."""
    source.seek(0, SEEK_SET)
    errors = "vanel-stray" if encoding.startswith("utf-8") else "replace"
    text = TextIOWrapper(source, encoding, errors=errors, newline="")
    try:
        yield from text
    finally:
        if not source.closed:
            text.detach()


def _refuse_other_texts(sample: str) -> None:
    start = sample.lstrip("\ufeff \t\r\n")[:200].lower()
    if start.startswith(("<!doctype", "<html", "<table", "<?xml", "<head", "<meta")):
        raise NotATable(kind=_WEB_PAGE)
    odd = sum(1 for c in sample if c < " " and c not in "\t\r\n\f\v") + sample.count("\ufffd")
    if odd * 20 > len(sample):
        raise NotATable(kind=_BINARY)


def _declared_separator(sample: str) -> str:
    """Return what a first line «sep=;» declares, as Excel reads it."""
    line = sample.lstrip("\ufeff")[:8].splitlines()[0] if sample.strip() else ""
    return line[4] if line.lower().startswith("sep=") and len(line) == 5 else ""


def _separator(sample: str, score: Score) -> str:
    """Return the separator that shows the best header, then the most columns."""
    lines = sample.splitlines(keepends=True)[: SEARCHED_ROWS * 2]

    def worth(separator: str) -> tuple[int, int]:
        try:
            rows = list(_numbered(lines, separator))
        except OpenQuote:
            return (0, 0)
        widths = [len(cells) for _, cells in rows]
        return best_header(rows, score)[0], max(widths, key=widths.count, default=0)

    return max(SEPARATORS, key=worth)


def _numbered(lines: Iterable[str], separator: str, skip: int = 0) -> Iterator[Row]:
    """Part lines into numbered rows of cells; a quoted cell may hold line ends."""
    reader = csv.reader(lines, delimiter=separator)
    number = 0
    try:
        for cells in islice(reader, skip, None):
            number += 1
            if len(cells) > MAX_COLUMNS:
                raise TooBig
            _check_quotes(number, cells, reader.line_num)
            yield number, cells
    except csv.Error as error:
        raise OpenQuote(row=number + 1) from error


def _check_quotes(number: int, cells: list[str], lines_read: int) -> None:
    """Refuse a cell that swallowed the lines after it."""
    if lines_read > number and any(cell.count("\n") > _CELL_LINES for cell in cells):
        raise OpenQuote(row=number)
