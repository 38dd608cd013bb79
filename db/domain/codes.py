"""Codes: the badge's own digits, and what a scanner typed, read back whatever the keyboard.

A badge code is a version digit, a random token in fixed-width decimal, and two check digits
(ISO/IEC 7064, MOD 97-10, as in an IBAN). Digits are what every keyboard layout keeps apart.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple, Self
from unicodedata import normalize

from db.domain.keyboards import BE, BEPO, CH_FR, DE, FR, FR_AFNOR, FR_MAC, US, Keyboard, reread

VERSION: Final = "1"
TOKEN_BITS: Final = 88
TOKEN_DIGITS: Final = len(str(2**TOKEN_BITS - 1))
BADGE_DIGITS: Final = len(VERSION) + TOKEN_DIGITS + 2
LONGEST: Final = 4096
"""Characters; no ticket is longer, so what is longer is not read at all."""


@dataclass(frozen=True, slots=True)
class BadgeCode:
    """A badge code of ours; `token` is random, below 2**88."""

    token: int

    def __post_init__(self) -> None:
        """Refuse a token that the fixed width cannot hold (ValueError)."""
        if not 0 <= self.token < 2**TOKEN_BITS:
            raise ValueError(self.token.bit_length())

    def __str__(self) -> str:
        """Give the 30 digits that are printed and stored."""
        body = f"{VERSION}{self.token:0{TOKEN_DIGITS}}"
        return f"{body}{98 - int(body) * 100 % 97:02}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return the badge these exact digits name, None when they do not check out."""
        if not _checks_out(text):
            return None
        return cls(int(text[len(VERSION) : -2]))


def badge_code(token: int) -> str:
    """Return the 30 digits of a badge; `token` is TOKEN_BITS of chance (ValueError beyond)."""
    return str(BadgeCode(token))


class CodeKind(StrEnum):
    """What a reading is, as far as its form tells."""

    BADGE = "badge"  # ours, check digits right
    TICKET = "ticket"  # any other credential: only the roster knows
    DAMAGED = "damaged-badge"  # ours by its form, check digits wrong
    FOREIGN = "foreign"  # a visiting card, a web address, nothing readable


class Way(StrEnum):
    """How a reading was come by; a guess counts only when exactly one registered code matches."""

    TYPED = "typed"
    KEYS = "keys"  # from the physical keys, on a US keyboard
    GUESSED = "guessed"  # another keyboard, another case


class Reading(NamedTuple):
    """One candidate; `code` is in stored form, possibly empty when foreign."""

    kind: CodeKind
    code: str
    way: Way = Way.TYPED


def stored(code: str) -> str:
    """Return a code as credentials keep it: no blanks around, NFC, case kept."""
    text = code.strip().strip("\ufeff\u200b\u2060").strip()
    return text if text.isascii() else normalize("NFC", text)


def masked(code: str) -> str:
    """Return what a log may hold of a code: its length and, of a long one, the last two."""
    end = code[-2:] if len(code) > 4 and code[-2:].isprintable() else ""
    return f"…{end} ({len(code)})"


def readings(typed: str, physical: str = "") -> tuple[Reading, ...]:
    """Return what a scan may mean, likeliest first, for the roster to choose; never raises.

    `typed` is the text the keys made here, `physical` the same keys on a US keyboard. A badge
    whose check digits are right comes alone. When none matches, the last one tells why.
    """
    if _checks_out(typed):
        return (Reading(CodeKind.BADGE, typed),)
    if len(typed) > LONGEST or len(physical) > LONGEST:
        return (_foreign(typed[:LONGEST]),)
    texts = [(stored(typed), Way.TYPED)]
    if physical and physical != typed:
        texts.append((stored(physical), Way.KEYS))
    texts = [(text, way) for text, way in texts if text]
    for text, way in texts:
        for piece in _pieces(text):
            if badge := _badge(piece):
                return (Reading(CodeKind.BADGE, badge, way),)
    return tuple(_tickets(texts))


def _tickets(texts: list[tuple[str, Way]]) -> Iterator[Reading]:
    if not texts or not all(_is_text(text) for text, _ in texts) or _is_foreign(texts[0][0]):
        yield _foreign(texts[0][0] if texts else "")
        return
    found: dict[str, Way] = {}
    for text, way in texts:
        for piece in _pieces(text):
            found.setdefault(piece, way)
    for guess in _guesses(texts[0][0]):
        for piece in _pieces(guess):
            found.setdefault(piece, Way.GUESSED)
    for code, way in found.items():
        yield Reading(CodeKind.TICKET, code, way)
    yield from _why(texts)


def _why(texts: list[tuple[str, Way]]) -> Iterator[Reading]:
    for text, way in texts:
        digits = "" if _LETTER.search(text) else _BARE.sub("", text.translate(_DIGITS))
        if digits.startswith(VERSION) and abs(len(digits) - BADGE_DIGITS) <= 3 and _plain(digits):
            yield Reading(CodeKind.DAMAGED, digits, way)
            return
    typed = texts[0][0]
    meant = [text for text, _ in texts]
    if "M" in typed:  # a US scanner's colon, on a French keyboard
        meant.append(typed.translate(_ON_FRENCH))
    if any(_is_foreign(text) or _URL.match(text) for text in meant):
        yield _foreign(typed)


# --- our own badges ---------------------------------------------------------------------------

