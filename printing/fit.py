"""Make words fit a space: break where a reader would, keep them large, and say when they cannot."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import islice, pairwise
from typing import Final

from printing.fonts import Measure, clean, drawn

KEEP_WITH_NEXT: Final = frozenset({"de", "la", "du", "des", "le", "les", "et", "à", "au", "aux"})
"""A line never ends on these (PRINTING, «Fit»); the last four read badly there too."""

LONGEST: Final = 240
"""Letters that are looked at; no badge shows more."""

_HYPHENS: Final = "-\u2010"


@dataclass(frozen=True, slots=True)
class Space:
    """Where a text goes: any unit, the same throughout; `leading` is the line pitch in ems."""

    width: float
    height: float
    floor: float
    top: float
    lines: int
    leading: float = 1.1


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines and their size (the em, in the unit of the space); `cut` when letters are missing."""

    lines: tuple[str, ...]
    size: float
    cut: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    glue: str = ""  # between it and the next one, on one line
    tail: str = ""  # after it, at the end of a line


_Cut = Callable[[str], tuple[_Piece, ...]]


@dataclass(frozen=True, slots=True)
class _Broken:
    lines: tuple[str, ...]
    widest: float  # ems


def fit(text: str, space: Space, em: Measure) -> Fitted:
    """Lay out a text: one line, then two, then more; hyphens, then an ellipsis.

    The largest size wins, never under the floor.
    """
    letters = " ".join(part for part in clean(text[: 2 * LONGEST]).split(" ") if part)
    if not letters:
        return Fitted((), space.floor)
    found = None if len(letters) > LONGEST else _largest(letters, space, em)
    return found or _ellipsis(_hyphenated(letters[:LONGEST]), space, em)


def _pieces(text: str) -> Iterator[_Piece]:
    """Cut after spaces and hyphens, where no small word would end the line."""
    for group in _groups(text.split(" ")):
        start = 0
        for at in range(1, len(group) - 1):
            if group[at] in _HYPHENS and _may_end(group[start:at]) and group[at + 1].isalnum():
                yield _Piece(group[start : at + 1])
                start = at + 1
        yield _Piece(group[start:], glue=" ")


def _groups(words: Sequence[str]) -> Iterator[str]:
    """Join a small word to the next, and a lone sign («-», «&») to the one before."""
    group = words[0]
    for word in words[1:]:
        if _may_end(group) and any(c.isalnum() for c in word):
            yield group
            group = word
        else:
            group = f"{group} {word}"
    yield group


def _may_end(line: str) -> bool:
    return re.split(r"[ \-\u2010]", line)[-1].casefold() not in KEEP_WITH_NEXT


def _largest(letters: str, space: Space, em: Measure) -> Fitted | None:
    """Try without hyphenation (one line against two, then more), then with it."""
    for cut in (_whole, _hyphenated):
        sized = (_sized(broken, space) for broken in _breaks(letters, space.lines, em, cut))
        two = max(islice(sized, 2), key=lambda fitted: fitted.size)
        for fitted in (two, *sized):
            if fitted.size >= space.floor:
                return fitted
    return None


def _sized(broken: _Broken, space: Space) -> Fitted:
    """Return the lines as large as the space allows, be it under the floor."""
    tallest = space.height / (len(broken.lines) * space.leading)
    return Fitted(broken.lines, min(space.top, space.width / broken.widest, tallest))


@lru_cache(maxsize=256)
def _breaks(letters: str, most: int, em: Measure, cut: _Cut) -> tuple[_Broken, ...]:
    """Break a text into 1, 2… `most` lines; whatever the size, these breaks stay the best."""
    pieces = cut(letters)
    broken = []
    for count in range(1, min(most, len(pieces)) + 1):
        lines = tuple(drawn(line) for line in _narrowest(pieces, count, em))
        broken.append(_Broken(lines, max(em(line) for line in lines) or 1))
    return tuple(broken)


def _narrowest(pieces: Sequence[_Piece], count: int, em: Measure) -> tuple[str, ...]:
    start = [0.0]
    for piece in pieces:
        start.append(start[-1] + em(piece.text + piece.glue))
    ends = [start[i] + em(p.text + p.tail) for i, p in enumerate(pieces)]
    total = len(pieces)

    @cache
    def best(first: int, left: int) -> tuple[float, tuple[int, ...]]:
        if left == 1:
            return ends[total - 1] - start[first], (total,)
        options = (
            (max(ends[cut - 1] - start[first], rest), (cut, *cuts))
            for cut in range(first + 1, total - left + 2)
            for rest, cuts in (best(cut, left - 1),)
        )
        return min(options, key=lambda option: option[0])

    cuts = (0, *best(0, count)[1])
    return tuple(_line(pieces[a:b]) for a, b in pairwise(cuts))


def _line(pieces: Sequence[_Piece]) -> str:
    whole = "".join(p.text + p.glue for p in pieces[:-1])
    return whole + pieces[-1].text + pieces[-1].tail


def _whole(letters: str) -> tuple[_Piece, ...]:
    return tuple(_pieces(letters))


def _hyphenated(letters: str) -> tuple[_Piece, ...]:
    """Cut words where French hyphenation allows too, a hyphen at the end of the line."""
    import pyphen

    french = pyphen.Pyphen(lang="fr_FR", right=3)
    cut: list[_Piece] = []
    for piece in _pieces(letters):
        start, word = 0, piece.text.rfind(" ") + 1
        for at in french.positions(piece.text[word:]):
            cut.append(_Piece(piece.text[start : word + at], tail="-"))
            start = word + at
        cut.append(replace(piece, text=piece.text[start:]))
    return tuple(cut)


def _ellipsis(pieces: tuple[_Piece, ...], space: Space, em: Measure) -> Fitted:
    """Fill the lines at the floor size and end with an ellipsis."""
    room = space.width / space.floor
    count = max(1, min(space.lines, int(space.height / (space.floor * space.leading))))
    lines: list[str] = []
    rest = pieces
    while len(lines) < count - 1:
        taken = max((n for n in range(1, len(rest)) if em(_line(rest[:n])) <= room), default=0)
        if not taken:
            break
        lines.append(drawn(_line(rest[:taken])))
        rest = rest[taken:]
    last = _shortened(drawn(_line(rest)), room, em)
    return Fitted((*lines, last), space.floor, cut=True)


def _shortened(line: str, room: float, em: Measure) -> str:
    while line and em(line + "…") > room:
        line = line[:-1].rstrip(" -,;\u0301")
    return line + "…"
