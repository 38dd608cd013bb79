"""What can go wrong on the way to paper, each with its next step.

PrinterError
   + BadTemplate          the template file says something impossible
   + CodeDoesNotFit       the badge has no room for a QR that reads
   + DestinationNotYet    a kind of printer this version does not know
   + CannotWrite          the file; DiskFull, NotAllowed, NoSuchFolder say why
   + PrinterUnreachable   no byte was accepted: trying again is harmless
   + OutcomeUnknown       some bytes were accepted: a person must look
BadDestination is a UsageError.
"""

from db.domain.errors import UsageError, VanelError


class PrinterError(VanelError):
    """Something between a badge and its paper failed."""

    id = "printer"
    message = "The badge could not be printed."
    next_step = "Nothing is lost: the badge waits in the queue. Try again."


class BadTemplate(PrinterError):
    """The template cannot be used; `problems` lists every mistake, one a line."""

    id = "bad-template"
    message = "The badge template {file} cannot be used:\n{problems}"
    next_step = "Nothing was changed. Correct the template and try again."


class CodeDoesNotFit(PrinterError):
    """A QR of that many digits would be too fine for this stock to be read back."""

    id = "code-does-not-fit"
    message = "A code of {digits} digits has no room on this badge: its squares would be too fine."
    next_step = "Nothing was printed. Choose a larger badge or a template with a taller code."


class DestinationNotYet(PrinterError):
    """This kind of destination is known, its driver is not here."""

    id = "destination-not-yet"
    message = "Printing to «{scheme}» is not in this version."
    next_step = "Nothing is lost. Print to a PDF, or to escpos://HOST:9100."


class BadDestination(UsageError):
    """The words after --to name no destination."""

    id = "bad-destination"
    message = "«{destination}» is not a destination."
    next_step = (
        "Nothing was printed. Use pdf:FILE, png:FILE, escpos:FILE or escpos://HOST:9100 "
        "(port 9100 is assumed)."
    )


class CannotWrite(PrinterError):
    """The file was not written; one that stood there before is as it was."""

    id = "cannot-write"
    message = "The file {file} could not be written."
    next_step = "Nothing is lost. Choose another place and try again."


class DiskFull(CannotWrite):
    """No room left on that disk."""

    id = "disk-full"
    message = "The file {file} could not be written: the disk is full."
    next_step = "Nothing is lost. Make room, or choose another disk, then try again."


class NotAllowed(CannotWrite):
    """The folder or the file is protected."""

    id = "not-allowed"
    message = "The file {file} could not be written: this place is protected."
    next_step = "Nothing is lost. Choose a folder of your own and try again."


class NoSuchFolder(CannotWrite):
    """The folder of the file does not exist."""

    id = "no-such-folder"
    message = "The file {file} could not be written: its folder does not exist."
    next_step = "Nothing is lost. Make the folder, or choose another, then try again."


class PrinterUnreachable(PrinterError):
    """Nobody answered, or the line broke before the first byte was accepted."""

    id = "printer-unreachable"
    message = "The printer at {where} does not answer."
    next_step = (
        "Nothing is lost: the badge waits in the queue. Check the cable, the power and the "
        "address, then try again."
    )


class OutcomeUnknown(PrinterError):
    """The line broke after some bytes were accepted; `accepted` and `total` are bytes."""

    id = "outcome-unknown"
    message = (
        "The connection to the printer at {where} broke after {accepted} of {total} bytes: "
        "the badge may have come out, or not."
    )
    next_step = "Nothing is lost. Look at the printer, then say whether the badge came out."

    @property
    def accepted(self) -> int:
        """How many bytes the line had taken."""
        return int(str(self.parts.get("accepted", 0)))
