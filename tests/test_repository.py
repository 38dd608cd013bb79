"""The rules of the house that no other tool holds."""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from desktop import __version__

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = ("desktop", "db", "printing", "resources")
FOLDERS = {*PRODUCT, "tests", ".ci"}
PAPERS = {
    ".gitignore",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "README.md",
    "pyproject.toml",
}
LOCKS = {"uv.lock", "poetry.lock", "package-lock.json", "Pipfile.lock", "pylock.toml"}
REGISTRY = re.compile(r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|yarnpkg\.com")
ONE_MACHINE = re.compile(r"(?<![\w.])/(?:tmp|root|work|farm|home|Users)/[A-Za-z._]")
MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FUNCTION = 50


def tracked() -> list[Path]:
    """Every file the repository keeps, or, where git cannot say, every file there is."""
    git = shutil.which("git")
    if git is not None and (ROOT / ".git").exists():
        listing = subprocess.run(
            [git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if listing.returncode == 0:
            return [path for name in listing.stdout.split("\0") if (path := ROOT / name).is_file()]
    return [
        path
        for name in FOLDERS
        for path in (ROOT / name).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]


def modules(*folders: str) -> list[Path]:
    return [
        path
        for path in tracked()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in folders
    ]


def trees(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in modules(*folders):
        yield path.relative_to(ROOT), ast.parse(path.read_text("utf-8"))


def texts() -> Iterator[tuple[Path, str]]:
    for path in tracked():
        raw = path.read_bytes()
        if b"\0" not in raw:
            yield path.relative_to(ROOT), raw.decode("utf-8", "replace")


def test_no_file_is_longer_than_a_newcomer_can_read() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in modules(*PRODUCT, "tests")
        if (lines := len(path.read_text("utf-8").splitlines())) > MOST_LINES_OF_A_FILE
    }
    assert long == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        f"{path}:{node.lineno} {node.name}": lines
        for path, tree in trees(*PRODUCT, "tests")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > MOST_LINES_OF_A_FUNCTION
    }
    assert long == {}


def test_one_place_alone_takes_whatever_comes() -> None:
    broad = [
        str(path)
        for path, tree in trees(*PRODUCT)
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and _swallows_all(node)
    ]
    assert broad == [str(Path("desktop/work.py"))]


def _swallows_all(handler: ast.ExceptHandler) -> bool:
    """Say whether it takes any exception; putting things back and raising it again is fine."""
    last = handler.body[-1]
    if isinstance(last, ast.Raise) and last.exc is None:
        return False
    caught = handler.type
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    broad = {None, "Exception", "BaseException"}
    return any(getattr(name, "id", None if name is None else "") in broad for name in names)


def test_the_floors_hold() -> None:
    command = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_the_top_of_the_tree_is_what_readers_expect() -> None:
    tops = {path.relative_to(ROOT).parts for path in tracked()}
    assert {parts[0] for parts in tops if len(parts) > 1} <= FOLDERS
    assert {parts[0] for parts in tops if len(parts) == 1} <= PAPERS


def test_no_lock_file_is_kept() -> None:
    assert [path for path in tracked() if path.name in LOCKS] == []


@pytest.mark.parametrize("pattern", [REGISTRY, ONE_MACHINE], ids=["registry", "one machine"])
def test_no_text_names_a_registry_or_a_place_of_one_machine(pattern: re.Pattern[str]) -> None:
    found = {
        str(path): hit.group()
        for path, text in texts()
        if path != Path("tests/test_repository.py") and (hit := pattern.search(text))
    }
    assert found == {}


def test_the_changelog_tells_of_this_version() -> None:
    headings = re.findall(r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert headings[:2] == ["Unreleased", __version__]


@pytest.mark.parametrize("name", PRODUCT)
def test_no_other_distribution_claims_our_names(name: str) -> None:
    assert set(packages_distributions().get(name, [])) <= {"vanel"}


def test_nothing_of_ours_imports_numpy() -> None:
    importers = [str(path) for path, tree in trees(*PRODUCT, "tests") if "numpy" in _imports(tree)]
    assert importers == []


def _imports(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0])
    return names


@pytest.mark.parametrize("then", ["uv run vanel demo", "uv run pytest"])
def test_the_readme_keeps_its_two_commands(then: str) -> None:
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    assert lines.count(f"pip install uv && {then}") == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no run bit")
def test_ci_can_be_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
