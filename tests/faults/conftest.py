"""What the fault tests share: a home to copy, a judge, the shim, and figures told at the end."""

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.faults.homes import made
from tests.faults.tools import Figures, Judge, Stable, compiled

HERE: Final = Path(__file__).parent
FIGURES: Final = pytest.StashKey[Figures]()


def pytest_configure(config: pytest.Config) -> None:
    """Know the mark of these tests."""
    config.addinivalue_line("markers", "faults: power cuts, kills, failing and full disks")
    config.stash[FIGURES] = Figures()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.faults)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Tell the figures."""
    if rows := config.stash[FIGURES].rows:
        terminalreporter.section("faults")
        terminalreporter.write_line("\n".join(rows))


@pytest.fixture(scope="session")
def figures(request: pytest.FixtureRequest) -> Figures:
    """Where figures are told."""
    return request.config.stash[FIGURES]


@pytest.fixture(scope="session", autouse=True)
def _no_key_ring() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
        yield


@pytest.fixture(scope="session")
def fresh_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with 300 invented people, to be copied and never touched."""
    return made(tmp_path_factory.mktemp("fresh") / "home")


@pytest.fixture
def home(fresh_home: Path, tmp_path: Path) -> Path:
    """A copy of the fresh home, for one test."""
    return shutil.copytree(fresh_home, tmp_path / "home")


@pytest.fixture(scope="session")
def judge() -> Iterator[Judge]:
    """The process that judges homes."""
    judge = Judge()
    yield judge
    judge.end()


@pytest.fixture(scope="session")
def any_shim(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """The compiled shim, None where there is no compiler."""
    return compiled(tmp_path_factory.mktemp("shim"))


@pytest.fixture(scope="session")
def shim(any_shim: Path | None) -> Path:
    """The compiled shim."""
    if any_shim is None:
        pytest.skip("needs Linux and a C compiler (cc)")
    return any_shim


@pytest.fixture(scope="session")
def stable(any_shim: Path | None) -> Iterator[Stable]:
    """The process that forks desks."""
    if not hasattr(socket, "send_fds"):
        pytest.skip("needs a system that forks")
    stable = Stable(any_shim)
    yield stable
    stable.end()
