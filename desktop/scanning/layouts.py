"""Physical keys: the code the system gives a key, and what a US keyboard would type with it."""

from typing import Final

from db.domain.keyboards import US

EVDEV: Final = (41, *range(2, 14), *range(16, 28), *range(30, 41), 43, *range(44, 54), 86)
"""Linux key code of each key of a `Keyboard`, in its order (input-event-codes.h)."""

SPACE: Final = 57

_KEYPAD: Final = dict(zip((71, 72, 73, 75, 76, 77, 79, 80, 81, 82), "7894561230", strict=True)) | {
    55: "*",
    74: "-",
    78: "+",
    83: ".",
    98: "/",
}

_OFFSETS: Final = {"xcb": 8, "wayland": 8, "windows": 0}
"""X keycodes are evdev + 8; Windows scan codes (set 1) are the same numbers for these keys."""

_US: Final[dict[int, str]] = {
    **{code: US.types(key) for key, code in enumerate(EVDEV)},
    **_KEYPAD,
    SPACE: " ",
}
_US_SHIFTED: Final = {code: US.types(key, shift=True) for key, code in enumerate(EVDEV)}


def scan_code_offset(platform: str) -> int | None:
    """Return what this Qt platform adds to evdev codes; None where it tells no scan code."""
    return _OFFSETS.get(platform)


def us_character(code: int, *, shift: bool) -> str:
    """Return what that key types on a US keyboard, empty for a key that types nothing."""
    plain = _US.get(code, "")
    return _US_SHIFTED.get(code, plain) if shift else plain
