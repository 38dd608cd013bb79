"""Where people are, as stored: always what a rebuild from the log would give."""

import random
from collections import Counter

import pytest

from db.domain.facts import STAY, Kind
from db.domain.presence import fold
from db.store.projections import PresenceRow, Projections
from db.store.store import Store
from tests.domain.stories import MOVES
from tests.fixed import FixedClock
from tests.forum import FORUM, thursday, wednesday
from tests.store.support import DOOR, ROOM, enter, person_id, record

PEOPLE = 6


def live_a_morning(store: Store, clock: FixedClock, seed: int, steps: int = 40) -> None:
    """Let a few people wander as no sane visitor would."""
    chance = random.Random(seed)
    facts: list[tuple[int, str]] = []
    for _ in range(steps):
        clock.pass_(minutes=chance.choice((0, 1, 9, 11, 60)))
        kind, place = chance.choice(MOVES)
        person, refers = chance.randint(1, PEOPLE), None
        if kind in (Kind.UNDONE, Kind.BADGE_MADE, Kind.BADGE_CANCELLED):
            if not facts:
                continue
            person, refers = chance.choice(facts)
        facts.append((person, record(store, kind, person, place, refers).fact.id))


def table(store: Store) -> dict[str, PresenceRow | None]:
    return {who: store.projections.stored(who) for who in map(person_id, range(1, PEOPLE + 1))}


@pytest.mark.parametrize("seed", range(4))
def test_after_any_morning_the_increment_equals_the_rebuild(
    store: Store, clock: FixedClock, seed: int
) -> None:
    live_a_morning(store, clock, seed)
    grown = {who: row for who, row in table(store).items() if row is not None}
    with store.writing():
        people = store.projections.rebuild(store.event)
    rebuilt = {who: row for who, row in table(store).items() if row is not None}
    assert grown.keys() == rebuilt.keys()
    assert len(rebuilt) == people
    assert grown == rebuilt


@pytest.mark.parametrize("seed", range(4))
def test_figures_are_those_of_the_people_folded_one_by_one(
    store: Store, clock: FixedClock, seed: int
) -> None:
    live_a_morning(store, clock, seed)
    states = [fold(FORUM, store.log.of_person(who)) for who in table(store)]
    rooms = Counter(state.room for state in states if state.room)
    assert store.projections.inside() == sum(state.inside for state in states)
    for room in FORUM.rooms:
        assert store.projections.in_place(room.id) == rooms[room.id]
    assert store.projections.in_place("gala") == sum(bool(state.apart) for state in states)
    hall = sum(state.inside and state.room is None for state in states)
    assert sum(rooms.values()) + hall == store.projections.inside()


class PlusMinusOne(Projections):
    """A mutant: it changes the row by what arrives, and never folds again."""

    def apply(self, kind: str, person: str, place: str) -> None:
        inside = kind == Kind.ENTERED
        room = place if inside and place != DOOR else None
        self._conn.execute(
            "INSERT OR REPLACE INTO presence VALUES (?, ?, ?, NULL, NULL, NULL, 0)",
            (bytes.fromhex(person), inside, room),
        )


def test_a_table_that_only_follows_arrivals_does_not_equal_its_rebuild(store: Store) -> None:
    mutant = PlusMinusOne(store.conn, store.log)
    entered = enter(store)
    undo = record(store, Kind.UNDONE, refers=entered.fact.id)
    for fact in (entered.fact, undo.fact):
        if fact.kind in STAY - {Kind.UNDONE}:
            mutant.apply(fact.kind, person_id(1), DOOR)
    stale = mutant.stored(person_id(1))
    with store.writing():
        mutant.rebuild(store.event)
    assert stale != mutant.stored(person_id(1))


def test_a_row_says_where_since_when_and_which_day(store: Store, clock: FixedClock) -> None:
    clock.set(wednesday("9:12"))
    enter(store)
    row = store.projections.stored(person_id(1))
    assert row is not None
    assert (row.inside, row.room, row.apart, row.day, row.badge) == (1, None, None, "2023-03-22", 0)
    clock.set(thursday("9:00"))
    enter(store, 1, ROOM)
    record(store, Kind.BADGE_OWED)
    row = store.projections.stored(person_id(1))
    assert row is not None
    assert (row.room, row.badge) == (ROOM, 1)


def test_entered_counts_people_admitted_that_day_also_those_who_went_home(
    store: Store, clock: FixedClock
) -> None:
    enter(store, 1)
    enter(store, 2)
    enter(store, 2)
    record(store, Kind.LEFT, 2)
    assert store.projections.entered_on("2023-03-22") == 2
    assert store.projections.inside() == 1
    clock.set(thursday("9:00"))
    enter(store, 1)
    assert store.projections.entered_on("2023-03-23") == 1


def test_people_who_were_only_turned_away_are_nowhere(store: Store) -> None:
    with store.writing():
        store.projections.rebuild(store.event)
    assert store.projections.stored(person_id(1)) is None
    assert (store.projections.inside(), store.projections.in_place(ROOM)) == (0, 0)
