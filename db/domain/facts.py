"""Facts: what happened, in the past tense, immutable, with an id made at the source.

The envelope names nobody; what can name a person is the detail, kept beside it and erasable.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

Detail = Mapping[str, object]
"""JSON-able; may hold names, codes, free text."""

NewId = Callable[[], str]
"""Makes a UUIDv7 as 32 lower-case hexadecimal digits."""

GENESIS: Final = b"\0" * 32
"""The hash before a desk's first fact."""


class Kind(StrEnum):
    """The kinds this version folds; an unknown one is kept, counted, passed on, left out."""

    PROGRAMME = "programme"  # detail: the event file as it was read
    IMPORTED = "imported"  # detail: source, digest, mapping
    REGISTERED = "registered"  # detail: the fields of a new person
    AMENDED = "amended"  # detail: only the fields that changed
    ENTERED = "entered"
    LEFT = "left"
    TURNED_AWAY = "turned-away"  # a scan that let nobody in: refused, already in
    UNDONE = "undone"  # refers to the fact that is taken back
    BADGE_OWED = "badge-owed"  # a job of the print queue; its id is the job's
    BADGE_MADE = "badge-made"  # refers to the job; `reason` says how far it is known
    BADGE_HANDED = "badge-handed"
    BADGE_CANCELLED = "badge-cancelled"
    SEEN = "seen"  # staff have read an instruction; refers to the admission


STAY: Final = frozenset({Kind.ENTERED, Kind.LEFT, Kind.UNDONE})
"""What a person's presence is folded from."""

BADGES: Final = frozenset(
    {Kind.BADGE_OWED, Kind.BADGE_MADE, Kind.BADGE_HANDED, Kind.BADGE_CANCELLED}
)
"""What tells whether a person holds a live badge."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One reading of the clocks: wall (µs since 1970, UTC), age (µs, counts sleep), boot id."""

    wall: int
    age: int
    boot: str

    @property
    def at(self) -> datetime:
        """The wall clock as an aware UTC time."""
        return instant(self.wall)


Clock = Callable[[], Moment]


def instant(micros: int) -> datetime:
    """Turn µs since 1970 into an aware UTC time, exactly."""
    seconds, rest = divmod(micros, 1_000_000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest)


def micros(at: datetime) -> int:
    """Turn an aware time into µs since 1970, exactly."""
    whole = at.replace(microsecond=0)
    return int(whole.timestamp()) * 1_000_000 + at.microsecond


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """The envelope. Times in µs since 1970 (UTC); ids are 32 hexadecimal digits."""

    id: str
    event: str
    desk: str
    number: int  # 1, 2, 3… of that desk
    kind: str
    version: int = 1
    person: str | None = None
    place: str | None = None
    refers: str | None = None
    wall: int
    age: int
    boot: str
    offset: int = 0  # hub clock minus wall, as known then, µs
    declared: int | None = None
    operator: str | None = None
    verdict: str | None = None
    reason: str | None = None
    digest: bytes | None = None  # SHA-256(salt ‖ detail bytes)

    @property
    def order(self) -> tuple[int, str, int]:
        """Where it stands among all facts before a hub has stamped it (SYNC, «Order and time»)."""
        at = self.wall + self.offset if self.declared is None else self.declared
        return (at, self.desk, self.number)

    @property
    def at(self) -> datetime:
        """When it happened, as far as this desk knows (aware, UTC)."""
        return instant(self.order[0])


def chained(previous: bytes, envelope: bytes) -> bytes:
    """Hash one more envelope of the same desk onto its chain."""
    return hashlib.sha256(previous + envelope).digest()


def sealed(salt: bytes, detail: bytes) -> bytes:
    """Return the digest by which an envelope vouches for its detail; `salt` is 16 random bytes."""
    return hashlib.sha256(salt + detail).digest()
