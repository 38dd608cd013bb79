"""What is wrong in a file of many rows: every problem counted, enough of them kept to be read."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

KEPT: Final = 200
"""How many of each reason are kept whole; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What to look at, where: `row` counts from 1 as spreadsheets do, 0 is the whole file.

    `reason` is a stable id; `parts` fill its sentence and never hold a name or a code.
    """

    row: int
    column: str
    reason: str
    parts: Mapping[str, object] = field(default_factory=dict)


class Problems:
    """The problems of one file, in the order they were met."""

    def __init__(self) -> None:
        """Start with none."""
        self.counts: Counter[str] = Counter()
        self._kept: list[Problem] = []
        self._said: set[tuple[str, str, object]] = set()

    def add(self, row: int, column: str, reason: str, **parts: object) -> None:
        """Count one, and keep it while there are few of its kind."""
        self.counts[reason] += 1
        if self.counts[reason] <= KEPT:
            self._kept.append(Problem(row, column, reason, parts))

    def add_once(self, row: int, column: str, reason: str, value: str) -> None:
        """Tell of a value the first time it is met in a column; `value` is a part."""
        mark = (reason, column, value)
        if mark not in self._said:
            self._said.add(mark)
            self.add(row, column, reason, value=value)

    def kept(self) -> tuple[Problem, ...]:
        """Return those kept, in the order of the file's rows."""
        return tuple(sorted(self._kept, key=lambda problem: problem.row))

    def copy(self) -> "Problems":
        """Return as many, to which more can be added apart."""
        twin = Problems()
        twin.counts, twin._kept, twin._said = self.counts.copy(), [*self._kept], {*self._said}
        return twin
