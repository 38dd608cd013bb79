"""Verdicts, errors and times in words, without Qt."""

import subprocess
import sys
from datetime import timedelta

import pytest

from db.domain.errors import NotFound
from db.domain.registration import Registration
from db.domain.verdicts import First, Outcome, Reason, Verdict
from desktop.phrases import KIND_NAMES, LOOKS, REASONS
from desktop.words import Speech
from resources.words import Catalogue
from tests.forum import FORUM, thursday, wednesday

FR, EN = Speech(Catalogue("fr"), FORUM), Speech(Catalogue("en"), FORUM)
ADA = Registration("0" * 32, {"given_name": "Ada", "family_name": "Essai", "category": "elu"})


def verdict(reason: Reason, outcome: Outcome = Outcome.REFUSED, **more: object) -> Verdict:
    usual = {"admitted": False, "at": wednesday("9:41"), "place": "accueil", "person": ADA}
    return Verdict(outcome=outcome, reason=reason, **{**usual, **more})  # type: ignore[arg-type]


def test_every_outcome_and_every_reason_has_its_words() -> None:
    assert set(LOOKS) == set(Outcome)
    assert set(REASONS) == set(Reason)
    assert KIND_NAMES["entered"] == "Entry"


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("speech", [FR, EN])
def test_every_reason_is_a_whole_sentence_in_both_languages(speech: Speech, reason: Reason) -> None:
    words = speech.verdict(verdict(reason, person=None))
    assert words.name
    assert not set("{}") & set(words.text)


def test_a_session_for_elected_officials_says_whom_it_is_for_and_who_can_decide() -> None:
    session = next(s for s in FORUM.sessions if "elu" in s.access.categories)
    said = FR.verdict(verdict(Reason.NOT_FOR_CATEGORY, session=session.id, place="observatoire"))
    assert said.why == "Cette séance est réservée\u00a0: Élu·e."
    assert said.hint == "Pour décider autrement\u00a0: l'équipe d'organisation."


def test_a_return_on_the_second_day_says_when_the_first_entry_was() -> None:
    first = First(wednesday("9:12"), "accueil", "d" * 32, "f" * 32)
    said = FR.verdict(
        verdict(Reason.RETURNING, Outcome.ADMITTED, admitted=True, at=thursday("8:30"), first=first)
    )
    assert said.why == "De retour\u00a0: première entrée hier à 9\u00a0h\u00a012."


def test_times_are_those_of_the_forum() -> None:
    assert (FR.time(wednesday("8:57")), EN.time(wednesday("8:57"))) == (
        "8\u00a0h\u00a057",
        "8:57",
    )
    after = wednesday("8:57") + timedelta(days=12)
    assert FR.when(wednesday("8:57"), after) == "le mercredi 22\u00a0mars à 8\u00a0h\u00a057"


def test_counts_are_grouped_as_each_language_does() -> None:
    assert (FR.number(1284), EN.number(1284)) == ("1\u202f284", "1,284")


def test_an_error_says_what_happened_and_the_next_step() -> None:
    told = FR.error(NotFound(what="person", name="P1"))
    assert told.message == "Introuvable ici\u00a0: personne «\u00a0P1\u00a0»."
    assert told.next_step.startswith("Rien n’a changé.")


def test_a_bug_is_said_calmly_and_repeats_nothing() -> None:
    told = EN.error(ValueError("Ada Essai 10001"))
    assert "Ada" not in told.message + told.next_step
    assert "lost" in told.next_step


def test_words_need_no_qt() -> None:
    program = (
        "import sys; sys.modules['PySide6'] = None\n"
        "import desktop.words, desktop.phrases, resources.words"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
