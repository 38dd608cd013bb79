"""Stories of one person at the forum: facts as desks would send them, true or absurd."""

import random
from datetime import datetime
from typing import Final

from hypothesis import strategies as st

from db.domain.facts import Kind, micros
from db.domain.presence import Seen
from tests.forum import wednesday

Story = list[Seen]

DOOR, HALL, ROOM, OTHER, GALA = "accueil", "exposition", "auditorium", "salle-vanel", "gala"
PLACES: Final = (DOOR, "espaces-vanel", HALL, ROOM, OTHER, GALA)
MOVES: Final = (
    *((Kind.ENTERED, place) for place in (*PLACES, DOOR, ROOM, OTHER)),
    *((Kind.LEFT, place) for place in PLACES),
    *[(Kind.UNDONE, "")] * 3,
    (Kind.BADGE_OWED, DOOR),
    (Kind.BADGE_MADE, ""),
    (Kind.BADGE_CANCELLED, ""),
    ("of-a-later-version", DOOR),
)
GAPS: Final = (0, 1, 9, 11, 90, 14 * 60)
"""Minutes between two facts: at once, within and beyond the pause of a free door, overnight."""
LONGEST: Final = 7

Step = tuple[int, int, int]  # which move, which gap, which earlier fact it refers to


def seen(kind: str, place: str, at: datetime, *, n: int, refers: str | None = None) -> Seen:
    """Make a fact; odd ones come from another desk, and no id tells the order."""
    scrambled = f"{(n * 0x9E3779B97F4A7C15 + 1) % 2**128:032x}"
    desk = f"{n % 2 + 1:032x}"
    return Seen(micros(at), desk, n + 1, scrambled, kind, place or None, refers)


def told(*lines: tuple[str, str, datetime]) -> Story:
    """Write a story by hand."""
    return [seen(kind, place, at, n=n) for n, (kind, place, at) in enumerate(lines)]


def undo(fact: Seen, n: int) -> Seen:
    """Take a fact back, long after."""
    return seen(Kind.UNDONE, fact.place or "", wednesday("9:00", days=9), n=n, refers=fact.id)


def story_of(steps: list[Step]) -> Story:
    """Turn drawn numbers into facts."""
    story: Story = []
    minutes = 0
    for n, (move, gap, target) in enumerate(steps):
        kind, place = MOVES[move % len(MOVES)]
        minutes += GAPS[gap % len(GAPS)]
        at = wednesday("8:00")
        fact = seen(kind, place, at, n=n)._replace(at=micros(at) + minutes * 60_000_000)
        if kind in (Kind.UNDONE, Kind.BADGE_MADE, Kind.BADGE_CANCELLED):
            if not story:
                continue
            fact = fact._replace(refers=story[target % len(story)].id)
        story.append(fact)
    return story


_NUMBER = st.integers(0, 719)
STORIES: Final = st.lists(st.tuples(_NUMBER, _NUMBER, _NUMBER), max_size=LONGEST).map(story_of)


def sample(count: int) -> list[Story]:
    """Return stories drawn once and for all, for laws that must be seen to break."""
    chance = random.Random(2023)
    return [
        story_of([tuple(chance.choices(range(720), k=3)) for _ in range(LONGEST)])  # type: ignore[misc]
        for _ in range(count)
    ]
