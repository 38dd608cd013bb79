"""A badge is read whatever the keyboard; everything else is named for what it is."""

import random
import sys
from itertools import pairwise

import pytest

from db.domain.codes import (
    BADGE_DIGITS,
    LONGEST,
    TOKEN_BITS,
    BadgeCode,
    CodeKind,
    Reading,
    Way,
    badge_code,
    masked,
    readings,
    stored,
)
from db.domain.keyboards import KEYBOARDS, US, Caps, Keyboard

CHANCE = random.Random(1)
TOKENS = [0, 1, 2**TOKEN_BITS - 1, *(CHANCE.getrandbits(TOKEN_BITS) for _ in range(12))]
BADGES = [badge_code(token) for token in TOKENS]
SECRETS = ["".join(CHANCE.choices("abcdefghijkmnpqrstuvwxyz23456789", k=32)) for _ in range(8)]
ORDERS = ["A7Q2W", "ZM3QX", "FORUM-A7Q2W-1"]


def scanned(code: str, host: Keyboard, caps: Caps = Caps.OFF, scanner: Keyboard = US) -> str:
    """What `host` types when a scanner presses the keys of its own keyboard."""
    text = ""
    for character in code:
        shift = character not in scanner.plain
        key = (scanner.shifted if shift else scanner.plain).index(character)
        text += host.types(key, shift=shift, caps=caps)
    return text


def codes(found: tuple[Reading, ...]) -> list[str]:
    return [reading.code for reading in found]


def kinds(typed: str, physical: str = "") -> list[CodeKind]:
    return [reading.kind for reading in readings(typed, physical)]


# --- the badge code itself --------------------------------------------------------------------


def test_a_badge_code_is_thirty_digits_that_give_the_token_back() -> None:
    for token, code in zip(TOKENS, BADGES, strict=True):
        assert len(code) == BADGE_DIGITS == 30
        assert code.isdigit()
        assert code[0] == "1"
        assert BadgeCode.parse(code) == BadgeCode(token)


def test_a_badge_code_is_long_enough_that_nobody_guesses_one() -> None:
    assert TOKEN_BITS >= 80


@pytest.mark.parametrize("token", [-1, 2**TOKEN_BITS])
def test_a_token_that_does_not_fit_is_refused(token: int) -> None:
    with pytest.raises(ValueError, match=r"\d+"):
        badge_code(token)


def test_every_single_wrong_digit_is_noticed() -> None:
    for code in BADGES:
        for place, right in enumerate(code):
            for wrong in "0123456789".replace(right, ""):
                assert BadgeCode.parse(code[:place] + wrong + code[place + 1 :]) is None


def test_every_pair_of_neighbours_swapped_is_noticed() -> None:
    for code in BADGES:
        for place, (left, right) in enumerate(pairwise(code)):
            if left != right:
                assert BadgeCode.parse(code[:place] + right + left + code[place + 2 :]) is None


def test_digits_of_another_script_are_no_badge() -> None:
    assert BadgeCode.parse("".join(chr(0x0660 + int(digit)) for digit in BADGES[5])) is None


# --- reading it back --------------------------------------------------------------------------


@pytest.mark.parametrize("caps", list(Caps))
@pytest.mark.parametrize("host", KEYBOARDS.values(), ids=list(KEYBOARDS))
def test_a_badge_is_read_through_any_keyboard(host: Keyboard, caps: Caps) -> None:
    for code in BADGES:
        (only,) = readings(scanned(code, host, caps))
        assert (only.kind, only.code) == (CodeKind.BADGE, code)


@pytest.mark.parametrize(
    "host", [k for k in KEYBOARDS.values() if k.name != "bepo"], ids=lambda k: k.name
)
@pytest.mark.parametrize("scanner", ["fr", "be", "fr-mac"])
def test_a_badge_is_read_when_it_is_the_scanner_that_thinks_french(
    host: Keyboard, scanner: str
) -> None:
    for code in BADGES:
        (only,) = readings(scanned(code, host, scanner=KEYBOARDS[scanner]))
        assert (only.kind, only.code) == (CodeKind.BADGE, code)


@pytest.mark.parametrize("between", [" ", "-", ".", "\u00a0", " - ", "–"])
def test_a_badge_typed_by_hand_may_have_blanks_and_dashes(between: str) -> None:
    for code in BADGES:
        groups = between.join(code[i : i + 5] for i in range(0, 30, 5))
        assert readings(f"  {groups}\n") == (Reading(CodeKind.BADGE, code),)


def test_a_badge_is_read_from_the_physical_keys_when_the_text_is_lost() -> None:
    assert readings("", BADGES[7]) == (Reading(CodeKind.BADGE, BADGES[7], Way.KEYS),)
    assert readings("\x10\x11", BADGES[7])[0].code == BADGES[7]


@pytest.mark.parametrize(
    "around", ["https://vanel.example/b/{}", "]Q1{}", "https://x.eu/?code={}&l=fr"]
)
def test_a_badge_is_read_out_of_what_surrounds_it(around: str) -> None:
    assert codes(readings(around.format(BADGES[9]))) == [BADGES[9]]


def test_a_badge_with_a_wrong_digit_is_said_to_be_damaged() -> None:
    code = BADGES[8]
    wrong = code[:12] + str((int(code[12]) + 1) % 10) + code[13:]
    for text in (wrong, scanned(wrong, KEYBOARDS["fr"]), code[:-1]):
        assert kinds(text)[0] is CodeKind.TICKET
        assert kinds(text)[-1] is CodeKind.DAMAGED


def test_numbers_of_other_systems_are_tickets() -> None:
    for number in ("3760123456789", "12345", "9" * 30, "1" * 40):
        assert readings(number)[0] == Reading(CodeKind.TICKET, number)
        assert CodeKind.DAMAGED not in kinds(number)


