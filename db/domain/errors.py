"""The one tree of errors: each says what happened, that nothing is lost, and what to do next.

VanelError
   + UsageError          the command or the file was asked for wrongly (exit status 2)
   + NotFound            no such person, fact, job, place
   + BadFile             a file that is not what was expected (defined where files are read)
   + StoreError          the local database (defined in db.store)
   + PrinterError        paper and wires (defined in printing)

`message` and `next_step` are msgids of the catalogue with `{named}` parts; words turn them into a
sentence in the chosen language. `id` is stable and stands in JSON answers.
"""

from typing import ClassVar


class VanelError(Exception):
    """A known failure, told to a person; anything else is a bug."""

    id: ClassVar[str] = "error"
    message: ClassVar[str] = "Something failed."
    next_step: ClassVar[str] = "Nothing is lost. Try again."

    def __init__(self, **parts: object) -> None:
        """Keep the named parts of the sentence; none of them may be a code or a person's name."""
        super().__init__(self.id, parts)
        self.parts = parts

    def __str__(self) -> str:
        """Give the English sentence, for logs and tests."""
        return f"{self.message} {self.next_step}".format_map(_Parts(self.parts))


class _Parts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


class UsageError(VanelError):
    """The request itself was wrong; nothing was tried."""

    id = "usage"
    message = "{what}"
    next_step = "See --help."


class NotFound(VanelError):
    """The thing that was named does not exist here."""

    id = "not-found"
    message = "There is no {what} «{name}» here."
    next_step = "Nothing was changed. Check the identifier and try again."
