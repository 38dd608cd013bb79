"""The copies kept beside an event's database, as their names tell them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

STAMP: Final = "%Y%m%d-%H%M%S"


def copies(folder: Path) -> list[Path]:
    """Return the copies of an event's database, newest first."""
    found = (folder / "backup").glob("desk-*.db")
    return sorted((copy for copy in found if copied_at(copy)), reverse=True)


def copied_at(copy: Path) -> datetime | None:
    """Return when a copy was made (aware, UTC); None for a file that is no copy."""
    try:
        return datetime.strptime(copy.stem.removeprefix("desk-"), STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def newest_copy(folder: Path) -> str:
    """Say of when the newest copy is, «?» where there is none."""
    when = next(map(copied_at, copies(folder)), None)
    return "?" if when is None else f"{when:%Y-%m-%d %H:%M UTC}"