# --- tickets of other systems -----------------------------------------------------------------


@pytest.mark.parametrize("caps", [Caps.OFF, Caps.LETTERS])
@pytest.mark.parametrize("host", KEYBOARDS.values(), ids=list(KEYBOARDS))
def test_letters_and_digits_are_among_the_readings_on_any_keyboard(
    host: Keyboard, caps: Caps
) -> None:
    for code in (*SECRETS, *ORDERS[:2]):
        if host.name == "bepo":
            code = code.replace("y", "t")  # its dead key; only the physical keys can tell
        assert code in codes(readings(scanned(code, host, caps)))


@pytest.mark.parametrize("host", ["fr", "be"])
def test_letters_and_digits_are_among_the_readings_with_the_caps_lock_of_windows(host: str) -> None:
    for code in SECRETS:
        assert code in codes(readings(scanned(code, KEYBOARDS[host], Caps.SHIFT)))


@pytest.mark.parametrize("scanner", ["fr", "de"])
def test_letters_are_among_the_readings_when_the_scanner_is_not_american(scanner: str) -> None:
    for code in (*SECRETS, *ORDERS):
        assert code in codes(readings(scanned(code, US, scanner=KEYBOARDS[scanner])))


def test_the_text_as_typed_comes_first_then_the_keys_then_guesses() -> None:
    found = readings("qwert", "azert")
    assert found[:2] == (
        Reading(CodeKind.TICKET, "qwert", Way.TYPED),
        Reading(CodeKind.TICKET, "azert", Way.KEYS),
    )
    assert {reading.way for reading in found[2:]} == {Way.GUESSED}


def test_no_code_is_listed_twice() -> None:
    for text in (*SECRETS, *ORDERS, *(scanned(s, KEYBOARDS["be"]) for s in SECRETS)):
        found = codes(readings(text, text))
        assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("https://pretix.eu/forum/ticket/abc23def/", "abc23def"),
        ("https://pretix.eu/forum/order/A7Q2W?secret=k3m9z", "k3m9z"),
        ("http://tickets.example/#code=A7Q2W", "A7Q2W"),
        ("www.example.org/t/A7Q2W", "A7Q2W"),
    ],
)
def test_the_code_in_a_web_address_is_a_reading(address: str, code: str) -> None:
    for host in ("us", "fr", "be"):
        typed = scanned(address, KEYBOARDS[host])
        assert code in codes(readings(typed, address))
        assert kinds(typed, address)[0] is CodeKind.TICKET
        assert kinds(typed, address)[-1] is CodeKind.FOREIGN


def test_the_code_in_a_web_address_is_found_without_scan_codes() -> None:
    typed = scanned("https://pretix.eu/forum/ticket/abcdef/", KEYBOARDS["fr"])
    assert "abcdef" in codes(readings(typed))
    assert kinds(typed)[-1] is CodeKind.FOREIGN


# --- what is no ticket ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\ufeff",
        "BEGIN:VCARD",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Lune;Zoé\r\nEND:VCARD",
        "N:Lune;Zoé;;;",
        "EMAIL;TYPE=work:zoe@mairie.example",
        "MECARD:N:Lune,Zoé;;",
        "mailto:zoe@mairie.example",
        "zoe.lune@mairie.example",
        "https://www.example.org",
        "https://www.example.org/",
        "WIFI:T:WPA;S:salle;P:secret;;",
        "tel:+33561000000",
        "a\x00b\x01",
        "\x1b[2J12345",
        "\ud800abc",
        "x" * (LONGEST + 1),
    ],
)
def test_what_is_no_ticket_is_foreign_and_nothing_else(text: str) -> None:
    assert kinds(text) == [CodeKind.FOREIGN]


def test_a_foreign_code_can_always_be_written_down() -> None:
    for text in ("\ud800\udfffabc", "\x00", "é" * 9000):
        assert len(readings(text)[0].code.encode()) <= 2 * LONGEST


def test_keys_too_many_are_not_read_either() -> None:
    assert kinds("abc", "x" * (LONGEST + 1)) == [CodeKind.FOREIGN]


def test_any_text_at_all_is_read_without_an_error() -> None:
    chance = random.Random(2)
    alphabets = ["0123456789", "&é\"'(-è_çà", "/:?#&=.@%]Q1;hwtps", "M!§£µ¨^ \t\x1d\u200b\ufeff"]
    for _ in range(300):
        pool = chance.choice([*alphabets, "".join(alphabets)])
        text = "".join(chance.choices(pool, k=chance.randrange(80)))
        if chance.random() < 0.3:
            text += chr(chance.randrange(sys.maxunicode + 1))
        found = readings(text, chance.choice(["", text[::-1]]))
        assert found
        assert all(reading.code.encode() or reading.kind is CodeKind.FOREIGN for reading in found)


def test_a_megabyte_is_refused_without_being_read() -> None:
    assert len(readings("&" * 1_000_000)[0].code) == LONGEST


# --- how codes are kept -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  A7q2W\r\n", "A7q2W"),
        ("\ufeffA7Q2W\u200b", "A7Q2W"),
        ("\u00a0A7 Q2W\u202f", "A7 Q2W"),
        ("e\u0301te\u0301-1", "été-1"),
        ("", ""),
    ],
)
def test_a_code_is_kept_without_blanks_around_and_its_case_unchanged(given: str, kept: str) -> None:
    assert stored(given) == kept
    assert stored(kept) == kept


def test_a_log_learns_the_length_of_a_code_and_two_characters_at_most() -> None:
    assert masked(BADGES[4]) == f"…{BADGES[4][-2:]} (30)"
    assert masked("A7Q2") == "… (4)"
    assert masked("abcde\x00\x1b") == "… (7)"
