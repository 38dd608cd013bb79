"""Bytes become rows, whatever wrote them; titles become fields, whoever named them."""

from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook

from db.domain.registration import Fields
from db.exchange.days import days_in
from db.exchange.tables import Table, read_source
from db.exchange.values import iso_instant
from tests.exchange.people import FORUM


def read(data: bytes | str) -> Table:
    raw = data if isinstance(data, bytes) else data.encode()
    return read_source(BytesIO(raw), "list", FORUM)


def known(table: Table) -> list[Fields]:
    return [{k: v for k, v in table.told(i).items() if v} for i in range(len(table))]


def wall(iso: str) -> datetime:
    """A time without zone, as spreadsheets hold it."""
    return datetime.fromisoformat(iso)


def workbook(*sheets: list[list[object]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_separator_declared_for_excel_is_obeyed_and_not_counted() -> None:
    table = read("sep=|\r\nNom|E-mail\r\nDupont|a@x.fr\r\n")
    assert known(table) == [{"family_name": "Dupont", "email": "a@x.fr"}]
    assert table.number(0) == 2


def test_rows_are_counted_as_spreadsheets_do() -> None:
    table = read('Liste\n\nNom;Note\n"Dupont";"deux\nlignes"\n\nDurand;\n')
    assert [table.number(i) for i in range(2)] == [4, 6]
    assert known(table)[0]["note"] == "deux\nlignes"


def test_a_stray_byte_does_not_spoil_the_other_accents() -> None:
    data = "Nom;Ville\nŒuvrard;Orléans\nLefèvre;Nîmes\n".encode() + b"Ren\xe9;Albi\n"
    assert [person["family_name"] for person in known(read(data))] == ["Œuvrard", "Lefèvre", "René"]


def test_zeros_and_marks_inside_a_file_are_dropped() -> None:
    assert known(read(b"Nom;E-mail\nDu\x00pont;\xef\xbb\xbfa@x.fr\n")) == [
        {"family_name": "Dupont", "email": "a@x.fr"}
    ]


def test_decomposed_accents_are_composed() -> None:
    assert known(read("Pre\u0301nom;Nom\nZoe\u0301;D\n"))[0]["given_name"] == "Zoé"


def test_a_header_repeated_down_the_page_is_no_person() -> None:
    assert len(read("Nom;E-mail\nDupont;a@x.fr\nNom;E-mail\nDurand;b@x.fr\n")) == 2


def test_the_sheet_with_people_is_chosen_and_true_values_are_written_as_read() -> None:
    table = read(workbook(
        [["Order code", "Status", "Total"], ["AAA", "paid", 180.0]],
        [["Order code", "Position ID", "Attendee name", "Product", "Inscrit le", "Code", "Jours",
          "Heure", "Âge", "Vu"],
         ["AAA", 1.0, "Zoé Œuvre", "Presse", wall("2022-11-23 19:34"), 12345.0,
          wall("2023-03-22"), None, 41.5, True]],
    ))  # fmt: skip
    assert known(table) == [{
        "order": "AAA-1", "given_name": "Zoé", "family_name": "Œuvre", "category": "presse",
        "code": ("12345",), "days": ("2023-03-22",), "answer:Inscrit le": "2022-11-23 19:34",
        "answer:Âge": "41.5", "answer:Vu": "true",
    }]  # fmt: skip


def test_a_pretix_list_in_french_is_understood() -> None:
    table = read(
        "Code de commande,ID de position,Statut,E-mail,Produit,Prix,Nom du participant,"
        "Nom du participant: Prénom,Nom du participant: Nom de famille,E-mail du participant,"
        "Société,Nom du siège,Nom du siège,Secret\r\n"
        "ABCDE,1,payée,achat@x.fr,Élus,\"180,00\",Zoé de La Tour,Zoé,de La Tour,zoe@x.fr,"
        "'=Sicoval,A,B,k3v\r\n"
        "ABCDE,2,en attente,achat@x.fr,Presse,\"0,00\",Bob Petit,,,,,,,\r\n"
    )  # fmt: skip
    first, second = known(table)
    assert first == {
        "order": "ABCDE-1", "status": "confirmed", "category": "elu", "given_name": "Zoé",
        "family_name": "de La Tour", "email": "zoe@x.fr", "organisation": "=Sicoval",
        "code": ("k3v",), "answer:E-mail": "achat@x.fr", "answer:Prix": "180,00",
        "answer:Nom du siège": "A", "answer:Nom du siège (2)": "B",
    }  # fmt: skip
    assert (second["order"], second["status"]) == ("ABCDE-2", "unpaid")
    assert (second["given_name"], second["family_name"]) == ("Bob", "Petit")


def test_a_pretix_check_in_list_tells_who_has_not_paid() -> None:
    table = read(
        "Order code;Attendee name;Attendee name: Given name;Attendee name: Family name;Product;"
        "Paid;Secret\nA;Ann One;Ann;One;Press;No;s1\nB;Bob Two;Bob;Two;Press;Yes;s2\n"
    )
    assert [person.get("status", "") for person in known(table)] == ["unpaid", ""]


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Prénom *", "given_name"), ("NOM DE FAMILLE", "family_name"), ("Courriel", "email"),
        ("Adresse e-mail (professionnelle)", "email"), ("Participant·e", "name"),
        ("Nom de votre structure", "organisation"), ("Numéro de billet", "code"),
        ("Culture D.", "session:culture-d"), ("Ateliers – Masterclass : Culture D.",
        "session:culture-d"), ("Participerez-vous au gala ?", "session:gala"),
        ("Déjeuner du jeudi 23 mars", "option:lunch 2023-03-23"), ("Petit-déjeuner",
        "option:breakfast"), ("22 mars", "day:2023-03-22"), ("Jour 2", "day:2023-03-23"),
        ("answer:E-mail", "answer:E-mail"), ("Pointure", "answer:Pointure"),
        ("Code postal", "answer:Code postal"), ("N°", "answer:N°"), ("E-mail (2)",
        "answer:E-mail (2)"), ("Annulé ?", "if:cancelled"), ("Invitation gala", "session:gala"),
        ("Participe le 23", "day:2023-03-23"), ("Soirée", "answer:Soirée"),
    ],
)  # fmt: skip
def test_a_title_is_understood_as_people_write_it(title: str, field: str) -> None:
    table = read(f"Organisme;{title}\nSicoval;\n")
    if field == "organisation":
        field = f"answer:{title}"  # the shorter title is the surer one
    assert table.columns[1].field == field


