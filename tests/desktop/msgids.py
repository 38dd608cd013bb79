"""Finds every sentence of the source tree that somebody may read."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
SPEAKERS: Final = {"_", "gettext", "mark", "say", "plain", "_tab", "_whisper", "_card"}
COUNTERS: Final = {"ngettext", "count"}


def msgids() -> dict[str, str]:
    """Return each English sentence and the file it stands in."""
    found: dict[str, str] = {}
    for package in ("desktop", "db", "printing", "resources"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for msgid in _sentences(ast.parse(path.read_text(encoding="utf-8"))):
                found.setdefault(msgid, path.relative_to(ROOT).as_posix())
    return found


def _sentences(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _spoken(node)
        elif isinstance(node, ast.ClassDef):
            yield from _told(node)


def _spoken(call: ast.Call) -> Iterator[str]:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    texts = [_text(argument) for argument in call.args]
    spoken = name in SPEAKERS and bool(texts) and bool(texts[0])
    counted = name in COUNTERS and len(texts) >= 3 and all(texts[:2])
    if spoken or counted:
        yield texts[0]


def _told(error: ast.ClassDef) -> Iterator[str]:
    for line in error.body:
        if not isinstance(line, ast.Assign | ast.AnnAssign):
            continue
        targets = line.targets if isinstance(line, ast.Assign) else [line.target]
        names = {target.id for target in targets if isinstance(target, ast.Name)}
        said = bool(names & {"message", "next_step"})
        if said and (text := _text(line.value)):
            yield text


def _text(node: ast.expr | None) -> str:
    constant = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return str(node.value) if constant and isinstance(node, ast.Constant) else ""
