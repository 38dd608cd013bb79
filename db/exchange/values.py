"""From a cell to the value of a field: statuses, codes, days, yes and no, as people write them."""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from db.domain.codes import stored
from db.domain.names import folded
from db.domain.problems import Problems
from db.domain.registration import Status, Value
from db.exchange.vocabulary import Vocabulary

YES: Final = frozenset({
    "oui", "yes", "y", "o", "x", "1", "true", "vrai", "ok", "inscrit", "inscrite", "inscrit e",
    "registered", "present", "presente", "ja", "si", "accepte", "accepted", "d accord", "1 0",
})  # fmt: skip
NO: Final = frozenset({
    "non", "no", "n", "0", "false", "faux", "aucun", "aucune", "none", "nein", "refuse", "absent",
    "absente", "non inscrit", "non inscrite", "", "0 0",
})  # fmt: skip
_TICKS: Final = frozenset("✓✔✅☑☒✗×xX")

STATUSES: Final = {
    Status.CONFIRMED: (
        "confirmed", "confirme", "confirmee", "confirme e", "valide", "validee", "paye", "payee",
        "paid", "regle", "reglee", "inscrit", "inscrite", "inscrit e", "registered", "ok", "oui",
        "accepte", "acceptee", "accepted", "attending", "valid", "approved", "p", "gratuit",
        "free", "complete",
    ),
    Status.CANCELLED: (
        "cancelled", "canceled", "annule", "annulee", "annule e", "annulation", "desiste",
        "desistee", "refuse", "refusee", "rejected", "declined", "not attending",
        "rembourse", "remboursee",
        "refunded", "expire", "expiree", "expired", "c", "e",
    ),
    Status.UNPAID: (
        "unpaid", "impaye", "impayee", "non paye", "non payee", "a payer", "non regle",
        "en attente de paiement", "en attente de reglement", "paiement en attente",
        "paiement en retard", "pending payment", "payment pending", "awaiting payment",
        "not paid", "overdue", "pending overdue", "en retard", "en attente en retard",
        "partially paid", "partiellement paye", "partiellement payee",
    ),
    Status.PENDING: (
        "pending", "en attente", "en cours", "a confirmer", "a valider", "non confirme",
        "non confirmee", "en attente de validation", "en attente de confirmation",
        "en attente d approbation", "approval pending", "unconfirmed", "n", "invite", "invitee",
        "invited",
    ),
    Status.WAITING: (
        "waiting list", "liste d attente", "en liste d attente", "sur liste d attente",
        "waitlist", "waitlisted", "waiting",
    ),
}  # fmt: skip
_STATUS: Final = {word: status for status, words in STATUSES.items() for word in words}

LANGUAGES: Final = {
    "fr": ("fr", "fra", "fre", "francais", "francaise", "french", "fr fr", "fr informal"),
    "en": ("en", "eng", "anglais", "anglaise", "english", "en gb", "en us"),
    "es": ("es", "spa", "espagnol", "spanish", "espanol"),
    "de": ("de", "deu", "ger", "allemand", "german", "deutsch", "de informal"),
    "it": ("it", "ita", "italien", "italian", "italiano"),
    "nl": ("nl", "nld", "neerlandais", "dutch", "nederlands"),
    "pt": ("pt", "por", "portugais", "portuguese", "portugues"),
    "ca": ("ca", "cat", "catalan", "catala"),
    "oc": ("oc", "oci", "occitan"),
}  # fmt: skip
_LANGUAGE: Final = {word: code for code, words in LANGUAGES.items() for word in words}

SHEET_ERRORS: Final = frozenset({
    "#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#N/D", "#VALEUR!",
    "#NOM?", "#NUL!", "#NOMBRE!", "#SPILL!", "#CALC!", "#GETTING_DATA",
})  # fmt: skip
_GUARDED: Final = re.compile(r"'+[=+\-@＝＋－＠\t\r]")
_INVISIBLE: Final = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)  # what would turn a line round stands among them
_AS_TEXT: Final = re.compile('="([^"]*)"')  # how some programs keep the zeros of a number
_ROUNDED: Final = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d+")
_APART: Final = re.compile(r"[;,|\s]+")
_LISTED: Final = re.compile(r"[;|\n]")
_FRENCH_DATE: Final = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})(?:[ T](\d\d?):(\d\d)(?::\d\d)?)?")
_LONGEST_TITLE: Final = 6  # commas and one
_CONTROL_ONLY: Final = str.maketrans({"\r": "\n"})


def clean(cell: str) -> str:
    """Trim a cell, drop what cannot be seen, take off an apostrophe that guarded a formula."""
    if not (cell.isascii() and cell.isprintable()):
        cell = cell.replace("\r\n", "\n").translate(_CONTROL_ONLY)
        cell = _INVISIBLE.sub("", unicodedata.normalize("NFC", cell))
    cell = cell.strip()
    if cell[:2] == '="' and (kept := _AS_TEXT.fullmatch(cell)):
        return kept[1].strip()
    return cell[1:].strip() if cell[:1] == "'" and _GUARDED.match(cell) else cell


def line(cell: str) -> str:
    """Clean a cell that holds one line: its blanks become single spaces."""
    text = clean(cell)
    return " ".join(text.split()) if "  " in text or not text.isprintable() else text


