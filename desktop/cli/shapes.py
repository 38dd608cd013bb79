"""The shapes that several JSON answers share: people, instants."""

from datetime import UTC, datetime

from db.domain.registration import Registration


def person_shape(person: Registration | None) -> dict[str, str] | None:
    """Return who it is, as far as an answer names people."""
    if person is None:
        return None
    return {
        "id": person.id,
        "name": person.name,
        "organisation": person.text("organisation"),
        "category": person.text("category"),
    }


def instant_shape(at: datetime | None) -> str | None:
    """Return an instant as ISO 8601 in UTC."""
    return None if at is None else at.astimezone(UTC).isoformat()
