"""What every test may lean on: a home of its own, clocks that stand still, the forum itself."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from db.domain.programme import Event
from db.store.home import Home
from tests.fixed import FixedClock, Ids
from tests.forum import FORUM

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # a window needs no screen to be tested

settings.register_profile("house", max_examples=12, derandomize=True, deadline=None)
settings.load_profile("house")


@pytest.fixture(autouse=True, scope="session")
def _no_key_ring() -> Iterator[None]:
    """No test asks the key ring of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
        yield


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def ids() -> Ids:
    return Ids()


@pytest.fixture
def forum() -> Event:
    return FORUM
