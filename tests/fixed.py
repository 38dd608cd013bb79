"""Time, ids and chance that do as they are told."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from db.domain.facts import Moment, micros
from db.store.store import Source
from tests.forum import wednesday


@dataclass
class FixedClock:
    """A clock that moves only when it is told to; `age` rises with it, whatever `wall` does."""

    at: datetime = field(default_factory=lambda: wednesday("8:57"))
    age: int = 1_000_000
    boot: str = "b00t"

    def __call__(self) -> Moment:
        return Moment(wall=micros(self.at), age=self.age, boot=self.boot)

    def pass_(self, *, minutes: float = 0, seconds: float = 0) -> None:
        """Let time pass."""
        step = timedelta(minutes=minutes, seconds=seconds)
        self.at += step
        self.age += step // timedelta(microseconds=1)

    def set(self, at: datetime) -> None:
        """Let time pass until an instant."""
        self.pass_(seconds=(at - self.at).total_seconds())


@dataclass
class Ids:
    """Ids one after the other; `life` keeps those of two desks apart."""

    life: int = 1
    given: int = 0

    def __call__(self) -> str:
        self.given += 1
        return f"{self.life:016x}{self.given:016x}"


@dataclass
class Chance:
    """Bytes that look random and are the same in each run."""

    life: int = 1
    drawn: int = 0

    def __call__(self, count: int) -> bytes:
        self.drawn += 1
        return hashlib.shake_256(f"{self.life}/{self.drawn}".encode()).digest(count)


def source(clock: FixedClock | None = None, life: int = 1) -> Source:
    """Return where a desk of the tests has time, ids and chance from."""
    return Source(clock or FixedClock(), Ids(life), Chance(life))
