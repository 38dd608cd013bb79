from collections.abc import Iterator
from pathlib import Path

import pytest

from db.store.store import Store
from tests.fixed import FixedClock, source
from tests.store.support import store_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "events" / "forum-2023"


@pytest.fixture
def store(folder: Path, clock: FixedClock) -> Iterator[Store]:
    opened = store_in(folder, source(clock))
    yield opened
    opened.close()


@pytest.fixture
def other(folder: Path, clock: FixedClock, store: Store) -> Iterator[Store]:
    """Another process on the same file, as far as SQLite can tell."""
    opened = store_in(folder, source(clock, life=2))
    yield opened
    opened.close()
