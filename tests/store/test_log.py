"""The log: append-only, chained, its details apart and erasable."""

import pytest

from db.domain.facts import GENESIS, Kind, Moment, chained, micros, sealed
from db.store.log import Draft
from db.store.store import Store
from db.wire import fact_of
from tests.fixed import FixedClock
from tests.forum import wednesday
from tests.store.support import DOOR, ROOM, enter, person_id, record

DETAIL = {"reason": "Erreur de badge"}


def test_facts_are_numbered_from_one_and_chained_to_the_one_before(store: Store) -> None:
    for person in (1, 2, 3):
        enter(store, person)
    head = GENESIS
    for expected, (_, row_id, number, envelope, row_hash, _) in enumerate(store.log.rows(), 1):
        head = chained(head, envelope)
        assert (number, row_hash) == (expected, head)
        assert fact_of(envelope).id == row_id.hex()
    assert store.log.count() == 4  # the programme came first


def test_a_fact_carries_the_clocks_the_desk_and_the_event(store: Store, clock: FixedClock) -> None:
    clock.set(wednesday("9:12"))
    fact = enter(store).fact
    assert (fact.event, fact.desk) == ("forum-2023", store.log.desk)
    assert (fact.wall, fact.age, fact.boot) == (micros(clock.at), clock.age, clock.boot)
    assert fact.at == wednesday("9:12")
    assert (fact.offset, fact.declared, fact.digest) == (0, None, None)


def test_facts_of_one_batch_share_one_reading_of_the_clocks(store: Store) -> None:
    then = Moment(wall=1_000_000, age=5, boot="b")
    drafts = [Draft(kind=Kind.ENTERED, person=person_id(1), place=DOOR)] * 2
    with store.writing():
        one, two = store.log.append(drafts, then)
    assert (one.fact.wall, two.fact.wall) == (1_000_000, 1_000_000)
    assert two.fact.number == one.fact.number + 1
    assert one.fact.order < two.fact.order


def test_a_transaction_that_fails_takes_back_facts_and_numbers(store: Store) -> None:
    first = enter(store).fact
    with pytest.raises(ZeroDivisionError), store.writing():
        appends_then_fails(store)
    assert store.log.count() == 2
    second = enter(store, 2).fact
    assert second.number == first.number + 1
    rows = [(row[4], row[3]) for row in store.log.rows()]
    assert rows[-1][0] == chained(rows[-2][0], rows[-1][1])


def appends_then_fails(store: Store) -> None:
    store.log.append([Draft(kind=Kind.ENTERED, person=person_id(9), place=DOOR)])
    raise ZeroDivisionError


def test_what_names_a_person_stands_apart_under_a_seal(store: Store) -> None:
    with store.writing():
        (recorded,) = store.log.append([Draft(kind=Kind.UNDONE, detail=DETAIL)])
    kept = store.log.sealed_detail(recorded.seq)
    assert kept is not None
    salt, body = kept
    assert len(salt) == 16
    assert recorded.fact.digest == sealed(salt, body)
    assert store.log.detail(recorded.seq) == DETAIL
    (envelope,) = (row[3] for row in store.log.rows() if row[5] == recorded.seq)
    assert b"Erreur" not in envelope


def test_two_equal_details_do_not_look_alike(store: Store) -> None:
    with store.writing():
        one, two = store.log.append([Draft(kind=Kind.UNDONE, detail=DETAIL)] * 2)
    assert one.fact.digest != two.fact.digest


def test_an_erased_detail_leaves_the_chain_true(store: Store) -> None:
    with store.writing():
        (recorded,) = store.log.append([Draft(kind=Kind.UNDONE, detail=DETAIL)])
        store.conn.execute("DELETE FROM detail WHERE fact = ?", (recorded.seq,))
    assert store.log.detail(recorded.seq) == {}
    assert store.log.sealed_detail(recorded.seq) is None
    assert store.log.fact(recorded.fact.id) == recorded


