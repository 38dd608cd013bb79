"""The tables of keys: complete, and kept apart where badges depend on it."""

import pytest

from db.domain.keyboards import DEAD, FR, KEYBOARDS, US, Caps, Keyboard, reread

DIGIT_ROW = range(1, 11)


@pytest.mark.parametrize("keyboard", KEYBOARDS.values(), ids=list(KEYBOARDS))
def test_every_keyboard_lists_the_same_forty_eight_keys(keyboard: Keyboard) -> None:
    assert len(keyboard.plain) == len(keyboard.shifted) == 48
    letters = {c for c in keyboard.plain if c.isascii() and c.isalpha()}
    assert len(letters) == 26
    for plain, shifted in zip(keyboard.plain, keyboard.shifted, strict=True):
        if plain.isascii() and plain.isalpha():
            assert shifted == plain.upper()


def test_the_digit_rows_of_french_speaking_keyboards_are_ten_disjoint_sets() -> None:
    sets: dict[str, set[str]] = {}
    for name in ("us", "fr", "fr-latin9", "fr-mac", "be", "ch-fr", "de"):
        for caps in (Caps.OFF, Caps.LETTERS):
            for key in DIGIT_ROW:
                sets.setdefault(US.plain[key], set()).add(KEYBOARDS[name].types(key, caps=caps))
    assert sum(len(typed) for typed in sets.values()) == len(set().union(*sets.values()))


def test_caps_lock_on_x11_makes_capitals_of_accented_letters_too() -> None:
    assert [FR.types(key, caps=Caps.LETTERS) for key in (2, 7, 9, 10)] == ["É", "È", "Ç", "À"]
    assert FR.types(13, shift=True, caps=Caps.LETTERS) == "a"


def test_caps_lock_on_windows_types_the_digits() -> None:
    row = "".join(FR.types(key, caps=Caps.SHIFT) for key in DIGIT_ROW)
    assert row == "1234567890"
    assert FR.types(1, shift=True, caps=Caps.SHIFT) == "&"


def test_a_dead_key_types_nothing() -> None:
    assert FR.plain[23] == DEAD
    assert FR.types(23) == ""


def test_a_text_is_read_back_key_by_key() -> None:
    assert "Qwerty;,m".translate(reread(US, FR)) == "Azertym;,"
    assert "azerty".translate(reread(FR, US)) == "qwerty"
    assert "QZERTY".translate(reread(FR, US, caps=True)) == "awerty"
