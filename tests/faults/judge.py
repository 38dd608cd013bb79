"""Another process that opens a home after the fact and compares it with what was shown.

Reads {"home", "shown"} and answers {"error", "problems", "facts", "lost", "unowed"}, line by line.
"""

import json
import sys
from pathlib import Path
from typing import Any

from db.desk.desk import Desk
from db.domain.errors import NotFound
from db.store.errors import StoreError
from tests.faults.homes import opened


def judged(home: Path, shown: list[dict[str, Any]]) -> dict[str, object]:
    """Open the home and look for every fact and every owed badge that was shown."""
    try:
        with opened(home) as desk:
            found = desk.verify()
            problems = [f"{each.what} {each.where}" for each in found.problems]
            return {
                "error": None,
                "problems": problems,
                "facts": found.facts,
                "lost": [line["fact"] for line in shown if line["fact"] and _lost(desk, line)],
                "unowed": [line["job"] for line in shown if line["job"] and _unowed(desk, line)],
            }
    except StoreError as error:
        return {"error": error.id, "problems": [], "facts": 0, "lost": [], "unowed": []}


def _lost(desk: Desk, line: dict[str, str]) -> bool:
    with desk.store.reading():
        recorded = desk.store.log.fact(line["fact"])
    return recorded is None or str(recorded.fact.kind) != line["kind"]


def _unowed(desk: Desk, line: dict[str, str]) -> bool:
    try:
        return desk.badges.get(line["job"]).id != line["job"]
    except NotFound:
        return True


def main() -> None:
    """Judge homes until nobody asks any more."""
    for line in sys.stdin:
        asked = json.loads(line)
        sys.stdout.write(json.dumps(judged(Path(asked["home"]), asked["shown"])) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
