"""Facts: exact instants, one order for all, chains and seals that show any change."""

import hashlib
import random
from datetime import UTC, datetime, timedelta, timezone

import pytest

from db.domain.facts import GENESIS, Fact, Moment, chained, instant, micros, sealed

USUAL = {"id": "a" * 32, "event": "forum", "kind": "entered", "age": 5, "boot": "b"}


def fact(desk: str = "1" * 32, number: int = 1, wall: int = 1_000_000, **more: int) -> Fact:
    return Fact(desk=desk, number=number, wall=wall, **USUAL, **more)  # type: ignore[arg-type]


def test_an_instant_keeps_every_microsecond() -> None:
    for at in random.Random(2023).choices(range(253_402_300_799_999_999), k=500):
        assert micros(instant(at)) == at


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (0, datetime(1970, 1, 1, tzinfo=UTC)),
        (1_679_472_720_000_001, datetime(2023, 3, 22, 8, 12, 0, 1, tzinfo=UTC)),
        (-1, datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)),
    ],
)
def test_an_instant_is_told_in_utc(at: int, told: datetime) -> None:
    assert instant(at) == told
    assert instant(at).utcoffset() == timedelta(0)
    assert micros(told.astimezone(timezone(timedelta(hours=11)))) == at


def test_a_moment_tells_its_wall_clock() -> None:
    assert Moment(wall=1_500_000, age=7, boot="b").at == instant(1_500_000)


def test_order_follows_the_corrected_clock_then_the_desk_then_the_number() -> None:
    late_clock = fact(desk="1" * 32, wall=1_000_000, offset=900_000)
    early = fact(desk="2" * 32, wall=1_500_000)
    assert sorted([late_clock, early], key=lambda f: f.order) == [early, late_clock]
    assert late_clock.at == instant(1_900_000)
    same = [fact("2" * 32, 1), fact("1" * 32, 2), fact("1" * 32, 1)]
    assert [f.order[1:] for f in sorted(same, key=lambda f: f.order)] == [
        ("1" * 32, 1),
        ("1" * 32, 2),
        ("2" * 32, 1),
    ]


def test_a_declared_instant_rules_whatever_the_clocks_say() -> None:
    declared = fact(wall=9_000_000, offset=60_000_000, declared=42)
    assert declared.order[0] == 42
    assert declared.at == instant(42)


def test_a_chain_is_the_hash_of_the_one_before_and_the_envelope() -> None:
    first = chained(GENESIS, b"one")
    assert first == hashlib.sha256(bytes(32) + b"one").digest()
    assert chained(first, b"two") != chained(GENESIS, b"two")
    assert chained(chained(GENESIS, b"two"), b"one") != chained(first, b"two")


def test_a_seal_needs_its_salt() -> None:
    assert sealed(b"s" * 16, b"detail") == hashlib.sha256(b"s" * 16 + b"detail").digest()
    assert sealed(b"t" * 16, b"detail") != sealed(b"s" * 16, b"detail")
