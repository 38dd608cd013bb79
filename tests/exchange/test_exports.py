"""What we write opens in a spreadsheet, runs nothing, and comes back unchanged."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from db.domain.registration import Registration
from db.domain.verdicts import Outcome, Reason
from db.exchange.exports import SCAN_TABLES, STATUSES, TITLES, Style, export_attendees, export_scans
from db.exchange.headers import field_of
from db.exchange.sheets import LIVE, NotWritten, WrongSuffix, guarded, write_table
from db.exchange.tables import plan_import, read_table
from db.exchange.values import clean
from resources.words import Catalogue
from tests.exchange.people import FORUM, People

ENGLISH = Style(str)
HOSTILE = (
    "=1+1",
    "+33 5 61",
    "-2",
    "@SUM(A1)",
    "'=1",
    "\t=1",
    "=cmd|' /C calc'!A0",
    "＝1+1",
    "#REF",
)

GUESTS = (
    Registration("1", {
        "id": "P1", "given_name": "Zoé", "family_name": "Œuvrard",
        "organisation": "=cmd|' /C x'!A0", "category": "elu", "email": "zoe@x.fr",
        "phone": "+33 5 61 00 00 00", "status": "unpaid",
        "code": ("tk1", "tk2"), "sessions": ("culture-d", "expo"), "options": ("lunch", "gala"),
        "days": ("2023-03-22",), "image_consent": "no", "note": "à l'accueil ;\nen second",
        "answer:E-mail (2)": "chef@x.fr", "answer:Régime": "'=végétarien",
    }),
    Registration("2", {
        "family_name": "LE GOFF", "email": "Le@X.FR", "category": "Mécène", "status": "bizarre",
        "order": "ABC-2", "options": ("Vin, fromage",), "answer:Commune": "de naissance",
        "answer:Nom": "-1",
    }),
    Registration("3", {
        "organisation": "Sicoval", "given_name": "d'", "answer:Déjeuner": "peut-être",
    }),
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A scan as the desk tells it."""

    outcome: Outcome
    reason: Reason
    at: datetime = datetime(2023, 3, 22, 7, 57, 3, tzinfo=UTC)
    entry: bool = True
    place: str = "hall"
    person: Registration | None = GUESTS[0]
    undone: bool = False
    declared: bool = False


SCANS = (
    Line(Outcome.ADMITTED, Reason.FIRST_ENTRY),
    Line(Outcome.ATTENTION, Reason.INSTRUCTION, declared=True),
    Line(Outcome.ADMITTED, Reason.RETURNING, undone=True),
    Line(Outcome.LEFT, Reason.EXIT, entry=False),
    Line(Outcome.REFUSED, Reason.UNKNOWN_CODE, person=None, place="elsewhere"),
    Line(Outcome.ALREADY_IN, Reason.ALREADY_IN),
    Line(Outcome.ATTENTION, Reason.ROOM_FULL),
)


def cells(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_importing_an_export_changes_nothing(tmp_path: Path, suffix: str, lang: str) -> None:
    style = Style(Catalogue(lang).gettext)
    here = People({guest.id: guest.fields for guest in GUESTS})
    path = tmp_path / f"people{suffix}"
    assert export_attendees(lambda: iter(GUESTS), FORUM, path, style) == 3
    plan = plan_import(read_table(path, FORUM), here)
    assert list(plan) == []
    assert (plan.unchanged, plan.rejected) == (3, 0)


def test_a_csv_is_what_a_french_excel_opens(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    export_attendees(lambda: iter(GUESTS), FORUM, path, Style(str.upper, ";"))
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 4
    header, first, *_ = cells(path)
    assert header[:3] == ["IDENTIFIER", "GIVEN NAME", "FAMILY NAME"]
    assert first[header.index("CATEGORY")] == "Élu·e"
    assert first[header.index("STATUS")] == "UNPAID"


def test_no_cell_of_a_csv_is_live(tmp_path: Path) -> None:
    path = tmp_path / "hostile.csv"
    write_table(path, HOSTILE, [HOSTILE])
    for cell in (cell for row in cells(path) for cell in row):
        assert cell[:1] not in "=+-@\t\r＝＋－＠"


def test_every_cell_of_a_workbook_is_text(tmp_path: Path) -> None:
    path = tmp_path / "hostile.xlsx"
    write_table(path, HOSTILE, [HOSTILE, ("",) * 9])
    sheet = load_workbook(path).active
    for row in sheet.iter_rows(min_row=1, max_row=2):
        assert [clean(cell.value) for cell in row] == [text.strip() for text in HOSTILE]
        assert {cell.data_type for cell in row} == {"s"}
        assert all(cell.quotePrefix for cell in row if LIVE.match(cell.value))


@given(st.text("'=+-@a \t", max_size=8))
@settings(max_examples=60)
def test_what_was_guarded_is_read_back(text: str) -> None:
    assert clean(guarded(text)) == text.strip()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_live_text_is_guarded_once_and_comes_back(text: str) -> None:
    assert clean(guarded(text)) == text.strip()


def test_check_ins_movements_and_attempts_part_the_scans(tmp_path: Path) -> None:
    counts = {
        kind: export_scans(kind, SCANS, FORUM, tmp_path / f"{kind}.csv", ENGLISH)
        for kind in SCAN_TABLES
    }
    assert counts == {"checkins": 2, "movements": 4, "attempts": 3}
    header, first, second = cells(tmp_path / "checkins.csv")
    told = dict(zip(header, first, strict=True))
    assert (told["Time"], told["Place"]) == ("2023-03-22 08:57:03", "Le hall")
    assert dict(zip(header, second, strict=True))["Typed in afterwards"] == "yes"
    unknown = cells(tmp_path / "attempts.csv")[1]
    assert unknown[1] == "elsewhere"
    assert unknown[-5:] == [""] * 5


def test_our_own_titles_are_known_to_an_import() -> None:
    assert {name: field_of(title)[0] for name, title in TITLES.items()} == {n: n for n in TITLES}
    assert len(STATUSES) == 5


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    with pytest.raises(WrongSuffix):
        write_table(tmp_path / "people.doc", ["a"], [])
    with pytest.raises(NotWritten):
        write_table(tmp_path / "absent" / "people.csv", ["a"], [])
    kept = tmp_path / "people.csv"
    kept.write_text("old")

    def broken() -> Iterator[list[str]]:
        yield ["a"]
        raise OSError(28, "No space left on device")

    with pytest.raises(NotWritten, match="No space left"):
        write_table(kept, ["a"], broken())
    assert kept.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["people.csv"]
