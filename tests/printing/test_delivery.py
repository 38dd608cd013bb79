import errno
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pypdfium2
import pytest

from printing.badge import compose
from printing.delivery import Ways, check, deliver
from printing.destinations import destination_of
from printing.drivers.file import write_file
from printing.errors import (
    CannotWrite,
    DestinationNotYet,
    DiskFull,
    NoSuchFolder,
    NotAllowed,
    PrinterUnreachable,
)
from printing.page import Page
from printing.render import bitmap_of, png_of
from printing.template_file import default_template
from tests.printing.paper import printed
from tests.printing.people import badge
from tests.printing.sinks import closed_port, reads_all, sink

TEMPLATE = default_template()
PAGES = [compose(TEMPLATE, badge(family=name), TEMPLATE.stocks[0]) for name in ("Un", "Deux")]


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> Ways:
    return Ways(cache=tmp_path_factory.mktemp("cache"))


def test_a_pdf_holds_every_badge(tmp_path: Path, ways: Ways) -> None:
    file = tmp_path / "badges.pdf"
    assert deliver(PAGES, destination_of(f"pdf:{file}"), ways) == 2
    assert len(pypdfium2.PdfDocument(file.read_bytes())) == 2
    assert [found.name for found in tmp_path.iterdir()] == ["badges.pdf"]


def test_each_png_is_a_file_of_its_own(tmp_path: Path, ways: Ways) -> None:
    assert deliver(PAGES, destination_of(f"png:{tmp_path / 'b.png'}"), ways) == 2
    assert (tmp_path / "b.png").read_bytes() == png_of(bitmap_of(PAGES[0]))
    assert (tmp_path / "b-2.png").read_bytes() == png_of(bitmap_of(PAGES[1]))


def test_printer_bytes_in_a_file_print_every_badge_cut_apart(tmp_path: Path, ways: Ways) -> None:
    file = tmp_path / "badges.bin"
    assert deliver(PAGES, destination_of(f"escpos:{file}"), ways) == 2
    paper = printed(file.read_bytes())
    assert paper.cuts == [960, 1920]
    assert b"".join(paper.rows) == bitmap_of(PAGES[0]).rows + bitmap_of(PAGES[1]).rows


def test_a_printer_on_the_network_prints_the_badge(ways: Ways) -> None:
    with sink(reads_all) as printer:
        to = destination_of(f"escpos://127.0.0.1:{printer.port}")
        assert deliver(PAGES[:1], to, ways) == 1
        assert printer.done.wait(5)
    assert b"".join(printed(bytes(printer.received)).rows) == bitmap_of(PAGES[0]).rows


def test_an_absent_printer_is_told(ways: Ways) -> None:
    with pytest.raises(PrinterUnreachable):
        deliver(PAGES, destination_of(f"escpos://127.0.0.1:{closed_port()}"), ways)


def never() -> Iterator[Page]:
    raise AssertionError("no page is drawn for a destination that is not there")
    yield


@pytest.mark.parametrize("text", ["zpl:out.zpl", "zpl://printer", "cups://Office"])
def test_a_kind_of_printer_to_come_is_told_before_anything_is_drawn(text: str, ways: Ways) -> None:
    to = destination_of(text)
    with pytest.raises(DestinationNotYet):
        deliver(never(), to, ways)
    with pytest.raises(DestinationNotYet):
        check(to)


@pytest.mark.parametrize("text", ["pdf:a.pdf", "png:a.png", "escpos:a.bin", "escpos://printer"])
def test_a_kind_of_printer_that_is_here_passes_the_check(text: str) -> None:
    check(destination_of(text))


def test_a_missing_folder_is_told(tmp_path: Path, ways: Ways) -> None:
    with pytest.raises(NoSuchFolder, match=r"b\.pdf"):
        deliver(PAGES, destination_of(f"pdf:{tmp_path / 'absent' / 'b.pdf'}"), ways)


def test_a_folder_is_no_file(tmp_path: Path, ways: Ways) -> None:
    with pytest.raises(CannotWrite):
        deliver(PAGES, destination_of(f"pdf:{tmp_path}"), ways)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_device_is_written_to_as_it_is_and_its_fullness_told() -> None:
    with pytest.raises(DiskFull):
        write_file(Path("/dev/full"), lambda stream: stream.write(b"dots"))


@pytest.mark.parametrize(
    ("number", "error"),
    [(errno.ENOSPC, DiskFull), (errno.EROFS, NotAllowed), (errno.EIO, CannotWrite)],
)
def test_a_write_that_fails_midway_keeps_the_old_file(
    tmp_path: Path, number: int, error: type[CannotWrite]
) -> None:
    file = tmp_path / "badge.pdf"
    file.write_bytes(b"the one before")

    def fails(stream: IO[bytes]) -> None:
        stream.write(b"half")
        raise OSError(number, "as the disk says")

    with pytest.raises(error) as caught:
        write_file(file, fails)
    assert type(caught.value) is error
    assert file.read_bytes() == b"the one before"
    assert [found.name for found in tmp_path.iterdir()] == ["badge.pdf"]


def test_a_file_is_replaced_whole_for_whoever_reads_the_old_one(tmp_path: Path) -> None:
    file = tmp_path / "badge.pdf"
    file.write_bytes(b"the one before")
    with file.open("rb") as reader:
        write_file(file, lambda stream: stream.write(b"the new one"))
        assert reader.read() == b"the one before"
    assert file.read_bytes() == b"the new one"
