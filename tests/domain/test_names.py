"""Names are found, sorted, shortened and parted as people expect."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.names import (
    folded,
    given_and_family,
    initials,
    sort_key,
    tidy_case,
    without_title,
)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Œuvre", "oeuvre"),
        ("Ægir Åse", "aegir ase"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Đorđe", "dorde"),
        ("Þóra Guðrún", "thora gudrun"),
        ("L’Haÿ-les-Roses", "l hay les roses"),
        ("ISTANBUL İzmir ılık", "istanbul izmir ilik"),
        ("  Noé\u00a0\u202fNin\u0303o ", "noe nino"),
        ("a.b+c@d.fr", "a b c d fr"),
        ("", ""),
    ],
)
def test_a_name_is_found_as_it_is_typed_without_accents(written: str, typed: str) -> None:
    assert folded(written) == typed


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    once = folded(text)
    assert folded(once) == once
    assert folded(text.upper()) == folded(text.upper().lower())


def test_a_french_list_sorts_particles_behind_and_articles_in_front() -> None:
    ordered = [
        "Arnaud", "d'Artagnan", "Du Bellay", "Dubois", "Éluard", "des Essarts", "de Gaulle",
        "La Farge", "Lafitte", "de La Fontaine", "Le Goff", "L'Herbier", "Obama", "O'Brien",
        "Œuvrard", "Petit", "Petit-Jean", "Petitot",
    ]  # fmt: skip
    ordered = sorted(ordered, key=sort_key)
    assert ordered.index("d'Artagnan") == ordered.index("Arnaud") + 1
    assert ordered.index("des Essarts") == ordered.index("d'Artagnan") + 1
    assert ordered.index("de Gaulle") == ordered.index("Éluard") + 1
    assert ordered[-5:] == ["O'Brien", "Œuvrard", "Petit", "Petit-Jean", "Petitot"]
    assert ordered.index("de La Fontaine") == ordered.index("Lafitte") + 1


def test_one_surname_goes_by_given_name_then_by_particle() -> None:
    people = [("Martin", "Éric"), ("de Martin", "Éric"), ("Martin", "Zoé"), ("MARTIN", "Fanny")]
    keys = sorted(people, key=lambda person: sort_key(*person))
    assert keys == [
        ("Martin", "Éric"), ("de Martin", "Éric"), ("MARTIN", "Fanny"), ("Martin", "Zoé"),
    ]  # fmt: skip


@given(st.lists(st.text(max_size=12), min_size=2, max_size=5))
def test_case_and_accents_never_part_a_surname_from_itself(names: list[str]) -> None:
    for one, other in pairwise(names):
        if folded(one) == folded(other) and "'" not in one + other:
            assert sort_key(one) == sort_key(other) or "’" in one + other or "`" in one + other


@pytest.mark.parametrize(
    ("cell", "given_name", "family"),
    [
        ("DUPONT Jean", "Jean", "DUPONT"),
        ("Jean DUPONT", "Jean", "DUPONT"),
        ("Dupont, Jean", "Jean", "Dupont"),
        ("Jean-Pierre de La Tour", "Jean-Pierre", "de La Tour"),
        ("Jean de LA TOUR", "Jean", "de LA TOUR"),
        ("DE LA ROCHEFOUCAULD Anne", "Anne", "DE LA ROCHEFOUCAULD"),
        ("NGUYEN VAN Minh Anh", "Minh Anh", "NGUYEN VAN"),
        ("Léa d'ALEMBERT", "Léa", "d'ALEMBERT"),
        ("Ian McDONALD", "Ian", "McDONALD"),
        ("Marie Le Goff", "Marie", "Le Goff"),
        ("Marie Anne Dupont", "Marie Anne", "Dupont"),
        ("JEAN DUPONT", "JEAN", "DUPONT"),
        ("DUPONT J.", "J.", "DUPONT"),
        ("Prince", "", "Prince"),
        ("", "", ""),
    ],
)
def test_one_cell_is_parted_into_given_and_family(cell: str, given_name: str, family: str) -> None:
    assert given_and_family(cell) == (given_name, family)


@given(st.text(max_size=40).filter(lambda text: "," not in text))
def test_parting_a_name_loses_no_word(name: str) -> None:
    assert sorted(" ".join(given_and_family(name)).split()) == sorted(name.split())


@pytest.mark.parametrize(
    ("capitals", "tidy"),
    [
        ("DE LA ROCHEFOUCAULD", "de La Rochefoucauld"),
        ("D'ALEMBERT", "d'Alembert"),
        ("DU BELLAY", "du Bellay"),
        ("L’HERBIER", "L’Herbier"),
        ("O'BRIEN", "O'Brien"),
        ("LE GOFF-MARTIN", "Le Goff-Martin"),
        ("JEAN-PIERRE", "Jean-Pierre"),
        ("ÉTIENNE", "Étienne"),
        ("VAN DER BERG", "Van der Berg"),
        ("DES", "Des"),
        ("McDONALD", "McDONALD"),
        ("dupont", "dupont"),
        ("J", "J"),
    ],
)
def test_capitals_become_a_name_and_anything_else_stays(capitals: str, tidy: str) -> None:
    assert tidy_case(capitals) == tidy


@given(st.text(max_size=30))
def test_tidying_changes_nothing_but_the_case(name: str) -> None:
    assert tidy_case(tidy_case(name)) == tidy_case(name)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Jean-Pierre de La Tour", "J.-P. L. T."),
        ("Zoé Œuvre", "Z. Œ."),
        ("Léa d'Alembert", "L. A."),
        ("de", "D."),
        ("…", ""),
        ("", ""),
    ],
)
def test_initials_say_who_without_the_name(name: str, short: str) -> None:
    assert initials(name) == short


def test_a_form_of_address_is_parted_from_the_name() -> None:
    assert without_title("Mme Jeanne Dupont") == ("Mme", "Jeanne Dupont")
    assert without_title("M. DUPONT") == ("M.", "DUPONT")
    assert without_title("Dr") == ("", "Dr")
    assert without_title("Marc Dupont") == ("", "Marc Dupont")
