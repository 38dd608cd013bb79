"""The same list, however it was sent, gives the same people."""

import csv
from collections.abc import Callable, Sequence
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from db.domain.imports import NEW, Add, Change
from db.domain.registration import Fields
from db.exchange.bad_files import FileMissing, NoUsableRow
from db.exchange.headers import UnknownColumn, UnknownField
from db.exchange.reasons import SENTENCES, sentence
from db.exchange.tables import Table, plan_import, preview, read_source, read_table, report
from tests.exchange.people import FORUM, People

GIVEN = ("Zoé", "Jean-Pierre", "Łukasz", "Anaïs", "Noé", "Maud")
FAMILY = ("Œuvrard", "de La Tour", "Lefèvre", "D'Almeida", "Ørsted", "Le Goff")
FRENCH = (
    "Identifiant", "Prénom", "Nom", "Organisme", "Catégorie", "E-mail", "Statut", "Billet code",
    "Culture D.", "Déjeuner", "Jours", "Date d'inscription",
)  # fmt: skip
ENGLISH = (
    "ID", "First name", "Last name", "Company", "Ticket type", "E-mail address", "Status",
    "Barcode", "culture-d", "Lunch", "Days", "Date d'inscription",
)  # fmt: skip


def people(count: int = 1000) -> list[list[str]]:
    rows = []
    for n in range(count):
        given, family = GIVEN[n % 6], FAMILY[n // 6 % 6]
        rows.append([
            f"P{n:05}", given, family, f"Communauté de communes n°{n % 90}, pays d’Œil",
            ("Élus", "journaliste", "Mécène")[n % 3], f"p{n}@Exemple.org".replace("E", "e"),
            ("Confirmé", "annulée", "")[n % 3], f"tk{n:030}", ("oui", "", "non")[n % 3],
            ("x", "1", "0")[n % 3], ("22/03/2023", "jeudi", "les deux jours")[n % 3],
            "23/11/2022 19:34",
        ])  # fmt: skip
    return rows


def as_csv(header: Sequence[str], rows: list[list[str]], encoding: str, separator: str) -> bytes:
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=separator)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode(encoding, "replace")


def as_xlsx(header: Sequence[str], rows: list[list[str]]) -> bytes:
    book = Workbook()
    book.active.title = "Notice"
    book.active.append(["Read this first"])
    sheet = book.create_sheet("Liste")
    sheet.append(["Forum 2023 : participants"])
    sheet.merge_cells("A1:F1")
    sheet.append([])
    sheet.append(header)
    for row in rows:
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def in_one_column(rows: list[list[str]]) -> list[list[str]]:
    return [[row[0], f"{row[2].upper()} {row[1]}", *row[3:]] for row in rows]


def read(data: bytes, **mapping: str) -> Table:
    return read_source(BytesIO(data), "list", FORUM, mapping)


def told(table: Table) -> list[Fields]:
    return [table.told(index) for index in range(len(table))]


def known(table: Table) -> list[Fields]:
    return [{k: v for k, v in fields.items() if v} for fields in told(table)]


SAFE = [[cell.replace("Ł", "L") for cell in row] for row in people()]  # what cp1252 can write

WAYS: dict[str, Callable[[], bytes]] = {
    "utf-8 ;": lambda: as_csv(FRENCH, SAFE, "utf-8", ";"),
    "utf-8 with a mark ,": lambda: as_csv(FRENCH, SAFE, "utf-8-sig", ","),
    "cp1252 ;": lambda: as_csv(FRENCH, SAFE, "cp1252", ";"),
    "utf-16 tab": lambda: as_csv(FRENCH, SAFE, "utf-16", "\t"),
    "utf-16-le without a mark ;": lambda: as_csv(FRENCH, SAFE, "utf-16-le", ";"),
    "utf-16-be with a mark |": lambda: b"\xfe\xff" + as_csv(FRENCH, SAFE, "utf-16-be", "|"),
    "english titles": lambda: as_csv(ENGLISH, SAFE, "utf-8", ","),
    "xlsx": lambda: as_xlsx(FRENCH, SAFE),
    "a title line and trailing columns": lambda: (
        b"Participants au forum;;;\r\n\r\n"
        + as_csv((*FRENCH, "", ""), [[*row, "", ""] for row in SAFE], "utf-8", ";")
    ),
    "one name column": lambda: as_csv(
        ("Identifiant", "Nom et prénom", *FRENCH[3:]), in_one_column(SAFE), "utf-8", ";"
    ),
}


@pytest.fixture(scope="module")
def reference() -> list[Fields]:
    return known(read(WAYS["utf-8 ;"]()))


@pytest.mark.parametrize("way", WAYS)
def test_a_thousand_people_are_the_same_in_every_dialect(way: str, reference: list[Fields]) -> None:
    found = known(read(WAYS[way]()))
    assert len(found) == 1000
    if way == "one name column":  # capitals hide how a particle was written
        found = [_small(fields) for fields in found]
        reference = [_small(fields) for fields in reference]
    if way == "english titles":  # the answers keep their own title; dates are read as French
        found, reference = map(_without_answers, (found, reference))
    assert found == reference


def _small(fields: Fields) -> Fields:
    return {**fields, "family_name": str(fields["family_name"]).lower()}


