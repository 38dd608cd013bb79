"""Verdicts: what the desk answers, always with its reason."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from db.domain.registration import Registration


class Outcome(StrEnum):
    """The six answers of a scan; each has a colour, a shape, words and a sound of its own."""

    ADMITTED = "admitted"
    ALREADY_IN = "already-in"
    REFUSED = "refused"
    ATTENTION = "attention"
    LEFT = "left"
    INFO = "info"


class Reason(StrEnum):
    """Why; stable identifiers of the command contract."""

    FIRST_ENTRY = "first-entry"
    RETURNING = "returning"  # admitted in an earlier period of this event
    RE_ENTRY = "re-entry"  # went out, came back
    OVERRIDE = "override"
    INSTRUCTION = "instruction"  # admitted, and there is something to do for them
    ALREADY_IN = "already-in"
    UNKNOWN_CODE = "unknown-code"
    DAMAGED_CODE = "damaged-code"  # a badge of ours whose check digits do not add up
    FOREIGN_CODE = "foreign-code"  # a web address, a visiting card, no ticket at all
    AMBIGUOUS_CODE = "ambiguous-code"  # several people match; ask for the name
    CANCELLED = "cancelled"
    REVOKED = "revoked"  # this badge or ticket was replaced
    UNPAID = "unpaid"
    PENDING = "pending"
    WAITING_LIST = "waiting-list"
    NOT_TODAY = "not-today"
    NOT_FOR_CATEGORY = "not-for-category"
    NOT_REGISTERED_FOR_SESSION = "not-registered-for-session"
    INVITATION_ONLY = "invitation-only"
    ROOM_FULL = "room-full"
    EXIT = "exit"
    EXIT_WITHOUT_ENTRY = "exit-without-entry"
    LOOKED_UP = "looked-up"


class BadgeNote(StrEnum):
    """What this scan did about the badge."""

    NONE = "none"
    OWED = "owed"  # a print job was committed with the fact
    LIVE = "live"  # one exists already
    HELD = "held"  # declared scans and exits print nothing


@dataclass(frozen=True, slots=True)
class First:
    """The admission that counts: when (aware, UTC), which place, which desk."""

    at: datetime
    place: str
    desk: str
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer to one scan, whole: all that window, command line and paper need to say it."""

    outcome: Outcome
    reason: Reason
    admitted: bool
    at: datetime  # aware, UTC
    place: str
    entry: bool = True
    person: Registration | None = None
    session: str | None = None
    first: First | None = None
    badge: BadgeNote = BadgeNote.NONE
    waiting: bool = False  # nothing is recorded until a person decides
    declared: bool = False
    provisional: bool = False
    outside_days: bool = False
    fact: str | None = None
    job: str | None = None
