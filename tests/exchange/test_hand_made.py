"""Lists as people make them by hand, and as ticket shops send them: nobody loses their name."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from db.domain.problems import Problem
from db.domain.registration import Fields
from db.exchange.bad_files import DamagedFile, FileMissing, OpenQuote
from db.exchange.tables import Table, read_source, read_table
from tests.exchange.people import FORUM


def read(text: str) -> Table:
    return read_source(BytesIO(text.encode()), "list.csv", FORUM)


def people(text: str) -> list[Fields]:
    table = read(text)
    return [table.fields(index) for index in range(len(table))]


def told(table: Table) -> list[tuple[int, str]]:
    return [(problem.row, problem.reason) for problem in table.problems.kept()]


def workbook(**sheets: Sequence[tuple[str, ...]]) -> BytesIO:
    """Make a workbook; a sheet whose name starts with «hidden» is hidden."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if name.startswith("hidden"):
            sheet.sheet_state = "hidden"
    out = BytesIO()
    book.save(out)
    return out


@pytest.mark.parametrize("title", ["Nom participant", "Nom du participant", "Attendee name"])
def test_a_participants_name_beside_a_given_name_is_the_surname(title: str) -> None:
    (someone,) = people(f"{title};Prénom participant;Nom payeur\nDUPONT;Léa;DURAND\n")
    assert someone["family_name"] == "Dupont"
    assert someone["given_name"] == "Léa"


def test_a_second_column_nom_is_kept_as_an_answer() -> None:
    (someone,) = people("Nom;Nom;Prénom\nA;B;C\n")
    assert someone == {"family_name": "A", "answer:Nom (2)": "B", "given_name": "C"}


def test_a_ticket_shop_numbers_attendees_and_says_who_comes() -> None:
    header = "Order #,First Name,Last Name,Attendee #,Barcode #,Attendee Status\n"
    rows = "555,Léa,Dupont,777,9001,Attending\n555,Max,Durand,778,9002,Not Attending\n"
    lea, max_ = people(header + rows)
    assert (lea["order"], lea["id"], lea["code"]) == ("555", "777", ("9001",))
    assert (lea["status"], max_["status"]) == ("confirmed", "cancelled")


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("Quelle est votre organisation (collectivité, entreprise…) ?", "organisation"),
        ("Quelle est votre fonction ?", "function"),
        ("À quels ateliers souhaitez-vous vous inscrire ? (plusieurs réponses)", "sessions"),
        ("Quel jour serez-vous présent·e ?", "days"),
        ("What is your job title?", "function"),
        ("Participerez-vous aux ateliers ?", "answer:Participerez-vous aux ateliers ?"),
        ("Quelle heure est-il ?", "answer:Quelle heure est-il ?"),
    ],
)
def test_a_forms_question_names_its_field(question: str, field: str) -> None:
    assert read(f'Nom;"{question}"\nA;x\n').mapping[question] == field


def test_where_the_title_says_the_surname_first_it_is_first() -> None:
    text = "NOM Prénom;Structure\nMartin Paul;X\nLI Na;Y\nJean-Pierre DE LA TOUR;Z\n"
    names = [(each["given_name"], each["family_name"]) for each in people(text)]
    assert names == [("Paul", "Martin"), ("Na", "Li"), ("Jean-Pierre", "de La Tour")]


@pytest.mark.parametrize("row", ["Total;2;;", ";Total;2;", ";Total : 12;;", ";;45;"])
def test_the_total_under_a_list_is_nobody(row: str) -> None:
    table = read(f"Civilité;Nom;Prénom;E-mail\nMme;Dupont;Léa;l@x.fr\n{row}\n")
    assert len(table) == 1
    assert told(table) == [(3, "nobody")]


def test_a_heading_among_the_people_is_told() -> None:
    table = read("Nom;Prénom;Organisme\nÉLUS;;\nDupont;Léa;Pau\nDurand;;Pau\n")
    assert told(table) == [(2, "name-alone")]
    assert len(table) == 3


def test_a_code_that_a_spreadsheet_rounded_is_told_and_never_cut_in_two() -> None:
    table = read("Nom;Code\nA;1,23457E+12\nB;1.23457E+12\n")
    assert told(table) == [(2, "rounded-number"), (3, "rounded-number")]
    assert [table.fields(index).get("code") for index in (0, 1)] == [None, None]


def test_a_number_written_as_a_formula_keeps_its_zeros() -> None:
    (someone,) = people('Nom;Code;Tel\nA;="000456";="0612345678"\n')
    assert someone["code"] == ("000456",)
    assert someone["phone"] == "0612345678"


def test_nothing_of_a_cell_or_a_title_can_move_a_terminals_cursor() -> None:
    table = read(
        "Nom;Prénom;Truc\x1b[31m;Catégorie\n"
        "Dup\x1b[2Jont;L\u202eéa;v\x9b1m;\u2066Ca\x07t\n" + "A;B;c;Presse\n" * 30
    )
    written = repr([table.mapping, table.fields(0), [p.parts for p in table.problems.kept()]])
    assert not [sign for sign in ("\\x", "\\u20") if sign in written]


def test_a_visible_list_goes_before_a_fuller_hidden_one() -> None:
    full = [("Nom", "Prénom", "E-mail", "Code"), ("Old", "List", "o@x.fr", "C1")]
    data = workbook(hidden=full, Liste=[("Nom", "Prénom"), ("A", "B")])
    table = read_source(data, "list.xlsx", FORUM)
    assert table.fields(0) == {"family_name": "A", "given_name": "B"}
    assert told(table) == []


def test_a_hidden_list_is_read_where_no_other_is() -> None:
    data = workbook(Notice=[("Read me",)], hidden=[("Nom", "Prénom"), ("A", "B")])
    assert len(read_source(data, "list.xlsx", FORUM)) == 1


def test_a_second_sheet_of_people_is_told() -> None:
    header = ("Nom", "Prénom")
    data = workbook(Mercredi=[header, ("A", "B")], Jeudi=[header, ("C", "D")], Frais=[("Order",)])
    table = read_source(data, "list.xlsx", FORUM)
    assert table.problems.kept() == (Problem(0, "", "sheet-not-read", {"value": "Jeudi"}),)


def test_a_line_without_end_is_refused_and_leaves_no_trace_behind() -> None:
    data = BytesIO(b"Nom;Prenom\n" + b"A" * 1_000_000)
    with pytest.raises((OpenQuote, DamagedFile)):
        read_source(data, "list.csv", FORUM)
    data.close()


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no endless file")
@pytest.mark.parametrize("path", ["/dev/zero", "."])
def test_what_is_no_file_is_not_read_for_ever(path: str) -> None:
    with pytest.raises(FileMissing):
        read_table(Path(path), FORUM)
