"""One line of the benchmark, and how times become one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter_ns


@dataclass(frozen=True, slots=True)
class Row:
    """A figure and its floor, in `unit`; `limit` says what is asked of it, in words."""

    name: str
    people: int
    value: float | None
    unit: str
    floor: float | None
    against: str  # what the floor is
    limit: str
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the floor it takes."""
        if self.value is None or not self.floor:
            return None
        return self.value / self.floor

    def shape(self) -> dict[str, object]:
        """Return it as the command answers it."""
        return {
            "name": self.name,
            "people": self.people,
            "value": _short(self.value),
            "unit": self.unit,
            "floor": _short(self.floor),
            "ratio": _short(self.ratio),
            "against": self.against,
            "limit": self.limit,
            "note": self.note,
        }


def _short(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.4g}")


def millis(job: Callable[[], object]) -> float:
    """Do a job once; return how long it took, in ms."""
    start = perf_counter_ns()
    job()
    return (perf_counter_ns() - start) / 1e6


def at_rank(times: Sequence[float], rank: float) -> float:
    """Return the value below which that share of the times lies (0.5: the median)."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * rank))]


def median(times: Sequence[float]) -> float:
    """Return the median."""
    return at_rank(times, 0.5)
