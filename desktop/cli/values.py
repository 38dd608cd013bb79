"""Values of options that need a word of their own: instants, texts, files."""

from datetime import datetime
from typing import Any

import click

from db.domain.programme import Event
from desktop.cli.usage import BadValue
from resources.words import mark


class Instant(click.ParamType[datetime]):
    """A date with a time of day, ISO 8601; without offset it is in the event's time zone."""

    name = "ISO"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Read it; naive until the event is known."""
        try:
            if isinstance(value, str) and len(value) > len("2023-03-22"):
                return datetime.fromisoformat(value)
        except ValueError:
            pass
        raise BadValue(mark("a date and a time are expected, as 2023-03-22T09:30."), ctx, param)


class Text(click.ParamType[str]):
    """A text that can be stored: one line of it says something, and every character is one."""

    name = "TEXT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Trim it; refuse an empty one, and bytes that are no text."""
        text = str(value).strip()
        if not text:
            raise BadValue(mark("a few words are expected."), ctx, param)
        if any("\ud800" <= char <= "\udfff" for char in text):
            raise BadValue(mark("these bytes are not a text."), ctx, param)
        return text


class Pair(click.ParamType[tuple[str, str]]):
    """A column and its field, with = between them; a column's title may hold = itself."""

    name = "COLUMN=FIELD"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Split at the last =."""
        column, sign, field = str(value).rpartition("=")
        if not (sign and column.strip() and field.strip()):
            raise BadValue(mark("COLUMN=FIELD is expected."), ctx, param)
        return column.strip(), field.strip()


def in_event(at: datetime | None, event: Event) -> datetime | None:
    """Give an instant without offset the time zone of the event."""
    if at is None or at.tzinfo is not None:
        return at
    return at.replace(tzinfo=event.tz)
