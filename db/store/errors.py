"""What can go wrong with the local database, told to a person.

StoreError
   + NoEvent             the home holds no event yet
   + DatabaseBusy        another program kept the database for too long
   + DiskFull            nothing more can be written
   + ReadOnlyHome        the folder may not be written to
   + DiskFailed          the disk did not confirm a write: no verdict was shown
   + NewerDatabase       written by a later Vanel
   + DamagedDatabase     cannot be read; the last good copy is offered
   + KeyMissing          the key that opens it is not to be found
   + OtherEvent          a fact of another event
"""

from db.domain.errors import VanelError


class StoreError(VanelError):
    """The local database said no."""

    id = "store"
    message = "The local database could not do this: {what}."
    next_step = "What was recorded before is still there. Try again, then restart this desk."


class NoEvent(StoreError):
    """The home holds no event yet."""

    id = "no-event"
    message = "No forum is loaded on this desk."
    next_step = "Nothing is lost. Load an event file first: vanel event load FILE."


class UnknownEvent(StoreError):
    """The event that was asked for is not in this home."""

    id = "unknown-event"
    message = "This desk holds no event «{name}»."
    next_step = "Nothing is lost. Check the identifier with vanel event show."


class DatabaseBusy(StoreError):
    """Another program kept the database for more than five seconds."""

    id = "database-busy"
    message = "Another program is using this desk's database."
    next_step = "Nothing was recorded and nothing is lost. Try again in a moment."


class DiskFull(StoreError):
    """The disk holds not one more record."""

    id = "disk-full"
    message = "The disk of this computer is full."
    next_step = (
        "This scan was NOT recorded; everything before it is safe. "
        "Free some space, then scan again."
    )


class ReadOnlyHome(StoreError):
    """The data folder may not be written to."""

    id = "read-only"
    message = "The data folder cannot be written to."
    next_step = "Nothing was changed. Give this account the right to write there, or use --home."


class DiskFailed(StoreError):
    """The disk did not confirm a write."""

    id = "disk-failed"
    message = "The disk did not confirm the write."
    next_step = (
        "This scan was NOT recorded; everything before it is safe. "
        "Scan again; if it happens twice, change computers."
    )


class NewerDatabase(StoreError):
    """The database was written by a later version."""

    id = "newer-database"
    message = "This data was written by a newer Vanel (format {found}, this one reads {known})."
    next_step = "Nothing was changed. Update Vanel on this computer."


class DamagedDatabase(StoreError):
    """The database file cannot be read."""

    id = "damaged-database"
    message = "The database of this desk is damaged: {file}."
    next_step = (
        "It was left as it is. The last good copy is of {copy}: "
        "vanel verify --restore sets the damaged file aside and opens the copy."
    )


class KeyMissing(StoreError):
    """The key that opens the database is not to be found."""

    id = "key-missing"
    message = "The key of this desk's data was not found ({place})."
    next_step = (
        "Nothing was changed. Unlock this account's key ring, "
        "or type the key of the recovery sheet."
    )
