"""Every sentence exists in French, none is stale, and the typography is French."""

import re
import string
from collections.abc import Iterator

import polib
import pytest

from resources.words import Catalogue
from tests.desktop.msgids import ROOT, msgids

PO = polib.pofile(str(ROOT / "resources" / "words" / "fr.po"))


def french() -> Iterator[tuple[str, str]]:
    for entry in PO:
        if entry.msgid_plural:
            yield from ((entry.msgid, text) for text in entry.msgstr_plural.values())
        else:
            yield entry.msgid, entry.msgstr


def test_every_sentence_of_the_tree_is_said_in_french() -> None:
    known = {entry.msgid for entry in PO if entry.translated()}
    assert {m: where for m, where in msgids().items() if m not in known} == {}


def test_no_translation_is_left_without_its_sentence() -> None:
    assert {entry.msgid for entry in PO} - set(msgids()) == set()


def test_no_sentence_stands_twice() -> None:
    ids = [entry.msgid for entry in PO]
    assert len(ids) == len(set(ids))


def test_both_languages_fill_in_the_same_parts() -> None:
    def parts(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    wrong = [m for m, text in french() if parts(text) - parts(m) or parts(m) - parts(text)]
    assert wrong == []


@pytest.mark.parametrize(
    ("fault", "meaning"),
    [
        (r"(?<!\u202f)[;!?](?!\w)", "U+202F stands before ; ! ?"),
        (r"(?<![\u00a0\w/]):(?!//)|(?<=\w):(?=\s|$)", "U+00A0 stands before :"),
        (r"«(?!\u00a0)|(?<!\u00a0)»", "U+00A0 stands inside « »"),
        (r"(?<=\w)'(?=\w)", "the apostrophe is ’"),
        (r"\.\.\.", "the ellipsis is …"),
    ],
)
def test_french_typography(fault: str, meaning: str) -> None:
    assert [text for _, text in french() if re.search(fault, text)] == [], meaning


def test_zero_is_singular_in_french_and_plural_in_english() -> None:
    said = [Catalogue(lang).ngettext("{n} person", "{n} people", 0) for lang in ("fr", "en")]
    assert said == ["{n} personne", "{n} people"]
