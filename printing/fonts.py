"""The two typefaces of a badge: how wide a text is, and which of them can draw it."""

import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any, Final

Measure = Callable[[str], float]
"""Gives the width of a text in ems."""

REGULAR: Final = "AtkinsonHyperlegibleNext-Regular"
BOLD: Final = "AtkinsonHyperlegibleNext-Bold"
FALLBACK: Final = {REGULAR: "Inter-Regular", BOLD: "Inter-Bold"}

_SPACES: Final = (0x00A0, 0x202F, 0x2007, 0x2009, 0x200A, 0x3000)
_DRAWN_AS: Final = {**dict.fromkeys(_SPACES, 0x20), 0x2010: 0x2D, 0x2011: 0x2D}
_loading: Final = Lock()


@lru_cache(maxsize=256)
def clean(text: str) -> str:
    """Return a text as a badge says it: NFC, curly apostrophes, nothing invisible."""
    visible = "".join(" " if c in "\t\r\n" else c for c in unicodedata.normalize("NFC", text))
    visible = "".join(c for c in visible if unicodedata.category(c) not in ("Cc", "Cf"))
    return visible.replace("'", "’")


def drawn(line: str) -> str:
    """Return the letters to draw for a line: every kind of space or hyphen is a plain one."""
    return line.translate(_DRAWN_AS)


@cache
def _font(face: str) -> Any:
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    with _loading:
        font = TTFont(face, str(Path(str(files("resources"))) / "fonts" / f"{face}.ttf"))
        registerFont(font)
    return font


def load(face: str) -> str:
    """Make a face ready to draw with; returns its name."""
    _font(face)
    return face


@cache
def measure(face: str) -> Measure:
    """Return the ruler of a face; it gives ems, and measures every kind of space as a space."""
    font = _font(face).face
    widths: dict[int, float] = dict(font.charWidths)
    widths |= {letter: widths[plain] for letter, plain in _DRAWN_AS.items()}
    default: float = font.defaultWidth

    def em(text: str) -> float:
        return sum(widths.get(ord(letter), default) for letter in text) / 1000

    return em


def covers(face: str, text: str) -> bool:
    """Tell whether a face has a glyph for every letter of a text."""
    glyphs: dict[int, int] = _font(face).face.charToGlyph
    return all(ord(c) in glyphs for c in drawn(clean(text)))


@lru_cache(maxsize=256)
def face_for(text: str, face: str) -> tuple[str, bool]:
    """Choose who draws a whole text, and say whether every letter of it can be drawn."""
    if covers(face, text):
        return face, True
    return FALLBACK[face], covers(FALLBACK[face], text)
