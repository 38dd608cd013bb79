"""The words of window, command line and paper: English in the code, French in `fr.po`."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

LANGUAGES: Final = ("fr", "en")
"""French first: it is what a fresh home speaks."""


def mark(msgid: str) -> str:
    """Return it unchanged: it names a sentence that is translated later, where it is said."""
    return msgid


@cache
def _french() -> Mapping[str, tuple[str, str]]:
    import polib

    text = (files("resources.words") / "fr.po").read_text(encoding="utf-8")
    return {
        entry.msgid: (
            entry.msgstr_plural.get(0, entry.msgstr),
            entry.msgstr_plural.get(1, entry.msgstr),
        )
        for entry in polib.pofile(text)
        if not entry.obsolete
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
