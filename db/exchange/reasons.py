"""What is said of each problem of a table, as msgids with `{parts}`."""

from collections.abc import Callable
from typing import Final

from db.domain.problems import Problem
from resources.words import mark

SENTENCES: Final = {
    "sheet-not-read": mark(
        "The sheet «{value}» looks like a list too, and was not read. Save it as a file of its own."
    ),
    "name-alone": mark("A surname alone: perhaps a heading. Kept as a person."),
    "nobody": mark("The row names nobody: no name, e-mail, identifier or organisation. Left out."),
    "same-id-twice": mark("Same identifier and same name as row {first}. Left out."),
    "shared-id": mark(
        "Row {first} has this identifier under another name. Added as somebody else, without it."
    ),
    "shared-code": mark(
        "Row {first} has this ticket code too. At the desk, this code will ask for the name."
    ),
    "same-person?": mark(
        "Perhaps somebody already registered, with other details. Added as somebody new."
    ),
    "same-as-row?": mark("Perhaps the same person as row {first}. Both are kept."),
    "unknown-category": mark("The event has no category «{value}». Kept as written."),
    "unknown-status": mark("«{value}» is no known status. Kept as written; entry is not refused."),
    "unknown-session": mark("The event has no session «{value}». Kept as written."),
    "unclear-days": mark("«{value}» names no day of the event. No day is set."),
    "unclear-answer": mark("«{value}» is neither yes nor no. Kept as an answer only."),
    "odd-email": mark("This is not an e-mail address. Kept as written."),
    "rounded-number": mark(
        "The spreadsheet rounded this number, so the code is lost. Format the column as text."
    ),
    "error-cell": mark("The spreadsheet shows an error here. Taken as empty."),
    "extra-cells": mark(
        "The row has more cells than there are column titles. The rest is left out."
    ),
}
"""Every reason an import gives."""


def sentence(problem: Problem, gettext: Callable[[str], str]) -> str:
    """Say one problem in the language of `gettext`."""
    return gettext(SENTENCES[problem.reason]).format_map(dict(problem.parts))
