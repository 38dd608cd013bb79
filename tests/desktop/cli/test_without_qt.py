"""Only the window needs Qt: every other command works where no Qt library is installed."""

import subprocess
import sys
from pathlib import Path

from desktop.cli.run import MODULES
from tests.desktop.cli.conftest import FORUM, SAMPLE

WITHOUT_QT = """
import sys

sys.modules.update(dict.fromkeys(["PySide6", "shiboken6", "numpy"]))  # importing them fails
from desktop.cli.run import run
for line in sys.stdin.read().splitlines():
    status = run(line.split("|"))
    if status:
        sys.exit(f"{line}: {status}")

import desktop.bench.desk_rows, desktop.bench.import_rows, desktop.bench.paper_rows
from desktop.bench.start_rows import start_rows
from pathlib import Path
[row] = start_rows(Path(), 100)
assert (row.name, row.value) == ("start.paint", None)
assert "skipped" in row.note
"""


def lines(folder: Path) -> list[str]:
    """One line of words for every command that is not a window."""
    return [
        f"event|load|{FORUM}",
        f"import|{SAMPLE}",
        "scan|VNL-SAMPLE-0001",
        "find|dupont",
        f"badge|VNL-SAMPLE-0001|--to|escpos:{folder / 'badge.bin'}",
        f"badges|--not-printed|--to|pdf:{folder / 'all.pdf'}",
        "queue",
        "status",
        f"export|attendees|--to|{folder / 'people.xlsx'}",
        "verify",
        "bench|--help",  # what it runs is imported below: the whole of it takes half a minute
        "undo|--help",
        "demo|--help",
        "desk|--help",
    ]


def test_every_command_but_the_window_works_without_qt(tmp_path: Path) -> None:
    todo = lines(tmp_path)
    assert {line.partition("|")[0] for line in todo} == set(MODULES)
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_QT],
        input="\n".join(todo),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