def yes(cell: str) -> bool | None:
    """Read yes or no; None where it is neither."""
    words = folded(cell)
    if words in YES or cell.strip() in _TICKS:
        return True
    return False if words in NO else None


def listed(cell: str) -> list[str]:
    """Part a cell of several values: at ; | and line ends, else at commas."""
    text = clean(cell)
    parts = _LISTED.split(text) if _LISTED.search(text) else text.split(",")
    return [" ".join(part.split()) for part in parts if part.strip()]


def iso_instant(cell: str) -> str:
    """Write «23/11/2026 19:34» as «2026-11-23 19:34»; anything else as it is."""
    match = _FRENCH_DATE.fullmatch(cell)
    if match is None or not (0 < int(match[1]) < 32 and 0 < int(match[2]) < 13):
        return cell
    day = f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
    return f"{day} {int(match[4]):02}:{match[5]}" if match[4] else day


class Values:
    """Turns cells into values; `row` and `column` say where, for the problems it meets."""

    def __init__(self, words: Vocabulary, problems: Problems, *, pending_is_unpaid: bool) -> None:
        """Know an event's words; some systems say «pending» of what is not paid."""
        self._words, self._problems = words, problems
        self._pending = Status.UNPAID if pending_is_unpaid else Status.PENDING
        self.row = 0
        self.column = ""

    def converter(self, field: str) -> Callable[[str], Value]:
        """Return what turns a cell of this field into its value."""
        converters: dict[str, Callable[[str], Value]] = {
            "email": self.email, "phone": self.phone, "language": self.language,
            "status": self.status, "category": self.category, "image_consent": self.consent,
            "code": self.codes, "sessions": self.sessions, "options": self.options,
            "days": self.days, "note": clean, "instruction": clean,
        }  # fmt: skip
        return converters.get(field, line)

    def email(self, cell: str) -> str:
        """Trim an address, its domain in small letters; an odd one is kept and told."""
        text = line(cell).removeprefix("mailto:")
        if text.endswith(">") and "<" in text:
            text = text[text.index("<") + 1 : -1]
        local, at, domain = text.rpartition("@")
        if not (local and at and "." in domain) or " " in text:
            self._problems.add(self.row, self.column, "odd-email")
            return text
        return f"{local}@{domain.lower()}"

    def phone(self, cell: str) -> str:
        """Keep a number as it was written."""
        return line(cell).removeprefix("tel:")

    def language(self, cell: str) -> str:
        """Return the two letters of a language, else what was written."""
        return _LANGUAGE.get(folded(cell), line(cell))

    def status(self, cell: str) -> str:
        """Return the status; an unknown one is kept as written and told once."""
        words = folded(cell)
        found = _STATUS.get(words)
        if found is Status.PENDING and words in ("pending", "en attente", "n"):
            return self._pending.value
        if found is None and words:
            self._problems.add_once(self.row, self.column, "unknown-status", line(cell))
        return line(cell) if found is None else found.value

    def category(self, cell: str) -> str:
        """Return the category's id; an unknown one is kept as written and told once."""
        text = line(cell)
        found = self._words.category(text)
        if not found and text:
            self._problems.add_once(self.row, self.column, "unknown-category", text)
        return found or text

    def consent(self, cell: str) -> str:
        """Return «yes», «no» or what was written."""
        text = line(cell)
        answer = yes(text) if text else None
        return text if answer is None else ("yes" if answer else "no")

    def codes(self, cell: str) -> tuple[str, ...]:
        """Return the ticket codes of a cell; numbers a spreadsheet rounded are told, not kept."""
        codes = []
        text = clean(cell)
        for part in (text,) if _ROUNDED.fullmatch(text) else _APART.split(text):
            if _ROUNDED.fullmatch(part):
                self._problems.add(self.row, self.column, "rounded-number")
            elif part:
                codes.append(stored(part))
        return tuple(dict.fromkeys(codes))

    def sessions(self, cell: str) -> tuple[str, ...]:
        """Return the ids of the sessions named; an unknown one is kept and told once."""
        text = line(cell)
        whole = self._words.session(text)
        found = (whole,) if whole else tuple(map(self._session, self._titles(cell)))
        return tuple(dict.fromkeys(found))

    def options(self, cell: str) -> tuple[str, ...]:
        """Return the options named."""
        words = self._words
        return tuple(dict.fromkeys(words.option(part) for part in listed(cell)))

    def days(self, cell: str) -> tuple[str, ...]:
        """Return the days named; words that name no day of the event are told, not kept."""
        text = line(cell)
        found = self._words.days(text) if text else ()
        if found is None:
            self._problems.add_once(self.row, self.column, "unclear-days", text)
        return found or ()

    def _session(self, title: str) -> str:
        found = self._words.likely_session(title)
        if not found:
            self._problems.add_once(self.row, self.column, "unknown-session", title)
        return found or title

    def _titles(self, cell: str) -> list[str]:
        """Part a cell into titles; a title that holds commas is put together again."""
        parts = listed(cell)
        titles: list[str] = []
        while parts:
            ends = range(min(len(parts), _LONGEST_TITLE), 0, -1)
            end = next((n for n in ends if self._words.session(", ".join(parts[:n]))), 1)
            titles.append(", ".join(parts[:end]))
            parts = parts[end:]
        return titles