def test_a_column_per_session_option_and_day_is_read_as_yes_and_no() -> None:
    (person,) = known(
        read("Nom;Culture D.;Déjeuner;Dîner;22 mars;23 mars;Gala;Annulé\nA;oui;x;non;1;;✓;oui\n")
    )
    assert person == {
        "family_name": "A", "sessions": ("culture-d", "gala"), "options": ("lunch",),
        "days": ("2023-03-22",), "status": "cancelled",
    }  # fmt: skip


def test_a_cell_of_titles_keeps_the_commas_of_a_title() -> None:
    (person,) = known(
        read(
            'Nom;Sessions;Options\nA;"Cocktail déjeunatoire, visite de l\'espace expo, culture-d";'
            '"Déjeuner, Gala"\n'
        )
    )
    assert person["sessions"] == ("expo", "culture-d")
    assert person["options"] == ("lunch", "gala")


def test_codes_in_several_columns_and_cells_are_all_kept() -> None:
    (person,) = known(read("Nom;Code;Billet code;Code\nA;k1 k2;k3;k1\n"))
    assert person["code"] == ("k1", "k2", "k3")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("22", (22,)), ("22/03", (22,)), ("mercredi", (22,)), ("J1", (22,)), ("Jour 2", (23,)),
        ("2023-03-22 00:00", (22,)), ("22/03/2023; 23/03/2023", (22, 23)), ("22-23", (22, 23)),
        ("22 et 23 mars", (22, 23)), ("les deux jours", (22, 23)), ("Pass 2 jours", (22, 23)),
        ("March 22nd", (22,)), ("jeudi uniquement", (23,)), ("tous", (22, 23)), ("lundi", None),
        ("22/04", None), ("Jour 3", None), ("peut-être", None), ("mars", None), ("", None),
    ],
)  # fmt: skip
def test_days_are_read_as_people_write_them(text: str, found: tuple[int, ...] | None) -> None:
    expected = None if found is None else tuple(f"2023-03-{day}" for day in found)
    assert days_in(text, FORUM.days) == expected


def test_a_range_holds_the_days_between() -> None:
    days = tuple(date(2023, 3, day) for day in range(20, 24))
    assert days_in("du 21 au 23 mars", days) == ("2023-03-21", "2023-03-22", "2023-03-23")


def test_french_dates_become_iso_and_other_texts_stay() -> None:
    assert iso_instant("23/11/2026 19:34") == "2026-11-23 19:34"
    assert iso_instant("3/1/2026") == "2026-01-03"
    assert iso_instant("11/23/2026") == "11/23/2026"
    assert iso_instant("2023-03-03") == "2023-03-03"
