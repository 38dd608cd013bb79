"""Keyboards: what each key types, layout by layout, and a text typed on the wrong one read back.

A scanner presses keys; the computer decides what they type. Every layout below lists the same 48
keys in the same order, so that two of them can be laid side by side. Read off xkeyboard-config.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

DEAD: Final = "\0"
"""In a layout: a dead key, which types nothing by itself."""


class Caps(StrEnum):
    """What Caps Lock does where it is on."""

    OFF = "off"
    LETTERS = "letters"  # X11, macOS: every letter in the other case, é and ç too
    SHIFT = "shift"  # Windows, French and Belgian: the other keys of the block shift as well


@dataclass(frozen=True, slots=True)
class Keyboard:
    """One layout: what its 48 keys type alone, and with Shift."""

    name: str
    plain: str
    shifted: str

    def types(self, key: int, *, shift: bool = False, caps: Caps = Caps.OFF) -> str:
        """Return what the key of that position types; empty for a dead key."""
        if caps is Caps.SHIFT and not self._is_letter(key):
            shift = not shift
        character = (self.shifted if shift else self.plain)[key]
        if caps is Caps.LETTERS or (caps is Caps.SHIFT and self._is_letter(key)):
            character = _other_case(character)
        return "" if character == DEAD else character

    def _is_letter(self, key: int) -> bool:
        return self.plain[key].upper() == self.shifted[key]


def _other_case(character: str) -> str:
    swapped = character.swapcase()
    return swapped if len(swapped) == 1 else character


# Order: the key left of 1, the digit row, then the three rows of letters, then the key left of Z.
US: Final = Keyboard(
    "us",
    "`1234567890-=" "qwertyuiop[]" "asdfghjkl;'\\" "zxcvbnm,./" "<",
    "~!@#$%^&*()_+" "QWERTYUIOP{}" 'ASDFGHJKL:"|' "ZXCVBNM<>?" ">",
)  # fmt: skip
FR: Final = Keyboard(
    "fr",
    "²&é\"'(-è_çà)=" f"azertyuiop{DEAD}$" "qsdfghjklmù*" "wxcvbn,;:!" "<",
    "~1234567890°+" f"AZERTYUIOP{DEAD}£" "QSDFGHJKLM%µ" "WXCVBN?./§" ">",
)  # fmt: skip
FR_LATIN9: Final = Keyboard("fr-latin9", "œ" + FR.plain[1:], "Œ" + FR.shifted[1:])
FR_MAC: Final = Keyboard(
    "fr-mac",
    "@&é\"'(§è!çà)-" f"azertyuiop{DEAD}$" f"qsdfghjklmù{DEAD}" "wxcvbn,;:=" "<",
    "#1234567890°_" f"AZERTYUIOP{DEAD}*" "QSDFGHJKLM%£" "WXCVBN?./+" ">",
)  # fmt: skip
FR_AFNOR: Final = Keyboard(
    "fr-afnor",
    f"@àéèê()‘’«»'{DEAD}azertyuiop-+qsdfghjklm/*wxcvbn.,:;<",
    f'#1234567890"{DEAD}AZERTYUIOP–±QSDFGHJKLM\\½WXCVBN?!…=>',
)
BE: Final = Keyboard(
    "be",
    "²&é\"'(§è!çà)-" f"azertyuiop{DEAD}$" "qsdfghjklmùµ" "wxcvbn,;:=" "<",
    "³1234567890°_" f"AZERTYUIOP{DEAD}*" "QSDFGHJKLM%£" "WXCVBN?./+" ">",
)  # fmt: skip
BEPO: Final = Keyboard(
    "bepo",
    f"$\"«»()@+-/*=%bépoè{DEAD}vdljzwauie,ctsrnmçàyx.k'qghfê",
    "#1234567890°`BÉPOÈ!VDLJZWAUIE;CTSRNMÇÀYX:K?QGHFÊ",
)
DE: Final = Keyboard(
    "de",
    f"{DEAD}1234567890ß{DEAD}qwertzuiopü+asdfghjklöä#yxcvbnm,.-<",
    f"°!\"§$%&/()=?{DEAD}QWERTZUIOPÜ*ASDFGHJKLÖÄ'YXCVBNM;:_>",
)
CH_FR: Final = Keyboard(
    "ch-fr",
    f"§1234567890'{DEAD}qwertzuiopè{DEAD}asdfghjkléà$yxcvbnm,.-<",
    f'°+"*ç%&/()=?{DEAD}QWERTZUIOPü!ASDFGHJKLöä£YXCVBNM;:_>',
)

KEYBOARDS: Final[Mapping[str, Keyboard]] = {
    k.name: k for k in (US, FR, FR_LATIN9, FR_MAC, FR_AFNOR, BE, BEPO, DE, CH_FR)
}


def reread(host: Keyboard, scanner: Keyboard, *, caps: bool = False) -> dict[int, str]:
    """Return, for `str.translate`, what a scanner meant whose keys the host read as its own."""
    table: dict[int, str] = {}
    for typed, meant in _pairs(host, scanner, caps=caps):
        if len(typed) == 1 and meant:
            table.setdefault(ord(typed), meant)
    return table


def _pairs(host: Keyboard, scanner: Keyboard, *, caps: bool) -> Iterator[tuple[str, str]]:
    locks = (Caps.LETTERS, Caps.SHIFT) if caps else (Caps.OFF,)
    for shift in (False, True):
        for lock in locks:
            for key in range(len(US.plain)):
                yield (
                    host.types(key, shift=shift, caps=lock),
                    scanner.types(key, shift=shift),
                )
