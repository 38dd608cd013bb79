from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.scanning.wedge import WedgeFilter
from tests.desktop.scanning.support import Desk, FakeClock, FakeTimer, Keys, Scans


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def timer(clock: FakeClock, qapp: QApplication) -> FakeTimer:
    return FakeTimer(clock)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    window = Desk()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.field.setFocus()
    return window


@pytest.fixture
def wedge(
    desk: Desk, clock: FakeClock, timer: FakeTimer, qapp: QApplication
) -> Iterator[WedgeFilter]:
    watch = WedgeFilter(clock, platform="xcb", timer=timer)
    qapp.installEventFilter(watch)
    yield watch
    qapp.removeEventFilter(watch)


@pytest.fixture
def scans(wedge: WedgeFilter) -> Scans:
    heard = Scans()
    heard.listen(wedge)
    return heard


@pytest.fixture
def keys(clock: FakeClock, timer: FakeTimer, wedge: WedgeFilter) -> Keys:
    return Keys(clock, timer)
