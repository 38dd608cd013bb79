"""Who is who when a list arrives a second time."""

from io import BytesIO

import pytest

from db.domain.imports import Add, Change, Plan
from db.exchange.tables import plan_import, read_source
from tests.exchange.people import FORUM, People


def plan_of(text: str, known: People, answers: dict[int, str] | None = None) -> Plan:
    table = read_source(BytesIO(text.encode()), "list.csv", FORUM)
    return plan_import(table, known, answers)


def after(*texts: str) -> People:
    known = People()
    for text in texts:
        known.store(plan_of(text, known))
    return known


def figures(plan: Plan) -> tuple[int, int, int, int]:
    return plan.added, plan.updated, plan.unchanged, plan.rejected


def reasons(plan: Plan) -> list[tuple[int, str]]:
    return [(problem.row, problem.reason) for problem in plan.listed()]


def test_an_id_is_the_person_whatever_else_changed() -> None:
    known = after("ID;Nom;E-mail\n7;Dupont;a@x.fr\n")
    plan = plan_of("ID;Nom;E-mail\n7;Durand;b@x.fr\n", known)
    assert [step.changes for step in plan if isinstance(step, Change)] == [
        {"family_name": "Durand", "email": "b@x.fr"}
    ]


def test_order_and_position_are_the_person() -> None:
    header = "Order code;Position ID;Attendee name\n"
    known = after(header + "ABC;1;Ann One\nABC;2;Bob Two\n")
    plan = plan_of(header + "ABC;2;Bob Three\nABC;1;Ann One\n", known)
    assert figures(plan) == (0, 1, 1, 0)
    assert plan.missing == ()


def test_several_rows_of_an_order_without_position_are_told_apart_by_name() -> None:
    known = after("Commande;Nom;Prénom\nC-1;Dupont;Jean\nC-1;Dupont;Anne\n")
    plan = plan_of("Commande;Nom;Prénom;Ville\nC-1;Dupont;Anne;Albi\nC-1;Petit;Luc;Albi\n", known)
    assert figures(plan) == (1, 1, 0, 0)
    assert len(plan.missing) == 1


def test_a_code_is_the_person_when_nothing_stronger_is_told() -> None:
    known = after("Billet;Code;Nom\n;tk1;Dupont\n")
    plan = plan_of("Code;Nom\ntk1;Dupond\n", known)
    assert figures(plan) == (0, 1, 0, 0)


def test_an_address_with_a_name_is_the_person() -> None:
    known = after("Nom;Prénom;E-mail;Ville\nDUPONT;Zoé;Z@X.fr;Albi\n")
    plan = plan_of("Prénom;Nom;E-mail;Ville\nZOE;Dupont;z@x.fr;Auch\n", known)
    assert figures(plan)[:2] == (0, 1)


def test_an_address_shared_by_two_names_is_two_people() -> None:
    known = after("Nom;E-mail\nDupont Jean;mairie@x.fr\nDurand Anne;mairie@x.fr\n")
    assert len(known.now) == 2
    again = plan_of("Nom;E-mail\nDurand Anne;mairie@x.fr\nDupont Jean;mairie@x.fr\n", known)
    assert figures(again) == (0, 0, 2, 0)


def test_a_namesake_of_one_organisation_with_other_details_is_a_question() -> None:
    known = after("Nom;Prénom;Organisme;Tél\nDupont;Jean;Sicoval;1\n")
    same = plan_of("Nom;Prénom;Organisme;Tél\nDupont;Jean;SICOVAL;1\n", known)
    assert reasons(same) == [(2, "same-person?")]  # its organisation is written otherwise
    just_so = plan_of("Nom;Prénom;Organisme;Tél\nDupont;Jean;Sicoval;1\n", known)
    assert figures(just_so) == (0, 0, 1, 0)
    other = plan_of("Nom;Prénom;Organisme;Tél\nDupont;Jean;Sicoval;2\n", known)
    assert figures(other) == (1, 0, 0, 0)
    assert [question.row for question in other.questions] == [2]
    assert other.missing == tuple(known.now)


