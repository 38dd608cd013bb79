"""The print queue as stored: the fact is the job, the line says how far it came."""

from db.domain.facts import Kind
from db.store.jobs import JobState
from db.store.store import Store
from tests.store.support import person_id, record


def adopt(store: Store) -> None:
    with store.writing():
        store.jobs.adopt(store.log.desk_pk)


def test_each_badge_owed_gets_one_line_however_often_it_is_asked_for(store: Store) -> None:
    owed = [record(store, Kind.BADGE_OWED, n).fact.id for n in (1, 2)]
    assert store.jobs.unadopted(store.log.desk_pk)
    adopt(store)
    adopt(store)
    assert not store.jobs.unadopted(store.log.desk_pk)
    assert [job.id for job in store.jobs.waiting()] == owed
    assert [job.id for job in store.jobs.latest(1)] == owed[1:]
    assert {job.state for job in store.jobs.waiting()} == {JobState.QUEUED}


def test_a_retry_is_the_same_job(store: Store) -> None:
    owed = record(store, Kind.BADGE_OWED).fact.id
    record(store, Kind.BADGE_OWED, refers=owed)
    adopt(store)
    assert [job.id for job in store.jobs.latest(9)] == [owed]


def test_what_another_desk_owes_is_not_printed_here(store: Store) -> None:
    record(store, Kind.BADGE_OWED)
    store.take_new_identity()
    assert not store.jobs.unadopted(store.log.desk_pk)
    adopt(store)
    assert store.jobs.latest(9) == []


def test_only_one_process_gets_a_job(store: Store, other: Store) -> None:
    record(store, Kind.BADGE_OWED)
    adopt(store)
    (job,) = store.jobs.waiting()
    with store.writing():
        assert store.jobs.claim(job.seq, "escpos://a:9100", 5)
    with other.writing():
        assert not other.jobs.claim(job.seq, "escpos://b:9100", 6)
    claimed = other.jobs.get(job.id)
    assert claimed is not None
    assert (claimed.state, claimed.printer, claimed.changed) == (
        JobState.SENDING, "escpos://a:9100", 5,
    )  # fmt: skip
    assert other.jobs.waiting() == []
    assert [one.id for one in other.jobs.interrupted()] == [job.id]


def test_a_line_keeps_its_printer_unless_told_another(store: Store) -> None:
    record(store, Kind.BADGE_OWED)
    adopt(store)
    (job,) = store.jobs.waiting()
    with store.writing():
        store.jobs.set_state(job.seq, JobState.FAILED, reason="why", printer="pdf:x", at=1)
        store.jobs.set_state(job.seq, JobState.QUEUED, at=2)
        store.jobs.mark_copy(job.seq)
    (job,) = store.jobs.waiting()
    assert (job.printer, job.reason, job.copy, job.changed) == ("pdf:x", "", True, 2)


def test_the_newest_job_of_a_person_is_found_and_no_strangers(store: Store) -> None:
    for _ in range(2):
        newest = record(store, Kind.BADGE_OWED, 1).fact.id
    record(store, Kind.BADGE_OWED, 2)
    adopt(store)
    job = store.jobs.of_person(person_id(1))
    assert job is not None
    assert (job.id, job.person) == (newest, person_id(1))
    assert store.jobs.of_person(person_id(3)) is None
    assert store.jobs.get("f" * 32) is store.jobs.get("no id at all") is None