def test_a_fact_is_found_by_its_id_and_by_no_other(store: Store) -> None:
    recorded = enter(store)
    assert store.log.fact(recorded.fact.id) == recorded
    for stranger in (person_id(7), "not hexadecimal", "", "0"):
        assert store.log.fact(stranger) is None


def test_an_undo_of_an_undo_restores_the_fact(store: Store) -> None:
    target = enter(store).fact
    assert not store.log.undone(target.id)
    one = record(store, Kind.UNDONE, refers=target.id).fact
    assert store.log.undone(target.id)
    record(store, Kind.UNDONE, refers=one.id)
    assert (store.log.undone(one.id), store.log.undone(target.id)) == (True, False)


def test_scans_come_newest_first_and_leave_other_facts_out(store: Store, clock: FixedClock) -> None:
    facts = []
    for kind in (Kind.ENTERED, Kind.TURNED_AWAY, Kind.LEFT):
        clock.pass_(minutes=1)
        facts.append(record(store, kind).fact)
    record(store, Kind.BADGE_OWED)
    assert [one.fact for one in store.log.scans(10)] == facts[::-1]
    assert [one.fact for one in store.log.scans(2)] == facts[:0:-1]


def test_admissions_of_the_last_minutes_are_counted_without_the_undone(
    store: Store, clock: FixedClock
) -> None:
    old = enter(store, 1)
    clock.pass_(minutes=20)
    since = micros(clock.at)
    enter(store, 2)
    taken_back = enter(store, 3).fact
    record(store, Kind.UNDONE, 3, refers=taken_back.id)
    record(store, Kind.LEFT, 2)
    record(store, Kind.TURNED_AWAY, 4)
    assert store.log.entries_since(since) == 1
    assert store.log.entries_since(old.fact.wall) == 2


def test_a_person_is_folded_from_their_own_facts_alone(store: Store) -> None:
    mine = enter(store, 1).fact
    enter(store, 2)
    owed = record(store, Kind.BADGE_OWED, 1).fact
    record(store, Kind.TURNED_AWAY, 1)
    record(store, Kind.SEEN, 1, refers=mine.id)
    facts = store.log.of_person(person_id(1))
    assert sorted(facts) == sorted([store.log.seen(mine), store.log.seen(owed)])


def test_everything_about_a_person_is_told_in_order(store: Store, clock: FixedClock) -> None:
    facts = [enter(store, 1).fact]
    clock.pass_(minutes=1)
    facts.append(record(store, Kind.ENTERED, 1, ROOM).fact)
    enter(store, 2)
    assert [one.fact for one in store.log.about(person_id(1))] == facts


def test_a_declared_instant_is_what_a_row_is_ordered_by(store: Store) -> None:
    at = micros(wednesday("8:00"))
    with store.writing():
        (recorded,) = store.log.append([Draft(kind=Kind.ENTERED, declared=at)])
    assert recorded.fact.order[0] == at
    assert store.log.agrees(recorded.fact, recorded.seq)


def test_a_kind_of_a_later_version_is_kept_and_passed_on(store: Store) -> None:
    later = record(store, "teleported").fact
    assert store.log.fact(later.id) is not None
    assert store.log.of_person(person_id(1)) == []


def test_a_desk_that_takes_another_identity_begins_a_chain_of_its_own(store: Store) -> None:
    before, desk = enter(store, 1).fact, store.log.desk
    store.take_new_identity()
    after = enter(store, 2).fact
    assert store.log.desk != desk
    assert (after.desk, after.number) == (store.log.desk, 1)
    assert (before.desk, before.number) == (desk, 2)
    hashes = {fact_of(row[3]).id: row[4] for row in store.log.rows()}
    envelope = next(row[3] for row in store.log.rows() if row[1].hex() == after.id)
    assert hashes[after.id] == chained(GENESIS, envelope)
