"""The fact codec: one exact form of an envelope, shared by store, hub, sync and bundle.

An envelope is a MessagePack array with fixed positions; ids are 16 bytes. Bytes received are kept
and passed on as they came: decoding is for folding, never for storing again.
"""

from typing import Final, NamedTuple

import msgspec

from db.domain.errors import VanelError
from db.domain.facts import Detail, Fact

VERSION: Final = 1
MAX_ENVELOPE: Final = 4096  # bytes
MAX_DETAIL: Final = 33_554_432  # bytes; the programme of 10,000 sessions takes a tenth of it
MAX_INSTANT: Final = 253_370_764_800_000_000  # µs, the year 9999: calendars end there


class BadWire(VanelError):
    """Bytes that are not a fact of this wire version."""

    id = "bad-wire"
    message = "A record could not be read: {what}."
    next_step = "It was set aside and nothing else was touched. Update this desk if it is older."


class _Row(NamedTuple):
    """The positions of version 1."""

    wire: int
    id: bytes
    event: str
    desk: bytes
    number: int
    kind: str
    version: int
    person: bytes | None
    place: str | None
    refers: bytes | None
    wall: int
    age: int
    boot: str
    offset: int
    declared: int | None
    operator: str | None
    verdict: str | None
    reason: str | None
    digest: bytes | None


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Row).decode
_encode_detail = msgspec.msgpack.Encoder(order="deterministic").encode
_decode_detail = msgspec.msgpack.Decoder(dict[str, object]).decode
_UNREADABLE: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def envelope_bytes(fact: Fact) -> bytes:
    """Encode an envelope; the same fact always gives the same bytes."""
    return _encode(
        (
            VERSION,
            bytes.fromhex(fact.id),
            fact.event,
            bytes.fromhex(fact.desk),
            fact.number,
            str(fact.kind),
            fact.version,
            None if fact.person is None else bytes.fromhex(fact.person),
            fact.place,
            None if fact.refers is None else bytes.fromhex(fact.refers),
            fact.wall,
            fact.age,
            fact.boot,
            fact.offset,
            fact.declared,
            fact.operator,
            None if fact.verdict is None else str(fact.verdict),
            None if fact.reason is None else str(fact.reason),
            fact.digest,
        )
    )


def fact_of(envelope: bytes) -> Fact:
    """Decode an envelope; raise BadWire on anything that is not one."""
    if len(envelope) > MAX_ENVELOPE:
        raise BadWire(what="too long")
    try:
        row = _decode(envelope)
    except _UNREADABLE as error:
        raise BadWire(what="malformed") from error
    if row.wire != VERSION:
        raise BadWire(what="another version")
    ids = (row.id, row.desk, row.person, row.refers)
    if any(part is not None and len(part) != 16 for part in ids):
        raise BadWire(what="malformed")
    fact = _fact(row)
    if not 0 <= fact.order[0] < MAX_INSTANT:
        raise BadWire(what="malformed")
    return fact


def _fact(row: _Row) -> Fact:
    return Fact(
        id=row.id.hex(),
        event=row.event,
        desk=row.desk.hex(),
        number=row.number,
        kind=row.kind,
        version=row.version,
        person=None if row.person is None else row.person.hex(),
        place=row.place,
        refers=None if row.refers is None else row.refers.hex(),
        wall=row.wall,
        age=row.age,
        boot=row.boot,
        offset=row.offset,
        declared=row.declared,
        operator=row.operator,
        verdict=row.verdict,
        reason=row.reason,
        digest=row.digest,
    )


def detail_bytes(detail: Detail) -> bytes:
    """Encode a detail, keys in order."""
    return _encode_detail(dict(detail))


def detail_of(body: bytes) -> dict[str, object]:
    """Decode a detail; raise BadWire on anything that is not one."""
    if len(body) > MAX_DETAIL:
        raise BadWire(what="too long")
    try:
        return _decode_detail(body)
    except _UNREADABLE as error:
        raise BadWire(what="malformed") from error
