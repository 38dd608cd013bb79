"""Names of people: folding for search, French order, initials, and telling surname from given."""

import re
import unicodedata
from typing import Final

_LETTERS: Final = {
    "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th",
    "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n", "ĸ": "k", "ə": "e", "ɛ": "e", "ɔ": "o", "ƒ": "f",
}  # fmt: skip
"""Letters that Unicode does not decompose, as they are typed by somebody who lacks them."""

_CACHED: Final = 0x3000
"""Below it a character's folding is remembered; above (ideographs) it is worked out each time."""


class _Fold(dict[int, str]):
    """Maps a character to its folded form, for `str.translate`."""

    def __missing__(self, point: int) -> str:
        folded = _fold(chr(point))
        if point < _CACHED:
            self[point] = folded
        return folded


def _fold(character: str) -> str:
    plain = unicodedata.normalize("NFKD", character.lower())
    plain = "".join(_LETTERS.get(c, c) for c in unicodedata.normalize("NFKD", plain.lower()))
    letters = (c for c in plain if not unicodedata.category(c).startswith("M"))
    return "".join(c if c.isalnum() else " " for c in letters)


_FOLD: Final = _Fold()

PARTICLES: Final = frozenset({"de", "d"})
"""What a French name sorts without (NF Z44-001, 4.1.5.2)."""

ARTICLES: Final = frozenset({"au", "aux", "des", "du", "l", "la", "le", "les"})
"""What stays before a French name and sorts as one word with it (NF Z44-001, 4.1.5.1)."""

_FOREIGN: Final = frozenset({
    "van", "von", "der", "den", "ter", "ben", "bin", "el", "al", "da", "dos", "das", "do", "di",
    "della", "del", "saint", "sainte",
})  # fmt: skip
_OPENERS: Final = PARTICLES | ARTICLES | _FOREIGN
_LOWER: Final = frozenset({"de", "du", "des", "der", "den"})
_TITLES: Final = frozenset({
    "m", "mr", "mm", "mme", "mmes", "mlle", "monsieur", "madame", "dr", "pr", "prof", "me", "mrs",
    "ms", "miss", "mx", "maitre",
})  # fmt: skip
_APOSTROPHES: Final = str.maketrans(dict.fromkeys("’ʼ`´‘", "'"))
_PIECES: Final = re.compile(r"[^\s'’-]+|[\s'’-]+")


def folded(text: str) -> str:
    """Fold for search: no case, accent, ligature or punctuation; words one space apart."""
    return " ".join(text.translate(_FOLD).split())


def sort_key(family: str, given: str = "") -> str:
    """Return what sorts people as a French list does (AFNOR NF Z44-001, 4.1.5).

    Accents, apostrophes and hyphens do not count; «de» and «d'» go behind the name; «du», «des»,
    «le», «la», «les», «l'», «au», «aux» stay before it and make one word with it. Equal surnames
    go by given name. The norm keeps foreign «De» and «D'»; a name does not tell its country.
    """
    words = _sortable(family)
    particle = ""
    if len(words) > 1 and words[0] in PARTICLES:
        particle, words = words[0], words[1:]
    if len(words) > 1 and words[0] in ARTICLES:
        words = [words[0] + words[1], *words[2:]]
    return "\x1f".join((" ".join(words), " ".join(_sortable(given)), particle))


def _sortable(name: str) -> list[str]:
    """Fold into words; an apostrophe parts only a particle or an article from its name."""
    words: list[str] = []
    for word in name.translate(_APOSTROPHES).split():
        opener, mark, rest = word.partition("'")
        if mark and rest and folded(opener) in (PARTICLES | ARTICLES):
            words += [folded(opener), *folded(rest.replace("'", "")).split()]
        else:
            words += folded(word.replace("'", "")).split()
    return words


def initials(name: str) -> str:
    """Shorten to initials: «Jean-Pierre de La Tour» is «J.-P. L. T.»."""
    words = name.translate(_APOSTROPHES).replace("'", " ").split()
    kept = [word for word in words if folded(word) not in PARTICLES] or words
    return " ".join(filter(None, map(_initial, kept)))


def _initial(word: str) -> str:
    parts = (next((c for c in part if c.isalnum()), "") for part in word.split("-"))
    return "-".join(f"{part.upper()}." for part in parts if part)


def without_title(name: str) -> tuple[str, str]:
    """Part a leading «M.», «Mme», «Dr» from a name; returns (title, the rest)."""
    first, _, rest = name.strip().partition(" ")
    return (
        (first, rest.strip()) if rest.strip() and folded(first) in _TITLES else ("", name.strip())
    )


def given_and_family(name: str, *, family_first: bool = False) -> tuple[str, str]:
    """Split one cell into given and family name, each as it was written.

    A comma parts «Dupont, Jean»; else words in capitals are the surname, wherever they stand;
    else a particle or an article opens it; else it is the last word, or the first one of two where
    `family_first` says so.
    """
    family, comma, given = name.partition(",")
    if comma:
        return " ".join(given.split()), " ".join(family.split())
    words = name.split()
    if family_first and len(words) == 2 and not any(map(_in_capitals, words)):
        return words[1], words[0]
    start, end = _surname(words)
    return " ".join(words[:start] + words[end:]), " ".join(words[start:end])


def _surname(words: list[str]) -> tuple[int, int]:
    """Return where the surname stands among the words."""
    last = len(words)
    capitals = [index for index, word in enumerate(words) if _in_capitals(word)]
    if capitals and len(capitals) < last:
        start, end = capitals[0], capitals[-1] + 1
        while start > 0 and _opens(words[start - 1]):
            start -= 1
        if end - start < last:
            return start, end
    for index in range(1, last - 1):
        if _opens(words[index]):
            return index, last
    return max(last - 1, 0), last


def _opens(word: str) -> bool:
    return folded(word).split(" ")[0] in _OPENERS


def _in_capitals(word: str) -> bool:
    """Tell «DUPONT» from «Dupont» and from an initial; «McDONALD» and «d'ALEMBERT» count."""
    letters = [c for c in word if c.isalpha()]
    if len(letters) < 2:
        return False
    if word.isupper():
        return True
    tail = re.split(r"['’]|^Mac|^Mc", word)[-1]
    return tail != word and len(tail) > 1 and tail.isupper()


def tidy_case(name: str) -> str:
    """Write a name in capitals as a reader would; any other name is returned as it is."""
    pieces = _PIECES.findall(name)
    start = next((n for n, p in enumerate(pieces) if p[0].isalpha() and not _small(p)), 0)
    if not "".join(pieces[start:]).isupper() or sum(map(str.isalpha, name)) < 2:
        return name
    return "".join(_tidied(pieces, index) for index in range(len(pieces)))


def _small(piece: str) -> bool:
    return piece.islower() and _opens(piece)


def _tidied(pieces: list[str], index: int) -> str:
    """Capitalise one piece; particles that open a name or follow another stay small."""
    word = pieces[index].lower()
    after = pieces[index + 1] if index + 1 < len(pieces) else ""
    if (word == "d" and after[:1] in "'’" and after) or (word in _LOWER and after.isspace()):
        return word if index == 0 or pieces[index - 1].isspace() else word.capitalize()
    return word[:1].upper() + word[1:]
