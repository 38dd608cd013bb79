"""The reference forum, read once, and instants of its two days."""

from datetime import UTC, datetime, timedelta
from typing import Final

from db.exchange.event_file import read_event
from resources.events import example

FORUM: Final = read_event(example())


def wednesday(clock: str, *, days: int = 0) -> datetime:
    """Return an instant of 22 March 2023, local time; `days` later where told."""
    hour, _, minute = clock.partition(":")
    local = datetime(2023, 3, 22, int(hour), int(minute), tzinfo=FORUM.tz) + timedelta(days=days)
    return local.astimezone(UTC)


def thursday(clock: str) -> datetime:
    """Return an instant of 23 March 2023, local time."""
    return wednesday(clock, days=1)
