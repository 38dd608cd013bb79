"""The lists of the check-in screen: last scans, open decisions, search hits."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QIcon

from db.domain.names import initials
from db.domain.registration import Registration
from db.domain.verdicts import Outcome, Verdict
from desktop.kit import Kit
from desktop.phrases import LOOKS
from desktop.widgets.icons import icon
from desktop.widgets.table import Column, Table

if TYPE_CHECKING:
    from db.desk.admit import ScanLine
    from db.desk.people import Found

FADES: Final = timedelta(seconds=30)
"""After this the last scans show initials: the next visitor reads the screen too."""

_INKS: Final[dict[Outcome, str]] = {
    Outcome.ADMITTED: "#0B6B4C",
    Outcome.ALREADY_IN: "#7A5600",
    Outcome.REFUSED: "#940F1A",
    Outcome.ATTENTION: "#3D2FA6",
    Outcome.LEFT: "#14181F",
    Outcome.INFO: "#475063",
}


def outcome_icon(kit: Kit, outcome: Outcome) -> QIcon:
    """Return the small shape of an outcome, in an ink that reads on paper."""
    return icon(LOOKS[outcome].shape, _INKS[outcome], kit.theme.px(20))


def last_scans(kit: Kit, now: Callable[[], datetime]) -> "Table[ScanLine]":
    """Return the table of the last scans."""
    speech = kit.speech

    def who(line: "ScanLine") -> str:
        if line.person is None:
            return "—"
        return initials(line.person.name) if now() - line.at > FADES else line.person.name

    def what(line: "ScanLine") -> str:
        text = speech.reason(line.reason)
        if line.undone:
            return speech.say("{what}, taken back", what=text)
        return speech.say("{what}, entered afterwards", what=text) if line.declared else text

    return Table(
        kit.theme,
        (
            Column(speech.say("Time"), lambda line: speech.time(line.at), 96),
            Column(
                speech.say("Answer"),
                lambda line: speech.label(line.outcome),
                160,
                lambda line: outcome_icon(kit, line.outcome),
            ),
            Column(speech.say("Person"), who),
            Column(speech.say("Detail"), what),
            Column(speech.say("Place"), lambda line: speech.place(line.place), spare=True),
        ),
    )


def undecided(kit: Kit) -> "Table[Verdict]":
    """Return the table of the decisions still open."""
    speech = kit.speech

    def who(verdict: Verdict) -> str:
        return verdict.person.name if verdict.person else "—"

    return Table(
        kit.theme,
        (
            Column(speech.say("Time"), lambda verdict: speech.time(verdict.at), 96),
            Column(speech.say("Person"), who, 0, lambda v: outcome_icon(kit, v.outcome)),
            Column(speech.say("Organisation"), lambda v: _organisation(v.person)),
            Column(speech.say("Reason"), lambda verdict: speech.verdict(verdict).why),
        ),
    )


def hits(kit: Kit, *, category: bool = True) -> "Table[Found]":
    """Return the table of search hits: organisation and category part homonyms."""
    speech = kit.speech

    def state(found: "Found") -> str:
        text = speech.state(found.state)
        return f"{text} · {speech.time(found.since)}" if found.since else text

    shown: list[Column[Found]] = [
        Column(speech.say("Name"), lambda found: found.person.name),
        Column(speech.say("Organisation"), lambda found: _organisation(found.person)),
    ]
    if category:
        name = speech.say("Category")
        shown.append(Column(name, lambda f: speech.category(f.person.text("category")), 170))
    shown.append(Column(speech.say("State"), state, 190 if category else 150))
    return Table(kit.theme, shown, line=44)


def _organisation(person: Registration | None) -> str:
    return person.text("organisation") if person else ""
