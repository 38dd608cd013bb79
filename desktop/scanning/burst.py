"""A burst of keys: whether a scanner made it, and what it reads."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from db.domain.codes import BADGE_DIGITS, LONGEST, CodeKind, readings

SHORTEST: Final = 5
"""Keys; Return or Tab after fewer belongs to the person who typed them."""

SHORTEST_UNENDED: Final = 8
"""Keys; fewer than these, without Return, are a person's rolling fingers."""

SCANNER_MS: Final = 20.0
"""Mean time between keys; 200 words a minute are 60 ms."""

QUEUED_MS: Final = 1.5
"""Mean below which the keys waited in a queue (or a program sent them): time tells nothing."""

STALL_MS: Final = 120.0
"""Between keys of a burst that a scanner is making: a busy cable or machine may hold one up."""

LONG: Final = 20
"""Keys; a code of that length without a blank is no word that somebody typed meanwhile."""

DEFAULT_GAP_MS: Final = 35.0
SLOWEST_GAP_MS: Final = 120.0


@dataclass(frozen=True, slots=True)
class Instant:
    """When a key went down, ms: by our clock, and by the system's stamp (0 where it gives none)."""

    clock: float
    stamp: int = 0

    def since(self, earlier: "Instant") -> float:
        """Return the ms between two keys; stamps also tell them for keys that had to wait."""
        if self.stamp and earlier.stamp and self.stamp >= earlier.stamp:
            return float(self.stamp - earlier.stamp)
        return self.clock - earlier.clock


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key: what it types here, what it types on a US keyboard (empty: not known)."""

    character: str
    physical: str
    at: Instant


@dataclass(frozen=True, slots=True)
class Pace:
    """How a scanner typed, ms between keys."""

    keys: int
    mean_ms: float
    longest_ms: float

    @property
    def advised_gap_ms(self) -> float:
        """The gap that would have held this burst together with room to spare."""
        return min(max(DEFAULT_GAP_MS, self.longest_ms * 1.5 + 5), SLOWEST_GAP_MS)


@dataclass(slots=True)
class Burst:
    """The keys held so far."""

    strokes: list[Stroke] = field(default_factory=list)

    def __len__(self) -> int:
        """Count the keys."""
        return len(self.strokes)

    @property
    def full(self) -> bool:
        """Whether it is longer than any code."""
        return len(self.strokes) > LONGEST

    @property
    def typed(self) -> str:
        """The text as this computer's keyboard layout has it."""
        return "".join(stroke.character for stroke in self.strokes)

    @property
    def physical(self) -> str:
        """The text on a US keyboard; empty when a single key is not known."""
        if not all(stroke.physical for stroke in self.strokes):
            return ""
        return "".join(stroke.physical for stroke in self.strokes)

    @property
    def pace(self) -> Pace:
        """How fast the keys came."""
        ats = [stroke.at for stroke in self.strokes]
        longest = max((later.since(at) for at, later in pairwise(ats)), default=0.0)
        return Pace(len(ats), self.mean_ms, longest)

    @property
    def mean_ms(self) -> float:
        """The mean time between keys."""
        gaps = len(self.strokes) - 1
        return self.strokes[-1].at.since(self.strokes[0].at) / gaps if gaps > 0 else 0.0

    def patience_ms(self, gap_ms: float) -> float:
        """Return how long to wait for the next key: longer in the middle of a scanner's code."""
        if len(self.strokes) < SHORTEST or self.mean_ms > SCANNER_MS or self._is_badge():
            return gap_ms
        return max(gap_ms, STALL_MS)

    def ended_by_key(self) -> bool:
        """Tell whether a Return or a Tab makes it a scan."""
        return len(self.strokes) >= SHORTEST

    def ended_by_time(self) -> bool:
        """Tell whether it is a scan although no Return came; in doubt it is a person's."""
        if self.full:
            return True
        if len(self.strokes) < SHORTEST_UNENDED or len(set(self.typed)) < 4:
            return False
        mean = self.mean_ms
        return self._reads_as_code() if mean < QUEUED_MS else mean <= SCANNER_MS

    def _is_badge(self) -> bool:
        if len(self.strokes) != BADGE_DIGITS:
            return False
        return readings(self.typed, self.physical)[0].kind is CodeKind.BADGE

    def _reads_as_code(self) -> bool:
        typed = self.typed
        kind = readings(typed, self.physical)[0].kind
        if kind is CodeKind.BADGE:
            return True
        return kind is CodeKind.TICKET and len(typed) >= LONG and " " not in typed
