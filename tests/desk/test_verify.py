"""Re-reading the log: sound when it is sound, and each tampering with the key is found."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import msgspec
import pytest

from db.desk.desk import Desk
from db.desk.verify import MOST
from db.domain.facts import chained
from db.store.store import Store
from db.wire import detail_bytes, envelope_bytes, fact_of
from tests.desk.support import ROOM, guest
from tests.fixed import FixedClock


@dataclass(frozen=True)
class Morning:
    """A desk with some life in it; `entered` is the row of Zoé's admission."""

    desk: Desk
    zoe: str
    paul: str
    entered: int

    @property
    def store(self) -> Store:
        return self.desk.store

    def tamper(self, statement: str, *values: object) -> None:
        """Change the database as somebody who has the key would."""
        assert self.store.conn.execute(statement, values).rowcount == 1

    def found(self) -> set[str]:
        """Return what verification finds."""
        return {trouble.what for trouble in self.desk.verify().problems}

    def envelope(self, seq: int) -> bytes:
        (row,) = (row for row in self.store.log.rows() if row[5] == seq)
        return row[3]


@pytest.fixture
def morning(desk: Desk, clock: FixedClock) -> Morning:
    zoe = guest(desk, "VNL-1", instruction="Voir")
    paul = guest(desk, "VNL-2", given_name="Paul", family_name="Martin")
    entered = desk.admit.scan("VNL-1").fact
    clock.pass_(minutes=5)
    desk.admit.scan("VNL-2", place=ROOM)
    desk.admit.scan("VNL-404")
    desk.people.amend(paul, {"family_name": "Marti"})
    left = desk.admit.scan("VNL-1", entry=False).fact
    assert entered is not None
    assert left is not None
    desk.admit.undo(left, "Mauvais bouton")
    recorded = desk.store.log.fact(entered)
    assert recorded is not None
    return Morning(desk, zoe, paul, recorded.seq)


def test_a_sound_log_is_found_sound(morning: Morning) -> None:
    result = morning.desk.verify()
    assert (result.ok, result.problems) == (True, ())
    assert result.facts == morning.store.log.count() == 10


def test_an_erased_detail_leaves_the_log_sound(morning: Morning) -> None:
    undo = morning.store.log.count()
    assert morning.store.log.detail(undo) == {"reason": "Mauvais bouton"}
    morning.tamper("DELETE FROM detail WHERE fact = ?", undo)
    assert morning.found() == set()


def test_a_changed_envelope_breaks_the_chain_and_differs_from_its_row(morning: Morning) -> None:
    fact = fact_of(morning.envelope(morning.entered))
    forged = envelope_bytes(replace(fact, place=ROOM))
    morning.tamper("UPDATE fact SET envelope = ? WHERE seq = ?", forged, morning.entered)
    assert morning.found() >= {"chain-broken", "row-changed"}


def test_a_forged_envelope_with_its_own_hash_breaks_the_chain_at_the_next(
    morning: Morning,
) -> None:
    seq = morning.entered
    before = {row[5]: row[4] for row in morning.store.log.rows()}
    forged = envelope_bytes(replace(fact_of(morning.envelope(seq)), place=ROOM))
    head = chained(before[seq - 1], forged)
    morning.tamper(
        "UPDATE fact SET envelope = ?, hash = ?, place = ? WHERE seq = ?", forged, head, ROOM, seq
    )
    problems = morning.desk.verify().problems
    (broken,) = (trouble for trouble in problems if trouble.what == "chain-broken")
    recorded = morning.store.log.fact(broken.where)
    assert recorded is not None
    assert recorded.seq == seq + 1


def fields(**more: str) -> bytes:
    return msgspec.msgpack.encode({"family_name": "Forged", **more})


