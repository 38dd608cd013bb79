from collections.abc import Iterator

import pytest

from db.desk.desk import Desk
from db.store.home import Home
from tests.desk.support import beside, desk_at, guest
from tests.fixed import FixedClock


@pytest.fixture
def desk(home: Home, clock: FixedClock) -> Iterator[Desk]:
    opened = desk_at(home, clock)
    yield opened
    opened.close()


@pytest.fixture
def other(desk: Desk, clock: FixedClock) -> Iterator[Desk]:
    """Another process on the same home."""
    opened = beside(desk, clock)
    yield opened
    opened.close()


@pytest.fixture
def zoe(desk: Desk) -> str:
    """The id of Zoé Œuvre, whose ticket is VNL-1."""
    return guest(desk)
