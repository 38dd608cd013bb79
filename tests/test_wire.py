"""The fact codec: what goes out comes back the same, and nothing else comes in."""

import contextlib
from dataclasses import replace

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from db.domain.facts import Fact, Kind
from db.wire import (
    MAX_DETAIL,
    MAX_ENVELOPE,
    VERSION,
    BadWire,
    detail_bytes,
    detail_of,
    envelope_bytes,
    fact_of,
)

IDS = st.binary(min_size=16, max_size=16).map(bytes.hex)
TEXTS = st.text(max_size=20)
MICROS = st.integers(10**10, 2**51)
FACTS = st.builds(
    Fact,
    id=IDS,
    event=TEXTS,
    desk=IDS,
    number=st.integers(1, 2**40),
    kind=st.sampled_from([*map(str, Kind), "of-a-later-version"]),
    version=st.integers(1, 9),
    person=st.none() | IDS,
    place=st.none() | TEXTS,
    refers=st.none() | IDS,
    wall=MICROS,
    age=MICROS,
    boot=TEXTS,
    offset=st.integers(-(10**9), 10**9),
    declared=st.none() | MICROS,
    operator=st.none() | TEXTS,
    verdict=st.none() | TEXTS,
    reason=st.none() | TEXTS,
    digest=st.none() | st.binary(min_size=32, max_size=32),
)
PLAIN = Fact(
    id="0a" * 16, event="forum", desk="0b" * 16, number=1, kind="entered",
    wall=1_679_472_720_000_000, age=1, boot="b",
)  # fmt: skip


@given(fact=FACTS)
def test_a_fact_comes_back_as_it_went_and_always_in_the_same_bytes(fact: Fact) -> None:
    envelope = envelope_bytes(fact)
    assert fact_of(envelope) == fact
    assert envelope_bytes(fact_of(envelope)) == envelope


def test_an_envelope_is_an_array_of_fixed_positions_with_ids_of_sixteen_bytes() -> None:
    row = msgspec.msgpack.decode(envelope_bytes(replace(PLAIN, person="0c" * 16)))
    assert len(row) == 19
    assert row[:8] == [
        VERSION, b"\n" * 16, "forum", b"\x0b" * 16, 1, "entered", 1, b"\x0c" * 16,
    ]  # fmt: skip
    assert row[10:14] == [1_679_472_720_000_000, 1, "b", 0]


def row_with(position: int, value: object) -> bytes:
    row = msgspec.msgpack.decode(envelope_bytes(PLAIN))
    row[position] = value
    return msgspec.msgpack.encode(row)


@pytest.mark.parametrize(
    ("position", "value"),
    [
        (0, VERSION + 1),
        (1, b"short"),
        (1, "0a" * 16),
        (3, b"\0" * 17),
        (4, "one"),
        (4, None),
        (7, b""),
        (9, b"\0" * 15),
        (10, 1.5),
        (10, 2**62),  # no calendar goes that far
        (10, -(2**62)),
        (13, 2**63 - 1),
        (14, 2**62),
        (14, -(2**62)),
        (18, "digest"),
    ],
)
def test_a_position_that_holds_something_else_is_refused(position: int, value: object) -> None:
    with pytest.raises(BadWire):
        fact_of(row_with(position, value))


def test_a_row_too_short_or_too_long_is_refused() -> None:
    row = msgspec.msgpack.decode(envelope_bytes(PLAIN))
    for wrong in (row[:-1], [*row, None], [], {"id": 1}, "text", None):
        with pytest.raises(BadWire):
            fact_of(msgspec.msgpack.encode(wrong))
    with pytest.raises(BadWire):
        fact_of(envelope_bytes(PLAIN) + b"\0")


def test_an_envelope_longer_than_any_is_refused_unread() -> None:
    with pytest.raises(BadWire, match="too long"):
        fact_of(envelope_bytes(replace(PLAIN, place="x" * MAX_ENVELOPE)))


NESTED = b"\x81\xa1a" + b"\x91" * 100_000 + b"\xc0"


@settings(max_examples=100)
@given(data=st.binary(max_size=80))
@example(data=b"")
@example(data=NESTED[:4000])
@example(data=b"\x93\xa2\xff\xff\xc0")
def test_any_bytes_at_all_are_a_fact_or_refused(data: bytes) -> None:
    for read in (fact_of, detail_of):
        with contextlib.suppress(BadWire):
            assert read(data) is not None


@settings(max_examples=100)
@given(fact=FACTS, at=st.integers(0, 500), byte=st.integers(0, 255))
def test_a_changed_byte_gives_another_fact_or_is_refused(fact: Fact, at: int, byte: int) -> None:
    envelope = bytearray(envelope_bytes(fact))
    at %= len(envelope)
    changed = bytes(envelope[:at] + bytes([byte]) + envelope[at + 1 :])
    try:
        read = fact_of(changed)
    except BadWire:
        return
    assert (read == fact) == (changed == envelope)
    assert read.at is not None


@pytest.mark.parametrize(
    "data",
    [NESTED, b"\x81\xa1a\xa2\xff\xff", b"\x81\xa2\xff\xff\x01", b"\x90", b"\x81\x01\x01", b"\x81"],
    ids=["too deep", "not text", "key not text", "list", "key a number", "cut"],
)
def test_a_detail_that_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(BadWire):
        detail_of(data)


def test_a_detail_beyond_the_limit_is_refused_unread() -> None:
    assert detail_of(detail_bytes({"note": "x" * 1000})) == {"note": "x" * 1000}
    with pytest.raises(BadWire, match="too long"):
        detail_of(detail_bytes({"note": "x" * MAX_DETAIL}))


def test_a_detail_has_one_form_whatever_the_order_it_was_written_in() -> None:
    one = {"fields": {"family_name": "Œuvre", "code": ("A", "B")}, "badge": "1"}
    two = {"badge": "1", "fields": {"code": ("A", "B"), "family_name": "Œuvre"}}
    assert detail_bytes(one) == detail_bytes(two)
    assert detail_of(detail_bytes(one)) == {
        "badge": "1",
        "fields": {"code": ["A", "B"], "family_name": "Œuvre"},
    }