TAMPERINGS: dict[str, tuple[str, Callable[[Morning], tuple[object, ...]], str]] = {
    "hash": (
        "UPDATE fact SET hash = zeroblob(32) WHERE seq = ?",
        lambda m: (m.entered,),
        "chain-broken",
    ),
    "envelope unreadable": (
        "UPDATE fact SET envelope = x'ff' WHERE seq = ?",
        lambda m: (m.entered,),
        "envelope-unreadable",
    ),
    "a fact gone": (
        "DELETE FROM fact WHERE seq = ?",
        lambda m: (m.entered,),
        "number-missing",
    ),
    "a refusal gone": (
        "DELETE FROM fact WHERE kind = 'turned-away'",
        lambda _: (),
        "number-missing",
    ),
    "id": (
        "UPDATE fact SET id = ? WHERE seq = ?",
        lambda m: (bytes(16), m.entered),
        "envelope-changed",
    ),
    "kind": (
        "UPDATE fact SET kind = 'left' WHERE seq = ?",
        lambda m: (m.entered,),
        "row-changed",
    ),
    "place": (
        "UPDATE fact SET place = 'auditorium' WHERE seq = ?",
        lambda m: (m.entered,),
        "row-changed",
    ),
    "person": (
        "UPDATE fact SET person = ? WHERE seq = ?",
        lambda m: (bytes.fromhex(m.paul), m.entered),
        "row-changed",
    ),
    "instant": (
        "UPDATE fact SET at = at + 1 WHERE seq = ?",
        lambda m: (m.entered,),
        "row-changed",
    ),
    "target": (
        "UPDATE fact SET refers = NULL WHERE kind = 'undone'",
        lambda _: (),
        "row-changed",
    ),
    "detail": (
        "UPDATE detail SET body = ? WHERE fact = (SELECT min(fact) FROM detail)",
        lambda _: (detail_bytes({"reason": "another"}),),
        "detail-changed",
    ),
    "salt": (
        "UPDATE detail SET salt = zeroblob(16) WHERE fact = (SELECT min(fact) FROM detail)",
        lambda _: (),
        "detail-changed",
    ),
    "a detail from nowhere": (
        "INSERT INTO detail VALUES (?, zeroblob(16), x'80')",
        lambda m: (m.entered,),
        "detail-changed",
    ),
    "presence": (
        "UPDATE presence SET inside = 0 WHERE person = ?",
        lambda m: (bytes.fromhex(m.zoe),),
        "presence-differs",
    ),
    "badge": (
        "UPDATE presence SET badge = 0 WHERE person = ?",
        lambda m: (bytes.fromhex(m.zoe),),
        "presence-differs",
    ),
    "a presence gone": (
        "DELETE FROM presence WHERE person = ?",
        lambda m: (bytes.fromhex(m.paul),),
        "presence-differs",
    ),
    "a presence from nowhere": (
        "INSERT INTO presence VALUES (?, 1, NULL, NULL, 0, NULL, 0)",
        lambda _: (bytes(16),),
        "presence-differs",
    ),
    "fields": (
        "UPDATE person SET fields = ? WHERE id = ?",
        lambda m: (fields(), bytes.fromhex(m.zoe)),
        "registration-differs",
    ),
    "a registration gone": (
        "DELETE FROM person WHERE id = ?",
        lambda m: (bytes.fromhex(m.zoe),),
        "registration-differs",
    ),
    "a registration from nowhere": (
        "INSERT INTO person (id, fields, standing) VALUES (?, ?, 1)",
        lambda _: (bytes(16), fields()),
        "registration-differs",
    ),
    "standing": (
        "UPDATE person SET standing = 0 WHERE id = ?",
        lambda m: (bytes.fromhex(m.zoe),),
        "registration-differs",
    ),
    "search": (
        "DELETE FROM search WHERE rowid = 1",
        lambda _: (),
        "not-searchable",
    ),
    "search text": (
        "INSERT OR REPLACE INTO search (rowid, text) VALUES (1, 'somebody else')",
        lambda _: (),
        "not-searchable",
    ),
    "a ticket moved": (
        "UPDATE credential SET person = 2 WHERE code = 'VNL-1'",
        lambda _: (),
        "code-differs",
    ),
    "a ticket revived or killed": (
        "UPDATE credential SET live = 0 WHERE code = 'VNL-1'",
        lambda _: (),
        "code-differs",
    ),
    "a ticket gone": (
        "DELETE FROM credential WHERE code = 'VNL-1'",
        lambda _: (),
        "code-differs",
    ),
    "a badge moved": (
        "UPDATE credential SET person = 2 WHERE kind = 'badge' AND person = 1",
        lambda _: (),
        "code-differs",
    ),
    "a ticket from nowhere": (
        "INSERT INTO credential (code, person, kind) VALUES ('FORGED', 1, 'ticket')",
        lambda _: (),
        "code-differs",
    ),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_a_tampering_is_found(morning: Morning, name: str) -> None:
    statement, values, what = TAMPERINGS[name]
    morning.tamper(statement, *values(morning))
    assert what in morning.found()


def test_codes_that_were_replaced_or_are_shared_are_no_trouble(desk: Desk) -> None:
    one, two = guest(desk, "SHARED"), guest(desk, "SHARED")
    desk.people.amend(one, {"code": ("VNL-2", "VNL-3")})
    desk.people.amend(two, {"code": ("VNL-3",)})
    desk.people.amend(one, {"code": ("VNL-2",)})
    assert desk.verify().problems == ()


def test_a_flood_of_trouble_is_cut(desk: Desk) -> None:
    for n in range(MOST):
        guest(desk, f"VNL-{n}")
    desk.store.conn.execute("UPDATE fact SET hash = zeroblob(32)")
    result = desk.verify()
    assert not result.ok
    assert len(result.problems) == MOST
