"""Registrations: who is expected, and the fields that files, amendments and exports name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

Value = str | tuple[str, ...]
Fields = Mapping[str, Value]
"""Field name to value; an absent field is empty. Several-valued fields hold tuples."""


class Status(StrEnum):
    """Whether a registration stands."""

    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    UNPAID = "unpaid"
    PENDING = "pending"
    WAITING = "waiting-list"


_STATUSES: Final = {str(status): status for status in Status}

TEXT_FIELDS: Final = (
    "id", "given_name", "family_name", "title", "function", "organisation", "commune",
    "category", "email", "phone", "language", "order", "status", "instruction", "delegation",
    "assistance", "image_consent", "note",
)  # fmt: skip
LIST_FIELDS: Final = ("code", "sessions", "options", "days")
FIELDS: Final = (*TEXT_FIELDS, *LIST_FIELDS)
ANSWER: Final = "answer:"
"""Any other column is kept as a field named `answer:<its header>`."""


@dataclass(frozen=True, slots=True)
class Registration:
    """One person of this event; `id` is ours (32 hexadecimal digits), `fields` what is known."""

    id: str
    fields: Fields = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return a one-valued field, empty when absent."""
        value = self.fields.get(name, "")
        return value if isinstance(value, str) else ", ".join(value)

    def several(self, name: str) -> tuple[str, ...]:
        """Return a several-valued field, empty when absent."""
        value = self.fields.get(name, ())
        return (value,) if isinstance(value, str) else tuple(value)

    @property
    def name(self) -> str:
        """Given name and family name, as shown."""
        return " ".join(
            part for part in (self.text("given_name"), self.text("family_name")) if part
        )

    @property
    def status(self) -> Status:
        """Whether the registration stands; empty means confirmed."""
        return _STATUSES.get(self.text("status"), Status.CONFIRMED)

    def amended(self, changes: Fields) -> "Registration":
        """Return it with these fields replaced; an empty value clears the field."""
        merged = {k: v for k, v in {**self.fields, **changes}.items() if v}
        return Registration(self.id, merged)
