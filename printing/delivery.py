"""Take pages to their destination: one table of formats, one of wires.

A new kind of printer is one file in printing/drivers and one row here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Final

from printing.destinations import Destination, FileDestination, HostDestination, QueueDestination
from printing.drivers.escpos import escpos_bytes
from printing.drivers.file import write_file
from printing.drivers.tcp import USUAL, Patience, send
from printing.errors import DestinationNotYet
from printing.page import Page
from printing.render import bitmap_of, png_of, write_pdf


@dataclass(frozen=True, slots=True)
class Ways:
    """How to print here: the cache folder, whether to cut, how long to wait for a printer."""

    cache: Path | None = None
    cut: bool = True
    patience: Patience = USUAL


Encoder = Callable[[Page, Ways], bytes]


def _escpos(page: Page, ways: Ways) -> bytes:
    return escpos_bytes(bitmap_of(page), cut=ways.cut, cache_folder=ways.cache)


PRINTER_FORMATS: Final[dict[str, Encoder]] = {"escpos": _escpos}
"""Scheme to the bytes of one page: pure, whatever carries them."""


def deliver(pages: Iterable[Page], to: Destination, ways: Ways) -> int:
    """Print pages, taking them one at a time; returns how many were delivered.

    Each page is a connection of its own on the network; a PNG is a file a page, the second one
    named `…-2.png`. Raises PrinterError; DestinationNotYet before anything is tried.
    """
    match to:
        case FileDestination(scheme="pdf"):
            return _pdf(pages, to.path)
        case FileDestination(scheme="png"):
            return _pngs(pages, to.path)
        case FileDestination():
            return _raw_file(pages, to, ways)
        case HostDestination():
            return _raw_host(pages, to, ways)
        case QueueDestination():
            raise DestinationNotYet(scheme=to.scheme)


def check(to: Destination) -> None:
    """Raise DestinationNotYet when this version has no driver for a destination."""
    if isinstance(to, FileDestination) and to.scheme in ("pdf", "png"):
        return
    _encoder(to.scheme)


def _encoder(scheme: str) -> Encoder:
    if scheme not in PRINTER_FORMATS:
        raise DestinationNotYet(scheme=scheme)
    return PRINTER_FORMATS[scheme]


def _pdf(pages: Iterable[Page], path: Path) -> int:
    count = 0

    def fill(stream: IO[bytes]) -> None:
        nonlocal count
        count = write_pdf(stream, pages)

    write_file(path, fill)
    return count


def _pngs(pages: Iterable[Page], path: Path) -> int:
    count = 0
    for count, page in enumerate(pages, start=1):
        name = path if count == 1 else path.with_stem(f"{path.stem}-{count}")
        write_file(name, partial(_write, png_of(bitmap_of(page))))
    return count


def _write(data: bytes, stream: IO[bytes]) -> None:
    stream.write(data)


def _raw_file(pages: Iterable[Page], to: FileDestination, ways: Ways) -> int:
    encode = _encoder(to.scheme)
    count = 0

    def fill(stream: IO[bytes]) -> None:
        nonlocal count
        for page in pages:
            stream.write(encode(page, ways))
            count += 1

    write_file(to.path, fill)
    return count


def _raw_host(pages: Iterable[Page], to: HostDestination, ways: Ways) -> int:
    encode = _encoder(to.scheme)
    count = 0
    for page in pages:
        send(encode(page, ways), to.host, to.port, ways.patience)
        count += 1
    return count
