"""What is said for each reason and each outcome, as msgids; `words` puts them together."""

from dataclasses import dataclass
from typing import Final

from db.domain.facts import Kind
from db.domain.verdicts import Outcome, Reason
from resources.words import mark

BY_NAME: Final = mark("Look for the person by name (F2).")
SCAN_AGAIN: Final = mark("Scan it once more, else look for the person by name (F2).")
OTHERWISE: Final = mark("To decide otherwise: {authorises}.")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A reason in words: a label for lists, a sentence for the visitor, the next step."""

    label: str
    why: str = ""
    then: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """How an outcome shows: its title, the name of its colours, its shape, its sound."""

    title: str
    label: str
    mood: str
    shape: str
    sound: str


LOOKS: Final[dict[Outcome, Look]] = {
    Outcome.ADMITTED: Look(mark("ENTRY ALLOWED"), mark("Allowed"), "admitted", "tick", "admitted"),
    Outcome.ALREADY_IN: Look(
        mark("ENTRY ALREADY MADE"), mark("Already in"), "already-in", "again", "already-in"
    ),
    Outcome.REFUSED: Look(mark("ENTRY REFUSED"), mark("Refused"), "refused", "octagon", "refused"),
    Outcome.ATTENTION: Look(
        mark("ATTENTION"), mark("Attention"), "attention", "triangle", "attention"
    ),
    Outcome.LEFT: Look(mark("EXIT RECORDED"), mark("Exit"), "left", "door", "left"),
    Outcome.INFO: Look(mark("LOOK-UP: nothing is recorded"), mark("Look-up"), "info", "info", ""),
}

REASONS: Final[dict[Reason, Phrase]] = {
    Reason.FIRST_ENTRY: Phrase(mark("First entry"), mark("First entry.")),
    Reason.RETURNING: Phrase(mark("Back again"), mark("Back again: came in {first}.")),
    Reason.RE_ENTRY: Phrase(mark("Back inside"), mark("Back inside after going out.")),
    Reason.OVERRIDE: Phrase(mark("Let in by decision"), mark("Let in by decision of this desk.")),
    Reason.INSTRUCTION: Phrase(
        mark("Instruction"), "{instruction}", mark("Once done, say so with «Seen» (F7).")
    ),
    Reason.ALREADY_IN: Phrase(
        mark("Already in"),
        mark("This person is already counted inside."),
        mark("If somebody else shows this badge, call the organising team."),
    ),
    Reason.UNKNOWN_CODE: Phrase(
        mark("Unknown code"), mark("This code is not on the list of this event."), BY_NAME
    ),
    Reason.DAMAGED_CODE: Phrase(
        mark("Badge misread"), mark("Part of this badge's code was not read."), SCAN_AGAIN
    ),
    Reason.FOREIGN_CODE: Phrase(
        mark("Not a ticket"),
        mark("This code is not a ticket of this event."),
        mark("Ask for the ticket or the badge, else look for the person by name (F2)."),
    ),
    Reason.AMBIGUOUS_CODE: Phrase(
        mark("Several people"),
        mark("This code belongs to several people."),
        mark("Ask for the name, then choose the person in the list (F2)."),
    ),
    Reason.CANCELLED: Phrase(
        mark("Registration cancelled"), mark("This registration was cancelled."), OTHERWISE
    ),
    Reason.REVOKED: Phrase(
        mark("Badge replaced"),
        mark("A newer badge replaces this one."),
        mark("Ask for the newest badge, else look for the person by name (F2)."),
    ),
    Reason.UNPAID: Phrase(
        mark("Payment awaited"),
        mark("The payment of this registration has not arrived."),
        OTHERWISE,
    ),
    Reason.PENDING: Phrase(
        mark("Not confirmed"), mark("This registration is not confirmed yet."), OTHERWISE
    ),
    Reason.WAITING_LIST: Phrase(
        mark("Waiting list"), mark("This person is on the waiting list."), OTHERWISE
    ),
    Reason.NOT_TODAY: Phrase(
        mark("Another day"), mark("This registration is for {days}."), OTHERWISE
    ),
    Reason.NOT_FOR_CATEGORY: Phrase(mark("Reserved"), "{reserved}", OTHERWISE),
    Reason.NOT_REGISTERED_FOR_SESSION: Phrase(
        mark("Not registered here"),
        mark("One must register for «{session}», and this person is not on its list."),
        OTHERWISE,
    ),
    Reason.INVITATION_ONLY: Phrase(
        mark("By invitation"),
        mark("Entry is by invitation, and this person is not on the list."),
        OTHERWISE,
    ),
    Reason.ROOM_FULL: Phrase(
        mark("Room full"), mark("All seats are taken."), mark("Ask to wait until somebody leaves.")
    ),
    Reason.EXIT: Phrase(mark("Exit"), mark("Goodbye!")),
    Reason.EXIT_WITHOUT_ENTRY: Phrase(
        mark("Exit without an entry"),
        mark("No entry was recorded before this exit."),
        mark("The exit is noted; the number of people inside does not change."),
    ),
    Reason.LOOKED_UP: Phrase(mark("Looked up"), "{state}"),
}

WEEKDAYS: Final = (
    mark("Monday"), mark("Tuesday"), mark("Wednesday"), mark("Thursday"), mark("Friday"),
    mark("Saturday"), mark("Sunday"),
)  # fmt: skip
MONTHS: Final = (
    mark("January"), mark("February"), mark("March"), mark("April"), mark("May"), mark("June"),
    mark("July"), mark("August"), mark("September"), mark("October"), mark("November"),
    mark("December"),
)  # fmt: skip

STATES: Final[dict[str, str]] = {
    "expected": mark("Not here yet"),
    "confirmed": mark("Registration confirmed"),
    "inside": mark("Inside"),
    "out": mark("Gone out"),
    "cancelled": mark("Registration cancelled"),
    "unpaid": mark("Payment awaited"),
    "pending": mark("Not confirmed"),
    "waiting-list": mark("Waiting list"),
}
"""What a search hit is now."""

JOB_STATES: Final[dict[str, str]] = {
    "queued": mark("Waiting"),
    "sending": mark("Being sent"),
    "sent": mark("Sent"),
    "confirmed": mark("Printed"),
    "failed": mark("Not printed"),
    "unknown": mark("Did it come out?"),
    "cancelled": mark("Withdrawn"),
}
"""What a badge job is now; «sent» is not «printed»."""

FIELD_NAMES: Final[dict[str, str]] = {
    "id": mark("Identifier"),
    "given_name": mark("Given name"),
    "family_name": mark("Family name"),
    "title": mark("Title"),
    "function": mark("Function"),
    "organisation": mark("Organisation"),
    "commune": mark("Commune"),
    "category": mark("Category"),
    "email": mark("E-mail"),
    "phone": mark("Telephone"),
    "language": mark("Language"),
    "order": mark("Order"),
    "status": mark("Status"),
    "instruction": mark("Instruction"),
    "delegation": mark("Delegation"),
    "assistance": mark("Assistance"),
    "image_consent": mark("Image consent"),
    "note": mark("Note"),
    "code": mark("Codes"),
    "sessions": mark("Sessions"),
    "options": mark("Options"),
    "days": mark("Days"),
}

KIND_NAMES: Final[dict[str, str]] = {
    Kind.REGISTERED: mark("Registered"),
    Kind.AMENDED: mark("Corrected"),
    Kind.ENTERED: mark("Entry"),
    Kind.LEFT: mark("Exit"),
    Kind.TURNED_AWAY: mark("Not let in"),
    Kind.UNDONE: mark("Taken back"),
    Kind.SEEN: mark("Instruction seen"),
    Kind.BADGE_HANDED: mark("Badge handed over"),
    Kind.BADGE_OWED: mark("Badge asked for"),
    Kind.BADGE_MADE: mark("Badge made"),
    Kind.BADGE_CANCELLED: mark("Badge withdrawn"),
}

JOB_REASONS: Final[dict[str, str]] = {
    "asked-again": mark("Asked for again"),
    "seen": mark("Seen by somebody"),
    "by-hand": mark("Withdrawn by hand"),
    "no-printer": "",
    "printer-unreachable": mark("The printer does not answer"),
    "outcome-unknown": mark("The printer stopped half way"),
    "interrupted": mark("This computer stopped meanwhile"),
    "restored": mark("Maybe printed since this copy was made"),
    "escpos": mark("Taken by the printer"),
    "pdf": mark("Written to a file"),
    "png": mark("Written to a file"),
}
"""Why a badge job is where it is."""

KEY_PLACES: Final[dict[str, str]] = {
    "keyring": mark("The key is in this account's key store."),
    "file": mark(
        "The key is in a file beside the data: a stolen computer could be read. Lock this"
        " account's session and encrypt the disk."
    ),
}

PARTS: Final[dict[str, str]] = JOB_STATES | {
    "person": mark("person"),
    "place": mark("place"),
    "record": mark("record"),
    "job": mark("badge job"),
    "event id": mark("the event's identifier is not usable"),
    "no copy can be read": mark("no copy can be read"),
    "no programme": mark("it holds no programme"),
    "it let nobody in or out": mark("it let nobody in or out"),
    "it is taken back already": mark("it is taken back already"),
    "too long": mark("it is too long"),
    "malformed": mark("its form is wrong"),
    "another version": mark("it is of another version"),
    "keyring": mark("key store of this account"),
    "file": mark("key file beside the data"),
}
"""Identifiers that fill the sentences of errors."""