def _without_answers(people: list[Fields]) -> list[Fields]:
    return [{k: v for k, v in p.items() if not k.startswith("answer:")} for p in people]


def test_every_field_is_read_as_it_is_meant(reference: list[Fields]) -> None:
    assert reference[0] == {
        "id": "P00000", "given_name": "Zoé", "family_name": "Œuvrard",
        "organisation": "Communauté de communes n°0, pays d’Œil", "category": "elu",
        "email": "p0@exemple.org", "status": "confirmed", "code": (f"tk{0:030}",),
        "sessions": ("culture-d",), "options": ("lunch",), "days": ("2023-03-22",),
        "answer:Date d'inscription": "2022-11-23 19:34",
    }  # fmt: skip


def test_an_unknown_category_is_kept_and_told_once() -> None:
    table = read(WAYS["utf-8 ;"]())
    assert table.told(2)["category"] == "Mécène"
    assert table.problems.counts == {"unknown-category": 1}
    (problem,) = table.problems.kept()
    assert (problem.row, problem.column) == (4, "Catégorie")


def test_importing_twice_changes_nothing() -> None:
    here = People()
    few = as_csv(FRENCH, people(60), "utf-8", ";")
    first = plan_import(read(few), here)
    here.store(first)
    assert (first.added, first.updated, first.unchanged) == (60, 0, 0)
    again = plan_import(read(few), here)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 60)
    assert list(again) == []
    assert again.missing == ()


def test_a_title_that_is_asked_for_by_hand_wins() -> None:
    data = b"Nom;Truc;Machin\nDupont;Jeanne;presse\n"
    table = read(data, Truc="given_name", Machin="category")
    assert known(table) == [{"given_name": "Jeanne", "family_name": "Dupont", "category": "presse"}]


def test_a_wrong_mapping_is_refused() -> None:
    with pytest.raises(UnknownField):
        read(b"Nom;Truc\nDupont;x\n", Truc="shoe_size")
    with pytest.raises(UnknownColumn):
        read(b"Nom;Truc\nDupont;x\n", Absent="note")


def test_rows_that_are_nobody_are_listed_and_blank_ones_are_not() -> None:
    table = read(b"Nom;E-mail;Note\nDupont;;\n;;seulement une note\n;;\n\nDurand;;\n")
    assert [table.number(index) for index in range(len(table))] == [2, 6]
    assert (table.read, table.rejected) == (3, 1)
    assert [(p.row, p.reason) for p in table.problems.kept()] == [(3, "nobody")]


def test_a_table_of_nobodies_stores_nothing_and_says_why() -> None:
    with pytest.raises(NoUsableRow) as refused:
        read(b"Nom;E-mail;Note\n;;a\n;;b\n")
    assert refused.value.problems.counts == {"nobody": 2}


def test_ten_thousand_mistakes_are_a_clear_report() -> None:
    rows = "".join(f"Nom{n};pas une adresse\n" for n in range(10_000))
    plan = plan_import(read(f"Nom;E-mail\n{rows}".encode()), People())
    answer = report(plan)
    assert answer["rows"] == answer["added"] == 10_000
    assert len(plan.listed()) == 200
    assert answer["more"] == {"odd-email": 9_800}


def test_every_reason_has_its_sentence_and_fills_it() -> None:
    data = (
        "Nom;E-mail;Code;Catégorie;Statut;Sessions;Jours;Déjeuner;ID\n"
        "A;x;1,2E+19;rien;bof;Tango;lundi;peut-être;#REF!\n"
        ";;;;;;;oui;\nB;;c1;;;;;;7\nC;;c1;;;;;;7\nC;;;;;;;;7;trop\nB;;;;;;;;7\n"
    ).encode()
    plan = plan_import(read(data), People())
    elsewhere = {"same-person?", "same-as-row?", "sheet-not-read", "name-alone"}
    assert {p.reason for p in plan.listed()} == set(SENTENCES) - elsewhere
    for problem in plan.listed():
        assert "{" not in sentence(problem, str)


def test_the_preview_shows_columns_people_and_figures() -> None:
    table = read(WAYS["utf-8 ;"]())
    shown = preview(table, plan_import(table, People()), 3)
    assert shown.columns[:3] == (
        ("Identifiant", "id"), ("Prénom", "given_name"), ("Nom", "family_name"),
    )  # fmt: skip
    assert [person["id"] for person in shown.people] == ["P00000", "P00001", "P00002"]
    assert shown.plan.added == 1000


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        read_table(tmp_path / "none.csv", FORUM)


def test_an_answer_settles_a_question() -> None:
    here = People()
    jeanne = here.register({"given_name": "Jeanne", "family_name": "Dupont", "phone": "1"})
    table = read(b"Nom;Pr\xc3\xa9nom;T\xc3\xa9l\nDupont;Jeanne;2\n")
    asked = plan_import(table, here)
    assert [question.candidates for question in asked.questions] == [(jeanne,)]
    assert [p.reason for p in asked.listed()] == ["same-person?"]
    same = plan_import(table, here, {2: jeanne})
    assert list(same) == [Change(2, jeanne, {"phone": "2"})]
    other = plan_import(table, here, {2: NEW})
    assert [type(step) for step in other] == [Add]
    assert other.questions == ()
    assert other.listed() == ()
