"""What a desk may be asked and cannot do."""

from db.domain.errors import UsageError, VanelError


class FutureInstant(UsageError):
    """A declared instant that has not come yet."""

    id = "future"
    message = "{at} has not come yet."
    next_step = "Nothing was recorded. Declare an instant in the past."


class NotUndoable(VanelError):
    """A record that let nobody in or out, or that is taken back already."""

    id = "not-undoable"
    message = "This record cannot be undone: {why}."
    next_step = "Nothing was changed."


class CannotDecide(VanelError):
    """No person stands behind this answer, so nobody can be let in by it."""

    id = "cannot-decide"
    message = "No registration stands behind this code."
    next_step = "Nothing was recorded. Search by name, or register the person."


class BadgeExists(VanelError):
    """A second badge needs a reason."""

    id = "badge-exists"
    message = "This person already has a badge."
    next_step = "Nothing was printed. Give a reason to print a copy: --copy-reason TEXT."


class BadField(UsageError):
    """A field that registrations do not have, or a value it cannot hold."""

    id = "bad-field"
    message = "«{field}» is not a field that can be changed."
    next_step = "Nothing was changed."
