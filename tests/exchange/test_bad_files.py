"""What is no table of people is refused with its reason, whatever it is."""

import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from db.exchange.bad_files import (
    BadFile,
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    NoHeader,
    NotATable,
    OpenQuote,
    TooBig,
)
from db.exchange.tables import Table, read_source
from tests.exchange.people import FORUM

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def read(data: bytes) -> Table:
    return read_source(BytesIO(data), "file", FORUM)


def zipped(**parts: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in parts.items():
            package.writestr(name.replace("_", "/"), data)
    return out.getvalue()


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def locked() -> bytes:
    data = bytearray(zipped(xl_workbook=b"secret"))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


GOOD = workbook(
    ("Nom", "Prénom", "E-mail"), *[("Dupont", f"P{n}", f"p{n}@x.fr") for n in range(99)]
)

BAD: dict[str, tuple[bytes, type[BadFile]]] = {
    "nothing": (b"", EmptyFile),
    "blank lines": (b" \r\n\r\n\t", EmptyFile),
    "zeros": (bytes(9000), EmptyFile),
    "a PDF": (b"%PDF-1.7\n1 0 obj", NotATable),
    "a PNG": (b"\x89PNG\r\n\x1a\n" + bytes(50), NotATable),
    "a JPEG": (b"\xff\xd8\xff\xe0" + bytes(50), NotATable),
    "an old workbook": (OLE + bytes(600) + "Workbook".encode("utf-16-le"), NotATable),
    "a locked workbook": (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), EncryptedFile),
    "a locked archive": (locked(), EncryptedFile),
    "an archive": (zipped(photo=b"x"), NotATable),
    "an OpenDocument": (zipped(mimetype=b"x", **{"content.xml": b"x"}), NotATable),
    "a web page named .xls": (b"<html><table><tr><td>Nom</td></tr></table>", NotATable),
    "a program": (bytes(range(256)) * 40, NotATable),
    "prose": ("Bonjour,\nvoici la liste demandée.\nBien à vous".encode(), NoHeader),
    "numbers": (b"1;2;3\n4;5;6\n", NoHeader),
    "an empty workbook": (workbook(), NoHeader),
    "a cut workbook": (GOOD[: len(GOOD) // 2], DamagedFile),
    "a broken workbook": (GOOD[:2000] + bytes(300) + GOOD[2300:], DamagedFile),
    "more columns than a sheet has": (b"Nom" + b";x" * 20_000, TooBig),
    "an open quotation mark": (
        b'Nom;E-mail\n"Dupont;a@x.fr\n' + b"Durand;b@x.fr\n" * 5000, OpenQuote,
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_it_is_refused_with_its_own_reason(what: str) -> None:
    data, reason = BAD[what]
    with pytest.raises(reason) as refused:
        read(data)
    assert type(refused.value) is reason
    assert "?" not in str(refused.value)


def test_the_good_workbook_is_good() -> None:
    assert len(read(GOOD)) == 99


@given(st.binary(max_size=3000))
@settings(max_examples=150, deadline=None)
def test_arbitrary_bytes_raise_nothing_else(data: bytes) -> None:
    _only_bad_file(data)


@given(st.text(max_size=2000), st.sampled_from(["utf-8", "utf-16", "cp1252", "utf-8-sig"]))
@settings(max_examples=150, deadline=None)
def test_arbitrary_text_under_a_header_raises_nothing_else(text: str, encoding: str) -> None:
    _only_bad_file(f"Nom;E-mail;Jours;Code;Sessions\n{text}".encode(encoding, "replace"))


@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=40))
@settings(max_examples=150, deadline=None)
def test_a_workbook_with_a_few_wrong_bytes_raises_nothing_else(at: int, wrong: bytes) -> None:
    _only_bad_file(GOOD[:at] + wrong + GOOD[at + len(wrong) :])


@given(st.integers(0, len(GOOD)))
@settings(max_examples=60, deadline=None)
def test_a_workbook_cut_anywhere_raises_nothing_else(end: int) -> None:
    _only_bad_file(GOOD[:end])


def _only_bad_file(data: bytes) -> None:
    with suppress(BadFile):
        read(data)


def test_a_sheet_that_would_fill_the_memory_is_refused_unread() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", b" " * (40 << 20))
    with pytest.raises(TooBig):
        read(out.getvalue())
