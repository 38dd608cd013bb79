"""Files that cannot be read as a table, told to a person.

BadFile
   + FileMissing      no such file, or it may not be opened
   + EmptyFile        nothing in it
   + NotATable        a PDF, a picture, an archive, a web page, an old workbook
   + EncryptedFile    a workbook with a password
   + DamagedFile      cut short or broken
   + OpenQuote        a quotation mark that is never closed
   + TooBig           larger than any list of people
   + NoHeader         no row that names columns
   + NoUsableRow      a header, and nobody under it
"""

from db.domain.errors import VanelError
from db.domain.problems import Problems


class BadFile(VanelError):
    """A file that is not what was expected; nothing was stored."""

    id = "bad-file"
    message = "This file cannot be read as a table of registrations."
    next_step = "Nothing was stored. Save it as XLSX or CSV (UTF-8), then import it again."


class FileMissing(BadFile):
    """There is no such file, or it may not be opened."""

    id = "file-missing"
    message = "The file could not be opened: it is missing, or may not be read."
    next_step = "Nothing was stored. Check where the file is, and close it in other programs."


class EmptyFile(BadFile):
    """Nothing is in it."""

    id = "empty-file"
    message = "This file is empty."
    next_step = "Nothing was stored. Ask for the list again, then import it."


class NotATable(BadFile):
    """Something else than a table; `kind` says what."""

    id = "not-a-table"
    message = "This file is not a table but {kind}."
    next_step = "Nothing was stored. Open it where it was made, save it as XLSX or CSV, try again."


class EncryptedFile(BadFile):
    """It opens with a password only."""

    id = "encrypted-file"
    message = "This file is protected by a password."
    next_step = (
        "Nothing was stored. Open it in a spreadsheet, remove the password, save, try again."
    )


class DamagedFile(BadFile):
    """Cut short or broken."""

    id = "damaged-file"
    message = "This file is damaged or cut short."
    next_step = "Nothing was stored. Copy it or ask for it again, then import it."


class OpenQuote(BadFile):
    """A quotation mark swallowed the rest; `row` is where it opened or a little after."""

    id = "open-quote"
    message = "A quotation mark near row {row} is never closed, so what follows cannot be read."
    next_step = "Nothing was stored. Correct that row, or save the list as XLSX, and try again."


class TooBig(BadFile):
    """Larger than any list of people."""

    id = "too-big"
    message = "This file is larger than a list of registrations can be."
    next_step = "Nothing was stored. Check that it is the right file, or cut it in several."


class NoHeader(BadFile):
    """No row names columns such as a name or an e-mail."""

    id = "no-header"
    message = "No row of this file names columns such as a surname, an e-mail or a ticket code."
    next_step = "Nothing was stored. Add a row of column titles, or say what each column is."


class NoUsableRow(BadFile):
    """A header, and nobody under it; `problems` says why of each row."""

    id = "no-usable-row"
    message = "No row of this file can be a person ({rows} read)."
    next_step = "Nothing was stored. Check that it is the right list, and its column titles."

    def __init__(self, problems: Problems, **parts: object) -> None:
        """Keep what is wrong with the rows beside the sentence."""
        super().__init__(**parts)
        self.problems = problems