_ROW: Final = range(1, 11)  # the keys 1 to 0, in every layout
_TEN: Final = ("0àÀ", "1&", "2éÉ", '3"', "4'", "5(", "6-§", "7èÈ", "8_!", "9çÇ")
_DIGITS: Final = {ord(c): str(digit) for digit, typed in enumerate(_TEN) for c in typed}
"""What fr, be, ch, de and US keyboards make of a US scanner's digits: ten disjoint sets."""


def _row(host: Keyboard, *, shift: bool) -> dict[int, str]:
    row = host.shifted if shift else host.plain
    return {ord(c): US.plain[key] for key in _ROW for c in {row[key], row[key].upper()}}


_DIGIT_TABLES: Final = (
    _DIGITS,
    _row(BEPO, shift=False),
    _row(FR_AFNOR, shift=False),
    _row(US, shift=True),  # a French scanner, which shifts for digits, on other keyboards
    _row(DE, shift=True),
    _row(CH_FR, shift=True),
)
_BARE: Final = re.compile(r"[\s\-‐‑‒–—.]+")
_LETTER: Final = re.compile(r"[A-Za-z]")  # no keyboard makes one of a digit
_TYPED_BADGE: Final = 2 * BADGE_DIGITS  # with a separator after each digit, at most


def _plain(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _checks_out(text: str) -> bool:
    if len(text) != BADGE_DIGITS or not _plain(text) or not text.startswith(VERSION):
        return False
    check = int(text[-2:])
    return 2 <= check <= 98 and int(text) % 97 == 1 and int(text[1:-2]) < 2**TOKEN_BITS


def _badge(text: str) -> str | None:
    if not BADGE_DIGITS <= len(text) <= _TYPED_BADGE or _LETTER.search(text):
        return None
    spaceless = "".join(text.split())
    for table in _DIGIT_TABLES:
        digits = spaceless.translate(table)
        if _checks_out(digits):
            return digits
    bare = _BARE.sub("", text)
    return bare if _checks_out(bare) else None


# --- everybody else's tickets -----------------------------------------------------------------

_ON_FRENCH: Final = reread(FR, US)
_DIGITS_KEPT: Final = (reread(DE, US), reread(DE, US, caps=True), reread(FR, US, caps=True))
_LETTERS_MOVED: Final = (
    _ON_FRENCH,
    reread(US, FR),
    reread(US, FR, caps=True),
    reread(BEPO, US),
    reread(BEPO, US, caps=True),
)
_SIGNS_MOVED: Final = (
    reread(BE, US),
    reread(BE, US, caps=True),
    reread(FR_MAC, US),
    reread(FR_MAC, US, caps=True),
    reread(FR_AFNOR, US),
    reread(FR_AFNOR, US, caps=True),
    reread(CH_FR, US),
    reread(US, DE),
    _DIGITS,
)


def _guesses(text: str) -> Iterator[str]:
    """Give what other keyboards and Caps Lock could have made of the same code."""
    yield from (text.swapcase(), text.lower(), text.upper())
    yield from (text.translate(table) for table in _DIGITS_KEPT)
    simple = text.isascii() and text.isalnum()
    if simple and not text.isalpha():
        return  # where the letters move, digits come out as signs
    tables = _LETTERS_MOVED if simple else _LETTERS_MOVED + _SIGNS_MOVED
    for table in tables:
        guess = text.translate(table)
        yield from (guess, guess.lower(), guess.upper())


_ADDRESS: Final = re.compile(r"[\w.%+'-]+@[\w-][\w.-]*\.[a-z]{2,}", re.ASCII | re.IGNORECASE)
_SCHEME: Final = re.compile(
    r"(?:BEGIN|END|VERSION|MECARD|BIZCARD|WIFI|MAILTO|MATMSG|TEL|SMS|SMSTO|GEO|OTPAUTH|"
    r"N|FN|ORG|TITLE|ADR|EMAIL|URL|NOTE|X-[A-Z-]+)(?:;[^:]*)?:",
    re.IGNORECASE,
)  # vCard lines (RFC 6350, 3.3) and the schemes that phones put into QR codes
_URL: Final = re.compile(r"(?:https?://|www\.)[^/?#]*", re.IGNORECASE)
_PARAMETER: Final = re.compile(r"[?&#](?:code|secret|ticket|token|qr|id)=([^&#]+)", re.IGNORECASE)
_SEGMENT: Final = re.compile(r"/([^/?#]+)/?(?:[?#]|$)")
_SYMBOLOGY: Final = re.compile(r"\][A-Za-z][0-9A-Za-z](?=.)")  # ISO/IEC 15424: «]Q1» and the like


def _is_text(text: str) -> bool:
    return text.replace("\u00a0", " ").replace("\u202f", " ").isprintable()


def _is_foreign(text: str) -> bool:
    if "@" in text and _ADDRESS.fullmatch(text):
        return True
    if ":" in text and _SCHEME.match(text):
        return True
    address = _URL.match(text)
    return address is not None and len(_pieces(text)) == 1


def _pieces(text: str) -> list[str]:
    pieces = [text]
    if text.startswith("]") and (prefix := _SYMBOLOGY.match(text)):
        pieces.append(text[prefix.end() :])
    if "/" in text and (address := _URL.match(text)):
        rest = text[address.end() :]
        pieces += _PARAMETER.findall(rest) + _SEGMENT.findall(rest)
    return pieces


def _foreign(text: str) -> Reading:
    return Reading(CodeKind.FOREIGN, text.encode("utf-8", "replace").decode())
