"""The print queue as people see it: one badge each, and a reason for a second."""

import pytest

from db.desk.badges import Job, JobNotOpen
from db.desk.desk import Desk
from db.desk.errors import BadgeExists
from db.domain.errors import NotFound
from db.domain.facts import Kind
from db.store.jobs import JobState
from tests.desk.support import facts, guest
from tests.fixed import FixedClock

NOBODY = "0" * 32


def moved(desk: Desk, job: Job, state: JobState, reason: str = "") -> None:
    """Leave a job as the spool would."""
    row = desk.store.jobs.get(job.id)
    assert row is not None
    with desk.store.writing():
        desk.store.jobs.set_state(row.seq, state, reason=reason, at=row.changed)


def test_an_admission_puts_its_badge_into_the_queue(desk: Desk, zoe: str) -> None:
    verdict = desk.admit.scan("VNL-1")
    (job,) = desk.badges.jobs()
    assert (job.id, job.person, job.name) == (verdict.job, zoe, "Zoé Œuvre")
    assert (job.state, job.printer, job.reason, job.copy) == (JobState.QUEUED, "", "", False)
    assert desk.badges.get(job.id) == job == desk.badges.latest_of(zoe)
    assert desk.badges.held(zoe)


def test_the_newest_job_comes_first_and_no_more_than_asked_for(desk: Desk) -> None:
    people = [guest(desk, f"VNL-{n}") for n in range(4)]
    jobs = [desk.badges.owe(person).id for person in people]
    assert [job.id for job in desk.badges.jobs()] == jobs[::-1]
    assert [job.id for job in desk.badges.jobs(2)] == jobs[:1:-1]


def test_a_second_badge_needs_a_reason_and_is_marked_a_copy(desk: Desk, zoe: str) -> None:
    desk.badges.owe(zoe)
    before = len(facts(desk))
    with pytest.raises(BadgeExists):
        desk.badges.owe(zoe)
    assert len(facts(desk)) == before
    copy = desk.badges.owe(zoe, copy_reason="Badge perdu")
    assert copy.copy
    recorded = desk.store.log.fact(copy.id)
    assert recorded is not None
    assert desk.store.log.detail(recorded.seq) == {"reason": "Badge perdu"}


def test_a_reason_given_for_a_first_badge_makes_no_copy_of_it(desk: Desk, zoe: str) -> None:
    assert not desk.badges.owe(zoe, copy_reason="Au cas où").copy


def test_a_badge_made_as_a_file_is_a_badge(desk: Desk, zoe: str) -> None:
    fact = desk.badges.made(zoe, "pdf")
    assert desk.badges.held(zoe)
    assert (facts(desk)[-1].id, facts(desk)[-1].reason) == (fact, "pdf")
    for second in (desk.badges.owe, lambda who: desk.badges.made(who, "pdf")):
        with pytest.raises(BadgeExists):
            second(zoe)
    desk.badges.made(zoe, "pdf", copy_reason="Pour l'organisation")


@pytest.mark.parametrize(
    "state", [JobState.QUEUED, JobState.FAILED, JobState.UNKNOWN], ids=lambda state: str(state)
)
def test_a_badge_in_hand_settles_its_job(desk: Desk, zoe: str, state: JobState) -> None:
    job = desk.badges.owe(zoe)
    moved(desk, job, state)
    assert desk.badges.came_out(job.id).state is JobState.CONFIRMED
    made = facts(desk)[-1]
    assert (made.kind, made.refers, made.person) == (Kind.BADGE_MADE, job.id, zoe)
    assert desk.badges.held(zoe)


@pytest.mark.parametrize(
    "state", [JobState.QUEUED, JobState.FAILED, JobState.UNKNOWN], ids=lambda state: str(state)
)
def test_a_cancelled_job_leaves_the_person_without_a_badge(
    desk: Desk, zoe: str, state: JobState
) -> None:
    job = desk.badges.owe(zoe)
    moved(desk, job, state)
    assert desk.badges.cancel(job.id).state is JobState.CANCELLED
    assert not desk.badges.held(zoe)
    assert desk.badges.owe(zoe).state is JobState.QUEUED
    assert desk.verify().ok


@pytest.mark.parametrize(
    "state", [JobState.FAILED, JobState.UNKNOWN, JobState.CANCELLED], ids=lambda state: str(state)
)
def test_a_job_is_sent_again_because_somebody_asked(desk: Desk, zoe: str, state: JobState) -> None:
    job = desk.badges.owe(zoe)
    if state is JobState.CANCELLED:
        desk.badges.cancel(job.id)
    moved(desk, job, state, "why")
    again = desk.badges.retry(job.id)
    assert (again.id, again.state, again.reason) == (job.id, JobState.QUEUED, "asked-again")
    assert desk.badges.held(zoe)
    assert len(desk.badges.jobs()) == 1
    assert desk.verify().ok


def test_a_job_is_asked_only_what_makes_sense(desk: Desk, zoe: str) -> None:
    job = desk.badges.owe(zoe)
    with pytest.raises(JobNotOpen, match="queued"):
        desk.badges.retry(job.id)
    for state in (JobState.SENDING, JobState.SENT, JobState.CONFIRMED):
        moved(desk, job, state)
        before = len(facts(desk))
        for ask in (desk.badges.retry, desk.badges.came_out, desk.badges.cancel):
            with pytest.raises(JobNotOpen, match=state):
                ask(job.id)
        assert len(facts(desk)) == before


def test_jobs_and_people_that_are_not_there_are_told(desk: Desk) -> None:
    for ask in (desk.badges.get, desk.badges.retry, desk.badges.came_out, desk.badges.cancel):
        with pytest.raises(NotFound):
            ask(NOBODY)
    for stranger in (NOBODY, "no id"):
        with pytest.raises(NotFound):
            desk.badges.owe(stranger)
        with pytest.raises(NotFound):
            desk.badges.made(stranger, "pdf")
    assert len(facts(desk)) == 1


def test_a_job_says_when_it_last_changed(desk: Desk, zoe: str, clock: FixedClock) -> None:
    job = desk.badges.owe(zoe)
    assert job.at == clock.at
    clock.pass_(minutes=5)
    assert desk.badges.cancel(job.id).at == clock.at


def test_a_job_of_another_process_is_seen_and_can_be_settled_here(
    desk: Desk, other: Desk, zoe: str
) -> None:
    job = other.badges.owe(zoe)
    assert desk.badges.jobs() == [job]
    desk.badges.cancel(job.id)
    assert other.badges.get(job.id).state is JobState.CANCELLED
    assert not other.badges.held(zoe)


def test_an_undone_admission_leaves_the_badge_where_it_is(desk: Desk, zoe: str) -> None:
    entered = desk.admit.scan("VNL-1").fact
    assert entered is not None
    desk.admit.undo(entered, "Erreur")
    assert desk.badges.held(zoe)
    assert [job.state for job in desk.badges.jobs()] == [JobState.QUEUED]