def test_two_ids_are_two_people_even_with_one_name_and_address() -> None:
    known = after("ID;Nom;E-mail\n1;Dupont;a@x.fr\n")
    plan = plan_of("ID;Nom;E-mail\n1;Dupont;a@x.fr\n2;Dupont;a@x.fr\n", known)
    assert figures(plan) == (1, 0, 1, 0)
    assert reasons(plan) == []


def test_a_row_that_names_a_person_outright_wins_over_an_earlier_likeness() -> None:
    known = after("ID;Nom;E-mail;Ville\n1;Dupont;a@x.fr;Albi\n")
    plan = plan_of("ID;Nom;E-mail;Ville\n;Dupont;a@x.fr;Auch\n1;Dupont;a@x.fr;Albi\n", known)
    assert figures(plan) == (1, 0, 1, 0)
    assert [step.row for step in plan if isinstance(step, Add)] == [2]


def test_an_id_met_twice_is_the_same_person_once_or_two_people_one_without_it() -> None:
    known = People()
    plan = plan_of("ID;Nom\n1;Dupont\n1;DUPONT\n1;Durand\n", known)
    assert figures(plan) == (2, 0, 0, 1)
    assert reasons(plan) == [(3, "same-id-twice"), (4, "shared-id")]
    known.store(plan)
    again = plan_of("ID;Nom\n1;Dupont\n1;DUPONT\n1;Durand\n", known)
    assert figures(again) == (0, 0, 2, 1)


def test_two_equal_rows_are_two_people_and_stay_two() -> None:
    text = "Nom;Organisme\nAccompagnant;Sicoval\nAccompagnant;Sicoval\n"
    known = People()
    plan = plan_of(text, known)
    assert reasons(plan) == [(3, "same-as-row?")]
    known.store(plan)
    assert figures(plan_of(text, known)) == (0, 0, 2, 0)


def test_who_is_missing_from_the_new_list_is_kept_and_listed() -> None:
    known = after("ID;Nom\n1;Dupont\n2;Durand\n")
    walk_in = known.register({"family_name": "Petit"})
    plan = plan_of("ID;Nom\n1;Dupont\n", known)
    assert [known.now[person]["id"] for person in plan.missing] == ["2"]
    assert walk_in not in plan.missing
    assert list(plan) == []


def test_an_edit_made_at_the_desk_survives_the_same_list_but_not_news() -> None:
    text = "ID;Nom;Tél\n1;Dupont;1\n2;Durand;\n"
    known = after(text)
    first, second = known.now
    known.now[first] = {**known.now[first], "phone": "9"}
    known.now[second] = {**known.now[second], "phone": "8"}
    assert figures(plan_of(text, known)) == (0, 0, 2, 0)
    news = plan_of("ID;Nom;Tél\n1;Dupont;2\n2;Durand;\n", known)
    assert list(news) == [Change(2, first, {"phone": "2"})]


def test_what_the_list_took_back_is_cleared() -> None:
    known = after("ID;Nom;Sessions\n1;Dupont;culture-d, expo\n")
    (step,) = plan_of("ID;Nom;Sessions\n1;Dupont;\n", known)
    assert step == Change(2, next(iter(known.now)), {"sessions": ()})


def test_a_list_with_a_column_per_session_speaks_of_those_sessions_only() -> None:
    known = after('ID;Nom;Sessions\n1;Dupont;"culture-d; expo"\n')
    (person,) = known.now
    plan = plan_of("ID;Nom;Culture D.;Gala\n1;Dupont;non;oui\n", known)
    assert list(plan) == [Change(2, person, {"sessions": ("expo", "gala")})]
    known.store(plan)
    again = plan_of("ID;Nom;Culture D.;Gala\n1;Dupont;non;oui\n", known)
    assert figures(again) == (0, 0, 1, 0)


@pytest.mark.parametrize("order", ["abc", "cba", "bca"])
def test_the_order_of_the_rows_does_not_matter(order: str) -> None:
    rows = {"a": "1;Dupont;a@x.fr;k1\n", "b": ";Durand;b@x.fr;k2\n", "c": ";Petit;;k3\n"}
    header = "ID;Nom;E-mail;Code\n"
    known = after(header + "".join(rows.values()))
    plan = plan_of(header + "".join(rows[row] for row in order), known)
    assert figures(plan) == (0, 0, 3, 0)
