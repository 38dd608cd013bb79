"""The words of window, command line and paper: English in the code, French in `fr.po`."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

LANGUAGES: Final = ("fr", "en")
"""French first: it is what a fresh home speaks."""


def mark(msgid: str) -> str:
    """Return it unchanged: it names a sentence that is translated later, where it is said."""
    return msgid


def entries(text: str) -> Iterator[dict[str, str]]:
    """Yield each entry of a PO file: its keywords (`msgid`, `msgstr[0]`…) and their texts.

    The strings of a PO file are escaped as JSON's are; entries stand apart by a blank line.
    """
    for block in text.split("\n\n"):
        entry: dict[str, str] = {}
        keyword = ""
        for line in block.splitlines():
            if line.startswith("#"):
                continue
            if not line.startswith('"'):
                keyword, _, line = line.partition(" ")
            entry[keyword] = entry.get(keyword, "") + json.loads(line)
        if entry:
            yield entry


@cache
def _french() -> Mapping[str, tuple[str, str]]:
    text = (files("resources.words") / "fr.po").read_text(encoding="utf-8")
    return {
        entry["msgid"]: (
            entry.get("msgstr[0]") or entry.get("msgstr", ""),
            entry.get("msgstr[1]") or entry.get("msgstr", ""),
        )
        for entry in entries(text)
    }


class Catalogue:
    """All sentences in one language; a sentence without translation is said in English."""

    def __init__(self, lang: str) -> None:
        """Speak `lang`; anything but French is English."""
        self.lang = "fr" if lang.startswith("fr") else "en"

    def gettext(self, msgid: str) -> str:
        """Return the sentence in this language."""
        if self.lang == "en":
            return msgid
        return _french().get(msgid, (msgid, msgid))[0] or msgid

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return the singular or the plural; French says zero in the singular, English does not."""
        if self.lang == "en":
            return one if count == 1 else many
        singular, plural = _french().get(one, (one, many))
        return singular if abs(count) < 2 else plural
