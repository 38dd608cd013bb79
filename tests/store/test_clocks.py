"""The real clocks and ids: they rise, and they have the form that was promised."""

import re
import time
from uuid import UUID

from db.store.clocks import boot_id, moment_now, new_id


def test_the_wall_clock_is_the_systems_in_microseconds() -> None:
    before = time.time_ns() // 1000
    moment = moment_now()
    assert before <= moment.wall <= time.time_ns() // 1000


def test_the_age_clock_never_goes_back_and_the_boot_keeps_its_name() -> None:
    moments = [moment_now() for _ in range(100)]
    assert moments == sorted(moments, key=lambda moment: moment.age)
    assert {moment.boot for moment in moments} == {boot_id()}
    assert re.fullmatch(r"[0-9a-f]{32}", boot_id())


def test_ids_are_uuids_of_version_seven_that_carry_their_millisecond() -> None:
    before = time.time_ns() // 1_000_000
    ids = [new_id() for _ in range(1000)]
    after = time.time_ns() // 1_000_000
    assert len({*ids}) == len(ids)
    for made in ids:
        assert re.fullmatch(r"[0-9a-f]{32}", made)
        assert UUID(made).version == 7
        assert UUID(made).variant == "specified in RFC 4122"
        assert before <= int(made[:12], 16) <= after
