"""A filled home, and a window on it."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from db.store.home import Home
from tests.desktop.fakes import Driven, driven, filled
from tests.fixed import FixedClock


@pytest.fixture
def desk(home: Home, clock: FixedClock, qtbot: QtBot) -> Iterator[Driven]:
    filled(home, clock)
    with driven(home, clock, qtbot) as run:
        yield run
